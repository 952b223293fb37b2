"""Simulated polities: factions with power drawn from the flat prior, and choices taken by the model of `infer`.

Each has 3 to 8 factions. On every issue a faction has a position that the scenario knows within an interval, and each
choice is one among options that factions stand behind. What is drawn is the truth: power, positions within their
intervals, and the polity's conduct, all from the prior of the inference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.polity_form import IssueForm
from ripeness.scenario.read import read_text
from ripeness.scenario.schema import Observation, Scenario
from ripeness.scenario.template import template
from ripeness.study.who_decides.council_likelihood import CouncilLikelihood, council_likelihood
from ripeness.study.who_decides.evidence import collect_evidence
from ripeness.study.who_decides.item import Item
from ripeness.study.who_decides.prior import FLAT, PriorBelief
from ripeness.world.quantity import Quantity

Array = NDArray[np.float64]
POLITY = "north"
LEAST_FACTIONS, MOST_FACTIONS = 3, 8
OPTIONS = 3  # of a choice, as in most councils on record: the positions of so many factions
HALF_INTERVAL = 0.15  # of a position, on the issue: the 90 % interval reaches so far to both sides
EDGE = 0.2  # positions lie at least so far from the ends of an issue, inside which their intervals stay
OPTION_INTERVAL = 0.03  # half the 90 % interval of an option's place
LEAST_SALIENCE = 0.4
REGIMES = ("democracy", "mixed", "autocracy")
GRADE = "B2"
DAYS = 720  # over which choices are spread, up to the start
BELIEF = PriorBelief(FLAT)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: its issue by number, the options' places, the option that each faction stood behind (none where that
    is not on record), and the option that was taken.
    """

    issue: int
    options: Array
    wanted: tuple[int, ...] = ()
    taken: int = 0


@dataclass(frozen=True, slots=True)
class RecoveryDesign:
    """What is on record of a polity.

    `issues` on which it chooses in turn, by default one a choice; `options` of a choice, no more than factions;
    `wanted`: whether the record says which option each faction stood behind, instead of leaving that to their
    positions; `leader_known`: whether it is known how often a choice follows the leader.
    """

    choices: int = 20
    issues: int = 0
    options: int = OPTIONS
    wanted: bool = True
    leader_known: bool = False


AS_ON_RECORD = RecoveryDesign()


@dataclass(frozen=True, slots=True)
class SimulatedPolity:
    """A polity whose truth is known, with the choices that it took; `truth` are shares of power (F,)."""

    scenario: Scenario
    choices: tuple[Choice, ...]
    items: tuple[Item, ...]
    unknowns: Array
    truth: Array

    @property
    def likelihood(self) -> CouncilLikelihood:
        """The likelihood of its choices under the flat prior, positions and conduct unknown within their intervals."""
        return council_likelihood(self.scenario, POLITY, self.items, belief=BELIEF)


def simulate_polity(number: int, design: RecoveryDesign = AS_ON_RECORD, *, seed: int = 1) -> SimulatedPolity:
    """Simulate one polity and its choices; the same number, design and seed give the same polity."""
    draws = np.random.default_rng([seed, number])
    n_factions = LEAST_FACTIONS + number % (MOST_FACTIONS - LEAST_FACTIONS + 1)
    n_issues, n_options = design.issues or design.choices, min(design.options, n_factions)
    scenario = scenario_of_polity(draws, n_factions, n_issues)
    places = [n % n_issues for n in range(design.choices)]
    blank = _items(scenario, [Choice(place, np.linspace(0, 1, n_options)) for place in places])
    council = council_likelihood(scenario, POLITY, blank, belief=BELIEF)
    unknowns = draws.standard_normal(council.unknowns)
    if design.leader_known:
        scenario = with_leader_share(scenario, float(council.choice_conduct(unknowns[:, None])[0][0]))
    positions = council.values(unknowns[:, None])[: n_issues * n_factions, 0].reshape(n_issues, n_factions)
    offered = [_offer(place, positions[place], n_options, draws, wanted=design.wanted) for place in places]
    log_chances = []
    for option in range(n_options):
        items = _items(scenario, [replace(choice, taken=option) for choice in offered])
        log_chances.append(council_likelihood(scenario, POLITY, items, belief=BELIEF).by_item(unknowns[:, None])[:, 0])
    chances = np.exp(log_chances)
    chosen = [
        replace(choice, taken=int(draws.choice(n_options, p=column / column.sum())))
        for choice, column in zip(offered, chances.T, strict=True)
    ]
    truth = council.power(unknowns[:, None])[0, :, 0]
    return SimulatedPolity(scenario, tuple(chosen), _items(scenario, chosen), unknowns, truth)


def scenario_of_polity(draws: np.random.Generator, n_factions: int, n_issues: int) -> Scenario:
    """A war of which one side has so many factions, with random positions and salience on issues of its own.

    Nothing in it tells of power: the one that leads is any of them.
    """
    scenario = _minimal_scenario()
    form = scenario.polities[POLITY]
    sample = form.factions["army"]
    positions = draws.uniform(EDGE, 1 - EDGE, (n_factions, n_issues))
    salience = draws.uniform(LEAST_SALIENCE, 1.0, n_factions)
    leader = int(draws.integers(n_factions))
    factions = {
        f"f{f}": sample.model_copy(
            update={
                "power": None,
                "leads": f == leader,
                "culpable": f == leader,
                "veto": False,
                "positions": {f"issue{i}": _within(positions[f, i], HALF_INTERVAL) for i in range(n_issues)},
                "salience": {f"issue{i}": _within(salience[f], 0.0) for i in range(n_issues)},
            }
        )
        for f in range(n_factions)
    }
    issues = form.issues | {f"issue{i}": IssueForm(ends=("low", "high")) for i in range(n_issues)}
    regime = REGIMES[int(draws.integers(len(REGIMES)))]
    polity = form.model_copy(update={"factions": factions, "issues": issues, "regime": regime})
    return scenario.model_copy(update={"polities": scenario.polities | {POLITY: polity}})


def with_leader_share(scenario: Scenario, share: float) -> Scenario:
    """The same war, where it is known how often a choice of the polity follows its leader."""
    form = scenario.polities[POLITY]
    conduct = form.conduct.model_copy(update={"leader_share": _within(share, 0.0)})
    polity = form.model_copy(update={"conduct": conduct})
    return scenario.model_copy(update={"polities": scenario.polities | {POLITY: polity}})


@cache
def _minimal_scenario() -> Scenario:
    return read_text(template("minimal")).scenario


def _within(value: float, half: float) -> Quantity:
    """A share with its 90 % interval, as wide to both sides on the plain scale."""
    if not half:
        return Quantity("point", (float(value),), 0.0, 1.0, "share")
    return Quantity("interval", (float(value), float(value - half), float(value + half)), 0.0, 1.0, "share")


def _offer(place: int, positions: Array, n_options: int, draws: np.random.Generator, *, wanted: bool) -> Choice:
    """A choice between options at which some factions stand; each faction stands behind the option nearest to it."""
    options = np.sort(positions[draws.permutation(len(positions))[:n_options]])
    nearest = np.abs(options[:, None] - positions).argmin(axis=0)
    return Choice(place, options, tuple(map(int, nearest)) if wanted else ())


def _items(scenario: Scenario, choices: Sequence[Choice]) -> tuple[Item, ...]:
    """The choices as items of evidence, spread over the time up to the start."""
    observations = tuple(
        Observation(
            id=f"d{n}",
            date=scenario.start - timedelta(days=DAYS - DAYS * n // len(choices)),
            polity=POLITY,
            issue=f"issue{choice.issue}",
            choice=f"option{choice.taken}",
            alternatives={f"option{k}": _option(place) for k, place in enumerate(choice.options)},
            **({"wanted": {f"f{f}": f"option{k}" for f, k in enumerate(choice.wanted)}} if choice.wanted else {}),
            grade=GRADE,
            source="simulated",
        )
        for n, choice in enumerate(choices)
    )
    began = scenario.start - timedelta(days=DAYS + 1)
    return collect_evidence(scenario.model_copy(update={"evidence": observations, "began": began})).items


def _option(place: float) -> Quantity:
    place = float(np.clip(place, OPTION_INTERVAL, 1 - OPTION_INTERVAL))
    return _within(place, OPTION_INTERVAL)
