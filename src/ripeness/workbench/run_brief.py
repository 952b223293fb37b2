"""Run brief: the answer of a run in a sentence and five lines.

The lines are the record of wars like this one, the model, their blend, how far analysts' versions differ, and what
would change the answer most.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from ripeness.scenario.case import version_titles
from ripeness.study.blend import record_classes
from ripeness.study.outcome_classes import ClassShares, class_shares
from ripeness.study.outlook import Outlook, VersionView, outlook
from ripeness.study.run_brief import RunBrief
from ripeness.study.sensitivity.leading import leading_parameters
from ripeness.study.target import USUAL_MONTH, Target, read_target
from ripeness.workbench.simulated_run import SimulatedRun
from ripeness.workbench.version_view import simulated_version
from ripeness.world.calendar import date_after
from ripeness.world.fault import Fault

VERSION_DRAWS = 2_000  # wars of each other version: a probability is then known to some 3 points


def run_brief(result: SimulatedRun) -> RunBrief:
    """Sum up a run for one screen, without the other versions of its case."""
    month = brief_month(result)
    weights = result.weights
    model = class_shares(result.ensemble, month)
    record, blend = _record_and_blend(result, month)
    target = _target(result, month, blend or model)
    of_blend = leading_parameters(result.ensemble, target, weights)
    return RunBrief(
        month=month,
        on=result.by or date_after(result.day, month),
        model=model,
        record=record,
        record_cases=_record_cases(result, month),
        blend=blend,
        target=target,
        narrowing=of_blend or leading_parameters(result.ensemble, target),
        narrows_model=weights is not None and not of_blend,
        no_record=result.weigh.note,
    )


def with_versions(result: SimulatedRun, brief: RunBrief) -> RunBrief:
    """The brief with the range over all versions of the case, of which the others are run on few draws."""
    versions, views, note = _versions(result, brief.month, brief.shares)
    draws = min(VERSION_DRAWS, result.ensemble.design.draws)
    return replace(brief, versions=versions, version_draws=draws, versions_note=note, views=views)


def run_outlook(result: SimulatedRun, brief: RunBrief) -> Outlook:
    """Past wars, the model and the blend of a run beside the other versions of its case, under its actor model."""
    own = simulated_version(result.ensemble, result.weigh, brief.month, result.coding, result.reading)
    views = {(own.view.version, own.view.reading): own.view, **brief.views} if brief.views else {}
    cases = (own.record_cases, own.no_record)
    titles = version_titles(result.origin) if result.of_a_case else {}
    return outlook((brief.on, brief.month), own.view, own.record, views, cases, titles=titles)


def brief_month(result: SimulatedRun) -> float:
    """The month of the answer for one screen, from the day of the forecast.

    It is that of the day asked for, else two years ahead, the last month asked for, or the horizon, whichever is
    nearest.
    """
    months = result.arguments.get("months")
    if result.by is not None:
        return result.forecast.months[-1]
    return min(result.ensemble.horizon, USUAL_MONTH if months is None else max(months))


def _record_and_blend(result: SimulatedRun, month: float) -> tuple[ClassShares | None, ClassShares | None]:
    """What past conflicts say by a month, and the blend; the intervals of the latter are those of the weighted runs."""
    rows = result.weigh.blend_rows(result.ensemble, [month])
    if not rows:
        return None, None
    p, low, high = record_classes(result.weigh.curve(result.ensemble, [month]))
    record = ClassShares(month, *(tuple(map(float, part[:, 0])) for part in (p, low, high)))
    runs, chances = class_shares(result.ensemble, month, result.weights), tuple(row.p for row in rows)
    below = (max(q - (x - y), 0.0) for q, x, y in zip(chances, runs.p, runs.low, strict=True))
    above = (min(q + (y - x), 1.0) for q, x, y in zip(chances, runs.p, runs.high, strict=True))
    return record, ClassShares(month, chances, tuple(below), tuple(above))


def _record_cases(result: SimulatedRun, month: float) -> float | None:
    """How many past conflicts had lasted as long as this one."""
    rows = result.weigh.record_rows(result.ensemble, [month])
    return float(rows[0].n) if rows else None


def _target(result: SimulatedRun, month: float, shares: ClassShares) -> Target:
    """The likeliest class as an outcome that can be asked about; that of a victory is whosever is likelier."""
    name = shares.ranked()[0]
    polities = result.forecast.polities
    if name == "victory":
        chances = {
            chance.polity: chance.p
            for chance in result.forecast.merged
            if chance.outcome == "victory" and chance.month == result.forecast.months[-1]
        }
        name = f"victory:{max(polities, key=lambda polity: chances.get(polity, 0.0))}"
    return read_target(name, polities, month, result.ensemble.horizon)


def no_versions(result: SimulatedRun) -> str:
    """Why no other version of the case is run beside this one; empty where they are."""
    if not result.of_a_case:
        return "this file is the only one; a case holds several"
    if not any(name != result.coding for name in result.codings):
        return "this case has but one"
    if result.information.evidence is not None:
        return "not weighed against the evidence here; --coding all does"
    return ""


def _versions(
    result: SimulatedRun, month: float, own_shares: ClassShares
) -> tuple[dict[str, ClassShares], dict[tuple[str, str], VersionView], str]:
    """The shares of every version of the case, what the others say in full, and why some or all are missing."""
    missing_all = no_versions(result)
    if missing_all:
        return {}, {}, missing_all
    names = [name for name in result.codings if name != result.coding]
    versions, missing = {result.coding: own_shares}, []
    views: dict[tuple[str, str], VersionView] = {}
    draws = min(VERSION_DRAWS, result.ensemble.design.draws)
    steps = ceil(round(month / result.ensemble.war.step, 9))  # no war need be simulated beyond the month
    for name in names:
        try:
            other = result.run_again(coding=name, draws=draws, horizon=steps)
        except Fault:  # a number that is set here and does not exist there, or a war that never lasts so long
            missing.append(name)
            continue
        last = min(month, other.ensemble.horizon)
        versions[name] = class_shares(other.ensemble, last, other.weights)
        views[name, other.reading] = simulated_version(other.ensemble, other.weigh, last, name, other.reading).view
    return versions, views, f"not run: {', '.join(missing)}" if missing else ""
