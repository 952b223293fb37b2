"""Names of polities as readers are shown them; in a war inside a state, who is its government and who the movement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ripeness.scenario.armed_polities import in_order_of_war, principals

if TYPE_CHECKING:
    from ripeness.scenario.schema import Scenario

GOVERNMENT, MOVEMENT = "government", "movement"


class PolityNames(dict[str, str]):
    """Names by key. `civil`: a war inside a state; `parties`: polity -> government or movement, where one fights one.

    >>> names = PolityNames({"n": "the North"}, civil=True, parties={"n": "government"})
    >>> names["n"], names.parties["n"]
    ('the North', 'government')
    """

    def __init__(
        self,
        names: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        *,
        civil: bool = False,
        parties: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(names)
        self.civil = civil
        self.parties = dict(parties or {})

    def only(self, keys: Iterable[str]) -> PolityNames:
        """The names of some polities, in this order."""
        return PolityNames({key: self[key] for key in keys}, civil=self.civil, parties=self.parties)


def is_inside_a_state(scenario: Scenario) -> bool:
    """Whether it is a war inside a state: by `conflict`, or because a movement fights in it."""
    from ripeness.scenario.parameter_points import is_civil  # loads numpy

    return is_civil(scenario) or any(
        polity.kind == MOVEMENT for polity in scenario.polities.values() if polity.role == "belligerent"
    )


def polity_names(scenario: Scenario) -> PolityNames:
    """Every polity's name, its key where it has none, in the order of the war; a party is a principal's."""
    belligerents = {key: scenario.polities[key] for key in principals(scenario)}
    kinds = {polity.kind for polity in belligerents.values()}
    parties = {
        key: MOVEMENT if polity.kind == MOVEMENT else GOVERNMENT
        for key, polity in belligerents.items()
        if len(kinds) > 1
    }
    names = {key: scenario.polities[key].name or key for key in in_order_of_war(scenario)}
    return PolityNames(names, civil=is_inside_a_state(scenario), parties=parties)
