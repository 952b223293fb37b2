"""What if: other numbers, or causal links cut, beside the war as stated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.ensemble.design import DRAWS
from ripeness.study.tally import Difference, Share
from ripeness.study.whatif import Change, WhatIf
from ripeness.study.whatif import whatif as compare
from ripeness.war.pathway import NAMES
from ripeness.workbench.asked import ask
from ripeness.workbench.told import Told
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from numpy.typing import ArrayLike
    from rich.console import RenderableType

CHANGED = "changed"


@dataclass(frozen=True, repr=False)
class Arms(Told):
    """Several arms on the same draws, compared."""

    told: WhatIf

    def sentence(self) -> str:
        """What the arms change most."""
        from ripeness.show.whatif_tables import sentence

        return sentence(self.told)

    def layout(self) -> RenderableType:
        """The tables."""
        from ripeness.show.whatif_tables import tables

        return tables(self.told)

    def found(self) -> Any:
        """The study's values."""
        return self.told

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every outcome and every measure of every arm."""
        return [
            row
            for arm in self.told.arms
            for row in (
                *(
                    _row(arm.name, one.outcome, one.polity, "share", one.share.p, one.share, one.more)
                    for one in arm.outcomes
                ),
                *(
                    _row(arm.name, one.measure, one.polity, one.unit, one.mean.mean, one.mean, one.more)
                    for one in arm.measures
                ),
            )
        ]

    def plot(self, *, dark: bool = False) -> Any:
        """Differences of the outcomes, with their errors."""
        from ripeness.show.charts.arms import arm_differences

        return arm_differences(self.told, self.asked.scenario.title, dark=dark)


def _row(
    arm: str, what: str, polity: str | None, unit: str, value: float, ends: Share | Difference, more: Difference
) -> dict[str, Any]:
    return {
        "arm": arm,
        "what": what,
        "polity": polity or "",
        "unit": unit,
        "value": value,
        "low": ends.low,
        "high": ends.high,
        "more": more.mean,
        "more low": more.low,
        "more high": more.high,
    }


def whatif(
    case_or_path: str | Path,
    changes: Mapping[str, object] | None = None,
    *,
    cuts: Sequence[str] = (),
    arms: Sequence[Change] = (),
    coding: str | None = None,
    reading: str = "factional",
    draws: int = DRAWS,
    seed: int = 1,
    horizon: int | None = None,
    evidence: bool = False,
    as_of: date | str | None = None,
    observe: Sequence[str] = (),
    weights: ArrayLike | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Arms:
    """Compare a war with itself under other numbers (by path, written as in a scenario file) or with links cut.

    `changes` and `cuts` make one arm; `arms` are further ones.

    Raises: Fault for an unknown path or link (with the nearest), a value that does not fit, or nothing to compare.

    >>> answer = whatif("japan-1945", {"talks.mediation": 2}, draws=64, horizon=3)
    >>> len(answer.told.arms)
    2
    """
    wanted = [*([Change(CHANGED, dict(changes or {}), tuple(cuts))] if changes or cuts else []), *arms]
    if not wanted:
        raise Fault(
            "nothing is changed; say --set PATH=VALUE or --cut LINK (`--list links` and `--list numbers` show them)"
        )
    names = [one.name for one in wanted]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise Fault(f"two arms are called '{min(twice)}'; give each a name of its own")
    asked = ask(
        case_or_path,
        coding=coding,
        reading=reading,
        draws=draws,
        seed=seed,
        horizon=horizon,
        evidence=evidence,
        as_of=as_of,
        observe=observe,
    )
    return Arms(
        asked, compare(asked.scenario, wanted, asked.design, weights=weights, progress=progress, **asked.conditions())
    )


def links() -> tuple[str, ...]:
    """The causal links that can be cut, by name."""
    return NAMES


def numbers(case_or_path: str | Path, coding: str | None = None) -> dict[str, tuple[float, float, float, str]]:
    """Every number that can be set, by path: 5 %, middle and 95 % point, and the unit; the laws among them.

    Raises: Fault where the scenario cannot be read.
    """
    from ripeness.scenario.address import quantities
    from ripeness.scenario.law import default_laws

    scenario = ask(case_or_path, coding=coding).scenario
    found = {f"laws.{name}": law for name, law in default_laws().items()} | quantities(scenario)
    return {path: (*one.interval(), one.unit) for path, one in found.items()}
