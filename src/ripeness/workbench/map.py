"""Map: what drives what in a scenario, and how much each causal link carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.study.causal_map.causal_map import CausalMap, causal_map
from ripeness.war.pathway import NAMES
from ripeness.workbench.aimed import Progress, Tabled, aim, checked
from ripeness.workbench.asked import ask
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from numpy.typing import ArrayLike
    from rich.console import RenderableType

DRAWS = 4_000  # of each of some thirty runs: paired differences are then known to about a percentage point


@dataclass(frozen=True, repr=False)
class Mapped(Tabled):
    """The causal map of a scenario, measured."""

    told: CausalMap

    def sentence(self) -> str:
        """The answer in one sentence."""
        from ripeness.show.map_tables import sentence

        return sentence(self.told, self.names())

    def layout(self) -> RenderableType:
        """The tables."""
        from ripeness.show.map_tables import tables

        return tables(self.told, self.names())

    def found(self) -> Any:
        """The study's values."""
        return self.told

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every cut."""
        return [
            {"link": cut.link, "idle": cut.idle, "moved": cut.moved, "change": cut.change, "error": cut.error}
            | {f"p {name}": p for name, p in cut.shares.items()}
            | {f"mean change {name}": mean for name, mean in cut.means.items()}
            for cut in self.told.measured.cuts
        ]

    def plot(self, *, dark: bool = False) -> Any:
        """The map: causes and effects as a picture, wide arrows carrying much."""
        from ripeness.show.charts.causal_map import map_picture

        return map_picture(self.told, self.names(), self.asked.scenario.title, dark=dark)


def map(  # noqa: A001  (the verb is called so on the command line)
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
    links: Sequence[str] = (),
    weights: ArrayLike | None = None,
    progress: Progress | None = None,
) -> Mapped:
    """Draw the causal map that a scenario implies, and cut its links one at a time to see what each carries.

    `links`: cut only these; none named: all.

    Raises: Fault for what cannot be read, an unknown outcome or link, or a month beyond the horizon.

    >>> map("japan-1945", month=3, draws=64, links=["fate->terms"]).told.measured.cuts[0].link
    'fate->terms'
    """
    for link in links:
        if link not in NAMES:
            near = get_close_matches(link, NAMES, n=1, cutoff=0.4)
            hint = f"did you mean '{near[0]}'?" if near else f"links are {', '.join(NAMES)}"
            raise Fault(f"--link: '{link[:60]}' is not a causal link of the model; {hint}")
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
    place = aim(asked, outcome, month, draws * (1 + len(links or NAMES)), progress)
    told = causal_map(
        place.war(),
        asked.scenario,
        place.target,
        lambda cuts, watch: place.beside({}, cuts=cuts, watch=watch),
        draws,
        links=tuple(links) or NAMES,
        weights=checked(weights, draws),
    )
    return Mapped(asked, told)
