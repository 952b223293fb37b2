"""Simulated polities: a scenario with random positions, and decisions taken in it by the likelihood's own law."""

from __future__ import annotations

import copy
from datetime import date, timedelta

import numpy as np
from twins import faction, twins
from twins import polity as twin

from ripeness.scenario.schema import Scenario
from ripeness.study.who_decides.council_likelihood import council_likelihood
from ripeness.study.who_decides.evidence import collect_evidence
from ripeness.study.who_decides.item import GRID

ISSUES = 6
NOISE = 0.05
GRADE = "B2"
YEAR = 364  # days over which decisions are spread, before the start


def polity(luck, factions, *, positions=None, power=None, country=None, noise=NOISE, open_=0.0, walk=0.0):
    """A war in which the north has some factions with random positions on six issues of its own.

    `open_` is how far the 90 % interval of each position reaches to either side; `walk` the sd of a month's change of
    log strength.
    """
    places = luck.uniform(0, 1, (factions, ISSUES)) if positions is None else positions
    strength = luck.uniform(0.6, 1.4, factions) / factions if power is None else power
    strength = strength / strength.sum()
    data = twins()
    data["laws"]["power_walk"] = walk
    north = twin()
    north["conduct"] = dict(north["conduct"]) | {"leader_weight": 0.0, "noise": noise}
    north["issues"] |= {f"issue{i}": {"ends": ["low", "high"]} for i in range(ISSUES)}
    north["factions"] = {}
    for f in range(factions):
        one = copy.deepcopy(faction(0.1, flags={"leads": f == 0, "culpable": f == 0, "public": f == factions - 1}))
        one["positions"] |= {f"issue{i}": _place(float(places[f, i]), open_) for i in range(ISSUES)}
        one["salience"] |= {f"issue{i}": 0.7 for i in range(ISSUES)}
        share = float(strength[f])
        one["power"] = {"value": share, "range": f"{share * 0.4} to {min(share * 2.2, 0.95)}"}
        north["factions"][f"f{f}"] = one
    if country is not None:
        north["country"]["positions"] = {f"issue{i}": float(country[i]) for i in range(ISSUES)}
    data["polities"]["north"] = north
    return Scenario.model_validate(data)


def _place(at, reach):
    """A position, known or not."""
    if not reach:
        return at
    return {"value": at, "range": f"{max(at - reach, at / 3)} to {min(at + reach, (2 + at) / 3)}"}


def blank(scenario, many):
    """Items of evidence of which only the dates and issues count."""
    return _items(scenario, [(f"issue{n % ISSUES}", 0.5) for n in range(many)])


def decisions(scenario, luck, many, truth):
    """Items of evidence as the north would take them, were power `truth`: graded, noisy, some of them saying
    nothing.
    """
    laid = council_likelihood(scenario, "north", blank(scenario, many), at_medians=True)
    return decided(scenario, luck, laid, (np.log(truth) - laid.prior.centre) / laid.prior.spread)


def decided(scenario, luck, laid, u):
    """The same, were the unknowns of a council `u`."""
    values = laid.values(u[:, None])
    means = laid.outcomes(u[:, None], values)[:, 0]
    return _items(
        scenario,
        [
            (item.issue, _taken(mean, values[-3, 0], item.doubt, luck))
            for item, mean in zip(laid.items, means, strict=True)
        ],
    )


def _taken(mean, noise, doubt, luck):
    """A point of the grid: by the quantal response, or any point where the report says nothing."""
    if luck.uniform() < doubt:
        return float(luck.choice(GRID))
    odds = np.exp(-0.5 * ((GRID - mean) / noise) ** 2)
    return float(luck.choice(GRID, p=odds / odds.sum()))


def _items(scenario, taken):
    days = [date(2020, 1, 1) + timedelta(days=YEAR * n // len(taken)) for n in range(len(taken))]  # in their order
    evidence = [
        {"id": f"d{n}", "date": day, "polity": "north", "issue": issue, "position": at, "grade": GRADE, "source": "s"}
        for n, ((issue, at), day) in enumerate(zip(taken, days, strict=True))
    ]
    from ripeness.scenario.schema import Observation

    told = scenario.model_copy(update={"evidence": tuple(Observation.model_validate(one) for one in evidence)})
    return collect_evidence(told).items
