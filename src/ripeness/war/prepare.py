"""Prepare: from a scenario to rows of numbers: which row of the drawn inputs is which trait of which faction.

Everything here is found out once for a war; the months then read arrays only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from ripeness.decision.choose import CODES
from ripeness.scenario.armed_polities import PRINCIPALS, in_order_of_war
from ripeness.scenario.faction_form import TraitsForm
from ripeness.scenario.model_parameters import parameter_names
from ripeness.scenario.number_paths import scenario_numbers
from ripeness.scenario.parameter_points import ParameterPoints, points_of
from ripeness.scenario.parameters_in_use import is_within_state, parameters_in_use
from ripeness.scenario.polity_form import Conduct, Resources
from ripeness.scenario.unstated import unstated_numbers
from ripeness.war.agenda import agenda, rule_of
from ripeness.war.blueprint import layout_of
from ripeness.war.conditions import Conditions, Constants, pathway_record
from ripeness.war.happening import Happening, changed_by, happenings
from ripeness.war.intervention import intervention_records
from ripeness.war.origin import origins
from ripeness.war.side import Flow as Flow  # noqa: PLC0414  (studies find them here)
from ripeness.war.side import Side as Side  # noqa: PLC0414
from ripeness.war.state import DRIVERS
from ripeness.world.calendar import STEPS, months_between
from ripeness.world.ceasefire import KINDS, NO_CEASEFIRE, ceasefire_code
from ripeness.world.chance import stable_id
from ripeness.world.identity_cache import IdentityCache
from ripeness.world.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ripeness.scenario.polity_form import IssueForm
    from ripeness.scenario.schema import Scenario
    from ripeness.war.block import BlockLayout

ZERO, HALF, ONE, NONE = "constant.zero", "constant.half", "constant.one", "constant.none"
CONSTANTS = {ZERO: 0.0, HALF: 0.5, ONE: 1.0, NONE: -1.0}
CEASEFIRES = {f"constant.ceasefire.{kind}": float(ceasefire_code(kind)) for kind in ("none", *KINDS)}
UNSTATED_CONDUCT = {"public_terms": NONE, "defection": ONE}
MOST_PREPARED = 24  # wars that are kept as prepared
TRAITS = tuple(TraitsForm.model_fields)
CONDUCT = tuple(Conduct.model_fields)
RESOURCES = tuple(Resources.model_fields)


@dataclass(frozen=True, slots=True)
class War:
    """A scenario as the months read it; `fought` are the months from its beginning to the start of the forecast.

    `points`: the joint posterior of those fitted parameters that it does not state. `initiator` is the place among the
    sides of the belligerent that began it, -1 where none is named. `truce` is the ceasefire in force at the start, by
    world/ceasefire.py, for so many months.
    """

    numbers: Mapping[str, Quantity]
    points: ParameterPoints
    row: Mapping[str, int]
    sides: tuple[Side, ...]
    parameters: NDArray[np.int64]
    happenings: tuple[Happening, ...]
    allowed: NDArray[np.float64]
    step: float
    horizon: int
    fought: float
    recent: bool
    within_state: bool
    initiator: int
    truce: int
    truce_months: float
    layout: BlockLayout = field(init=False)
    origins: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        """Give everything its place in the blocks, and say which drawn input it starts from."""
        changes = changed_by(self.happenings, self.sides)
        layout = layout_of(self.sides, self.happenings, changes)
        first = origins(layout, self.sides, self.parameters, self.row, self.happenings, changes)
        object.__setattr__(self, "layout", layout)
        object.__setattr__(self, "origins", first)

    @property
    def belligerents(self) -> int:
        """How many polities fight at the start: the two principals and their armed allies."""
        return sum(side.fights for side in self.sides)

    @property
    def armed(self) -> tuple[Side, ...]:
        """The sides of all that fight, the two principals first."""
        return self.sides[: self.belligerents]

    @property
    def principals(self) -> tuple[Side, Side]:
        """The two sides whose war it is, in the order of the file."""
        return self.sides[0], self.sides[1]

    @property
    def compiled(self) -> bool:
        """Whether every rule that decides in it is one that compiled months can call."""
        return all(name in CODES for side in self.sides for name, *_ in side.rules)

    def central(self) -> NDArray[np.float64]:
        """Every number at its median, the fitted parameters at their most central point. Shapes: returns (K,)."""
        values = np.array([number.centre for number in self.numbers.values()])
        values[[self.row[path] for path in self.points.paths]] = self.points.centre()
        return values

    def side(self, key: str) -> int:
        """The place of a polity among the sides."""
        return next(n for n, side in enumerate(self.sides) if side.key == key)


_PREPARED: IdentityCache[War] = IdentityCache(MOST_PREPARED)


def prepare(scenario: Scenario, horizon: int | None = None) -> War:
    """Turn a scenario into a war: the principals come first, in the order of the file, then their armed allies.

    A scenario that was prepared before is not prepared anew: studies simulate the same war many times.
    """
    return _PREPARED.get([scenario], (horizon,), lambda: _prepare(scenario, horizon))


def _prepare(scenario: Scenario, horizon: int | None) -> War:
    numbers: dict[str, Quantity] = {name: _constant(value) for name, value in (CONSTANTS | CEASEFIRES).items()}
    numbers |= {f"laws.{name}": parameter for name, parameter in parameters_in_use(scenario).items()}
    numbers |= {path: number for path, number in scenario_numbers(scenario).items() if not path.startswith("laws.")}
    row = {path: n for n, path in enumerate(numbers)}
    order = list(in_order_of_war(scenario))
    ceasefire = scenario.ceasefire if scenario.ceasefire and scenario.ceasefire.since <= scenario.start else None
    happening, unstated = happenings(scenario, row), unstated_numbers(scenario)
    return War(
        numbers=MappingProxyType(numbers),
        points=points_of(scenario),
        row=MappingProxyType(row),
        sides=tuple(_side(scenario, key, order, row, unstated) for key in order),
        parameters=np.array([row.get(f"laws.{name}", row[ZERO]) for name in parameter_names()]),
        happenings=happening,
        allowed=np.array(scenario.stake.allowed, dtype=np.float64),
        step=STEPS[scenario.step],
        horizon=horizon or scenario.horizon,
        fought=max(months_between(scenario.began, scenario.start), 0.0),
        recent=scenario.era == "after 1945",
        within_state=is_within_state(scenario),
        initiator=-1 if scenario.initiator is None else order.index(scenario.initiator),
        truce=NO_CEASEFIRE if ceasefire is None else ceasefire_code(ceasefire.kind),
        truce_months=0.0 if ceasefire is None else months_between(ceasefire.since, scenario.start),
    )


def constants_of(war: War, conditions: Conditions) -> Constants:
    """Write down what holds for all months of a war."""
    interventions = intervention_records(
        conditions.interventions, war.layout, tuple(1 - side.beside for side in war.armed)
    )
    pathways = pathway_record(conditions.pathways)
    return Constants(
        pathways,
        interventions,
        war.allowed,
        war.step,
        war.fought,
        conditions.seed,
        conditions.quiet,
        war.recent,
        war.within_state,
    )


def _constant(value: float) -> Quantity:
    return Quantity("point", (value,), -1.0, float(len(KINDS)), "index")


def _side(scenario: Scenario, key: str, order: list[str], row: Mapping[str, int], unstated: frozenset[str]) -> Side:
    polity, at = scenario.polities[key], f"polities.{key}"
    factions, issues = polity.factions, agenda(polity)
    faction_keys, issue_keys = tuple(factions), tuple(issues)
    roles = {
        issue.role: n
        for n, issue in enumerate(issues.values())
        if issue.role in {"terms", "effort", "restraint", "reform", "alignment", "mediation"}
    }
    terms = roles.get("terms", -1)

    def find(path: str, default: str) -> int:
        return row.get(f"{at}.{path}", row[default])

    def by_issue(what: str, default: str) -> NDArray[np.int64]:
        return np.array(
            [[find(f"factions.{f}.{what}.{i}", default) for f in faction_keys] for i in issue_keys], dtype=np.int64
        ).reshape(len(issue_keys), len(faction_keys))

    answers = [
        (n, i, driver, row[f"{at}.factions.{f}.responds.{i}.{driver}"])
        for i in issue_keys
        for n, (f, faction) in enumerate(factions.items())
        for driver in sorted(faction.responds.get(i, {}))
        if f"{at}.factions.{f}.responds.{i}.{driver}" in row
    ]
    hits = set(list(issues.values())[roles["reform"]].hits) if "reform" in roles else set()
    return Side(
        key=key,
        name=polity.name or key,
        fights=polity.role == "belligerent",
        beside=order.index(polity.beside or key) if polity.role == "belligerent" else -1,
        ruled_by=polity.ruled_by,
        is_movement=polity.kind == "movement",
        can_splinter=any(faction.traits.arms is not None for faction in factions.values()),
        random_key=stable_id(key),
        faction_keys=faction_keys,
        faction_names=tuple(faction.name or f for f, faction in factions.items()),
        faction_random_keys=np.array([stable_id(f"{key}/{f}") for f in faction_keys], dtype=np.int64),
        issue_keys=issue_keys,
        leader=next(n for n, faction in enumerate(factions.values()) if faction.leads),
        veto=np.array([faction.veto for faction in factions.values()]),
        culpable=np.array([float(faction.culpable) for faction in factions.values()]),
        streets=tuple(n for n, faction in enumerate(factions.values()) if faction.public),
        has_role=tuple(issue.role is not None for issue in issues.values()),
        hit=np.array([f in hits for f in faction_keys]),
        rent_issue=np.array(
            [issue_keys.index(f.rent_issue) if f.rent_issue in issues else -1 for f in factions.values()]
        ),
        terms=terms,
        effort=roles.get("effort", -1),
        restraint=roles.get("restraint", -1),
        reform=roles.get("reform", -1),
        alignment=roles.get("alignment", -1),
        may_change=any(issue.may_change for issue in issues.values()),
        mediation=roles.get("mediation", -1),
        rules=_rules(issues, faction_keys),
        flows=tuple(
            Flow(n, str(issue.role), order.index(issue.toward))
            for n, issue in enumerate(issues.values())
            if issue.role in {"aid", "sanctions", "trade"} and issue.toward
        ),
        concentrated=polity.power is not None,
        power=np.array([find(f"factions.{f}.power", ONE) for f in faction_keys]),
        traits=np.array([[find(f"factions.{f}.traits.{trait}", ZERO) for f in faction_keys] for trait in TRAITS]),
        stated=by_issue("positions", HALF),
        salience=by_issue("salience", ZERO),
        terms_stated=np.array([row.get(f"{at}.factions.{f}.positions.{issue_keys[terms]}", -1) for f in faction_keys])
        if terms >= 0
        else np.full(len(faction_keys), -1),
        reference=np.array([find(f"issues.{i}.reference", HALF) for i in issue_keys], dtype=np.int64),
        responds=tuple((issue_keys.index(i), n, DRIVERS.index(driver)) for n, i, driver, _ in answers),
        response_rows=np.array([number for *_, number in answers], dtype=np.int64),
        conduct={name: find(f"conduct.{name}", UNSTATED_CONDUCT.get(name, ZERO)) for name in CONDUCT},
        resources={name: find(f"resources.{name}", ZERO) for name in RESOURCES},
        patron={
            name: find(name, ONE if name == "reliability" else ZERO)
            for name in ("aid_capacity", "sanctions_weight", "trade_weight", "reliability")
        }
        | {"mediation_cost": find("mediator.cost", ZERO)},
        leverage={
            "offers": np.array([find(f"mediator.{name}", ZERO) for name in ("information", "guarantee", "monitoring")]),
        }
        | {
            name: np.array([find(f"mediator.{name}.{principal}", ZERO) for principal in order[:PRINCIPALS]])
            for name in ("payments", "threats", "penalties")
        },
        states_deaths=f"{at}.resources.deaths" in row,
        unstated=frozenset(name for name in RESOURCES if f"{at}.resources.{name}" in unstated),
        unstated_positions=np.array(
            [[f"{at}.factions.{f}.positions.{i}" in unstated for f in faction_keys] for i in issue_keys], dtype=np.bool_
        ).reshape(len(issue_keys), len(faction_keys)),
        unstated_traits={
            trait: np.array([f"{at}.factions.{f}.traits.{trait}" in unstated for f in faction_keys]) for trait in TRAITS
        },
        terms_stood=inf if polity.terms_since is None else months_between(polity.terms_since, scenario.start),
    )


def _rules(issues: Mapping[str, IssueForm], factions: tuple[str, ...]) -> tuple[tuple[str, int, int, int], ...]:
    """For each rule: its name, its captor (`capture:FACTION`; -1 for none), and the issues from ..
    to that it decides.
    """
    rule_names = [rule_of(issue) for issue in issues.values()]
    rules = []
    for rule in dict.fromkeys(rule_names):
        name, _, who = rule.partition(":")
        first = rule_names.index(rule)
        rules.append((name, factions.index(who) if who else -1, first, first + rule_names.count(rule)))
    return tuple(rules)
