"""Readings: the actor models of a polity that are compared, each as a scenario of its own.

Factional: power is shared as stated. Unitary: one mind with the country's stated interests, not the leader's copy.
Captured: one faction decides alone; each in turn. Beside them what the file adds: the ordinary explanations of a
puzzling decision, and readings of one's own. Prior mass goes to classes first, then within them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from ripeness.scenario.number_paths import replace_numbers
from ripeness.scenario.one_leader import WHOLE_POWER, with_one_leader
from ripeness.scenario.polity_form import PolityForm
from ripeness.scenario.schema import ActorModel, Scenario
from ripeness.study.who_decides.prior import AS_STATED, PriorBelief
from ripeness.world.fault import Fault

FACTIONAL, UNITARY, CAPTURED = "factional", "unitary", "captured"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of one polity: its scenario, its class, its prior probability among all readings of the polity, and
    the prior of power under it.
    """

    polity: str
    key: str
    name: str
    kind: str
    scenario: Scenario
    mass: float
    note: str = ""
    belief: PriorBelief = AS_STATED


def candidates(scenario: Scenario, polity: str, belief: PriorBelief = AS_STATED) -> tuple[Candidate, ...]:
    """Every reading of a polity: those that always exist, then the file's; each shares power by the same prior.

    A captured reading in the file, by the captor alone, takes the place of the one that exists anyway.

    Raises: Fault for a captor who is no faction of the polity.
    """
    own_readings = {key: reading for key, reading in scenario.readings.items() if reading.polity == polity}
    for key, reading in own_readings.items():
        if reading.captor is not None and reading.captor not in scenario.polities[polity].factions:
            listed = ", ".join(scenario.polities[polity].factions)
            raise Fault(
                f"the reading '{key}' names '{reading.captor}' as captor, no faction of '{polity}'; it has {listed}"
            )
    rows: list[tuple[str, str, str, Scenario, float | None, str]] = []
    rows.append((FACTIONAL, "power is shared between factions", FACTIONAL, scenario, None, ""))
    rows.append(
        (
            UNITARY,
            "one mind, with the country's stated interests",
            UNITARY,
            with_one_leader(scenario, [polity]),
            None,
            "",
        )
    )
    captors = {
        reading.captor for reading in own_readings.values() if reading.kind == CAPTURED and not reading.overrides
    }
    n_factions = len(scenario.polities[polity].factions)
    for faction in scenario.polities[polity].factions:
        if n_factions > 1 and faction not in captors:
            captured = captured_scenario(scenario, polity, faction)
            rows.append((f"captured:{faction}", f"{faction} decides alone", CAPTURED, captured, None, ""))
    for key, reading in own_readings.items():
        mass = reading.mass.centre if reading.mass is not None else None
        rows.append((key, reading.name or key, reading.kind, apply_reading(scenario, reading), mass, reading.note))
    masses = _masses([(row[2], row[4]) for row in rows])
    return tuple(
        Candidate(polity, key, name, kind, variant, mass, note, belief)
        for (key, name, kind, variant, _, note), mass in zip(rows, masses, strict=True)
    )


def apply_reading(scenario: Scenario, reading: ActorModel) -> Scenario:
    """The scenario as a reading of the file has it: numbers overridden, then one mind or one captor if it says so."""
    changed = replace_numbers(scenario, reading.overrides)
    if reading.kind == UNITARY:
        return with_one_leader(changed, [reading.polity])
    if reading.captor is not None:
        return captured_scenario(changed, reading.polity, reading.captor)
    return changed


def captured_scenario(scenario: Scenario, polity: str, faction: str) -> Scenario:
    """The same scenario where one faction alone holds a polity."""
    form = scenario.polities[polity]
    alone = form.factions[faction].model_copy(update={"power": WHOLE_POWER, "leads": True, "veto": False})
    return scenario.model_copy(
        update={"polities": {**scenario.polities, polity: _captured_polity(form, faction, alone)}}
    )


def _captured_polity(form: PolityForm, faction: str, alone: object) -> PolityForm:
    issues = {
        key: issue.model_copy(update={"rule": "", "hits": tuple(hit for hit in issue.hits if hit == faction)})
        for key, issue in form.issues.items()
    }
    return form.model_copy(update={"issues": issues, "factions": {faction: alone}, "power": None})


def _masses(rows: Sequence[tuple[str, float | None]]) -> list[float]:
    """Prior mass: equal over classes; within a class by what readings state, equal where none does."""
    kinds = list(dict.fromkeys(kind for kind, _ in rows))
    masses = []
    for kind, stated_mass in rows:
        class_masses = [mass for other_kind, mass in rows if other_kind == kind]
        stated_masses = [mass for mass in class_masses if mass is not None]
        usual = fsum(stated_masses) / len(stated_masses) if stated_masses else 1.0
        total = fsum(usual if mass is None else mass for mass in class_masses) or 1.0
        masses.append((usual if stated_mass is None else stated_mass) / total / len(kinds))
    return masses
