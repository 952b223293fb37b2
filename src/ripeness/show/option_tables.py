"""Options: what each brings, what it is worth to whom, who gains from which outcome, and what beats what."""

from __future__ import annotations

from textwrap import wrap

from ripeness.show.cell import (
    Column,
    TableCell,
    bold,
    decimal_cell,
    decimal_text,
    dim,
    number_cell,
    numbers,
    row,
    styled,
    words,
)
from ripeness.show.end_words import outcome_heading
from ripeness.show.number_cells import difference_cell, share_cell
from ripeness.show.reason_tables import reason_tables
from ripeness.show.table import Layout, Table, layout, numeric_table
from ripeness.show.words import bare_percent, month_or_day, number, outcome
from ripeness.study.aims_and_costs import OutcomeGain
from ripeness.study.options.compare import Option, Options
from ripeness.study.options.judges import Judge

NEITHER = (
    "Conditions, not recommendations: what follows in the model if a polity did this, whatever its factions want. "
    "Values are those that the scenario states for its factions."
)
FEWEST_RUNS = 30  # runs below which the worth of an outcome rests on too few
HEADING = 14  # letters of an aim in a line of a heading
MEASURES = {
    "months fought": numbers("months\nfought"),
    "all deaths": numbers("deaths,\nthousands", "thousands"),
    "displaced": numbers("displaced,\nthousands", "thousands"),
    "output lost": numbers("output lost,\nbillion $", "billion $"),
}


def tables(options: Options) -> Layout:
    """Everything, the answer first."""
    return layout(
        bold(sentence(options)),
        meanings(options),
        outcomes(options),
        worth(options),
        *reason_tables(options),
        people(options),
        best(options),
        regrets(options),
        gains(options),
        ranking(options),
        dim(NEITHER),
    )


def sentence(options: Options) -> str:
    """Which option serves which aim best, in one sentence."""
    name = options.names[options.polity]
    head = options.judges[0]
    aim = (
        f"the principal aim of {name}"
        if head.principal
        else "the first aim stated"
        if head.kind == "objective"
        else "lives"
    )
    lives = next(judge for judge in options.judges if judge.kind == "people")
    top, sparing = options.best_for(head), options.best_for(lives)
    aim_words = f"For {aim}" + (f" ({head.key})" if head.kind == "objective" else "")
    first = f"{aim_words} '{top.name}' does best of {len(options.options)} on average{_ties(options, head)}"
    if head.kind == "people":
        return f"{first}."
    agree = ", too: the two aims agree" if sparing.name == top.name else ""
    return f"{first}; '{sparing.name}' costs the fewest lives{_ties(options, lives)}{agree}."


def _ties(options: Options, judge: Judge) -> str:
    """Which other options these simulations cannot tell from the best one."""
    ties = [f"'{option.name}'" for option in options.ties(judge)]
    return f" (these simulations cannot tell it from {', '.join(ties)})" if ties else ""


def meanings(options: Options) -> Table:
    """What each option means, with a note where it touches the law of war."""
    rows = []
    for option in options.options:
        rows.append(row(bold(option.name), option.words))
        if option.note:
            rows.append(row("", styled((f"Note: {option.note}", "italic"))))
    title = f"Options of {options.names[options.polity]}"
    title += f", from month {options.first:g} on" if options.first else ""
    return numeric_table(title, [words("what it does, whatever its factions want")], rows)


def outcomes(options: Options) -> Table:
    """How the war stands at the horizon under each option."""
    chances = options.options[0].outcomes
    happening = [n for n, chance in enumerate(chances) if (chance.outcome, chance.polity) not in options.never]
    rows = [row(option.name, *(share_cell(option.outcomes[n].share) for n in happening)) for option in options.options]
    notes = [dim("± is the 90 % Monte Carlo error. All options meet the same inputs and the same luck.")]
    if options.never:
        never = ", ".join(outcome(kind, polity, options.names) for kind, polity in options.never)
        notes.append(
            dim(f"In no simulation of any option: {never}. More simulations, or looking further ahead, may show it.")
        )
    return numeric_table(
        f"Outcomes by {month_or_day(options.horizon, options.day)}, percent of the simulations",
        [numbers(_short(chances[n].outcome, chances[n].polity, options), "% of runs") for n in happening],
        rows,
        "option",
        notes=notes,
    )


def _short(kind: str, polity: str | None, options: Options) -> str:
    """An outcome in a heading."""
    return outcome_heading(kind, options.names, polity)


def worth(options: Options) -> Table:
    """What each option is worth to whom, compared with continuing."""
    alternatives = options.options[1:]
    rows = []
    previous = ""
    for n, judge in enumerate(options.judges):
        if judge.kind == "people":
            continue
        title = _judges(judge, options)
        if title != previous:
            previous = title
            rows.append(row(bold(title)))
        mean = decimal_cell(options.options[0].worth[n].mean.mean)
        cells = (_more_cell(option, n) for option in alternatives)
        rows.append(row(_judge(judge, options), mean, *cells, level=1))
    columns = [
        numbers("continue", repeated=True),
        *(numbers(option.name.replace(" ", "\n")) for option in alternatives),
    ]
    note = (
        "Factions: in shares of the stake as each values it, less fate and costs borne. Patrons: share held by the "
        f"side that each backs. Aims: as the scenario weighs them. *: within its 90 % error.{_not_valued(options)}"
    )
    title = "Worth to whom: mean if it continues, and how much more under"
    return numeric_table(title, columns, rows, notes=(dim(note),))


def _not_valued(options: Options) -> str:
    """Who backs neither side alone, so that no share is its own."""
    valued = {judge.polity for judge in options.judges if judge.kind in {"faction", "patron"}}
    neutral = [name for key, name in options.names.items() if "/" not in key and key not in valued]
    return f" Not valued, since it backs no one side: {', '.join(neutral)}." if neutral else ""


def _more_cell(option: Option, judge: int) -> TableCell:
    difference = option.worth[judge].more
    unsure = difference.low <= 0 <= difference.high and difference.mean != 0
    return number_cell(
        decimal_text(difference.mean, "+.2f") + ("*" if unsure else ""),
        difference.mean,
        low=difference.low,
        high=difference.high,
    )


def _judges(judge: Judge, options: Options) -> str:
    """The heading above judges of one kind."""
    if judge.kind == "objective":
        return f"Stated aims of {options.names[judge.polity]}"
    return "Patrons" if judge.kind == "patron" else f"Factions of {options.names[judge.polity]}"


def _judge(judge: Judge, options: Options) -> str:
    """A judge by name."""
    if judge.kind == "patron":
        return options.names[judge.polity]
    if judge.kind == "objective":
        return judge.key + (" (principal)" if judge.principal else "")
    return judge.key if judge.kind == "people" else options.names[f"{judge.polity}/{judge.key}"]


def people(options: Options) -> Table:
    """The human cost, as mean and difference."""
    base = options.options[0].measures
    measures = [n for n, cost in enumerate(base) if cost.polity is None and cost.measure in MEASURES]
    rows = [row("continue", *(number_cell(number(base[n].mean.mean), base[n].mean.mean) for n in measures))]
    rows += [
        row(option.name, *(difference_cell(option.measures[n].more) for n in measures))
        for option in options.options[1:]
    ]
    title = "Human cost, both sides: mean if it continues, and how much more"
    return numeric_table(title, [MEASURES[base[n].measure] for n in measures], rows, "option")


def best(options: Options) -> Table:
    """Best for whom, how surely, and what another option would cost."""
    rows = []
    for n, judge in enumerate(options.judges):
        option = options.best_for(judge)
        values = option.worth[n]
        name = _judge(judge, options) + (f", {options.names[judge.polity]}" if judge.kind == "faction" else "")
        rows.append(
            row(
                name,
                option.name + ("*" if options.ties(judge) else ""),
                number_cell(bare_percent(values.best), 100 * values.best),
                number_cell(bare_percent(values.better), 100 * values.better),
                _regret_cell(options.options[0].worth[n].regret),
            )
        )
    columns: list[Column] = [
        words("best on\naverage", align="right"),
        numbers("best, % of\nthe runs", "%"),
        numbers("better than\ncontinuing, %", "%"),
        numbers("regret of\ncontinuing"),
    ]
    note = "*: another option lies within the 90 % error of the paired difference. Ties in a run are shared out."
    return numeric_table("Best for whom", columns, rows, notes=(dim(note),))


def regrets(options: Options) -> Table:
    """Expected regret of every option by every stated aim and by lives."""
    aims = [n for n, judge in enumerate(options.judges) if judge.kind in {"objective", "people"}]
    headings = ["\n".join(wrap(_judge(options.judges[n], options), HEADING)) for n in aims]
    rows = [row(option.name, *(_regret_cell(option.worth[n].regret) for n in aims)) for option in options.options]
    note = (
        "Regret: how much less a choice brings on average than the best one, in the judge's own unit (lives:"
        " thousands); --json has it for every faction and patron, too."
    )
    return numeric_table("Expected regret, by stated aims and by lives", headings, rows, "option", notes=(dim(note),))


def _regret_cell(regret: float) -> TableCell:
    return number_cell("0" if regret == 0 else number(regret), regret)


def gains(options: Options) -> Table:
    """Who gains and who loses by which outcome."""
    kinds = list(dict.fromkeys((gain.outcome, gain.whose) for gain in options.gains))
    by_faction = {(gain.polity, gain.faction, gain.outcome, gain.whose): gain for gain in options.gains}
    rows = []
    polity = ""
    for judge in options.judges:
        if judge.kind != "faction":
            continue
        if judge.polity != polity:
            polity = judge.polity
            rows.append(row(bold(options.names[polity])))
        across = [by_faction[judge.polity, judge.key, kind, polity_key] for kind, polity_key in kinds]
        always = all(gain.mean > 0 for gain in across)
        rows.append(row(_judge(judge, options) + (" †" if always else ""), *map(_gain_cell, across), level=1))
    note = (
        f"In stakes. † comes out above nothing on average whichever way it goes. ?: fewer than {FEWEST_RUNS} runs. Runs"
        " of all options together."
    )
    return numeric_table(
        "Who gains from which outcome: worth where it happens, less the mean of all simulations",
        [numbers(_short(kind, polity_key, options), "stakes") for kind, polity_key in kinds],
        rows,
        notes=(dim(note),),
    )


def _gain_cell(gain: OutcomeGain) -> TableCell:
    return number_cell(f"{decimal_text(gain.gain, '+.2f')}{'?' if gain.runs < FEWEST_RUNS else ''}", gain.gain)


def ranking(options: Options) -> Layout:
    """Order by the first aim, and what no other option beats on all aims at once."""
    head = options.judges[0]
    efficient = [option.name for option in options.options if option.efficient]
    beaten = [option.name for option in options.options if not option.efficient]
    ties = {option.name for option in options.ties(head)}
    order = " > ".join(f"{name}*" if name in ties else name for name in options.ranked)
    lines = [
        styled(f"\nBy {_judge(head, options)}: {order}"),
        styled(f"Not beaten, on average, on every stated aim and on lives at once: {', '.join(efficient)}"),
    ]
    if beaten:
        lines.append(dim(f"Beaten by another option on all of them, on average: {', '.join(beaten)}"))
    if ties:
        lines.append(dim("*: cannot be told from the first within the 90 % error of the paired difference."))
    return layout(*lines)
