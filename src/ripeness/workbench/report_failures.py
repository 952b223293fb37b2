"""Where the war model failed on past wars, as a part of every report's doubts."""

from __future__ import annotations

from ripeness.show.report.page import ReportTable, Section, report_table
from ripeness.study.backtest.known import Known, known


def failures() -> Section:
    """Where the war model failed on past wars."""
    told = known()
    said = (
        f"On {told.wars} interstate wars of {told.years}, each forecast without its own outcome, with generic factions."
        " Brier scores run from 0 to 2; smaller is better."
    )
    return Section(
        "doubt-failures", "Where the model failed on past wars", (said,), (), (_table(told),), (), _failed(told)
    )


def _failed(told: Known) -> tuple[str, ...]:
    start, late, leaders = told.who_wins[0], told.who_wins[-1], told.leaders
    record, model, low, high = told.long_wars
    months, worse, least, most = told.factions[-1]
    wins = (
        f"It does not tell who wins better than plain baselines: {start.model:.3f} against {start.other:.3f} at the "
        f"start, and after {late.months} months it is worse, {late.model:.3f} against {late.other:.3f}."
    )
    long = (
        f"Its long wars end too soon: in months 25 to 48 wars on record end at {record:g} a month, the model's at "
        f"{model:g} ({low:g} to {high:g})."
    )
    factions = (
        "Polities as one person forecast these wars as well at the start and better later: after "
        f"{months} months factions are worse by {worse:.3f} ({least:.3f} to {most:.3f})."
    )
    fallen = (
        f"It does not tell which leaders are forced out: {leaders.model:.3f} against {leaders.other:.3f} for the base "
        f"rate, over {leaders.n} sides."
    )
    return wins, long, factions, fallen


def _table(told: Known) -> ReportTable:
    rows = tuple(
        (
            f"{one.months}",
            f"{one.n}",
            f"{one.other:.3f}",
            f"{one.model:.3f}",
            f"{one.difference:+.3f} ({one.low:+.3f} to {one.high:+.3f})",
        )
        for one in told.who_wins
    )
    head = ("months fought", "wars", "baseline", "war model", "model less baseline, 90 %")
    return report_table("Who wins: Brier scores on past wars", head, rows)
