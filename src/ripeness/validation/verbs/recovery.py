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

BOUNDS = {
    "polities": (8, 2_000),
    "choices": (1, 1_000),
    "options": (2, 8),
    "particles": (100, 20_000),
    "seed": (0, 2**32 - 1),
}


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
            f"found by {recovery.design.choices} choices alone (guessing: {recovery.by_chance:.0%}), and it is one of "
            f"the two likeliest in {recovery.among_two:.0%}; 90 % intervals hold {recovery.covered:.0%} of the true "
            "shares."
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
                "say_recovered": recovery.say_recovered,
                "say_expected": recovery.say_expected,
                "say_by_chance": recovery.say_by_chance,
                **asdict(recovery.design),
                "polities": self.rows(),
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
    options: int = 3,
    wanted: bool = True,
    leader_known: bool = False,
    particles: int = 400,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> RecoveredPower:
    """Simulate polities whose power is drawn from the flat prior, and infer it from their choices alone.

    `options` of a choice, no more than factions; `wanted`: whether it is on record which option each faction stood
    behind; `leader_known`: whether it is known how often a choice follows the leader.

    Raises: ArgumentFault for a number out of bounds.
    """
    from ripeness.validation.inference.recovery import recover
    from ripeness.validation.inference.simulated_polity import RecoveryDesign

    numbers = {"polities": polities, "choices": choices, "options": options, "particles": particles, "seed": seed}
    for name, value in numbers.items():
        least, most = BOUNDS[name]
        if not least <= value <= most:
            raise ArgumentFault(name, f" is {value}; it can be {least} to {most}")
    design = RecoveryDesign(choices, options=options, wanted=wanted, leader_known=leader_known)
    recovery = recover(polities, design, particles=particles, seed=seed, progress=progress)
    return RecoveredPower(recovery, seed, __version__)
