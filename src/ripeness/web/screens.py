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
    """A page: its address, its name, the question that it answers, the verb behind it, the key that opens it, the
    part of a case's workspace in which it stands (none: it is about no single case), and the package of its file.

    `slow`: its answer usually takes more than five seconds, so that it is not made anew at every change.
    """

    path: str
    name: str
    question: str
    verb: str
    key: str
    group: str = ""
    slow: bool = False
    package: str = PAGES

    @property
    def about_a_war(self) -> bool:
        """Whether it is about a case."""
        return bool(self.group)


OUTLOOK, WHO, RIPE, CHOICES, DRIVES, EVIDENCE = GROUPS = (
    "Outlook",
    "Who decides",
    "Ripe?",
    "Choices",
    "What drives it",
    "Evidence",
)
ALL = [
    Screen("/", "Cases", "Which wars are there, and how may each of them end?", "run", "c"),
    Screen("/forecast", "Outlook", "How may this war end, and by when?", "run", "f", OUTLOOK),
    Screen(
        "/disagree",
        "Analysts differ",
        "How far do analysts' versions lie apart, and why?",
        "disagree",
        "k",
        OUTLOOK,
        slow=True,
    ),
    Screen("/wars-like-this", "Wars like this one", "How did past wars like this one end?", "record", "q", OUTLOOK),
    Screen(
        "/explain",
        "From past wars to this one",
        "How does one get from past wars to this war's number?",
        "explain",
        "x",
        OUTLOOK,
        slow=True,
    ),
    Screen(
        "/update", "Over time", "How would the forecast have moved from day to day?", "update", "v", OUTLOOK, slow=True
    ),
    Screen("/story", "One simulated war", "How did a single one of the simulated wars go?", "story", "y", OUTLOOK),
    Screen("/compare", "Compare", "Where do two forecasts differ?", "run", "d", OUTLOOK),
    Screen("/report", "Report", "The whole answer on paper.", "report", "t", OUTLOOK, slow=True),
    Screen("/who-decides", "Who decides", "Whose will do the decisions follow?", "infer", "w", WHO, slow=True),
    Screen("/judges", "Ask experts", "What are several experts to be asked about this war?", "elicit", "j", WHO),
    Screen("/ripe", "Ripe?", "Is it time to negotiate, and who stands in the way?", "ripe", "r", RIPE),
    Screen("/options", "Choices", "What could each side do, and for whom is it good?", "options", "o", CHOICES),
    Screen("/what-if", "What if", "What changes when something is otherwise?", "whatif", "i", DRIVES),
    Screen("/map", "Causal map", "What acts on what?", "map", "p", DRIVES),
    Screen(
        "/what-matters", "What matters", "On which of the unknown numbers does the answer hang?", "sense", "m", DRIVES
    ),
    Screen(
        "/mechanisms",
        "Mechanisms",
        "Which of the theory's mechanisms matter in this war?",
        "mechanisms",
        "n",
        DRIVES,
        slow=True,
    ),
    Screen("/watch", "What to watch", "What should one look out for, and when?", "indicators", "a", DRIVES),
    Screen("/sources", "Evidence", "What does every number rest on?", "cite", "b", EVIDENCE),
    Screen("/scenario", "Scenario", "What does this forecast assume, and how is it changed?", "check", "s", EVIDENCE),
    Screen("/ledger", "Ledger", "What was forecast, what came true, and how good was it?", "forecast", "l"),
    Screen("/decide", "Decide", "What does every decision rule make of my table of actors?", "decide", "u"),
    Screen("/shelf", "Kept", "Which simulations are kept whole, and do they come out the same again?", "list", "h"),
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


def global_screens() -> tuple[Screen, ...]:
    """The screens that are about no single case, in their order."""
    return tuple(screen for screen in screens() if not screen.group)


def screens_of(group: str) -> tuple[Screen, ...]:
    """The screens of a part of a case's workspace, the one that opens it first.

    >>> [screen.path for screen in screens_of("Who decides")]
    ['/who-decides', '/judges']
    """
    return tuple(screen for screen in screens() if screen.group == group)


def page_module(screen: Screen) -> str:
    """The module of a screen's page, named by its address; the front page shows the cases, and a page without a module
    of its own is made from the declaration of its question.

    >>> page_module(screen("/what-if")), page_module(screen("/watch"))
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
