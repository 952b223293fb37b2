"""Whatever stands in a file, reading it gives a scenario or a Fault with a place: never another error."""

from __future__ import annotations

import copy
import json

import numpy as np
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.fingerprint import fingerprint
from ripeness.scenario.layers import merge_layers
from ripeness.scenario.number_paths import replace_numbers, scenario_numbers
from ripeness.scenario.one_leader import with_one_leader
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.scenario.write import yaml_flow
from ripeness.scenario.yaml_tree import tree_of
from ripeness.war.prepare import prepare
from ripeness.workbench.parameter import read_changes
from ripeness.world.fault import Fault

FULL = template("full")
CIVIL = """\
title: A war over who governs
began: 2023-05-01
start: 2025-01-01
conflict: {kind: internationalised, over: government}
stake: {name: government, held: 0.6 to 0.7}
talks:
  monitoring: 0.2
  power_sharing: {political: 0.2 to 0.5, military: 0.3, territorial: 0.1}
  disarmament: 0.3 to 0.7
ceasefire: {kind: preliminary, monitored: 0.2 to 0.5, since: 2024-11-01}
polities:
  march:
    role: belligerent
    beside: front
    terms_since: 2024-03-01
    factions: {house: {archetype: leader, power: 1, leads: true}}
    issues: {side: {role: alignment, ends: [against the front, beside the front], may_change: true}}
  crown:
    role: belligerent
    factions: {palace: {archetype: leader, power: 0.5, leads: true}, army: {archetype: military, power: 0.5}}
  front:
    role: belligerent
    kind: movement
    organisation: fragmented
    conduct: {defection: 1 to 3}
    factions:
      command: {archetype: commanders, power: 0.6, leads: true, traits: {arms: 0.5, fights_on: 0.2}}
      bands: {archetype: militias, power: 0.4, traits: {arms: 0.5, fights_on: 0.6}}
  union:
    role: patron
    aid_capacity: 0.2
    mediator:
      information: 0.4
      payments: {front: 0.1}
      threats: {crown: 0.5}
      penalties: {crown: 0.01}
      guarantee: 0.3
      monitoring: 0.4
      cost: 1
    issues: {arms: {role: aid, toward: crown, ends: [none, all]}, peace: {role: mediation, ends: [out, in]}}
    factions: {office: {archetype: leader, power: 1, leads: true}}
events:
  pause: {hazard: 0.1, ceasefire: definitive, monitored: 0.4}
  breach: {on: 2025-03-01, ceasefire: none, shock: {forces: {march: -5}}}
evidence:
- {date: 2024-06-01, polity: march, issue: side, position: 0.9, source: press}
- {date: 2024-11-01, polity: crown, shows: ceasefire, source: press}
sources: {press: {title: Chronicle, author: A newspaper, published: 2024-12-31, grade: C3}}
"""
PLAINS = {name: tree_of(text, "war.yaml").plain() for name, text in (("full", FULL), ("civil", CIVIL))}
UNSAID = {"renewed_month", "truce_first", "out_month", "terms_apart"}  # results that a run may not have
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        [
            "0.2 to 0.4",
            "5 to 1",
            ".nan",
            ".inf",
            "-1",
            "1e999",
            "2023-02-30",
            "2023-03-15",
            "north",
            "army",
            "terms",
            "A1",
            "=1+1",
            "crown",
            "movement",
            "coalition",
            "preliminary",
            "alignment",
            [],
            {},
            [[]],
            {"value": 1},
            {"value": {}},
            {"range": []},
            {"beta": [0, 0]},
            {"pert": [1, 1, 1]},
            {"unit": []},
            {"value": 1, "source": {}},
            {"value": 1, "kind": []},
            {"normal": [0, 1e308]},
            {"normal": [5, 0]},
            {"lognormal": [5, 1]},
            {"uniform": [9, 9]},
            {"lognormal": [1, 1e308]},
            10**40,
        ]
    ),
    st.recursive(
        st.integers(-2, 2),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=5,
    ),
)
KEYS = st.sampled_from(
    [
        *("name", "value", "range", "power", "traits", "terms", "north", "south", "leads", "source", "set", "", "a.b"),
        *("1", "kind", "beside", "mediator", "arms", "fights_on", "ceasefire", "monitored", "march", "may_change"),
    ]
)


def spots(value, path=()):
    """Every place of a nested value."""
    yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in entries:
        yield from spots(child, (*path, key))


SPOTS = [(name, path) for name, plain in PLAINS.items() for path in spots(plain) if path]


def mutated(spot, how, value, key):
    """One of the documents with one thing done to it at a path."""
    name, path = spot
    document = copy.deepcopy(PLAINS[name])
    part = document
    for step in path[:-1]:
        part = part[step]
    if how == "delete":
        del part[path[-1]]
    elif how == "replace":
        part[path[-1]] = value
    elif how == "add" and isinstance(part, dict):
        part[key] = value
    elif how == "rename" and isinstance(part, dict):
        part[key] = part.pop(path[-1])
    elif how == "double" and isinstance(part, list):
        part.append(copy.deepcopy(part[path[-1]]))
    return document


def read_or_fault(text):
    """Read a text: a scenario that can be fingerprinted, or a Fault with a place."""
    try:
        opened = read_text(text, "war.yaml")
    except Fault as fault:
        for one in (fault, *fault.others):
            assert one.place is not None
            assert one.place.line >= 1
            assert one.message
        return
    assert len(fingerprint(opened.scenario)) == 64


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SPOTS), st.sampled_from(["delete", "replace", "add", "rename", "double"]), VALUES, KEYS)
def test_a_mutated_scenario_is_read_or_refused_at_a_place(spot, how, value, key):
    read_or_fault(yaml_flow(mutated(spot, how, value, key)))


LIKELY = st.sampled_from(
    [0, 1, 0.5, -1, 10, "0 to 1", "0.2 to 0.4", {"uniform": [0, 1]}, True, "week", "quota", "exchange", "autocracy"]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(
    st.sampled_from(SPOTS),
    st.sampled_from(["delete", "replace"]),
    LIKELY,
    KEYS,
    st.sampled_from([with_one_leader, copy.copy]),
)
def test_a_mutated_scenario_that_is_read_can_be_fought_to_numbers_that_are_numbers(spot, how, value, key, reading):
    try:
        scenario = read_text(yaml_flow(mutated(spot, how, value, key)), "war.yaml").scenario
    except Fault:
        assume(False)
    found = run(reading(scenario), Design(draws=8, per_point=2, kept=2, horizon=3)).results
    for name, values in found.items():
        assert np.isfinite(values).all() or name in UNSAID, name


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(FULL) - 1), st.integers(0, 30), st.text(max_size=8))
def test_a_text_with_some_characters_replaced_is_read_or_refused_at_a_place(start, length, put):
    read_or_fault(FULL[:start] + put + FULL[start + length :])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_at_a_place(text):
    read_or_fault(text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SPOTS), VALUES)
def test_a_mutated_coding_over_a_good_base_is_laid_or_refused(spot, value):
    name, path = spot
    upper = value
    for step in reversed([str(one) for one in path]):
        upper = {step: upper}
    try:
        tree = merge_layers([tree_of(yaml_flow(upper), "upper.yaml"), tree_of(yaml_flow(PLAINS[name]), "war.yaml")])
    except Fault:
        return
    assert isinstance(json.dumps(tree.plain()), str)


SCENARIO = read_text(FULL).scenario
PATHS = list(scenario_numbers(SCENARIO))
STEPS = st.sampled_from(
    [
        "north",
        "nobody",
        "army",
        "positions",
        "salience",
        "responds",
        "effort",
        "terms",
        "pressure",
        "country",
        "traits",
        "factions",
        "events",
        "0",
        "9",
        "changes",
        "set",
        "shock",
        "front",
        "laws",
        "overrides",
        "talks",
        "power",
        "",
    ]
)


@st.composite
def addresses(draw):
    """An address of a number, mostly with a step or two replaced, put in or left out."""
    way = draw(st.sampled_from(PATHS)).split(".")
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(way)))
        way[at : at + draw(st.integers(0, 1))] = draw(st.lists(STEPS, max_size=1))
    return ".".join(way)


NOBODY = "polities.north.factions.nobody"


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(addresses(), st.one_of(VALUES, st.sampled_from([0.5, "0.1 to 0.3", {"normal": [0.5, 0]}])))
@example("stake.held", {"normal": [5, 0]})
@example(f"{NOBODY}.salience.terms", 0.5)
@example(f"{NOBODY}.positions.effort", 0.5)
@example("events.election.changes.0.set", {"normal": [5e9, 0]})
def test_any_number_set_at_any_address_is_taken_or_refused(address, value):
    text = yaml_flow(value).strip() or "~"
    try:
        changed = replace_numbers(SCENARIO, read_changes([f"{address or 'a'}={text}"]))
    except Fault:
        return
    assert len(fingerprint(changed)) == 64
    for scenario in (changed, with_one_leader(changed)):
        assert prepare(scenario).numbers


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(addresses(), st.sampled_from(["set", "add", "scale"]), VALUES)
@example(f"{NOBODY}.positions.effort", "set", 0.5)
@example(f"{NOBODY}.power", "scale", 2)
@example(f"{NOBODY}.traits.loyalty", "add", 0.1)
@example("polities.nobody.conduct.quota", "set", 0.5)
def test_an_event_that_changes_any_address_is_read_or_refused_at_a_place(address, how, amount):
    event = {"on": "2026-05-01", "changes": [{"path": address, how: amount}]}
    document = {**PLAINS["full"], "events": {**PLAINS["full"]["events"], "any": event}}
    read_or_fault(yaml_flow(document))
    try:
        scenario = read_text(yaml_flow(document)).scenario
    except Fault:
        return
    for each in (scenario, with_one_leader(scenario)):
        assert prepare(each).happenings
