"""From a row to a war: a light scenario by a stated coding, the same for every war of a kind
(docs/textbook/coding-of-wars.md).

A kind is the era, and the leadership and partners of both sides. Kinds are few on purpose: wars of a kind share their
simulated wars, so that a fit costs what the record's wars cost, however many kinds there are. Capabilities carry no
weight: read as strength they failed on wars kept aside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from ripeness.scenario.model_parameters import default_parameters, parameter_field
from ripeness.scenario.number_field import NumberField
from ripeness.scenario.one_leader import with_one_leader
from ripeness.scenario.read import read_text
from ripeness.scenario.schema import Scenario
from ripeness.scenario.yaml_tree import tree_of
from ripeness.validation.history.record import PARTNERS, PastWar
from ripeness.world.quantity import Quantity, Scale

Kind = tuple[bool, str, str]
HORIZON = 72  # months: longer than the longest interstate war on which the parameters were fitted
FIRST, SECOND = "first", "second"
FACTIONAL, UNITARY = ACTOR_MODELS = ("factional", "unitary")  # rival factions; each side as one person
SCALES = {  # of a number that says so: on which scale its range is read, and what it can be
    "log": (0.0, 10.0, Scale.LOG),
    "logit": (0.0, 1.0, Scale.LOGIT),
}
BOUNDS = {
    "share": (0.0, 0.5, Scale.PLAIN),
    "index": (0.0, 10.0, Scale.PLAIN),
    "ratio": (0.0, 100.0, Scale.LOG),
    "log ratio": (-10.0, 10.0, Scale.PLAIN),
}


@cache
def _file() -> Mapping[str, Any]:
    text = (files("ripeness.validation.history") / "coding.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = tree_of(text, "coding.yaml").plain()
    return loaded


@cache
def coefficients() -> Mapping[str, Quantity]:
    """The coding's few coefficients, with their ranges before calibration.

    >>> coefficients()["rearm_mean"].interval()
    (0.03, 0.15, 0.6)
    """
    raw = _file()["coefficients"]
    return {
        name: NumberField(entry["unit"], *SCALES.get(entry.get("scale"), BOUNDS[entry["unit"]])).read(_number(entry))
        for name, entry in raw.items()
    }


@cache
def fitted_laws() -> Mapping[str, Quantity]:
    """The parameters that the record is asked about, with their ranges before calibration;
    those of `controls` it cannot know.
    """
    coded = _file()["laws"]
    default = default_parameters()
    return {
        name: default[name] if entry is None else _field(name, entry).read(_number(entry))
        for name, entry in coded.items()
    } | {name: default[name] for name in controls()}


def _field(name: str, entry: Mapping[str, Any]) -> NumberField:
    """What a parameter admits, with its range read on the scale that the coding names."""
    field = parameter_field(name)
    return replace(field, scale=SCALES[entry["scale"]][2]) if "scale" in entry else field


def _number(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: entry[key] for key in ("value", "range", "unit", "kind", "source")}


def controls() -> tuple[str, ...]:
    """Parameters that nothing in the record depends on: their ranges must come out as they went in."""
    return tuple(_file()["controls"])


def actor_model() -> str:
    """How polities decide in wars whose factions nobody coded, as the ablation has it: factional, or unitary.

    >>> actor_model() in ACTOR_MODELS
    True
    """
    return str(_file()["actor_model"]["value"])


def count_kinds(wars: Sequence[PastWar]) -> dict[Kind, int]:
    """How many wars there are of each kind, in a fixed order."""
    counts: dict[Kind, int] = {}
    for war in wars:
        counts[war.kind] = counts.get(war.kind, 0) + 1
    return dict(sorted(counts.items()))


@cache
def scenario_of(kind: Kind, reading: str = FACTIONAL) -> Scenario:
    """The scenario of a kind of war, with factions or with each side as one person.

    >>> kind = (True, "accountable", "personal, 1 partner")
    >>> [len(polity.factions) for polity in scenario_of(kind).polities.values()]
    [4, 5]
    """
    recent, *sides = kind
    polities = "".join(_polity(key, side) for key, side in zip((FIRST, SECOND), sides, strict=True))
    era = "after 1945" if recent else "before 1945"
    text = (
        f"title: {' against '.join(sides)}, {era}\nbegan: 1900-01-01\nstart: 1900-01-01\ninitiator: {FIRST}\n"
        f"horizon: {HORIZON}\nera:"
        f" {era}\nstake: {{name: the stake, held: 0.5}}\npolities:\n{polities}"
    )
    scenario = read_text(text, "coding").scenario
    return with_one_leader(scenario) if reading == UNITARY else scenario


def _polity(key: str, side: str) -> str:
    regime = leadership_of(side)["regime"]
    lines = [f"  {key}:\n    role: belligerent\n    regime: {regime}\n    factions:\n"]
    for name, faction in (_file()["factions"] | dict.fromkeys(partners_of(side), _file()["partner"])).items():
        marks = "".join(f", {mark}: true" for mark in faction.get("marks", ()))
        lines.append(f"      {name}: {{archetype: {faction['archetype']}, power: {faction['power']}{marks}}}\n")
    return "".join(lines)


def leadership_of(side: str) -> Mapping[str, Any]:
    """What follows from the leadership of a side of a kind: its `regime`, and the `steps` of its leader's weight.

    >>> leadership_of("personal, 1 partner")["steps"]
    1
    """
    entry: Mapping[str, Any] = _file()["leadership"][side.partition(", ")[0]]
    return entry


def partners_of(side: str) -> tuple[str, ...]:
    """Keys of the states that fight beside the strongest of a side.

    >>> partners_of("personal, 2 partners"), partners_of("personal")
    (('partner1', 'partner2'), ())
    """
    return tuple(f"partner{n + 1}" for n in range(PARTNERS.index(side.partition(", ")[2])))


def gap_numbers() -> tuple[str, ...]:
    """Numbers of a faction, by their path within it, in which a polity's factions differ from the country."""
    return tuple(_file()["gap"])


def channels() -> tuple[tuple[int, int, int], float]:
    """How interstate conflicts since 1946 ended (victory, agreement, low activity), and the weight of that evidence."""
    evidence = _file()["channels"]
    return (int(evidence["victory"]), int(evidence["agreement"]), int(evidence["low_activity"])), float(
        evidence["weight"]
    )
