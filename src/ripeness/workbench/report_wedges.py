"""Stated terms against traits, as a section of a report: where they contradict each other, and what must be true."""

from __future__ import annotations

import numpy as np

from ripeness.ensemble.design import Design
from ripeness.ensemble.gather import Ensemble
from ripeness.show.report.page import Section
from ripeness.show.wedge_tables import wedge_tables
from ripeness.show.wedge_words import wedge_warning, zone_sentence
from ripeness.study.arms import display_names
from ripeness.study.ripeness.opening_situation import open_situation, parameter_samples
from ripeness.study.ripeness.wedges import Wedges, find_wedges
from ripeness.workbench.report_section import ReportSection, folded_after
from ripeness.workbench.studied import Studied

MOST_NAMED = 3  # factions whose wedges are told in words; the tables have all


def stated_terms_section(section: ReportSection, studied: Studied) -> Section | None:
    """The wedges of the run's own samples; None where stated terms and traits say much the same."""
    ensemble = studied.result.ensemble
    wedges, names = wedges_of_run(ensemble, section.draws), display_names(ensemble.scenario)
    tables = wedge_tables(wedges, names)
    if not tables:
        return None
    widest = sorted(wedges.that_matter(), key=lambda wedge: -abs(wedge.within))[:MOST_NAMED]
    sentences = [f"{wedge_warning(wedge, names)}." for wedge in widest]
    paragraphs = (section.caption, zone_sentence(wedges, names), *sentences)
    return Section(section.key, section.heading, paragraphs, (), folded_after(tables, section.open_tables))


def wedges_of_run(ensemble: Ensemble, most: int) -> Wedges:
    """Find the wedges at the parameter samples of a run, the first `most` of them, as evidence has changed them."""
    samples = min(ensemble.design.points, most)
    war, values = parameter_samples(ensemble.scenario, Design(samples, ensemble.design.seed, per_point=1))
    for row, path in enumerate(ensemble.input_names):
        values[war.row[path]] = np.asarray(ensemble.inputs[row, :samples], dtype=np.float64)
    return find_wedges(war, values, open_situation(war, values))
