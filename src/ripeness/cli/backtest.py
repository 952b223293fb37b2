"""`ripeness backtest`: past wars forecast as they could have been, and what that scored."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from ripeness.workbench.backtest import Backtest


def backtest(
    wars: Annotated[Path | None, typer.Option("--wars", help="A tidy file of past wars.")] = None,
    participants: Annotated[Path | None, typer.Option("--participants", help="Their participants.")] = None,
    months: Annotated[Path | None, typer.Option("--months", help="Deaths known by month.")] = None,
    laws: Annotated[Path | None, typer.Option("--laws", help="Fitted laws from calibrate --out. None: the shipped ones.")] = None,
    train: Annotated[Path | None, typer.Option("--train", help="Wars that teach baselines and pool. None: the same file.")] = None,
    train_participants: Annotated[Path | None, typer.Option("--train-participants", help="Participants of --train.")] = None,
    train_months: Annotated[Path | None, typer.Option("--train-months", help="Months of --train.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same scores.")] = 1,
    runs: Annotated[int, typer.Option("--runs", help="Wars fought of each kind at each point of the laws.")] = 16,
    ablation: Annotated[bool, typer.Option("--ablation/--no-ablation", help="Fight the same wars with unitary polities.")] = True,
    exact: Annotated[bool, typer.Option("--exact", help="Fit the laws anew in five folds: five calibrations long.")] = False,
    keep: Annotated[Path | None, typer.Option("--keep", help="Folder for the rounds of --exact.")] = None,
    councils_eu: Annotated[Path | None, typer.Option("--councils-eu", help="DEU III: hold the rules of decision against it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Forecast past wars after 0, 1, 3, 6 and 12 months from what was known by then; score them beside plain baselines.

    ripeness backtest --wars wars.csv --participants participants.csv --months months.csv
    """
    from ripeness.world.fault import Fault

    if councils_eu is not None:
        _councils(councils_eu, seed, as_json)
    if wars is None:
        if councils_eu is None:
            raise Fault("name a file of past wars with --wars, or of EU decisions with --councils-eu")
        return
    from ripeness.cli.progress import Progress, announce_compiling
    from ripeness.workbench.backtest import backtest as work

    announce_compiling()
    teachers = [] if train is None else [train, train_participants, train_months]
    progress = Progress("steps")
    try:
        found = work(
            wars, participants, months, laws=laws, train=teachers, seed=seed, runs=runs, with_ablation=ablation, exact=exact,
            keep=keep, progress=progress,
        )  # fmt: skip
    finally:
        progress.clear()
    for fault in found.record.faults:
        print(fault, file=sys.stderr)
    if as_json:
        print(json.dumps(found.plain(), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _show(found)


def _show(found: Backtest) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    _scores(console, found)
    lines: list[list[object]] = [[c.feature, f"{c.record:.3f}", f"{c.median:.3f} [{c.low:.3f}, {c.high:.3f}]", "" if c.inside else "MISS"] for c in found.checks]
    _table(console, "The record beside records drawn from the fitted model (90 % range)", ["feature", "record", "model", ""], lines)
    lines = [[a.months_fought, a.n, f"{a.factional:.3f}", f"{a.unitary:.3f}", f"{a.difference:+.3f} [{a.low:+.3f}, {a.high:+.3f}]"] for a in found.ablation]
    _table(console, "Ablation: factional less unitary polities, Brier (90 % paired)", ["months", "n", "factional", "unitary", "difference"], lines)
    lines = [[d.model, d.n, f"{d.crps:.3f}", f"{d.median_error_days:.0f}", f"{d.crps_minus_baseline:+.3f} [{d.low:+.3f}, {d.high:+.3f}]"] for d in found.lengths]
    _table(console, "How long: CRPS of log days, median error in days, less log-normal", ["model", "n", "CRPS", "days", "difference"], lines)
    lines = [[e.model, e.n, f"{e.brier:.3f}", f"{e.brier_minus_baseline:+.3f} [{e.low:+.3f}, {e.high:+.3f}]"] for e in found.exits]
    _table(console, "Leaders forced out by a year after the end: Brier", ["model", "n", "Brier", "less base rate"], lines)
    _notes(console, found)


def _scores(console: Console, found: Backtest) -> None:
    lines: list[list[object]] = [
        [s.months_fought, s.model, s.n, f"{s.brier:.3f}", f"{s.log:.3f}", f"{s.ranked:.3f}", f"{s.brier_minus_baseline:+.3f} [{s.low:+.3f}, {s.high:+.3f}]"]
        for s in found.scores
    ]
    _table(console, "Held out; difference from era (month 0) or era+loss (later), 90 % paired", ["months", "model", "n", "Brier", "log", "ranked", "less baseline"], lines)


def _notes(console: Console, found: Backtest) -> None:
    for month, slope in found.slopes.items():
        console.print(f"month {month}: calibration slope of the pool {slope.value:.2f} [{slope.low:.2f}, {slope.high:.2f}], "
                      f"differences from the baseline that would show four times in five: war {found.detectable[month]['war']:.3f}, "
                      f"pool {found.detectable[month]['pool']:.3f} (n = {slope.n})")
    worst = max(found.trust.values(), default=0.0)
    console.print(f"leave one out: laws worth {found.effective:.0f} points; largest Pareto k {worst:.2f} (trusted below 0.7)")
    from ripeness.workbench.backtest import CAUTION

    console.print(CAUTION, style="dim")


def _table(console: Console, title: str, headings: Sequence[str], lines: Sequence[Sequence[object]]) -> None:
    from rich.table import Table

    if not lines:
        return
    table = Table(title=title, title_justify="left")
    for n, heading in enumerate(headings):
        table.add_column(heading, justify="left" if n == 0 else "right")
    for line in lines:
        table.add_row(*(str(cell) for cell in line))
    console.print(table)


def _councils(path: Path, seed: int, as_json: bool) -> None:
    from dataclasses import asdict

    from rich.console import Console

    from ripeness.workbench.backtest import backtest_councils

    councils, rows = backtest_councils(path, seed)
    for fault in councils.faults:
        print(fault, file=sys.stderr)
    if as_json:
        print(json.dumps({"issues": len(councils.issues), "interval": 0.9, "rules": [asdict(row) for row in rows]}, indent=2, allow_nan=False))
        return
    lines: list[list[object]] = [
        [r.half, r.rule, r.power, r.n, f"{r.error:.2f} [{r.low:.2f}, {r.high:.2f}]", f"{r.minus_baseline:+.2f} [{r.difference_low:+.2f}, {r.difference_high:+.2f}]"]
        for r in rows
    ]
    title = "Mean absolute error in points of 100; less the weighted mean (90 %, proposals drawn anew)"
    _table(Console(highlight=False), title, ["half", "rule", "power", "n", "error", "difference"], lines)
