"""Explain: the number in one sentence, the steps that lead to it, and what each of them puts in."""

from __future__ import annotations

from ripeness.show.cell import TableCell, TableRow, bold, dim, number_cell, numbers, row
from ripeness.show.number_cells import error_text, points_text
from ripeness.show.table import Layout, Table, layout, numeric_table, text_table
from ripeness.show.target_words import SMALL, fine_percent
from ripeness.show.words import bare_percent
from ripeness.study.explain.step import BLEND, MODEL, RECORD, UNKNOWN, ExplainStep, Explanation
from ripeness.study.weighted_statistics import MeanEstimate
from ripeness.world.wording import join_words

NAMED = 2  # groups in the sentence
NAMES = {"settlement": "settled", "frozen": "frozen", "victory": "won by one side", "fighting": "still going on"}


def sentence(explanation: Explanation) -> str:
    """Where one begins, where one arrives, and what moves the model most."""
    last = {step.basis: step for step in explanation.steps}
    model, unknown = last[MODEL], explanation.step(UNKNOWN)
    end = f"{NAMES[explanation.target.outcome]} {_when(explanation)}"
    reasons = f"This war's own numbers move the model most by {_strongest(explanation)}."
    if RECORD in last:
        blend = f", the blend {fine_percent(last[BLEND].p)}" if BLEND in last else ""
        begins = f"Of past conflicts like this one {fine_percent(last[RECORD].p)} were {end}"
        return f"{begins}; the model gives this war {fine_percent(model.p)}{blend}. {reasons}"
    if unknown is None:
        return f"The model gives this war {fine_percent(model.p)} to be {end}. {reasons}"
    begins = f"Of a war of which it knows only its age the model has {fine_percent(unknown.p)} {end}"
    return f"{begins}; of this one {fine_percent(model.p)}. {reasons}"


def tables(explanation: Explanation, version: str = "", *, full: bool = False) -> Layout:
    """The answer and the steps, then other versions and warnings; on demand what each step puts in."""
    lines = [dim(text) for text in (_versions(explanation, version), *explanation.warnings) if text]
    brief = layout(bold(sentence(explanation)), step_table(explanation), *lines)
    return layout(brief, content_table(explanation)) if full else brief


def step_table(explanation: Explanation) -> Table:
    """Every step in its order."""
    method = (
        f"Steps are taken in this order; first, last: what a group moves when it is put in alone, or after all others. "
        f"Each arm: {explanation.draws:,} wars of the model that last {explanation.months_fought:.0f} months, on the "
        "same parameter samples and random draws. ± 90 %: of the record for its coefficients, else of the simulations."
    )
    leaders = "Each side is read as one leader: its factions count by what they wish on average."
    notes = [dim(method), *([dim(leaders)] if explanation.one_leader else [])]
    columns = [numbers(f"% {NAMES[explanation.target.outcome]}", "%"), *(numbers(name, "points") for name in COLUMNS)]
    title = f"From the base rate to this war's number, {_when(explanation)}"
    return numeric_table(title, columns, [_row(step) for step in explanation.steps], "step", notes=notes)


def content_table(explanation: Explanation) -> Table:
    """What each step puts in."""
    rows = [row(step.name, step.holds) for step in explanation.steps]
    return text_table(("step", "what it puts in"), rows, title="What each step puts in", spaced=True)


COLUMNS = ("moved", "first", "last")


def _row(step: ExplainStep) -> TableRow:
    size = f"{100 * step.p:.1f}" if 0 < step.p < SMALL else bare_percent(step.p)
    share = f"{size} ±{error_text(step.low, step.high)}"
    cells = (_points(moved) for moved in (step.moved, step.put_first, step.put_last))
    is_parent = step.basis != MODEL
    number = number_cell(share, 100 * step.p, low=100 * step.low, high=100 * step.high)
    return row(step.name, number, *cells, emphasis="bold" if is_parent else "")


def _points(moved: MeanEstimate | None) -> TableCell:
    """A difference in percentage points; one of the record has no error."""
    if moved is None:
        return number_cell("", None)
    text = f"{100 * moved.mean:+.1f}" if moved.low == moved.high != 0 else points_text(moved)
    return number_cell(text, 100 * moved.mean, low=100 * moved.low, high=100 * moved.high)


def _strongest(explanation: Explanation) -> str:
    """The groups that move most by more than their error."""
    told = [step for step in explanation.groups if step.moved and (step.moved.low > 0 or step.moved.high < 0)]
    if not told:
        return "no more than the noise of the simulations"
    return join_words(
        [f"{step.name} ({100 * step.moved.mean:+.0f} points)" for step in told[:NAMED] if step.moved], "and"
    )


def _versions(explanation: Explanation, version: str) -> str:
    """The model's number under the other versions of the case, in one line."""
    if not explanation.versions:
        return ""
    others = ", ".join(f"{other.version} {fine_percent(other.p)}" for other in explanation.versions)
    return f"These are the steps of the version '{version}'; the model under others: {others}."


def _when(explanation: Explanation) -> str:
    """By or in which month."""
    word = "in" if explanation.target.outcome == "fighting" else "by"
    return f"{word} month {explanation.target.month:g}"
