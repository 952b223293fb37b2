"""The commands of the proof, in the order in which `ripeness --help` shows them."""

from __future__ import annotations

import typer

from ripeness.validation.cli import backtest, calibrate, councils, history, recovery

app = typer.Typer()
app.command()(calibrate.calibrate)
app.command()(backtest.backtest)
app.add_typer(history.app, name="history")
councils.app.command()(recovery.recover)
app.add_typer(councils.app, name="councils")
