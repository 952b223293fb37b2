"""Run a case: read it, fight its war many times, and sum up how it may end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import ripeness
from ripeness.ensemble.design import DRAWS, Design
from ripeness.ensemble.run import run as fight
from ripeness.scenario.address import replace
from ripeness.scenario.case import find, read_case
from ripeness.scenario.fingerprint import fingerprint
from ripeness.scenario.place import text_of, tree_of
from ripeness.scenario.read import Opened, open_scenario
from ripeness.scenario.schema import Scenario
from ripeness.scenario.vary import unitary
from ripeness.scenario.write import changed
from ripeness.store.ledger.day import as_day
from ripeness.store.shelf.manifest import SCENARIO
from ripeness.study.forecast import forecast
from ripeness.workbench.result import Result
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.study.given import Given

READINGS = ("factional", "unitary")
Progress = Callable[[int, int], None]


def run(
    case_or_path: str | Path,
    *,
    coding: str | None = None,
    reading: str = "factional",
    draws: int = DRAWS,
    seed: int = 1,
    horizon: int | None = None,
    changes: Mapping[str, object] | None = None,
    months: Sequence[float] | None = None,
    progress: Progress | None = None,
    design: Design | None = None,
    evidence: bool = False,
    as_of: date | str | None = None,
    observe: Sequence[str] = (),
) -> Result:
    """Fight the war of a case many times and sum up how it may end.

    `changes` sets numbers by their path, each written as in a scenario file; `months` are those of the table; a
    `design` takes the place of draws, seed and horizon. With `evidence` the ensemble is conditioned on all evidence up
    to `as_of` (the start, if none is given) and on what is observed by hand, written POLITY ISSUE DATE VALUE.

    Raises: Fault where the scenario cannot be read, or a reading, path or value does not exist or fit.

    >>> result = run("japan-1945", draws=64, horizon=6)
    >>> round(sum(chance.p for chance in result.forecast.outcomes if chance.month == 6), 9)
    1.0
    """
    opened = open_scenario(case_or_path, coding)
    texts = _texts(opened)  # now: while the wars are fought, somebody may change or remove the files
    scenario = read_as(replace(opened.scenario, changes or {}), reading)
    chosen = design or Design(draws, seed, horizon=horizon)
    as_of = as_day(as_of, "as_of")
    known = _given(scenario, chosen, as_of, observe) if evidence or observe else None
    if as_of is not None and known is None:
        raise Fault("--as-of says up to when evidence counts; it goes with --given evidence")
    asked = {} if known is None else known.asked()
    ensemble = fight(scenario, chosen, progress=progress, **asked)
    _check_months(months, ensemble.horizon)
    return Result(
        case=opened.case or str(case_or_path),
        origin=str(case_or_path),
        of_a_case=bool(opened.case),
        coding=opened.scenario.coding,
        reading=reading,
        changes={path: str(value) for path, value in (changes or {}).items()},
        scenario_hash=fingerprint(scenario),
        version=ripeness.__version__,
        files=texts,
        scenario=scenario,
        ensemble=ensemble,
        forecast=forecast(ensemble, months),
        given={} if known is None else known.about(),
    )


def _given(scenario: Scenario, design: Design, as_of: date | None, observe: Sequence[str]) -> Given:
    from ripeness.study.given import given  # slow to import; a run without evidence needs none of it

    return given(scenario, design, as_of, observe)


def codings(case_or_path: str | Path) -> tuple[str, ...]:
    """The codings of a case, its default first.

    Raises: Fault where it has none, being a single file.

    >>> codings("ukraine-2023-03")[0]
    'public'
    """
    found = find(case_or_path)
    if not found.case:
        raise Fault(f"'{case_or_path}' is a single file; only a case has several codings")
    return tuple(read_case(found.path.parent).codings)


def read_as(scenario: Scenario, reading: str) -> Scenario:
    """The scenario under a reading: its polities as factions, or each as one person.

    Raises: Fault for an unknown reading.
    """
    if reading not in READINGS:
        near = get_close_matches(reading, READINGS, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"readings are {' and '.join(READINGS)}"
        raise Fault(f"'{reading[:60]}' is not a reading; {hint}")
    return unitary(scenario) if reading == "unitary" else scenario


def _check_months(months: Sequence[float] | None, horizon: float) -> None:
    for month in months or ():
        if not 0 <= month <= horizon:
            raise Fault(f"month {month:g} lies outside the forecast, which runs to month {horizon:g}")


def _texts(opened: Opened) -> dict[str, str]:
    """The texts that were read, by file name, the one that was asked for first; each names its base as it is kept."""
    names: list[str] = []
    for n, path in enumerate(opened.files):
        name = path.name
        while name in names or (n and name == SCENARIO):
            name = f"{path.parent.name}-{name}"
        names.append(name)
    texts = [text_of(path).replace("\r\n", "\n").replace("\r", "\n") for path in opened.files]
    for n, below in enumerate(names[1:]):
        if tree_of(texts[n], names[n]).at(["base"]).content != below:
            texts[n] = changed(texts[n], {"base": below}, names[n])
    return dict(zip(names, texts, strict=True))
