"""The answer to "who decides?": power, readings, matrix and knock-outs of every polity with evidence, with what
limits them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ripeness.scenario.schema import Scenario
from ripeness.scenario.statements import statements_until
from ripeness.study.who_decides.answer_limits import (
    later_items,
    prior_notes,
    unforeseen_items,
    unsteady_readings,
    war_observation_notes,
)
from ripeness.study.who_decides.bayes_factors import (
    WIDTHS,
    BayesFactor,
    DecisiveItem,
    ReadingRow,
    ReadingVerdict,
    WeighedReading,
    bayes_factors,
    compare_classes,
    decisive_items,
    reading_row,
    weigh_readings,
)
from ripeness.study.who_decides.council_likelihood import council_likelihood
from ripeness.study.who_decides.crossings import Crossing, crossings
from ripeness.study.who_decides.evidence import ObservedEvidence, collect_evidence, observed_until
from ripeness.study.who_decides.evidence_matrix import (
    MIN_EFFECTIVE_SHARE,
    EvidenceRow,
    evidence_matrix,
    leave_one_out_log_chance,
)
from ripeness.study.who_decides.item import Item
from ripeness.study.who_decides.knock_out import KnockOut, knock_outs
from ripeness.study.who_decides.posterior import PARTICLES, REPEATS, CouncilPosterior, sample_posterior
from ripeness.study.who_decides.power import (
    Identifiability,
    PowerRanking,
    PowerShare,
    identifiability,
    identifiability_warnings,
    power_rankings,
    power_shares,
)
from ripeness.study.who_decides.prior import AS_STATED, FLAT, STATED, PriorBelief
from ripeness.study.who_decides.readings import candidates
from ripeness.study.who_decides.strongest import StrongestFaction, strongest_faction
from ripeness.world.fault import ArgumentFault, Fault

SHORT = 2.0  # months of evidence below which power counts as fixed in time
KNOTS = 4  # dates of a power that moves, unless another number is asked for
COMPARED = (STATED, FLAT)  # priors of power under which the answer is shown, besides the one that is asked for
Progress = Callable[[str], None]


@dataclass(frozen=True)
class WhoDecides:
    """Everything that `infer` says, mostly as plain rows.

    `observations`: how many decisions were read off, the latest of them on the day `newest`; nothing is known from then
    to `as_of`. `prior`: which prior of power `power`, `ranking`, `readings` and what follows start from; `beside` holds
    powers under the other priors; `strongest` a row a polity and prior, that of the answer first.
    """

    as_of: str
    observations: int
    newest: str
    prior: str
    strongest: tuple[StrongestFaction, ...]
    power: tuple[PowerShare, ...]
    beside: tuple[PowerShare, ...]
    ranking: tuple[PowerRanking, ...]
    readings: tuple[ReadingRow, ...]
    bayes_factors: tuple[BayesFactor, ...]
    verdicts: tuple[ReadingVerdict, ...]
    carried: tuple[DecisiveItem, ...]
    matrix: tuple[EvidenceRow, ...]
    knock_out: tuple[KnockOut, ...]
    identified: tuple[Identifiability, ...]
    crossings: tuple[Crossing, ...]
    warnings: tuple[str, ...]
    weighed: dict[str, tuple[WeighedReading, ...]]

    def __repr__(self) -> str:
        """One line."""
        observed = observed_until(self.observations, self.newest, self.as_of)
        return f"<WhoDecides in {', '.join(self.weighed)}, by {observed}>"


def who_decides(
    scenario: Scenario,
    *,
    as_of: date | None = None,
    observe: Iterable[str] = (),
    polities: Sequence[str] = (),
    knots: int | None = None,
    at_medians: bool = False,
    seed: int = 1,
    repeats: int = REPEATS,
    particles: int = PARTICLES,
    widths: Sequence[float] = WIDTHS,
    only_compared: bool = False,
    knock_out: bool = True,
    belief: PriorBelief = AS_STATED,
    progress: Progress | None = None,
) -> WhoDecides:
    """Infer who decides in each polity with evidence.

    Positions are those stated for the start, moved along the factions' dated statements up to the date. `at_medians`
    holds positions and conduct at their medians instead of drawing them from their intervals; `knots` dates between
    which power moves (by default 4 where evidence spans over two months); `only_compared` leaves out other widths of
    the prior than 1 for readings that the verdict does not compare; `belief` is the prior of power, beside which
    the flat and the stated one are shown. Raises: Fault where no polity has evidence, or one is asked for that the
    scenario does not have.
    """
    evidence = collect_evidence(scenario, as_of, observe)
    scenario = statements_until(scenario, evidence.as_of)
    warnings = [*evidence.warnings, *war_observation_notes(evidence), *later_items(evidence)]
    inferred = _polities_to_infer(scenario, evidence, polities, warnings)
    parts: dict[str, tuple[WeighedReading, ...]] = {}
    beside: dict[tuple[str, str], CouncilPosterior] = {}
    for polity in inferred:
        if progress is not None:
            progress(polity)
        items = evidence.of(polity)
        warnings += prior_notes(scenario, polity, items, belief)
        knot_count = _knot_count(items) if knots is None else knots
        parts[polity] = weigh_readings(
            candidates(scenario, polity, belief),
            items,
            at_medians=at_medians,
            knots=knot_count,
            seed=seed,
            repeats=repeats,
            particles=particles,
            widths=widths,
            only_compared=only_compared,
        )
        for kind in (kind for kind in COMPARED if kind != belief.kind and len(scenario.polities[polity].factions) > 1):
            other = council_likelihood(
                scenario, polity, items, at_medians=at_medians, knots=knot_count, belief=PriorBelief(kind)
            )
            beside[polity, kind] = sample_posterior(
                other, seed=seed, label=f"prior/{kind}", repeats=repeats, particles=particles
            )
    return _answer(scenario, evidence, parts, beside, seed, warnings, prior=belief.kind, knock_out=knock_out)


def _polities_to_infer(
    scenario: Scenario, evidence: ObservedEvidence, polities: Sequence[str], warnings: list[str]
) -> list[str]:
    for key in polities:
        if key not in scenario.polities:
            raise Fault(f"'{key}' is not a polity of the scenario; it has {', '.join(scenario.polities)}")
    with_evidence = evidence.polities()
    if not with_evidence:
        raise ArgumentFault(
            "",
            f"there is no evidence of a decision up to {evidence.as_of}; add 'evidence' to the scenario, "
            "take a later {as_of}, or add items with {observe}",
        )
    silent = [key for key in polities or scenario.polities if key not in with_evidence]
    warnings += [
        f"{key}: no decision was observed up to {evidence.as_of}; its powers stay as the scenario states them"
        for key in silent
    ]
    inferred = [key for key in with_evidence if not polities or key in polities]
    if not inferred:
        raise Fault(
            f"no decision of {', '.join(polities)} was observed up to {evidence.as_of}; there is evidence on "
            f"{', '.join(with_evidence)}"
        )
    return inferred


def _knot_count(items: Sequence[Item]) -> int:
    """Between how many dates power moves, unless it is said: fixed where the evidence spans a short time."""
    months = [0.0, *(item.months for item in items)]
    return 1 if max(months) - min(months) < SHORT else KNOTS


def _answer(
    scenario: Scenario,
    evidence: ObservedEvidence,
    parts: dict[str, tuple[WeighedReading, ...]],
    beside: dict[tuple[str, str], CouncilPosterior],
    seed: int,
    warnings: list[str],
    *,
    prior: str,
    knock_out: bool,
) -> WhoDecides:
    base = {polity: readings[0].posterior for polity, readings in parts.items()}
    identified = tuple(identifiability(posterior, seed) for posterior in base.values())
    verdicts = tuple(compare_classes(readings) for readings in parts.values())
    rows: list[ReadingRow] = []
    table: list[EvidenceRow] = []
    for readings in parts.values():
        chances, thin = _predictive_chances(readings)
        warnings += thin
        table += evidence_matrix(
            readings[0].posterior.council.items, [reading.candidate.key for reading in readings], chances
        )
        rows += [reading_row(reading, float(line.sum())) for reading, line in zip(readings, chances, strict=True)]
    for limit in identified:
        warnings += identifiability_warnings(limit)
    warnings += unforeseen_items(table, parts)
    items = [item for readings in parts.values() for item in readings[0].posterior.council.items]
    warnings += unsteady_readings(rows)
    return WhoDecides(
        as_of=str(evidence.as_of),
        observations=len(items),
        newest=str(max((item.on for item in items), default="")),
        prior=prior,
        strongest=_strongest(scenario, base, beside, prior, seed),
        power=tuple(row for posterior in base.values() for row in power_shares(posterior, scenario.start, seed, prior)),
        beside=tuple(
            row
            for (_, kind), posterior in beside.items()
            for row in power_shares(posterior, scenario.start, seed, kind)
        ),
        ranking=tuple(row for posterior in base.values() for row in power_rankings(posterior, scenario.start, seed)),
        readings=tuple(rows),
        bayes_factors=tuple(row for readings in parts.values() for row in bayes_factors(readings)),
        verdicts=verdicts,
        carried=tuple(row for verdict in verdicts for row in decisive_items(verdict, parts[verdict.polity], table)),
        matrix=tuple(table),
        knock_out=tuple(row for readings in parts.values() for row in knock_outs(readings, seed)) if knock_out else (),
        identified=identified,
        crossings=tuple(row for posterior in base.values() for row in crossings(posterior)),
        warnings=tuple(warnings),
        weighed=parts,
    )


def _strongest(
    scenario: Scenario,
    base: dict[str, CouncilPosterior],
    beside: dict[tuple[str, str], CouncilPosterior],
    prior: str,
    seed: int,
) -> tuple[StrongestFaction, ...]:
    """Who has most power in each polity, under the prior that was asked for and then under the others."""
    by_polity = {polity: [(prior, posterior)] for polity, posterior in base.items()}
    for (polity, kind), posterior in beside.items():
        by_polity[polity].append((kind, posterior))
    return tuple(
        strongest_faction(posterior, scenario.start, kind, seed)
        for posteriors in by_polity.values()
        for kind, posterior in posteriors
    )


def _predictive_chances(readings: Sequence[WeighedReading]) -> tuple[np.ndarray, list[str]]:
    """Log predictive chance of each item under each reading, and a warning where weights are too thin to trust one."""
    log_chances, thin = [], 0
    for reading in readings:
        chance, share = leave_one_out_log_chance(reading.posterior.by_item)
        log_chances.append(chance)
        thin += int((share < MIN_EFFECTIVE_SHARE).sum())
    polity = readings[0].candidate.polity
    notes = [f"{polity}: {thin} cells of the matrix rest on less than a tenth of the draws"] if thin else []
    return np.array(log_chances), notes
