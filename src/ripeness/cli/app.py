"""The commands of the product: declared verbs are made from their declarations, the others lie in a file each.

Heavy imports stay inside the verbs. `ripeness.main` adds the commands of the proof and starts the program.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from ripeness.cli import (
    cases,
    check,
    cite,
    diff,
    export,
    forecast,
    list,
    new,
    pack,
    schema,
    serve,
    show,
    standing,
    unpack,
    verify,
)
from ripeness.cli.command import Printer, command
from ripeness.cli.elicit import ElicitPrinter
from ripeness.cli.infer import InferPrinter
from ripeness.cli.output import say
from ripeness.cli.printers import (
    DecidePrinter,
    IndicatorsPrinter,
    MechanismsPrinter,
    RecordPrinter,
    ReportPrinter,
    StoryPrinter,
    WhatIfPrinter,
)
from ripeness.cli.run import RunPrinter
from ripeness.cli.streams import open_streams
from ripeness.workbench.verbs import declared_verbs, question_of

# Verbs whose answer is written in a way of its own; all others use `Printer` as it is.
PRINTERS = {
    "run": RunPrinter(),
    "infer": InferPrinter(),
    "elicit": ElicitPrinter(),
    "mechanisms": MechanismsPrinter(),
    "story": StoryPrinter(),
    "whatif": WhatIfPrinter(),
    "indicators": IndicatorsPrinter(),
    "decide": DecidePrinter(),
    "record": RecordPrinter(),
    "report": ReportPrinter(),
}


def _tell_version(wanted_version: bool) -> None:
    if wanted_version:
        from ripeness.world.version import __version__

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


for _verb in declared_verbs():
    app.command(_verb)(command(question_of(_verb), PRINTERS.get(_verb, Printer())))
app.command()(cases.cases)
app.command()(new.new)
app.command()(check.check)
app.command()(cite.cite)
app.command()(schema.schema)
app.command()(serve.serve)
app.command()(list.list)
app.command()(show.show)
app.command()(diff.diff)
app.command()(verify.verify)
app.command()(pack.pack)
app.command()(unpack.unpack)
app.command()(export.export)
app.add_typer(forecast.app, name="forecast")
app.add_typer(standing.app, name="standing")


def main(commands: typer.Typer = app, add_pages: Callable[[], None] | None = None) -> None:
    """Run the command line; a Fault becomes its message on standard error and exit code 2.

    `add_pages` is called before the workbench is served: it adds pages that are not the product's own.
    """
    from ripeness.world.fault import ArgumentFault, Fault  # kept out of start-up

    gc.set_threshold(GARBAGE)
    try:
        with open_streams():
            commands(obj=add_pages)
    except Fault as fault:
        with open_streams():
            for shown_fault in (fault, *fault.others):
                say(shown_fault.as_flags() if isinstance(shown_fault, ArgumentFault) else shown_fault, error=True)
        sys.exit(2)
