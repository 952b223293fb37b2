"""The end of a report: what to doubt, and how to repeat it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from shlex import quote

from ripeness.show.cell import numbers
from ripeness.show.check_tables import KINDS
from ripeness.show.report.page import ReportTable, Section, report_table
from ripeness.show.target_words import target_in_words
from ripeness.show.words import percent
from ripeness.study.forecast import HONEST
from ripeness.study.information_set import InformationSet
from ripeness.workbench.cite import Cited
from ripeness.workbench.known_failures import KnownFailures, known_failures
from ripeness.workbench.report_section import FEW, FEWER, ReportSection
from ripeness.workbench.sense import Sensing
from ripeness.workbench.studied import Studied
from ripeness.world.wording import join_words

CANNOT = (
    (
        "It cannot say what no scenario names: an actor, an event or a way out that nobody coded does not happen in any"
        " simulation."
    ),
    "It cannot say who is right. Aims and costs are told by side and are never added up.",
    "It cannot tell a single war's future: a probability is right or wrong only over many forecasts.",
    "It is no operational advice. Fighting is a handful of numbers, and the front is one line.",
)


def doubts(section: ReportSection, studied: Studied) -> Section:
    """What is judged, how much hangs on it, what the draws leave open, and where the model failed."""
    cited, sensing = studied.cited(), studied.sensing()
    draws, points = studied.result.forecast.draws, studied.result.forecast.points
    worst = max((row.mc_high - row.mc_low) / 2 for row in studied.result.forecast.merged)
    sampling = (
        f"Error of simulating: {draws:,} simulations at {points:,} samples of the inputs leave at most ±"
        f"{100 * worst:.1f} points (90 %) on a probability of the answer. Other versions, ripeness and what to watch "
        f"rest on {studied.fewer(FEWER):,} simulations each; options, mechanisms and the way from the base rate on "
        f"{studied.fewer(FEW):,} for each thing compared, and their tables say the error. More simulations shrink it; "
        "the spread over uncertain inputs stays."
    )
    cannot = Section("doubt-cannot", "What the model cannot say", items=CANNOT)
    return Section(
        section.key,
        section.heading,
        (HONEST, *_judged(cited, sensing), sampling),
        (),
        (_kinds(cited, sensing),),
        parts=(cannot, _failures()),
    )


def _judged(cited: Cited, sensing: Sensing | None) -> tuple[str, ...]:
    """How many numbers are judged, and how much hangs on them."""
    number = Counter(row.kind for row in cited.numbers)
    count_sentence = (
        f"{number['judged'] + number['assumed']:,} of {len(cited.numbers):,} numbers are judged or assumed."
    )
    if sensing is None:
        return (f"{count_sentence} This run has too few simulations to tell how much hangs on them.",)
    shares = {group.name: group for group in sensing.value.by("kind")}
    hang = [
        f"{kind} numbers foretell {100 * shares[kind].share:.0f} % ({100 * shares[kind].low:.0f} to"
        f" {100 * shares[kind].high:.0f})"
        for kind in ("judged", "assumed")
        if kind in shares
    ]
    luck = "" if sensing.value.luck is None else f" Luck decides {percent(sensing.value.luck)} of a single war."
    outcome_name = f"'{target_in_words(sensing.value.target, sensing.names())}'"
    alone = " and ".join(hang) or "none can be told"
    if sensing.value.faint:
        undecided = f"What the inputs decide about {outcome_name} cannot be told from luck with so few simulations."
        return (f"{count_sentence} {undecided}{luck}",)
    remainder = "the rest lies in combinations and in numbers too weak to tell with these simulations"
    return (
        f"{count_sentence} Of what the inputs decide about {outcome_name} {alone}; {remainder}. {_idle(sensing)}{luck}",
    )


def _idle(sensing: Sensing) -> str:
    return (
        f"{len(sensing.value.inert.paths)} uncertain numbers move nothing in this war as it is read and are left out."
    )


def _kinds(cited: Cited, sensing: Sensing | None) -> ReportTable:
    number = Counter(row.kind for row in cited.numbers)
    open_ = Counter(row.kind for row in cited.numbers if row.low != row.high)
    shares = {} if sensing is None else {group.name: group for group in sensing.value.by("kind")}
    decided = {
        kind: f"{100 * group.share:.0f} ({100 * group.low:.0f} to {100 * group.high:.0f})"
        for kind, group in shares.items()
    }
    rows = tuple(
        (kind, f"{number[kind]:,}", f"{open_[kind]:,}", decided.get(kind, "not told"), words)
        for kind, words in KINDS.items()
        if number[kind]
    )
    head = ("kind", numbers("numbers"), numbers("of them uncertain"), numbers("foretell, %", "%"), "what that means")
    return report_table("Numbers by how they came about", head, rows)


def how_to_repeat(section: ReportSection, studied: Studied) -> Section:
    """The commands that make run and report anew, and the files that were read."""
    description, horizon = studied.result.about(), studied.steps_ahead()
    words = [quote(studied.case), "--coding", quote(studied.coding_name), "--reading", str(description["reading"])]
    if not studied.codings:
        words = [quote(studied.case), "--reading", str(description["reading"])]
    words += ["--draws", str(description["draws"]), "--seed", str(description["seed"]), "--horizon", str(horizon)]
    for path, value in studied.result.changes.items():
        words += ["--set", quote(f"{path}={value}")]
    words += _information_flags(studied.result.information)
    command = " ".join(words)
    files = tuple(
        (name, f"{len(text.encode()):,}", sha256(text.encode()).hexdigest())
        for name, text in studied.result.files.items()
    )
    paragraph = (
        f"ripeness {description['version']}, scenario {description['scenario_hash']}, fitted parameters "
        f"{description['parameter_points'] or 'none'}. The same version on the same "
        "kind of machine gives the same bits, and this report the same bytes."
    )
    grid = report_table("Files that were read", ("file", "bytes", "sha256"), files)
    return Section(
        section.key,
        section.heading,
        (paragraph,),
        (),
        (grid,),
        (f"ripeness run {command}", f"ripeness report {command}", *_beside(studied)),
    )


def _beside(studied: Studied) -> tuple[str, ...]:
    """The command that says which numbers make versions differ, which the report leaves out."""
    return (f"ripeness disagree {quote(studied.case)}",) if len(studied.codings) > 1 else ()


def _failures() -> Section:
    """Where the war model failed on past wars."""
    record = known_failures()
    paragraph = (
        f"On {record.wars} interstate wars of {record.years}, each forecast without its own outcome, and each side "
        "as one person. Brier scores run from 0 to 2; smaller is better."
    )
    return Section(
        "doubt-failures",
        "Where the model failed on past wars",
        (paragraph,),
        (),
        (_table(record),),
        (),
        _failed(record),
    )


def _failed(on_record: KnownFailures) -> tuple[str, ...]:
    start, late, leaders = on_record.who_wins[0], on_record.who_wins[-1], on_record.leaders
    record, model, low, high = on_record.long_wars
    wins = (
        f"It does not tell who wins better than plain baselines: {start.model:.3f} against {start.other:.3f} at the "
        f"start, and after {late.months} months it is worse, {late.model:.3f} against {late.other:.3f}."
    )
    long = (
        f"Its long wars end too soon: in months 25 to 48 wars on record end at {record:g} a month, the model's at "
        f"{model:g} ({low:g} to {high:g})."
    )
    leaders_sentence = (
        f"It does not tell which leaders are forced out: {leaders.model:.3f} against {leaders.other:.3f} for the base "
        f"rate, over {leaders.n} sides."
    )
    return wins, long, _factions_failed(on_record.factions), leaders_sentence


def _factions_failed(scores: Sequence[tuple[int, float, float, float]]) -> str:
    """Whether generic factions forecast past wars better than polities as one person, beyond chance or not."""
    worse = [str(months) for months, _, low, _ in scores if low > 0]
    better = [str(months) for months, _, _, high in scores if high < 0]
    months, difference, low, high = scores[-1]
    verdict = (
        f"Polities as one person forecast these wars better than generic factions do, beyond chance, after "
        f"{join_words(worse)} months"
        if worse
        else f"Generic factions forecast these wars better than polities as one person, beyond chance, after "
        f"{join_words(better)} months"
        if better
        else "Generic factions forecast these wars no better than polities as one person"
    )
    return f"{verdict}: after {months} months the difference is {difference:+.3f} ({low:+.3f} to {high:+.3f})."


def _table(on_record: KnownFailures) -> ReportTable:
    rows = tuple(
        (
            f"{row.months}",
            f"{row.n}",
            f"{row.other:.3f}",
            f"{row.model:.3f}",
            f"{row.difference:+.3f} ({row.low:+.3f} to {row.high:+.3f})",
        )
        for row in on_record.who_wins
    )
    head = ("months fought", "wars", "baseline", "war model", "model less baseline, 90 %")
    return report_table("Who wins: Brier scores on past wars", head, rows)


def _information_flags(information: InformationSet) -> list[str]:
    """The flags that say again what was known."""
    words = ["--given", "evidence"] if information.stated else []
    words += ["--months", quote(information.path.file)] if information.path is not None else []
    if information.as_of is not None:
        words += ["--as-of", str(information.as_of)]
    if information.evidence is not None:
        for text in information.evidence.observe:
            words += ["--observe", quote(text)]
    return words + (["--ignore-duration"] if information.ignores_duration else [])
