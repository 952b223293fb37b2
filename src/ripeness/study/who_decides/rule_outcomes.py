"""Where a council's rules come out at each of its decisions by degree, in many draws at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.decision.rule import CAPTOR, FOLLOWS
from ripeness.decision.rules import TABLE
from ripeness.scenario.polity_form import PolityForm
from ripeness.study.who_decides.contest_chances import NOBODY
from ripeness.study.who_decides.contests import OTHER_RULE
from ripeness.study.who_decides.item import Item
from ripeness.study.who_decides.positions import CENTRE, PositionCourse, stated_salience
from ripeness.study.who_decides.prior import PowerPrior, power_from_strengths, power_on_days, write_paths
from ripeness.war.agenda import rule_of
from ripeness.world.fault import Fault

Array = NDArray[np.float64]
CAPTURE = "capture"
PIVOT_RULES = ("", "pivot_or_leader", "weighted_median")  # under which a choice follows pivot or leader
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class RuleCouncil:
    """Who sits in a council and how it settles its issues: each rule with its captor (-1 for none) and its issues.

    Shapes: salience (I, F); veto (F,). `leader` is the number of the faction that leads, -1 for none.
    """

    factions: tuple[str, ...]
    issues: tuple[str, ...]
    salience: Array
    rules: tuple[tuple[str, int, tuple[int, ...]], ...]
    leader: int
    veto: NDArray[np.bool_]

    @property
    def follows(self) -> bool:
        """Whether a rule follows either the leader or the pivot, which is a matter of chance."""
        return any(FOLLOWS in TABLE[name].uses for name, _, _ in self.rules)


@dataclass(frozen=True, slots=True)
class Situations:
    """The different situations in which items were decided: an issue, with factions where they stand on that day.

    Items that share issue and positions are settled once. Shapes: months (H,) and of_item (H,) of each item, its
    situation; issue (S,), shift and carry (S, F). `of_rule` are the situations, and the items, that each rule settles;
    `moved` whether any faction stands elsewhere than at the start.
    """

    months: Array
    of_item: Places
    issue: Places
    shift: Array
    carry: Array
    of_rule: tuple[tuple[Places, Places], ...]
    moved: bool


def rule_council(form: PolityForm, issues: Sequence[str]) -> RuleCouncil:
    """The council of a polity, for the issues that are read."""
    factions = tuple(form.factions)
    salience = np.array([[stated_salience(form, faction, issue) for faction in factions] for issue in issues])
    return RuleCouncil(
        factions=factions,
        issues=tuple(issues),
        salience=salience.reshape(len(issues), len(factions)),
        rules=_rules_of(form, issues, factions),
        leader=next((n for n, faction in enumerate(form.factions.values()) if faction.leads), -1),
        veto=np.array([faction.veto for faction in form.factions.values()]),
    )


def lone_decider(form: PolityForm, item: Item, factions: Sequence[str]) -> int:
    """The faction that decides a choice alone by its issue's rule; -1 for pivot or leader, -2 for another rule.

    Raises: Fault for options without places under a rule that settles where on the issue a decision stands.
    """
    if item.kind != "choice":
        return NOBODY
    name, _, captor = form.issues[item.issue].rule.partition(":")
    if name == CAPTURE and captor in factions:
        return factions.index(captor)
    if name in PIVOT_RULES:
        return NOBODY
    if None in item.alternatives:
        raise Fault(
            f"'{item.id}' is a choice among options without places, but the rule of '{item.issue}' is '{name}', which "
            "needs them: give the options places, or leave the rule out"
        )
    return OTHER_RULE


def observed_issues(form: PolityForm, items: Sequence[Item]) -> tuple[str, ...]:
    """Observed issues; with them those that a rule settles together with them."""
    observed = {item.issue for item in items if item.issue}
    joint = {_rule_of(form, issue) for issue in observed if TABLE[_rule_of(form, issue)].joint}
    return tuple(key for key in form.issues if key in observed or _rule_of(form, key) in joint)


def _rule_of(form: PolityForm, issue: str) -> str:
    return rule_of(form.issues[issue]).partition(":")[0]


def _rules_of(
    form: PolityForm, issues: Sequence[str], factions: Sequence[str]
) -> tuple[tuple[str, int, tuple[int, ...]], ...]:
    """Each rule with its captor (-1 for none) and the issues that it settles."""
    issues_by_rule: dict[tuple[str, int], list[int]] = {}
    for n, key in enumerate(issues):
        captor = form.issues[key].rule.partition(":")[2]
        rule = _rule_of(form, key), factions.index(captor) if captor in factions else NOBODY
        issues_by_rule.setdefault(rule, []).append(n)
    return tuple((name, captor, tuple(rows)) for (name, captor), rows in issues_by_rule.items())


def situations(council: RuleCouncil, items: Sequence[Item], shift: Array, carry: Array) -> Situations:
    """Collect the situations of items by degree. Shapes: shift, carry (H, F)."""
    issue = np.array([council.issues.index(item.issue) for item in items], dtype=np.intp)
    keys = np.concatenate([issue[:, None].astype(np.float64), shift, carry], axis=1)
    _, first, of_item = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    months, of_item = np.array([item.months for item in items], dtype=np.float64), of_item.reshape(-1).astype(np.intp)
    settled = [np.isin(issue[first], rule_issues) for _, _, rule_issues in council.rules]
    return Situations(
        months,
        of_item,
        issue[first],
        shift[first],
        carry[first],
        tuple((np.flatnonzero(mask), np.flatnonzero(mask[of_item])) for mask in settled),
        bool(np.any(shift[first]) or np.any(carry[first] != 1)),
    )


def rule_outcomes(
    council: RuleCouncil,
    cases: Situations,
    prior: PowerPrior,
    strengths: Array,
    stated: Array,
    leader_weight: Array,
    settings: Array,
) -> Array:
    """What the rule gives at each item.

    Shapes: strengths (K, F, N) log strengths at the knots; stated (I * F, N) positions at the start; leader_weight
    (N,); settings (SETTINGS, N); returns (H, N).
    """
    runs = stated.shape[1]
    at_start = np.ascontiguousarray(stated).reshape(len(council.issues), len(council.factions), runs)
    position = at_start[cases.issue]
    if cases.moved:
        position = np.clip(cases.carry[:, :, None] * position + cases.shift[:, :, None], 0.0, 1.0)
    still = len(prior.knots) == 1 or not prior.unknowns  # the same power on every day
    power = power_from_strengths(strengths)[0] if still else np.empty(0)
    outcomes = np.empty((len(cases.months), runs))
    for (name, captor, rule_issues), (picked, rows) in zip(council.rules, cases.of_rule, strict=True):
        settings[CAPTOR] = captor
        if not len(rows):
            continue
        if TABLE[name].joint:
            for n in rows:
                if not still:
                    power = power_on_days(strengths, *prior.locate_knots(cases.months[[n]]))[0]
                together = at_start[list(rule_issues)]
                together[rule_issues.index(cases.issue[cases.of_item[n]])] = position[cases.of_item[n]]
                settled = _settle(council, name, power, together, np.array(rule_issues), leader_weight, settings)
                outcomes[n] = settled[rule_issues.index(cases.issue[cases.of_item[n]])]
        elif still:
            settled = _settle(council, name, power, position[picked], cases.issue[picked], leader_weight, settings)
            outcomes[rows] = settled[np.searchsorted(picked, cases.of_item[rows])]
        else:
            outcomes[rows] = _side_by_side(
                council, name, cases, prior, strengths, position, rows, leader_weight, settings
            )
    return np.clip(outcomes, 0.0, 1.0)


def _settle(
    council: RuleCouncil,
    name: str,
    power: Array,
    position: Array,
    issue: Places,
    leader_weight: Array,
    settings: Array,
) -> Array:
    """Call a rule on some situations. Shapes: power (F, N), position (S, F, N), issue (S,); returns (S, N)."""
    settled = np.empty((position.shape[0], position.shape[2]))
    salience = np.ascontiguousarray(np.broadcast_to(council.salience[issue][:, :, None], position.shape))
    stays = np.full(settled.shape, CENTRE.centre)
    TABLE[name].kernel(
        power,
        salience,
        np.ascontiguousarray(position),
        council.veto,
        council.leader,
        leader_weight,
        stays,
        settings,
        settled,
    )
    return settled


def _side_by_side(
    council: RuleCouncil,
    name: str,
    cases: Situations,
    prior: PowerPrior,
    strengths: Array,
    position: Array,
    rows: Places,
    leader_weight: Array,
    settings: Array,
) -> Array:
    """Call a rule once for many dates, each a block of draws of its own.

    Shapes: strengths (K, F, N), position (S, F, N), rows (H',) of items; returns (H', N).
    """
    n_dates, runs, factions = len(rows), position.shape[2], len(council.factions)
    next_knot, part = prior.locate_knots(cases.months[rows])
    power, out = np.empty((factions, n_dates * runs)), np.empty((1, n_dates * runs))
    stances, saliences = np.empty((1, factions, n_dates * runs)), np.empty((1, factions, n_dates * runs))
    salience, place = np.ascontiguousarray(council.salience[cases.issue]), cases.of_item[rows]
    write_paths(strengths, next_knot, part, position, salience, place, power, stances, saliences)
    tiled = np.tile(settings, n_dates) if TABLE[name].uses else settings  # read only by rules that have settings
    stays = np.full((1, n_dates * runs), CENTRE.centre)
    TABLE[name].kernel(
        power, saliences, stances, council.veto, council.leader, np.tile(leader_weight, n_dates), stays, tiled, out
    )
    return out.reshape(n_dates, runs)


def with_stances(
    course: PositionCourse, items: Sequence[Item], deciders: Sequence[int], factions: Sequence[str]
) -> PositionCourse:
    """Put each faction at the option that it stood behind, in choices that a rule of their own settles."""
    shift, carry = course.shift.copy(), course.carry.copy()
    for n, item in enumerate(items):
        if deciders[n] == OTHER_RULE:
            for faction in set(factions) & item.stances.keys():
                shift[n, factions.index(faction)] = item.alternatives[item.stances[faction]]
                carry[n, factions.index(faction)] = 0.0
    return PositionCourse(shift, carry)
