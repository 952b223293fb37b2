"""A question that is declared is there on every face: nobody writes its command, its function or its reference by hand.

The files that somebody who adds a question writes by hand, six in all, stand in ARCHITECTURE.md under "a new verb".
Here the three that the faces are made from are written into a copy of the package; nothing else is touched.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ripeness

ROOT = Path(ripeness.__file__).parents[2]

STUDY = '''
"""Age: how long a war had lasted when its forecast begins."""

from __future__ import annotations

from dataclasses import dataclass

from ripeness.scenario.schema import Scenario
from ripeness.world.calendar import months_between


@dataclass(frozen=True, slots=True)
class Age:
    """Units: months."""

    months: float


def age_of(scenario: Scenario, rounded: int) -> Age:
    """The age of a war at the start of its forecast."""
    return Age(round(months_between(scenario.began, scenario.start), rounded))
'''

DECLARATION = '''
"""Age: how old a war is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.workbench.answer import StudyAnswer
from ripeness.workbench.question import Progress, WarQuestion, declared, python_function, question
from ripeness.workbench.report_section import ReportSection

if TYPE_CHECKING:
    from ripeness.study.age import Age


@question
class AgeQuestion(WarQuestion["AgeAnswer"]):
    """Say how old a war is when its forecast begins."""

    verb = "age"
    summary = "How old the war is."
    example = "ripeness age japan-1945"
    report_sections = (ReportSection("age", "How old it is"),)

    digits: int = declared(default=1, least=0, most=3, help="Digits after the point.")

    def answer(self, progress: Progress | None = None) -> AgeAnswer:
        """Reckon from the day on which it began."""
        from ripeness.study.age import age_of
        from ripeness.workbench.setup import set_up

        setup = set_up(self)
        return AgeAnswer(setup, age_of(setup.scenario, self.digits))


@dataclass(frozen=True, repr=False)
class AgeAnswer(StudyAnswer):
    """How old a war is."""

    value: Age
    shown_by: ClassVar[str] = "age_tables"

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row."""
        return [{"months": self.value.months}]


age = python_function(AgeQuestion)
'''


TABLES = '''
"""Tables of how old a war is."""

from __future__ import annotations

from ripeness.show.cell import row
from ripeness.show.table import Layout, layout, text_table
from ripeness.study.age import Age


def sentence(age: Age) -> str:
    """The answer in one sentence."""
    return f"The war is {age.months:g} months old."


def tables(age: Age) -> Layout:
    """The sentence and the figure."""
    return layout(sentence(age), text_table(("months",), [row(f"{age.months:g}")], title="Age of the war"))
'''


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the package and of the generator of its reference, with a study, a declaration and its tables more."""
    place = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "src", place / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs", place / "docs", ignore=shutil.ignore_patterns("__pycache__", "*.svg", "*.png"))
    package = place / "src" / "ripeness"
    (package / "study" / "age.py").write_text(STUDY, encoding="utf-8")
    (package / "workbench" / "age.py").write_text(DECLARATION, encoding="utf-8")
    (package / "show" / "age_tables.py").write_text(TABLES, encoding="utf-8")
    return place


def test_six_places_are_written_by_hand_and_the_three_of_the_package_are_those_below():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    item = re.search(r"\*A new verb\*(.*?); then `make reference`", text, re.DOTALL)
    places = re.findall(r"`([^`]+)`", item[1])
    assert len(places) == 6
    assert places[:3] == ["study/NAME.py", "workbench/NAME.py", "show/NAME_tables.py"]


def python(house: Path, code: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the copy."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(house / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "NUMBA_DISABLE_JIT": "1",  # a copy would have all loops compiled anew
    }
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


SECTION = """
import ripeness
from ripeness.workbench import report_parts, report_summary
declared = report_parts.declared_sections()
print([section.key for _, section in declared][-5:])
few = [pair for pair in declared if pair[1].key in ("price", "age", "repeat")]  # the others take long uncompiled
report_parts.declared_sections = lambda: few
report_summary.summary_of = lambda studied: None  # it asks what else takes long
page = ripeness.report("japan-1945", draws=16, horizon=2, ignore_duration=True).page
section = page.sections[1]
print(section.heading, *section.paragraphs, *(placed.table.title for placed in section.tables), sep="|")
print("How old it is" in page.html(), "How old it is" in page.markdown())
"""
WEB = """
from tempfile import mkdtemp
from nicegui import Client
from nicegui.page import page
from ripeness.web.api.interface import interface
from ripeness.web.jobs import JobQueue
from ripeness.web.question_page import QuestionPage
from ripeness.web.screens import ALL, Screen, add_screen, page_module, screens
from ripeness.web.services import Services
from ripeness.web.workspace import Subject, Workspace
folder = mkdtemp()
services = Services(Workspace(folder), JobQueue(), folder + "/ledger.sqlite")
route = interface(services).openapi()["paths"]["/api/v1/age"]["post"]
body = interface(services).openapi()["components"]["schemas"]
print(route["description"].splitlines()[0], any("digits" in form.get("properties", ()) for form in body.values()))
where = Screen("/age", "Age", "How old is this war?", "age", "z")
add_screen(where, "/report")
print(page_module(where), where in screens())
with Client(page("/test")):
    print("digits" in QuestionPage(services, where, Subject("japan-1945")).form.controls)
services.jobs.close()
"""
QUICK = ("--ignore-duration",)  # wars before the start take long uncompiled
CLI = "import sys; from ripeness.cli.app import main; sys.argv[0] = 'ripeness'; main()"


def test_the_command_line_has_it_with_its_own_flags_and_those_of_every_question(house):
    done = python(house, CLI, "age", "--help")
    assert {"--digits", "--reading", "--draws", "--given", "--json", "--out"} <= set(
        re.findall(r"--[a-z-]+", done.stdout)
    )
    assert "How old the war is." in done.stdout


def test_the_command_line_answers_and_refuses_by_the_name_of_the_flag(house):
    done = python(house, CLI, "age", "japan-1945", "--json", *QUICK)
    assert json.loads(done.stdout)["case"] == "japan-1945", done.stderr
    assert "months old" in python(house, CLI, "age", "japan-1945", *QUICK).stdout
    refused = python(house, CLI, "age", "japan-1945", "--digits", "4")
    assert (refused.returncode, refused.stderr.strip()) == (2, "--digits is 4; it can be 0 to 3")


def test_python_has_it_and_refuses_by_the_name_of_the_argument(house):
    asked = "ripeness.age('japan-1945', digits=2, ignore_duration=True).value.months"
    code = f"import ripeness; print({asked}); ripeness.age('x', digits='a')"
    done = python(house, code)
    assert float(done.stdout) > 0
    assert "digits is 'a'; a whole number from 0 to 3 is wanted" in done.stderr


def test_the_reference_and_what_type_checkers_see_have_it_once_they_are_written(house):
    script = str(house / "docs" / "generate.py")
    done = python(house, "import sys, runpy; runpy.run_path(sys.argv[1], run_name='__main__')", script)
    assert done.returncode == 0, done.stderr
    reference = house / "docs" / "reference"
    assert "## ripeness age\n" in (reference / "cli.md").read_text(encoding="utf-8")
    assert "## ripeness.age\n" in (reference / "python.md").read_text(encoding="utf-8")
    public = (house / "src" / "ripeness" / "__init__.py").read_text(encoding="utf-8")
    assert "    from ripeness.workbench.age import age as age\n" in public
    assert '"age",' in public


def test_the_section_that_it_declares_stands_in_a_report_after_the_studies_and_before_the_doubts(house):
    done = python(house, SECTION)
    assert len(done.stdout.splitlines()) == 3, done.stdout + done.stderr
    order, section, faces = done.stdout.splitlines()
    assert order == "['watch', 'age', 'doubt', 'sources', 'repeat']"
    heading, sentence, table = section.split("|")
    assert (heading, table) == ("How old it is", "Age of the war")
    assert "months old" in sentence
    assert faces == "True True"


def test_the_json_interface_has_a_route_for_it_and_a_line_among_the_screens_makes_its_page(house):
    done = python(house, WEB)
    assert done.stdout.splitlines() == ["How old the war is. True", "ripeness.web.pages.questions True", "True"], (
        done.stderr
    )
