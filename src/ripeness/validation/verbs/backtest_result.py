"""Result of a backtest: its scores as values, JSON, table and picture, and what would refute the model."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ripeness.ledger.scores.calibration import Bin
from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.store.json_text import plain_value
from ripeness.validation.backtest.ablation import AblationScore
from ripeness.validation.backtest.blend_scores import BlendBacktest
from ripeness.validation.backtest.duration import LengthScore
from ripeness.validation.backtest.held_out import HeldOutForecasts
from ripeness.validation.backtest.leaders import LeaderExitScore
from ripeness.validation.backtest.model_scores import ModelScore
from ripeness.validation.backtest.predictive import PredictiveCheck
from ripeness.validation.calibrate.pareto import TRUSTED
from ripeness.validation.history.record import OUTCOMES
from ripeness.validation.history.wars import WarRecord
from ripeness.workbench.notebook import Notebook
from ripeness.world.fault import Fault

CAUTION = (
    "This record cannot validate the factional machinery: fate, learning, leader change and coalitions hardly move"
    " these aggregates. That rests on recovery tests, on documented decisions inside polities, and on the laws that"
    " must hold."
)
REFUTED_BY = (
    "The pool's Brier exceeds the era rate's by more than .02 on wars kept aside, with an interval above nought.",
    (
        "The war model's weight, fitted with no pull to a parent, is nought on a second set of wars: it then says"
        " nothing on who wins."
    ),
    "On a new record hazards of ending rise with the length of a war, or do not differ between eras.",
    "More than one in ten of the checks of the record against the model's 90 % ranges fail on wars kept aside.",
    "The loss ratio known after three months says nothing on the outcome.",
    "The calibration slope's 90 % interval leaves out 1 on wars kept aside.",
    "With factions coded from documents, war by war, unitary polities still forecast better.",
)
BAR = 0.02  # by how much the pool's Brier may exceed its baseline's, so that it does no harm
BARRED = (0, 3, 6)  # months at which it is held to that


@dataclass(frozen=True, slots=True)
class Backtest(Notebook):
    """What was forecast and what it scored."""

    record: WarRecord
    held: tuple[HeldOutForecasts, ...]
    scores: tuple[ModelScore, ...]
    ahead: tuple[ModelScore, ...]
    slopes: dict[int, ScoreInterval]
    detectable: dict[int, dict[str, float]]
    trust: dict[int, float]
    ahead_trust: float
    points: int
    effective: float
    notes: tuple[str, ...]
    taught: tuple[str, ...]
    lengths: tuple[LengthScore, ...]
    exits: tuple[LeaderExitScore, ...]
    checks: tuple[PredictiveCheck, ...]
    ablation: tuple[AblationScore, ...]
    exact: tuple[ModelScore, ...]
    exact_ahead: tuple[ModelScore, ...]
    bins: dict[int, tuple[Bin, ...]]
    actor_model: str
    blend: BlendBacktest

    def plain(self) -> dict[str, object]:
        """As plain values: one object for `--json`."""
        return plain_value(
            {
                "wars": len(self.record.wars),
                "actor_model": self.actor_model,
                "interval": 0.9,
                "notes": list(self.notes),
                "taught_by": list(self.taught),
                "scores": [score.plain() for score in self.scores],
                "bars": self.bars(),
                "forward_in_time": [score.plain() for score in self.ahead],
                "blend": [asdict(row) for row in self.blend.scores],
                "blend_forward_in_time": [asdict(row) for row in self.blend.ahead],
                "blend_calibration": [
                    {
                        "question": row.question,
                        "months_fought": row.months_fought,
                        "n": row.n,
                        "forecaster": row.forecaster,
                        "bins": [_bin(part) for part in row.bins],
                    }
                    for row in self.blend.calibration
                ],
                "record_strength": asdict(self.blend.strength),
                "exact_refits": [score.plain() for score in self.exact],
                "exact_forward_in_time": [score.plain() for score in self.exact_ahead],
                "calibration": [
                    {
                        "months_fought": m,
                        "slope": s.value,
                        "low": s.low,
                        "high": s.high,
                        "n": s.n,
                        "bins": [_bin(part) for part in self.bins[m]],
                    }
                    for m, s in self.slopes.items()
                ],
                "power": [
                    {
                        "months_fought": m,
                        "model": model,
                        "smallest_difference": value,
                        "means": (
                            "true difference in Brier from the baseline that a 90 % interval would show four times in"
                            " five"
                        ),
                    }
                    for m, differences in self.detectable.items()
                    for model, value in differences.items()
                ],
                "pool_weights": [
                    {"months_fought": forecast.months}
                    | {part: float(w) for part, w in zip(forecast.parts, forecast.weights.mean(axis=0), strict=True)}
                    for forecast in self.held
                    if len(forecast.weights)
                ],
                "leave_one_out": {
                    "points": self.points,
                    "effective_points": self.effective,
                    "pareto_k_trusted_below": TRUSTED,
                    "forward_in_time_median_pareto_k": self.ahead_trust,
                    "pareto_k": [{"warnum": number, "k": k} for number, k in self.trust.items()],
                },
                "durations": [asdict(row) for row in self.lengths],
                "leader_exits": [asdict(row) for row in self.exits],
                "posterior_predictive": [asdict(check) | {"inside": check.inside} for check in self.checks],
                "ablation_factional_less_unitary": [asdict(row) for row in self.ablation],
                "forecasts": self._forecasts(),
                "caution": CAUTION,
                "refuted_by": list(REFUTED_BY),
                "faults": [str(fault) for fault in self.record.faults],
            }
        )

    def bars(self) -> list[dict[str, object]]:
        """Whether the pool keeps to what is asked of it: within .02 of its baseline after 0, 3 and 6 months."""
        return [
            {
                "months_fought": score.months_fought,
                "n": score.n,
                "baseline": score.baseline,
                "most": BAR,
                "pool_minus_baseline": score.brier_minus_baseline,
                "low": score.low,
                "high": score.high,
                "kept": score.brier_minus_baseline <= BAR,
            }
            for score in self.scores
            if score.model == "pool" and score.months_fought in BARRED and score.n
        ]

    def layout(self) -> Any:
        """The table of scores; the command prints all others, too."""
        from ripeness.validation.show.backtest_tables import SMALLER, score_table

        return [
            score_table("Each war forecast without itself, after so many months of fighting", self.scores),
            SMALLER,
            CAUTION,
        ]

    def rows(self) -> list[dict[str, object]]:
        """One row a model and month, for a table."""
        return [score.plain() for score in self.scores]

    def plot(self, *, dark: bool = False) -> Any:
        """How often outcomes came true beside the probability that the pool gave them, one panel a month."""
        from ripeness.validation.show.calibration_chart import calibration_by_month

        return calibration_by_month(self.bins, self.slopes, dark=dark)

    def _forecasts(self) -> list[dict[str, object]]:
        return [
            {
                "warnum": war.number,
                "name": war.name,
                "outcome": war.outcome or None,
                "months_fought": forecast.months,
                "model": name,
            }
            | {outcome: float(p) for outcome, p in zip(OUTCOMES, rows[n], strict=True)}
            for forecast in self.held
            for name, rows in forecast.forecasts.items()
            for n, war in enumerate(forecast.wars)
        ]

    def __repr__(self) -> str:
        return f"<Backtest on {len(self.record.wars)} wars, {len(self.scores)} scores>"


def _bin(interval: Bin) -> dict[str, float]:
    share = interval.share
    return {
        "low": interval.low,
        "high": interval.high,
        "n": interval.n,
        "mean": interval.mean,
        "share": share.value,
        "share_low": share.low,
        "share_high": share.high,
    }


def write(result: Backtest, path: str | Path) -> Path:
    """Write the scores as CSV, or the calibration of the pool as a picture (.svg, .png, .json); whole or not at all.

    Raises: Fault where the ending fits nothing, no outcome is known, or the file cannot be written.
    """
    from ripeness.show.charts.save import save
    from ripeness.store.atomic_write import write_file
    from ripeness.store.cells import to_csv

    goal = Path(path)
    if goal.suffix.lower() == ".csv":
        write_file(goal, to_csv(result.rows()))
    elif not result.bins:
        raise Fault("no war's outcome is known, so there is no calibration to draw")
    else:
        save(result.plot(), goal)
    return goal


def write_strengths(result: Backtest, path: str | Path) -> Path:
    """Write the strengths of the record by kind of conflict, that of interstate wars as these wars teach it.

    Raises: Fault where the file cannot be written.
    """
    from ripeness.store.atomic_write import write_file
    from ripeness.study.record.strength import record_strengths
    from ripeness.validation.backtest.strength import with_learnt

    goal = Path(path)
    write_file(goal, with_learnt(record_strengths(), "interstate", result.blend.strength))
    return goal
