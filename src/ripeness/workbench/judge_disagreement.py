"""Judge disagreement: several judges' numbers for one scenario, and what their differences do to an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.number_groups import GROUPS, number_group
from ripeness.scenario.number_paths import replace_numbers
from ripeness.scenario.schema import Scenario
from ripeness.study.aims_and_costs import belligerent_keys
from ripeness.study.disagreement import HybridDesign, VarianceSplit, split_variance
from ripeness.study.judge_variance import JudgeDisagreement, judge_variances, within_variance
from ripeness.study.parameter_labels import parameter_label
from ripeness.study.target import outcomes_by_name, read_target
from ripeness.workbench.version_runs import VersionSimulator
from ripeness.world.fault import ArgumentFault, Fault
from ripeness.world.quantity import Quantity
from ripeness.world.wording import did_you_mean

if TYPE_CHECKING:
    from ripeness.workbench.disagree import DisagreeQuestion
    from ripeness.workbench.question import Progress

Array = NDArray[np.float64]
Judges = Mapping[str, Mapping[str, Quantity]]
MOST_MIXTURES = 600  # beyond them only groups are told apart, and no single numbers


def judge_disagreement(
    question: DisagreeQuestion,
    scenario: Scenario,
    judges: Judges,
    progress: Progress | None = None,
    most_mixtures: int = MOST_MIXTURES,
) -> JudgeDisagreement:
    """Split what judges' numbers do to an outcome: between judges and within, by group and by single number.

    `judges`: each judge's numbers by path; one that a judge leaves out stays as the scenario has it. Judges and
    mixtures of them are simulated with `question.mixture_draws` runs each under common random numbers. Without an
    outcome: that on which the judges differ most. Single numbers are told apart with at most `most_mixtures` mixtures.

    Raises: Fault for fewer than two judges, evidence, or a number that does not fit; ArgumentFault for an outcome that
    the war does not have.
    """
    if len(judges) < 2:
        raise Fault("a disagreement takes two judges")
    versions = {judge: replace_numbers(scenario, numbers) for judge, numbers in judges.items()}
    simulator = VersionSimulator(question, versions, progress)
    if simulator.conditioned:
        raise Fault("judges are compared without evidence: each mixture of them would have to be weighed anew")
    paths = {path: None for numbers in judges.values() for path in numbers}
    by_path = {judge: {path: number_content(numbers.get(path)) for path in paths} for judge, numbers in judges.items()}
    groups, numbers = (
        HybridDesign({judge: _grouped(content) for judge, content in by_path.items()}),
        HybridDesign(by_path),
    )
    tells_numbers = len(numbers.sources) <= most_mixtures
    draws = question.mixture_draws or question.draws
    simulator.expect(draws * (len(judges) + len(groups.sources) + (len(numbers.sources) if tells_numbers else 0)))
    runs = {judge: simulator.simulate(version, draws) for judge, version in versions.items()}
    values = {judge: simulator.replicates_of(versions[judge], *runs[judge])[0] for judge in judges}
    names = list(outcomes_by_name(belligerent_keys(next(iter(runs.values()))[0])))
    place = _outcome_place(question.outcome, names, np.array(list(values.values())))
    mixtures = JudgeMixtures(simulator, scenario, judges, draws)
    split = mixtures.split(groups, number_group, GROUPS, place)
    labels = {path: parameter_label(scenario, path) for path in paths}
    of_numbers = mixtures.split(numbers, str, labels, place) if tells_numbers else None
    targets = [read_target(names[place], belligerent_keys(run), month, run.horizon) for run, month in runs.values()]
    within = within_variance([run for run, _ in runs.values()], targets, paths, simulator.share_of_model)
    within_groups: dict[str, float] = {}
    for path, variance in within.of_numbers.items():
        within_groups[number_group(path)] = within_groups.get(number_group(path), 0.0) + variance
    return JudgeDisagreement(
        names[place],
        simulator.month,
        {judge: float(outcomes[place]) for judge, outcomes in values.items()},
        split.deviation**2 if split is not None else 0.0,
        split is not None and split.clear,
        within.total,
        () if split is None else judge_variances(split, within_groups),
        () if of_numbers is None else judge_variances(of_numbers, within.of_numbers),
        mixtures.count,
        draws,
        "" if tells_numbers else f"single numbers are not told apart: it would take over {most_mixtures} mixtures",
    )


class JudgeMixtures:
    """Mixtures of judges, in which each number comes from one of them; each mixture is simulated once."""

    def __init__(self, simulator: VersionSimulator, scenario: Scenario, judges: Judges, draws: int) -> None:
        """Note what to mix. `draws`: runs of each mixture."""
        self._simulator, self._scenario, self._judges, self._draws = simulator, scenario, judges, draws
        self._simulated: dict[tuple[tuple[str, object], ...], Array] = {}

    @property
    def count(self) -> int:
        """How many mixtures were simulated."""
        return len(self._simulated)

    def split(
        self, design: HybridDesign, group_of: Callable[[str], str], labels: Mapping[str, str], place: int
    ) -> VarianceSplit | None:
        """Split the variance between judges of one outcome by the groups that `group_of` makes of paths.

        None where all judges say the same.
        """
        if not design.groups:
            return None
        values = {source: self._outcomes(dict(source), group_of)[:, [place]] for source in design.sources}
        return split_variance(design, values, labels)[0]

    def _outcomes(self, source: Mapping[str, str], group_of: Callable[[str], str]) -> Array:
        first = next(iter(self._judges))
        mixed: dict[str, Quantity] = {}
        for path in {path: None for numbers in self._judges.values() for path in numbers}:
            number = self._judges[source.get(group_of(path), first)].get(path)
            if number is not None:
                mixed[path] = number
        key = tuple((path, number_content(number)) for path, number in mixed.items())
        if key not in self._simulated:
            self._simulated[key] = self._simulator.replicates(replace_numbers(self._scenario, mixed), self._draws)
        return self._simulated[key]


def number_content(number: Quantity | None) -> tuple[object, ...]:
    """What a number says, as a value that can be compared; empty for none. Sources and notes do not count."""
    return () if number is None else (number.family, number.parameters, number.low, number.high, number.unit)


def _grouped(content: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """Numbers by group, in the order of GROUPS."""
    groups: dict[str, dict[str, object]] = {group: {} for group in GROUPS}
    for path, number in content.items():
        if number_group(path):
            groups[number_group(path)][path] = number
    return groups


def _outcome_place(outcome: str | None, names: list[str], values: Array) -> int:
    """Which outcome is split: the one asked about, else that on which judges differ most. Shapes: values (J, K).

    Raises: ArgumentFault for one that the war does not have.
    """
    if outcome is None:
        return int(np.nan_to_num(values.max(axis=0) - values.min(axis=0), nan=-1.0).argmax())
    if outcome not in names:
        hint = did_you_mean(outcome, names, f"outcomes are {', '.join(names)}")
        raise ArgumentFault("outcome", f": '{outcome[:60]}' is none of this war; {hint}")
    return names.index(outcome)
