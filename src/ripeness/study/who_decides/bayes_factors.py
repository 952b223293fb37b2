"""Bayes factors between readings of a polity, under wider and narrower priors.

A Bayes factor hangs on how wide the beliefs were. Each is therefore computed with the intervals of powers and
positions a quarter, half, once, twice and four times as wide. Where its sign changes over these, the data cannot
tell, and no verdict is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.council_likelihood import CouncilLikelihood, council_likelihood
from ripeness.study.who_decides.evidence_matrix import EvidenceRow
from ripeness.study.who_decides.item import Item
from ripeness.study.who_decides.posterior import CouncilPosterior, estimate_log_evidence, sample_posterior
from ripeness.study.who_decides.readings import FACTIONAL, Candidate

Array = NDArray[np.float64]
WIDTHS = (0.25, 0.5, 1.0, 2.0, 4.0)
SCALE = ((10.0, "very strong"), (6.0, "strong"), (2.0, "positive"), (0.0, "not worth more than a bare mention"))
"""Twice the log Bayes factor, and its words (Kass and Raftery 1995, p. 777)."""
STANDARD_DEVIATIONS = 2.0  # standard deviations over repeats that a difference must exceed
QUICK_PARTICLES = 500  # particles for the evidence under other widths
MOST_DECISIVE = 3  # items named as those that carry the verdict


@dataclass(frozen=True, slots=True)
class WeighedReading:
    """A reading with its posterior and its log evidence under each width."""

    candidate: Candidate
    posterior: CouncilPosterior
    by_width: dict[float, float]
    sd: float
    weight: float


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


@dataclass(frozen=True, slots=True)
class BayesFactor:
    """Log Bayes factor of a reading against the factional one, under a width of the prior intervals."""

    polity: str
    reading: str
    against: str
    width: float
    log_bayes_factor: float


@dataclass(frozen=True, slots=True)
class ReadingVerdict:
    """What the evidence says on the classes of readings of a polity; `tells` is false where it is inconclusive."""

    polity: str
    tells: bool
    sentence: str
    best: str
    second: str
    log_bayes_factor: float
    low: float
    high: float
    strength: str


def weigh_readings(
    candidates: Sequence[Candidate],
    items: Sequence[Item],
    *,
    at_medians: bool = False,
    knots: int = 1,
    seed: int = 1,
    repeats: int = 4,
    particles: int = 1000,
    widths: Sequence[float] = WIDTHS,
    only_compared: bool = False,
) -> tuple[WeighedReading, ...]:
    """Compute posterior and evidence of each reading. Weights are prior mass times evidence, and sum to 1.

    `only_compared`: other widths than 1 are computed for the two best classes of readings alone, on which the verdict
    rests, and for the factional reading, against which Bayes factors are taken.
    """

    def likelihood(candidate: Candidate, width: float) -> CouncilLikelihood:
        return council_likelihood(
            candidate.scenario,
            candidate.polity,
            items,
            at_medians=at_medians,
            knots=knots,
            width=width,
            belief=candidate.belief,
        )

    posteriors = [
        sample_posterior(
            likelihood(candidate, 1.0),
            seed=seed,
            label=f"reading/{candidate.key}",
            repeats=repeats,
            particles=particles,
        )
        for candidate in candidates
    ]

    def log_evidence(candidate: Candidate, posterior: CouncilPosterior, width: float) -> float:
        council = likelihood(candidate, width)
        if width == 1.0 or council.unknowns == 0:
            return posterior.log_evidence
        label, quick = f"reading/{candidate.key}/{width}", min(QUICK_PARTICLES, particles)
        return estimate_log_evidence(council, seed=seed, label=label, repeats=2, particles=quick)[0]

    weights = reading_weights(candidates, [posterior.log_evidence for posterior in posteriors])
    readings = [
        WeighedReading(candidate, posterior, {1.0: posterior.log_evidence}, posterior.log_evidence_sd, weight)
        for candidate, posterior, weight in zip(candidates, posteriors, weights, strict=True)
    ]
    compared = _best_classes(readings)[:2]

    def widths_of(candidate: Candidate) -> Sequence[float]:
        everywhere = not only_compared or candidate.kind in compared or candidate.key == FACTIONAL
        return widths if everywhere else [width for width in widths if width == 1.0]

    return tuple(
        replace(
            entry,
            by_width={
                width: log_evidence(entry.candidate, entry.posterior, width) for width in widths_of(entry.candidate)
            },
        )
        for entry in readings
    )


def reading_weights(candidates: Sequence[Candidate], logs: Sequence[float]) -> list[float]:
    """Posterior probabilities of readings from their prior mass and log evidence."""
    total = np.array(logs) + np.log([max(candidate.mass, 1e-300) for candidate in candidates])
    odds = np.exp(total - total.max())
    return [float(x) for x in odds / odds.sum()]


def reading_row(entry: WeighedReading, score: float) -> ReadingRow:
    """Return the row of a reading, with its score at foretelling one item from the others."""
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


def bayes_factors(readings: Sequence[WeighedReading]) -> tuple[BayesFactor, ...]:
    """Return the log Bayes factor of each reading against the factional one, under every width."""
    base = next(reading for reading in readings if reading.candidate.key == FACTIONAL)
    return tuple(
        BayesFactor(reading.candidate.polity, reading.candidate.key, FACTIONAL, width, log - base.by_width[width])
        for reading in readings
        if reading is not base
        for width, log in reading.by_width.items()
    )


def evidence_strength(log_bayes_factor: float) -> str:
    """Describe the strength of a log Bayes factor in words.

    Source: Kass and Raftery 1995, J. Am. Stat. Assoc. 90, p. 777.

    >>> evidence_strength(0.6), evidence_strength(-4.0)
    ('not worth more than a bare mention', 'strong')
    """
    return next(words for threshold, words in SCALE if 2 * abs(log_bayes_factor) >= threshold)


def compare_classes(readings: Sequence[WeighedReading]) -> ReadingVerdict:
    """Compare the best class of readings with the next, by the evidence averaged over each class."""
    polity = readings[0].candidate.polity
    name = readings[0].candidate.scenario.polities[polity].name or polity
    order = _best_classes(readings)
    widths = list(next(reading.by_width for reading in readings if reading.candidate.kind == order[0]))
    logs = {kind: [_class_log_evidence(readings, kind, width) for width in widths] for kind in order[:2]}
    at_stated_width = {kind: _class_log_evidence(readings, kind, 1.0) for kind in order[:2]}
    if len(order) < 2:
        return ReadingVerdict(
            polity,
            tells=False,
            sentence=f"There is one reading of {name} only.",
            best=order[0],
            second="",
            log_bayes_factor=0.0,
            low=0.0,
            high=0.0,
            strength=SCALE[-1][1],
        )
    best, second = order[:2]
    across = [a - b for a, b in zip(logs[best], logs[second], strict=True)]
    factor, low, high = at_stated_width[best] - at_stated_width[second], min(across), max(across)
    noise = STANDARD_DEVIATIONS * max(reading.sd for reading in readings if reading.candidate.kind in (best, second))
    words = evidence_strength(factor)
    span = _span(factor, low, high, widths)
    sentence, conclusive = _sentence(name, best, second, factor, low, high, noise, span)
    return ReadingVerdict(polity, conclusive, sentence, best, second, factor, low, high, words)


def _best_classes(readings: Sequence[WeighedReading]) -> list[str]:
    """Classes of readings, that with most evidence under the prior as it is stated first."""
    kinds = list(dict.fromkeys(reading.candidate.kind for reading in readings))
    return sorted(kinds, key=lambda kind: -_class_log_evidence(readings, kind, 1.0))


def _class_log_evidence(readings: Sequence[WeighedReading], kind: str, width: float) -> float:
    """Log evidence of a class: the mean of its readings' evidence by their mass within it."""
    class_readings = [reading for reading in readings if reading.candidate.kind == kind]
    mass = np.array([reading.candidate.mass for reading in class_readings])
    logs = np.array([reading.by_width.get(width, reading.posterior.log_evidence) for reading in class_readings])
    top = logs.max()
    return float(top + np.log((mass / mass.sum() * np.exp(logs - top)).sum()))


def _span(factor: float, low: float, high: float, widths: Sequence[float]) -> str:
    ends = f"{Fraction(min(widths))} to {Fraction(max(widths))}"
    if f"{low:+.1f}" == f"{high:+.1f}":
        return f"log Bayes factor {factor:+.1f}" + (f" over prior widths from {ends}" if len(widths) > 1 else "")
    return f"log Bayes factor {factor:+.1f}, from {low:+.1f} to {high:+.1f} over prior widths from {ends}"


def _sentence(
    name: str, best: str, second: str, factor: float, low: float, high: float, noise: float, span: str
) -> tuple[str, bool]:
    pair = f"the {best} from the {second} reading of {name}"
    if low <= 0 <= high:
        return f"The data cannot tell {pair}: the sign changes with the width of the prior ({span}).", False
    if abs(factor) <= noise:
        return f"The data cannot tell {pair}: the difference is within the sampler's noise ({span}).", False
    if evidence_strength(factor) == SCALE[-1][1]:
        return f"The data cannot tell {pair}: the difference is {SCALE[-1][1]} ({span}).", False
    words = evidence_strength(factor)
    if evidence_strength(low) != words:
        words = f"{words} (with the least favourable prior width: {evidence_strength(low)})"
    return f"The evidence for the {best} over the {second} reading of {name} is {words}: {span}.", True


@dataclass(frozen=True, slots=True)
class DecisiveItem:
    """Log ratio by which an item favours a verdict's class over the next; below zero it contradicts the verdict."""

    polity: str
    item: str
    log_ratio: float


def decisive_items(
    verdict: ReadingVerdict, readings: Sequence[WeighedReading], table: Sequence[EvidenceRow]
) -> tuple[DecisiveItem, ...]:
    """Return the items that favour a verdict most, the strongest first, then the strongest against it, if any."""
    rows = [row for row in table if row.polity == verdict.polity]
    if not verdict.second or not rows:
        return ()
    ratio = _log_chance_under_class(verdict.best, readings, rows) - _log_chance_under_class(
        verdict.second, readings, rows
    )
    order = np.argsort(-ratio, kind="stable")
    picked = [n for n in order[:MOST_DECISIVE] if ratio[n] > 0] + [n for n in order[-1:] if ratio[n] < 0]
    return tuple(DecisiveItem(verdict.polity, rows[n].item, float(ratio[n])) for n in picked)


def _log_chance_under_class(kind: str, readings: Sequence[WeighedReading], rows: Sequence[EvidenceRow]) -> Array:
    """Log chance of each item under a class, the other items being known. Shapes: returns (n,)."""
    class_readings = [reading for reading in readings if reading.candidate.kind == kind]
    logs = np.array(
        [np.log(max(reading.candidate.mass, 1e-300)) + reading.posterior.log_evidence for reading in class_readings]
    )
    place = {reading.candidate.key: n for n, reading in enumerate(class_readings)}
    chances = np.array([[cell.log_chance for cell in row.cells if cell.reading in place] for row in rows]).T
    return np.asarray(-(np.logaddexp.reduce(logs[:, None] - chances, axis=0) - np.logaddexp.reduce(logs)))
