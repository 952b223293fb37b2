"""Likelihood of a council's decisions, given the powers, positions and conduct of its factions.

The rule is the very one that the war uses. Positions, the leader's weight, the quota and the noise are drawn from
their intervals along with the powers, so that doubt about them widens the answer; salience stands at its medians,
because decisions identify only its product with power. Positions are those stated for the start, at every
date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.decision.rule import CAPTOR, DEFAULTS, NOISE, QUOTA, SETTINGS
from ripeness.decision.rules import TABLE
from ripeness.scenario.polity_form import PolityForm
from ripeness.scenario.schema import Scenario
from ripeness.study.who_decides.item import LEAST_NOISE, MEANS, Item, log_table
from ripeness.study.who_decides.parameter_transform import ParameterTransform, parameter_transform
from ripeness.study.who_decides.positions import CENTRE, stated_position, stated_salience
from ripeness.study.who_decides.prior import (
    AS_STATED,
    PowerPrior,
    PriorBelief,
    power_from_strengths,
    power_prior,
    write_paths,
)
from ripeness.world.compiled import compiled
from ripeness.world.quantity import Quantity

Array = NDArray[np.float64]
RULE_OF_TERMS, RULE = "quota", "weighted_mean"
CERTAIN = Quantity("point", (1.0,), 0.0, 1.0, "share")
NOISES = 17  # sizes of noise at which chances are tabulated, where noise is unknown
FAR_OUT = 3.5  # standard deviations that the table of noise covers
CONDUCT = ("noise", "leader_weight", "quota")


@dataclass(frozen=True, slots=True)
class CouncilLikelihood:
    """The likelihood of a polity's evidence as a function of unknown coordinates.

    Shapes: salience (I, F); tables (n, J, M); noises (J,). Numbers: positions by issue and faction, then noise,
    leader's weight and quota. Unknowns: powers by knot and faction first, then the unknown numbers.
    """

    polity: str
    factions: tuple[str, ...]
    issues: tuple[str, ...]
    items: tuple[Item, ...]
    prior: PowerPrior
    numbers: ParameterTransform
    paths: tuple[str, ...]
    salience: Array
    rules: tuple[tuple[str, int, tuple[int, ...]], ...]
    leader: int
    veto: NDArray[np.bool_]
    noises: Array
    tables: Array
    width: float

    @property
    def months(self) -> Array:
        """When each item was decided, in months from the start. Shapes: (n,)."""
        return np.array([item.months for item in self.items])

    @property
    def unknowns(self) -> int:
        """How many coordinates there are."""
        return self.prior.unknowns + len(self.numbers.unknown)

    def log_likelihood(self, u: Array) -> Array:
        """Log likelihood of all items together. Shapes: u (D, N); returns (N,)."""
        return np.asarray(self.by_item(u).sum(axis=0))

    def by_item(self, u: Array) -> Array:
        """Log likelihood of each item. Shapes: u (D, N); returns (n, N)."""
        values = self.values(u)
        noise = np.log(np.maximum(values[-3], LEAST_NOISE))
        if len(self.noises) > 1:
            logs = np.log(self.noises)
            noise = np.clip((noise - logs[0]) / (logs[1] - logs[0]), 0, len(logs) - 1)
        else:
            noise = np.zeros_like(noise)
        log_chance = np.empty((len(self.items), u.shape[1]))
        interpolate_table(self.tables, self.outcomes(u, values), noise, log_chance)
        return log_chance

    def values(self, u: Array) -> Array:
        """Positions, noise, leader's weight and quota. Shapes: u (D, N); returns (I * F + 3, N)."""
        return self.numbers.values(u[self.prior.unknowns :], self.width)

    def power(self, u: Array, months: Array | None = None) -> Array:
        """Shares of power at some dates, the knots if none are given. Shapes: returns (T, F, N)."""
        coordinates = u[: self.prior.unknowns]
        if months is None:
            return power_from_strengths(self.prior.strengths(coordinates, self.width))
        return power_from_strengths(self.prior.at(coordinates, months, self.width).transpose(1, 0, 2))

    def outcomes(self, u: Array, values: Array) -> Array:
        """What the rule gives at each item. Shapes: u (D, N), values (I * F + 3, N); returns (n, N)."""
        issues, factions, runs = len(self.issues), len(self.factions), u.shape[1]
        position = np.ascontiguousarray(values[:-3]).reshape(issues, factions, runs)
        place = np.array([self.issues.index(item.issue) for item in self.items], dtype=np.intp)
        settings = self._settings(values)
        if len(self.prior.knots) == 1 or not self.prior.unknowns:  # the same power on every day
            decided = self._settle(self.power(u)[0], position, values[-2], settings)
            return np.asarray(decided[place])
        outcomes = np.empty((len(self.items), runs))
        strengths = self.prior.strengths(u[: self.prior.unknowns], self.width)
        for name, captor, rule_issues in self.rules:
            item_rows = np.flatnonzero(np.isin(place, rule_issues))
            if TABLE[name].joint:
                power = np.exp(self.prior.at(u[: self.prior.unknowns], self.months, self.width))
                for n in item_rows:
                    decided = self._settle(np.ascontiguousarray(power[:, n]), position, values[-2], settings)
                    outcomes[n] = decided[place[n]]
            elif len(item_rows):
                outcomes[item_rows] = self._side_by_side(
                    name, captor, strengths, position, item_rows, place, values[-2], settings
                )
        return outcomes

    def _side_by_side(
        self,
        name: str,
        captor: int,
        strengths: Array,
        position: Array,
        item_rows: NDArray[np.intp],
        place: NDArray[np.intp],
        weight: Array,
        settings: Array,
    ) -> Array:
        """Call a rule once for many dates, each a block of draws of its own.

        Shapes: strengths (K, F, N), position (I, F, N), item_rows (H,), place (n,); returns (H, N).
        """
        n_dates, runs, factions = len(item_rows), position.shape[2], len(self.factions)
        next_knot, part = self.prior.locate_knots(self.months[item_rows])
        power, out = np.empty((factions, n_dates * runs)), np.empty((1, n_dates * runs))
        stances, saliences = np.empty((1, factions, n_dates * runs)), np.empty((1, factions, n_dates * runs))
        write_paths(strengths, next_knot, part, position, self.salience, place[item_rows], power, stances, saliences)
        rows = np.tile(settings, n_dates) if TABLE[name].uses else settings  # read only by rules that have settings
        rows[CAPTOR] = captor
        stays = np.full((1, n_dates * runs), CENTRE.centre)
        TABLE[name].kernel(
            power, saliences, stances, self.veto, self.leader, np.tile(weight, n_dates), stays, rows, out
        )
        return np.clip(out.reshape(n_dates, runs), 0.0, 1.0)

    def _settings(self, values: Array) -> Array:
        rows = np.empty((SETTINGS, values.shape[1]))
        rows[:] = DEFAULTS[:, None]
        rows[QUOTA], rows[NOISE] = values[-1], values[-3]
        return rows

    def _settle(self, power: Array, position: Array, weight: Array, settings: Array) -> Array:
        """Call each rule on its issues. Shapes: power (F, N), position (I, F, N); returns (I, N)."""
        runs = power.shape[1]
        out = np.zeros((len(self.issues), runs))
        for name, captor, rule_issues in self.rules:
            issues = list(rule_issues)
            settings[CAPTOR] = captor
            decided = np.empty((len(issues), runs))
            saliences = np.ascontiguousarray(
                np.broadcast_to(self.salience[issues][:, :, None], (len(issues), *power.shape))
            )
            stays = np.full((len(issues), runs), CENTRE.centre)
            TABLE[name].kernel(
                power,
                saliences,
                np.ascontiguousarray(position[issues]),
                self.veto,
                self.leader,
                weight,
                stays,
                settings,
                decided,
            )
            out[issues] = decided
        return np.clip(out, 0.0, 1.0)

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
        return values_by_path


@compiled
def interpolate_table(tables: Array, mean: Array, noise: Array, out: Array) -> None:
    """Interpolate log likelihoods linearly in their tables.

    Shapes: tables (n, J, M); mean (n, N) from 0 to 1; noise (N,) as a place among the J; out (n, N), written.
    """
    last, last_noise = tables.shape[2] - 1, tables.shape[1] - 1
    for n in range(mean.shape[0]):
        for r in range(mean.shape[1]):
            x, y = mean[n, r] * last, noise[r]
            i, j = min(int(x), last - 1), min(int(y), max(last_noise - 1, 0))
            a, b, k = x - i, y - j, min(j + 1, last_noise)
            low = (1 - a) * tables[n, j, i] + a * tables[n, j, i + 1]
            high = (1 - a) * tables[n, k, i] + a * tables[n, k, i + 1]
            out[n, r] = (1 - b) * low + b * high


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
    issues = _issues(form, items)
    at = f"polities.{polity}"
    paths = [f"{at}.factions.{f}.positions.{issue}" for issue in issues for f in factions]
    paths += [f"{at}.conduct.{name}" for name in CONDUCT]
    positions = [stated_position(scenario, polity, f, issue) for issue in issues for f in factions]
    conduct = [getattr(form.conduct, name) for name in CONDUCT]
    alone = len(factions) == 1
    transform = parameter_transform(
        [*positions, conduct[0], *(CERTAIN if alone else quantity for quantity in conduct[1:])], at_medians=at_medians
    )
    noises = _noises(conduct[0], width, at_medians=at_medians)
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
        salience=np.array([[stated_salience(form, f, issue) for f in factions] for issue in issues]).reshape(
            len(issues), len(factions)
        ),
        rules=_rules(form, issues, factions),
        leader=next((n for n, f in enumerate(form.factions.values()) if f.leads), -1),
        veto=np.array([f.veto for f in form.factions.values()]),
        noises=noises,
        tables=np.array([log_table(item, noises) for item in items]).reshape(len(items), len(noises), len(MEANS)),
        width=width,
    )


def _issues(form: PolityForm, items: Sequence[Item]) -> tuple[str, ...]:
    """Observed issues; with them those that a rule settles together with them."""
    observed = {item.issue for item in items}
    joint = {_rule(form, issue) for issue in observed if TABLE[_rule(form, issue)].joint}
    return tuple(key for key in form.issues if key in observed or _rule(form, key) in joint)


def _rule(form: PolityForm, issue: str) -> str:
    rule_name = form.issues[issue].rule.partition(":")[0]
    return rule_name or (RULE_OF_TERMS if form.issues[issue].role == "terms" else RULE)


def _rules(
    form: PolityForm, issues: Sequence[str], factions: Sequence[str]
) -> tuple[tuple[str, int, tuple[int, ...]], ...]:
    """Each rule with its captor (-1 for none) and the issues that it settles."""
    issues_by_rule: dict[tuple[str, int], list[int]] = {}
    for n, key in enumerate(issues):
        captor = form.issues[key].rule.partition(":")[2]
        issues_by_rule.setdefault((_rule(form, key), factions.index(captor) if captor in factions else -1), []).append(
            n
        )
    return tuple((name, captor, tuple(rows)) for (name, captor), rows in issues_by_rule.items())


def _noises(noise: Quantity, width: float, *, at_medians: bool) -> Array:
    if at_medians or not noise.uncertain:
        return np.array([max(noise.centre, LEAST_NOISE)])
    ends = parameter_transform([noise]).values(np.array([[-FAR_OUT, FAR_OUT]]), width)[0]
    low, high = np.maximum(ends, LEAST_NOISE)
    return np.geomspace(low, max(high, low * 1.01), NOISES)
