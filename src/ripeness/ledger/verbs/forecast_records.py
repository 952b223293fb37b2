"""From what a person types, or a run says, to the records that enter the ledger."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ripeness.ledger.book.entry import (
    WHATEVER_STANDS,
    ForecastQuestion,
    LedgerRecord,
    RecordedForecast,
    Resolution,
    kind_of,
    record_values,
)
from ripeness.store.json_text import canonical_json
from ripeness.world.dates import as_day, as_moment
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.ledger.exchange.saved_run import RunAnswer, SavedRun


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A new question as a person types it; an empty part takes its default or is asked for."""

    text: str = ""
    criteria: str = ""
    opens: date | None = None
    closes: date | None = None
    resolves: date | None = None
    outcomes: Sequence[str] = ()
    ordered: bool = False
    topics: Sequence[str] = ()
    base_rate: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        """Read days that are given as text."""
        for name in ("opens", "closes", "resolves"):
            object.__setattr__(self, name, as_day(getattr(self, name), name))


@dataclass(frozen=True, slots=True)
class ForecastDraft:
    """Probabilities as a person gives them: by hand, or from a saved run at a month.

    `view` is what of the run is taken: model, record or blend, or all, each as a forecaster of that name; without one
    the blend where the run has it, else the model.
    """

    probabilities: Mapping[str, float] | None = None
    run: Path | None = None
    month: float | None = None
    mapping: Mapping[str, Sequence[str]] | None = None
    rationale: str = ""
    made: datetime | None = None
    view: str = ""

    def __post_init__(self) -> None:
        """Read a path or a moment that is given as text."""
        object.__setattr__(self, "run", None if self.run is None else Path(self.run))
        object.__setattr__(self, "made", as_moment(self.made, "made"))


def run_from(draft: ForecastDraft) -> SavedRun | None:
    """Read the run that a forecast is to be taken from: a saved file, or one kept on the shelf, by folder or name.

    Raises: Fault where it is neither, the kept run is damaged, or probabilities are given by hand, too.
    """
    from ripeness.ledger.exchange.saved_run import saved_run
    from ripeness.store.shelf.kept_run import ANSWER, open_kept
    from ripeness.store.shelf.shelf import find_run, shelf_at

    run = draft.run
    if run is None:
        if draft.month is not None or draft.mapping or draft.view:
            raise Fault("--month and --map belong to a run, and so does --of; name it with --from")
        return None
    if draft.probabilities:
        raise Fault("give the probabilities by hand (--p) or from a run (--from), not both")
    exists = os.path.exists(run)  # noqa: PTH110  (Path.exists raises where a name is too long)
    if (exists and run.is_dir()) or (len(run.parts) == 1 and not exists):
        return saved_run(open_kept(find_run(run, shelf_at())).folder / ANSWER)
    if not exists:
        raise Fault(f"--from: there is no saved run '{run}'")
    return saved_run(run)


def answers_from(run: SavedRun, month: float, view: str) -> dict[str, RunAnswer]:
    """What a run says of one of its months, by the name under which it is filed; "" is that of who files it.

    Raises: Fault for a view that the run has not.
    """
    from ripeness.ledger.exchange.saved_run import BLEND, MODEL

    if view == "all":
        return run.views_at(month)
    return {"": run.at(month, view or (BLEND if BLEND in run.views else MODEL))}


def check_unchanged(question: ForecastQuestion, draft: QuestionDraft) -> None:
    """Refuse what belongs to a new question where the question stands already and says something else.

    Raises: Fault that names it.
    """
    for name in ("criteria", "opens", "closes", "resolves", "outcomes", "ordered", "topics", "base_rate"):
        value, stands = getattr(draft, name), getattr(question, name)
        if isinstance(value, list):
            value = tuple(value)
        if name == "base_rate":
            value = _complete_shares(value or {}, question.outcomes)
        if value and value != stands:
            raise Fault(
                f"question {question.id!r} stands already, and what it says cannot be changed: its"
                f" {name.replace('_', ' ')} {'are' if name in {'criteria', 'outcomes', 'topics'} else 'is'}"
                f" {stands!s:.80}, not {value!s:.80}"
            )


def question_from(
    name: str, draft: QuestionDraft, resolves: date | None, answer: RunAnswer | None, by: str, moment: datetime
) -> ForecastQuestion:
    """Make the question; from a run, its outcomes, its text and its criteria have defaults.

    Raises: Fault for what has no default and was left out.
    """
    from ripeness.ledger.exchange.from_run import criteria

    if resolves is None:
        raise Fault("say on which day the question will be settled: --resolves 2027-03-15")
    outcomes = tuple(draft.outcomes) or (tuple(answer.probabilities) if answer else ("yes", "no"))
    text = draft.text or (f"How will the war {answer.case} stand on {resolves}?" if answer else "")
    rules = draft.criteria
    if not rules and answer and not draft.outcomes:
        rules = criteria(outcomes, resolves, classes=answer.in_classes)
    if not rules:
        raise Fault("say how one will know the answer: --criteria 'yes if both governments sign a ceasefire by ...'")
    return ForecastQuestion(
        name,
        text,
        rules,
        draft.opens or moment.astimezone(UTC).date(),
        draft.closes or resolves,
        resolves,
        outcomes,
        draft.ordered,
        tuple(draft.topics),
        _complete_shares(draft.base_rate or {}, outcomes),
        by,
    )


def forecast_from(
    question: ForecastQuestion, draft: ForecastDraft, answer: RunAnswer | None, by: str, now: datetime
) -> RecordedForecast:
    """Make the forecast: by hand, or what a run says about one month.

    Raises: Fault for an outcome of the run that no outcome of the question stands for.
    """
    from ripeness.ledger.exchange.from_run import fit_outcomes

    moment = draft.made or now
    if answer is not None:
        shares = fit_outcomes(answer, question.outcomes, draft.mapping or {})
        return RecordedForecast(question.id, by, moment, shares, draft.rationale, answer.provenance, answer.hash)
    shares = _complete_shares(draft.probabilities or {}, question.outcomes)
    provenance = {"made": "by hand"}
    sealed = sha256(canonical_json(provenance).encode("ascii")).hexdigest()
    return RecordedForecast(question.id, by, moment, shares, draft.rationale, provenance, sealed)


def _complete_shares(shares: Mapping[str, float], outcomes: Sequence[str]) -> dict[str, float]:
    """Of two outcomes, one says the other.

    >>> _complete_shares({"yes": 0.25}, ("yes", "no"))
    {'yes': 0.25, 'no': 0.75}
    """
    known_shares = {
        name: float(share) if type(share) is int and 0 <= share <= 1 else share for name, share in shares.items()
    }
    missing_outcomes = [name for name in outcomes if name not in known_shares]
    if len(outcomes) == 2 and len(missing_outcomes) == 1 and len(known_shares) == 1:
        (share,) = known_shares.values()
        if isinstance(share, float) and 0 <= share <= 1:
            return {**known_shares, missing_outcomes[0]: 1 - share}
    return known_shares


def example(question: ForecastQuestion) -> str:
    """How to give probabilities on a question, with equal ones."""
    share = 1 / len(question.outcomes)
    return " ".join(f"--p {name}={share:.2g}" for name in question.outcomes)


def bare_record(record: LedgerRecord) -> str:
    """A record as text by which the same one is known again, whatever it corrects."""
    body = record_values(replace(record, corrects=None) if isinstance(record, Resolution) else record)
    return canonical_json([kind_of(record), body])


def uncorrected(record: LedgerRecord) -> LedgerRecord:
    """A record that corrects whatever stands, where it corrects anything."""
    if isinstance(record, Resolution) and record.corrects is not None:
        return replace(record, corrects=WHATEVER_STANDS)
    return record
