"""Headings of actor tables: what a column holds in the words of the field, on which issue, and in which unit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ripeness.world.delimited import TextCell

ACTOR = (
    "actor",
    "actors",
    "stakeholder",
    "stakeholders",
    "player",
    "players",
    "faction",
    "factions",
    "member",
    "members",
    "actor name",
    "stakeholder name",
    "player name",
)
# A column of these names the actors where no column of the above does.
ACTOR_FALLBACK = (
    "name",
    "names",
    "group",
    "interest group",
    "country",
    "state",
    "party",
    "government",
    "organisation",
    "organization",
    "agent",
)
INFLUENCE = (
    "influence",
    "capability",
    "capabilities",
    "power",
    "weight",
    "clout",
    "resources",
    "resource",
    "strength",
    "leverage",
    "votes",
    "voting power",
    "voting weight",
    "infl",
    "cap",
)
POSITIONS = ("positions", "position", "preference", "stance", "ideal point", "pstn", "pos")
SALIENCES = ("saliences", "salience", "saliency", "importance", "priority", "sal")
ISSUE = ("issue", "issues", "issue name", "topic", "question", "dimension")
REMARKS = ("description", "note", "notes", "comment", "comments", "remark", "remarks", "source", "sources")
WORDS: dict[str, tuple[str, ...]] = {
    "actor": ACTOR,
    "other actor": ACTOR_FALLBACK,
    "influence": INFLUENCE,
    "issue": ISSUE,
    "remark": REMARKS,
}
ISSUE_COLUMNS: dict[str, tuple[str, ...]] = {"position": POSITIONS, "salience": SALIENCES}
FILLER_WORDS = frozenset(
    (
        "the",
        "a",
        "an",
        "of",
        "on",
        "for",
        "about",
        "regarding",
        "to",
        "towards",
        "in",
        "actor's",
        "its",
        "own",
        "initial",
        "current",
        "stated",
        "preferred",
        "relative",
        "total",
        "overall",
        "potential",
        "political",
        "effective",
        "score",
        "scores",
        "value",
        "values",
        "level",
        "rating",
        "estimate",
        "scale",
    )
)
BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
SPAN = re.compile(
    r"(-?[0-9]+(?:[.,][0-9]+)?)\s?%?\s?(?:-|\u2013|\u2014|\u2212|to|\.\.+|\u2026|;|/)\s?([0-9]+(?:[.,][0-9]+)?)\s?%?"
)
PER_CENT = frozenset(("%", "per cent", "percent", "percentage", "pct", "in %", "in per cent", "in percent"))
SHARES = frozenset(("share", "shares", "fraction", "proportion", "probability"))
JOINERS = " \t:;,.-\u2013\u2014/|*"
DECIMAL = re.compile(r"[0-9]\.[0-9]+-|-[0-9]+\.[0-9]")
ENDS = re.compile("[01] (?:[1-9]|10+)")  # of a scale, as position_0_100 has them
ARTICLES = ("a", "an")
LONGEST_UNIT = 40
LONGEST_FAMILIAR = 1000  # letters of a heading by which a table is known


@dataclass(frozen=True, slots=True)
class ActorHeading:
    """What a column holds: actor, influence, position, salience, issue, remark, or nothing that is known.

    `issue` is named by the heading beside the word, `bracket` is what it says in brackets, `scale` the highest number
    of its unit where it names one.
    """

    cell: TextCell
    kind: str
    issue: str = ""
    bracket: str = ""
    scale: float | None = None


def actor_heading(cell: TextCell) -> ActorHeading:
    """Read one heading, in time that grows with its length alone."""
    text, brackets = _without_brackets(cell.text)
    words, unit = _without_unit(_words(text))
    scale = _scale(brackets) if brackets else None
    scale = _scale(unit) if scale is None else scale
    text = " ".join(words).strip(JOINERS)
    kind, issue = _kind(text)
    return ActorHeading(cell, kind, issue, "" if _is_unit(brackets) else brackets, scale)


def is_actor_heading(text: str) -> bool:
    """Whether a cell may be a heading of an actor table.

    >>> is_actor_heading("tax position (0-100)"), is_actor_heading("Army")
    (True, False)
    """
    if len(text) > LONGEST_FAMILIAR:
        return False
    words, _ = _without_unit(_words(_without_brackets(text)[0]))
    return _kind(" ".join(words).strip(JOINERS))[0] not in ("", "remark", "other actor")


def _kind(text: str) -> tuple[str, str]:
    """What a heading without its unit speaks of, and of which issue."""
    plain = text.casefold()
    bare = " ".join(word for word in plain.split() if word not in FILLER_WORDS)
    for kind, words in WORDS.items():
        if plain in words or bare in words:
            return kind, ""
    for kind, words in ISSUE_COLUMNS.items():
        issue = _issue(text, words)
        if issue is not None:
            return kind, issue
    return "", ""


def _issue(text: str, words: tuple[str, ...]) -> str | None:
    """The issue in 'tax position', 'position on tax' or 'Position: tax'; None for another column."""
    matches = list(re.finditer(rf"(?i)(?<![^\W_])(?:{'|'.join(words)})(?![a-z])", text))
    if not matches:
        return None
    text_before, text_after = text[: matches[-1].start()], text[matches[0].end() :]
    if matches[0].start() == 0:
        return _bare(text_after)
    if matches[-1].end() == len(text):
        return _bare(text_before)
    # 'actor position score': words that say nothing may stand on one side.
    text_before, text_after = _bare(text[: matches[0].start()]), _bare(text_after)
    if text_after and text_before.casefold() in ARTICLES:
        return text_after
    return None if text_before and text_after else text_before or text_after


def _words(text: str) -> list[str]:
    """A heading's words; programs write blanks and brackets as underscores or points."""
    text = text.replace("_", " ").strip()
    return (text if " " in text or DECIMAL.search(text) else text.replace(".", " ")).split()


def _bare(text: str) -> str:
    """An issue's name without joining signs and words that say nothing at its ends."""
    words = text.strip(JOINERS).split()
    first, last = 0, len(words)
    while first < last and words[first].casefold() in FILLER_WORDS and not _is_letter(words, first):
        first += 1
    while last > first and words[last - 1].casefold() in FILLER_WORDS and not _is_letter(words, last - 1):
        last -= 1
    return " ".join(words[first:last]).strip(JOINERS)


def _is_letter(words: list[str], at: int) -> bool:
    """Whether an article ends the name: then it is the letter of an issue, as in 'A position' or 'issue A'."""
    return at == len(words) - 1 and words[at].casefold() in ARTICLES


def _without_brackets(text: str) -> tuple[str, str]:
    """A heading without what stands in brackets at its end, and without units in brackets anywhere; and these."""
    bracketed = []

    def take(match: re.Match[str]) -> str:
        content = match.group(1).strip()
        if match.end() < len(text) and not _is_unit(content):
            return match.group()
        bracketed.append(content)
        return " "

    return BRACKETS.sub(take, text), " ".join(bracketed)


def _without_unit(words: list[str]) -> tuple[list[str], str]:
    """A heading's words without a unit at their end, such as '0-100', 'in %' or '0 to 1', or a % before them;
    and that unit.
    """
    if len(words) > 1 and words[0] in PER_CENT:
        return words[1:], words[0]
    for count in (3, 2, 1):
        tail = " ".join(words[-count:])
        ends = ENDS.fullmatch(tail)
        if (
            len(words) > count
            and len(tail) <= LONGEST_UNIT
            and (ends or tail.casefold() in PER_CENT or SPAN.fullmatch(tail))
        ):
            return words[:-count], "-".join(tail.split()) if ends else tail
    return words, ""


def _is_unit(text: str) -> bool:
    """Whether what stands in brackets is a unit beyond doubt."""
    return not text or _scale(text) is not None or "%" in text or any(sign.isdigit() for sign in text)


def _scale(unit: str) -> float | None:
    """The highest number of a scale: 100 for per cent, 1 for a share, b for 'a to b'; None where none is named."""
    unit = unit.strip().casefold()
    if len(unit) > LONGEST_UNIT:
        return None
    if unit in PER_CENT:
        return 100.0
    if unit in SHARES:
        return 1.0
    span = SPAN.fullmatch(unit) or SPAN.search(unit)
    if not span:
        return None
    low, high = (float(end.replace(",", ".")) for end in span.groups())
    return high if low in (0, 1) and high > low else None  # not of years, as 1990-2000
