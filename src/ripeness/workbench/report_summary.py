"""The summary of a report: what its sections found, in as many lines as one sheet of paper holds."""

from __future__ import annotations

from dataclasses import replace

from ripeness.show.disagreement_words import spread_sentence
from ripeness.show.end_words import class_outcome
from ripeness.show.human_numbers import human_number
from ripeness.show.outlook_words import outlook_sentence
from ripeness.show.plain_words import plain_words
from ripeness.show.report.figure import Figure
from ripeness.show.report.pictures import figure
from ripeness.show.report.summary import OutcomeShare, Summary, SummaryPoint
from ripeness.show.ripe_words import sentence as ripe_sentence
from ripeness.show.run_brief_tables import sentence_of_run
from ripeness.show.strongest_tables import held_by
from ripeness.show.target_words import outcome_in_words
from ripeness.show.words import day, percent
from ripeness.study.record.classes import CLASSES
from ripeness.study.run_brief import RunBrief
from ripeness.workbench.known_failures import known_failures
from ripeness.workbench.report_levers import MeasuredLever, measured_levers
from ripeness.workbench.report_section import FEWER
from ripeness.workbench.report_versions import disagreement, summary_with_versions
from ripeness.workbench.report_who import inferred_fighters
from ripeness.workbench.ripe import RipeQuestion
from ripeness.workbench.studied import Studied
from ripeness.world.admiralty import report_doubt
from ripeness.world.wording import end_sentence, join_words

COLOURS = {"settlement": "series-2", "frozen": "series-3", "victory": "won", "fighting": "fighting"}
LEVERS = 3  # that are named
JUDGED = ("judged", "assumed")
LETTERS = 88  # of the title of a source


def summary_of(studied: Studied) -> Summary:
    """Sum up a report that has been studied."""
    brief = summary_with_versions(studied)
    points = (_versions(studied, brief), _deciders(studied), _ripe(studied), _levers(studied, brief), _doubts(studied))
    return Summary(
        sentence=sentence_of_run(brief, studied.result.names),
        by=f"On {day(brief.on)}",
        shares=_shares(studied, brief),
        note=_note(studied, brief),
        points=tuple(replace(point, lines=tuple(map(plain_words, point.lines))) for point in points),
        figure=_picture(studied),
    )


def _shares(studied: Studied, brief: RunBrief) -> tuple[OutcomeShare, ...]:
    """The chance of each class of ends, with its Monte Carlo error."""
    shares = brief.shares
    return tuple(
        OutcomeShare(
            class_outcome(name, studied.result.names),
            percent(shares.p[n]),
            f"± {50 * (shares.high[n] - shares.low[n]):.1f}",
            shares.p[n],
            COLOURS[name],
        )
        for n, name in enumerate(CLASSES)
    )


def _note(studied: Studied, brief: RunBrief) -> str:
    """How many simulations there are, and how far they leave a chance open; said once."""
    forecast = studied.result.forecast
    what = "The model and the record of past wars, blended" if brief.blend is not None else "The model"
    return (
        f"{what}; {forecast.draws:,} simulations. ± is the 90 % error of simulating: more simulations shrink it, the "
        "doubt about what went in stays."
    )


def _picture(studied: Studied) -> Figure | None:
    """How far analysts differ, one row an outcome."""
    answer = disagreement(studied)
    if answer is None:
        return None
    caption = "Circles are analysts' versions, with rival factions and with one leader on each side."
    return figure(answer.plot(), "summary-versions", caption, narrow=answer.narrow_plot("How far analysts differ"))


def _versions(studied: Studied, brief: RunBrief) -> SummaryPoint:
    """How far versions lie apart, and how past wars like this one stood by then."""
    answer, names = disagreement(studied), studied.result.names
    heading = "How far analysts differ, and what past wars did"
    if answer is None:
        alone = "This war was coded by one analyst only: how far others would differ is not known."
        lines = (alone, *_past_wars(studied, brief))
        return SummaryPoint(heading, lines, "record" if brief.record else "answer", "the answer in full")
    outlook = answer.value.outlook
    past = _past_wars(studied, brief) if outlook is None else (outlook_sentence(outlook, names),)
    lines = (*past, spread_sentence(answer.value, names))
    return SummaryPoint(heading, lines, "disagreement", "each version")


def _past_wars(studied: Studied, brief: RunBrief) -> tuple[str, ...]:
    """How past wars like this one stood by the day of the answer, or why that is not said."""
    names = studied.result.names
    if brief.record is None:
        return (end_sentence(f"{brief.no_record[:1].upper()}{brief.no_record[1:]}"),) if brief.no_record else ()
    shares = [f"{class_outcome(name, names)} {percent(brief.record.of(name))}" for name in brief.record.ranked()]
    lasted = f" ({brief.record_cases:,.0f} had lasted as long)" if brief.record_cases else ""
    return (f"Past wars like this one{lasted}, by then: {join_words(shares)}.",)


def _deciders(studied: Studied) -> SummaryPoint:
    """Who has most say on each side that fights."""
    answer, names = inferred_fighters(studied), studied.result.names
    fighting = studied.result.forecast.polities
    lines = []
    for key in fighting:
        if answer is None or key not in answer.found.weighed:
            lines.append(f"{names[key]}: no decision is on record; power stands as the analyst states it.")
            continue
        strongest = next(row for row in answer.found.strongest if row.polity == key)
        lines.append(f"{names[key]}: {held_by(strongest, answer.names)}")
    return SummaryPoint("Who decides", tuple(lines), "who" if answer is not None else "ripe", "the evidence for it")


def _ripe(studied: Studied) -> SummaryPoint:
    """Whether it is ripe, and who blocks."""
    words = ripe_sentence(studied.answered(RipeQuestion, FEWER).value, short=True).removeprefix("Ripe? ")
    return SummaryPoint("Is it ripe, and who blocks", (words,), "ripe", "both sides' minimum demands")


def _levers(studied: Studied, brief: RunBrief) -> SummaryPoint:
    """The numbers of the war that move the likeliest outcome most, by how much, and with which error."""
    target = outcome_in_words(brief.target.name, studied.result.names)
    tried = measured_levers(studied)
    lines = [_lever(lever) for lever in tried if lever.is_told_from_zero][:LEVERS]
    if len(lines) < LEVERS:
        none = "Nothing else" if lines else "Nothing"
        lines.append(f"{none} that was tried ({len(tried)} numbers) moves it by more than the error.")
    return SummaryPoint(f"What would change '{target}' most, in the model", tuple(lines), "moves", "all that moves it")


def _lever(lever: MeasuredLever) -> str:
    """One number of the war: what its high end does, compared with its low end."""
    low, high = (human_number(end, lever.unit) for end in (lever.low, lever.high))
    half = 50 * (lever.moved.high - lever.moved.low)
    name = f"{lever.name[:1].upper()}{lever.name[1:]}"
    return f"{name} at {high} rather than {low}: {100 * lever.moved.mean:+.0f} ± {half:.0f} points."


def _doubts(studied: Studied) -> SummaryPoint:
    """A known failure, the weakest sources, and the widest assumption."""
    lines = [_failure(), *_weakest_source(studied), *_widest_assumption(studied)]
    return SummaryPoint("What to doubt", tuple(lines), "doubt", "all that is known of its failures")


def _failure() -> str:
    record = known_failures()
    late = record.who_wins[-1]
    return (
        f"Known failures: on {record.wars} past wars it told who wins no better than a plain baseline (Brier score "
        f"{late.model:.2f} against {late.other:.2f} after {late.months} months; less is better); its long wars end too "
        "soon."
    )


def _weakest_source(studied: Studied) -> list[str]:
    """The source with most doubt about it, and how much rests on it."""
    cited = studied.cited()
    graded = [work for work in cited.bibliography if work.grade and work.cited]
    judged = sum(number.kind in JUDGED for number in cited.numbers)
    if not graded:
        return [f"Sources: {judged:,} of {len(cited.numbers):,} numbers are judged or assumed."]
    worst = max(graded, key=lambda work: (report_doubt(work.grade), work.cited))
    title = worst.title if len(worst.title) <= LETTERS else f"{worst.title[: LETTERS - 1].rstrip()}…"
    places = "one number or item rests" if worst.cited == 1 else f"{worst.cited:,} numbers or items rest"
    count = f"Sources: {judged:,} of {len(cited.numbers):,} numbers are judged or assumed."
    return [f"{count} The weakest source is “{title.rstrip('.')}” ({worst.grade}), on which {places}."]


def _widest_assumption(studied: Studied) -> list[str]:
    """The judged or assumed number that decides most of the answer by itself."""
    sensing = studied.sensing()
    judged = [] if sensing is None else [row for row in sensing.value.numbers if row.kind in JUDGED and not row.jointly]
    if sensing is None or not judged:
        return []
    widest = max(judged, key=lambda row: row.share)
    span = f"{human_number(widest.low, widest.unit)} to {human_number(widest.high, widest.unit)}"
    carries = f"decides {percent(max(widest.share, 0.0))} of what the inputs decide"
    if sensing.value.faint or not widest.matters:
        carries = "matters most of all that is judged, though not by more than chance"
    return [f"Widest assumption: {widest.name} ({widest.kind}, {span}) {carries}."]
