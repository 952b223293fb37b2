"""Flip: the smallest changes of parameters that make another outcome the most likely one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ripeness.scenario.schema import Scenario
from ripeness.study.flipping.change import ParameterChange
from ripeness.study.flipping.search import FlipSearch, SimulateChange, strongest_rival
from ripeness.study.parameter_labels import parameter_label
from ripeness.study.target import Target
from ripeness.study.weighted_statistics import Weights
from ripeness.war.prepare import War

ANSWERS = 3  # distinct answers; each costs a run with all draws
TRIAL_DRAWS = 2048  # draws of a trial run: differences on the same draws are known to about a percentage point


@dataclass(frozen=True, slots=True)
class ParameterMove:
    """One assumption of a change: from its median to a value, in halves of its 90 % range (1: at the range's end).

    `jointly`: a fitted parameter, which is drawn with others.
    """

    path: str
    name: str
    value: float
    distance: float
    low: float
    median: float
    high: float
    unit: str
    kind: str
    sources: tuple[str, ...]
    jointly: bool = False


@dataclass(frozen=True, slots=True)
class FlipAnswer:
    """A change and what its own run with all draws shows: the target's probability, and that of the next outcome."""

    moves: tuple[ParameterMove, ...]
    size: float
    p: float
    rival: str
    rival_p: float

    @property
    def margin(self) -> float:
        """By how much the target leads; above zero in every answer, at most zero in what only came near."""
        return self.p - self.rival_p


@dataclass(frozen=True, slots=True)
class FlipAnswers:
    """The answers, the smallest change first; where there is none, the change that came nearest.

    `shares`: probabilities of all outcomes as things stand. `already`: the target is the most likely
    one without change.
    """

    target: Target
    draws: int
    shares: Mapping[str, float]
    already: bool
    answers: tuple[FlipAnswer, ...]
    nearest: FlipAnswer | None
    tested: int
    runs: int
    fought: int


def flip(
    scenario: Scenario,
    target: Target,
    simulate: SimulateChange,
    n_runs: int,
    *,
    answers: int = ANSWERS,
    trial_draws: int = TRIAL_DRAWS,
    without: tuple[str, ...] = (),
    weights: Weights = None,
) -> FlipAnswers:
    """Find the smallest changes of one, two or three assumptions that make the target the most likely outcome.

    A change sets an assumption to a value inside its 90 % range, for all draws; every other number keeps its draws and
    every run its random draws. A fitted parameter is moved alone, as by `--set`, while its companions keep their
    points; its slope is partial, and the size of the change grows with how closely it goes with them. Parameters
    without a range are not moved. `without`: beginnings of paths that stay.
    """
    search = FlipSearch(target, simulate, n_runs, min(trial_draws, n_runs), without, weights)
    base, base_shares = search.start()
    already = search.base_margin > 0
    if already:
        return FlipAnswers(target, n_runs, base_shares, already, (), None, 0, search.runs, search.simulated)
    levers = search.levers(base, base_shares)
    confirmed: list[tuple[ParameterChange, Mapping[str, float]]] = []
    for candidate in search.candidates(levers):
        settled = search.shortest(candidate)
        if settled is not None:
            confirmed.append(settled)
            search.answered.append(settled[0].paths)
        if len(confirmed) >= answers:
            break
    points = base.war.points
    confirmed.sort(key=lambda entry: entry[0].size_given(points))
    found_answers = tuple(_answer(scenario, base.war, target, *entry) for entry in confirmed)
    nearest = None
    if not confirmed and search.nearest is not None:
        change = search.nearest[1]
        nearest = _answer(scenario, base.war, target, change, search.confirm(change))
        if nearest.margin > 0:  # few draws said no, all draws say yes: it is an answer
            found_answers, nearest = (nearest,), None
    return FlipAnswers(
        target, n_runs, base_shares, already, found_answers, nearest, len(levers), search.runs, search.simulated
    )


def _answer(
    scenario: Scenario,
    war: War,
    target: Target,
    change: ParameterChange,
    shares: Mapping[str, float],
) -> FlipAnswer:
    moves = []
    numbers, jointly = war.numbers, set(war.points.paths)
    values = change.values(numbers)
    for path, distance in change.moves:
        number = numbers[path]
        low, median, high = number.interval()
        moves.append(
            ParameterMove(
                path,
                parameter_label(scenario, path),
                values[path],
                distance,
                low,
                median,
                high,
                number.unit,
                str(number.kind),
                number.sources,
                path in jointly,
            )
        )
    rival = strongest_rival(target, shares)
    return FlipAnswer(tuple(moves), change.size_given(war.points), shares[target.name], rival, shares[rival])
