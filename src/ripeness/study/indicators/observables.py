"""Observables: what can be seen of a war from outside, recorded during the simulation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.recorder import RunRecorder
from ripeness.scenario.schema import OwnIndicator, Scenario
from ripeness.war.prepare import Side, War
from ripeness.war.situation import Situation

Array = NDArray[np.float64]
MONTHS = (1.0, 2.0, 3.0, 6.0, 9.0, 12.0)  # at which it is noted how things stand
VARIABLES = {"media_line": "media"}  # as a scenario names them, where the observable has another name
Observe = Callable[[Situation], Array]


@dataclass(frozen=True, slots=True)
class Observable:
    """Something that can be seen: its key, what it is in words, its unit, and where to look.

    `kind`: by which the rubric of statements and events finds it; none for one that is itself a statement or event.
    """

    key: str
    name: str
    unit: str
    look: Observe
    kind: str = ""


@dataclass
class ObservationRecorder(RunRecorder):
    """Observations at some months in every run; not a number where the war was over.

    Shapes: values (observables, months, R).
    """

    arrays: ClassVar[tuple[str, ...]] = ("values",)

    observables: tuple[Observable, ...]
    months: tuple[float, ...]
    step: float
    n_runs: int

    def __post_init__(self) -> None:
        """Make room for every run."""
        self.allocate(self.n_runs)
        self.pages = {round(month / self.step) - 1: n for n, month in enumerate(self.months)}

    def allocate(self, runs: int) -> None:
        """Allocate the array."""
        self.values = np.full((len(self.observables), len(self.months), runs), np.nan, dtype=np.float32)

    def __call__(self, number: int, situation: Situation, place: NDArray[np.intp]) -> None:
        """Record this step; called by the ensemble after each step of each chunk."""
        page = self.pages.get(number)
        if page is None:
            return
        going = place >= 0
        runs = self.columns(situation, going)
        for row, observable in enumerate(self.observables):
            self.values[row, page, runs] = observable.look(situation)[going]


def observation_recorder(war: War, scenario: Scenario, n_runs: int, until: float) -> ObservationRecorder:
    """Return a recorder of every observable of this war, at the usual months before `until`."""
    months = tuple(month for month in MONTHS if war.step <= month < until)
    return ObservationRecorder(observables(war, scenario), months, war.step, n_runs)


def observables(war: War, scenario: Scenario) -> tuple[Observable, ...]:
    """List the observables: the front, each belligerent, what patrons decide, and which events happened."""
    first = war.sides[0].name
    listed = [
        Observable("line", f"line of the front: share of the stake held by {first}", "share", _line, "line"),
        Observable(
            "moved", f"movement of the front in the month, towards {first}'s victory", "log odds", _moved, "moved"
        ),
    ]
    for n, side in enumerate(war.sides):
        listed += _of_belligerent(n, side, scenario) if side.fights else _of_patron(n, side, scenario)
    listed += [
        Observable(f"event.{event.key}", f"it has happened: {event.name}", "yes or no", _event(n))
        for n, event in enumerate(war.happenings)
    ]
    by_key = {observable.key: observable for observable in listed}
    listed += [_of_own(key, own, war, by_key) for key, own in scenario.indicators.items()]
    return tuple(listed)


def _of_own(key: str, own: OwnIndicator, war: War, by_key: Mapping[str, Observable]) -> Observable:
    """An indicator of the scenario: seen where its issue or variable stands at its value or beyond."""
    if own.issue is not None:
        side = next(n for n, side in enumerate(war.sides) if side.key == own.polity)
        look = _decided(side, war.sides[side].issue_keys.index(own.issue))
    else:
        shown = "line" if own.polity is None else f"{own.polity}.{VARIABLES.get(own.shows or '', own.shows)}"
        look = by_key[shown].look if shown in by_key else _never

    def seen(situation: Situation) -> Array:
        values = look(situation)
        return np.asarray(values >= own.value if own.when == "at least" else values <= own.value, dtype=np.float64)

    return Observable(f"own.{key}", own.words, "yes or no", seen)


def _never(situation: Situation) -> Array:
    """A variable that this war does not have, such as protest where nobody takes to the streets: it stands at 0."""
    return np.zeros_like(_line(situation))


def _line(situation: Situation) -> Array:
    return np.asarray(1 / (1 + np.exp(-situation.shared.front)))


def _moved(situation: Situation) -> Array:
    return situation.shared.moved


def _of_belligerent(n: int, side: Side, scenario: Scenario) -> list[Observable]:
    key, name = side.key, side.name

    def field_of(field: str) -> Observe:
        return lambda situation: np.asarray(getattr(situation.belligerents()[n], field))

    def decided(issue: int) -> Observe:
        return lambda situation: situation.sides[n].decided[issue]

    def losses(situation: Situation) -> Array:
        polity = situation.belligerents()[n]
        return np.asarray(polity.new_deaths * polity.reporting)

    listed = [
        Observable(
            f"{key}.media",
            f"media line of {name}: share of the stake it calls for",
            "share",
            decided(side.terms),
            "media",
        ),
        Observable(f"{key}.offer", f"public demand of {name}", "share", field_of("demand"), "offer"),
        Observable(f"{key}.losses", f"losses that {name} reports in the month", "thousand deaths", losses, "losses"),
        Observable(f"{key}.effort", f"war effort of {name}", "share", field_of("effort"), "effort"),
        Observable(
            f"{key}.economy", f"output of {name}, against before the war", "share", field_of("economy"), "economy"
        ),
        Observable(f"{key}.fell", f"the leader of {name} has fallen", "yes or no", field_of("leader_fell"), "fell"),
        Observable(
            f"{key}.leaked",
            f"true losses of {name} have leaked",
            "yes or no",
            _any_positive(field_of("leaked")),
            "leaked",
        ),
        Observable(
            f"{key}.left",
            f"a faction of {name} has left",
            "yes or no",
            _any_positive(_largest(field_of("has_left"))),
            "left",
        ),
    ]
    if side.streets:
        listed.append(
            Observable(f"{key}.protest", f"protest in {name}", "share", _largest(field_of("participation")), "protest")
        )
    for issue, label in ((side.reform, "crackdown of"), (side.restraint, "restraint of")):
        if issue >= 0:
            words = scenario.polities[key].issues[side.issue_keys[issue]].name
            suffix = f" ({words})" if words else ""
            kind = label.split()[0]
            listed.append(Observable(f"{key}.{kind}", f"{label} {name}{suffix}", "share", decided(issue), kind))
    return listed


def _of_patron(n: int, side: Side, scenario: Scenario) -> list[Observable]:
    listed = []
    for flow in side.flows:
        issue = side.issue_keys[flow.issue]
        words = scenario.polities[side.key].issues[issue].name
        label = f"{words} ({side.name} decides)" if words else f"{flow.role} of {side.name}"
        listed.append(Observable(f"{side.key}.{issue}", label, "share", _decided(n, flow.issue), flow.role))
    return listed


def _decided(side: int, issue: int) -> Observe:
    return lambda situation: situation.sides[side].decided[issue]


def _event(n: int) -> Observe:
    return lambda situation: situation.shared.happened[n]


def _largest(look: Observe) -> Observe:
    return lambda situation: look(situation).max(axis=0)


def _any_positive(look: Observe) -> Observe:
    return lambda situation: (look(situation) > 0).astype(np.float64)
