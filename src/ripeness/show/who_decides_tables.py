"""Who decides: ranking, power before and after the evidence, readings, evidence matrix and knock-outs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ripeness.show.brief import brief_layout
from ripeness.show.cell import (
    StyledText,
    bold,
    decimal_cell,
    dim,
    number_cell,
    row,
    styled,
)
from ripeness.show.crossing_tables import crossing_table
from ripeness.show.number_cells import range_cell
from ripeness.show.strongest_tables import (
    brief_sentence,
    carrying_table,
    power_table,
    strongest_sentences,
    strongest_table,
)
from ripeness.show.table import Layout, Table, layout, text_table
from ripeness.study.who_decides.answer import WhoDecides
from ripeness.study.who_decides.bayes_factors import WIDTHS
from ripeness.study.who_decides.evidence import observed_until
from ripeness.study.who_decides.evidence_matrix import EvidenceRow as Item
from ripeness.study.who_decides.knock_out import KnockOut
from ripeness.study.who_decides.marked_matrix import MarkedMatrix
from ripeness.world.admiralty import report_doubt
from ripeness.world.wording import join_words

MOST_ITEMS = 8  # most telling items in the table of the terminal; JSON has all
MOST_READINGS = 4  # beside each other in the matrix, the likeliest ones
MOST_MOVES = 5  # knock-outs that move the answer most
MATRIX = "Evidence matrix: log ratio to the readings' mean, and mark"
MARK_STYLE = {"CC": "green", "C": "green", "N": "dim", "I": "red", "II": "red"}


def tables(inference: WhoDecides, names: Mapping[str, str]) -> Layout:
    """Everything on every polity with evidence, then what limits it."""
    parts: list[Table | StyledText] = []
    for polity in inference.weighed:
        parts += [*of_polity(inference, polity, names), StyledText()]
    if inference.warnings:
        parts.append(bold("What limits this"))
        parts += [styled((f"- {_of_polity_by_name(warning, names)}", "yellow")) for warning in inference.warnings]
    evidence = observed_until(inference.observations, inference.newest, inference.as_of)
    parts.append(
        dim(
            f"Evidence: {evidence}. Intervals hold 90 %: 5 to 95 %"
            " points. log BF: log Bayes factor against the factional reading; in words after Kass and Raftery 1995. By"
            f" its grade an item says nothing with this chance: {_doubts(inference)}."
        )
    )
    return layout(*parts)


def _of_polity_by_name(warning: str, names: Mapping[str, str]) -> str:
    """A warning that starts with a polity's key, with its name instead."""
    key, colon, statement = warning.partition(": ")
    return f"{names.get(key, key)}{colon}{statement}"


def brief(inference: WhoDecides, names: Mapping[str, str]) -> Layout:
    """Who most likely has most say in each polity, and where the evidence tells how it decides."""
    evidence = observed_until(inference.observations, inference.newest, inference.as_of)
    return brief_layout(
        answer_sentence(inference, names), _brief_table(inference, names), dim(f"Evidence: {evidence}.")
    )


def answer_sentence(inference: WhoDecides, names: Mapping[str, str]) -> str:
    """Who most likely has most say, how sure that is and what carries it; then what the evidence says of readings."""
    polities = list(inference.weighed)
    if len(polities) == 1:
        return " ".join((*strongest_sentences(inference, polities[0], names), _answer(inference, names)))
    return f"{brief_sentence(inference, names)} {_answer(inference, names)}"


def _brief_table(inference: WhoDecides, names: Mapping[str, str]) -> Table:
    """Of one polity its factions' power under the prior that was asked for; of several who has most say in each."""
    if len(inference.weighed) == 1:
        last = max(share.date for share in inference.power)
        labels = {f.faction: names.get(f"{f.polity}/{f.faction}", f.faction) for f in inference.power}
        return power_table([share for share in inference.power if share.date == last]).with_labels(labels)
    return strongest_table(inference, names)


def _answer(inference: WhoDecides, names: Mapping[str, str]) -> str:
    """The verdicts of the polities of which the evidence tells something, and those of which it does not."""
    verdicts = [verdict for verdict in inference.verdicts if verdict.polity in inference.weighed]
    telling = [verdict.sentence for verdict in verdicts if verdict.tells]
    silent = [names.get(verdict.polity, verdict.polity) for verdict in verdicts if not verdict.tells]
    if len(verdicts) == 1:
        return verdicts[0].sentence
    if silent:
        telling.append(f"Which reading holds, the data cannot tell in {join_words(silent, 'or')}.")
    return " ".join(telling)


def _doubts(inference: WhoDecides) -> str:
    """What the grades of this evidence stand for."""
    grades = sorted({item.grade for item in inference.matrix}, key=lambda grade: (report_doubt(grade), grade))
    planted = ", half as sure if possibly planted" if any(item.planted for item in inference.matrix) else ""
    return ", ".join(f"{grade} {report_doubt(grade):.0%}" for grade in grades) + planted


def of_polity(inference: WhoDecides, polity: str, names: Mapping[str, str]) -> Iterator[Table | StyledText]:
    """Everything on one polity."""
    verdict = next(verdict for verdict in inference.verdicts if verdict.polity == polity)
    yield styled((names.get(polity, polity), "bold underline"))
    yield styled("\n".join(strongest_sentences(inference, polity, names)))
    yield ranked(inference, polity)
    for prior in dict.fromkeys(share.prior for share in (*inference.power, *inference.beside)):
        shares = (share for share in (*inference.power, *inference.beside) if share.prior == prior)
        yield power_table([share for share in shares if share.polity == polity])
    if any(answer.decisions for answer in inference.strongest if answer.polity == polity):
        yield carrying_table(inference, polity)
    yield _readings(inference, polity)
    yield bold(verdict.sentence)
    if verdict.tells:
        yield carried(inference, polity)
    items = [item for item in inference.matrix if item.polity == polity]
    yield matrix_table(items, _likeliest(inference, polity), spaced=True)
    pairs = [pair for pair in inference.crossings if pair.polity == polity]
    if pairs:
        yield crossing_table(pairs)
    moves = [knock_out for knock_out in inference.knock_out if knock_out.polity == polity]
    if moves:
        yield _moves(moves)


def carried(inference: WhoDecides, polity: str) -> StyledText:
    """Which items carry the verdict, and which one speaks most against it."""
    items = [item for item in inference.carried if item.polity == polity]
    supporting = [f"{item.item} ({item.log_ratio:+.1f})" for item in items if item.log_ratio > 0]
    opposing = [f"{item.item} ({item.log_ratio:+.1f})" for item in items if item.log_ratio <= 0]
    first = f"Items that carry it: {', '.join(supporting)}." if supporting else "No single item carries it."
    return styled(" ".join([first, *(f"Most against it: {item}." for item in opposing)]))


def ranked(inference: WhoDecides, polity: str, names: Mapping[str, str] | None = None) -> StyledText:
    """The ranking at the last date, a line a faction: above the next, with its probability.

    `names` of factions by 'polity/faction'; without them the keys stand.
    """
    labels = names or {}
    pairs = [pair for pair in inference.ranking if pair.polity == polity and pair.apart == 1]
    if not pairs:
        return styled("one faction alone")
    last = max(pair.date for pair in pairs)
    lines = [
        f"{labels.get(f'{polity}/{pair.above}', pair.above)} above "
        f"{labels.get(f'{polity}/{pair.below}', pair.below)}: {pair.p:.2f}{', sure' if pair.sure else ''} "
        f"(before the evidence {pair.prior_p:.2f})"
        for pair in pairs
        if pair.date == last
    ]
    return styled("\n".join((f"Who has more power, on {last}", *lines)))


def _readings(inference: WhoDecides, polity: str) -> Table:
    factors = {
        (factor.reading, factor.width): factor.log_bayes_factor
        for factor in inference.bayes_factors
        if factor.polity == polity
    }
    readings = [reading for reading in inference.readings if reading.polity == polity]
    rows = []
    for reading in sorted(readings, key=lambda reading: -reading.weight):
        across = [factors[reading.reading, width] for width in WIDTHS if (reading.reading, width) in factors]
        rows.append(
            row(
                _reading_name(reading.reading),
                number_cell(
                    f"{reading.log_evidence:.1f} ±{reading.log_evidence_sd:.1f}",
                    reading.log_evidence,
                    sd=reading.log_evidence_sd,
                ),
                decimal_cell(reading.prior),
                decimal_cell(reading.weight),
                decimal_cell(reading.left_out, ".1f"),
                range_cell(_span(min(across), max(across)), min(across), max(across)) if across else "(reference)",
            )
        )
    headings = ("log evidence", "before", "after", "left out", "log BF")
    title = "Readings weighed; log BF over prior widths 1/4 to 4"
    return text_table(("reading", *headings), rows, numeric=headings, title=title, spaced=True)


def _reading_name(reading: str) -> str:
    return reading.replace("captured:", "by ")


def _likeliest(inference: WhoDecides, polity: str) -> list[str]:
    """The readings shown in the matrix: the best of each class first, by weight."""
    of_polity = (reading for reading in inference.readings if reading.polity == polity)
    readings = sorted(of_polity, key=lambda reading: -reading.weight)
    best = list({reading.kind: reading.reading for reading in reversed(readings)}.values())
    order = [reading.reading for reading in readings]
    other_readings = [reading for reading in order if reading not in best]
    return sorted([*best, *other_readings][:MOST_READINGS], key=order.index)


def matrix_table(items: Sequence[Item], readings: Sequence[str], title: str = MATRIX, *, spaced: bool = False) -> Table:
    """The most telling items under some readings, each cell with its classical mark."""
    rows = []
    for item in items[:MOST_ITEMS]:
        cells = {cell.reading: cell for cell in item.cells}
        marks = [
            number_cell(
                styled((f"{_signed(cells[key].log_ratio)} {cells[key].mark}", MARK_STYLE[cells[key].mark])),
                cells[key].log_ratio,
            )
            for key in readings
        ]
        star = "*" if item.puzzling else ""
        rows.append(row(item.item + star, item.grade + (" planted?" if item.planted else ""), *marks))
    headings = [_reading_name(key) for key in readings]
    notes = []
    if len(items) > MOST_ITEMS:
        notes.append(dim(f"{len(items) - MOST_ITEMS} items that tell less are in --json; * a puzzling decision"))
    columns = ("item", "grade", *headings)
    return text_table(columns, rows, numeric=headings, title=title, notes=notes, spaced=spaced)


def _span(low: float, high: float) -> str:
    """The ends of a range of ratios, once where they read the same."""
    ends = (_signed(low), _signed(high))
    return " to ".join(dict.fromkeys(ends))


def _signed(ratio: float) -> str:
    """A ratio with its sign; nothing is +0.0 and never -0.0."""
    return f"{round(ratio, 1) + 0.0:+.1f}"


def _moves(knock_outs: Sequence[KnockOut]) -> Table:
    order = sorted(knock_outs, key=lambda knock_out: (not knock_out.turns, -abs(knock_out.by)))
    rows = []
    for knock_out in order[:MOST_MOVES]:
        planted = knock_out.what == "planted"
        without = f"{knock_out.name}, if planted" if planted else f"{knock_out.what} {knock_out.name}"
        leading = f"{knock_out.leads} ({knock_out.weights[knock_out.leads]:.2f})"
        leading += ", another" if knock_out.turns else ""
        count = number_cell(str(knock_out.items), knock_out.items)
        rows.append(row(without, count, knock_out.moved, decimal_cell(knock_out.by, "+.3f"), leading))
    return text_table(
        ("without", "items", "power of", "moves by", "leading reading"),
        rows,
        numeric=("items", "moves by"),
        title="Knocked out: what moves the answer most",
        spaced=True,
    )


def hand_made(matrix_by_hand: MarkedMatrix) -> Layout:
    """A matrix that was marked by hand: hypotheses by weight, then the rows."""
    order = sorted(matrix_by_hand.hypotheses, key=lambda name: -matrix_by_hand.weight[name])
    prior = 1 / len(order)  # all alike
    rows = [
        row(
            name,
            decimal_cell(prior),
            decimal_cell(matrix_by_hand.weight[name]),
            decimal_cell(matrix_by_hand.inconsistency[name], "g"),
        )
        for name in order
    ]
    headings = ("before", "after", "marks against it")
    hypotheses = text_table(("hypothesis", *headings), rows, numeric=headings, title="Hypotheses", spaced=True)
    title = "Log ratio to the mean, weighed by grade; mark"
    items = matrix_table(list(matrix_by_hand.rows), order[:MOST_READINGS], title)
    notes = (styled(f"Note: {note}.") for note in matrix_by_hand.notes)
    return layout(hypotheses, StyledText(), items, *notes)
