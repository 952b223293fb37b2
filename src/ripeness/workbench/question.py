"""Question: a verb declared once, from which command line, JSON, page, report, Python and reference are made.

A verb is one frozen dataclass that derives from `Verb`: each field says its type, default, help and bounds; `answer`
returns the value. This file and the declarations load no science: that is imported when a question is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import date
from functools import cache, wraps
from importlib import import_module
from inspect import Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, ParamSpec, TypeVar, dataclass_transform

from ripeness.workbench.parameter import KINDS, Parameter, ValueKind
from ripeness.world.fault import ArgumentFault, Fault

if TYPE_CHECKING:
    from ripeness.show.report.page import Section
    from ripeness.study.war_path import WarPath
    from ripeness.workbench.report_section import ReportSection

Answer_co = TypeVar("Answer_co", covariant=True)
Arguments = ParamSpec("Arguments")
Declared = TypeVar("Declared")
Progress = Callable[[int, int], None]
Case = str | Path  # a shipped case, a folder with a case, or a scenario file


def declared(
    *,
    help: str,  # noqa: A002
    default: Any = MISSING,
    label: str = "",
    key: str = "",
    old_keys: tuple[str, ...] = (),
    flags: tuple[str, ...] | None = None,
    metavar: str = "",
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
    below: float | None = None,
    most_served: float | None = None,
    choices: tuple[str, ...] = (),
    suggest: str = "",
    word: str = "",
    commas: bool = False,
    expert: bool = False,
    served: bool = True,
    kw_only: bool = True,
) -> Any:
    """A field that every face shows; without a default it must be given. See `Parameter` for what each part means."""
    settings = {key_: value for key_, value in locals().items() if key_ not in ("default", "kw_only")}
    return field(default=default, kw_only=kw_only, metadata={"declared": settings})


def python_only(*, default: Any, kw_only: bool = True) -> Any:
    """A field for Python alone, such as a function that is called or an array."""
    return field(default=default, kw_only=kw_only, repr=False, compare=False, metadata={"declared": {}})


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(declared, python_only))
def question(cls: type[Declared]) -> type[Declared]:
    """Make a class a question: a frozen dataclass whose fields are keywords, unless they say otherwise."""
    return dataclass(frozen=True, kw_only=True)(cls)


@question
class Verb(Generic[Answer_co]):
    """A question that can be asked of the workbench; `answer` gives its value.

    `verb` is its name on every face, `summary` what it does in one sentence, `example` a command line that asks it;
    `first` are fields that help and forms show before the question's own; `old_arguments` are names under which Python
    took an argument before; `report_sections` are its sections in a report, none for most. `of_all_versions`: it is
    asked of every version of a case at once.
    """

    first: ClassVar[tuple[str, ...]] = ()
    old_arguments: ClassVar[Mapping[str, str]] = {}
    verb: ClassVar[str] = ""
    summary: ClassVar[str] = ""
    example: ClassVar[str] = ""
    report_sections: ClassVar[tuple[ReportSection, ...]] = ()
    of_all_versions: ClassVar[bool] = False

    def __post_init__(self) -> None:
        """Check every value by what its field declares.

        Raises: ArgumentFault for the first that does not fit.
        """
        for parameter in parameters(type(self)):
            object.__setattr__(self, parameter.name, parameter.check(getattr(self, parameter.name)))
        self.check()

    def check(self) -> None:
        """Check what no single field can say, before anything is read."""

    def answer(self, progress: Any = None) -> Answer_co:
        """Answer the question; `progress` is called with what is done and how much there is.

        Raises: Fault where it cannot be answered.
        """
        raise NotImplementedError

    @classmethod
    def write_section(cls, section: ReportSection, studied: Any) -> Section | None:
        """One of its sections in a report of a run: the question is asked of the same war, unless more is done.

        Raises: Fault where it cannot be answered and must not be left out.

        Returns: None where the report has nothing to say of it.
        """
        from ripeness.workbench.report_section import answer_section

        if section.written_by:
            file, _, function = section.written_by.partition(".")
            written: Section | None = getattr(import_module(f"ripeness.workbench.{file}"), function)(section, studied)
            return written
        try:
            answer = studied.answered(cls, section.draws)
        except Fault:  # too few draws, or nothing that shows before the month
            if section.optional:
                return None
            raise
        return answer_section(section, answer)

    def day(self, name: str) -> date | None:
        """A field that holds a day, which text became when the question was made."""
        value = getattr(self, name)
        return value if isinstance(value, date) else None

    def shared(self, question_class: type[Verb[Any]]) -> dict[str, Any]:
        """The arguments that another question takes, too: enough to ask it of the same war."""
        names = {parameter.name for parameter in parameters(question_class) if parameter.kind is not ValueKind.OBJECT}
        return {name: value for name, value in self.arguments().items() if name in names}

    def arguments(self) -> dict[str, Any]:
        """The arguments that differ from their defaults, by name: enough to ask again, in any face."""
        values = (
            (entry, getattr(self, entry.name)) for entry in parameters(type(self)) if entry.kind is not ValueKind.OBJECT
        )
        return {entry.name: value for entry, value in values if entry.required or value != entry.check(entry.default)}


def parameters(verb: type[Verb[Any]]) -> tuple[Parameter, ...]:
    """The fields of a question as forms and help show them: those by position, its own, then what all questions have.

    Raises: TypeError where a field is annotated as nothing that a face can show; that is a mistake in the declaration.
    """
    key: Any = verb
    return _parameters(key)


@cache
def _parameters(verb: Any) -> tuple[Parameter, ...]:
    declared_in = [vars(cls).get("__annotations__", {}) for cls in verb.__mro__]

    def rank(entry: Field[Any]) -> tuple[int, int]:
        if entry.kw_only is not True:
            return 0, 0
        if entry.name in verb.first:
            return 1, verb.first.index(entry.name)
        depth = next(n for n, names in enumerate(declared_in) if entry.name in names)
        return 2, -depth if depth else -len(declared_in)

    return tuple(_parameter(entry) for entry in sorted(fields(verb), key=rank))


def _parameter(entry: Field[Any]) -> Parameter:
    settings = dict(entry.metadata.get("declared", {}))
    annotation = str(entry.type)
    optional = annotation.endswith(" | None")
    kind = KINDS.get(annotation.removesuffix(" | None"), ValueKind.OBJECT) if settings else ValueKind.OBJECT
    if settings and kind is ValueKind.OBJECT:
        raise TypeError(f"{entry.name}: no face can show a field of type {annotation}; see KINDS")
    flags = settings.get("flags")
    names = {
        "label": settings.get("label") or entry.name.replace("_", " ").capitalize(),
        "key": settings.get("key") or entry.name,
        "flags": (f"--{entry.name.replace('_', '-')}",) if flags is None and settings else flags or (),
    }
    return Parameter(
        name=entry.name,
        kind=kind,
        optional=optional,
        required=entry.default is MISSING,
        default=None if entry.default is MISSING else entry.default,
        served=settings.pop("served", False) and kind is not ValueKind.FILE,
        **{**settings, **names},
    )


def python_function(verb: Callable[Arguments, Verb[Answer_co]]) -> Callable[Arguments, Answer_co]:
    """The function of Python that asks a question: it takes the fields as arguments and returns the answer."""
    declaration: Any = verb
    old = declaration.old_arguments

    returns = declaration.answer.__annotations__.get("return", Signature.empty)
    fields_of_question = signature(declaration)

    def ask_question(*args: Arguments.args, **keywords: Arguments.kwargs) -> Answer_co:
        named: dict[str, Any] = {old.get(name, name): value for name, value in keywords.items()}
        try:
            fields_of_question.bind(*args, **named)
        except TypeError as error:
            raise TypeError(f"{declaration.verb}() {error}") from None
        posed = verb(*args, **named)
        return posed.answer(getattr(posed, "progress", None))

    ask_question.__name__ = ask_question.__qualname__ = declaration.verb
    ask_question.__doc__, ask_question.__module__ = declaration.__doc__, declaration.__module__
    ask_question.__signature__ = fields_of_question.replace(return_annotation=returns)  # type: ignore[attr-defined]
    return ask_question


DRAWS = 20_000  # wars of an ensemble where nobody says how many
MOST_DRAWS = 2**32 - 1  # draws are numbered by 32-bit words
MOST_SEED = 2**64 - 1
MOST_STEPS = 600
SERVED_DRAWS = 1_000_000  # in one job of a server
SERVED_SEED = 2**53  # beyond it not every program reads a whole number of JSON as it was written
READINGS = ("factional", "unitary")
ENGINES = ("threads", "dask")


@question
class CaseQuestion(Verb[Answer_co]):
    """A question about a case or a scenario file, in one of its codings."""

    case_or_path: Case = declared(
        flags=(),
        key="case",
        kw_only=False,
        label="Case",
        help="A shipped case, a folder with a case, or a scenario file.",
    )
    coding: str | None = declared(
        default=None, suggest="codings", help="Which coding of the case. Default: the case's first."
    )


@question
class SimulationQuestion(CaseQuestion[Answer_co]):
    """A question about the war of a case as the model simulates it."""

    reading: str = declared(
        default="factional", choices=READINGS, help="factional, or unitary: each side as one person."
    )
    seed: int = declared(
        default=1,
        least=0,
        most=MOST_SEED,
        most_served=SERVED_SEED,
        help="Chooses inputs and luck; the same seed repeats them.",
    )
    horizon: int | None = declared(
        default=None,
        least=1,
        most=MOST_STEPS,
        expert=True,
        label="Steps to look ahead",
        help="Steps to look ahead. Default: the case's.",
    )
    changes: Mapping[str, object] | None = declared(
        default=None,
        flags=("--set",),
        suggest="numbers",
        expert=True,
        label="Other numbers",
        help="PATH=VALUE: change a number; repeatable.",
    )


def check_months(months: Sequence[float] | None, last: float) -> None:
    """Refuse a month of a table that lies beyond the last of the forecast.

    Raises: Fault for such a month. Units: months from the start.
    """
    for month in months or ():
        if not 0 <= month <= last:
            raise Fault(f"month {month:g} lies outside the forecast, which runs to month {last:g}")


@question
class WarQuestion(SimulationQuestion[Answer_co]):
    """A question about many simulated wars, all of them or those that agree with evidence.

    `engine` and `scheduler` say where the wars are fought, in all studies of the question; they change no bit of the
    answer. A server takes neither from its visitors: its processes would connect to wherever a visitor says.
    """

    def __init_subclass__(cls, **settings: Any) -> None:
        """Have the answer simulated on the engine that the question names."""
        super().__init_subclass__(**settings)
        if "answer" in vars(cls):
            cls.answer = _on_engine(cls.answer)  # type: ignore[method-assign]

    draws: int = declared(
        default=DRAWS,
        least=1,
        most=MOST_DRAWS,
        most_served=SERVED_DRAWS,
        label="Wars to fight",
        help="How many wars to fight.",
    )
    evidence: bool = declared(
        default=False,
        flags=("--given",),
        word="evidence",
        expert=True,
        label="Given the evidence",
        help="`evidence`: only wars that agree with what was observed.",
    )
    as_of: date | str | None = declared(
        default=None,
        expert=True,
        label="Day of the forecast",
        help="Day of the forecast: still fighting then, and evidence up to it. Default: the scenario's start.",
    )
    ignore_duration: bool = declared(
        default=False,
        expert=True,
        label="Ignore the months fought",
        help="Leave out that the war has already lasted from its beginning to the start.",
    )
    war_path: str | Path | None = declared(
        default=None,
        flags=("--months",),
        expert=True,
        metavar="FILE",
        label="File of months",
        help="File of months: deaths by side, lines, offers and leaders' falls of the war so far.",
    )
    known_path: WarPath | None = python_only(default=None)
    observe: Sequence[str] = declared(
        default=(),
        expert=True,
        label="Suppose this is seen",
        help="'POLITY ISSUE DATE VALUE': suppose this is seen; repeatable.",
    )
    ignore_record: bool = declared(
        default=False,
        expert=True,
        label="Leave out the record of past conflicts",
        help="Leave out the record of past conflicts: the model of this war alone.",
    )
    engine: str | None = declared(
        default=None,
        choices=ENGINES,
        expert=True,
        served=False,
        help="threads, or dask for a cluster. Default: RIPENESS_ENGINE, else threads.",
    )
    scheduler: str | None = declared(
        default=None,
        expert=True,
        served=False,
        metavar="ADDRESS",
        help="A Dask scheduler. Default: RIPENESS_SCHEDULER, else processes of this machine.",
    )
    progress: Progress | None = python_only(default=None)

    def check(self) -> None:
        """Refuse a scheduler where no cluster is asked for."""
        if self.engine == "threads" and self.scheduler is not None:
            raise ArgumentFault("scheduler", " belongs to the engine dask, not to threads")


def _on_engine(answer: Callable[..., Answer_co]) -> Callable[..., Answer_co]:
    """The answer of a question, all ensembles of which are simulated on the engine that it names."""

    @wraps(answer)
    def answer_on_engine(self: WarQuestion[Answer_co], progress: Progress | None = None) -> Answer_co:
        from ripeness.ensemble.engines.choice import use_engine

        with use_engine(self.engine, self.scheduler):
            return answer(self, progress)

    return answer_on_engine
