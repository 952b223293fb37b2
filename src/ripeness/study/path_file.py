"""File of months: what is known of a war so far, period by period: deaths by side, the line, offers, leaders that fell.

One row a period, comma-, semicolon- or tab-separated. The period of a row is one of
- `month`: a calendar month, such as 2022-03;
- `from` and `to`: first and last day, both counted, as for totals of a year;
- `date`: one day, for a line, an offer or a leader (deaths need a period).
What was seen in it; any column may be missing, and a blank cell is not known (0 is known to be none):
- `deaths:POLITY`: military deaths of a polity in the period, in thousands; `deaths`: of all belligerents together,
  where nobody knows whose they were;
- `deaths_low:POLITY`, `deaths_high:POLITY` (`deaths_low`, `deaths_high`): 90 % interval of these, in thousands;
- `line`: share of the stake held by the first belligerent on the last day;
- `offer:POLITY`: share that a polity offered to be content with, for itself;
- `leader:POLITY`: 1 where its leader fell in the period, 0 where none did;
- `civilians`: deaths of civilians in thousands, kept apart and used by no likelihood.
A point or a comma in a number divides decimals, never thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ripeness.store.cells import to_csv
from ripeness.study.war_path import DeathCount, PathPeriod, WarPath, month_period
from ripeness.world.dates import parse_day
from ripeness.world.delimited import DelimitedTable, TextCell, TextRow, parse_delimited, read_delimited
from ripeness.world.fault import Fault, combined, file_order
from ripeness.world.numeral import NotANumber, numeral_marks, parse_amount
from ripeness.world.wording import did_you_mean

PERIODS = ("month", "from", "to", "date")
OF_ALL = ("deaths", "deaths_low", "deaths_high", "line", "civilians")
OF_A_POLITY = ("deaths", "deaths_low", "deaths_high", "offer", "leader")
UNKNOWN = ("", ".", "NA", "NaN", "nan")
MONTH = re.compile(r"(\d{4})-(\d{1,2})")
DECIMAL = re.compile(r"[+-]?[0-9]+[.,][0-9]+")
MOST_DEATHS = 5000.0  # thousands in one period; more is a file in persons
MONTHS_OF_YEAR = 12


def read_path(path: str | Path) -> WarPath:
    """Read a file of months.

    Raises: Fault, with its place, for an unknown column, a period or number that cannot be, or periods that overlap.
    """
    return _path(read_delimited(path, _is_column, least=1))


def path_of(text: str, file: str = "months.csv") -> WarPath:
    r"""Read a file of months from its text.

    Raises: Fault as for a file.

    >>> path = path_of("month,deaths:north,line\n2024-03,1.5,0.62\n2024-04,,0.6\n")
    >>> path.periods[0].deaths["north"].best, path.periods[1].deaths, path.periods[1].last
    (1.5, {}, datetime.date(2024, 4, 30))
    """
    return _path(parse_delimited(text, file, _is_column, least=1))


def path_csv(path: WarPath) -> str:
    r"""Write a file of months, which reads as the same path.

    >>> text = "month,deaths:north,line\n2024-03,1.5,0.62\n"
    >>> path_csv(path_of(text)) == text
    True
    """
    rows = [_cells(row) for row in path.periods]
    used = {name for row in rows for name in row}
    polities = path.polities
    names = [*PERIODS, "deaths", "deaths_low", "deaths_high"]
    names += [f"deaths{part}:{polity}" for polity in polities for part in ("", "_low", "_high")]
    names += ["civilians", "line", *(f"{kind}:{polity}" for kind in ("offer", "leader") for polity in polities)]
    return to_csv(rows, [name for name in names if name in used])


def _is_column(text: str) -> bool:
    kind, _, polity = text.partition(":")
    return text in PERIODS or text in OF_ALL or (kind in OF_A_POLITY and bool(polity))


def _cells(row: PathPeriod) -> dict[str, object]:
    """The cells of a period, without those that are not known."""
    cells: dict[str, object] = {}
    if (row.first, row.last) == month_period(row.first.year, row.first.month):
        cells["month"] = f"{row.first:%Y-%m}"
    elif row.first == row.last and not row.deaths:
        cells["date"] = str(row.first)
    else:
        cells |= {"from": str(row.first), "to": str(row.last)}
    for polity, count in row.deaths.items():
        end = f":{polity}" if polity else ""
        cells[f"deaths{end}"] = _plain(count.best)
        if (count.low, count.high) != (count.best, count.best):
            cells |= {f"deaths_low{end}": _plain(count.low), f"deaths_high{end}": _plain(count.high)}
    shares = {"line": row.line, "civilians": row.civilians} | {f"offer:{key}": p for key, p in row.offers.items()}
    cells |= {name: _plain(value) for name, value in shares.items() if value is not None}
    return cells | {f"leader:{polity}": int(fell) for polity, fell in row.leader_fell.items()}


def _plain(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _decimal(text: str) -> float:
    """A number in which a point or a comma divides decimals, never thousands."""
    if DECIMAL.fullmatch(text):
        return float(text.replace(",", "."))
    return parse_amount(text, numeral_marks([])).value


class _Reader:
    """Cells of a table as numbers and days; faults are gathered, so that all are told at once."""

    def __init__(self, table: DelimitedTable) -> None:
        self.table, self.faults = table, [fault for row in table.rows for fault in table.beyond(row)]
        self.column = {name: n for n, name in enumerate(table.columns)}

    def cell(self, row: TextRow, name: str) -> TextCell | None:
        """A cell that says anything; none where the column or the cell is missing or says that nobody knows."""
        if name not in self.column:
            return None
        cell = row.cell(self.column[name])
        return None if cell.text in UNKNOWN else cell

    def number(self, row: TextRow, name: str, highest: float) -> float | None:
        """A number from 0 to a highest one."""
        cell = self.cell(row, name)
        if cell is None:
            return None
        try:
            value = _decimal(cell.text)
        except NotANumber as error:
            self.faults.append(Fault(f"{name}: {error}", cell.place))
            return None
        if not 0 <= value <= highest:
            unit = "; deaths are in thousands" if highest == MOST_DEATHS else ""
            self.faults.append(Fault(f"{name}: {value:g} does not lie from 0 to {highest:g}{unit}", cell.place))
            return None
        return value

    def by_polity(self, row: TextRow, kind: str, polities: Iterable[str]) -> dict[str, float]:
        """Shares from 0 to 1 that are known of each polity."""
        values = {polity: self.number(row, f"{kind}:{polity}", 1.0) for polity in polities}
        return {polity: value for polity, value in values.items() if value is not None}

    def day(self, row: TextRow, name: str) -> date | None:
        """A day, year first."""
        cell = self.cell(row, name)
        if cell is None:
            return None
        try:
            return parse_day(cell.text, name)
        except Fault as fault:
            self.faults.append(Fault(fault.message, cell.place))
            return None

    def fault(self, row: TextRow, name: str, message: str) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(Fault(message, row.place(self.column.get(name, 0))))


def _path(table: DelimitedTable) -> WarPath:
    reader = _Reader(table)
    _check_columns(reader)
    if reader.faults:
        raise combined(reader.faults)
    periods = [period for row in table.rows if (period := _period(reader, row)) is not None]
    periods.sort(key=lambda period: (period.first, period.last))
    reader.faults += _overlaps(periods)
    if reader.faults:
        raise combined(sorted(reader.faults, key=file_order))
    return WarPath(table.file, tuple(periods), table.notes)


def _check_columns(reader: _Reader) -> None:
    """Refuse columns that mean nothing here, that stand twice, and a table without a period."""
    for n, name in enumerate(reader.table.columns):
        place = reader.table.heading.place(n)
        if not name:
            continue
        if not _is_column(name):
            allowed = [*PERIODS, *OF_ALL, *(f"{kind}:POLITY" for kind in OF_A_POLITY)]
            hint = did_you_mean(name, allowed, f"columns are {', '.join(allowed)}")
            reader.faults.append(Fault(f"'{name[:60]}' is no column of a file of months; {hint}", place))
        elif reader.table.columns.count(name) > 1:
            reader.faults.append(Fault(f"the column '{name[:60]}' stands twice; keep one", place))
    columns = set(reader.table.columns)
    if not reader.faults and not ({"month"} & columns or {"date"} & columns or {"from", "to"} <= columns):
        message = f"no column says when: 'month', 'from' and 'to', or 'date'; {reader.table.separated}"
        reader.faults.append(Fault(message, reader.table.heading.place(0)))


def _period(reader: _Reader, row: TextRow) -> PathPeriod | None:
    days = _days(reader, row)
    if days is None:
        return None
    first, last = days
    polities = tuple(dict.fromkeys(name.partition(":")[2] for name in reader.column if ":" in name))
    deaths = {polity: count for polity in ("", *polities) if (count := _deaths(reader, row, polity)) is not None}
    if deaths and reader.cell(row, "date") is not None:
        reader.fault(row, "date", "deaths need a period: write 'month', or 'from' and 'to', in place of 'date'")
    fell = reader.by_polity(row, "leader", polities)
    for polity, value in fell.items():
        if value not in (0.0, 1.0):
            reader.fault(
                row, f"leader:{polity}", f"leader:{polity}: 1 where the leader fell, 0 where not; not {value:g}"
            )
    return PathPeriod(
        first,
        last,
        deaths,
        reader.number(row, "line", 1.0),
        reader.by_polity(row, "offer", polities),
        {polity: value == 1.0 for polity, value in fell.items()},
        reader.number(row, "civilians", MOST_DEATHS),
        row.place(0),
    )


def _days(reader: _Reader, row: TextRow) -> tuple[date, date] | None:
    """First and last day of a row; none where it says none, which is noted as a fault."""
    stated = [name for name in PERIODS if reader.cell(row, name) is not None]
    if stated not in (["month"], ["from", "to"], ["date"]):
        reader.fault(row, "month", "a row is of one 'month', of the days 'from' one 'to' another, or of one 'date'")
        return None
    if stated == ["month"]:
        cell = reader.cell(row, "month")
        match = MONTH.fullmatch(cell.text if cell else "")
        if match is None or not (1 <= int(match[2]) <= MONTHS_OF_YEAR and int(match[1]) >= 1):
            reader.fault(row, "month", f"month: '{cell.text[:40] if cell else ''}' is not a month; write 2022-03")
            return None
        return month_period(int(match[1]), int(match[2]))
    first, last = (reader.day(row, name) for name in (stated[0], stated[-1]))
    if first is None or last is None:
        return None
    if last < first:
        reader.fault(row, "to", f"to: {last} is before {first}")
        return None
    return first, last


def _deaths(reader: _Reader, row: TextRow, polity: str) -> DeathCount | None:
    """Deaths of a polity, of all belligerents where none is named; between the ends where only these are known."""
    end = f":{polity}" if polity else ""
    best, low, high = (reader.number(row, f"deaths{part}{end}", MOST_DEATHS) for part in ("", "_low", "_high"))
    if best is None and low is not None and high is not None:
        best = (low * high) ** 0.5
    if best is None:
        if low is not None or high is not None:
            part = "_low" if low is not None else "_high"
            reader.fault(
                row, f"deaths{part}{end}", f"deaths{end}: a count is missing, or the other end of the interval"
            )
        return None
    low, high = best if low is None else low, best if high is None else high
    if not low <= best <= high:
        message = f"deaths{end}: {best:g} does not lie from {low:g} to {high:g}, as its interval says"
        reader.fault(row, f"deaths{end}", message)
    return DeathCount(best, low, high)


def _overlaps(periods: Iterable[PathPeriod]) -> list[Fault]:
    """A fault for deaths of one polity that are counted twice."""
    faults: list[Fault] = []
    latest: dict[str, tuple[date, PathPeriod]] = {}
    for period in periods:
        for polity in period.deaths:
            until, earlier = latest.get(polity, (date.min, period))
            if period.first <= until:
                of = f"of {polity}" if polity else "of all belligerents"
                other = f"line {earlier.place.line}" if earlier.place else f"{earlier.first} to {earlier.last}"
                faults.append(Fault(f"deaths {of} from {period.first} on are counted in {other}, too", period.place))
            latest[polity] = (max(until, period.last), period)
    return faults
