"""How fast is power inferred? Six factions and sixty decisions, power fixed and moving; and a war run given evidence.

    python benchmarks/inference.py [--repeats 3] [--draws 20000]

Prints one JSON object. Seconds are wall time, the best of the repeats; `busy` are seconds of the processor, over all
threads, which hold on a machine that does other work, too. The decisions are taken by the stated likelihood from
power of known size. `whole` is the command as a process of its own, with every reading under every width of the prior.
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
from typing import Any

import numpy as np
import yaml

REFERENCE = Path(__file__).parent / "reference.yaml"
FACTIONS, ISSUES, DECISIONS, KNOTS, SEED = 6, 6, 60, 8, 7
NOISE, OPEN = 0.05, 0.1  # of a decision; half of the interval of a position that is not known
RIPENESS = str(Path(sys.executable).parent / "ripeness")


def scenario(*, open_: bool) -> dict[str, Any]:
    """The reference war with six issues more in the north, its factions' positions on them, and what was decided."""
    told: dict[str, Any] = yaml.safe_load(REFERENCE.read_text(encoding="utf-8"))
    luck, north = np.random.default_rng(SEED), told["polities"]["north"]
    issues = [f"issue{n}" for n in range(ISSUES)]
    north["issues"] = {key: {"ends": ["low", "high"]} for key in issues}
    north["conduct"] = {"noise": NOISE, "leader_weight": 0}
    place, power = luck.uniform(0.05, 0.95, (ISSUES, FACTIONS)), luck.dirichlet(np.full(FACTIONS, 4.0))
    for f, one in enumerate(north["factions"].values()):
        one["positions"] = {key: _number(place[n, f], open_=open_) for n, key in enumerate(issues)}
        one["salience"] = dict.fromkeys(issues, 0.7)
    north["country"] = {"positions": {key: float(place[n].mean().round(3)) for n, key in enumerate(issues)}}
    decided = np.clip(place @ power + luck.normal(0, NOISE, (DECISIONS // ISSUES, ISSUES)), 0, 1)
    told["sources"] = {"log": {"title": "an invented log", "author": "nobody", "grade": "B2"}}
    told["evidence"] = [
        {
            "id": f"d{n}",
            "polity": "north",
            "issue": issues[n % ISSUES],
            "source": "log",
            "date": f"2024-{3 + n // ISSUES:02d}-{2 + n % ISSUES:02d}",
            "position": round(float(decided.flat[n]), 2),
        }
        for n in range(DECISIONS)
    ]
    return told


def _number(centre: float, *, open_: bool) -> object:
    at = round(float(centre), 3)
    if not open_:
        return at
    return {"value": at, "range": f"{max(at - OPEN, at / 2):.3f} to {min(at + OPEN, (1 + at) / 2):.3f}"}


def timed(work: Callable[[], object], repeats: int) -> dict[str, float]:
    """The best wall time and the least processor time of some repeats, processes that were started included."""
    seconds, busy = [], []
    for _ in range(repeats):
        before, began = os.times(), perf_counter()
        work()
        seconds.append(perf_counter() - began)
        busy.append(sum(os.times()[:4]) - sum(before[:4]))
    return {"seconds": round(min(seconds), 2), "busy": round(min(busy), 2)}


def sampled(file: Path, repeats: int) -> dict[str, Any]:
    """The factional reading alone: posterior and evidence by four runs of a thousand particles."""
    from ripeness.scenario.read import read_scenario
    from ripeness.study.who_decides.council_likelihood import council_likelihood
    from ripeness.study.who_decides.evidence import collect_evidence
    from ripeness.study.who_decides.posterior import sample_posterior

    war = read_scenario(str(file))
    items, found = collect_evidence(war).of("north"), {}
    for name, knots in (("fixed", 1), ("moving", KNOTS)):
        work = lambda knots=knots: sample_posterior(council_likelihood(war, "north", items, knots=knots))
        told = work()
        found[name] = timed(work, repeats) | {
            "unknowns": told.council.unknowns,
            "log_evidence": round(told.log_evidence, 2),
            "spread_of_a_run": round(told.log_evidence_sd, 2),
            "ancestors": round(told.ancestors),
        }
    found["moving_over_fixed"] = round(found["moving"]["busy"] / found["fixed"]["busy"], 1)
    return found


def command(*words: str, repeats: int) -> dict[str, float]:
    """A command as a process of its own."""
    return timed(lambda: subprocess.run([RIPENESS, *words, "--json"], check=True, capture_output=True), repeats)


def main() -> None:
    """Time the sampler, the command, and a run given evidence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=20_000)
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    found: dict[str, Any] = {}
    with TemporaryDirectory() as folder:
        for name, open_ in (("positions_known", False), ("positions_open", True)):
            file = Path(folder) / f"{name}.yaml"
            file.write_text(yaml.safe_dump(scenario(open_=open_)), encoding="utf-8")
            found[name] = sampled(file, asked.repeats)
            words = ("infer", str(file), "--no-knock-out")
            found[name]["whole_fixed"] = command(*words, "--knots", "1", repeats=asked.repeats)
            found[name]["whole_moving"] = command(*words, "--knots", str(KNOTS), repeats=asked.repeats)
    for case, more in (("ukraine-2023-03", ()), ("japan-1945", ("--as-of", "1945-08-12"))):
        words = ("run", case, "--draws", str(asked.draws))
        given = command(*words, "--given", "evidence", *more, repeats=asked.repeats)
        plain = command(*words, repeats=asked.repeats)
        found[" ".join(("given", case, *more))] = given | {"over_a_plain_run": round(given["busy"] / plain["busy"], 2)}
    json.dump(found, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
