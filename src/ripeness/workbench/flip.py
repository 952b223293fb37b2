"""Flip: the smallest plausible changes that make an outcome the most likely one, each confirmed by its own run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.ensemble.design import DRAWS
from ripeness.scenario.address import quantities
from ripeness.scenario.law import default_laws
from ripeness.scenario.schema import Scenario
from ripeness.study.flipping.flip import ANSWERS, FEW, Flipped
from ripeness.study.flipping.flip import flip as search
from ripeness.workbench.aimed import Progress, Tabled, aim, checked
from ripeness.workbench.asked import ask
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ripeness.show.table import Layout

LATE = True  # without a month it asks by the horizon
TRIALS = 45  # trial runs that a search usually takes: what progress is reckoned on


@dataclass(frozen=True, repr=False)
class Flips(Tabled):
    """Changes that flip the order of outcomes."""

    told: Flipped

    def sentence(self) -> str:
        """The answer in one sentence."""
        from ripeness.show.flip_tables import sentence

        return sentence(self.told, self.names())

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.flip_tables import tables

        return tables(self.told, self.names())

    def found(self) -> Any:
        """The study's values."""
        return self.told

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every move of every answer."""
        every = [*self.told.answers, *([self.told.nearest] if self.told.nearest else [])]
        return [
            {
                "answer": n,
                "flips": one.margin > 0,
                "size": one.size,
                "p": one.p,
                "rival": one.rival,
                "rival_p": one.rival_p,
                "path": move.path,
                "name": move.name,
                "value": move.value,
                "distance": move.distance,
                "low": move.low,
                "median": move.median,
                "high": move.high,
                "unit": move.unit,
            }
            for n, one in enumerate(every, 1)
            for move in one.moves
        ]

    def plot(self, *, dark: bool = False) -> Any:
        """How far each answer moves each assumption."""
        from ripeness.show.charts.flips import flip_bars

        return flip_bars(self.told, self.names(), self.asked.scenario.title, dark=dark)


def flip(
    case_or_path: str | Path,
    *,
    outcome: str = "settlement",
    month: float | None = None,
    coding: str | None = None,
    reading: str = "factional",
    draws: int = DRAWS,
    seed: int = 1,
    horizon: int | None = None,
    changes: Mapping[str, object] | None = None,
    evidence: bool = False,
    as_of: date | str | None = None,
    observe: Sequence[str] = (),
    answers: int = ANSWERS,
    without: Sequence[str] = (),
    weights: ArrayLike | None = None,
    progress: Progress | None = None,
) -> Flips:
    """Find the smallest changes of one, two or three assumptions that make an outcome the most likely by a month.

    Without a month: by the horizon. `without`: beginnings of paths that are not to be moved, such as `laws.`.

    Raises: Fault for what cannot be read, an unknown outcome, or a month beyond the horizon.

    >>> flip("japan-1945", outcome="victory:united-states", draws=256, month=30).told.already
    True
    """
    if not 1 <= answers <= 10:
        raise Fault(f"--answers: {answers} is not 1 to 10")
    asked = ask(
        case_or_path,
        coding=coding,
        reading=reading,
        draws=draws,
        seed=seed,
        horizon=horizon,
        changes=changes,
        evidence=evidence,
        as_of=as_of,
        observe=observe,
    )
    expected = draws * (1 + 2 * answers) + min(FEW, draws) * TRIALS
    _check_left_alone(without, asked.scenario)
    place = aim(asked, outcome, month, expected, progress, late=LATE)
    told = search(
        asked.scenario,
        place.target,
        place.beside,
        draws,
        answers=answers,
        without=tuple(without),
        weights=checked(weights, draws),
    )
    return Flips(asked, told)


def _check_left_alone(without: Sequence[str], scenario: Scenario) -> None:
    """A beginning that no number has would leave nothing alone."""
    known = [f"laws.{name}" for name in default_laws()] + [*quantities(scenario)]
    for one in without:
        if not one or not any(path.startswith(one) for path in known):
            heads = {".".join(path.split(".")[:many]) + "." for path in known for many in (1, 2, 3, 4)}
            near = get_close_matches(one, sorted(heads), n=1, cutoff=0.4)
            hint = f"did you mean '{near[0]}'?" if near else "such as laws. or polities.NAME."
            raise Fault(f"--without: no number's path begins with '{one[:80]}'; {hint}")
