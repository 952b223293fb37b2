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


def answer(studied: Studied) -> Section:
    """How the war may end by which month, in a sentence, a picture and numbers."""
    result, sheet = studied.result, studied.result.sheet()
    caption = "Each area is the share of the runs in which the war stands so by that month; all add up to 100 %."
    small = outcome_areas(result.path, result.names, "How it may end", result.scenario.start, width=PHONE)
    return Section(
        "answer",
        "The answer",
        (result.sentence(),),
        (figure(result.plot(), "answer", caption, narrow=small),),
        (ReportTable(outcomes(sheet)), ReportTable(how_long(sheet)), _by_month(studied)),
    )


def _by_month(studied: Studied) -> ReportTable:
    """The picture of the outcomes as numbers."""
    path: dict[tuple[str, str | None], dict[float, float]] = {}
    for chance in studied.result.path:
        kind = path.setdefault((chance.outcome, chance.polity), {})
        kind[chance.month] = kind.get(chance.month, 0.0) + chance.p
    names = studied.result.names
    columns = (words("month"), *(numbers(outcome(name, polity, names), "%") for name, polity in path))
    months = list(next(iter(path.values())))
    rows: list[Sequence[str | TableCell]] = [
        (f"{month:g}", *(number_cell(percent(p[month]), 100 * p[month]) for p in path.values())) for month in months
    ]
    return report_table("The picture as numbers, month by month", columns, rows, folded=True)


def price(studied: Studied) -> Section:
    """The two ledgers."""
    sheet = studied.result.sheet()
    caption = (
        "Two ledgers that are never added up: what each side wanted and got, and what it costs in lives and output. "
        "Medians, and the range of 90 % of the runs."
    )
    return Section(
        "price", "At what price, to whom", (caption,), (), (ReportTable(aims(sheet)), ReportTable(costs(sheet)))
    )


def codings_section(studied: Studied) -> Section | None:
    """Every coding of the case beside the others; the run's own is not fought again."""
    if len(studied.codings) < 2:
        return None
    from ripeness.workbench.run import run

    question = {**studied.asked(FEWER), "changes": {}}
    own_coding = studied.coding_name if not studied.result.changes and not studied.result.given else ""
    sheets = [
        studied.result.sheet() if name == own_coding else run(studied.origin, **{**question, "coding": name}).sheet()
        for name in studied.codings
    ]
    count = f"{studied.result.about()['draws']:,} draws of '{own_coding}', " if own_coding else ""
    caption = (
        f"The same war as {len(sheets)} coders saw it: {count}{question['draws']:,} of every other coding. Where they "
        "differ by more than the error, the answer hangs on judgement, not on luck."
    )
    compared = side_by_side(sheets)
    return Section("codings", "Codings side by side", (caption, *compared.lines()), (), _placed(compared.tables()))


def ripe(studied: Studied) -> Section:
    """Whether it is ripe, for whom, and who blocks."""
    from ripeness.show.charts.strips import strips
    from ripeness.workbench.ripe import ripe as ask

    answer_ = ask(studied.origin, **studied.asked(FEWER))
    caption = (
        "What each faction of the first side asks at least of the stake, and what each of the second leaves at most. "
        "Where the first asks less than the second leaves, there is a zone of agreement."
    )
    small = strips(answer_.value, "Who would settle for what", narrow=True)
    picture = figure(answer_.plot(), "ripe", caption, narrow=small)
    return Section(
        "ripe",
        "Is it ripe",
        (answer_.sentence(), studied.drawn(FEWER)),
        (picture,),
        _placed(answer_.layout().tables(), 1),
    )


def options_section(studied: Studied) -> Section:
    """What each side could do, and what that would bring to whom."""
    caption = "Conditions, not advice: what follows in the model if a side did this, whatever its factions want."
    parts = tuple(_side(studied, polity) for polity in studied.result.forecast.polities)
    return Section("options", "What each side could do", (caption, studied.drawn(FEW)), parts=parts)


def _side(studied: Studied, polity: str) -> Section:
    from ripeness.show.charts.options import option_values
    from ripeness.workbench.options import options as ask

    name, key = studied.result.names[polity], f"options-of-{polity}"
    try:
        answer_ = ask(studied.origin, polity, **studied.asked(FEW))
    except Fault as fault:  # evidence that tells of the war up to the horizon leaves nothing to choose
        return Section(key, name, (f"No options: {fault.message}.",))
    caption = f"{name}: what each option is worth to whom, beside going on as before; right of 0 is better."
    small = option_values(answer_.value, name, narrow=True)
    picture = figure(answer_.plot(), f"options-{polity}", caption, narrow=small)
    return Section(key, name, (answer_.sentence(),), (picture,), _placed(answer_.layout().tables(), 2))


def sensing(studied: Studied) -> Sensing | None:
    """Which numbers move the likeliest outcome, measured on the run itself; nothing where it has too few draws.

    PAWN is left to `ripeness sense`: it would take a second for a column that few read.
    """
    from ripeness.study.sensitivity.sense import sense
    from ripeness.workbench.sense import Sensing
    from ripeness.workbench.setup import StudySetup

    result = studied.result
    setup = StudySetup(studied.case, result.scenario, result.reading, result.changes, result.ensemble.design)
    try:
        return Sensing(setup, sense(result.ensemble, studied.aim(), leading=0))
    except Fault:
        return None


def moves(sensitivity: Sensing | None) -> Section | None:
    """What moves the answer, as a section."""
    if sensitivity is None or not sensitivity.value.numbers:
        return None
    from ripeness.show.charts.sense import share_bars

    caption = "How much of what the inputs decide each uncertain number decides alone; what chance reaches is dashed."
    tables = sorted(sensitivity.layout().tables(), key=lambda table: not table.title.startswith("Which numbers"))
    small = share_bars(sensitivity.value, sensitivity.names(), "What moves the answer", narrow=True)
    picture = figure(sensitivity.plot(), "moves", caption, narrow=small)
    return Section("moves", "What moves the answer", (sensitivity.sentence(),), (picture,), _placed(tables, 1))


def watch(studied: Studied) -> Section | None:
    """What to watch; nothing where there are too few draws, or nothing shows before the month."""
    from ripeness.workbench.indicators import indicators

    try:
        answer_ = indicators(studied.origin, outcome=studied.aim().name, **studied.asked(FEWER))
    except Fault:
        return None
    caption = "Bits that each observable tells about how the war will stand; the higher, the more it is worth watching."
    return Section(
        "watch",
        "What to watch",
        (answer_.sentence(), studied.drawn(FEWER)),
        (figure(answer_.plot(), "watch", caption),),
        _placed(answer_.layout().tables(), 1),
    )


def _placed(tables: Sequence[Table], most_open: int | None = None) -> tuple[ReportTable, ...]:
    """Tables that say something, the first ones open, all others folded; a column in which nothing stands is left
    out.
    """
    listed = [table.without_blank_columns() for table in tables if table.rows]
    return tuple(ReportTable(table, most_open is not None and n >= most_open) for n, table in enumerate(listed))
