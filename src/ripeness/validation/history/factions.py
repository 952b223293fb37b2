"""Factions of a past war, whom nobody coded: how far they differ from the country, and how much the leader counts.

1. The country's own interests are drawn once a run and polity.
2. A faction's number is the country's, moved by the gap times the distance between the typical faction of its archetype
   and the typical country. At a gap of 0 all factions of a polity are alike, at 1 they differ as archetypes do.
3. A partner is another country: it draws interests of its own.
4. The leader's weight is one number for all polities, moved by a slope where leaders are more or less accountable.
Both coefficients are drawn to the case in which factions tell nothing, so that it takes the record to move them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.polity_form import PolityForm
from ripeness.validation.history.coding import Kind, gap_numbers, leadership_of, partners_of, scenario_of
from ripeness.world.quantity import Quantity, Scale

Array = NDArray[np.float64]
LEAST = 1e-9  # of a positive number or a share: both have a logarithm


def faction_overrides(kind: Kind, values: Mapping[str, Array], draw: Callable[[str], Array]) -> dict[str, Array]:
    """What every run's factions are set to, by path. `draw` gives uniform random numbers under a name.

    Shapes: values by name (R,), the coefficients of the coding among them; draw returns (R,); returns each (R,).
    """
    overrides: dict[str, Array] = {}
    polities = scenario_of(kind).polities
    for (key, polity), side in zip(polities.items(), kind[1:], strict=True):
        for path, value in _interests(polity, partners_of(side), values["hawk_dove_gap"], key, draw):
            overrides[f"polities.{key}.factions.{path}"] = value
        overrides[f"polities.{key}.conduct.leader_weight"] = moved_share(
            values["leader_weight"], values["leader_weight_slope"] * leadership_of(side)["steps"]
        )
    return overrides


def _interests(
    polity: PolityForm, partners: tuple[str, ...], gap: Array, key: str, draw: Callable[[str], Array]
) -> Iterator[tuple[str, Array]]:
    """Every faction's numbers, by path within the factions of a polity."""
    for number in gap_numbers():
        part, name = number.split(".")
        country: Quantity = _numbers(polity.country, part)[name]
        interests = country.quantile(draw(f"{key}/{number}"))
        for faction, form in polity.factions.items():
            if faction in partners:
                yield f"{faction}.{number}", country.quantile(draw(f"{key}/{faction}/{number}"))
            else:
                yield f"{faction}.{number}", moved(interests, country, _numbers(form, part)[name], gap)


def _numbers(form: object, part: str) -> Mapping[str, Quantity]:
    """The traits or the positions of a faction or a country, by name."""
    numbers = getattr(form, part)
    return numbers if isinstance(numbers, dict) else vars(numbers)


def moved(interests: Array, country: Quantity, faction: Quantity, gap: Array) -> Array:
    """The country's number moved towards a faction's typical one, by the gap, on the scale on which both are written.

    Shapes: interests, gap (R,); returns (R,).

    >>> country = Quantity("point", (1.0,), 0.0, 9.0, "stakes", Scale.LOG)
    >>> hawk = Quantity("point", (2.0,), 0.0, 9.0, "stakes", Scale.LOG)
    >>> moved(np.ones(3), country, hawk, np.array([0.0, 1.0, 2.0])).tolist()
    [1.0, 2.0, 4.0]
    """
    low, high = country.low, country.high
    if country.scale is Scale.LOG and faction.scale is Scale.LOG:
        value = interests * (max(faction.centre, LEAST) / max(country.centre, LEAST)) ** gap
    elif country.scale is Scale.LOGIT and faction.scale is Scale.LOGIT:
        value = moved_share(interests, gap * float(np.diff(_log_odds(np.array([country.centre, faction.centre])))[0]))
    else:
        value = interests + gap * (faction.centre - country.centre)
    return np.clip(value, low, high)


def moved_share(share: Array, steps: Array) -> Array:
    """A share moved by some log odds. Shapes: (R,).

    >>> moved_share(np.array([0.5, 0.5]), np.array([0.0, np.log(3)])).round(2).tolist()
    [0.5, 0.75]
    """
    return np.asarray(1 / (1 + np.exp(-_log_odds(share) - steps)))


def _log_odds(share: Array) -> Array:
    inside = np.clip(share, LEAST, 1 - LEAST)
    return np.asarray(np.log(inside) - np.log1p(-inside))
