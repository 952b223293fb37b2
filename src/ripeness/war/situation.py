"""The situation: the state of some wars at one moment, as Python reads and writes it.

Every quantity of state.py is found here by its name, with the runs in the last axis: `polity.deaths` is (R,), what its
factions have (F, R), what they want on issues (I, F, R), what is decided (I, R). Where the runs stand in one block a
quantity is the block's own memory and can be written; where they stand in several it is a copy, put together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ripeness.war import state
from ripeness.war.block import MATRICES, VARIABLES, Array, Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ripeness.war.block import Record, Records

NAMES = {part: frozenset(variable.name for variable in variables) for part, variables in VARIABLES.items()}


class View:
    """Quantities by name, put together over blocks; each kind of view says where it finds them in one block."""

    __slots__ = ("blocks",)
    blocks: Sequence[Block]

    def __getattr__(self, name: str) -> Array:
        """A quantity, with the runs in the last axis."""
        parts = [self._rows(block, name)[..., : block.n_runs] for block in self.blocks]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)

    def __setattr__(self, name: str, values: Array | NDArray[np.int64] | float) -> None:
        """Write a quantity of the runs of one block."""
        (block,) = self.blocks
        self._rows(block, name)[..., : block.n_runs] = values

    def _rows(self, block: Block, name: str) -> Array:
        """Where a quantity stands in one block, with the runs in the last axis."""
        raise NotImplementedError


class Parameters(View):
    """The model's coefficients."""

    __slots__ = ()

    def __init__(self, blocks: Sequence[Block]) -> None:
        object.__setattr__(self, "blocks", blocks)

    def _rows(self, block: Block, name: str) -> Array:
        return _quantity(block.parameters, name, "parameters")


class Shared(View):
    """What the two belligerents share: the front in the first one's frame, the talks, and which events have happened."""

    __slots__ = ("parameters",)
    parameters: Parameters

    def __init__(self, blocks: Sequence[Block]) -> None:
        object.__setattr__(self, "blocks", blocks)
        object.__setattr__(self, "parameters", Parameters(blocks))

    def _rows(self, block: Block, name: str) -> Array:
        if name in NAMES["events"]:
            return _quantity(block.state.events, name, "events")
        return _quantity(block.shared, name, "shared")


class Polity(View):
    """One polity's inside: who has power, who wants what, what is decided. Patrons have this and a little more."""

    __slots__ = ("number",)
    number: int

    def __init__(self, blocks: Sequence[Block], number: int) -> None:
        object.__setattr__(self, "blocks", blocks)
        object.__setattr__(self, "number", number)

    def record(self, block: Block) -> Record:
        """Its own quantities in one block, as stages read them."""
        found: Record = block.state.polities[self.number]
        return found

    def factions(self, block: Block) -> Records:
        """Its factions in one block, as stages read them."""
        own = self.record(block)
        return block.state.factions[own.first_faction : own.end_faction]

    def _rows(self, block: Block, name: str) -> Array:
        own = self.record(block)
        if name in MATRICES["stances"]:
            rows: Array = getattr(block.state, name)[own.first_stance : own.end_stance]
            return rows.reshape(own.end_issue - own.first_issue, own.end_faction - own.first_faction, -1)
        if name in MATRICES["issues"]:
            decided: Array = getattr(block.state, name)[own.first_issue : own.end_issue]
            return decided
        if name in NAMES["factions"] and name not in NAMES["polities"]:
            return _quantity(self.factions(block), name, "factions")
        if name == "strength":
            return _quantity(block.state.responses[own.first_response : own.end_response], name, "responses")
        return _quantity(own, name, "polities")


class Belligerent(Polity):
    """A polity that fights, with its means, losses and beliefs."""

    __slots__ = ()


class Patron(Polity):
    """A polity that helps or hinders from outside."""

    __slots__ = ()


class Situation:
    """Some wars at one moment, in one block or in several."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.shared = Shared(blocks)
        many = len(blocks[0].state.polities)
        self.sides: list[Polity] = [(Belligerent if n < state.SIDES else Patron)(blocks, n) for n in range(many)]

    @property
    def parameters(self) -> Parameters:
        """The model's coefficients."""
        return self.shared.parameters

    def belligerents(self) -> tuple[Belligerent, Belligerent]:
        """The two that fight, the first one first."""
        first, second = self.sides[: state.SIDES]
        if not isinstance(first, Belligerent) or not isinstance(second, Belligerent):
            msg = "a war has two belligerents, listed first"
            raise TypeError(msg)
        return first, second


def _quantity(records: Record | Records, name: str, part: str) -> Array:
    if name not in NAMES[part]:
        msg = f"{part} have no quantity '{name}'"
        raise AttributeError(msg)
    rows: Array = getattr(records, name)
    return rows
