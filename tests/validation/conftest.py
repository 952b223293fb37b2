"""Invented wars in the form of the record, for tests that must not need the record itself."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

COLUMNS = [
    "warnum",
    "warname",
    "start",
    "start_year",
    "duration_days",
    "A_states",
    "B_states",
    *(
        f"{side}_{name}"
        for side in "AB"
        for name in (
            "cinc",
            "milper",
            "tpop",
            "gdp",
            "gdppc",
            "polity2",
            "v2x_polyarchy",
            "n_orig",
            "batdeath",
            "leader_start_forced_12m",
        )
    ),
    "outcome3",
]
MONTHS = ["warnum", "month", "A_known", "B_known"]


def invented(wars: int = 24, seed: int = 3) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Rows of wars and of months; who loses more men tends to lose the war, later wars tend to end in draws."""
    draw = np.random.Generator(np.random.Philox(key=seed))
    rows, months = [], []
    for number in range(1, wars + 1):
        year = 1850 + 5 * number
        ratio = draw.normal()
        outcome = (
            "draw_other"
            if year >= 1945 and draw.random() < 0.5
            else ("B_win" if ratio + draw.normal(0, 0.7) > 0.3 else "A_win")
        )
        days = int(np.exp(draw.normal(4.8, 1.2))) + 5
        deaths = 5000 * np.exp(ratio / 2), 5000 * np.exp(-ratio / 2)
        row = {
            "warnum": number,
            "warname": f"War {number}",
            "start": f"{year}-05-01",
            "start_year": year,
            "duration_days": days,
            "outcome3": outcome,
        }
        for side, dead in zip("AB", deaths, strict=True):
            row |= {
                f"{side}_states": f"{side}-land",
                f"{side}_cinc": round(float(draw.uniform(0.01, 0.2)), 4),
                f"{side}_milper": 200,
                f"{side}_tpop": 20000,
                f"{side}_gdp": 50000,
                f"{side}_gdppc": 2500,
                f"{side}_polity2": int(draw.choice([-8, 8])),
                f"{side}_v2x_polyarchy": 0.3,
                f"{side}_n_orig": 1,
                f"{side}_batdeath": round(dead),
                f"{side}_leader_start_forced_12m": int(draw.random() < 0.15),
            }
        rows.append(row)
        length = days / 30.4375
        for month in range(1, int(np.ceil(length)) + 1):
            share = min(month / length, 1.0)
            months.append(
                {
                    "warnum": number,
                    "month": month,
                    "A_known": round(deaths[0] * share),
                    "B_known": round(deaths[1] * share),
                }
            )
    return rows, months


def write(
    folder: Path, rows: list[dict[str, object]], months: list[dict[str, object]], columns: list[str] | None = None
) -> tuple[Path, Path, Path]:
    """Write wars, participants and months; give their paths."""
    sides = [
        {
            "warnum": row["warnum"],
            "side": side,
            "initiator": int(side == 1),
            "cinc": row.get(f"{'AB'[side - 1]}_cinc", ""),
            "polity2": "",
            "v2x_polyarchy": "",
        }
        for row in rows
        for side in (1, 2)
    ]
    for name, lines, heading in (
        ("wars", rows, columns or COLUMNS),
        ("participants", sides, list(sides[0])),
        ("months", months, MONTHS),
    ):
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, heading, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(lines)
    return folder / "wars.csv", folder / "participants.csv", folder / "months.csv"


def record_folder(root: Path) -> Path:
    """The development part of the record, which is not ours to ship: beside the checkout,
    or where RIPENESS_DATA says.
    """
    folder = Path(os.environ.get("RIPENESS_DATA", root.parent / "shared" / "data"))
    if not (folder / "interstate_wars.csv").exists():
        pytest.skip(f"the record is not at {folder}; RIPENESS_DATA can name its place")
    return folder


@pytest.fixture
def invented_rows():
    """A function that invents rows of wars and months."""
    return invented


@pytest.fixture
def write_wars():
    """A function that writes such rows and gives the paths."""
    return write


@pytest.fixture
def war_files(tmp_path):
    """Files of two dozen invented wars: wars, participants, months."""
    return write(tmp_path, *invented())


@pytest.fixture
def record(root):
    """The folder of the record's development part."""
    return record_folder(root)
