"""Dataset: an ensemble as labelled arrays, each with its unit and what it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from xarray.backends import BackendArray
from xarray.core.indexing import (
    ExplicitIndexer,
    IndexingSupport,
    LazilyIndexedArray,
    explicit_indexing_adapter,
)

from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.inputs import InputMatrix
from ripeness.study.aims_and_costs import belligerent_factions, belligerent_keys
from ripeness.study.blend import BlendProbability
from ripeness.study.forecast import probabilities_by_month
from ripeness.study.record.classes import CLASSES
from ripeness.war.prepare import Side
from ripeness.world.outcome import ENDS
from ripeness.world.way_out import WAYS_OUT

WAYS_IN_WORDS = ", ".join(f"{code} {words}" for code, words in enumerate(WAYS_OUT) if code)
PEOPLE, MONEY, SHARE, STAKES = "thousand persons", "billion dollars", "1", "stakes"
# Result -> (its name here, its unit, what it is).
RESULTS = {
    "months": ("months", "months", "months fought; to the horizon where the war goes on"),
    "share": ("share", SHARE, "share of the stake that the first belligerent ends up with"),
    "zone": ("zone", SHARE, "width of the zone of agreement at the end; negative where there is none"),
    "truces_begun": ("ceasefires_begun", "1", "ceasefires begun since the start, whatever their kind"),
    "truces_local": ("local_ceasefires", "1", "local ceasefires begun since the start"),
    "truces_humanitarian": ("humanitarian_ceasefires", "1", "humanitarian ceasefires begun since the start"),
    "truces_preliminary": ("preliminary_ceasefires", "1", "preliminary ceasefires begun since the start"),
    "truces_definitive": ("definitive_ceasefires", "1", "definitive ceasefires begun since the start"),
    "truces_broken": ("ceasefires_broken", "1", "ceasefires that were violated"),
    "truce": (
        "ceasefire_at_end",
        "code",
        "ceasefire in force at the end, by the codes of `truce`",
    ),
    "truce_first": ("first_ceasefire", "months", "when the first ceasefire began, from the start"),
    "truce_longest": ("longest_ceasefire", "months", "longest time for which one ceasefire after another held"),
    "renewal": ("renewal", "1 / year", "yearly hazard of renewed war after the end"),
    "renewed": ("renewed", "1", "whether the peace breaks before the horizon"),
    "renewed_month": ("renewed_month", "months", "when the peace breaks, from the start"),
    "deaths": ("deaths", PEOPLE, "own military deaths from the start to the end"),
    "wounded": ("wounded", PEOPLE, "own military wounded from the start to the end"),
    "civilian": ("civilian_deaths", PEOPLE, "own civilian deaths from the fighting"),
    "displaced": ("displaced", PEOPLE, "people displaced from the start to the end"),
    "output_lost": ("output_lost", MONEY, "output lost from the start to the end"),
    "reported": ("reported_deaths", PEOPLE, "own military deaths as reported, since the war began"),
    "occupation_deaths": (
        "deaths_under_rival_rule",
        PEOPLE,
        "deaths under the rival's rule, from the start to the horizon, during the war and after it",
    ),
    "after_deaths": ("deaths_in_renewed_war", PEOPLE, "expected deaths in a renewed war"),
    "fell": ("leaders_fallen", "1", "how many of its leaders fell before the end"),
    "aims": ("aim_met", SHARE, "how far its political aim is met; 1 is in full"),
    "value": ("value", STAKES, "worth of the whole course to a faction, in shares of the stake as it values it"),
    "costs_borne": ("costs_borne", STAKES, "what the fighting has cost a faction, less what it has earned from it"),
    "conceded": ("conceded", STAKES, "what an agreed end costs a faction of the stake that its traits understate"),
    "gone": ("gone", "1", "whether a faction has left"),
    "camp": ("camp_at_end", "sign", "camp at the end: 1 the first principal's, -1 the second's, 0 out of the war"),
    "way_out": ("way_out", "code", "how an ally left its camp: 0 in the war, " + WAYS_IN_WORDS),
    "out_month": ("month_out", "months", "when an ally left its camp, from the start"),
    "terms_apart": ("share_apart", SHARE, "share that an ally's camp held or was given when it left"),
    "splinter_forces": ("splinter_forces", PEOPLE, "men under factions that left and fight on"),
    "splintered": ("splintered", "1", "whether a faction has left and fights on"),
}  # of allies only where a war has some, of splinters only where forces are shared out over factions
OF_FACTIONS = {"value", "costs_borne", "conceded", "gone", "splintered"}  # results by faction
# History -> (unit, what it is).
HISTORIES = {
    "front": ("log odds", "line of the front; above 0 the first belligerent holds more than half of the stake"),
    "ratio": ("log ratio", "strength of the first belligerent over the second's"),
    "intensity": ("1", "intensity of the fighting"),
    "zone": (SHARE, "zone of agreement: one less both demands"),
    "truce": ("code", "ceasefire in force: 0 none, 1 local, 2 humanitarian, 3 preliminary, 4 definitive"),
    "happened": ("1", "whether an event has happened"),
    "demand": (SHARE, "own share of the stake that it demands"),
    "effort": ("1", "effort carried out"),
    "restraint": ("1", "means that it does not use"),
    "reform": ("1", "reform decided"),
    "forces": (PEOPLE, "men under arms in the war"),
    "munitions": ("months of fighting", "stock of munitions"),
    "economy": (SHARE, "output, as a share of what it was before the war"),
    "deaths": (PEOPLE, "own military deaths since the war began"),
    "reported": (PEOPLE, "own military deaths as reported, since the war began"),
    "leaked": ("1", "leaks of true losses so far"),
    "weary": ("1", "weariness of its factions, weighted by power"),
    "pressure": ("1", "pressure on it: losing, sanctions, economic loss and weariness"),
    "fell": ("1", "leaders fallen so far"),
    "aid": ("months of fighting per month", "munitions that patrons send"),
    "squeeze_level": ("1 / year", "output that patrons' sanctions and trade cost it"),
    "expected": ("thousand persons per month", "own deaths to be expected at this strength"),
    "rival_cost": (STAKES, "what going on costs its rival, as a share of the stake"),
    "fresh": ("thousand persons per month", "own military deaths of the month"),
    "power": (SHARE, "share of influence inside the polity"),
    "reservation": (SHARE, "least own share that it would accept"),
    "mean": ("log ratio", "its belief about own over rival strength"),
    "monthly": ("stakes per month", "what a month of fighting costs it"),
    "weariness": ("1", "its weariness of the losses that it believes in"),
    "participation": ("1", "share of it that protests"),
    "worth": (STAKES, "its worth of fighting on"),
    "gone": ("1", "whether it has left"),
    "splinter_forces": (PEOPLE, "men under factions that left it and fight on"),
    "camp": ("sign", "camp in which it fights: 1 the first principal's, -1 the second's, 0 out of the war"),
    "way_out": ("code", "how an ally left its camp: 0 in the war, " + WAYS_IN_WORDS),
    "terms_apart": (SHARE, "share that an ally's camp held or was given when it left"),
    "splintered": ("1", "whether it has left and fights on"),
    "rents": ("stakes per month", "rents that it receives"),
    "dissatisfied": ("1", "its distance from what is decided"),
    "decided": (SHARE, "what is decided on an issue"),
    "position": (SHARE, "where a faction stands on an issue"),
}


def results(
    ensemble: Ensemble,
    attributes: Mapping[str, Any] | None = None,
    weights: NDArray[np.float64] | None = None,
    blend: Sequence[BlendProbability] = (),
) -> xr.Dataset:
    """Return each run's result, the parameter samples, and the outcome probabilities by month.

    Inputs are drawn when they are read. Where there is a blend with the record of past conflicts: the weight of each
    run, and the blend with its parents at each month. Shapes: weights (R,); blend, every class at each month.
    """
    data: dict[str, Any] = {"ending": _ending(ensemble)}
    for key, (name, unit, meaning) in RESULTS.items():
        if key in ensemble.results:
            data[name] = _labelled(ensemble.results[key], _axes(ensemble, key), unit, meaning)
    inputs = LazilyIndexedArray(_DrawnInputs(ensemble.inputs))
    data["input"] = _labelled(inputs, ("number", "point"), "as in the scenario", "uncertain numbers as drawn")
    data["point_of_run"] = _labelled(ensemble.point, ("run",), "1", "which point of the inputs a run took")
    chances, labels = _probabilities(ensemble)
    if weights is not None:
        data["weight"] = _labelled(weights, ("run",), "1", "weight under which the runs follow the blend; mean 1")
    coordinates = {
        "run": np.arange(ensemble.design.draws),
        "belligerent": list(belligerent_keys(ensemble)),
        "faction": ["/".join(faction) for faction in belligerent_factions(ensemble)],
        "number": list(ensemble.input_names),
        "outcome": labels,
    }
    if blend:
        chances |= _blend(blend)
        coordinates["class"] = list(CLASSES)
    return xr.Dataset(data | chances, coordinates, {key: str(value) for key, value in (attributes or {}).items()})


def histories(ensemble: Ensemble) -> xr.Dataset:
    """Return the histories of the runs that were kept, month by month; not a number after a war's end."""
    sides, data = ensemble.war.sides, {}
    for name, (unit, meaning) in HISTORIES.items():
        if name in ensemble.album:
            axes = ("step", "event", "run") if name == "happened" else ("step", "run")
            data[name] = _labelled(ensemble.album[name], axes, unit, meaning)
            continue
        holders = [side for side in sides if f"{side.key}.{name}" in ensemble.album]
        if holders:
            data[name] = _stacked(name, holders, ensemble, unit, meaning)
    fighters = [side.key for side in ensemble.war.armed]
    steps = np.arange(ensemble.war.horizon + 1)
    coordinates = {
        "step": steps,
        "month": (
            "step",
            steps * ensemble.war.step - ensemble.elapsed,
            {"units": "months", "long_name": "months from the day of the forecast"},
        ),
        "belligerent": fighters,
        "belligerent_faction": ["/".join(faction) for faction in belligerent_factions(ensemble)],
        "faction": [f"{side.key}/{faction}" for side in sides for faction in side.faction_keys],
        "issue": [f"{side.key}/{issue}" for side in sides for issue in side.issue_keys],
        "stance": [f"{side.key}/{f}/{i}" for side in sides for i in side.issue_keys for f in side.faction_keys],
        "event": [event.key for event in ensemble.war.happenings],
    }
    used_axes = {dimension for array in data.values() for dimension in array.dims} | {"month"}
    return xr.Dataset(data, {name: values for name, values in coordinates.items() if name in used_axes})


def _stacked(name: str, holders: list[Side], ensemble: Ensemble, unit: str, meaning: str) -> xr.Variable:
    """Put the polities' rows under one another. Shapes: returns (steps, rows, kept)."""
    arrays = [ensemble.album[f"{side.key}.{name}"] for side in holders]
    if arrays[0].ndim == 2:
        return _labelled(np.stack(arrays, axis=1), ("step", "belligerent", "run"), unit, meaning)
    rows = [array.reshape(array.shape[0], -1, array.shape[-1]) for array in arrays]
    axis = {"decided": "issue", "position": "stance"}.get(
        name, "faction" if len(holders) == len(ensemble.war.sides) else "belligerent_faction"
    )
    return _labelled(np.concatenate(rows, axis=1), ("step", axis, "run"), unit, meaning)


def _ending(ensemble: Ensemble) -> xr.Variable:
    keys = belligerent_keys(ensemble)
    meanings = {end.code: _name(end.outcome, None if end.side is None else keys[end.side], end.how) for end in ENDS}
    flags = {
        "flag_values": np.array(sorted(meanings), dtype=np.int8),
        "flag_meanings": " ".join(meanings[code].replace(" ", "_") for code in sorted(meanings)),
    }
    return xr.Variable(
        ("run",), ensemble.code.astype(np.int8), {"long_name": "how the war ended", "units": "1"} | flags
    )


def _probabilities(ensemble: Ensemble) -> tuple[dict[str, xr.Variable], list[str]]:
    rows = probabilities_by_month(ensemble)
    labels = list(dict.fromkeys(_name(row.outcome, row.polity, row.how) for row in rows))
    months = np.array([row.month for row in rows[:: len(labels)]])
    meanings = {
        "p": "probability of an outcome by a month",
        "p_low": "5 % point of the probability over the uncertain inputs, luck averaged out",
        "p_high": "95 % point of the probability over the uncertain inputs, luck averaged out",
        "mc_low": "lower end of the 90 % Monte Carlo interval",
        "mc_high": "upper end of the 90 % Monte Carlo interval",
    }
    variables = {
        name: _labelled(
            np.array([asdict(row)[name] for row in rows]).reshape(-1, len(labels)), ("at", "outcome"), "1", text
        )
        for name, text in meanings.items()
    }
    return variables | {"at": _labelled(months, ("at",), "months", "months from the day of the forecast")}, labels


def _blend(rows: Sequence[BlendProbability]) -> dict[str, xr.Variable]:
    """The blend by month and class, and what model and record say. Shapes: each (months, classes)."""
    meanings = {
        "p": ("blend", "probability of a class of end by a month: the blend of model and record"),
        "low": ("blend_low", "5 % point of the blend: noise of the runs and of the record's coefficients"),
        "high": ("blend_high", "95 % point of the blend: noise of the runs and of the record's coefficients"),
        "model": ("blend_model", "the same probability by the model of this war alone"),
        "record": ("blend_record", "the same probability by the record of past conflicts alone"),
    }
    return {
        name: _labelled(
            np.array([getattr(row, key) for row in rows]).reshape(-1, len(CLASSES)), ("at", "class"), "1", meaning
        )
        for key, (name, meaning) in meanings.items()
    }


def _name(outcome: str, polity: str | None, manner: str | None) -> str:
    return " ".join(part for part in (outcome, polity, manner) if part)


def _axes(ensemble: Ensemble, key: str) -> tuple[str, ...]:
    if ensemble.results[key].ndim == 1:
        return ("run",)
    by_faction = key in OF_FACTIONS and len(belligerent_factions(ensemble)) != 2
    return ("faction", "run") if by_faction else ("belligerent", "run")


class _DrawnInputs(BackendArray):
    """Inputs as xarray reads what lies on a disk: only the part that is asked for is drawn."""

    def __init__(self, inputs: InputMatrix) -> None:
        self.inputs, self.shape, self.dtype = inputs, inputs.shape, inputs.dtype

    def __getitem__(self, key: ExplicitIndexer) -> Any:
        return explicit_indexing_adapter(key, self.shape, IndexingSupport.OUTER_1VECTOR, self.inputs.__getitem__)


def _labelled(values: Any, axes: tuple[str, ...], unit: str, meaning: str) -> xr.Variable:
    return xr.Variable(axes, values, {"units": unit, "long_name": meaning})
