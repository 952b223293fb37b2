"""Signs of all levers over shipped ranges, measured; as a program it writes them to `shipped_signs.csv`.

Do that after the model or a case has changed for a reason that stands elsewhere, and read the difference: the floors of
weak signs come from this file.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from ripeness.ensemble.design import Design
from ripeness.scenario.case import cases_folder, read_case, shipped_case_names
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.template import TEMPLATES, template
from ripeness.study.mechanisms.catalogue import MECHANISMS
from ripeness.study.mechanisms.lever import Lever, lever_context
from ripeness.study.mechanisms.measure import LeverRuns

SAMPLES = 48
CASES = tuple((case, version) for case in shipped_case_names() for version in read_case(cases_folder() / case).codings)
BETWEEN_STATES = tuple(name for name in TEMPLATES if name != "civil")  # wars within one: test_movements.py
WARS = (*BETWEEN_STATES, *("/".join(pair) for pair in CASES))
LEVERS = {build.__name__: build for mechanism in MECHANISMS for build in mechanism.levers}
FILE = Path(__file__).with_suffix(".csv")


@cache
def runs_of(war):
    """The war as stated, and what its levers read of it. Templates are cheap, and take more replications."""
    scenario = read_text(template(war)).scenario if war in TEMPLATES else read_scenario(*war.split("/"))
    replications = 256 if war in TEMPLATES else 128
    design = Design(SAMPLES * replications, per_point=replications, kept=0)
    return LeverRuns(scenario, design), lever_context(scenario, design)


@cache
def effect_of(war, name):
    """What a lever does in a war; None where the war has nothing that it could move."""
    runs, context = runs_of(war)
    lever = LEVERS[name](context)
    return runs.effect(lever) if isinstance(lever, Lever) else None


def measured_signs():
    """Shares right and wrong on file, by war and lever."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {(row["war"], row["lever"]): (float(row["right"]), float(row["wrong"])) for row in csv.DictReader(file)}


def main():
    """Measure every lever with a sign in every war."""
    rows = []
    for war in WARS:
        for name in LEVERS:
            effect = effect_of(war, name)
            if effect is not None and effect.right is not None:
                rows.append([war, name, f"{effect.right:.3f}", f"{effect.wrong:.3f}", f"{effect.months.mean:.2f}"])
        print(war, flush=True)
    with FILE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([["war", "lever", "right", "wrong", "months"], *rows])


if __name__ == "__main__":
    main()
