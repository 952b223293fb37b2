"""The step on what may happen: events with their chance or day, and what each changes."""

from __future__ import annotations

from datetime import date
from html import escape
from math import exp

from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.event_effects import (
    HAZARD,
    OPERATIONS,
    SHOCK,
    SHOCK_HINTS,
    change_words,
    effect_number,
    shock_words,
)
from ripeness.web.editing.fields import (
    action,
    choice_field,
    day_field,
    field_faults,
    field_id,
    figure_words,
    kind_field,
    number_field,
    text_field,
)
from ripeness.web.editing.labels import CHOICES, day_words
from ripeness.web.editing.number_view import NumberView
from ripeness.web.editing.step_actors import fields_in_a_row, fold, remove_tool, section
from ripeness.web.editing.step_evidence import source_line

DAYS_A_MONTH = 30.44
YEAR = 12  # months
POINTS = "points"  # of 100, by which a share moves
NEARLY_SURE = 99.5  # percent
MOST_NAMED = 3  # effects that a card names while it is folded
WHEN = {"chance": "by chance, in any month", "day": "on a known day"}
SIZES = {"set": "Value", "add": "By", "scale": "By"}
CEASEFIRES = {
    **CHOICES["ceasefire.kind"],
    "": "no ceasefire",
    "none": "the ceasefire in force is broken",
}


def events_step(draft: Draft, side: str, issue: str) -> str:  # noqa: ARG001  (as every step)
    """A card an event."""
    cards = "".join(_event(draft, ("events", key)) for key in draft.keys(("events",)))
    add = action("add-event", ("events",), "Add an event", "add") if draft.editable else ""
    note = (
        "Elections, deaths, entries into the war: what comes from outside of the decisions of the sides. In each "
        "simulation an event happens or does not, at random, by the chance that you give it."
    )
    empty = '<p class="g-hint">No event yet. Without any, only the decisions of the sides move the war.</p>'
    faults = field_faults(draft, ("events",), below=False)
    return f'<p class="g-note">{escape(note)}</p>{faults}{cards or section("", empty)}<p>{add}</p>'


def _event(draft: Draft, path: Path) -> str:
    name = event_name(draft, path)

    def fill() -> str:
        return _when(draft, path) + _effects(draft, path) + _entry(draft, path)

    effects = effect_lines(draft, path)
    more = f"; and {len(effects) - MOST_NAMED} more" if len(effects) > MOST_NAMED else ""
    summary = "; ".join(effects[:MOST_NAMED]) + more if effects else "It changes nothing yet."
    card = section(
        name,
        field_faults(draft, path, below=False),
        f'<p class="g-event"><b>{escape(chance_words(draft, path))}</b></p>',
        f'<p class="g-note">{escape(summary)}</p>',
        source_line(draft, path),
        fold(draft, field_id(path), "Change it" if draft.editable else "Details", fill),
        tools=remove_tool(draft, path, name),
    )
    return f'<div id="{field_id(path)}">{card}</div>'


def event_name(draft: Draft, path: Path) -> str:
    """What an event is called, with a capital."""
    name = draft.name(path)
    return name[:1].upper() + name[1:]


def _when(draft: Draft, path: Path) -> str:
    on_a_day = draft.node((*path, "on")) is not None
    name = text_field(draft, (*path, "name"), label="What happens", usual=draft.name(path))
    fields = [
        kind_field(draft, path, "event-when", WHEN, "day" if on_a_day else "chance", "How it comes"),
    ]
    if on_a_day:
        return name + fields_in_a_row(*fields, day_field(draft, (*path, "on"), label="On"))
    fields += [
        day_field(draft, (*path, "after"), "empty: from the day of the forecast", label="Not before"),
        day_field(draft, (*path, "before"), "empty: at any time", label="Not after"),
    ]
    hazard: Path = (*path, "hazard")
    hint = longer_chance_words(draft, path)
    chance = number_field(draft, hazard, hint, label="Chance a month", admits=HAZARD)
    return name + fields_in_a_row(*fields) + chance


def _effects(draft: Draft, path: Path) -> str:
    changes = [_change(draft, (*path, "changes", str(index))) for index in range(draft.items((*path, "changes")))]
    shocks = [
        _shock(draft, (*path, SHOCK, target, side))
        for target in draft.keys((*path, SHOCK))
        for side in draft.keys((*path, SHOCK, target))
    ]
    add = action("add-effect", path, "Add an effect", "add") if draft.editable else ""
    faults = field_faults(draft, (*path, "changes"), below=False) + field_faults(draft, (*path, SHOCK), below=False)
    return f'<h4 class="g-part">What it changes</h4>{faults}{"".join(changes + shocks)}<p>{add}</p>'


def _change(draft: Draft, path: Path) -> str:
    operation = operation_of(draft, path)
    words = change_words(draft, draft.text((*path, "path")))
    number: Path = (*path, operation)
    of_issue = draft.text((*path, "path")).split(".")
    ends = _issue_ends(draft, tuple(of_issue)) if operation == "set" and of_issue[-2:-1] == ["positions"] else ""
    how = kind_field(draft, path, "operation", OPERATIONS, operation, f"How it changes: {words}", bare=True)
    admits = effect_number(draft, number)
    unit = {"scale": "times", "add": _unit_of_move(draft.number(number, admits))}.get(operation)
    size = number_field(draft, number, label=SIZES[operation], admits=admits, ends=ends, unit=unit)
    faults = field_faults(draft, (*path, "path")) + field_faults(draft, path, below=False)
    return f'<div id="{field_id(path)}">{_effect_row(draft, path, words, how + size, faults)}</div>'


def _shock(draft: Draft, path: Path) -> str:
    words = shock_words(draft, path[3], path[4])
    admits, hint = effect_number(draft, path), SHOCK_HINTS.get(path[3], "")
    unit = _unit_of_move(draft.number(path, admits))
    field = number_field(draft, path, hint, label="Moves at once by", admits=admits, unit=unit)
    return _effect_row(draft, path, words, field, "")


def _effect_row(draft: Draft, path: Path, words: str, fields: str, faults: str) -> str:
    tool = remove_tool(draft, path, f"the effect on {words}")
    return (
        f'<div class="g-stand g-effect"><div class="g-head"><h4>{escape(words)}</h4>{tool}</div>{faults}{fields}</div>'
    )


def _issue_ends(draft: Draft, path: Path) -> str:
    low, high = (draft.text((*path[:2], "issues", path[-1], "ends", str(end))) for end in (0, 1))
    return f"<span>0: {escape(low)}</span><span>100: {escape(high)}</span>" if low or high else ""


def _entry(draft: Draft, path: Path) -> str:
    """A power that enters the war, or a ceasefire that comes into force; a fold, since few events bring either."""
    patrons = {
        key: draft.name(("polities", key))
        for key in draft.keys(("polities",))
        if draft.text(("polities", key, "role")) == "patron"
    }
    sides = {key: draft.name(("polities", key)) for key in draft.belligerents()}
    enters, truce = draft.text((*path, "enters")), draft.text((*path, "ceasefire"))

    def fill() -> str:
        entry = [choice_field(draft, (*path, "enters"), {"": "nobody", **patrons}, label="Enters the war")]
        entry += [choice_field(draft, (*path, "beside"), sides, label="On the side of")] if enters else []
        strength = number_field(
            draft, (*path, "strength"), "log ratio: 0.3 is about a third more", label="Strength that it adds"
        )
        fire = choice_field(draft, (*path, "ceasefire"), CEASEFIRES, label="Ceasefire that comes with it")
        watched = number_field(draft, (*path, "monitored"), label="Watched by outsiders")
        return (
            fields_in_a_row(*entry, fire)
            + (strength if enters else "")
            + (watched if truce not in {"", "none"} else "")
            + text_field(draft, (*path, "note"), label="Note", long=True)
        )

    keys = ("enters", "beside", "strength", "ceasefire", "monitored", "note")
    if enters or truce or draft.text((*path, "note")) or draft.count_faults((*path, key) for key in keys):
        return f'<h4 class="g-part">What comes with it</h4>{fill()}'
    return fold(draft, field_id((*path, "entry")), "A power that enters the war, a ceasefire, a note", fill)


def operation_of(draft: Draft, path: Path) -> str:
    """How a change changes its number."""
    return next((key for key in OPERATIONS if draft.node((*path, key)) is not None), "set")


def chance_words(draft: Draft, path: Path) -> str:
    """When an event comes, or how likely it is, in a line."""
    if draft.node((*path, "on")) is not None:
        return f"On {day_words(draft.text((*path, 'on')))}"
    view = draft.number((*path, "hazard"), HAZARD)
    if view is None or view.ends is None:
        return "Neither a day nor a chance is stated."
    low, value, high = (chance_figure(end) for end in view.ends)
    spread = f" ({low} to {high} %)" if low != high else ""
    after, before = (draft.text((*path, key)) for key in ("after", "before"))
    window = [f"from {day_words(after)}"] * bool(after) + [f"until {day_words(before)}"] * bool(before)
    return f"{value} % a month{spread}{', ' + ' '.join(window) if window else ''}"


def longer_chance_words(draft: Draft, path: Path) -> str:
    """What a monthly chance makes within a year, or within the days between which the event can come."""
    view = draft.number((*path, "hazard"), HAZARD)
    if view is None or view.ends is None or not view.stated:
        return ""
    months = _window(draft, path)
    whole = [100 * (1 - exp(-view.as_written(end) * (months or YEAR))) for end in view.ends]
    low, value, high = (chance_figure(chance) for chance in whole)
    spread = f" ({low} to {high} %)" if low != high else ""
    of_a_year = "within a year from that day" if draft.text((*path, "after")) else "within a year"
    return f"that makes {value} %{spread} {'between these days' if months else of_a_year}"


def chance_figure(chance: float) -> str:
    """A chance in percent, in two figures.

    >>> chance_figure(0.3992), chance_figure(32.968), chance_figure(99.97)
    ('0.4', '33', 'over 99')
    """
    if chance > NEARLY_SURE:
        return "over 99"
    return f"{chance:.2g}" if chance < 10 else f"{chance:.0f}"


def _window(draft: Draft, path: Path) -> float:
    """Months between the first and the last day on which an event can come; 0 where it has no last one."""
    try:
        start = date.fromisoformat(draft.text(("start",)))
        last = date.fromisoformat(draft.text((*path, "before")))
        first = date.fromisoformat(draft.text((*path, "after"), str(start)))
    except ValueError:
        return 0.0
    return max((last - max(first, start)).days, 0) / DAYS_A_MONTH


def effect_lines(draft: Draft, path: Path) -> list[str]:
    """What an event changes, each in a few words."""
    lines = []
    for index in range(draft.items((*path, "changes"))):
        change: Path = (*path, "changes", str(index))
        operation = operation_of(draft, change)
        number: Path = (*change, operation)
        view = draft.number(number, effect_number(draft, number))
        words = change_words(draft, draft.text((*change, "path")))
        lines.append(f"{words} {OPERATIONS[operation]} {_size_words(view, moves=operation == 'add')}")
    for target in draft.keys((*path, SHOCK)):
        for side in draft.keys((*path, SHOCK, target)):
            number = (*path, SHOCK, target, side)
            view = draft.number(number, effect_number(draft, number))
            lines.append(f"{shock_words(draft, target, side)} moves at once by {_size_words(view, moves=True)}")
    if enters := draft.text((*path, "enters")):
        beside = draft.text((*path, "beside"))
        lines.append(f"{draft.name(('polities', enters))} enters the war beside {draft.name(('polities', beside))}")
    if truce := draft.text((*path, "ceasefire")):
        broken = truce == "none"
        lines.append(CEASEFIRES["none"] if broken else f"a {CEASEFIRES.get(truce, truce)} ceasefire comes into force")
    return lines


def _size_words(view: NumberView | None, *, moves: bool) -> str:
    if view is None or view.ends is None:
        return "a number that is not stated"
    unit = (POINTS if moves else "%") if view.unit == "%" else "" if view.unit == "log ratio" else view.unit
    return f"{figure_words(view.ends[1])} {unit}".strip().replace("-", "\N{MINUS SIGN}", 1)


def _unit_of_move(view: NumberView | None) -> str | None:
    return POINTS if view is not None and view.unit == "%" else None
