"""A decision that a council took: who sat there, what each wanted beforehand, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.council_form import EARLIEST, LATEST, CouncilForm
from ripeness.scenario.yaml_place import place_of, read_form
from ripeness.world.fault import Fault
from ripeness.world.source import Source

Array = NDArray[np.float64]
HALF_WIDTH = {"minuted": 0.10, "reported": 0.15, "inferred": 0.25, "divided": 0.30}  # cases/councils/README.md, rule 4
ROUNDING = 0.0051  # positions are written with two digits


@dataclass(frozen=True, slots=True)
class Said:
    """Something a member said or wrote before the decision, in the coder's words."""

    day: date
    text: str
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Member:
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
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Council:
    """A decision on record, ready for any decision rule.

    Shapes: F members, O options. Ranges hold the number with 90 % probability.
    Units: positions are points of the issue, 0 to 1; 1 is the end with more war.
    """

    id: str
    body: str
    country: str
    day: date
    topic: str
    regime: str
    issue: str
    ends: tuple[str, str]
    members: tuple[Member, ...]
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
    sources: tuple[Source, ...]

    @property
    def weight(self) -> Array:
        """Formal weight without the leader's prerogative, summing to one; shape (F,)."""
        raw = np.array([member.weight for member in self.members])
        return raw / raw.sum()

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


def read_council(path: Path | str) -> Council:
    """Read one decision from its file and check it against the rules of coding.

    Raises: Fault with file, line and column where the file breaks a rule.

    >>> read_council(next(shipped()).parent / "russia-1918-02-23.yaml").option_keys
    ('sign', 'delay', 'refuse')
    """
    path = Path(path)
    form, loaded = read_form(path, CouncilForm)
    found = [Fault(message, place_of(loaded, where, path)) for message, where in broken_rules(form, path)]
    if found:
        raise Fault(found[0].message, found[0].place, tuple(found[1:]))
    return council_from(form)


def shipped() -> Iterator[Path]:
    """The files of the decisions that come with the program, in order of name."""
    folder = Path(str(files("ripeness.cases") / "councils"))
    yield from sorted(path for path in folder.glob("*.yaml") if path.name != "inclusion.yaml")


def councils() -> tuple[Council, ...]:
    """Every shipped decision, in order of its id."""
    return tuple(read_council(path) for path in shipped())


Complaint = tuple[str, tuple[int | str, ...]]


def broken_rules(form: CouncilForm, path: Path) -> Iterator[Complaint]:
    """Everything in the file that contradicts the inclusion rule, the coding rule, or itself."""
    if form.id != path.stem:
        yield f"'id' must be the name of the file, '{path.stem}'", ("id",)
    if not EARLIEST <= form.date <= LATEST:
        yield f"the rule admits decisions of {EARLIEST.year} to {LATEST.year} only", ("date",)
    yield from double_keys(form)
    yield from unknown_names(form)
    yield from odd_numbers(form)
    yield from late_words(form)
    yield from odd_sources(form)


def double_keys(form: CouncilForm) -> Iterator[Complaint]:
    """Members or options that share a key."""
    for part, keys in (
        ("members", [member.key for member in form.members]),
        ("options", [option.key for option in form.options]),
    ):
        for index, key in enumerate(keys):
            if key in keys[:index]:
                yield f"'{key}' stands twice among the {part}", (part, index, "key")


def unknown_names(form: CouncilForm) -> Iterator[Complaint]:
    """Members and options that are named but not listed."""
    members = {member.key for member in form.members}
    if form.leader.member not in members:
        yield f"the leader '{form.leader.member}' is not among the members: {', '.join(sorted(members))}", (
            "leader",
            "member",
        )
    for side, named in (("for", form.decision.for_), ("against", form.decision.against)):
        for index, key in enumerate(named):
            if key not in members:
                yield f"'{key}' is not among the members: {', '.join(sorted(members))}", ("decision", side, index)
    if form.decision.option not in {option.key for option in form.options}:
        yield f"'{form.decision.option}' is not among the options", ("decision", "option")


def odd_numbers(form: CouncilForm) -> Iterator[Complaint]:
    """Ranges that miss their number or break the rule of widths, and options out of order."""
    places = [option.at for option in form.options]
    if places != sorted(places) or places[0] != 0 or places[-1] != 1:
        yield "options go from 0 to 1 in order", ("options",)
    at = {option.key: option.at for option in form.options}.get(form.decision.option, form.decision.at)
    if not form.decision.range[0] <= at <= form.decision.range[1]:
        yield "the decision's range must hold the option that was taken", ("decision", "range")
    if not form.decision.range[0] <= form.decision.at <= form.decision.range[1]:
        yield "the range must hold the number beside it", ("decision", "range")
    if not form.status_quo.range[0] <= form.status_quo.at <= form.status_quo.range[1]:
        yield "the range must hold the number beside it", ("status_quo", "range")
    for index, member in enumerate(form.members):
        half = HALF_WIDTH[member.basis]
        for what, width in ((member.position, half), (member.salience, 0.2)):
            name = "position" if what is member.position else "salience"
            should = (max(0, what.at - width), min(1, what.at + width))
            if max(abs(what.range[0] - should[0]), abs(what.range[1] - should[1])) > ROUNDING:
                yield (
                    f"the {name} of '{member.key}' at {what.at:g} ({member.basis}) has the range "
                    f"[{should[0]:.2f}, {should[1]:.2f}] by the coding rule"
                ), ("members", index, name, "range")


def late_words(form: CouncilForm) -> Iterator[Complaint]:
    """Words from after the decision: no position may rest on them."""
    for index, member in enumerate(form.members):
        for number, said in enumerate(member.said):
            if said.date > form.date:
                yield f"said on {said.date}, after the decision of {form.date}", ("members", index, "said", number)


def odd_sources(form: CouncilForm) -> Iterator[Complaint]:
    """Sources that are cited and not listed, or listed and never cited."""
    cited: list[tuple[str, tuple[int | str, ...]]] = [
        (form.regime.source, ("regime", "source")),
        (form.issue.source, ("issue", "source")),
        (form.status_quo.source, ("status_quo", "source")),
        (form.voting.source, ("voting", "source")),
        (form.decision.source, ("decision", "source")),
        *((option.source, ("options", index, "source")) for index, option in enumerate(form.options)),
        *(
            (said.source, ("members", index, "said", number, "source"))
            for index, member in enumerate(form.members)
            for number, said in enumerate(member.said)
        ),
    ]
    for key, where in cited:
        if key not in form.sources:
            yield f"'{key}' is not among the sources: {', '.join(sorted(form.sources))}", where
    for key in sorted(set(form.sources) - {key for key, _ in cited}):
        yield f"the source '{key}' is never cited", ("sources", key)


def council_from(form: CouncilForm) -> Council:
    """The frozen value that the rules read, from a checked file."""
    keys = tuple(option.key for option in form.options)
    return Council(
        id=form.id,
        body=form.body,
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
        sources=tuple(sources_from(form)),
    )


def members_from(form: CouncilForm) -> Iterator[Member]:
    """The members of a checked file."""
    for one in form.members:
        yield Member(
            one.key,
            one.office,
            one.holder,
            one.basis,
            one.position.at,
            one.position.range,
            one.salience.at,
            one.salience.range,
            one.weight,
            one.vote,
            one.veto,
            tuple(Said(said.date, said.text, said.source, said.place) for said in one.said),
        )


def sources_from(form: CouncilForm) -> Iterator[Source]:
    """The sources of a checked file."""
    for key, one in form.sources.items():
        yield Source(key, one.title, one.author, date(one.year, 1, 1), one.grade, one.publisher, one.url, note=one.kind)
