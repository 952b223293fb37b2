"""Npz: arrays of somebody else's making in one file, read within bounds; every way to be wrong ends in a Fault."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripeness.world.fault import Fault, Place

MOST_BYTES = 512 * 1024**2  # of one array, unpacked: a search of 10,000 points over 1,000 wars has 80 million
DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, RuntimeError, NotImplementedError)


def read_npz(
    raw: bytes, wanted: Mapping[str, str], place: Place, optional: Collection[str] = ()
) -> dict[str, NDArray[Any]]:
    """Read arrays by name from the bytes of an .npz file. `wanted` gives each name its axes, a letter each, none for a
    scalar.

    Axes of one letter have one length. Numbers are finite. What is `optional` may be absent.

    Raises: Fault where the file is none, is damaged, unpacks to too much, or has other arrays.

    >>> from io import BytesIO
    >>> file = BytesIO(); np.savez(file, scores=np.zeros((3, 2)))
    >>> read_npz(file.getvalue(), {"scores": "SD"}, Place("round-1.npz"))["scores"].shape
    (3, 2)
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as file:
            present = [name for name in wanted if name not in optional or f"{name}.npy" in file.namelist()]
            arrays = {name: _array(file, f"{name}.npy") for name in present}
    except DAMAGED as error:
        raise Fault(f"is damaged, or no file of these arrays: {ascii(str(error)[:120])[1:-1]}", place) from None
    lengths: dict[str, int] = {}
    for name, array in arrays.items():
        axes = wanted[name]
        if array.ndim != len(axes) or any(
            lengths.setdefault(*pair) != pair[1] for pair in zip(axes, array.shape, strict=True)
        ):
            raise Fault(f"is damaged: '{name}' does not fit the other arrays", place)
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise Fault(f"is damaged: '{name}' holds what is not a number", place)
    return arrays


def _array(file: zipfile.ZipFile, name: str) -> NDArray[Any]:
    """One array, no larger than what the file holds of it. Raises: ValueError and what a zip raises,
    where it is none.
    """
    entry = file.getinfo(name)
    if entry.file_size > MOST_BYTES:
        raise ValueError(f"{name} unpacks to {entry.file_size:,} bytes")
    content = BytesIO(file.read(entry))
    version = np.lib.format.read_magic(content)
    if version not in {(1, 0), (2, 0)}:
        raise ValueError(f"{name} is of another form")
    header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, fortran, kind = header(content)
    data = content.read()
    if kind.hasobject or int(np.prod([float(n) for n in shape])) * kind.itemsize != len(data):
        raise ValueError(f"{name} has not the size that it states")
    return np.frombuffer(data, kind).reshape(shape, order="F" if fortran else "C")
