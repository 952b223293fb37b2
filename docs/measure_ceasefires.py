"""Write what ceasefires do in runs into the table "Against the record" of docs/textbook/ceasefires.md.

Run by `make ceasefires`. Each row of the table names a measure and what is on record; the other columns are measured in
the templates and cases that its head names. Everything else on the page is written by hand. No share is weighted by
what is on record of the case: what is compared is how the model's wars run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from ripeness.ensemble.design import Design
from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.template import template
from ripeness.world.ceasefire import KINDS
from ripeness.world.outcome import CEASEFIRE, FIGHTING, FROZEN, SETTLEMENT

PAGE = Path(__file__).parent / "textbook" / "ceasefires.md"
TEMPLATES = {"civil template": "civil", "minimal template": "minimal"}
DRAWS = 1_200  # as the page says
KEPT = 400  # runs of which every month is kept
YEAR = 12.0  # months


def first_a_year(ensemble: Ensemble) -> float:
    """Share of years at risk in which a first ceasefire begins, from its hazard, that of the start left out."""
    begun = ensemble.results["truces_begun"] > 0
    first = np.where(begun, ensemble.results["truce_first"] - ensemble.elapsed, np.inf)
    years = np.minimum(first, ensemble.months).sum() / YEAR
    return float(1.0 - np.exp(-begun.sum() / years))


def of_kinds(*kinds: str) -> Callable[[Ensemble], float]:
    """Share of all ceasefires begun that are of some kinds; one that follows on another counts as begun."""

    def share(ensemble: Ensemble) -> float:
        return share_of(sum(ensemble.results[f"truces_{kind}"].sum() for kind in kinds), begun(ensemble))

    return share


def begun(ensemble: Ensemble) -> float:
    """Ceasefires that have begun, that of the start left out."""
    return float(sum(ensemble.results[f"truces_{kind}"].sum() for kind in KINDS))


def violated(ensemble: Ensemble) -> float:
    """Violations over ceasefires seen, that of the start counted; those still in force count as not violated."""
    seen = begun(ensemble) + (len(ensemble.code) if ensemble.war.truce else 0)
    return share_of(ensemble.results["truces_broken"].sum(), seen)


def fighting_back(ensemble: Ensemble) -> float:
    """Share of ceasefires that are over after which fighting came back, violated or run out; the rest ended the war.

    Those that grow into one another count as one. Counted in the runs that were kept whole.
    """
    pages = ensemble.album["truce"]
    before, after = pages[:-1], pages[1:]
    back = ((before > 0) & (after == 0)).sum()
    kept = pages.shape[-1]
    ended = ((ensemble.code != FIGHTING) & (ensemble.results["truce"] > 0))[:kept].sum()
    return share_of(back, back + ended)


def seen_violated(ensemble: Ensemble) -> float:
    """Share of the wars with a ceasefire that see one violated."""
    seen = (ensemble.results["truces_begun"] > 0) | (ensemble.war.truce > 0)
    return share_of(((ensemble.results["truces_broken"] > 0) & seen).sum(), seen.sum())


def settled_out_of_one(ensemble: Ensemble) -> float:
    """Share of settlements that are agreed on in a ceasefire."""
    settled = ensemble.code == SETTLEMENT
    return share_of((settled & (ensemble.results["truce"] > 0)).sum(), settled.sum())


def ended_by_one(ensemble: Ensemble) -> float:
    """Share of ends by ceasefire or low activity that are by ceasefire."""
    ended = (ensemble.code == CEASEFIRE).sum()
    return share_of(ended, ended + (ensemble.code == FROZEN).sum())


def share_of(part: float, whole: float) -> float:
    """A share, or no number where there is nothing to share."""
    return float(part / whole) if whole else float("nan")


MEASURES: Mapping[str, Callable[[Ensemble], float]] = {
    "years with a first ceasefire, %": first_a_year,
    "local and humanitarian, % of all": of_kinds("local", "humanitarian"),
    "preliminary, %": of_kinds("preliminary"),
    "definitive, %": of_kinds("definitive"),
    "violations, % of ceasefires": violated,
    "followed by more fighting, % of those that are over": fighting_back,
    "wars with a ceasefire that see one violated, %": seen_violated,
    "settlements that come out of one, %": settled_out_of_one,
    "by ceasefire, % of ends by it or low activity": ended_by_one,
}


def fought(name: str) -> Ensemble:
    """Runs of a template or a shipped case."""
    kind = TEMPLATES.get(name)
    scenario = read_text(template(kind)).scenario if kind else read_scenario(name)
    return run(scenario, Design(draws=DRAWS, seed=1, kept=KEPT))


def measured_page(text: str, cells: Mapping[str, list[str]]) -> str:
    """The page with measured cells behind the name and the record of each measure."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        parts = [part.strip() for part in line.strip("|").split("|")]
        if parts[0] in cells:
            record = f" {parts[1]} |" if parts[1] else " |"
            lines[number] = f"| {parts[0]} |{record} {' | '.join(cells[parts[0]])} |"
    return "\n".join(lines) + "\n"


def columns(text: str) -> list[str]:
    """Templates and cases that the head of the table names, behind its first two cells."""
    head = next(line for line in text.splitlines() if line.startswith("| | on record |"))
    return [part.strip(" `") for part in head.strip("|").split("|")[2:]]


def percent(share: float) -> str:
    """A share as a cell in %."""
    return "none" if np.isnan(share) else f"{100 * share:.0f}"


def main() -> None:
    """Run what the table names and write its cells."""
    text = PAGE.read_text(encoding="utf-8")
    ensembles = [fought(name) for name in columns(text)]
    cells = {name: [percent(measure(ensemble)) for ensemble in ensembles] for name, measure in MEASURES.items()}
    PAGE.write_text(measured_page(text, cells), encoding="utf-8")


if __name__ == "__main__":
    main()
