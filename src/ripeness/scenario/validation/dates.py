"""Dates: a war begins before it is forecast, and what was not yet published could not be known."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.scenario.schema import Scenario
from ripeness.scenario.validation.references import citations
from ripeness.scenario.yaml_node import Node
from ripeness.world.calendar import months_between
from ripeness.world.fault import Fault

FRESH = 12  # months; a source dated by its year alone counts from January, so that a year's yearbook is fresh all year


def date_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Dates out of order, and observations outside the war or outside the declared window."""
    if scenario.began > scenario.start:
        yield Fault(
            f"the forecast starts on {scenario.start}, before the war began on {scenario.began}",
            tree.at(["start"]).place,
        )
    ceasefire = scenario.ceasefire
    if ceasefire is not None and not scenario.began <= ceasefire.since <= scenario.start:
        yield Fault(
            f"the ceasefire is in force since {ceasefire.since}, which is not between the day on which the war began, "
            f"{scenario.began}, and the start, {scenario.start}",
            tree.at(["ceasefire", "since"]).place,
        )
    for key, polity in scenario.polities.items():
        if polity.terms_since is not None and polity.terms_since > scenario.start:
            yield Fault(
                f"terms stated since {polity.terms_since} are not those of the start on {scenario.start}",
                tree.at(["polities", key, "terms_since"]).place,
            )
    window = scenario.window
    if window is not None and window.opens > window.closes:
        yield Fault(f"the window closes on {window.closes}, before it opens", tree.at(["window", "closes"]).place)
    for index, observation in enumerate(scenario.evidence):
        place = tree.at(["evidence", index, "date"]).place
        if observation.date < scenario.began:
            yield Fault(f"observed on {observation.date}, before the war began on {scenario.began}", place)
        elif window is not None and not window.opens <= observation.date <= window.closes:
            yield Fault(
                f"observed on {observation.date}, outside the window of {window.opens} to {window.closes}", place
            )
    for name, event in scenario.events.items():
        if event.after is not None and event.before is not None and event.after > event.before:
            yield Fault(f"'before' is {event.before}, earlier than 'after'", tree.at(["events", name, "before"]).place)


def late_source_warnings(scenario: Scenario, file_tree: Node) -> Iterator[Fault]:
    """Sources published after the start, where the scenario does not declare hindsight."""
    if scenario.hindsight.strip():
        return
    cited_ids = {str(cited.content) for cited in citations(file_tree)}
    for key in sorted(cited_ids & file_tree.at(["sources"]).map().keys()):
        published = scenario.sources[key].published
        if published is not None and published > scenario.start:
            place = file_tree.at(["sources", key, "published"]).place
            yield Fault(
                f"'{key}' appeared on {published}, after the start; declare what you knew as 'hindsight: ...'", place
            )


def past_event_warnings(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Dated events before the start: the months ahead never see them."""
    for name, event in scenario.events.items():
        if event.on is not None and event.on < scenario.start:
            yield Fault(
                f"'{name}' is dated {event.on}, before the start; it will not happen again",
                tree.at(["events", name, "on"]).place,
            )


def stale_source_warnings(scenario: Scenario, file_tree: Node) -> Iterator[Fault]:
    """A start that lies more than a year after the newest source, or after the newest observation, of the scenario.

    The numbers then describe another moment of the war than the one from which the forecast looks ahead.
    """
    cited_ids = {str(cited.content) for cited in citations(file_tree)} & file_tree.at(["sources"]).map().keys()
    published = {key: day for key in cited_ids if (day := scenario.sources[key].published) is not None}
    observed = {f"evidence on {observation.date}": observation.date for observation in scenario.evidence}
    for kind, dated in (("source", published), ("observation", observed)):
        if not dated:
            continue
        newest, day = max(dated.items(), key=lambda pair: (pair[1], pair[0]))
        months = months_between(day, scenario.start)
        if months > FRESH:
            source_name = f" ('{newest}')" if kind == "source" else ""
            yield Fault(
                f"the newest {kind}{source_name} is of {day}, {months:.0f} months before the start on {scenario.start};"
                f" numbers older than {FRESH} months may describe another war: bring them up to the start, or start"
                " earlier",
                file_tree.at(["start"]).place,
            )
            return
