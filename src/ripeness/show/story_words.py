"""Story in words: one run told month by month, neutrally, with the names that the scenario gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ripeness.show.brief import SCREEN, fit_lines
from ripeness.show.words import bare_percent, day, month_of, number, outcome
from ripeness.study.story import Closing, Fact, FactionPosition, QuietMonths, Story
from ripeness.world.calendar import date_after
from ripeness.world.ceasefire import KINDS
from ripeness.world.way_out import WAYS_OUT
from ripeness.world.wording import join_words

NEAR = 0.03  # how close a faction's wish is to the decision when it is said to have prevailed
OPENING = 2  # paragraphs that say what is at stake and who holds it
ROUNDED_FROM = 1000  # people from which their number is rounded
WATCHED = 0.5  # share of full monitoring from which a ceasefire is called watched over
OTHERS = 2  # factions named beside the one that prevailed, the strongest ones


@dataclass(frozen=True, slots=True)
class StoryNames:
    """What things are called: factions by 'polity/faction'; issues by 'polity/issue', each with both its ends."""

    polities: Mapping[str, str]
    factions: Mapping[str, str]
    issues: Mapping[str, tuple[str, str, str]]
    events: Mapping[str, str]
    stake: str


def story_paragraphs(story: Story, names: StoryNames, start: date, step: float) -> list[str]:
    """The story as paragraphs: the opening by polity, then one a month that matters or a quiet stretch, and the end."""
    first, second = (names.polities[key] for key in story.polities)
    lines = [
        f"Simulation {story.draw}. The stake: {names.stake}.",
        f"At the start, {day(start)}, {_front_sentence(story, first)}",
    ]
    lines += _opening(story, names)
    lines += [
        _ceasefire_sentence(part)
        for part in story.parts
        if isinstance(part, Fact) and part.what == "truce" and part.month == 0
    ]
    lines += [
        f"{names.polities[part.polity or '']} fights beside {first if (part.before or 0.0) > 0 else second}."
        for part in story.parts
        if isinstance(part, Fact) and part.what == "beside"
    ]
    month = 0
    for part in story.parts:
        if isinstance(part, QuietMonths):
            lines.append(_stretch_sentence(part, names, story, start, step))
        elif part.month == month > 0:
            lines[-1] += " " + _fact_sentence(part, names, story.polities)
        elif part.month > 0:
            lines.append(f"{when(part.month, part.month, start, step)}: {_fact_sentence(part, names, story.polities)}")
        month = 0 if isinstance(part, QuietMonths) else part.month
    return [*lines, _end(story, names, (first, second), start)]


def story_brief(paragraphs: tuple[str, ...], story: Story) -> list[str]:
    """The end first, then how it began, then the months in which something turned, as far as a screen has room."""
    quiet = ": no turn; "
    opening, end = paragraphs[:OPENING], paragraphs[-1]
    first_turn = len(paragraphs) - 1 - _later_paragraphs(story)
    turns = [paragraph for paragraph in paragraphs[first_turn:-1] if quiet not in paragraph]
    return fit_lines([end, " ".join(opening), *turns], SCREEN - 2, "months in which something turned")


def _later_paragraphs(story: Story) -> int:
    """How many paragraphs tell of months after the start."""
    months = {part.month for part in story.parts if isinstance(part, Fact) and part.month > 0}
    return len(months) + sum(isinstance(part, QuietMonths) for part in story.parts)


def when(first: int, last: int, start: date, step: float) -> str:
    """The time of some steps in words: months by name, weeks by the day on which they begin.

    >>> when(1, 1, date(2025, 1, 1), 1.0), when(2, 3, date(2025, 1, 1), 1.0)
    ('January 2025', 'February 2025 to March 2025')
    >>> from ripeness.world.calendar import STEPS
    >>> when(2, 2, date(2025, 1, 1), STEPS["week"]), when(1, 1, date(2025, 1, 1), 3.0)
    ('Week of 8 January 2025', 'January 2025 to March 2025')
    """
    if step < 1:
        since, until = (day(date_after(start, (number - 1) * step)) for number in (first, last))
        return f"Week of {since}" if first == last else f"Weeks of {since} to {until}"
    since, until = (month_of(date_after(start, at)) for at in ((first - 1) * step + 0.5, last * step - 0.5))
    return since if since == until else f"{since} to {until}"


def people_text(thousands: float) -> str:
    """A number of people, of which there are no parts.

    >>> people_text(0.00788), people_text(0.0512), people_text(12.345)
    ('8', '51', '12,300')
    """
    count = round(1000 * thousands)
    return str(count) if count < ROUNDED_FROM else number(count)


def _front_sentence(story: Story, first: str) -> str:
    share = next(part.after for part in story.parts if isinstance(part, Fact) and part.what == "front")
    return f"{first} holds {bare_percent(share or 0.0)} % of it."


def _opening(story: Story, names: StoryNames) -> list[str]:
    """For each polity: on what terms it would settle and how hard it tries, with who wanted what; the rest in short."""
    facts = [part for part in story.parts if isinstance(part, Fact) and part.month == 0 and part.wants]
    lines = []
    for key, polity in names.polities.items():
        polity_facts = [fact for fact in facts if fact.polity == key]
        full = [fact for fact in polity_facts if fact.role in {"terms", "effort"}]
        short = [f"{_issue(fact, names)[0]} {_hundredths(fact.after)}" for fact in polity_facts if fact not in full]
        sentences = [_decided(fact, names, story.polities) for fact in full]
        if short:
            sentences.append(f"{polity if not full else 'Also'}: {', '.join(short)} (of 100).")
        if sentences:
            lines.append(" ".join(sentences))
    return lines


def _fact_sentence(fact: Fact, names: StoryNames, polities: tuple[str, str]) -> str:
    polity = names.polities.get(fact.polity or "", "")
    faction = names.factions.get(f"{fact.polity}/{fact.who}", fact.who or "")
    if fact.what in {"terms", "policy"}:
        return _decided(fact, names, polities)
    if fact.what == "front":
        verb = "gains ground" if (fact.after or 0.0) > (fact.before or 0.0) else "loses ground"
        return f"{names.polities[polities[0]]} {verb} and holds {bare_percent(fact.after or 0.0)} %."
    if fact.what == "zone":
        return (
            "The demands leave room for an agreement."
            if (fact.after or 0.0) >= 0
            else "The demands leave no room for an agreement any more."
        )
    if fact.what == "truce":
        return _ceasefire_sentence(fact)
    if fact.what == "ally":
        rival = names.polities[polities[1] if (fact.before or 0.0) > 0 else polities[0]]
        return _way_out_sentence(fact, polity, rival)
    if fact.what == "splinter":
        men = people_text(fact.after or 0.0)
        return f"In {polity}, {faction} leaves and fights on with {men} men; no peace of {polity} binds it."
    return {
        "event": f"It happens: {names.events.get(fact.who or '', fact.who or '')}.",
        "leader": f"The leader of {polity} falls; a successor stands where the ruling coalition stands.",
        "leak": f"In {polity} true losses leak out.",
        "left": f"In {polity}, {faction} leaves, and its power with it.",
        "strongest": f"In {polity}, {faction} now has most power ({bare_percent(fact.after or 0.0)} %).",
    }[fact.what]


def _ceasefire_sentence(fact: Fact) -> str:
    """A ceasefire that begins, becomes another, is violated or runs out."""
    before, after = (KINDS[int(code or 0) - 1] if code else "" for code in (fact.before, fact.after))
    if not after:
        ending = "is broken, and the fighting goes on" if fact.issue == "violated" else "runs out"
        return f"The {before} ceasefire {ending}."
    watch = "watched over by outsiders" if (fact.share or 0.0) >= WATCHED else "hardly watched over from outside"
    if before:
        return f"The {before} ceasefire becomes a {after} one, {watch}."
    return f"A {after} ceasefire {'is in force' if fact.month == 0 else 'begins'}, {watch}."


def _way_out_sentence(fact: Fact, ally: str, rival: str) -> str:
    """An ally that leaves its camp."""
    return {
        "separate peace": f"{ally} makes a separate peace with {rival}, at {_hundredths(fact.share)} % for its camp.",
        "changed camp": f"{ally} changes camp and fights beside {rival}.",
        "left the war": f"{ally} leaves the war.",
        "spent": f"{ally} can fight no longer and is out of the war.",
    }[WAYS_OUT[int(fact.after or 0)]]


def _decided(fact: Fact, names: StoryNames, principals: tuple[str, str]) -> str:
    """A decision, whose wish it came closest to, and what the strongest of the others wanted."""
    polity = names.polities.get(fact.polity or "", "")
    if fact.what == "terms":
        decision = f"{polity} {_terms(fact, ally=fact.polity not in principals)}"
    elif fact.before is None:
        issue, low, high = _issue(fact, names)
        decision = f"On {issue} it goes {_hundredths(fact.after)} of 100 steps from '{low}' to '{high}'"
    else:
        issue, low, high = _issue(fact, names)
        up = (fact.after or 0.0) > fact.before
        decision = (
            f"{polity} moves {issue} {'up' if up else 'down'} from {_hundredths(fact.before)} to "
            f"{_hundredths(fact.after)} of 100, towards '{high if up else low}'"
        )
    return f"{decision}{_wishes(fact, names)}."


def _terms(fact: Fact, *, ally: bool) -> str:
    share = fact.after or 0.0
    if share > 1:
        return "would accept no terms at all"
    moved = "" if fact.before is None else f", {'up' if share > fact.before else 'down'} from {_wish(fact.before)}"
    return f"would settle for {_hundredths(share)} % of the stake{' for its camp' if ally else ''}{moved}"


def _wishes(fact: Fact, names: StoryNames) -> str:
    if len(fact.wants) < 2:
        return ""
    decided = fact.after or 0.0
    nearest = min(fact.wants, key=lambda want: (abs(want.position - decided), -want.power))
    prevailed = "as" if abs(nearest.position - decided) <= NEAR else "closest to what"
    other_wants = sorted((want for want in fact.wants if want is not nearest), key=lambda want: -want.power)[:OTHERS]
    wishes = "; ".join(f"{_faction(fact, want, names)} {_wish(want.position)}" for want in other_wants)
    return f", {prevailed} {_faction(fact, nearest, names)} wanted ({wishes})"


def _wish(position: float) -> str:
    """A wish in hundredths; more than the whole means that nothing on offer is enough."""
    return "no terms" if position > 1 else _hundredths(position)


def _hundredths(x: float | None) -> str:
    return f"{100 * min(max(x or 0.0, 0.0), 1.0):.0f}"


def _issue(fact: Fact, names: StoryNames) -> tuple[str, str, str]:
    return names.issues[f"{fact.polity}/{fact.issue}"]


def _faction(fact: Fact, want: FactionPosition, names: StoryNames) -> str:
    return names.factions.get(f"{fact.polity}/{want.faction}", want.faction)


def _stretch_sentence(part: QuietMonths, names: StoryNames, story: Story, start: date, step: float) -> str:
    first, *others = (names.polities[key] for key in story.armed)
    span = when(part.first, part.last, start, step)
    deaths = [people_text(side_deaths) for side_deaths in part.deaths]
    principals = len(story.polities)  # an ally that is out of the war loses nobody
    dead = [f"{deaths[0]} soldiers of {first}"] + [
        f"{number_} of {name}"
        for n, (number_, name) in enumerate(zip(deaths[1:], others, strict=True), start=1)
        if n < principals or number_ != "0"
    ]
    return f"{span}: no turn; {first} holds {bare_percent(part.held)} %; {join_words(dead)} die."


def _end(story: Story, names: StoryNames, pair: tuple[str, str], start: date) -> str:
    closing = story.closing
    when = f"{month_of(date_after(start, closing.months))}, after {closing.months:.1f} months"
    if closing.outcome == "fighting":
        ending = f"The horizon, {when}: the war goes on; {_because(closing, pair)}"
    else:
        outcome_words = outcome(closing.outcome, closing.polity, names.polities, closing.how)
        ending = f"The end, {when}: {outcome_words}; {_because(closing, pair)}"
    armed = [names.polities[key] for key in story.armed]
    price = join_words([f"{people_text(dead)} of {name}" for dead, name in zip(closing.deaths, armed, strict=True)])
    ending += f" Soldiers dead since the start: {price}."
    if closing.fighting_on:
        others = join_words([names.polities[key] for key in closing.fighting_on])
        ending += f" Not bound by it and still in arms: {others}."
    if closing.renewed_month is not None:
        ending += f" The peace breaks {closing.renewed_month:.0f} months after the start."
    return ending


def _because(closing: Closing, pair: tuple[str, str]) -> str:
    """Why it ended."""
    demands = [
        f"{name} would not take less than {_wish(demand)} %" for name, demand in zip(pair, closing.demands, strict=True)
    ]
    demands = [
        sentence if demand <= 1 else f"{name} would take no terms"
        for sentence, name, demand in zip(demands, pair, closing.demands, strict=True)
    ]
    both_demands, share = join_words(demands), bare_percent(closing.share)
    if closing.outcome == "victory":
        surrender = "the other side, its front or its army nearly gone, asked for next to nothing."
        return "the front had given way." if closing.how == "front" else surrender
    return {
        "settlement": f"{both_demands}, which left room; they settle at {share} % for {pair[0]}.",
        "ceasefire": f"the ceasefire held, with no peace signed and {share} % held by {pair[0]}.",
        "frozen": f"the front was still and both could live with it; it freezes with {share} % held by {pair[0]}.",
        "collapse": "defeat and protest had worn its government down.",
        "fighting": f"at the end {both_demands}.",
    }[closing.outcome]
