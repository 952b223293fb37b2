"""How a decision of a council is written down in a file: the keys, and what each of them admits."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

# cases/councils/README.md, rules 4 and 5
HALF_WIDTH = {"minuted": 0.10, "reported": 0.15, "inferred": 0.25, "divided": 0.30}
SALIENCE_HALF_WIDTH = 0.20
DIGITS = 4  # of an end that the rule sets
EARLIEST, LATEST = date(1815, 1, 1), date(2015, 12, 31)  # the inclusion rule, cases/councils/README.md
DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def earliest_day(value: object) -> date:
    """The first day that a date may mean when only its year or its month is known.

    >>> earliest_day("1945-08")
    datetime.date(1945, 8, 1)
    """
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    match = DAY.fullmatch(str(value))
    if not match:
        raise ValueError("a date is written 1945, 1945-08 or 1945-08-10")
    return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))


Share = Annotated[float, Field(ge=0, le=1)]
Day = Annotated[date, BeforeValidator(earliest_day)]
Year = Annotated[int, Field(ge=1, le=2500)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, Field(min_length=1)]


class CouncilPart(BaseModel):
    """A part of the file: no keys beyond those named, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CitedPart(CouncilPart):
    """Something that stands in a source, at a place where a reader can look it up."""

    source: Key
    place: Words


class RangedNumber(CouncilPart):
    """A number with the range that holds it with 90 % probability."""

    at: Share
    range: tuple[Share, Share]


def ruled_range(at: float, half: float) -> tuple[float, float]:
    """The range that the rule of coding makes around a number: so much either way, cut off at 0 and 1.

    >>> ruled_range(0.9, HALF_WIDTH["reported"])
    (0.75, 1.0)
    """
    return round(max(0.0, at - half), DIGITS), round(min(1.0, at + half), DIGITS)


class RegimePart(CouncilPart):
    """What kind of regime decided, judged on the year before."""

    type: Literal["democracy", "mixed", "autocracy"]
    polity2: int | None = Field(default=None, ge=-10, le=10)
    year: Year
    why: str = ""
    source: Key


class IssuePart(CitedPart):
    """The axis on which the council decided; 1 is the end with more war."""

    name: Words
    low: Words
    high: Words


class OptionPart(CitedPart):
    """A course that was on the table."""

    key: Key
    at: Share
    name: Words


class StatusQuoPart(RangedNumber, CitedPart):
    """Where policy stood on the eve."""

    why: Words


class VotingPart(CitedPart):
    """How the council came to a decision by its own rules."""

    rule: Literal["majority", "unanimity", "consensus", "leader", "advisory"]
    quota: Annotated[float, Field(gt=0, le=1)] = 0.5
    why: Words


class LeaderPart(CouncilPart):
    """Who presided with authority, and whether he was of one mind."""

    member: Key
    divided: bool
    why: Words


class StatementPart(CitedPart):
    """What a member said or wrote before the decision, in the coder's words."""

    date: Day
    text: Words


class MemberPart(CouncilPart):
    """A member or faction of the council, by office. Ranges follow from `basis` by rule and may be left out."""

    key: Key
    office: Words
    holder: str = ""
    basis: Literal["minuted", "reported", "inferred", "divided"]
    position: RangedNumber
    salience: RangedNumber
    weight: Annotated[float, Field(gt=0)]
    vote: bool
    veto: bool = False
    said: tuple[StatementPart, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _with_ranges(cls, raw: Any) -> Any:
        """A position or salience that is a bare number, or has no range, gets the range that the rule makes."""
        if not isinstance(raw, dict):
            return raw
        basis = raw.get("basis")
        halves = {
            "position": HALF_WIDTH.get(basis) if isinstance(basis, str) else None,
            "salience": SALIENCE_HALF_WIDTH,
        }
        return raw | {
            key: _with_range(raw[key], half) for key, half in halves.items() if half is not None and key in raw
        }


def _with_range(raw: Any, half: float) -> Any:
    parts = raw if isinstance(raw, dict) else {"at": raw}
    at = parts.get("at")
    if isinstance(at, (int, float)) and not isinstance(at, bool) and 0 <= at <= 1 and "range" not in parts:
        return {**parts, "range": ruled_range(at, half)}
    return raw


class DecisionPart(CitedPart):
    """What was decided, who was for it, and what became of the leader's view."""

    option: Key
    at: Share
    range: tuple[Share, Share]
    for_: tuple[Key, ...] = Field(alias="for")
    against: tuple[Key, ...] = ()
    leader: Literal["had_his_way", "outvoted", "mediated", "divided"]
    text: Words


class CoderPart(CouncilPart):
    """What the coder knew, doubts, had open while coding, and left out."""

    hindsight: Words
    doubtful: Words
    checked: Words
    left_out: str = ""


class SourcePart(CouncilPart):
    """A published source and its grade."""

    author: Words
    title: Words
    year: Year
    publisher: Words
    kind: Literal["minutes", "documents", "diary", "memoir", "history", "press", "data", "reference"]
    grade: Annotated[str, Field(pattern=r"^[A-F][1-6]$")]
    url: str = ""


class CouncilForm(CouncilPart):
    """The whole file."""

    form: Literal["council/1"]
    id: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*-\d{4}-\d{2}-\d{2}$")]
    body: Words
    body_key: Key
    country: Words
    date: Day
    topic: Literal["make", "widen", "continue", "limit", "end"]
    regime: RegimePart
    issue: IssuePart
    options: tuple[OptionPart, ...] = Field(min_length=2)
    status_quo: StatusQuoPart
    voting: VotingPart
    leader: LeaderPart
    members: tuple[MemberPart, ...] = Field(min_length=3)
    decision: DecisionPart
    coder: CoderPart
    sources: dict[Key, SourcePart]
