"""Figures of chances, drawn by the browser at its own size: forecasts over time, and whether they came true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from ripeness.ledger.scores.calibration import Bin
from ripeness.ledger.show.score_words import day_in_words
from ripeness.show.words import percent

APART = 9.0  # percent of the height that two names at the end of their lines need
SERIES = 6  # colours of lines; further ones begin anew
TICKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class ChanceLine:
    """Forecasts of one forecaster in the order of their days, each of which stands until the next one; the last one
    until the day `until`, or the day on which the outcome is known.
    """

    name: str
    days: tuple[date, ...]
    chances: tuple[float, ...]
    reference: bool = False  # a base rate: dashed and grey
    until: date | None = None


@dataclass(frozen=True, slots=True)
class OutcomeMark:
    """The day since which the outcome is known, and whether what was forecast came true; none where it is withdrawn."""

    day: date
    happened: bool | None


def month_words(day: date) -> str:
    """A month as it stands below an axis.

    >>> month_words(date(2027, 7, 1))
    'Jul 2027'
    """
    return f"{day:%b %Y}"


def history_figure(
    lines: Sequence[ChanceLine], start: date, end: date, title: str, *, mark: OutcomeMark | None = None
) -> str:
    """Every forecast over time, a line a forecaster with a dot for each revision; `mark` says what came true, and when.

    Assumes start before end, and at least one line.
    """
    span = max((end - start).days, 1)

    def across(day: date) -> float:
        return min(max(100 * (day - start).days / span, 0), 100)

    resolved = min(mark.day, end) if mark else end
    parts, names = [], []
    for number, line in enumerate(lines):
        kind = "reference" if line.reference else f"s{number % SERIES}"
        corners: list[tuple[float, float]] = []
        for day, chance in zip(line.days, line.chances, strict=True):
            if corners:
                corners.append((across(day), corners[-1][1]))
            corners.append((across(day), 100 * chance))
            if not line.reference:
                words = escape(f"{line.name}, {day_in_words(day)}: {percent(chance)}", quote=True)
                parts.append(f'<b class="dot {kind}" style="{_at(across(day), 100 * chance)}" title="{words}"></b>')
        corners.append((max(across(line.until or resolved), corners[-1][0]), corners[-1][1]))
        path = " ".join(f"{'M' if n == 0 else 'L'}{x:.2f} {100 - y:.2f}" for n, (x, y) in enumerate(corners))
        parts.append(_stretched(f'<path d="{path}" class="{kind}"/>'))
        if line.until and corners[-1][0] < 100:  # nobody knows yet what one will say
            x, y = corners[-1]
            parts.append(_stretched(f'<path d="M{x:.2f} {100 - y:.2f} H100" class="ahead {kind}"/>'))
        names.append((corners[-1][1], kind, f"{line.name} {percent(line.chances[-1])}"))
    parts += [
        f'<em class="name {kind}" style="bottom:{height:.2f}%" title="{escape(text, quote=True)}">{escape(text)}</em>'
        for (_, kind, text), height in zip(names, _spread([height for height, _, _ in names]), strict=True)
    ]
    if mark:
        parts.append(_outcome(mark, across(mark.day)))
    description = "; ".join(
        f"{line.name}: "
        + ", ".join(
            f"{percent(chance)} on {day_in_words(day)}" for day, chance in zip(line.days, line.chances, strict=True)
        )
        for line in lines
    )
    days = _ticks(start, end)
    below = "".join(
        f'<span style="left:{across(day):.2f}%"{_edge(across(day))}>{month_words(day)}</span>' for day in days
    )
    upright = "".join(f'<i class="upright" style="left:{across(day):.2f}%"></i>' for day in days)
    return _figure("history", title, "", description, upright + "".join(parts), below)


def calibration_figure(
    bins: Sequence[Bin],
    title: str,
    subtitle: str,
    *,
    beside: Sequence[Bin] = (),
    names: tuple[str, str] = ("", ""),
    axes: tuple[str, str] = ("what was forecast", "what happened"),
    counted: str = "forecasts",
) -> str:
    """How often things happened, by the chance they were given, with 90 % intervals; on the diagonal both agree.

    `beside` are the bins of another forecaster, drawn hollow; `names` then name both.
    """
    parts = [_stretched('<path d="M0 100 L100 0" class="diagonal"/>')]
    most = max(part.n for part in (*bins, *beside))
    for kind, group in (("hollow", beside), ("s0", bins)):
        for part in group:
            words = (
                f"{part.n} {counted} of {percent(part.mean)} on average: {percent(part.share.value)} happened "
                f"(90 % interval {percent(part.share.low)} to {percent(part.share.high)})"
            )
            size = 9 + 9 * (part.n / most) ** 0.5
            if kind == "s0":
                parts.append(
                    f'<i class="whisker" style="left:{100 * part.mean:.2f}%;bottom:{100 * part.share.low:.2f}%;'
                    f'height:{100 * (part.share.high - part.share.low):.2f}%"></i>'
                )
            parts.append(
                f'<b class="dot {kind}" style="{_at(100 * part.mean, 100 * part.share.value)};width:{size:.1f}px;'
                f'height:{size:.1f}px" title="{escape(words, quote=True)}"></b>'
            )
    parts += [
        f'<em class="count" style="{_at(100 * part.mean, 100 * part.share.value)}">{part.n}</em>' for part in bins
    ]
    description = "; ".join(
        f"said {percent(part.mean)}, happened {percent(part.share.value)} of {part.n} "
        f"({percent(part.share.low)} to {percent(part.share.high)})"
        for part in bins
    )
    below = "".join(f'<span style="left:{tick}%"{_edge(tick)}>{tick} %</span>' for tick in TICKS)
    key = (
        f'<p class="key"><b class="dot s0"></b>{escape(names[0])} <b class="dot hollow"></b>{escape(names[1])}</p>'
        if beside
        else ""
    )
    return _figure("calibration", title, subtitle, description, "".join(parts), below, axes, key)


def _figure(
    kind: str,
    title: str,
    subtitle: str,
    description: str,
    parts: str,
    below: str,
    axes: tuple[str, str] = ("", ""),
    key: str = "",
) -> str:
    """A figure with its axis of chances at the left and what stands below."""
    left = "".join(f'<span style="bottom:{tick}%">{tick} %</span>' for tick in TICKS)
    lines = "".join(f'<i class="level" style="bottom:{tick}%"></i>' for tick in TICKS)
    head = f"<b>{escape(title)}</b>" + (f"<span>{escape(subtitle)}</span>" if subtitle else "")
    across, up = (escape(axis) for axis in axes)
    return (
        f'<figure class="chances {kind}"><figcaption>{head}</figcaption>{key}'
        + (f'<p class="axis up">{up}</p>' if up else "")
        + f'<div class="plot" role="img" aria-label="{escape(f"{title}. {description}", quote=True)}">'
        f'<div class="levels">{left}</div><div class="area">{lines}{parts}</div><div class="below">{below}</div></div>'
        + (f'<p class="axis across">{across}</p>' if across else "")
        + "</figure>"
    )


def _stretched(shapes: str) -> str:
    """Lines that fill the whole area, whatever its size, and keep their width."""
    return f'<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">{shapes}</svg>'


def _at(x: float, y: float) -> str:
    return f"left:{x:.2f}%;bottom:{y:.2f}%"


def _edge(x: float) -> str:
    """The class of a label that would stand out of the picture at an end of its axis."""
    return ' class="first"' if x < 4 else ' class="last"' if x > 96 else ""


def _outcome(mark: OutcomeMark, x: float) -> str:
    """An upright line on the day since which the outcome is known, with a mark where the right answer was."""
    words = "withdrawn" if mark.happened is None else "happened" if mark.happened else "did not happen"
    side = " left" if x > 50 else ""
    height = 50 if mark.happened is None else 100 if mark.happened else 0
    sign = "" if mark.happened is None else f'<b class="truth" style="{_at(x, height)}"></b>'
    return (
        f'<i class="known" style="left:{x:.2f}%"></i>{sign}'
        f'<em class="known-name{side}" style="left:{x:.2f}%">{words}</em>'
    )


def _spread(heights: Sequence[float]) -> list[float]:
    """Heights moved apart as little as is needed for names beside them, within the picture.

    >>> _spread([50.0, 51.0])
    [46.0, 55.0]
    """
    order = sorted(range(len(heights)), key=lambda n: heights[n])
    groups: list[list[int]] = []
    middles: list[float] = []
    for n in order:
        groups.append([n])
        middles.append(heights[n])
        while len(groups) > 1 and middles[-1] - middles[-2] < APART * (len(groups[-1]) + len(groups[-2])) / 2:
            joined = groups[-2] + groups[-1]
            groups[-2:] = [joined]
            middles[-2:] = [sum(heights[k] for k in joined) / len(joined)]
        room = APART * (len(groups[-1]) - 1) / 2
        middles[-1] = min(max(middles[-1], room), max(100 - room, room))
    places = list(heights)
    for group, middle in zip(groups, middles, strict=True):
        for rank, n in enumerate(group):
            places[n] = middle + APART * (rank - (len(group) - 1) / 2)
    return places


def _ticks(start: date, end: date) -> list[date]:
    """Firsts of months below a time axis, three to six of them."""
    months = max((end.year - start.year) * 12 + end.month - start.month, 0)
    step = next((step for step in (1, 2, 3, 6, 12, 24, 60, 120) if months / step <= 5), 240)
    first = start.year * 12 + start.month - 1
    first += -first % step
    ticks = [date(n // 12, n % 12 + 1, 1) for n in range(first, end.year * 12 + end.month, step)]
    ticks = [day for day in ticks if start <= day <= end]
    return ticks or [start]
