"""What if: other numbers, or causal links cut, beside the war as stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.workbench.answer import StudyAnswer
from ripeness.workbench.last_day import LastDayQuestion
from ripeness.workbench.parameter import read_changes
from ripeness.workbench.question import Case, Progress, declared, python_function, python_only, question
from ripeness.world.fault import ArgumentFault, Fault

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ripeness.study.weighted_statistics import MeanEstimate, ShareEstimate
    from ripeness.study.whatif import WhatIf, WhatIfChange

CHANGED = "changed"


@question
class WhatIfQuestion(LastDayQuestion["Arms"]):
    """Compare a war with itself under other numbers (by path, written as in a scenario file) or with links cut.

    `changes` and `cuts` make one arm; `presets` and `arms` are further ones, these as changes or written
    `NAME: path=value; cut=link`.
    Outcomes count by the day `by`, if one is given; means of the runs are taken at the end of its step.

    Raises: Fault for an unknown path or link (with the nearest), a value that does not fit, or nothing to compare.

    >>> answer = whatif("japan-1945", {"talks.mediation": 2}, draws=64, horizon=3)
    >>> len(answer.value.arms)
    2
    """

    verb = "whatif"
    summary = "Compare the war with itself under other numbers, or with causal links cut, on the same draws."
    example = 'ripeness whatif ukraine-2023-03 --set talks.mediation=2 --arm "no aid: cut=aid->munitions"'

    changes: Mapping[str, object] | None = declared(
        default=None,
        kw_only=False,
        flags=("--set",),
        suggest="numbers",
        label="Other numbers",
        help="PATH=VALUE: change a number; repeatable.",
    )
    cuts: Sequence[str] = declared(
        default=(),
        flags=("--cut",),
        suggest="links",
        label="Links to cut",
        help="A causal link that carries nothing; repeatable.",
    )
    presets: Sequence[str] = declared(
        default=(),
        flags=("--preset",),
        suggest="presets",
        label="Presets",
        help="A named what-if of the case, such as 'guarantee', as an arm of its own; repeatable.",
    )
    arms: Sequence[WhatIfChange | str] = declared(
        default=(),
        flags=("--arm",),
        expert=True,
        label="Further arms",
        help="A further arm, 'NAME: path=value; cut=link'; repeatable.",
    )
    weights: ArrayLike | None = python_only(default=None)

    def answer(self, progress: Progress | None = None) -> Arms:
        """Simulate the war as stated and under each change."""
        from ripeness.scenario.presets import find_preset
        from ripeness.study.whatif import WhatIfChange
        from ripeness.study.whatif import whatif as compare
        from ripeness.workbench.setup import set_up

        first = [WhatIfChange(CHANGED, dict(self.changes or {}), tuple(self.cuts))] if self.changes or self.cuts else []
        if not (first or self.presets or self.arms):
            raise ArgumentFault(
                "",
                "nothing is changed; say {changes} PATH=VALUE, {cuts} LINK or {presets} NAME "
                "(`ripeness whatif CASE --list links`, `--list numbers` and `--list presets` show them)",
            )
        stated = set_up(replace(self, changes=None))
        named = [find_preset(stated.scenario, name) for name in dict.fromkeys(self.presets)]
        changes = [
            *first,
            *(WhatIfChange(preset.name, dict(preset.changes), preset.cuts) for preset in named),
            *(arm_of(arm) if isinstance(arm, str) else arm for arm in self.arms),
        ]
        names = [change.name for change in changes]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise Fault(f"two arms are called '{min(twice)}'; give each a name of its own")
        setup, month = self.looking_ahead(stated)
        comparison = compare(
            setup.scenario,
            changes,
            setup.design,
            weights=setup.weigh,
            progress=progress,
            month=month,
            **setup.conditions(),
        )
        return Arms(setup, comparison)


@dataclass(frozen=True, repr=False)
class Arms(StudyAnswer):
    """Several arms on the same draws, compared."""

    value: WhatIf
    shown_by: ClassVar[str] = "whatif_tables"
    chart: ClassVar[str] = "arms.arm_differences"  # differences of the outcomes, with their errors

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every outcome and every measure of every arm."""
        return [
            row
            for arm in self.value.arms
            for row in (
                *(
                    _row(
                        arm.name,
                        quantity.outcome,
                        quantity.polity,
                        "share",
                        quantity.share.p,
                        quantity.share,
                        quantity.more,
                    )
                    for quantity in arm.outcomes
                ),
                *(
                    _row(
                        arm.name,
                        quantity.measure,
                        quantity.polity,
                        quantity.unit,
                        quantity.mean.mean,
                        quantity.mean,
                        quantity.more,
                    )
                    for quantity in arm.measures
                ),
            )
        ]


def _row(
    arm: str,
    subject: str,
    polity: str | None,
    unit: str,
    value: float,
    ends: ShareEstimate | MeanEstimate,
    difference: MeanEstimate,
) -> dict[str, Any]:
    return {
        "arm": arm,
        "what": subject,
        "polity": polity or "",
        "unit": unit,
        "value": value,
        "low": ends.low,
        "high": ends.high,
        "more": difference.mean,
        "more low": difference.low,
        "more high": difference.high,
    }


def arm_of(text: str) -> WhatIfChange:
    """An arm as it is written: `NAME: path=value; cut=link`.

    Raises: ArgumentFault for what is not written so.

    >>> arm_of("no aid: cut=aid->munitions; talks.mediation=2")
    WhatIfChange(name='no aid', numbers={'talks.mediation': 2}, cuts=('aid->munitions',))
    """
    from ripeness.study.whatif import WhatIfChange

    name, colon, statements = text.partition(":")
    parts = [part.strip() for part in statements.split(";") if part.strip()]
    if not colon or not name.strip() or not parts:
        raise ArgumentFault("arms", f": '{text[:80]}' is not 'NAME: path=value; cut=link'")
    cuts = [part for part in parts if part.partition("=")[0].strip() == "cut"]
    changes = read_changes([part for part in parts if part not in cuts], "arms")
    return WhatIfChange(name.strip(), changes, tuple(part.partition("=")[2].strip() for part in cuts))


def cuttable_links() -> tuple[str, ...]:
    """The causal links that can be cut, by name."""
    from ripeness.world.pathway_names import NAMES

    return NAMES


def presets_of_case(case_or_path: Case, coding: str | None = None) -> dict[str, tuple[str, str]]:
    """The presets of a case by key: the name of each, and what it changes.

    >>> presets_of_case("ukraine-2023-03")["guarantee"]
    ('A firm guarantee of the peace', 'talks.guarantee = 0.95')
    """
    from ripeness.scenario.presets import presets_of
    from ripeness.scenario.read import read_scenario
    from ripeness.study.whatif import WhatIfChange

    presets = presets_of(read_scenario(case_or_path, coding))
    return {key: (preset.name, WhatIfChange(key, preset.changes, preset.cuts).words) for key, preset in presets.items()}


def settable_numbers(case_or_path: Case, coding: str | None = None) -> dict[str, tuple[float, float, float, str]]:
    """Every number that can be set, by path: 5 %, middle and 95 % point, and the unit; the laws among them.

    Raises: Fault where the scenario cannot be read.
    """
    from ripeness.scenario.number_paths import scenario_numbers
    from ripeness.scenario.parameters_by_kind import parameters_of
    from ripeness.workbench.setup import set_up

    scenario = set_up(WhatIfQuestion(case_or_path, coding=coding)).scenario
    quantities_by_path = {f"laws.{name}": law for name, law in parameters_of(scenario).items()} | scenario_numbers(
        scenario
    )
    return {path: (*quantity.interval(), quantity.unit) for path, quantity in quantities_by_path.items()}


whatif = python_function(WhatIfQuestion)
