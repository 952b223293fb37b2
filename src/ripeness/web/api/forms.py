"""What programs send and get: the forms of the JSON interface, each value with its bounds."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ripeness.web.ask import MOST_DRAWS
from ripeness.web.refusals import MOST_VALUE, FaultItem

MOST_TEXT = 5_000_000  # characters of a scenario: what is read from a file, too
MOST_SEED = 2**53  # beyond it not every program reads a whole number of JSON as it was written
MOST_CHANGES = 200  # numbers set in one question
MOST_PATH = 300  # letters of the path of a number
Name = Annotated[str, Field(min_length=1, max_length=100)]
Words = Annotated[str, Field(max_length=4_000)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]


def _day(value: Any) -> Any:
    """A day as it is written here, and no number of seconds that could stand for one."""
    if isinstance(value, str) and len(value) == len("2027-03-15"):
        return date.fromisoformat(value)
    if value is None or isinstance(value, date):
        return value
    raise ValueError("a day is written 2027-03-15")


Day = Annotated[date, BeforeValidator(_day)]


class Form(BaseModel):
    """Only the keys that are named, and only values of the kind that is named: "64" is no number."""

    model_config = ConfigDict(extra="forbid", strict=True)


class War(Form):
    """A war to ask about: a shipped case, or `own/NAME` for a scenario of the workspace."""

    case: Name = Field(examples=["japan-1945"])
    coding: str = Field(default="", max_length=100, description="empty: the case's default")
    reading: Literal["factional", "unitary"] = "factional"
    draws: int = Field(default=20_000, ge=1, le=MOST_DRAWS, description="wars to fight")
    seed: int = Field(default=1, ge=0, le=MOST_SEED)
    horizon: int | None = Field(default=None, ge=1, le=600, description="steps to look ahead")


class RunForm(War):
    """A forecast to make."""

    changes: dict[
        Annotated[str, Field(max_length=MOST_PATH)], Annotated[str, Field(max_length=MOST_VALUE)] | int | Number
    ] = Field(
        default_factory=dict, max_length=MOST_CHANGES, description="numbers by path, each written as in a scenario file"
    )


class WhatIfForm(RunForm):
    """Other numbers, links that shall carry nothing, or both."""

    cuts: list[Annotated[str, Field(max_length=60)]] = Field(default_factory=list, max_length=60)


class OptionsForm(RunForm):
    """Whose options, and own ones written `NAME: issue=value, ...`."""

    polity: Name = Field(examples=["japan"])
    own: list[Annotated[str, Field(max_length=400)]] = Field(default_factory=list, max_length=10)


class InferForm(Form):
    """Whose power to infer from what was decided."""

    case: Name = Field(examples=["japan-1945"])
    coding: str = Field(default="", max_length=100, description="empty: the case's default")
    polity: str = Field(default="", max_length=100, description="empty: every polity with evidence")
    particles: int = Field(default=1000, ge=100, le=100_000)
    repeats: int = Field(default=4, ge=3, le=20)
    seed: int = Field(default=1, ge=0, le=MOST_SEED)


class AimedForm(RunForm):
    """A question about one outcome by one month."""

    outcome: Name = Field(default="settlement", examples=["settlement", "victory:japan"])
    month: float | None = Field(default=None, gt=0, le=1_800, allow_inf_nan=False)


class TextForm(Form):
    """A scenario as text."""

    text: str = Field(max_length=MOST_TEXT)
    name: str = Field(default="", max_length=80, description="the own scenario that the text belongs to, for its base")


class CompleteForm(Form):
    """A text up to the cursor."""

    before: str = Field(max_length=MOST_TEXT)


class JobForm(BaseModel):
    """A job and how far it is."""

    id: str
    verb: str
    title: str
    state: Literal["waiting", "running", "done", "failed", "stopped"]
    done: int
    total: int
    seconds_left: float | None
    error: str
    faults: list[FaultItem] = Field(description="why it failed; empty where it did not")


class AnswerForm(BaseModel):
    """A kept answer in short; its address gives it in full."""

    id: str
    verb: str
    case: str
    coding: str
    title: str
    sentence: str
    command: str
    python: str


class QuestionForm(Form):
    """A question for the ledger, a forecast on one, or both; a day is written 2027-03-15."""

    text: Words = ""
    criteria: Words = ""
    opens: Day | None = None
    closes: Day | None = None
    resolves: Day | None = None
    outcomes: list[Annotated[str, Field(max_length=100)]] = Field(default_factory=list, max_length=50)
    probabilities: dict[str, Share] = Field(default_factory=dict, max_length=50)
    rationale: Words = ""
    by: Name = "workbench"


class ResolveForm(Form):
    """What came true."""

    outcome: str = Field(default="", max_length=100)
    annul: bool = False
    on: Day
    source: Words
    by: Name = "workbench"
    correct: bool = False
    note: Words = ""
