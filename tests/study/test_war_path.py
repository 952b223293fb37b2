"""The path of a war before the start: its file, its likelihood, and what it does to parameters and forecasts."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from scipy.stats import multivariate_normal
from twins import twins, war

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.study import death_series as series_file
from ripeness.study.conditioning import condition_on_evidence
from ripeness.study.death_series import MONTH_ERROR, SHARED_ERROR, death_series
from ripeness.study.information_set import gather_information
from ripeness.study.observation_likelihood import LOSSES
from ripeness.study.path_file import path_csv, path_of
from ripeness.study.path_observations import path_observations
from ripeness.world.calendar import date_after
from ripeness.world.fault import Fault
from ripeness.world.outcome import FIGHTING

NORTH = "polities.north.resources.deaths"
DESIGN = Design(draws=256, per_point=1, horizon=24, kept=0)
MONTHS = 12
HALF_YEAR = 6


def bloody(**more):
    """Twins of which nobody knows how many of the north die in a month: .5 to 8 thousand."""
    return war(twins(), {NORTH: "0.5 to 8"} | more)


def monthly(began, north, south=None):
    """A file of months that follows the steps of a war; deaths in thousands."""
    lines = ["from,to,deaths:north" + (",deaths:south" if south is not None else "")]
    for n, deaths in enumerate(north):
        first, last = date_after(began, n), date_after(began, n + 1) - timedelta(days=1)
        lines.append(f"{first},{last},{deaths:.4f}" + (f",{south[n]:.4f}" if south is not None else ""))
    return path_of("\n".join(lines))


def test_a_file_that_is_written_reads_as_the_same_path():
    text = (
        "month,from,to,date,deaths,deaths:north,deaths_low:north,deaths_high:north,civilians,line,offer:south,leader:north\n"
        "2020-01,,,,,1.5,0.7,2.5,0.2,0.55,,0\n,2020-02-01,2020-04-30,,,3,1,6,,,,\n,,,2020-05-02,,,,,,,0.4,1\n"
        "2020-06,,,,2.25,,,,,,,\n"
    )
    assert path_csv(path_of(text)) == text
    assert path_of(path_csv(path_of(text))).periods[0].deaths == path_of(text).periods[0].deaths


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("month,deaths:north\n2020-13,1\n", "2:1", "not a month"),
        ("month,deaths:north\n2020-01,-1\n", "2:9", "from 0 to 5000; deaths are in thousands"),
        ("month,deaths:north\n2020-01,many\n", "2:9", "not a number"),
        ("month,deth:north\n2020-01,1\n", "1:7", "is no column of a file of months"),
        ("date,deaths:north\n2020-01-05,1\n", "2:1", "deaths need a period"),
        ("from,to,deaths\n2020-02-05,2020-01-01,1\n", "2:12", "is before"),
        ("month,line\n2020-01,1.5\n", "2:9", "from 0 to 1"),
        ("month,leader:north\n2020-01,0.5\n", "2:9", "1 where the leader fell"),
        ("month,deaths:north\n2020-01,1\n2020-01,2\n", "3:1", "counted in line 2, too"),
        ("deaths:north,line\n1,0.5\n", "1:1", "no column says when"),
        ("month,deaths_low:north\n2020-01,1\n", "2:9", "a count is missing"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_at_its_place(text, place, words):
    with pytest.raises(Fault, match=words) as refused:
        path_of(text)
    assert str(refused.value.place) == f"months.csv:{place}"


def test_a_polity_that_the_scenario_does_not_know_is_refused_at_its_row():
    with pytest.raises(Fault, match="did you mean 'north'") as refused:
        condition_on_evidence(bloody(), DESIGN, path=path_of("month,deaths:nort\n2020-01,1\n"), stated=False)
    assert refused.value.place.line == 2


def test_lines_offers_and_leaders_read_as_a_scenario_states_them():
    path = path_of("month,line,offer:south,leader:north\n2020-02,0.55,0.4,1\n2020-03,,,0\n")
    rows = [(str(row.date), row.polity, row.shows) for row in path_observations(bloody(), path)]
    assert rows == [
        ("2020-02-29", "north", "line"),
        ("2020-02-15", "south", "offer_made"),
        ("2020-02-15", "north", "leader_fell"),
        ("2020-03-16", "north", "leader_stayed"),
    ]


def test_the_likelihood_of_deaths_is_the_normal_with_an_error_that_months_share(monkeypatch):
    monkeypatch.setattr(series_file, "report_doubt", lambda grade: 1e-12)
    recorded, simulated = np.array([2000.0, 900.0, 1500.0]), np.array([[1500.0, 1200.0, 1000.0], [900.0, 900.0, 900.0]])
    path = monthly(date(2020, 1, 1), recorded / 1000)
    series = death_series(path.periods, "north", (0,), date(2020, 1, 1), 1.0)
    deaths = np.stack([simulated.T / 1000, np.zeros((3, 2))], axis=1)
    error = np.log(recorded) - np.log(simulated)
    covariance = np.diag(MONTH_ERROR**2 + 1 / (1 + recorded)) + SHARED_ERROR**2
    exact = multivariate_normal.logpdf(error, cov=covariance) + 3 * np.log(LOSSES[1] - LOSSES[0])
    assert series.read(deaths) == pytest.approx(exact, abs=0.06)  # a period is some hours longer or shorter than a step


def test_a_war_that_ends_before_a_period_counts_there_by_its_doubt_alone():
    path = monthly(date(2020, 1, 1), [2.0, 2.0])
    series = death_series(path.periods, "north", (0,), date(2020, 1, 1), 1.0)
    deaths = np.full((2, 2, 2), 2.0)
    deaths[1, :, 1] = np.nan
    goes_on, ends = series.read(deaths)
    assert goes_on > ends > series.floor


def test_conditioning_agrees_with_plain_weighing_of_wars_from_the_beginning():
    scenario, design = bloody(), Design(draws=6000, per_point=1, horizon=MONTHS, kept=0, workers=2)
    path = monthly(scenario.began, np.full(MONTHS, 4.0), np.full(MONTHS, 3.0))
    before = scenario.model_copy(update={"start": scenario.began})
    deaths = np.full((MONTHS, 2, design.draws), np.nan)

    def look(step, situation, place):
        numbers = situation.shared.run_ids[place >= 0].astype(int)
        for side, polity in enumerate(situation.belligerents()):
            deaths[step, side, numbers] = polity.new_deaths[place >= 0]

    plain = run(before, design, watch=look)
    weight = np.where((plain.code == FIGHTING) | (plain.months > MONTHS), 1.0, 0.0)
    for side, polity in enumerate(("north", "south")):
        logs = death_series(path.periods, polity, (side,), scenario.began, 1.0).read(deaths)
        weight = weight * np.exp(logs - logs.max())
    value = np.log(plain.inputs[plain.input_names.index(NORTH)])
    exact = value @ weight / weight.sum()
    assert abs(exact - value.mean()) > 0.2  # the path tells something
    known = condition_on_evidence(scenario, Design(draws=1000, per_point=1, kept=0), path=path, stated=False)
    assert np.log(known.overrides[NORTH]).mean() == pytest.approx(exact, abs=0.1)
    assert known.past is None
    assert known.path == 2 * MONTHS


def test_the_truth_behind_simulated_paths_becomes_likelier():
    scenario, wars = bloody(), 14
    design = Design(draws=200, per_point=1, horizon=MONTHS, seed=5, kept=0, workers=2)
    before = scenario.model_copy(update={"start": scenario.began})
    deaths = np.full((MONTHS, 2, design.draws), np.nan)

    def look(step, situation, place):
        numbers = situation.shared.run_ids[place >= 0].astype(int)
        for side, polity in enumerate(situation.belligerents()):
            deaths[step, side, numbers] = polity.new_deaths[place >= 0]

    drawn = run(before, design, watch=look)
    lasting = np.flatnonzero((drawn.code == FIGHTING) | (drawn.months > MONTHS))[:wars]
    assert len(lasting) == wars
    truth = np.log(drawn.inputs[drawn.input_names.index(NORTH)])[lasting]
    ranks, means = [], []
    random = np.random.default_rng(3)
    for number in lasting:
        shared, own = random.standard_normal((2, 1)), random.standard_normal((2, MONTHS))
        north, south = np.exp(SHARED_ERROR * shared + MONTH_ERROR * own) * deaths[:, :, number].T
        path = monthly(scenario.began, north, south)
        known = condition_on_evidence(scenario, Design(draws=200, per_point=1, kept=0), path=path, stated=False)
        posterior = np.log(known.overrides[NORTH])
        ranks.append(float(np.mean(posterior < truth[len(means)])))
        means.append(posterior.mean())
    error, prior_error = np.array(means) - truth, np.log(2.0) - truth
    assert np.sqrt(np.mean(error**2)) < 0.75 * np.sqrt(np.mean(prior_error**2))
    assert np.corrcoef(means, truth)[0, 1] > 0.6
    assert 0.3 < np.mean(ranks) < 0.7  # 1 % by chance outside: sd of a mean of 14 uniforms is .077
    assert np.min(ranks) < 0.4
    assert np.max(ranks) > 0.6


def test_a_bloodier_path_makes_a_war_that_dies_of_its_losses_end_sooner():
    scenario, design = bloody(), Design(draws=4096, per_point=1, horizon=HALF_YEAR + 1, kept=0)
    fighting = []
    for deaths in (0.5, 8.0):
        path = monthly(scenario.began, np.full(MONTHS, deaths))
        information = gather_information(scenario, design, path=path)
        assert information.so_far is None  # the path says that the war has lasted
        ensemble = run(scenario, design, **information.run_arguments())
        fighting.append(float(np.mean((ensemble.code == FIGHTING) | (ensemble.months > HALF_YEAR))))
    assert fighting[0] > fighting[1] + 0.02  # sd of the difference: .011


def test_what_was_not_over_on_the_day_changes_nothing():
    scenario = bloody()
    short = monthly(scenario.began, np.full(MONTHS, 2.0))
    longer = monthly(scenario.began, [2.0] * MONTHS + [50.0] * 3)
    one, other = (condition_on_evidence(scenario, DESIGN, path=path, stated=False) for path in (short, longer))
    assert np.array_equal(one.overrides[NORTH], other.overrides[NORTH])
    assert any("3 of 15 periods" in warning for warning in other.warnings)


def test_losses_that_a_scenario_states_before_its_start_are_used():
    seen = [f"north losses 2020-{month:02d}-15 6..7" for month in range(2, 12)]
    known = condition_on_evidence(bloody(), DESIGN, observe=seen)
    assert known.path == len(seen)
    assert known.lasted
    assert np.log(known.overrides[NORTH]).mean() > np.log(2.0) + 0.4
    assert not any("tell of the war" in warning for warning in known.warnings)


def test_few_effective_samples_are_told():
    known = condition_on_evidence(bloody(), DESIGN, path=monthly(date(2020, 1, 1), [0.0005, 40.0] * 6), stated=False)
    assert any("few draws carry the answer" in warning for warning in known.warnings)
