"""Disagree: how far analysts' versions of a case differ in the answer, and which numbers make them differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.workbench.answer import OutcomeAnswer
from ripeness.workbench.outcome_question import MonthQuestion
from ripeness.workbench.question import READINGS, Progress, WarQuestion, declared, python_function, question
from ripeness.workbench.report_section import ReportSection
from ripeness.world.fault import ArgumentFault, Fault

if TYPE_CHECKING:
    from datetime import date

    from ripeness.scenario.schema import Scenario
    from ripeness.study.disagreement import VarianceSplit
    from ripeness.study.outlook import Outlook
    from ripeness.study.version_spread import Version, VersionDisagreement
    from ripeness.workbench.result import Result
    from ripeness.workbench.run import RunQuestion
    from ripeness.workbench.version_view import SimulatedVersion

MIXTURE_DRAWS = 1_000  # runs of a mixture: parts of a variance are then known to some 10 %
OTHER_MODEL_DRAWS = 5_000  # runs of a version under the actor model that was not asked about
NOT_SPLIT_BY_EVIDENCE = "given evidence, no mixtures of versions are simulated: each would have to be weighed anew"


@question
class DisagreeQuestion(MonthQuestion["Disagreed"]):
    """Say how far the versions of a case differ by a day, under rival factions and under one leader a side.

    Versions are then mixed by groups of numbers (powers, positions, ...) and simulated with common random numbers, so
    that one sees which group makes the answers differ. All versions are compared, whichever `coding` is named.

    Raises: Fault for what cannot be read, a case of one version, an unknown outcome, or a month beyond the horizon.

    >>> answer = disagree("japan-1945", month=6, draws=64, mixture_draws=0)
    >>> answer.value.versions
    ('public', 'orthodox', 'revisionist', 'throne')
    """

    verb = "disagree"
    of_all_versions = True
    summary = "How far analysts' versions of a case differ in the answer, and which numbers make them differ."
    example = "ripeness disagree ukraine-2023-03"
    report_sections = (
        ReportSection(
            "disagreement",
            "Where analysts differ",
            "One row an outcome: past wars like this one with their 90 % interval, a dot for each analyst's version "
            "(the ring is the usual one), and the blend with its interval.",
            written_by="report_run.disagreement_section",
            order=5,
            work=60,
        ),
    )

    outcome: str | None = declared(
        default=None,
        suggest="outcomes",
        label="Outcome",
        help="The outcome that is split. Default: the one on which versions differ most.",
    )
    mixture_draws: int = declared(
        default=MIXTURE_DRAWS,
        least=0,
        most_served=10_000,
        expert=True,
        label="Wars of each mixture",
        help="Wars of each mixture of versions; 0: do not say which numbers make the difference.",
    )

    def answer(self, progress: Progress | None = None) -> Disagreed:
        """Simulate every version under both actor models, then the mixtures."""
        return self.answer_beside({}, progress)

    def answer_beside(
        self, simulated: Mapping[Version, SimulatedVersion], progress: Progress | None = None
    ) -> Disagreed:
        """The same where some versions were simulated before, by the month that is asked about."""
        from ripeness.workbench.setup import set_up

        versions = case_versions(self)
        setup = set_up(replace(self, evidence=False, observe=(), war_path=None, known_path=None))
        return Disagreed(
            replace(setup, versions=tuple(versions)), version_disagreement(self, versions, simulated, progress)
        )


@dataclass(frozen=True, repr=False)
class Disagreed(OutcomeAnswer):
    """How versions of a case differ in their answers."""

    value: VersionDisagreement
    shown_by: ClassVar[str] = "disagreement_tables"
    chart: ClassVar[str] = "outlook.disagreement_chart"

    def plot_versions(self, *, dark: bool = False) -> Any:
        """Every outcome in every version, finer than the classes that past wars are told by."""
        from ripeness.show.charts.disagreement import version_dots

        return version_dots(self.value, self.names(), self.setup.scenario.title, dark=dark)

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every outcome of every version and actor model, with its 90 % Monte Carlo interval."""
        from dataclasses import asdict

        return [asdict(chance) for chance in self.value.chances]


def case_versions(question: WarQuestion[Any]) -> dict[str, Scenario]:
    """Every version of a case, with the numbers set that the question sets.

    Raises: Fault for a single file, or a case of one version.
    """
    from ripeness.scenario.number_paths import replace_numbers
    from ripeness.scenario.read import read_scenario
    from ripeness.workbench.run import codings

    names = codings(question.case_or_path)
    if len(names) < 2:
        raise Fault(f"'{question.case_or_path}' has one version, '{names[0]}'; a disagreement takes two")
    changes = question.changes or {}
    return {name: replace_numbers(read_scenario(question.case_or_path, name), changes) for name in names}


def version_disagreement(
    question: DisagreeQuestion,
    versions: Mapping[str, Scenario],
    simulated: Mapping[Version, SimulatedVersion] | None = None,
    progress: Progress | None = None,
) -> VersionDisagreement:
    """How some versions of a war disagree. `simulated`: versions by the same month that were simulated before.

    A mixture gets no more runs than a version.

    Raises: Fault where a version cannot be simulated; ArgumentFault for an outcome that the war does not have.
    """
    from ripeness.scenario.number_groups import version_content
    from ripeness.study.disagreement import HybridDesign, split_between_versions
    from ripeness.study.version_spread import VersionDisagreement as Value
    from ripeness.study.version_spread import outcome_spreads, version_chances, widest_spread
    from ripeness.workbench.version_runs import VersionSimulator

    question = replace(question, mixture_draws=min(question.mixture_draws, question.draws))
    simulator = VersionSimulator(question, versions, progress, question.mixture_draws)
    simulates_mixtures = question.mixture_draws > 0 and not simulator.conditioned
    contents = {name: version_content(scenario) for name, scenario in versions.items()}
    by_version = dict(simulated or {})
    missing = [(name, reading) for reading in READINGS for name in versions if (name, reading) not in by_version]
    n_mixtures = len(HybridDesign(contents).sources) if simulates_mixtures else 0
    simulator.expect(len(missing) * question.draws + n_mixtures * question.mixture_draws)
    by_version |= {version: simulator.version(*version) for version in missing}
    by_version = dict(sorted(by_version.items(), key=lambda row: READINGS.index(row[0][1])))
    splits: tuple[VarianceSplit, ...] = ()
    if simulates_mixtures:
        splits, n_mixtures = split_between_versions(contents, simulator.mixture)
    every = version_chances({version: value.outcomes for version, value in by_version.items()})
    spreads = outcome_spreads(every, question.reading, splits)
    main = widest_spread(spreads)
    if question.outcome is not None:
        by_name = {spread.name: spread for spread in spreads}
        if question.outcome not in by_name:
            from ripeness.world.wording import did_you_mean

            hint = did_you_mean(question.outcome, by_name, f"outcomes are {', '.join(by_name)}")
            raise ArgumentFault("outcome", f": '{question.outcome[:60]}' is none of this war; {hint}")
        main = by_name[question.outcome]
    return Value(
        simulator.month,
        simulator.on,
        simulator.blended,
        question.reading,
        tuple(versions),
        every,
        spreads,
        main.name,
        question.draws,
        n_mixtures,
        question.mixture_draws if n_mixtures else 0,
        NOT_SPLIT_BY_EVIDENCE if simulator.conditioned else "",
        _outlook(question, by_version, (simulator.on, simulator.month)),
    )


def _outlook(
    question: DisagreeQuestion, by_version: Mapping[Version, SimulatedVersion], when: tuple[date, float]
) -> Outlook:
    """Record, model and blend of the usual version, beside all versions."""
    from ripeness.scenario.case import version_titles
    from ripeness.study.outlook import outlook
    from ripeness.study.record.classes import CLASS_OF_OUTCOME

    names = [name for name, reading in by_version if reading == question.reading]
    usual = by_version[question.coding if question.coding in names else names[0], question.reading]
    views = {version: value.view for version, value in by_version.items()}
    asked = (question.outcome or "settlement").partition(":")[0]
    cases = (usual.record_cases, usual.no_record)
    return outlook(
        when,
        usual.view,
        usual.record,
        views,
        cases,
        CLASS_OF_OUTCOME.get(asked, asked),
        version_titles(question.case_or_path),
    )


def disagreement_of_runs(
    question: RunQuestion, results: Sequence[Result], progress: Progress | None = None
) -> VersionDisagreement:
    """How the versions of a case disagree that were run one by one, by the day of their answer.

    They are not run again; under the other actor model each is run on fewer draws.

    Raises: Fault where a version cannot be simulated.
    """
    from ripeness.workbench.version_view import simulated_version

    versions = {result.coding: result.scenario for result in results}
    if question.reading != READINGS[0]:
        versions = case_versions(question)
    posed = DisagreeQuestion(
        **{**question.shared(DisagreeQuestion), "draws": min(question.draws, OTHER_MODEL_DRAWS)},
        **({"by": results[0].by} if results[0].by is not None else {"month": results[0].brief_month}),
        known_path=question.known_path,
    )
    simulated = {
        (result.coding, result.reading): simulated_version(
            result.ensemble, result.weigh, result.brief_month, result.coding, result.reading
        )
        for result in results
    }
    return version_disagreement(posed, versions, simulated, progress)


disagree = python_function(DisagreeQuestion)
