"""Keeping: past conflicts by name in the home of a user, so that `ripeness record` names those most like a war."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from ripeness.store.past_conflicts import keep_conflicts
from ripeness.study.record.nearest import PastConflict
from ripeness.study.record.traits import ConflictTraits
from ripeness.validation.conflicts.dyads import Episode, read_dyads
from ripeness.validation.conflicts.exposure import state_in
from ripeness.world.calendar import DAYS_PER_MONTH


def keep_past_conflicts(path: str | Path) -> int:
    """Keep the episodes of a file of terminations by dyad, in place of those kept before; how many there are.

    Raises: Fault, with file and line, where the file does not say what an episode needs, or nothing can be kept.
    """
    episodes = read_dyads(path)
    keep_conflicts([asdict(past_conflict(episode)) for episode in episodes])
    return len(episodes)


def past_conflict(episode: Episode) -> PastConflict:
    """An episode as answers name it, with the traits of its last year."""
    year = episode.last.year
    state, has_been_war = state_in(episode, year)
    issue = {1.0: "territory", 0.0: "government"}.get(state.territory)
    traits = ConflictTraits(state.kind, issue, "war" if has_been_war else "minor", state.parties, year)
    months = episode.days / DAYS_PER_MONTH
    return PastConflict(episode.name, str(episode.first), str(episode.last), months, episode.end, traits)
