"""Presets of a war: those that its scenario names, and those that any war has, alike for both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ripeness.scenario.armed_polities import principals
from ripeness.scenario.faction_form import FactionForm
from ripeness.scenario.polity_form import PolityForm
from ripeness.scenario.schema import Preset, Scenario
from ripeness.world.fault import ArgumentFault
from ripeness.world.wording import unknown_name

FIRM, NONE = 0.95, 0.0  # a guarantee that outsiders stand behind, and none
STRONG_MEDIATION = 2.0  # as the levers of mechanisms have it; 1 is what a usual mediator brings
COSTLIER = ("casualty_aversion", "exposure")  # traits by which a war weighs on those who bear it
HARDLY = 0.01  # the power of who is hardly heard
MOST_AVERSION = 1.0  # of a trait, beyond which no file may go
COMMANDERS = frozenset({"military", "commanders"})
PEOPLE = frozenset({"public", "social_base"})
DIGITS = 4


def presets_of(scenario: Scenario) -> dict[str, Preset]:
    """The presets of a scenario by key: its own in the order of the file, then those that every war has.

    >>> from ripeness.scenario.read import read_scenario
    >>> presets = presets_of(read_scenario("ukraine-2023-03"))
    >>> [preset.name for preset in presets.values()][4:6]
    ['A firm guarantee of the peace', 'Nobody guarantees a peace']
    """
    named_presets = dict(scenario.presets)
    names = {preset.name for preset in named_presets.values()}
    return named_presets | {
        key: preset for key, preset in _of_any_war(scenario) if key not in named_presets and preset.name not in names
    }


def find_preset(scenario: Scenario, name: str) -> Preset:
    """The preset of that key or name.

    Raises: ArgumentFault where there is none, with the nearest.
    """
    presets = presets_of(scenario)
    by_name = {preset.name.lower(): preset for preset in presets.values()}
    preset = presets.get(name) or by_name.get(name.strip().lower())
    if preset is None:
        raise ArgumentFault("presets", f": {unknown_name('a preset', name, presets)}")
    return preset


def _of_any_war(scenario: Scenario) -> Iterator[tuple[str, Preset]]:
    yield "guarantee", Preset(name="A firm guarantee of the peace", changes={"talks.guarantee": FIRM})
    yield "no-guarantee", Preset(name="Nobody guarantees a peace", changes={"talks.guarantee": NONE})
    yield "mediation", Preset(name="Strong mediation", changes={"talks.mediation": STRONG_MEDIATION})
    yield "no-mediation", Preset(name="No mediation", changes={"talks.mediation": 0.0})
    yield from _of_both(scenario, "costlier", "The war weighs twice as much on the public of {}", _costlier)
    yield from _of_both(scenario, "commanders", "Commanders of {} lose their say", _silenced)
    roles = {str(issue.role) for polity in scenario.polities.values() for issue in polity.issues.values()}
    if "aid" in roles:
        yield "no-aid", Preset(name="No aid arrives from outside, on either side", cuts=("aid->munitions",))
    if "sanctions" in roles:
        yield "no-sanctions", Preset(name="Sanctions have no effect", cuts=("sanctions->economy",))


def _of_both(
    scenario: Scenario, key: str, words: str, changes_of: Callable[[PolityForm, str], Iterator[tuple[str, float | str]]]
) -> Iterator[tuple[str, Preset]]:
    """The same for each of the two sides; nothing where one of them has nothing that could be changed so."""
    changes = {side: dict(changes_of(scenario.polities[side], f"polities.{side}")) for side in principals(scenario)}
    if all(changes.values()):
        for side, numbers in changes.items():
            name = scenario.polities[side].name or side
            yield f"{key}-{side}", Preset(name=words.format(name)[:80], changes=numbers)


def _costlier(polity: PolityForm, path: str) -> Iterator[tuple[str, float | str]]:
    """Twice what the war costs the public, of each trait by which it does."""
    for key in _factions(polity, lambda faction: faction.archetype in PEOPLE or faction.public):
        traits = polity.factions[key].traits
        for trait in COSTLIER:
            quantity = getattr(traits, trait)
            if quantity is not None:
                twice = min(2 * quantity.centre, MOST_AVERSION)
                yield f"{path}.factions.{key}.traits.{trait}", float(f"{twice:.{DIGITS}g}")


def _silenced(polity: PolityForm, path: str) -> Iterator[tuple[str, float | str]]:
    """Hardly any power for those who command the armed forces, where others are left to decide."""
    keys = list(_factions(polity, lambda faction: faction.archetype in COMMANDERS))
    if len(keys) < len(polity.factions):
        for key in keys:
            yield f"{path}.factions.{key}.power", HARDLY


def _factions(polity: PolityForm, is_meant: Callable[[FactionForm], bool]) -> Iterator[str]:
    factions: Mapping[str, FactionForm] = polity.factions
    return (key for key, faction in factions.items() if is_meant(faction))
