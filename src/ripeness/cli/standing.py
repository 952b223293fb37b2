"""`ripeness standing`: questions that are kept by name and forecast anew, each time with one command."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from ripeness.cli.list import JsonFlag
from ripeness.cli.output import say, say_json

app = typer.Typer(help="Keep questions by name, and forecast them anew.", no_args_is_help=True)
TODAY = "today"
NameArgument = Annotated[str, typer.Argument(help="The order's name.")]


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def keep(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name for it, such as east-2027.")],
    verb: Annotated[str, typer.Argument(help="The question: run, sense, options, ...; then its arguments.")],
) -> None:
    """Keep a question: its verb and arguments, as one would ask it now.

    ripeness standing keep east-2027 run war.yaml --by 2027-07-01
    """
    from ripeness.cli.command import typed_question
    from ripeness.show.standing_tables import question_words
    from ripeness.workbench.standing import keep_order, keep_question
    from ripeness.workbench.verbs import declared_verbs, question_of

    if verb not in declared_verbs():
        keep_order(name, verb)  # which says what can be kept
    root: Any = context.find_root().command
    parsed = root.commands[verb].make_context(verb, [*context.args])
    order = keep_question(name, typed_question(question_of(verb), parsed.params))
    say(f"kept as {order.name}: {question_words(order.verb, order.arguments)}")
    say(f"Next: ripeness standing ask {order.name}")


@app.command("list")
def list_(as_json: JsonFlag = False) -> None:
    """List the standing orders, and what each was answered last."""
    from ripeness.show.standing_tables import orders_table
    from ripeness.show.terminal import Terminal
    from ripeness.workbench.standing import orders

    kept = orders()
    if as_json:
        say_json({"orders": [one_order.plain() for one_order in kept]})
    elif kept:
        Terminal().print(orders_table(kept))
    else:
        say("No question is kept yet. Next: ripeness standing keep east-2027 run war.yaml --by 2027-07-01")


@app.command()
def show(name: NameArgument, as_json: JsonFlag = False) -> None:
    """Show every answer of a standing order, the oldest first."""
    from ripeness.show.terminal import Terminal
    from ripeness.workbench.standing import series

    answers = series(name)
    if as_json:
        say_json(answers.plain())
    else:
        Terminal().print(answers.layout())


@app.command()
def ask(
    names: Annotated[list[str] | None, typer.Argument(help="Orders to ask. Default: all.")] = None,
    as_of: Annotated[
        str, typer.Option("--as-of", help="Forecast from this day, or `today`. Default: as the order says.")
    ] = "",
    question: Annotated[
        str, typer.Option("--ledger-question", help="Also enter it in the ledger, as a forecast on this question.")
    ] = "",
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help="In the ledger: OUTCOME=RUN-OUTCOME[,...]; repeatable.")
    ] = None,
    view: Annotated[str, typer.Option("--of", help="In the ledger: model, record, blend, or all.")] = "",
    ledger: Annotated[str | None, typer.Option("--ledger", "-l", help="Which ledger. Default: your own.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Forecast anew with files as they are now, append the answer, and show how it has moved.

    ripeness standing ask east-2027 --ledger-question truce-2027 --map yes=settlement
    """
    from ripeness.cli.progress import progress_of
    from ripeness.show.terminal import Terminal
    from ripeness.workbench.standing import ask as ask_order
    from ripeness.workbench.standing import orders, series
    from ripeness.world.fault import Fault

    wanted = names or [kept.order.name for kept in orders()]
    if not wanted:
        raise Fault("no question is kept yet; `ripeness standing keep NAME VERB ...` keeps one")
    if question and len(wanted) != 1:
        raise Fault("--ledger-question takes the answer of one order; name it")
    day = str(datetime.now(UTC).date()) if as_of == TODAY else as_of or None
    answered = []
    for name in wanted:
        with progress_of() as progress:
            answer = ask_order(name, as_of=day, progress=progress)
        if question:
            _enter(question, answer.folder, (mapping, view, ledger))
        answered.append(series(name))
    if as_json:
        say_json({"orders": [moved.plain() for moved in answered]})
        return
    for moved in answered:
        Terminal().print(moved.layout())


def _enter(question: str, folder: object, settings: tuple[list[str] | None, str, str | None]) -> None:
    """Enter an answer in the ledger, under the date that it is for."""
    from pathlib import Path

    from ripeness.cli.shares import read_mapping
    from ripeness.ledger.verbs import forecast
    from ripeness.store.standing import ANSWER

    mapping, view, ledger = settings
    draft = forecast.ForecastDraft(run=Path(str(folder)) / ANSWER, mapping=read_mapping(mapping), view=view)
    added = forecast.add(
        question, forecast.QuestionDraft(), draft, by=forecast.author(), now=datetime.now(UTC), ledger=ledger
    )
    say(f"entered in the ledger on {question}, settled on {added.question.resolves}", error=True)
