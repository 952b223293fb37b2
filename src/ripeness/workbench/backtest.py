"""Backtest: forecasts of past wars as they could have been made, scored beside what any forecaster must beat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from ripeness.study.backtest.ablation import Ablated, ablation
from ripeness.study.backtest.baselines import BASELINES, outcomes_of
from ripeness.study.backtest.councils_eu import Councils, CouncilScore, council_scores, read_councils
from ripeness.study.backtest.duration import Lengths, lengths
from ripeness.study.backtest.exact import exact_war
from ripeness.study.backtest.folds import at_risk, forward
from ripeness.study.backtest.held_out import HeldOut, held_out
from ripeness.study.backtest.leaders import Exits, exits
from ripeness.study.backtest.power import smallest_difference
from ripeness.study.backtest.predictive import Check, checks
from ripeness.study.backtest.sheet import Score, baseline_at, scores
from ripeness.study.backtest.slope import slope
from ripeness.study.backtest.war_model import RUNS, WarModel, war_model
from ripeness.study.calibrate.posterior import load
from ripeness.study.history.record import HORIZONS, OUTCOMES, PastWar
from ripeness.study.history.wars import Record, read_record
from ripeness.study.score.brier import brier
from ripeness.study.score.calibration import calibration
from ripeness.study.score.interval import Interval
from ripeness.world.fault import Fault

Progress = Callable[[int, int], None]
CAUTION = (
    "This record cannot validate the factional machinery: fate, learning, leader change and coalitions hardly move these "
    "aggregates. That rests on recovery tests, on documented decisions inside polities, and on the laws that must hold."
)
REFUTED_BY = (
    "The pool exceeds the era rate's Brier by more than .02 on wars kept aside, with an interval above nought.",
    "The war model's weight in the pool stays at nought on a second set of wars: then it adds nothing to forecasts of who wins.",
    "Hazards of ending rise with the length of the war, or do not differ between eras, on a new record.",
    "Recorded wars of both eras end by channels outside the model's 90 % range for more than one channel in ten.",
    "The loss ratio known after three months says nothing on the outcome on a new record.",
    "Calibration slopes of the pool whose 90 % interval leaves out 1 on wars kept aside.",
    "Council decisions on a new record that follow one rule so much better than the weighted mean that the interval leaves out nought.",
)


@dataclass(frozen=True, slots=True)
class Backtest:
    """What was forecast and what it scored."""

    record: Record
    held: tuple[HeldOut, ...]
    scores: tuple[Score, ...]
    ahead: tuple[Score, ...]
    slopes: dict[int, Interval]
    detectable: dict[int, dict[str, float]]
    trust: dict[int, float]
    effective: float
    lengths: tuple[Lengths, ...]
    exits: tuple[Exits, ...]
    checks: tuple[Check, ...]
    ablation: tuple[Ablated, ...]
    exact: tuple[Score, ...]
    bins: dict[int, list[dict[str, object]]]

    def plain(self) -> dict[str, object]:
        """As plain values: one object for `--json`."""
        return {
            "wars": len(self.record.wars), "interval": 0.9, "scores": [one.plain() for one in self.scores],
            "forward_in_time": [one.plain() for one in self.ahead], "exact_refits": [one.plain() for one in self.exact],
            "calibration": [
                {"months_fought": m, "slope": s.value, "low": s.low, "high": s.high, "n": s.n, "bins": self.bins[m]}
                for m, s in self.slopes.items()
            ],
            "power": [
                {"months_fought": m, "model": model, "smallest_difference": None if value != value else value,  # noqa: PLR0124
                 "means": "true difference in Brier from the baseline that a 90 % interval would show four times in five"}
                for m, each in self.detectable.items() for model, value in each.items()
            ],
            "pool_weights": [
                {"months_fought": held.months} | {part: float(w) for part, w in zip(held.parts, held.weights.mean(axis=0), strict=True)}
                for held in self.held if len(held.weights)
            ],
            "leave_one_out": {
                "effective_points": self.effective, "pareto_k_trusted_below": 0.7,
                "pareto_k": [{"warnum": number, "k": k} for number, k in self.trust.items()],
            },
            "durations": [asdict(one) for one in self.lengths], "leader_exits": [asdict(one) for one in self.exits],
            "posterior_predictive": [asdict(one) | {"inside": one.inside} for one in self.checks],
            "ablation_factional_less_unitary": [asdict(one) for one in self.ablation],
            "forecasts": self._forecasts(), "caution": CAUTION, "refuted_by": list(REFUTED_BY),
            "faults": [str(fault) for fault in self.record.faults],
        }  # fmt: skip

    def _forecasts(self) -> list[dict[str, object]]:
        return [
            {"warnum": war.number, "months_fought": held.months, "model": name}
            | {outcome: float(p) for outcome, p in zip(OUTCOMES, rows[n], strict=True)}
            for held in self.held for name, rows in held.forecasts.items() for n, war in enumerate(held.wars)
        ]  # fmt: skip

    def __repr__(self) -> str:
        return f"<Backtest on {len(self.record.wars)} wars, {len(self.scores)} scores>"


def backtest(
    wars: str | Path, participants: str | Path | None = None, months: str | Path | None = None, *, laws: str | Path | None = None,
    train: Sequence[str | Path | None] = (), seed: int = 1, runs: int = RUNS, with_ablation: bool = True, exact: bool = False,
    keep: Path | None = None, progress: Progress | None = None,
) -> Backtest:
    """Forecast every war of a file after 0, 1, 3, 6 and 12 months, given what was known by then, and score it.

    `laws` is a file that `calibrate` wrote (default: the shipped one). `train` names another record's files (wars,
    participants, months) on which baselines and the pool are fitted; without it each war is forecast from the others of
    its own file. `exact` fits the laws anew in five folds, which takes as long as five calibrations.

    Raises: Fault where a file cannot be read.
    """
    if not 1 <= runs <= 100_000:
        raise Fault(f"runs is {runs}; it can be 1 to 100,000")
    record = read_record(wars, participants, months)
    teachers = _teachers(train)
    posterior = load(Path(laws) if laws else None)
    model = war_model(posterior, (*record.wars, *teachers), seed, runs, progress=progress)
    held = tuple(held_out(model, record.wars, month, teachers) for month in HORIZONS)
    scored = {one.months: one for one in held if any(war.outcome for war in one.wars)}
    return Backtest(
        record, held,
        tuple(score for one in held for score in scores(one.forecasts, one.wars, one.months, seed)),
        tuple(score for month in HORIZONS for score in _ahead(model, record.wars, month, seed)),
        {month: _slope(one, seed) for month, one in scored.items()},
        {one.months: _detectable(one) for one in held},
        {war.number: posterior.trust([war.number]) for war in record.wars if war.number in posterior.numbers},
        posterior.effective,
        tuple(lengths(model, record.wars, seed, teachers)), tuple(exits(model, record.wars, seed, teachers)),
        tuple(checks(model, record.wars, seed)),
        tuple(ablation(model, record.wars, HORIZONS, seed, runs, progress)) if with_ablation else (),
        tuple(exact_war(record.wars, seed, runs, keep, progress)) if exact else (),
        {month: _bins(one) for month, one in scored.items()},
    )  # fmt: skip


def _teachers(files: Sequence[str | Path | None]) -> tuple[PastWar, ...]:
    """The wars that teach, where others than those forecast are named."""
    given = [*files, None, None, None]
    wars, participants, months = given[:3]
    return () if wars is None else read_record(wars, participants, months).wars


def _truth(one: HeldOut) -> tuple[np.ndarray, np.ndarray]:
    known = np.array([bool(war.outcome) for war in one.wars])
    return known, outcomes_of([war for war in one.wars if war.outcome])


def _slope(one: HeldOut, seed: int) -> Interval:
    known, truth = _truth(one)
    return slope(one.forecasts["pool"][known], truth, seed)


def _bins(one: HeldOut) -> list[dict[str, object]]:
    known, truth = _truth(one)
    given = one.forecasts["pool"][known]
    return [
        {"low": b.low, "high": b.high, "n": b.n, "mean": b.mean, "share": b.share.value, "share_low": b.share.low, "share_high": b.share.high}
        for b in calibration(given.ravel(), np.eye(len(OUTCOMES), dtype=np.int64)[truth].ravel())
    ]


def _detectable(one: HeldOut) -> dict[str, float]:
    known, truth = _truth(one)
    if not len(truth):
        return {}
    reference = brier(one.forecasts[baseline_at(one.months)][known], truth)
    return {name: smallest_difference(brier(one.forecasts[name][known], truth) - reference) for name in ("war", "pool")}


def _ahead(model: WarModel, wars: Sequence[PastWar], month: int, seed: int) -> list[Score]:
    """Forward in time: baselines taught by earlier wars alone; the war model with every later war taken out of its laws."""
    known = [war for war in at_risk(wars, month) if war.outcome]
    found = {}
    going: list[PastWar] = []
    for name, baseline in BASELINES.items():
        going, found[name] = forward(baseline, known, month)
    if not going:
        return []
    rows = []
    for war in going:
        later = [other.number for other in wars if other.began >= war.began]
        rows.append(model.forecast(model.chances(war, month), later))
    found["war"] = np.array(rows)
    return scores(found, going, month, seed)


def backtest_councils(path: str | Path, seed: int = 1) -> tuple[Councils, list[CouncilScore]]:
    """Hold every rule of decision against the European Union's decisions.

    Raises: Fault where the file cannot be read.
    """
    councils = read_councils(path)
    return councils, council_scores(councils, seed)
