"""Update: the forecast as it would have been said on each of several days, with only what was known by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.scenario.armed_polities import principals
from ripeness.workbench.answer import OutcomeAnswer
from ripeness.workbench.outcome_question import OutcomeQuestion
from ripeness.workbench.question import Progress, declared, parameters, python_function, python_only, question
from ripeness.world.fault import ArgumentFault

if TYPE_CHECKING:
    from ripeness.study.forecast_series import DayKnown, ForecastSeries, SeriesPoint
    from ripeness.study.target import Target
    from ripeness.workbench.result import Result

OWN = {"months", "by", "as_of", "observe", "design"}  # arguments of a run that each day sets for itself


@question
class UpdateQuestion(OutcomeQuestion["Updated"]):
    """Forecast a war as of several days, each with what was known by then: that it went on, and what was observed.

    `dates` are the days; with `every` those from the start to the last of them, so many months apart. `by` asks about
    one day from each of them, `month` so many months ahead of each. Wars share their random draws from day to day.

    Raises: Fault for no day, one before the start, or a war that none of the simulated ones lasts as long as.

    >>> series = update("japan-1945", ["1945-05-01", "1945-06-15"], month=3, draws=64).value
    >>> [str(day.as_of) for day in series.days]
    ['1945-05-01', '1945-06-15']
    """

    verb = "update"
    summary = "The forecast as it would have been said on each of several days, with only what was known by then."
    example = "ripeness update ukraine-2023-03 --as-of 2023-06-15 --as-of 2023-12-15 --by 2025-06-15"
    first: ClassVar[tuple[str, ...]] = ("dates", "every", "outcome", "month", "by")

    dates: Sequence[str] = declared(
        default=(),
        kw_only=False,
        key="dates",
        flags=("--as-of",),
        label="As of these days",
        help="A day on which it is said, such as 2025-03-15; repeatable.",
    )
    every: float | None = declared(
        default=None,
        above=0,
        most=120,
        label="Months apart",
        help="Also on days so many months apart, from the start to the last --as-of.",
    )
    as_of: date | str | None = python_only(default=None)

    def check(self) -> None:
        """Refuse a single day given as that of an ordinary question, and weights of one day's runs."""
        super().check()
        if self.as_of is not None or not self.dates:
            raise ArgumentFault("dates", " must name the days on which it is said, such as 2025-03-15")
        if self.weights is not None:
            raise ArgumentFault("weights", " count the runs of one day, and here are several; leave them out")

    def answer(self, progress: Progress | None = None) -> Updated:
        """Forecast as of each day."""
        from ripeness.ensemble.design import Design
        from ripeness.scenario.fingerprint import fingerprint
        from ripeness.scenario.number_paths import replace_numbers
        from ripeness.scenario.read import open_scenario
        from ripeness.study.forecast_series import series_of
        from ripeness.study.progress import part_progress
        from ripeness.study.target import read_target
        from ripeness.workbench.run import RunQuestion, read_as
        from ripeness.workbench.run_weights import weights_of_question
        from ripeness.workbench.setup import StudySetup
        from ripeness.world.calendar import STEPS, month_by

        changes = self.changes or {}
        opened = open_scenario(self.case_or_path, self.coding)
        scenario = read_as(replace_numbers(opened.scenario, changes), self.reading)
        step = STEPS[scenario.step]
        horizon = (self.horizon or scenario.horizon) * step
        keys = list(principals(scenario))
        day = self.day("by")
        target = read_target(self.outcome, keys, self.month, horizon)
        names = {parameter.name for parameter in parameters(RunQuestion)} - OWN
        arguments = {name: value for name, value in self.arguments().items() if name in names}
        parts, days = [], _days(self.dates, self.every, scenario.start)
        months = [target.month if day is None else month_by(day, as_of, horizon) for as_of in days]
        for number, (as_of, month) in enumerate(zip(days, months, strict=True)):
            run = RunQuestion(
                **arguments,
                as_of=as_of,
                observe=_observed(scenario, self.observe, as_of),
                months=(month,),
                design=Design(self.draws, self.seed, horizon=ceil(round(month / step, 9)), kept=0),
            )
            result = run.answer(part_progress(progress, number, len(days)))
            parts.append((_known(result), _points(result, replace(target, month=month), as_of)))
        setup = StudySetup(
            opened.case or str(self.case_or_path),
            scenario,
            self.reading,
            {path: str(value) for path, value in changes.items()},
            Design(self.draws, self.seed, horizon=self.horizon, kept=0),
            origin=self.case_or_path,
            of_a_case=bool(opened.case),
            weigh=weights_of_question(self, scenario),
        )
        return Updated(setup, series_of(target, day, parts), fingerprint(scenario))


@dataclass(frozen=True, repr=False)
class Updated(OutcomeAnswer):
    """How a forecast moved."""

    value: ForecastSeries
    scenario_hash: str = ""
    shown_by: ClassVar[str] = "update_tables"
    chart: ClassVar[str] = "update.forecast_lines"  # the outcome's probability day after day, a line a view

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row a day, view and outcome."""
        return [asdict(point) for point in self.value.points]


def _days(dates: Sequence[str], every: float | None, start: date) -> tuple[date, ...]:
    """The days in their order, each once.

    Raises: ArgumentFault for one before the start, or too many.
    """
    from ripeness.study.forecast_series import MOST_DAYS, days_between
    from ripeness.world.dates import need_day

    named = sorted({need_day(day, "dates") for day in dates})
    if named[0] < start:
        raise ArgumentFault("dates", f": {named[0]} lies before the start of the scenario, {start}")
    days = named if every is None else sorted({*named, *days_between(start, named[-1], every)})
    if len(days) > MOST_DAYS:
        raise ArgumentFault("every", f": these are {len(days)} days; at most {MOST_DAYS} are forecast at once")
    return tuple(days)


def _observed(scenario: Any, observe: Sequence[str], as_of: date) -> tuple[str, ...]:
    """What was observed by hand up to a day."""
    from ripeness.study.who_decides.typed_observation import read_observation

    return tuple(text for text in observe if read_observation(scenario, text).date <= as_of)


def _known(result: Result) -> DayKnown:
    """What a forecast rests on."""
    from ripeness.study.forecast_series import DayKnown

    points = result.ensemble.design.points
    so_far, evidence = result.information.so_far, result.information.evidence
    return DayKnown(
        result.information.day,
        0.0 if so_far is None else so_far.fought + so_far.elapsed,
        1.0 if so_far is None else so_far.lasting,
        0 if evidence is None else evidence.items,
        float(points) if so_far is None else so_far.effective,
        points,
    )


def _points(result: Result, target: Target, as_of: date) -> list[SeriesPoint]:
    """Every class of ends in every view, at the month of the target, and the target itself where it is none of them.

    Ceasefires alone are told by the model: past conflicts have them together with agreements.
    """
    from ripeness.study.forecast_series import SeriesPoint
    from ripeness.workbench.chance_by import BLEND, MODEL, RECORD, chance_in, class_chances, views_of

    points = []
    for view in (MODEL,) if target.outcome == "ceasefire" else views_of(result.weigh):
        classes = class_chances(result.ensemble, result.weigh, target.month, view)
        points += [
            SeriesPoint(as_of, target.month, view, name, row.p, row.low, row.high) for name, row in classes.items()
        ]
        if target.name in classes or view == RECORD:  # past conflicts do not say whose victory it is
            continue
        if view == MODEL:
            row = next(
                row
                for row in result.forecast.merged
                if (row.month, row.outcome, row.polity) == (target.month, target.outcome, target.polity)
            )
            points.append(SeriesPoint(as_of, target.month, view, target.name, row.p, row.mc_low, row.mc_high))
        elif view == BLEND:
            p, of_class = chance_in(result.ensemble, result.weigh, target, view), classes["victory"]
            part = p / of_class.p if of_class.p else 0.0
            low, high = part * of_class.low, part * of_class.high
            points.append(SeriesPoint(as_of, target.month, view, target.name, p, low, high))
    return points


update = python_function(UpdateQuestion)
