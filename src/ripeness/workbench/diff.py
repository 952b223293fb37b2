"""Diff: in words, what differs between two kept runs: what was asked, what went in, what came out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.store.shelf.difference import RunDifference, compare_runs
from ripeness.store.shelf.kept_run import KeptRun, open_kept
from ripeness.store.shelf.manifest import SCENARIO
from ripeness.store.shelf.shelf import find_run, shelf_at
from ripeness.study.target import USUAL_MONTH
from ripeness.workbench.notebook import Tabular
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.show.table import Layout
    from ripeness.study.version_spread import VersionDisagreement


@dataclass(frozen=True, slots=True)
class Differs(Tabular):
    """Two kept runs and the difference between them; `causes`: which numbers make their answers differ, if asked."""

    first: KeptRun
    second: KeptRun
    found: RunDifference
    causes: VersionDisagreement | None = None

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

        return differences(self.sentences(), self.found, self.label)

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        from ripeness.store.json_text import plain_value

        causes = {} if self.causes is None else {"causes": plain_value(self.causes)}
        return {**asdict(self.found), "sentences": self.sentences(), **causes}

    def causes_layout(self) -> Layout | None:
        """Which numbers make the answers differ, in words and by group; None where that was not asked."""
        if self.causes is None:
            return None
        from ripeness.scenario.read import read_scenario
        from ripeness.show.cell import bold
        from ripeness.show.disagreement_tables import pairs_table
        from ripeness.show.disagreement_words import sentence
        from ripeness.show.table import layout

        polities = read_scenario(self.first.folder / SCENARIO).polities
        names = {key: polity.name or key for key, polity in polities.items()}
        return layout(bold(sentence(self.causes, names)), pairs_table(self.causes, names))

    def label(self, outcome: str, polity: str | None) -> str:
        """An outcome in the words that the runs were answered with; in plain ones where they kept none."""
        from ripeness.show.words import outcome as words_of_outcome

        for row in (*self.second.answer.get("outcomes", ()), *self.first.answer.get("outcomes", ())):
            if (row["outcome"], row["polity"]) == (outcome, polity) and row.get("words"):
                return str(row["words"])
        return words_of_outcome(outcome, polity, {})

    def _months(self) -> str:
        return ", ".join(f"{month:g}" for month in self.found.months)

    def _moved(self, change: Any) -> str:
        points = 100 * (change.new - change.old)
        clear = "" if abs(change.new - change.old) > change.noise else "; no more than chance"
        outcome_name = self.label(change.outcome, change.polity)
        return (
            f"By month {change.month:g}, {outcome_name}: {100 * change.old:.1f} % became {100 * change.new:.1f} % "
            f"({points:+.1f} points, ±{100 * change.noise:.1f} by chance, 90 %{clear})."
        )


def diff(first: str | Path, second: str | Path, shelf: str | Path | None = None, *, answer: bool = False) -> Differs:
    """Say what differs between two kept runs, named by folder or by their names on a shelf.

    `answer`: also simulate mixtures of their scenarios, to say which groups of numbers make the answers differ.

    Raises: Fault where one does not exist or is damaged, or where their answers cannot be split.
    """
    place = shelf_at(shelf)
    old, new = (open_kept(find_run(name, place)) for name in (first, second))
    return Differs(old, new, compare_runs(old, new), _causes(old, new) if answer else None)


def _causes(old: KeptRun, new: KeptRun) -> VersionDisagreement:
    """Which groups of numbers make the answers of two kept runs differ, under the first one's actor model.

    Raises: Fault where both rest on the same numbers, or on evidence.
    """
    from ripeness.scenario.number_paths import replace_numbers
    from ripeness.scenario.read import read_scenario
    from ripeness.workbench.again import kept_changes
    from ripeness.workbench.disagree import OTHER_MODEL_DRAWS, DisagreeQuestion, version_disagreement

    if old.about["scenario_hash"] == new.about["scenario_hash"]:
        raise Fault("both runs rest on the same numbers; what differs between them is in the settings")
    if old.about.get("given") or new.about.get("given"):
        raise Fault(
            "runs given evidence are not split by groups of numbers: each mixture would have to be weighed anew"
        )
    codings = [str(kept_run.about["coding"]) for kept_run in (old, new)]
    names = codings if len(set(codings)) == len(codings) else ["first", "second"]
    versions = {
        name: replace_numbers(read_scenario(kept_run.folder / SCENARIO), kept_changes(kept_run))
        for name, kept_run in zip(names, (old, new), strict=True)
    }
    about = old.about
    question = DisagreeQuestion(
        old.folder / SCENARIO,
        reading=str(about["reading"]),
        draws=min(int(about["draws"]), OTHER_MODEL_DRAWS),
        seed=int(about["seed"]),
        as_of=str(about["as_of"])[:10] if about.get("as_of") else None,
        month=min(USUAL_MONTH, *(float(kept_run.about["horizon"]) for kept_run in (old, new))),
        ignore_duration=bool(about.get("ignore_duration")),
    )
    return version_disagreement(question, versions)
