"""How long a report takes beside the run that it tells of, and how large it is: python benchmarks/report.py [CASE]."""

from __future__ import annotations

import json
import os
import sys
import time

import ripeness


def timed(work: object) -> tuple[float, float, object]:
    """Seconds on the clock and of the processors that a call takes, and what it gives."""
    clock, processor = time.perf_counter(), processor_seconds()
    given = work()  # type: ignore[operator]
    return time.perf_counter() - clock, processor_seconds() - processor, given


def processor_seconds() -> float:
    """Seconds of the processors that this process and the copies of it that have ended took."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> None:
    """Print one JSON object: a run and a report of 20,000 draws, compiled loops loaded before."""
    case = sys.argv[1] if len(sys.argv) > 1 else "ukraine-2023-03"
    ripeness.report(case, draws=256)
    run_clock, run_processor, _ = timed(lambda: ripeness.run(case))
    clock, processor, report = timed(lambda: ripeness.report(case).html())
    told = {
        "case": case,
        "load": os.getloadavg()[0],
        "run_s": run_clock,
        "run_processor_s": run_processor,
        "report_s": clock,
        "report_processor_s": processor,
        "report_over_run": processor / run_processor,
        "bytes": len(str(report).encode()),
    }
    print(json.dumps({key: round(one, 2) if isinstance(one, float) else one for key, one in told.items()}, indent=1))


if __name__ == "__main__":
    main()
