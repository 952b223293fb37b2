"""Choices among options that factions stood behind, and acts on their standing: what they tell of power."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from scipy.stats import norm
from simulated import polity

from ripeness.decision.weighted_median import weighted_median
from ripeness.scenario.number_paths import replace_numbers
from ripeness.scenario.schema import Observation
from ripeness.study.who_decides.contest_chances import write_pivot_chances
from ripeness.study.who_decides.council_likelihood import council_likelihood
from ripeness.study.who_decides.crossings import crossings
from ripeness.study.who_decides.evidence import collect_evidence
from ripeness.study.who_decides.likelihood_table import interpolate_table
from ripeness.study.who_decides.posterior import sample_posterior, sample_prior
from ripeness.study.who_decides.power import identifiability
from ripeness.study.who_decides.readings import captured_scenario
from ripeness.world.fault import Fault
from ripeness.world.quantity import Quantity, Scale

CHOICE = {"issue": "issue0", "choice": "a", "alternatives": ["a", "b"], "wanted": {"f0": "a", "f1": "b"}}
PLACED = {"issue": "issue0", "choice": "a", "alternatives": {"a": 0.2, "b": 0.5, "c": 0.9}}
ARREST = {"act": "arrested", "favours": "f0", "against": "f1"}


SHARE_OF_RECORD = Quantity("interval", (0.36, 0.06, 0.81), 0, 1, "share", Scale.LOGIT)


def scenario(factions=2, **more):
    """A war whose north has some factions with random positions."""
    return polity(np.random.default_rng(3), factions, **more)


def items(war, *decisions):
    """Items of evidence of the north."""
    seen = [
        Observation.model_validate({"date": "2020-06-01", "polity": "north", "source": "s", "grade": "A1"} | row)
        for row in decisions
    ]
    return collect_evidence(war.model_copy(update={"evidence": tuple(seen)})).items


def council(war, *decisions, **options):
    return council_likelihood(war, "north", items(war, *decisions), **options)


def at_power(likelihood, *shares):
    """The log likelihood of each item where factions have some shares of power."""
    prior = likelihood.prior
    coordinates = (np.log(np.array(shares)) - prior.centre) / prior.spread
    extra = np.zeros(likelihood.unknowns - len(coordinates))
    return likelihood.by_item(np.concatenate([coordinates, extra])[:, None])[:, 0]


def mean_shares(likelihood, **options):
    return likelihood.power(sample_posterior(likelihood, **options).unknowns)[0].mean(axis=1)


@pytest.mark.parametrize(
    "decision", [CHOICE, ARREST, {"act": "cut", "against": "f1"}, {"act": "funded", "favours": "f0"}]
)
def test_what_went_a_factions_way_is_the_likelier_the_more_power_it_has(decision):
    laid = council(scenario(), decision, at_medians=True)
    chances = [at_power(laid, share, 1 - share)[0] for share in (0.1, 0.3, 0.5, 0.7, 0.9)]
    assert (np.diff(chances) > 0).all()


def test_of_two_options_one_is_taken():
    war = scenario(3)
    taken = [council(war, PLACED | {"choice": name}, at_medians=True) for name in "abc"]
    named = [council(war, CHOICE | {"choice": name}, at_medians=True) for name in "ab"]
    for laid in (taken, named):
        assert sum(np.exp(at_power(likelihood, 0.5, 0.3, 0.2)[0]) for likelihood in laid) == pytest.approx(1, abs=1e-9)


def test_a_post_goes_to_one_of_all_factions():
    laid = [council(scenario(3), {"act": "appointed", "favours": f"f{f}"}, at_medians=True) for f in range(3)]
    assert sum(np.exp(at_power(likelihood, 0.5, 0.3, 0.2)[0]) for likelihood in laid) == pytest.approx(1, abs=1e-9)


def test_without_noise_the_pivot_is_the_weighted_median():
    luck = np.random.default_rng(8)
    for _ in range(40):
        place, weight = luck.uniform(size=(5, 1)), luck.dirichlet(np.ones(5))[:, None]
        median = float(weighted_median(weight[:, 0], np.ones((5, 1)), place)[0])
        chance = np.empty(1)
        write_pivot_chances(place, weight, (place == median).astype(float), np.array([1e-5]), chance)
        assert chance[0] == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("decision", [PLACED, CHOICE, ARREST])
def test_names_and_order_of_factions_and_items_change_nothing(decision):
    war = scenario(3)
    north = war.polities["north"]
    other = {"act": "funded", "favours": "f2"}
    likely = set()
    for order in permutations(north.factions):
        turned = north.model_copy(update={"factions": {key: north.factions[key] for key in order}})
        again = war.model_copy(update={"polities": {**war.polities, "north": turned}})
        shares = dict(zip(("f0", "f1", "f2"), (0.5, 0.3, 0.2), strict=True))
        laid = council(again, decision, other, at_medians=True)
        likely.add(round(float(at_power(laid, *(shares[key] for key in order)).sum()), 9))
    laid = council(war, other, decision, at_medians=True)
    assert likely == {round(float(at_power(laid, 0.5, 0.3, 0.2).sum()), 9)}


def test_an_option_that_all_wanted_and_a_formal_veto_move_nothing():
    war = scenario(2)
    north = war.polities["north"]
    holder = north.factions["f1"].model_copy(update={"veto": True})
    vetoing = north.model_copy(update={"factions": {**north.factions, "f1": holder}})
    war = war.model_copy(update={"polities": {**war.polities, "north": vetoing}})
    agreed = CHOICE | {"wanted": {"f0": "a", "f1": "a"}}
    laid = council(war, agreed, {"act": "vetoed", "favours": "f1", "against": "f0"}, at_medians=True)
    assert at_power(laid, 0.1, 0.9) == pytest.approx(at_power(laid, 0.9, 0.1), abs=1e-9)


def test_a_veto_without_a_formal_right_tells_of_power():
    laid = council(scenario(), {"act": "vetoed", "favours": "f1", "against": "f0"}, at_medians=True)
    assert at_power(laid, 0.3, 0.7)[0] > at_power(laid, 0.7, 0.3)[0] + 1


def test_crossed_wishes_tell_of_the_ratio_of_the_two_alone():
    laid = council(scenario(3), ARREST, at_medians=True)
    assert at_power(laid, 0.4, 0.2, 0.4) == pytest.approx(at_power(laid, 0.6, 0.3, 0.1), abs=1e-9)


def test_where_wishes_are_stated_positions_do_not_matter():
    everyone = PLACED | {"wanted": {"f0": "a", "f1": "c"}}
    here, there = scenario(2), polity(np.random.default_rng(99), 2)
    chances = [at_power(council(war, everyone, at_medians=True), 0.6, 0.4) for war in (here, there)]
    assert chances[0] == pytest.approx(chances[1], abs=1e-12)


def test_one_who_decides_alone_gets_his_option_and_is_not_arrested():
    war = scenario(3)
    decisions = items(war, CHOICE, CHOICE | {"choice": "b"}, ARREST, {"act": "arrested", "against": "f0"})
    alone = council_likelihood(captured_scenario(war, "north", "f0"), "north", decisions, at_medians=True)
    likely = alone.by_item(np.empty((alone.unknowns, 1)))[:, 0]
    assert likely[0] > np.log(0.9)
    assert likely[1] < np.log(0.1)
    assert likely[2] > np.log(0.9)
    assert likely[3] < np.log(0.1)
    stranger = council_likelihood(captured_scenario(war, "north", "f2"), "north", decisions, at_medians=True)
    assert stranger.by_item(np.empty((stranger.unknowns, 1)))[:3, 0] == pytest.approx(np.log(0.5))


def test_options_without_places_are_refused_under_a_rule_that_needs_places():
    war = scenario()
    north = war.polities["north"]
    ruled = north.issues["issue0"].model_copy(update={"rule": "nash_bargaining"})
    changed = north.model_copy(update={"issues": {**north.issues, "issue0": ruled}})
    war = war.model_copy(update={"polities": {**war.polities, "north": changed}})
    with pytest.raises(Fault, match="the rule of 'issue0' is 'nash_bargaining', which needs them"):
        council(war, CHOICE)
    placed = PLACED | {"wanted": {"f0": "a", "f1": "a"}}
    assert at_power(council(war, placed, at_medians=True), 0.5, 0.5)[0] > np.log(0.9)


def plain_chance(taken, shares, place, options, noise, leader_share):
    """The stated chance of a choice among options with places, written out; the first faction leads."""
    order = np.argsort(place)
    below = np.cumsum(shares[order])
    up_to = 1 / (1 + ((1 - below[:-1]) / below[:-1]) ** (1 / noise))
    pivot = np.diff(np.concatenate([[0], up_to, [1]]))
    near = np.exp(-np.abs(options[:, None] - place[None]) / noise)
    near = (near / near.sum(axis=0))[taken]
    return leader_share * near[0] + (1 - leader_share) * pivot @ near[order]


def test_evidence_and_posterior_agree_with_a_sum_over_a_fine_grid():
    war = scenario(2)
    options = np.array([0.1, 0.4, 0.8])
    decisions = [
        {"issue": "issue0", "choice": "b", "alternatives": dict(zip("abc", options, strict=True)), "grade": "B2"},
        PLACED | {"wanted": {"f1": "a"}, "grade": "B2"},
        ARREST | {"grade": "C2"},
        {"act": "appointed", "favours": "f1", "grade": "B3"},
    ]
    laid = council(war, *decisions, at_medians=True)
    side = np.linspace(-5, 5, 201)
    mesh = np.array(np.meshgrid(side, side, indexing="ij")).reshape(2, -1)
    strength = np.exp(laid.prior.centre[:, None] + laid.prior.spread[:, None] * mesh)
    power = strength / strength.sum(axis=0)
    record = laid.record
    noise, share = np.exp(record.noise[0]), 1 / (1 + np.exp(-record.leader_share[0]))
    place = np.array([faction.positions["issue0"].centre for faction in war.polities["north"].factions.values()])
    doubts = np.array([item.doubt for item in laid.items])
    logs = np.empty(power.shape[1])
    for n, shares in enumerate(power.T):
        prevails = shares[0] ** (1 / noise) / (shares ** (1 / noise)).sum()
        chances = np.array(
            [
                plain_chance(1, shares, place, options, noise, share),
                plain_chance(0, shares, np.array([place[0], 0.2]), np.array([0.2, 0.5, 0.9]), noise, share),
                prevails,
                1 - prevails,
            ]
        )
        logs[n] = np.log((1 - doubts) * chances + doubts / np.array([3, 3, 2, 2])).sum()
    logs += norm.logpdf(mesh).sum(axis=0) + 2 * np.log(side[1] - side[0])
    weight = np.exp(logs - logs.max())
    exact, mean = logs.max() + np.log(weight.sum()), power @ weight / weight.sum()
    found = sample_posterior(laid, repeats=6, particles=2000)
    assert abs(found.log_evidence - exact) < 4 * max(found.log_evidence_sd / np.sqrt(6), 0.005)
    assert laid.power(found.unknowns)[0].mean(axis=1) == pytest.approx(mean, abs=0.01)


def test_how_often_a_body_follows_its_leader_is_learnt_from_its_choices_together():
    war = replace_numbers(scenario(3), {"polities.north.conduct.leader_share": SHARE_OF_RECORD})
    led = [PLACED | {"wanted": {"f0": "a", "f1": "c", "f2": "c"}} for _ in range(8)]
    against = [row | {"choice": "c"} for row in led]
    shares = []
    for decisions in (led, against):
        laid = council(war, *decisions)
        shares.append(laid.choice_conduct(sample_posterior(laid).unknowns)[0].mean())
    assert shares[0] > shares[1] + 0.3


def test_thirty_choices_find_the_stronger_of_two_opposed_factions():
    war = scenario(3)
    decisions = [CHOICE | {"wanted": {"f1": "a", "f2": "b"}, "choice": "a" if n % 4 else "b"} for n in range(30)]
    laid = council(war, *decisions)
    shares = mean_shares(laid, repeats=2, particles=500)
    assert shares[1] > shares[2] + 0.03


def test_pairs_whose_wishes_crossed_are_counted_with_what_those_alone_say():
    war = scenario(3)
    three = CHOICE | {"wanted": {"f1": "a", "f2": "b"}}
    neither = three | {"alternatives": ["a", "b", "c"], "choice": "c"}
    laid = council(war, three, three, three | {"choice": "b", "grade": "F6"}, neither, ARREST, at_medians=True)
    rows = {(row.first, row.second): row for row in crossings(sample_posterior(laid, repeats=2, particles=50))}
    assert set(rows) == {("f1", "f2"), ("f0", "f1")}
    pair = rows["f1", "f2"]
    assert (pair.first_won, pair.second_won, len(pair.decisions)) == (2, 1, 3)
    assert pair.weight == pytest.approx(sum(1 - item.doubt for item in laid.items[:3]))
    assert pair.log_bayes_factor > rows["f0", "f1"].log_bayes_factor > 0


def test_the_bayes_factor_of_a_pair_is_the_ratio_of_plain_integrals():
    laid = council(scenario(2), ARREST, at_medians=True)
    row = crossings(sample_posterior(laid, repeats=2, particles=50))[0]
    centre, spread = laid.record.noise
    luck = np.random.default_rng(1)
    share, noise = luck.uniform(size=200_000), np.exp(centre + spread * luck.standard_normal(200_000))
    chance = (1 - laid.items[0].doubt) / (1 + (1 / share - 1) ** (1 / noise)) + laid.items[0].doubt / 2
    plain = np.log(chance[share > 0.5].mean() / chance[share < 0.5].mean())
    assert row.log_bayes_factor == pytest.approx(plain, rel=0.02)


def test_acts_and_wishes_tell_apart_factions_with_the_same_positions():
    war = scenario(3)
    north = war.polities["north"]
    twins = {**north.factions, "f2": north.factions["f1"]}
    war = war.model_copy(update={"polities": {**war.polities, "north": north.model_copy(update={"factions": twins})}})
    by_degree = {"issue": "issue0", "position": 0.4}
    blind = identifiability(sample_posterior(council(war, by_degree, at_medians=True), repeats=2, particles=50))
    seeing = council(war, by_degree, ARREST | {"favours": "f2"}, at_medians=True)
    told = identifiability(sample_posterior(seeing, repeats=2, particles=50))
    assert (blind.alike, told.alike) == ((("f1", "f2"),), ())
    assert told.rank == blind.rank + 1


def test_a_decision_by_degree_on_a_choice_follows_pivot_or_leader():
    war = scenario(3)
    north = war.polities["north"]
    choice = north.issues["issue0"].model_copy(update={"choice": True})
    war = war.model_copy(
        update={
            "polities": {
                **war.polities,
                "north": north.model_copy(update={"issues": {**north.issues, "issue0": choice}}),
            }
        }
    )
    laid = council(war, {"issue": "issue0", "position": 0.4, "grade": "C3"}, at_medians=True)
    u = sample_prior(laid, particles=20)
    values = laid.values(u)
    share = laid.choice_conduct(u)[0]
    plain = np.zeros(20)
    for follows, chance in ((0.0, 1 - share), (1.0, share)):
        mean = laid.outcomes(u, values, follows)
        logs = np.empty_like(mean)
        interpolate_table(laid.tables, mean, np.zeros(20), logs)
        plain += chance * np.exp(logs[0])
    assert np.ptp(laid.outcomes(u, values, 1.0)) == 0
    assert laid.by_item(u)[0] == pytest.approx(np.log(plain))
