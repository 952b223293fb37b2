"""Files: tables as CSV, Excel or Parquet; no cell is ever taken for a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.store.atomic_write import write_file
from ripeness.store.cells import safe_cell
from ripeness.store.write_target import require_writable_file
from ripeness.world.extras import need_package
from ripeness.world.fault import Fault, Place

if TYPE_CHECKING:
    import pandas as pd

MOST_CELLS = 5_000_000  # in a workbook: some minutes to write, and more than a spreadsheet is good for
MOST_COLUMNS = 16_384  # of a sheet, by Excel's own form


def write_csv_table(path: Path, frame: pd.DataFrame) -> None:
    """Write a table as comma-separated values, whole or not at all.

    Raises: Fault where it cannot be written.
    """
    words = {
        name: frame[name].astype(object).map(safe_cell)
        for name in frame.columns
        if frame[name].dtype.kind not in "biuf"
    }
    safe_frame = frame.assign(**words).rename(columns={name: safe_cell(name) for name in frame.columns})
    write_file(path, safe_frame.to_csv(index=False, lineterminator="\n"))


def write_parquet(path: Path, frame: pd.DataFrame, about: Mapping[str, str]) -> None:
    """Write a table as Parquet, with what was run in its metadata.

    Raises: Fault where it cannot be written.
    """
    need_package("pyarrow", "a Parquet file")
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.Table.from_pandas(frame, preserve_index=False)
    metadata = {**(table.schema.metadata or {}), **{f"ripeness.{key}": value for key, value in about.items()}}
    out = pa.BufferOutputStream()
    parquet.write_table(table.replace_schema_metadata(metadata), out)
    write_file(path, out.getvalue().to_pybytes())


def write_excel(path: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    """Write tables as the sheets of one workbook, whole or not at all; words stay words.

    Raises: Fault where a table is too large for a spreadsheet, or nothing can be written.
    """
    for name, frame in frames.items():
        if frame.size > MOST_CELLS or frame.shape[1] > MOST_COLUMNS:
            raise Fault(
                f"{name} has {frame.shape[0]:,} rows of {frame.shape[1]:,} cells, too many for a spreadsheet; write it "
                "as .parquet or .csv",
                Place(str(path)),
            )
    need_package("openpyxl", "an Excel workbook")
    require_writable_file(path)
    try:
        content = _workbook(frames)
    except OSError as error:
        why = f"its sheets do not fit into the folder for temporary files: {error.strerror or error}"
        raise Fault(f"cannot be written: {why}", Place(str(path))) from None
    write_file(path, content)


def write_rows_as_excel(path: Path, sheets: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """Write rows of cells as the sheets of one workbook, whole or not at all; figures become numbers, words stay words.

    Raises: Fault where nothing can be written.
    """
    need_package("openpyxl", "an Excel workbook")
    from openpyxl import Workbook

    require_writable_file(path)
    book, out = Workbook(write_only=True), BytesIO()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_cell(sheet, _figure_or_word(text)) for text in row])
    book.save(out)
    write_file(path, out.getvalue())


def _figure_or_word(text: str) -> float | str:
    try:
        value = float(text)
    except ValueError:
        return text
    return value if isfinite(value) else text


def _workbook(frames: Mapping[str, pd.DataFrame]) -> bytes:
    from openpyxl import Workbook

    book, out = Workbook(write_only=True), BytesIO()
    try:
        for name, frame in frames.items():
            sheet = book.create_sheet(name)
            sheet.freeze_panes = "A2"
            sheet.append([_cell(sheet, str(column)) for column in frame.columns])
            for row in frame.itertuples(index=False, name=None):
                sheet.append([_cell(sheet, value) for value in row])
        book.save(out)
    except OSError:
        _close(book)
        raise
    return out.getvalue()


def _close(book: Any) -> None:
    """Close sheets that are half written; each would complain on standard error when it is forgotten."""
    for sheet in book.worksheets:
        for part in (sheet._rows, sheet._writer):  # noqa: SLF001  (the library closes them itself only where all goes well)
            with suppress(Exception):
                part.close()


def _cell(sheet: Any, value: Any) -> Any:
    """A number as a number, a word as a word: a leading = does not make it a formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"
        return cell
    plain = value.item() if hasattr(value, "item") else value
    return None if plain is None or plain != plain else plain  # noqa: PLR0124  (not a number is an empty cell)
