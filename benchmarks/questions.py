"""How long do the questions take beside fighting the same wars without asking anything?

    python benchmarks/questions.py [CASE] [--draws 20000] [--few 5000] [--question whatif ...]

Prints one JSON object: for each question its seconds on the clock and of the processors, how many wars it fights, and
how many times as long that takes as only fighting as many wars of the same length takes in the same process. Options
fight once for each option; `sense` is asked of an ensemble that is there and fights none, so that its time is told in
fights of that ensemble.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from functools import partial
from time import perf_counter, process_time
from typing import Any

QUESTIONS = ("whatif", "options", "sense", "flip")
SETTLED = "settlement"


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What work gives, its seconds on the clock, and those of the processors."""
    clock, busy = perf_counter(), process_time()
    found = work()
    return found, perf_counter() - clock, process_time() - busy


def main() -> None:
    """Time the questions about one case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", nargs="?", default="ukraine-2023-03")
    parser.add_argument("--draws", type=int, default=20_000)
    parser.add_argument("--few", type=int, default=5_000)
    parser.add_argument("--question", action="append", choices=QUESTIONS)
    asked = parser.parse_args()

    from ripeness.ensemble.design import Design
    from ripeness.ensemble.run import run
    from ripeness.scenario.read import read_scenario

    scenario = read_scenario(asked.case)
    run(scenario, Design(draws=64, kept=0))  # whatever has to be compiled
    _, fight, busy = timed(lambda: run(scenario, Design(draws=asked.draws, kept=0)))
    told: dict[str, Any] = {
        "case": asked.case,
        "load": [round(x, 1) for x in os.getloadavg()],
        "fight": {"draws": asked.draws, "seconds": round(fight, 2), "processor_seconds": round(busy, 2)},
    }
    for name in asked.question or QUESTIONS:
        wars, seconds, used = ASK[name](asked)
        alone = busy * wars / asked.draws
        told[name] = {
            "wars": wars,
            "seconds": round(seconds, 2),
            "processor_seconds": round(used, 2),
            "times_the_wars_alone": round(used / alone, 2),
        }
    json.dump(told, sys.stdout, indent=2)
    sys.stdout.write("\n")


def whatif(asked: argparse.Namespace) -> tuple[int, float, float]:
    """One arm beside a war that is set up, as a slider asks for it; the best of three."""
    from ripeness.workbench.bench import Bench

    bench = Bench(asked.case, draws=asked.few)
    times = [timed(partial(bench.beside, {"talks.mediation": n})) for n in (1.5, 2.0, 2.5)]
    _, seconds, used = min(times, key=lambda one: one[1])
    return asked.few, seconds, used


def options(asked: argparse.Namespace) -> tuple[int, float, float]:
    """Six options of the first belligerent."""
    import ripeness
    from ripeness.scenario.read import read_scenario

    polity = next(key for key, one in read_scenario(asked.case).polities.items() if one.role == "belligerent")
    six = ["negotiate", "accept", "escalate", "freeze", "restrain"]
    found, seconds, used = timed(lambda: ripeness.options(asked.case, polity, only=six, draws=asked.draws))
    return asked.draws * len(found.told.options), seconds, used


def sense(asked: argparse.Namespace) -> tuple[int, float, float]:
    """The indices alone, of an ensemble that is there."""
    from ripeness.study.sensitivity.sense import sense as measure
    from ripeness.workbench.flip import FlipQuestion
    from ripeness.workbench.outcome_runs import outcome_runs

    late = FlipQuestion(asked.case, outcome=SETTLED, draws=asked.draws)  # by the horizon
    place = outcome_runs(late, asked.draws, None)
    base = place.simulate()
    measure(base, place.target)  # SALib is slow to import
    _, seconds, used = timed(lambda: measure(base, place.target))
    return asked.draws, seconds, used


def flip(asked: argparse.Namespace) -> tuple[int, float, float]:
    """The smallest changes that make a settlement the most likely outcome by the horizon."""
    import ripeness

    found, seconds, used = timed(lambda: ripeness.flip(asked.case, outcome=SETTLED, draws=asked.draws))
    return found.told.fought, seconds, used


ASK: dict[str, Callable[[argparse.Namespace], tuple[int, float, float]]] = {
    "whatif": whatif,
    "options": options,
    "sense": sense,
    "flip": flip,
}

if __name__ == "__main__":
    main()
