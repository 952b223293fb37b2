"""Knock-out: how the answer moves without an item, a source or a grade, and if an item were planted.

Draws of the posterior are reweighted without the likelihood of what is knocked out; where too few of them carry the
weight, the sampler is run again without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.bayes_factors import WeighedReading, reading_weights
from ripeness.study.who_decides.council_likelihood import CouncilLikelihood
from ripeness.study.who_decides.item import Item
from ripeness.study.who_decides.posterior import CouncilPosterior, sample_posterior
from ripeness.study.who_decides.tempered_smc import effective_size, log_mean_exp
from ripeness.world.admiralty import PLANTED

Array = NDArray[np.float64]
MIN_EFFECTIVE_DRAWS = 100.0  # effective draws below which the sampler is run again


@dataclass(frozen=True, slots=True)
class KnockOut:
    """The answer without some items: `what` is item, source, grade, or planted (the item kept, but possibly planted).

    `power` are means at the start under the factional reading; `moved` the faction whose mean moves most, by `by`;
    `weights` of the readings; `turns` if another reading leads than with all evidence.
    """

    polity: str
    what: str
    name: str
    items: int
    power: dict[str, float]
    moved: str
    by: float
    weights: dict[str, float]
    leads: str
    turns: bool


def knock_outs(readings: Sequence[WeighedReading], seed: int = 1) -> tuple[KnockOut, ...]:
    """Knock out every item, source and grade of a polity's evidence in turn; then doubt every item as planted."""
    items = readings[0].posterior.council.items
    rows = [_without(readings, kind, name, item_rows, seed) for kind, name, item_rows in _groups(items)]
    rows += [_planted(readings, n) for n in range(len(items))]
    return tuple(rows)


def _groups(items: Sequence[Item]) -> list[tuple[str, str, list[int]]]:
    groups: list[tuple[str, str, list[int]]] = [("item", item.id, [n]) for n, item in enumerate(items)]
    sources = sorted({source for item in items for source in item.sources})
    grades = sorted({item.grade for item in items})
    groups += [("source", source, [n for n, item in enumerate(items) if source in item.sources]) for source in sources]
    groups += [("grade", grade, [n for n, item in enumerate(items) if item.grade == grade]) for grade in grades]
    return groups


def _without(readings: Sequence[WeighedReading], kind: str, name: str, item_rows: list[int], seed: int) -> KnockOut:
    logs, power = [], None
    for reading in readings:
        change = -reading.posterior.by_item[item_rows].sum(axis=0)
        posterior, log = reading.posterior, _log_evidence_after(reading.posterior, change)
        weight = np.exp(change - change.max())
        if effective_size(weight) < min(MIN_EFFECTIVE_DRAWS, posterior.particles / 2):
            posterior = _resample_without(posterior, item_rows, seed, f"{kind}/{name}/{reading.candidate.key}")
            log, weight = posterior.log_evidence, np.ones(posterior.particles)
        logs.append(log)
        power = _means(posterior, weight) if power is None else power
    return _answer(readings, kind, name, len(item_rows), logs, power if power is not None else np.empty(0))


def _planted(readings: Sequence[WeighedReading], item: int) -> KnockOut:
    """Return the answer if an item were possibly planted."""
    logs, power = [], None
    planted_item = readings[0].posterior.council.items[item]
    for reading in readings:
        planted_item = reading.posterior.council.items[item]
        change = np.log((1 - PLANTED) + PLANTED / planted_item.outcomes * np.exp(-reading.posterior.by_item[item]))
        logs.append(_log_evidence_after(reading.posterior, change))
        power = _means(reading.posterior, np.exp(change - change.max())) if power is None else power
    return _answer(readings, "planted", planted_item.id, 1, logs, power if power is not None else np.empty(0))


def _log_evidence_after(posterior: CouncilPosterior, change: Array) -> float:
    return posterior.log_evidence + log_mean_exp(change)


def _resample_without(posterior: CouncilPosterior, item_rows: list[int], seed: int, label: str) -> CouncilPosterior:
    return sample_posterior(
        without_items(posterior.council, item_rows),
        seed=seed,
        label=label,
        repeats=2,
        particles=posterior.particles // 4 or 1,
    )


def without_items(council: CouncilLikelihood, left_out: Sequence[int]) -> CouncilLikelihood:
    """The same council without some items."""
    return council.without(left_out)


def with_doubt(council: CouncilLikelihood, item: int, doubt: float) -> CouncilLikelihood:
    """The same council with another doubt about one item."""
    return council.with_item(item, replace(council.items[item], doubt=doubt))


def _means(posterior: CouncilPosterior, weight: Array) -> Array:
    power = posterior.council.power(posterior.unknowns, np.zeros(1))[0]
    return np.asarray(power @ weight / weight.sum())


def _answer(
    readings: Sequence[WeighedReading], kind: str, name: str, n_items: int, logs: list[float], power: Array
) -> KnockOut:
    base = readings[0].posterior
    usual = _means(base, np.ones(base.particles))
    moved = int(np.argmax(np.abs(power - usual)))
    keys = [reading.candidate.key for reading in readings]
    weights = dict(zip(keys, reading_weights([reading.candidate for reading in readings], logs), strict=True))
    leads = max(weights, key=lambda key: weights[key])
    return KnockOut(
        polity=base.council.polity,
        what=kind,
        name=name,
        items=n_items,
        power=dict(zip(base.council.factions, map(float, power), strict=True)),
        moved=base.council.factions[moved],
        by=float(power[moved] - usual[moved]),
        weights=weights,
        leads=leads,
        turns=leads != max(readings, key=lambda reading: reading.weight).candidate.key,
    )
