"""Rows: the record of councils as a table for a report's honest page: what was tested, on what, and what came of it."""

from __future__ import annotations

from ripeness.scenario.council import recoded_council_files
from ripeness.validation.councils.blind_scores import BlindScores
from ripeness.validation.councils.contender import LEADER, MEAN
from ripeness.validation.councils.measure_leader_weights import LeaderWeights


def honest_rows(blind: BlindScores, weights: LeaderWeights | None = None) -> list[dict[str, str]]:
    """One row a statement: what was asked, what was found, on how much it rests."""
    n = f"{blind.decisions} decisions, {blind.bodies} bodies"
    best, leader, mean = blind.scores[0], blind.of(LEADER), blind.of(MEAN)
    rows = [
        {"question": "Does a rule of decision beat 'leader decides'?", "found": blind.sentence(), "rests on": n},
        {
            "question": "How well does the best do?",
            "found": f"log score {best.log:.2f} ({best.contender}); "
            f"leader decides {leader.log:.2f}, weighted mean {mean.log:.2f}",
            "rests on": n,
        },
        {
            "question": "Who coded it?",
            "found": "one coder who knew every decision; positions from words before it; a second coder, blind to the"
            f" first, for {len(list(recoded_council_files()))} (`ripeness councils agreement`)",
            "rests on": "the files, each with its sources",
        },
    ]
    if weights:
        rows.append(
            {
                "question": "How much does a leader weigh?",
                "found": weights.sentence(),
                "rests on": f"{weights.decisions} decisions, {weights.bodies} bodies",
            }
        )
    return rows
