"""Decide the issues of an actor table by every rule, side by side, with 90 % intervals where the inputs are ranges."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.workbench.decided import Decided, DecidedTables, Decision
from ripeness.workbench.question import Verb, declared, python_function, question
from ripeness.world.fault import ArgumentFault, Fault
from ripeness.world.wording import nearest

if TYPE_CHECKING:
    from ripeness.decision.rule import Rule
    from ripeness.scenario.actor_table import ActorTable
    from ripeness.study.table_decision import Council

BASELINE = "weighted_mean"
LEADER_WEIGHT, LEADER_SHARE = 0.3, 0.36  # judged; councils on record, of any regime
FARTHEST = 1e12  # as in the table


@question
class DecideQuestion(Verb["Decided | DecidedTables"]):
    """Decide every issue of an actor table by each rule; all rules where none is named. The path `-` is standard input.

    Further tables of the same issues and actors, such as those of other judges, are decided on the same draws and
    compared: each rule's outcome by table, how far the tables agree, and which number, swapped from table to table,
    moves the outcome of the first rule named most (the weighted mean where none is).

    Assumes that an issue's ends are the outermost positions in the tables (0 and 100 in a KTAB file), that ranges are
    normal and independent, and that without a status quo failing to agree would be ruin for all. Without a captor
    named, the capture rule asks what if the most influential actor decided alone.

    Units: positions, the status quo and outcomes as in the table; leader_weight, leader_share and quota are shares.
    Raises: Fault where the table, a name or a number cannot be used.
    """

    verb = "decide"
    summary = (
        "Decide the issues of an actor table by every rule, side by side; several tables are compared.\n\n"
        "The weighted mean stands first: on the European Union's record no rule beat it by more than half a point of "
        "100; where councils chose between courses, rules that pick a pivot did better. Intervals are 90 % intervals."
    )
    example = "ripeness decide actors.csv --rule quota --quota .67 --leader King"

    path: str | Path = declared(
        kw_only=False,
        flags=(),
        metavar="TABLE",
        help="CSV or Excel: actor, influence, position and salience per issue; or KTAB. - reads standard input.",
    )
    tables: Sequence[str] = declared(
        default=(),
        flags=(),
        metavar="TABLES",
        served=False,
        help="Further tables of the same issues and actors, such as those of other judges.",
    )
    shared_only: bool = declared(
        default=False,
        flags=("--shared",),
        key="shared",
        label="Only what all tables share",
        help="Compare only the actors and issues that all tables share.",
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
        default=LEADER_WEIGHT,
        least=0,
        most=1,
        label="Leader's weight",
        help="From mediator (0) to autocrat (1); with --leader.",
    )
    leader_share: float = declared(
        default=LEADER_SHARE,
        least=0,
        most=1,
        label="Choices follow the leader",
        help="Chance that a choice follows the leader, else the pivot; with --leader. Default: councils on record.",
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

    def check(self) -> None:
        """Refuse what is said of a leader where none is named: it would change nothing."""
        for name, default in (("leader_weight", LEADER_WEIGHT), ("leader_share", LEADER_SHARE)):
            if not self.leader and getattr(self, name) != default:
                raise ArgumentFault(name, " is that of a {leader}, and none is named")

    def answer(self, progress: Any = None) -> Decided | DecidedTables:  # noqa: ARG002  (it takes some seconds at most)
        """Draw the numbers of each table and decide each issue by each rule; compare tables where there are several."""
        from ripeness.scenario.actor_table import read_actor_table

        rules = _rules(self.rules)
        if self.tables:
            return self._compare(rules)
        if self.shared_only:
            raise ArgumentFault("shared_only", " goes with two actor tables or more")
        table = read_actor_table(Path(self.path))
        return self._decide(table, str(self.path), rules, uncertain=table.uncertain)[0]

    def _compare(self, rules: list[Rule]) -> DecidedTables:
        """Decide several tables of the same issues on common draws, and compare them."""
        from ripeness.scenario.actor_alignment import align_tables, read_actor_tables
        from ripeness.study.table_comparison import compare_tables

        paths = [str(self.path), *map(str, self.tables)]
        if paths.count("-") > 1:
            raise ArgumentFault("tables", ": standard input can be read once only; name files for the other tables")
        aligned = align_tables(read_actor_tables(paths), paths, shared_only=self.shared_only)
        uncertain = any(table.uncertain for table in aligned.tables)
        decided = [
            self._decide(table, path, rules, uncertain=uncertain)
            for table, path in zip(aligned.tables, paths, strict=True)
        ]
        notes = list(aligned.notes)
        comparison = compare_tables(
            [council for _, council in decided],
            [[issue.rules for issue in answer.issues] for answer, _ in decided],
            _rules(self.rules[:1])[-1] if self.rules else rules[0],
            notes,
        )
        return DecidedTables(
            aligned.labels, tuple(answer for answer, _ in decided), comparison, tuple(notes), aligned.warnings
        )

    def _decide(self, table: ActorTable, path: str, rules: list[Rule], *, uncertain: bool) -> tuple[Decided, Council]:
        """One table, decided by each rule, and its draws."""
        import numpy as np

        from ripeness.decision.rule import FOLLOWS
        from ripeness.scenario.actor_table import middles
        from ripeness.study.table_decision import Council, decide_by, draw_followed, draw_table
        from ripeness.world.version import __version__

        middle = middles(table.influence, table.best.influence)
        head = _actor(self.leader, table.actors, "leader") if self.leader else -1
        holder = _actor(self.captor, table.actors, "captor") if self.captor else int(middle.argmax())
        draws = self.draws if uncertain else 1
        council = Council(
            table,
            *draw_table(table, draws, self.seed),
            head,
            self.leader_weight if self.leader else 0.0,
            self.quota,
            holder,
            np.nan if self.status_quo is None else self.status_quo,
            draw_followed(self.leader_share, draws, self.seed),
        )
        notes = list(table.notes)
        if head >= 0 and any(FOLLOWS in rule.uses for rule in rules):
            notes.append(self._followed(uncertain=uncertain))
        answers = [decide_by(rule, council, notes) for rule in rules]
        issues = tuple(Decision(name, tuple(rule[i] for rule in answers)) for i, name in enumerate(table.issues))
        decided = Decided(
            path,
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
        return decided, council

    def _followed(self, *, uncertain: bool) -> str:
        """What "pivot or leader" shows of its two outcomes."""
        shown = "drawn" if uncertain else "the likelier of the two is shown, since nothing else is drawn"
        return (
            f"pivot_or_leader: a choice follows the leader with chance {self.leader_share:g}, else the pivot; {shown}"
        )


def rule_names() -> tuple[str, ...]:
    """The decision rules that can be asked for.

    >>> rule_names()[0]
    'weighted_mean'
    """
    from ripeness.decision.rules import TABLE

    return tuple(TABLE)


def rule_titles() -> dict[str, str]:
    """What each decision rule is called, with what it says in a few words.

    >>> rule_titles()["capture"]
    'Capture: One decides alone'
    """
    from ripeness.decision.rules import TABLE

    return {name: rule.title for name, rule in TABLE.items()}


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


decide = python_function(DecideQuestion)
