"""Version spread: how far the versions of a case, each under rival factions and one leader, lie apart in an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isnan

from ripeness.study.disagreement import VarianceSplit
from ripeness.study.outlook import Outlook
from ripeness.study.probabilities import OutcomeProbability

Version = tuple[str, str]  # an analyst's version and the actor model under which it is read


@dataclass(frozen=True, slots=True)
class VersionChance:
    """Probability of an outcome in one version under one actor model, with its 90 % Monte Carlo interval."""

    version: str
    reading: str
    outcome: str
    polity: str | None
    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OutcomeSpread:
    """One outcome over the versions. `lowest` and `highest` are those under the actor model that is asked about.

    `least` to `most` runs over all versions and actor models. `differs`: highest and lowest lie apart by more than
    their Monte Carlo errors, or the variance between versions is clear under common random numbers. `split`: of that
    variance, where it was made.
    """

    outcome: str
    polity: str | None
    lowest: VersionChance
    highest: VersionChance
    least: float
    most: float
    differs: bool
    split: VarianceSplit | None = None

    @property
    def name(self) -> str:
        """The outcome as questions name it."""
        return f"{self.outcome}:{self.polity}" if self.polity else self.outcome


@dataclass(frozen=True)
class VersionDisagreement:
    """How versions of a case disagree by a day.

    `main` names the outcome on which they differ most, or that was asked about. `draws`: runs of each version;
    `mixtures` of versions were simulated with `mixture_draws` runs each. `note` says what is
    missing; `outlook` has the same versions by class of end, beside past wars, the model and the blend.
    Units: month from the day of the forecast.
    """

    month: float
    on: date
    blended: bool
    reading: str
    versions: tuple[str, ...]
    chances: tuple[VersionChance, ...]
    outcomes: tuple[OutcomeSpread, ...]
    main: str
    draws: int
    mixtures: int = 0
    mixture_draws: int = 0
    note: str = ""
    outlook: Outlook | None = None

    def named(self, titles: Mapping[str, str]) -> VersionDisagreement:
        """The same with versions called by their titles; one without a title keeps its name."""

        def titled(chance: VersionChance) -> VersionChance:
            return replace(chance, version=titles.get(chance.version, chance.version))

        return replace(
            self,
            versions=tuple(titles.get(name, name) for name in self.versions),
            chances=tuple(map(titled, self.chances)),
            outcomes=tuple(
                replace(spread, lowest=titled(spread.lowest), highest=titled(spread.highest))
                for spread in self.outcomes
            ),
        )

    @property
    def main_outcome(self) -> OutcomeSpread:
        """The outcome that the sentence is about."""
        return next(spread for spread in self.outcomes if spread.name == self.main)

    def of(self, outcome: str, polity: str | None, reading: str) -> tuple[VersionChance, ...]:
        """The probabilities of an outcome under an actor model, a version each."""
        return tuple(
            chance
            for chance in self.chances
            if (chance.outcome, chance.polity, chance.reading) == (outcome, polity, reading)
        )


def version_chances(rows: Mapping[Version, Sequence[OutcomeProbability]]) -> tuple[VersionChance, ...]:
    """The outcomes of every version and actor model as one list."""
    return tuple(
        VersionChance(version, reading, row.outcome, row.polity, row.p, row.mc_low, row.mc_high)
        for (version, reading), outcomes in rows.items()
        for row in outcomes
    )


def outcome_spreads(
    chances: Sequence[VersionChance], reading: str, splits: Sequence[VarianceSplit] = ()
) -> tuple[OutcomeSpread, ...]:
    """The spread of every outcome that some version can tell the probability of, in the order in which they come.

    `splits` are of the same outcomes in the same order; empty where none were made.

    >>> low = VersionChance("a", "factional", "frozen", None, 0.1, 0.08, 0.12)
    >>> high = VersionChance("b", "factional", "frozen", None, 0.3, 0.28, 0.32)
    >>> spread = outcome_spreads([low, high], "factional")[0]
    >>> spread.lowest.version, spread.differs
    ('a', True)
    """
    spreads = []
    for n, (outcome, polity) in enumerate(dict.fromkeys((chance.outcome, chance.polity) for chance in chances)):
        estimated = [c for c in chances if (c.outcome, c.polity) == (outcome, polity) and not isnan(c.p)]
        read = sorted((chance for chance in estimated if chance.reading == reading), key=lambda chance: chance.p)
        if not read:
            continue
        lowest, highest, split = read[0], read[-1], splits[n] if splits else None
        spreads.append(
            OutcomeSpread(
                outcome,
                polity,
                lowest,
                highest,
                min(chance.p for chance in estimated),
                max(chance.p for chance in estimated),
                highest.low > lowest.high or (split is not None and split.clear),
                split,
            )
        )
    return tuple(spreads)


def widest_spread(spreads: Sequence[OutcomeSpread]) -> OutcomeSpread:
    """The outcome on which versions differ most, among those on which they differ by more than chance, if there are."""
    return max(spreads, key=lambda spread: (spread.differs, spread.highest.p - spread.lowest.p))
