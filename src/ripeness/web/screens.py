"""Screens: every page of the workbench with its question, in the order in which one meets them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from urllib.parse import urlencode

from ripeness.web.services import has_verb
from ripeness.web.workspace import Subject
from ripeness.workbench.verbs import declared_verbs

PAGES = "ripeness.web.pages"
QUESTIONS = f"{PAGES}.questions"


@dataclass(frozen=True, slots=True)
class Screen:
    """A page: its address, its name, the question that it answers, the verb behind it, the key that opens it, and the
    package that holds its file.
    """

    path: str
    name: str
    question: str
    verb: str
    key: str
    about_a_war: bool = True
    package: str = PAGES


ALL = [
    Screen(
        "/", "Cases", "Which wars are on the shelf, and what does each forecast say?", "run", "c", about_a_war=False
    ),
    Screen("/scenario", "Scenario", "What does this forecast rest on?", "check", "s"),
    Screen("/sources", "Sources", "What does every number rest on?", "cite", "b"),
    Screen("/forecast", "Forecast", "How may this war end, when, and at what price?", "run", "f"),
    Screen("/disagree", "Analysts differ", "How far do analysts' versions lie apart, and why?", "disagree", "k"),
    Screen("/explain", "Explain", "How does one get from past wars to this war's number?", "explain", "x"),
    Screen("/wars-like-this", "Wars like this", "How did past conflicts like this one end?", "record", "q"),
    Screen("/story", "One war", "How did a single one of the simulated wars go?", "story", "y"),
    Screen("/who-decides", "Who decides", "Whose will do the decisions follow?", "infer", "w"),
    Screen("/judges", "Judges", "What are several judges to be asked about this war?", "elicit", "j"),
    Screen("/ripe", "Ripe?", "Is it time to negotiate, and who stands in the way?", "ripe", "r"),
    Screen("/options", "Options", "What could each side do, and for whom is it good?", "options", "o"),
    Screen("/what-if", "What if", "What changes when one number or one link is another?", "whatif", "i"),
    Screen("/what-matters", "What matters", "Which of the unknown numbers does the answer hang on?", "sense", "m"),
    Screen("/watch", "Watch", "What should one look out for, and when?", "indicators", "a"),
    Screen("/map", "Map", "What acts on what?", "map", "p"),
    Screen("/mechanisms", "Mechanisms", "Which of the theory's levers matter in this war?", "mechanisms", "n"),
    Screen("/update", "Over time", "How would the forecast have moved from day to day?", "update", "v"),
    Screen("/compare", "Compare", "Where do two forecasts differ?", "run", "d"),
    Screen("/report", "Report", "The whole answer on paper.", "report", "t"),
    Screen(
        "/shelf",
        "Shelf",
        "Which runs are kept whole, and do they come out the same again?",
        "list",
        "h",
        about_a_war=False,
    ),
    Screen(
        "/ledger",
        "Ledger",
        "What was forecast, what came true, and how good was it?",
        "forecast",
        "l",
        about_a_war=False,
    ),
    Screen(
        "/decide", "Decide", "What does every decision rule make of my actor table?", "decide", "u", about_a_war=False
    ),
]


def screens() -> tuple[Screen, ...]:
    """The screens whose verb this version has, and whose page is written or comes from a declared question; those of
    other packages bring their verb.
    """
    return tuple(
        screen
        for screen in ALL
        if (screen.package != PAGES or has_verb(screen.verb))
        and (page_module(screen) != QUESTIONS or screen.verb in declared_verbs())
    )


def add_screen(screen: Screen, before: str) -> None:
    """Put a screen of another package among these, before the one at a path; one that is there already stays there."""
    if screen not in ALL:
        ALL.insert([known_screen.path for known_screen in ALL].index(before), screen)


def page_module(screen: Screen) -> str:
    """The module of a screen's page, named by its address; the front page shows the cases, and a page without a module
    of its own is made from the declaration of its question.

    >>> page_module(screen("/what-if")), page_module(screen("/ripe"))
    ('ripeness.web.pages.what_if', 'ripeness.web.pages.questions')
    """
    module = f"{screen.package}.{screen.path.strip('/').replace('-', '_') or 'cases'}"
    return module if find_spec(module) else QUESTIONS


def screen(path: str) -> Screen:
    """The screen at a path."""
    return next(candidate for candidate in ALL if candidate.path == path)


def link(screen: Screen, subject: Subject | None) -> str:
    """The address of a screen about a subject.

    >>> link(screen("/forecast"), Subject("japan-1945"))
    '/forecast?case=japan-1945'
    """
    if subject is None or not screen.about_a_war:
        return screen.path
    return (
        screen.path + "?" + urlencode({"case": subject.case} | ({"coding": subject.coding} if subject.coding else {}))
    )
