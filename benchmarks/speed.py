"""How fast are wars fought, and in how much memory? Inputs drawn and results gathered included.

    python benchmarks/speed.py [SCENARIO] [--draws 100000] [--repeats 3]

Prints one JSON object. Times are the best of the repeats; `one_worker` shows what the second processor brings. On a
machine that does other work as well, `processor_microseconds_per_draw` is the figure to compare.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time

REFERENCE = Path(__file__).parent / "reference.yaml"
KILO = 1024


def main() -> None:
    """Time the wars of one scenario."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default=str(REFERENCE))
    parser.add_argument("--draws", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()

    from ripeness.ensemble.design import Design
    from ripeness.ensemble.run import run
    from ripeness.scenario.read import read_scenario

    scenario = read_scenario(asked.scenario)
    began = perf_counter()
    run(scenario, Design(draws=64))
    first = perf_counter() - began

    def best(draws: int, workers: int | None, repeats: int) -> tuple[float, float, float]:
        seconds, busy, fought = float("inf"), float("inf"), 0.0
        for _ in range(repeats):
            start, used = perf_counter(), process_time()
            fought = float(run(scenario, Design(draws=draws, workers=workers)).months.mean())
            seconds, busy = min(seconds, perf_counter() - start), min(busy, process_time() - used)
        return seconds, busy, fought

    whole, busy, months = best(asked.draws, None, asked.repeats)
    _, half_busy, _ = best(asked.draws // 2, None, asked.repeats)
    alone, _, _ = best(asked.draws // 2, 1, asked.repeats)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILO
    json.dump(
        {
            "scenario": Path(asked.scenario).name,
            "draws": asked.draws,
            "months_fought": round(months, 1),
            "draws_per_second": round(asked.draws / whole),
            "one_worker": round(asked.draws / 2 / alone),
            "processor_microseconds_per_draw": round(busy / asked.draws * 1e6, 1),
            "doubling_the_draws_takes_times": round(busy / half_busy, 2),
            "load": [round(x, 1) for x in os.getloadavg()],
            "first_run_seconds": round(first, 1),
            "peak_mb": round(peak),
        },
        sys.stdout,
        indent=2,
    )
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
