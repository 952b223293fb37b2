"""The studies of a report: each verb's answer as a section, on fewer draws than the run itself, which it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ripeness.show.report.grids import grids, words
from ripeness.show.report.page import Grid, Section
from ripeness.show.report.pictures import figure
from ripeness.show.tables import aims, costs, how_long, outcomes, side_by_side
from ripeness.show.words import day, outcome, percent
from ripeness.workbench.result import Result
from ripeness.world.calendar import STEPS
from ripeness.world.fault import Fault

FEWER = 2_000  # draws of a study beside the run: Monte Carlo error of a percentage below 2 points
FEW = 1_000  # where a study fights many wars on each draw
PARTICLES, LEAST, REPEATS = 300, 100, 3  # of the inference: shares of power to some 3 points
AIM = "settlement"


@dataclass(frozen=True)
class Studied:
    """A run with the file that further studies read; `codings` are those of its case, if it is one."""

    result: Result
    origin: str | Path
    coding: str | None
    case: str
    coding_name: str
    codings: tuple[str, ...]

    def heading(self) -> str:
        """What was run, in one line."""
        about = self.result.about()
        return (
            f"{self.case}, coding {self.coding_name}, reading {about['reading']}, from "
            f"{day(self.result.scenario.start)}; {about['draws']:,} draws, seed {about['seed']}, scenario "
            f"{about['scenario_hash'][:12]}, ripeness {about['version']}{self._given()}"
        )

    def _given(self) -> str:
        """On which evidence the run is conditioned, if on any."""
        told = self.result.given
        if not told:
            return ""
        supposed = f", {len(told['observe'])} of them supposed" if told.get("observe") else ""
        return f"; given {told['items']} observations up to {told['as_of']}{supposed}"

    def fewer(self, most: int) -> int:
        """The draws of a study beside the run."""
        return min(most, int(self.result.about()["draws"]))

    def asked(self, most: int) -> dict[str, Any]:
        """The same question as the run's, on fewer draws."""
        step = STEPS[self.result.scenario.step]
        return {
            "coding": self.coding, "reading": self.result.reading, "draws": self.fewer(most),
            "seed": self.result.ensemble.design.seed, "horizon": round(self.result.ensemble.horizon / step),
            "changes": dict(self.result.changes), **self.known(),
        }  # fmt: skip

    def known(self) -> dict[str, Any]:
        """The evidence that the run was given, as the verbs take it."""
        told = self.result.given
        as_of = date.fromisoformat(str(told["as_of"])) if told else None
        return {"evidence": bool(told), "as_of": as_of, "observe": tuple(told.get("observe", ()))}


def studies(one: Studied) -> tuple[Section, ...]:
    """The answer, then every study that this case admits."""
    made: tuple[Callable[[Studied], Section | None], ...] = (
        _answer, _price, _codings, _who, _ripe, _options, _sense, _indicators
    )  # fmt: skip
    return tuple(section for make in made if (section := make(one)) is not None)


def _answer(one: Studied) -> Section:
    result, sheet = one.result, one.result.sheet()
    told = "Each area is the share of the runs in which the war stands so by that month; all add up to 100 %."
    path: dict[tuple[str, str | None], dict[float, float]] = {}
    for chance in result.path:
        kind = path.setdefault((chance.outcome, chance.polity), {})
        kind[chance.month] = kind.get(chance.month, 0.0) + chance.p
    head = ("month", *(outcome(name, polity, result.names) for name, polity in path))
    months = list(next(iter(path.values())))
    rows = tuple((f"{month:g}", *(percent(p[month]) for p in path.values())) for month in months)
    table = outcomes(sheet)
    return Section(
        "answer", "The answer", (result.sentence(), *words(table)),
        (figure(result.plot(), "answer", told),),
        (*grids(table), *grids(how_long(sheet)), Grid("The picture as numbers, month by month", head, rows, folded=True)),
    )  # fmt: skip


def _price(one: Studied) -> Section:
    sheet = one.result.sheet()
    said = (
        "Two ledgers that are never added up: what each side wanted and got, and what it costs in lives and output. "
        "Medians, and the range of 90 % of the runs."
    )
    return Section("price", "At what price, to whom", (said,), (), (*grids(aims(sheet)), *grids(costs(sheet))))


def _codings(one: Studied) -> Section | None:
    if len(one.codings) < 2:
        return None
    from ripeness.workbench.run import run

    asked = {**one.asked(FEWER), "changes": {}}
    sheets = [run(one.origin, **{**asked, "coding": name}).sheet() for name in one.codings]
    said = (
        f"The same war as {len(sheets)} coders saw it, {asked['draws']:,} draws each. Where they differ, the answer hangs "
        "on judgement, not on luck."
    )
    table = side_by_side(sheets)
    return Section("codings", "Codings side by side", (said, *words(table)), (), grids(table))


def _who(one: Studied) -> Section | None:
    if not one.result.scenario.evidence:
        return None
    from ripeness.show.who_decides import tables
    from ripeness.workbench.infer import infer

    particles = max(one.fewer(PARTICLES), LEAST)
    try:
        found = infer(
            one.origin, coding=one.coding, changes=dict(one.result.changes), particles=particles, repeats=REPEATS,
            knots=1, knock_out=False, seed=one.result.ensemble.design.seed, as_of=one.known()["as_of"],
            observe=one.known()["observe"],
        )  # fmt: skip
    except Fault:  # evidence that tells of the war and of no decision: there is nobody to weigh
        return None
    pictures = []
    for key in found.found.weighed:
        name = found.names[key]
        said = f"{name}: who has how much say, after the evidence and (in grey) before it; 90 % intervals."
        pictures.append(figure(found.plot("power", polity=key), f"power-{key}", said))
        if any(row.polity == key for row in found.found.matrix):
            told = f"{name}: which items tell the readings apart: C consistent, I inconsistent, N neutral."
            pictures.append(figure(found.plot("matrix", polity=key), f"matrix-{key}", told, flat=True))
    laid = tables(found.found, found.names)
    opening = f"Read off {len(one.result.scenario.evidence)} observations, with {particles:,} particles, {REPEATS} times."
    return Section(
        "who", "Who decides, and the evidence for it", (opening,), tuple(pictures), grids(laid, folded=True),
        items=tuple(line.removeprefix("- ") for line in words(laid)),
    )  # fmt: skip


def _ripe(one: Studied) -> Section:
    from ripeness.workbench.ripe import ripe

    found = ripe(one.origin, **one.asked(FEWER))
    said = "What each faction asks at least, and leaves at most, of the stake; a gap between the two is a zone of agreement."
    return Section(
        "ripe", "Is it ripe", (found.sentence(), _drawn(one, FEWER)), (figure(found.plot(), "ripe", said),),
        grids(found.layout(), folded=True),
    )  # fmt: skip


def _options(one: Studied) -> Section:
    from ripeness.workbench.options import options

    pictures: list[Any] = []
    tables: list[Grid] = []
    told: list[str] = []
    for polity in one.result.forecast.polities:
        found = options(one.origin, polity, **one.asked(FEW))
        told.append(found.sentence())
        said = f"{one.result.names[polity]}: what each option is worth to whom, beside going on as before."
        pictures.append(figure(found.plot(), f"options-{polity}", said))
        tables += grids(found.layout(), folded=True)
    return Section("options", "What each side could do", (*told, _drawn(one, FEW)), tuple(pictures), tuple(tables))


def _sense(one: Studied) -> Section | None:
    from ripeness.workbench.sense import sense

    try:
        found = sense(one.origin, outcome=AIM, held=0, **one.asked(FEWER))
    except Fault:  # too few draws for shares
        return None
    said = "Share of the variance of the probability that each uncertain number explains, against what chance reaches."
    return Section(
        "moves", "What moves the answer", (found.sentence(), _drawn(one, FEWER)), (figure(found.plot(), "moves", said),),
        grids(found.layout(), folded=True),
    )  # fmt: skip


def _indicators(one: Studied) -> Section | None:
    from ripeness.workbench.indicators import indicators

    try:
        found = indicators(one.origin, outcome=AIM, **one.asked(FEWER))
    except Fault:  # too few draws, or nothing to watch before the month
        return None
    said = "Bits that each observable tells about how the war will stand; the higher, the more it is worth watching."
    return Section(
        "watch", "What to watch", (found.sentence(), _drawn(one, FEWER)), (figure(found.plot(), "watch", said),),
        grids(found.layout(), folded=True),
    )  # fmt: skip


def _drawn(one: Studied, most: int) -> str:
    return f"This study fights {one.fewer(most):,} wars an arm; the run itself {one.result.about()['draws']:,}."
