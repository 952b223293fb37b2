"""A forecast from a saved run: the month that a date falls on, the probabilities of that month,
and their provenance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import fsum

from ripeness.ledger.book.admission import suggest_name
from ripeness.ledger.exchange.saved_run import CLASS_OF_KIND, RunAnswer, SavedRun
from ripeness.world.calendar import months_between
from ripeness.world.fault import Fault

LEFTOVERS = ("other", "no")  # outcomes that take what the mapping does not name
MEANING = {  # in the words of the glossary
    "victory": "the other side's defeat, by the front or by surrender",
    "collapse": "the regime of that polity falls apart while the war lasts",
    "settlement": "both sides agree on the terms of a peace",
    "ceasefire": "a ceasefire that both sides have signed ends the fighting and lasts, without a peace",
    "frozen": "fighting ends without agreed terms, along the line held",
    "fighting": "none of these by then; the war goes on",
}
MEANING_OF_CLASS = MEANING | {  # of a record or a blend, which holds ends of one class together
    "victory": "the defeat of either side, by the front or by surrender, or the collapse of its regime",
    "settlement": "both sides agree on the terms of a peace, or on a ceasefire that ends the fighting and lasts",
}


def month_for(run: SavedRun, resolves: date | None, month: float | None) -> float:
    """The month of the run that ends on a date; without one, the month that is named, or that of the day asked about.

    No other month stands for it: a chance is filed under the date that it is for.

    Raises: Fault where the run has no such month, or date and month contradict each other.

    >>> from ripeness.world.fault import Place
    >>> run = SavedRun(date(2025, 1, 1), {6.0: {}, 12.0: {}}, 24, 0, {}, "", Place("run.json"))
    >>> month_for(run, date(2026, 1, 1), None)
    12.0
    >>> month_for(run, date(2030, 1, 1), None)
    Traceback (most recent call last):
    ripeness.world.fault.Fault: run.json:1:1: 2030-01-01 is beyond this run, which starts on 2025-01-01 and looks ahead
    to 2027-01-01; its months are 6 (2025-07-03), 12 (2026-01-01)
    """
    months = tuple(run.months)
    months_text = f"its months are {_months_text(run)}"
    if month is not None and month not in months:
        raise Fault(f"the run has no month {month:g}; {months_text}", run.place)
    if resolves is None and month is None:
        resolves = run.by
    if resolves is None:
        if month is None and len(months) > 1:
            raise Fault(
                f"say on which day the question will be settled, as --resolves {run.on(months[0])}; {months_text}",
                run.place,
            )
        return months[0] if month is None else month
    months_away = months_between(run.start, resolves)
    if months_away <= 0:
        raise Fault(f"{resolves} is not after the start of this run, {run.start}; {months_text}", run.place)
    matching = next((candidate for candidate in months if run.on(candidate) == resolves), None)
    if matching is None and months_away > run.horizon:
        ahead = f"starts on {run.start} and looks ahead to {run.on(run.horizon)}"
        raise Fault(f"{resolves} is beyond this run, which {ahead}; {months_text}", run.place)
    if month is not None and matching != month:
        raise Fault(
            f"month {month:g} of this run is {run.on(month)}, and the question is settled on {resolves}; "
            f"leave --month away, or settle it on {run.on(month)}",
            run.place,
        )
    if matching is not None:
        return matching
    raise Fault(
        f"{resolves} is month {months_away:.1f} of this run, which starts on {run.start}, "
        "and it says nothing on that month; "
        f"{months_text}; that day is told by `ripeness run CASE --by {resolves} --json > run.json`",
        run.place,
    )


def fit_outcomes(answer: RunAnswer, outcomes: Sequence[str], mapping: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Give each outcome of a question its probability: by the mapping, by its name, or by its kind.

    An outcome that no draw reached gets half a draw (Jeffreys), since a sample cannot show that a thing is impossible.

    Raises: Fault for an outcome of the run that no outcome of the question stands for, and for one of the question that
    the view of the run does not tell from another.

    >>> answer = RunAnswer({"victory:A": 0.25, "settlement": 0.75}, 12, 100, {}, "")
    >>> fit_outcomes(answer, ("yes", "no"), {"yes": ["settlement"]})
    {'yes': 0.75, 'no': 0.25}
    """
    _check_mapping(answer, outcomes, mapping)
    _check_classes(answer, outcomes, mapping)
    parts: dict[str, list[float]] = {name: [] for name in outcomes}
    for name, p in answer.probabilities.items():
        parts[_home(name, outcomes, mapping)].append(p)
    return add_half_draw({name: fsum(shares) for name, shares in parts.items()}, answer.draws)


def add_half_draw(probabilities: Mapping[str, float], draws: int) -> dict[str, float]:
    """Give half a draw to every outcome when one was never drawn; leave all as they are otherwise.

    >>> add_half_draw({"a": 1.0, "b": 0.0}, 99)
    {'a': 0.995, 'b': 0.005}
    """
    if not draws or all(p > 0 for p in probabilities.values()):
        return dict(probabilities)
    total = draws + len(probabilities) / 2
    return {name: (p * draws + 0.5) / total for name, p in probabilities.items()}


def criteria(outcomes: Iterable[str], resolves: date, *, classes: bool = False) -> str:
    """Say in the words of the glossary what has to be true for each outcome of a run, or for each class of ends.

    >>> print(criteria(["frozen", "fighting"], date(2027, 7, 1)))
    What comes first by the end of 2027-07-01 (UTC) counts, also where a peace breaks later.
    frozen: fighting ends without agreed terms, along the line held;
    fighting: none of these by then; the war goes on.
    """
    meaning = MEANING_OF_CLASS if classes else MEANING
    rules = [f"{name}: {meaning.get(name.partition(':')[0], 'as its name says')}" for name in outcomes]
    first = f"What comes first by the end of {resolves} (UTC) counts, also where a peace breaks later."
    return first + "\n" + ";\n".join(rules) + "."


def _months_text(run: SavedRun) -> str:
    months = [f"{month:g} ({run.on(month)})" for month in run.months]
    return ", ".join(months[:6]) + (f" ... {months[-1]}" if len(months) > 6 else "")


def _check_mapping(answer: RunAnswer, outcomes: Sequence[str], mapping: Mapping[str, Sequence[str]]) -> None:
    kinds = {name.partition(":")[0] for name in answer.probabilities}
    for name, sources in mapping.items():
        if name not in outcomes:
            raise Fault(f"--map: {name!r} is not an outcome of the question{suggest_name(name, outcomes)}")
        for source in sources:
            if source not in answer.probabilities and source not in kinds:
                outcome_names = ", ".join(answer.probabilities)
                raise Fault(
                    f"--map: the run has no outcome {source!r}{suggest_name(source, answer.probabilities)}; "
                    f"it has {outcome_names}"
                )


def _check_classes(answer: RunAnswer, outcomes: Sequence[str], mapping: Mapping[str, Sequence[str]]) -> None:
    """Refuse an outcome that a view in classes of ends holds within another one: it would be filed as impossible."""
    if not answer.in_classes:
        return
    for name in outcomes:
        kind = name.partition(":")[0]
        broader = CLASS_OF_KIND.get(kind, kind)
        if broader != kind and name not in mapping:
            raise Fault(
                f"the {answer.provenance['view']} of this run holds {name!r} within {broader!r} and says nothing on it "
                "alone; --of model tells them apart, or one outcome of the question takes both"
            )


def _home(name: str, outcomes: Sequence[str], mapping: Mapping[str, Sequence[str]]) -> str:
    kind = name.partition(":")[0]
    for label in (name, kind):
        for outcome, sources in mapping.items():
            if label in sources:
                return outcome
    for label in (name, kind):
        if label in outcomes and label not in mapping:
            return label
    for leftover in LEFTOVERS:
        if leftover in outcomes and leftover not in mapping and (mapping or leftover == "other"):
            return leftover
    raise Fault(
        f"no outcome of the question stands for the run's {name!r}; its outcomes are {', '.join(outcomes)}. "
        f"Say which takes it, such as --map {outcomes[0]}={name}"
    )
