"""A forecast from a saved run: the probabilities that it gives to each outcome at a month, and its provenance."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import fsum, isfinite
from pathlib import Path
from typing import Any

from ripeness.store.ledger.admission import meant
from ripeness.world.fault import Fault, Place

ROUNDING = 0.005  # printed probabilities of some ten outcomes may miss 1 by this much
LEFTOVERS = ("other", "no")  # outcomes that take what the mapping does not name
NAMED = ("case", "coding", "reading", "draws", "seed", "horizon", "scenario_hash", "version")
MEANING = {
    "victory": "that polity holds the stake, by the front or by the other's surrender",
    "collapse": "that polity's government has fallen or lost its hold before the war was decided",
    "settlement": "an agreement or ceasefire that both belligerents signed ended the fighting",
    "frozen": "the fighting has died down without an agreement and without a victor",
    "fighting": "none of these: the war goes on",
}


@dataclass(frozen=True, slots=True)
class RunAnswer:
    """What a saved run says about one month, and from what it was made."""

    probabilities: Mapping[str, float]
    month: float
    draws: int
    provenance: Mapping[str, Any]
    hash: str

    @property
    def case(self) -> str:
        """The case that was run."""
        return str(self.provenance.get("case", "war"))


def run_answer(path: Path, month: float | None) -> RunAnswer:
    """Read the JSON that `ripeness run --json` wrote, at one month; ways to the same outcome are added up.

    Raises: Fault when the file is not of that kind, or holds no such month.
    """
    place = Place(str(path))
    try:
        data = path.read_bytes()
        whole = json.loads(data)
        rows = [dict(row) for row in whole["outcomes"]]
        at = _month(sorted({float(row["month"]) for row in rows}), month, place)
        found: dict[str, list[float]] = {}
        for row in rows:
            if float(row["month"]) == at:
                found.setdefault(_name(row), []).append(float(row["p"]))
        draws = int(whole.get("draws") or 0)
    except OSError as error:
        raise Fault(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, Fault):
            raise
        raise Fault("this is not a saved run; write one with `ripeness run CASE --json > run.json`", place) from None
    provenance = {"made": "from a run", "month": at, **{name: whole[name] for name in NAMED if name in whole}}
    return RunAnswer(_whole({name: fsum(parts) for name, parts in found.items()}, place), at, draws, provenance,
                     sha256(data).hexdigest())  # fmt: skip


def fitted(answer: RunAnswer, outcomes: Sequence[str], mapping: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Give each outcome of a question its probability: by the mapping, by its name, or by its kind.

    An outcome that no draw reached gets half a draw (Jeffreys), since a sample cannot show that a thing is impossible.

    Raises: Fault for an outcome of the run that no outcome of the question stands for.

    >>> answer = RunAnswer({"victory:A": 0.25, "settlement": 0.75}, 12, 100, {}, "")
    >>> fitted(answer, ("yes", "no"), {"yes": ["settlement"]})
    {'yes': 0.75, 'no': 0.25}
    """
    _check_mapping(answer, outcomes, mapping)
    parts: dict[str, list[float]] = {name: [] for name in outcomes}
    for name, p in answer.probabilities.items():
        parts[_home(name, outcomes, mapping)].append(p)
    return smoothed({name: fsum(shares) for name, shares in parts.items()}, answer.draws)


def smoothed(probabilities: Mapping[str, float], draws: int) -> dict[str, float]:
    """Give half a draw to every outcome when one was never drawn; leave all as they are otherwise.

    >>> smoothed({"a": 1.0, "b": 0.0}, 99)
    {'a': 0.995, 'b': 0.005}
    """
    if not draws or all(p > 0 for p in probabilities.values()):
        return dict(probabilities)
    total = draws + len(probabilities) / 2
    return {name: (p * draws + 0.5) / total for name, p in probabilities.items()}


def criteria(outcomes: Iterable[str]) -> str:
    """Say in words what has to be true for each outcome of a run.

    >>> criteria(["fighting"])
    'On the resolve date, fighting: none of these: the war goes on.'
    """
    told = [f"{name}: {MEANING.get(name.partition(':')[0], 'as its name says')}" for name in outcomes]
    return f"On the resolve date, {'; '.join(told)}."


def _month(known: Sequence[float], wanted: float | None, place: Place) -> float:
    if wanted is None and len(known) == 1:
        return known[0]
    if wanted in known:
        return float(wanted or 0)
    shown = ", ".join(f"{month:g}" for month in known[:6]) + (f" ... {known[-1]:g}" if len(known) > 6 else "")
    said = "say which month with --month" if wanted is None else f"the run has no month {wanted:g}"
    raise Fault(f"{said}; it has {shown or 'none'}", place)


def _name(row: Mapping[str, Any]) -> str:
    polity = row.get("polity")
    return f"{row['outcome']}:{polity}" if polity else str(row["outcome"])


def _whole(found: Mapping[str, float], place: Place) -> dict[str, float]:
    """Spread rounding so that the sum is 1; refuse what is off by more."""
    total = fsum(found.values())
    if not isfinite(total) or abs(total - 1) > ROUNDING or any(p < 0 for p in found.values()):
        raise Fault(f"the outcomes of this run sum to {total:.4g} and not to 1 at that month", place)
    return {name: p / total for name, p in found.items()}


def _check_mapping(answer: RunAnswer, outcomes: Sequence[str], mapping: Mapping[str, Sequence[str]]) -> None:
    kinds = {name.partition(":")[0] for name in answer.probabilities}
    for name, sources in mapping.items():
        if name not in outcomes:
            raise Fault(f"--map: {name!r} is not an outcome of the question{meant(name, outcomes)}")
        for source in sources:
            if source not in answer.probabilities and source not in kinds:
                known = ", ".join(answer.probabilities)
                raise Fault(
                    f"--map: the run has no outcome {source!r}{meant(source, answer.probabilities)}; it has {known}"
                )


def _home(name: str, outcomes: Sequence[str], mapping: Mapping[str, Sequence[str]]) -> str:
    kind = name.partition(":")[0]
    for wanted in (name, kind):
        for outcome, sources in mapping.items():
            if wanted in sources:
                return outcome
    for wanted in (name, kind):
        if wanted in outcomes and wanted not in mapping:
            return wanted
    for leftover in LEFTOVERS:
        if leftover in outcomes and leftover not in mapping and (mapping or leftover == "other"):
            return leftover
    raise Fault(
        f"no outcome of the question stands for the run's {name!r}; its outcomes are {', '.join(outcomes)}. "
        f"Say which takes it, such as --map {outcomes[0]}={name}"
    )
