"""The studies of a report: each verb's answer as a section, on fewer draws than the run itself, which it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ripeness.show.cell import TableCell, number_cell, numbers, words
from ripeness.show.charts.outcomes import outcome_areas
from ripeness.show.forecast_tables import aims, costs, how_long, outcomes, side_by_side
from ripeness.show.report.page import ReportTable, Section, report_table
from ripeness.show.report.pictures import figure
from ripeness.show.table import Table
from ripeness.show.words import outcome, percent
from ripeness.workbench.studied import FEW, FEWER, Studied
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.workbench.sense import Sensing

PHONE = 150  # width of the outcomes' areas on a phone, names not counted


def answer(one: Studied) -> Section:
    """How the war may end by which month, in a sentence, a picture and numbers."""
    result, sheet = one.result, one.result.sheet()
    told = "Each area is the share of the runs in which the war stands so by that month; all add up to 100 %."
    small = outcome_areas(result.path, result.names, "How it may end", result.scenario.start, width=PHONE)
    return Section(
        "answer",
        "The answer",
        (result.sentence(),),
        (figure(result.plot(), "answer", told, narrow=small),),
        (ReportTable(outcomes(sheet)), ReportTable(how_long(sheet)), _by_month(one)),
    )


def _by_month(one: Studied) -> ReportTable:
    """The picture of the outcomes as numbers."""
    path: dict[tuple[str, str | None], dict[float, float]] = {}
    for chance in one.result.path:
        kind = path.setdefault((chance.outcome, chance.polity), {})
        kind[chance.month] = kind.get(chance.month, 0.0) + chance.p
    columns = (words("month"), *(numbers(outcome(name, polity, one.result.names), "%") for name, polity in path))
    months = list(next(iter(path.values())))
    rows: list[Sequence[str | TableCell]] = [
        (f"{month:g}", *(number_cell(percent(p[month]), 100 * p[month]) for p in path.values())) for month in months
    ]
    return report_table("The picture as numbers, month by month", columns, rows, folded=True)


def price(one: Studied) -> Section:
    """The two ledgers."""
    sheet = one.result.sheet()
    said = (
        "Two ledgers that are never added up: what each side wanted and got, and what it costs in lives and output. "
        "Medians, and the range of 90 % of the runs."
    )
    return Section(
        "price", "At what price, to whom", (said,), (), (ReportTable(aims(sheet)), ReportTable(costs(sheet)))
    )


def codings(one: Studied) -> Section | None:
    """Every coding of the case beside the others; the run's own is not fought again."""
    if len(one.codings) < 2:
        return None
    from ripeness.workbench.run import run

    asked = {**one.asked(FEWER), "changes": {}}
    own = one.coding_name if not one.result.changes and not one.result.given else ""
    sheets = [
        one.result.sheet() if name == own else run(one.origin, **{**asked, "coding": name}).sheet()
        for name in one.codings
    ]
    count = f"{one.result.about()['draws']:,} draws of '{own}', " if own else ""
    said = (
        f"The same war as {len(sheets)} coders saw it: {count}{asked['draws']:,} of every other coding. Where they "
        "differ by more than the error, the answer hangs on judgement, not on luck."
    )
    compared = side_by_side(sheets)
    return Section("codings", "Codings side by side", (said, *compared.lines()), (), _placed(compared.tables()))


def ripe(one: Studied) -> Section:
    """Whether it is ripe, for whom, and who blocks."""
    from ripeness.show.charts.strips import strips
    from ripeness.workbench.ripe import ripe as ask

    found = ask(one.origin, **one.asked(FEWER))
    said = (
        "What each faction of the first side asks at least of the stake, and what each of the second leaves at most. "
        "Where the first asks less than the second leaves, there is a zone of agreement."
    )
    small = strips(found.told, "Who would settle for what", narrow=True)
    picture = figure(found.plot(), "ripe", said, narrow=small)
    return Section(
        "ripe", "Is it ripe", (found.sentence(), one.drawn(FEWER)), (picture,), _placed(found.layout().tables(), 1)
    )


def options(one: Studied) -> Section:
    """What each side could do, and what that would bring to whom."""
    said = "Conditions, not advice: what follows in the model if a side did this, whatever its factions want."
    parts = tuple(_side(one, polity) for polity in one.result.forecast.polities)
    return Section("options", "What each side could do", (said, one.drawn(FEW)), parts=parts)


def _side(one: Studied, polity: str) -> Section:
    from ripeness.show.charts.options import option_values
    from ripeness.workbench.options import options as ask

    name, key = one.result.names[polity], f"options-of-{polity}"
    try:
        found = ask(one.origin, polity, **one.asked(FEW))
    except Fault as fault:  # evidence that tells of the war up to the horizon leaves nothing to choose
        return Section(key, name, (f"No options: {fault.message}.",))
    said = f"{name}: what each option is worth to whom, beside going on as before; right of 0 is better."
    small = option_values(found.told, name, narrow=True)
    picture = figure(found.plot(), f"options-{polity}", said, narrow=small)
    return Section(key, name, (found.sentence(),), (picture,), _placed(found.layout().tables(), 2))


def sensing(one: Studied) -> Sensing | None:
    """Which numbers move the likeliest outcome, measured on the run itself; nothing where it has too few draws.

    PAWN is left to `ripeness sense`: it would take a second for a column that few read.
    """
    from ripeness.study.sensitivity.sense import sense
    from ripeness.workbench.asked import Asked
    from ripeness.workbench.sense import Sensing

    result = one.result
    asked = Asked(one.case, result.scenario, result.reading, result.changes, result.ensemble.design)
    try:
        return Sensing(asked, sense(result.ensemble, one.aim(), leading=0))
    except Fault:
        return None


def moves(found: Sensing | None) -> Section | None:
    """What moves the answer, as a section."""
    if found is None or not found.told.numbers:
        return None
    from ripeness.show.charts.sense import share_bars

    said = "How much of what the inputs decide each uncertain number decides alone; what chance reaches is dashed."
    tables = sorted(found.layout().tables(), key=lambda table: not table.title.startswith("Which numbers"))
    small = share_bars(found.told, found.names(), "What moves the answer", narrow=True)
    picture = figure(found.plot(), "moves", said, narrow=small)
    return Section("moves", "What moves the answer", (found.sentence(),), (picture,), _placed(tables, 1))


def watch(one: Studied) -> Section | None:
    """What to watch; nothing where there are too few draws, or nothing shows before the month."""
    from ripeness.workbench.indicators import indicators

    try:
        found = indicators(one.origin, outcome=one.aim().name, **one.asked(FEWER))
    except Fault:
        return None
    said = "Bits that each observable tells about how the war will stand; the higher, the more it is worth watching."
    return Section(
        "watch",
        "What to watch",
        (found.sentence(), one.drawn(FEWER)),
        (figure(found.plot(), "watch", said),),
        _placed(found.layout().tables(), 1),
    )


def _placed(tables: Sequence[Table], most_open: int | None = None) -> tuple[ReportTable, ...]:
    """Tables that say something, the first ones open, all others folded; a column in which nothing stands is left
    out.
    """
    listed = [table.without_blank_columns() for table in tables if table.rows]
    return tuple(ReportTable(table, most_open is not None and n >= most_open) for n, table in enumerate(listed))
