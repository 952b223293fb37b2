"""Civil wars: counts of how dyads ended, the fit of the civil template to them, and what it ships."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from typer.testing import CliRunner

import ripeness
from ripeness.main import app
from ripeness.scenario.parameter_points import CIVIL_FILE, is_civil, points_of, shipped_points
from ripeness.scenario.parameters_by_kind import civil_parameters, parameters_of
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.study.record.civil_counts import WAYS, shipped_civil_counts
from ripeness.study.record.hazards import CELLS
from ripeness.validation.calibrate import civil_fit
from ripeness.validation.calibrate.civil_prior import civil_prior
from ripeness.validation.calibrate.civil_wars import (
    SPAN_ENDS,
    SPAN_STARTS,
    SPANS,
    civil_template,
    forecast_spans,
    point_forecasts,
    way_of,
)
from ripeness.validation.calibrate.emulator import quadratic_terms
from ripeness.validation.calibrate.hazard_surface import Counts, fit_hazard_surface
from ripeness.validation.conflicts.civil_dyads import civil_counts, counts_by_conflict
from ripeness.validation.conflicts.civil_held_out import PointForecasts, template_hazards, weights_leaving_out
from ripeness.validation.conflicts.dyads import ConflictYear, Episode
from ripeness.validation.conflicts.exposure import exposure
from ripeness.world.fault import Fault
from ripeness.world.outcome import CEASEFIRE, COLLAPSE_FIRST, COLLAPSE_SECOND, ENDS, FRONT_FIRST, SURRENDER_TO_SECOND

POINTS = shipped_points(CIVIL_FILE)
CIVIL = read_text(template("civil")).scenario
INTERSTATE = read_text(template("minimal")).scenario
FIRST_DAY = date(1990, 1, 1)
# Of 48 hazards 38 to 40 lie within the record's 90 % (docs/textbook/calibration.md), of 84 forecasts 56 to 60.
MOSTLY = 0.7


def episode(number, days, way, *, parties=0, kind="intrastate", conflict=None):
    last = date.fromordinal(FIRST_DAY.toordinal() + days - 1)
    years = {year: ConflictYear(kind, 1.0, True, parties) for year in range(FIRST_DAY.year, last.year + 1)}
    return Episode(f"ucdp:{conflict or number}", f"dyad {number}", FIRST_DAY, last, "", years, way)


EPISODES = [
    episode(1, 400, "government_victory"),
    episode(2, 400, "movement_victory", parties=1),
    episode(3, 100, "actor_ceases", parties=5),
    episode(4, 900, ""),
    episode(5, 100, "agreement", kind="interstate"),
]


def test_every_end_counts_once_by_side_and_other_parties():
    counts = civil_counts(EPISODES)
    assert (counts.dyads, counts.conflicts) == (4, 4)
    ended = counts.ended.sum(axis=2)
    assert ended[0, WAYS.index("government_victory")] == 1
    assert ended[1, WAYS.index("movement_victory")] == 1
    assert ended[2, WAYS.index("actor_ceases")] == 1
    assert ended.sum() == 3
    assert counts.months.sum() == pytest.approx((400 + 400 + 100 + 900) / 30.44, rel=1e-3)


def test_conflicts_add_up_to_the_counts():
    table, names = counts_by_conflict(exposure(EPISODES))
    counts = civil_counts(EPISODES)
    assert len(names) == 4
    assert table.sum(axis=0)[:, 0] == pytest.approx(counts.months)
    assert table.sum(axis=0)[:, 1:] == pytest.approx(counts.ended)


def test_dyads_of_one_conflict_that_end_alike_make_counts_spread():
    alone = [episode(n, 40 + n, "ceasefire") for n in range(40)] + [episode(50 + n, 300, "") for n in range(40)]
    together = [episode(n, 40 + n, "ceasefire", conflict=900 + n // 10) for n in range(40)] + [
        episode(50 + n, 300, "") for n in range(40)
    ]
    way = WAYS.index("ceasefire")
    assert civil_counts(together).spread[way] > 3 * civil_counts(alone).spread[way]


def test_a_file_without_civil_dyads_is_refused():
    with pytest.raises(Fault, match="types 3 and 4"):
        civil_counts([EPISODES[-1]])


@pytest.mark.parametrize(
    ("code", "way"),
    [
        (FRONT_FIRST, "government_victory"),
        (SURRENDER_TO_SECOND, "movement_victory"),
        (COLLAPSE_FIRST, "movement_victory"),
        (COLLAPSE_SECOND, "actor_ceases"),
        (CEASEFIRE, "ceasefire"),
    ],
)
def test_ends_are_written_down_as_the_record_does(code, way):
    end = next(end for end in ENDS if end.code == code)
    assert way_of(end, movement=1) == way
    if end.side is not None and end.outcome == "victory":
        assert way_of(end, movement=0) != way


def test_a_war_of_each_kind_takes_the_points_of_its_kind():
    assert is_civil(CIVIL)
    assert not is_civil(INTERSTATE)
    assert points_of(CIVIL).digest == POINTS.digest
    assert points_of(INTERSTATE).digest == shipped_points().digest
    unstated = INTERSTATE.model_copy(update={"conflict": None})
    assert points_of(unstated).digest == shipped_points().digest


def test_ranges_of_civil_parameters_are_those_of_their_points():
    quantiles = POINTS.quantiles(np.array([0.05, 0.5, 0.95]))
    parameters = civil_parameters()
    for name, row in zip(POINTS.names, quantiles, strict=True):
        assert parameters[name].interval() == pytest.approx(tuple(row), rel=0.06, abs=0.006), name
    others = set(parameters) - set(POINTS.names)
    assert all(parameters[name] == parameters_of(INTERSTATE)[name] for name in others)


def test_cite_says_from_which_points_a_civil_war_draws(tmp_path):
    path = tmp_path / "civil.yaml"
    path.write_text(template("civil"), encoding="utf-8")
    notes = {number.path: number.note for number in ripeness.cite(path).numbers}
    assert "civil conflicts" in notes["laws.settle"]


def test_civil_points_weigh_one_on_average_and_none_rules_them():
    weight = POINTS.weight
    assert weight.mean() == pytest.approx(1, abs=1e-3)
    assert len(weight) / 10 < weight.sum() ** 2 / np.square(weight).sum() < len(weight)
    assert weight.max() / weight.sum() < 0.03


def test_civil_points_favour_no_side():
    first_is_stronger = POINTS.values[POINTS.names.index("hidden")] > 0
    assert POINTS.weight[first_is_stronger].sum() / POINTS.weight.sum() == pytest.approx(0.5, abs=0.05)


@pytest.fixture(scope="module")
def typical():
    """Hazards of the template under the shipped points, as each span meets it. Shapes: (S, W)."""
    forecasts = point_forecasts(POINTS, 24, 2)
    ended, fought = forecasts.ended_by_point(), forecasts.fought_by_point()
    return np.einsum("p,psw->sw", POINTS.weight, ended) / (POINTS.weight @ fought)[:, None]


@pytest.mark.parametrize("months", [0, 12, 60])
def test_the_civil_template_ends_as_fast_as_the_record(typical, months):
    cell = SPAN_STARTS.index(max(start for start in SPAN_STARTS if start <= months))
    drawn = shipped_civil_counts().drawn().sum(axis=1)[:, cell + 1]
    low, high = np.quantile(drawn, (0.05, 0.95))
    assert low <= typical[cell].sum() <= high


def test_most_hazards_of_the_civil_template_lie_within_the_record(typical):
    low, high = np.quantile(shipped_civil_counts().drawn(), (0.05, 0.95), axis=0)[:, :, 1:]
    inside = (typical >= low.T) & (typical <= high.T)
    assert inside.mean() > MOSTLY


def test_spans_follow_on_one_another_and_cover_the_cells_of_the_record():
    assert SPAN_STARTS[1:] == SPAN_ENDS[:-1]
    assert len(SPAN_STARTS) == SPANS == len(CELLS) - 1
    assert tuple(CELLS[2:]) == SPAN_STARTS[1:]


def test_what_the_runs_of_a_point_say_adds_up():
    prior = civil_prior()
    forecasts = forecast_spans(prior.values(prior.draw(2, 0, 3)), 4, 1)
    ended, fought = forecasts.ended_by_point(), forecasts.fought_by_point()
    assert ended.shape == (3, SPANS, len(WAYS))
    first = ended[:, 0].sum(axis=1) / 4
    assert (ended >= 0).all()
    assert ((first > 0) & (first < 1)).all()
    assert (fought[:, 0] / 4 <= 1 + 1e-9).all()
    assert (fought <= 4 * np.diff([*SPAN_STARTS, SPAN_ENDS[-1]]) + 1e-9).all()


def test_points_of_the_parameters_change_how_wars_end():
    prior = civil_prior()
    middle = {name: np.repeat(value, 2) for name, value in prior.values(np.zeros((1, len(prior.names)))).items()}
    middle["settle"] = np.array([0.01, 0.3])
    settled = forecast_spans(middle, 24, 3).hazards()[:, :3, WAYS.index("agreement")].mean(axis=1)
    assert settled[1] > 3 * settled[0]


def test_the_template_is_opened_as_long_after_it_began_as_it_was_fought():
    assert civil_template(24).began < civil_template(0).began == civil_template(0).start


def test_a_surface_finds_hazards_that_are_quadratic_in_the_scores():
    random = np.random.default_rng(5)
    scores = random.standard_normal((400, 3))
    coefficients = random.normal(0, 0.2, (10, 4))
    coefficients[0] = np.log(0.05)
    hazards = np.exp(quadratic_terms(scores) @ coefficients)
    counts = Counts(np.full(4, 400.0), np.full(4, 20.0), np.ones(4))
    surface = fit_hazard_surface(scores, hazards, counts)
    near = scores[np.argsort(-counts.log_likelihood(hazards))[:50]]
    truth = np.exp(quadratic_terms(near) @ coefficients)
    assert surface.hazards(near) == pytest.approx(truth, rel=0.15)


def test_counts_are_likeliest_at_the_hazards_that_they_show():
    counts = Counts(np.array([100.0]), np.array([5.0]), np.array([2.0]))
    hazards = np.array([[0.03], [0.05], [0.08]])
    assert int(np.argmax(counts.log_likelihood(hazards))) == 1


def test_a_template_may_miss_hazards_of_many_ends_by_a_share():
    compared = civil_fit.counts_of(shipped_civil_counts())
    most, least = np.argmax(compared.ended), np.argmin(compared.ended)
    assert compared.spread[most] > compared.spread[least] >= 1


def test_leaving_a_conflict_out_takes_back_what_it_taught():
    hazards = np.zeros((2, SPANS, len(WAYS)))
    hazards[0], hazards[1] = 0.001, 0.001
    hazards[1, :, WAYS.index("government_victory")] = 0.05
    points = PointForecasts(np.array([0.5, 0.5]), hazards, np.ones((2, SPANS)), hazards)
    left_out = weights_leaving_out(exposure(EPISODES), points, np.ones((SPANS, len(WAYS))))
    assert left_out["ucdp:1"][1] < 0.5 < left_out["ucdp:4"][1]
    assert left_out["ucdp:1"].sum() == pytest.approx(1)


def test_hazards_of_the_template_are_told_in_the_terms_of_the_record():
    hazards = np.arange(SPANS * len(WAYS), dtype=float).reshape(SPANS, len(WAYS))
    by_cause = template_hazards(hazards)
    assert by_cause.shape == (4, len(CELLS))
    assert by_cause[:, 1:].sum() == hazards[:, :-1].sum()


def test_the_record_tells_victories_by_side_for_civil_wars_alone():
    rows = ripeness.record(kind="intrastate", months_fought=12).value.by_side
    assert {row.end for row in rows} == {*WAYS, "fighting"}
    for month in (6.0, 60.0):
        assert sum(row.p for row in rows if row.month == month) == pytest.approx(1)
    assert all(row.low <= row.p <= row.high for row in rows)
    assert ripeness.record(kind="interstate").value.by_side == ()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--kind", "colonial"], "interstate or civil"),
        (["--kind", "civil"], "--wars"),
        (["--kind", "civil", "--unitary"], "--unitary"),
    ],
)
def test_calibrate_says_which_options_do_not_go_together(options, message):
    with pytest.raises(Fault, match=message):
        CliRunner().invoke(app, ["calibrate", *options], catch_exceptions=False)
