"""Wording of messages: a name that is not known with the nearest that is, and a list as a sentence has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

MOST_NAMED = 14  # names that a hint lists
CUTOFF = 0.6  # similarity from which a name counts as near (difflib's own default)


def nearest(name: str, names: Iterable[str], cutoff: float = CUTOFF) -> str | None:
    """The name that is most like a misspelt one; None where none is near.

    >>> nearest("salence", ["salience", "position"]), nearest("horse", ["salience", "position"])
    ('salience', None)
    """
    return next(iter(get_close_matches(name, list(names), n=1, cutoff=cutoff)), None)


def did_you_mean(
    name: str, names: Iterable[str], otherwise: str = "", *, cutoff: float = CUTOFF, at_most: int = 1
) -> str:
    """Ask whether the nearest name (or one of the `at_most` nearest) was meant; `otherwise` where no name is near.

    >>> did_you_mean("salence", ["salience"]), did_you_mean("horse", ["salience"], "its keys are salience")
    ("did you mean 'salience'?", 'its keys are salience')
    """
    near = get_close_matches(name, list(names), n=at_most, cutoff=cutoff)
    quoted = [f"'{near_name}'" for near_name in near]
    return f"did you mean {join_words(quoted, 'or')}?" if near else otherwise


def unknown_name(category: str, name: str, names: Iterable[str]) -> str:
    """Say that a name leads nowhere, with the nearest that does, or with those that there are.

    >>> unknown_name("an issue", "effrt", ["effort", "terms"]), unknown_name("an issue", "horse", ["effort", "terms"])
    ("'effrt' is not an issue; did you mean 'effort'?", "'horse' is not an issue; there is effort, terms")
    """
    listed = list(names)
    and_more = f" and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else ""
    otherwise = f"there is {', '.join(listed[:MOST_NAMED]) + and_more or 'none'}"
    return f"'{name[:60]}' is not {category}; {did_you_mean(name, listed, otherwise)}"


def end_sentence(text: str) -> str:
    """Text with a full stop, unless it ends like a sentence already, closing quotation marks aside.

    >>> end_sentence("Arms and Influence"), end_sentence("When Can Mediators Build Trust?"), end_sentence("Time Inc.")
    ('Arms and Influence.', 'When Can Mediators Build Trust?', 'Time Inc.')
    """
    ended = text.rstrip("\"'\u201d\u2019\u00bb)").endswith((".", "?", "!", "\u2026"))
    return text if ended else f"{text}."


def join_words(words: Sequence[str], last: str = "and") -> str:
    """Words as a sentence lists them.

    >>> join_words(["north", "south"]), join_words(["value", "range", "pert"], "or")
    ('north and south', 'value, range or pert')
    """
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
