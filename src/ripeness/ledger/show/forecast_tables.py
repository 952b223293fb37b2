"""The ledger in a terminal: tables that fit 80 columns, and what to do next."""

from __future__ import annotations

from datetime import datetime
from math import isinf, isnan
from shlex import quote
from typing import TYPE_CHECKING

from rich.text import Text

from ripeness.show.lines import listing
from ripeness.show.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ripeness.ledger.book.docket import Docket
    from ripeness.ledger.book.migrate import Migration
    from ripeness.ledger.scores.interval import ScoreInterval
    from ripeness.ledger.scores.sheet import ScoreSheet, ScoreSummary
    from ripeness.ledger.verbs.results import AddedRecords, ExchangeSummary, LedgerCheck, LedgerListing
    from ripeness.show.fitted import Fitted

SHORT = 12  # hex digits of a hash that a person copies
WIDEST_ROW = 36  # letters of outcomes that stand beside one another in 80 columns
MOST_OUTCOMES = 4  # outcomes that a list of questions shows
MOST_FAULTS = 20  # broken lines that are named; the rest is counted
_ORDER = ("due", "open", "closed", "resolved", "annulled")


def show_added(result: AddedRecords) -> None:
    """Say what was written and how to go on."""
    out = _out()
    question = result.question
    for entry in result.entries:
        out.print(Text.assemble(f"Entry {entry.seq}: {entry.kind} on ", (entry.question, "bold")))
    if result.forecast is not None:
        shares = result.forecast.probabilities
        out.print("  " + "   ".join(f"{name} {shares[name]:.1%}" for name in question.outcomes))
        provenance = result.forecast.provenance
        if "on" in provenance:
            out.print(
                f"  What the run says of month {provenance['month']:g}, {provenance['on']}, "
                f"settled on {question.resolves}"
            )
        never = [name for name in question.outcomes if shares[name] == 0]
        if never:
            out.print(f"  Note: {', '.join(never)} at 0 says it cannot happen; if it does, the log score is infinite.")
        if datetime.fromisoformat(result.entries[-1].recorded).date() > question.closes:
            out.print("  Note: written down after the question closed; it counts only with score --include-late.")
    elif result.entries[-1].kind == "question":
        share = " ".join(f"--p {quote(f'{name}=...')}" for name in question.outcomes)
        out.print(f"  Next: ripeness forecast add {question.id} {share}")
    if result.entries[-1].kind == "resolution":
        out.print("  Next: ripeness forecast score")
    out.print(f"Ledger {result.place}, head {result.head.hash[:SHORT]}", style="dim", soft_wrap=True)


def show_listing(ledger_listing: LedgerListing) -> None:
    """Show one row a question, those that wait for somebody first."""
    out = _out()
    _warn(out, ledger_listing.breaks)
    if not ledger_listing.dockets:
        _show_nothing(out, ledger_listing)
        return
    table = listing("question", "status", "closes", "resolves", "n", "latest of each, mean", right=("n",))
    for docket in sorted(
        ledger_listing.dockets,
        key=lambda docket: (_ORDER.index(docket.status(ledger_listing.today)), docket.question.resolves),
    ):
        question = docket.question
        table.add_row(
            Text.assemble((question.id, "bold"), f"\n{question.text}"),
            docket.status(ledger_listing.today),
            str(question.closes),
            str(question.resolves),
            str(len(docket.forecasts)),
            _latest(docket),
        )
    out.print(table)
    due = [docket.question.id for docket in ledger_listing.dockets if docket.status(ledger_listing.today) == "due"]
    if due:
        out.print(f"\n{len(due)} past the date without an outcome. Next:")
        out.print(f"  ripeness forecast resolve {due[0]} --outcome ... --source ...")
    out.print("\nn: forecasts. One question in full: ripeness forecast list ID", style="dim")


def show_question(ledger_listing: LedgerListing) -> None:
    """Show one question with its criteria, every forecast and what came true."""
    out, docket = _out(), ledger_listing.dockets[0]
    _warn(out, ledger_listing.breaks)
    question = docket.question
    out.print(Text.assemble((question.id, "bold"), f"  {docket.status(ledger_listing.today)}\n{question.text}"))
    out.print(f"Criteria: {question.criteria}")
    out.print(f"Opens {question.opens}, closes {question.closes}, resolves {question.resolves}; {question.kind}")
    if question.topics:
        out.print(f"Topics: {', '.join(question.topics)}")
    if docket.forecasts:
        out.print(_forecasts(docket))
    for dated in docket.forecasts:
        if dated.forecast.rationale:
            out.print(f"{dated.seq}: {dated.forecast.rationale}")
    for number, (seq, resolution) in enumerate(docket.resolutions, 1):
        stands = "" if number == len(docket.resolutions) else " (corrected since)"
        outcome = ("annulled", "") if resolution.annulled else (resolution.outcome, "bold")
        out.print(
            Text.assemble(
                f"Entry {seq}: {'' if resolution.annulled else 'came true: '}",
                outcome,
                f"{stands}; known since {resolution.on}, source: {resolution.source}",
            )
        )


def _forecasts(docket: Docket) -> Fitted:
    """Every forecast on a question: a column for each outcome, or one below the other where they are many or long."""
    outcomes = docket.question.outcomes
    side_by_side = sum(len(name) + 2 for name in outcomes) <= WIDEST_ROW
    titles = ("entry", "made (UTC)", "by", *(outcomes if side_by_side else ("probabilities",)))
    table = listing(*titles, right=("entry", *(outcomes if side_by_side else ())))
    for dated in docket.forecasts:
        shares = dated.forecast.probabilities
        late = " (written late)" if docket.late(dated) else ""
        cells = [f"{shares[name]:.1%}" for name in outcomes]
        if not side_by_side:
            cells = ["\n".join(f"{share:>6} {name}" for share, name in zip(cells, outcomes, strict=True))]
        made_at = f"{dated.forecast.made:%Y-%m-%d %H:%M}{late}"
        table.add_row(str(dated.seq), made_at, dated.forecast.by, *cells)
    return table


def _warn(out: Terminal, breaks: Sequence[object]) -> None:
    """Say before anything else that a ledger is not what was written."""
    if not breaks:
        return
    out.print("This ledger is NOT what was written; only what can still be read is shown.", style="bold red")
    _show_faults(out, breaks)
    out.print("`ripeness forecast verify` names every line.\n")


def _show_faults(out: Terminal, breaks: Sequence[object]) -> None:
    for line in breaks[:MOST_FAULTS]:
        out.print(f"  {line}")
    if len(breaks) > MOST_FAULTS:
        out.print(f"  and {len(breaks) - MOST_FAULTS} more")


def show_scores(sheet: ScoreSheet) -> None:
    """Show scores by forecaster and topic, then calibration and discrimination, then what was left out and why."""
    out = _out()
    _warn(out, sheet.breaks)
    overall = sheet.overall
    if overall.questions:
        heading = (
            f"Scores of {overall.forecasts} forecast{'s' * (overall.forecasts != 1)} on {_questions(overall.questions)}"
        )
        out.print(Text.assemble((heading, "bold"), f", as of {sheet.as_of}"))
        out.print("Means over questions with 90 % intervals; smaller is better; Brier runs from 0 to 2.\n", style="dim")
        out.print(_scores([overall, *sheet.forecasters, *sheet.topics], len(sheet.forecasters)))
        _gains(out, [overall, *sheet.forecasters])
        _calibration(out, sheet)
        if overall.impossible:
            out.print(f"{overall.impossible} forecast(s) gave 0 to what came true: their log score is infinite.")
        if (
            overall.questions < 100
        ):  # the record this model is judged on shows gains under .05 to be noise even at n = 95
            out.print(
                "\nWith so few questions small differences mean nothing; questions on one war are not independent."
            )
    else:
        out.print("Nothing to score yet: a question counts when it is past its date and has an outcome.")
        if any("no outcome" in reason for reason in sheet.left_out):
            out.print("Next: ripeness forecast list --status due")
    for reason, names in sheet.left_out.items():
        out.print(f"Left out, {reason}: {', '.join(names)}")
        if "too late" in reason:
            out.print("  (they count with --include-late)", style="dim")


def show_exchange(result: ExchangeSummary, direction: str) -> None:
    """Say how many entries went to or came from a file."""
    skipped = f", {result.skipped} were there already" if result.skipped else ""
    _out().print(f"{result.entries} entries {direction} {result.file}{skipped}. Ledger {result.place}", soft_wrap=True)


def show_check(check: LedgerCheck) -> None:
    """Say that the ledger is sound, or name each line that is not."""
    out = _out()
    if check.sound:
        out.print(f"Sound: {check.entries} entries in {check.place}, each sealed with the one before it.")
        out.print(f"Head {check.head.hash}")
        return
    out.print(Text.assemble(("Not what was written", "bold"), f": {check.place}"))
    _show_faults(out, check.breaks)
    out.print(
        "Next: compare with a copy (`ripeness forecast export` of an earlier day, or the .bak beside the ledger)."
    )


def show_migration(place: str, move: Migration) -> None:
    """Say from which form to which the ledger went."""
    out = _out()
    if move.before == move.after:
        out.print(f"{place} is in the present form, {move.after}.")
        return
    out.print(f"{place}: form {move.before or 'empty'} is now form {move.after}.")
    if move.copy is not None:
        out.print(f"The old ledger is kept as {move.copy}.")


def _out() -> Terminal:
    return Terminal()


def _show_nothing(out: Terminal, ledger_listing: LedgerListing) -> None:
    if ledger_listing.exists:
        out.print("No question fits.")
    else:
        out.print(f"There is no ledger at {ledger_listing.place} yet. The first question begins one:")
    out.print(
        "  ripeness forecast add truce-2027 --text 'A truce by 1 July 2027?' \\\n"
        "    --criteria 'yes if both governments sign a ceasefire' \\\n"
        "    --resolves 2027-07-01 --p yes=.3",
    )


def _questions(n: int) -> str:
    return f"{n} question" if n == 1 else f"{n} questions"


def _latest(docket: Docket) -> str:
    resolution = docket.resolution
    if resolution is not None and not resolution.annulled:
        return f"came true: {resolution.outcome}"
    last_by_forecaster = {dated.forecast.by: dated.forecast.probabilities for dated in docket.forecasts}
    if not last_by_forecaster:
        return "no forecast yet"
    mean = {
        name: sum(shares[name] for shares in last_by_forecaster.values()) / len(last_by_forecaster)
        for name in docket.question.outcomes
    }
    likeliest = sorted(mean.items(), key=lambda pair: -pair[1])
    remainder = [f"and {len(likeliest) - MOST_OUTCOMES} more"] if len(likeliest) > MOST_OUTCOMES else []
    return "\n".join([*(f"{name} {share:.0%}" for name, share in likeliest[:MOST_OUTCOMES]), *remainder])


def _scores(rows: list[ScoreSummary], people: int) -> Fitted:
    heads = ("n", "Brier", "log", "ranked")
    table = listing("", *heads, right=heads)
    for number, row in enumerate(rows):
        name = "all" if number == 0 else row.name if number <= people else f"topic: {row.name}"
        table.add_row(name, str(row.questions), _range(row.brier), _range(row.log), _range(row.ranked))
    return table


def _gains(out: Terminal, rows: list[ScoreSummary]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row.gains))
    if not names:
        return
    table = listing("Brier better than", *names, right=names)
    for row in rows:
        cells = [_range(row.gains[name]["brier"], signed=True) if name in row.gains else "" for name in names]
        table.add_row(row.name, *cells)
    out.print()
    out.print(table)
    out.print("Above 0 is better; an interval that holds 0 shows no difference.", style="dim")


def _calibration(out: Terminal, sheet: ScoreSheet) -> None:
    heads = ("n", "mean", "came true", "90 %", "")
    table = listing("called", *heads, right=heads)
    for part in sheet.calibration:
        share = part.share
        table.add_row(
            f"{part.low:.0%} to {part.high:.0%}",
            str(part.n),
            f"{part.mean:.0%}",
            f"{share.value:.0%}",
            f"{share.low:.0%} to {share.high:.0%}",
            "" if part.inside else "off",
        )
    out.print(Text.assemble(("\nCalibration", "bold"), ": of what was called so likely, how much came true"))
    out.print(table)
    if sum(part.n for part in sheet.calibration) > sheet.overall.questions:
        out.print("n counts probabilities, several on one question: true intervals are wider. --by shows one person.")
    area = sheet.discrimination
    if isnan(area.value):
        out.print("Discrimination: needs things that came true and things that did not.")
    else:
        out.print(f"Discrimination {_range(area)}: .5 is a coin, 1 a perfect order.")


def _range(bound: ScoreInterval, *, signed: bool = False) -> str:
    """Write a value with its 90 % interval, or what there is of it."""
    if bound.n == 0:
        return ""
    if isinf(bound.value):
        return "infinite" if bound.value > 0 else "-infinite"
    style = "+.3f" if signed else ".3f"
    value = "undefined" if isnan(bound.value) else f"{bound.value:{style}}"
    return value if isnan(bound.low) else f"{value} [{bound.low:{style}}, {bound.high:{style}}]"
