"""Interstate wars before the Uppsala record begins: how long they lasted and how they ended, from the tidy file of
wars.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ripeness.study.record.hazards import KNOWN_SINCE
from ripeness.validation.conflicts.dyads import ConflictYear, Episode
from ripeness.validation.history.table import RecordRow, read_table
from ripeness.world.fault import Fault

CITATION = "Sarkees and Wayman 2010, Correlates of War, Inter-State War Data v4.0"
NEEDED = ("warnum", "start", "end", "outcome")
# A war that was transformed goes on as one of another kind: between these states it is over, and nothing was agreed.
END_OF_OUTCOME = {
    "init_win": "victory",
    "target_win": "victory",
    "A_win": "victory",
    "B_win": "victory",
    "compromise": "agreement",
    "stalemate": "ceasefire",
    "transformed": "low_activity",
    "below_war_level": "low_activity",
    "draw_other": "",
    "": "",
}


def read_interstate_wars(path: str | Path) -> tuple[Episode, ...]:
    """The wars of a tidy file that ended before the Uppsala record begins; later ones stand there.

    Raises: Fault, with file and line, for a column that is missing or a cell that says nothing it can say.
    """
    table = read_table(path, NEEDED)
    table.need(NEEDED, "files of interstate wars")
    wars = [_war(row) for row in table]
    return tuple(war for war in wars if war.first.year < KNOWN_SINCE)


def _war(row: RecordRow) -> Episode:
    first, last = _day(row, "start"), _day(row, "end")
    if last < first:
        raise row.fault("end", f"the war ends on {last}, before it begins on {first}")
    outcome = row.text("outcome")
    if outcome not in END_OF_OUTCOME:
        raise row.fault("outcome", f"'{outcome[:40]}' is not one of {', '.join(filter(None, END_OF_OUTCOME))}")
    state = ConflictYear("interstate", 0.5, war=True, parties=0)
    return Episode(
        f"cow:{row.whole('warnum')}", row.text("warname"), first, last, END_OF_OUTCOME[outcome], {first.year: state}
    )


def _day(row: RecordRow, column: str) -> date:
    try:
        return date.fromisoformat(row.text(column)[:10])
    except ValueError:
        fault: Fault = row.fault(column, f"'{row.text(column)[:40]}' is not a day; write year-month-day")
        raise fault from None
