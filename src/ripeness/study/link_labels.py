"""Labels of the causal pathways in plain words: what acts, and on what."""

from __future__ import annotations

from ripeness.world.pathway_names import NAMES

CAUSE_AND_EFFECT = {
    "fighting->belief": ("the front", "belief in own strength"),
    "losses->cost": ("losses", "cost of war"),
    "economy->cost": ("economy", "cost of war"),
    "rearmament->terms": ("what the rival gains by a truce", "terms"),
    "rearmament->strength": ("rearming in ceasefires", "strength"),
    "ceasefire->intensity": ("ceasefire", "losses"),
    "fate->terms": ("the leader's fate", "terms"),
    "audience->terms": ("publicly stated terms", "terms"),
    "pressure->positions": ("pressure", "positions"),
    "weariness->positions": ("weariness", "positions"),
    "front->positions": ("the front", "positions"),
    "rents->positions": ("rents from trade", "positions"),
    "discontent->positions": ("protest", "positions"),
    "obstruction->effort": ("obstruction", "war effort"),
    "aid->munitions": ("aid from patrons", "munitions"),
    "sanctions->economy": ("sanctions", "economy"),
    "trade->economy": ("trade with patrons", "economy"),
    "munitions->strength": ("munitions", "strength"),
    "men->strength": ("men", "strength"),
    "effort->strength": ("war effort", "strength"),
    "restraint->strength": ("restraint", "strength"),
    "reform->power": ("reform", "power of those whom it hits"),
    "rents->power": ("rents from trade", "power of those who live on them"),
    "war->power": ("the war", "power of those whom it strengthens"),
    "front->power": ("the front", "power of those whom war strengthens"),
    "protest->power": ("protest", "power of the public"),
    "grievance->protest": ("weariness and the economy", "protest"),
    "front->removal": ("the front", "fall of the leader"),
    "protest->removal": ("protest", "fall of the leader"),
    "protest->collapse": ("protest", "collapse"),
}


def link_label(link: str) -> str:
    """A causal link in plain words; one that is not known stays as it is.

    >>> link_label("aid->munitions")
    'aid from patrons → munitions'
    """
    cause, effect = CAUSE_AND_EFFECT.get(link, (link, ""))
    return f"{cause} → {effect}" if effect else cause


def link_labels() -> dict[str, str]:
    """Every link that can be cut, with its label, in the order of the model."""
    return {link: link_label(link) for link in NAMES}
