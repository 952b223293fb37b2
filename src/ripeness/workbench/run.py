"""Run a case: read it, fight its war many times, and sum up how it may end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.workbench.question import (
    READINGS,
    Progress,
    WarQuestion,
    check_months,
    declared,
    python_function,
    python_only,
    question,
)
from ripeness.workbench.report_section import ReportSection
from ripeness.world.fault import ArgumentFault, Fault
from ripeness.world.version import __version__
from ripeness.world.wording import did_you_mean, join_words

if TYPE_CHECKING:
    from ripeness.ensemble.design import Design
    from ripeness.scenario.read import OpenedScenario
    from ripeness.scenario.schema import Scenario
    from ripeness.workbench.result import Result


@question
class RunQuestion(WarQuestion["Result"]):
    """Fight the war of a case many times and sum up how it may end.

    `changes` sets numbers by their path, each written as in a scenario file; `months` are those of the table; a
    `design` takes the place of draws, seed and horizon. The war is still fought on `as_of`, the start of the scenario
    if none is given, and has been since it began, unless `ignore_duration` leaves that out; months count from `as_of`.
    With `evidence` the ensemble is conditioned on all evidence up to that day and on what is observed by hand, written
    POLITY ISSUE DATE VALUE.

    Raises: Fault where the scenario cannot be read, or a reading, path or value does not exist or fit.

    >>> result = run("japan-1945", draws=64, horizon=6)
    >>> round(sum(chance.p for chance in result.forecast.outcomes if chance.month == 6), 9)
    1.0
    """

    verb = "run"
    summary = "Run a case many times: how the war may end by which month, on what terms, at what price."
    example = "ripeness run ukraine-2023-03 --coding all"
    report_sections = (
        ReportSection(
            "answer",
            "The answer",
            "Each area is the share of the runs in which the war stands so by that month; all add up to 100 %.",
            narrow_title="How it may end",
            written_by="report_run.answer_of_run",
            order=10,
            work=20,
        ),
        ReportSection(
            "price",
            "At what price, to whom",
            "Two ledgers that are never added up: what each side wanted and got, and what it costs in lives and "
            "output. Medians, and the range of 90 % of the runs.",
            written_by="report_run.price_of_run",
            order=20,
            work=10,
        ),
        ReportSection(
            "codings", "Analysts' versions side by side", written_by="report_run.codings_compared", order=30, work=50
        ),
    )

    months: Sequence[float] | None = declared(
        default=None,
        flags=("--at",),
        commas=True,
        expert=True,
        label="Months of the table",
        help="Months of the table, such as 3,6,18.",
    )
    by: date | str | None = declared(
        default=None, label="By day", help="Last day of the table, such as 2027-07-01, instead of months."
    )
    design: Design | None = python_only(default=None)

    def check(self) -> None:
        """Refuse months and a day that both say by when."""
        super().check()
        if self.months is not None and self.by is not None:
            raise ArgumentFault("by", " says by when, and so does {months}; give one of them")

    def answer(self, progress: Progress | None = None) -> Result:
        """Simulate the wars and sum up how they end."""
        from ripeness.ensemble.design import Design
        from ripeness.ensemble.run import run as simulate
        from ripeness.scenario.fingerprint import fingerprint
        from ripeness.scenario.number_paths import replace_numbers
        from ripeness.scenario.read import open_scenario
        from ripeness.study.forecast import forecast, table_months
        from ripeness.workbench.information import information_of
        from ripeness.workbench.result import Result
        from ripeness.workbench.run_weights import weights_of_question
        from ripeness.world.calendar import month_by

        opened = open_scenario(self.case_or_path, self.coding)
        texts = _texts(opened)  # now: while the wars are fought, somebody may change or remove the files
        changes = self.changes or {}
        scenario = read_as(replace_numbers(opened.scenario, changes), self.reading)
        design = self.design or Design(self.draws, self.seed, horizon=self.horizon)
        information = information_of(self, scenario, design, progress)
        ensemble = simulate(scenario, design, progress=progress, **information.run_arguments())
        check_months(self.months, ensemble.horizon)
        day = self.day("by")
        months = self.months if day is None else table_months(month_by(day, information.day, ensemble.horizon))
        return Result(
            case=opened.case or str(self.case_or_path),
            origin=str(self.case_or_path),
            of_a_case=bool(opened.case),
            coding=opened.scenario.coding,
            reading=self.reading,
            changes={path: str(value) for path, value in changes.items()},
            scenario_hash=fingerprint(scenario),
            version=__version__,
            files=texts,
            scenario=scenario,
            ensemble=ensemble,
            forecast=forecast(ensemble, months),
            information=information,
            run_again=partial(_run_again, self),
            codings=codings(self.case_or_path) if opened.case else (),
            by=day,
            arguments=self.arguments(),
            weigh=weights_of_question(self, scenario, months),
        )


def _run_again(question: RunQuestion, **arguments: Any) -> Result:
    """The answer to the same question with some arguments replaced."""
    return RunQuestion(**{**question.arguments(), "case_or_path": str(question.case_or_path), **arguments}).answer()


def codings(case_or_path: str | Path) -> tuple[str, ...]:
    """The codings of a case, its default first.

    Raises: Fault where it has none, being a single file.

    >>> codings("ukraine-2023-03")[0]
    'public'
    """
    from ripeness.scenario.case import find_scenario_file, read_case

    location = find_scenario_file(case_or_path)
    if not location.case:
        raise Fault(f"'{case_or_path}' is a single file; only a case has several codings")
    return tuple(read_case(location.path.parent).codings)


def read_as(scenario: Scenario, reading: str) -> Scenario:
    """The scenario under a reading: its polities as factions, or each as one person.

    Raises: Fault for an unknown reading.
    """
    if reading not in READINGS:
        hint = did_you_mean(reading, READINGS, f"readings are {join_words(READINGS)}")
        raise Fault(f"'{reading[:60]}' is not a reading; {hint}")
    from ripeness.scenario.one_leader import with_one_leader

    return with_one_leader(scenario) if reading == "unitary" else scenario


def _texts(opened: OpenedScenario) -> dict[str, str]:
    """The texts that were read, by file name, the one that was asked for first; each names its base as it is kept."""
    from ripeness.scenario.write import edit_text
    from ripeness.scenario.yaml_tree import text_of, tree_of
    from ripeness.store.shelf.manifest import SCENARIO

    names: list[str] = []
    for n, path in enumerate(opened.files):
        name = path.name
        while name in names or (n and name == SCENARIO):
            name = f"{path.parent.name}-{name}"
        names.append(name)
    texts = [text_of(path).replace("\r\n", "\n").replace("\r", "\n") for path in opened.files]
    for n, below in enumerate(names[1:]):
        if tree_of(texts[n], names[n]).at(["base"]).content != below:
            texts[n] = edit_text(texts[n], {"base": below}, names[n])
    return dict(zip(names, texts, strict=True))


run = python_function(RunQuestion)
