"""Who decides, as a section of a report: a part a polity, the two that fight first and open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from ripeness.show.report.grids import grids
from ripeness.show.report.page import Figure, Grid, Section
from ripeness.show.report.pictures import figure
from ripeness.study.who_decides.gather import observations
from ripeness.workbench.studied import Studied
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.workbench.infer import Inferred

PARTICLES, LEAST, REPEATS = 200, 100, 3  # of the inference: shares of power to some 4 points
WIDTHS = (1 / 4, 1.0, 4.0)  # of the prior: a verdict whose sign changes between the ends is none


def who(studied: Studied) -> Section | None:
    """Who decides in each polity of which decisions are on record, and the evidence for it; those that fight first."""
    observed = {item.polity for item in studied.result.scenario.evidence}
    fighting = [key for key in studied.result.forecast.polities if key in observed]
    patrons = [key for key in studied.result.scenario.polities if key in observed and key not in fighting]
    inferences = (
        (fighting, _inferred(studied, fighting, at_medians=False)),
        (patrons, _inferred(studied, patrons, at_medians=True)),
    )
    answered = [
        (answer, [key for key in polities if key in answer.found.weighed])
        for polities, answer in inferences
        if answer is not None
    ]
    if not answered:
        return None
    answers = [answer.found for answer, _ in answered]
    items, newest = sum(posterior.observations for posterior in answers), max(posterior.newest for posterior in answers)
    opening = (
        f"Read off {observations(items, newest, answers[0].as_of)}, with {_particles(studied):,} particles, {REPEATS} "
        "times; patrons at the medians of their positions. Intervals hold 90 %."
    )
    parts = [_polity(answer, key, fights=key in fighting) for answer, keys in answered for key in keys]
    sentences = [sentence for answer, keys in answered for sentence in ranks(answer, keys)]
    parts += _limits([answer for answer, _ in answered])
    return Section("who", "Who decides, and the evidence for it", (opening, *sentences), parts=tuple(parts))


def _particles(studied: Studied) -> int:
    return max(studied.fewer(PARTICLES), LEAST)


def _inferred(studied: Studied, polities: list[str], *, at_medians: bool) -> Inferred | None:
    """The inference for some polities; nothing where the evidence tells of the war and of no decision of theirs."""
    from ripeness.workbench.infer import infer

    if not polities:
        return None
    evidence = studied.known()
    try:
        return infer(
            studied.origin,
            coding=studied.coding,
            changes=dict(studied.result.changes),
            particles=_particles(studied),
            repeats=REPEATS,
            knots=1,
            knock_out=False,
            seed=studied.result.ensemble.design.seed,
            as_of=evidence["as_of"],
            observe=evidence["observe"],
            polities=polities,
            known=at_medians,
            widths=WIDTHS,
        )
    except Fault:
        return None


def ranks(answer: Inferred, polities: list[str]) -> tuple[str, ...]:
    """The ranking of every polity as a sentence, by name."""
    sentences = []
    for key in polities:
        pairs = [row for row in answer.found.ranking if row.polity == key and row.apart == 1]
        if pairs:
            last = max(row.date for row in pairs)
            first = next(row for row in pairs if row.date == last)
            above, below = (answer.names.get(f"{key}/{name}", name) for name in (first.above, first.below))
            sentences.append(
                f"{answer.names[key]}: {above} has most say, above {below} with probability {first.p:.2f} "
                f"({first.prior_p:.2f} before the evidence)."
            )
    return tuple(sentences)


def _polity(answer: Inferred, key: str, *, fights: bool) -> Section:
    """One polity: power before and after, how readings do, and which items tell them apart."""
    from ripeness.show.who_decides import carried, of_polity

    name = answer.names[key]
    names = {row.faction: answer.names.get(f"{key}/{row.faction}", row.faction) for row in answer.found.power}
    verdict = next(row for row in answer.found.verdicts if row.polity == key)
    sentence = verdict.sentence.replace(f" of {key}", f" of {name}")
    sentences = (sentence, *((carried(answer.found, key).plain,) if verdict.tells else ()))
    tables = tuple(chain.from_iterable(grids(part, folded=True) for part in of_polity(answer.found, key, answer.names)))
    return Section(
        f"who-{key}",
        name,
        sentences,
        tuple(_pictures(answer, key, name, fights=fights)),
        tuple(_titled(_by_name(grid, names), name) for grid in tables),
    )


def _pictures(answer: Inferred, key: str, name: str, *, fights: bool) -> list[Figure]:
    if not fights:  # a patron's shares stand in its table
        return []
    power_caption = f"{name}: who has how much say, after the evidence and (in grey) before it; 90 % intervals."
    pictures = [figure(answer.plot("power", polity=key), f"power-{key}", power_caption)]
    if any(row.polity == key for row in answer.found.matrix):
        matrix_caption = (
            f"{name}: which items tell the readings apart: C consistent, I inconsistent, N neutral; blue where a "
            "reading foretold the item better than readings do on average, orange where worse."
        )
        pictures.append(figure(answer.plot("matrix", polity=key), f"matrix-{key}", matrix_caption, flat=True))
    return pictures


def _by_name(grid: Grid, names: Mapping[str, str]) -> Grid:
    """The same table, its factions called by name."""
    return replace(grid, rows=tuple((names.get(row[0], row[0]), *row[1:]) for row in grid.rows))


def _titled(grid: Grid, name: str) -> Grid:
    return replace(grid, title=f"{name}: {grid.title[:1].lower()}{grid.title[1:]}")


def _limits(answers: list[Inferred]) -> tuple[Section, ...]:
    warnings = dict.fromkeys(warning for answer in answers for warning in answer.found.warnings)
    return (Section("who-limits", "What limits this", items=tuple(warnings)),) if warnings else ()
