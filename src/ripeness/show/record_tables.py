"""Record: how conflicts like this one ended, what moves it, and which past ones were most like it."""

from __future__ import annotations

from ripeness.show.brief import brief_layout
from ripeness.show.cell import TableCell, bold, dim, number_cell, numbers, row, words
from ripeness.show.table import Layout, Table, layout, numeric_table, text_table
from ripeness.show.words import bare_percent, percent
from ripeness.study.record.answer import MeasuredRecord
from ripeness.study.record.civil_counts import OTHERS, WAY_WORDS
from ripeness.study.record.classes import CAUSES, END_WORDS, ENDS
from ripeness.study.record.curve import RecordProbability
from ripeness.study.record.effects import ANY, TraitEffect
from ripeness.study.record.nearest import PastConflict

FEW = 10  # past conflicts that had lasted as long
HEADS = {"agreement": "agreement", "ceasefire": "ceasefire", "victory": "victory", "low_activity": "low activity"}


def sentence(measured: MeasuredRecord) -> str:
    """How likely it is over by the first month that was asked for, or a year, and how."""
    month = 12.0 if 12.0 in measured.months() else measured.months()[0]
    fighting = measured.at("fighting", month)
    likeliest = max((measured.at(end, month) for end in CAUSES), key=lambda chance: chance.p)
    kind, lasted = measured.traits.kind, _months(measured.months_fought)
    past, were = f"Of past {kind} conflicts like this one that had lasted {lasted}", "were"
    if not fighting.n:
        past, were = f"No past {kind} conflict had lasted {lasted}; as far as shorter ones tell", "would be"
    return (
        f"{past}, {percent(1 - fighting.p)} ({bare_percent(1 - fighting.high)} to {percent(1 - fighting.low)}) {were} "
        f"over {_months(month)} later, most often by {END_WORDS[likeliest.end]} ({percent(likeliest.p)})."
    )


def traits_line(measured: MeasuredRecord) -> str:
    """The traits by which the record was read."""
    traits = measured.traits
    others = (
        f"{traits.other_parties} other armed {'party' if traits.other_parties == 1 else 'parties'}"
        if traits.other_parties
        else "no other armed party"
    )
    parts = (
        f"{traits.kind} conflict over {traits.over or 'territory or government'}",
        "war" if traits.intensity == "war" else "minor intensity",
        others,
        f"in {traits.year}, after {_months(measured.months_fought)} of fighting",
    )
    return ", ".join(parts)


def brief(measured: MeasuredRecord) -> Layout:
    """The answer, every end by month, and the nearest past conflict by name where there is any."""
    nearest = [_nearest_sentence(measured.nearest[0])] if measured.nearest else []
    return brief_layout(sentence(measured), incidence_table(measured), *nearest)


def tables(measured: MeasuredRecord) -> Layout:
    """The answer, the ends by month, what moves them, and the nearest past conflicts."""
    origin = measured.provenance
    parts: list[Table | str] = [incidence_table(measured), hazard_ratio_table(measured)]
    if measured.by_side:
        parts.insert(1, side_table(measured))
    parts.append(
        nearest_table(measured) if measured.nearest else "Past conflicts are named where their file has been imported."
    )
    cited = dim(f"Fitted {origin['date']} to {origin['record']}. {origin['citation']}.")
    return layout(bold(sentence(measured)), *parts, cited)


def incidence_table(measured: MeasuredRecord) -> Table:
    """One line an end, one column a month from now."""
    months = measured.months()
    rows = [
        row(END_WORDS[end], *(_chance(measured.at(end, month)) for month in months), emphasis=_weight(end))
        for end in ENDS
    ]
    lasting = measured.incidence[0].n
    conflicts = f"past {measured.traits.kind} {'conflict' if lasting <= 1 else 'conflicts'} had lasted as long"
    if lasting == 0:
        lasted = f"No {conflicts}: the numbers are what those tell that had lasted less."
    else:
        few = ": so few that the rest comes from those that had lasted less." if lasting < FEW else "."
        lasted = f"{lasting} {conflicts}{few}"
    note = f"% of such conflicts, with 90 % intervals; months from the day of the forecast. {lasted}"
    columns = [numbers(f"{month:g} months", "%") for month in months]
    return numeric_table("How conflicts like this one ended", columns, rows, "end", notes=(dim(note),))


def side_table(measured: MeasuredRecord) -> Table:
    """Of civil conflicts, victories by side: one line an end, one column a month from now."""
    months, shares = measured.months(), measured.by_side
    by_key = {(share.end, share.month): share for share in shares}
    ends = dict.fromkeys(share.end for share in shares)
    rows = [row(WAY_WORDS[end], *(_chance(by_key[end, month]) for month in months)) for end in ends]
    others = min(measured.traits.other_parties, OTHERS[-1])
    parties = {0: "no other armed party", 1: "one other armed party"}.get(others, "two or more other armed parties")
    note = (
        f"% of all dyads of a government and a movement with {parties} to the conflict, whatever else holds; "
        f"months from the day of the forecast, 90 % intervals. {shares[0].n or 'None'} had lasted as long."
    )
    columns = [numbers(f"{month:g} months", "%") for month in months]
    return numeric_table("Which side won, and who ceased to exist", columns, rows, "end", notes=(dim(note),))


def hazard_ratio_table(measured: MeasuredRecord) -> Table:
    """Hazard ratios, a line a trait."""
    traits = dict.fromkeys(effect.trait for effect in measured.effects)
    by_key = {(effect.trait, effect.end): effect for effect in measured.effects}
    rows = [
        row(trait, _ratio(by_key[trait, ANY], interval=True), *(_ratio(by_key[trait, end]) for end in CAUSES))
        for trait in traits
    ]
    columns = [numbers("any end"), *(numbers(HEADS[end]) for end in CAUSES)]
    note = (
        "Hazard with the trait over that without it; above 1: it ends sooner. Dim: the 90 % interval holds 1; "
        "intervals of single ends are among the data."
    )
    return numeric_table("What moves it", columns, rows, "trait", notes=(dim(note),))


def nearest_table(measured: MeasuredRecord) -> Table:
    """Past conflicts by name, with how and when they ended."""
    rows = [
        row(
            conflict.name,
            conflict.began,
            conflict.ended,
            number_cell(f"{conflict.months:.0f}", conflict.months),
            END_WORDS[conflict.end],
        )
        for conflict in measured.nearest
    ]
    columns = ("past conflict", "began", "ended", numbers("months"), words("how"))
    return text_table(columns, rows, title="Nearest past conflicts that had lasted as long", spaced=True)


def _nearest_sentence(conflict: PastConflict) -> str:
    return (
        f"Nearest by its traits: {conflict.name}, {conflict.began[:4]} to {conflict.ended[:4]}, "
        f"{_months(conflict.months)}, {END_WORDS[conflict.end]}."
    )


def _chance(chance: RecordProbability) -> TableCell:
    text = f"{bare_percent(chance.p)} ({bare_percent(chance.low)}-{bare_percent(chance.high)})"
    return number_cell(text, 100 * chance.p, low=100 * chance.low, high=100 * chance.high)


def _ratio(effect: TraitEffect, *, interval: bool = False) -> TableCell:
    text = f"{effect.ratio:.2f}" + (f" ({effect.low:.2f} to {effect.high:.2f})" if interval else "")
    holds = effect.low <= 1 <= effect.high
    return number_cell(dim(text) if holds else text, effect.ratio, low=effect.low, high=effect.high)


def _weight(end: str) -> str:
    return "bold" if end == "fighting" else ""


def _months(months: float) -> str:
    number = f"{months:.0f}" if months >= 1 else f"{months:.1f}".rstrip("0").rstrip(".")
    return f"{number} month" if number == "1" else f"{number} months"
