"""Write the track record that the workbench shows from the JSON of two backtests.

ripeness backtest --wars wars.csv --participants participants.csv --months months.csv --json > wars.json
ripeness backtest --record ucdp-terminations.csv --interstate wars.csv --json > conflicts.json
python docs/measure_track_record.py wars.json conflicts.json
"""

from __future__ import annotations

import json
import sys
from math import isnan
from pathlib import Path
from typing import Any

import ripeness

GOAL = Path(ripeness.__file__).parent / "validation" / "backtest" / "track_record.yaml"
# Whether a war is over is not among them: nearly all get the same chance, and a war that was over lowers its own where
# it is left out, so that bins would show nothing but that.
QUESTIONS = ("how it ends",)
HEAD = """# What the backtests of docs/textbook/backtest.md, blend.md and record.md gave, for the page Track record;
# written by docs/measure_track_record.py. Brier from 0 to 2, smaller is better. Each war is forecast without itself.
# bins of forecasts: from, to, forecasts, their mean, how many came true. blend_less_record: with 90 % interval.
# over: conflicts forecast to be over, by the record's regression, each without itself. bins: from, to, forecasts,
# their mean, the share that was over, and the 90 % band in which it would lie if the forecasts were right.
"""


def track_record_text(wars: dict[str, Any], conflicts: dict[str, Any], years: str = "1823-2003") -> str:
    """The file as text."""
    lines = [f"wars: {wars['wars']}", f"years: {years}", "forecasts:"]
    for score in wars["blend"]:
        if score["question"] not in QUESTIONS:
            continue
        numbers = ", ".join(f"{name}: {score[name]:.4f}" for name in ("record", "model", "blend"))
        gap = ", ".join(f"{score[name]:.4f}" for name in ("less_record", "record_low", "record_high"))
        lines += [
            f"  - question: {score['question']}",
            f"    months_fought: {score['months_fought']}",
            f"    wars: {score['n']}",
            f"    brier: {{{numbers}}}",
            f"    blend_less_record: [{gap}]",
            "    bins:",
        ]
        for row in wars["blend_calibration"]:
            if (row["question"], row["months_fought"]) == (score["question"], score["months_fought"]):
                parts = ", ".join(_bin(part) for part in row["bins"])
                lines.append(f"      {row['forecaster']}: [{parts}]")
    held = conflicts["comparisons"][0]
    gain = held["log"]["difference"]
    lines += [
        f"conflicts: {held['conflicts']}",
        f"conflict_forecasts: {held['n']}",
        f"gain_over_life_table: [{gain['value']:.4f}, {gain['low']:.4f}, {gain['high']:.4f}]",
        "over:",
    ]
    for month in dict.fromkeys(part["month"] for part in held["calibration"]):
        parts = [part for part in held["calibration"] if part["month"] == month]
        whole = next(part for part in parts if (part["least"], part["most"]) == (0, 1))
        lines += [
            f"  - months_ahead: {month:g}",
            f"    forecasts: {whole['n']}",
            f"    mean: {whole['mean']:.4f}",
            f"    share: {whole['share']:.4f}",
            "    bins: [" + ", ".join(_band(part) for part in parts if part is not whole and not _bare(part)) + "]",
        ]
    return HEAD + "\n".join(lines) + "\n"


def _bin(part: dict[str, float]) -> str:
    return f"[{part['low']:g}, {part['high']:g}, {part['n']}, {part['mean']:.4f}, {round(part['share'] * part['n'])}]"


def _band(part: dict[str, float]) -> str:
    numbers = ", ".join(f"{part[name]:.4f}" for name in ("mean", "share", "low", "high"))
    return f"[{part['least']:g}, {part['most']:g}, {part['n']}, {numbers}]"


def _bare(part: dict[str, float]) -> bool:
    """Whether too few conflicts allow a band."""
    return part["low"] is None or isnan(part["low"])


if __name__ == "__main__":
    wars_file, conflicts_file = map(Path, sys.argv[1:3])
    text = track_record_text(json.loads(wars_file.read_text()), json.loads(conflicts_file.read_text()))
    GOAL.write_text(text, encoding="utf-8")
