"""Settings: what an analyst typed behind a flag, as values."""

from __future__ import annotations

from datetime import date

from ripeness.world.fault import Fault


def changes_of(given: list[str], flag: str = "--set") -> dict[str, object]:
    """Numbers by path, each written as in a scenario file; `flag` is where a fault is said to be.

    Raises: Fault for what is not PATH=VALUE.

    >>> changes_of(["talks.mediation=2", "stake.held=.4 to .6"])
    {'talks.mediation': 2, 'stake.held': '.4 to .6'}
    """
    found: dict[str, object] = {}
    for one in given:
        path, equals, value = one.partition("=")
        if not equals or not path.strip() or not value.strip():
            raise Fault(f"{flag}: '{one[:80]}' is not PATH=VALUE, such as talks.mediation=2")
        found[path.strip()] = _value(value.strip(), flag)
    return found


def _value(text: str, flag: str) -> object:
    """A number, a mapping such as {value: 2, range: 1 to 3}, or text such as 1 to 3."""
    from ripeness.scenario.yaml_tree import value_of

    try:
        return value_of(text, flag)
    except Fault as fault:
        raise Fault(f"{flag}: '{text[:80]}' cannot be read: {fault.message}") from None


def months_of(text: str) -> tuple[float, ...] | None:
    """Months from a list with commas; none where nothing was said.

    Raises: Fault for what is not a month.

    >>> months_of("12, 6"), months_of("")
    ((6.0, 12.0), None)
    """
    if not text.strip():
        return None
    try:
        return tuple(sorted({float(part) for part in text.split(",")}))
    except ValueError:
        raise Fault(f"--at: '{text[:80]}' is not a list of months, such as 6,12,24") from None


def day_of(text: str, flag: str) -> date | None:
    """A day as it is written, none where nothing was said.

    Raises: Fault for what is no day.

    >>> day_of("2023-03-15", "--as-of")
    datetime.date(2023, 3, 15)
    """
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Fault(f"{flag}: '{text[:40]}' is no day; write it as 2023-03-15") from None


def evidence_of(text: str) -> bool:
    """Whether a run is to be conditioned on evidence: `evidence`, or nothing.

    Raises: Fault for anything else.

    >>> evidence_of("evidence"), evidence_of("")
    (True, False)
    """
    if text not in ("", "evidence"):
        raise Fault(f"--given: '{text[:40]}' is not known; write --given evidence")
    return text == "evidence"
