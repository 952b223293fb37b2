"""Who fights a war in a producer's file: which of its names stand for which polity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ripeness.world.fault import ArgumentFault, Fault, Place
from ripeness.world.wording import join_words

SHOWN = 6  # pairs of sides that a fault lists


@dataclass(frozen=True, slots=True)
class Belligerents:
    """Names of a producer by polity; a name counts where it is a part of the producer's, in any letter case.

    >>> sides = Belligerents.read(["north=Government of the North", "rebels=FPR", "rebels=FPL"])
    >>> sides.polity("FPL - Free"), sides.polity("Civilians"), sides.polities
    ('rebels', '', ('north', 'rebels'))
    """

    names: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, stated: Sequence[str]) -> Belligerents:
        """Read POLITY=NAME.

        Raises: ArgumentFault for anything else.
        """
        names: dict[str, tuple[str, ...]] = {}
        for text in stated:
            polity, sign, name = (part.strip() for part in text.partition("="))
            if not (polity and sign and name):
                raise ArgumentFault("side", f" {text!r:.60}: write POLITY=NAME, such as 'north=Army of the North'")
            names[polity] = (*names.get(polity, ()), name.casefold())
        return cls(names)

    @property
    def polities(self) -> tuple[str, ...]:
        """The polities, in the order in which they were named."""
        return tuple(self.names)

    def polity(self, *actors: str) -> str:
        """The polity for which the first of some actors' names stands that stands for any; empty where none does.

        Raises: ArgumentFault where a name stands for two.
        """
        for actor in actors:
            folded = actor.casefold()
            matches = [polity for polity, names in self.names.items() if any(name in folded for name in names)]
            if len(matches) > 1:
                raise ArgumentFault("side", f": '{actor[:60]}' stands for {join_words(matches)}; name it more exactly")
            if matches:
                return matches[0]
        return ""


def one_pair(pairs: Mapping[tuple[str, str], float], heading: Place) -> Belligerents:
    """The sides of a file that tells of one pair alone, under their own names.

    Raises: Fault that lists the pairs where there are several.
    """
    if len(pairs) == 1:
        return Belligerents({name: (name.casefold(),) for name in next(iter(pairs))})
    listed = sorted(pairs.items(), key=lambda pair: -pair[1])[:SHOWN]
    names = "; ".join(f"{first} and {second} ({deaths:,.0f} deaths)" for (first, second), deaths in listed)
    more = f"; and {len(pairs) - SHOWN} more" if len(pairs) > SHOWN else ""
    raise Fault(
        f"it tells of {len(pairs)} pairs of sides: {names}{more}; say who fights with --side POLITY=NAME, "
        "twice or more, or choose with --conflict",
        heading,
    )


def totals_by_pair(rows: Iterable[tuple[str, str, float]]) -> dict[tuple[str, str], float]:
    """Deaths by pair of sides, whichever is named first."""
    totals: dict[tuple[str, str], float] = {}
    for first, second, deaths in rows:
        key = (second, first) if (second, first) in totals else (first, second)
        totals[key] = totals.get(key, 0.0) + deaths
    return totals
