"""What a number means, in a line below its name: as its form says it, or in the unit and words of the editor."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import BaseModel

HINTS: Mapping[str, str] = MappingProxyType(
    {
        "Conduct.leader_weight": "0: the leader mediates among the factions; 100: the leader alone decides",
        "Conduct.leader_share": "of choices between courses; else the faction decides that tips the balance of power",
        "Conduct.quota": "share of effective power that must accept terms; 50 is a majority",
        "Conduct.noise": "how far a decision can miss what power and wishes imply",
        "Conduct.rearm": "over the rival; 0.1 is about a tenth, 0.7 twice as strong",
        "Conduct.estimate_error": "0: it sees its strength as it is; 0.3: it thinks itself about a third stronger",
        "Conduct.defection": "1: as readily as their traits say; 2: twice as readily",
        "PolityForm.aid_capacity": "munitions a month for the side that it helps, if it gives all it can",
        "PolityForm.sanctions_weight": "share of the target's economy lost a month under its full sanctions",
        "PolityForm.trade_weight": "share of the target's economy lost a month if it cut all trade",
        "Conduct.public_terms": "",
        "Conduct.aim": "",
        "Conduct.reporting": "",
        "Resources.forces": "",
        "Resources.pool": "",
        "Resources.call_up": "",
        "Resources.economy": "",
        "Resources.output": "at market prices",
        "Resources.wounded": "",
        "Resources.displaced": "at the start",
        "Resources.deaths": "around the start, if known",
        "Resources.munitions": "that would last so long at full intensity",
        "Resources.production": "at full effort, with a whole economy",
        "Resources.civilian_harm": "while there is fighting",
        "TraitsForm.optimism": "0: it sees its side's strength as it is; 0.3: it thinks it about a third stronger",
        "TraitsForm.office": "if it answers for the war",
        "TraitsForm.punishment": "if it answers for the war",
        "TraitsForm.distance": "0: in the capital; 100: as far as can be",
        "TraitsForm.exit_rate": "once its dissatisfaction is above what it bears; 0: it never leaves",
        "TraitsForm.war_weight": "0.01 is about one per cent a month, while war is at full intensity",
        "TraitsForm.credit": "0: none; above 0: its power grows when its side gains ground",
        "Talks.guarantee": "0: paper binds nobody; 100: outsiders make a breach impossible",
        "Talks.mediation": "1 is usual; at 2 the sides settle twice as readily, where there is room for it",
        "Talks.misperception": "above 0: the sides think that there is more room than there is",
        "Talks.monitoring": "by others than the mediators of this scenario",
    }
)


def hint_of(form: type[BaseModel], key: str) -> str:
    """What a number of a form means, in a line.

    >>> from ripeness.scenario.polity_form import Conduct
    >>> hint_of(Conduct, "claim")
    'worth of keeping the claim open when a front freezes, as a share of the stake'
    """
    return HINTS.get(f"{form.__name__}.{key}", form.model_fields[key].description or "")
