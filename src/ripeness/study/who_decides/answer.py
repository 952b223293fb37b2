"""The answer to "who decides?": power, readings, matrix and knock-outs of every polity with evidence, with what
limits them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ripeness.scenario.schema import Scenario
from ripeness.study.who_decides.bayes_factors import (
    WIDTHS,
    BayesFactor,
    ReadingVerdict,
    WeighedReading,
    bayes_factors,
    compare_classes,
    weigh_readings,
)
from ripeness.study.who_decides.carried import DecisiveItem, decisive_items
from ripeness.study.who_decides.evidence import ObservedEvidence, collect_evidence, observed_until
from ripeness.study.who_decides.evidence_matrix import THIN, EvidenceRow, evidence_matrix, leave_one_out
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
from ripeness.world.fault import Fault

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
    known: bool = False,
    seed: int = 1,
    repeats: int = REPEATS,
    particles: int = PARTICLES,
    widths: Sequence[float] = WIDTHS,
    knock_out: bool = True,
    progress: Progress | None = None,
) -> WhoDecides:
    """Infer who decides in each polity with evidence.

    Assumes that positions are those stated for the start. `known` holds positions and conduct at their medians
    instead of drawing them from their intervals; `knots` dates between which power moves (by default 4 where evidence
    spans over two months). Raises: Fault where no polity has evidence, or one is asked for that the scenario does not
    have.
    """
    evidence = collect_evidence(scenario, as_of, observe)
    told = list(evidence.warnings) + _aside(evidence)
    wanted = _wanted(scenario, evidence, polities, told)
    parts: dict[str, tuple[WeighedReading, ...]] = {}
    for polity in wanted:
        if progress is not None:
            progress(polity)
        items = evidence.of(polity)
        many = _knots(scenario, polity, items, knots, told)
        parts[polity] = weigh_readings(
            candidates(scenario, polity),
            items,
            known=known,
            knots=many,
            seed=seed,
            repeats=repeats,
            particles=particles,
            widths=widths,
        )
    return _answer(scenario, evidence, parts, seed, told, knock_out=knock_out)


def _wanted(scenario: Scenario, evidence: ObservedEvidence, polities: Sequence[str], told: list[str]) -> list[str]:
    for key in polities:
        if key not in scenario.polities:
            raise Fault(f"'{key}' is not a polity of the scenario; it has {', '.join(scenario.polities)}")
    with_evidence = evidence.polities()
    if not with_evidence:
        raise Fault(
            f"there is no evidence of a decision up to {evidence.as_of}; add 'evidence' to the scenario, "
            "take a later --as-of, or add items with --observe"
        )
    silent = [key for key in polities or scenario.polities if key not in with_evidence]
    told += [
        f"{key}: no decision was observed up to {evidence.as_of}; its powers stay as the scenario states them"
        for key in silent
    ]
    found = [key for key in with_evidence if not polities or key in polities]
    if not found:
        raise Fault(
            f"no decision of {', '.join(polities)} was observed up to {evidence.as_of}; there is evidence on "
            f"{', '.join(with_evidence)}"
        )
    return found


def _knots(scenario: Scenario, polity: str, items: Sequence[object], knots: int | None, told: list[str]) -> int:
    months = [getattr(item, "months", 0.0) for item in items]
    span = max([0.0, *months]) - min([0.0, *months])
    bare = unstated_powers(scenario, polity)
    if bare:
        told.append(
            f"{polity}: the power of {', '.join(bare)} is stated without a range; it is taken as known within a "
            f"factor of 2"
        )
    if max(months, default=0.0) > 0:
        told.append(
            f"{polity}: decisions after the start are read with the positions stated for the start; `run --given "
            f"evidence` lets the war move them"
        )
    return (1 if span < SHORT else KNOTS) if knots is None else knots


def _aside(evidence: ObservedEvidence) -> list[str]:
    """What is on record but tells nothing of a decision."""
    if not evidence.shown:
        return []
    kinds = ", ".join(sorted({str(one.shows) for one in evidence.shown}))
    return [
        f"{len(evidence.shown)} observations ({kinds}) tell of the war, not of a decision, and are no evidence on power"
    ]


def _answer(
    scenario: Scenario,
    evidence: ObservedEvidence,
    parts: dict[str, tuple[WeighedReading, ...]],
    seed: int,
    told: list[str],
    *,
    knock_out: bool,
) -> WhoDecides:
    base = {polity: weighed[0].posterior for polity, weighed in parts.items()}
    limits = tuple(identifiability(found, seed) for found in base.values())
    verdicts = tuple(compare_classes(weighed) for weighed in parts.values())
    rows: list[ReadingRow] = []
    table: list[EvidenceRow] = []
    for weighed in parts.values():
        chances, thin = _chances(weighed)
        told += thin
        table += evidence_matrix(weighed[0].posterior.council.items, [one.candidate.key for one in weighed], chances)
        rows += [_row(one, float(line.sum())) for one, line in zip(weighed, chances, strict=True)]
    for limit in limits:
        told += identifiability_warnings(limit)
    told += _unforeseen(table, parts)
    used = [item for weighed in parts.values() for item in weighed[0].posterior.council.items]
    told += _unsteady(rows)
    return WhoDecides(
        as_of=str(evidence.as_of),
        observations=len(used),
        newest=str(max((item.on for item in used), default="")),
        power=tuple(row for found in base.values() for row in power_shares(found, scenario.start, seed)),
        ranking=tuple(row for found in base.values() for row in power_rankings(found, scenario.start, seed)),
        readings=tuple(rows),
        bayes_factors=tuple(row for weighed in parts.values() for row in bayes_factors(weighed)),
        verdicts=verdicts,
        carried=tuple(row for one in verdicts for row in decisive_items(one, parts[one.polity], table)),
        matrix=tuple(table),
        knock_out=tuple(row for weighed in parts.values() for row in knock_outs(weighed, seed)) if knock_out else (),
        identified=limits,
        warnings=tuple(told),
        weighed=parts,
    )


def _chances(weighed: Sequence[WeighedReading]) -> tuple[np.ndarray, list[str]]:
    """Log predictive chance of each item under each reading, and a warning where weights are too thin to trust one."""
    found, thin = [], 0
    for one in weighed:
        chance, share = leave_one_out(one.posterior.by_item)
        found.append(chance)
        thin += int((share < THIN).sum())
    polity = weighed[0].candidate.polity
    said = [f"{polity}: {thin} cells of the matrix rest on less than a tenth of the draws"] if thin else []
    return np.array(found), said


def _row(one: WeighedReading, score: float) -> ReadingRow:
    reading = one.candidate
    return ReadingRow(
        reading.polity,
        reading.key,
        reading.name,
        reading.kind,
        one.posterior.log_evidence,
        one.sd,
        reading.mass,
        one.weight,
        score,
    )


def _unsteady(rows: Sequence[ReadingRow]) -> list[str]:
    """Readings whose evidence the sampler's runs do not agree on."""
    return [
        f"{row.polity}: the sampler's runs do not agree on the log evidence of '{row.reading}' (sd "
        f"{row.log_evidence_sd:.1f}); raise --particles"
        for row in rows
        if row.log_evidence_sd > UNSTEADY
    ]


def _unforeseen(table: Sequence[EvidenceRow], parts: dict[str, tuple[WeighedReading, ...]]) -> list[str]:
    """Items that no reading foretells better than an item that says nothing."""
    items = {item.id: item for weighed in parts.values() for item in weighed[0].posterior.council.items}
    return [
        f"{row.polity}: no reading foretells '{row.item}' better than chance; its grade ({row.grade}) alone keeps "
        f"it possible"
        for row in table
        if max(cell.log_chance for cell in row.cells) < items[row.item].floor
    ]
