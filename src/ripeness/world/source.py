"""Where a claim comes from, and how far it can be trusted (Admiralty code: reliability A-F, credibility 1-6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A document: who wrote it, when it was published, and its grade.

    >>> Source("poll", "A survey", "An institute", date(2023, 2, 1), "B2").grade_in_words
    'usually reliable; probably true'
    """

    id: str
    title: str
    author: str
    published: date | None
    grade: str
    publisher: str = ""
    address: str = ""
    place: str = ""
    note: str = ""

    @property
    def grade_in_words(self) -> str:
        """The Admiralty grade spelled out."""
        return f"{RELIABILITY[self.grade[0]]}; {CREDIBILITY[self.grade[1]]}"
