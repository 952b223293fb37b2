"""The end of a report: what to doubt, what every number rests on, and how to repeat it all."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from shlex import quote

from ripeness.show.never import aimed_at
from ripeness.show.report.page import Grid, Section
from ripeness.show.words import percent
from ripeness.study.forecast import HONEST
from ripeness.workbench.cite import Cited, Number, cite
from ripeness.workbench.report_failures import failures
from ripeness.workbench.sense import Sensing
from ripeness.workbench.studied import Studied

KINDS = {
    "measured": "counted or measured by somebody",
    "coded": "read off a record by a stated rule",
    "judged": "an expert's or the coder's judgement",
    "derived": "computed from other numbers",
    "assumed": "no evidence; a plausible guess",
}
CANNOT = (
    (
        "It cannot say what no scenario names: an actor, an event or a way out that nobody coded does not happen in any"
        " run."
    ),
    "It cannot say who is right. Aims and costs are told by side and are never added up.",
    "It cannot tell a single war's future: a probability is right or wrong only over many forecasts.",
    "It is no operational advice. Fighting is a handful of numbers, and the front is one line.",
)


def closing(studied: Studied, moves: Sensing | None) -> tuple[Section, ...]:
    """Doubts, numbers with their sources, and how to repeat the report."""
    cited = cite(studied.origin, studied.coding)
    return _honest(studied, cited, moves), _sources(cited), _repeat(studied)


def _honest(studied: Studied, cited: Cited, moves: Sensing | None) -> Section:
    draws, points = studied.result.forecast.draws, studied.result.forecast.points
    worst = max((row.mc_high - row.mc_low) / 2 for row in studied.result.forecast.merged)
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
    count_sentence = (
        f"{number['judged'] + number['assumed']:,} of {len(cited.numbers):,} numbers are judged or assumed."
    )
    if moves is None:
        return (f"{count_sentence} This run has too few draws to tell how much hangs on them.",)
    shares = {group.name: group for group in moves.value.by("kind")}
    hang = [
        f"{kind} numbers foretell {100 * shares[kind].share:.0f} % ({100 * shares[kind].low:.0f} to"
        f" {100 * shares[kind].high:.0f})"
        for kind in ("judged", "assumed")
        if kind in shares
    ]
    luck = "" if moves.value.luck is None else f" Luck decides {percent(moves.value.luck)} of a single war."
    outcome_name = f"'{aimed_at(moves.value.target, moves.names())}'"
    alone = " and ".join(hang) or "none can be told"
    if moves.value.faint:
        undecided = f"What the inputs decide about {outcome_name} cannot be told from luck with so few draws."
        return (f"{count_sentence} {undecided}{luck}",)
    remainder = "the rest lies in combinations and in numbers too weak to tell with these draws"
    return (
        f"{count_sentence} Of what the inputs decide about {outcome_name} {alone}; {remainder}. {_idle(moves)}{luck}",
    )


def _idle(moves: Sensing) -> str:
    return f"{len(moves.value.inert.paths)} uncertain numbers move nothing under this reading and are left out."


def _kinds(cited: Cited, moves: Sensing | None) -> Grid:
    number = Counter(row.kind for row in cited.numbers)
    open_ = Counter(row.kind for row in cited.numbers if row.low != row.high)
    shares = {} if moves is None else {group.name: group for group in moves.value.by("kind")}
    decided = {
        kind: f"{100 * one.share:.0f} ({100 * one.low:.0f} to {100 * one.high:.0f})" for kind, one in shares.items()
    }
    rows = tuple(
        (kind, f"{number[kind]:,}", f"{open_[kind]:,}", decided.get(kind, "not told"), words)
        for kind, words in KINDS.items()
        if number[kind]
    )
    head = ("kind", "numbers", "of them uncertain", "foretell, %", "what that means")
    return Grid("Numbers by how they came about", head, rows)


def _sources(cited: Cited) -> Section:
    head = ("number", "value", "90 % interval", "unit", "kind", "sources (grades)", "from", "note")
    rows = tuple(_row(row) for row in cited.numbers)
    numbers = Grid("Every number and what it rests on", head, rows, folded=True)
    books = tuple((work.id, str(work), work.grade_in_words, str(work.cited)) for work in cited.bibliography)
    works = Grid("Sources", ("id", "work", "grade", "places that rest on it"), books, folded=True)
    paragraph = (
        f"{len(cited.numbers)} numbers, {len(cited.bibliography)} sources. A grade tells how far a source is to be"
        " trusted."
    )
    return Section("sources", "Every number with its source", (paragraph,), (), (numbers, works))


def _row(number: Number) -> tuple[str, ...]:
    spread = "exact" if number.low == number.high else f"{number.low:.4g} to {number.high:.4g}"
    sources = ", ".join(f"{key} ({grade})" for key, grade in zip(number.sources, number.grades, strict=True))
    return number.path, f"{number.value:.4g}", spread, number.unit, number.kind, sources, number.origin, number.note


def _repeat(studied: Studied) -> Section:
    description, step = studied.result.about(), studied.asked(1)["horizon"]
    words = [quote(studied.case), "--coding", quote(studied.coding_name), "--reading", str(description["reading"])]
    if not studied.codings:
        words = [quote(studied.case), "--reading", str(description["reading"])]
    words += ["--draws", str(description["draws"]), "--seed", str(description["seed"]), "--horizon", str(step)]
    for path, value in studied.result.changes.items():
        words += ["--set", quote(f"{path}={value}")]
    if studied.result.given:
        words += ["--given", "evidence", "--as-of", str(studied.result.given["as_of"])]
        for text in studied.result.given.get("observe", ()):
            words += ["--observe", quote(text)]
    command = " ".join(words)
    files = tuple(
        (name, f"{len(text.encode()):,}", sha256(text.encode()).hexdigest())
        for name, text in studied.result.files.items()
    )
    paragraph = (
        f"ripeness {description['version']}, scenario {description['scenario_hash']}. The same version on the same "
        "kind of machine gives the same bits, and this report the same bytes."
    )
    grid = Grid("Files that were read", ("file", "bytes", "sha256"), files)
    return Section(
        "repeat",
        "How to repeat it",
        (paragraph,),
        (),
        (grid,),
        (f"ripeness run {command}", f"ripeness report {command}"),
    )
