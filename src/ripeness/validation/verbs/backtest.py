"""Backtest: forecasts of past wars as they could have been made, scored beside what any forecaster must beat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ripeness.ensemble.engines.choice import use_engine
from ripeness.ledger.scores.brier import brier
from ripeness.ledger.scores.calibration import COARSE, Bin, calibration
from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.study.progress import Progress, part_progress
from ripeness.validation.backtest.ablation import AblationScore, ablation
from ripeness.validation.backtest.baselines import outcomes_of
from ripeness.validation.backtest.blend_scores import backtest_blend
from ripeness.validation.backtest.councils_eu import CouncilScore, EuCouncils, council_scores, read_councils
from ripeness.validation.backtest.duration import lengths
from ripeness.validation.backtest.exact import exact_ahead, exact_war
from ripeness.validation.backtest.forward_in_time import ahead, trust, undated
from ripeness.validation.backtest.held_out import HeldOutForecasts, held_out
from ripeness.validation.backtest.leaders import exits
from ripeness.validation.backtest.model_scores import baseline_at, scores
from ripeness.validation.backtest.power import smallest_difference
from ripeness.validation.backtest.predictive import checks
from ripeness.validation.backtest.slope import slope
from ripeness.validation.backtest.war_model import RUNS, WarModel, war_model
from ripeness.validation.calibrate.posterior import SHIPPED, ParameterPosterior, load
from ripeness.validation.calibrate.posterior import UNITARY as SHIPPED_UNITARY
from ripeness.validation.history.coding import ACTOR_MODELS, FACTIONAL, UNITARY
from ripeness.validation.history.coding import actor_model as default_actor_model
from ripeness.validation.history.record import HORIZONS, OUTCOMES, PastWar
from ripeness.validation.history.wars import WarRecord, read_record
from ripeness.validation.verbs.backtest_result import Backtest
from ripeness.world.fault import Fault


def backtest(
    wars: str | Path,
    participants: str | Path | None = None,
    months: str | Path | None = None,
    *,
    laws: str | Path | None = None,
    unitary_laws: str | Path | None = None,
    actor_model: str | None = None,
    train: Sequence[str | Path | None] = (),
    seed: int = 1,
    runs: int = RUNS,
    with_ablation: bool = True,
    exact: bool = False,
    keep: Path | None = None,
    engine: str | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> Backtest:
    """Forecast every war of a file after 0, 1, 3, 6 and 12 months, given what was known by then, and score it.

    `actor_model` says how the polities of these wars decide: factional, or unitary, each side as one person (default:
    what the coding of past wars says, for nobody coded their factions). The ablation compares both. `laws` is a file
    that `calibrate` wrote for factional polities, `unitary_laws` one that it wrote for unitary ones (default: the
    shipped ones). `train` names another record's files (wars, participants, months) on which baselines and the pool are
    fitted; without it each war is forecast from the others of its own file. `exact` fits the laws anew in five folds,
    and on the wars before each fifth, which takes as long as nine calibrations; `engine` and `scheduler` say where
    their wars are simulated, as in `calibrate`.

    Raises: Fault where a file cannot be read, or arguments contradict each other.
    """
    if not 1 <= runs <= 100_000:
        raise Fault(f"runs is {runs}; it can be 1 to 100,000")
    train_wars, *train_others = [*train, None, None, None][:3]
    reading = default_actor_model() if actor_model is None else actor_model
    if reading not in ACTOR_MODELS:
        raise Fault(f"the actor model is '{reading[:40]}'; it can be {' or '.join(ACTOR_MODELS)}")
    laws_files = {FACTIONAL: laws, UNITARY: unitary_laws}
    _consistent(
        exact=exact,
        keep=keep,
        with_ablation=with_ablation,
        idle_laws=[name for name, file in laws_files.items() if file is not None and name != reading],
        reading=reading,
        train=train_wars,
        train_others=train_others,
    )
    record = read_record(wars, participants, months)
    training = None if train_wars is None else read_record(train_wars, *train_others)
    teachers = () if training is None else training.wars
    posterior = _laws_of(reading, laws_files)
    record = _with_faults(record, training)
    stages = 1 + with_ablation + 2 * exact
    with use_engine(engine, scheduler):
        model = war_model(posterior, (*record.wars, *teachers), seed, runs, reading, part_progress(progress, 0, stages))
        held = tuple(held_out(model, record.wars, month, teachers) for month in HORIZONS)
        scored = {forecast.months: forecast for forecast in held if any(war.outcome for war in forecast.wars)}
        return Backtest(
            record,
            held,
            tuple(
                score for forecast in held for score in scores(forecast.forecasts, forecast.wars, forecast.months, seed)
            ),
            tuple(score for month in HORIZONS for score in ahead(model, record.wars, month, seed, teachers)),
            {month: _slope(forecast, seed) for month, forecast in scored.items()},
            {forecast.months: _detectable(forecast) for forecast in held},
            {war.number: posterior.trust([war.number]) for war in record.wars if war.number in posterior.numbers},
            trust(model, record.wars, teachers),
            len(posterior.scores),
            posterior.effective,
            tuple(_notes(model, record.wars, teachers)),
            () if training is None else (training.file,),
            tuple(lengths(model, record.wars, seed, teachers)),
            tuple(exits(model, record.wars, seed, teachers)),
            tuple(checks(model, record.wars, seed)),
            _ablation(model, reading, laws_files, record.wars, seed, runs, part_progress(progress, 1, stages))
            if with_ablation
            else (),
            tuple(
                exact_war(record.wars, seed, runs, keep, part_progress(progress, stages - 2, stages), reading=reading)
            )
            if exact
            else (),
            tuple(
                exact_ahead(record.wars, seed, runs, keep, part_progress(progress, stages - 1, stages), reading=reading)
            )
            if exact
            else (),
            {month: _bins(forecast) for month, forecast in scored.items()},
            reading,
            backtest_blend(model, record.wars, seed),
        )


def _consistent(
    *,
    exact: bool,
    keep: object,
    with_ablation: bool,
    idle_laws: Sequence[str],
    reading: str,
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
    if idle_laws and not with_ablation:
        flag = "--laws" if FACTIONAL in idle_laws else "--unitary-laws"
        raise Fault(
            f"{flag} holds laws of {idle_laws[0]} polities; with {reading} ones it serves the ablation alone, which"
            f" --no-ablation leaves out: ask for --actor-model {idle_laws[0]}, or for the ablation"
        )


def _notes(model: WarModel, wars: Sequence[PastWar], teachers: Sequence[PastWar]) -> list[str]:
    """What makes this comparison less than fair, in sentences."""
    absent = undated(model, wars, teachers)
    if not absent:
        return []
    count = len(model.posterior.numbers)
    where = "this file nor --train" if teachers else "this file"
    statement = (
        f"The war model's laws were fitted on {count} wars, of which {len(absent)} stand"
        f" {'neither in' if teachers else 'not in'} {where} (told apart by war number). It has learnt from wars that"
        " baselines and pool have not seen, which flatters it."
    )
    advice = (
        "Name all wars of the fit with --train, or laws fitted on --train with --laws"
        if teachers
        else "Name the wars of the fit with --train, so that all learn from the same wars"
    )
    return [
        f"{statement} {advice}.",
        (
            "Forward in time baselines alone are scored: later wars can be taken out of the laws only where their dates"
            " are known."
        ),
    ]


def _truth(forecast: HeldOutForecasts) -> tuple[np.ndarray, np.ndarray]:
    has_outcome = np.array([bool(war.outcome) for war in forecast.wars])
    return has_outcome, outcomes_of([war for war in forecast.wars if war.outcome])


def _slope(forecast: HeldOutForecasts, seed: int) -> ScoreInterval:
    has_outcome, truth = _truth(forecast)
    return slope(forecast.forecasts["pool"][has_outcome], truth, seed)


def _bins(forecast: HeldOutForecasts) -> tuple[Bin, ...]:
    has_outcome, truth = _truth(forecast)
    forecasts = forecast.forecasts["pool"][has_outcome]
    return calibration(forecasts.ravel(), np.eye(len(OUTCOMES), dtype=np.int64)[truth].ravel(), COARSE)


def _detectable(forecast: HeldOutForecasts) -> dict[str, float]:
    has_outcome, truth = _truth(forecast)
    if not len(truth):
        return {}
    reference = brier(forecast.forecasts[baseline_at(forecast.months)][has_outcome], truth)
    return {
        name: smallest_difference(brier(forecast.forecasts[name][has_outcome], truth) - reference)
        for name in ("war", "pool")
    }


def _laws_of(reading: str, laws_files: Mapping[str, str | Path | None]) -> ParameterPosterior:
    """The fitted parameters of an actor model: from its file, else as shipped."""
    file = laws_files[reading]
    return load(Path(file) if file else None, SHIPPED if reading == FACTIONAL else SHIPPED_UNITARY)


def _ablation(
    model: WarModel,
    reading: str,
    laws_files: Mapping[str, str | Path | None],
    wars: Sequence[PastWar],
    seed: int,
    runs: int,
    progress: Progress | None,
) -> tuple[AblationScore, ...]:
    """Simulate the same wars under the other actor model, too, and compare both."""
    with_outcome = [war for war in wars if war.outcome]
    if not with_outcome:
        return ()
    models = {reading: model} | {
        other: war_model(_laws_of(other, laws_files), with_outcome, seed, runs, other, progress)
        for other in ACTOR_MODELS
        if other != reading
    }
    return tuple(ablation(models[FACTIONAL], models[UNITARY], with_outcome, HORIZONS, seed))


def _with_faults(record: WarRecord, training: WarRecord | None) -> WarRecord:
    """The record with the faults of the wars that teach,
    and the word that nothing teaches the baselines where that is so.
    """
    faults = list(record.faults)
    if training is not None:
        faults += [Fault(f"in --train: {fault}") for fault in training.faults]
    if not any(war.outcome for war in (*record.wars, *(() if training is None else training.wars))):
        message = (
            "no war's outcome is known, here or in --train: baselines know nothing, and the pool follows its parent"
        )
        faults.append(Fault(message))
    return replace(record, faults=tuple(faults))


def backtest_councils(path: str | Path, seed: int = 1) -> tuple[EuCouncils, list[CouncilScore]]:
    """Hold every rule of decision against the European Union's decisions.

    Raises: Fault where the file cannot be read.
    """
    councils = read_councils(path)
    return councils, council_scores(councils, seed)
