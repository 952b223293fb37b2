"""Address: what shapes an answer, as words of the address of its page, so that a link or a reload gives the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from nicegui import ui

from ripeness.store.json_text import json_text
from ripeness.web.form_fields import FormField
from ripeness.world.fault import Fault

ON, OFF = "yes", "no"
Words = Mapping[str, str | Sequence[str]]


def page_address(path: str, words: Words) -> str:
    """The address of a page with words; a word that is empty is left out, one with several values is repeated.

    >>> page_address("/ripe", {"case": "japan-1945", "coding": "", "set": ["a:1", "b:2"]})
    '/ripe?case=japan-1945&set=a%3A1&set=b%3A2'
    """
    kept = {name: value for name, value in words.items() if value not in ("", (), [])}
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


def put(path: str, words: Words) -> None:
    """Write the address of the page at hand, without loading it anew."""
    text = json_text(page_address(path, words), indent=None, ascii_only=True)
    ui.run_javascript(f"history.replaceState(history.state, '', {text})")


def asked_words() -> dict[str, str]:
    """The words of the address with which the page at hand was opened."""
    try:
        return dict(ui.context.client.request.query_params)
    except RuntimeError:  # a page that nobody has opened, as in a test
        return {}


def word_of(field: FormField, value: Any) -> str:
    """A value of a field as it stands in an address; nothing where it is the default.

    >>> word_of(FormField("draws", "Simulations", "whole", 20), 64)
    '64'
    >>> word_of(FormField("evidence", "Given the evidence", "switch", False), True)
    'yes'
    """
    if value == field.default:
        return ""
    content = field.content(value)
    if field.kind == "switch":
        return ON if content else OFF
    if field.kind == "choices":
        return ",".join(content)
    return f"{content:g}" if isinstance(content, float) else str(content)


def value_of_word(field: FormField, word: str) -> Any:
    """The value that a word of an address means.

    Raises: Fault where it means none of this field.

    >>> value_of_word(FormField("evidence", "Given the evidence", "switch", False), "yes")
    True
    """
    if field.kind == "switch":
        if word not in {ON, OFF}:
            raise Fault(f"{field.label.lower()}: '{word[:40]}' is neither {ON} nor {OFF}")
        return word == ON
    if field.kind in {"choice", "choices"}:
        chosen = word.split(",") if field.kind == "choices" else [word]
        for key in chosen:
            if key not in field.choices:
                choices = ", ".join(filter(None, field.choices))
                raise Fault(f"{field.label.lower()}: '{key[:40]}' is not one of {choices}")
        return tuple(chosen) if field.kind == "choices" else word
    return field.value(word)
