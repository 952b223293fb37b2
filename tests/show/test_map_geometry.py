"""The causal map: arrows go from the edge of one box to the edge of another, and boxes do not overlap."""

from __future__ import annotations

from itertools import combinations

import pytest

from ripeness.scenario.case import shipped_case_names
from ripeness.scenario.read import read_scenario
from ripeness.show.charts.map_geometry import PLACES, arrow_points, node_boxes
from ripeness.study.causal_map.arrows import causal_arrows
from ripeness.study.link_labels import CAUSE_AND_EFFECT
from ripeness.web.map_drawing import map_svg
from ripeness.world.pathway_names import NAMES


def test_every_link_has_words():
    assert set(CAUSE_AND_EFFECT) == set(NAMES)


def test_no_box_lies_on_another():
    for one, other in combinations(node_boxes(PLACES).values(), 2):
        apart = abs(one.x - other.x) >= (one.width + other.width) / 2
        above = abs(one.y - other.y) >= (one.height + other.height) / 2
        assert apart or above, (one.name, other.name)


@pytest.mark.parametrize("case", shipped_case_names())
def test_arrows_end_at_the_edges_of_their_boxes(case):
    arrows = causal_arrows(read_scenario(case))
    boxes = node_boxes(dict.fromkeys(name for arrow in arrows for name in (arrow.cause, arrow.effect)))
    assert set(boxes) <= set(PLACES)
    for arrow in arrows:
        cause, effect = boxes[arrow.cause], boxes[arrow.effect]
        points = arrow_points(cause, effect, boxes.values())
        assert len(points) > 2
        assert not any(box.holds(point, 0) for box in (cause, effect) for point in points), arrow
        assert cause.holds(points[0], 30), arrow
        assert effect.holds(points[-1], 30), arrow


def test_an_arrow_with_a_link_is_a_button_and_one_without_is_none():
    facts = {
        "arrows": [
            {"cause": "losses", "effect": "cost of war", "sign": 1, "link": "losses->cost", "sides": ["A"]},
            {"cause": "front", "effect": "pressure", "sign": -1, "link": "", "sides": ["A"]},
        ],
        "loops": [{"nodes": ["front", "pressure"], "reinforcing": False, "sides": ["A"]}],
        "moved": {"losses->cost": 0.25},
    }
    svg = map_svg(facts)
    assert svg.count('role="button"') == 1
    assert 'data-link="losses-&gt;cost"' in svg
    assert "the link losses → cost of war moves 25.0 % of probability" in svg
    assert "front → pressure → front (balancing" in svg
