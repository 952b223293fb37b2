"""Limits of an inference: evidence that tells of no decision, readings that the sampler's runs do not agree on, powers
stated without a range, and items that no reading foretells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ripeness.scenario.schema import Scenario
from ripeness.study.who_decides.bayes_factors import ReadingRow, WeighedReading
from ripeness.study.who_decides.evidence import ObservedEvidence
from ripeness.study.who_decides.evidence_matrix import EvidenceRow
from ripeness.study.who_decides.item import Item
from ripeness.study.who_decides.prior import EXPERTS, FLAT, PriorBelief, unstated_powers

UNSTEADY = 1.0  # spread of a log evidence over repeats above which it is no number to go by


def prior_notes(scenario: Scenario, polity: str, items: Sequence[Item], belief: PriorBelief) -> list[str]:
    """Note what limits the prior of power and the positions of a polity."""
    notes = []
    bare = unstated_powers(scenario, polity)
    silent = [
        key
        for key in scenario.polities[polity].factions
        if f"polities.{polity}.factions.{key}.power" not in belief.experts
    ]
    if belief.kind == EXPERTS and silent:
        notes.append(f"{polity}: the experts' sheets say nothing of the power of {', '.join(silent)}; it is as stated")
    if bare and belief.kind != FLAT:
        notes.append(
            f"{polity}: the power of {', '.join(bare)} is stated without a range; it is taken as known within a "
            f"factor of 2"
        )
    if max((item.months for item in items if item.kind != "act"), default=0.0) > 0:  # acts are contests of power alone
        notes.append(
            f"{polity}: decisions after the start are read with the positions stated for the start, moved by what "
            f"factions said since, if anything; `run --given evidence` lets the war move them"
        )
    return notes


def war_observation_notes(evidence: ObservedEvidence) -> list[str]:
    """Note evidence on record that is not of a decision."""
    if not evidence.war_observations:
        return []
    kinds = ", ".join(sorted({str(observation.shows) for observation in evidence.war_observations}))
    return [
        (
            f"{len(evidence.war_observations)} observations ({kinds}) tell of the war, not of a decision, and are no "
            "evidence on power"
        )
    ]


def later_items(evidence: ObservedEvidence) -> list[str]:
    """Note what is supposed to be seen after the date of knowledge: it counts, though nothing of it could be known."""
    later = [item for item in evidence.items if item.on > evidence.as_of]
    if not later:
        return []
    subject = "1 supposed observation is" if len(later) == 1 else f"{len(later)} supposed observations are"
    return [f"{subject} later than the date of knowledge, {evidence.as_of}, and counted all the same"]


def unsteady_readings(rows: Sequence[ReadingRow]) -> list[str]:
    """Warn of readings whose log evidence differs between the sampler's runs."""
    return [
        f"{row.polity}: the sampler's runs do not agree on the log evidence of '{row.reading}' (sd "
        f"{row.log_evidence_sd:.1f}); raise --particles"
        for row in rows
        if row.log_evidence_sd > UNSTEADY
    ]


def unforeseen_items(table: Sequence[EvidenceRow], parts: Mapping[str, tuple[WeighedReading, ...]]) -> list[str]:
    """Warn of items that no reading predicts better than chance."""
    items = {item.id: item for readings in parts.values() for item in readings[0].posterior.council.items}
    return [
        f"{row.polity}: no reading foretells '{row.item}' better than chance; its grade ({row.grade}) alone keeps "
        f"it possible"
        for row in table
        if max(cell.log_chance for cell in row.cells) < items[row.item].floor
    ]
