"""Who decides, as a question: evidence weighed under every reading, laid out with what each item carries."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from ripeness.scenario.read import read_scenario
from ripeness.web.answer import Answer, keep, name_of
from ripeness.web.ask import Ask, Asked, Progress, answered, both
from ripeness.web.lines import command, python
from ripeness.web.question import Question

USUAL = 1_000  # particles, as on the command line
LEAST_REPEATS = 3


def ask_infer(asked: Asked, polity: str = "", particles: int = USUAL, repeats: int = 4) -> Ask:
    """Whose will do the decisions follow?"""
    key = {**asked.key(), "draws": 0, "polity": polity, "particles": particles, "repeats": repeats}
    name = name_of("infer", key)
    words = [f"power in {polity}"] if polity else []
    question = asked.question(
        reading="",
        draws=None,
        more=(*words, f"{particles:,} particles, {repeats} repeats"),
        controls={"particles": particles, "seed": asked.seed, "polity": polity, "repeats": repeats},
    )

    work = partial(_inferred, name, asked, question, polity, particles, repeats)
    title = f"Who decides: {asked.case}{' in ' + polity if polity else ''}"
    return Ask(name, "infer", title, work, question, "polities", asked.own())


def _inferred(
    name: str, asked: Asked, question: Question, polity: str, particles: int, repeats: int, folder: Path, tell: Progress
) -> Answer:
    from ripeness.show.who_decides_tables import ranked, tables
    from ripeness.workbench.infer import infer

    evidence = read_scenario(asked.source, asked.coding or None).evidence
    count = 1 if polity else len({one.polity for one in evidence})
    found = infer(
        asked.source,
        coding=asked.coding or None,
        polities=[polity] if polity else (),
        changes=dict(asked.changes),
        progress=_counted(tell, count),
        particles=particles,
        repeats=repeats,
        seed=asked.seed,
    )
    keys = list(found.found.weighed)
    pictures = {
        f"{what}-{key}": both(partial(found.plot, what, polity=key)) for key in keys for what in ("power", "readings")
    }
    other = {
        "particles": None if particles == USUAL else particles,
        "repeats": None if repeats == 4 else repeats,
        "seed": None if asked.seed == 1 else asked.seed,
    }
    plain = found.plain()
    sentence = " ".join(one.sentence for one in found.found.verdicts if one.polity in keys)
    facts = {
        "matrix": plain["matrix"],
        "knock_out": plain["knock_out"],
        "readings": plain["readings"],
        "names": found.names,
        "ranked": {key: str(ranked(found.found, key)) for key in keys},
        "polities": keys,
        "draws": particles,
        "claims": {one.id: one.note for one in found.scenario.evidence if one.note},
    }
    return keep(
        Answer(
            name,
            "infer",
            asked.case,
            asked.coding,
            found.scenario.title,
            sentence,
            command("infer", asked.source, coding=asked.coding, polity=[polity] if polity else [], **other),
            python("infer", asked.source, coding=asked.coding, polities=[polity] if polity else (), **other),
            tuple(tables(found.found, found.names).html_blocks()),
            pictures,
            facts,
            plain,
            answered(question, found.scenario, None),
        ),
        folder,
    )


def _counted(tell: Progress, polities: int) -> Callable[[str], None]:
    """Progress by polity: that one is begun says that those before it are done."""
    begun: list[str] = []

    def begin(polity: Any) -> None:
        begun.append(str(polity))
        tell(len(begun) - 1, max(polities, len(begun)))

    return begin
