"""Ask: a question to a verb of the workbench, as a page or a program puts it, and how its answer is laid out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from ripeness.scenario.case import base_file, find
from ripeness.scenario.place import text_of
from ripeness.scenario.schema import Scenario
from ripeness.web.answer import Answer, Picture, keep, name_of
from ripeness.web.lines import command, python
from ripeness.web.question import Question

BASE = re.compile(
    r"^base:[ \t]*[\"']?([^\"'#\n]+)", re.MULTILINE
)  # linear: no two parts can take the same letters in turn
MOST_DRAWS = 1_000_000  # in one job of the workbench; the command line takes more
PERCENT = "%"  # the unit of a progress that counts no wars
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with its id; `work` answers it and keeps the answer in the folder that it is given.

    `work` runs in another process: it is a function of a module, with values beside it. `unit` is what its progress
    counts. `reads` is a file that somebody wrote, which is read within bounds before anything is done; `limit` bounds
    the whole work where it should take no longer. Units: limit in seconds.
    """

    id: str
    verb: str
    title: str
    work: Callable[[Path, Progress], Answer]
    question: Question = field(default_factory=Question)
    unit: str = "wars"
    reads: Path | None = None
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What to run: the source that verbs read, the name that pages use, and what is changed."""

    source: str | Path
    case: str
    coding: str = ""
    reading: str = "factional"
    draws: int = 20_000
    seed: int = 1
    horizon: int | None = None
    changes: tuple[tuple[str, str], ...] = ()

    def key(self) -> dict[str, Any]:
        """What makes two questions the same; the texts of a file and of the bases below it count, not its name alone.

        Raises: Fault where the file is no longer there.
        """
        return {
            "case": self.case,
            "coding": self.coding,
            "reading": self.reading,
            "draws": self.draws,
            "seed": self.seed,
            "horizon": self.horizon,
            "changes": self.changes,
            "text": self.mark(),
        }

    def mark(self) -> str:
        """A mark of the texts that are read, to see whether they are still what they were.

        Raises: Fault where a file is no longer there.
        """
        path = self.source if isinstance(self.source, Path) else find(self.source, self.coding or None).path
        digest, paths = sha256(), set()
        while path not in paths:
            paths.add(path)
            text = text_of(path)
            digest.update(text.encode() + b"\0")
            path = _below(text, path) or path
        return digest.hexdigest()[:16]

    def question(self, **more: Any) -> Question:
        """What is asked, for the answer to carry; `more` overrides or adds.

        Raises: Fault where a file is no longer there.
        """
        controls = {"reading": self.reading, "draws": self.draws, "seed": self.seed}
        values = {
            "case": self.case,
            "coding": self.coding,
            "reading": self.reading,
            "draws": self.draws,
            "seed": self.seed,
            "changes": dict(self.changes),
            "controls": controls,
            "scenario": self.mark(),
        }
        return Question(**{**values, **more})

    def own(self) -> Path | None:
        """The file that somebody wrote, where it is no shipped case."""
        return self.source if isinstance(self.source, Path) else None

    def under(self, coding: str, reading: str) -> Asked:
        """The same question under another coding and reading."""
        return replace(self, coding=coding, reading=reading)

    def flags(self) -> dict[str, Any]:
        """The same as flags of the command line, defaults left out."""
        return {
            "coding": self.coding,
            "reading": "" if self.reading == "factional" else self.reading,
            "draws": None if self.draws == 20_000 else self.draws,
            "seed": None if self.seed == 1 else self.seed,
            "horizon": self.horizon,
        }


def _below(text: str, path: Path) -> Path | None:
    """The file that a scenario's text builds on; none where it names none, or none that is there:
    reading it says so.
    """
    base = BASE.search(text)
    name = base[1].strip() if base else ""
    return base_file(name, path.parent) if name else None


def ask_run(asked: Asked) -> Ask:
    """How may this war end?"""
    name, question = name_of("run", asked.key()), asked.question()
    label = f"{asked.case}{', ' + asked.coding if asked.coding else ''}, {asked.draws:,} draws"
    return Ask(name, "run", f"Forecast: {label}", partial(_ran, name, asked, question), question, reads=asked.own())


def answered(question: Question, scenario: Scenario, month: float | None) -> Question:
    """The question with what only its answer knows: which coding was the default, the day of the start,
    the last month.
    """
    return replace(question, coding=scenario.coding, start=str(scenario.start), month=month)


def _ran(name: str, asked: Asked, question: Question, folder: Path, tell: Progress) -> Answer:
    from ripeness.show.forecast_tables import aims, costs, how_long, outcomes
    from ripeness.show.table import layout
    from ripeness.workbench.run import run

    result = run(
        asked.source,
        coding=asked.coding or None,
        reading=asked.reading,
        draws=asked.draws,
        seed=asked.seed,
        horizon=asked.horizon,
        changes=dict(asked.changes),
        progress=tell,
    )
    sheet = result.sheet()
    plain = result.plain()
    return keep(
        Answer(
            name,
            "run",
            asked.case,
            asked.coding,
            result.scenario.title,
            result.sentence(),
            command("run", asked.source, **asked.flags(), set=dict(asked.changes)),
            python("run", asked.source, **asked.flags(), changes=dict(asked.changes)),
            tuple(layout(outcomes(sheet), how_long(sheet), aims(sheet), costs(sheet)).html_blocks()),
            _pictures(result),
            {
                "coding": result.coding,
                "reading": asked.reading,
                "draws": asked.draws,
                "seed": asked.seed,
                "horizon": asked.horizon,
                "start": str(result.scenario.start),
                "note": sheet.note,
                "changes": dict(asked.changes),
                "chances": chances_at_the_end(plain, result.names),
                "month": plain["outcomes"][-1]["month"],
            },
            plain,
            answered(question, result.scenario, plain["outcomes"][-1]["month"]),
        ),
        folder,
    )


def chances_at_the_end(plain: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The chance of each outcome at the last month shown, ways to a victory added up, in the order of the answer."""
    from ripeness.show.palette import outcome_colour
    from ripeness.show.words import outcome

    last = plain["outcomes"][-1]["month"]
    first = next(iter(names))
    found: dict[tuple[str, str | None], float] = {}
    for one in plain["outcomes"]:
        if one["month"] == last:
            key = (one["outcome"], one["polity"])
            found[key] = found.get(key, 0.0) + one["p"]
    return [
        {
            "outcome": kind,
            "polity": whose,
            "name": outcome(kind, whose, names),
            "p": p,
            "colour": outcome_colour(kind, None if whose is None else int(whose != first)),
        }
        for (kind, whose), p in found.items()
    ]


def _pictures(result: Any) -> dict[str, Picture]:
    """The pictures of a run: outcomes, front, demands, and the power of the factions of both belligerents."""
    from ripeness.show.charts import paths
    from ripeness.study import bands

    start, names, ensemble = result.scenario.start, result.names, result.ensemble
    found = {"outcomes": both(result.plot)}
    front, demands = bands.front(ensemble), bands.demands(ensemble)
    if front:
        found["front"] = both(partial(paths.front_path, front, names, start))
    if demands:
        found["demands"] = both(partial(paths.demand_paths, demands, names, start))
    for polity in result.forecast.polities:
        own = {
            key.partition("/")[2]: name for key, name in result.faction_names.items() if key.startswith(f"{polity}/")
        }
        rows = bands.power(ensemble, polity)
        if rows:
            title = f"Power of the factions of {names[polity]}"
            found[f"power-{polity}"] = both(partial(paths.power_paths, rows, own, title, start))
    return found


def both(draw: Callable[..., Any]) -> Picture:
    """A chart in both lights, from a function that can be told whether it is dark."""
    return Picture(draw(dark=False).to_dict(), draw(dark=True).to_dict())
