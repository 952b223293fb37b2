"""Behaviours of society, media and losses that must hold: model, section 5."""

from __future__ import annotations

import numpy as np
from twins import fight, sides, twins

from ripeness.war.block import new_records
from ripeness.war.conditions import pathway_record
from ripeness.war.react import update_protest, update_weariness
from ripeness.world.pathway_names import NAMES

NO_TALKS = {"talks.mediation": 0}
PLAIN = twins(**NO_TALKS)


def _weariness(deaths, informed=1.0, reported=0.0):
    parameters = new_records("parameters", weariness_base=10, weariness_decades=3, weariness_recent=0.15)[0]
    polity = new_records("polities", deaths=deaths, reported=reported, usual_deaths=1, population=40_000)[0]
    factions = new_records("factions", informedness=informed)
    update_weariness(polity, factions, new_records("shared")[0], parameters, 1.0, 1)
    return factions[0].weariness[0]


def test_mueller_support_falls_about_linearly_in_log_losses():
    steps = np.diff(
        [_weariness(deaths) for deaths in (4, 40, 400)]
    )  # thousands dead of 40 million: 100, 1000, 10000 a million
    assert np.allclose(steps, 1 / 3, atol=0.02)


def test_sunk_losses_alone_do_not_change_the_terms():
    terms = [
        sides(fight(PLAIN, {"polities.*.resources.deaths_so_far": dead}, draws=64, kept=64), "reservation")[0]
        for dead in (2, 200)
    ]
    assert np.allclose(terms[0], terms[1], atol=1e-12)


def _participation(organisation, start, months=60, grievance=0.55):
    parameters = new_records(
        "parameters", tip_gain=8, tip_grievance=3, tip_threshold=4, tip_repression=3, tip_distance=1.5, tip_speed=0.3
    )[0]
    polity, pathways = new_records("polities", economy=1, repression=0.3)[0], pathway_record(np.ones(len(NAMES)))
    factions = new_records(
        "factions", weariness=grievance, organisation=organisation, distance=0.2, participation=start, protests=True
    )
    for _ in range(months):
        update_protest(polity, factions, parameters, pathways, 1.0, 1)
    return factions[0].participation[0]


def test_cascade_a_well_organised_public_has_two_stable_points_and_a_poorly_organised_one_has_one():
    """M16: a cascade is possible, not certain."""
    assert _participation(0.95, 0.05) < 0.2
    assert _participation(0.95, 0.9) > 0.7
    assert abs(_participation(0.2, 0.05) - _participation(0.2, 0.9)) < 0.02


def test_cascade_a_little_more_grievance_jumps_from_one_stable_point_to_the_other():
    assert (
        _participation(0.95, 0.05, grievance=0.9, months=120) - _participation(0.95, 0.05, grievance=0.7, months=120)
        > 0.5
    )


def test_distance_and_repression_hold_discontent_down():
    free = {"polities.north.factions.people.traits.organisation": 0.9, "polities.north.conduct.repression": 0.0}
    held = free | {"polities.north.conduct.repression": 0.9}
    far = free | {"polities.north.factions.people.traits.distance": 1.0}
    streets = [sides(fight(PLAIN, more, draws=64, kept=64), "participation")[24, 3] for more in (free, held, far)]
    assert streets[0] > 1.5 * streets[1]
    assert streets[0] > 1.2 * streets[2]


def test_a_leak_raises_weariness_at_once_for_the_public():
    """M17: losses are under-reported; a leak makes the war harder to go on with."""
    hidden = {"polities.north.conduct.reporting": 0.1, "polities.north.factions.people.traits.informedness": 0.1}
    sealed, leaky = (fight(PLAIN, hidden | {"laws.leak": rate}, draws=512, kept=512) for rate in (0, 0.05))
    leaks, weary = leaky.album["north.leaked"], leaky.album["north.weariness"][:, 3]
    jump, usual = np.diff(weary, axis=0), np.diff(sealed.album["north.weariness"][:, 3], axis=0)
    assert (leaks[1:] == 1).sum() > 50
    assert np.nanmean(jump[leaks[1:] == 1]) > 2 * np.nanmean(usual)
    assert np.nanmean(weary[24]) > np.nanmean(sealed.album["north.weariness"][24, 3]) + 0.05


def test_the_public_that_reads_the_reports_is_less_weary_than_the_informed():
    assert _weariness(40, informed=0.1, reported=4) < _weariness(40, informed=0.9, reported=4) - 0.1


def test_the_media_line_moves_before_the_terms_do():
    """M15: the coalition's terms show in the media at once, and in the public demand with inertia."""
    shock = {"on": "2022-01-01", "shock": {"optimism": {"north": -1.5}}}
    ensemble = fight(
        PLAIN,
        {"events.shock": shock, "polities.*.factions.*.traits.stubbornness": 200, "laws.inertia": 0.3},
        draws=128,
        kept=128,
    )
    media = np.nanmedian(ensemble.album["north.media"], axis=-1)
    demand = sides(ensemble, "demand")
    fell_by = [np.argmax(path[12:] < path[12] - 0.5 * (path[12] - path[20])) for path in (media, demand)]
    assert media[20] < media[12] - 0.05
    assert fell_by[0] < fell_by[1]
