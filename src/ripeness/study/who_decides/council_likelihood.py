"""Likelihood of a council's decisions, given the powers, positions and conduct of its factions.

Decisions by degree follow the very rule that the war uses; choices follow leader or pivot, and acts are contests of
power (`contests`). Positions, the leader's weight, the quota and the noise are drawn from their intervals along with
the powers, so that doubt about them widens the answer; each faction's position on an issue is one number in all
decisions, moved between them only by its dated statements. Salience stands at its medians, because decisions identify
only its product with power. How often a choice follows the leader, and how noisily, is borrowed from the record of
councils and learnt further from this body's choices together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from ripeness.decision.rule import DEFAULTS, FOLLOWS, NOISE, QUOTA, SETTINGS
from ripeness.scenario.choice_record import ChoiceRecord, choice_record
from ripeness.scenario.schema import Scenario
from ripeness.study.who_decides.contests import Contests, contests
from ripeness.study.who_decides.item import LEAST_NOISE, MEANS, Item, log_table
from ripeness.study.who_decides.likelihood_table import interpolate_table, noise_places, tabulated_noises
from ripeness.study.who_decides.parameter_transform import ParameterTransform, log_odds_moments, parameter_transform
from ripeness.study.who_decides.positions import PositionCourse, position_course, stated_position
from ripeness.study.who_decides.prior import (
    AS_STATED,
    PowerPrior,
    PriorBelief,
    power_from_strengths,
    power_on_days,
    power_prior,
)
from ripeness.study.who_decides.rule_outcomes import (
    RuleCouncil,
    Situations,
    lone_decider,
    observed_issues,
    rule_council,
    rule_outcomes,
    situations,
    with_stances,
)
from ripeness.world.quantity import Quantity

Array = NDArray[np.float64]
CERTAIN = Quantity("point", (1.0,), 0.0, 1.0, "share")
CONDUCT = ("noise", "leader_weight", "quota")
CHOICE_CONDUCT = 2  # coordinates: the leader's share of choices, and their noise


@dataclass(frozen=True, slots=True)
class CouncilLikelihood:
    """The likelihood of a polity's evidence as a function of unknown coordinates.

    Shapes: salience (I, F); tables (H, J, M), of the H items by degree; noises (J,). Numbers: positions by issue and
    faction, then noise, leader's weight and quota. Unknowns: powers by knot and faction first, then the unknown
    numbers, then the leader's share of choices and their noise where there are choices or acts.
    """

    polity: str
    factions: tuple[str, ...]
    issues: tuple[str, ...]
    items: tuple[Item, ...]
    prior: PowerPrior
    numbers: ParameterTransform
    paths: tuple[str, ...]
    salience: Array
    council: RuleCouncil
    record: ChoiceRecord
    course: PositionCourse
    deciders: tuple[int, ...]
    noises: Array
    by_degree: NDArray[np.intp]
    tables: Array
    contests: Contests
    situations: Situations
    at_medians: bool
    width: float

    @property
    def months(self) -> Array:
        """When each item was decided, in months from the start. Shapes: (n,)."""
        return np.array([item.months for item in self.items])

    @property
    def unknowns(self) -> int:
        """How many coordinates there are."""
        decides = len(self.contests.rows) or self.council.follows
        n_choice = CHOICE_CONDUCT if decides and not self.at_medians else 0
        return self.prior.unknowns + len(self.numbers.unknown) + n_choice

    def log_likelihood(self, u: Array) -> Array:
        """Log likelihood of all items together. Shapes: u (D, N); returns (N,)."""
        return np.asarray(self.by_item(u).sum(axis=0))

    def by_item(self, u: Array) -> Array:
        """Log likelihood of each item. Shapes: u (D, N); returns (n, N)."""
        values, strengths = self.values(u), self.prior.strengths(u[: self.prior.unknowns], self.width)
        log_chance = np.empty((len(self.items), u.shape[1]))
        if len(self.by_degree):
            log_chance[self.by_degree] = self._log_chances_by_degree(u, strengths, values)
        if len(self.contests.rows):
            log_chance[self.contests.rows] = self._log_chances_of_contests(u, strengths, values)
        return log_chance

    def values(self, u: Array) -> Array:
        """Positions, noise, leader's weight and quota. Shapes: u (D, N); returns (I * F + 3, N)."""
        first = self.prior.unknowns
        return self.numbers.values(u[first : first + len(self.numbers.unknown)], self.width)

    def choice_conduct(self, u: Array) -> tuple[Array, Array]:
        """How often a choice follows the leader, and its noise (share of the issue). Shapes: u (D, N); returns (N,),
        (N,).
        """
        z = np.zeros((CHOICE_CONDUCT, u.shape[1]))
        if self.unknowns > self.prior.unknowns + len(self.numbers.unknown):
            z = self.width * u[-CHOICE_CONDUCT:]
        (share, share_sd), (noise, noise_sd) = self.record.leader_share, self.record.noise
        return (
            np.asarray(1 / (1 + np.exp(-share - share_sd * z[0]))),
            np.maximum(np.exp(noise + noise_sd * z[1]), LEAST_NOISE),
        )

    def power(self, u: Array, months: Array | None = None) -> Array:
        """Shares of power at some dates, the knots if none are given. Shapes: returns (T, F, N)."""
        coordinates = u[: self.prior.unknowns]
        if months is None:
            return power_from_strengths(self.prior.strengths(coordinates, self.width))
        return power_from_strengths(self.prior.at(coordinates, months, self.width).transpose(1, 0, 2))

    def outcomes(self, u: Array, values: Array, follows: float = 0.0) -> Array:
        """What the rule gives at each item by degree; not a number at choices and acts.

        `follows`: 1 where a choice between courses follows the leader, 0 where it follows the pivot.
        Shapes: u (D, N), values (I * F + 3, N); returns (n, N).
        """
        outcomes = np.full((len(self.items), u.shape[1]), np.nan)
        strengths = self.prior.strengths(u[: self.prior.unknowns], self.width)
        outcomes[self.by_degree] = self._outcomes_by_degree(strengths, values, follows)
        return outcomes

    def _outcomes_by_degree(self, strengths: Array, values: Array, follows: float) -> Array:
        settings = np.empty((SETTINGS, values.shape[1]))
        settings[:] = DEFAULTS[:, None]
        settings[QUOTA], settings[NOISE], settings[FOLLOWS] = values[-1], values[-3], follows
        return rule_outcomes(self.council, self.situations, self.prior, strengths, values[:-3], values[-2], settings)

    def _log_chances_by_degree(self, u: Array, strengths: Array, values: Array) -> Array:
        """Log likelihoods of items by degree, averaged over whom a choice follows where the rule leaves it to chance.

        Shapes: returns (H, N).
        """
        noise = noise_places(values[-3], self.noises)
        log_chances = []
        for follows in (0.0, 1.0) if self.council.follows else (0.0,):
            log_chance = np.empty((len(self.by_degree), u.shape[1]))
            interpolate_table(self.tables, self._outcomes_by_degree(strengths, values, follows), noise, log_chance)
            log_chances.append(log_chance)
        if len(log_chances) == 1:
            return log_chances[0]
        share = self.choice_conduct(u)[0]
        return np.asarray(np.log((1 - share) * np.exp(log_chances[0]) + share * np.exp(log_chances[1])))

    def _log_chances_of_contests(self, u: Array, strengths: Array, values: Array) -> Array:
        rows = self.contests.rows
        weight = power_on_days(strengths, *self.prior.locate_knots(self.months[rows]))
        weight *= np.array([self._salience(self.items[n]) for n in rows])[:, :, None]
        chosen = rows[: len(self.contests.choices.taken)]
        place = [self.issues.index(self.items[n].issue) for n in chosen]
        position = values[:-3].reshape(len(self.issues), len(self.factions), u.shape[1])[place]
        if self.moved:
            position = np.clip(
                self.course.carry[chosen][:, :, None] * position + self.course.shift[chosen][:, :, None], 0.0, 1.0
            )
        leader_share, noise = self.choice_conduct(u)
        return self.contests.log_chances(weight, position, self.council.leader, leader_share, noise)

    @property
    def moved(self) -> bool:
        """Whether any faction stands elsewhere at some item than at the start."""
        return bool(np.any(self.course.shift) or np.any(self.course.carry != 1))

    def _salience(self, item: Item) -> Array:
        """How much each faction cares about an item's issue; equally, where it names none. Shapes: returns (F,)."""
        return self.salience[self.issues.index(item.issue)] if item.issue else np.ones(len(self.factions))

    def without(self, left_out: Sequence[int]) -> CouncilLikelihood:
        """The same council without some items."""
        remaining = [n for n in range(len(self.items)) if n not in left_out]
        return self._with_items([self.items[n] for n in remaining], remaining)

    def with_item(self, n: int, item: Item) -> CouncilLikelihood:
        """The same council with another item in the place of one, of the same kind, date and issue."""
        items = [*self.items[:n], item, *self.items[n + 1 :]]
        return self._with_items(items, list(range(len(items))))

    def _with_items(self, items: Sequence[Item], rows: list[int]) -> CouncilLikelihood:
        course = PositionCourse(self.course.shift[rows], self.course.carry[rows])
        deciders = tuple(self.deciders[n] for n in rows)
        parts = _parts(self.council, items, course, deciders, self.noises)
        return replace(self, items=tuple(items), course=course, deciders=deciders, **parts)

    def overrides(self, u: Array) -> dict[str, Array]:
        """Numbers by path, as an ensemble takes them: powers at the start and the unknown numbers. Shapes: (N,)
        each.
        """
        values = self.values(u)
        values_by_path = {self.paths[row]: values[row] for row in self.numbers.unknown}
        if self.prior.unknowns:
            power = self.power(u, np.zeros(1))[0]
            at = f"polities.{self.polity}.factions"
            values_by_path |= {f"{at}.{key}.power": power[n] for n, key in enumerate(self.factions)}
        if self.record.leader_share[1] > 0 and self.unknowns > self.prior.unknowns + len(self.numbers.unknown):
            values_by_path[f"polities.{self.polity}.conduct.leader_share"] = self.choice_conduct(u)[0]
        return values_by_path


class _Parts(TypedDict):
    """What follows from the items of a council."""

    by_degree: NDArray[np.intp]
    tables: Array
    contests: Contests
    situations: Situations


def _parts(
    council: RuleCouncil, items: Sequence[Item], course: PositionCourse, deciders: Sequence[int], noises: Array
) -> _Parts:
    contest_rows = contests(items, council.factions, council.veto, deciders)
    by_degree = np.setdiff1d(np.arange(len(items)), contest_rows.rows)
    tables = np.array([log_table(items[n], noises) for n in by_degree])
    return {
        "by_degree": by_degree,
        "tables": tables.reshape(len(by_degree), len(noises), len(MEANS)),
        "contests": contest_rows,
        "situations": situations(
            council, [items[n] for n in by_degree], course.shift[by_degree], course.carry[by_degree]
        ),
    }


def council_likelihood(
    scenario: Scenario,
    polity: str,
    items: Sequence[Item],
    *,
    at_medians: bool = False,
    knots: int = 1,
    width: float = 1.0,
    belief: PriorBelief = AS_STATED,
) -> CouncilLikelihood:
    """Set up the likelihood of a polity's evidence.

    `at_medians` holds positions and conduct at their medians; `knots` dates between which power moves; `width`
    scales the intervals of powers and parameters; `belief` is the prior of power.
    """
    form = scenario.polities[polity]
    factions = tuple(form.factions)
    issues = observed_issues(form, items)
    at = f"polities.{polity}"
    paths = [f"{at}.factions.{f}.positions.{issue}" for issue in issues for f in factions]
    paths += [f"{at}.conduct.{name}" for name in CONDUCT]
    positions = [stated_position(scenario, polity, f, issue) for issue in issues for f in factions]
    conduct = [getattr(form.conduct, name) for name in CONDUCT]
    alone = len(factions) == 1
    transform = parameter_transform(
        [*positions, conduct[0], *(CERTAIN if alone else quantity for quantity in conduct[1:])], at_medians=at_medians
    )
    noises = tabulated_noises(conduct[0], width, at_medians=at_medians)
    council = rule_council(form, issues)
    deciders = tuple(lone_decider(form, item, factions) for item in items)
    course = with_stances(position_course(scenario, polity, issues, items, factions), items, deciders, factions)
    return CouncilLikelihood(
        polity=polity,
        factions=factions,
        issues=issues,
        items=tuple(items),
        prior=power_prior(
            scenario, polity, [item.months for item in items], knots, kind=belief.kind, experts=belief.experts
        ),
        numbers=transform,
        paths=tuple(paths),
        salience=council.salience,
        council=council,
        record=ChoiceRecord(log_odds_moments(form.conduct.leader_share), choice_record(form.ruled_by).noise),
        course=course,
        deciders=deciders,
        noises=noises,
        at_medians=at_medians,
        width=width,
        **_parts(council, items, course, deciders, noises),
    )
