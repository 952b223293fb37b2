"""What is known of a war on the day of the forecast: how long it has lasted, and what was observed."""

from datetime import date

import numpy as np
import pytest

import ripeness
from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.template import template
from ripeness.study.information_set import gather_information
from ripeness.world.fault import Fault
from ripeness.world.outcome import FIGHTING

CASES = ("japan-1945", "ukraine-2023-03")
SAME = {  # mediation as each case states it
    "japan-1945": {"value": 0.3, "range": "0.1 to 0.8"},
    "ukraine-2023-03": {"value": 0.8, "range": "0.4 to 1.3"},
}
DESIGN = Design(draws=512, per_point=4, kept=0)


def war_begun(day):
    """The first template, begun on another day."""
    return read_text(template("minimal").replace("began: 2024-03-01", f"began: {day}")).scenario


def share_fighting(scenario, months, **facts):
    """Share of the runs still fought after some months from the day of the forecast."""
    information = gather_information(scenario, DESIGN, **facts)
    ensemble = run(scenario, DESIGN, **information.run_arguments())
    return float(np.mean((ensemble.code == FIGHTING) | (ensemble.months > months)))


def test_a_war_that_begins_at_the_start_is_conditioned_on_nothing():
    information = gather_information(war_begun("2025-01-01"), DESIGN)
    assert (information.so_far, information.evidence, information.run_arguments(), information.about()) == (
        None,
        None,
        {},
        {},
    )


def test_the_longer_a_war_has_lasted_the_longer_it_goes_on():
    shares = [share_fighting(war_begun(day), 12) for day in ("2025-01-01", "2024-07-01", "2023-01-01")]
    assert shares[0] < shares[1] < shares[2]


def test_leaving_the_months_fought_out_is_said_and_changes_the_forecast():
    scenario = war_begun("2023-01-01")
    information = gather_information(scenario, DESIGN, ignore_duration=True)
    assert information.about() == {"ignore_duration": True}
    assert "whatever the months fought" in information.words()
    assert share_fighting(scenario, 12) - share_fighting(scenario, 12, ignore_duration=True) > 0.1


@pytest.mark.parametrize("case", CASES)
def test_no_run_is_over_on_a_later_day_of_forecast_and_months_count_from_it(case):
    scenario = read_scenario(case)
    day = date(scenario.start.year + 1, scenario.start.month, scenario.start.day)
    information = gather_information(scenario, DESIGN, as_of=day)
    ensemble = run(scenario, DESIGN, **information.run_arguments())
    assert information.elapsed == ensemble.elapsed == pytest.approx(12.0, abs=0.05)
    assert (ensemble.months > 0).all()
    assert ensemble.horizon == scenario.horizon
    assert information.about()["as_of"] == str(day)


def test_forecasting_from_a_later_day_agrees_with_the_runs_that_last_so_long():
    scenario = war_begun("2025-01-01")
    design = Design(draws=16_000, per_point=1, kept=0)
    whole = run(scenario, design)
    lasts = [float(np.mean((whole.code == FIGHTING) | (whole.months > month))) for month in (6.0, 18.0)]
    information = gather_information(scenario, design, as_of=date(2025, 7, 1))
    later = run(scenario, design, **information.run_arguments())
    share = float(np.mean((later.code == FIGHTING) | (later.months > 12.0)))
    assert share == pytest.approx(lasts[1] / lasts[0], abs=0.03)
    assert information.so_far.lasting == pytest.approx(lasts[0], abs=0.03)


def test_numbers_set_by_evidence_stay_with_their_samples():
    scenario = read_scenario("japan-1945")
    information = gather_information(scenario, DESIGN, evidence=True, as_of=date(1945, 7, 20))
    places = (information.so_far.past.samples % np.uint64(DESIGN.points)).astype(int)
    for path, values in information.evidence.overrides.items():
        if np.ndim(values):
            assert np.array_equal(information.so_far.overrides[path], values[places])
    assert np.array_equal(information.so_far.past.numbers, information.evidence.past.numbers[places])


def test_a_day_before_the_start_needs_evidence():
    with pytest.raises(Fault, match="as_of 1945-04-30 lies before the start of the scenario, 1945-05-01"):
        gather_information(read_scenario("japan-1945"), DESIGN, as_of=date(1945, 4, 30))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("facts", [{}, {"ignore_duration": True}, {"as_of": "later"}])
def test_a_null_what_if_is_exactly_zero_under_what_is_known(case, facts):
    if "as_of" in facts:
        start = read_scenario(case).start
        facts = {"as_of": date(start.year, start.month + 3, start.day)}
    compared = ripeness.whatif(case, draws=128, horizon=6, changes={"talks.mediation": SAME[case]}, **facts).value
    for arm in compared.arms:
        assert all(row.more.mean == 0 and row.more.low == row.more.high == 0 for row in arm.outcomes)


def test_every_question_of_a_war_knows_how_long_it_has_lasted():
    asked = {"draws": 256, "horizon": 6}
    for ask in (ripeness.ripe, ripeness.indicators, ripeness.sense, ripeness.options):
        more = {"polity": "russia"} if ask is ripeness.options else {}
        answer = ask("ukraine-2023-03", **asked, **more)
        assert answer.setup.about()["so_far"]["months_fought"] == pytest.approx(12.6, abs=0.1)
