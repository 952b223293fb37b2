"""Flags in words: declarations and studies name arguments by flags; pages name fields, and programs keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ripeness.workbench.parameter import Parameter
from ripeness.workbench.question import Verb, parameters
from ripeness.workbench.verbs import declared_verbs, question_of
from ripeness.world.fault import ArgumentFault, Fault

NamesOf = Callable[[type[Verb[Any]]], Mapping[str, str]]
FLAG = re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*")


PAGE_LABELS = {  # where a page says it otherwise than the command line
    "draws": "Simulations",
    "mixture_draws": "Simulations of each mixture",
    "reading": "Who bargains on each side",
    "by": "By",
    "as_of": "As of",
    "changes": "Change other numbers",
    "ignore_duration": "Ignore how long it has lasted",
    "ignore_record": "Leave out past wars",
    "draw": "Which simulation",
    "particles": "Samples of the inference",
}


def page_label(parameter: Parameter) -> str:
    """What a page calls a field.

    >>> page_label(next(field for field in parameters(question_of("ripe")) if field.name == "draws"))
    'Simulations'
    """
    return PAGE_LABELS.get(parameter.name, parameter.label)


def keys_of(verb: type[Verb[Any]]) -> dict[str, str]:
    """What programs call the arguments of a question, by name and by flag.

    >>> keys_of(question_of("options"))["--option"]
    "'own'"
    """
    return _names(verb, lambda parameter: parameter.key)


def labels_of(verb: type[Verb[Any]]) -> dict[str, str]:
    """What pages call the arguments of a question, by name and by flag.

    >>> labels_of(question_of("options"))["--option"]
    "'own options'"
    """
    return _names(verb, lambda parameter: page_label(parameter).lower())


def name_flags(text: str, names: Mapping[str, str]) -> str:
    """A text with its flags under other names; a flag without another name stays.

    >>> name_flags("with --leader, or --json", {"--leader": "'who leads'"})
    "with 'who leads', or --json"
    """
    return FLAG.sub(lambda flag: names.get(flag[0], flag[0]), text)


def name_fault(fault: Fault, names: Mapping[str, str]) -> Fault:
    """A fault, and those that travel with it, in the words of a face.

    >>> print(name_fault(Fault("--option: 'x' is not one"), keys_of(question_of("options"))))
    'own': 'x' is not one
    """
    if isinstance(fault, ArgumentFault):
        return fault.named(names)
    others = tuple(name_fault(other, names) for other in fault.others)
    return Fault(name_flags(fault.message, names), fault.place, others)


def verb_fault(fault: Fault | None, verb: str, names_of: NamesOf) -> Fault | None:
    """A fault of a question in the words of a face; `names_of` gives them for those that are declared."""
    return fault if fault is None or verb not in declared_verbs() else name_fault(fault, names_of(question_of(verb)))


def help_words(parameter: Parameter, names: Mapping[str, str], several: str = "") -> str:
    """The help of a field where nobody types flags; `several` says how one writes more than one value.

    >>> from ripeness.workbench.question import WarQuestion
    >>> evidence = next(field for field in parameters(WarQuestion) if field.name == "evidence")
    >>> help_words(evidence, {})
    'only wars that agree with what was observed.'
    """
    text = parameter.help.removeprefix(f"`{parameter.word}`: ").replace("; repeatable", several)
    return name_flags(text, names)


def _names(verb: type[Verb[Any]], name: Callable[[Parameter], str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for parameter in parameters(verb):
        quoted = f"'{name(parameter)}'"
        names |= {parameter.name: quoted} | dict.fromkeys(parameter.flags, quoted)
    return names
