"""Scores of a regime as the producers write them: on scales on which -9 is a score and not "nobody knows"."""

from __future__ import annotations

from ripeness.validation.history.table import BLANK, RecordRow

INTERRUPTED = ("-66", "-77", "-88", "-66.0", "-77.0", "-88.0")  # Polity: occupied, no authority, in transition
POLITY = (-10.0, 10.0)
POLYARCHY = (0.0, 1.0)


def polity(row: RecordRow, column: str = "polity2") -> float:
    r"""Polity's score, -10 to 10; not a number where there is none.

    Raises: Fault for what lies outside.

    >>> from ripeness.validation.history.table import table_of
    >>> [polity(row) for row in table_of("year,polity2\n1816,-9\n1817,-66\n", "polity.csv")]
    [-9.0, nan]
    """
    return row.within(column, *POLITY, unknown=(*BLANK, *INTERRUPTED))


def polyarchy(row: RecordRow, column: str = "v2x_polyarchy") -> float:
    """V-Dem's index of electoral democracy, 0 to 1; not a number where there is none.

    Raises: Fault for what lies outside.
    """
    return row.within(column, *POLYARCHY)
