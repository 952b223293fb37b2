"""What to look for: a sentence on the pair that matters most, then each pair of factions with its candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ripeness.show.brief import brief_layout, without_columns
from ripeness.show.cell import StyledText, TableCell, decimal_cell, dim, number_cell, numbers, row, styled, words
from ripeness.show.strongest_tables import brief_sentence, strongest_sentences
from ripeness.show.table import Layout, Table, layout, text_table
from ripeness.study.who_decides.answer import WhoDecides
from ripeness.study.who_decides.expected_contraction import SURE
from ripeness.study.who_decides.plan import TIMES, PlannedObservation
from ripeness.world.wording import join_words

TITLE = "What to look for: share of the doubt that it would take away"
LEAST = 0.02  # expected contraction by ten observations below which looking for them is no use
HALF = 0.45, 0.55  # shares that are called a half
SURE_HEADING = f"sure after {TIMES}"
NOTE = (
    "Doubt: the sd of the log ratio of the two powers. Each observation is graded B2, of the last day of knowledge; "
    "± is the Monte Carlo error. Sure: chance that one of the two is then stronger with at least "
    f"{SURE:.1f}. A veto that nobody has by right tells as much as a post."
)


def plan_sentences(plan: Sequence[PlannedObservation], polity: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """What to look for to tell the two strongest factions of a polity apart, and then the pair most in doubt."""
    pairs = best_by_pair(plan, polity)
    if not pairs:
        return (f"{names.get(polity, polity)}: one faction alone, there is no pair to tell apart.",)
    leading = pairs[0]
    doubtful = min(pairs, key=lambda planned: abs(planned.p - 1 / 2))
    return tuple(_sentence(planned, _as_good(plan, planned), names) for planned in dict.fromkeys((leading, doubtful)))


def _as_good(plan: Sequence[PlannedObservation], best: PlannedObservation) -> list[PlannedObservation]:
    """Candidates of other kinds that tell as much of the same pair, within the Monte Carlo error."""
    pair = (best.polity, best.first, best.second)
    same = [row for row in plan if (row.polity, row.first, row.second) == pair]
    return [row for row in same if row.leads and row.kind != best.kind]


def best_by_pair(plan: Sequence[PlannedObservation], polity: str) -> tuple[PlannedObservation, ...]:
    """The candidate that tells most of each pair, in the order of their powers."""
    first: dict[tuple[str, str], PlannedObservation] = {}
    for planned in plan:
        if planned.polity == polity:
            first.setdefault((planned.first, planned.second), planned)
    return tuple(first.values())


def _sentence(planned: PlannedObservation, as_good: Sequence[PlannedObservation], names: Mapping[str, str]) -> str:
    first, second = (_name(planned, key, names) for key in (planned.first, planned.second))
    polity = names.get(planned.polity, planned.polity)
    if planned.p >= SURE:
        opening = f"{polity}: {first} has more power than {second} already, with probability {planned.p:.2f}."
    else:
        opening = f"{polity}: {first} has more power than {second} with probability {planned.p:.2f}."
    pair = (planned.first, planned.second)
    sought = in_words(planned, names, pair)
    others = f" (as good: {join_words([in_words(row, names, pair) for row in as_good], 'or')})" if as_good else ""
    if planned.contraction_of_ten < LEAST:
        return (
            f"{opening} Nothing that could be seen would change that much: {sought} tells most, and ten such would "
            f"take away {_hundredths(planned.contraction_of_ten)} of the doubt."
        )
    return (
        f"{opening} To tell {first} from {second}, look for {sought}{others}: one would take away "
        f"{_hundredths(planned.contraction)} of the doubt, ten of them {_hundredths(planned.contraction_of_ten)}."
    )


def _hundredths(share: float) -> str:
    """A share in words.

    >>> _hundredths(0.12), _hundredths(0.002), _hundredths(0.5)
    ('12 in 100', 'less than 1 in 100', 'half')
    """
    if HALF[0] <= share <= HALF[1]:
        return "half"
    return f"{100 * share:.0f} in 100" if share >= 1 / 200 else "less than 1 in 100"


def in_words(planned: PlannedObservation, names: Mapping[str, str], named: Sequence[str] = ()) -> str:
    """What to look for, in words that stand inside a sentence; `named` are the factions that it has named already."""
    factions = [_name(planned, key, names) for key in planned.factions]
    both_named = len(factions) == len(named) and set(planned.factions) == set(named)
    if planned.kind == "choice" and both_named:
        return f"a choice on '{planned.issue}' between what the two want"
    if planned.kind == "choice":
        return f"a choice on '{planned.issue}' between what {factions[0]} and what {factions[1]} want"
    if planned.kind == "position":
        return f"how far a decision on '{planned.issue}' goes"
    if planned.kind == "appointment" and both_named:
        return "a post that either of the two fills"
    if planned.kind == "appointment":
        return f"a post that either {factions[0]} or {factions[1]} fills"
    return f"where exactly {factions[0]} stands on '{planned.issue}', within 0.05"


def _in_short(planned: PlannedObservation) -> str:
    """What to look for, in a cell of a table."""
    factions, issue = planned.factions, planned.issue
    return {
        "choice": lambda: f"choice on {issue}: {factions[0]} or {factions[1]}",
        "position": lambda: f"how far {issue} goes",
        "appointment": lambda: f"post: {factions[0]} or {factions[1]}",
        "statement": lambda: f"{issue}: where {factions[0]} stands",
    }[planned.kind]()


def _name(planned: PlannedObservation, faction: str, names: Mapping[str, str]) -> str:
    return names.get(f"{planned.polity}/{faction}", faction)


def brief_plan(inference: WhoDecides, plan: Sequence[PlannedObservation], names: Mapping[str, str]) -> Layout:
    """Who most likely has most say, then what to look for: of several polities a sentence each; of one its sentences,
    and the best candidate for each pair of its factions.
    """
    polities = list(inference.weighed)
    if len(polities) > 1:
        lines = [plan_sentences(plan, polity, names)[-1] for polity in polities]
        return brief_layout("\n".join((brief_sentence(inference, names), *lines)), dim(NOTE))
    strongest = " ".join(strongest_sentences(inference, polities[0], names))
    lines = [strongest, *plan_sentences(plan, polities[0], names)]
    pairs = best_by_pair(plan, polities[0])
    tables = (without_columns(plan_table(pairs), (SURE_HEADING,)), dim(NOTE)) if pairs else ()
    return brief_layout("\n".join(lines), *tables)


def plan_layout(plan: Sequence[PlannedObservation], polity: str, names: Mapping[str, str]) -> Layout:
    """The sentences of a polity, then the best candidate of each kind for each pair of its factions."""
    sentences: list[StyledText | Table] = [styled(line) for line in plan_sentences(plan, polity, names)]
    rows = [planned for planned in plan if planned.polity == polity]
    return layout(*sentences, *((plan_table(rows), dim(NOTE)) if rows else ()))


def plan_table(plan: Sequence[PlannedObservation]) -> Table:
    """Every pair of factions, with the best candidate of each kind."""
    rows, pair = [], ("", "")
    for planned in plan:
        repeated = pair == (planned.first, planned.second)
        pair = (planned.first, planned.second)
        rows.append(
            row(
                "" if repeated else f"{planned.first} above {planned.second}",
                "" if repeated else decimal_cell(planned.p),
                _in_short(planned),
                _contraction_cell(planned.contraction, planned.contraction_error),
                _contraction_cell(planned.contraction_of_ten, planned.contraction_of_ten_error),
                decimal_cell(planned.sure_of_ten),
            )
        )
    columns = (
        words("pair"),
        numbers("p"),
        words("look for"),
        numbers("by one", "%"),
        numbers(f"by {TIMES}", "%"),
        numbers(SURE_HEADING),
    )
    return text_table(columns, rows, title=TITLE, spaced=True)


def _contraction_cell(share: float, error: float) -> TableCell:
    return number_cell(f"{round(100 * share, 1) + 0.0:.1f} ±{100 * error:.1f}", 100 * share, sd=100 * error)
