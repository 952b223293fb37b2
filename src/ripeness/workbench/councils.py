"""Decisions of councils on record: list and show them, score every rule blind to them, and weigh leaders by them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.scenario.place import MOST_BYTES
from ripeness.workbench.notebook import Notebook
from ripeness.workbench.plain import plain
from ripeness.world.fault import Fault, Place

if TYPE_CHECKING:
    from ripeness.scenario.council import Council
    from ripeness.show.table import Layout
    from ripeness.study.councils.blind import Blind
    from ripeness.study.councils.measured import Measured

MOST_DRAWS = 20_000
FORM = "council/1"
CANDIDATES = "inclusion.yaml"  # the list of decisions looked at, beside the decisions
OF_A_COUNCIL = re.compile(r"""["']?(?:form|body_key|members|decision)["']?\s*:""")


@dataclass(frozen=True, slots=True)
class Line:
    """One decision in a list."""

    id: str
    body: str
    country: str
    date: str
    topic: str
    regime: str
    members: int
    decided: str
    leader: str


@dataclass(frozen=True, slots=True)
class Scored(Notebook):
    """Scores of every rule on some decisions; `left_out` are files of the folders named that hold no decision."""

    files: tuple[str, ...]
    left_out: tuple[str, ...]
    blind: Blind
    version: str

    def __repr__(self) -> str:
        """One line: what the intervals say."""
        return f"Scored({self.blind.sentence()})"

    def plain(self) -> dict[str, Any]:
        """Everything as plain values, for JSON; what does not exist is null."""
        return plain(
            {
                "sentence": self.blind.sentence(),
                "files": self.files,
                "left_out": self.left_out,
                **asdict(self.blind),
                "intervals": "90 %, whole bodies drawn again; gains are in the log score, above 0 is better",
                "version": self.version,
            }
        )

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.council_tables import scores

        return scores(self.blind)

    def rows(self) -> list[dict[str, Any]]:
        """One row a decision and contender, for a table."""
        return [
            {
                "decision": one.decision,
                "body": one.body,
                "contender": one.contender,
                "chance_of_what_was_decided": one.chance[one.decided],
                "log": one.log,
                "brier": one.brier,
                "error": one.error,
                "noise": one.noise,
                "leader_weight": one.leader_weight,
                "quota": one.quota,
            }
            for own in self.blind.grades.values()
            for one in own
        ]


@dataclass(frozen=True, slots=True)
class Weighed(Notebook):
    """The leader weight by regime, as the shipped decisions show it."""

    measured: Measured
    version: str

    def __repr__(self) -> str:
        """One line: what the record says."""
        return f"Weighed({self.measured.sentence()})"

    def plain(self) -> dict[str, Any]:
        """Everything as plain values, for JSON; what does not exist is null."""
        return plain(
            {
                "sentence": self.measured.sentence(),
                **asdict(self.measured),
                "version": self.version,
                "intervals": "5 %, middle and 95 % of the posterior",
            }
        )

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.council_tables import weights

        return weights(self.measured)

    def rows(self) -> list[dict[str, Any]]:
        """One row a regime and span, for a table."""
        spans = (
            "before",
            "typical",
            "body",
            "judged",
            "updated",
            "default",
            "narrow",
            "wide",
            "plain",
            "quota_judged",
            "quota_updated",
            "quota_default",
        )
        return [
            {"regime": one.name, "what": what, **dict(zip(("low", "middle", "high"), getattr(one, what), strict=True))}
            for one in self.measured.regimes
            for what in spans
        ]

    def plot(self, *, dark: bool = False) -> Any:
        """The leader weight by regime, before and after the record, as a chart."""
        from ripeness.show.charts.leader_weight import leader_weight

        return leader_weight(self.measured, dark=dark)


def listed() -> tuple[Line, ...]:
    """List the shipped decisions, in order of id.

    >>> listed()[0].id
    'argentina-1982-03-26'
    """
    from ripeness.scenario import council as record

    return tuple(
        Line(
            one.id,
            one.body,
            one.country,
            str(one.day),
            one.topic,
            one.regime,
            len(one.members),
            one.option_keys[one.decided],
            one.leader_fared,
        )
        for one in record.councils()
    )


def show(name: str) -> Council:
    """Fetch one decision by its id, or from a file.

    Raises: Fault where there is none, with the nearest id.
    """
    from ripeness.scenario import council as record

    if Path(name).suffix in {".yaml", ".yml"}:
        return record.read_council(name)
    known = {path.stem: path for path in record.shipped()}
    if name not in known:
        near = get_close_matches(name, known, n=1, cutoff=0.4)
        hint = f"did you mean '{near[0]}'?" if near else "`ripeness councils list` names them all"
        raise Fault(f"'{name[:60]}' is not a decision on record; {hint}")
    return record.read_council(known[name])


def score(paths: Sequence[str | Path] = (), *, draws: int = 0, seed: int = 1) -> Scored:
    """Score every decision rule on decisions it has not seen: the shipped ones, or those of the files named.

    Noise, leader weight and quota are fitted on other bodies, for named files on those of the shipped decisions, too.
    Of a folder all decisions in it are scored.

    Raises: Fault where a file breaks the rules of coding, holds no decision, or shares an id with another.
    """
    from ripeness import __version__
    from ripeness.scenario import council as record
    from ripeness.study.councils.blind import blind
    from ripeness.study.councils.sitting import DRAWS

    _within(draws, seed)
    chosen, left_out = _files(paths)
    asked = [record.read_council(path) for path in chosen] if paths else list(record.councils())
    _distinct(asked, chosen)
    named = {one.id for one in asked}
    others = [one for one in record.councils() if one.id not in named] if paths else []
    found = blind(asked, others, draws=draws or DRAWS, seed=seed)
    return Scored(tuple(map(str, chosen)), tuple(map(str, left_out)), found, __version__)


def _files(paths: Sequence[str | Path]) -> tuple[list[Path], list[Path]]:
    """The files of decisions that are named, those of folders in order of name; and what is left out, as no decision.

    Raises: Fault for a file that holds no decision and is no list of candidates, and where no decision is left.
    """
    chosen: list[Path] = []
    left_out: list[Path] = []
    for path in map(Path, paths):
        inside = sorted([*path.glob("*.yaml"), *path.glob("*.yml")]) if os.path.isdir(path) else [path]  # noqa: PTH112  (a name that is too long is none, and no error)
        for file in inside:
            if is_council(file) or not os.path.exists(file):  # noqa: PTH110  (a name that is too long is none, and no error)
                chosen.append(file)
            elif os.path.isdir(path) or file.name == CANDIDATES:  # noqa: PTH112  (a name that is too long is none, and no error)
                left_out.append(file)
            else:
                raise Fault(f"this is no decision of a council; its file begins with 'form: {FORM}'", Place(str(file)))
    if paths and not chosen:
        raise Fault("there is no decision of a council here: no file with 'form: council/1'", Place(str(paths[0])))
    return chosen, left_out


def weight(*, draws: int = 0, seed: int = 1) -> Weighed:
    """Measure how much leaders weigh beyond their seat, by regime, on the shipped decisions."""
    from ripeness import __version__
    from ripeness.scenario import council as record
    from ripeness.study.councils.measured import measured
    from ripeness.study.councils.sitting import DRAWS

    _within(draws, seed)
    return Weighed(measured(record.councils(), draws=draws or DRAWS, seed=seed), __version__)


def write(found: Scored | Weighed, path: str | Path) -> Path:
    """Write scores or weights as CSV, or the weights as a picture (.svg, .png, .json); whole or not at all.

    Raises: Fault where the ending fits nothing, or the file cannot be written.
    """
    from ripeness.store.cells import to_csv
    from ripeness.store.whole import write_file

    goal = Path(path)
    ending = goal.suffix.lower()
    if ending == ".csv":
        write_file(goal, to_csv(found.rows()))
    elif isinstance(found, Weighed):
        from ripeness.show.charts.save import save

        save(found.plot(), goal)
    else:
        raise Fault(f"scores are written as .csv, not as '{goal.suffix or goal.name}'", Place(str(goal)))
    return goal


def honest_rows() -> list[dict[str, str]]:
    """The record of councils for a report's honest page: question, what was found, what it rests on."""
    from ripeness.study.councils.rows import honest_rows as rows

    return rows(score().blind, weight().measured)


def is_council(path: str | Path) -> bool:
    """Whether a file is meant for a decision of a council: it has keys at its top that no scenario has."""
    file = Path(path)
    if file.suffix not in {".yaml", ".yml"} or not os.path.isfile(file):  # noqa: PTH113  (a name that is too long is none, and no error)
        return False
    with file.open(encoding="utf-8-sig", errors="replace") as text:
        return any(OF_A_COUNCIL.match(line) for line in text.read(MOST_BYTES).splitlines())


def _within(draws: int, seed: int) -> None:
    if not 0 <= draws <= MOST_DRAWS:
        raise Fault(f"draws must lie from 1 to {MOST_DRAWS} (0 takes the default), not at {draws}")
    if not 0 <= seed < 2**64:
        raise Fault("the seed must be a whole number from 0 to 2^64 - 1")


def _distinct(asked: Sequence[Council], paths: Sequence[str | Path]) -> None:
    seen: set[str] = set()
    for n, one in enumerate(asked):
        if one.id in seen:
            raise Fault(f"'{one.id}' is given twice", Place(str(paths[n])))
        seen.add(one.id)
