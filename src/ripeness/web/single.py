"""Single questions that need no study of many wars: one war told, an actor table decided, councils on record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from html import escape
from pathlib import Path
from secrets import token_hex
from typing import Any

from ripeness.scenario.read import read_scenario
from ripeness.web.answer import Answer, Picture, keep, name_of
from ripeness.web.ask import Ask, Asked, Progress, answered, both
from ripeness.web.lines import command, python
from ripeness.web.question import Question

DECIDE_SECONDS = 300.0  # an actor table takes some seconds; what takes longer is no table


@dataclass(frozen=True, slots=True)
class Table:
    """An actor table in a file, and how it shall be decided."""

    path: Path
    rules: tuple[str, ...] = ()
    leader: str = ""
    leader_weight: float = 0.3
    quota: float = 0.5
    draws: int = 2_000
    seed: int = 1

    def given(self) -> dict[str, Any]:
        """What differs from the defaults, as the verb and the command take it."""
        usual = Table(self.path)
        names = ("leader", "leader_weight", "quota", "draws", "seed")
        return {name: getattr(self, name) for name in names if getattr(self, name) != getattr(usual, name)}

    def words(self) -> tuple[str, ...]:
        """How it is decided, in words."""
        leader = f"{self.leader} leads with weight {self.leader_weight:g}" if self.leader else "nobody leads"
        return (leader, f"quota {self.quota:g}", f"{self.draws:,} draws of its ranges, if it has any")


def ask_story(asked: Asked, draw: int) -> Ask:
    """How did one of the wars go?"""
    name = name_of("story", {**asked.key(), "draws": 0, "draw": draw})
    controls = {"draw": draw, "reading": asked.reading, "seed": asked.seed}
    question = asked.question(draws=None, more=(f"war {draw} of the forecast",), controls=controls)
    work = partial(_told, name, asked, question, draw)
    return Ask(name, "story", f"War {draw} of {asked.case}", work, question, reads=asked.own())


def _told(name: str, asked: Asked, question: Question, draw: int, folder: Path, tell: Progress) -> Answer:
    from ripeness.workbench.story import story

    tell(0, 1)
    flags = {key: one for key, one in asked.flags().items() if key != "draws"}
    found = story(
        asked.source,
        draw,
        coding=asked.coding or None,
        reading=asked.reading,
        seed=asked.seed,
        horizon=asked.horizon,
        changes=dict(asked.changes),
    )
    told = tuple(f"<p>{escape(one)}</p>" for one in found.paragraphs)
    lines = (command("story", asked.source, draw=str(draw), **flags), python("story", asked.source, draw, **flags))
    facts = {"draw": draw, "coding": found.coding}
    answer = Answer(
        name,
        "story",
        asked.case,
        asked.coding,
        found.title,
        "",
        *lines,
        told,
        {},
        facts,
        found.plain(),
        answered(question, read_scenario(asked.source, asked.coding or None), None),
    )
    return keep(answer, folder)


def ask_decide(table: Table, text: str) -> Ask:
    """What does every decision rule make of an actor table? `text` is that of its file."""
    lines = "\n".join(text.splitlines())
    name = name_of("decide", {**table.given(), "case": table.path.stem, "rules": table.rules, "text": lines})
    mark = sha256(lines.encode()).hexdigest()[:16]
    question = Question(f"the table '{table.path.stem}'", more=table.words(), seed=table.seed, scenario=mark)
    return Ask(
        name,
        "decide",
        f"Decide {table.path.stem}",
        partial(_decided, name, table, question),
        question,
        "tables",
        limit=DECIDE_SECONDS,
    )


def _decided(name: str, table: Table, question: Question, folder: Path, tell: Progress) -> Answer:
    from ripeness.show.decide_tables import layout
    from ripeness.workbench.decide import decide

    tell(0, 1)
    found = decide(table.path, table.rules, **table.given())
    lines = (
        command("decide", table.path, rule=list(table.rules), **table.given()),
        python("decide", table.path, rules=table.rules, **table.given()),
    )
    laid = tuple(layout(found).html_blocks())
    answer = Answer(name, "decide", "", "", table.path.stem, "", *lines, laid, plain=found.plain(), question=question)
    return keep(answer, folder)


def ask_councils(what: str) -> Ask:
    """How do the rules do on councils on record (`score`), and how much do leaders weigh there (`weight`)?"""
    name = name_of(f"councils-{what}", {})
    title = {"score": "Rules, scored blind", "weight": "Leaders, weighed"}[what]
    return Ask(name, f"councils-{what}", title, partial(_on_record, name, what), unit="records")


def _on_record(name: str, what: str, folder: Path, tell: Progress) -> Answer:
    from ripeness.show import council_tables as tables
    from ripeness.workbench import councils

    tell(0, 1)
    pictures: dict[str, Picture] = {}
    if what == "score":
        scored = councils.score()
        laid, plain = tables.scores(scored.blind).html_blocks(), scored.plain()
    else:
        weighed = councils.weight()
        laid, plain = tables.weights(weighed.measured).html_blocks(), weighed.plain()
        pictures["weights"] = both(weighed.plot)
    lines = (command(f"councils {what}"), f"ripeness.councils.{what}()")
    return keep(Answer(name, f"councils-{what}", "", "", "", "", *lines, tuple(laid), pictures, plain=plain), folder)


def ask_verify(run: str, shelf: Path) -> Ask:
    """Is a kept run whole, and does its war come out the same when it is fought again?"""
    name = name_of("verify", {"case": run, "once": token_hex(8)})  # asked again, it is looked at again
    return Ask(name, "verify", f"Verify {run}", partial(_verified, name, run, shelf))


def _verified(name: str, run: str, shelf: Path, _: Path, tell: Progress) -> Answer:
    from ripeness.workbench.verify import verify

    found = verify(run, shelf, progress=tell)
    lines = (command("verify", run, shelf=str(shelf)), python("verify", run, shelf=str(shelf)))
    return Answer(name, "verify", "", "", "", found.sentence(), *lines, facts={"good": found.good})
