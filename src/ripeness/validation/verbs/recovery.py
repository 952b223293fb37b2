"""Recover: how often the strongest faction of simulated polities is found in their choices, and whether the answer's
probabilities and intervals hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ripeness.store.json_text import plain_value
from ripeness.workbench.notebook import Notebook
from ripeness.world.fault import ArgumentFault
from ripeness.world.version import __version__

if TYPE_CHECKING:
    from ripeness.show.table import Layout
    from ripeness.validation.inference.recovery import Recovery

BOUNDS = {"polities": (8, 2_000), "choices": (1, 1_000), "particles": (100, 20_000), "seed": (0, 2**32 - 1)}


@dataclass(frozen=True, slots=True)
class RecoveredPower(Notebook):
    """What `infer` finds in simulated choices."""

    recovery: Recovery
    seed: int
    version: str

    def __repr__(self) -> str:
        """One line."""
        return f"RecoveredPower({self.sentence()})"

    def sentence(self) -> str:
        """How often the strongest faction is found, beside guessing."""
        recovery = self.recovery
        return (
            f"In {recovery.recovered:.0%} of {len(recovery.polities)} simulated polities the strongest faction is "
            f"found by {recovery.choices} choices alone (guessing: {recovery.by_chance:.0%}), and it is one of the two "
            f"likeliest in {recovery.among_two:.0%}; 90 % intervals hold {recovery.covered:.0%} of the true shares."
        )

    def plain(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        recovery = self.recovery
        share, likelihood = recovery.uniformity()
        return plain_value(
            {
                "sentence": self.sentence(),
                "recovered": recovery.recovered,
                "recovered_error": recovery.recovered_error,
                "expected": recovery.expected,
                "by_chance": recovery.by_chance,
                "among_two": recovery.among_two,
                "loss": recovery.loss,
                "covered": recovery.covered,
                "narrowing": recovery.narrowing,
                "uniform_share_ranks": share,
                "uniform_likelihood_ranks": likelihood,
                **asdict(recovery),
                "seed": self.seed,
                "version": self.version,
            }
        )

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.validation.show.recovery_tables import recovery_tables

        return recovery_tables(self.recovery, self.sentence())

    def rows(self) -> list[dict[str, Any]]:
        """One row a simulated polity."""
        return [asdict(polity) for polity in self.recovery.polities]


def recover_power(
    *,
    polities: int = 48,
    choices: int = 20,
    wanted: bool = True,
    particles: int = 400,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> RecoveredPower:
    """Simulate polities whose power is drawn from the flat prior, and infer it from their choices alone.

    `wanted`: whether it is on record which option each faction stood behind.

    Raises: ArgumentFault for a number out of bounds.
    """
    from ripeness.validation.inference.recovery import recover

    for name, value in {"polities": polities, "choices": choices, "particles": particles, "seed": seed}.items():
        least, most = BOUNDS[name]
        if not least <= value <= most:
            raise ArgumentFault(name, f" is {value}; it can be {least} to {most}")
    recovery = recover(polities, choices, wanted=wanted, particles=particles, seed=seed, progress=progress)
    return RecoveredPower(recovery, seed, __version__)
