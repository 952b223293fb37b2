"""Options as pictures: what each is worth to whom beside continuing, and who gains from which outcome."""

from __future__ import annotations

from collections import Counter
from textwrap import wrap
from typing import Any

import altair as alt

from ripeness.show.cell import decimal_text
from ripeness.show.charts.calendar_axis import by_words
from ripeness.show.charts.dress import data, dress, names_in_lines, wrapped_names
from ripeness.show.palette import FALL, INK, RISE, RULE, SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.show.words import outcome
from ripeness.study.aims_and_costs import OutcomeGain
from ripeness.study.options.compare import Options
from ripeness.world.wording import join_words

ROW, LINE, BETWEEN = 20, 13, 8  # height of a row, of a line of a name that takes several, and between such names
NARROW_LETTERS = 20  # of a line of a name on a phone
LETTERS = 440  # width that names of factions with their polities may take
NEITHER = "#F4F4F4"
HEAD = 12  # letters in a line of the name of an outcome above its column
NARROW_TABLE = 190  # width of the table on a phone
NAMED = 2  # options that a title names


def option_values(options: Options, title: str, *, dark: bool = False, narrow: bool = False) -> Any:
    """How much more than continuing each option is worth to every faction, with 90 % errors; a panel an option.

    On a phone (`narrow`) a table of colours, where what lies within its error has none.
    """
    rows: list[dict[str, Any]] = []
    for option in options.options[1:]:
        for judge, worth in zip(options.judges, option.worth, strict=True):
            if judge.kind == "faction":
                rows.append(
                    {
                        "option": option.name,
                        "who": f"{options.names[f'{judge.polity}/{judge.key}']} ({options.names[judge.polity]})",
                        "polity": options.names[judge.polity],
                        "more": worth.more.mean,
                        "low": worth.more.low,
                        "high": worth.more.high,
                    }
                )
    if narrow:
        told = (f"{decimal_text(row['more'], '+.2f')} ({row['low']:.2f} to {row['high']:.2f})" for row in rows)
        gains = [
            {"who": row["who"], "what": row["option"], "gain": _beyond_error(row), "said": words}
            for row, words in zip(rows, told, strict=True)
        ]
        return _dressed(_coloured_table(gains, narrow=True), options, title, dark=dark)
    colours = SERIES_IN_THE_DARK if dark else SERIES
    names = list(dict.fromkeys(row["polity"] for row in rows))
    judges = alt.Y(
        "who:N",
        sort=list(dict.fromkeys(row["who"] for row in rows)),
        title=None,
        axis=alt.Axis(labelLimit=LETTERS),
    )
    side = alt.Color(
        "polity:N",
        scale=alt.Scale(domain=names, range=list(colours[: len(names)])),
        legend=alt.Legend(title=None, orient="top"),
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
    height = ROW * len({row["who"] for row in rows})
    panels = (
        alt.layer(zero, error, point, data=data(rows))
        .properties(width=WIDTH // 2, height=height)
        .facet(
            facet=alt.Facet("option:N", sort=[o.name for o in options.options], title=None, header=alt.Header(**look)),
            columns=2,
        )
    )
    return _dressed(panels, options, title, dark=dark)


def _dressed(chart: Any, options: Options, title: str, *, dark: bool) -> Any:
    """A chart of what options are worth, with its finding as title."""
    ranked = ", ".join(options.ranked)
    name, until, finding = options.names[options.polity], by_words(options.day, options.horizon), _better(options)
    return dress(
        chart,
        finding,
        f"{title}: worth to each faction of what {name} could do, more than continuing, {until}; "
        "lines are 90 % errors, and on a phone what lies within them has no colour",
        f"{finding}. Options of {name}, by the first aim: {ranked}.",
        dark=dark,
    )


def _beyond_error(row: dict[str, Any]) -> float:
    """A gain, or none where its interval holds 0."""
    return float(row["more"]) if row["low"] > 0 or row["high"] < 0 else 0.0


def _better(options: Options) -> str:
    """Which option is worth more than to continue, by more than its error, to most factions."""
    factions = [n for n, judge in enumerate(options.judges) if judge.kind == "faction"]
    gains_by_option = {
        option.name: sum(option.worth[n].more.low > 0 for n in factions) for option in options.options[1:]
    }
    most = max(gains_by_option.values(), default=0)
    if not most:
        return "No option is worth more than continuing to any faction by more than its error"
    best = [f"'{name}'" for name, number in gains_by_option.items() if number == most]
    subject = join_words(best) if len(best) <= NAMED else f"{len(best)} of {len(gains_by_option)} options"
    verb = "is" if len(best) == 1 else "are each"
    reach = f"all {most}" if most == len(factions) else f"{most} of {len(factions)}"
    return f"{subject} {verb} worth more than continuing to {reach} factions"


def _favourite(options: Options) -> str:
    """Which outcome is the best one for most factions."""
    best: dict[tuple[str, str], OutcomeGain] = {}
    for row in options.gains:
        key = row.polity, row.faction
        if key not in best or row.gain > best[key].gain:
            best[key] = row
    if not best:
        return "Nothing is known of who gains from which outcome"
    (kind, whose), number = Counter((row.outcome, row.whose) for row in best.values()).most_common(1)[0]
    name = outcome(kind, whose, options.names)
    reach = f"all {number}" if number == len(best) else f"{number} of {len(best)}"
    return f"{name[:1].upper()}{name[1:]} is the best outcome for {reach} factions"


def faction_by_outcome(options: Options, title: str, *, dark: bool = False, narrow: bool = False) -> Any:
    """Who gains and who loses by which outcome, as a coloured table; on a phone (`narrow`) by colours alone."""
    rows: list[dict[str, Any]] = [
        {
            "who": f"{options.names[f'{row.polity}/{row.faction}']} ({options.names[row.polity]})",
            "what": outcome(row.outcome, row.whose, options.names),
            "gain": row.gain,
            "said": decimal_text(row.gain, "+.2f"),
        }
        for row in options.gains
    ]
    finding = _favourite(options)
    told_in_words = f"{finding}. Gain or loss of each faction by outcome, in stakes, less the mean of all simulations."
    return dress(
        _coloured_table(rows, narrow=narrow),
        finding,
        f"{title}: worth of an outcome to a faction where it happens, less the mean of all simulations",
        told_in_words,
        dark=dark,
    )


def _coloured_table(rows: list[dict[str, Any]], *, narrow: bool) -> Any:
    """Gains (`gain`, in words `said`) of factions (`who`) by what happens (`what`); on a phone by colours alone."""
    largest = max((abs(row["gain"]) for row in rows), default=1.0) or 1.0
    sort_who, sort_what = (list(dict.fromkeys(row[key] for row in rows)) for key in ("who", "what"))
    lines = max((len(wrap(name, HEAD)) for name in sort_what), default=1)
    heads = (
        alt.Axis(orient="top", labelAngle=-90, labelLimit=200)
        if narrow
        else alt.Axis(
            orient="top",
            labelAngle=0,
            labelLimit=200,
            labelExpr=wrapped_names(HEAD),
            labelLineHeight=LINE,
            labelPadding=LINE * (lines - 1) + 4,
        )
    )
    most, look = names_in_lines({name: name for name in sort_who}, NARROW_LETTERS if narrow else 44, LINE)
    base = alt.Chart(data(rows)).encode(
        x=alt.X(
            "what:N",
            sort=sort_what,
            title=None,
            axis=heads,
        ),
        y=alt.Y(
            "who:N",
            sort=sort_who,
            title=None,
            axis=alt.Axis(**{**look, "labelLimit": LETTERS}),
        ),
    )
    colour = alt.Color(
        "gain:Q",
        scale=alt.Scale(domain=[-largest, 0, largest], range=[FALL[0], NEITHER, RISE[0]]),
        legend=alt.Legend(title="stakes", orient="bottom" if narrow else "right"),
    )
    cells = base.mark_rect().encode(
        color=colour, tooltip=[alt.Tooltip("who:N"), alt.Tooltip("what:N"), alt.Tooltip("said:N")]
    )
    words = base.mark_text(fontSize=12, color="#1F2328").encode(text=alt.Text("said:N"))
    height = max(ROW, LINE * most + BETWEEN) * len(sort_who)
    return (cells if narrow else cells + words).properties(width=NARROW_TABLE if narrow else WIDTH, height=height)
