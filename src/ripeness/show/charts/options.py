"""Options as pictures: what each is worth to whom beside continuing, and who gains from which outcome."""

from __future__ import annotations

from typing import Any

import altair as alt

from ripeness.show.cell import decimal_text
from ripeness.show.charts.dress import data, dress, names_in_lines
from ripeness.show.palette import FALL, INK, RISE, RULE, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.show.words import outcome
from ripeness.study.options.compare import Options

ROW = 20  # least height of a row in points
LETTERS_OF = {False: 80, True: 22}  # of a line of a name; on a phone
LINE = 13  # height of a line of a name in points
LETTERS = 440  # width that names of factions with their polities may take
NARROW = 130  # width of a panel, and of its names, on a phone
LEGEND = (
    "Worth of each option to each faction, beside continuing; lines are 90 % errors",
    "Worth beside continuing, 90 % errors",
)
NEITHER = "#F4F4F4"


def option_values(options: Options, title: str, *, dark: bool = False, narrow: bool = False) -> Any:
    """How much more than continuing each option is worth to every faction, with 90 % errors; a panel an option.

    `narrow` sets the options one below the other, for a phone.
    """
    rows: list[dict[str, Any]] = []
    for option in options.options[1:]:
        for judge, worth in zip(options.judges, option.worth, strict=True):
            if judge.kind == "faction":
                rows.append(
                    {
                        "option": option.name,
                        "row": f"{judge.polity}/{judge.key}",
                        "name": options.names[f"{judge.polity}/{judge.key}"],
                        "who": f"{options.names[f'{judge.polity}/{judge.key}']} ({options.names[judge.polity]})",
                        "polity": options.names[judge.polity],
                        "more": worth.more.mean,
                        "low": worth.more.low,
                        "high": worth.more.high,
                    }
                )
    colours = SERIES_IN_THE_DARK if dark else SERIES
    names = list(dict.fromkeys(row["polity"] for row in rows))
    # on a phone the colour alone says whose faction it is
    lines, in_lines = names_in_lines(
        {row["row"]: row["name" if narrow else "who"] for row in rows}, LETTERS_OF[narrow], LINE
    )
    judges = alt.Y(
        "row:N",
        sort=list(dict.fromkeys(row["row"] for row in rows)),
        title=None,
        axis=alt.Axis(**in_lines | {"labelLimit": LETTERS, "grid": True}),
    )
    side = alt.Color(
        "polity:N",
        scale=alt.Scale(domain=names, range=list(colours[: len(names)])),
        legend=alt.Legend(title=None, orient="top", columns=2 if narrow else 0),
    )
    chart = alt.Chart()
    zero = chart.transform_calculate(zero="0").mark_rule(color=RULE[dark]).encode(x=alt.X("zero:Q"))
    error = chart.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", title="stakes more than continuing", axis=alt.Axis(tickCount=5)),
        x2=alt.X2("high:Q"),
        y=judges,
        color=side,
    )
    point = chart.mark_circle(size=55, opacity=1).encode(
        x=alt.X("more:Q"),
        y=judges,
        color=side,
        tooltip=[
            alt.Tooltip("option:N"),
            alt.Tooltip("who:N"),
            *[alt.Tooltip(f"{k}:Q", format=".2f") for k in ("low", "more", "high")],
        ],
    )
    look: dict[str, Any] = {"labelFontSize": 12, "labelAnchor": "start", "labelColor": INK[dark]}
    height = max(ROW, LINE * lines + 6) * len({row["row"] for row in rows})
    panels = (
        alt.layer(zero, error, point, data=data(rows))
        .properties(width=NARROW if narrow else WIDTH // 2, height=height)
        .facet(
            facet=alt.Facet("option:N", sort=[o.name for o in options.options], title=None, header=alt.Header(**look)),
            columns=1 if narrow else 2,
        )
    )
    ranked = ", ".join(options.ranked)
    words = f"{title}: options of {options.names[options.polity]}, by the first aim: {ranked}."
    return dress(
        panels,
        f"What {options.names[options.polity]} could do"
        if narrow
        else f"{title}: what {options.names[options.polity]} could do",
        LEGEND[narrow],
        words,
        dark=dark,
    )


def faction_by_outcome(options: Options, title: str, *, dark: bool = False) -> Any:
    """Who gains and who loses by which outcome, as a coloured table."""
    rows: list[dict[str, Any]] = [
        {
            "who": f"{options.names[f'{row.polity}/{row.faction}']} ({options.names[row.polity]})",
            "outcome": outcome(row.outcome, row.whose, options.names),
            "gain": row.gain,
            "said": decimal_text(row.gain, "+.2f"),
        }
        for row in options.gains
    ]
    largest = max((abs(row["gain"]) for row in rows), default=1.0) or 1.0
    sort_who, sort_outcome = (list(dict.fromkeys(row[key] for row in rows)) for key in ("who", "outcome"))
    lines, look = names_in_lines({name: name for name in sort_who}, 34, LINE)
    deepest, in_lines = names_in_lines({name: name for name in sort_outcome}, 12, LINE)
    heads = alt.Axis(
        orient="top",
        labelAngle=0,
        labelLimit=200,
        labelExpr=in_lines["labelExpr"],
        labelLineHeight=LINE,
        labelBaseline="top",
        labelPadding=LINE * deepest,
        domain=False,
        ticks=False,
    )
    base = alt.Chart(data(rows)).encode(
        x=alt.X(
            "outcome:N",
            sort=sort_outcome,
            title=None,
            axis=heads,
        ),
        y=alt.Y(
            "who:N",
            sort=sort_who,
            title=None,
            axis=alt.Axis(**look | {"labelLimit": LETTERS}),
        ),
    )
    colour = alt.Color(
        "gain:Q",
        scale=alt.Scale(domain=[-largest, 0, largest], range=[FALL[0], NEITHER, RISE[0]]),
        legend=alt.Legend(title="stakes"),
    )
    cells = base.mark_rect().encode(
        color=colour, tooltip=[alt.Tooltip("who:N"), alt.Tooltip("outcome:N"), alt.Tooltip("said:N")]
    )
    words = base.mark_text(fontSize=12, color="#1F2328").encode(text=alt.Text("said:N"))
    told_in_words = f"{title}: gain or loss of each faction by outcome, in stakes, beside the mean of all simulations."
    chart = (cells + words).properties(width=WIDTH, height=max(ROW, LINE * lines + 6) * len(sort_who))
    return dress(
        chart,
        title,
        "Who gains from which outcome: worth where it happens, less the mean of all simulations",
        told_in_words,
        dark=dark,
    )
