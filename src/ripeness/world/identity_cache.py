"""Identity cache: what was worked out of values that never change, kept for those that were asked about last.

A scenario is compared by content, number by number, which takes as long as working out what it says; whether it is the
same object is known at once. The objects are kept with the answer, so that none takes the place of another.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class IdentityCache(Generic[Value]):
    """Answers by which objects they are of; the `most` used last are kept.

    >>> cache: IdentityCache[int] = IdentityCache(2)
    >>> numbers = {"a": 1}
    >>> cache.get([numbers], (), lambda: len(numbers)), cache.get([numbers], (), lambda: 0)
    (1, 1)
    """

    def __init__(self, most: int) -> None:
        """Begin empty. `most`: answers that are kept."""
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[tuple[Any, ...], tuple[list[Any], Value]] = OrderedDict()

    def get(self, objects: list[Any], arguments: tuple[Hashable, ...], work_out: Callable[[], Value]) -> Value:
        """The answer for some objects and arguments, which two threads may work out at once."""
        key = (*map(id, objects), *arguments)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept[1]
        value = work_out()
        with self._lock:
            self._kept[key] = (objects, value)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value
