"""Scenario files to start from: short ones of a war between states and of one within a state, and one that uses every
part of the form.
"""

from __future__ import annotations

import os
import re
from datetime import date
from importlib.resources import files

from ripeness.scenario.case import cases_folder, find_scenario_file, read_case, shipped_case_names
from ripeness.scenario.council_form import EARLIEST, LATEST
from ripeness.scenario.write import edit_text, yaml_flow
from ripeness.scenario.yaml_tree import text_of, tree_of
from ripeness.world.fault import Fault
from ripeness.world.wording import did_you_mean

TEMPLATES = ("minimal", "civil", "full")
COUNCIL = "council"
COUNCIL_FILE = re.compile(r"([a-z]+(?:-[a-z]+)*)-(\d{4}-\d{2}-\d{2})")
OVER_A_CASE = """\
# A scenario of your own over the shipped case '{case}'. It holds only what differs from it.
# Mappings are merged key by key, anything else replaces, and `~` removes an entry of the case.
base: {base}
title: {title}
# about: "In what this version differs, and why."
# hindsight: "What you know of events after the start."
# A number and its source, as an example; `ripeness cite` on this file lists every number by its path:
# stake: {{held: {{value: {held:.2g}, range: {low:.2g} to {high:.2g}, kind: judged, source: [mine]}}}}
# sources:
#   mine: {{title: "...", author: "...", published: {start}, grade: B2}}
# Next: `ripeness check` this file, then `ripeness run` it.
"""


def template(name: str) -> str:
    """The text of a template, with its comments.

    Raises: Fault where there is no such template.

    >>> template("minimal").splitlines()[2]
    'title: "A war over a border valley"'
    """
    if name not in TEMPLATES:
        hint = did_you_mean(name, (*TEMPLATES, COUNCIL), f"there are {', '.join(TEMPLATES)} and {COUNCIL}")
        raise Fault(f"'{name[:60]}' is not a template; {hint}")
    return (files("ripeness.scenario") / "templates" / f"{name}.yaml").read_text(encoding="utf-8")


def council_template(stem: str) -> str:
    """The text of a decision of a council, for a file of this name: its country and day.

    Raises: Fault where the name is not that of a council's file, or the day lies outside the period of the record.

    >>> council_template("northland-1899-05-04").splitlines()[7]
    'country: "Northland"'
    """
    parts = COUNCIL_FILE.fullmatch(stem)
    try:
        day = date.fromisoformat(parts[2]) if parts else None
    except ValueError:
        day = None
    if parts is None or day is None:
        raise Fault(
            f"'{stem[:60]}' cannot name a council's file; it is a country and the day of the decision in small letters,"
            " such as northland-1899-05-04.yaml"
        )
    if not EARLIEST <= day <= LATEST:
        raise Fault(f"the record holds decisions of {EARLIEST.year} to {LATEST.year}, not of {day}")
    country = parts[1].replace("-", "_")
    return (
        (files("ripeness.scenario") / "templates" / f"{COUNCIL}.yaml")
        .read_text(encoding="utf-8")
        .format(
            id=stem,
            country=country,
            Country=parts[1].replace("-", " ").title(),
            day=day,
            year=day.year - 1,
            spoken=day.year,
            later=day.year + 9,
        )
    )


def case_variant_template(case: str, coding: str | None = None) -> str:
    """The text of a scenario that builds on a shipped case and differs in nothing yet.

    Raises: Fault where there is no such case or coding.

    >>> case_variant_template("japan-1945", "throne").splitlines()[2]
    'base: japan-1945/throne'
    """
    from ripeness.scenario.read import open_scenario

    opened = open_scenario(_require_shipped_case(case), coding)
    scenario = opened.scenario
    low, held, high = scenario.stake.held.interval()
    return OVER_A_CASE.format(
        case=case,
        base=case if coding is None else f"{case}/{coding}",
        title=yaml_flow(f"{scenario.title} (my version)"),
        held=held,
        low=low,
        high=high,
        start=scenario.start,
    )


def full_case_template(case: str, coding: str | None = None) -> str:
    """The text of a coding of a shipped case in full; one that varies another coding names that as its base.

    Raises: Fault where there is no such case or coding.
    """
    text = text_of(find_scenario_file(_require_shipped_case(case), coding).path)
    base = tree_of(text, case).map().get("base")
    if base is None:
        return text
    below = next(name for name, path in read_case(cases_folder() / case).codings.items() if path.name == base.content)
    return edit_text(text, {"base": f"{case}/{below}"}, case)


def _require_shipped_case(case: str) -> str:
    if case not in shipped_case_names():
        hint = did_you_mean(case, shipped_case_names(), f"shipped are {', '.join(shipped_case_names())}", cutoff=0.5)
        is_file = os.path.exists(case)  # noqa: PTH110  (a name that is too long is none, and no error)
        advice = "; to build on a file of your own, write 'base: FILE' into the new one" if is_file else ""
        raise Fault(f"'{case[:60]}' is not a shipped case{advice}; {hint}")
    return case
