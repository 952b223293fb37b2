"""What is set in a what-if: presets, numbers and cut links, and the words of an address that say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from math import isfinite

from nicegui import ui

from ripeness.study.link_labels import link_labels
from ripeness.world.fault import Fault
from ripeness.world.wording import unknown_name

SET, CUT, PRESET = "set", "cut", "preset"  # words of an address


@dataclass(frozen=True, slots=True)
class NamedPreset:
    """A preset as a page offers it: numbers by path, and links to cut."""

    name: str
    changes: Mapping[str, float]
    cuts: tuple[str, ...] = ()
    note: str = ""


@dataclass(slots=True)
class WhatIfState:
    """What somebody set: presets that are on, and numbers and cuts of his or her own besides."""

    available: Mapping[str, NamedPreset] = field(default_factory=dict)
    links: Sequence[str] = ()
    presets: list[str] = field(default_factory=list)
    moved: dict[str, float] = field(default_factory=dict)
    own_cuts: set[str] = field(default_factory=set)

    @property
    def changes(self) -> dict[str, float]:
        """Every number that is set; a number of one's own counts more than that of a preset, the last preset most."""
        numbers: dict[str, float] = {}
        for key in self.presets:
            numbers |= self.available[key].changes
        return numbers | self.moved

    @property
    def cuts(self) -> tuple[str, ...]:
        """Every link that is cut."""
        return tuple(sorted({link for key in self.presets for link in self.available[key].cuts} | self.own_cuts))

    @property
    def is_changed(self) -> bool:
        """Whether anything is set."""
        return bool(self.presets or self.moved or self.own_cuts)

    def toggle_preset(self, key: str) -> None:
        """Switch a preset on or off; numbers of one's own that it sets give way to it."""
        if key in self.presets:
            self.presets.remove(key)
            return
        self.presets.append(key)
        for path in self.available[key].changes:
            self.moved.pop(path, None)

    def move(self, path: str, value: float) -> None:
        """Set a number."""
        self._dissolve(path in self._of_presets())
        self.moved[path] = float(f"{value:.6g}")

    def reset(self, path: str) -> None:
        """Leave a number as it is stated."""
        self._dissolve(path in self._of_presets())
        self.moved.pop(path, None)

    def cut(self, link: str, *, on: bool) -> None:
        """Cut a link, or mend it."""
        self._dissolve(not on and link in self.cuts and link not in self.own_cuts)
        (self.own_cuts.add if on else self.own_cuts.discard)(link)

    def clear(self) -> None:
        """Set nothing."""
        self.presets.clear()
        self.moved.clear()
        self.own_cuts.clear()

    def words(self) -> dict[str, list[str]]:
        """What is set, as words of an address."""
        return {
            PRESET: list(self.presets),
            SET: [f"{path}:{value:g}" for path, value in self.moved.items()],
            CUT: sorted(self.own_cuts),
        }

    def read_words(self, words: Mapping[str, Sequence[str]], numbers: Mapping[str, object]) -> list[Fault]:
        """Set what the words of an address say, of the numbers that there are; what cannot be is told and left out."""
        faults = []
        for key in dict.fromkeys(words.get(PRESET, ())):
            if key in self.available:
                self.toggle_preset(key)
            else:
                faults.append(Fault(unknown_name("a preset", key, self.available)))
        for text in words.get(SET, ()):
            path, _, value = text.rpartition(":")
            amount = _number(value)
            if amount is None or path not in numbers:
                faults.append(Fault(f"'{text[:80]}' in the address sets no number of this war; it was left out"))
            else:
                self.moved[path] = amount
        for link in words.get(CUT, ()):
            if link in self.links:
                self.own_cuts.add(link)
            else:
                faults.append(Fault(unknown_name("a causal link", link, self.links)))
        return faults

    def _of_presets(self) -> set[str]:
        return {path for key in self.presets for path in self.available[key].changes}

    def _dissolve(self, is_touched: bool) -> None:  # noqa: FBT001  (of these methods alone)
        """Where something of a preset is changed, what all presets set becomes one's own."""
        if is_touched:
            self.moved, self.own_cuts = self.changes, set(self.cuts)
            self.presets.clear()


def asked_lists(*names: str) -> dict[str, list[str]]:
    """Every value of some words of the address with which the page at hand was opened."""
    request = ui.context.client.request
    return {} if request is None else {name: request.query_params.getlist(name) for name in names}


def in_link_words(html: str) -> str:
    """A text or HTML in which causal links are told in the words that pages have for them.

    >>> in_link_words("without aid-&gt;munitions, or losses->cost")
    'without aid from patrons → munitions, or losses → cost of war'
    """
    for link, label in link_labels().items():
        html = html.replace(escape(link), label).replace(link, label)
    return html


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None
