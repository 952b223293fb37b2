"""Fields of a form: what a control shows of a value, and the value that its text means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from ripeness.world.fault import Fault

Kind = Literal["whole", "number", "switch", "choice", "choices", "text", "day", "lines", "words", "numbers", "changes"]


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a question as a page shows it.

    `kind` says which values it takes: `lines` is a list of texts, one a line (`words`: with commas); `changes` are
    numbers by path, one a line as PATH = VALUE; `choices` is a list of some of the choices. `optional`: it may be left
    empty. `usual`: it stands in front, not under "More".
    """

    name: str
    label: str
    kind: Kind
    default: Any = None
    hint: str = ""
    low: float | None = None
    high: float | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    example: str = ""
    optional: bool = True
    usual: bool = False

    def content(self, value: Any) -> Any:
        """What the control shows of a value.

        >>> FormField("months", "Months", "numbers").content((3.0, 6.0))
        '3, 6'
        >>> FormField("changes", "Changes", "changes").content({"talks.mediation": "2"})
        'talks.mediation = 2'
        """
        if self.kind in {"whole", "number", "switch"}:
            return value
        if self.kind == "choice":
            return value if value in self.choices else "" if "" in self.choices else None
        if self.kind == "choices":
            return [key for key in self.choices if key in (value or ())]
        if not value:
            return ""
        if self.kind in {"lines", "words"}:
            return ("\n" if self.kind == "lines" else ", ").join(value)
        if self.kind == "numbers":
            return ", ".join(f"{number:g}" for number in value)
        if self.kind == "changes":
            return "\n".join(f"{path} = {number}" for path, number in dict(value).items())
        return str(value)

    def value(self, content: Any) -> Any:
        """The value that a control's content means; the default where it is empty.

        Raises: Fault where it is none of this kind, or out of bounds.

        >>> FormField("draws", "Wars to fight", "whole", 20, low=1).value(64.0)
        64
        >>> FormField("months", "Months", "numbers", ()).value("3, 6; 18")
        (3.0, 6.0, 18.0)
        >>> FormField("changes", "Changes", "changes", ()).value("talks.mediation = 2")
        {'talks.mediation': '2'}
        """
        if self.kind == "switch":
            return bool(content)
        if content is None or (isinstance(content, str) and not content.strip()):
            if self.kind in {"whole", "number"} and not self.optional:
                kind = f"whole number {self._bounds()}" if self.kind == "whole" else "number"
                raise Fault(f"{self.label.lower()}: nothing stands here; a {kind} is wanted")
            return self.default
        readers: dict[Kind, Callable[[Any], Any]] = {
            "whole": self._integer,
            "number": lambda text: self._in_bounds(_number(text, self.label)),
            "numbers": self._numbers,
            "day": lambda text: self._day(str(text).strip()),
            "words": lambda text: tuple(_lines(str(text).replace(",", "\n"))),
            "lines": lambda text: tuple(_lines(text)),
            "changes": lambda text: dict(self._change(line) for line in _lines(text)),
            "choices": tuple,
        }
        read = readers.get(self.kind)
        return str(content).strip() if read is None else read(content)

    def _numbers(self, content: Any) -> tuple[float, ...]:
        words = str(content).replace(";", " ").replace(",", " ").split()
        return tuple(self._in_bounds(_number(word, self.label)) for word in words)

    def _integer(self, content: Any) -> int:
        low, high = int(self.low or 0), self.high
        number = _number(content, self.label)
        if not number.is_integer() or not low <= number <= (number if high is None else high):
            raise Fault(f"{self.label.lower()}: a whole number {self._bounds()} is wanted here")
        return int(number)

    def _bounds(self) -> str:
        """Which whole numbers can stand here."""
        low = int(self.low or 0)
        return f"from {low:,} on" if self.high is None else f"from {low:,} to {int(self.high):,}"

    def _in_bounds(self, number: float) -> float:
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            ends = [f"{end:g}" for end in (self.low, self.high) if end is not None]
            bounds = " to ".join(ends) if len(ends) > 1 else f"{'from' if self.high is None else 'up to'} {ends[0]}"
            raise Fault(f"{self.label.lower()}: {number:g} is not {bounds}")
        return number

    def _day(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise Fault(f"{self.label.lower()}: a day is written 2027-03-15, not '{text[:40]}'") from None

    def _change(self, line: str) -> tuple[str, str]:
        path, equals, value = line.partition("=")
        if not equals or not path.strip() or not value.strip():
            raise Fault(f"{self.label.lower()}: '{line[:80]}' is not PATH = VALUE")
        return path.strip(), value.strip()


def _lines(content: Any) -> Sequence[str]:
    return [line.strip() for line in str(content).splitlines() if line.strip()]


def _number(content: Any, label: str) -> float:
    try:
        return float(content)
    except (TypeError, ValueError):
        raise Fault(f"{label.lower()}: '{str(content)[:40]}' is no number") from None
