"""Who decides, as a section of a report: a part a polity, the two that fight first and open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ripeness.show.report.figure import Figure
from ripeness.show.report.page import ReportTable, Section
from ripeness.show.report.pictures import figure
from ripeness.show.table import Table
from ripeness.show.words import day
from ripeness.study.who_decides.evidence import observed_until
from ripeness.workbench.infer import InferQuestion
from ripeness.workbench.inferred import Inferred
from ripeness.workbench.report_hypotheses import hypotheses_of, hypotheses_verdict, hypothesis_labels, table_with_names
from ripeness.workbench.report_section import ReportSection
from ripeness.workbench.studied import Studied
from ripeness.world.fault import Fault

PARTICLES, LEAST, REPEATS = 200, 100, 3  # of the inference: shares of power to some 4 points
ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
WIDTHS = (1 / 4, 1.0, 4.0)  # of the prior: a verdict whose sign changes between the ends is none


def who_decides_section(section: ReportSection, studied: Studied) -> Section | None:
    """Who decides in each polity of which decisions are on record, and the evidence for it; those that fight first."""
    observed = _observed(studied)
    fighting = [key for key in studied.result.forecast.polities if key in observed]
    patrons = _patrons(studied)
    inferences = (
        (fighting, inferred_fighters(studied)),
        (patrons, inferred_patrons(studied)),
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
        f"Read off {_with_dates(observed_until(items, newest, answers[0].as_of))}, with {_particles(studied):,} "
        f"samples of the unknowns {REPEATS} times over; patrons at the medians of their positions. Intervals hold 90 %."
    )
    parts = [_polity(answer, key, fights=key in fighting) for answer, keys in answered for key in keys]
    sentences = [sentence for answer, keys in answered for sentence in ranks(answer, keys)]
    parts += _limits([answer for answer, _ in answered])
    return Section(section.key, section.heading, (opening, *sentences), parts=tuple(parts))


def inferred_fighters(studied: Studied) -> Inferred | None:
    """The inference for those that fight first and of whom decisions are on record; None where there are none."""
    observed = _observed(studied)
    fighting = [key for key in studied.result.forecast.polities if key in observed]
    return studied.once("fighters", lambda: _inferred(studied, fighting, at_medians=False))


def inferred_patrons(studied: Studied) -> Inferred | None:
    """The same for all others, at the medians of their positions."""
    return studied.once("patrons", lambda: _inferred(studied, _patrons(studied), at_medians=True))


def _patrons(studied: Studied) -> list[str]:
    fighting, observed = studied.result.forecast.polities, _observed(studied)
    return [key for key in studied.result.scenario.polities if key in observed and key not in fighting]


def _observed(studied: Studied) -> set[str]:
    return {item.polity for item in studied.result.scenario.evidence}


def _particles(studied: Studied) -> int:
    return max(studied.fewer(PARTICLES), LEAST)


def _inferred(studied: Studied, polities: list[str], *, at_medians: bool) -> Inferred | None:
    """The inference for some polities; nothing where the evidence tells of the war and of no decision of theirs."""
    if not polities:
        return None
    try:
        return InferQuestion(
            **studied.arguments(InferQuestion),
            particles=_particles(studied),
            repeats=REPEATS,
            knots=1,
            knock_out=False,
            polities=polities,
            known=at_medians,
            widths=WIDTHS,
            only_compared=True,
        ).answer()
    except Fault:
        return None


def ranks(answer: Inferred, polities: list[str]) -> tuple[str, ...]:
    """Who most likely has most say in every polity, in a sentence or two."""
    from ripeness.show.strongest_tables import strongest_sentences

    return tuple(
        f"{answer.names[key]}: {' '.join(strongest_sentences(answer.found, key, answer.names))}" for key in polities
    )


def _polity(answer: Inferred, key: str, *, fights: bool) -> Section:
    """One polity: power before and after, how readings do, and which items tell them apart."""
    from ripeness.show.who_decides_tables import carried, of_polity

    name = answer.names[key]
    labels = hypothesis_labels(answer, key)
    verdict = next(row for row in answer.found.verdicts if row.polity == key)
    sentence = hypotheses_verdict(verdict, hypotheses_of(answer, key))
    sentences = tuple(filter(None, (sentence, carried(answer.found, key).plain if verdict.tells else "")))
    blocks = of_polity(answer.found, key, answer.names)
    tables = (block for block in blocks if isinstance(block, Table) and block.rows)
    return Section(
        f"who-{key}",
        name,
        sentences,
        tuple(_pictures(answer, key, name, fights=fights)),
        tuple(ReportTable(_titled(table_with_names(table, labels), name), folded=True) for table in tables),
    )


def _pictures(answer: Inferred, key: str, name: str, *, fights: bool) -> list[Figure]:
    if not fights:  # a patron's shares stand in its table
        return []
    power_caption = f"{name}: who has how much say, solid after the evidence and hollow before it; 90 % intervals."
    pictures = [figure(answer.plot("power", polity=key), f"power-{key}", power_caption)]
    if any(row.polity == key for row in answer.found.matrix):
        matrix_caption = (
            f"{name}: which items tell the hypotheses apart: C consistent, I inconsistent, N neutral; blue where a "
            "hypothesis foretold the item better than they do on average, orange where worse."
        )
        pictures.append(figure(answer.plot("matrix", polity=key), f"matrix-{key}", matrix_caption, flat=True))
    return pictures


def _titled(table: Table, name: str) -> Table:
    return replace(table, title=f"{name}: {table.title[:1].lower()}{table.title[1:]}")


def _with_dates(text: str) -> str:
    """A text with its dates as readers write them.

    >>> _with_dates("2 observations up to 2023-03-14")
    '2 observations up to 14 March 2023'
    """
    return ISO_DATE.sub(lambda match: day(date.fromisoformat(match[0])), text)


def _limits(answers: list[Inferred]) -> tuple[Section, ...]:
    warnings: dict[str, None] = {}
    for answer in answers:
        for warning in answer.found.warnings:
            key, colon, text = warning.partition(":")
            warnings[f"{answer.names[key]}{colon}{text}" if key in answer.found.weighed else warning] = None
    return (Section("who-limits", "What limits this", items=tuple(warnings)),) if warnings else ()
