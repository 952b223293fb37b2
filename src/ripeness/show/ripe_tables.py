"""Ripeness in a terminal: for whom it is ripe, the strips of the bargain, who blocks, and what would open the zone."""

from __future__ import annotations

from math import isnan

from rich.console import Group, RenderableType
from rich.text import Text

from ripeness.show.lines import bare, name_of, plain_share, points_cell, quiet, share_cell
from ripeness.show.words import bare_percent, percent
from ripeness.study.ripeness.answer import CAVEATS, Ripeness, TermsStrip
from ripeness.study.ripeness.blockers import ZoneOpening
from ripeness.study.ripeness.guarantees import Guarantee

AXIS = 41  # columns of the axis from 0 to 1
LATER = 12.0  # month beside the start in the table of factions, where it is shown
MOST_NAMED = 4
RARELY = 1 / 20  # share of the resampled medians below which a smaller set is not worth a line
TIES = 3  # changes named in a sentence where it is a tie which is the least
OPENINGS = (
    "terms: the least own share that it would settle for; power: its share of the say in its polity (the others give or"
    " take in proportion; 1.00 is all of it). least: in how many of 100 resampled medians no other change is smaller;"
    " =: a tie, which these runs cannot decide. opens, too: of the inputs with a closed zone, in how many the same"
    " change opens it."
)


def tables(told: Ripeness) -> RenderableType:
    """Everything, the answer last."""
    return Group(
        by_month(told),
        by_faction(told),
        over_time(told),
        strips(told),
        blockers(told),
        guarantees(told),
        breaking(told),
        Text(),
        Text(sentence(told), style="bold"),
        quiet(f"{necessity(told)} {CAVEATS}"),
    )


def sentence(told: Ripeness) -> str:
    """Is it ripe? In one sentence."""
    now, top = told.at(0.0), told.peak()
    first, second = (told.names[key] for key in told.sides)
    half = 1 / 2
    if now.ripe.low <= half <= now.ripe.high:
        verdict = "In about half of the runs"
    else:
        verdict = "Yes, in most runs" if now.ripe.p > half else "No" if now.ripe.p == 0 else "Not in most runs"
    each = f"{first} {percent(now.polities[0].p)}, {second} {percent(now.polities[1].p)}"
    sides = f"ripe for both sides in {percent(now.ripe.p)} of the runs ({each})"
    later = ""
    if top.ripe.low > now.ripe.high:
        later = f", at most in {share_cell(top.ripe)} % of the wars still fought (around month {top.month:g})"
    return f"Ripe? {verdict}: at the start {sides}{later}; {_gap(told)}."


def _gap(told: Ripeness) -> str:
    """What keeps the zone closed at the medians; changes that cannot be told apart are called a tie."""
    block = told.blockers
    if block.zone_range.low < 0 < block.zone_range.high:
        return "at the medians it cannot be told from these runs whether a zone of agreement is open"
    if block.open_at_medians:
        return "at the medians a zone of agreement is open"
    if not block.terms:
        return "no change of terms opens a zone at the medians"
    twice = f"at the medians {percent(-block.zone_at_medians)} of the stake is claimed twice"
    tied = [one for one in block.terms if one.tied]
    if not tied:
        return f"{twice}, and the least change of terms that opens a zone is that {_moves(block.terms[0], told)}"
    named = ", or that ".join(_moves(one, told) for one in tied[:TIES])
    more = f", or {len(tied) - TIES} more" if len(tied) > TIES else ""
    return (
        f"{twice}, and it is a tie which change of terms that opens a zone is the least: that"
        f" {named}{more}{_often(tied[:TIES], told)}"
    )


def _often(tied: list[ZoneOpening], told: Ripeness) -> str:
    """How often each of some single factions could open a closed zone by its terms, over the inputs."""
    alone = {(one.polity, one.faction): one.opens.p for one in told.blockers.alone}
    if any(len(opening.moved) > 1 for opening in tied):
        return ""
    often = " and ".join(percent(alone[moved.polity, moved.faction]) for opening in tied for moved in opening.moved)
    return f" (over the inputs with a closed zone, terms of theirs could open it in {often})"


def _moves(opening: ZoneOpening, told: Ripeness) -> str:
    return " and ".join(
        f"{name_of(moved.polity, moved.faction, told.names)}, settles for {percent(moved.after)} "
        f"instead of {percent(moved.before)}"
        for moved in opening.moved
    )


def necessity(told: Ripeness) -> str:
    """Whether ripeness was necessary, or sufficient, for a settlement in these runs."""
    seen = told.condition
    if not seen.settled.p > 0:
        return "No run ends in a settlement, so that these runs cannot say whether ripeness leads to one."
    ever = "ripe for both sides in some month"
    if seen.ripe_of_settled.p >= 1:
        needed = f"Every war that settled had been {ever}: ripeness was necessary in these runs"
    else:
        needed = (
            f"Of the wars that settled ({percent(seen.settled.p)} of all) {percent(seen.ripe_of_settled.p)} had been "
            f"{ever}: ripeness was not necessary in these runs"
        )
    if not seen.ripe.p > 0:
        return f"{needed}, and no war was ever ripe."
    enough = "and was sufficient" if seen.settled_of_ripe.p >= 1 else "nor was it sufficient"
    if seen.ripe_of_settled.p >= 1 and seen.settled_of_ripe.p < 1:
        enough = "but not sufficient"
    others = f", of those never ripe {percent(seen.settled_of_unripe.p)}" if seen.settled_of_unripe.runs else ""
    return f"{needed}, {enough}: of the wars that were ripe {percent(seen.settled_of_ripe.p)} settled{others}."


def by_month(told: Ripeness) -> Group:
    """The war as a whole."""
    months = [told.at(month) for month in told.shown]
    table = bare("Ripe, in percent of the wars still fought", [_month(month) for month in told.shown])
    first, second = (told.names[key] for key in told.sides)
    table.add_row("still fought, of all runs", *[plain_share(one.fighting) for one in months], style="dim")
    table.add_row(Text(f"ripe for {first}"), *[share_cell(one.polities[0]) for one in months])
    table.add_row(Text(f"ripe for {second}"), *[share_cell(one.polities[1]) for one in months])
    table.add_row("ripe for both: the war", *[share_cell(one.ripe) for one in months], style="bold")
    table.add_row("zone of agreement open", *[share_cell(one.open) for one in months])
    others = " and ".join(f"in {percent(share.p)} with theta {theta:g}" for theta, share in told.other_thetas)
    return Group(
        table,
        quiet(
            "± is the 90 % Monte Carlo error, which more draws make smaller. A polity is ripe when factions are that"
            f" its own rule on terms lets win. Threshold theta: {told.theta:g} of the stake; at the start it is ripe"
            f" {others}."
        ),
    )


def by_faction(told: Ripeness) -> Group:
    """Each faction at the start, and whether it is ripe later."""
    later = [month for month in told.shown if month > 0][:3]
    table = bare(
        "For whom, in percent of the wars still fought",
        ["stalemate", "hurting", "way out", "ripe\nnow", *[f"ripe\nat {month:g}" for month in later]],
    )
    rows = {(one.polity, one.faction, one.month): one for one in told.factions}
    for key in told.sides:
        table.add_row(Text(told.names[key], style="bold"))
        for polity, faction in dict.fromkeys((one.polity, one.faction) for one in told.factions):
            if polity != key:
                continue
            now = rows[polity, faction, 0.0]
            cells = [now.stalemate, now.hurting, now.way_out, now.ripe]
            cells += [rows[polity, faction, month].ripe for month in later]
            table.add_row(Text(f"  {told.names[f'{polity}/{faction}']}"), *[plain_share(one) for one in cells])
    return Group(
        table,
        quiet(
            "First four columns at the start, then ripe at later months. Stalemate: sees no way to win, or nothing "
            "worth winning. Hurting: fighting on is worth less to it than what is held. Way out: sees terms that it "
            "would take and thinks the rival would give. Ripe: all three."
        ),
    )


def over_time(told: Ripeness) -> Group:
    """Zartman's two conditions for each faction, month after month."""
    table = bare("Hurting stalemate / way out, in percent of the wars still fought", [_month(at) for at in told.shown])
    rows = {(one.polity, one.faction, one.month): one for one in told.factions}
    for key in told.sides:
        table.add_row(Text(told.names[key], style="bold"))
        for polity, faction in dict.fromkeys((one.polity, one.faction) for one in told.factions):
            if polity == key:
                found = [rows[polity, faction, month] for month in told.shown]
                cells = [f"{plain_share(one.hurting_stalemate)} / {plain_share(one.way_out)}" for one in found]
                table.add_row(Text(f"  {told.names[f'{polity}/{faction}']}"), *cells)
    return Group(table, quiet("Hurting stalemate: both of the first two at once."))


def strips(told: Ripeness, month: float = 0.0) -> Group:
    """One axis for everybody: how much of the stake the first belligerent gets."""
    first, second = (told.names[key] for key in told.sides)
    table = bare(f"The bargain at {_month(month)}: share of the stake that goes to {first}", [])
    table.header_style = "dim"
    table.add_column("0" + "1".rjust(AXIS - 1), no_wrap=True)
    table.add_column("median", justify="right")
    for one in told.strips:
        if one.month != month:
            continue
        side = one.polity == told.sides[0]
        asks = f"{first} asks at least" if side else f"{second} leaves at most"
        name = asks if one.faction is None else f"  {told.names[f'{one.polity}/{one.faction}']}"
        table.add_row(
            Text(name, style="bold" if one.faction is None else ""), _strip(one, first=side), f"{one.share.median:.2f}"
        )
    width = next(one for at, one in told.zones if at == month)
    return Group(
        table,
        quiet(
            "|: median; line: 5 to 95 % of the runs; > would take that or more, < would leave that or less. Zone of "
            f"agreement: median {width.median:+.2f} ({width.low:+.2f} to {width.high:+.2f}); below 0, one asks more "
            "than the other leaves."
        ),
    )


def _strip(one: TermsStrip, *, first: bool) -> Text:
    low, middle, high = (_place(x) for x in (one.share.low, one.share.median, one.share.high))
    line = [" "] * AXIS
    for n in range(low, high + 1):
        line[n] = ">" if first else "<"
    line[middle] = "|"
    return Text("".join(line))


def _place(share: float) -> int:
    return 0 if isnan(share) else round(min(max(share, 0.0), 1.0) * (AXIS - 1))


def blockers(told: Ripeness) -> Group:
    """Who blocks at the start, at the medians and over the inputs."""
    found = told.blockers
    lines: list[RenderableType] = [Text("\nWho blocks, at the start", style="bold")]
    zone = f"zone {found.zone_range.low:+.2f} to {found.zone_range.high:+.2f}, 90 % Monte Carlo"
    if found.open_at_medians:
        lines.append(Text(f"Nobody at the medians: a zone of {found.zone_at_medians:.2f} is open ({zone})."))
    else:
        lines.append(Text(f"At the medians {percent(-found.zone_at_medians)} of the stake is claimed twice ({zone})."))
        if found.terms or found.power:
            lines += [_openings(told), quiet(OPENINGS)]
        if found.terms and found.smaller >= RARELY:
            lines.append(Text(f"In {percent(found.smaller)} of the resampled medians fewer are enough."))
        if not found.terms:
            lines.append(Text("No change of terms opens it."))
        if not found.power:
            lines.append(Text("No shift of power inside the polities that was tried opens it."))
    if found.closed.p > 0:
        lines += _over_inputs(told)
    return Group(*lines)


def _over_inputs(told: Ripeness) -> list[RenderableType]:
    """Which faction alone could open a closed zone, over the inputs, and whether the first two can be told apart."""
    found = told.blockers
    table = bare(
        f"Of the {percent(found.closed.p)} of inputs with a closed zone, which faction's terms alone could open it",
        ["percent", "and by least", "by (median)"],
    )
    able = [one for one in found.alone if one.opens.p > 0]
    for one in able[:MOST_NAMED]:
        name = name_of(one.polity, one.faction, told.names)
        table.add_row(Text(name), share_cell(one.opens), plain_share(one.least), f"{one.by:.2f}")
    one_, two, three, more = found.sets_of
    table.add_row("one faction is enough", share_cell(one_), "", "", style="dim")
    table.add_row("two together are needed", share_cell(two), "", "", style="dim")
    table.add_row("three / more than three", f"{plain_share(three)} / {plain_share(more)}", "", "", style="dim")
    lines: list[RenderableType] = [
        table,
        quiet("and by least: no other faction alone could open it by a smaller change; ties count for each."),
    ]
    if found.ahead is not None and len(able) > 1:
        first, second = (name_of(one.polity, one.faction, told.names) for one in able[:2])
        gap = f"{points_cell(found.ahead)} points on the same inputs"
        if found.ahead.low > 0:
            lines.append(quiet(f"{first}, could open it more often than {second} ({gap})."))
        else:
            lines.append(
                quiet(f"A tie: whether {first}, or {second}, could open it more often, these runs cannot tell ({gap}).")
            )
    return lines


def _openings(told: Ripeness) -> RenderableType:
    """The smallest sets of factions whose change opens the zone; who must move together stands together."""
    found = told.blockers
    table = bare("The smallest sets of factions whose change opens the zone", ["from", "to", "least", "opens, too"])
    for one in (*found.terms[:MOST_NAMED], *found.power[:MOST_NAMED]):
        for n, moved in enumerate(one.moved):
            who = f"{one.what} of {name_of(moved.polity, moved.faction, told.names)}"
            often = "" if n or one.opens is None or not one.opens.runs else percent(one.opens.p)
            least = "" if n else f"{100 * one.least:.0f}{' =' if one.tied else '  '}"
            name = Text(who if n == 0 else f"  and {who}")
            table.add_row(name, _level(moved.before), _level(moved.after), least, often)
    return table


def _level(share: float) -> str:
    return f"{max(share, 0.0):.2f}"


def guarantees(told: Ripeness) -> Group:
    """Which guarantee opens the zone."""
    table = bare("Guarantees, and the median zone at the start", ["none", "as stated", "full", "opens the zone at"])
    for one in told.guarantees:
        table.add_row(
            Text(_binds(one, told)),
            f"{one.zone_without:+.2f}",
            f"{one.zone_stated:+.2f}",
            f"{one.zone_full:+.2f}",
            _least(one),
        )
    full = told.guarantees[0]
    lines: list[RenderableType] = [
        table,
        quiet(
            f"Inputs with an open zone: {percent(full.open_without.p)} without any, {percent(full.open_stated.p)} as"
            f" stated, {percent(full.open_full.p)} with a full guarantee for all."
        ),
    ]
    if abs(full.zone_full - full.zone_without) < 1 / 200:
        lines.append(
            quiet(
                "A guarantee for all moves the median zone by less than .005: it hardly changes what factions would"
                " settle for."
            )
        )
    return Group(*lines)


def _binds(one: Guarantee, told: Ripeness) -> str:
    return "binds both sides" if one.binds is None else f"binds {told.names[one.binds]} alone"


def _least(one: Guarantee) -> str:
    if not one.needed:
        return "open without"
    return "not even in full" if one.least is None else f"{bare_percent(one.least)} %"


def breaking(told: Ripeness) -> Group:
    """What breaks a settlement later."""
    found = told.breaking
    title = Text("\nWhat would break the peace later", style="bold")
    if found.yearly is None:
        return Group(
            title,
            Text("No run ends in a settlement: nothing to break. More draws, or a longer --horizon, may show one."),
        )
    parts = ", ".join(f"{percent(part.mean)} {WORDS[name]}" for name, part in found.parts)
    out = [one for one in found.left_out if one.share.p >= 1 / 4][:MOST_NAMED]
    who = "; ".join(f"{name_of(one.polity, one.faction, told.names)} ({percent(one.share.p)})" for one in out)
    return Group(
        title,
        Text(
            f"The settlements ({percent(found.settled.p)} of all runs) break at {percent(found.yearly.mean)} a year: "
            f"{parts}."
        ),
        Text(
            f"Most often left with less than they would settle for: {who}."
            if who
            else "No faction is left with less than it would settle for in a quarter of them or more."
        ),
    )


WORDS = {
    "base": "as any peace does",
    "rearming": "because a side could take back more",
    "left out": "because of those left out",
}


def _month(month: float) -> str:
    return "start" if month == 0 else f"month {month:g}"
