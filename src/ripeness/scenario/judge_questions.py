"""Questions to judges: which numbers of a case several people are asked to judge, and what each of them means.

Asked are the power of every faction, its positions and its salience, and the traits that are named beside them. The
numbers that the case holds already are no part of what a judge reads, since a figure that is seen pulls the answer.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ripeness.scenario.faction_form import TraitsForm
from ripeness.scenario.number_field import NumberField
from ripeness.scenario.number_paths import find_number_field, scenario_numbers
from ripeness.scenario.schema import Scenario
from ripeness.store.json_text import canonical_json
from ripeness.world.fault import Fault
from ripeness.world.quantity import Quantity
from ripeness.world.wording import did_you_mean

ASKED = re.compile(r"polities\.[^.]+\.factions\.[^.]+\.(?:power|positions\.[^.]+|salience\.[^.]+)")
TRAIT = re.compile(r"polities\.[^.]+\.factions\.[^.]+\.traits\.[^.]+")
POWER = re.compile(r"polities\.([^.]+)\.factions\.[^.]+\.power")
KINDS = ("power", "positions", "salience", "traits")  # in the order in which a sheet asks
DIGEST = 16  # hexadecimal figures that tell questionnaires apart


@dataclass(frozen=True, slots=True)
class JudgeQuestion:
    """One number that judges are asked for: its path, whose it is, what it is and means, and the case's own number."""

    path: str
    owner: str
    number: str
    meaning: str
    field: NumberField
    coded: Quantity

    @property
    def kind(self) -> str:
        """Power, positions, salience or traits."""
        return self.path.split(".")[4]


def judge_questions(
    scenario: Scenario, traits: Sequence[str] = (), polities: Sequence[str] = ()
) -> tuple[JudgeQuestion, ...]:
    """The questions of a case, polity by polity: powers, then positions, salience and traits of each faction.

    `traits` are paths of traits that are asked for as well; without `polities` all polities are asked about.

    Raises: Fault for a polity that the case does not have, or a path that leads to no trait.

    >>> from ripeness.scenario.read import read_scenario
    >>> print(judge_questions(read_scenario("japan-1945"), polities=["japan"])[0].meaning)
    share of the say over what Japan decides; all factions of Japan together have 1
    """
    for key in polities:
        if key not in scenario.polities:
            names = ", ".join(scenario.polities)
            hint = did_you_mean(key, scenario.polities, f"polities are {names}")
            raise Fault(f"'{key[:60]}' is not a polity of the case; {hint}")
    numbers = scenario_numbers(scenario)
    for path in traits:
        if path not in numbers or not TRAIT.fullmatch(path):
            candidates = [number for number in numbers if TRAIT.fullmatch(number)]
            hint = did_you_mean(path, candidates, "a trait is written polities.POLITY.factions.FACTION.traits.TRAIT")
            raise Fault(f"'{path[:120]}' is not a trait of a faction; {hint}")
    paths = [path for path in numbers if ASKED.fullmatch(path)] + list(dict.fromkeys(traits))
    wanted = [path for path in paths if not polities or path.split(".")[1] in polities]
    return tuple(_question(scenario, path, numbers[path]) for path in sorted(wanted, key=_reading_order(scenario)))


def questions_digest(questions: Sequence[JudgeQuestion]) -> str:
    """A fingerprint of what judges are asked: where it is the same, a sheet means the same numbers.

    Names, words, units and bounds count; the case's own numbers and the parameters of the model do not.
    """
    rows = [[q.path, q.owner, q.number, q.meaning, q.field.unit, q.field.low, q.field.high] for q in questions]
    return hashlib.sha256(canonical_json(rows).encode("ascii")).hexdigest()[:DIGEST]


def powers_by_polity(paths: Sequence[str]) -> dict[str, list[str]]:
    """The paths of powers among some paths, by polity.

    >>> powers_by_polity(["stake.held", "polities.a.factions.x.power", "polities.a.factions.y.power"])
    {'a': ['polities.a.factions.x.power', 'polities.a.factions.y.power']}
    """
    powers: dict[str, list[str]] = {}
    for path in paths:
        if match := POWER.fullmatch(path):
            powers.setdefault(match[1], []).append(path)
    return powers


def _reading_order(scenario: Scenario) -> Callable[[str], tuple[int, int, int, int, str]]:
    """Rank a path: polity by polity, first all powers, which share 1, then faction by faction and issue by issue."""
    polities = list(scenario.polities)

    def rank(path: str) -> tuple[int, int, int, int, str]:
        _, polity_key, _, faction_key, kind, *below = path.split(".")
        polity = scenario.polities[polity_key]
        faction = list(polity.factions).index(faction_key)
        if kind == "power":
            return polities.index(polity_key), 0, faction, 0, path
        issues = list(polity.issues)
        issue = issues.index(below[0]) if below[0] in issues else len(issues)  # traits come last
        return polities.index(polity_key), 1 + faction, issue, KINDS.index(kind), path

    return rank


def _question(scenario: Scenario, path: str, coded: Quantity) -> JudgeQuestion:
    _, polity_key, _, faction_key, kind, *below = path.split(".")
    polity = scenario.polities[polity_key]
    country, faction = polity.name or polity_key, polity.factions[faction_key].name or faction_key
    if kind == "power":
        number = "power"
        meaning = f"share of the say over what {country} decides; all factions of {country} together have 1"
    elif kind == "traits":
        number = below[0].replace("_", " ")
        meaning = TraitsForm.model_fields[below[0]].description or number
    else:
        issue = polity.issues.get(below[0])
        name = (issue.name if issue is not None else "") or below[0].replace("-", " ")
        ends = issue.ends if issue is not None else ("the low end", "the high end")
        number = f"position on {name}" if kind == "positions" else f"salience of {name}"
        meaning = (
            f"what it wants: 0 is {ends[0]}, 1 is {ends[1]}"
            if kind == "positions"
            else "how much it cares about this issue: 0 not at all, 1 as much as can be"
        )
    return JudgeQuestion(path, f"{country}, {faction}", number, meaning, find_number_field(scenario, path), coded)
