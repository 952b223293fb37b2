"""Steps: from how past wars of this kind ended to this war's number, each step with what it moved.

The order is that of the list: all past wars of the kind, those that had lasted as long, those with this war's traits;
then the model of a war of which nothing is known, with this war's own statements put in group by group; then evidence,
where the question is asked given it; last the blend. What a group moves depends on what is in already, so each group
also says what it moves when it is put in first and when it is put in last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import hypot
from typing import Any

import numpy as np

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import Progress
from ripeness.scenario.one_leader import with_one_leader
from ripeness.scenario.schema import Scenario
from ripeness.study.explain.arm import ConditionedArm, Duration, difference, probability, simulate_conditioned
from ripeness.study.explain.groups import GROUPS, StatementGroup
from ripeness.study.explain.step import (
    ALL_KEYS,
    BLEND,
    EVIDENCE,
    MODEL,
    UNKNOWN,
    ExplainStep,
    Explanation,
    OutsideView,
    VersionProbability,
)
from ripeness.study.explain.variants import WarVariants
from ripeness.study.record.strength import RecordStrength
from ripeness.study.target import Target
from ripeness.world.wording import join_words

NOTHING_ELSE = "model of an unknown war"
SIMULATIONS = 3 * len(GROUPS) - 1  # arms: none to all in turn, each alone, all but each; two are named twice


def explain_outcome(
    scenario: Scenario,
    design: Design,
    target: Target,
    *,
    duration: Duration,
    one_leader: bool = False,
    outside: OutsideView | None = None,
    observed: Mapping[str, Any] | None = None,
    in_order_only: bool = False,
    progress: Progress | None = None,
) -> Explanation:
    """Go from the base rate to this war's number.

    `observed`: what an ensemble is run with that agrees with evidence, one parameter sample a run. `scenario` is the
    war as its factions see it; `one_leader` reads every arm as two leaders. `in_order_only` leaves out what a group
    moves when it is put in alone, or after all others, which takes twice as many arms as the steps themselves.

    Raises: ArgumentFault where in some arm no simulated war lasts as long as this one has.
    """
    parts = (len(GROUPS) + 1 if in_order_only else SIMULATIONS) + (observed is not None)
    arms = WarVariants(scenario, design, target, duration, one_leader, progress, parts)
    steps = list(outside.steps) if outside else []
    steps += _model_steps(arms, steps[-1] if steps else None, in_order_only=in_order_only)
    model = stated = arms.as_stated()
    if observed is not None:
        model = arms.given_evidence(observed)
        steps.append(_step(EVIDENCE, "what was observed", "decisions and events on record", MODEL, model, stated))
    if outside and outside.strength is not None:
        record = steps[len(outside.steps) - 1]
        steps.append(_blend(model, record, outside.strength))
    return Explanation(
        target=target,
        months_fought=arms.months,
        draws=design.draws,
        arms=len(arms.simulated) + (observed is not None),
        one_leader=one_leader,
        steps=tuple(steps),
        warnings=arms.warnings,
    )


def version_probabilities(
    versions: Mapping[str, Scenario], design: Design, target: Target, *, duration: Duration, one_leader: bool = False
) -> tuple[VersionProbability, ...]:
    """The model's number under each of several versions, on the draws of the steps."""
    rows = []
    for name, scenario in versions.items():
        war = with_one_leader(scenario) if one_leader else scenario
        arm = simulate_conditioned(war, design, month=target.month, codes=target.codes, duration=duration)
        estimate = probability(arm)
        rows.append(VersionProbability(name, estimate.mean, max(estimate.low, 0.0), min(estimate.high, 1.0)))
    return tuple(rows)


def _model_steps(arms: WarVariants, record: ExplainStep | None, *, in_order_only: bool) -> list[ExplainStep]:
    """The war of which nothing is known, then group after group; where no war of an arm lasts as long as this one has,
    its group is put in together with the next.
    """
    nothing = StatementGroup(UNKNOWN, NOTHING_ELSE, "all numbers at their defaults; who fights, and since when")
    unknown = arms.with_groups((), NOTHING_ELSE)
    before = None if record is None else ConditionedArm(record.p, np.zeros(1), 0)  # no Monte Carlo error
    steps: list[ExplainStep] = []
    pending: list[StatementGroup] = []
    for n, group in enumerate((nothing, *GROUPS)):
        is_last = n == len(GROUPS)
        arm = arms.as_stated() if is_last else arms.with_groups(ALL_KEYS[:n], f"up to {group.name}")
        pending.append(group)
        if arm is None:
            continue
        step = _step("+".join(part.key for part in pending), _names(pending), _contents(pending), MODEL, arm, before)
        if pending == [group] and group is not nothing and not in_order_only:
            alone = arms.with_groups([group.key], f"{group.name} alone")
            without = arms.with_groups([key for key in ALL_KEYS if key != group.key], f"all but {group.name}")
            put_first = difference(alone, unknown) if alone and unknown else None
            put_last = difference(arms.as_stated(), without) if without else None
            step = replace(step, put_first=put_first, put_last=put_last)
        steps.append(step)
        before, pending = arm, []
    return steps


def _names(groups: Sequence[StatementGroup]) -> str:
    return join_words([group.name for group in groups], "with")


def _contents(groups: Sequence[StatementGroup]) -> str:
    return "; ".join(group.holds for group in groups)


def _blend(model: ConditionedArm, record: ExplainStep, strength: RecordStrength) -> ExplainStep:
    """The share that the record has of the blend, the model the rest."""
    share = strength.strength
    p, influence = (1 - share) * model.p + share * record.p, (1 - share) * model.influence
    step = _step(BLEND, "the blend", strength.words(), BLEND, replace(model, p=p, influence=influence), model)
    low = p - hypot(p - step.low, share * (record.p - record.low))
    return replace(step, low=max(low, 0.0), high=min(p + hypot(step.high - p, share * (record.high - record.p)), 1.0))


def _step(
    key: str, name: str, holds: str, basis: str, arm: ConditionedArm, before: ConditionedArm | None
) -> ExplainStep:
    estimate = probability(arm)
    low, high = max(estimate.low, 0.0), min(estimate.high, 1.0)
    moved = None if before is None else difference(arm, before)
    return ExplainStep(key, name, holds, basis, estimate.mean, low, high, moved)
