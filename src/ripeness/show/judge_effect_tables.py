"""Tables of what a disagreement of judges does to the answer: by judge, by group of numbers, and by single number."""

from __future__ import annotations

from collections.abc import Sequence

from ripeness.scenario.polity_names import polity_names
from ripeness.scenario.schema import Scenario
from ripeness.show.cell import StyledText, dim, number_cell, numbers, row, styled, words
from ripeness.show.table import Table, text_table
from ripeness.show.target_words import outcome_in_words
from ripeness.show.words import percent, percent_range
from ripeness.study.judge_variance import JudgeDisagreement, JudgeVariance

MOST_EFFECTS = 10  # single numbers that a table shows


def effect_sentence(effect: JudgeDisagreement, scenario: Scenario) -> str:
    """What the judges' disagreement does to the answer, in one or two sentences."""
    names = polity_names(scenario)
    outcome = outcome_in_words(effect.outcome, names)
    chances = sorted(effect.chances.values())
    ends = tuple(dict.fromkeys((percent(chances[0]), percent(chances[-1]))))
    span = f"between {ends[0]} and {ends[1]}" if len(ends) > 1 else ends[0]
    month = f"within {effect.month:g} months"
    if not effect.clear:
        only = f" ({effect.numbers[0].label} alone)" if len(effect.numbers) == 1 else ""
        moves = f"What they differ in{only} moves the answer by no more than chance"
        return f"{moves}: {outcome} {month} is {span} by judge."
    ratio = effect.between / effect.within if effect.within > 0 else float("inf")
    against = (
        f"{ratio:.2g} times what each judge leaves open" if ratio != float("inf") else "and no judge leaves any open"
    )
    parts = [part for part in effect.groups if part.low > 0]
    made = f"; most of it by {parts[0].label} ({percent(parts[0].share)})" if parts else ""
    named = f", first of all {effect.leading[0].label}" if effect.leading else ""
    return f"By judge, {outcome} {month} is {span}: the variance between judges is {against}{made}{named}."


def effect_tables(effect: JudgeDisagreement, scenario: Scenario) -> list[Table | StyledText]:
    """Each judge's answer, and which groups and single numbers make the difference."""
    names = polity_names(scenario)
    outcome = outcome_in_words(effect.outcome, names)
    chances = [row(judge, number_cell(percent(p), 100 * p)) for judge, p in effect.chances.items()]
    title = f"The answer by judge: {outcome} within {effect.month:g} months"
    parts: list[Table | StyledText] = [
        StyledText(((effect_sentence(effect, scenario), ""),)),
        text_table((words("judge"), numbers("chance, %", "%")), chances, title=title, spaced=True),
    ]
    for name, rows in (("groups of numbers", effect.groups), ("single numbers", effect.numbers[:MOST_EFFECTS])):
        if rows:
            parts.append(_variance_table(name, rows, effect))
    if effect.note:
        parts.append(dim(f"{effect.note[:1].upper()}{effect.note[1:]}; --every-number takes them."))
    return parts


def _variance_table(name: str, variances: Sequence[JudgeVariance], effect: JudgeDisagreement) -> Table:
    rows = [
        row(
            part.label,
            number_cell(
                styled(percent(part.share), (f" ({percent_range(part.low, part.high)})", "dim")),
                100 * part.share,
                low=100 * part.low,
                high=100 * part.high,
            )
            if effect.clear
            else "cannot be told",
            number_cell(percent(part.within / effect.within), 100 * part.within / effect.within)
            if effect.within > 0
            else "-",
        )
        for part in variances
    ]
    columns = (
        words(name),
        numbers("of what lies\nbetween judges, %", "%"),
        numbers("of what each judge\nleaves open, %", "%"),
    )
    note = (
        f"Shapley shares of the variance, with 90 % intervals; {effect.mixtures} mixtures of {effect.draws:,} wars;"
        " below 0 where it works against the difference."
    )
    return text_table(
        columns, rows, title=f"What makes the judges' answers differ: {name}", notes=[dim(note)], spaced=True
    )
