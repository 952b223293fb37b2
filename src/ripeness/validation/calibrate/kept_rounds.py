"""Kept rounds: a search writes each round to a folder, and goes on after the last one that is there."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from ripeness.store.atomic_write import make_folder, write_file
from ripeness.store.npz import read_npz
from ripeness.validation.calibrate.prior import ParameterPrior
from ripeness.validation.calibrate.rounds import Round
from ripeness.validation.history.record import PastWar
from ripeness.world.fault import Fault, Place

ARRAYS = {"mark": "", "scores": "ND", "wars": "NW", "channels": "N", "noise": "N"}  # of a kept round, with their axes


def search_mark(wars: Sequence[PastWar], seed: int, points: int, runs: int, reading: str, prior: ParameterPrior) -> str:
    """What a kept round must agree with to be gone on from."""
    text = repr(
        (
            seed,
            points,
            runs,
            reading,
            [(name, repr(number)) for name, number in prior.numbers.items()],
            [repr(war) for war in wars],
        )
    )
    return sha256(text.encode()).hexdigest()


def round_path(keep: Path, name: str) -> Path:
    """Where a round is kept."""
    return keep / f"{name}.npz"


def read_round(keep: Path | None, name: str, mark: str) -> Round | None:
    """Read a kept round; none where there is no such file.

    Raises: Fault for one that is damaged or belongs to another search.
    """
    if keep is None:
        return None
    place = Place(str(round_path(keep, name)))
    try:
        raw = round_path(keep, name).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Fault(f"cannot be read: {error.strerror or error}", place) from None
    try:
        arrays = read_npz(raw, ARRAYS, place)
    except Fault as fault:
        message = f"this kept round {fault.message}; take it away, and the search makes it again"
        raise Fault(message, place) from None
    if str(arrays["mark"]) != mark:
        raise Fault(
            "this round belongs to another search (seed, points, wars or priors differ); name another folder", place
        )
    return Round(arrays["scores"], arrays["wars"], arrays["channels"], arrays["noise"])


def write_round(keep: Path | None, name: str, mark: str, round_: Round) -> None:
    """Keep a round, whole or not at all."""
    if keep is None:
        return
    make_folder(keep)

    def write(path: Path) -> None:
        with path.open("wb") as stream:
            np.savez_compressed(
                stream,
                mark=np.array(mark),
                scores=round_.scores,
                wars=round_.wars,
                channels=round_.channels,
                noise=round_.noise,
            )

    write_file(round_path(keep, name), write)
