"""Who has most say, in one short sentence; what an item of evidence is consistent with; hypotheses by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ripeness.scenario.polity_form import PolityForm
from ripeness.show.words import bare_percent, percent
from ripeness.study.who_decides.bayes_factors import ReadingRow, ReadingVerdict
from ripeness.study.who_decides.certainty import certainty
from ripeness.study.who_decides.evidence_matrix import EvidenceRow
from ripeness.study.who_decides.item import Item
from ripeness.study.who_decides.left_out import AnswerWithout
from ripeness.study.who_decides.readings import CAPTURED, FACTIONAL, UNITARY
from ripeness.world.quantity import Z90
from ripeness.world.wording import join_words

CONSISTENCIES = {
    "CC": "strongly consistent with",
    "C": "consistent with",
    "I": "inconsistent with",
    "II": "strongly inconsistent with",
    "N": "says nothing about",
}
GENERAL_HYPOTHESES = {
    FACTIONAL: "rival factions decide together",
    UNITARY: "one leader decides, for the country's stated interests",
}
CLOSE = 0.5  # of the first one's chance: others with less are not named beside it
BIG_MOVE = 0.01  # of power: an item without which no share moves as much hardly matters


def say_sentence(answer: AnswerWithout, place: str, names: Mapping[str, str]) -> str:
    """Who has most say in a polity, in one short sentence; `names` are those of its factions by key.

    >>> from ripeness.study.who_decides.left_out import AnswerWithout, ShareWithout
    >>> share = ShareWithout("court", 0.6, 0.5, 0.7, 0.01, 0.97, 0.002, 0.7)
    >>> other = ShareWithout("army", 0.4, 0.3, 0.5, 0.01, 0.03, 0.002, 0.3)
    >>> say_sentence(AnswerWithout((share, other), 900.0, True), "North", {"court": "the Court"})
    'In North most say almost surely lies with the Court: a chance of 97 %, 70 % before the evidence.'
    """
    first = answer.strongest()
    name = names.get(first.faction, first.faction)
    if len(answer.shares) == 1:
        return f"In {place} {name} alone decides."
    sure = certainty(first.leads, first.leads_error)
    same = percent(first.leads) == percent(first.led)
    chance = f"a chance of {percent(first.leads)}, {'as' if same else percent(first.led)} before the evidence"
    if sure == "sure":
        return f"In {place} most say almost surely lies with {name}: {chance}."
    if sure == "likely":
        return f"In {place} most say likely lies with {name}: {chance}."
    close = sorted(
        (share for share in answer.shares if share.leads >= CLOSE * first.leads), key=lambda share: -share.leads
    )
    named = [f"{names.get(share.faction, share.faction)} ({percent(share.leads)})" for share in close]
    if len(named) == 1:
        return f"In {place} it is open who has most say; {named[0]} comes first."
    return f"In {place} it is open who has most say: {join_words(named, 'or')}."


def error_sentence(answer: AnswerWithout) -> str:
    """How exact the chance and the shares of power are, as far as it hangs on the number of simulations."""
    first = answer.strongest()
    chance, share = (
        max(1.0, 100 * Z90 * error) for error in (first.leads_error, max(row.error for row in answer.shares))
    )
    return (
        f"Another set of simulations would give this chance within {chance:.0f} points, and shares within {share:.0f}"
        f" {'point' if round(share) == 1 else 'points'} (9 times in 10)."
    )


def hypothesis_names(readings: Sequence[ReadingRow], polity: str, names: Mapping[str, str]) -> dict[str, str]:
    """What each hypothesis on a polity says, by its key; `names` are those of factions by 'polity/faction'."""
    words = {}
    for row in readings:
        if row.polity != polity:
            continue
        captor = row.reading.partition(f"{CAPTURED}:")[2]
        capture = names.get(f"{polity}/{captor}", captor) + " decides alone" if captor else row.name
        words[row.reading] = GENERAL_HYPOTHESES.get(row.reading, capture)
    return words


def consistency_of(row: EvidenceRow, hypotheses: Mapping[str, str]) -> dict[str, list[str]]:
    """Hypotheses by what an item says of them, in words: the most telling word first."""
    by_consistency: dict[str, list[str]] = {words: [] for words in CONSISTENCIES.values()}
    for cell in row.cells:
        by_consistency[CONSISTENCIES[cell.mark]].append(hypotheses.get(cell.reading, cell.reading))
    return {words: named for words, named in by_consistency.items() if named}


def decided_in_words(item: Item, polity: PolityForm, names: Mapping[str, str]) -> str:
    """What was decided, as it was coded: where on the issue between its two ends, or whom an act favoured."""
    form = polity.issues.get(item.issue)
    issue = (form.name if form else "") or item.issue.replace("-", " ").replace("_", " ")
    if item.act:
        favoured, struck = (names.get(key, key) for key in (item.favours, item.against))
        parts = [f"in favour of {favoured}" if favoured else "", f"against {struck}" if struck else ""]
        about = f", on {issue}" if issue else ""
        return f"{item.act.replace('_', ' ').capitalize()} {' and '.join(filter(None, parts))}{about}."
    if form is None or item.kind == "choice":
        return f"A choice on {issue}." if issue else ""
    between = f"on the way from '{form.ends[0]}' (0 %) to '{form.ends[1]}' (100 %)"
    where = {"above": "beyond ", "below": "short of "}.get(item.kind, "at ")
    return f"{issue[:1].upper()}{issue[1:]}: {where}{percent(item.at)} {between}."


def hypotheses_sentence(verdict: ReadingVerdict, hypotheses: Mapping[str, str]) -> str:
    """Which hypothesis the evidence favours, or that it cannot tell."""
    if not verdict.tells:
        return "The evidence cannot tell these hypotheses apart."
    best, second = (_kind_in_words(kind, hypotheses) for kind in (verdict.best, verdict.second))
    return f"The evidence speaks for '{best}' rather than for '{second}': its weight is {verdict.strength}."


def _kind_in_words(kind: str, hypotheses: Mapping[str, str]) -> str:
    return "one faction decides alone" if kind == CAPTURED else hypotheses.get(kind, kind)


def change_without(with_all: AnswerWithout, without: AnswerWithout, names: Mapping[str, str]) -> str:
    """What becomes of the shares of power without one item, in a few words."""
    if not without.reliable:
        return "how the shares would move without it, these simulations cannot say"
    moves = [(b.mean - a.mean, a, b) for a, b in zip(with_all.shares, without.shares, strict=True)]
    by, old, new = max(moves, key=lambda move: abs(move[0]))
    if abs(by) < BIG_MOVE:
        return "without it no share moves by as much as a point"
    name, error = names.get(old.faction, old.faction), max(1.0, 100 * Z90 * new.error)
    return (
        f"without it {name}: {bare_percent(new.mean)} ± {error:.0f} % of the say instead of {bare_percent(old.mean)} %"
    )
