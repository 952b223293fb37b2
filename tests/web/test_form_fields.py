"""A field of a form says what would be right where its text is no value of its kind."""

from __future__ import annotations

import pytest

from ripeness.scenario.polity_names import PolityNames
from ripeness.web.form_fields import FormField
from ripeness.web.question_form import fields_of
from ripeness.web.scenario_reading import ScenarioSummary
from ripeness.workbench.verbs import question_of
from ripeness.world.fault import Fault

DRAWS = FormField("draws", "Wars to fight", "whole", 20, low=1, high=1_000_000, optional=False)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "wars to fight: nothing stands here; a whole number from 1 to 1,000,000 is wanted"),
        ("", "wars to fight: nothing stands here; a whole number from 1 to 1,000,000 is wanted"),
        (0, "wars to fight: a whole number from 1 to 1,000,000 is wanted here"),
        (2.5, "wars to fight: a whole number from 1 to 1,000,000 is wanted here"),
        ("many", "wars to fight: 'many' is no number"),
    ],
)
def test_what_is_no_value_is_refused_with_what_would_be_right(content, says):
    with pytest.raises(Fault) as refused:
        DRAWS.value(content)
    assert refused.value.message == says


def test_one_may_ask_by_a_month_beyond_the_horizon_of_the_case_since_one_may_look_farther_ahead():
    polities = PolityNames({"north": "North", "south": "South"})
    summary = ScenarioSummary("War", "2027-03-15", 36.0, polities, tuple(polities), 0)
    month = next(field for field in fields_of(question_of("sense"), summary) if field.name == "month")
    assert (month.default, month.value(45)) == (24, 45.0)


def test_a_forecast_over_time_begins_with_days_from_the_start_on():
    polities = PolityNames({"north": "North", "south": "South"})
    summary = ScenarioSummary("War", "2027-03-15", 9.0, polities, tuple(polities), 0)
    days = next(field for field in fields_of(question_of("update"), summary) if field.name == "dates")
    assert days.value(days.content(days.default)) == ("2027-03-15", "2027-09-14")


def test_a_hint_names_other_fields_by_their_labels():
    fields = {field.name: field for field in fields_of(question_of("decide"), None)}
    assert fields["leader_weight"].hint.endswith("with 'who leads'.")
