"""Write how the civil template ends beside past civil wars into the tables of docs/textbook/calibration.md.

Run by `make civil`. Made anew are the hazards of the template as shipped and its forecasts after some months of
fighting; what is written about them is written by hand. No share is weighted by what is on record of the case: what is
compared is how the model's wars run.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from ripeness.scenario.parameter_points import CIVIL_FILE, shipped_points
from ripeness.study.record.civil_counts import BOUNDS, WAYS, shipped_civil_counts
from ripeness.validation.calibrate.civil_checks import CivilCheck, civil_checks
from ripeness.validation.calibrate.civil_wars import AHEAD, FOUGHT, SPAN_STARTS, TINY, point_forecasts
from ripeness.world.fault import Fault

PAGE = Path(__file__).parent / "textbook" / "calibration.md"
SEED, REPLICATIONS, RUNS = 2, 24, 4_000  # other random draws than those of the fit; as the page says
WORDS = {
    "agreement": "agreement",
    "ceasefire": "ceasefire",
    "government_victory": "government wins",
    "movement_victory": "movement wins",
    "low_activity": "low activity",
    "actor_ceases": "actor ceases",
    "fighting": "still fighting",
}
SPANS = [f"{start or '1 week'} to {end}" for start, end in zip(SPAN_STARTS, (*SPAN_STARTS[1:], "later"), strict=True)]


def hazard_rows() -> tuple[list[str], int]:
    """Hazards of record and template, % a month, and how many of the template lie within the record's 90 %."""
    points, counts = shipped_points(CIVIL_FILE).in_order(), shipped_civil_counts()
    weight = points.weight / points.weight.sum()
    forecasts = point_forecasts(points, REPLICATIONS, SEED)
    months = weight @ forecasts.fought_by_point()
    template = np.einsum("p,psw->ws", weight, forecasts.ended_by_point()) / np.maximum(months, TINY)
    record, drawn = counts.hazards()[:, 1:], counts.drawn()[:, :, 1:]
    low, high = np.quantile(drawn, BOUNDS, axis=0)
    inside = (np.minimum(low, record) <= template) & (template <= np.maximum(high, record))
    low_any, high_any = np.quantile(drawn.sum(axis=1), BOUNDS, axis=0)
    any_end = template.sum(axis=0)
    rows = []
    for s, span in enumerate(SPANS):
        within = bool(low_any[s] <= any_end[s] <= high_any[s])
        cells = [hazard_cell(record[:, s].sum(), any_end[s], within=within)]
        cells += [hazard_cell(record[w, s], template[w, s], within=bool(inside[w, s])) for w in range(len(WAYS))]
        rows.append(f"| {span} | {' | '.join(cells)} |")
    return rows, int(inside.sum())


def hazard_cell(record: float, template: float, *, within: bool) -> str:
    """A hazard on record and of the template in %, with a star where the latter lies outside."""
    return f"{tenth(record)} / {tenth(template)}{'' if within else ' *'}"


def tenth(hazard: float) -> str:
    """A hazard in %, to a tenth, without the leading zero."""
    return f"{100 * hazard:.1f}".removeprefix("0") if hazard < 0.00995 else f"{100 * hazard:.1f}"


def forecast_rows(checks: list[CivilCheck], fought: int) -> list[str]:
    """Forecasts after some months of fighting: of the record with 90 %, and of the template."""
    rows = []
    for way, words in WORDS.items():
        cells = [
            f"{100 * check.record:.0f} [{100 * check.low:.0f}, {100 * check.high:.0f}] / {100 * check.template:.0f}"
            f"{'' if check.inside else ' *'}"
            for check in checks
            if (check.fought, check.way) == (fought, way)
        ]
        rows.append(f"| {words} | {' | '.join(cells)} |")
    return rows


def with_rows(text: str, head: str, rows: list[str]) -> str:
    """The page with other rows in the table that has this head. Raises Fault where there is no such table."""
    table = re.compile(rf"^({re.escape(head)}\n\|[-|]+\|\n)(?:\|.*\n)+", re.MULTILINE)
    if not table.search(text):
        raise Fault(f"{PAGE.name}: no table with the head {head}")
    return table.sub(lambda found: found[1] + "\n".join(rows) + "\n", text)


def main() -> None:
    """Simulate and write, and say what the prose around the tables counts."""
    text = PAGE.read_text(encoding="utf-8")
    rows, inside = hazard_rows()
    ways = " | ".join(WORDS[way] for way in WAYS)
    text = with_rows(text, f"| months | any end | {ways} |", rows)
    checks = civil_checks(runs=RUNS)
    for fought in FOUGHT:
        text = with_rows(
            text, f"| after {fought} months | {' | '.join(map(str, AHEAD))} |", forecast_rows(checks, fought)
        )
    PAGE.write_text(text, encoding="utf-8")
    print(f"{inside} of {len(WAYS) * len(SPANS)} hazards within the record's 90 %")
    print(f"{sum(check.inside for check in checks)} of {len(checks)} shares within the record's 90 %")
    for others in (0, 1, 2):
        for check in civil_checks((12,), others, RUNS):
            if check.month == 24 and check.way in ("fighting", "government_victory"):
                record = f"record {100 * check.record:.0f} [{100 * check.low:.0f}, {100 * check.high:.0f}]"
                print(f"{others} others, {check.way}: {100 * check.template:.0f}, {record}")


if __name__ == "__main__":
    main()
