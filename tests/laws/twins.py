"""Two equal sides on which one thing at a time is changed; and what is read off the ensembles."""

from __future__ import annotations

import copy
import warnings

import numpy as np

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.schema import Scenario
from ripeness.world.outcome import FROZEN, SETTLEMENT

TRAITS = {
    "stake_value": 1,
    "casualty_aversion": 0.0001,
    "exposure": 0.03,
    "war_gain": 0,
    "trade_rent": 0,
    "optimism": 0.3,
    "stubbornness": 4,
    "informedness": 0.7,
    "office": 0,
    "punishment": 0,
    "peace_cost": 0,
    "audience_cost": 0,
    "organisation": 0.3,
    "distance": 0.3,
    "obstruction": 0.2,
    "exit_rate": 0,
    "loyalty": 0.5,
    "war_weight": 0,
    "credit": 0,
}
CONDUCT = {
    "leader_weight": 0.3,
    "leader_share": 0.3,
    "quota": 0.5,
    "noise": 0.1,
    "repression": 0.5,
    "reporting": 0.6,
    "rearm": 0,
    "claim": 0.05,
    "posture": 0,
    "estimate_error": 0,
    "aim": 0.8,
    "guarantee": 0,
}
RESOURCES = {
    "population": 40_000,
    "forces": 400,
    "pool": 2_000,
    "call_up": 15,
    "quality": 1,
    "munitions": 2,
    "production": 1.2,
    "economy": 0.9,
    "output": 500,
    "deaths": 3,
    "wounded": 3,
    "deaths_so_far": 20,
    "displaced": 0,
    "civilian_harm": 0.3,
    "occupation_harm": 100,
}
ISSUES = {
    "terms": {"role": "terms", "ends": ["nothing", "everything"]},
    "effort": {"role": "effort", "ends": ["none", "all"]},
    "restraint": {"role": "restraint", "ends": ["none", "all"]},
    "reform": {"role": "reform", "ends": ["none", "all"], "hits": ["business"]},
}
# Laws that are no part of what is tested stand still.
STILL = {
    "hidden": 0,
    "frailty": 1,
    "entrenched": 1,
    "removal": 0,
    "collapse": 0,
    "freeze": 0,
    "truce_local": 0,
    "truce_humanitarian": 0,
    "truce_preliminary": 0,
    "leak": 0,
    "power_walk": 0,
}


def faction(power, *, effort=0.6, restraint=0.3, reform=0.3, responds=None, flags=None, **traits):
    """One faction; what is not said is the twins' common default."""
    return {
        "archetype": "military",
        "power": power,
        "traits": TRAITS | traits,
        "positions": {"effort": effort, "restraint": restraint, "reform": reform},
        "salience": {"terms": 0.8, "effort": 0.7, "restraint": 0.5, "reform": 0.5},
        "responds": responds or {},
    } | (flags or {})


def polity(regime="democracy"):
    """A belligerent with four factions that agree on nearly everything."""
    return {
        "role": "belligerent",
        "regime": regime,
        "conduct": dict(CONDUCT),
        "resources": dict(RESOURCES),
        "issues": copy.deepcopy(ISSUES),
        "factions": {
            "leader": faction(0.3, flags={"leads": True, "culpable": True}),
            "army": faction(0.25),
            "business": faction(0.25),
            "people": faction(0.2, flags={"public": True}),
        },
        "country": {"traits": dict(TRAITS)},
    }


def twins(**changes):
    """A scenario as plain data: two equal polities, north and south; keys are paths with double underscores."""
    data = {
        "title": "twins",
        "began": "2020-01-01",
        "start": "2021-01-01",
        "horizon": 60,
        "stake": {"name": "the stake", "held": 0.5},
        "talks": {"mediation": 1, "misperception": 0, "guarantee": 0},
        "polities": {"north": polity(), "south": polity()},
        "laws": dict(STILL),
    }
    for path, value in changes.items():
        put(data, path.replace("__", "."), value)
    return data


def put(data, path, value):
    """Set one entry; `*` stands for every polity or every faction."""
    head, _, rest = path.partition(".")
    for key in list(data) if head == "*" else [head]:
        if rest:
            put(data.setdefault(key, {}), rest, value)
        else:
            data[key] = copy.deepcopy(value)


def war(data, changes=None):
    """The scenario, after changes by path."""
    data = copy.deepcopy(data)
    for path, value in (changes or {}).items():
        put(data, path, value)
    return Scenario.model_validate(data)


def fight(data, changes=None, draws=2000, seed=1, **how):
    """An ensemble of the changed scenario."""
    kept = how.pop("kept", 0)
    per_point = how.pop("per_point", 1)
    return run(war(data, changes), Design(draws=draws, seed=seed, kept=kept, per_point=per_point), **how)


def ended_by(ensemble, month, codes=None):
    """Share of wars over by a month; by some codes only, if any are named."""
    code, months = ensemble.results["code"], ensemble.results["months"]
    over = (code > 0) & (months <= month)
    return float((over if codes is None else over & np.isin(code, codes)).mean())


def median_months(ensemble):
    """Median duration; infinite when more than half go on at the horizon."""
    months = np.where(ensemble.results["code"] > 0, ensemble.results["months"], np.inf)
    return float(np.median(months))


def mean_months(ensemble):
    """Mean months fought within the horizon."""
    return float(ensemble.results["months"].mean())


def settled(ensemble):
    """Which runs ended in a settlement."""
    return ensemble.results["code"] == SETTLEMENT


def frozen(ensemble):
    """Which runs froze."""
    return ensemble.results["code"] == FROZEN


def sides(ensemble, name, side="north"):
    """Median over kept runs of a history, by step (and faction)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # steps after the last war's end are empty
        return np.nanmedian(ensemble.album[f"{side}.{name}"], axis=-1)
