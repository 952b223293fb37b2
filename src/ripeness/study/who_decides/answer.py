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
from ripeness.study.who_decides.bayes_factors import (
    WIDTHS,
    BayesFactor,
    DecisiveItem,
    ReadingVerdict,
    WeighedReading,
    bayes_factors,
    compare_classes,
    decisive_items,
    weigh_readings,
)
from ripeness.study.who_decides.evidence import ObservedEvidence, collect_evidence, observed_until
from ripeness.study.who_decides.evidence_matrix import (
    MIN_EFFECTIVE_SHARE,
    EvidenceRow,
    evidence_matrix,
    leave_one_out_log_chance,
)
from ripeness.study.who_decides.knock_out import KnockOut, knock_outs
from ripeness.study.who_decides.posterior import PARTICLES, REPEATS
from ripeness.study.who_decides.power import (
    Identifiability,
    PowerRanking,
    PowerShare,
    identifiability,
    identifiability_warnings,
    power_rankings,
    power_shares,
)
from ripeness.study.who_decides.prior import unstated_powers
from ripeness.study.who_decides.readings import candidates
from ripeness.world.fault import ArgumentFault, Fault

SHORT = 2.0  # months of evidence below which power counts as fixed in time
UNSTEADY = 1.0  # spread of a log evidence over repeats above which it is no number to go by
KNOTS = 4  # dates of a power that moves, unless another number is asked for
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A reading's log evidence, its spread over repeats, its prior and posterior probability, and its predictive
    score.
    """

    polity: str
    reading: str
    name: str
    kind: str
    log_evidence: float
    log_evidence_sd: float
    prior: float
    weight: float
    left_out: float


@dataclass(frozen=True)
class WhoDecides:
    """Everything that `infer` says, mostly as plain rows.

    `observations`: how many decisions were read off, the latest of them on the day `newest`; nothing is known from then
    to `as_of`.
    """

    as_of: str
    observations: int
    newest: str
    power: tuple[PowerShare, ...]
    ranking: tuple[PowerRanking, ...]
    readings: tuple[ReadingRow, ...]
    bayes_factors: tuple[BayesFactor, ...]
    verdicts: tuple[ReadingVerdict, ...]
    carried: tuple[DecisiveItem, ...]
    matrix: tuple[EvidenceRow, ...]
    knock_out: tuple[KnockOut, ...]
    identified: tuple[Identifiability, ...]
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
    knock_out: bool = True,
    progress: Progress | None = None,
) -> WhoDecides:
    """Infer who decides in each polity with evidence.

    Positions are those stated for the start, moved along the factions' dated statements up to the date. `at_medians`
    holds positions and conduct at their medians instead of drawing them from their intervals; `knots` dates between
    which power moves (by default 4 where evidence spans over two months). Raises: Fault where no polity has evidence,
    or one is asked for that the scenario does not have.
    """
    evidence = collect_evidence(scenario, as_of, observe)
    scenario = statements_until(scenario, evidence.as_of)
    warnings = list(evidence.warnings) + _war_observation_notes(evidence)
    inferred = _polities_to_infer(scenario, evidence, polities, warnings)
    parts: dict[str, tuple[WeighedReading, ...]] = {}
    for polity in inferred:
        if progress is not None:
            progress(polity)
        items = evidence.of(polity)
        knot_count = _knot_count(scenario, polity, items, knots, warnings)
        parts[polity] = weigh_readings(
            candidates(scenario, polity),
            items,
            at_medians=at_medians,
            knots=knot_count,
            seed=seed,
            repeats=repeats,
            particles=particles,
            widths=widths,
        )
    return _answer(scenario, evidence, parts, seed, warnings, knock_out=knock_out)


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


def _knot_count(
    scenario: Scenario, polity: str, items: Sequence[object], knots: int | None, warnings: list[str]
) -> int:
    months = [getattr(item, "months", 0.0) for item in items]
    span = max([0.0, *months]) - min([0.0, *months])
    bare = unstated_powers(scenario, polity)
    if bare:
        warnings.append(
            f"{polity}: the power of {', '.join(bare)} is stated without a range; it is taken as known within a "
            f"factor of 2"
        )
    if max(months, default=0.0) > 0:
        warnings.append(
            f"{polity}: decisions after the start are read with the positions stated for the start; `run --given "
            f"evidence` lets the war move them"
        )
    return (1 if span < SHORT else KNOTS) if knots is None else knots


def _war_observation_notes(evidence: ObservedEvidence) -> list[str]:
    """Note evidence on record that is not of a decision."""
    if not evidence.war_observations:
        return []
    kinds = ", ".join(sorted({str(observation.shows) for observation in evidence.war_observations}))
    return [
        (
            f"{len(evidence.war_observations)} observations ({kinds}) tell of the war, not of a decision, and are no "
            "evidence on power"
        )
    ]


def _answer(
    scenario: Scenario,
    evidence: ObservedEvidence,
    parts: dict[str, tuple[WeighedReading, ...]],
    seed: int,
    warnings: list[str],
    *,
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
        rows += [_reading_row(reading, float(line.sum())) for reading, line in zip(readings, chances, strict=True)]
    for limit in identified:
        warnings += identifiability_warnings(limit)
    warnings += _unforeseen_items(table, parts)
    items = [item for readings in parts.values() for item in readings[0].posterior.council.items]
    warnings += _unsteady_readings(rows)
    return WhoDecides(
        as_of=str(evidence.as_of),
        observations=len(items),
        newest=str(max((item.on for item in items), default="")),
        power=tuple(row for posterior in base.values() for row in power_shares(posterior, scenario.start, seed)),
        ranking=tuple(row for posterior in base.values() for row in power_rankings(posterior, scenario.start, seed)),
        readings=tuple(rows),
        bayes_factors=tuple(row for readings in parts.values() for row in bayes_factors(readings)),
        verdicts=verdicts,
        carried=tuple(row for verdict in verdicts for row in decisive_items(verdict, parts[verdict.polity], table)),
        matrix=tuple(table),
        knock_out=tuple(row for readings in parts.values() for row in knock_outs(readings, seed)) if knock_out else (),
        identified=identified,
        warnings=tuple(warnings),
        weighed=parts,
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


def _reading_row(entry: WeighedReading, score: float) -> ReadingRow:
    reading = entry.candidate
    return ReadingRow(
        reading.polity,
        reading.key,
        reading.name,
        reading.kind,
        entry.posterior.log_evidence,
        entry.sd,
        reading.mass,
        entry.weight,
        score,
    )


def _unsteady_readings(rows: Sequence[ReadingRow]) -> list[str]:
    """Warn of readings whose log evidence differs between the sampler's runs."""
    return [
        f"{row.polity}: the sampler's runs do not agree on the log evidence of '{row.reading}' (sd "
        f"{row.log_evidence_sd:.1f}); raise --particles"
        for row in rows
        if row.log_evidence_sd > UNSTEADY
    ]


def _unforeseen_items(table: Sequence[EvidenceRow], parts: dict[str, tuple[WeighedReading, ...]]) -> list[str]:
    """Warn of items that no reading predicts better than chance."""
    items = {item.id: item for readings in parts.values() for item in readings[0].posterior.council.items}
    return [
        f"{row.polity}: no reading foretells '{row.item}' better than chance; its grade ({row.grade}) alone keeps "
        f"it possible"
        for row in table
        if max(cell.log_chance for cell in row.cells) < items[row.item].floor
    ]
