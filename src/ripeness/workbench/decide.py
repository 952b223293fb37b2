"""Decide the issues of an actor table by every rule, side by side, with 90 % intervals where the inputs are ranges."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ripeness.store.cells import safe
from ripeness.store.whole import write_file
from ripeness.workbench.notebook import Notebook
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ripeness.decision.rule import Rule
    from ripeness.scenario.actor_table import ActorTable
    from ripeness.show.table import Layout

    Array = NDArray[np.float64]

BASELINE = "weighted_mean"
Z90 = 1.6448536269514722  # standard normal quantile at .95: half of a 90 % interval in standard deviations
ENDS = (0.05, 0.95)
MOST_DRAWS = 1_000_000
FARTHEST = 1e12  # as in the table
EFFORT = 3e9  # steps; a rule that would need more on a large table gets fewer draws, and says so


@dataclass(frozen=True, slots=True)
class Answer:
    """What one rule decides: the median over draws and the 90 % interval, in the table's own unit.

    `rounds` holds the outcome of every round where the rule is played in rounds.
    """

    rule: str
    outcome: float
    low: float
    high: float
    rounds: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """One issue, decided by every rule asked for; the weighted mean stands first."""

    issue: str
    rules: tuple[Answer, ...]


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
        from ripeness.show.decide_tables import layout

        return layout(self)

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


def decide(
    path: str | Path,
    rules: Sequence[str] = (),
    *,
    draws: int = 2000,
    seed: int = 1,
    leader: str = "",
    leader_weight: float = 0.3,
    quota: float = 0.5,
    status_quo: float | None = None,
    captor: str = "",
) -> Decided:
    """Decide every issue of an actor table by each rule; all rules where none is named. The path `-` is standard input.

    Assumes that an issue's ends are the outermost positions in the table (0 and 100 in a KTAB file), that ranges are
    normal and independent, and that without a status quo failing to agree would be ruin for all. Without a captor
    named, the capture rule asks what if the most influential actor decided alone.

    Units: positions, the status quo and outcomes as in the table; leader_weight and quota are shares.
    Raises: Fault where the table, a name or a number cannot be used.
    """
    from ripeness import __version__
    from ripeness.scenario.actor_table import read

    _within("draws", draws, 1, MOST_DRAWS)
    _within("the seed", seed, 0, 2**64 - 1)
    _within("the leader weight", leader_weight, 0, 1)
    _within("the quota", quota, 0, 1)
    _within("the status quo", 0.0 if status_quo is None else status_quo, -FARTHEST, FARTHEST)
    table = read(Path(path))  # first, so that a bad table is told before anything heavy is imported
    chosen = _rules(rules)
    middle = table.influence.mean(axis=-1)
    head = _actor(leader, table.actors, "--leader") if leader else -1
    holder = _actor(captor, table.actors, "--captor") if captor else int(middle.argmax())
    uncertain = bool(np.any(table.influence[:, 0] < table.influence[:, 1])) or any(
        bool(np.any(part[..., 0] < part[..., 1])) for part in (table.position, table.salience)
    )
    council = _Council(
        table,
        *_drawn(table, draws if uncertain else 1, seed),
        head,
        leader_weight if leader else 0.0,
        quota,
        holder,
        np.nan if status_quo is None else status_quo,
    )
    notes = list(table.notes)
    answers = [_answers(rule, council, notes) for rule in chosen]
    issues = tuple(Decision(name, tuple(rule[i] for rule in answers)) for i, name in enumerate(table.issues))
    return Decided(
        str(path),
        table.actors,
        leader,
        council.leader_weight,
        quota,
        table.actors[holder],
        issues,
        tuple(notes),
        uncertain,
        draws,
        seed,
        __version__,
        table.warnings,
    )


@dataclass(frozen=True, slots=True)
class _Council:
    """The drawn inputs: power (F, R), salience and position (I, F, R), positions as shares of the issue's length."""

    table: ActorTable
    power: Array
    salience: Array
    position: Array
    leader: int
    leader_weight: float
    quota: float
    captor: int
    status_quo: float


def _within(what: str, value: float, low: float, high: float) -> None:
    """Refuse a number outside its bounds."""
    if not low <= value <= high:
        raise Fault(f"{what} must lie from {low:,.20g} to {high:,.20g}, not at {value:,.20g}")


def _rules(names: Sequence[str]) -> list[Rule]:
    """The rules named, all if none is; the weighted mean always first."""
    from ripeness.decision.rules import TABLE

    same = {name.replace("_", "-"): name for name in TABLE}
    found = []
    for name in names:
        key = name.strip().lower().replace("_", "-")
        if key not in same:
            near = get_close_matches(key, same, n=1)
            hint = f"did you mean '{same[near[0]]}'?" if near else f"known rules: {', '.join(TABLE)}"
            raise Fault(f"'{name[:40]}' is not a rule; {hint}")
        found.append(same[key])
    wanted = dict.fromkeys([BASELINE, *(found or TABLE)])
    return [TABLE[name] for name in wanted]


def _actor(name: str, actors: tuple[str, ...], flag: str) -> int:
    """The number of the actor with this name, whatever the letter case."""
    folded = [actor.casefold() for actor in actors]
    if name.casefold() in folded:
        return folded.index(name.casefold())
    near = get_close_matches(name.casefold(), folded, n=1)
    hint = f"did you mean '{actors[folded.index(near[0])]}'?" if near else f"actors: {', '.join(actors[:12])}"
    raise Fault(f"{flag}: '{name[:40]}' is not an actor of the table; {hint}")


def _drawn(table: ActorTable, draws: int, seed: int) -> tuple[Array, Array, Array]:
    """Draw every number once per draw; luck is keyed by names, so the order of rows and columns changes nothing."""
    low = table.ends[:, 0, None, None]
    length = np.diff(table.ends)[..., None]
    length = np.where(length > 0, length, 1.0)
    power = np.empty((len(table.actors), draws))
    salience = np.empty((len(table.issues), len(table.actors), draws))
    position = np.empty_like(salience)
    for f, actor in enumerate(table.actors):
        power[f] = np.maximum(_normal(table.influence[f], draws, seed, f"{actor}/influence"), 0.0)
        for i, issue in enumerate(table.issues):
            care = _normal(table.salience[i, f], draws, seed, f"{actor}/{issue}/salience")
            salience[i, f] = np.clip(care, 0.0, 1.0)
            position[i, f] = _normal(table.position[i, f], draws, seed, f"{actor}/{issue}/position")
    return power, salience, (position - low) / length


def _normal(ends: Array, draws: int, seed: int, name: str) -> Array:
    """A number from its 90 % interval, normal; the same luck for the same name, seed and draw."""
    from ripeness.world.arithmetic import normal_block
    from ripeness.world.chance import INPUT, stable_id, uniforms

    low, high = float(ends[0]), float(ends[1])
    if low == high:
        return np.full(draws, low)
    luck, out = np.empty((4, draws)), np.empty(draws)
    uniforms(seed, np.arange(draws, dtype=np.uint64), 0, INPUT, stable_id(name), luck)
    normal_block(luck[0], out, np.empty(draws))
    return (low + high) / 2 + out * ((high - low) / 2 / Z90)


def _answers(rule: Rule, council: _Council, notes: list[str]) -> tuple[Answer, ...]:
    """What one rule decides on every issue, back in the table's unit."""
    from ripeness.decision.rule import CAPTOR, DEFAULTS, QUOTA, ROUNDS

    issues, factions, draws = council.position.shape
    used = int(max(1, min(draws, EFFORT / _steps(rule, issues, factions))))
    if used < draws:
        notes.append(f"{rule.name}: {used} draws only, the table is large")
    settings = np.repeat(DEFAULTS[:, None], used, axis=1)
    settings[QUOTA], settings[CAPTOR] = council.quota, council.captor
    ends = council.table.ends
    length = np.where(ends[:, 1] > ends[:, 0], ends[:, 1] - ends[:, 0], 1.0)
    rounds = int(DEFAULTS[ROUNDS]) if rule.rounds else 1
    out = np.empty((issues, rounds, used))
    (rule.rounds or rule.kernel)(
        np.ascontiguousarray(council.power[:, :used]),
        np.ascontiguousarray(council.salience[..., :used]),
        np.ascontiguousarray(council.position[..., :used]),
        np.zeros(factions, dtype=np.bool_),
        council.leader,
        np.full(used, council.leader_weight),
        np.repeat((council.status_quo - ends[:, 0])[:, None] / length[:, None], used, axis=1),
        settings,
        out if rule.rounds else out[:, 0],
    )
    back = ends[:, 0, None, None] + out * length[:, None, None]
    low, high = np.quantile(back[:, -1], ENDS, axis=-1)
    middle = np.median(back, axis=-1)
    return tuple(
        Answer(rule.name, float(middle[i, -1]), float(low[i]), float(high[i]), _told(middle[i]) if rule.rounds else ())
        for i in range(issues)
    )


def _steps(rule: Rule, issues: int, factions: int) -> float:
    """About how many steps a rule takes for one draw: only its order of growth matters."""
    if rule.joint:
        return float(issues**3 * factions**3)
    return float(issues * factions**3 * (24 if rule.rounds else 1))


def _told(rounds: Array) -> tuple[float, ...]:
    """The outcomes of the rounds as plain numbers."""
    return tuple(float(value) for value in rounds)


def write_csv(decided: Decided, path: str | Path) -> Path:
    """Write one row for each issue and rule, whole or not at all; texts that a spreadsheet would run are escaped.

    Raises: Fault where the file cannot be written.
    """
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(["issue", "rule", "outcome", "low", "high", "rounds"])
    for issue in decided.issues:
        for answer in issue.rules:
            told = " ".join(f"{value:.10g}" for value in answer.rounds)
            writer.writerow([safe(issue.issue), answer.rule, answer.outcome, answer.low, answer.high, told])
    write_file(Path(path), text.getvalue())
    return Path(path)
