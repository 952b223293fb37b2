"""Who takes part: two principals, their armed allies, patrons, their issues and factions, and what each may have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ripeness.decision.rules import RULE_NAMES
from ripeness.scenario.archetypes import ORGANISATIONS, REGIMES, archetypes
from ripeness.scenario.decimal_comma import split_hint
from ripeness.scenario.polity_form import IssueForm, PolityForm
from ripeness.scenario.schema import Scenario
from ripeness.scenario.yaml_node import Node
from ripeness.world.fault import Fault
from ripeness.world.wording import join_words, unknown_name

ROLES = {
    "belligerent": ("terms", "effort", "restraint", "reform", "alignment"),
    "patron": ("aid", "sanctions", "trade", "mediation"),
}
NEEDS = {"aid": "aid_capacity", "sanctions": "sanctions_weight", "trade": "trade_weight"}
OF_PATRONS = (*NEEDS.values(), "mediator")
OF_BELLIGERENTS = ("resources", "terms_since")
CAUSES = ("pressure", "weariness", "front", "rents", "discontent")


def polity_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Exactly two principals, with a share of the stake between them; allies beside one of them; patrons."""
    fighting = [key for key, polity in scenario.polities.items() if polity.role == "belligerent"]
    leading = [key for key in fighting if scenario.polities[key].beside is None]
    if len(leading) != 2:
        listed = f": {', '.join(leading)}" if leading else ""
        yield Fault(
            "a war has exactly two belligerents that fight beside nobody; "
            f"here are {len(leading)}{listed}; any other says 'beside: POLITY', in whose camp it fights",
            tree.at(["polities"]).key,
        )
    yield from _camp_faults(scenario, leading, tree)
    if scenario.initiator is not None and scenario.initiator not in leading:
        message = unknown_name("a belligerent that fights beside nobody", scenario.initiator, leading)
        yield Fault(message, tree.at(["initiator"]).place)
    for key, polity in scenario.polities.items():
        yield from _role_faults(polity, tree.at(["polities", key]))
    allowed = tree.at(["stake", "allowed"])
    for index, share in enumerate(scenario.stake.allowed):
        if not 0 <= share <= 1:
            message = f"an allowed share lies from 0 to 1, not at {share:g}{split_hint(allowed)}"
            yield Fault(message, allowed.at([index]).place)


def _camp_faults(scenario: Scenario, leading: list[str], tree: Node) -> Iterator[Fault]:
    """An armed ally fights beside a principal; whoever fights beside nobody has no alignment to decide."""
    for key, polity in scenario.polities.items():
        node = tree.at(["polities", key])
        if polity.beside is not None and polity.role == "patron":
            message = "'beside' belongs to belligerents; a patron names the polity that it helps by an issue's 'toward'"
            yield Fault(message, node.at(["beside"]).key)
        elif polity.beside is not None and polity.beside not in leading:
            message = unknown_name("a belligerent that fights beside nobody", polity.beside, leading)
            yield Fault(message, node.at(["beside"]).place)
        for name, issue in polity.issues.items():
            place = node.at(["issues", name])
            if issue.role == "alignment" and polity.role == "belligerent" and polity.beside is None:
                message = "the role alignment is one of an armed ally; this polity fights beside nobody"
                yield Fault(message, place.at(["role"]).place)
            if issue.may_change and issue.role != "alignment":
                yield Fault("'may_change' belongs to an issue with role alignment", place.at(["may_change"]).key)


def _role_faults(polity: PolityForm, node: Node) -> Iterator[Fault]:
    wrong = OF_PATRONS if polity.role == "belligerent" else OF_BELLIGERENTS
    for key in wrong:
        if key in node.map():
            other_role = "patrons" if polity.role == "belligerent" else "belligerents"
            yield Fault(f"'{key}' belongs to {other_role}; this polity is a {polity.role}", node.at([key]).key)
    yield from _kind_faults(polity, node)
    if not polity.factions:
        yield Fault("a polity has at least one faction", node.at(["factions"]).key)


def _kind_faults(polity: PolityForm, node: Node) -> Iterator[Fault]:
    """A state has a regime, a movement an organisation."""
    if polity.kind == "movement" and polity.regime is not None:
        advice = f"write 'organisation: {join_words(ORGANISATIONS, 'or')}' instead of 'regime'"
        yield Fault(f"a movement has no regime; {advice}", node.at(["regime"]).key)
    if polity.kind == "state" and polity.organisation is not None:
        advice = f"write 'regime: {join_words(REGIMES, 'or')}', or 'kind: movement' beside it"
        yield Fault(f"an organisation is a movement's; this polity is a state: {advice}", node.at(["organisation"]).key)


def issue_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Issues with a role that fits their polity, and everything that the role needs."""
    for key, polity in scenario.polities.items():
        role_counts: Counter[tuple[str, str | None]] = Counter()
        for name, issue in polity.issues.items():
            node = tree.at(["polities", key, "issues", name])
            yield from _faults_of_issue(scenario, polity, issue, node)
            if issue.role is not None:
                role_counts[issue.role, issue.toward] += 1
                if role_counts[issue.role, issue.toward] == 2:
                    yield Fault(f"a second issue with role {issue.role}; a polity has one of each", node.key)
        if polity.role == "belligerent" and ("terms", None) not in role_counts:
            yield Fault("a belligerent needs an issue with role terms", tree.at(["polities", key, "issues"]).key)


def _faults_of_issue(scenario: Scenario, polity: PolityForm, issue: IssueForm, node: Node) -> Iterator[Fault]:
    if issue.role is not None and issue.role not in ROLES[polity.role]:
        fitting = ", ".join(ROLES[polity.role])
        yield Fault(
            f"the role {issue.role} is not one of a {polity.role}; its roles are {fitting}", node.at(["role"]).place
        )
    yield from _coupling_faults(scenario, polity, issue, node)
    if issue.choice and issue.role == "terms":
        yield Fault("terms of peace are settled by degrees; take 'choice' off", node.at(["choice"]).place)
    if issue.rule:
        yield from _faults_of_rule(polity, issue.rule, node.at(["rule"]))


def _faults_of_rule(polity: PolityForm, rule_text: str, node: Node) -> Iterator[Fault]:
    """A rule of the table; `capture:FACTION` says who decides alone."""
    name, _, captor = rule_text.partition(":")
    if name not in RULE_NAMES or (captor and name != "capture"):
        yield Fault(unknown_name("a decision rule", rule_text, RULE_NAMES), node.place)
    elif name == "capture" and captor not in polity.factions:
        message = (
            unknown_name("a faction of this polity", captor, polity.factions) if captor else "capture says by whom"
        )
        yield Fault(f"{message}; write 'rule: capture:{next(iter(polity.factions), 'FACTION')}'", node.place)


def _coupling_faults(scenario: Scenario, polity: PolityForm, issue: IssueForm, node: Node) -> Iterator[Fault]:
    fighting = [key for key, belligerent in scenario.polities.items() if belligerent.role == "belligerent"]
    if issue.role in NEEDS and polity.role == "patron":
        if issue.toward is None:
            yield Fault(
                f"an issue with role {issue.role} says toward whom: 'toward: {join_words(fighting, 'or')}'", node.key
            )
        if getattr(polity, NEEDS[issue.role]) is None:
            yield Fault(
                f"an issue with role {issue.role} needs '{NEEDS[issue.role]}' beside the polity's issues", node.key
            )
    if issue.role == "mediation" and polity.mediator is None:
        message = (
            "an issue with role mediation needs 'mediator' beside the polity's issues: what it can bring to a peace"
        )
        yield Fault(message, node.key)
    if issue.toward is not None and issue.role not in NEEDS:
        message = (
            f"'toward' belongs to an issue with role {join_words(tuple(NEEDS), 'or')}; take it off, or give the role"
        )
        yield Fault(message, node.at(["toward"]).key)
    elif issue.toward is not None and issue.toward not in fighting:
        yield Fault(unknown_name("a belligerent", issue.toward, fighting), node.at(["toward"]).place)
    if issue.role == "reform" and not issue.hits:
        yield Fault("an issue with role reform names the factions that it hits: 'hits: [...]'", node.key)
    for index, hit in enumerate(issue.hits):
        if hit not in polity.factions:
            yield Fault(unknown_name("a faction of this polity", hit, polity.factions), node.at(["hits", index]).place)


def faction_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """One leader a polity; known archetypes; positions on issues that exist, and on all that need one."""
    for key, polity in scenario.polities.items():
        leads = [name for name, faction in polity.factions.items() if faction.leads]
        node = tree.at(["polities", key, "factions"])
        if len(leads) != 1 and polity.factions:
            place = node.at([leads[1], "leads"]).place if leads else node.key
            yield Fault(f"exactly one faction of '{key}' leads; here {_leaders_in_words(leads)}", place)
        for name, faction in polity.factions.items():
            if faction.archetype not in archetypes():
                place = node.at([name, "archetype"]).place
                yield Fault(unknown_name("an archetype", faction.archetype, archetypes()), place)
            if faction.rent_issue is not None and faction.rent_issue not in polity.issues:
                place = node.at([name, "rent_issue"]).place
                yield Fault(unknown_name("an issue of this polity", faction.rent_issue, polity.issues), place)
            yield from _position_faults(polity, faction.positions, node.at([name]), faction.responds)
            for issue in faction.salience:
                if issue not in polity.issues:
                    yield Fault(
                        unknown_name("an issue of this polity", issue, polity.issues),
                        node.at([name, "salience", issue]).key,
                    )
        country = polity.country
        yield from _position_faults(
            polity, country.positions, tree.at(["polities", key, "country"]), country.responds, all_of_them=False
        )


def _leaders_in_words(leads: list[str]) -> str:
    return f"{', '.join(leads)} do" if leads else "none does; write 'leads: true' at one of them"


def _position_faults(
    polity: PolityForm,
    positions: Mapping[str, object],
    node: Node,
    responds: Mapping[str, Mapping[str, object]],
    *,
    all_of_them: bool = True,
) -> Iterator[Fault]:
    for issue in positions:
        if issue not in polity.issues:
            yield Fault(
                unknown_name("an issue of this polity", issue, polity.issues), node.at(["positions", issue]).key
            )
    for issue, causes in responds.items():
        if issue not in polity.issues:
            yield Fault(unknown_name("an issue of this polity", issue, polity.issues), node.at(["responds", issue]).key)
        for cause in causes:
            if cause not in CAUSES:
                yield Fault(
                    unknown_name("something that positions respond to", cause, CAUSES),
                    node.at(["responds", issue, cause]).key,
                )
    for name, issue_form in polity.issues.items():
        if all_of_them and issue_form.role is None and name not in positions:
            yield Fault(f"a position on '{name}' is missing; an issue without a role has no default", node.key)


SLACK = 0.02  # shares of power written with two digits may miss 1 by this much


def power_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Powers that are missing, or that cannot sum to 1."""
    for key, polity in scenario.polities.items():
        node = tree.at(["polities", key, "factions"])
        missing = [name for name, faction in polity.factions.items() if faction.power is None]
        for name in missing:
            yield Fault(
                f"the faction '{name}' has no power; state its share of influence in '{key}'", node.at([name]).key
            )
        if polity.factions and not missing:
            yield from _sum(key, polity, node)


def _sum(key: str, polity: PolityForm, node: Node) -> Iterator[Fault]:
    ends = [faction.power.interval() for faction in polity.factions.values() if faction.power is not None]
    low, centre, high = (sum(column) for column in zip(*ends, strict=True))
    if abs(centre - 1) <= SLACK or low - SLACK <= 1 <= high + SLACK:
        return
    side = f"at least {low:.3g}" if low > 1 else f"at most {high:.3g}"
    sums = (
        f"they sum to {centre:.3g}" if low == high else f"they sum to {centre:.3g}, and to {side} within their ranges"
    )
    yield Fault(f"the powers of the factions of '{key}' cannot sum to 1: {sums}", node.key)
