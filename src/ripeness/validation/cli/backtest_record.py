"""`ripeness backtest --record`: the hazards of past conflicts, scored on conflicts that they have not seen."""

from __future__ import annotations

from pathlib import Path

from ripeness.cli.output import say, say_json


def score_record(
    path: Path,
    interstate: Path | None,
    train: Path | None,
    ship: Path | None,
    *,
    template: bool = False,
    as_json: bool = False,
) -> None:
    """Score a file of terminations by dyad and print the scores."""
    from ripeness.cli.progress import progress_of
    from ripeness.show.terminal import Terminal
    from ripeness.validation.verbs.backtest_record import backtest_record

    with progress_of("conflicts") as progress:
        result = backtest_record(
            path, interstate=interstate, train=train, ship=ship, template=template, progress=progress
        )
    for written in result.shipped:
        say(f"written: {written}", error=True)
    if as_json:
        say_json(result.plain())
        return
    Terminal().print(result.layout())
