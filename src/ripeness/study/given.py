"""Given: a war's ensemble conditioned on what was observed, so that every question can be asked of what is still
possible.

What lies between the beginning of the war and the start goes through the likelihood of decisions and settles powers
and positions at the start. What lies after the start goes through the war: inputs and the luck of the first steps are
tempered together until simulated wars agree with it. From then on every run has luck of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.past import Past
from ripeness.ensemble.run import links
from ripeness.scenario.schema import Scenario
from ripeness.study.who_decides.council import Council, council
from ripeness.study.who_decides.gather import Evidence, gather
from ripeness.study.who_decides.item import Item
from ripeness.study.who_decides.numbers import Numbers, numbers
from ripeness.study.who_decides.posterior import posterior
from ripeness.study.who_decides.temper import HALF, Luck, effective, next_power, resample
from ripeness.study.witness import Sight, sights
from ripeness.war.conditions import Conditions
from ripeness.war.prepare import War, prepare
from ripeness.war.simulate import simulate
from ripeness.war.situation import Situation
from ripeness.world.fault import Fault

Array = NDArray[np.float64]
Floats = dict[str, Array]
BORROWED = 2**31  # numbers of draws that lend their luck to the past begin here, far from those of the runs
CHUNK = 1024
MOVES, LAST_MOVES, STAGES = 2, 4, 12
GOAL = 0.25
SHOWN = 0.1  # log chance by which a run must beat the floor to show an item
FEW = 100.0  # effective draws below which the answer rests on too few


@dataclass(frozen=True)
class Given:
    """What an ensemble must be run with to be conditioned on evidence.

    `overrides` hold numbers by path, one a point of the design; `past` the luck of the steps that evidence tells of.
    `newest` is the day of the latest observation that was used: nothing is known from then to `as_of`.
    `ancestors` is the effective number of first draws behind the answer's `points`, `items` how many observations were
    used, `log_evidence` the log chance of what was seen after the start, given all before it.
    """

    scenario: Scenario
    as_of: str
    newest: str
    overrides: Floats
    past: Past | None
    items: int
    later: int
    points: int
    ancestors: float
    log_evidence: float
    warnings: tuple[str, ...]
    observe: tuple[str, ...] = ()

    def asked(self) -> dict[str, Any]:
        """Arguments for `ensemble.run`: run(scenario, design, **given(scenario, design).asked())."""
        return {"overrides": self.overrides, "past": self.past}

    def about(self) -> dict[str, Any]:
        """What the evidence was, for the record: enough to condition another ensemble on it."""
        told: dict[str, Any] = {
            "as_of": self.as_of,
            "newest": self.newest,
            "items": self.items,
            "items_after_start": self.later,
            "points": self.points,
            "ancestors": round(self.ancestors, 1),
            "log_evidence_after_start": round(self.log_evidence, 2),
            "warnings": list(self.warnings),
        }
        return told | ({"observe": list(self.observe)} if self.observe else {})


def given(
    scenario: Scenario, design: Design | None = None, as_of: date | None = None, observe: Iterable[str] = ()
) -> Given:
    """Condition an ensemble on all evidence up to a date (the start, if none is given) and on what is observed by hand.

    Assumes fixed power before the start (`infer` lets it move), positions as stated, salience at its medians.
    Raises: Fault where there is no evidence up to the date, or an observation does not fit the scenario.

    >>> from ripeness.scenario.read import read_scenario
    >>> from ripeness.ensemble.run import run
    >>> war, design = read_scenario("japan-1945"), Design(draws=64, horizon=2, kept=0)
    >>> run(war, design, **given(war, design).asked()).design.points
    8
    """
    design = design or Design()
    observe = tuple(observe)
    evidence = gather(scenario, as_of, observe)
    if not evidence.items and not evidence.shown:
        raise Fault(
            f"there is no evidence up to {evidence.as_of}; add it to the scenario, or with --observe, or take a "
            f"later --as-of"
        )
    before = [item for item in evidence.items if item.on <= scenario.start]
    sides = [
        key
        for key, form in scenario.polities.items()
        if form.power is not None or any(item.polity == key for item in before)
    ]
    laid = [council(scenario, key, [item for item in before if item.polity == key]) for key in sides]
    told = list(evidence.warnings)
    parts, ancestors = [], float(design.points)
    for one in laid:
        found = posterior(one, seed=design.seed, label="given", repeats=2, particles=max(-(-design.points // 2), 50))
        parts.append(found.unknowns[:, : design.points])
        ancestors = min(ancestors, found.ancestors)
    late = _Late(scenario, design, evidence, laid)
    u = np.concatenate(parts, axis=0) if parts else np.empty((0, design.points))
    past, log_evidence = None, 0.0
    overrides = late.overrides(u)
    if late.sights:
        overrides, past, log_evidence, after = late.temper(u)
        ancestors = min(ancestors, after)
    told += late.told
    if ancestors < min(FEW, design.points / 5):
        told.append(
            f"few draws carry the answer: {ancestors:.0f} effective draws of {design.points} points; the evidence "
            f"is nearly "
            "impossible under this scenario, or more --draws are needed"
        )
    used = len(before) + len(late.sights)
    return Given(
        scenario,
        str(evidence.as_of),
        str(late.newest(before)),
        overrides,
        past,
        used,
        len(late.sights),
        design.points,
        ancestors,
        log_evidence,
        tuple(told),
        observe,
    )


class _Late:
    """Evidence after the start: the short wars that it is held against, and the walk of inputs and luck towards it."""

    def __init__(self, scenario: Scenario, design: Design, evidence: Evidence, laid: list[Council]) -> None:
        self.scenario, self.design, self.laid = scenario, design, laid
        items = [item for item in evidence.items if item.on > scenario.start]
        shown = [one for one in evidence.shown if one.date > scenario.start]
        self.sights: list[Sight] = []
        self.told: list[str] = []
        earlier = len(evidence.shown) - len(shown)
        if earlier:
            self.told.append(
                f"{earlier} observations before the start tell of the war, not of a decision; the scenario's "
                f"numbers stand for them"
            )
        if items or shown:
            self.sights, told = sights(scenario, prepare(scenario, 1), items, shown)
            self.told += told
        self.until = 1 + max((sight.step for sight in self.sights), default=0)
        if self.until > (design.horizon or scenario.horizon):
            self.told.append("observations beyond the horizon are left out")
            self.sights = [sight for sight in self.sights if sight.step < (design.horizon or scenario.horizon)]
            self.until = 1 + max((sight.step for sight in self.sights), default=0)
        self.war: War = prepare(scenario, self.until)
        held = {path for one in laid for path in one.overrides(np.zeros((one.unknowns, 1)))}
        self.rest = tuple(path for path, one in self.war.numbers.items() if one.uncertain and path not in held)
        self.numbers: Numbers = numbers([self.war.numbers[path] for path in self.rest])
        self.certain = np.array([one.centre for one in self.war.numbers.values()])
        self.how = Conditions(design.seed, links(()))

    def newest(self, before: list[Item]) -> date | str:
        """The day of the latest observation that is used, those before the start included;
        empty where there is none.
        """
        used = [item.on for item in before] + [sight.on for sight in self.sights]
        return max(used) if used else ""

    def overrides(self, u: Array) -> Floats:
        """What the councils' unknowns say of the start."""
        found: Floats = {}
        first = 0
        for one in self.laid:
            found |= one.overrides(u[first : first + one.unknowns])
            first += one.unknowns
        return found

    def decisions(self, u: Array) -> Array:
        """Log likelihood of all that was decided before the start. Shapes: returns (N,)."""
        total, first = np.zeros(u.shape[1]), 0
        for one in self.laid:
            if one.items:
                total += one.log_likelihood(u[first : first + one.unknowns])
            first += one.unknowns
        return total

    def wars(self, u: Array, draws: NDArray[np.uint64]) -> Array:
        """Log likelihood of all that was seen after the start, each input with its own luck. Shapes: returns (N,)."""
        return np.asarray(self.by_item(u, draws).sum(axis=0))

    def by_item(self, u: Array, draws: NDArray[np.uint64]) -> Array:
        """The same for each thing seen. Shapes: returns (n, N)."""
        found = np.tile(np.array([sight.floor for sight in self.sights])[:, None], (1, u.shape[1]))

        def fight(first: int) -> None:
            last = min(first + CHUNK, u.shape[1])
            drawn = self._drawn(u[:, first:last])

            def watch(step: int, situation: Situation, place: NDArray[np.intp]) -> None:
                held = place >= 0
                for n, sight in enumerate(self.sights):
                    if sight.step == step:
                        found[n, first + place[held]] = sight.read(situation, self.war.step)[held]

            simulate(self.war, drawn, draws[first:last].copy(), self.how, 0, watch)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(fight, range(0, u.shape[1], CHUNK)))
        return found

    def _drawn(self, u: Array) -> Array:
        drawn = np.repeat(self.certain[:, None], u.shape[1], axis=1)
        many = u.shape[0] - len(self.rest)
        drawn[[self.war.row[path] for path in self.rest]] = self.numbers.values(u[many:])
        for path, values in self.overrides(u[:many]).items():
            drawn[self.war.row[path]] = values
        return drawn

    def _unseen(self, u: Array, draws: NDArray[np.uint64]) -> None:
        """Name what even the conditioned runs do not show better than an item that says nothing."""
        apart = self.by_item(u, draws)
        for sight, logs in zip(self.sights, apart, strict=True):
            if np.median(logs) <= sight.floor + SHOWN:
                self.told.append(f"hardly any or no run shows '{sight.id}'; the answer takes it for a mistake")

    def temper(self, decided: Array) -> tuple[Floats, Past, float, float]:
        """Walk inputs and luck towards what was seen after the start."""
        many, points = len(decided), decided.shape[1]
        luck = Luck(self.design.seed, "given/war", np.arange(points, dtype=np.uint64))
        u = np.concatenate([decided, luck.normals(len(self.rest))], axis=0)
        draws, fresh = np.arange(points, dtype=np.uint64) + np.uint64(BORROWED), BORROWED + points
        earlier, seen = self.decisions(decided), self.wars(u, draws)
        ancestor, heat, log_evidence, stride, stages = np.arange(points), 0.0, 0.0, HALF, 0
        while heat < 1.0:
            grown = next_power(seen, heat) if stages < STAGES else 1.0
            weight = (grown - heat) * seen
            top = weight.max()
            log_evidence += float(top + np.log(np.exp(weight - top).mean()))
            chosen = resample(np.exp(weight - top), float(luck.shares()[0]))
            u, draws, earlier, seen, ancestor = (
                u.take(chosen, axis=1),
                draws[chosen],
                earlier[chosen],
                seen[chosen],
                ancestor[chosen],
            )
            heat, stages = grown, stages + 1
            for _ in range(LAST_MOVES if heat >= 1.0 else MOVES):
                tried = np.sqrt(1 - stride**2) * u + stride * luck.normals(len(u))
                new = np.where(luck.shares() < HALF, draws, np.arange(fresh, fresh + points, dtype=np.uint64))
                fresh += points
                there, then = self.decisions(tried[:many]), self.wars(tried, new)
                taken = np.log(luck.shares()) < (there - earlier) + heat * (then - seen)
                u, draws = np.where(taken, tried, u), np.where(taken, new, draws)
                earlier, seen = np.where(taken, there, earlier), np.where(taken, then, seen)
                stride = float(np.clip(stride * np.exp(taken.mean() - GOAL), 0.02, 1.0))
        self._unseen(u, draws)
        share = np.bincount(ancestor, minlength=points) / points
        values = self.numbers.values(u[many:])
        found = self.overrides(u[:many]) | {path: values[n] for n, path in enumerate(self.rest)}
        return found, Past(draws, self.until), log_evidence, effective(share)
