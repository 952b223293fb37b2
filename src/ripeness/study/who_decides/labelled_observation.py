"""A choice among options, or an act on a faction's standing, as an analyst types it: parts with labels."""

from __future__ import annotations

from typing import Any, cast

from ripeness.scenario.schema import Observation, Scenario
from ripeness.scenario.validation.evidence import observation_faults
from ripeness.scenario.yaml_node import Node
from ripeness.study.who_decides.typed_value import (
    DATE_PART,
    MAX_LETTERS,
    SUPPOSED,
    SURE_GRADE,
    read_day,
    read_value,
)
from ripeness.world.fault import ArgumentFault, Place
from ripeness.world.wording import join_words

CHOICE_LABELS, ACT_LABELS = ("chose", "wanted", "at"), ("favours", "against")
LABELS = (*CHOICE_LABELS, *ACT_LABELS)
NOWHERE = Place("", 0, 0)


def read_labels(prefix: str, parts: list[str]) -> dict[str, str]:
    """Parts such as `chose:high` by their label; empty where there are none."""
    labels: dict[str, str] = {}
    for part in parts:
        label, mark, value = part.partition(":")
        if not mark:
            continue
        if label not in LABELS:
            known = join_words([f"'{name}:'" for name in LABELS], "or")
            raise ArgumentFault("observe", f"{prefix}: {part!r} begins with none of {known}")
        if not value or label in labels:
            problem = "is given twice" if label in labels else "is followed by nothing"
            raise ArgumentFault(
                "observe", f"{prefix}: '{label}:' {problem}; write it once, with a name right behind it"
            )
        labels[label] = value
    if labels and len(labels) < len(parts):
        stray = next(part for part in parts if ":" not in part)
        raise ArgumentFault("observe", f"{prefix}: {stray!r} does not go with a choice or an act; remove it")
    return labels


def labelled_observation(scenario: Scenario, text: str, labels: dict[str, str], *, is_act: bool) -> Observation:
    """A choice among options or an act on somebody's standing, checked as one of a file is."""
    prefix = f" {text[:MAX_LETTERS]!r}"
    key, subject, day = text.split()[:DATE_PART]
    right = ACT_LABELS if is_act else CHOICE_LABELS
    wrong = next((label for label in labels if label not in right), None)
    if wrong is not None:
        raise ArgumentFault("observe", f"{prefix}: '{wrong}:' does not go with {'an act' if is_act else 'a choice'}")
    if not is_act and "chose" not in labels:
        raise ArgumentFault("observe", f"{prefix}: say what was chosen, such as 'chose:high'")
    wanted, places = (_pairs(prefix, labels.get(label, "")) for label in ("wanted", "at"))
    names = [*places, *wanted.values(), *([labels["chose"]] if "chose" in labels else [])]
    values = {name: read_value(prefix, place) for name, place in places.items()}
    for name, value in values.items():
        if value.side or not 0 <= value.low <= value.high <= 1:
            raise ArgumentFault("observe", f"{prefix}: the place of {name!r} is a share from 0 to 1")
    observation = Observation.model_construct(
        id=f"{SUPPOSED}{text}",
        date=read_day(prefix, day),
        polity=key,
        issue=None if is_act else subject,
        position=None,
        choice=labels.get("chose"),
        alternatives={name: values[name].quantity() if name in values else None for name in dict.fromkeys(names)},
        wanted=wanted,
        act=cast("Any", subject if is_act else None),
        favours=labels.get("favours"),
        against=labels.get("against"),
        grade=SURE_GRADE,
        source=(),
        note="given on the command line",
    )
    for fault in observation_faults(scenario, observation, Node(None, NOWHERE, NOWHERE)):
        raise ArgumentFault("observe", f"{prefix}: {fault.message}")
    return observation


def _pairs(prefix: str, text: str) -> dict[str, str]:
    """`army=high,cabinet=low` as a mapping."""
    pairs: dict[str, str] = {}
    for part in text.split(",") if text else ():
        name, mark, value = part.partition("=")
        if not (name and mark and value) or name in pairs:
            raise ArgumentFault("observe", f"{prefix}: {part!r} is not NAME=VALUE, each name once")
        pairs[name] = value
    return pairs
