"""Backtest: forecasts of past wars as they could have been made, scored beside what any forecaster must beat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ripeness.study.backtest.ablation import Ablated, ablation
from ripeness.study.backtest.ahead import ahead, trust, undated
from ripeness.study.backtest.baselines import outcomes_of
from ripeness.study.backtest.councils_eu import Councils, CouncilScore, council_scores, read_councils
from ripeness.study.backtest.duration import Lengths, lengths
from ripeness.study.backtest.exact import exact_ahead, exact_war
from ripeness.study.backtest.held_out import HeldOut, held_out
from ripeness.study.backtest.leaders import Exits, exits
from ripeness.study.backtest.power import smallest_difference
from ripeness.study.backtest.predictive import Check, checks
from ripeness.study.backtest.sheet import Score, baseline_at, scores
from ripeness.study.backtest.slope import slope
from ripeness.study.backtest.war_model import RUNS, WarModel, war_model
from ripeness.study.calibrate.pareto import TRUSTED
from ripeness.study.calibrate.posterior import UNITARY, load
from ripeness.study.history.record import HORIZONS, OUTCOMES, PastWar
from ripeness.study.history.wars import Record, read_record
from ripeness.study.progress import Progress, part
from ripeness.study.score.brier import brier
from ripeness.study.score.calibration import COARSE, Bin, calibration
from ripeness.study.score.interval import Interval
from ripeness.workbench.notebook import Notebook
from ripeness.workbench.plain import plain
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

if TYPE_CHECKING:
    from ripeness.show.table import Layout
BAR = 0.02  # by how much the pool's Brier may exceed its baseline's, so that it does no harm
BARRED = (0, 3, 6)  # months at which it is held to that


@dataclass(frozen=True, slots=True)
class Backtest(Notebook):
    """What was forecast and what it scored."""

    record: Record
    held: tuple[HeldOut, ...]
    scores: tuple[Score, ...]
    ahead: tuple[Score, ...]
    slopes: dict[int, Interval]
    detectable: dict[int, dict[str, float]]
    trust: dict[int, float]
    ahead_trust: float
    points: int
    reweighted: float
    notes: tuple[str, ...]
    taught: tuple[str, ...]
    lengths: tuple[Lengths, ...]
    exits: tuple[Exits, ...]
    checks: tuple[Check, ...]
    ablation: tuple[Ablated, ...]
    exact: tuple[Score, ...]
    exact_ahead: tuple[Score, ...]
    bins: dict[int, tuple[Bin, ...]]

    def plain(self) -> dict[str, object]:
        """As plain values: one object for `--json`."""
        return plain(
            {
                "wars": len(self.record.wars),
                "interval": 0.9,
                "notes": list(self.notes),
                "taught_by": list(self.taught),
                "scores": [one.plain() for one in self.scores],
                "bars": self.bars(),
                "forward_in_time": [one.plain() for one in self.ahead],
                "exact_refits": [one.plain() for one in self.exact],
                "exact_forward_in_time": [one.plain() for one in self.exact_ahead],
                "calibration": [
                    {
                        "months_fought": m,
                        "slope": s.value,
                        "low": s.low,
                        "high": s.high,
                        "n": s.n,
                        "bins": [_bin(one) for one in self.bins[m]],
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
                    for m, each in self.detectable.items()
                    for model, value in each.items()
                ],
                "pool_weights": [
                    {"months_fought": held.months}
                    | {part: float(w) for part, w in zip(held.parts, held.weights.mean(axis=0), strict=True)}
                    for held in self.held
                    if len(held.weights)
                ],
                "leave_one_out": {
                    "points": self.points,
                    "effective_points": self.reweighted,
                    "pareto_k_trusted_below": TRUSTED,
                    "forward_in_time_median_pareto_k": self.ahead_trust,
                    "pareto_k": [{"warnum": number, "k": k} for number, k in self.trust.items()],
                },
                "durations": [asdict(one) for one in self.lengths],
                "leader_exits": [asdict(one) for one in self.exits],
                "posterior_predictive": [asdict(one) | {"inside": one.inside} for one in self.checks],
                "ablation_factional_less_unitary": [asdict(one) for one in self.ablation],
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
                "months_fought": one.months_fought,
                "n": one.n,
                "baseline": one.baseline,
                "most": BAR,
                "pool_minus_baseline": one.brier_minus_baseline,
                "low": one.low,
                "high": one.high,
                "kept": one.brier_minus_baseline <= BAR,
            }
            for one in self.scores
            if one.model == "pool" and one.months_fought in BARRED and one.n
        ]

    def layout(self) -> Layout:
        """The table of scores; the command prints all others, too."""
        from ripeness.show.backtest_tables import SMALLER, scores
        from ripeness.show.table import layout

        title = "Each war forecast without itself, after so many months of fighting"
        return layout(scores(title, self.scores), SMALLER, CAUTION)

    def rows(self) -> list[dict[str, object]]:
        """One row a model and month, for a table."""
        return [one.plain() for one in self.scores]

    def plot(self, *, dark: bool = False) -> Any:
        """How often outcomes came true beside the probability that the pool gave them, one panel a month."""
        from ripeness.show.charts.calibration_by_month import calibration_by_month

        return calibration_by_month(self.bins, self.slopes, dark=dark)

    def _forecasts(self) -> list[dict[str, object]]:
        return [
            {
                "warnum": war.number,
                "name": war.name,
                "outcome": war.outcome or None,
                "months_fought": held.months,
                "model": name,
            }
            | {outcome: float(p) for outcome, p in zip(OUTCOMES, rows[n], strict=True)}
            for held in self.held
            for name, rows in held.forecasts.items()
            for n, war in enumerate(held.wars)
        ]

    def __repr__(self) -> str:
        return f"<Backtest on {len(self.record.wars)} wars, {len(self.scores)} scores>"


def backtest(
    wars: str | Path,
    participants: str | Path | None = None,
    months: str | Path | None = None,
    *,
    laws: str | Path | None = None,
    unitary_laws: str | Path | None = None,
    train: Sequence[str | Path | None] = (),
    seed: int = 1,
    runs: int = RUNS,
    with_ablation: bool = True,
    exact: bool = False,
    keep: Path | None = None,
    progress: Progress | None = None,
) -> Backtest:
    """Forecast every war of a file after 0, 1, 3, 6 and 12 months, given what was known by then, and score it.

    `laws` is a file that `calibrate` wrote (default: the shipped one), `unitary_laws` one that it wrote for sides of
    one person, with which the ablation compares. `train` names another record's files (wars,
    participants, months) on which baselines and the pool are fitted; without it each war is forecast from the others of
    its own file. `exact` fits the laws anew in five folds, and on the wars before each fifth, which takes as long as
    nine calibrations.

    Raises: Fault where a file cannot be read, or arguments contradict each other.
    """
    if not 1 <= runs <= 100_000:
        raise Fault(f"runs is {runs}; it can be 1 to 100,000")
    train_wars, *train_others = [*train, None, None, None][:3]
    _consistent(
        exact=exact,
        keep=keep,
        with_ablation=with_ablation,
        unitary_laws=unitary_laws,
        train=train_wars,
        train_others=train_others,
    )
    record = read_record(wars, participants, months)
    taught = None if train_wars is None else read_record(train_wars, *train_others)
    teachers = () if taught is None else taught.wars
    posterior = load(Path(laws) if laws else None)
    record = _with_faults(record, taught)
    stages = 1 + with_ablation + 2 * exact
    model = war_model(posterior, (*record.wars, *teachers), seed, runs, progress=part(progress, 0, stages))
    held = tuple(held_out(model, record.wars, month, teachers) for month in HORIZONS)
    scored = {one.months: one for one in held if any(war.outcome for war in one.wars)}
    return Backtest(
        record,
        held,
        tuple(score for one in held for score in scores(one.forecasts, one.wars, one.months, seed)),
        tuple(score for month in HORIZONS for score in ahead(model, record.wars, month, seed, teachers)),
        {month: _slope(one, seed) for month, one in scored.items()},
        {one.months: _detectable(one) for one in held},
        {war.number: posterior.trust([war.number]) for war in record.wars if war.number in posterior.numbers},
        trust(model, record.wars, teachers),
        len(posterior.scores),
        posterior.reweighted,
        tuple(_notes(model, record.wars, teachers)),
        () if taught is None else (taught.file,),
        tuple(lengths(model, record.wars, seed, teachers)),
        tuple(exits(model, record.wars, seed, teachers)),
        tuple(checks(model, record.wars, seed)),
        _ablation(model, unitary_laws, record, seed, runs, part(progress, 1, stages)) if with_ablation else (),
        tuple(exact_war(record.wars, seed, runs, keep, part(progress, stages - 2, stages))) if exact else (),
        tuple(exact_ahead(record.wars, seed, runs, keep, part(progress, stages - 1, stages))) if exact else (),
        {month: _bins(one) for month, one in scored.items()},
    )


def _consistent(
    *,
    exact: bool,
    keep: object,
    with_ablation: bool,
    unitary_laws: object,
    train: object,
    train_others: Sequence[object],
) -> None:
    """Refuse what would be ignored."""
    if train is None and any(file is not None for file in train_others):
        raise Fault("participants and months of --train are given without --train: name the file of its wars, too")
    if exact and train is not None:
        raise Fault(
            "--exact fits everything on folds of --wars, so --train has no part in it; to score other wars by laws"
            " fitted on --train, fit them first: ripeness calibrate --wars TRAIN --out fitted.npz, then backtest --laws"
            " fitted.npz"
        )
    if keep is not None and not exact:
        raise Fault("--keep is the folder for the rounds of --exact; without --exact nothing is kept there")
    if unitary_laws is not None and not with_ablation:
        raise Fault("--unitary-laws serves the ablation, which --no-ablation leaves out")


def _notes(model: WarModel, wars: Sequence[PastWar], teachers: Sequence[PastWar]) -> list[str]:
    """What makes this comparison less than fair, in sentences."""
    absent = undated(model, wars, teachers)
    if not absent:
        return []
    fitted = len(model.posterior.numbers)
    where = "this file nor --train" if teachers else "this file"
    lead = (
        f"The war model's laws were fitted on {fitted} wars, of which {len(absent)} stand"
        f" {'neither in' if teachers else 'not in'} {where} (told apart by war number). It has learnt from wars that"
        " baselines and pool have not seen, which flatters it."
    )
    mend = (
        "Name all wars of the fit with --train, or laws fitted on --train with --laws"
        if teachers
        else "Name the wars of the fit with --train, so that all learn from the same wars"
    )
    return [
        f"{lead} {mend}.",
        (
            "Forward in time baselines alone are scored: later wars can be taken out of the laws only where their dates"
            " are known."
        ),
    ]


def _truth(one: HeldOut) -> tuple[np.ndarray, np.ndarray]:
    known = np.array([bool(war.outcome) for war in one.wars])
    return known, outcomes_of([war for war in one.wars if war.outcome])


def _slope(one: HeldOut, seed: int) -> Interval:
    known, truth = _truth(one)
    return slope(one.forecasts["pool"][known], truth, seed)


def _bins(one: HeldOut) -> tuple[Bin, ...]:
    known, truth = _truth(one)
    given = one.forecasts["pool"][known]
    return calibration(given.ravel(), np.eye(len(OUTCOMES), dtype=np.int64)[truth].ravel(), COARSE)


def _bin(one: Bin) -> dict[str, float]:
    share = one.share
    return {
        "low": one.low,
        "high": one.high,
        "n": one.n,
        "mean": one.mean,
        "share": share.value,
        "share_low": share.low,
        "share_high": share.high,
    }


def _detectable(one: HeldOut) -> dict[str, float]:
    known, truth = _truth(one)
    if not len(truth):
        return {}
    reference = brier(one.forecasts[baseline_at(one.months)][known], truth)
    return {name: smallest_difference(brier(one.forecasts[name][known], truth) - reference) for name in ("war", "pool")}


def _ablation(
    model: WarModel, laws: str | Path | None, record: Record, seed: int, runs: int, progress: Progress | None
) -> tuple[Ablated, ...]:
    alone = load(Path(laws) if laws else None, UNITARY)
    return tuple(ablation(model, alone, record.wars, HORIZONS, seed, runs, progress))


def _with_faults(record: Record, taught: Record | None) -> Record:
    """The record with the faults of the wars that teach,
    and the word that nothing teaches the baselines where that is so.
    """
    faults = list(record.faults)
    if taught is not None:
        faults += [Fault(f"in --train: {fault}") for fault in taught.faults]
    if not any(war.outcome for war in (*record.wars, *(() if taught is None else taught.wars))):
        nothing = (
            "no war's outcome is known, here or in --train: baselines know nothing, and the pool follows its parent"
        )
        faults.append(Fault(nothing))
    return replace(record, faults=tuple(faults))


def write(found: Backtest, path: str | Path) -> Path:
    """Write the scores as CSV, or the calibration of the pool as a picture (.svg, .png, .json); whole or not at all.

    Raises: Fault where the ending fits nothing, no outcome is known, or the file cannot be written.
    """
    from ripeness.show.charts.save import save
    from ripeness.store.cells import to_csv
    from ripeness.store.whole import write_file

    goal = Path(path)
    if goal.suffix.lower() == ".csv":
        write_file(goal, to_csv(found.rows()))
    elif not found.bins:
        raise Fault("no war's outcome is known, so there is no calibration to draw")
    else:
        save(found.plot(), goal)
    return goal


def backtest_councils(path: str | Path, seed: int = 1) -> tuple[Councils, list[CouncilScore]]:
    """Hold every rule of decision against the European Union's decisions.

    Raises: Fault where the file cannot be read.
    """
    councils = read_councils(path)
    return councils, council_scores(councils, seed)
