"""War so far: condition an ensemble on how long the war has lasted.

A war that still goes on after a year is no draw from all wars: those that end easily are over. Wars are simulated from
the day on which the war began, with parameter samples and random draws of their own; the samples whose wars last to the
start are the ones that the forecast takes, in the order in which they were drawn. Where the forecast is made on a later
day than the start, samples and random draws are then kept together whose wars, fought from the start, last to that day.
Both are exact draws from the conditional distribution (rejection); what is rare is drawn oftener, up to a bound.
Of a war older than LONGEST_KNOWN months no more than these are asked: hardly any simulated war lasts longer, and by
then those that end easily are over. The answer says so.
Source: Heckman and Singer 1984 (a falling hazard from differences between wars); Robert and Casella 2004, section 2.3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.inputs import Overrides
from ripeness.ensemble.past import Past
from ripeness.ensemble.run import run
from ripeness.scenario.schema import Scenario
from ripeness.study.arms import even_chunk
from ripeness.study.progress import Progress
from ripeness.study.who_decides.tempered_smc import effective_size
from ripeness.world.calendar import STEPS, months_between
from ripeness.world.fault import ArgumentFault
from ripeness.world.outcome import FIGHTING

Array = NDArray[np.float64]
Whole = NDArray[np.uint64]
FIRST_BORROWED_RUN = 2**30  # numbers of runs whose random draws serve the past begin here, far from the ensemble's own
FEW_DRAWS = 100.0  # effective parameter samples below which the answer says that it rests on few
MOST_TRIALS = 16  # wars simulated for each parameter sample that is wanted, at most
LEAST_BATCH, MOST_BATCH = 256, 16_384  # wars at once: their results take a kilobyte each
NOT_SINCE_BEGAN = "widen the ranges of its numbers, or forecast with {ignore_duration}"
NOT_SINCE_START = (
    "widen the ranges of its numbers, take an earlier {as_of}, or leave out what speaks for an end before that day"
)
LONGEST = 600  # steps that a war before the start is simulated
LONGEST_KNOWN = 120.0  # months: of a war that is older, no more than these are asked of the simulated ones


@dataclass(frozen=True)
class WarSoFar:
    """Parameter samples and random draws that agree with how long the war has lasted.

    `fought`: months from the beginning of the war to the start; `elapsed`: from there to the day of the forecast.
    `lasting`: share of the simulated wars that last so long. `effective`: parameter samples behind the `points` that
    the ensemble takes, counted by their shares.
    """

    past: Past
    overrides: Overrides
    fought: float
    elapsed: float
    lasting: float
    points: int
    effective: float

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the answer must say of it."""
        asked = min(self.fought, LONGEST_KNOWN) + self.elapsed
        older = (
            f"the war has lasted {self.fought:.0f} months; of the simulated ones no more than {LONGEST_KNOWN:.0f} are "
            "asked, since hardly any lasts longer"
        )
        few = (
            f"few parameter samples carry the answer: {self.effective:.0f} effective of {self.points}; hardly any war "
            f"under this scenario lasts {asked:.0f} months ({100 * self.lasting:.1f} % do)"
        )
        rests_on_few = self.effective < min(FEW_DRAWS, self.points / 5)
        return (older,) * (self.fought > LONGEST_KNOWN) + (few,) * rests_on_few

    def about(self) -> dict[str, Any]:
        """Return a record of it, enough to condition another ensemble."""
        return {
            "months_fought": round(self.fought, 2),
            "months_elapsed": round(self.elapsed, 6),
            "lasting": round(self.lasting, 4),
            "points": self.points,
            "effective": round(self.effective, 1),
            "warnings": list(self.warnings),
        }


def condition_on_duration(
    scenario: Scenario,
    design: Design,
    *,
    elapsed: float = 0.0,
    since_began: bool = True,
    overrides: Overrides | None = None,
    past: Past | None = None,
    progress: Progress | None = None,
) -> WarSoFar:
    """Condition an ensemble on the months that the war has lasted.

    `since_began`: whether the months before the start count, too. `overrides` and `past` are what evidence has set, one
    for each point of the design; they are kept together with the parameter samples. `progress` counts the simulated
    wars, of as many as are expected. Units: elapsed in months.

    Raises: ArgumentFault where no simulated war lasts so long.

    >>> from ripeness.scenario.read import read_scenario
    >>> so_far = condition_on_duration(read_scenario("ukraine-2023-03"), Design(draws=64, kept=0))
    >>> len(so_far.past.samples), 0 < so_far.lasting < 1
    (8, True)
    """
    fixed = {path: np.asarray(values, dtype=np.float64) for path, values in (overrides or {}).items()}
    trials = _Trials(scenario, design, fixed, past, progress)
    fought = max(months_between(scenario.began, scenario.start), 0.0)
    samples, columns = np.arange(design.points, dtype=np.uint64), np.arange(design.points)
    lasting = 1.0
    if since_began and fought:
        samples, columns, lasting = trials.before_start(min(fought, LONGEST_KNOWN))
    numbers, until = (None, 0) if past is None else (past.numbers, past.until)
    if numbers is not None:
        numbers = numbers[columns]
    if elapsed:
        until = max(until, ceil(round(elapsed / STEPS[scenario.step], 9)))
        samples, columns, numbers, share = trials.after_start(samples, columns, numbers, elapsed, until)
        lasting *= share
    effective = effective_size(np.unique(samples, return_counts=True)[1] / len(samples))
    chosen = {path: values[columns] if values.ndim else values for path, values in fixed.items()}
    return WarSoFar(Past(samples, numbers, until, elapsed), chosen, fought, elapsed, lasting, design.points, effective)


class _Trials:
    """Wars that are simulated until enough of them last."""

    def __init__(
        self,
        scenario: Scenario,
        design: Design,
        fixed: Mapping[str, Array],
        past: Past | None,
        progress: Progress | None,
    ) -> None:
        self.scenario, self.design, self.fixed = scenario, design, fixed
        self.given_draws = None if past is None else past.numbers
        self.batch = min(max(design.points, LEAST_BATCH), MOST_BATCH)
        self.progress = progress
        self.tried, self.expected = 0, self.batch

    def before_start(self, fought: float) -> tuple[Whole, NDArray[np.intp], float]:
        """Parameter samples whose wars last so many months from their first day.

        Shapes: returns samples, columns of what is set (points,), and the share that lasts.
        """
        war = self.scenario.model_copy(update={"start": self.scenario.began})
        steps = min(ceil(round(fought / STEPS[war.step], 9)), LONGEST)

        def trial(number: Whole) -> NDArray[np.bool_]:
            past = Past(number, number + np.uint64(FIRST_BORROWED_RUN), steps)
            return self._lasts(war, past, self._columns(number), steps, fought)

        lasting, share = self._until_enough(trial, MOST_TRIALS * self.design.points, "ignore_duration", NOT_SINCE_BEGAN)
        return lasting, self._columns(lasting), share

    def after_start(
        self, samples: Whole, columns: NDArray[np.intp], numbers: Whole | None, elapsed: float, until: int
    ) -> tuple[Whole, NDArray[np.intp], Whole, float]:
        """Parameter samples and random draws with which the war, fought from the start, lasts to the day of forecast.

        Shapes: all (points,).
        """

        def draws(number: Whole) -> Whole:
            if numbers is not None:
                return numbers[self._columns(number)]
            return number + np.uint64(FIRST_BORROWED_RUN + FIRST_BORROWED_RUN // 2)

        def trial(number: Whole) -> NDArray[np.bool_]:
            place = self._columns(number)
            past = Past(samples[place], draws(number), until)
            return self._lasts(self.scenario, past, columns[place], until, elapsed)

        most = self.design.points if numbers is not None else MOST_TRIALS * self.design.points
        lasting, share = self._until_enough(trial, most, "as_of", NOT_SINCE_START)
        place = self._columns(lasting)
        return samples[place], columns[place], draws(lasting), share

    def _columns(self, number: Whole) -> NDArray[np.intp]:
        """Which point of the design a trial belongs to."""
        return (number % np.uint64(self.design.points)).astype(np.intp)

    def _lasts(
        self, war: Scenario, past: Past, columns: NDArray[np.intp], steps: int, months: float
    ) -> NDArray[np.bool_]:
        """Whether each war goes on for more than some months. Shapes: columns, returns (trials,)."""
        count = len(columns)
        design = replace(self.design, draws=count, per_point=1, horizon=steps, kept=0, chunk=even_chunk(count))
        values = {path: row[columns] if row.ndim else row for path, row in self.fixed.items()}
        ensemble = run(war, design, overrides=values, past=past, progress=self._tell)
        return (ensemble.code == FIGHTING) | (ensemble.months > months)

    def _tell(self, done: int, total: int) -> None:
        """Count the wars of a batch with those before it."""
        if self.progress is not None:
            self.progress(self.tried + done, max(self.expected, self.tried + total))

    def _until_enough(
        self, trial: Callable[[Whole], NDArray[np.bool_]], most: int, blamed: str, remedy: str
    ) -> tuple[Whole, float]:
        """Numbers of the first trials that last, one for each point; where too few do, they are taken again in turn.

        Raises: ArgumentFault where none does, which blames an argument and says what would help.
        """
        lasting = np.empty(0, dtype=np.uint64)
        tried, self.tried, self.expected = 0, 0, self.batch
        while tried < most and len(lasting) < self.design.points:
            number = np.arange(tried, min(tried + self.batch, most), dtype=np.uint64)
            lasting = np.append(lasting, number[trial(number)])
            tried += len(number)
            self.tried = tried
            self.expected = min(most, ceil(self.design.points * tried / max(len(lasting), 1)))
        if not len(lasting):
            raise ArgumentFault(
                blamed, f": none of {tried:,} wars that were simulated under this scenario lasts as long; {remedy}"
            )
        return np.resize(lasting, self.design.points), len(lasting) / tried
