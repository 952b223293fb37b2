"""Charts are whole pictures: saved in three forms, readable in light and dark, with words for those who cannot see."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from types import SimpleNamespace

import pytest

from ripeness.show.charts.calendar_axis import READOUT, date_or_month, still
from ripeness.show.charts.outcomes import outcome_areas
from ripeness.show.charts.paths import demand_paths, front_path, power_paths
from ripeness.show.charts.save import save
from ripeness.show.charts.strips import strips
from ripeness.show.palette import INK, OUTCOMES, PAPER, SERIES, SERIES_IN_THE_DARK
from ripeness.study.monthly_bands import MonthlyBand
from ripeness.study.probabilities import OutcomeProbability
from ripeness.world.fault import Fault

START = date(2025, 1, 1)
NAMES = {"north": "<b>North</b>", "south": "South"}
KINDS = [
    ("victory", "north"),
    ("victory", "south"),
    ("collapse", "north"),
    ("collapse", "south"),
    ("settlement", None),
    ("frozen", None),
    ("fighting", None),
]
SHARES = {0: (0, 0, 0, 0, 0, 0, 1), 12: (0.3, 0.02, 0.01, 0.015, 0.25, 0.005, 0.4)}
PATH = [
    OutcomeProbability(kind, whose, None, month, p, p, p, p, p)
    for month, shares in SHARES.items()
    for (kind, whose), p in zip(KINDS, shares, strict=True)
]


def bands(*series):
    return [MonthlyBand(name, month, 0.2, 0.4, 1.2, 30) for name in series for month in (0, 1, 2)]


def rows_of(chart, layer):
    definition = chart.to_dict()
    return definition["datasets"][definition["layer"][layer]["data"]["name"]]


CHARTS = {
    "outcomes": lambda dark: outcome_areas(PATH, NAMES, "A war", START, dark=dark),
    "front": lambda dark: front_path(bands("north"), NAMES, START, dark=dark),
    "demands": lambda dark: demand_paths(bands("north", "south"), NAMES, START, dark=dark),
    "power": lambda dark: power_paths(bands("a", "b", "c"), {"a": "A", "b": "B", "c": "C"}, "Power", START, dark=dark),
}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_saved_as_svg_png_and_definition(name, dark, tmp_path):
    chart = CHARTS[name](dark)
    for ending in (".svg", ".png", ".json"):
        save(chart, tmp_path / f"chart{ending}")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    svg = (tmp_path / "chart.svg").read_text()
    assert PAPER[dark].lower() in svg.lower()
    assert "<b>" not in svg
    definition = json.loads((tmp_path / "chart.json").read_text())
    assert len(definition["description"]) > 20
    assert "http" not in json.dumps({**definition, "$schema": ""})


def test_areas_of_a_month_are_stacked_from_nothing_to_the_whole():
    rows = rows_of(outcome_areas(PATH, NAMES, "A war", START), layer=0)
    last = [row for row in rows if row["when"] == date_or_month(START, 12)]
    assert last[0]["low"] == 0
    assert last[-1]["high"] == pytest.approx(1, abs=1e-5)
    assert all(one["high"] == other["low"] for one, other in pairwise(last))


def test_whoever_points_at_a_month_is_told_its_day_and_every_outcome():
    chart = outcome_areas(PATH, NAMES, "A war", START).to_dict()
    readout = next(layer for layer in chart["layer"] if layer.get("name") == READOUT)
    row = chart["datasets"][readout["data"]["name"]][-1]
    told = {tip["title"]: row[tip["field"]] for tip in readout["encoding"]["tooltip"]}
    assert told[" "] == "1 January 2026"
    assert told["victory of <b>North</b>"] == "30 %"
    assert told["frozen front"] == "<1 %"
    assert set(told) - {" "} == set(chart["usermeta"]["colours"])


@pytest.mark.parametrize("name", CHARTS)
def test_print_has_nothing_that_only_answers_a_pointer_and_a_chart_is_the_same_twice(name):
    chart = CHARTS[name](False).to_dict()
    assert chart == CHARTS[name](False).to_dict()
    printed = json.dumps({**still(chart), "datasets": {}})
    assert READOUT in json.dumps(chart)
    assert READOUT not in printed
    assert "params" not in printed


def test_months_stand_on_a_calendar_and_the_finding_is_the_title():
    chart = outcome_areas(PATH, NAMES, "A war", START).to_dict()
    assert chart["layer"][0]["encoding"]["x"]["type"] == "temporal"
    assert chart["title"]["text"] == "Still fighting in 40 % of simulations by January 2026"


def test_names_beside_the_areas_keep_apart():
    words = rows_of(outcome_areas(PATH, NAMES, "A war", START), layer=1)
    heights = [row["at"] for row in words]
    assert all(later - earlier > 0.05 for earlier, later in pairwise(heights))
    assert heights[0] >= 0
    assert heights[-1] <= 1


@pytest.mark.parametrize(("narrow", "letters"), [(False, 36), (True, 18)])
def test_a_long_name_beside_a_strip_takes_lines_and_is_not_cut(narrow, letters):
    name = "Manufacturers, exporters and the treasury's lenders"
    share = SimpleNamespace(low=0.2, median=0.5, high=0.7)
    ripeness = SimpleNamespace(
        sides=("north", "south"),
        names={"north": "North", "south": "South", "north/makers": name},
        strips=[
            SimpleNamespace(month=0.0, polity=polity, faction=faction, share=share)
            for polity, faction in (("north", None), ("north", "makers"), ("south", None))
        ],
        blockers=SimpleNamespace(zone_at_medians=0.1),
    )
    chart = strips(ripeness, "A war", narrow=narrow).to_dict()
    axis = chart["spec"]["layer"][1]["encoding"]["y"]["axis"]
    lines = json.loads(axis["labelExpr"].partition("(")[2].partition(")")[0])["north/makers"]
    assert " ".join(lines) == name
    assert max(map(len, lines)) <= letters
    assert chart["spec"]["height"] >= 3 * 11 * len(lines)


def test_an_ending_that_is_no_picture_is_refused(tmp_path):
    with pytest.raises(Fault, match=r"\.svg, \.png, \.json"):
        save(CHARTS["front"](False), tmp_path / "chart.pdf")


def lightness(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted((lightness(one), lightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_words_stand_out_from_their_ground_and_series_do_too():
    for dark in (False, True):
        assert contrast(INK[dark], PAPER[dark]) > 7
    assert all(contrast(colour, PAPER[True]) > 4.5 for colour in SERIES_IN_THE_DARK)
    assert len(set(SERIES)) == len(SERIES)
    assert len(set(OUTCOMES.values())) == len(OUTCOMES)
