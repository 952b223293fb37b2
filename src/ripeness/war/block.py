"""A block: the runs that are simulated together, in one piece of memory, as the records that stages read.

Runs that still fight stand first. One that ends changes places with the last that fights and stays there as it was, so
that no stage works on what is over and nothing has to be copied away.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripeness.scenario.armed_polities import PRINCIPALS
from ripeness.war import agenda_state, happening_state, state
from ripeness.war.camp_state import CAMP
from ripeness.war.state import BLOCK
from ripeness.war.variable import BELLIGERENT, EVERY, PATRON, WORD, record
from ripeness.world.compiled import compiled, inlined

if TYPE_CHECKING:
    from collections.abc import Iterator

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Record = np.record
Records = Any  # np.recarray: for the type checker a slice of one would be an array without names

VARIABLES = {
    "shared": state.SHARED,
    "camps": CAMP,
    "parameters": state.PARAMETERS,
    "polities": state.POLITY,
    "factions": state.FACTION,
    "issues": agenda_state.ISSUE_FACTS,
    "responses": agenda_state.RESPONSE,
    "events": happening_state.EVENT,
    "effects": happening_state.EFFECT,
}
RECORDS = {name: record(variables, BLOCK) for name, variables in VARIABLES.items()}
SIZES = {name: kind.itemsize // WORD for name, kind in RECORDS.items()}  # words of a record
FIELDS = {
    part: {v.name: (v.kind, RECORDS[part].fields[v.name][1] // WORD, v.shape) for v in variables if not v.fact}  # type: ignore[index]
    for part, variables in VARIABLES.items()
}  # of each quantity of a part: its kind, its first word in a record, and the shape in front of the runs
MATRICES = {"stances": tuple(v.name for v in agenda_state.STANCE), "issues": tuple(v.name for v in agenda_state.ISSUE)}
RULE, FLOW, PATHWAY = record(happening_state.RULE, 1), record(happening_state.FLOW, 1), record(state.PATHWAY, 1)


class State(NamedTuple):
    """A block as compiled stages read it.

    Shapes: memory (words,), all of it; run_rows (Q,), where in it each quantity's runs begin; shared and parameters one
    record, camps two, the others one for each polity, faction and so on; stated, position, salience (stances, BLOCK),
    decided and reference (issues, BLOCK), powers (most factions of a polity, BLOCK), which rules of decision read.
    """

    memory: Array
    run_rows: Whole
    shared: Record
    camps: Records
    parameters: Record
    polities: Records
    factions: Records
    issues: Records
    responses: Records
    events: Records
    effects: Records
    rules: Records
    flows: Records
    stated: Array
    position: Array
    salience: Array
    decided: Array
    reference: Array
    powers: Array


class Agenda(NamedTuple):
    """A polity's issues as stages read them.

    Shapes: issues (I,), their facts; stated, position, salience (I, F, BLOCK); decided, reference (I, BLOCK).
    """

    issues: Records
    stated: Array
    position: Array
    salience: Array
    decided: Array
    reference: Array


@inlined
def factions_of(state: State, n: int) -> Records:
    """The factions of one polity."""
    return state.factions[state.polities[n].first_faction : state.polities[n].end_faction]


@inlined
def agenda_of(state: State, n: int) -> Agenda:
    """The issues of one polity."""
    polity = state.polities[n]
    first, end = polity.first_stance, polity.end_stance
    shape = (polity.end_issue - polity.first_issue, polity.end_faction - polity.first_faction, state.stated.shape[1])
    return Agenda(
        state.issues[polity.first_issue : polity.end_issue],
        state.stated[first:end].reshape(shape),
        state.position[first:end].reshape(shape),
        state.salience[first:end].reshape(shape),
        state.decided[polity.first_issue : polity.end_issue],
        state.reference[polity.first_issue : polity.end_issue],
    )


@compiled
def swap_runs(memory: Array, run_rows: Whole, ended: Whole, running: Whole) -> None:
    """Let runs change places in all that they have. Shapes: ended, running (K,), places of a block."""
    for n in range(run_rows.shape[0]):
        row = memory[run_rows[n] : run_rows[n] + BLOCK]
        for k in range(ended.shape[0]):
            row[ended[k]], row[running[k]] = row[running[k]], row[ended[k]]


class PolitySlices(NamedTuple):
    """Where what belongs to one polity stands among what belongs to all."""

    factions: slice
    issues: slice
    stances: slice
    responses: slice


@dataclass(frozen=True, slots=True)
class BlockLayout:
    """Where everything stands in the blocks of a war; made once.

    `counts` says how many there are of each part (RECORDS and matrices), `starts` the word where it begins, `polities`
    what of it belongs to whom. Shapes: fact_words, fact_values: words of memory and what stands there, the same in
    every block; run_rows (Q,), where the runs begin of everything that runs take along.
    """

    counts: dict[str, int]
    starts: dict[str, int]
    words: int
    rules: Records
    flows: Records
    polities: tuple[PolitySlices, ...] = ()
    fact_words: Whole = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    fact_values: Whole = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    run_rows: Whole = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    def block(self, n_runs: int) -> Block:
        """A new block with so many runs, all at 0."""
        memory = np.zeros(self.words)
        memory.view(np.int64)[self.fact_words] = self.fact_values
        block = Block(self, memory)
        block.n_runs = n_runs
        return block


class Block:
    """A block as Python reads it: quantities by name (`rows`), and the records that stages read (`state`)."""

    def __init__(self, layout: BlockLayout, memory: Array) -> None:
        self.layout, self.memory = layout, memory
        parts: dict[str, Any] = {name: self._part(name) for name in layout.starts}
        self.shared, self.parameters = parts["shared"][0], parts["parameters"][0]
        parts |= {"memory": memory, "run_rows": layout.run_rows, "rules": layout.rules, "flows": layout.flows}
        parts |= {"shared": self.shared, "parameters": self.parameters}
        self.state = State(**parts)
        self.views: dict[tuple[object, str], Array] = {}  # what has been asked for by name, see situation.py
        self._n_runs = self.memory.view(np.int64)[address(layout, "shared", 0, "n_runs") :][:1]

    def _part(self, name: str) -> Records | Array:
        start, count = self.layout.starts[name], self.layout.counts[name]
        if name not in RECORDS:
            return self.memory[start : start + count * BLOCK].reshape(count, BLOCK)
        return self.memory[start : start + count * SIZES[name]].view(RECORDS[name]).view(np.recarray)

    def rows(self, part: str, name: str) -> Array:
        """A quantity of all records of a part, or all rows of a matrix. Shapes: returns (count, ..., BLOCK), a view."""
        if part not in RECORDS:
            return cast("Array", self._part(part))
        start, count = self.layout.starts[part], self.layout.counts[part]
        kind, offset, shape = FIELDS[part][name]
        records = self.memory[start : start + count * SIZES[part]].reshape(count, SIZES[part])
        rows: Array = records[:, offset : offset + prod(shape) * BLOCK].view(kind).reshape(count, *shape, BLOCK)
        return rows

    @property
    def n_runs(self) -> int:
        """How many runs are in it."""
        return int(self._n_runs[0])

    @n_runs.setter
    def n_runs(self, runs: int) -> None:
        self._n_runs[0] = runs


def lay_out(counts: dict[str, int], most_factions: int, rules: Records, flows: Records) -> BlockLayout:
    """Give everything of a war its place; facts and the rows that runs have are filled in by `finish`."""
    starts, words = {}, 0
    counts = {"shared": 1, "camps": PRINCIPALS, "parameters": 1, **counts}
    places = {name: counts[name] for name in RECORDS}
    places |= {row: counts[group] for group, rows in MATRICES.items() for row in rows}
    places["powers"] = most_factions
    for name, count in places.items():
        starts[name] = words
        words += count * (SIZES[name] if name in RECORDS else BLOCK)
    return BlockLayout(places, starts, words, rules, flows)


def finish(layout: BlockLayout, template: Block, polities: tuple[PolitySlices, ...], belligerents: int) -> BlockLayout:
    """The same layout, knowing the facts that stand in a template, whose they are, and which rows hold runs."""
    counts, starts = tuple(layout.counts.items()), tuple(layout.starts.items())
    fighting = polities[belligerents - 1].factions.stop
    fact_words, run_rows = _words_and_rows(counts, starts, belligerents, fighting)
    values = template.memory.view(np.int64)[fact_words]
    return replace(layout, polities=polities, fact_words=fact_words, fact_values=values, run_rows=run_rows)


@lru_cache(maxsize=64)
def _words_and_rows(
    counts: tuple[tuple[str, int], ...], starts: tuple[tuple[str, int], ...], belligerents: int, fighting: int
) -> tuple[Whole, Whole]:
    """Where facts stand, and where the runs of each quantity begin; many wars have blocks of the same shape."""
    layout = BlockLayout(dict(counts), dict(starts), 0, (), ())
    fact_words = np.array(list(_fact_words(layout)), dtype=np.int64)
    run_rows = np.array(list(_run_rows(layout, belligerents, fighting)), dtype=np.int64)
    return fact_words, run_rows


def address(layout: BlockLayout, part: str, number: int, name: str, row: int = 0) -> int:
    """The word of memory where the runs of one quantity begin, as effects and interventions name it.

    `part` is the record's name ("polities") and `number` which of them; `row` where the quantity has several.
    """
    if part not in RECORDS:
        return layout.starts[part] + number * BLOCK
    offset = RECORDS[part].fields[name][1] // WORD  # type: ignore[index]
    return layout.starts[part] + number * SIZES[part] + offset + row * BLOCK


def _fact_words(layout: BlockLayout) -> Iterator[int]:
    for part, variables in VARIABLES.items():
        kind = RECORDS[part]
        for n in range(layout.counts[part]):
            offsets = {kind.fields[v.name][1] // WORD for v in variables if v.fact}  # type: ignore[index]
            yield from (layout.starts[part] + n * SIZES[part] + offset for offset in sorted(offsets))


def _run_rows(layout: BlockLayout, belligerents: int, fighting: int) -> Iterator[int]:
    """Where the runs of each quantity begin that runs take along; what a polity does not have is left out."""
    for part, variables in VARIABLES.items():
        limit = {"polities": belligerents, "factions": fighting}.get(part, 0)
        for n in range(layout.counts[part]):
            held = {EVERY, BELLIGERENT if n < limit else PATRON}
            for variable in variables:
                if variable.of in held and not variable.fact and not variable.scratch:
                    rows = range(prod(variable.shape))
                    yield from (address(layout, part, n, variable.name, row) for row in rows)
    for names in MATRICES.values():
        for name in names:
            yield from (address(layout, name, n, name) for n in range(layout.counts[name]))


def new_records(part: str, count: int = 1, **values: ArrayLike) -> Records:
    """Some records by themselves, to try one stage on: quantities set to a number, or to one for each record.

    >>> factions = new_records("factions", 2, power=[0.6, 0.4])
    >>> factions[1].power[:3].tolist()
    [0.4, 0.4, 0.4]
    """
    records = np.zeros(count, RECORDS[part]).view(np.recarray)
    for name, value in values.items():
        row = records[name]
        row[...] = np.reshape(np.broadcast_to(value, count), (count,) + (1,) * (row.ndim - 1))
    return records
