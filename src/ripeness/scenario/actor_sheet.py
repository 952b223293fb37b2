"""An actor table to be written: of a polity of a scenario or of a council, with notes and what it cannot carry.

Positions, saliences and powers are written as they stand, with every digit: 0.3 (0.2 to 0.42) is a best guess and its
90 % interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ripeness.scenario.actor_headings import actor_heading, is_actor_heading
from ripeness.scenario.council_form import CouncilForm, RangedNumber
from ripeness.scenario.faction_form import FactionForm
from ripeness.scenario.polity_form import PolityForm
from ripeness.scenario.schema import Scenario
from ripeness.store.cells import to_csv
from ripeness.world.delimited import TextRow
from ripeness.world.fault import Fault
from ripeness.world.quantity import Quantity
from ripeness.world.wording import join_words, unknown_name

Interval = tuple[float, float, float]
"""Low, best, high."""


@dataclass(frozen=True, slots=True)
class SheetIssue:
    """An issue of a table: its name in the headings, and what 0 and 1 mean."""

    name: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class SheetActor:
    """One row: the actor, its influence, position and salience by issue (low, best, high), and notes."""

    name: str
    influence: Interval
    positions: Mapping[str, Interval]
    salience: Mapping[str, Interval]
    note: str


@dataclass(frozen=True, slots=True)
class ActorSheet:
    """A table to be written: where it comes from, issues, actors, and what the table cannot carry."""

    title: str
    issues: tuple[SheetIssue, ...]
    actors: tuple[SheetActor, ...]
    left_out: tuple[str, ...]


def sheet_rows(sheet: ActorSheet) -> list[list[str]]:
    """The rows of a table: comments that say what 0 and 1 mean, the heading, and one row an actor; in long form, one
    an actor and issue, where the name of an issue could not be read back from a heading.
    """
    rows = [[f"# {sheet.title}"]]
    rows += [[f"# issue {issue.name}: 0 is {issue.low}; 1 is {issue.high}"] for issue in sheet.issues]
    headings = [f"{issue.name} {kind} (0-1)" for issue in sheet.issues for kind in ("position", "salience")]
    if all(_reads_back(issue.name) for issue in sheet.issues):
        rows.append(["actor", "influence", *headings, "notes"])
        for actor in sheet.actors:
            cells = (
                _cell(numbers.get(issue.name))
                for issue in sheet.issues
                for numbers in (actor.positions, actor.salience)
            )
            rows.append([actor.name, _cell(actor.influence), *cells, actor.note])
        return rows
    rows.append(["issue", "actor", "influence", "position (0-1)", "salience (0-1)", "notes"])
    for issue in sheet.issues:
        for actor in sheet.actors:
            cells = (_cell(numbers.get(issue.name)) for numbers in (actor.positions, actor.salience))
            rows.append([issue.name, actor.name, _cell(actor.influence), *cells, actor.note])
    return rows


def sheet_csv(sheet: ActorSheet) -> str:
    """The table as comma-separated values; words that a spreadsheet would compute get an apostrophe before them."""
    rows = sheet_rows(sheet)
    comments = [row for row in rows if len(row) == 1]
    heading, *cells = rows[len(comments) :]
    text = "".join(to_csv((), columns=comment) for comment in comments)
    return text + to_csv([dict(zip(heading, row, strict=True)) for row in cells], columns=heading)


def interval_text(low: float, best: float, high: float) -> str:
    """A number as a cell of an actor table holds it, with every digit.

    >>> interval_text(0.2, 0.3, 0.42), interval_text(0.2, 0.3, 0.4), interval_text(1.125, 1.125, 1.125)
    ('0.3 (0.2 to 0.42)', '0.3 (0.2 to 0.4)', '1.1250')
    """
    if low == best == high:
        return _figure(best)
    return f"{_figure(best)} ({_figure(low)} to {_figure(high)})"


def _figure(value: float) -> str:
    """A number that can be read in one way alone: three figures behind the point might divide thousands."""
    text = f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else repr(float(value))
    whole, _, fraction = text.partition(".")
    return f"{text}0" if len(fraction) == len("000") and fraction.isdigit() and not whole.startswith("0") else text


def _cell(interval: Interval | None) -> str:
    return "" if interval is None else interval_text(*interval)


def _reads_back(issue: str) -> bool:
    """Whether a heading that names the issue is read as that of this issue."""
    for kind in ("position", "salience"):
        text = f"{issue} {kind} (0-1)"
        heading = actor_heading(TextRow("", 1, (text,), text, ",").cell(0))
        if (heading.kind, heading.issue, heading.scale) != (kind, issue, 1.0) or not is_actor_heading(text):
            return False
    return True


def polity_sheet(scenario: Scenario, polity: str, title: str) -> ActorSheet:
    """The factions of a polity as actors: influence is power, and each issue has position and salience.

    Raises: Fault where there is no such polity, or it has fewer than two factions.
    """
    if polity not in scenario.polities:
        raise Fault(unknown_name("polity", polity, tuple(scenario.polities)))
    form = scenario.polities[polity]
    if len(form.factions) < 2:
        raise Fault(f"{polity} has one faction, and an actor table two or more")
    names = [faction.name or key for key, faction in form.factions.items()]
    labels = names if len({name.casefold() for name in names}) == len(names) else list(form.factions)
    issues = [key for key in form.issues if _decided_by(form, key)]
    idle = [key for key in form.issues if key not in issues]
    left_out = [f"the issue {key}, on which no faction has both position and salience" for key in idle]
    actors = [
        _faction_row(label, faction, issues, left_out)
        for label, faction in zip(labels, form.factions.values(), strict=True)
    ]
    left_out += _not_in_a_table(form)
    return ActorSheet(
        title,
        tuple(SheetIssue(key, *form.issues[key].ends) for key in issues),
        tuple(actor for actor in actors if actor is not None),
        tuple(left_out),
    )


def _decided_by(form: PolityForm, issue: str) -> bool:
    """Whether a faction has both a position and salience above nothing on the issue."""
    return any(
        issue in faction.positions and issue in faction.salience and faction.salience[issue].interval()[2] > 0
        for faction in form.factions.values()
    )


def _faction_row(name: str, faction: FactionForm, issues: list[str], left_out: list[str]) -> SheetActor | None:
    """The row of a faction; nothing where it has no power stated, or no part in any issue."""
    own = [issue for issue in issues if issue in faction.positions and issue in faction.salience]
    if faction.power is None or not own:
        left_out.append(f"{name}, who has no {'power' if faction.power is None else 'position'} in the case")
        return None
    lone = [issue for issue in issues if (issue in faction.positions) != (issue in faction.salience)]
    left_out += [f"what {name} has on {issue}: a position or salience alone" for issue in lone]
    numbers = {
        "power": faction.power,
        **{f"{issue} position": faction.positions[issue] for issue in own},
        **{f"{issue} salience": faction.salience[issue] for issue in own},
    }
    shaped = [path for path, number in numbers.items() if number.family not in ("point", "interval")]
    if shaped:
        left_out.append(f"the shape of a distribution, of which the 90 % interval stays: {name}, {join_words(shaped)}")
    parts = [word for word, holds in (("leads", faction.leads), ("has a veto", faction.veto)) if holds]
    parts += [f"{path}: {_basis(number)}" for path, number in numbers.items()]
    return SheetActor(
        name,
        faction.power.interval(),
        {issue: faction.positions[issue].interval() for issue in own},
        {issue: faction.salience[issue].interval() for issue in own},
        "; ".join(parts),
    )


def _basis(number: Quantity) -> str:
    """How a number came about, its sources and its note."""
    sources = f", {' '.join(number.sources)}" if number.sources else ""
    return f"{number.kind}{sources}{f' ({number.note})' if number.note else ''}"


def _not_in_a_table(form: PolityForm) -> Iterator[str]:
    """What a polity holds that no column of an actor table does."""
    for words, keys in (
        ("who leads", [key for key, faction in form.factions.items() if faction.leads]),
        ("vetoes", [key for key, faction in form.factions.items() if faction.veto]),
        ("positions that respond to the war", [key for key, faction in form.factions.items() if faction.responds]),
    ):
        if keys:
            yield f"{words}: {join_words(keys)}"
    yield "traits and archetypes of factions, conduct and resources of the polity, roles and rules of issues"


def council_sheet(form: CouncilForm) -> ActorSheet:
    """The members of a council as actors: influence is the formal weight, and the one issue runs from 0 to 1."""
    offices = [member.office for member in form.members]
    named = [f"{member.office} ({member.holder})" if member.holder else member.office for member in form.members]
    keys = [member.key for member in form.members]
    labels = next(names for names in (offices, named, keys) if len({name.casefold() for name in names}) == len(names))
    actors = []
    for label, member in zip(labels, form.members, strict=True):
        parts = [f"key {member.key}", f"basis {member.basis}", *(["has a veto"] if member.veto else [])]
        parts += [] if member.vote else ["has no vote"]
        parts += [f"{said.date} {said.text} ({said.source}, {said.place})" for said in member.said]
        actors.append(
            SheetActor(
                label,
                (member.weight, member.weight, member.weight),
                {"issue": _ranged(member.position)},
                {"issue": _ranged(member.salience)},
                "; ".join(parts),
            )
        )
    left_out = (
        f"the options: {join_words([option.key for option in form.options])}",
        f"the status quo, {form.status_quo.at:g}",
        f"the decision: {form.decision.option}, at {form.decision.at:g}",
        f"who leads: {form.leader.member}",
        "the voting rule, the regime, who voted how, and the coder's remarks",
    )
    title = f"{form.id}: {form.body}, {form.issue.name}"
    return ActorSheet(title, (SheetIssue("issue", form.issue.low, form.issue.high),), tuple(actors), left_out)


def _ranged(number: RangedNumber) -> Interval:
    """Low, best and high; a best guess that rounding put outside its range widens it."""
    low, high = number.range
    return min(low, number.at), number.at, max(high, number.at)
