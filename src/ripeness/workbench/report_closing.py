"""The end of a report: what to doubt, what every number rests on, and how to repeat it all."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from shlex import quote

from ripeness.show.cell import numbers
from ripeness.show.check_tables import KINDS
from ripeness.show.report.page import ReportTable, Section, report_table
from ripeness.show.target_words import target_in_words
from ripeness.show.words import percent
from ripeness.study.forecast import HONEST
from ripeness.workbench.cite import Cited, Number, cite
from ripeness.workbench.report_failures import failures
from ripeness.workbench.sense import Sensing
from ripeness.workbench.studied import Studied

CANNOT = (
    (
        "It cannot say what no scenario names: an actor, an event or a way out that nobody coded does not happen in any"
        " run."
    ),
    "It cannot say who is right. Aims and costs are told by side and are never added up.",
    "It cannot tell a single war's future: a probability is right or wrong only over many forecasts.",
    "It is no operational advice. Fighting is a handful of numbers, and the front is one line.",
)


def closing(one: Studied, moves: Sensing | None) -> tuple[Section, ...]:
    """Doubts, numbers with their sources, and how to repeat the report."""
    cited = cite(one.origin, one.coding)
    return _honest(one, cited, moves), _sources(cited), _repeat(one)


def _honest(one: Studied, cited: Cited, moves: Sensing | None) -> Section:
    draws, points = one.result.forecast.draws, one.result.forecast.points
    worst = max((row.mc_high - row.mc_low) / 2 for row in one.result.forecast.merged)
    sampling = (
        f"Sampling error: {draws:,} draws over {points:,} points of the inputs leave at most ±{100 * worst:.1f} points "
        "(90 %) on a probability above. More draws shrink it; the spread over uncertain inputs stays."
    )
    cannot = Section("doubt-cannot", "What the model cannot say", items=CANNOT)
    return Section(
        "doubt",
        "What to doubt",
        (HONEST, *_judged(cited, moves), sampling),
        (),
        (_kinds(cited, moves),),
        parts=(cannot, failures()),
    )


def _judged(cited: Cited, moves: Sensing | None) -> tuple[str, ...]:
    """How many numbers are judged, and how much hangs on them."""
    number = Counter(row.kind for row in cited.numbers)
    said = f"{number['judged'] + number['assumed']:,} of {len(cited.numbers):,} numbers are judged or assumed."
    if moves is None:
        return (f"{said} This run has too few draws to tell how much hangs on them.",)
    shares = {group.name: group for group in moves.told.by("kind")}
    hang = [
        f"{kind} numbers foretell {100 * shares[kind].share:.0f} % ({100 * shares[kind].low:.0f} to"
        f" {100 * shares[kind].high:.0f})"
        for kind in ("judged", "assumed")
        if kind in shares
    ]
    luck = "" if moves.told.luck is None else f" Luck decides {percent(moves.told.luck)} of a single war."
    about = f"'{target_in_words(moves.told.target, moves.names())}'"
    alone = " and ".join(hang) or "none can be told"
    if moves.told.faint:
        return (f"{said} What the inputs decide about {about} cannot be told from luck with so few draws.{luck}",)
    rest = "the rest lies in combinations and in numbers too weak to tell with these draws"
    return (f"{said} Of what the inputs decide about {about} {alone}; {rest}. {_idle(moves)}{luck}",)


def _idle(moves: Sensing) -> str:
    return f"{len(moves.told.inert.paths)} uncertain numbers move nothing under this reading and are left out."


def _kinds(cited: Cited, moves: Sensing | None) -> ReportTable:
    number = Counter(row.kind for row in cited.numbers)
    open_ = Counter(row.kind for row in cited.numbers if row.low != row.high)
    shares = {} if moves is None else {group.name: group for group in moves.told.by("kind")}
    decided = {
        kind: f"{100 * one.share:.0f} ({100 * one.low:.0f} to {100 * one.high:.0f})" for kind, one in shares.items()
    }
    rows = tuple(
        (kind, f"{number[kind]:,}", f"{open_[kind]:,}", decided.get(kind, "not told"), words)
        for kind, words in KINDS.items()
        if number[kind]
    )
    head = ("kind", numbers("numbers"), numbers("of them uncertain"), numbers("foretell, %", "%"), "what that means")
    return report_table("Numbers by how they came about", head, rows)


def _sources(cited: Cited) -> Section:
    head = ("number", "value", "90 % interval", "unit", "kind", "sources (grades)", "from", "note")
    rows = tuple(_row(row) for row in cited.numbers)
    numbers = report_table("Every number and what it rests on", head, rows, folded=True)
    books = tuple((work.id, str(work), work.grade_in_words, str(work.cited)) for work in cited.bibliography)
    works = report_table("Sources", ("id", "work", "grade", "places that rest on it"), books, folded=True)
    said = (
        f"{len(cited.numbers)} numbers, {len(cited.bibliography)} sources. A grade tells how far a source is to be"
        " trusted."
    )
    return Section("sources", "Every number with its source", (said,), (), (numbers, works))


def _row(one: Number) -> tuple[str, ...]:
    spread = "exact" if one.low == one.high else f"{one.low:.4g} to {one.high:.4g}"
    named = ", ".join(f"{key} ({grade})" for key, grade in zip(one.sources, one.grades, strict=True))
    return one.path, f"{one.value:.4g}", spread, one.unit, one.kind, named, one.origin, one.note


def _repeat(one: Studied) -> Section:
    about, step = one.result.about(), one.asked(1)["horizon"]
    words = [quote(one.case), "--coding", quote(one.coding_name), "--reading", str(about["reading"])]
    if not one.codings:
        words = [quote(one.case), "--reading", str(about["reading"])]
    words += ["--draws", str(about["draws"]), "--seed", str(about["seed"]), "--horizon", str(step)]
    for path, value in one.result.changes.items():
        words += ["--set", quote(f"{path}={value}")]
    if one.result.given:
        words += ["--given", "evidence", "--as-of", str(one.result.given["as_of"])]
        for text in one.result.given.get("observe", ()):
            words += ["--observe", quote(text)]
    asked = " ".join(words)
    files = tuple(
        (name, f"{len(text.encode()):,}", sha256(text.encode()).hexdigest()) for name, text in one.result.files.items()
    )
    said = (
        f"ripeness {about['version']}, scenario {about['scenario_hash']}. The same version on the same kind of machine "
        "gives the same bits, and this report the same bytes."
    )
    grid = report_table("Files that were read", ("file", "bytes", "sha256"), files)
    return Section(
        "repeat", "How to repeat it", (said,), (), (grid,), (f"ripeness run {asked}", f"ripeness report {asked}")
    )
