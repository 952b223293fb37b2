"""Judged: what was believed of leaders and quotas before the decisions of councils were looked at,
as priors on the grids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

import numpy as np

from ripeness.scenario.archetypes import default_tables
from ripeness.scenario.yaml_node import Node
from ripeness.scenario.yaml_tree import tree_of
from ripeness.validation.councils.leader_weight import (
    LOGITS,
    QUOTAS,
    REGIMES,
    SCATTERS,
    LeaderWeightPrior,
    leader_weight_prior,
    log_share,
)
from ripeness.world.quantity import Z90

Span = tuple[float, float, float]  # 5 %, middle, 95 %
QUANTITIES = ("leader_weight", "quota")


@cache
def judged_ranges(quantity: str) -> Mapping[str, Span]:
    """The judged leader weight or quota, by regime.

    >>> judged_ranges("quota")["mixed"]
    (0.4, 0.5, 0.62)
    """
    text = (files("ripeness.validation.councils") / "judged.yaml").read_text(encoding="utf-8")
    return {name: _span(tree_of(text, "judged.yaml").at([quantity, name])) for name in REGIMES}


@cache
def default_ranges(quantity: str) -> Mapping[str, Span]:
    """The leader weight or quota on which scenarios fall back, by regime.

    >>> 0 < default_ranges("leader_weight")["democracy"][1] < default_ranges("leader_weight")["autocracy"][1] < 1
    True
    """
    return {name: _span(default_tables().at(["conduct", quantity, name])) for name in REGIMES}


def _span(node: Node) -> Span:
    middle, low, high = (float(str(item.content)) for item in node.items())
    return low, middle, high


def judged_prior(quotas: int = 1) -> LeaderWeightPrior:
    """The judged ranges as a prior.

    Half of a leader weight's variance in log-odds is doubt about the regime, half the scatter of bodies, as near as the
    grid has it. A quota is a regime's own and normal; `quotas` is 1 for rules that have none.
    """
    weight, halves = {}, []
    for name, span in judged_ranges("leader_weight").items():
        low, middle, high = (float(np.log(x / (1 - x))) for x in span)
        half = (high - low) / (2 * Z90) / np.sqrt(2)
        halves.append(half)
        weight[name] = log_share(-0.5 * ((LOGITS - middle) / half) ** 2)
    nearest = np.abs(SCATTERS - np.mean(halves)).argmin()
    prior = replace(leader_weight_prior(quotas), weight=weight, apart=np.eye(len(SCATTERS))[nearest])
    return (
        prior
        if quotas == 1
        else replace(prior, quota={name: _quota(quota_span) for name, quota_span in judged_ranges("quota").items()})
    )


def _quota(span: Span) -> np.ndarray:
    low, middle, high = span
    return log_share(-0.5 * ((QUOTAS - middle) * 2 * Z90 / (high - low)) ** 2)
