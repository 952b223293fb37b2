"""The track record in sentences: were forecasts right as often as they said, and better than past wars alone?"""

from __future__ import annotations

from ripeness.ledger.scores.calibration import Bin
from ripeness.ledger.show.score_words import even_score
from ripeness.show.words import percent
from ripeness.validation.backtest.track_record import TrackedConflicts, TrackedForecasts, TrackRecord
from ripeness.workbench.known_failures import KnownFailures

ENDS = 3  # ways to end that are told apart: who began the war wins, the other side wins, neither
UNSEEN = (
    (
        "How factions decide cannot be tested on these wars: nobody has coded the factions of past wars. It rests on "
        "tests of its parts and on documented decisions, below."
    ),
    (
        "No civil war with its factions has been scored. For civil wars the weight of past conflicts in a forecast is "
        "a judgement; it is learnt for wars between states alone."
    ),
)


def fought_words(months: int) -> str:
    """When forecasts are made.

    >>> fought_words(0), fought_words(1), fought_words(6)
    ('at the start', 'after 1 month', 'after 6 months')
    """
    return "at the start" if months == 0 else f"after {months} month{'s' if months != 1 else ''}"


def inside_count(bins: tuple[Bin, ...]) -> int:
    """Groups of forecasts that came true as often as was said, as far as so few can show."""
    return sum(part.inside for part in bins)


def calibration_words(tracked: TrackedForecasts) -> str:
    """Whether the blend was right as often as it said."""
    bins = tracked.bins["blend"]
    inside, groups = inside_count(bins), len(bins)
    wars = f"{tracked.wars} wars"
    if inside == groups:
        verdict = "came true about as often as they said"
        return f"Forecasts made {fought_words(tracked.months_fought)} {verdict}, as far as {wars} can show."
    off = max((part for part in bins if not part.inside), key=lambda part: abs(part.mean - part.share.value))
    return (
        f"Forecasts made {fought_words(tracked.months_fought)} came true about as often as they said in {inside} of "
        f"{groups} groups, as far as {wars} can show; where they said {percent(off.mean)} on average, "
        f"{percent(off.share.value)} came true."
    )


def gain_words(tracked: TrackedForecasts) -> str:
    """Whether simulations add something to what past wars tell."""
    gap = tracked.less_record
    scores = f"Brier score {tracked.blend:.3f}, against {tracked.record:.3f} for past wars alone"
    interval = f"difference {gap.value:+.3f}, 90 % interval {gap.low:+.3f} to {gap.high:+.3f}"
    if gap.high < 0:
        return f"Simulations made them better than past wars alone: {scores} ({interval})."
    if gap.low > 0:
        return f"Simulations made them worse than past wars alone: {scores} ({interval})."
    return f"Simulations made no difference to past wars alone that so few wars can show: {scores} ({interval})."


def alone_words(tracked: TrackedForecasts) -> str:
    """How the simulations did without past wars."""
    even = even_score(ENDS)
    better = "no better than" if tracked.model >= tracked.record else "better than"
    return (
        f"Simulations alone: {tracked.model:.3f}, {better} past wars alone; saying the same of all outcomes scores "
        f"{even:.3f}. Smaller is better."
    )


def conflict_words(record: TrackRecord, over: TrackedConflicts) -> str:
    """Whether the regression of past conflicts says when they end."""
    inside, groups = inside_count_of_bands(over.bins), len(over.bins)
    return (
        f"Past conflicts alone, which carry most of each forecast, say well when a conflict ends: of "
        f"{over.forecasts:,} forecasts for {over.months_ahead} months ahead on {record.conflicts} conflicts since "
        f"1946 they said {percent(over.mean)} over, and {percent(over.share)} were; {inside} of {groups} groups lie "
        "within what chance allows. Each conflict is forecast by all others. Forward in time they do less well: "
        "conflicts since 2005 last longer than earlier ones."
    )


def inside_count_of_bands(bins: tuple[Bin, ...]) -> int:
    """Groups whose share lies within the band that the forecasts allow."""
    return sum(part.share.low <= part.share.value <= part.share.high for part in bins)


def failure_words(failures: KnownFailures) -> tuple[str, ...]:
    """What the simulations are known to fail at, in plain words."""
    start, late, leaders = failures.who_wins[0], failures.who_wins[-1], failures.leaders
    record, model, low, high = failures.long_wars
    months, difference, least, most = failures.factions[-1]
    return (
        (
            f"Who wins: Brier score {start.model:.2f} against {start.other:.2f} for the rate of the era at the start, "
            f"and after {late.months} months worse than a regression on losses, {late.model:.2f} against "
            f"{late.other:.2f}."
        ),
        (
            f"Long wars end too soon: in the third and fourth year {100 * record:.1f} % of the wars on record end in a "
            f"month, and {100 * model:.1f} % of the simulated ones ({100 * low:.0f} to {100 * high:.0f} %)."
        ),
        (
            f"Rival factions that are not coded for a war forecast past wars worse than one leader a side: by "
            f"{difference:.3f} after {months} months ({least:+.3f} to {most:+.3f})."
        ),
        (
            f"Which leaders are forced out: Brier score {leaders.model:.3f} against {leaders.other:.3f} for the usual "
            f"rate, over {leaders.n} sides."
        ),
        *UNSEEN,
    )
