"""Diff: in words, what differs between two kept runs: what was asked, what went in, what came out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.store.shelf.difference import RunDifference, compare_runs
from ripeness.store.shelf.kept_run import KeptRun, open_kept
from ripeness.store.shelf.shelf import find_run, shelf_at
from ripeness.workbench.notebook import Tabular

if TYPE_CHECKING:
    from ripeness.show.table import Layout


@dataclass(frozen=True, slots=True)
class Differs(Tabular):
    """Two kept runs and the difference between them."""

    first: KeptRun
    second: KeptRun
    found: RunDifference

    def sentences(self) -> list[str]:
        """The difference in words, a line each."""
        sentences = self.found
        if sentences.same:
            return ["The two runs do not differ: the same inputs, the same answers."]
        lines = [f"{sentence}." for sentence in sentences.asked]
        lines += [f"{sentence}." for sentence in sentences.inputs] or ["No number and no word of the scenario differs."]
        if not sentences.months:
            return [*lines, "The two runs tell of no month in common."]
        lines += [self._moved(sentence) for sentence in sentences.answers] or [
            f"No probability at months {self._months()} differs."
        ]
        lines += [f"{sentence}." for sentence in sentences.measures]
        return lines if sentences.answers or sentences.measures else [*lines, "No answer differs."]

    def answer(self) -> str:
        """How much differs, and the probability that moved most, in one sentence."""
        found = self.found
        if found.same:
            return self.sentences()[0]
        from ripeness.show.check_tables import several

        counts = f"The runs differ in {several(len(found.asked), 'setting')} and {several(len(found.inputs), 'input')}"
        if not found.answers:
            return f"{counts}; no probability that both tell of differs."
        most = max(found.answers, key=lambda answer: abs(answer.new - answer.old))
        return f"{counts}. What moved most: {self._moved(most)}"

    def brief(self) -> Layout:
        """The answer, and as many of the differences as one screen has room for."""
        from ripeness.show.diff_tables import brief

        return brief(self.answer(), [] if self.found.same else self.sentences())

    def layout(self) -> Layout:
        """The difference in words, then the answers that moved."""
        from ripeness.show.diff_tables import differences

        return differences(self.sentences(), self.found)

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return {**asdict(self.found), "sentences": self.sentences()}

    def _months(self) -> str:
        return ", ".join(f"{month:g}" for month in self.found.months)

    def _moved(self, change: Any) -> str:
        from ripeness.show.words import outcome

        points = 100 * (change.new - change.old)
        clear = "" if abs(change.new - change.old) > change.noise else "; no more than chance"
        outcome_name = outcome(change.outcome, change.polity, {})
        return (
            f"By month {change.month:g}, {outcome_name}: {100 * change.old:.1f} % became {100 * change.new:.1f} % "
            f"({points:+.1f} points, ±{100 * change.noise:.1f} by chance, 90 %{clear})."
        )


def diff(first: str | Path, second: str | Path, shelf: str | Path | None = None) -> Differs:
    """Say what differs between two kept runs, named by folder or by their names on a shelf.

    Raises: Fault where one does not exist or is damaged.
    """
    place = shelf_at(shelf)
    old, new = (open_kept(find_run(name, place)) for name in (first, second))
    return Differs(old, new, compare_runs(old, new))
