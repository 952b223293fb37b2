"""Outlook picture: past wars like this one, analysts' versions and the blend on one axis, a row a class of end."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

import altair as alt

from ripeness.show.charts.calendar_axis import READOUT
from ripeness.show.charts.dress import data, dress
from ripeness.show.disagreement_words import range_in_words
from ripeness.show.outlook_words import BLEND, PAST, VERSIONS, by_day, class_words, outlook_sentence
from ripeness.show.palette import ANCHOR, INK, PAPER, WIDTH, class_colour
from ripeness.show.words import percent
from ripeness.study.outcome_classes import ChanceEstimate
from ripeness.study.outlook import Outlook, OutlookRow
from ripeness.study.version_spread import VersionDisagreement

MODELS = {"factional": "rival factions", "unitary": "one leader"}  # what a version makes of each side
LANES = (PAST, VERSIONS, BLEND)  # from the top of a row to its bottom
ROW, COMPACT_ROW = 66, 50  # height of a row
NARROW, CARD = 190, 210  # width of the axis on a phone, on a card
ONE = "the model"  # in place of versions, where there is but one


def outlook_chart(
    outlook: Outlook, names: Mapping[str, str], *, dark: bool = False, narrow: bool = False, compact: bool = False
) -> Any:
    """Three lanes a row: past wars with their interval, a mark for each version, and the blend with its interval.

    `narrow` is for a phone; `compact` for a card of some 360 pixels, with few words.
    """
    lanes = tuple(lane for lane in LANES if outlook.record_cases is not None or lane == VERSIONS)
    words = {VERSIONS: VERSIONS if outlook.versions else ONE}
    order = [_label(row, names) for row in outlook.rows]
    marks = [mark for row in outlook.rows for mark in _marks(row, names, words[VERSIONS], outlook.reading, dark=dark)]
    end = ceil(round(10 * max(mark["high"] for mark in marks), 6)) / 10 or 0.1
    small = narrow or compact
    y = alt.Y(
        "row:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelFontSize=13, labelPadding=14)
    )
    offset = alt.YOffset("lane:N", sort=[words.get(lane, lane) for lane in lanes], scale=alt.Scale(paddingOuter=0.35))
    ticks = alt.Axis(format=".0%", tickCount=4 if small else 10, orient="top" if not small else "bottom")
    x = alt.X("p:Q", title=None, scale=alt.Scale(domain=[0, end]), axis=ticks)
    shapes = {PAST: "square", words[VERSIONS]: "circle", BLEND: "diamond"}
    shown = [words.get(lane, lane) for lane in lanes]
    shape = alt.Shape(
        "lane:N",
        scale=alt.Scale(domain=shown, range=[shapes[lane] for lane in shown]),
        legend=None if compact else _legend(shown, dark=dark, narrow=narrow),
    )
    base = alt.Chart(data(marks)).encode(y=y, yOffset=offset)
    colour = alt.Color("colour:N", scale=None, legend=None)
    span = {"x": alt.X("low:Q", scale=alt.Scale(domain=[0, end])), "x2": alt.X2("high:Q"), "color": colour}
    past, blend = (alt.datum.lane == lane for lane in (PAST, BLEND))
    usual = alt.datum.usual == True  # noqa: E712  (an expression of the drawing library)
    layers = [
        base.transform_filter(past).mark_rule(strokeWidth=1.5).encode(**span),
        base.transform_filter(blend).mark_rule(strokeWidth=7, opacity=0.35, strokeCap="round").encode(**span),
        base.transform_filter(past).mark_point(filled=True, size=55, opacity=1).encode(x=x, shape=shape, color=colour),
        base.transform_filter((alt.datum.lane == words[VERSIONS]) & alt.datum.hollow)
        .mark_point(filled=False, size=40, strokeWidth=1.4, opacity=0.9)
        .encode(x=x, color=colour),
        base.transform_filter((alt.datum.lane == words[VERSIONS]) & ~alt.datum.hollow)
        .mark_point(filled=True, size=46, opacity=0.6)
        .encode(x=x, shape=shape, color=colour),
        base.transform_filter(usual)
        .mark_point(filled=False, size=90, strokeWidth=1.8, opacity=1)
        .encode(x=x, color=alt.value(INK[dark])),
        base.transform_filter(blend)
        .mark_point(filled=True, size=170, opacity=1, stroke=PAPER[dark], strokeWidth=1.5)
        .encode(x=x, shape=shape, fill=colour),
        base.transform_filter("datum.said != ''")
        .mark_text(align="left", dx=9, fontSize=12, color=INK[dark])
        .encode(x=alt.X("high:Q", scale=alt.Scale(domain=[0, end])), text="said:N"),
        _readout(outlook, names, order),
    ]
    width = CARD if compact else NARROW if narrow else WIDTH - 120
    chart = alt.layer(*layers).properties(
        width=width, height=(COMPACT_ROW if small else ROW) * len(order) * len(lanes) / 3
    )
    described = "; ".join(f"{row['row']}: {row['words']}" for row in _rows(outlook, names))
    subtitle = _subtitle(outlook, compact=compact)
    return dress(chart, _title(outlook, names), subtitle, f"{outlook_sentence(outlook, names)} {described}.", dark=dark)


def disagreement_chart(
    disagreement: VersionDisagreement,
    names: Mapping[str, str],
    title: str,  # noqa: ARG001  (the finding is the title)
    *,
    dark: bool = False,
    narrow: bool = False,
) -> Any:
    """The same of an answer about versions.

    Assumes that it holds its outlook.
    """
    if disagreement.outlook is None:
        raise ValueError("an answer about versions without its outlook")
    return outlook_chart(disagreement.outlook, names, dark=dark, narrow=narrow)


def _title(outlook: Outlook, names: Mapping[str, str]) -> str:
    """The finding in a line."""
    row = outlook.of(outlook.lead)
    about = f"{class_words(row.outcome, names)} {by_day(outlook.on, row.outcome)}"
    return f"{about[:1].upper()}{about[1:]}: {percent(row.answer.p)}"


def _subtitle(outlook: Outlook, *, compact: bool) -> str:
    row = outlook.of(outlook.lead)
    versions = f"{range_in_words(*outlook.spread(row))} %"
    speakers = "analysts' versions" if outlook.versions else "the model"
    if row.record is None:
        return f"{speakers[:1].upper()}{speakers[1:]} say {versions}; no past wars are blended in"
    if compact:
        return f"Past wars like this one {percent(row.record.p)}, {speakers} {versions}"
    return (
        f"Blended from past wars like this one ({percent(row.record.p)}) and {speakers} of this war ({versions}). "
        f"Bars are 90 % intervals; the ring is the usual version{_hollow(outlook)}"
    )


def _hollow(outlook: Outlook) -> str:
    """What hollow marks are, where there are any."""
    others = {mark.reading for mark in outlook.rows[0].versions} - {outlook.reading}
    return "".join(f"; hollow: {MODELS[reading]} on each side" for reading in sorted(others))


def _legend(shown: list[str], *, dark: bool, narrow: bool) -> Any:
    return alt.Legend(
        title=None,
        orient="top",
        direction="vertical" if narrow else "horizontal",
        values=shown,
        symbolFillColor=ANCHOR[dark],
        symbolStrokeColor=ANCHOR[dark],
    )


def _label(row: OutlookRow, names: Mapping[str, str]) -> str:
    words = class_words(row.outcome, names)
    return f"{words[:1].upper()}{words[1:]}"


def _marks(
    row: OutlookRow, names: Mapping[str, str], versions: str, reading: str, *, dark: bool
) -> list[dict[str, Any]]:
    """What is drawn in a row: lanes with their marks, and the two numbers that are written out."""
    label, colour = _label(row, names), class_colour(row.outcome, dark=dark)
    common = {"row": label, "usual": False, "hollow": False}
    marks = [
        {
            **common,
            "lane": versions,
            **dict.fromkeys(("p", "low", "high"), mark.p),
            "said": "",
            "colour": ANCHOR[dark],
            "hollow": mark.reading != reading,
        }
        for mark in row.versions
    ]
    of_version = {**_estimate(row.model), "high": row.model.p, "said": "", "colour": ANCHOR[dark]}
    marks.append({**common, "lane": versions, **of_version, "usual": True})
    for lane, estimate, paint in ((PAST, row.record, ANCHOR[dark]), (BLEND, row.blend, colour)):
        if estimate is not None:
            marks.append({**common, "lane": lane, **_estimate(estimate), "said": percent(estimate.p), "colour": paint})
    return marks


def _estimate(estimate: ChanceEstimate) -> dict[str, float]:
    return {"p": estimate.p, "low": estimate.low, "high": estimate.high}


def _rows(outlook: Outlook, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """All that a row says, in words: for the readout, and for those who cannot see the picture."""
    rows = []
    for row in outlook.rows:
        estimates = {
            PAST: _interval_words(row.record),
            BLEND: _interval_words(row.blend),
            f"the model ({outlook.title(outlook.usual)})": _interval_words(row.model),
            **{f"{outlook.title(mark.version)}, {MODELS[mark.reading]}": percent(mark.p) for mark in row.versions},
        }
        kept = {name: text for name, text in estimates.items() if text}
        words = ", ".join(f"{name} {text}" for name, text in kept.items())
        rows.append({"row": _label(row, names), "words": words, "said": kept})
    return rows


def _interval_words(estimate: ChanceEstimate | None) -> str:
    return "" if estimate is None else f"{percent(estimate.p)} ({range_in_words(estimate.low, estimate.high)})"


def _readout(outlook: Outlook, names: Mapping[str, str], order: list[str]) -> Any:
    """An unseen bar over each row that tells all of it to who points at it."""
    rows = _rows(outlook, names)
    titles = list(rows[0]["said"])
    values = [
        {"row": row["row"], **{f"v{n}": row["said"].get(title, "") for n, title in enumerate(titles)}} for row in rows
    ]
    tips = [alt.Tooltip("row:N", title=" "), *(alt.Tooltip(f"v{n}:N", title=title) for n, title in enumerate(titles))]
    return (
        alt.Chart(data(values), name=READOUT)
        .mark_bar(opacity=0, height=alt.RelativeBandSize(1))
        .encode(y=alt.Y("row:N", sort=order), tooltip=tips)
    )
