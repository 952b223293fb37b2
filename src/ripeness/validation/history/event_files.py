"""Producers' files of deaths in a war: events of UCDP and ACLED, yearly deaths of UCDP, monthly totals of one's own.

Columns go by the producers' names; older and newer ones are both known. Sources: Sundberg and Melander 2013 and the
UCDP GED codebook (events); Davies, Pettersson and Öberg 2024 (battle-related deaths); Raleigh et al. 2010 and the
ACLED codebook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ripeness.study.war_path import DeathCount, PathPeriod, WarPath
from ripeness.validation.history.belligerents import Belligerents, one_pair, totals_by_pair
from ripeness.validation.history.event_rows import EventRows
from ripeness.validation.history.own_totals import own_totals
from ripeness.validation.history.table import YEARS, RecordRow, RecordTable, read_table
from ripeness.validation.history.war_events import PERSONS, ImportedPath, LeftOut, WarEvent, add_left_out, monthly_path
from ripeness.world.fault import ArgumentFault, Fault

STATE_BASED, ONE_SIDED = 1, 3
COMBAT = ("battles", "explosions/remote violence", "remote violence")
AGAINST_CIVILIANS = "violence against civilians"
OTHERS = "between other parties"
TWICE = "an event that stands twice"
UNREADABLE = "a cell cannot be read, as the faults say"


@dataclass(frozen=True, slots=True)
class EventForm:
    """How one producer's rows are read.

    Each column of `needed`, `used` (without which a row says less) and `conflict` (which names or numbers a conflict)
    has alternative names, of which the first found counts. `pair` are the columns of two sides and of deaths.
    `yearly`: totals of years, which are not spread over months.
    """

    key: str
    cite: str
    known_by: tuple[str, ...]
    needed: tuple[tuple[str, ...], ...]
    used: tuple[tuple[str, ...], ...]
    conflict: tuple[tuple[str, ...], ...]
    pair: tuple[str, str, str]
    read: Callable[[EventRows, RecordRow], WarEvent | LeftOut]
    yearly: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Every name of a column that is read."""
        return tuple(name for names in (*self.needed, *self.used, *self.conflict) for name in names)


def _ucdp_event(rows: EventRows, row: RecordRow) -> WarEvent | LeftOut:
    """Fighting between the sides, and violence of a side against civilians, which counts as civilians alone."""
    kind, best = row.whole("type_of_violence", 1, 3), rows.number(row, "best")
    first, second = rows.sides.polity(row.text("side_a")), rows.sides.polity(row.text("side_b"))
    if kind != STATE_BASED and not (kind == ONE_SIDED and first):
        return LeftOut("non-state or one-sided violence of others", 1, best)
    if kind == STATE_BASED and (not first or not second or first == second):
        return LeftOut(OTHERS, 1, best)
    span = rows.day(row, "date_start"), rows.day(row, "date_end")
    if span[1] < span[0]:
        raise row.fault("date_end", f"the event ends on {span[1]}, before it begins on {span[0]}")
    if rows.stands_twice(row, "id"):
        return LeftOut(TWICE, 1, best)
    if kind == ONE_SIDED:
        return WarEvent(*span, civilians=best)
    deaths = {first: rows.number(row, "deaths_a"), second: rows.number(row, "deaths_b")}
    unknown, civilians = rows.number(row, "deaths_unknown"), rows.number(row, "deaths_civilians")
    return WarEvent(
        *span, deaths, unknown, civilians, rows.number(row, "low", best), best, rows.number(row, "high", best)
    )


def _acled_event(rows: EventRows, row: RecordRow) -> WarEvent | LeftOut:
    """Battles and remote violence between the sides, whose dead are of either; violence against civilians apart."""
    kind, deaths = row.text("event_type").casefold(), rows.number(row, "fatalities")
    first, second = (rows.sides.polity(row.text(f"actor{n}"), row.text(f"assoc_actor_{n}")) for n in (1, 2))
    at_civilians = kind == AGAINST_CIVILIANS or row.text("actor2").casefold().startswith("civilians")
    if kind not in (*COMBAT, AGAINST_CIVILIANS):
        return LeftOut(f"no fighting ({row.text('event_type')[:40].lower() or 'no type of event'})", 1, deaths)
    if not (at_civilians and (first or second)) and (not first or not second or first == second):
        return LeftOut(OTHERS, 1, deaths)
    day = rows.day(row, "event_date")
    if rows.stands_twice(row, "event_id_cnty"):
        return LeftOut(TWICE, 1, deaths)
    if at_civilians:
        return WarEvent(day, day, civilians=deaths)
    return WarEvent(day, day, unknown=deaths, low=deaths, best=deaths, high=deaths)


def _ucdp_year(rows: EventRows, row: RecordRow) -> WarEvent | LeftOut:
    """Deaths of a year between the sides, of either."""
    year, best = row.whole(rows.columns["year"], *YEARS), rows.number(row, "bd_best")
    first, second = (rows.sides.polity(rows.text(row, name)) for name in ("side_a", "side_b"))
    if not first or not second or first == second:
        return LeftOut(OTHERS, 1, best)
    low, high = rows.number(row, "bd_low", best), rows.number(row, "bd_high", best)
    return WarEvent(date(year, 1, 1), date(year, 12, 31), unknown=best, low=low, best=best, high=high)


EVENT_FORMS = (
    EventForm(
        "UCDP events",
        "Sundberg and Melander 2013; Davies, Pettersson and Öberg 2024, UCDP Georeferenced Event Dataset",
        ("type_of_violence", "deaths_a", "deaths_b", "date_start"),
        (("side_a",), ("side_b",), ("date_end",), ("best", "best_est"), ("deaths_unknown",), ("deaths_civilians",)),
        (("id",), ("low", "low_est"), ("high", "high_est")),
        (("conflict_name",), ("conflict_new_id",), ("dyad_name",), ("dyad_new_id",)),
        ("side_a", "side_b", "best"),
        _ucdp_event,
    ),
    EventForm(
        "ACLED events",
        "Raleigh, Linke, Hegre and Karlsen 2010, Armed Conflict Location and Event Data (ACLED)",
        ("event_date", "event_type", "actor1", "fatalities"),
        (("actor2",),),
        (("assoc_actor_1",), ("assoc_actor_2",), ("event_id_cnty", "event_id_no_cnty", "data_id")),
        (("country",),),
        ("actor1", "actor2", "fatalities"),
        _acled_event,
    ),
    EventForm(
        "UCDP battle-related deaths",
        "Davies, Pettersson and Öberg 2024, UCDP Battle-Related Deaths Dataset",
        (),
        (("bd_best", "bdbest", "BdBest"), ("side_a", "sidea", "SideA"), ("side_b", "sideb", "SideB"), ("year", "Year")),
        (("bd_low", "bdlow", "BdLow"), ("bd_high", "bdhigh", "BdHigh")),
        (("conflict_id", "ConflictId"), ("dyad_id", "DyadId"), ("location_inc", "LocationInc"), ("territory_name",)),
        ("side_a", "side_b", "bd_best"),
        _ucdp_year,
        yearly=True,
    ),
)
NAMES = frozenset(name for form in EVENT_FORMS for name in (*form.known_by, *form.columns)) | {"month"}


def event_form_of(table: RecordTable) -> EventForm | None:
    """Tell by its columns whose file of deaths a table is; none where it is of nobody known."""
    columns = set(table.columns)
    for form in EVENT_FORMS:
        if set(form.known_by) <= columns and (form.known_by or all(columns & set(names) for names in form.needed)):
            return form
    return None


def import_path(path: str | Path, sides: Sequence[str] = (), conflict: str = "") -> ImportedPath | None:
    """Bring a producer's file of deaths into a file of months; None where it is a file of another kind.

    `sides` say POLITY=NAME; without them a file on one pair of sides is taken under their own names. `conflict` is a
    number or part of a name of a conflict, dyad or (ACLED) country.

    Raises: Fault where the file cannot be read, a column is missing, the sides are not told, or nothing is left.
    """
    table = read_table(path, NAMES)
    belligerents = Belligerents.read(sides)
    form = event_form_of(table)
    if form is None:
        is_own = "month" in table.columns and not any(":" in name for name in table.columns)
        return own_totals(table, belligerents) if is_own else None
    for names in form.needed:
        table.need((next((name for name in names if name in table.columns), names[0]),), f"files of {form.key}")
    rows = EventRows(table, belligerents, _columns(table, form), conflict)
    conflict_columns = [names[0] for names in form.conflict]
    chosen = [row for row in table if rows.of_conflict(row, conflict_columns)]
    of_others = [row for row in table if not rows.of_conflict(row, conflict_columns)] if conflict else []
    if not belligerents.names:
        rows.sides = one_pair(totals_by_pair(_pairs(rows, chosen, form)), table.heading)
    read = [_event(rows, row, form) for row in chosen]
    events = [event for event in read if isinstance(event, WarEvent)]
    others = [LeftOut("of other conflicts", 1, _deaths(rows, row, form)) for row in of_others]
    left_out = add_left_out([*others, *(row for row in read if isinstance(row, LeftOut))])
    result = _yearly_path(table.file, events) if form.yearly else monthly_path(table.file, events, rows.sides.polities)
    if not result.periods:
        reasons = "; ".join(map(str, left_out)) or "it has no rows"
        raise Fault(f"no event between the sides is left: {reasons}", table.heading, tuple(rows.faults))
    return ImportedPath(form.key, form.cite, result, len(events), left_out, (*table.remarks, *rows.faults))


def _columns(table: RecordTable, form: EventForm) -> dict[str, str]:
    """The name of each column in this file, by the first of its names."""
    return {
        names[0]: next((name for name in names if name in table.columns), names[0])
        for names in (*form.needed, *form.used, *form.conflict)
    }


def _event(rows: EventRows, row: RecordRow, form: EventForm) -> WarEvent | LeftOut:
    """The event of a row, or why it does not count; a cell that cannot be read is noted."""
    try:
        return form.read(rows, row)
    except ArgumentFault:
        raise
    except Fault as fault:
        rows.faults.append(fault)
        return LeftOut(UNREADABLE, 1, 0.0)


def _pairs(rows: EventRows, chosen: Sequence[RecordRow], form: EventForm) -> Iterator[tuple[str, str, float]]:
    """The two sides and the deaths of each row that is of fighting between two named sides."""
    first, second, _ = form.pair
    for row in chosen:
        of_war = row.text("type_of_violence") in ("", str(STATE_BASED))
        names = rows.text(row, first), rows.text(row, second)
        if of_war and all(names) and not names[1].casefold().startswith("civilians"):
            yield *names, _deaths(rows, row, form)


def _deaths(rows: EventRows, row: RecordRow, form: EventForm) -> float:
    """Deaths of a row that need not be read in full; 0 where that cell cannot be read."""
    try:
        return rows.number(row, form.pair[-1])
    except Fault:
        return 0.0


def _yearly_path(file: str, events: Sequence[WarEvent]) -> WarPath:
    """Totals of years, of all belligerents together."""
    periods = []
    for span in sorted({(event.first, event.last) for event in events}):
        of_year = [event for event in events if (event.first, event.last) == span]
        best, low, high = (
            sum(values) / PERSONS
            for values in zip(*((event.best, event.low, event.high) for event in of_year), strict=True)
        )
        count = DeathCount(best, min(low, best), max(high, best))
        periods.append(PathPeriod(*span, {"": count}))
    return WarPath(file, tuple(periods))
