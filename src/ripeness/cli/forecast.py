"""`ripeness forecast`: keep dated forecasts in a ledger, say what came true, and score them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ripeness.cli.forecast_pool import pool
from ripeness.cli.output import say, say_data, say_json
from ripeness.cli.shares import read_mapping, read_shares
from ripeness.store.json_text import plain_value
from ripeness.world.dates import as_day, as_moment

app = typer.Typer(
    help="Keep dated forecasts in a ledger that shows any later change, resolve them, and score them.",
    no_args_is_help=True,
)

_LEDGER = typer.Option("--ledger", "-l", help="SQLite file or postgresql://user@host/db. Default: your own ledger.")
LedgerFlag = Annotated[str | None, _LEDGER]
JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
ByFlag = Annotated[str, typer.Option("--by", help="Who says so. Default: your user name.")]
QuestionArgument = Annotated[str, typer.Argument(help="The question's id, such as truce-2027.")]


@app.command()
def add(
    question: QuestionArgument,
    p: Annotated[list[str] | None, typer.Option("--p", help="OUTCOME=PROBABILITY; repeat for each outcome.")] = None,
    run: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help=(
                "Take probabilities from a kept run (a few letters of its name), or from a saved `ripeness run --json`."
            ),
        ),
    ] = None,
    month: Annotated[
        float | None, typer.Option(help="The run's month to take. Default: the one that --resolves falls on.")
    ] = None,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help="OUTCOME=RUN-OUTCOME[,...]: which outcomes of the run it takes.")
    ] = None,
    view: Annotated[
        str,
        typer.Option("--of", help="Of the run: model, record, blend, or all, each filed as a forecaster of that name."),
    ] = "",
    rationale: Annotated[str, typer.Option(help="Why, in your words.")] = "",
    made: Annotated[str, typer.Option(help="When the forecast was made (UTC), if not now.")] = "",
    text: Annotated[str, typer.Option(help="New question: what is asked.")] = "",
    criteria: Annotated[str, typer.Option(help="New question: how one will know.")] = "",
    opens: Annotated[str, typer.Option(help="New question: first day for forecasts. Default: today.")] = "",
    closes: Annotated[str, typer.Option(help="New question: last day for forecasts. Default: the resolve day.")] = "",
    resolves: Annotated[str, typer.Option(help="New question: day on which it will be settled.")] = "",
    outcomes: Annotated[str, typer.Option(help="New question: A,B,C. Default: yes,no.")] = "",
    ordered: Annotated[bool, typer.Option("--ordered", help="New question: the outcomes stand in order.")] = False,
    topic: Annotated[list[str] | None, typer.Option(help="New question: a topic; repeatable.")] = None,
    base: Annotated[list[str] | None, typer.Option("--base", help="New question: OUTCOME=BASE-RATE.")] = None,
    by: ByFlag = "",
    ledger: LedgerFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Add a question, a forecast, or both.

    ripeness forecast add truce-2027 --text "A truce by 1 July 2027?" --criteria "..." --resolves 2027-07-01 --p yes=.3
    """
    from ripeness.ledger.show import forecast_tables
    from ripeness.ledger.verbs import forecast as workbench

    question_draft = workbench.Asked(
        text,
        criteria,
        as_day(opens or None, "--opens"),
        as_day(closes or None, "--closes"),
        as_day(resolves or None, "--resolves"),
        tuple(name.strip() for name in outcomes.split(",")) if outcomes else (),
        ordered,
        tuple(topic or ()),
        read_shares(base, "--base") or None,
    )
    forecast_draft = workbench.Given(
        read_shares(p, "--p") or None,
        run,
        month,
        read_mapping(mapping),
        rationale,
        as_moment(made or None, "--made"),
        view,
    )
    added = workbench.add(
        question, question_draft, forecast_draft, by=workbench.author(by), now=datetime.now(UTC), ledger=ledger
    )
    _show(plain_value(added) if as_json else None, lambda: forecast_tables.show_added(added))


@app.command("list")
def list_(
    question: Annotated[str, typer.Argument(help="One question, to see every forecast on it.")] = "",
    topic: Annotated[str, typer.Option(help="Only this topic.")] = "",
    status: Annotated[str, typer.Option(help="Only open, closed, due, resolved or annulled.")] = "",
    ledger: LedgerFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """List the questions, or all forecasts on one; exit code 1 if the ledger is not what was written."""
    from ripeness.ledger.show import forecast_tables
    from ripeness.ledger.verbs import forecast as workbench
    from ripeness.world.fault import Fault

    statuses = ("open", "closed", "due", "resolved", "annulled")
    if status and status not in statuses:
        raise Fault(f"--status: {status!r} is none of {', '.join(statuses)}")
    listing = workbench.listing(today=_today(), question=question, topic=topic, status=status, ledger=ledger)
    answer = None
    if as_json:
        answer = plain_value(listing)
        answer["sound"] = listing.sound
        for row, docket in zip(answer["dockets"], listing.dockets, strict=True):
            row["status"] = docket.status(listing.today)
    _show(answer, lambda: forecast_tables.show_question(listing) if question else forecast_tables.show_listing(listing))
    if not listing.sound:
        raise typer.Exit(1)


@app.command()
def resolve(
    question: QuestionArgument,
    source: Annotated[str, typer.Option(help="By which source one knows.")],
    outcome: Annotated[str, typer.Option(help="What came true.")] = "",
    annul: Annotated[
        bool, typer.Option("--annul", help="The question cannot be answered; it counts for nobody.")
    ] = False,
    on: Annotated[str, typer.Option(help="The day since which it is known. Default: today.")] = "",
    correct: Annotated[
        bool, typer.Option("--correct", help="Correct an earlier resolution; that one stays readable.")
    ] = False,
    note: Annotated[str, typer.Option(help="Anything a reader should know.")] = "",
    by: ByFlag = "",
    ledger: LedgerFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Say what came true, or annul a question."""
    from ripeness.ledger.show import forecast_tables
    from ripeness.ledger.verbs import forecast as workbench

    added = workbench.resolve(
        question,
        outcome=outcome,
        on=as_day(on or None, "--on") or _today(),
        source=source,
        by=workbench.author(by),
        now=datetime.now(UTC),
        annul=annul,
        correct=correct,
        note=note,
        ledger=ledger,
    )
    _show(plain_value(added) if as_json else None, lambda: forecast_tables.show_added(added))


@app.command()
def score(
    topic: Annotated[str, typer.Option(help="Only questions on this topic.")] = "",
    by: Annotated[str, typer.Option("--by", help="Only this forecaster.")] = "",
    include_late: Annotated[
        bool, typer.Option("--include-late", help="Count forecasts that were written down only after closing, too.")
    ] = False,
    as_of: Annotated[str, typer.Option(help="Score as on this day. Default: today.")] = "",
    unverified: Annotated[
        bool, typer.Option("--unverified", help="Score what can still be read of a ledger that was changed.")
    ] = False,
    ledger: LedgerFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Score the forecasts on questions that are past their date: scores, gains, calibration, discrimination."""
    from ripeness.ledger.show import forecast_tables
    from ripeness.ledger.verbs import forecast as workbench

    sheet = workbench.score(
        as_of=as_day(as_of or None, "--as-of") or _today(),
        topic=topic,
        by=by,
        late=include_late,
        unverified=unverified,
        ledger=ledger,
    )
    _show(plain_value(sheet) if as_json else None, lambda: forecast_tables.show_scores(sheet))


app.command()(pool)


@app.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(help="x.json (sealed, lossless) or x.csv. Default: standard output.")
    ] = None,
    form: Annotated[str, typer.Option("--as", help="json or csv, if the file's name does not say.")] = "",
    ledger: LedgerFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Write the whole ledger to a file that others can read and check."""
    from ripeness.ledger.show import forecast_tables
    from ripeness.ledger.verbs import forecast as workbench

    summary, text = workbench.export(file, form=form or ("json" if as_json and file is None else ""), ledger=ledger)
    if file is None:
        say_data(text)
        return
    _show(plain_value(summary) if as_json else None, lambda: forecast_tables.show_exchange(summary, "written to"))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A JSON or CSV file from `export`, or a table of new records.")],
    as_new: Annotated[
        bool, typer.Option("--as-new", help="Add the file's lines as new entries of this ledger.")
    ] = False,
    ledger: LedgerFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Read an exported ledger, or a table of new questions, forecasts and resolutions."""
    from ripeness.ledger.show import forecast_tables
    from ripeness.ledger.verbs import forecast as workbench

    summary = workbench.import_file(file, now=datetime.now(UTC), as_new=as_new, ledger=ledger)
    for note in summary.notes:
        say(f"note: {note}", error=True)
    _show(plain_value(summary) if as_json else None, lambda: forecast_tables.show_exchange(summary, "read from"))


@app.command()
def verify(
    head: Annotated[
        str, typer.Option(help="A head noted earlier, 12 digits or more: shows a ledger that was rewritten as a whole.")
    ] = "",
    ledger: LedgerFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Check that nothing in the ledger was changed, removed or moved; exit code 1 if something was."""
    from ripeness.ledger.show import forecast_tables
    from ripeness.ledger.verbs import forecast as workbench

    ledger_check = workbench.verify(head=head, ledger=ledger)
    _show(
        {**plain_value(ledger_check), "sound": ledger_check.sound} if as_json else None,
        lambda: forecast_tables.show_check(ledger_check),
    )
    if not ledger_check.sound:
        raise typer.Exit(1)


@app.command()
def migrate(ledger: LedgerFlag = None, as_json: JsonFlag = False) -> None:
    """Bring an old ledger into the present form; every other verb does so by itself."""
    from ripeness.ledger.show import forecast_tables
    from ripeness.ledger.verbs import forecast as workbench

    place, move = workbench.migrate(ledger=ledger)
    _show(
        {"place": place, **plain_value(move)} if as_json else None,
        lambda: forecast_tables.show_migration(place, move),
    )


def _show(answer: Any, table: Any) -> None:
    if answer is None:
        table()
    else:
        say_json(answer, indent=1)


def _today() -> date:
    return datetime.now(UTC).date()
