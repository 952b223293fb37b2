"""Facts of who decides: what its page needs to draw powers, to name evidence, and to leave items of it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from ripeness.show.strongest_tables import strongest_sentences
from ripeness.show.words import day
from ripeness.world.source import CREDIBILITY, RELIABILITY

if TYPE_CHECKING:
    from ripeness.study.who_decides.evidence_matrix import EvidenceRow
    from ripeness.study.who_decides.left_out import EvidenceDraws


def say_facts(result: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """By polity: a sentence, shares of power, hypotheses, evidence by name, and the draws to leave some of it out.

    `names` are those of polities and factions, with items of evidence by what they claim.
    """
    return {key: _polity_facts(result, key, names) for key in result.found.weighed}


def _polity_facts(result: Any, key: str, names: Mapping[str, str]) -> dict[str, Any]:
    from ripeness.show.say_words import error_sentence, hypotheses_sentence, hypothesis_names, say_sentence
    from ripeness.study.who_decides.left_out import answer_without, evidence_draws
    from ripeness.study.who_decides.prior import FLAT

    inference = result.found
    factions = {name.partition("/")[2]: words for name, words in result.names.items() if name.startswith(f"{key}/")}
    of_polity = [share for share in inference.power if share.polity == key]
    last = max(share.date for share in of_polity)
    draws = evidence_draws(inference.weighed[key][0].posterior, result.seed)
    answer = answer_without(draws)
    hypotheses = hypothesis_names(inference.readings, key, result.names)
    verdict = next(verdict for verdict in inference.verdicts if verdict.polity == key)
    beside = [row for row in inference.beside if row.polity == key and row.prior == FLAT and row.date == last]
    flat = [
        sentence
        for row, sentence in zip(
            (row for row in inference.strongest if row.polity == key),
            strongest_sentences(inference, key, names),
            strict=True,
        )
        if row.prior == FLAT
    ]
    return {
        "name": result.names[key],
        "factions": factions,
        "date": day(date.fromisoformat(last)),
        "sentence": say_sentence(answer, result.names[key], factions),
        "error": error_sentence(answer),
        "shares": [asdict(share) for share in of_polity if share.date == last],
        "flat": [asdict(share) for share in beside],
        "flat_sentence": flat[0] if flat else "",
        "hypotheses": [
            {"name": hypotheses[row.reading], "before": row.prior, "after": row.weight}
            for row in sorted((row for row in inference.readings if row.polity == key), key=lambda row: -row.weight)
        ],
        "verdict": hypotheses_sentence(verdict, hypotheses),
        "factors": [
            {"name": hypotheses[row.reading], "width": row.width, "log": row.log_bayes_factor}
            for row in inference.bayes_factors
            if row.polity == key
        ],
        "evidence": _evidence(result, key, draws, hypotheses, factions),
        "draws": draws.plain(),
    }


def _evidence(
    result: Any, key: str, draws: EvidenceDraws, hypotheses: Mapping[str, str], factions: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Every item of a polity, the one without which a share of power moves most first."""
    from ripeness.show.say_words import BIG_MOVE, change_without, consistency_of, decided_in_words
    from ripeness.study.who_decides.left_out import answer_without

    items = {item.id: item for item in result.found.weighed[key][0].posterior.council.items}
    with_all = answer_without(draws)
    rows = []
    for row in result.found.matrix:
        if row.polity != key:
            continue
        item, without = items[row.item], answer_without(draws, (row.item,))
        moves = max(abs(b.mean - a.mean) for a, b in zip(with_all.shares, without.shares, strict=True))
        rows.append(
            (
                moves,
                {
                    "item": row.item,
                    "text": item.note or _title(result, item.sources) or "A decision",
                    "date": day(date.fromisoformat(row.date)),
                    "decided": decided_in_words(item, result.scenario.polities[key], factions),
                    "sources": _sources(result, item.sources),
                    "grade": row.grade,
                    "grade_in_words": f"{RELIABILITY[row.grade[0]]}; {CREDIBILITY[row.grade[1]]}",
                    "planted": row.planted,
                    "puzzling": row.puzzling,
                    "says": consistency_of(row, hypotheses),
                    "change": change_without(with_all, without, factions),
                    "telling": moves >= BIG_MOVE or any(cell.mark != "N" for cell in row.cells),
                    "ratios": _ratios(row, hypotheses),
                },
            )
        )
    return [facts for _, facts in sorted(rows, key=lambda pair: -pair[0])]


def _ratios(row: EvidenceRow, hypotheses: Mapping[str, str]) -> list[dict[str, Any]]:
    from ripeness.show.say_words import CONSISTENCIES

    return [
        {"name": hypotheses[cell.reading], "words": CONSISTENCIES[cell.mark], "log": cell.log_ratio}
        for cell in row.cells
    ]


def _title(result: Any, ids: tuple[str, ...]) -> str:
    """The title of the first source."""
    return next((result.scenario.sources[key].title for key in ids if key in result.scenario.sources), "")


def _sources(result: Any, ids: tuple[str, ...]) -> list[dict[str, str]]:
    """Author, title and address of sources."""
    forms = [result.scenario.sources[key] for key in ids if key in result.scenario.sources]
    return [{"words": f"{form.author}, {form.title}", "address": form.address} for form in forms]
