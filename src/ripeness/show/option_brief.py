"""Options for one screen: which serves the first aim best, and every option by aim, lives and outcomes."""

from __future__ import annotations

from ripeness.show.brief import brief_layout
from ripeness.show.cell import Column, TableCell, decimal_text, dim, number_cell, numbers, row, words
from ripeness.show.end_words import outcome_heading
from ripeness.show.number_cells import difference_cell, share_alone_cell
from ripeness.show.option_tables import sentence
from ripeness.show.table import Layout, Table, numeric_table
from ripeness.show.words import month_or_day
from ripeness.study.options.compare import Option, Options

DEATHS = "all deaths"
LETTERS = 13  # of an option in a line: less than usual, so that the table is not split
SHOWN = ("settlement", "ceasefire", "frozen", "fighting")


def brief(options: Options) -> Layout:
    """The answer, and one row for each option, the best for the first aim on top."""
    return brief_layout(sentence(options), ranked_table(options))


def ranked_table(options: Options) -> Table:
    """Every option: worth by the first aim and lives compared with continuing, and how the war stands."""
    by_name = {option.name: option for option in options.options}
    base = options.options[0]
    aim_unit = options.judges[0].unit
    deaths = next(n for n, cost in enumerate(base.measures) if cost.measure == DEATHS and cost.polity is None)
    chances = {
        chance.outcome: n for n, chance in enumerate(base.outcomes) if chance.outcome in SHOWN and not chance.polity
    }
    columns: list[Column] = [
        numbers("by the\nfirst aim", aim_unit),
        numbers("deaths,\nthousands", "thousands"),
        *(numbers(outcome_heading(name, options.names), "%") for name in chances),
    ]
    rows = [
        row(
            name,
            _aim_cell(by_name[name]),
            difference_cell(by_name[name].measures[deaths].more),
            *(share_alone_cell(by_name[name].outcomes[n].share) for n in chances.values()),
        )
        for name in options.ranked
    ]
    note = (
        f"First two columns: more than if it continues, ± 90 % error; then percent of runs by "
        f"{month_or_day(options.horizon, options.day)}. Conditions, not recommendations."
    )
    return numeric_table(
        f"Options of {options.names[options.polity]}, best first",
        columns,
        rows,
        words("option", least=LETTERS),
        notes=(dim(note),),
    )


def _aim_cell(option: Option) -> TableCell:
    more = option.worth[0].more
    if more.mean == more.low == more.high == 0:
        return number_cell("0", 0.0)
    text = f"{decimal_text(more.mean, '+.2f')} ±{(more.high - more.low) / 2:.2f}"
    return number_cell(text, more.mean, low=more.low, high=more.high)
