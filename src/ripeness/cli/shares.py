"""Shares: probabilities and mappings of outcomes as they are typed behind a flag."""

from __future__ import annotations

from collections.abc import Sequence

from ripeness.world.fault import Fault


def read_shares(parts: Sequence[str] | None, flag: str) -> dict[str, float]:
    """Read `name=.3` or `name=30%`; several may stand in one, set apart by commas.

    Raises: Fault for what is no share, or is given twice.

    >>> read_shares(["yes=30%,no=.7"], "--p")
    {'yes': 0.3, 'no': 0.7}
    """
    shares: dict[str, float] = {}
    for part in [share for option in parts or () for share in option.split(",")]:
        name, _, number = (side.strip() for side in part.rpartition("="))
        try:
            value = float(number[:-1]) / 100 if number.endswith("%") else float(number)
        except ValueError:
            value = -1.0
        if not name or not 0 <= value <= 1:
            raise Fault(f"{flag} {part!r}: write OUTCOME=PROBABILITY with a number from 0 to 1, such as settlement=.3")
        if name in shares:
            raise Fault(f"{flag} {part!r}: {name!r} was already given as {shares[name]:g}")
        shares[name] = value
    return shares


def read_mapping(parts: Sequence[str] | None) -> dict[str, tuple[str, ...]]:
    """Read `OUTCOME=RUN-OUTCOME,...`: which outcomes of a run an outcome of the question takes.

    Raises: Fault for what is not written so.
    """
    mapping: dict[str, tuple[str, ...]] = {}
    for part in parts or ():
        name, equals, sources = part.partition("=")
        if not (equals and name.strip() and sources.strip()):
            raise Fault(f"--map {part!r}: write OUTCOME=RUN-OUTCOME[,RUN-OUTCOME], such as yes=settlement,frozen")
        mapping[name.strip()] = tuple(source.strip() for source in sources.split(","))
    return mapping
