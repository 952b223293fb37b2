"""A decision that a council took: who sat there, what each wanted beforehand, and what was decided."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.council_check import validated_council
from ripeness.scenario.council_contradictions import council_warnings
from ripeness.scenario.council_form import CouncilForm
from ripeness.scenario.yaml_tree import MOST_BYTES, read_tree
from ripeness.world.fault import Fault
from ripeness.world.source import Source

Array = NDArray[np.float64]
OF_A_COUNCIL = re.compile(r"""["']?(?:form|body_key|members|decision)["']?\s*:""")


@dataclass(frozen=True, slots=True)
class Statement:
    """Something a member said or wrote before the decision, in the coder's words."""

    day: date
    text: str
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class CouncilMember:
    """One seat or faction of a council, with its position before the decision."""

    key: str
    office: str
    holder: str
    basis: str
    position: float
    position_range: tuple[float, float]
    salience: float
    salience_range: tuple[float, float]
    weight: float
    vote: bool
    veto: bool
    said: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class CouncilDecision:
    """A decision on record, ready for any decision rule.

    Shapes: F members, O options. Ranges hold the number with 90 % probability.
    Units: positions are points of the issue, 0 to 1; 1 is the end with more war.
    `body_key` is the same for every decision of one institution; `leader` and `decided` are indices.
    """

    id: str
    body: str
    body_key: str
    country: str
    day: date
    topic: str
    regime: str
    issue: str
    ends: tuple[str, str]
    members: tuple[CouncilMember, ...]
    option_keys: tuple[str, ...]
    option_names: tuple[str, ...]
    options: Array
    status_quo: float
    status_quo_range: tuple[float, float]
    voting: str
    quota: float
    leader: int
    leader_divided: bool
    leader_fared: str
    decided: int
    decided_position: float
    decided_range: tuple[float, float]
    voted_for: tuple[str, ...]
    voted_against: tuple[str, ...]
    doubtful: str
    checked: str
    sources: tuple[Source, ...]

    @property
    def weight(self) -> Array:
        """Formal weight without the leader's prerogative, summing to one; shape (F,)."""
        raw: Array = np.array([member.weight for member in self.members])
        return raw / float(raw.sum())

    @property
    def position(self) -> Array:
        """Position before the decision; shape (F,)."""
        return np.array([member.position for member in self.members])

    @property
    def position_range(self) -> Array:
        """Ends of the 90 % range of each position; shape (F, 2)."""
        return np.array([member.position_range for member in self.members])

    @property
    def salience(self) -> Array:
        """How much each member cared, 0 to 1; shape (F,)."""
        return np.array([member.salience for member in self.members])

    @property
    def salience_range(self) -> Array:
        """Ends of the 90 % range of each salience; shape (F, 2)."""
        return np.array([member.salience_range for member in self.members])

    @property
    def vote(self) -> NDArray[np.bool_]:
        """Whether each member may vote; shape (F,)."""
        return np.array([member.vote for member in self.members])

    @property
    def veto(self) -> NDArray[np.bool_]:
        """Whether a formal rule lets each member alone stop the decision; shape (F,)."""
        return np.array([member.veto for member in self.members])

    def __repr__(self) -> str:
        """One line: what, when, how many sat there, what came out."""
        return f"Council({self.id}: {len(self.members)} members, decided '{self.option_keys[self.decided]}')"


def read_council(path: Path | str) -> CouncilDecision:
    """Read one decision from its file and check it against the rules of coding.

    Raises: Fault with file, line and column where the file breaks a rule.

    >>> read_council(next(shipped_council_files()).parent / "russia-1918-02-23.yaml").option_keys
    ('sign', 'delay', 'refuse')
    """
    return council_from(validated_council(read_tree(path), Path(path)))


def open_council(path: Path | str) -> tuple[CouncilDecision, tuple[Fault, ...]]:
    """Read one decision, and what its coder should look at again.

    Raises: Fault with file, line and column where the file breaks a rule.
    """
    tree = read_tree(path)
    form = validated_council(tree, Path(path))
    return council_from(form), tuple(council_warnings(form, tree))


def shipped_council_files() -> Iterator[Path]:
    """The files of the decisions that come with the program, in order of name."""
    folder = Path(str(files("ripeness.cases") / "councils"))
    yield from sorted(path for path in folder.glob("*.yaml") if path.name != "inclusion.yaml")


def recoded_council_files() -> Iterator[Path]:
    """The files of shipped decisions that were coded a second time, blind to the first coding; in order of name.

    They are the same decisions again, and no part of the record: only agreement between coders reads them.
    """
    yield from sorted((Path(str(files("ripeness.cases") / "councils")) / "recoded").glob("*.yaml"))


def shipped_councils() -> tuple[CouncilDecision, ...]:
    """Every shipped decision, in order of its id."""
    return tuple(read_council(path) for path in shipped_council_files())


def council_from(form: CouncilForm) -> CouncilDecision:
    """The frozen value that the rules read, from a checked file."""
    keys = tuple(option.key for option in form.options)
    return CouncilDecision(
        id=form.id,
        body=form.body,
        body_key=form.body_key,
        country=form.country,
        day=form.date,
        topic=form.topic,
        regime=form.regime.type,
        issue=form.issue.name,
        ends=(form.issue.low, form.issue.high),
        members=tuple(members_from(form)),
        option_keys=keys,
        option_names=tuple(option.name for option in form.options),
        options=np.array([option.at for option in form.options]),
        status_quo=form.status_quo.at,
        status_quo_range=form.status_quo.range,
        voting=form.voting.rule,
        quota=form.voting.quota,
        leader=[member.key for member in form.members].index(form.leader.member),
        leader_divided=form.leader.divided,
        leader_fared=form.decision.leader,
        decided=keys.index(form.decision.option),
        decided_position=form.decision.at,
        decided_range=form.decision.range,
        voted_for=form.decision.for_,
        voted_against=form.decision.against,
        doubtful=form.coder.doubtful,
        checked=form.coder.checked,
        sources=tuple(sources_from(form)),
    )


def members_from(form: CouncilForm) -> Iterator[CouncilMember]:
    """The members of a checked file."""
    for member in form.members:
        yield CouncilMember(
            member.key,
            member.office,
            member.holder,
            member.basis,
            member.position.at,
            member.position.range,
            member.salience.at,
            member.salience.range,
            member.weight,
            member.vote,
            member.veto,
            tuple(
                Statement(statement.date, statement.text, statement.source, statement.place)
                for statement in member.said
            ),
        )


def sources_from(form: CouncilForm) -> Iterator[Source]:
    """The sources of a checked file."""
    for key, source in form.sources.items():
        yield Source(
            key,
            source.title,
            source.author,
            date(source.year, 1, 1),
            source.grade,
            source.publisher,
            source.url,
            note=source.kind,
        )


def is_council(path: str | Path) -> bool:
    """Whether a file is meant for a decision of a council: it has keys at its top that no scenario has."""
    file = Path(path)
    if file.suffix not in {".yaml", ".yml"} or not os.path.isfile(file):  # noqa: PTH113  (a name that is too long is none, and no error)
        return False
    with file.open(encoding="utf-8-sig", errors="replace") as text:
        return any(OF_A_COUNCIL.match(line) for line in text.read(MOST_BYTES).splitlines())
