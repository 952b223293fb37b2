"""Kinds of ceasefire, and the codes under which the state of a war records the one in force.

Classes follow the ETH/PRIO Civil Conflict Ceasefire data: cessations of hostilities, here parted into local and
humanitarian ones, preliminary ceasefires, which have a mechanism of compliance, and definitive ones, which are meant to
end the fighting for good. Source: Clayton and Sticher 2021; Clayton et al. 2023.
"""

from __future__ import annotations

NO_CEASEFIRE, LOCAL, HUMANITARIAN, PRELIMINARY, DEFINITIVE = 0, 1, 2, 3, 4
KINDS = ("local", "humanitarian", "preliminary", "definitive")


def ceasefire_code(kind: str) -> int:
    """The code of a kind of ceasefire.

    >>> ceasefire_code("preliminary"), ceasefire_code("none")
    (3, 0)
    """
    return NO_CEASEFIRE if kind == "none" else KINDS.index(kind) + 1
