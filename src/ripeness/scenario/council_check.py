"""What is wrong with the file of a council: keys it does not have, and numbers that break the rule of coding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from ripeness.scenario.council_contradictions import contradictions
from ripeness.scenario.council_form import EARLIEST, HALF_WIDTH, LATEST, SALIENCE_HALF_WIDTH, CouncilForm, ruled_range
from ripeness.scenario.decimal_comma import comma_hint, split_hint
from ripeness.scenario.yaml_node import Node
from ripeness.world.fault import Fault, combined
from ripeness.world.wording import did_you_mean

ROUNDING = 0.0051  # positions are written with two digits

RuleBreach = tuple[str, tuple[int | str, ...]]


def validated_council(tree: Node, path: Path) -> CouncilForm:
    """The form of a file that keeps the rules.

    Raises: Fault with file, line and column; the other faults of the file stand beside the first.
    """
    try:
        form = CouncilForm.model_validate(tree.plain())
    except ValidationError as error:
        # A mistyped key is also a missing one: the mistyped one comes first, since it says more.
        errors = sorted(error.errors(include_url=False), key=lambda error_item: error_item["type"] == "missing")
        raise combined([fault_from(dict(error_item), tree) for error_item in errors]) from None
    faults = [Fault(message, tree.at(where).place) for message, where in broken_rules(form, path.stem)]
    if faults:
        raise combined(faults)
    return form


def fault_from(error: dict[str, Any], tree: Node) -> Fault:
    """One thing that the form refuses, in the words of the file and at its place."""
    where = tuple(error["loc"])
    key = str(where[-1]) if where else "the file"
    node = tree.at(where)
    if error["type"] == "extra_forbidden":
        hint = did_you_mean(key, sorted(nested_keys(CouncilForm)))
        return Fault(f"'{key}' is not a key here" + (f"; {hint}" if hint else ""), node.key)
    if error["type"] == "missing":
        return Fault(f"'{key}' is missing here", tree.at(where[:-1]).key)
    if error["type"] == "string_pattern_mismatch":
        return Fault(_pattern_message(where, str(node.content)), node.place)
    message = str(error["msg"]).removeprefix("Value error, ")
    comma = comma_hint(node.content) if isinstance(node.content, str) else split_hint(node)
    return Fault(f"{key}: {message[:1].lower()}{message[1:]}{comma}", node.place)


def _pattern_message(where: tuple[int | str, ...], text: str) -> str:
    """What a word must look like that does not."""
    quoted = f"'{text[:60]}'"
    if where == ("id",):
        return f"{quoted} is no id; it is a country and the day in small letters, such as south-africa-1939-09-03"
    if where[-1] == "grade":
        return f"{quoted} is not a grade; an Admiralty code such as B2 is wanted (reliability A-F, credibility 1-6)"
    key = str(where[-2]) if where[-1] == "[key]" else text
    near = re.sub(r"[^a-z0-9_]+", "_", key.lower()).strip("_0123456789")
    hint = f"; write '{near}'" if near else ""
    return f"'{key[:60]}' cannot be a key; a key is small letters, digits and _, beginning with a letter{hint}"


def nested_keys(form: type[BaseModel]) -> set[str]:
    """Every key that a form or the forms inside it know."""
    keys: set[str] = set()
    waiting: list[Any] = [form]
    while waiting:
        part = waiting.pop()
        if isinstance(part, type) and issubclass(part, BaseModel):
            keys |= {field.alias or name for name, field in part.model_fields.items()}
            waiting += [field.annotation for field in part.model_fields.values()]
        else:
            waiting += getattr(part, "__args__", ())
    return keys


def broken_rules(form: CouncilForm, name: str) -> Iterator[RuleBreach]:
    """Everything in the file that contradicts the inclusion rule, the coding rule, or itself."""
    if form.id != name:
        yield f"'id' must be the name of the file, '{name}'", ("id",)
    if not EARLIEST <= form.date <= LATEST:
        yield f"the rule admits decisions of {EARLIEST.year} to {LATEST.year} only", ("date",)
    yield from duplicate_keys(form)
    yield from unknown_names(form)
    yield from misordered_numbers(form)
    yield from misstated_ranges(form)
    yield from late_statements(form)
    yield from unmatched_sources(form)
    yield from contradictions(form)


def duplicate_keys(form: CouncilForm) -> Iterator[RuleBreach]:
    """Members or options that share a key."""
    for part, keys in (
        ("members", [member.key for member in form.members]),
        ("options", [option.key for option in form.options]),
    ):
        for index, key in enumerate(keys):
            if key in keys[:index]:
                yield f"'{key}' stands twice among the {part}", (part, index, "key")


def unknown_names(form: CouncilForm) -> Iterator[RuleBreach]:
    """Members and options that are named but not listed."""
    members = {member.key for member in form.members}
    if form.leader.member not in members:
        message = f"the leader '{form.leader.member}' is not among the members: {', '.join(sorted(members))}"
        yield message, ("leader", "member")
    for side, voters in (("for", form.decision.for_), ("against", form.decision.against)):
        for index, key in enumerate(voters):
            if key not in members:
                yield f"'{key}' is not among the members: {', '.join(sorted(members))}", ("decision", side, index)
    if form.decision.option not in {option.key for option in form.options}:
        yield f"'{form.decision.option}' is not among the options", ("decision", "option")


def misordered_numbers(form: CouncilForm) -> Iterator[RuleBreach]:
    """Options out of order, and ranges that miss the number beside them."""
    places = {option.key: option.at for option in form.options}
    if list(places.values()) != sorted(places.values()) or (form.options[0].at, form.options[-1].at) != (0, 1):
        yield "options go from 0 to 1 in order", ("options",)
    decided = places.get(form.decision.option, form.decision.at)
    for key, at, ends in (
        ("status_quo", form.status_quo.at, form.status_quo.range),
        ("decision", form.decision.at, form.decision.range),
        ("decision", decided, form.decision.range),
    ):
        if not ends[0] - ROUNDING <= at <= ends[1] + ROUNDING:
            yield f"the range [{ends[0]:g}, {ends[1]:g}] must hold {at:g}", (key, "range")


def misstated_ranges(form: CouncilForm) -> Iterator[RuleBreach]:
    """Ranges of members that are wider or narrower than the coding rule makes them."""
    for index, member in enumerate(form.members):
        for name, number, half in (
            ("position", member.position, HALF_WIDTH[member.basis]),
            ("salience", member.salience, SALIENCE_HALF_WIDTH),
        ):
            low, high = ruled_range(number.at, half)
            if max(abs(number.range[0] - low), abs(number.range[1] - high)) > ROUNDING:
                message = f"at {number.at:g}, {member.basis}, the rule makes the range [{low:.2f}, {high:.2f}]"
                yield message, ("members", index, name, "range")


def late_statements(form: CouncilForm) -> Iterator[RuleBreach]:
    """Words from after the decision: no position may rest on them."""
    for index, member in enumerate(form.members):
        for number, statement in enumerate(member.said):
            if statement.date > form.date:
                yield f"said on {statement.date}, after the decision of {form.date}", ("members", index, "said", number)


def unmatched_sources(form: CouncilForm) -> Iterator[RuleBreach]:
    """Sources that are cited and not listed, or listed and never cited."""
    cited: list[tuple[str, tuple[int | str, ...]]] = [
        (form.regime.source, ("regime", "source")),
        (form.issue.source, ("issue", "source")),
        (form.status_quo.source, ("status_quo", "source")),
        (form.voting.source, ("voting", "source")),
        (form.decision.source, ("decision", "source")),
        *((option.source, ("options", index, "source")) for index, option in enumerate(form.options)),
        *(
            (statement.source, ("members", index, "said", number, "source"))
            for index, member in enumerate(form.members)
            for number, statement in enumerate(member.said)
        ),
    ]
    for key, where in cited:
        if key not in form.sources:
            yield f"'{key}' is not among the sources: {', '.join(sorted(form.sources))}", where
    for key in sorted(set(form.sources) - {key for key, _ in cited}):
        yield f"the source '{key}' is never cited", ("sources", key)
