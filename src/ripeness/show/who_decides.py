"""Who decides, as tables of a terminal: ranking, power before and after the evidence, readings, matrix, knock-outs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.text import Text

from ripeness.show.fitted import Fitted
from ripeness.show.lines import listing
from ripeness.study.who_decides.admiralty import report_doubt
from ripeness.study.who_decides.answer import WhoDecides
from ripeness.study.who_decides.bayes_factors import WIDTHS
from ripeness.study.who_decides.evidence import observed_until
from ripeness.study.who_decides.evidence_matrix import EvidenceRow
from ripeness.study.who_decides.knock_out import KnockOut
from ripeness.study.who_decides.marked_matrix import MarkedMatrix
from ripeness.study.who_decides.power import PowerShare

ITEMS = 8  # most telling items in the table of the terminal; JSON has all
COLUMNS = 4  # readings beside each other in the matrix, the likeliest ones
MOVES = 5  # knock-outs that move the answer most
MATRIX = "\nEvidence matrix: log ratio to the readings' mean, and mark"
MARK_STYLE = {"CC": "green", "C": "green", "N": "dim", "I": "red", "II": "red"}


def tables(found: WhoDecides, names: Mapping[str, str]) -> RenderableType:
    """Everything on every polity with evidence, then what limits it."""
    parts: list[RenderableType] = []
    for polity in found.weighed:
        parts += [*of_polity(found, polity, names), Text()]
    if found.warnings:
        parts.append(Text("What limits this", style="bold"))
        parts += [Text(f"- {warning}", style="yellow") for warning in found.warnings]
    parts.append(
        Text(
            f"Evidence: {observed_until(found.observations, found.newest, found.as_of)}. Intervals hold 90 %: 5 to 95 %"
            " points. log BF: log Bayes factor against the factional reading; in words after Kass and Raftery 1995. By"
            f" its grade an item says nothing with this chance: {_doubts(found)}.",
            style="dim",
        )
    )
    return Group(*parts)


def _doubts(found: WhoDecides) -> str:
    """What the grades of this evidence stand for."""
    grades = sorted({row.grade for row in found.matrix}, key=lambda grade: (report_doubt(grade), grade))
    planted = ", half as sure if possibly planted" if any(row.planted for row in found.matrix) else ""
    return ", ".join(f"{grade} {report_doubt(grade):.0%}" for grade in grades) + planted


def of_polity(found: WhoDecides, polity: str, names: Mapping[str, str]) -> Iterator[RenderableType]:
    """Everything on one polity."""
    verdict = next(one for one in found.verdicts if one.polity == polity)
    yield Text(names.get(polity, polity), style="bold underline")
    yield ranked(found, polity)
    yield _power([row for row in found.power if row.polity == polity])
    yield _readings(found, polity)
    yield Text(verdict.sentence, style="bold")
    if verdict.tells:
        yield carried(found, polity)
    yield matrix([row for row in found.matrix if row.polity == polity], _likeliest(found, polity))
    moves = [row for row in found.knock_out if row.polity == polity]
    if moves:
        yield _moves(moves)


def carried(found: WhoDecides, polity: str) -> Text:
    """Which items carry the verdict, and which one speaks most against it."""
    told = [(one.log_ratio, f"{one.item} ({one.log_ratio:+.1f})") for one in found.carried if one.polity == polity]
    fors, against = [said for size, said in told if size > 0], [said for size, said in told if size < 0]
    parts = [f"Items that carry it: {', '.join(fors)}." if fors else "No single item carries it."]
    return Text(" ".join([*parts, *(f"Most against it: {said}." for said in against)]))


def ranked(found: WhoDecides, polity: str) -> Text:
    """The ranking at the last date, a line a faction: above the next, with its probability."""
    pairs = [one for one in found.ranking if one.polity == polity and one.apart == 1]
    if not pairs:
        return Text("one faction alone")
    last = max(one.date for one in pairs)
    said = [
        f"{one.above} above {one.below}: {one.p:.2f} (before the evidence {one.prior_p:.2f})"
        for one in pairs
        if one.date == last
    ]
    return Text("\n".join((f"Who has more power, on {last}", *said)))


def _power(rows: list[PowerShare]) -> Fitted:
    """Power at the first date and at the last, beside what was believed before."""
    dates = sorted({row.date for row in rows})
    heads = ["before the evidence", *(f"after, on {on}" for on in dict.fromkeys((dates[0], dates[-1]))), "learnt"]
    table = listing("faction", *heads, right=heads, title="\nShare of power, 90 % interval")
    last = {row.faction: row for row in rows if row.date == dates[-1]}
    first = {row.faction: row for row in rows if row.date == dates[0]}
    for key, row in sorted(last.items(), key=lambda pair: -pair[1].mean):
        cells = [_span(row.prior_mean, row.prior_low, row.prior_high)]
        if len(dates) > 1:
            cells.append(_span(first[key].mean, first[key].low, first[key].high))
        cells.append(_span(row.mean, row.low, row.high))
        table.add_row(key, *cells, f"{max(row.contraction, 0):.0%}".replace("%", " %"))
    return table


def _span(mean: float, low: float, high: float) -> str:
    return f"{mean:.2f} ({low:.2f}-{high:.2f})"


def _readings(found: WhoDecides, polity: str) -> Fitted:
    heads = ("log evidence", "before", "after", "left out", "log BF")
    table = listing("reading", *heads, right=heads, title="\nReadings weighed; log BF over prior widths 1/4 to 4")
    factors = {(one.reading, one.width): one.log_bayes_factor for one in found.bayes_factors if one.polity == polity}
    for row in sorted((row for row in found.readings if row.polity == polity), key=lambda row: -row.weight):
        across = [factors[row.reading, width] for width in WIDTHS if (row.reading, width) in factors]
        span = f"{_signed(min(across))} to {_signed(max(across))}" if across else "(reference)"
        table.add_row(
            row.reading.replace("captured:", "by "),
            f"{row.log_evidence:.1f} ±{row.log_evidence_sd:.1f}",
            f"{row.prior:.2f}",
            f"{row.weight:.2f}",
            f"{row.left_out:.1f}",
            span,
        )
    return table


def _likeliest(found: WhoDecides, polity: str) -> list[str]:
    """The readings shown in the matrix: the best of each class first, by weight."""
    rows = sorted((row for row in found.readings if row.polity == polity), key=lambda row: -row.weight)
    best = list({row.kind: row.reading for row in reversed(rows)}.values())
    rest = [row.reading for row in rows if row.reading not in best]
    order = [row.reading for row in rows]
    return sorted([*best, *rest][:COLUMNS], key=order.index)


def matrix(
    rows: list[EvidenceRow],
    readings: list[str],
    title: str = MATRIX,
) -> Fitted:
    """The most telling items under some readings, each cell with its classical mark."""
    heads = [key.replace("captured:", "by ") for key in readings]
    table = listing("item", "grade", *heads, right=heads, title=title)
    for row in rows[:ITEMS]:
        cells = {cell.reading: cell for cell in row.cells}
        shown = [
            Text(f"{_signed(cells[key].log_ratio)} {cells[key].mark}", style=MARK_STYLE[cells[key].mark])
            for key in readings
        ]
        star = "*" if row.puzzling else ""
        table.add_row(row.item + star, row.grade + (" planted?" if row.planted else ""), *shown)
    if len(rows) > ITEMS:
        table.caption = f"{len(rows) - ITEMS} items that tell less are in --json; * a puzzling decision"
    return table


def _signed(ratio: float) -> str:
    """A ratio with its sign; nothing is +0.0 and never -0.0."""
    return f"{round(ratio, 1) + 0.0:+.1f}"


def _moves(rows: list[KnockOut]) -> Fitted:
    table = listing(
        "without",
        "items",
        "power of",
        "moves by",
        "leading reading",
        right=("items", "moves by"),
        title="\nKnocked out: what moves the answer most",
    )
    order = sorted(rows, key=lambda row: (not row.turns, -abs(row.by)))
    for row in order[:MOVES]:
        what = f"{row.what} {row.name}" if row.what != "planted" else f"{row.name}, if planted"
        leads = f"{row.leads} ({row.weights[row.leads]:.2f})" + (", another" if row.turns else "")
        table.add_row(what, str(row.items), row.moved, f"{row.by:+.3f}", leads)
    return table


def hand_made(found: MarkedMatrix) -> RenderableType:
    """A matrix that was marked by hand: hypotheses by weight, then the rows."""
    heads = ("before", "after", "marks against it")
    table = listing("hypothesis", *heads, right=heads, title="\nHypotheses")
    order = sorted(found.hypotheses, key=lambda name: -found.weight[name])
    for name in order:
        before = f"{1 / len(order):.2f}"  # all alike
        table.add_row(name, before, f"{found.weight[name]:.2f}", f"{found.inconsistency[name]:g}")
    rows = matrix(list(found.rows), order[:COLUMNS], "Log ratio to the mean, weighed by grade; mark")
    notes = [Text(f"Note: {note}.") for note in found.notes]
    return Group(table, Text(), rows, *notes)
