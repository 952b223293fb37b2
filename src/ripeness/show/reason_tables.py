"""Reason tables: why an option is worth more to a faction than to continue, though it violates its stated terms."""

from __future__ import annotations

from ripeness.show.cell import StyledText, decimal_cell, dim, number_cell, numbers, row
from ripeness.show.number_cells import faction_name
from ripeness.show.table import Table, numeric_table
from ripeness.show.words import bare_percent, percent
from ripeness.study.options.compare import Options
from ripeness.study.options.reasons import OFTEN
from ripeness.world.wording import join_words

STAKES = "stakes"
PARTS = ("share", "fighting", "fate", "terms")
SIGN = "+.2f"


def reason_tables(options: Options) -> tuple[Table, ...]:
    """The table of reasons; none where no option that violates stated terms is worth more than to continue."""
    return (reason_table(options),) if options.reasons else ()


def reason_table(options: Options) -> Table:
    """Each such option and faction, with the parts of the difference, which add up."""
    rows = [
        row(
            f"{reason.option}: {faction_name(reason.polity, reason.faction, options.names)}",
            decimal_cell(reason.stated),
            number_cell(bare_percent(reason.below), 100 * reason.below),
            number_cell(f"{reason.more.mean:{SIGN}}", reason.more.mean, low=reason.more.low, high=reason.more.high),
            *(decimal_cell(getattr(reason, part), SIGN) for part in PARTS),
            number_cell(bare_percent(reason.bluff), 100 * reason.bluff),
        )
        for reason in options.reasons
    ]
    columns = [
        numbers("states", "own share of the stake"),
        numbers("ends\nbelow, %", "% of runs"),
        numbers("worth\nmore", STAKES),
        numbers("stake", STAKES),
        numbers("fighting", STAKES),
        numbers("fate,\npeace", STAKES),
        numbers("terms", STAKES),
        numbers("bluff,\n%", "%"),
    ]
    note = (
        f"Options that end below a faction's stated terms in {percent(OFTEN)} of the simulations or more and are "
        "yet worth more to it than to continue. The four columns after 'worth more' add up to it: "
        "share of the stake, cost of fighting saved, fate of its leaders and later costs of peace, "
        "and what is charged for a stake that its traits understate. Bluff: how much of the "
        "difference between its terms and its traits is charged nowhere. "
        "All months to the horizon of the forecast count, while factions state terms on their own planning "
        "horizon (foresight)."
    )
    title = "Why it is worth more though it violates stated terms"
    return numeric_table(title, columns, rows, "option: faction", notes=(dim(note), *_wedge_note(options)))


def _wedge_note(options: Options) -> tuple[StyledText, ...]:
    """Which of these factions have a wedge that matters, so that the answer rests on how much of it is bluff."""
    keys = {(reason.polity, reason.faction) for reason in options.reasons}
    sure = [wedge for wedge in options.wedges.that_matter() if (wedge.polity, wedge.faction) in keys]
    if not sure:
        return ()
    named = join_words(
        [f"{faction_name(wedge.polity, wedge.faction, options.names)} ({wedge.wedge.median:{SIGN}})" for wedge in sure]
    )
    return (
        dim(
            f"Stated terms lie apart from what traits imply: {named}. How much of that is bluff (conduct.posture)"
            " decides how much of it an agreement costs."
        ),
    )
