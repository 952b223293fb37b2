"""Pictures of a page have room for the names at their side."""

from __future__ import annotations

import json
import re

import altair as alt

from ripeness.web.pictures import ROOM, svg_of

NAME = "Finance commissions and fronts that tax coca and gold (FARC)"


def head_of(name):
    chart = alt.Chart(alt.InlineData(values=[{"name": name, "x": 1}])).mark_point()
    chart = chart.encode(x="x:Q", y=alt.Y("name:N", axis=alt.Axis(labelLimit=400)))
    svg = svg_of(json.dumps({"padding": ROOM, **chart.to_dict()}))
    found = re.search(r'width="([\d.]+)" height="([\d.]+)" viewBox="(-?[\d.]+) 0 ([\d.]+) ([\d.]+)"', svg)
    return [float(number) for number in found.groups()]


def test_a_long_name_is_given_a_point_a_letter_and_a_short_one_the_room_of_every_picture():
    wide, high, left, box_wide, box_high = head_of(NAME)
    assert left == ROOM["left"] - len(NAME)
    assert (wide, high) == (box_wide, box_high)
    assert head_of("army")[2] == 0
