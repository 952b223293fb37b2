"""Measured: whom choices follow and how noisily, how well that predicts bodies left out, what further files move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.scenario.choice_record import ANY_RULE, VOTING_RULES, CentreAndSpread
from ripeness.scenario.council import CouncilDecision
from ripeness.validation.councils.choice_rule import (
    GRID,
    NO_SHARE_GRID,
    ChoiceData,
    ChoiceGrid,
    ChoicePosterior,
    choice_data,
    update_choice_rule,
)
from ripeness.validation.councils.choice_ways import DRAWN, LOGITS, SHARES, WAYS, WITH_SHARE
from ripeness.validation.councils.compare import mean_gain
from ripeness.validation.councils.judged_ranges import Span
from ripeness.validation.councils.leader_weight import REGIMES
from ripeness.validation.councils.measure_leader_weights import leader_share_interval
from ripeness.validation.councils.noise import NOISES
from ripeness.validation.councils.sitting import DRAWS, Sitting, sitting

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LeaderShareRow:
    """The leader share of a body of a regime and voting rule that is not on the record.

    `share` is 5 %, middle and 95 %; `log_odds` the centre and standard deviation of its log-odds, which are shipped.
    """

    regime: str
    voting: str
    decisions: int
    share: Span
    log_odds: CentreAndSpread


@dataclass(frozen=True, slots=True)
class ChoiceFit:
    """What a record says of choices: a row a regime and voting rule, and the noise of a body not on it.

    `regimes_differ` and `voting_differs` are probabilities that were a half before the record. `noise` is a share of
    the issue, `log_noise` the centre and standard deviation of its logarithm.
    """

    decisions: int
    bodies: int
    rows: tuple[LeaderShareRow, ...]
    noise: Span
    log_noise: CentreAndSpread
    regimes_differ: float
    voting_differs: float
    log_evidence: float

    def row(self, regime: str, voting: str = ANY_RULE) -> LeaderShareRow:
        """The row of a regime and voting rule."""
        return next(row for row in self.rows if (row.regime, row.voting) == (regime, voting))


@dataclass(frozen=True, slots=True)
class WayScore:
    """A way to choose on bodies left out: mean log score (smaller is better) and what "pivot or leader" gains on it.

    `log_evidence` is of all decisions together. `gain` has a 90 % interval from drawing bodies again.
    """

    way: str
    log: float
    log_evidence: float
    gain: ScoreInterval


@dataclass(frozen=True, slots=True)
class ChoiceMeasure:
    """The fit on all files; `shipped` is that on the shipped decisions alone, where further files were given."""

    fit: ChoiceFit
    shipped: ChoiceFit | None
    scores: tuple[WayScore, ...]

    def sentence(self) -> str:
        """The answer: whom a choice follows, and what the record can and cannot tell."""
        middles = sorted({round(self.fit.row(regime).share[1], 2) for regime in REGIMES})
        span = f"{middles[0]:.2f}" if len(middles) == 1 else f"{middles[0]:.2f} to {middles[-1]:.2f}"
        low = min(self.fit.row(regime).share[0] for regime in REGIMES)
        high = max(self.fit.row(regime).share[2] for regime in REGIMES)
        first = (
            f"A choice follows the leader with a chance of {span} and the pivot otherwise; for a single body that is"
            f" not on the record the chance lies between {low:.2f} and {high:.2f} (90 %)."
        )
        return first + self._moved() + self._differences() + self._gains()

    def _moved(self) -> str:
        """How far further files moved it."""
        if self.shipped is None:
            return ""
        added = self.fit.decisions - self.shipped.decisions
        moves = "; ".join(
            f"{regime} {self.shipped.row(regime).share[1]:.2f} to {self.fit.row(regime).share[1]:.2f}"
            for regime in REGIMES
        )
        decisions = "1 further decision moves" if added == 1 else f"{added} further decisions move"
        return f" {decisions} the middle by regime: {moves}."

    def _differences(self) -> str:
        """Whether regimes and voting rules can be told apart."""
        chances = {"regimes": self.fit.regimes_differ, "voting rules": self.fit.voting_differs}
        parts = [f"that {name} differ in it has probability {chance:.2f}" for name, chance in chances.items()]
        return f" {parts[0].capitalize()}, {parts[1]} (.50 before the record)."

    def _gains(self) -> str:
        """What the bodies left out say."""
        if not self.scores or np.isnan(self.scores[-1].gain.low):
            return ""
        better = [score.way for score in self.scores if score.gain.low > 0]
        open_ones = [
            score.way for score in self.scores if score.gain.low <= 0 <= score.gain.high and score.way != DRAWN
        ]
        text = f" On bodies left out it predicts better (90 %) than: {', '.join(better)}." if better else ""
        return text + (f" Not settled against: {', '.join(open_ones)}." if open_ones else "")


class ChoiceCouncils:
    """Councils drawn once, for as many fits as are wanted."""

    def __init__(self, councils: Sequence[CouncilDecision], *, draws: int = DRAWS, seed: int = 1) -> None:
        """Draw positions and saliences of all councils from their ranges."""
        self.councils = tuple(councils)
        self.decided = [council.decided for council in councils]
        self.sittings: list[Sitting] = [sitting(council, draws=draws, seed=seed) for council in councils]

    @cached_property
    def drawn(self) -> ChoiceData:
        """Chances where each choice follows the leader or the pivot."""
        return self.data(DRAWN)

    def data(self, choice_way: str) -> ChoiceData:
        """Chances under one way to choose."""
        return choice_data(self.sittings, [council.voting for council in self.councils], choice_way)

    def fit(self, places: Sequence[int] | None = None) -> ChoiceFit:
        """Fit all decisions, or those at some places."""
        places = range(len(self.councils)) if places is None else places
        data = self.drawn.part(places)
        return choice_fit(data, update_choice_rule(data, [self.decided[n] for n in places]))

    def scores(self) -> tuple[WayScore, ...]:
        """Every way to choose on bodies left out, the best first. None where one body is all there is."""
        bodies = self.drawn.bodies
        if len(set(bodies)) == 1:
            return ()
        logs = {choice_way: self.left_out(choice_way) for choice_way in WAYS}
        evidence = {
            choice_way: update_choice_rule(self.data(choice_way), self.decided, _grid(choice_way), ()).log_evidence
            for choice_way in WAYS
        }
        rows = [
            WayScore(choice_way, float(log.mean()), evidence[choice_way], mean_gain(logs[DRAWN], log, bodies))
            for choice_way, log in logs.items()
        ]
        return tuple(sorted(rows, key=lambda score: score.log))

    def left_out(self, choice_way: str) -> Array:
        """Log score of each decision, its body left out of the fit. Shapes: (D,)."""
        data, everything = self.data(choice_way), range(len(self.councils))
        scores = np.empty(len(self.councils))
        for body in dict.fromkeys(data.bodies):
            of_body = [n for n in everything if data.bodies[n] == body]
            others = [n for n in everything if data.bodies[n] != body]
            cells = tuple({data.cells[n] for n in of_body})
            posterior = update_choice_rule(
                data.part(others), [self.decided[n] for n in others], _grid(choice_way), cells
            )
            for n in of_body:
                scores[n] = -np.log(posterior.chance(data, n)[self.decided[n]])
        return scores


def _grid(choice_way: str) -> ChoiceGrid:
    return GRID if choice_way in WITH_SHARE else NO_SHARE_GRID


def choice_fit(data: ChoiceData, posterior: ChoicePosterior) -> ChoiceFit:
    """Put a posterior into rows; a body of any voting rule has one as often as bodies on the record have it."""
    shares = {cell: posterior.body_share(cell) for cell in product(REGIMES, VOTING_RULES)}
    seen = [voting for _, voting in {(body, cell[1]) for body, cell in zip(data.bodies, data.cells, strict=True)}]
    often = np.array([seen.count(voting) for voting in VOTING_RULES]) / len(seen)
    rows = []
    for regime in REGIMES:
        share_of_any = np.asarray(often @ np.array([shares[regime, voting] for voting in VOTING_RULES]))
        count = sum(cell[0] == regime for cell in data.cells)
        rows.append(_row(regime, ANY_RULE, count, share_of_any))
        rows += [
            _row(regime, voting, data.cells.count((regime, voting)), shares[regime, voting]) for voting in VOTING_RULES
        ]
    noise = posterior.body_noise()
    return ChoiceFit(
        len(data.bodies),
        len(set(data.bodies)),
        tuple(rows),
        leader_share_interval(noise, NOISES),
        centre_and_spread(noise, np.log(NOISES)),
        posterior.regimes_differ,
        posterior.voting_differs,
        posterior.log_evidence,
    )


def _row(regime: str, voting: str, decisions: int, share: Array) -> LeaderShareRow:
    return LeaderShareRow(
        regime, voting, decisions, leader_share_interval(share, SHARES), centre_and_spread(share, LOGITS)
    )


@cache
def share_before() -> Span:
    """The leader share of a body before the record: 5 %, middle and 95 %.

    >>> share_before()[1]
    0.5
    """
    prior = update_choice_rule(ChoiceData((), (), ()), (), cells=((REGIMES[0], VOTING_RULES[0]),))
    return leader_share_interval(prior.body_share((REGIMES[0], VOTING_RULES[0])), SHARES)


def centre_and_spread(share: Array, grid: Array) -> CentreAndSpread:
    """Mean and standard deviation of a share on a grid, in hundredths.

    >>> centre_and_spread(np.array([0.5, 0.5]), np.array([-1.0, 1.0]))
    (0.0, 1.0)
    """
    mean = float(share @ grid)
    return round(mean, 2), round(float(np.sqrt(share @ grid**2 - mean**2)), 2)


def measure_choices(
    councils: Sequence[CouncilDecision],
    further: Sequence[CouncilDecision] = (),
    *,
    scored: bool = True,
    draws: int = DRAWS,
    seed: int = 1,
) -> ChoiceMeasure:
    """Fit the rule for a choice to councils, with and without further ones, and score it on bodies left out."""
    everything = ChoiceCouncils((*councils, *further), draws=draws, seed=seed)
    return ChoiceMeasure(
        everything.fit(),
        everything.fit(range(len(councils))) if further else None,
        everything.scores() if scored else (),
    )
