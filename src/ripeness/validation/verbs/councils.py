"""Decisions of councils on record: list and show them, score every rule blind to them, and weigh leaders by them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.store.json_text import plain_value
from ripeness.workbench.notebook import Notebook
from ripeness.world.fault import Fault, Place
from ripeness.world.wording import did_you_mean

if TYPE_CHECKING:
    from ripeness.scenario.council import CouncilDecision
    from ripeness.show.table import Layout
    from ripeness.validation.councils.blind_scores import BlindScores
    from ripeness.validation.verbs.council_agreement import CouncilAgreement
    from ripeness.validation.verbs.council_weights import CouncilWeights

MOST_DRAWS = 20_000
FORM = "council/1"
CANDIDATES = "inclusion.yaml"  # the list of decisions looked at, beside the decisions


@dataclass(frozen=True, slots=True)
class DecisionRow:
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
class CouncilScores(Notebook):
    """Scores of every rule on some decisions; `left_out` are files of the folders named that hold no decision,
    `warnings` what their coders should look at again.
    """

    files: tuple[str, ...]
    left_out: tuple[str, ...]
    blind: BlindScores
    version: str
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """One line: what the intervals say."""
        return f"Scored({self.blind.sentence()})"

    def plain(self) -> dict[str, Any]:
        """Everything as plain values, for JSON; what does not exist is null."""
        return plain_value(
            {
                "sentence": self.blind.sentence(),
                "files": self.files,
                "left_out": self.left_out,
                "warnings": self.warnings,
                **asdict(self.blind),
                "intervals": "90 %, whole bodies drawn again; gains are in the log score, above 0 is better",
                "version": self.version,
            }
        )

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.validation.show.council_tables import score_tables

        return score_tables(self.blind)

    def rows(self) -> list[dict[str, Any]]:
        """One row a decision and contender, for a table."""
        return [
            {
                "decision": grade.decision,
                "body": grade.body,
                "contender": grade.contender,
                "chance_of_what_was_decided": grade.chance[grade.decided],
                "log": grade.log,
                "brier": grade.brier,
                "error": grade.error,
                "noise": grade.noise,
                "leader_weight": grade.leader_weight,
                "quota": grade.quota,
            }
            for grades in self.blind.grades.values()
            for grade in grades
        ]


def listed() -> tuple[DecisionRow, ...]:
    """List the shipped decisions, in order of id.

    >>> listed()[0].id
    'argentina-1982-03-26'
    """
    from ripeness.scenario import council as record

    return tuple(
        DecisionRow(
            council.id,
            council.body,
            council.country,
            str(council.day),
            council.topic,
            council.regime,
            len(council.members),
            council.option_keys[council.decided],
            council.leader_fared,
        )
        for council in record.shipped_councils()
    )


def show(name: str) -> CouncilDecision:
    """Fetch one decision by its id, or from a file.

    Raises: Fault where there is none, with the nearest id.
    """
    from ripeness.scenario import council as record

    if Path(name).suffix in {".yaml", ".yml"}:
        return record.read_council(name)
    paths = {path.stem: path for path in record.shipped_council_files()}
    if name not in paths:
        hint = did_you_mean(name, paths, "`ripeness councils list` names them all", cutoff=0.4)
        raise Fault(f"'{name[:60]}' is not a decision on record; {hint}")
    return record.read_council(paths[name])


def score(paths: Sequence[str | Path] = (), *, draws: int = 0, seed: int = 1) -> CouncilScores:
    """Score every decision rule on decisions it has not seen: the shipped ones, or those of the files named.

    Noise, leader weight and quota are fitted on other bodies, for named files on those of the shipped decisions, too.
    Of a folder all decisions in it are scored.

    Raises: Fault where a file breaks the rules of coding, holds no decision, or shares an id with another.
    """
    from ripeness.scenario import council as record
    from ripeness.validation.councils.blind_scores import score_blind
    from ripeness.validation.councils.sitting import DRAWS
    from ripeness.world.version import __version__

    _check_numbers(draws, seed)
    files, left_out = _files(paths)
    named, warnings = _read(files)
    councils = named if paths else list(record.shipped_councils())
    _distinct(councils, files)
    ids = {council.id for council in councils}
    other_councils = [council for council in record.shipped_councils() if council.id not in ids] if paths else []
    scores = score_blind(councils, other_councils, draws=draws or DRAWS, seed=seed)
    return CouncilScores(tuple(map(str, files)), tuple(map(str, left_out)), scores, __version__, warnings)


def _read(files: Sequence[Path]) -> tuple[list[CouncilDecision], tuple[str, ...]]:
    """The decisions in some files, and what their coders should look at again, each with its place."""
    from ripeness.scenario.council import open_council

    opened = [open_council(path) for path in files]
    return [council for council, _ in opened], tuple(str(warning) for _, warnings in opened for warning in warnings)


def _files(paths: Sequence[str | Path]) -> tuple[list[Path], list[Path]]:
    """The files of decisions that are named, those of folders in order of name; and what is left out, as no decision.

    Raises: Fault for a file that holds no decision and is no list of candidates, and where no decision is left.
    """
    from ripeness.scenario.council import is_council

    files: list[Path] = []
    left_out: list[Path] = []
    for path in map(Path, paths):
        inside = sorted([*path.glob("*.yaml"), *path.glob("*.yml")]) if os.path.isdir(path) else [path]  # noqa: PTH112  (a name that is too long is none, and no error)
        for file in inside:
            if is_council(file) or not os.path.exists(file):  # noqa: PTH110  (a name that is too long is none, and no error)
                files.append(file)
            elif os.path.isdir(path) or file.name == CANDIDATES:  # noqa: PTH112  (a name that is too long is none, and no error)
                left_out.append(file)
            else:
                raise Fault(f"this is no decision of a council; its file begins with 'form: {FORM}'", Place(str(file)))
    if paths and not files:
        raise Fault("there is no decision of a council here: no file with 'form: council/1'", Place(str(paths[0])))
    return files, left_out


def weight(
    paths: Sequence[str | Path] = (), *, draws: int = 0, seed: int = 1, left_out: bool = False
) -> CouncilWeights:
    """Measure whom choices follow and how much leaders weigh, on the shipped decisions and further files or folders.

    With `left_out`, ways to choose are also scored on bodies left out, which takes about a minute.

    Raises: Fault where a file breaks the rules of coding, holds no decision, or shares an id with another.
    """
    from ripeness.scenario import council as record
    from ripeness.validation.councils.measure_choices import measure_choices
    from ripeness.validation.councils.measure_leader_weights import measure_leader_weights
    from ripeness.validation.councils.sitting import DRAWS
    from ripeness.validation.verbs.council_weights import CouncilWeights
    from ripeness.world.version import __version__

    _check_numbers(draws, seed)
    files, no_decision = _files(paths)
    shipped = record.shipped_councils()
    further, warnings = _read(files)
    _distinct([*further, *shipped], [*files, *record.shipped_council_files()])
    draws = draws or DRAWS
    return CouncilWeights(
        tuple(map(str, files)),
        tuple(map(str, no_decision)),
        measure_choices(shipped, further, scored=left_out, draws=draws, seed=seed),
        measure_leader_weights((*shipped, *further), draws=draws, seed=seed),
        measure_leader_weights(shipped, draws=draws, seed=seed) if further else None,
        __version__,
        warnings,
    )


def agreement(
    first: str | Path | None = None, second: str | Path | None = None, *, scores: bool = True
) -> CouncilAgreement:
    """Hold two codings of the same decisions against each other: two folders, or the two codings that are shipped.

    With `scores` the rules are scored and leaders weighed under either coding; that takes two to three minutes.

    Raises: Fault where only one folder is named, a file breaks the rules of coding, no decision is in both folders, or
    the two codings of a decision do not list the same options and members in the same order.
    """
    from ripeness.validation.verbs.council_agreement import compare_codings

    return compare_codings(first, second, scores=scores)


def ship(result: CouncilWeights, path: str | Path) -> Path:
    """Write what a fit says of a body that is not on the record, in the form of scenario/choice_record.yaml.

    Raises: Fault where the file cannot be written.
    """
    from ripeness.store.atomic_write import write_file
    from ripeness.validation.councils.shipped_choices import choice_record_text

    goal = Path(path)
    write_file(goal, choice_record_text(result.choices.fit))
    return goal


def write(result: CouncilScores | CouncilWeights, path: str | Path) -> Path:
    """Write scores or weights as CSV, or the weights as a picture (.svg, .png, .json); whole or not at all.

    Raises: Fault where the ending fits nothing, or the file cannot be written.
    """
    from ripeness.store.atomic_write import write_file
    from ripeness.store.cells import to_csv

    goal = Path(path)
    ending = goal.suffix.lower()
    if ending == ".csv":
        write_file(goal, to_csv(result.rows()))
    elif not isinstance(result, CouncilScores):
        from ripeness.show.charts.save import save

        save(result.plot(), goal)
    else:
        raise Fault(f"scores are written as .csv, not as '{goal.suffix or goal.name}'", Place(str(goal)))
    return goal


def honest_rows() -> list[dict[str, str]]:
    """The record of councils for a report's honest page: question, what was found, what it rests on."""
    from ripeness.validation.councils.rows import honest_rows as rows

    return rows(score().blind, weight().measured)


def _check_numbers(draws: int, seed: int) -> None:
    if not 0 <= draws <= MOST_DRAWS:
        raise Fault(f"draws must lie from 1 to {MOST_DRAWS} (0 takes the default), not at {draws}")
    if not 0 <= seed < 2**64:
        raise Fault("the seed must be a whole number from 0 to 2^64 - 1")


def _distinct(councils: Sequence[CouncilDecision], paths: Sequence[str | Path]) -> None:
    ids: set[str] = set()
    for n, council in enumerate(councils):
        if council.id in ids:
            raise Fault(f"'{council.id}' is given twice", Place(str(paths[n])))
        ids.add(council.id)
