"""Words of the classes of ends: how sentences, headings and pictures say them, by the kind of war.

An outcome by itself is said by `outcome` in show/words.py. In a war inside a state the words are those of the field's
coding of ends: peace agreement, ceasefire, low activity (Kreutz 2010).
"""

from __future__ import annotations

from collections.abc import Mapping

from ripeness.scenario.polity_names import MOVEMENT, PolityNames
from ripeness.show.target_words import outcome_in_words
from ripeness.show.words import outcome
from ripeness.study.coded_ends import EITHER, CodedEnd

PHRASES = {
    "settlement": "a settlement or lasting ceasefire",
    "frozen": "a frozen front",
    "victory": "a victory of either side",
    "fighting": "the war going on",
}
HEADINGS = {"settlement": "agreement,\nceasefire", "frozen": "frozen", "victory": "won", "fighting": "still fought"}
PARTICIPLES = {"settlement": "settled", "frozen": "frozen", "victory": "won by one side", "fighting": "still going on"}
ENDED = PARTICIPLES | {"settlement": "settled (by agreement or ceasefire)"}  # where there is room to say it
CIVIL_PHRASES = PHRASES | {"settlement": "a peace agreement or lasting ceasefire", "frozen": "low activity"}
CIVIL_HEADINGS = HEADINGS | {"frozen": "low\nactivity"}
SHORT = {
    "victory": "victory",
    "collapse": "collapse",
    "settlement": "settled",
    "ceasefire": "ceasefire",
    "frozen": "frozen",
    "fighting": "still\nfought",
}
CIVIL_SHORT = SHORT | {"settlement": "peace\nagreement", "frozen": "low\nactivity"}


def outcome_heading(kind: str, names: Mapping[str, str], polity: str | None = None) -> str:
    """An outcome as a narrow column has it, with whose it is below it.

    >>> outcome_heading("frozen", {})
    'frozen'
    >>> outcome_heading("collapse", PolityNames({"m": "Front"}, civil=True, parties={"m": MOVEMENT}), "m").split()
    ['end', 'of', 'Front']
    """
    if not polity:
        return (CIVIL_SHORT if _civil(names) else SHORT)[kind]
    is_movement = isinstance(names, PolityNames) and names.parties.get(polity) == MOVEMENT
    ending = "end of" if kind == "collapse" and is_movement else SHORT[kind]
    return f"{ending}\n{names[polity]}"


def class_outcome(name: str, names: Mapping[str, str]) -> str:
    """What is asked of past conflicts and model alike: a class of ends, or the outcome that is meant.

    >>> class_outcome("settlement", {}), class_outcome("frozen", {})
    ('settlement or lasting ceasefire', 'frozen front')
    """
    if name == "victory":
        return "victory of either side"
    words = outcome_in_words(name, names)
    return f"{words} or {outcome('ceasefire', None, names)}" if name == "settlement" else words


def coded_end(end: CodedEnd, names: Mapping[str, str]) -> str:
    """An end as the field codes it, with whose it is.

    >>> coded_end(CodedEnd("low_activity", "frozen", None, 12.0, 0.5, None, None, None), {})
    'low activity'
    """
    if end.polity == EITHER:
        return "victory of either side" if end.end == "victory" else "an actor ceases to exist"
    if end.polity:
        return outcome(end.outcome, end.polity, names)
    plain = {"agreement": "peace agreement", "low_activity": "low activity", "ceasefire": "ceasefire"}
    return plain.get(end.end, "still fighting")


def class_phrase(name: str, names: Mapping[str, str]) -> str:
    """A class of ends as a sentence says it.

    >>> class_phrase("frozen", {}), class_phrase("frozen", PolityNames(civil=True))
    ('a frozen front', 'low activity')
    """
    return (CIVIL_PHRASES if _civil(names) else PHRASES)[name]


def class_heading(name: str, names: Mapping[str, str]) -> str:
    """A class of ends as a column has it.

    >>> class_heading("frozen", {})
    'frozen'
    """
    return (CIVIL_HEADINGS if _civil(names) else HEADINGS)[name]


def class_label(name: str, names: Mapping[str, str]) -> str:
    """A class of ends on one line, as a picture or a narrow table names it.

    >>> class_label("settlement", {})
    'agreement, ceasefire'
    """
    return class_heading(name, names).replace("\n", " ")


def _civil(names: Mapping[str, str]) -> bool:
    return isinstance(names, PolityNames) and names.civil
