"""The workspace: the one folder in which the workbench keeps an analyst's scenarios, drafts and answers."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ripeness.scenario.case import cases_folder, find_scenario_file, read_case, shipped_case_names
from ripeness.scenario.read import open_scenario
from ripeness.scenario.write import edit_text
from ripeness.scenario.yaml_tree import text_of, tree_of
from ripeness.store.atomic_write import write_file
from ripeness.web.workers import WORKERS
from ripeness.workbench.new import new
from ripeness.world.fault import Fault

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,79}\Z")
OWN = "own/"  # before the name of a scenario in the workspace, so that it never hides a shipped case
ENDING = ".yaml"
MOST_TABLE = 500_000  # characters of an actor table


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page is about: a case or an own scenario, under one coding (empty: its default, or it has none)."""

    case: str
    coding: str = ""

    def __str__(self) -> str:
        return f"{self.case}, coding {self.coding}" if self.coding else self.case


class Workspace:
    """A folder with scenarios, drafts and answers; no name leads out of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder).resolve()
        for name in ("scenarios", "drafts", "answers"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def subjects(self) -> list[Subject]:
        """Shipped cases first, then own scenarios, by name."""
        own_files = sorted(path for path in self.scenarios().glob(f"*{ENDING}") if NAME.match(path.stem))
        return [Subject(name) for name in shipped_case_names()] + [Subject(OWN + path.stem) for path in own_files]

    def codings(self, subject: Subject) -> tuple[str, ...]:
        """The codings of a shipped case, its default first; none of a single file."""
        return () if self.is_own(subject) else tuple(read_case(cases_folder() / subject.case).codings)

    def version_titles(self, subject: Subject) -> dict[str, str]:
        """Whose view each coding of a shipped case states, in words, its default first; none of a single file."""
        if self.is_own(subject):
            return {}
        case = read_case(cases_folder() / subject.case)
        return {name: case.titles[name] for name in case.codings}

    def title(self, subject: Subject) -> str:
        """What a case is called: by its index, or (one's own) by the name of its file."""
        if self.is_own(subject):
            return subject.case.removeprefix(OWN)
        return read_case(cases_folder() / subject.case).title

    def is_own(self, subject: Subject) -> bool:
        """Whether the scenario lies in the workspace, and so can be changed."""
        return subject.case.startswith(OWN)

    def source(self, subject: Subject) -> str | Path:
        """What the verbs are given: the name of a shipped case, or the path of an own file.

        Raises: Fault where there is no such case or scenario.
        """
        if self.is_own(subject):
            path = self.path(subject.case.removeprefix(OWN))
            if not path.is_file():
                raise Fault(f"there is no scenario '{subject.case[:80]}' in this workspace")
            return path
        if subject.case not in shipped_case_names():
            raise Fault(f"there is no case '{subject.case[:80]}'; shipped cases: {', '.join(shipped_case_names())}")
        return subject.case

    def path(self, name: str) -> Path:
        """The file of an own scenario.

        Raises: Fault for a name that could lead elsewhere.
        """
        return self._inside("scenarios", name, ENDING)

    def file(self, subject: Subject) -> Path:
        """The file that holds a subject's own numbers, shipped or own."""
        return find_scenario_file(self.source(subject), subject.coding or None).path

    def text(self, subject: Subject) -> str:
        """The text of that file."""
        return text_of(self.file(subject))

    def save(self, name: str, text: str) -> None:
        """Write an own scenario, whole or not at all.

        Raises: Fault where its base would lead out of the workspace.
        """
        WORKERS.read(base_beside, text)
        write_file(self.path(name), text)

    def start(self, name: str, template: str) -> Subject:
        """A new scenario from a template."""
        self._free(name)
        new(self.path(name), template)
        return Subject(OWN + name)

    def duplicate(self, subject: Subject, name: str) -> Subject:
        """Copy a scenario, and the base that it builds on beside it."""
        self._free(name)
        paths = WORKERS.read(files_of, self.source(subject), subject.coding)
        names = [name, *(f"{name}-base{step if step > 1 else ''}" for step in range(1, len(paths)))]
        texts = [text_of(path) for path in paths]
        for step, below in enumerate(names[1:]):
            self._free(below)
            texts[step] = edit_text(texts[step], {"base": f"{below}{ENDING}"})
        for copy, text in reversed(list(zip(names, texts, strict=True))):
            write_file(self.path(copy), text)
        return Subject(OWN + name)

    def take_in(self, name: str, raw: bytes) -> Subject:
        """Keep an uploaded file under a free name; whether it holds together is told in the editor."""
        stem = Path(name.replace("\\", "/")).name.removesuffix(".yml").removesuffix(ENDING)
        self._free(stem)
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Fault("this is not text in UTF-8; save the file as UTF-8") from None
        if "\0" in text:
            raise Fault("this is a binary file; a scenario is text")
        WORKERS.read(base_beside, text)
        write_file(self.path(stem), text)
        return Subject(OWN + stem)

    def keep_table(self, name: str, text: str) -> Path:
        """Keep an actor table; its path.

        Raises: Fault for a name that could lead elsewhere, or a text that no table is.
        """
        if len(text) > MOST_TABLE:
            raise Fault(f"an actor table has at most {MOST_TABLE:,} characters here; this one has {len(text):,}")
        path = self.table(name)
        path.parent.mkdir(exist_ok=True)
        write_file(path, text)
        return path

    def table(self, name: str) -> Path:
        """The file of an actor table, whether it is there or not.

        Raises: Fault for a name that could lead elsewhere.
        """
        return self._inside("tables", name, ".csv")

    def draft(self, name: str) -> str | None:
        """What was typed and not saved, if anything was."""
        path = self._inside("drafts", name, ENDING)
        return text_of(path) if path.is_file() else None

    def keep_draft(self, name: str, text: str) -> None:
        """Keep what is being typed, so that it survives whatever happens to the page or the server."""
        write_file(self._inside("drafts", name, ENDING), text)

    def drop_draft(self, name: str) -> None:
        """Forget a draft."""
        self._inside("drafts", name, ENDING).unlink(missing_ok=True)

    def remove(self, subject: Subject) -> None:
        """Put an own scenario aside, into a folder from which it can be fetched again."""
        path = self.path(subject.case.removeprefix(OWN))
        aside = self.folder / "removed"
        aside.mkdir(exist_ok=True)
        if path.is_file():
            stamp = sha256(path.read_bytes()).hexdigest()[:8]
            shutil.move(path, aside / f"{path.stem}-{stamp}{ENDING}")
        self.drop_draft(path.stem)

    def scenarios(self) -> Path:
        """The folder of one's own scenarios."""
        return self.folder / "scenarios"

    def answers(self) -> Path:
        """The folder of kept answers."""
        return self.folder / "answers"

    def _free(self, name: str) -> None:
        if self.path(name).exists():
            raise Fault(f"there is a scenario '{name}' already; choose another name")

    def _inside(self, room: str, name: str, ending: str) -> Path:
        if not NAME.match(name) or ".." in name:
            raise Fault(f"'{name[:80]}' cannot be a name here; use letters, digits, spaces, '-', '_' and '.'")
        path = (self.folder / room / f"{name}{ending}").resolve()
        if path.parent != (self.folder / room).resolve():
            raise Fault(f"'{name[:80]}' leads out of the workspace")
        return path


def files_of(source: str | Path, coding: str) -> tuple[Path, ...]:
    """The files that a scenario is read from, its own first.

    Raises: Fault where it does not hold together.
    """
    return open_scenario(source, coding or None).files


def base_beside(text: str) -> None:
    """Refuse a base that is neither beside its file nor a shipped case; a text that is no YAML has none.

    >>> base_beside("base: public.yaml")
    """
    try:
        tree = tree_of(text, "typed")
    except Fault:
        return
    base = tree.map().get("base")
    if base is None:
        return
    name = base.content if isinstance(base.content, str) else ""
    of_a_case = ".." not in name and name.partition("/")[0] in shipped_case_names()
    if not name or (Path(name).name != name and not of_a_case):
        raise Fault("'base' names a file beside this one, without a folder, or a shipped case", base.place)


def mark(text: str) -> str:
    """A short mark of a text, to see whether it is still the one that was opened.

    >>> mark("a") == mark("a"), mark("a") == mark("b")
    (True, False)
    """
    return sha256(text.encode()).hexdigest()[:16]
