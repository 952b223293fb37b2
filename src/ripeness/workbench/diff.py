"""Diff: in words, what differs between two kept runs: what was asked, what went in, what came out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.store.shelf.difference import Difference, difference
from ripeness.store.shelf.kept import Kept, open_kept
from ripeness.store.shelf.shelf import find_run, shelf_at
from ripeness.workbench.notebook import Tabular

if TYPE_CHECKING:
    from ripeness.show.table import Layout


@dataclass(frozen=True, slots=True)
class Differs(Tabular):
    """Two kept runs and the difference between them."""

    first: Kept
    second: Kept
    found: Difference

    def sentences(self) -> list[str]:
        """The difference in words, a line each."""
        told = self.found
        if told.same:
            return ["The two runs do not differ: the same inputs, the same answers."]
        lines = [f"{one}." for one in told.asked]
        lines += [f"{one}." for one in told.inputs] or ["No number and no word of the scenario differs."]
        if not told.months:
            return [*lines, "The two runs tell of no month in common."]
        lines += [self._moved(one) for one in told.answers] or [f"No probability at months {self._months()} differs."]
        lines += [f"{one}." for one in told.measures]
        return lines if told.answers or told.measures else [*lines, "No answer differs."]

    def layout(self) -> Layout:
        """The difference in words, then the answers that moved."""
        from ripeness.show.diff_tables import differences

        return differences(self.sentences(), self.found)

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return {**asdict(self.found), "sentences": self.sentences()}

    def _months(self) -> str:
        return ", ".join(f"{month:g}" for month in self.found.months)

    def _moved(self, one: Any) -> str:
        from ripeness.show.words import outcome

        points = 100 * (one.new - one.old)
        clear = "" if abs(one.new - one.old) > one.noise else "; no more than chance"
        what = outcome(one.outcome, one.polity, {})
        return (
            f"By month {one.month:g}, {what}: {100 * one.old:.1f} % became {100 * one.new:.1f} % "
            f"({points:+.1f} points, ±{100 * one.noise:.1f} by chance, 90 %{clear})."
        )


def diff(first: str | Path, second: str | Path, shelf: str | Path | None = None) -> Differs:
    """Say what differs between two kept runs, named by folder or by their names on a shelf.

    Raises: Fault where one does not exist or is damaged.
    """
    place = shelf_at(shelf)
    old, new = (open_kept(find_run(one, place)) for one in (first, second))
    return Differs(old, new, difference(old, new))
