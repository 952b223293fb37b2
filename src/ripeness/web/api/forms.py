"""What programs send and get besides questions: texts, jobs, answers, and what goes into the ledger."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from ripeness.web.question_body import MOST_NAME, Day, Form
from ripeness.web.refusals import FaultItem

MOST_TEXT = 5_000_000  # characters of a scenario: what is read from a file, too
Name = Annotated[str, Field(min_length=1, max_length=MOST_NAME)]
Words = Annotated[str, Field(max_length=4_000)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


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
    page: str = Field(description="the address of the page that shows its answer; empty where no page asked")
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
