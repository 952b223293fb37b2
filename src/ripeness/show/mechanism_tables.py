"""Mechanisms: which levers move this war, the strongest first; what does nothing, and what no lever moves."""

from __future__ import annotations

from ripeness.show.brief import brief_layout, with_note, without_columns
from ripeness.show.cell import TableCell, TableRow, bold, dim, number_cell, numbers, row, styled, words
from ripeness.show.table import Layout, Table, layout, numeric_table, text_table
from ripeness.study.mechanisms.answer import ABSENT, LEVER, OUTPUT, MeasuredMechanisms, MechanismRow

NAMED = 3  # levers in the sentence
ROUNDED = 0.05  # months below which a difference is written as none
SHARES = ("settlement", "frozen", "victory", "fighting")


def sentence(measured: MeasuredMechanisms) -> str:
    """The strongest levers in one sentence."""
    levers = [line for line in measured.mechanisms if line.kind == LEVER]
    strongest = measured.strongest()[:NAMED]
    if not strongest:
        return f"None of the {len(levers)} levers moves the length of this war by more than its error."
    named = "; ".join(f"{_name(line)}: {line.months:+.1f} months" for line in strongest)
    idle = len(levers) - len(measured.strongest())
    few = "the strongest lever is" if len(strongest) == 1 else f"the {_count(len(strongest))} strongest levers are"
    return f"In this war {few} {named}; of {len(levers)} levers, {idle} move its length by no more than their error."


def tables(measured: MeasuredMechanisms) -> Layout:
    """The answer, the mechanisms by what they move, what the others are, and all levers where they were moved."""
    by_effect = layout(bold(sentence(measured)), effect_table(measured), output_table(measured), absent_line(measured))
    has_more = len(measured.levers) > len({line.id for line in measured.levers})
    return layout(by_effect, lever_table(measured)) if has_more else by_effect


def brief(measured: MeasuredMechanisms) -> Layout:
    """The answer, and the strongest levers."""
    note = (
        f"Mean months by month {measured.horizon:g} after the lever less before, ± 90 % error, with the same "
        "inputs and luck; outcomes in percentage points (frozen: or low activity)."
    )
    table = without_columns(effect_table(measured), ("right", "wrong"))
    return brief_layout(sentence(measured), with_note(table, note))


def effect_table(measured: MeasuredMechanisms) -> Table:
    """The first lever of each mechanism, the strongest first."""
    levers = [line for line in measured.mechanisms if line.kind == LEVER]
    levers.sort(key=lambda line: (line.idle, -abs(line.months or 0.0)))
    method = (
        f"Mean months by month {measured.horizon:g} (as stated {measured.mean_months:.1f}) after the lever less "
        "before, ± 90 % error, with the same inputs and luck. right, wrong: % of the "
        f"{measured.samples} parameter samples that move as the theory says, or the opposite way, by more than chance; "
        "a dash where it says neither. Outcomes: percentage points; settled: by agreement or "
        "lasting ceasefire; frozen: a frozen front or low activity. Dim: no more than the error."
    )
    columns = [
        numbers("months", "months"),
        numbers("right", "%"),
        numbers("wrong", "%"),
        numbers("settled", "points"),
        numbers("frozen", "points"),
        numbers("won", "points"),
        numbers("go on", "points"),
    ]
    rows = [_effect_row(f"{line.id} {line.mechanism}: {line.moved}", line) for line in levers]
    return numeric_table("What each mechanism moves", columns, rows, "mechanism and lever", notes=(dim(method),))


def lever_table(measured: MeasuredMechanisms) -> Table:
    """Every lever, by mechanism."""
    rows = [
        row(
            f"{line.id} {line.moved}",
            _months_cell(line),
            line.expected or "-",
            _percent_cell(line.longer),
            _percent_cell(line.shorter),
            *(_points_cell(getattr(line, name)) for name in (*SHARES, "terms")),
            emphasis="" if line.is_told_from_zero else "dim",
        )
        for line in measured.levers
        if line.kind == LEVER
    ]
    columns = [
        numbers("months", "months"),
        words("theory"),
        numbers("longer", "%"),
        numbers("shorter", "%"),
        numbers("settled", "points"),
        numbers("frozen", "points"),
        numbers("won", "points"),
        numbers("go on", "points"),
        numbers("share", "points"),
    ]
    note = dim(
        f"{measured.samples} parameter samples with {measured.replications} runs each in every arm. longer, shorter: % "
        "of the samples. share: of the stake, held by the first belligerent at the end."
    )
    return numeric_table("All levers", columns, rows, "lever", notes=(note,))


def output_table(measured: MeasuredMechanisms) -> Table:
    """Mechanisms that are answers of the model: what was measured, and where to see the whole."""
    rows = []
    for line in measured.mechanisms:
        if line.kind == OUTPUT:
            months = "" if line.months is None else f": {_months_text(line)} months"
            rows.append(row(f"{line.id} {line.mechanism}", f"{line.moved}{months}", f"ripeness {line.verb}"))
    columns = ("mechanism", "what is measured", "see")
    return text_table(columns, rows, title="Outputs, not levers", spaced=True)


def absent_line(measured: MeasuredMechanisms) -> str:
    """What this war has nothing of, in one line; nothing where it has all."""
    reasons: dict[str, list[str]] = {}
    for line in measured.levers:
        if line.kind == ABSENT and line.id not in reasons.get(line.moved, ()):
            reasons.setdefault(line.moved, []).append(line.id)
    if not reasons:
        return ""
    named = "; ".join(f"{', '.join(ids)}: {reason}" for reason, ids in reasons.items())
    return f"Not in this war: {named}."


def _effect_row(name: str, line: MechanismRow) -> TableRow:
    return row(
        name,
        _months_cell(line),
        _percent_cell(line.right),
        _percent_cell(line.wrong),
        *(_points_cell(getattr(line, outcome)) for outcome in SHARES),
        emphasis="" if line.is_told_from_zero else "dim",
    )


def _months_cell(line: MechanismRow) -> TableCell:
    return number_cell(_months_text(line), line.months, error=line.months_error)


def _months_text(line: MechanismRow) -> str:
    if line.idle:
        return "0"
    months = line.months or 0.0
    text = f"{months:+.1f}" if abs(months) >= ROUNDED else "0.0"
    return f"{text} ±{line.months_error:.1f}"


def _percent_cell(share: float | None) -> TableCell:
    return number_cell("-", None) if share is None else number_cell(f"{100 * share:.0f}", 100 * share)


def _points_cell(difference: float | None) -> TableCell:
    value = 100 * (difference or 0.0)
    text = f"{value:+.0f}" if abs(value) >= 0.5 else "0"
    return number_cell(styled(text), value)


def _name(line: MechanismRow) -> str:
    return f"{line.moved} ({line.mechanism})"


def _count(number: int) -> str:
    return ("no", "one", "two", "three")[number]
