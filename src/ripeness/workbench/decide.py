"""Decide the issues of an actor table by every rule, side by side, with 90 % intervals where the inputs are ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.store.atomic_write import write_file
from ripeness.store.cells import to_csv
from ripeness.workbench.notebook import Notebook
from ripeness.workbench.question import Verb, declared, python_function, question
from ripeness.world.fault import ArgumentFault, Fault
from ripeness.world.wording import nearest

if TYPE_CHECKING:
    from ripeness.decision.rule import Rule
    from ripeness.show.table import Layout
    from ripeness.study.table_decision import RuleOutcome

BASELINE = "weighted_mean"
FARTHEST = 1e12  # as in the table


@question
class DecideQuestion(Verb["Decided"]):
    """Decide every issue of an actor table by each rule; all rules where none is named. The path `-` is standard input.

    Assumes that an issue's ends are the outermost positions in the table (0 and 100 in a KTAB file), that ranges are
    normal and independent, and that without a status quo failing to agree would be ruin for all. Without a captor
    named, the capture rule asks what if the most influential actor decided alone.

    Units: positions, the status quo and outcomes as in the table; leader_weight and quota are shares.
    Raises: Fault where the table, a name or a number cannot be used.
    """

    verb = "decide"
    summary = (
        "Decide the issues of an actor table by every rule, side by side.\n\n"
        "The weighted mean stands first: on the European Union's record no rule beat it by more than half a point of "
        "100; where councils chose between courses, rules that pick a pivot did better. Intervals are 90 % intervals."
    )
    example = "ripeness decide actors.csv --rule quota --quota .67 --leader King"

    path: str | Path = declared(
        kw_only=False,
        flags=(),
        metavar="TABLE",
        help="CSV: actor, influence, position and salience per issue; or KTAB. - reads standard input.",
    )
    rules: Sequence[str] = declared(
        default=(),
        kw_only=False,
        flags=("--rule",),
        suggest="rules",
        label="Only these rules",
        help="A rule; repeatable. Default: all.",
    )
    draws: int = declared(default=2000, least=1, most=1_000_000, help="Draws over the ranges in the table.")
    seed: int = declared(
        default=1, least=0, most=2**64 - 1, most_served=2**53, help="The same seed gives the same numbers."
    )
    leader: str = declared(default="", suggest="actors", label="Who leads", help="The actor who leads.")
    leader_weight: float = declared(
        default=0.3, least=0, most=1, label="Leader's weight", help="From mediator (0) to autocrat (1); with --leader."
    )
    quota: float = declared(default=0.5, least=0, most=1, help="Share of effective power that a coalition must exceed.")
    status_quo: float | None = declared(
        default=None,
        least=-FARTHEST,
        most=FARTHEST,
        help="What stands without agreement, in the table's unit. Default: ruin for all.",
    )
    captor: str = declared(
        default="",
        suggest="actors",
        label="Who decides under capture",
        help="Who decides under 'capture'. Default: the most influential.",
    )

    def answer(self, progress: Any = None) -> Decided:  # noqa: ARG002  (it takes less than a second)
        """Draw the table's numbers and decide each issue by each rule."""
        import numpy as np

        from ripeness.scenario.actor_table import read_actor_table
        from ripeness.study.table_decision import Council, decide_by, draw_table
        from ripeness.world.version import __version__

        table = read_actor_table(Path(self.path))
        rules = _rules(self.rules)
        middle = table.influence.mean(axis=-1)
        head = _actor(self.leader, table.actors, "leader") if self.leader else -1
        holder = _actor(self.captor, table.actors, "captor") if self.captor else int(middle.argmax())
        uncertain = bool(np.any(table.influence[:, 0] < table.influence[:, 1])) or any(
            bool(np.any(part[..., 0] < part[..., 1])) for part in (table.position, table.salience)
        )
        council = Council(
            table,
            *draw_table(table, self.draws if uncertain else 1, self.seed),
            head,
            self.leader_weight if self.leader else 0.0,
            self.quota,
            holder,
            np.nan if self.status_quo is None else self.status_quo,
        )
        notes = list(table.notes)
        answers = [decide_by(rule, council, notes) for rule in rules]
        issues = tuple(Decision(name, tuple(rule[i] for rule in answers)) for i, name in enumerate(table.issues))
        return Decided(
            str(self.path),
            table.actors,
            self.leader,
            council.leader_weight,
            self.quota,
            table.actors[holder],
            issues,
            tuple(notes),
            uncertain,
            self.draws,
            self.seed,
            __version__,
            table.warnings,
        )


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

    def titles(self) -> dict[str, str]:
        """What each rule says, in a few words."""
        from ripeness.decision.rules import TABLE

        return {answer.rule: TABLE[answer.rule].title for answer in self.issues[0].rules}


def rule_names() -> tuple[str, ...]:
    """The decision rules that can be asked for.

    >>> rule_names()[0]
    'weighted_mean'
    """
    from ripeness.decision.rules import TABLE

    return tuple(TABLE)


def _rules(names: Sequence[str]) -> list[Rule]:
    """The rules named, all if none is; the weighted mean always first."""
    from ripeness.decision.rules import TABLE

    names_by_spelling = {name.replace("_", "-"): name for name in TABLE}
    chosen_rules = []
    for name in names:
        key = name.strip().lower().replace("_", "-")
        if key not in names_by_spelling:
            near = nearest(key, names_by_spelling)
            hint = f"did you mean '{names_by_spelling[near]}'?" if near else f"known rules: {', '.join(TABLE)}"
            raise Fault(f"'{name[:40]}' is not a rule; {hint}")
        chosen_rules.append(names_by_spelling[key])
    distinct_names = dict.fromkeys([BASELINE, *(chosen_rules or TABLE)])
    return [TABLE[name] for name in distinct_names]


def _actor(name: str, actors: tuple[str, ...], argument: str) -> int:
    """The number of the actor with this name, whatever the letter case."""
    folded = [actor.casefold() for actor in actors]
    if name.casefold() in folded:
        return folded.index(name.casefold())
    near = nearest(name.casefold(), folded)
    hint = f"did you mean '{actors[folded.index(near)]}'?" if near is not None else f"actors: {', '.join(actors[:12])}"
    raise ArgumentFault(argument, f": '{name[:40]}' is not an actor of the table; {hint}")


def write_csv(decided: Decided, path: str | Path) -> Path:
    """Write one row for each issue and rule, whole or not at all; texts that a spreadsheet would run are escaped.

    Raises: Fault where the file cannot be written.
    """
    rows = [
        {
            "issue": issue.issue,
            "rule": answer.rule,
            "outcome": answer.outcome,
            "low": answer.low,
            "high": answer.high,
            "rounds": " ".join(f"{value:.10g}" for value in answer.rounds),
        }
        for issue in decided.issues
        for answer in issue.rules
    ]
    write_file(Path(path), to_csv(rows))
    return Path(path)


decide = python_function(DecideQuestion)
