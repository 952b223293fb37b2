"""Decided: what every rule makes of an actor table, or of several that are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.store.atomic_write import write_file
from ripeness.store.cells import to_csv
from ripeness.workbench.notebook import Notebook

if TYPE_CHECKING:
    from ripeness.show.table import Layout
    from ripeness.study.table_comparison import TableComparison
    from ripeness.study.table_decision import RuleOutcome


@dataclass(frozen=True, slots=True)
class Decision:
    """One issue, decided by every rule asked for; the weighted mean stands first."""

    issue: str
    rules: tuple[RuleOutcome, ...]


@dataclass(frozen=True, slots=True)
class Decided(Notebook):
    """An actor table, decided: issues, and all that is needed to do it again."""

    file: str
    actors: tuple[str, ...]
    leader: str
    leader_weight: float
    quota: float
    captor: str
    issues: tuple[Decision, ...]
    notes: tuple[str, ...]
    uncertain: bool
    draws: int
    seed: int
    version: str
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        rules = len(self.issues[0].rules)
        return f"Decided({len(self.issues)} issues of {len(self.actors)} actors by {rules} rules, {self.draws} draws)"

    def layout(self) -> Layout:
        """One table an issue, and what a reader needs to know about the numbers."""
        from ripeness.show.decide_tables import decision_layout

        return decision_layout(self)

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row an issue and rule."""
        return [{"issue": issue.issue, **asdict(answer)} for issue in self.issues for answer in issue.rules]

    def plain(self) -> dict[str, Any]:
        """Everything as plain lists, numbers and words, for JSON."""
        return asdict(self)

    def plot(self, *, dark: bool = False) -> Any:
        """The picture: a row a rule, its outcome as a dot, and its 90 % interval as a bar."""
        from ripeness.show.charts.rules_by_table import rules_of_one_table

        return rules_of_one_table(self, dark=dark)

    def titles(self) -> dict[str, str]:
        """What each rule says, in a few words."""
        from ripeness.decision.rules import TABLE

        return {answer.rule: TABLE[answer.rule].title for answer in self.issues[0].rules}


@dataclass(frozen=True, slots=True)
class DecidedTables(Notebook):
    """Several actor tables of the same issues, each decided, and compared; `labels` name them."""

    labels: tuple[str, ...]
    decisions: tuple[Decided, ...]
    comparison: TableComparison
    notes: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"DecidedTables({', '.join(self.labels)}: {self.sentence()})"

    def sentence(self) -> str:
        """The answer: how far the tables differ, and on account of which number."""
        from ripeness.show.compared_tables import tables_sentence

        return tables_sentence(self)

    def layout(self) -> Layout:
        """The sentence, each rule by table, which number matters, and how far the tables agree."""
        from ripeness.show.compared_tables import comparison_layout

        return comparison_layout(self)

    def brief(self) -> Layout:
        """The sentence and the rules by table."""
        from ripeness.show.compared_tables import comparison_brief

        return comparison_brief(self)

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row a table, issue and rule."""
        decided = zip(self.labels, self.decisions, strict=True)
        return [{"table": label, **row} for label, answer in decided for row in answer.rows()]

    def plain(self) -> dict[str, Any]:
        """Everything as plain lists, numbers and words, for JSON."""
        return {
            "answer": self.sentence(),
            "tables": [
                {"table": label, **answer.plain()} for label, answer in zip(self.labels, self.decisions, strict=True)
            ],
            "comparison": asdict(self.comparison),
            "notes": list(self.notes),
            "warnings": list(self.warnings),
        }

    def plot(self, *, dark: bool = False) -> Any:
        """The picture: a row a rule, a dot a table, a bar from the lowest to the highest."""
        from ripeness.show.charts.rules_by_table import rules_by_table

        return rules_by_table(self, dark=dark)


def write_csv(decided: Decided | DecidedTables, path: str | Path) -> Path:
    """Write one row for each issue and rule, of several tables with the name of the table first, whole or not at all;
    texts that a spreadsheet would run are escaped.

    Raises: Fault where the file cannot be written.
    """
    rows = [{**row, "rounds": " ".join(f"{value:.10g}" for value in row["rounds"])} for row in decided.rows()]
    write_file(Path(path), to_csv(rows))
    return Path(path)
