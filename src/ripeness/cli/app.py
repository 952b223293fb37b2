"""The command `ripeness`: one file a verb, each registered here; heavy imports stay inside the verbs."""

from __future__ import annotations

import sys

import typer

from ripeness.cli import check, cite, decide, forecast, new, run, schema, story

app = typer.Typer(
    name="ripeness",
    help="Forecast how wars end when no single actor decides.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help pages halve the time that `--help` takes
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(run.run)
app.command()(story.story)
app.command()(new.new)
app.command()(check.check)
app.command()(cite.cite)
app.command()(decide.decide)
app.command()(schema.schema)
app.add_typer(forecast.app, name="forecast")


def main() -> None:
    """Run the command line; a Fault becomes its message on standard error and exit code 2."""
    from ripeness.world.fault import Fault  # kept out of start-up

    try:
        app()
    except Fault as fault:
        for one in (fault, *fault.others):
            print(one, file=sys.stderr)
        sys.exit(2)
