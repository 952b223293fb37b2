"""Options in a terminal: what each brings, what it is worth to whom, who gains from which outcome, what beats what."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ripeness.show.lines import bare, difference_cell, quiet, share_cell
from ripeness.show.words import bare_percent, number, outcome
from ripeness.study.aims_and_costs import OutcomeGain
from ripeness.study.options.compare import Option, Options
from ripeness.study.options.judges import Judge

NEITHER = (
    "Conditions, not recommendations: what follows in the model if a polity did this, whatever its factions want. "
    "Values are those that the scenario states for its factions."
)

THIN = 30  # runs below which the worth of an outcome rests on too few
HEADING = 14  # letters of an aim in a line of a heading


def tables(told: Options) -> RenderableType:
    """Everything, the answer last."""
    parts: list[RenderableType] = [
        meant(told),
        outcomes(told),
        worth(told),
        people(told),
        best(told),
        regrets(told),
        gains(told),
        ranking(told),
    ]
    return Group(*parts, Text(), Text(sentence(told), style="bold"), quiet(NEITHER))


def sentence(told: Options) -> str:
    """Which option serves which aim best, in one sentence."""
    name = told.names[told.polity]
    head = told.judges[0]
    aim = (
        f"the principal aim of {name}"
        if head.principal
        else "the first aim stated"
        if head.kind == "objective"
        else "lives"
    )
    lives = next(judge for judge in told.judges if judge.kind == "people")
    top, spared = told.best_for(head), told.best_for(lives)
    which = f"For {aim}" + (f" ({head.key})" if head.kind == "objective" else "")
    said = f"{which} {_named(top.name)} does best of {len(told.options)} on average{_but(told, head)}"
    if head.kind == "people":
        return f"{said}."
    agree = ", too: the two aims agree" if spared.name == top.name else ""
    return f"{said}; {_named(spared.name)} costs the fewest lives{_but(told, lives)}{agree}."


def _but(told: Options, judge: Judge) -> str:
    """Which other options these runs cannot tell from the best one."""
    tied = [_named(one.name) for one in told.ties(judge)]
    return f" (these runs cannot tell it from {', '.join(tied)})" if tied else ""


def _named(option: str) -> str:
    return f"'{option}'"


def meant(told: Options) -> Group:
    """What each option means, with a note where it touches the law of war."""
    table = bare(
        f"Options of {told.names[told.polity]}" + (f", from month {told.first:g} on" if told.first else ""), []
    )
    table.add_column("what it does, whatever its factions want")
    for one in told.options:
        table.add_row(Text(one.name, style="bold"), Text(one.words))
        if one.note:
            table.add_row("", Text(f"Note: {one.note}", style="italic"))
    return Group(table)


def outcomes(told: Options) -> Group:
    """How the war stands at the horizon under each option."""
    happens = [n for n, row in enumerate(told.options[0].outcomes) if (row.outcome, row.polity) not in told.never]
    rows = told.options[0].outcomes
    table = bare(
        f"Outcomes by month {told.horizon:g}, percent of the runs",
        [_short(rows[n].outcome, rows[n].polity, told) for n in happens],
        "option",
    )
    for one in told.options:
        table.add_row(Text(one.name), *[share_cell(one.outcomes[n].share) for n in happens])
    lines: list[RenderableType] = [
        table,
        quiet("± is the 90 % Monte Carlo error. All options meet the same inputs and the same luck."),
    ]
    if told.never:
        never = ", ".join(outcome(kind, whose, told.names) for kind, whose in told.never)
        lines.append(quiet(f"In no run of any option: {never}. More draws, or a longer --horizon, may show it."))
    return Group(*lines)


def _short(kind: str, whose: str | None, told: Options) -> str:
    words = {
        "victory": "victory",
        "collapse": "collapse",
        "settlement": "settled",
        "frozen": "frozen",
        "fighting": "fighting",
    }
    return words[kind] + (f"\n{told.names[whose]}" if whose else "")


def worth(told: Options) -> Group:
    """What each option is worth to whom, beside continuing."""
    return Group(
        _worth(told, told.options[1:]),
        quiet(
            "Factions: in shares of the stake as each values it, less fate and costs borne. Patrons: share held by the "
            "side that each backs. Aims: as the scenario weighs them. *: within its 90 % error." + _unjudged(told)
        ),
    )


def _unjudged(told: Options) -> str:
    """Who backs neither side alone, so that no share is its own."""
    valued = {judge.polity for judge in told.judges if judge.kind in {"faction", "patron"}}
    left = [name for key, name in told.names.items() if "/" not in key and key not in valued]
    return f" Not valued, since it backs no one side: {', '.join(left)}." if left else ""


def _worth(told: Options, others: Sequence[Option]) -> Table:
    names = ["continue", *[one.name for one in others]]
    table = bare("Worth to whom: mean if it continues, and how much more under", names, repeated=1)
    head = ""
    for n, judge in enumerate(told.judges):
        if judge.kind == "people":
            continue
        title = _title(judge, told)
        if title != head:
            head = title
            table.add_row(Text(title, style="bold"))
        cells = [_more(one, n) for one in others]
        table.add_row(Text(f"  {_who(judge, told)}"), f"{told.options[0].worth[n].mean.mean:.2f}", *cells)
    return table


def _more(one: Option, row: int) -> str:
    more = one.worth[row].more
    unsure = more.low <= 0 <= more.high and more.mean != 0
    return f"{more.mean:+.2f}" + ("*" if unsure else "")


def _title(judge: Judge, told: Options) -> str:
    if judge.kind == "objective":
        return f"Stated aims of {told.names[judge.polity]}"
    return "Patrons" if judge.kind == "patron" else f"Factions of {told.names[judge.polity]}"


def _who(judge: Judge, told: Options) -> str:
    if judge.kind == "patron":
        return told.names[judge.polity]
    if judge.kind == "objective":
        return judge.key + (" (principal)" if judge.principal else "")
    return judge.key if judge.kind == "people" else told.names[f"{judge.polity}/{judge.key}"]


def people(told: Options) -> Group:
    """The human cost, as mean and difference."""
    keys = [(row.measure, row.polity, row.unit) for row in told.options[0].measures]
    shown = [
        n
        for n, (name, whose, _) in enumerate(keys)
        if whose is None and name in {"months fought", "all deaths", "displaced", "output lost"}
    ]
    titles = {
        "months fought": "months\nfought",
        "all deaths": "deaths,\nthousands",
        "displaced": "displaced,\nthousands",
        "output lost": "output lost,\nbillion $",
    }
    table = bare(
        "Human cost, both sides: mean if it continues, and how much more", [titles[keys[n][0]] for n in shown], "option"
    )
    table.add_row("continue", *[number(told.options[0].measures[n].mean.mean) for n in shown])
    for one in told.options[1:]:
        table.add_row(Text(one.name), *[difference_cell(one.measures[n].more) for n in shown])
    return Group(table)


def best(told: Options) -> Group:
    """Best for whom, how surely, and what another option would cost."""
    table = bare(
        "Best for whom",
        ["best on\naverage", "best, % of\nthe runs", "better than\ncontinuing, %", "regret of\ncontinuing"],
    )
    for n, judge in enumerate(told.judges):
        one = told.best_for(judge)
        row = one.worth[n]
        name = f"{_who(judge, told)}" + (f", {told.names[judge.polity]}" if judge.kind == "faction" else "")
        regret = _regret(told.options[0].worth[n].regret)
        table.add_row(
            Text(name),
            Text(one.name + ("*" if told.ties(judge) else "")),
            bare_percent(row.best),
            bare_percent(row.better),
            regret,
        )
    return Group(
        table,
        quiet("*: another option lies within the 90 % error of the paired difference. Ties in a run are shared out."),
    )


def regrets(told: Options) -> Group:
    """Expected regret of every option by every stated aim and by lives."""
    aims = [n for n, judge in enumerate(told.judges) if judge.kind in {"objective", "people"}]
    heads = ["\n".join(wrap(_who(told.judges[n], told), HEADING)) for n in aims]
    table = bare("Expected regret, by stated aims and by lives", heads, "option")
    for one in told.options:
        table.add_row(Text(one.name), *[_regret(one.worth[n].regret) for n in aims])
    return Group(
        table,
        quiet(
            "Regret: how much less a choice brings on average than the best one, in the judge's own unit (lives:"
            " thousands); --json has it for every faction and patron, too."
        ),
    )


def _regret(regret: float) -> str:
    return "0" if regret == 0 else number(regret)


def gains(told: Options) -> Group:
    """Who gains and who loses by which outcome."""
    kinds = list(dict.fromkeys((row.outcome, row.whose) for row in told.gains))
    table = bare(
        "Who gains from which outcome: worth where it happens, less the mean of all runs",
        [_short(kind, whose, told) for kind, whose in kinds],
    )
    rows = {(row.polity, row.faction, row.outcome, row.whose): row for row in told.gains}
    head = ""
    for judge in told.judges:
        if judge.kind != "faction":
            continue
        if judge.polity != head:
            head = judge.polity
            table.add_row(Text(told.names[head], style="bold"))
        cells = [_gain(rows[judge.polity, judge.key, kind, whose]) for kind, whose in kinds]
        always = all(rows[judge.polity, judge.key, kind, whose].mean > 0 for kind, whose in kinds)
        table.add_row(Text(f"  {_who(judge, told)}" + (" †" if always else "")), *cells)
    return Group(
        table,
        quiet(
            f"In stakes. † comes out above nothing on average whichever way it goes. ?: fewer than {THIN} runs. Runs of"
            " all options together."
        ),
    )


def _gain(row: OutcomeGain) -> str:
    return f"{row.gain:+.2f}{'?' if row.runs < THIN else ''}"


def ranking(told: Options) -> Group:
    """Order by the first aim, and what no other option beats on all aims at once."""
    head = told.judges[0]
    efficient = [one.name for one in told.options if one.efficient]
    left = [one.name for one in told.options if not one.efficient]
    tied = {one.name for one in told.ties(head)}
    lines = [
        Text(f"\nBy {_who(head, told)}: {' > '.join(_marked(name, tied) for name in told.ranked)}"),
        Text(f"Not beaten, on average, on every stated aim and on lives at once: {', '.join(efficient)}"),
    ]
    if left:
        lines.append(quiet(f"Beaten by another option on all of them, on average: {', '.join(left)}"))
    if tied:
        lines.append(quiet("*: cannot be told from the first within the 90 % error of the paired difference."))
    return Group(*lines)


def _marked(name: str, tied: set[str]) -> str:
    return f"{name}*" if name in tied else name
