"""What must hold between the parts of a scenario: sides, power, names, events, evidence, dates, sources."""

from __future__ import annotations

from itertools import islice

from ripeness.scenario.error_messages import MOST_FAULTS
from ripeness.scenario.schema import Scenario
from ripeness.scenario.validation.dates import (
    date_faults,
    late_source_warnings,
    past_event_warnings,
    stale_source_warnings,
)
from ripeness.scenario.validation.events import actor_model_faults, event_faults
from ripeness.scenario.validation.evidence import evidence_faults
from ripeness.scenario.validation.indicators import indicator_faults
from ripeness.scenario.validation.mediators import mediator_faults
from ripeness.scenario.validation.movements import movement_warnings
from ripeness.scenario.validation.people import people_warnings
from ripeness.scenario.validation.polities import faction_faults, issue_faults, polity_faults, power_faults
from ripeness.scenario.validation.presets import preset_faults
from ripeness.scenario.validation.references import id_faults, unknown_source_faults, unused_source_warnings
from ripeness.scenario.validation.statements import statement_faults
from ripeness.scenario.yaml_node import Node
from ripeness.world.fault import Fault, file_order

CHECKS = (
    id_faults,
    polity_faults,
    issue_faults,
    mediator_faults,
    faction_faults,
    power_faults,
    statement_faults,
    event_faults,
    evidence_faults,
    indicator_faults,
    actor_model_faults,
    preset_faults,
    date_faults,
    unknown_source_faults,
)


def faults_in(scenario: Scenario, file_tree: Node, tree: Node) -> list[Fault]:
    """Everything that makes a scenario unusable, in the order of the file."""
    del file_tree
    return sorted((fault for find in CHECKS for fault in islice(find(scenario, tree), MOST_FAULTS)), key=file_order)


def warnings_in(scenario: Scenario, file_tree: Node, tree: Node) -> list[Fault]:
    """What an analyst should look at, though it can be run."""
    warnings = [
        *late_source_warnings(scenario, file_tree),
        *stale_source_warnings(scenario, file_tree),
        *unused_source_warnings(file_tree),
        *past_event_warnings(scenario, tree),
        *movement_warnings(scenario, tree),
        *people_warnings(scenario, tree),
    ]
    return sorted(warnings, key=file_order)
