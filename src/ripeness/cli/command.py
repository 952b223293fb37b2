"""Command: a verb of the command line, made from its declaration: flags in, the question asked, its answer out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from inspect import Parameter as Argument
from inspect import Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer

from ripeness.cli.output import say, say_json_text
from ripeness.workbench.parameter import Parameter, ValueKind, read_changes
from ripeness.workbench.question import Verb, parameters
from ripeness.world.fault import ArgumentFault, Fault

if TYPE_CHECKING:
    from ripeness.show.terminal import Terminal

TYPES: Mapping[ValueKind, Any] = {
    ValueKind.CASE: str,
    ValueKind.TEXT: str,
    ValueKind.WHOLE: int,
    ValueKind.NUMBER: float,
    ValueKind.SWITCH: bool,
    ValueKind.DAY: str,
    ValueKind.FILE: Path,
    ValueKind.TEXTS: list[str],
    ValueKind.NUMBERS: list[float],
    ValueKind.CHANGES: list[str],
}
SEVERAL = (ValueKind.TEXTS, ValueKind.NUMBERS, ValueKind.CHANGES)
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Flag:
    """A flag that is no part of the question: it says where or how the answer is written."""

    name: str
    type: Any
    default: Any
    help: str

    def argument(self, word: str) -> Argument:
        """The flag as typer reads it."""
        option = typer.Option(self.name, help=self.help)
        return Argument(word, Argument.KEYWORD_ONLY, default=self.default, annotation=Annotated[self.type, option])


FULL = Flag("--full", bool, False, "Print every table, not only the answer and the first.")
JSON = Flag("--json", bool, False, "Print one JSON object.")
OUT = Flag("--out", Path | None, None, "Keep answer, tables and chart in this new folder.")
PLOT = Flag("--plot", Path | None, None, "Draw the answer: FILE.svg, .png or .json.")


class Printer:
    """How a verb's answer is written. This one is for answers that lay out their tables, draw, and save themselves.

    `flags` are named by the words under which `values` holds them; one that a question has as a field is the field's.
    """

    flags: ClassVar[Mapping[str, Flag]] = {"full": FULL, "as_json": JSON, "out": OUT, "plot": PLOT}

    helps: ClassVar[Mapping[str, str]] = {}  # what help says of a field instead, where more is meant by it here
    place_is_optional = False  # whether what stands by position may be left out, since something else can be asked

    def instead(self, values: Values) -> bool:  # noqa: ARG002
        """Do what is asked instead of the question, if anything is; then say so."""
        return False

    def prepare(self, values: Values) -> None:
        """Refuse what could not be written before the work is done."""
        if values.get("plot") is not None:
            from ripeness.show.charts.save import need_kind

            need_kind(values["plot"])
        if values.get("out") is not None:
            from ripeness.store.write_target import require_free_folder

            require_free_folder(values["out"])

    def ask(self, question: Verb[Any], values: Values, progress: Any) -> Any:  # noqa: ARG002
        """Ask the question."""
        return question.answer(progress)

    def write(self, answer: Any, values: Values) -> None:
        """Write the files that were asked for."""
        if values["out"] is not None:
            answer.save(values["out"])
        if values["plot"] is not None:
            from ripeness.show.charts.save import save

            save(answer.plot(), values["plot"])

    def print(self, answer: Any, values: Values) -> None:
        """Print the answer, as JSON or as tables."""
        if values["as_json"]:
            say_json_text(answer.to_json())
        else:
            self.show(answer, full=values["full"])

    def show(self, answer: Any, *, full: bool) -> None:
        """Print what was asked, the answer or all tables, and on standard error what limits the evidence."""
        from rich.text import Text

        from ripeness.show.terminal import Terminal

        console = Terminal()
        console.print(Text(answer.setup.scenario.title, style="bold"))
        console.print(Text(answer.setup.heading(), style="dim"))
        for path, value in answer.setup.changes.items():
            console.print(Text(f"set {path} = {value}", style="dim"))
        print_answer(console, answer, full=full)
        if answer.setup.information is not None:
            for warning in answer.setup.information.warnings:
                say(f"- {warning}", error=True)
        for line in answer.setup.weigh.remarks:
            say(f"- {line}", error=True)


def print_answer(console: Terminal, answer: Any, *, full: bool) -> None:
    """Print an answer for one screen and what there is besides, or all of it."""
    if full:
        console.print(answer.layout())
        return
    from ripeness.show.brief import more_line

    brief = answer.brief()
    console.print(brief)
    more = more_line(answer.layout(), brief)
    if more:
        console.print(more, style="dim")


def command(declaration: type[Verb[Any]], printer: Printer) -> Callable[..., None]:
    """The function that typer runs for a verb; its signature holds the question's fields and the printer's flags."""
    fields = [parameter for parameter in parameters(declaration) if parameter.kind is not ValueKind.OBJECT]
    names = {parameter.name: _spoken(parameter) for parameter in fields}

    def run(**values: Any) -> None:
        from ripeness.cli.progress import progress_of

        try:
            if printer.instead(values):
                return
            printer.prepare(values)
            question = typed_question(declaration, values)
            with progress_of() as progress:
                answer = printer.ask(question, values, progress)
        except ArgumentFault as fault:
            raise fault.named(names) from None
        printer.write(answer, values)
        printer.print(answer, values)

    own_words = {_word(field) for field in fields}
    arguments = [
        *(_argument(_with_help(parameter, printer), optional=printer.place_is_optional) for parameter in fields),
        *(flag.argument(word) for word, flag in printer.flags.items() if word not in own_words),
    ]
    run.__name__ = declaration.verb
    run.__doc__ = f"{declaration.summary}\n\n{declaration.example}"
    run.__signature__ = Signature(arguments, return_annotation=None)  # type: ignore[attr-defined]
    run.__annotations__ = {argument.name: argument.annotation for argument in arguments}
    return run


def typed_question(declaration: type[Verb[Any]], values: Values) -> Verb[Any]:
    """The question that was typed: `values` are those of its command, by the words under which it takes them.

    Raises: ArgumentFault for what is not written as it is read, or does not fit.
    """
    fields = [parameter for parameter in parameters(declaration) if parameter.kind is not ValueKind.OBJECT]
    return declaration(**{field.name: _value(field, values[_word(field)]) for field in fields})


def _with_help(parameter: Parameter, printer: Printer) -> Parameter:
    return replace(parameter, help=printer.helps.get(parameter.name, parameter.help))


def _word(parameter: Parameter) -> str:
    """The name of an argument inside the command; that of a place is shown in its help."""
    return parameter.name if parameter.flags else (parameter.metavar.lower() or parameter.key)


def _spoken(parameter: Parameter) -> str:
    """What a message calls an argument."""
    if not parameter.flags:
        return _word(parameter).upper()
    return f"{parameter.flags[0]} {parameter.word}" if parameter.word else parameter.flags[0]


def _argument(parameter: Parameter, *, optional: bool) -> Argument:
    """A field as typer reads it; `optional`: one that stands by position may be left out."""
    kind = TYPES[parameter.kind]
    if parameter.commas or parameter.word:
        kind = str
    default = parameter.default
    if parameter.word or parameter.commas:
        default = ""
    elif parameter.kind is ValueKind.SWITCH:
        default = False
    elif parameter.kind in SEVERAL or default is None:
        default, kind = None, kind | None
    if parameter.flags:
        annotation: Any = typer.Option(*parameter.flags, help=parameter.help, metavar=parameter.metavar or None)
    else:
        annotation = typer.Argument(help=parameter.help)
    if parameter.required:
        kind = TYPES[parameter.kind]
        default = "" if optional and not parameter.flags else Argument.empty
    return Argument(_word(parameter), Argument.KEYWORD_ONLY, default=default, annotation=Annotated[kind, annotation])


def _value(parameter: Parameter, typed: Any) -> Any:
    """What was typed, as the question takes it.

    Raises: ArgumentFault for what is not written as it is read.
    """
    if parameter.word:
        if typed not in ("", parameter.word):
            flag = parameter.flags[0]
            raise Fault(f"{flag}: '{typed[:40]}' is not known; write {flag} {parameter.word}")
        return typed == parameter.word
    if parameter.kind is ValueKind.SWITCH:
        return typed != bool(parameter.default)
    if parameter.commas:
        return _listed(parameter, typed)
    if parameter.kind is ValueKind.CHANGES:
        return read_changes(typed or (), parameter.name)
    if parameter.kind is ValueKind.DAY:
        return (typed or "").strip() or None
    return () if typed is None and parameter.kind in SEVERAL else typed


def _listed(parameter: Parameter, text: str) -> Any:
    """Several values behind one flag, with commas; numbers in their order, each once."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not text.strip():
        return parameter.default
    if parameter.kind is not ValueKind.NUMBERS:
        if not parts:
            raise ArgumentFault(parameter.name, f": '{text[:80]}' names nothing; write names with commas")
        return parts
    try:
        return tuple(sorted({float(part) for part in text.split(",")}))
    except ValueError:
        raise ArgumentFault(
            parameter.name, f": '{text[:80]}' is not a list of {parameter.name}, such as 6,12,24"
        ) from None
