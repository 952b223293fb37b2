"""The one-leader actor model: the same scenario with polities that decide as one person would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import Any

from ripeness.scenario.faction_form import FactionForm
from ripeness.scenario.polity_form import IssueForm, PolityForm
from ripeness.scenario.schema import Event, EventChange, Observation, Scenario
from ripeness.world.fault import Fault
from ripeness.world.quantity import Kind, Quantity, Scale

COUNTRY = "country"  # key of the one faction, and of the archetype that fills in its traits
WHOLE_POWER = Quantity("point", (1.0,), 0.0, 1.0, "share")
NO_LEADER_WEIGHT = Quantity("point", (0.0,), 0.0, 1.0, "share", note="the country decides as one")
SUM = "power-weighted mean of what the factions state"
NOT_A_PART = 1e-12


def with_one_leader(scenario: Scenario, polities: Iterable[str] | None = None) -> Scenario:
    """Read polities (all, if none is named) as one person each: one faction with the country's stated interests.

    Positions and responses that neither the country nor its archetype states are the power-weighted means of its
    factions' own; the leader has no weight and no fate of his own, nobody has a veto, reform hits nobody. Events that
    move the factions' positions move the country's by their power-weighted mean; those that shift power between
    factions fall away. So does evidence on the standing of factions, and on what they wanted.

    Raises: Fault for a polity that the scenario does not have.
    """
    keys = tuple(scenario.polities) if polities is None else tuple(polities)
    for key in keys:
        if key not in scenario.polities:
            raise Fault(f"the scenario has no polity '{key}'; it has {', '.join(scenario.polities)}")
    changed = {
        key: _polity_with_one_leader(polity) if key in keys else polity for key, polity in scenario.polities.items()
    }
    events = {name: _event(event, scenario, keys) for name, event in scenario.events.items()}
    evidence = tuple(kept for observation in scenario.evidence if (kept := _without_factions(observation, keys)))
    return scenario.model_copy(update={"polities": changed, "events": events, "evidence": evidence})


def _without_factions(observation: Observation, keys: Sequence[str]) -> Observation | None:
    """An observation as it tells of a country that decides as one; none where it tells of its factions alone."""
    if observation.polity not in keys:
        return observation
    if observation.act is not None or None in observation.alternatives.values():
        return None
    return observation.model_copy(update={"wanted": {}})


def _polity_with_one_leader(polity: PolityForm) -> PolityForm:
    weights = _weights(polity)
    country = FactionForm.model_construct(
        name=polity.name,
        archetype=COUNTRY,
        power=WHOLE_POWER,
        leads=True,
        veto=False,
        culpable=False,
        public=False,
        rent_issue=next((faction.rent_issue for faction in polity.factions.values() if faction.rent_issue), None),
        positions={
            **_weighted_means([member.positions for member in polity.factions.values()], weights),
            **polity.country.positions,
        },
        salience=dict.fromkeys(polity.issues, WHOLE_POWER),
        responds=_responses(polity, weights),
        traits=polity.country.traits,
        note="the country as one decider",
    )
    conduct = polity.conduct.model_copy(update={"leader_weight": NO_LEADER_WEIGHT})
    issues = {key: _issue(issue) for key, issue in polity.issues.items()}
    return polity.model_copy(
        update={"conduct": conduct, "issues": issues, "factions": {COUNTRY: country}, "power": None}
    )


def _issue(issue: IssueForm) -> IssueForm:
    captured = issue.rule.startswith("capture")
    return issue.model_copy(update={"hits": (), "rule": "" if captured else issue.rule})


def _weights(polity: PolityForm) -> list[float]:
    powers = [faction.power.centre if faction.power is not None else 1.0 for faction in polity.factions.values()]
    return [power / (fsum(powers) or 1.0) for power in powers]


def _responses(polity: PolityForm, weights: Sequence[float]) -> dict[str, dict[str, Quantity]]:
    """How the country responds: as it states, else the mean over factions, the silent ones counting as zero."""
    responses: dict[str, dict[str, Quantity]] = {}
    for issue in polity.issues:
        rows = [faction.responds.get(issue, {}) for faction in polity.factions.values()]
        drivers = sorted({driver for row in rows for driver in row})
        mean = {
            driver: total for driver in drivers if (total := _weighted_sum([row.get(driver) for row in rows], weights))
        }
        if mean or issue in polity.country.responds:
            responses[issue] = {**mean, **polity.country.responds.get(issue, {})}
    return responses


def _weighted_means(rows: Sequence[Mapping[str, Quantity]], weights: Sequence[float]) -> dict[str, Quantity]:
    """Means over those factions that state a position at all."""
    means = {}
    for key in sorted({key for row in rows for key in row}):
        stating = [weight if key in row else 0.0 for row, weight in zip(rows, weights, strict=True)]
        total_weight = fsum(stating)
        if total_weight > NOT_A_PART:
            total = _weighted_sum([row.get(key) for row in rows], [weight / total_weight for weight in stating])
            if total is not None:
                means[key] = total
    return means


def _weighted_sum(parts: Sequence[Quantity | None], weights: Sequence[float]) -> Quantity | None:
    """A weighted sum of numbers that are uncertain together: its interval runs from sum of lows to sum of highs."""
    known_parts = [(part, weight) for part, weight in zip(parts, weights, strict=True) if part is not None]
    if not known_parts:
        return None
    low, centre, high = (fsum(weight * part.interval()[n] for part, weight in known_parts) for n in range(3))
    like = known_parts[0][0]
    sources = tuple(sorted({source for part, _ in known_parts for source in part.sources}))
    return Quantity(
        "interval", (centre, low, high), like.low, like.high, like.unit, Scale.PLAIN, Kind.DERIVED, sources, SUM
    )


def _event(event: Event, scenario: Scenario, keys: Sequence[str]) -> Event:
    """Leave other changes as they are; move the country where its factions were moved."""
    unchanged = tuple(change for change in event.changes if not _changes_a_faction(change, keys))
    moved: list[EventChange] = []
    for key in keys:
        polity = scenario.polities[key]
        for issue in polity.issues:
            at = {change.path: change for change in event.changes}
            path = f"polities.{key}.factions.{{}}.positions.{issue}"
            of_factions = [at.get(path.format(faction)) for faction in polity.factions]
            moved += _mean_changes(of_factions, _weights(polity), path.format(COUNTRY))
    return event.model_copy(update={"changes": (*unchanged, *moved)})


def _mean_changes(changes: Sequence[EventChange | None], weights: Sequence[float], path: str) -> list[EventChange]:
    mean_changes = []
    for operation in ("set", "add", "scale"):
        parts = [getattr(change, operation) if change is not None else None for change in changes]
        stating = [weight if part is not None else 0.0 for part, weight in zip(parts, weights, strict=True)]
        # A move that only some factions make counts as none for the others; a value that they set is theirs alone.
        total_weight = 1.0 if operation == "add" else fsum(stating) or 1.0
        total = _weighted_sum(parts, [weight / total_weight for weight in stating])
        if total is not None:
            move: dict[str, Any] = {"set": None, "add": None, "scale": None, operation: total}
            mean_changes.append(EventChange.model_construct(path=path, **move))
    return mean_changes


def _changes_a_faction(change: EventChange, keys: Sequence[str]) -> bool:
    parts = change.path.split(".")
    return len(parts) > 3 and parts[0] == "polities" and parts[1] in keys and parts[2] == "factions"
