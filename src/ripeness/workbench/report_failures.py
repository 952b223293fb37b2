"""Where the war model failed on past wars, as a part of every report's doubts."""

from __future__ import annotations

from ripeness.show.report.page import Grid, Section
from ripeness.study.backtest.known import Known, known


def failures() -> Section:
    """Where the war model failed on past wars."""
    record = known()
    paragraph = (
        f"On {record.wars} interstate wars of {record.years}, each forecast without its own outcome, with generic "
        "factions. Brier scores run from 0 to 2; smaller is better."
    )
    return Section(
        "doubt-failures",
        "Where the model failed on past wars",
        (paragraph,),
        (),
        (_table(record),),
        (),
        _failed(record),
    )


def _failed(on_record: Known) -> tuple[str, ...]:
    start, late, leaders = on_record.who_wins[0], on_record.who_wins[-1], on_record.leaders
    record, model, low, high = on_record.long_wars
    months, worse, factions_low, factions_high = on_record.factions[-1]
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
        f"{months} months factions are worse by {worse:.3f} ({factions_low:.3f} to {factions_high:.3f})."
    )
    leaders_sentence = (
        f"It does not tell which leaders are forced out: {leaders.model:.3f} against {leaders.other:.3f} for the base "
        f"rate, over {leaders.n} sides."
    )
    return wins, long, factions, leaders_sentence


def _table(on_record: Known) -> Grid:
    rows = tuple(
        (
            f"{row.months}",
            f"{row.n}",
            f"{row.other:.3f}",
            f"{row.model:.3f}",
            f"{row.difference:+.3f} ({row.low:+.3f} to {row.high:+.3f})",
        )
        for row in on_record.who_wins
    )
    head = ("months fought", "wars", "baseline", "war model", "model less baseline, 90 %")
    return Grid("Who wins: Brier scores on past wars", head, rows)
