"""Knock-out: how the answer moves without an item, a source or a grade, and if an item were planted.

Draws of the posterior are weighed anew without the likelihood of what is knocked out; where too few of them carry the
weight, the sampler is run again without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.admiralty import PLANTED
from ripeness.study.who_decides.bayes_factors import WeighedReading, reading_weights
from ripeness.study.who_decides.council_likelihood import CouncilLikelihood
from ripeness.study.who_decides.item import Item, log_table
from ripeness.study.who_decides.posterior import CouncilPosterior, sample_posterior
from ripeness.study.who_decides.tempered_smc import effective_size

Array = NDArray[np.float64]
ENOUGH = 100.0  # effective draws below which the sampler is run again


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


def knock_outs(weighed: Sequence[WeighedReading], seed: int = 1) -> tuple[KnockOut, ...]:
    """Knock out every item, source and grade of a polity's evidence in turn; then doubt every item as planted."""
    items = weighed[0].posterior.council.items
    found = [_without(weighed, what, name, those, seed) for what, name, those in _groups(items)]
    found += [_planted(weighed, n) for n in range(len(items))]
    return tuple(found)


def _groups(items: Sequence[Item]) -> list[tuple[str, str, list[int]]]:
    groups: list[tuple[str, str, list[int]]] = [("item", item.id, [n]) for n, item in enumerate(items)]
    sources = sorted({source for item in items for source in item.sources})
    grades = sorted({item.grade for item in items})
    groups += [("source", one, [n for n, item in enumerate(items) if one in item.sources]) for one in sources]
    groups += [("grade", one, [n for n, item in enumerate(items) if item.grade == one]) for one in grades]
    return groups


def _without(weighed: Sequence[WeighedReading], what: str, name: str, those: list[int], seed: int) -> KnockOut:
    logs, power = [], None
    for one in weighed:
        change = -one.posterior.by_item[those].sum(axis=0)
        found, log = one.posterior, _shifted(one.posterior, change)
        weight = np.exp(change - change.max())
        if effective_size(weight) < min(ENOUGH, found.particles / 2):
            found = _again(found, those, seed, f"{what}/{name}/{one.candidate.key}")
            log, weight = found.log_evidence, np.ones(found.particles)
        logs.append(log)
        power = _means(found, weight) if power is None else power
    return _answer(weighed, what, name, len(those), logs, power if power is not None else np.empty(0))


def _planted(weighed: Sequence[WeighedReading], item: int) -> KnockOut:
    """Leave an item in, but give it the mass of a possible plant."""
    logs, power = [], None
    told = weighed[0].posterior.council.items[item]
    for one in weighed:
        told = one.posterior.council.items[item]
        change = np.log((1 - PLANTED) + PLANTED / told.outcomes * np.exp(-one.posterior.by_item[item]))
        logs.append(_shifted(one.posterior, change))
        power = _means(one.posterior, np.exp(change - change.max())) if power is None else power
    return _answer(weighed, "planted", told.id, 1, logs, power if power is not None else np.empty(0))


def _shifted(found: CouncilPosterior, change: Array) -> float:
    top = change.max()
    return found.log_evidence + float(top + np.log(np.exp(change - top).mean()))


def _again(found: CouncilPosterior, those: list[int], seed: int, label: str) -> CouncilPosterior:
    return sample_posterior(
        without_items(found.council, those), seed=seed, label=label, repeats=2, particles=found.particles // 4 or 1
    )


def without_items(council: CouncilLikelihood, out: Sequence[int]) -> CouncilLikelihood:
    """The same council without some items."""
    kept = [n for n in range(len(council.items)) if n not in out]
    return replace(council, items=tuple(council.items[n] for n in kept), tables=council.tables[kept])


def with_doubt(council: CouncilLikelihood, item: int, doubt: float) -> CouncilLikelihood:
    """The same council with another doubt about one item."""
    changed = replace(council.items[item], doubt=doubt)
    tables = council.tables.copy()
    tables[item] = log_table(changed, council.noises)
    items = (*council.items[:item], changed, *council.items[item + 1 :])
    return replace(council, items=items, tables=tables)


def _means(found: CouncilPosterior, weight: Array) -> Array:
    power = found.council.power(found.unknowns, np.zeros(1))[0]
    return np.asarray(power @ weight / weight.sum())


def _answer(
    weighed: Sequence[WeighedReading], what: str, name: str, many: int, logs: list[float], power: Array
) -> KnockOut:
    base = weighed[0].posterior
    usual = _means(base, np.ones(base.particles))
    most = int(np.argmax(np.abs(power - usual)))
    keys = [one.candidate.key for one in weighed]
    weights = dict(zip(keys, reading_weights([one.candidate for one in weighed], logs), strict=True))
    leads = max(weights, key=lambda key: weights[key])
    return KnockOut(
        polity=base.council.polity,
        what=what,
        name=name,
        items=many,
        power=dict(zip(base.council.factions, map(float, power), strict=True)),
        moved=base.council.factions[most],
        by=float(power[most] - usual[most]),
        weights=weights,
        leads=leads,
        turns=leads != max(weighed, key=lambda one: one.weight).candidate.key,
    )
