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
from ripeness.study.councils.leader_weight import APART, LOGITS, QUOTAS, REGIMES, Prior, log_share, prior
from ripeness.world.quantity import Z90

Span = tuple[float, float, float]  # 5 %, middle, 95 %
ASKED = ("leader_weight", "quota")


@cache
def beliefs(what: str) -> Mapping[str, Span]:
    """The judged leader weight or quota, by regime.

    >>> beliefs("quota")["mixed"]
    (0.4, 0.5, 0.62)
    """
    text = (files("ripeness.study.councils") / "judged.yaml").read_text(encoding="utf-8")
    return {name: _span(tree_of(text, "judged.yaml").at([what, name])) for name in REGIMES}


@cache
def shipped(what: str) -> Mapping[str, Span]:
    """The leader weight or quota on which scenarios fall back, by regime.

    >>> 0 < shipped("leader_weight")["democracy"][1] < shipped("leader_weight")["autocracy"][1] < 1
    True
    """
    return {name: _span(default_tables().at(["conduct", what, name])) for name in REGIMES}


def _span(node: Node) -> Span:
    middle, low, high = (float(str(one.content)) for one in node.items())
    return low, middle, high


def judged(quotas: int = 1) -> Prior:
    """The judged ranges as a prior.

    Half of a leader weight's variance in log-odds is doubt about the regime, half the scatter of bodies, as near as the
    grid has it. A quota is a regime's own and normal; `quotas` is 1 for rules that have none.
    """
    weight, halves = {}, []
    for name, span in beliefs("leader_weight").items():
        low, middle, high = (float(np.log(x / (1 - x))) for x in span)
        half = (high - low) / (2 * Z90) / np.sqrt(2)
        halves.append(half)
        weight[name] = log_share(-0.5 * ((LOGITS - middle) / half) ** 2)
    nearest = np.abs(APART - np.mean(halves)).argmin()
    found = replace(prior(quotas), weight=weight, apart=np.eye(len(APART))[nearest])
    return found if quotas == 1 else replace(found, quota={name: _quota(one) for name, one in beliefs("quota").items()})


def _quota(span: Span) -> np.ndarray:
    low, middle, high = span
    return log_share(-0.5 * ((QUOTAS - middle) * 2 * Z90 / (high - low)) ** 2)
