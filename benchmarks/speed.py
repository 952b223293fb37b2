"""How fast are wars simulated, and in how much memory? Inputs drawn and results gathered included.

    python benchmarks/speed.py [--draws 100000] [--repeats 3] [--part wars --part memory ...] [--json]

Prints the rows of the tables in docs/performance.md, as Markdown, or one JSON object. Three wars are timed: the
reference war, most of whose time goes into its inputs, since it is soon over; the same war made to last, whose time
goes into its months; and a shipped case. Times on the clock are the best of the repeats. On a machine that does other
work as well, seconds of the processors are the figures to compare.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ripeness.scenario.schema import Scenario

REFERENCE = Path(__file__).parent / "reference.yaml"
CASE = "ukraine-2023-03"
# A month of the same kind written by hand in C: 3.5e5 draws of 60 months a second on two processors without other work.
C_MONTHS = 2.1e7
HARDLY = "0.0001 to 0.0003"  # a month; what else can end a war is left as it is
ENDS = ("settle", "freeze", "surrender", "collapse", "fall")  # parameters of the model: hazards of each way to end
RIPENESS = str(Path(sys.executable).parent / "ripeness")
PEAK = """
import sys
from pathlib import Path
import ripeness

def peak():
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024

result = ripeness.run(sys.argv[1], draws=int(sys.argv[2]))
print(peak())
if sys.argv[3:]:
    result.save(sys.argv[3])
    print(peak())
"""


def long_war() -> Scenario:
    """The reference war with hazards of ending so low that it hardly ever ends within its 60 months."""
    from ripeness.scenario.number_paths import replace_numbers
    from ripeness.scenario.read import read_scenario

    return replace_numbers(read_scenario(str(REFERENCE)), {f"laws.{name}": HARDLY for name in ENDS})


def wars() -> dict[str, Scenario]:
    """The wars that are timed, by name."""
    from ripeness.scenario.read import read_scenario

    return {"reference war": read_scenario(str(REFERENCE)), "long reference war": long_war(), CASE: read_scenario(CASE)}


def timed(work: Callable[[], object], repeats: int) -> tuple[float, float]:
    """The least seconds on the clock and of the processors, processes that were started included."""
    seconds, processor = [], []
    for _ in range(repeats):
        start, began = os.times(), perf_counter()
        work()
        seconds.append(perf_counter() - began)
        processor.append(sum(os.times()[:4]) - sum(start[:4]))
    return min(seconds), min(processor)


def war_speed(scenario: Scenario, draws: int, repeats: int) -> dict[str, float]:
    """Months of war that are simulated in a second, by two workers and by one, and as a share of what C does."""
    from ripeness.ensemble.design import Design
    from ripeness.ensemble.run import run

    def simulate(workers: int) -> Callable[[], object]:
        return lambda: run(scenario, Design(draws=draws, workers=workers))

    months = float(run(scenario, Design(draws=min(draws, 4096))).months.mean())
    two, processor = timed(simulate(2), repeats)
    one, _ = timed(simulate(1), repeats)
    return {
        "months_of_a_war": round(months, 1),
        "draws_per_second": round(draws / two),
        "war_months_per_second": round(draws * months / two),
        "war_months_per_second_one_worker": round(draws * months / one),
        "war_months_per_processor_second": round(draws * months / processor),
        "of_c": round(draws * months / two / C_MONTHS, 3),
    }


def measure_wars(draws: int, repeats: int) -> dict[str, dict[str, float]]:
    """The speed of every war."""
    return {name: war_speed(scenario, draws, repeats) for name, scenario in wars().items()}


def measure_memory(draws: int, repeats: int) -> dict[str, float]:  # noqa: ARG001  (all parts are called alike)
    """Peak memory of a process that runs the shipped case, and of one that keeps it as well. Units: MB."""
    peaks = {}
    for runs, kept in ((draws, False), (10 * draws, False), (10 * draws, True)):
        with TemporaryDirectory() as folder:
            words = [CASE, str(runs), *([f"{folder}/run"] if kept else [])]
            done = subprocess.run([sys.executable, "-c", PEAK, *words], capture_output=True, text=True, check=True)
        peaks[f"{runs:,} draws{', kept' if kept else ''}"] = round(float(done.stdout.split()[-1]))
    return peaks


def measure_commands(draws: int, repeats: int) -> dict[str, dict[str, float]]:  # noqa: ARG001
    """Whole processes: seconds on the clock and of the processors."""
    words = {f"run {CASE}": ("run", CASE), "run reference war": ("run", str(REFERENCE)), "--help": ("--help",)}
    return {name: command(words, repeats=repeats) for name, words in words.items()}


def measure_first(draws: int, repeats: int) -> dict[str, dict[str, float]]:  # noqa: ARG001
    """The first run on a machine, which compiles everything."""
    with TemporaryDirectory() as cache:
        return {f"run {CASE}, nothing compiled": command(("run", CASE), repeats=1, RIPENESS_CACHE=cache)}


def command(words: tuple[str, ...], repeats: int, **settings: str) -> dict[str, float]:
    """A command as a process of its own."""
    environment = {**os.environ, **settings}
    run = lambda: subprocess.run([RIPENESS, *words], check=True, capture_output=True, env=environment)
    seconds, processor = timed(run, repeats)
    return {"seconds": round(seconds, 2), "processor_seconds": round(processor, 2)}


PARTS: dict[str, Callable[[int, int], dict[str, Any]]] = {
    "wars": measure_wars,
    "memory": measure_memory,
    "commands": measure_commands,
    "first": measure_first,
}


def rows(measured: dict[str, Any]) -> str:
    """The rows of the tables in docs/performance.md."""
    lines = [f"load average {measured['load']}"]
    for name, speed in measured.get("wars", {}).items():
        figures = (
            f"{speed['months_of_a_war']:.1f}",
            f"{speed['draws_per_second']:,}",
            *(f"{speed[key]:.2g}" for key in ("war_months_per_second", "war_months_per_second_one_worker")),
            f"{speed['war_months_per_processor_second']:.2g}",
            f"{speed['of_c']:.2f}",
        )
        lines.append(f"| {name} | {' | '.join(figures)} |")
    lines += [f"| peak memory, `{CASE}`, {what} | {peak} MB |" for what, peak in measured.get("memory", {}).items()]
    for part in ("commands", "first"):
        for name, time in measured.get(part, {}).items():
            lines.append(f"| `ripeness {name}` | {time['seconds']:.2f} s | {time['processor_seconds']:.2f} s |")
    return "\n".join(lines)


def main() -> None:
    """Measure what is asked for, everything by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--part", action="append", choices=PARTS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    measured: dict[str, Any] = {"draws": options.draws}
    for part in options.part or PARTS:
        measured[part] = PARTS[part](options.draws, options.repeats)
    measured["load"] = [round(load, 1) for load in os.getloadavg()]
    sys.stdout.write((json.dumps(measured, indent=2) if options.json else rows(measured)) + "\n")


if __name__ == "__main__":
    main()
