"""Pool the views of a question in the ledger, and say how views and pools did on past questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ripeness.ledger.verbs.open_ledger import Ledger, changed_fault, dockets_of, ledger_address, read_audit
from ripeness.world.dates import need_day
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.ledger.book.docket import Docket
    from ripeness.ledger.scores.pool_sheet import PoolSheet


def pool(
    question: str = "", *, as_of: date | str, topic: str = "", members: Sequence[str] = (), ledger: Ledger = None
) -> PoolSheet:
    """Put base rate, forecasts and their linear and logarithmic pools side by side: of one question, or all open ones.

    `members` are the forecasters whose views are pooled, `base rate` among them; all, where none is named.

    Raises: Fault for a question, topic or member that the ledger does not hold, or a ledger that was changed.
    """
    from ripeness.ledger.book.admission import suggest_name
    from ripeness.ledger.scores.pool_sheet import BASE_RATE, pool_sheet

    as_of, place = need_day(as_of, "as_of"), ledger_address(ledger)
    audited = read_audit(place)
    if audited and audited.breaks:
        raise changed_fault(str(place), audited.breaks, "Its views are not pooled")
    dockets = dockets_of(audited)
    if question and question not in (ids := [docket.question.id for docket in dockets]):
        raise Fault(f"there is no question {question!r} in {place}{suggest_name(question, ids)}")
    topics = sorted({name for docket in dockets for name in docket.question.topics})
    people = sorted({dated.forecast.by for docket in dockets for dated in docket.forecasts} | {BASE_RATE})
    for name in members:
        if name not in people:
            raise Fault(f"there is no forecaster {name!r}{suggest_name(name, people)}; known: {', '.join(people)}")
    if topic and topic not in topics:
        raise Fault(f"there is no topic {topic!r}{suggest_name(topic, topics)}; known: {', '.join(topics) or 'none'}")

    def wanted(docket: Docket) -> bool:
        return docket.question.id == question if question else docket.status(as_of) in {"open", "closed"}

    on_topic = [docket for docket in dockets if not topic or topic in docket.question.topics]
    return pool_sheet(on_topic, as_of, wanted, tuple(members))
