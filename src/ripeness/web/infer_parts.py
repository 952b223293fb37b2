"""Parts of who decides on its page: verdicts, power over time, weights of the readings, and what evidence says."""

from __future__ import annotations

from functools import partial
from typing import Any

from ripeness.show.plain_words import plain_words
from ripeness.web.answer_blocks import for_page
from ripeness.web.answer_form import AnswerParts, light_and_dark


def infer_parts(result: Any) -> AnswerParts:
    """Who decides: verdicts, power over time, weights of the readings, and what the evidence matrix needs."""
    from ripeness.show.plan_tables import plan_sentences
    from ripeness.show.strongest_tables import strongest_sentences
    from ripeness.show.who_decides_tables import answer_sentence, ranked
    from ripeness.web.say_facts import say_facts

    polities, plain = list(result.found.weighed), result.plain()
    pictures = {
        f"{picture}-{key}": light_and_dark(partial(result.plot, picture, polity=key))
        for key in polities
        for picture in _infer_pictures(result, key)
    }
    claims = {item.id: item.note for item in result.scenario.evidence if item.note}
    names = {**{item: f"'{note}'" for item, note in claims.items()}, **result.names}  # ids are nowhere on the page
    facts = {
        "matrix": plain["matrix"],
        "knock_out": plain["knock_out"],
        "readings": plain["readings"],
        "names": result.names,
        "ranked": {key: plain_words(ranked(result.found, key, result.names).plain) for key in polities},
        "strongest": {key: strongest_sentences(result.found, key, names) for key in polities},
        "plan": {key: list(plan_sentences(result.plan, key, result.names)) if result.plan else [] for key in polities},
        "polities": polities,
        "claims": claims,
        "say": say_facts(result, names),
    }
    return AnswerParts(
        result.scenario.title,
        plain,
        plain_words(answer_sentence(result.found, result.names)),
        tuple(for_page(*result.layout()).html_blocks()),
        pictures,
        facts,
        result.scenario.coding,
        str(result.scenario.start),
    )


def _infer_pictures(result: Any, polity: str) -> tuple[str, ...]:
    """Pictures of a polity: of power over time where it moves, of positions over time where statements move them."""
    moves = len({share.date for share in result.found.power if share.polity == polity}) > 1
    speaks = any(mark.faction for mark in result.positions(polity)[1])
    return ("power", "readings", *(("time",) if moves else ()), *(("positions",) if speaks else ()))
