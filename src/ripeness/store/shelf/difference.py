"""Difference: what two kept runs do not share: what was asked, the numbers that went in, the answers that came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ripeness.store.shelf.kept_run import KeptRun

SETTINGS = (
    "case",
    "coding",
    "reading",
    "draws",
    "seed",
    "per_point",
    "horizon",
    "as_of",
    "ignore_duration",
    "evidence",
    "observe",
    "months",
    "record",
    "version",
    "parameter_points",
    "python",
    "packages",
    "platform",
    "processor",
)
SAME = 1e-12  # two probabilities nearer than this are one


@dataclass(frozen=True, slots=True)
class RunChange:
    """Something that one run has and the other has not, or otherwise; empty where it is not there."""

    what: str
    old: str
    new: str

    def __str__(self) -> str:
        """In words."""
        if not self.old:
            return f"{self.what}: {self.new}, which the first run does not have"
        if not self.new:
            return f"{self.what}: {self.old}, which the second run does not have"
        return f"{self.what}: {self.old} became {self.new}"


@dataclass(frozen=True, slots=True)
class ProbabilityChange:
    """The probability of an outcome by a month in both runs;
    `noise` is the Monte Carlo error of the difference (90 %).
    """

    outcome: str
    polity: str | None
    month: float
    old: float
    new: float
    noise: float


@dataclass(frozen=True, slots=True)
class RunDifference:
    """Everything in which a second run differs from a first."""

    first: str
    second: str
    asked: tuple[RunChange, ...]
    inputs: tuple[RunChange, ...]
    answers: tuple[ProbabilityChange, ...]
    months: tuple[float, ...]
    measures: tuple[RunChange, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.asked or self.inputs or self.answers or self.measures)


def compare_runs(first: KeptRun, second: KeptRun) -> RunDifference:
    """Compare two kept runs: settings, inputs by path, and outcome probabilities at the months that both tell of."""
    old, new = _chances(first), _chances(second)
    months = tuple(sorted({key[2] for key in old} & {key[2] for key in new}))
    return RunDifference(
        first.name,
        second.name,
        tuple(_setting_changes(first.about, second.about)),
        tuple(_input_changes(first.inputs, second.inputs)),
        tuple(_probability_changes(old, new, months)),
        months,
        tuple(_measure_changes(first.answer, second.answer)),
    )


def _setting_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[RunChange]:
    old, new = _settings(old), _settings(new)
    for key in SETTINGS:
        if old.get(key) != new.get(key):
            yield RunChange(key, _setting_in_words(old.get(key)), _setting_in_words(new.get(key)))


def _settings(about: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked, with what the war so far and past conflicts had to say; what does not hold is none.

    >>> _settings({"given": {"as_of": "1945-05-10"}})["evidence"]
    'used'
    """
    given, anchor = about.get("given") or {}, about.get("anchor") or {}
    return {
        **about,
        "as_of": given.get("as_of") or about.get("as_of"),
        "ignore_duration": "yes" if about.get("ignore_duration") else None,
        "evidence": "used" if given and given.get("stated", True) else None,
        "observe": "; ".join(given.get("observe", ())) or None,
        "months": f"file {sha256(given['months'].encode()).hexdigest()[:8]}" if given.get("months") else None,
        "record": anchor.get("kind"),
    }


def _input_changes(old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]) -> Iterator[RunChange]:
    """Numbers and words that differ; what one run lacks as a whole, such as an observation, is told in one line."""
    shared = old.keys() & new.keys()
    unshared: dict[str, list[str]] = {}
    for path in sorted((old.keys() | new.keys()) - {"coding"}):
        if path in shared:
            if _input_in_words(old[path]) != _input_in_words(new[path]):
                yield RunChange(path, _input_in_words(old[path]), _input_in_words(new[path]))
        else:
            unshared.setdefault(_lacking_part(path, new if path in old else old), []).append(path)
    for top, paths in unshared.items():
        old_words, new_words = (
            ", ".join(_input_in_words(run[path]) for path in paths if path in run) for run in (old, new)
        )
        yield RunChange(top, old_words, new_words)


def _lacking_part(path: str, other_run: Mapping[str, Any]) -> str:
    """The highest place above a path, but not a list as a whole, below which the other run has nothing.

    >>> _lacking_part("evidence.1.date", {"evidence.0.date": {}}), _lacking_part("about", {})
    ('evidence.1', 'about')
    """
    parts = path.split(".")
    for depth in range(2, len(parts)):
        top = ".".join(parts[:depth])
        if not any(other_path == top or other_path.startswith(f"{top}.") for other_path in other_run):
            return top
    return path


def _input_in_words(number: Mapping[str, Any] | None) -> str:
    """A number with its interval and unit, or a word, as it is told.

    >>> _input_in_words({"value": 0.5, "low": 0.4, "high": 0.6, "unit": "share"})
    '0.5 (0.4 to 0.6) share'
    >>> _input_in_words({"said": "median"}), _input_in_words(None)
    ('median', '')
    """
    if number is None:
        return ""
    if "said" in number:
        return str(number["said"])
    spread = f" ({number['low']:.6g} to {number['high']:.6g})" if number["low"] != number["high"] else ""
    return f"{number['value']:.6g}{spread} {number['unit']}"


def _setting_in_words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {entry}" for key, entry in sorted(value.items()))
    return "" if value is None else str(value)


_Key = tuple[str, str | None, float]


def _chances(run: KeptRun) -> dict[_Key, tuple[float, float]]:
    """Each outcome's probability by a month with its Monte Carlo error, ways to the same outcome taken together."""
    chances: dict[_Key, tuple[float, float]] = {}
    for row in run.answer.get("outcomes", ()):
        key = (str(row["outcome"]), row["polity"], float(row["month"]))
        p, error = chances.get(key, (0.0, 0.0))
        half = (row["mc_high"] - row["mc_low"]) / 2
        chances[key] = (p + row["p"], (error**2 + half**2) ** 0.5)
    return chances


def _probability_changes(
    old: Mapping[_Key, tuple[float, float]], new: Mapping[_Key, tuple[float, float]], months: tuple[float, ...]
) -> Iterator[ProbabilityChange]:
    for key in sorted(old.keys() | new.keys(), key=lambda key: (key[2], key[0], key[1] or "")):
        (old_p, first), (new_p, second) = old.get(key, (0.0, 0.0)), new.get(key, (0.0, 0.0))
        if key[2] in months and abs(old_p - new_p) > SAME:
            yield ProbabilityChange(key[0], key[1], key[2], old_p, new_p, (first**2 + second**2) ** 0.5)


def _measure_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[RunChange]:
    """What both runs measure otherwise: length, terms, peace, aims and lives, each a median with its 90 % of runs."""
    old_measures, new_measures = dict(_measures(old)), dict(_measures(new))
    for measure in [*old_measures, *(added for added in new_measures if added not in old_measures)]:
        if old_measures.get(measure) != new_measures.get(measure):
            yield RunChange(measure, old_measures.get(measure, ""), new_measures.get(measure, ""))


def _measures(answer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    ledgers, terms = answer.get("ledgers") or {}, answer.get("terms") or {}
    yield "months to the end", _span(answer.get("months_to_end"), "beyond the horizon")
    yield f"share of {terms.get('polity')} where settled", _span(terms.get("share"))
    yield "yearly hazard that a peace breaks", _span((answer.get("durability") or {}).get("yearly_hazard"))
    for row in ledgers.get("political_aims", ()):
        yield f"aim of {row['polity']} met", _span(row)
    for row in ledgers.get("human_cost", ()):
        if row["cost"] == "lives":
            yield f"all deaths of {row['polity'] or 'both sides'}, {row['unit']}", _span(row)


def _span(row: Mapping[str, Any] | None, gap: str = "none") -> str:
    """A median and 90 % of the runs.

    >>> _span({"low": 1.0, "median": 2.5, "high": None}, "beyond")
    '2.5 (1 to beyond)'
    """
    if not row:
        return ""
    low, median, high = (gap if row.get(key) is None else f"{row[key]:.4g}" for key in ("low", "median", "high"))
    return f"{median} ({low} to {high})"
