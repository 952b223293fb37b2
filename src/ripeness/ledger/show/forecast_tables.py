"""The ledger in a terminal: tables that fit 80 columns, and what to do next."""

from __future__ import annotations

from datetime import datetime
from math import isinf, isnan
from shlex import quote
from typing import TYPE_CHECKING

from rich.text import Text

from ripeness.show.cell import TableCell, number_cell, numbers, row, styled, words
from ripeness.show.number_cells import interval_cell, range_cell
from ripeness.show.table import Table, text_table
from ripeness.show.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ripeness.ledger.book.docket import Docket
    from ripeness.ledger.book.migrate import Migration
    from ripeness.ledger.scores.interval import ScoreInterval
    from ripeness.ledger.scores.sheet import ScoreSheet, ScoreSummary
    from ripeness.ledger.verbs.forecast import AddedRecords, ExchangeSummary, LedgerCheck, LedgerListing

SHORT = 12  # hex digits of a hash that a person copies
BESIDE = 36  # letters of outcomes that stand beside one another in 80 columns
FEW = 4  # outcomes that a list of questions shows
MANY = 20  # broken lines that are named; the rest is counted
_ORDER = ("due", "open", "closed", "resolved", "annulled")


def show_added(added: AddedRecords) -> None:
    """Say what was written and how to go on."""
    out = _out()
    question = added.question
    for entry in added.entries:
        out.print(Text.assemble(f"Entry {entry.seq}: {entry.kind} on ", (entry.question, "bold")))
    if added.forecast is not None:
        shares = added.forecast.probabilities
        out.print("  " + "   ".join(f"{name} {shares[name]:.1%}" for name in question.outcomes))
        provenance = added.forecast.provenance
        if "on" in provenance:
            out.print(
                f"  What the run says of month {provenance['month']:g}, {provenance['on']}, settled "
                f"on {question.resolves}"
            )
        never = [name for name in question.outcomes if shares[name] == 0]
        if never:
            out.print(f"  Note: {', '.join(never)} at 0 says it cannot happen; if it does, the log score is infinite.")
        if datetime.fromisoformat(added.entries[-1].recorded).date() > question.closes:
            out.print("  Note: written down after the question closed; it counts only with score --include-late.")
    elif added.entries[-1].kind == "question":
        share = " ".join(f"--p {quote(f'{name}=...')}" for name in question.outcomes)
        out.print(f"  Next: ripeness forecast add {question.id} {share}")
    if added.entries[-1].kind == "resolution":
        out.print("  Next: ripeness forecast score")
    out.print(f"Ledger {added.place}, head {added.head.hash[:SHORT]}", style="dim", soft_wrap=True)


def show_listing(listing: LedgerListing) -> None:
    """Show one row a question, those that wait for somebody first."""
    out = _out()
    _warn(out, listing.breaks)
    if not listing.dockets:
        _nothing(out, listing)
        return
    rows = []
    for docket in sorted(
        listing.dockets,
        key=lambda docket: (_ORDER.index(docket.status(listing.today)), docket.question.resolves),
    ):
        question = docket.question
        rows.append(
            row(
                styled((question.id, "bold"), f"\n{question.text}"),
                docket.status(listing.today),
                str(question.closes),
                str(question.resolves),
                number_cell(str(len(docket.forecasts)), len(docket.forecasts)),
                _latest(docket),
            )
        )
    headings = ("question", "status", "closes", "resolves", "n", "latest of each, mean")
    out.print(text_table(headings, rows, numeric=("n",)))
    due = [
        show_question.question.id for show_question in listing.dockets if show_question.status(listing.today) == "due"
    ]
    if due:
        out.print(f"\n{len(due)} past the date without an outcome. Next:")
        out.print(f"  ripeness forecast resolve {due[0]} --outcome ... --source ...")
    out.print("\nn: forecasts. One question in full: ripeness forecast list ID", style="dim")


def show_question(listing: LedgerListing) -> None:
    """Show one question with its criteria, every forecast and what came true."""
    out, docket = _out(), listing.dockets[0]
    _warn(out, listing.breaks)
    question = docket.question
    out.print(Text.assemble((question.id, "bold"), f"  {docket.status(listing.today)}\n{question.text}"))
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
        verdict = ("annulled", "") if resolution.annulled else (resolution.outcome, "bold")
        out.print(
            Text.assemble(
                f"Entry {seq}: {'' if resolution.annulled else 'came true: '}",
                verdict,
                f"{stands}; known since {resolution.on}, source: {resolution.source}",
            )
        )


def _forecasts(docket: Docket) -> Table:
    """Every forecast on a question: a column for each outcome, or one below the other where they are many or long."""
    outcomes = docket.question.outcomes
    beside = sum(len(name) + 2 for name in outcomes) <= BESIDE
    columns = [numbers("entry"), words("made (UTC)"), words("by")]
    columns += [numbers(name) for name in outcomes] if beside else [words("probabilities")]
    rows = []
    for dated in docket.forecasts:
        shares = dated.forecast.probabilities
        late = " (written late)" if docket.late(dated) else ""
        cells: list[TableCell | str] = [
            number_cell(f"{shares[name]:.1%}", 100 * shares[name], "%") for name in outcomes
        ]
        if not beside:
            cells = ["\n".join(f"{f'{shares[name]:.1%}':>6} {name}" for name in outcomes)]
        made = f"{dated.forecast.made:%Y-%m-%d %H:%M}{late}"
        rows.append(row(number_cell(str(dated.seq), dated.seq), made, dated.forecast.by, *cells))
    return text_table(columns, rows)


def _warn(out: Terminal, breaks: Sequence[object]) -> None:
    """Say before anything else that a ledger is not what was written."""
    if not breaks:
        return
    out.print("This ledger is NOT what was written; only what can still be read is shown.", style="bold red")
    _broken(out, breaks)
    out.print("`ripeness forecast verify` names every line.\n")


def _broken(out: Terminal, breaks: Sequence[object]) -> None:
    for broken in breaks[:MANY]:
        out.print(f"  {broken}")
    if len(breaks) > MANY:
        out.print(f"  and {len(breaks) - MANY} more")


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
        if any("no outcome" in why for why in sheet.left_out):
            out.print("Next: ripeness forecast list --status due")
    for why, names in sheet.left_out.items():
        out.print(f"Left out, {why}: {', '.join(names)}")
        if "too late" in why:
            out.print("  (they count with --include-late)", style="dim")


def show_exchange(summary: ExchangeSummary, done: str) -> None:
    """Say how many entries went to or came from a file."""
    skipped = f", {summary.skipped} were there already" if summary.skipped else ""
    _out().print(f"{summary.entries} entries {done} {summary.file}{skipped}. Ledger {summary.place}", soft_wrap=True)


def show_check(ledger_check: LedgerCheck) -> None:
    """Say that the ledger is sound, or name each line that is not."""
    out = _out()
    if ledger_check.sound:
        out.print(f"Sound: {ledger_check.entries} entries in {ledger_check.place}, each sealed with the one before it.")
        out.print(f"Head {ledger_check.head.hash}")
        return
    out.print(Text.assemble(("Not what was written", "bold"), f": {ledger_check.place}"))
    _broken(out, ledger_check.breaks)
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


def _nothing(out: Terminal, listing: LedgerListing) -> None:
    if listing.exists:
        out.print("No question fits.")
    else:
        out.print(f"There is no ledger at {listing.place} yet. The first question begins one:")
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
    last = {dated.forecast.by: dated.forecast.probabilities for dated in docket.forecasts}
    if not last:
        return "no forecast yet"
    mean = {name: sum(shares[name] for shares in last.values()) / len(last) for name in docket.question.outcomes}
    likeliest = sorted(mean.items(), key=lambda pair: -pair[1])
    more = [f"and {len(likeliest) - FEW} more"] if len(likeliest) > FEW else []
    return "\n".join([*(f"{name} {share:.0%}" for name, share in likeliest[:FEW]), *more])


def _scores(rows: list[ScoreSummary], people: int) -> Table:
    heads = ("n", "Brier", "log", "ranked")
    lines = []
    for number, summary in enumerate(rows):
        name = "all" if number == 0 else summary.name if number <= people else f"topic: {summary.name}"
        count = number_cell(str(summary.questions), summary.questions)
        lines.append(row(name, count, *map(_score_cell, (summary.brier, summary.log, summary.ranked))))
    return text_table(("", *heads), lines, numeric=heads)


def _gains(out: Terminal, rows: list[ScoreSummary]) -> None:
    names = list(dict.fromkeys(name for summary in rows for name in summary.gains))
    if not names:
        return
    lines = [
        row(
            summary.name,
            *(
                _score_cell(summary.gains[name]["brier"], signed=True) if name in summary.gains else ""
                for name in names
            ),
        )
        for summary in rows
    ]
    out.print()
    out.print(text_table(("Brier better than", *names), lines, numeric=names))
    out.print("Above 0 is better; an interval that holds 0 shows no difference.", style="dim")


def _calibration(out: Terminal, sheet: ScoreSheet) -> None:
    heads = ("n", "mean", "came true", "90 %", "")
    rows = []
    for one_bin in sheet.calibration:
        share = one_bin.share
        rows.append(
            row(
                range_cell(f"{one_bin.low:.0%} to {one_bin.high:.0%}", 100 * one_bin.low, 100 * one_bin.high, unit="%"),
                number_cell(str(one_bin.n), one_bin.n),
                number_cell(f"{one_bin.mean:.0%}", 100 * one_bin.mean, "%"),
                number_cell(f"{share.value:.0%}", 100 * share.value, "%"),
                range_cell(f"{share.low:.0%} to {share.high:.0%}", 100 * share.low, 100 * share.high, unit="%"),
                "" if one_bin.inside else "off",
            )
        )
    out.print(Text.assemble(("\nCalibration", "bold"), ": of what was called so likely, how much came true"))
    out.print(text_table(("called", *heads), rows, numeric=heads))
    if sum(one_bin.n for one_bin in sheet.calibration) > sheet.overall.questions:
        out.print("n counts probabilities, several on one question: true intervals are wider. --by shows one person.")
    area = sheet.discrimination
    if isnan(area.value):
        out.print("Discrimination: needs things that came true and things that did not.")
    else:
        out.print(f"Discrimination {_range(area)}: .5 is a coin, 1 a perfect order.")


def _score_cell(bound: ScoreInterval, *, signed: bool = False) -> TableCell:
    """A score as it is written, with its numbers; infinite and undefined ones are words."""
    finite = bound.n and not isinf(bound.value)
    text = _range(bound, signed=signed)
    return interval_cell(text, bound.value, bound.low, bound.high) if finite else number_cell(text, None)


def _range(bound: ScoreInterval, *, signed: bool = False) -> str:
    """Write a value with its 90 % interval, or what there is of it."""
    if bound.n == 0:
        return ""
    if isinf(bound.value):
        return "infinite" if bound.value > 0 else "-infinite"
    style = "+.3f" if signed else ".3f"
    value = "undefined" if isnan(bound.value) else f"{bound.value:{style}}"
    return value if isnan(bound.low) else f"{value} [{bound.low:{style}}, {bound.high:{style}}]"
