"""Explain: the number in one sentence, the steps that lead to it, and what each of them puts in."""

from __future__ import annotations

from ripeness.show.brief import brief_layout, with_note
from ripeness.show.cell import TableCell, TableRow, bold, dim, number_cell, numbers, row
from ripeness.show.end_words import ENDED, PARTICIPLES
from ripeness.show.number_cells import error_text, points_text
from ripeness.show.table import Layout, Table, layout, numeric_table, text_table
from ripeness.show.target_words import SMALL, fine_percent
from ripeness.show.words import at, bare_percent, day
from ripeness.study.explain.groups import REST
from ripeness.study.explain.step import BLEND, MODEL, RECORD, UNKNOWN, ExplainStep, Explanation
from ripeness.study.weighted_statistics import MeanEstimate


def sentence(explanation: Explanation) -> str:
    """Where one begins, where one arrives, and what moves the model most."""
    last = {step.basis: step for step in explanation.steps}
    model, unknown = fine_percent(last[MODEL].p), explanation.step(UNKNOWN)
    end = f"{ENDED[explanation.target.outcome]} {by_when(explanation)}"
    if RECORD in last:
        blend = f", blend {fine_percent(last[BLEND].p)}" if BLEND in last else ""
        numbers_so_far = f"{fine_percent(last[RECORD].p)} of past conflicts like this were {end}; model {model}{blend}."
    elif unknown is not None:
        begins = f"Knowing only who fights and since when, the model has {fine_percent(unknown.p)} {end}"
        numbers_so_far = f"{begins}; of this war {model}."
    else:
        numbers_so_far = f"The model has {model} of this war {end}."
    return f"{numbers_so_far} {_strongest(explanation)}"


def tables(explanation: Explanation) -> Layout:
    """The answer and the steps, other versions and warnings, and what each step puts in."""
    lines = map(dim, (*_versions(explanation), *explanation.notes, *explanation.warnings))
    return layout(bold(sentence(explanation)), step_table(explanation), *lines, content_table(explanation))


def brief(explanation: Explanation) -> Layout:
    """The answer and the steps for one screen."""
    few = " (few in some)" if explanation.warnings else ""
    note = f"first, last: alone, after all others. {explanation.draws:,} simulations an arm{few}. ± 90 %."
    lines = map(dim, (*_versions(explanation), *explanation.notes))
    return brief_layout(sentence(explanation), with_note(step_table(explanation), note), *lines)


def step_table(explanation: Explanation) -> Table:
    """Every step in its order."""
    has_orders = any(step.put_first or step.put_last for step in explanation.steps)
    order = (
        "Steps are taken in this order; first, last: what a group moves when it is put in alone, or after all others."
        if has_orders
        else "Steps are taken in this order; in another one they move it by other amounts."
    )
    method = (
        f"{order} Each arm: {explanation.draws:,} wars of the model that last {explanation.months_fought:.0f} months, "
        "on the same inputs and luck. ± 90 %: of the record for its coefficients, else of the simulations."
    )
    leaders = "Each side is read as one leader: its factions count by what they wish on average."
    notes = [dim(method), *([dim(leaders)] if explanation.one_leader else [])]
    columns = [
        numbers(f"% {PARTICIPLES[explanation.target.outcome]}", "%"),
        *(numbers(name, "points") for name in (COLUMNS if has_orders else COLUMNS[:1])),
    ]
    title = f"From the base rate to this war's number, {by_when(explanation)}"
    rows = [_row(step, has_orders=has_orders) for step in explanation.steps]
    return numeric_table(title, columns, rows, "step", notes=notes)


def content_table(explanation: Explanation) -> Table:
    """What each step puts in."""
    rows = [row(step.name, step.holds) for step in explanation.steps]
    return text_table(("step", "what it puts in"), rows, title="What each step puts in", spaced=True)


COLUMNS = ("moved", "first", "last")
FEW = "too few"  # wars of an arm that last as long as this one


def _row(step: ExplainStep, *, has_orders: bool) -> TableRow:
    size = f"{100 * step.p:.1f}" if 0 < step.p < SMALL else bare_percent(step.p)
    share = f"{size} ±{error_text(step.low, step.high)}"
    alone = (step.put_first, step.put_last) if has_orders else ()
    missing = FEW if any(alone) else ""
    cells = (_points(step.moved), *(_points(moved, missing) for moved in alone))
    is_parent = step.basis != MODEL
    number = number_cell(share, 100 * step.p, low=100 * step.low, high=100 * step.high)
    return row(step.name, number, *cells, emphasis="bold" if is_parent else "")


def _points(moved: MeanEstimate | None, missing: str = "") -> TableCell:
    """A difference in percentage points; one of the record has no error."""
    if moved is None:
        return number_cell(missing, None)
    text = f"{100 * moved.mean:+.1f}" if moved.low == moved.high != 0 else points_text(moved)
    return number_cell(text, 100 * moved.mean, low=100 * moved.low, high=100 * moved.high)


def _strongest(explanation: Explanation) -> str:
    """The group that moves most, if by more than its error."""
    for step in explanation.groups:
        if step.moved and (step.moved.low > 0 or step.moved.high < 0):
            verb = "moves" if step.key == REST else "move"
            return f"{step.name[:1].upper()}{step.name[1:]} {verb} it most ({100 * step.moved.mean:+.0f} points)."
    return "Nothing that it states moves it by more than the noise of the simulations."


def _versions(explanation: Explanation) -> tuple[str, ...]:
    """The model's number under the other versions of the case, in one line."""
    if not explanation.versions:
        return ()
    others = ", ".join(f"{other.version} {fine_percent(other.p)}" for other in explanation.versions)
    return (f"Version {explanation.version}; model of others: {others}.",)


def by_when(explanation: Explanation) -> str:
    """By or in which month, or by which day."""
    target, is_state = explanation.target, explanation.target.outcome == "fighting"
    if target.day is not None:
        return f"{'on' if is_state else 'by'} {day(target.day)}"
    return f"{'in' if is_state else 'by'} month {at(target.month)}"
