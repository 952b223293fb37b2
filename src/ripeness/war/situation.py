"""The situation: the state of some wars at one moment, as Python reads and writes it.

Every quantity of state.py is found here by its name, with the runs in the last axis: `polity.deaths` is (R,), what its
factions have (F, R), what they want on issues (I, F, R), what is decided (I, R). Where the runs stand in one block a
quantity is the block's own memory and can be written; where they stand in several it is a copy, put together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ripeness.war.block import FIELDS, MATRICES, Array, Block
from ripeness.war.state import BLOCK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ripeness.war.block import Record, Records


SHARED, PARAMETERS = -1, -2  # numbers of the views that are of no polity


class View:
    """Quantities by name, put together over blocks; each kind of view says where it finds them in one block."""

    __slots__ = ("blocks", "number")
    blocks: Sequence[Block]
    number: int  # of the polity; below 0 for what belongs to none

    def __init__(self, blocks: Sequence[Block], number: int) -> None:
        object.__setattr__(self, "blocks", blocks)
        object.__setattr__(self, "number", number)

    def __getattr__(self, name: str) -> Array:
        """A quantity, with the runs in the last axis."""
        parts = [self._view(block, name)[..., : block.n_runs] for block in self.blocks]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)

    def __setattr__(self, name: str, values: NDArray[Any] | float) -> None:
        """Write a quantity of the runs of one block."""
        (block,) = self.blocks
        self._view(block, name)[..., : block.n_runs] = values

    def _view(self, block: Block, name: str) -> Array:
        """A quantity in one block, looked up once."""
        view = block.views.get((self.number, name))
        if view is None:
            view = block.views[self.number, name] = self._rows(block, name)
        return view

    def _rows(self, block: Block, name: str) -> Array:
        """Where a quantity stands in one block, with the runs in the last axis."""
        raise NotImplementedError


class Parameters(View):
    """The model's coefficients."""

    __slots__ = ()

    def __init__(self, blocks: Sequence[Block]) -> None:
        super().__init__(blocks, PARAMETERS)

    def _rows(self, block: Block, name: str) -> Array:
        return _quantity(block, "parameters", name)[0]


class Shared(View):
    """What the two belligerents share: the front in the first one's frame, the talks, and the events that happened."""

    __slots__ = ("parameters",)
    parameters: Parameters
    run_ids: NDArray[np.uint64]

    def __init__(self, blocks: Sequence[Block]) -> None:
        super().__init__(blocks, SHARED)
        object.__setattr__(self, "parameters", Parameters(blocks))

    def _rows(self, block: Block, name: str) -> Array:
        return block.rows("events", name) if name in FIELDS["events"] else _quantity(block, "shared", name)[0]


class PolityView(View):
    """One polity's inside: who has power, who wants what, what is decided. Patrons have this and a little more."""

    __slots__ = ()

    def record(self, block: Block) -> Record:
        """Its own quantities in one block, as stages read them."""
        record: Record = block.state.polities[self.number]
        return record

    def factions(self, block: Block) -> Records:
        """Its factions in one block, as stages read them."""
        return block.state.factions[block.layout.polities[self.number].factions]

    def _rows(self, block: Block, name: str) -> Array:
        place = block.layout.polities[self.number]
        if name in FIELDS["polities"]:
            return block.rows("polities", name)[self.number]
        if name in FIELDS["factions"]:
            return block.rows("factions", name)[place.factions]
        if name in MATRICES["stances"]:
            shape = (place.issues.stop - place.issues.start, place.factions.stop - place.factions.start, BLOCK)
            return block.rows(name, name)[place.stances].reshape(shape)
        if name in MATRICES["issues"]:
            return block.rows(name, name)[place.issues]
        return _quantity(block, "responses", name)[place.responses]


class Belligerent(PolityView):
    """A polity that fights, with its means, losses and beliefs."""

    __slots__ = ()

    @property
    def can_splinter(self) -> bool:
        """Whether its forces are shared out over its factions, which may take them along."""
        return bool(self.record(self.blocks[0]).can_splinter)


class Patron(PolityView):
    """A polity that helps or hinders from outside."""

    __slots__ = ()


class Situation:
    """Some wars at one moment, in one block or in several."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.shared = Shared(blocks)
        count, fighting = len(blocks[0].layout.polities), int(blocks[0].shared.belligerents)
        self.sides: list[PolityView] = [(Belligerent if n < fighting else Patron)(blocks, n) for n in range(count)]

    @property
    def parameters(self) -> Parameters:
        """The model's coefficients."""
        return self.shared.parameters

    def belligerents(self) -> tuple[Belligerent, ...]:
        """All that fight: the two principals first, then their armed allies."""
        return tuple(polity for polity in self.sides if isinstance(polity, Belligerent))

    def principals(self) -> tuple[Belligerent, Belligerent]:
        """The two whose war it is, the first one first."""
        first, second, *_ = self.belligerents()
        return first, second


def _quantity(block: Block, part: str, name: str) -> Array:
    if name not in FIELDS[part]:
        msg = f"there is no quantity '{name}'"
        raise AttributeError(msg)
    return block.rows(part, name)
