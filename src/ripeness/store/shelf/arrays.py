"""Arrays: the datasets of a kept run as netCDF, the large ones written in pieces,
and never trusted for what they say of their size.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO, RawIOBase
from pathlib import Path
from shutil import copyfileobj
from typing import IO, TYPE_CHECKING, Any

from ripeness.world.fault import Fault, Place

if TYPE_CHECKING:
    import xarray as xr

RESULTS, HISTORIES = "results.nc", "histories.nc"
DATASETS = (RESULTS, HISTORIES)
MOST_PACKED = 1024**3  # bytes of one file: above a run of a million draws
MOST_LOADED = 2 * 1024**3  # bytes of its numbers, unpacked
MOST_RATIO = 50  # bytes unpacked for a byte in the file: measured runs have 2
SMALL = 64 * 1024**2  # bytes below which a ratio says nothing
PIECE = 8 * 1024**2  # bytes above which an array is written in pieces, and the most that one of them has
COMPRESSION = 4  # level of zlib
ROWS, COLUMNS = 32, 8192  # form of the blocks in which such an array is packed
CHANCES = ("p", "p_low", "p_high", "mc_low", "mc_high")
# Name -> (axes, kind of number): what an export asks of the results. Every other array by runs has one axis more at
# most.
NEEDED: Mapping[str, tuple[tuple[str, ...], str]] = {
    **dict.fromkeys(CHANCES, (("at", "outcome"), "f")),
    "at": (("at",), "f"),
    "outcome": (("outcome",), "UO"),
    "run": (("run",), "i"),
    "ending": (("run",), "i"),
    "input": (("number", "point"), "f"),
    "number": (("number",), "UO"),
    "point_of_run": (("run",), "i"),
}


def netcdf_bytes(data: xr.Dataset) -> bytes:
    """A dataset as the bytes of a packed netCDF file."""
    stream = BytesIO()
    _write(data, stream)
    return stream.getvalue()


def write_dataset(data: xr.Dataset, path: Path) -> None:
    """Write a dataset to a packed netCDF file; of an array that is not in memory only a piece at a time ever is.

    Raises: OSError where the file cannot be written.
    """
    with path.open("w+b", buffering=0) as file:
        guarded = _GuardedFile(file)
        try:
            _write(data, guarded)
        finally:
            if guarded.error is not None:
                raise guarded.error


def _write(data: xr.Dataset, stream: BytesIO | _GuardedFile) -> None:
    large = [name for name, array in data.data_vars.items() if array.ndim == 2 and array.nbytes > PIECE]
    small = data.drop_vars(large)
    packing = {"zlib": True, "complevel": COMPRESSION}
    encoding = {name: packing for name, array in small.data_vars.items() if array.dtype.kind in "fiu"}
    small.to_netcdf(stream, engine="h5netcdf", encoding=encoding)
    for name in large:
        _append(data[name], stream)


def _append(array: xr.DataArray, stream: BytesIO | _GuardedFile) -> None:
    """Add an array to a netCDF file, some rows at a time."""
    import h5netcdf
    import numpy as np

    rows = max(1, ROWS * (PIECE * array.shape[0] // (array.nbytes * ROWS)))
    with h5netcdf.File(stream, "a") as file:
        for axis, size in array.sizes.items():
            if axis not in file.dimensions:
                file.dimensions[axis] = size
        variable = file.create_variable(
            str(array.name),
            array.dims,
            array.dtype,
            fillvalue=np.array(np.nan, array.dtype)[()] if array.dtype.kind == "f" else None,
            chunks=(min(ROWS, array.shape[0]), min(COLUMNS, array.shape[1])),
            compression="gzip",
            compression_opts=COMPRESSION,
            shuffle=True,
        )
        variable.attrs.update(array.attrs)
        for first in range(0, array.shape[0], rows):
            variable[first : first + rows] = array[first : first + rows].values
            if isinstance(stream, _GuardedFile) and stream.error is not None:
                return


class _GuardedFile(RawIOBase):
    """A file for a library that dies where a write fails, as on a full disk: from then on it writes to memory.

    `error` is why a write failed; who opened the file raises it.
    """

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self.file = file
        self.error: OSError | None = None

    def write(self, raw: Any) -> int:
        """Write all of it."""
        left = memoryview(raw).cast("B")
        size = len(left)
        try:
            while len(left):
                left = left[self.file.write(left) :]
        except OSError as error:
            self._turn_to_memory(error)
            self.file.write(left)
        return size

    def _turn_to_memory(self, error: OSError) -> None:
        self.error, place, memory = error, self.file.tell(), BytesIO()
        self.file.seek(0)
        copyfileobj(self.file, memory)
        memory.seek(place)
        self.file = memory

    def readinto(self, buffer: Any) -> int:
        """Read as many bytes as are wanted, or as there are."""
        raw = self.file.read(len(buffer))
        buffer[: len(raw)] = raw
        return len(raw)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move."""
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        """The place in the file."""
        return self.file.tell()

    def truncate(self, size: int | None = None) -> int:
        """Cut or lengthen the file."""
        try:
            return self.file.truncate(size)
        except OSError as error:
            self._turn_to_memory(error)
            return self.file.truncate(size)

    def readable(self) -> bool:
        """It can be read."""
        return True

    def writable(self) -> bool:
        """It can be written."""
        return True

    def seekable(self) -> bool:
        """It has places."""
        return True


def read_results(folder: Path) -> xr.Dataset:
    """The results of a kept run, once they hold what an export asks for.

    Raises: Fault where they do not, or cannot be read.
    """
    return checked_results(read_dataset_file(folder / RESULTS), Place(str(folder / RESULTS)))


def read_dataset_file(path: Path) -> xr.Dataset:
    """Read a dataset from a file into memory.

    Raises: Fault where it cannot be read, or unpacks to more than a run can have.
    """
    place = Place(str(path))
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_PACKED + 1)
    except OSError as error:
        raise Fault(f"this dataset cannot be read: {error.strerror}", place) from None
    return read_dataset(raw, place)


def read_dataset(raw: bytes, place: Place) -> xr.Dataset:
    """Read a dataset from the bytes of a netCDF file, every number of it.

    Raises: Fault where it is none, is damaged, or unpacks to more than a run can have.
    """
    import xarray as xr

    if len(raw) > MOST_PACKED:
        raise Fault(f"this dataset is larger than {MOST_PACKED:,} bytes", place)
    try:
        with xr.open_dataset(BytesIO(raw), engine="h5netcdf") as data:
            _refuse_size(sum(array.nbytes for array in data.variables.values()), len(raw), place)
            return data.load()
    except (Fault, ImportError):
        raise
    except Exception as error:  # noqa: BLE001  (a damaged file makes the library raise anything: KeyError, RuntimeError, ...)
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Fault(f"this dataset cannot be read: {ascii(why[:200])[1:-1]}", place) from None


def _refuse_size(loaded: int, stored: int, place: Place) -> None:
    if loaded > MOST_LOADED or (loaded > SMALL and loaded > MOST_RATIO * stored):
        raise Fault(f"{stored:,} bytes of a dataset unpack to {loaded:,}; it is refused", place)


def checked_results(data: xr.Dataset, place: Place) -> xr.Dataset:
    """The same dataset, once it holds what an export asks for.

    Raises: Fault where an array is missing, of another form or kind, or points to what is not there.
    """
    for name, (axes, kind) in NEEDED.items():
        array = data.variables.get(name)
        if array is None:
            raise Fault(f"these results lack '{name}'; they are damaged", place)
        if set(array.dims) != set(axes) or array.dtype.kind not in kind:
            raise Fault(f"'{name}' of these results is of another form than it must be; they are damaged", place)
    for key, variable in data.data_vars.items():
        other_axes = [str(axis) for axis in variable.dims if axis != "run"]
        if "run" in variable.dims and (len(other_axes) > 1 or any(axis not in data.coords for axis in other_axes)):
            raise Fault(
                f"'{printable(key)}' of these results is of another form than it must be; they are damaged", place
            )
    points = data["point_of_run"].values
    if len(points) and not 0 <= points.min() <= points.max() < data.sizes["point"]:
        raise Fault("'point_of_run' points to numbers that are not there; these results are damaged", place)
    _check_endings(data, place)
    return data


def _check_endings(data: xr.Dataset, place: Place) -> None:
    import numpy as np

    try:
        codes = {int(code) for code in np.atleast_1d(data["ending"].attrs["flag_values"])}
        words = str(data["ending"].attrs["flag_meanings"]).split()
    except (KeyError, TypeError, ValueError):
        codes, words = set(), []
    if len(codes) != len(words) or not set(np.unique(data["ending"].values).tolist()) <= codes:
        raise Fault("'ending' has codes that these results do not put into words; they are damaged", place)


def check_datasets(contents: Mapping[str, bytes], place: Place) -> None:
    """Say whether the datasets of a run are there and hold what they must, before they are kept.

    Raises: Fault where one is missing, damaged, too large, or of another run than the rest.
    """
    lacking = [name for name in DATASETS if name not in contents]
    if lacking:
        raise Fault(f"this run was never whole; it lacks {', '.join(lacking)}", place)
    for name in DATASETS:
        spot = Place(f"{place.file}: {name}")
        data = read_dataset(contents[name], spot)
        if name == RESULTS:
            checked_results(data, spot)


def printable(name: Any) -> str:
    """The name of an array as it can be printed."""
    return ascii(str(name)[:60])[1:-1]
