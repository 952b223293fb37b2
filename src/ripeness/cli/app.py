"""The command `ripeness`: one file a verb, each registered here; heavy imports stay inside the verbs."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from ripeness.cli import (
    backtest,
    calibrate,
    cases,
    check,
    cite,
    councils,
    decide,
    diff,
    discover,
    export,
    flip,
    forecast,
    history,
    indicators,
    infer,
    list,
    map,
    new,
    options,
    pack,
    report,
    ripe,
    run,
    schema,
    sense,
    serve,
    show,
    story,
    unpack,
    verify,
    whatif,
)
from ripeness.cli.output import say
from ripeness.cli.streams import open_streams


def _tell_version(asked: bool) -> None:
    if asked:
        from ripeness import __version__

        say(f"ripeness {__version__}")
        raise typer.Exit


GARBAGE = 50_000  # new objects between two looks for circles: at 700 they cost a twentieth of a short command
app = typer.Typer(
    name="ripeness",
    help="Forecast how wars end when no single actor decides.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help pages halve the time that `--help` takes
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def ripeness(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="Print the version and stop.")
    ] = False,
) -> None:
    """Forecast how wars end when no single actor decides."""


app.command()(run.run)
app.command()(infer.infer)
app.command()(story.story)
app.command()(ripe.ripe)
app.command()(options.options)
app.command()(whatif.whatif)
app.command()(flip.flip)
app.command()(sense.sense)
app.command()(discover.discover)
app.command()(indicators.indicators)
app.command()(map.map)
app.command()(cases.cases)
app.command()(new.new)
app.command()(check.check)
app.command()(cite.cite)
app.command()(decide.decide)
app.command()(schema.schema)
app.command()(serve.serve)
app.command()(calibrate.calibrate)
app.command()(backtest.backtest)
app.command()(list.list)
app.command()(show.show)
app.command()(diff.diff)
app.command()(verify.verify)
app.command()(pack.pack)
app.command()(unpack.unpack)
app.command()(export.export)
app.command()(report.report)
app.add_typer(history.app, name="history")
app.add_typer(councils.app, name="councils")
app.add_typer(forecast.app, name="forecast")


def main() -> None:
    """Run the command line; a Fault becomes its message on standard error and exit code 2."""
    from ripeness.world.fault import Fault  # kept out of start-up

    gc.set_threshold(GARBAGE)
    try:
        with open_streams():
            app()
    except Fault as fault:
        with open_streams():
            for one in (fault, *fault.others):
                say(one, error=True)
        sys.exit(2)
