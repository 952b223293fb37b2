"""Ends of past conflicts, and the coarse classes in which the record and the model are compared."""

from __future__ import annotations

from collections.abc import Mapping

CAUSES = ("agreement", "ceasefire", "victory", "low_activity")  # competing risks: how fighting may end
ENDS = (*CAUSES, "fighting")
CLASSES = ("settlement", "frozen", "victory", "fighting")
CLASS_OF_END: Mapping[str, str] = {
    "agreement": "settlement",
    "ceasefire": "settlement",
    "victory": "victory",
    "low_activity": "frozen",
    "fighting": "fighting",
}
CLASS_OF_OUTCOME: Mapping[str, str] = {
    "settlement": "settlement",
    "ceasefire": "settlement",
    "frozen": "frozen",
    "victory": "victory",
    "collapse": "victory",
    "fighting": "fighting",
}
END_WORDS: Mapping[str, str] = {
    "agreement": "peace agreement",
    "ceasefire": "ceasefire",
    "victory": "victory of either side",
    "low_activity": "low activity (frozen)",
    "fighting": "still fighting",
}
