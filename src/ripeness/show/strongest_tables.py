"""Who most likely has most say, in sentences and tables: under each prior, with the decisions that carry it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ripeness.show.cell import TableCell, decimal_cell, number_cell, numbers, row, styled, words
from ripeness.show.table import Table, text_table
from ripeness.show.words import percent
from ripeness.study.who_decides.answer import WhoDecides
from ripeness.study.who_decides.power import PowerShare
from ripeness.study.who_decides.prior import EXPERTS, FLAT, STATED
from ripeness.study.who_decides.strongest import StrongestFaction
from ripeness.world.wording import join_words

PRIOR_NAMES = {STATED: "as the case states it", FLAT: "flat", EXPERTS: "as the judges state it"}
PRIOR_TITLES = {
    STATED: "power as the case states it",
    FLAT: "nothing known of power, the decisions alone",
    EXPERTS: "power as the judges state it",
}
SENTENCE_STARTS = {
    STATED: "With power as the case states it, ",
    FLAT: "By the decisions alone, ",
    EXPERTS: "As the judges state it, ",
}
CERTAINTIES = {"sure": "most say lies surely with", "likely": "most say lies most likely with"}
MOVES = 0.015  # of power, from the first date to the last: less is not shown as a movement
MANY = 0.3  # chance of all others together, from which one of them may well be the strongest
CLOSE = 0.5  # of the first one's chance: others with less are not named beside it


def strongest_sentences(inference: WhoDecides, polity: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Who most likely has most say in a polity, a sentence for the prior that was asked for, then for the others."""
    rows = [row for row in inference.strongest if row.polity == polity]
    several = len({row.prior for row in rows}) > 1
    return tuple(strongest_sentence(row, names, names_prior=several) for row in rows)


def strongest_sentence(answer: StrongestFaction, names: Mapping[str, str], *, names_prior: bool = False) -> str:
    """Who most likely has most say, how sure that is, and which decisions carry it; or that nothing can be told.

    `names_prior`: begin with what is believed of power before, as where sentences on several priors stand together.
    """
    if not answer.second:
        return f"{_name(answer.faction, answer, names)} alone decides."
    head = SENTENCE_STARTS[answer.prior] if names_prior or answer.prior == FLAT else ""
    best = f"no share of power is known more than {percent(max(answer.contraction, 0))} better than before"
    if answer.prior == FLAT and not answer.tells:
        return f"{head}nothing can be told of who has most say: {best}."
    first = _name(answer.faction, answer, names)
    chance = f"{answer.p:.2f} ± {answer.error:.2f}, {answer.prior_p:.2f} before"
    by_items = _carried_by(answer, names)
    if answer.certainty == "sure":
        sentence = f"{head}most say lies with {first}: sure ({chance}){by_items}."
    elif answer.certainty == "likely":
        sentence = f"{head}most say lies most likely with {first} ({chance}){by_items}."
    else:
        sentence = f"{head}it cannot be told who has most say: {_closest(answer, names)}."
        sentence += f" What speaks most for {first}: {_items(answer, names)}." if answer.decisions else ""
    if not answer.tells:
        sentence += f" The decisions add nothing to speak of: {best}."
    return sentence[:1].upper() + sentence[1:]


def held_by(answer: StrongestFaction, names: Mapping[str, str]) -> str:
    """Who has most say in a polity and how sure that is, in as few words as a summary has room for."""
    if not answer.second:
        return f"{_name(answer.faction, answer, names)} alone decides."
    first, chance = _name(answer.faction, answer, names), f"{100 * answer.p:.0f} in 100"
    before = f"{100 * answer.prior_p:.0f} before the evidence"
    if answer.certainty == "open":
        return f"it cannot be told who has most say; {_closest(answer, names)}."
    sure = "surely" if answer.certainty == "sure" else "most likely"
    return f"most say lies {sure} with {first} ({chance}, {before})."


def _name(faction: str, answer: StrongestFaction, names: Mapping[str, str]) -> str:
    return names.get(f"{answer.polity}/{faction}", faction)


def _closest(answer: StrongestFaction, names: Mapping[str, str]) -> str:
    """The factions that come close to the likeliest one, with their chances."""
    order = sorted(answer.chances, key=lambda key: -answer.chances[key])
    close = [key for key in order if answer.chances[key] >= CLOSE * answer.p]
    if len(close) == len(order):
        return f"any of the {len(order)} factions may, {_name(order[0], answer, names)} with {answer.p:.2f}"
    chances = [f"{_name(key, answer, names)} with {answer.chances[key]:.2f}" for key in close]
    others = sum(answer.chances[key] for key in order if key not in close)
    if others >= MANY:
        return f"it may be {join_words(chances, 'or')}, or another ({others:.2f} together)"
    return f"it may be {join_words(chances, 'or')}, and hardly another ({others:.2f} together)"


def _carried_by(answer: StrongestFaction, names: Mapping[str, str]) -> str:
    return f", mostly by {_items(answer, names)}" if answer.decisions else ""


def _items(answer: StrongestFaction, names: Mapping[str, str]) -> str:
    """The decisions that carry it, by their ids, or by what `names` has for these."""
    return join_words([f"{names.get(row.item, row.item)} ({row.change:+.2f})" for row in answer.decisions])


def brief_sentence(inference: WhoDecides, names: Mapping[str, str]) -> str:
    """Who has most say in each polity, by name and with its chance, the sure ones first; by prior."""
    sentences = []
    for prior in dict.fromkeys(answer.prior for answer in inference.strongest):
        answers = [answer for answer in inference.strongest if answer.prior == prior]
        parts = []
        for certainty, beginning in CERTAINTIES.items():
            holders = [_holder(answer, names) for answer in answers if answer.certainty == certainty]
            if holders:
                parts.append(f"{beginning} {join_words(holders)}")
        unknown = [names.get(answer.polity, answer.polity) for answer in answers if answer.certainty == "open"]
        if unknown:
            every = len(unknown) == len(answers) > 2
            parts.append(f"who has most say cannot be told in {'any polity' if every else join_words(unknown, 'or')}")
        sentences.append(f"{SENTENCE_STARTS[prior]}{'; '.join(parts)}.")
    return " ".join(sentences)


def _holder(answer: StrongestFaction, names: Mapping[str, str]) -> str:
    """A faction, its polity and the chance that it has most say there."""
    chance = "" if not answer.second else f" ({answer.p:.2f})"
    return f"{_name(answer.faction, answer, names)} in {names.get(answer.polity, answer.polity)}{chance}"


def strongest_table(inference: WhoDecides, names: Mapping[str, str]) -> Table:
    """Who has most say in each polity, by prior: the one that was asked for first."""
    priors = list(dict.fromkeys(answer.prior for answer in inference.strongest))
    rows = []
    for polity in inference.weighed:
        answers = {answer.prior: answer for answer in inference.strongest if answer.polity == polity}
        cells = [_strongest_cells(answers.get(prior), names) for prior in priors]
        rows.append(row(styled((names.get(polity, polity), "bold")), *(cell for pair in cells for cell in pair)))
    columns = [words("polity")]
    for prior in priors:
        columns += [words(f"most say, {PRIOR_NAMES[prior]}"), numbers("chance")]
    return text_table(columns, rows, title="Who has most say, by what is believed before", spaced=True)


def _strongest_cells(answer: StrongestFaction | None, names: Mapping[str, str]) -> tuple[str, TableCell]:
    if answer is None:
        return "-", number_cell("", None)
    name = _name(answer.faction, answer, names)
    name = name if answer.certainty != "open" else f"perhaps {name}" if answer.tells else "cannot be told"
    return name, number_cell(f"{answer.p:.2f}", answer.p, error=answer.error)


def carrying_table(inference: WhoDecides, polity: str) -> Table:
    """Decisions that carry the answer on a polity, by prior."""
    answers = [answer for answer in inference.strongest if answer.polity == polity]
    rows = [
        row(
            PRIOR_NAMES[answer.prior],
            decision.item,
            decision.note,
            decimal_cell(decision.change, "+.2f"),
            decimal_cell(decision.log_ratio, "+.2f"),
        )
        for answer in answers
        for decision in answer.decisions
    ]
    columns = (words("prior"), words("decision"), words("what"), numbers("chance"), numbers("log ratio"))
    return text_table(
        columns, rows, title="Decisions that carry it: what each adds to the first one's chance", spaced=True
    )


def power_table(shares: Sequence[PowerShare]) -> Table:
    """Power under one prior at the first date and at the last, compared with what was believed before."""
    dates = sorted({share.date for share in shares})
    ends = [share for share in shares if share.date in (dates[0], dates[-1])]
    if max(_range([share.mean for share in ends if share.faction == key]) for key in {f.faction for f in ends}) < MOVES:
        dates = dates[-1:]
    headings = ["before", *(f"after, on {date}" for date in dict.fromkeys((dates[0], dates[-1])))]
    latest = {share.faction: share for share in shares if share.date == dates[-1]}
    earliest = {share.faction: share for share in shares if share.date == dates[0]}
    rows = []
    for key, share in sorted(latest.items(), key=lambda pair: -pair[1].mean):
        cells = [power_cell(share.prior_mean, share.prior_low, share.prior_high)]
        if len(dates) > 1:
            cells.append(power_cell(earliest[key].mean, earliest[key].low, earliest[key].high))
        cells.append(power_cell(share.mean, share.low, share.high))
        percent = round(100 * share.contraction)
        rows.append(row(key, *cells, number_cell(f"{percent} %", 100 * share.contraction), share.learnt))
    columns = [words("faction"), *map(numbers, headings), numbers("narrower", "%"), words("learnt")]
    title = f"Share of power, 90 % interval; before: {PRIOR_TITLES[shares[0].prior]}"
    return text_table(columns, rows, title=title, spaced=True)


def _range(means: Sequence[float]) -> float:
    return max(means) - min(means)


def power_cell(mean: float, low: float, high: float) -> TableCell:
    """A share of power with its interval."""
    return number_cell(f"{mean:.2f} ({low:.2f}-{high:.2f})", mean, low=low, high=high)
