"""Assemble: one line a war, out of the producers' files in tidy form,
by the rules of docs/textbook/coding-of-wars.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum, isnan, nan

from ripeness.validation.history.tidy_rows import TidyRow
from ripeness.world.fault import Fault

AMOUNTS = ("cinc", "milper", "milex", "tpop")
SCORES = ("polity2", "v2x_polyarchy")
WON, LOST = 1, 2  # codes of the producers' outcome
FORCED = {"Irregular", "Foreign"}  # ways of leaving office that count as forced
YEAR_AFTER = timedelta(days=365)
FIRST_DAYS = timedelta(days=30)  # who comes in within them counts as in it from the start
LOOK_BACK = 5  # years before the war in which a score that is silent for the year before may be found
FORMS = ("participants", "capabilities", "democracy", "regimes", "leaders", "months")
# What follows where no file of a form is given: said once, since it holds for every war.
LACKS = {
    "capabilities": "capabilities count as unknown, and a side's strongest state is the one that began the war",
    "democracy": "regimes count as unknown, and who decides is told by types of regime alone",
    "regimes": "who decides is told by scores of democracy alone, which do not tell a junta from one ruler",
    "leaders": "whether leaders were forced out is unknown, and not scored",
    "months": "no war's losses are known before its end",
}


@dataclass(frozen=True, slots=True)
class Participation:
    """One state's part in a war. Dates are inclusive; deaths are not a number where nobody knows."""

    state: str
    code: int
    side: int
    began_it: bool
    outcome: int
    deaths: float
    spells: tuple[tuple[date, date], ...]

    @property
    def start(self) -> date:
        """The first day."""
        return self.spells[0][0]


@dataclass(frozen=True, slots=True)
class Panels:
    """Lines by state and year; leaders and regimes by state in the order of their dates."""

    capabilities: Mapping[tuple[int, int], TidyRow]
    democracy: Mapping[tuple[int, int], TidyRow]
    leaders: Mapping[int, Sequence[TidyRow]]
    regimes: Mapping[int, Sequence[TidyRow]]


def assemble(forms: Mapping[str, Sequence[TidyRow]]) -> tuple[list[TidyRow], list[Fault]]:
    """Wars of a tidy file, side A the one on which the war was begun; what cannot be made of a war is named.

    Amounts are sums over the states of a side that were in it within 30 days, in the year before the war or, for a
    state that is younger, in the year of the war; regime and leader are those of the side's strongest such state. A
    regime on which the year before is silent is the latest known of the five years before, else that of the war's year.
    """
    panels = Panels(
        _by_year(forms.get("capabilities", ())),
        _by_year(forms.get("democracy", ())),
        _by_state(forms.get("leaders", ())),
        _by_state(forms.get("regimes", ())),
    )
    wars: dict[int, list[TidyRow]] = {}
    for line in forms["participants"]:
        wars.setdefault(int(str(line["warnum"])), []).append(line)
    rows, faults = [], []
    for number, lines in wars.items():
        try:
            rows.append(_war(number, lines, panels))
        except Fault as fault:
            faults.append(fault)
    return rows, faults


def _war(number: int, lines: Sequence[TidyRow], panels: Panels) -> TidyRow:
    name = str(lines[0]["warname"])
    spells = [_spell(line) for line in lines if line["start"] and line["end"]]
    began = {part.side for part in spells if part.began_it}
    if len(began) != 1 or len({part.side for part in spells}) < len("AB"):
        raise Fault(f"war {number} ({name}): not two sides of which one began it, with dates; left out")
    start = min(part.start for part in spells)
    row: TidyRow = {"warnum": number, "warname": name, "start": start.isoformat(), "start_year": start.year}
    sides = {
        "A": [part for part in spells if part.side in began],
        "B": [part for part in spells if part.side not in began],
    }
    end = max(last for part in spells for _, last in part.spells)
    for side, members in sides.items():
        row |= {f"{side}_{key}": value for key, value in _side(members, start, end, panels).items()}
    lead = _lead(sides["A"], start, panels)
    return row | {
        "duration_days": (end - start).days + 1,
        "outcome3": {WON: "A_win", LOST: "B_win"}.get(lead.outcome, "draw_other"),
    }


def _side(members: Sequence[Participation], start: date, end: date, panels: Panels) -> TidyRow:
    first = _original(members, start)
    year_before = start.year - 1
    lead = _lead(members, start, panels)
    row: TidyRow = {"states": "; ".join(part.state for part in members), "n_orig": len({part.code for part in first})}
    for name in AMOUNTS:
        values = [_latest(panels.capabilities, part.code, (year_before, start.year), name) for part in first]
        row[name] = nan if all(map(isnan, values)) else fsum(value for value in values if not isnan(value))
    years = (*range(year_before, year_before - LOOK_BACK - 1, -1), start.year)
    for name in SCORES:
        row[name] = _latest(panels.democracy, lead.code, years, name)
    deaths = [part.deaths for part in members]
    row["batdeath"] = nan if any(map(isnan, deaths)) else fsum(deaths)
    regime = _in_place(panels.regimes.get(lead.code, ()), start)
    row["regime_type"] = regime["regime_type"] if regime else ""
    row["leader_start_forced_12m"] = _forced(panels.leaders.get(lead.code, ()), start, end)
    return row


def _original(members: Sequence[Participation], start: date) -> list[Participation]:
    """Those who were in it within the first days; where a side came in later, within its own."""
    first = max(start, min(part.start for part in members))
    return [part for part in members if part.start <= first + FIRST_DAYS]


def _lead(members: Sequence[Participation], start: date, panels: Panels) -> Participation:
    """The strongest of the first days; among equals who began it."""

    def size(part: Participation) -> float:
        value = _latest(panels.capabilities, part.code, (start.year - 1, start.year), "cinc")
        return 0.0 if isnan(value) else value

    return max(_original(members, start), key=lambda part: (size(part), part.began_it))


def _forced(leaders: Sequence[TidyRow], start: date, end: date) -> float:
    """Whether the leader of the first day was forced out by a year after the end;
    not a number where nobody is on file.
    """
    leader = _in_place(leaders, start)
    if leader is None:
        return nan
    return float(str(leader["exit"]) in FORCED and str(leader["enddate"]) <= (end + YEAR_AFTER).isoformat())


def _in_place(spells: Sequence[TidyRow], day: date) -> TidyRow | None:
    """Which leader or regime of a state a day falls into: the earlier one on the day of a change."""
    return next((row for row in spells if str(row["startdate"]) <= day.isoformat() <= str(row["enddate"])), None)


def _spell(line: TidyRow) -> Participation:
    spells = [
        (date.fromisoformat(str(line[first])), date.fromisoformat(str(line[last])))
        for first, last in (("start", "end"), ("start_again", "end_again"))
        if line.get(first) and line.get(last)
    ]
    return Participation(
        str(line["state"]),
        int(str(line["ccode"])),
        int(str(line["side"])),
        line["initiator"] == 1,
        int(str(line["outcome_code"])),
        float(str(line["batdeath"])),
        tuple(spells),
    )


def _latest(panel: Mapping[tuple[int, int], TidyRow], code: int, years: Sequence[int], name: str) -> float:
    """What a panel knows of a state in the first of these years that it knows."""
    values = (float(str(panel[code, year][name])) for year in years if (code, year) in panel)
    return next((value for value in values if not isnan(value)), nan)


def _by_year(lines: Sequence[TidyRow]) -> dict[tuple[int, int], TidyRow]:
    """Several files on the same state and year are laid over each other: what one does not know, another may.

    Where two know and differ, the first one counts.
    """
    panel: dict[tuple[int, int], TidyRow] = {}
    for line in lines:
        if isnan(float(str(line["ccode"]))):
            continue
        place = (int(float(str(line["ccode"]))), int(str(line["year"])))
        values = {key: value for key, value in line.items() if not _unknown(value)}
        earlier = panel.get(place, {})
        panel[place] = {
            **line,
            **earlier,
            **{key: value for key, value in values.items() if _unknown(earlier.get(key))},
        }
    return panel


def _unknown(value: object) -> bool:
    return value is None or (isinstance(value, float) and isnan(value))


def _by_state(lines: Sequence[TidyRow]) -> dict[int, list[TidyRow]]:
    spells: dict[int, list[TidyRow]] = {}
    for line in sorted(lines, key=lambda row: str(row["startdate"])):
        if not isnan(float(str(line["ccode"]))):
            spells.setdefault(int(float(str(line["ccode"]))), []).append(line)
    return spells
