"""Sense: which assumptions move the answer, how much hangs on each source, and how much is luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.ensemble.design import DRAWS, PER_POINT
from ripeness.study.sensitivity.sense import ASIDE, Sensed, hold_sources
from ripeness.study.sensitivity.sense import sense as measure
from ripeness.study.sensitivity.sobol import cost, sobol
from ripeness.workbench.aimed import Progress, Range, Tabled, aim, checked
from ripeness.workbench.asked import ask
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ripeness.show.table import Layout

HELD = 8  # leading sources whose numbers are also held at their medians, each in a run of its own
TOP = 12  # numbers with a Sobol' index of their own; all others are one group
LEAST_BASE = 16  # smaller designs tell nothing of a dozen numbers
BASE = 128  # size of Sobol's design; a power of two, as the sequence asks for


@dataclass(frozen=True, repr=False)
class Sensing(Tabled):
    """What moves an outcome."""

    told: Sensed

    def sentence(self) -> str:
        """The answer in one sentence."""
        from ripeness.show.sense_tables import sentence

        return sentence(self.told, self.names())

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.sense_tables import tables

        return tables(self.told, self.names())

    def found(self) -> Any:
        """The study's values."""
        return self.told

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every uncertain number, those that never matter included."""
        words = ("sources", "grades")
        return [{k: " ".join(v) if k in words else v for k, v in asdict(one).items()} for one in self.told.numbers]

    def plot(self, *, dark: bool = False) -> Any:
        """Shares of the leading numbers with their intervals, against what chance alone reaches."""
        from ripeness.show.charts.sense import share_bars

        return share_bars(self.told, self.names(), self.asked.scenario.title, dark=dark)


def sense(
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
    held: int = HELD,
    sources: Sequence[str] = (),
    sobol_base: int = 0,
    weights: ArrayLike | None = None,
    progress: Progress | None = None,
) -> Sensing:
    """Say which assumptions move an outcome's probability by a month.

    The `held` leading sources, and those named in `sources`, are also tested by holding their numbers at their medians.
    With a `sobol_base` (a power of two, such as 128) Sobol' indices with interactions are computed on a design of their
    own: base x 14 x 8 further runs.

    Raises: Fault for what cannot be read, an unknown outcome, or a month beyond the horizon.

    >>> sense("japan-1945", month=3, draws=256, held=0).told.points
    32
    """
    if sobol_base and (sobol_base & (sobol_base - 1) or sobol_base < LEAST_BASE):
        raise Fault(f"--sobol: {sobol_base} is not a power of two from {LEAST_BASE} on; try {BASE}")
    if held < 0:
        raise Fault(f"--held: {held} is below none")
    if sobol_base and (evidence or observe):
        raise Fault("--sobol draws a design of its own, which evidence cannot condition; leave out one of the two")
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
    expected_held = draws * (1 + held + len(sources))
    expected = expected_held + (cost(TOP + 1, sobol_base, PER_POINT) if sobol_base else 0)
    place = aim(asked, outcome, month, expected, progress)
    weight = checked(weights, draws)
    _check_sources(sources, place)
    base = place.fight()
    told = measure(base, place.target, weight)
    holding = min(held, sum(group.stands_out for group in told.by("source"))) + len(sources)
    place.expected += draws * (1 + holding) - expected_held
    if told.decided > 0 and holding > 0:
        told = hold_sources(told, base, lambda medians: place.fight(overrides=medians), held, sources)
    if sobol_base and told.decided > 0:
        told = _with_sobol(told, place, sobol_base)
    return Sensing(asked, told)


def _check_sources(sources: Sequence[str], place: Range) -> None:
    """A source on which no number that can move rests cannot be held."""
    known = {key for one in place.war().numbers.values() if one.uncertain for key in one.sources}
    for one in sources:
        if one not in known:
            near = get_close_matches(one, sorted(known), n=1, cutoff=0.5)
            hint = f"did you mean '{near[0]}'?" if near else "`ripeness cite` lists the sources"
            raise Fault(f"--source: no uncertain number rests on a source '{one[:60]}'; {hint}")


def _with_sobol(told: Sensed, place: Range, base: int) -> Sensed:
    numbers = {one.path: place.war().numbers[one.path] for one in told.numbers if not one.path.startswith(ASIDE)}
    leading = [one.path for one in told.numbers[:TOP]]
    found = sobol(
        numbers,
        leading,
        lambda design, values: place.fight(design=design, overrides=values),
        place.target,
        base,
        place.asked.design,
    )
    return replace(told, sobol=found)
