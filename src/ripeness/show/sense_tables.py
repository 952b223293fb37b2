"""Sensitivity in a terminal: luck first, then sources, then numbers; what never matters in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import isfinite

from rich.console import Group, RenderableType
from rich.text import Text

from ripeness.show.lines import bare, quiet
from ripeness.show.never import aimed_at, fine, never
from ripeness.show.words import number, percent
from ripeness.study.sensitivity.groups import HeldAtMedians
from ripeness.study.sensitivity.groups import ParameterGroup as Source
from ripeness.study.sensitivity.sense import ParameterSensitivity, Sensitivity

SOURCES, AT_LEAST = 8, 8  # rows: leading sources; leading numbers even where fewer rise above chance
LETTERS = 34  # of a title
MOST = 4  # parts of a scenario that are named of the numbers left out
PARTS = ("power", "traits", "positions", "salience", "responds", "conduct", "resources", "weights", "changes")


def sentence(told: Sensitivity, names: Mapping[str, str]) -> str:
    """The answer in one sentence."""
    nothing = never(told.target, names, told.draws, told.p)
    if nothing:
        return nothing
    said = aimed_at(told.target, names)
    luck = "" if told.luck is None else f"luck decides {percent(told.luck)} of a single war's course to '{said}'; "
    if told.faint:
        return (
            f"{_upper(luck)}what the inputs decide of its probability of {fine(told.p)} cannot be told from luck with "
            f"{told.draws:,} draws; fight more --draws."
        )
    if not told.mattering:
        return f"{_upper(luck)}no number on its own moves its probability of {fine(told.p)} more than chance would."
    leading = " and ".join(f"'{one.name}'" for one in told.mattering[:2])
    rest = f"; the other {percent(1 - told.explained)} lie in combinations and in numbers too weak to tell"
    return (
        f"{_upper(luck)}of what the inputs decide, {_number(len(told.mattering))} about "
        f"{percent(told.explained)}, first of all {leading}{'' if told.explained >= 1 else rest}."
    )


def tables(told: Sensitivity, names: Mapping[str, str]) -> RenderableType:
    """Everything, the answer last."""
    if not 0 < told.p < 1:
        return Text(sentence(told, names), style="bold")
    parts: list[RenderableType] = [sources(told), kinds(told), numbers(told)]
    if told.sobol:
        parts.append(interactions(told))
    parts += [Text(), Text(sentence(told, names), style="bold")]
    return Group(*parts)


def sources(told: Sensitivity) -> Group:
    """How much hangs on each source: those that stand out, and those that were asked for by name."""
    every = told.by("source")
    held = [group for group in every if group.fixed]
    shown = [group for n, group in enumerate(every) if (group.stands_out and n < SOURCES) or group.fixed is not None]
    tried = sum(group.numbers > 0 for group in every)
    lines: list[RenderableType] = []
    if shown:
        lines.append(_hanging(shown, held=bool(held)))
    out = sum(group.stands_out for group in every)
    if out == 0:
        if not shown:
            lines.append(Text("\nHow much hangs on each source", style="bold"))
        lines.append(
            Text(f"No source stands out: none of {tried} moves it more than the luckiest of as many would by chance.")
        )
    else:
        lines.append(
            quiet(
                f"{out} of {tried} sources stand out: their share is above what the luckiest of as many reaches when"
                " outcomes are dealt at random (95 %). --source ID shows any other; --json lists all."
            )
        )
        lines.append(
            quiet(
                "foretell: percent of what the inputs decide that its numbers foretell together, found on points not"
                " used to fit (90 % interval), combinations left out; a number with two sources counts for both."
            )
        )
    if held:
        lines.append(
            quiet(
                "held: all its numbers at their medians, same draws: by how many points the probability of"
                f" {fine(told.p)} moves (± 90 %), and the share of the inputs' part that goes, combinations included"
                " (90 % interval); below zero: others come to matter more."
            )
        )
    return Group(*lines)


def _hanging(shown: list[Source], *, held: bool) -> RenderableType:
    columns = ["numbers", "foretell, %", *(["held: points", "removes, %"] if held else [])]
    table = bare("How much hangs on each source", columns)
    for group in shown:
        star = "*" if group.stands_out else " "
        row: list[RenderableType] = [
            _titled(group),
            str(group.numbers),
            _share(group.share, group.low, group.high) + star,
        ]
        if held:
            row += ["", ""] if group.fixed is None else _held(group.fixed)
        table.add_row(*row)
    return table


def _held(one: HeldAtMedians) -> list[RenderableType]:
    half = 50 * (one.moved_high - one.moved_low)
    removed = f"{100 * one.removed:.0f} ({100 * one.removed_low:.0f} to {100 * one.removed_high:.0f})"
    return [f"{100 * one.moved:+.1f} ±{half:.1f}", removed]


def kinds(told: Sensitivity) -> RenderableType:
    """How much hangs on numbers of each kind and grade."""
    table = bare("By kind and by grade of the source", ["numbers", "foretell, %"])
    for group in (*told.by("kind"), *told.by("grade")[:4]):
        name = group.name if group.by == "kind" else f"grade {group.name}"
        star = "*" if group.stands_out else " "
        table.add_row(Text(name), str(group.numbers), _share(group.share, group.low, group.high) + star)
    return table


def numbers(told: Sensitivity) -> Group:
    """The leading numbers; all others in a line."""
    table = bare("Which numbers move it", ["90 % range", "alone, %", "raises by", "PAWN"])
    shown = told.numbers[: max(AT_LEAST, len(told.mattering))]
    for one in shown:
        style = "" if one.matters else "dim"
        table.add_row(Text(one.name, style=style), f"{number(one.low)} to {number(one.high)}", *_cells(one))
    rest = Counter(one.kind for one in told.numbers[len(shown) :])
    others = ", ".join(f"{count} {kind}" for kind, count in rest.most_common())
    pawn = (
        "" if told.pawn_chance is None else f" PAWN: 0 to 1; a number that does nothing reaches {told.pawn_chance:.2f}."
    )
    return Group(
        table,
        quiet(
            "alone: percent of what the inputs decide that it decides by itself (90 % interval). raises by: percentage"
            f" points for one standard deviation up. By chance the luckiest of {len(told.numbers)} numbers reaches"
            f" {100 * told.chance:.1f} % or {100 * told.chance_slope:.1f} points; *: above either." + pawn
        ),
        quiet(f"No more than chance: {sum(rest.values())} other numbers ({others}). --json and --out list all."),
        (
            quiet(
                f"Left out: {len(told.inert.paths)} numbers that move nothing in this war under this"
                f" reading{_such_as(told)}. They were moved one by one, and all at once in {told.inert.wars:,} wars,"
                " and no war took another course."
            )
            if told.inert.paths
            else Text()
        ),
        quiet(
            f"{len(told.exact)} judged or assumed numbers state no range and so cannot move; give them one "
            "to test them."
        ),
    )


def interactions(told: Sensitivity) -> Group:
    """Sobol' indices."""
    table = bare("Sobol' indices, with combinations", ["alone, %", "in all, %"])
    titles = {one.path: one.name for one in told.numbers}
    for index in sorted(told.sobol, key=lambda index: -index.total if isfinite(index.total) else 1.0):
        table.add_row(
            Text(titles.get(index.path, index.path)),
            _pm(index.first, index.first_error),
            _pm(index.total, index.total_error),
        )
    return Group(
        table,
        quiet(
            "± 90 %. in all: alone and in every combination; these add up to more than 100 %. A larger --sobol narrows"
            " it. -: on this design the outcome is too rare to tell."
        ),
    )


def _such_as(told: Sensitivity) -> str:
    """Some of the numbers that move nothing, by the part of the scenario that they are of."""
    kinds_of = Counter(_part(path) for path in told.inert.paths)
    return " (" + ", ".join(f"{count} of {name}" for name, count in kinds_of.most_common(MOST)) + ")"


def _part(path: str) -> str:
    """A number's trait or field, without whose it is: 'traits.loyalty', 'positions', 'power', 'laws'."""
    words = path.split(".")
    if words[0] != "polities":
        return words[0]
    kept = [word for word in words if word in PARTS]
    return f"{kept[-1]}" if kept else words[2] if len(words) > 2 else words[0]


def _titled(group: Source) -> Text:
    title = group.title if len(group.title) <= LETTERS else group.title[: LETTERS - 1].rstrip() + "…"
    return Text(title).append(f" [{group.name}]", style="dim") if title != group.name else Text(title)


def _cells(one: ParameterSensitivity) -> tuple[str, str, str]:
    distance = "" if one.pawn is None else f"{one.pawn:.2f}"
    share = _share(one.share, one.share_low, one.share_high) + ("*" if one.matters else " ")
    return share, f"{100 * one.slope:+.1f}", distance


def _share(share: float, low: float, high: float) -> str:
    return f"{100 * share:.1f} ({100 * low:.0f}-{100 * high:.0f})"


def _pm(share: float, error: float) -> str:
    return f"{100 * share:.0f} ±{100 * error:.0f}" if isfinite(share + error) else "-"


def _number(many: int) -> str:
    return "one number on its own explains" if many == 1 else f"{many} numbers on their own explain"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
