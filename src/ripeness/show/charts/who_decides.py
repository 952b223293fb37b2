"""Who decides, as pictures: power before and after the evidence by prior, power over time, weights of readings, and the
evidence matrix.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt

from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import HEIGHT, INK, PAPER, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.show.words import day, percent
from ripeness.study.who_decides.bayes_factors import ReadingRow
from ripeness.study.who_decides.evidence_matrix import EvidenceRow
from ripeness.study.who_decides.power import PowerShare
from ripeness.study.who_decides.prior import EXPERTS, FLAT, STATED

LABEL, LONGEST = 260, 340  # width that names of factions take beside panels of a whole, and the most that they may take
MARGIN = 36  # at the left, where a reader's fonts are wider than those by which the picture was laid out
ROW = 26  # height of a line of a bar chart or a matrix
HOLLOW = ("#5F6368", "#BDC1C6")  # outline of what was believed before, on light and on dark paper
PRIOR_HEADINGS = {
    STATED: "power as the case states it",
    FLAT: "the decisions alone (flat prior)",
    EXPERTS: "power as the experts state it",
}
LONGEST_HYPOTHESIS = 170  # points that the name of a hypothesis has above its column; the tables have it whole
WIDEST = 3.0  # log ratio at which the colour of a cell is full: a mark of CC or II


def power(rows: Sequence[PowerShare], polity: str, names: Mapping[str, str], *, dark: bool = False) -> Any:
    """Shares of power of one polity's factions at the last date, a row a faction and a panel a prior: hollow before the
    evidence, solid after it.
    """
    of_polity = [row for row in rows if row.polity == polity]
    last = max(row.date for row in of_polity)
    of_polity = [row for row in of_polity if row.date == last]
    priors = list(dict.fromkeys(row.prior for row in of_polity))
    order = [row.faction for row in sorted(of_polity, key=lambda row: (priors.index(row.prior), -row.mean))]
    label = {key: names.get(f"{polity}/{key}", key) for key in order}
    records = [_share_record(row, label) for row in of_polity]
    colour = (SERIES_IN_THE_DARK if dark else SERIES)[0]
    hollow, fill = HOLLOW[dark], PAPER[dark]
    axis = alt.Axis(labelLimit=LONGEST)
    y = alt.Y("faction:N", sort=list(label.values()), title=None, axis=axis)
    x = alt.X("prior_low:Q", title="share of power", axis=alt.Axis(format=".0%", tickCount=3))
    base = alt.Chart(data(records))
    tooltip = [alt.Tooltip(f"{name}:N") for name in ("faction", "learnt")]
    tooltip += [alt.Tooltip(f"{name}:Q") for name in ("mean", "low", "high", "prior_mean", "prior_low", "prior_high")]
    layers = alt.layer(
        base.mark_bar(size=13, fill=fill, fillOpacity=0, stroke=hollow, strokeWidth=1.3).encode(
            x=x, x2=alt.X2("prior_high:Q"), y=y
        ),
        base.mark_rule(strokeWidth=4, color=colour).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"), y=y),
        base.mark_point(filled=False, fill=fill, opacity=1, size=60, stroke=hollow, strokeWidth=1.5).encode(
            x=alt.X("prior_mean:Q"), y=y
        ),
        base.mark_point(filled=True, size=60, opacity=1, color=colour).encode(x=alt.X("mean:Q"), y=y, tooltip=tooltip),
    ).properties(width=(WIDTH - LABEL) // len(priors), height=ROW * len(label))
    facet = alt.Facet(
        "prior:N",
        sort=[PRIOR_HEADINGS[prior] for prior in priors],
        title=None,
        header=alt.Header(labelColor=INK[dark], labelFontSize=12, labelFontWeight="normal"),
    )
    first = max((row for row in of_polity if row.prior == priors[0]), key=lambda row: row.mean)
    place = names.get(polity, polity)
    title = f"{label[first.faction]} has most power in {place}, on {_day(last)}: {percent(first.mean)}"
    described = "; ".join(
        f"{record['prior']}: {record['faction']} {record['mean']:.0%} ({record['low']:.0%} to {record['high']:.0%}, "
        f"learnt {record['learnt']})"
        for record in records
    )
    return dress(
        layers.facet(facet=facet, columns=len(priors)).properties(
            padding={"left": MARGIN, "right": 12, "top": 12, "bottom": 12}
        ),
        title,
        f"Who decides in {place}: share of power, hollow before the evidence, solid after it; 90 % intervals",
        f"{title}: {described}.",
        dark=dark,
    )


def _day(iso: str) -> str:
    """A date in words."""
    return day(date.fromisoformat(str(iso)))


def _share_record(row: PowerShare, label: Mapping[str, str]) -> dict[str, Any]:
    return {
        "faction": label[row.faction],
        "date": row.date,
        "mean": row.mean,
        "low": row.low,
        "high": row.high,
        "prior_mean": row.prior_mean,
        "prior_low": row.prior_low,
        "prior_high": row.prior_high,
        "learnt": row.learnt,
        "prior": PRIOR_HEADINGS[row.prior],
    }


def power_over_time(rows: Sequence[PowerShare], polity: str, names: Mapping[str, str], *, dark: bool = False) -> Any:
    """Shares of power of one polity's factions over time, each in a panel of its own: after the evidence, and before it
    in grey.
    """
    of_polity = [row for row in rows if row.polity == polity]
    order = [row.faction for row in sorted(of_polity, key=lambda row: -row.mean)]
    label = {key: names.get(f"{polity}/{key}", key) for key in order}
    records = [_share_record(row, label) for row in of_polity]
    colour = (SERIES_IN_THE_DARK if dark else SERIES)[0]
    place, last = names.get(polity, polity), max(row.date for row in of_polity)
    top = max((row for row in of_polity if row.date == last), key=lambda row: row.mean)
    title, description = (
        f"{label[top.faction]} has most power in {place}, on {_day(last)}: {percent(top.mean)}",
        f"Who decides in {place}: share of power, after the evidence in blue, before it in grey; 90 % intervals",
    )
    described = "; ".join(
        f"{record['faction']} {record['mean']:.0%} ({record['low']:.0%} to {record['high']:.0%})"
        for record in records[-len(label) :]
    )
    base = alt.Chart(data(records))
    x = alt.X("date:T", title=None)
    layers = alt.layer(
        base.mark_area(color="#9AA0A6", opacity=0.25).encode(
            x=x,
            y=alt.Y("prior_low:Q", title="share of power", axis=alt.Axis(format=".0%", tickCount=4)),
            y2=alt.Y2("prior_high:Q"),
        ),
        base.mark_area(color=colour, opacity=0.3).encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q")),
        # Where nothing was learnt the two bands lie on each other: the edges of the grey one stay to be seen.
        *(
            base.mark_line(color="#9AA0A6", strokeWidth=1.5, strokeDash=[4, 3]).encode(x=x, y=alt.Y(f"{edge}:Q"))
            for edge in ("prior_low", "prior_high")
        ),
        base.mark_line(color=colour, strokeWidth=2, point={"color": colour}).encode(
            x=x,
            y=alt.Y("mean:Q"),
            tooltip=[
                alt.Tooltip("faction:N"),
                alt.Tooltip("date:T"),
                alt.Tooltip("mean:Q"),
                alt.Tooltip("low:Q"),
                alt.Tooltip("high:Q"),
                alt.Tooltip("prior_mean:Q"),
            ],
        ),
    ).properties(width=WIDTH // 3, height=HEIGHT // 3)
    chart = layers.facet(
        facet=alt.Facet(
            "faction:N",
            sort=[label[key] for key in dict.fromkeys(order)],
            title=None,
            header=alt.Header(labelColor=INK[dark]),
        ),
        columns=3,
    )
    return dress(chart, title, description, f"{title}: {described}.", dark=dark)


def readings(rows: Sequence[ReadingRow], polity: str, names: Mapping[str, str], *, dark: bool = False) -> Any:
    """Weights of a polity's readings: prior mass as a tick, what the evidence made of it as a bar."""
    of_polity = sorted((row for row in rows if row.polity == polity), key=lambda row: -row.weight)
    labels = [row.reading.replace("captured:", "captured by ") for row in of_polity]
    records = [
        {"reading": label, "class": row.kind, "before": row.prior, "after": row.weight, "what": row.name}
        for label, row in zip(labels, of_polity, strict=True)
    ]
    y = alt.Y("reading:N", sort=labels, title=None)
    kinds = list(dict.fromkeys(row.kind for row in of_polity))
    colours = (SERIES_IN_THE_DARK if dark else SERIES)[: len(kinds)]
    base = alt.Chart(data(records))
    bars = base.mark_bar().encode(
        y=y,
        x=alt.X("after:Q", title="probability of the account", axis=alt.Axis(format=".0%")),
        color=alt.Color("class:N", scale=alt.Scale(domain=kinds, range=list(colours)), title=None),
        tooltip=[alt.Tooltip("what:N"), alt.Tooltip("before:Q"), alt.Tooltip("after:Q")],
    )
    ticks = base.mark_tick(thickness=3, color=INK[dark]).encode(y=y, x=alt.X("before:Q"))
    place = names.get(polity, polity)
    title = (
        f"Likeliest account of who decides in {place}: {of_polity[0].name}, {percent(of_polity[0].weight)}"
        if of_polity
        else f"No account of who decides in {place} was weighed"
    )
    description = ", ".join(f"{row.reading} {row.weight:.0%}" for row in of_polity)
    chart = alt.layer(bars, ticks).properties(width=WIDTH - 160, height=ROW * len(of_polity))
    return dress(
        chart,
        title,
        f"Who decides in {place}: bars after the evidence, ticks before it",
        f"{title}: {description}.",
        dark=dark,
    )


def _hypothesis(key: str, polity: str, names: Mapping[str, str]) -> str:
    """A hypothesis on who decides, in as few words as the axis has room for."""
    general = {"factional": "rival factions", "unitary": "one leader"}
    captor = key.partition("captured:")[2]
    return f"{names.get(f'{polity}/{captor}', captor)} alone" if captor else general.get(key, key.replace("-", " "))


def matrix(rows: Sequence[EvidenceRow], polity: str, names: Mapping[str, str], *, dark: bool = False) -> Any:
    """The evidence matrix of a polity: blue where a reading foretold an item better than readings do on average,
    orange where worse.
    """
    of_polity = [row for row in rows if row.polity == polity]
    records = [
        {
            "item": row.item,
            "reading": _hypothesis(cell.reading, polity, names),
            "ratio": cell.log_ratio,
            "mark": cell.mark,
            "grade": row.grade,
        }
        for row in of_polity
        for cell in row.cells
    ]
    x = alt.X(
        "reading:N",
        sort=[_hypothesis(cell.reading, polity, names) for cell in of_polity[0].cells] if of_polity else [],
        title=None,
        axis=alt.Axis(orient="top", labelAngle=-40, labelLimit=LONGEST_HYPOTHESIS),
    )
    y = alt.Y("item:N", sort=[row.item for row in of_polity], title=None, axis=alt.Axis(labelLimit=220))
    scale = alt.Scale(
        domain=[-WIDEST, 0, WIDEST], range=["#D55E00", PAPER[dark], "#0072B2"], clamp=True, interpolate="rgb"
    )
    base = alt.Chart(data(records))
    cells = base.mark_rect().encode(
        x=x,
        y=y,
        color=alt.Color("ratio:Q", scale=scale, title="log ratio"),
        tooltip=[
            alt.Tooltip("item:N"),
            alt.Tooltip("reading:N"),
            alt.Tooltip("ratio:Q"),
            alt.Tooltip("mark:N"),
            alt.Tooltip("grade:N"),
        ],
    )
    marks = base.mark_text(fontSize=12, color=INK[dark]).encode(x=x, y=y, text=alt.Text("mark:N"))
    place = names.get(polity, polity)
    title = f"Most telling of who decides in {place}: {of_polity[0].item}" if of_polity else f"No evidence on {place}"
    width = ROW * 2 * max(len(of_polity[0].cells) if of_polity else 1, 1)
    chart = alt.layer(cells, marks).properties(width=width, height=ROW * max(len(of_polity), 1))
    return dress(
        chart,
        title,
        f"Evidence on {place}: how well each account foretold an item, log ratio to the mean of all accounts",
        f"{title}.",
        dark=dark,
    )
