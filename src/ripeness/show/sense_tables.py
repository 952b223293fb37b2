"""Sensitivity tables: how much hangs on luck, on each source and on each number; what never matters in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import isfinite

from ripeness.scenario.parameter_points import FITTED, FITTED_JOINTLY
from ripeness.show.brief import brief_layout, with_note, without_columns
from ripeness.show.cell import StyledText, TableCell, TableRow, bold, dim, number_cell, numbers, row, styled
from ripeness.show.number_cells import range_cell
from ripeness.show.table import Layout, Table, layout, numeric_table
from ripeness.show.target_words import fine_percent, reason_for_no_answer, target_in_words
from ripeness.show.words import number, percent
from ripeness.study.sensitivity.groups import HeldAtMedians
from ripeness.study.sensitivity.groups import ParameterGroup as NumberGroup
from ripeness.study.sensitivity.sense import ParameterSensitivity, Sensitivity
from ripeness.world.wording import join_words

MOST_SOURCES, AT_LEAST = 8, 8  # rows: leading sources; leading numbers even where fewer rise above chance
LETTERS = 34  # of a title
MOST_PARTS = 4  # parts of a scenario that are named of the numbers left out
PARTS = ("power", "traits", "positions", "salience", "responds", "conduct", "resources", "weights", "changes")
FORETELL = numbers("foretell, %", "%")


def sentence(sensitivity: Sensitivity, names: Mapping[str, str]) -> str:
    """The answer in one sentence."""
    reason = reason_for_no_answer(sensitivity.target, names, sensitivity.draws, sensitivity.p)
    if reason:
        return reason
    target = target_in_words(sensitivity.target, names)
    luck = ""
    if sensitivity.luck is not None:
        luck = f"luck decides {percent(sensitivity.luck)} of a single war's course to '{target}'; "
    if sensitivity.faint:
        return (
            f"{_capitalised(luck)}what the inputs decide of its probability of {fine_percent(sensitivity.p)}"
            " cannot be told"
            f" from luck with {sensitivity.draws:,} draws; fight more --draws."
        )
    if not sensitivity.mattering:
        return (
            f"{_capitalised(luck)}no number on its own moves its probability of {fine_percent(sensitivity.p)}"
            " more than chance "
            "would."
        )
    leading = join_words([f"'{parameter.name}'" for parameter in sensitivity.mattering[:2]])
    unexplained = 1 - sensitivity.explained
    remainder = f"; the other {percent(unexplained)} lie in combinations and in numbers too weak to tell"
    return (
        f"{_capitalised(luck)}of what the inputs decide, {_explain(len(sensitivity.mattering))} about "
        f"{percent(sensitivity.explained)}, first of all {leading}{'' if unexplained <= 0 else remainder}."
    )


def tables(sensitivity: Sensitivity, names: Mapping[str, str]) -> Layout:
    """Everything, the answer first."""
    answer = bold(sentence(sensitivity, names))
    if not 0 < sensitivity.p < 1:
        return layout(answer)
    combinations = (interactions(sensitivity),) if sensitivity.sobol else ()
    return layout(answer, sources(sensitivity), kinds(sensitivity), parameter_table(sensitivity), *combinations)


def brief(sensitivity: Sensitivity, names: Mapping[str, str]) -> Layout:
    """The answer, and the leading numbers."""
    answer = sentence(sensitivity, names)
    if not 0 < sensitivity.p < 1:
        return brief_layout(answer)
    note = (
        "alone: percent of what the inputs decide that it decides by itself (90 % interval); raises by: points for one"
        " standard deviation up; *: more than chance."
    )
    return brief_layout(answer, with_note(without_columns(parameter_table(sensitivity), ("PAWN",)), note))


def sources(sensitivity: Sensitivity) -> Layout:
    """How much hangs on each source: those that stand out, and those that were asked for by name."""
    every = sensitivity.by("source")
    fixed = any(group.fixed for group in every)
    listed = [
        group for n, group in enumerate(every) if (group.stands_out and n < MOST_SOURCES) or group.fixed is not None
    ]
    n_sources = sum(group.numbers > 0 for group in every)
    standing_out = sum(group.stands_out for group in every)
    notes = []
    if standing_out:
        notes += [
            dim(
                f"{standing_out} of {n_sources} sources stand out: their share is above what the luckiest of as many"
                " reaches when outcomes are dealt at random (95 %). --source ID shows any other; --json lists all."
            ),
            dim(
                "foretell: percent of what the inputs decide that its numbers foretell together, found on points not"
                " used to fit (90 % interval), combinations left out; a number with two sources counts for both."
            ),
        ]
    else:
        notes.append(
            styled(
                f"No source stands out: none of {n_sources} moves it more than the luckiest of as many would by chance."
            )
        )
    if fixed:
        notes.append(
            dim(
                "held: all its numbers at their medians, same draws: by how many points the probability of"
                f" {fine_percent(sensitivity.p)} moves (± 90 %), and the share of the inputs' part that goes,"
                " combinations"
                " included (90 % interval); below zero: others come to matter more."
            )
        )
    title = "How much hangs on each source"
    if not listed:
        return layout(bold(f"\n{title}"), *notes)
    columns = [numbers("numbers"), FORETELL]
    if fixed:
        columns += [numbers("held: points", "percentage points"), numbers("removes, %", "%")]
    rows = [_group_row(_group_title(group), group, _fixed_cells(group.fixed)) for group in listed]
    return layout(numeric_table(title, columns, rows, notes=notes))


def _group_row(title: str | StyledText, group: NumberGroup, fixed_cells: Sequence[TableCell] = ()) -> TableRow:
    star = "*" if group.stands_out else " "
    count = number_cell(str(group.numbers), group.numbers)
    return row(title, count, _share_cell(group.share, group.low, group.high, star), *fixed_cells)


def _group_title(group: NumberGroup) -> str | StyledText:
    title = group.title if len(group.title) <= LETTERS else group.title[: LETTERS - 1].rstrip() + "…"
    return styled(title, (f" [{group.name}]", "dim")) if title != group.name else title


def _fixed_cells(fixed: HeldAtMedians | None) -> tuple[TableCell, ...]:
    """By how much a probability moves, and what share goes, where all numbers of a group are held."""
    if fixed is None:
        return ()
    half = 50 * (fixed.moved_high - fixed.moved_low)
    removed, low, high = (100 * share for share in (fixed.removed, fixed.removed_low, fixed.removed_high))
    ends = {"low": 100 * fixed.moved_low, "high": 100 * fixed.moved_high}
    return (
        number_cell(f"{100 * fixed.moved:+.1f} ±{half:.1f}", 100 * fixed.moved, **ends),
        number_cell(f"{removed:.0f} ({low:.0f} to {high:.0f})", removed, low=low, high=high),
    )


def kinds(sensitivity: Sensitivity) -> Table:
    """How much hangs on numbers of each kind and grade."""
    rows = [_group_row(group.name, group) for group in sensitivity.by("kind")]
    rows += [_group_row(f"grade {group.name}", group) for group in sensitivity.by("grade")[:4]]
    return numeric_table("By kind and by grade of the source", [numbers("numbers"), FORETELL], rows)


def parameter_table(sensitivity: Sensitivity) -> Table:
    """The leading numbers of the scenario; all others in a line."""
    listed = sensitivity.numbers[: max(AT_LEAST, len(sensitivity.mattering))]
    unlisted = Counter(parameter.kind for parameter in sensitivity.numbers[len(listed) :])
    kinds_of = ", ".join(f"{count} {kind}" for kind, count in unlisted.most_common())
    pawn = ""
    if sensitivity.pawn_chance is not None:
        pawn = f" PAWN: 0 to 1; a number that does nothing reaches {sensitivity.pawn_chance:.2f}."
    notes = [
        dim(
            "alone: percent of what the inputs decide that it decides by itself (90 % interval). raises by: percentage"
            f" points for one standard deviation up. By chance the luckiest of {len(sensitivity.numbers)} numbers"
            f" reaches {100 * sensitivity.chance:.1f} % or {100 * sensitivity.chance_slope:.1f} points; *: above"
            f" either.{pawn}"
        ),
        dim(f"No more than chance: {sum(unlisted.values())} other numbers ({kinds_of}). --json and --out list all."),
        _inert(sensitivity),
        dim(
            f"{len(sensitivity.exact)} judged or assumed numbers state no range and so cannot move; give them one "
            "to test them."
        ),
    ]
    if any(parameter.jointly for parameter in listed):
        notes.append(
            dim(
                "[fitted]: drawn with the other fitted parameters from points of their joint posterior; what it"
                " decides or raises by holds what its companions do when it is high."
            )
        )
    columns = [
        numbers("90 % range"),
        numbers("alone, %", "%"),
        numbers("raises by", "percentage points"),
        numbers("PAWN"),
    ]
    return numeric_table("Which numbers move it", columns, map(_parameter_row, listed), notes=notes)


def _inert(sensitivity: Sensitivity) -> StyledText:
    """Which numbers are left out since they move nothing."""
    if not sensitivity.inert.paths:
        return StyledText()
    return dim(
        f"Left out: {len(sensitivity.inert.paths)} numbers that move nothing in this war under this"
        f" reading{_parts_named(sensitivity)}. They were moved one by one, and all at once in"
        f" {sensitivity.inert.wars:,} wars, and no war took another course."
    )


def _parameter_row(parameter: ParameterSensitivity) -> TableRow:
    star = "*" if parameter.matters else " "
    return row(
        styled((f"{parameter.name}{' [fitted]' if parameter.jointly else ''}", "" if parameter.matters else "dim")),
        range_cell(f"{number(parameter.low)} to {number(parameter.high)}", parameter.low, parameter.high),
        _share_cell(parameter.share, parameter.share_low, parameter.share_high, star),
        number_cell(f"{100 * parameter.slope:+.1f}", 100 * parameter.slope),
        number_cell("" if parameter.pawn is None else f"{parameter.pawn:.2f}", parameter.pawn),
    )


def interactions(sensitivity: Sensitivity) -> Table:
    """Sobol' indices."""
    titles = {parameter.path: parameter.name for parameter in sensitivity.numbers} | {FITTED: FITTED_JOINTLY}
    rows = [
        row(
            titles.get(index.path, index.path),
            _index_cell(index.first, index.first_error),
            _index_cell(index.total, index.total_error),
        )
        for index in sorted(sensitivity.sobol, key=lambda index: -index.total if isfinite(index.total) else 1.0)
    ]
    note = (
        "± 90 %. in all: alone and in every combination; these add up to more than 100 %. A larger --sobol narrows"
        " it. -: on this design the outcome is too rare to tell. It sets every number itself, so neither the months"
        " that the war has lasted nor past conflicts count here."
    )
    columns = [numbers("alone, %", "%"), numbers("in all, %", "%")]
    return numeric_table("Sobol' indices, with combinations", columns, rows, notes=(dim(note),))


def _parts_named(sensitivity: Sensitivity) -> str:
    """Some of the numbers that move nothing, by the part of the scenario that they are of."""
    parts = Counter(_part(path) for path in sensitivity.inert.paths)
    return " (" + ", ".join(f"{count} of {name}" for name, count in parts.most_common(MOST_PARTS)) + ")"


def _part(path: str) -> str:
    """A number's trait or field, without whose it is: 'traits.loyalty', 'positions', 'power', 'laws'."""
    steps = path.split(".")
    if steps[0] != "polities":
        return steps[0]
    parts = [step for step in steps if step in PARTS]
    return parts[-1] if parts else steps[2] if len(steps) > 2 else steps[0]


def _share_cell(share: float, low: float, high: float, star: str) -> TableCell:
    text = f"{100 * share:.1f} ({100 * low:.0f}-{100 * high:.0f}){star}"
    return number_cell(text, 100 * share, low=100 * low, high=100 * high)


def _index_cell(share: float, error: float) -> TableCell:
    if not isfinite(share + error):
        return number_cell("-", None)
    return number_cell(f"{100 * share:.0f} ±{100 * error:.0f}", 100 * share, error=100 * error)


def _explain(count: int) -> str:
    return "one number on its own explains" if count == 1 else f"{count} numbers on their own explain"


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
