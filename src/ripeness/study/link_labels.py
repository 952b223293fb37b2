"""Labels of the causal pathways in plain words: what acts, and on what."""

from __future__ import annotations

from ripeness.study.causal_map.arrows import WIDER_LINKS, link_ends
from ripeness.world.pathway_names import NAMES

NODES = {"front": "the front", "effort": "war effort"}  # what a node of the map is called where it stands alone
CAUSE_AND_EFFECT = {
    link: WIDER_LINKS.get(link) or (NODES.get(cause, cause), NODES.get(effect, effect))
    for link, (cause, effect) in link_ends().items()
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
