"""Where the file of a council contradicts itself: what cannot be so, and what a coder should look at again."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.scenario.council_form import CouncilForm, earliest_day
from ripeness.scenario.yaml_node import Node
from ripeness.world.fault import Fault

DEMOCRACY, AUTOCRACY = 6, -6  # polity2 from which on, and down to which; cases/councils/README.md, rule 10
OLDEST_SCORE = 6  # years: that of the year before the decision, or the latest within the five years before that
HALF = 0.5  # weight of a person who attends without a vote
TO_FILL_IN = "to be filled in"  # what the file of a council made from an actor table leaves to the coder
LARGE_COUNCIL = 12  # members; no faction of the record has half as many

RuleBreach = tuple[str, tuple[int | str, ...]]


def contradictions(form: CouncilForm) -> Iterator[RuleBreach]:
    """Statements of one file that cannot both be true."""
    if not form.id.endswith(str(form.date)):
        yield f"the decision is dated {form.date}, and the id says another day: '{form.id}'", ("date",)
    yield from _regime_contradictions(form)
    yield from _leader_contradictions(form)
    yield from _weight_contradictions(form)
    for side, keys in (("for", form.decision.for_), ("against", form.decision.against)):
        for index, key in enumerate(keys):
            if key in keys[:index]:
                yield f"'{key}' stands twice among those {side}", ("decision", side, index)
    for index, key in enumerate(form.decision.against):
        if key in form.decision.for_:
            yield (
                f"'{key}' is among those for as well; a member is for, against or neither",
                ("decision", "against", index),
            )


def _regime_contradictions(form: CouncilForm) -> Iterator[RuleBreach]:
    score, year, kind = form.regime.polity2, form.regime.year, form.regime.type
    if not form.date.year - OLDEST_SCORE <= year < form.date.year:
        message = f"the regime is judged on the year before the decision ({form.date.year - 1}), not on {year}"
        yield message, ("regime", "year")
    if score is None and not form.regime.why.strip():
        yield "a regime without a score says 'why' it is read so", ("regime",)
    if score is not None:
        ruled = "democracy" if score >= DEMOCRACY else "autocracy" if score <= AUTOCRACY else "mixed"
        if kind != ruled:
            yield f"a polity2 of {score} is {ruled} by the rule, not {kind}", ("regime", "type")


def _leader_contradictions(form: CouncilForm) -> Iterator[RuleBreach]:
    leader, fared = form.leader.member, form.decision.leader
    if fared == "had_his_way" and leader in form.decision.against:
        yield "the leader had his way, and is among those against the decision", ("decision", "leader")
    if fared == "divided" and not form.leader.divided:
        yield "the leader's fate is 'divided', and 'leader' says that he was not divided", ("decision", "leader")


def _weight_contradictions(form: CouncilForm) -> Iterator[RuleBreach]:
    for index, member in enumerate(form.members):
        if not (member.weight / HALF).is_integer():
            message = (
                f"a weight counts members: 1 for each, {HALF:g} for each who attends without a vote; not"
                f" {member.weight:g}"
            )
            yield message, ("members", index, "weight")
        elif member.vote and not member.weight.is_integer():
            message = f"a member with a vote weighs 1, a faction as many as it has members; not {member.weight:g}"
            yield message, ("members", index, "weight")


def council_warnings(form: CouncilForm, tree: Node) -> list[Fault]:
    """What a coder should look at again, though it can be so."""
    doubtful = (*_heavy_members(form), *_outvoted_decisions(form), *_vague_days(form, tree), *_early_sources(form))
    return [*_open_places(tree), *(Fault(message, tree.at(where).place) for message, where in doubtful)]


def _open_places(tree: Node) -> list[Fault]:
    """One warning for all texts that are still to be filled in, at the first of them."""
    places = [node.place for node in _leaves(tree) if isinstance(node.content, str) and TO_FILL_IN in node.content]
    if not places:
        return []
    count = "1 text is" if len(places) == 1 else f"{len(places)} texts are"
    message = f"{count} {TO_FILL_IN}, this the first: the file is no record of a decision yet"
    return [Fault(message, places[0])]


def _leaves(node: Node) -> Iterator[Node]:
    """The scalars below a node, in the order of the file."""
    if isinstance(node.content, dict | list):
        children = node.content.values() if isinstance(node.content, dict) else node.content
        for child in children:
            yield from _leaves(child)
    else:
        yield node


def _heavy_members(form: CouncilForm) -> Iterator[RuleBreach]:
    for index, member in enumerate(form.members):
        if member.weight > LARGE_COUNCIL:
            message = f"'{member.key}' weighs as much as {member.weight:g} members; a person weighs 1"
            yield message, ("members", index, "weight")


def _outvoted_decisions(form: CouncilForm) -> Iterator[RuleBreach]:
    weight = {member.key: member.weight * member.vote for member in form.members}
    ayes, noes = (sum(weight.get(key, 0.0) for key in keys) for keys in (form.decision.for_, form.decision.against))
    if form.voting.rule == "unanimity" and noes:
        yield "the rule is unanimity, and voting members are against the decision", ("decision", "against")
    if form.voting.rule == "majority" and ayes + noes > 0 and not ayes / (ayes + noes) >= form.voting.quota:
        message = (
            f"{ayes:g} were for and {noes:g} against, less than the quota of {form.voting.quota:g}, and it was decided"
        )
        yield message, ("decision", "for")


def _vague_days(form: CouncilForm, tree: Node) -> Iterator[RuleBreach]:
    """Words dated by a month or a year within which the decision fell: they may have been said after it."""
    for index, member in enumerate(form.members):
        for number in range(len(member.said)):
            where = ("members", index, "said", number, "date")
            day_text = tree.at(where).text
            begins_alike = day_text and str(form.date).startswith(f"{day_text}-")
            if begins_alike and earliest_day(day_text) <= form.date:
                yield (
                    (
                        f"'{day_text}' may lie after the decision of {form.date}; give the day of these words if it is"
                        " known"
                    ),
                    where,
                )


def _early_sources(form: CouncilForm) -> Iterator[RuleBreach]:
    """Sources from before the words that they are cited for."""
    for index, member in enumerate(form.members):
        for number, statement in enumerate(member.said):
            source = form.sources.get(statement.source)
            if source is not None and source.year < statement.date.year:
                message = f"'{statement.source}' is of {source.year}, and these words are of {statement.date}"
                yield message, ("members", index, "said", number, "source")
