"""The versions of a case in a report: each is run once, and serves the summary, the comparison and the disagreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ripeness.study.outcome_classes import class_shares
from ripeness.study.run_brief import RunBrief
from ripeness.workbench.disagree import Disagreed, DisagreeQuestion
from ripeness.workbench.report_section import FEWER
from ripeness.workbench.run import RunQuestion
from ripeness.workbench.run_brief import no_versions
from ripeness.workbench.version_view import SimulatedVersion, simulated_version

if TYPE_CHECKING:
    from ripeness.workbench.result import Result
    from ripeness.workbench.studied import Studied


def own_version(studied: Studied) -> str:
    """The version that the run is of, where it is run as the others are: no number is changed, nothing is supposed."""
    is_plain = not studied.result.changes and studied.result.information.as_by_default
    return studied.coding_name if is_plain else ""


def version_results(studied: Studied) -> Mapping[str, Result]:
    """Every version but the run's own, on fewer draws; the run's own, too, where it was changed.

    Raises: Fault where one cannot be run.
    """
    return studied.once("versions", lambda: _version_results(studied))


def _version_results(studied: Studied) -> Mapping[str, Result]:
    if len(studied.codings) < 2:
        return {}
    arguments = {**studied.arguments(RunQuestion, FEWER), "changes": {}}
    return {
        name: RunQuestion(**{**arguments, "coding": name}).answer()
        for name in studied.codings
        if name != own_version(studied)
    }


def summary_with_versions(studied: Studied) -> RunBrief:
    """The answer of the run for one screen, and the range over the versions of its case."""
    return studied.once("summary", lambda: _summary(studied))


def _summary(studied: Studied) -> RunBrief:
    result, brief = studied.result, studied.result.brief_of_version
    if result.changes or no_versions(result):
        return result.summary
    others = {name: other for name, other in version_results(studied).items() if name != studied.coding_name}
    last = {name: min(brief.month, other.ensemble.horizon) for name, other in others.items()}
    versions = {result.coding: brief.shares} | {
        name: class_shares(other.ensemble, last[name], other.weights) for name, other in others.items()
    }
    views = {(name, other.reading): _view_of(name, other, last[name]).view for name, other in others.items()}
    return replace(brief, versions=versions, version_draws=studied.fewer(FEWER), views=views)


def _view_of(name: str, run: Result, month: float) -> SimulatedVersion:
    return simulated_version(run.ensemble, run.weigh, month, name, run.reading)


def disagreement(studied: Studied) -> Disagreed | None:
    """How far the versions of the case differ by the day of the answer.

    Which numbers make them differ takes some forty mixtures of versions, as long as all else: it is asked by itself.
    """
    return studied.once("disagreement", lambda: _disagreement(studied))


def _disagreement(studied: Studied) -> Disagreed | None:
    if len(studied.codings) < 2:
        return None
    result = studied.result
    arguments = studied.arguments(DisagreeQuestion, FEWER)
    when = {"by": result.by} if result.by is not None else {"month": result.brief_month}
    question = DisagreeQuestion(**{**arguments, "changes": {}, "outcome": None, "mixture_draws": 0, **when})
    runs = {studied.coding_name: result} if own_version(studied) else {}
    runs |= version_results(studied)
    month = result.brief_month
    alike = {name: run for name, run in runs.items() if run.day == result.day and run.ensemble.horizon >= month}
    simulated = {(name, run.reading): _view_of(name, run, month) for name, run in alike.items()}
    return question.answer_beside(simulated)
