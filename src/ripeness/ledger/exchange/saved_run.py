"""A saved run: what it says of each of its months, as the model, the record of past conflicts and their blend."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from math import fsum
from pathlib import Path
from typing import Any

from ripeness.store.untrusted_json import decode_json_text, parse_json, read_bytes
from ripeness.world.calendar import date_after
from ripeness.world.fault import Fault, Place

ROUNDING = 0.005  # printed probabilities of some ten outcomes may miss 1 by this much
LARGEST_RUN = 20_000_000  # bytes; the JSON of a run has some 30,000
MOST_DRAWS = 10**12
LATEST = 12_000  # months; no run looks further ahead
LAST_YEAR = 2500  # of a start, as in a scenario: no month of a run lies beyond the calendar
PROVENANCE_KEYS = (
    "case",
    "coding",
    "reading",
    "draws",
    "seed",
    "horizon",
    "start",
    "as_of",
    "set",
    "given",
    "scenario_hash",
    "parameter_points",
    "version",
)
MODEL, RECORD, BLEND = "model", "record", "blend"
VIEWS = (MODEL, RECORD, BLEND)
CLASS_OF_KIND = {  # in which the ends of a model and those on record are compared
    "agreement": "settlement",
    "settlement": "settlement",
    "ceasefire": "settlement",
    "low_activity": "frozen",
    "frozen": "frozen",
    "victory": "victory",
    "collapse": "victory",
    "fighting": "fighting",
}


@dataclass(frozen=True, slots=True)
class SavedRun:
    """What a saved run says at each of its months, and from what it was made.

    `start` is the day from which its months count, `by` the day that it was asked about. `views` are the record of past
    conflicts and its blend with the model, where the run has them, in classes of ends.
    Units: months after `start`; `horizon` in months, as far as the run says it.
    """

    start: date
    months: Mapping[float, Mapping[str, float]]
    horizon: float
    draws: int
    provenance: Mapping[str, Any]
    hash: str
    place: Place
    by: date | None = None
    views: Mapping[str, Mapping[float, Mapping[str, float]]] = field(default_factory=dict)

    def on(self, month: float) -> date:
        """The day on which a month of the run ends."""
        return date_after(self.start, month)

    def at(self, month: float, view: str = MODEL) -> RunAnswer:
        """What the run says about one of its months, in one view of it.

        Raises: Fault where the run has not this view, or not of this month.
        """
        provenance = {"made": "from a run", "month": month, "on": str(self.on(month)), **self.provenance}
        if view == MODEL:
            return RunAnswer(self.months[month], month, self.draws, provenance, self.hash)
        chances = self._view(view, month)
        draws = 0 if view == RECORD else self.draws
        return RunAnswer(chances, month, draws, provenance | {"view": view}, self.hash)

    def views_at(self, month: float) -> dict[str, RunAnswer]:
        """Every view of a month, the model first, all in the classes of ends in which they can be compared."""
        answer = self.at(month)
        classes: dict[str, list[float]] = {}
        for name, p in answer.probabilities.items():
            classes.setdefault(CLASS_OF_KIND[name.partition(":")[0]], []).append(p)
        model = {name: fsum(shares) for name, shares in classes.items()}
        views = {MODEL: replace(answer, probabilities=model, provenance={**answer.provenance, "view": MODEL})}
        return views | {name: self.at(month, name) for name in self.views}

    def _view(self, view: str, month: float) -> Mapping[str, float]:
        if view not in VIEWS:
            raise Fault(f"--of {view!r:.40} is no view of a run; write {', '.join(VIEWS)} or all")
        if view not in self.views:
            raise Fault(f"this run has no {view}; what it has is --of model", self.place)
        by_month = self.views[view]
        matching = next((stated for stated in by_month if self.on(stated) == self.on(month)), None)
        if matching is None:
            months = ", ".join(f"{stated:g}" for stated in by_month)
            raise Fault(f"the {view} of this run says nothing on month {month:g}; its months are {months}", self.place)
        return by_month[matching]


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

    @property
    def in_classes(self) -> bool:
        """Whether it names classes of ends, in which record and model are compared, and not outcomes of the model."""
        return "view" in self.provenance


def saved_run(path: Path) -> SavedRun:
    """Read the JSON that `ripeness run --json` wrote; ways to the same outcome are added up.

    Raises: Fault when the file is not of that kind, or holds numbers that no run has.
    """
    place = Place(str(path))
    data = read_bytes(path, largest=LARGEST_RUN)
    document = parse_json(decode_json_text(data, path), place)
    if isinstance(document, dict) and isinstance(document.get("codings"), list):
        raise Fault(
            "this holds several codings; save one with `ripeness run CASE --coding NAME --json > run.json`", place
        )
    rows = document.get("outcomes") if isinstance(document, dict) else None
    if not isinstance(rows, list) or not _has_rows(rows):
        raise Fault("this is not a saved run; write one with `ripeness run CASE --json > run.json`", place)
    months = _by_month(rows, place, _name)
    views = {
        name: _by_month(document[name], place, _class_name) for name in (RECORD, BLEND) if _has_rows(document.get(name))
    }
    draws = document.get("draws") or 0
    if not isinstance(draws, int) or isinstance(draws, bool) or not 0 <= draws <= MOST_DRAWS:
        raise Fault(f"'draws' of this run is {draws!r:.60}; it should be how many wars were fought", place)
    horizon = _number(document, "horizon", place, LATEST) if "horizon" in document else max(months)
    provenance = {name: document[name] for name in PROVENANCE_KEYS if name in document}
    start = _day(document, "as_of" if document.get("as_of") else "start", place)
    by = _day(document, "by", place) if document.get("by") is not None else None
    return SavedRun(start, months, horizon, draws, provenance, sha256(data).hexdigest(), place, by, views)


def _day(document: Mapping[str, Any], name: str, place: Place) -> date:
    text = document.get(name)
    try:
        start = date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        start = None
    if start is not None and start.year > LAST_YEAR:
        raise Fault(f"{name!r} of this run is {start}, after the year {LAST_YEAR}; no scenario begins then", place)
    if start is not None:
        return start
    raise Fault(
        f"{name!r} of this run is {text!r:.60}; without the day from which it looks ahead no month has a date. "
        "Run it again with `ripeness run CASE --json > run.json`",
        place,
    )


def _number(row: Mapping[str, Any], name: str, place: Place, highest: float) -> float:
    value = row.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= highest:
        raise Fault(f"'{name}' in this run is {value!r:.60}; it should be a number from 0 to {highest:g}", place)
    return float(value)


def _has_rows(rows: Any) -> bool:
    return isinstance(rows, list) and bool(rows) and all(isinstance(row, dict) for row in rows)


def _by_month(
    rows: Sequence[Mapping[str, Any]], place: Place, name_of: Callable[[Mapping[str, Any], Place], str]
) -> dict[float, Mapping[str, float]]:
    """Probabilities by month and name, ways to the same end added up."""
    parts: dict[float, dict[str, list[float]]] = {}
    for row in rows:
        month = _number(row, "month", place, LATEST)
        parts.setdefault(month, {}).setdefault(name_of(row, place), []).append(_number(row, "p", place, 1))
    return {month: _normalise(parts[month], month, place) for month in sorted(parts)}


def _class_name(row: Mapping[str, Any], place: Place) -> str:
    """The class of an end on record, or of the blend."""
    kind = row.get("end", row.get("outcome"))
    if not isinstance(kind, str) or kind not in CLASS_OF_KIND:
        raise Fault(f"an end of this run is none that is known: {row!r:.80}", place)
    return CLASS_OF_KIND[kind]


def _name(row: Mapping[str, Any], place: Place) -> str:
    outcome, polity = row.get("outcome"), row.get("polity")
    if not isinstance(outcome, str) or not isinstance(polity, str | None):
        raise Fault(f"an outcome of this run has no name: {row!r:.80}", place)
    return f"{outcome}:{polity}" if polity else outcome


def _normalise(by_outcome: Mapping[str, Sequence[float]], month: float, place: Place) -> dict[str, float]:
    """Add up the ways to each outcome and spread rounding so that the sum is 1; refuse what is off by more."""
    total = fsum(p for parts in by_outcome.values() for p in parts)
    if abs(total - 1) > ROUNDING:
        raise Fault(f"the outcomes of this run sum to {total:.4g} and not to 1 at month {month:g}", place)
    return {name: fsum(parts) / total for name, parts in by_outcome.items()}
