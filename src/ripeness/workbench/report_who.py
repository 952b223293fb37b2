"""Who decides, as a section of a report: a part a polity, the two that fight first and open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ripeness.show.report.page import Figure, ReportTable, Section
from ripeness.show.report.pictures import figure
from ripeness.show.table import Table
from ripeness.study.who_decides.gather import observations
from ripeness.workbench.studied import Studied
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.workbench.infer import Inferred

PARTICLES, LEAST, REPEATS = 200, 100, 3  # of the inference: shares of power to some 4 points
WIDTHS = (1 / 4, 1.0, 4.0)  # of the prior: a verdict whose sign changes between the ends is none


def who(one: Studied) -> Section | None:
    """Who decides in each polity of which decisions are on record, and the evidence for it; those that fight first."""
    observed = {item.polity for item in one.result.scenario.evidence}
    fighting = [key for key in one.result.forecast.polities if key in observed]
    patrons = [key for key in one.result.scenario.polities if key in observed and key not in fighting]
    asked = ((fighting, _inferred(one, fighting, known=False)), (patrons, _inferred(one, patrons, known=True)))
    found = [
        (answer, [key for key in polities if key in answer.found.weighed])
        for polities, answer in asked
        if answer is not None
    ]
    if not found:
        return None
    answers = [answer.found for answer, _ in found]
    many, newest = sum(one.observations for one in answers), max(one.newest for one in answers)
    opening = (
        f"Read off {observations(many, newest, answers[0].as_of)}, with {_particles(one):,} particles, {REPEATS} times;"
        " patrons at the medians of their positions. Intervals hold 90 %."
    )
    parts = [_polity(answer, key, fights=key in fighting) for answer, keys in found for key in keys]
    said = [sentence for answer, keys in found for sentence in ranks(answer, keys)]
    parts += _limits([answer for answer, _ in found])
    return Section("who", "Who decides, and the evidence for it", (opening, *said), parts=tuple(parts))


def _particles(one: Studied) -> int:
    return max(one.fewer(PARTICLES), LEAST)


def _inferred(one: Studied, polities: list[str], *, known: bool) -> Inferred | None:
    """The inference for some polities; nothing where the evidence tells of the war and of no decision of theirs."""
    from ripeness.workbench.infer import infer

    if not polities:
        return None
    given = one.known()
    try:
        return infer(
            one.origin,
            coding=one.coding,
            changes=dict(one.result.changes),
            particles=_particles(one),
            repeats=REPEATS,
            knots=1,
            knock_out=False,
            seed=one.result.ensemble.design.seed,
            as_of=given["as_of"],
            observe=given["observe"],
            polities=polities,
            known=known,
            widths=WIDTHS,
        )
    except Fault:
        return None


def ranks(found: Inferred, polities: list[str]) -> tuple[str, ...]:
    """The ranking of every polity as a sentence, by name."""
    said = []
    for key in polities:
        pairs = [row for row in found.found.ranking if row.polity == key and row.apart == 1]
        if pairs:
            last = max(row.date for row in pairs)
            first = next(row for row in pairs if row.date == last)
            above, below = (found.names.get(f"{key}/{name}", name) for name in (first.above, first.below))
            said.append(
                f"{found.names[key]}: {above} has most say, above {below} with probability {first.p:.2f} "
                f"({first.prior_p:.2f} before the evidence)."
            )
    return tuple(said)


def _polity(found: Inferred, key: str, *, fights: bool) -> Section:
    """One polity: power before and after, how readings do, and which items tell them apart."""
    from ripeness.show.who_decides_tables import carried, of_polity

    name = found.names[key]
    named = {row.faction: found.names.get(f"{key}/{row.faction}", row.faction) for row in found.found.power}
    verdict = next(row for row in found.found.verdicts if row.polity == key)
    sentence = verdict.sentence.replace(f" of {key}", f" of {name}")
    said = (sentence, *((carried(found.found, key).plain,) if verdict.tells else ()))
    tables = (part for part in of_polity(found.found, key, found.names) if isinstance(part, Table) and part.rows)
    return Section(
        f"who-{key}",
        name,
        said,
        tuple(_pictures(found, key, name, fights=fights)),
        tuple(ReportTable(_titled(table.with_labels(named), name), folded=True) for table in tables),
    )


def _pictures(found: Inferred, key: str, name: str, *, fights: bool) -> list[Figure]:
    if not fights:  # a patron's shares stand in its table
        return []
    said = f"{name}: who has how much say, after the evidence and (in grey) before it; 90 % intervals."
    pictures = [figure(found.plot("power", polity=key), f"power-{key}", said)]
    if any(row.polity == key for row in found.found.matrix):
        told = (
            f"{name}: which items tell the readings apart: C consistent, I inconsistent, N neutral; blue where a "
            "reading foretold the item better than readings do on average, orange where worse."
        )
        pictures.append(figure(found.plot("matrix", polity=key), f"matrix-{key}", told, flat=True))
    return pictures


def _titled(table: Table, name: str) -> Table:
    return replace(table, title=f"{name}: {table.title[:1].lower()}{table.title[1:]}")


def _limits(found: list[Inferred]) -> tuple[Section, ...]:
    said = dict.fromkeys(warning for answer in found for warning in answer.found.warnings)
    return (Section("who-limits", "What limits this", items=tuple(said)),) if said else ()
