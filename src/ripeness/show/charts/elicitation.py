"""Elicitation: what each judge says of the numbers on which they disagree most, and the pool, as bars with a dot."""

from __future__ import annotations

from typing import Any

import altair as alt

from ripeness.scenario.schema import Scenario
from ripeness.show.charts.dress import data, dress
from ripeness.show.palette import SERIES, SERIES_IN_THE_DARK, WIDTH
from ripeness.show.words import number, percent
from ripeness.study.elicitation.elicitation import Elicitation
from ripeness.world.fault import Fault

MOST = 12  # numbers that are drawn
POOL = "pool of all"
LANE = 13  # pixels for each judge of a number


def judge_intervals(elicitation: Elicitation, scenario: Scenario, title: str, *, dark: bool = False) -> Any:  # noqa: ARG001
    """Best guess and 90 % interval of every judge and of the pool, most disputed numbers first; shares alone.

    Raises: Fault where no sheets were pooled.
    """
    pooled = elicitation.pooled
    if pooled is None:
        raise Fault("a picture needs the sheets of two judges or more")
    names = {question.path: f"{question.owner}: {question.number}" for question in elicitation.questionnaire.questions}
    ranked = sorted((row for row in pooled.agreement if row.unit == "share"), key=lambda row: -row.between)[:MOST]
    judges = [*pooled.judged, POOL]
    rows: list[dict[str, Any]] = []
    for agreement in ranked:
        for judge in judges:
            numbers = pooled.numbers if judge == POOL else pooled.judged[judge]
            if agreement.path in numbers:
                low, best, high = numbers[agreement.path].interval()
                in_words = f"{number(best)} ({number(low)} to {number(high)})"
                label = names.get(agreement.path, agreement.path)
                rows.append({"number": label, "judge": judge, "low": low, "best": best, "high": high, "said": in_words})
    order = list(dict.fromkeys(row["number"] for row in rows))
    palette = SERIES_IN_THE_DARK if dark else SERIES
    colours = [palette[n % len(palette)] for n in range(len(judges))]
    base = alt.Chart(data(rows)).encode(
        y=alt.Y("number:N", sort=order, title=None, axis=alt.Axis(labelLimit=330)),
        yOffset=alt.YOffset("judge:N", sort=judges),
        color=alt.Color(
            "judge:N",
            sort=judges,
            scale=alt.Scale(domain=judges, range=colours),
            legend=alt.Legend(title=None, orient="top"),
        ),
        tooltip=[alt.Tooltip("number:N"), alt.Tooltip("judge:N"), alt.Tooltip("said:N", title="best, 90 %")],
    )
    bars = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", title="share, 90 % interval", scale=alt.Scale(domain=[0, 1])), x2=alt.X2("high:Q")
    )
    dots = base.mark_point(filled=True, size=45, opacity=1).encode(x=alt.X("best:Q"))
    height = max(LANE * len(judges) * len(order), LANE)
    listed = "; ".join(f"{row['number']}, {row['judge']} {row['said']}" for row in rows)
    subtitle = f"{title}: numbers on which {len(pooled.judged)} experts disagree most, best guess and 90 % interval"
    finding = "Experts were asked of no shares"
    if rows:
        guesses = [row["best"] for row in rows if row["number"] == order[0] and row["judge"] != POOL]
        apart = f"{percent(min(guesses))} to {percent(max(guesses))}"
        finding = f"Experts differ most on {order[0][:1].lower()}{order[0][1:]}: {apart}"
    picture = (bars + dots).properties(width=WIDTH, height=height)
    return dress(picture, finding, subtitle, f"{finding}. {subtitle}: {listed}.", dark=dark)
