"""The Python face: typed for checkers and editors, harmless under `import *`, days as text,
charts and cells without a network.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from importlib.resources import files

import altair as alt
import pytest

import ripeness
from ripeness.show.charts.dress import dress
from ripeness.world.dates import as_day, need_moment
from ripeness.world.fault import Fault

FEW = {"draws": 64, "horizon": 2}
TYPED = """
import ripeness
from ripeness import *
reveal_type(ripeness.run)
reveal_type(ripeness.forecast.add)
reveal_type(ripeness.run("japan-1945").sentence())
reveal_type(list)
ripeness.no_such_verb
"""


@pytest.fixture(scope="module")
def result():
    """A small run."""
    return ripeness.run("japan-1945", **FEW)


@pytest.mark.slow
def test_a_type_checker_sees_what_every_verb_takes_and_gives(tmp_path, root):
    program = tmp_path / "program.py"
    program.write_text(TYPED)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--follow-imports=silent", "--cache-dir", str(tmp_path / "cache"), str(program)],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
        cwd=tmp_path,
        env={"MYPYPATH": str(root / "src")},
    )
    told = [line for line in done.stdout.splitlines() if "program.py" in line]
    assert '"def (case_or_path: str | pathlib' in told[0], done.stdout
    assert "Added" in told[1]
    assert '"str"' in told[2]
    assert "Iterable" in told[3]
    assert 'has no attribute "no_such_verb"' in told[4]


def test_what_a_checker_sees_is_what_there_is():
    text = (files("ripeness") / "__init__.py").read_text(encoding="utf-8")
    seen = re.findall(
        r"^    from ripeness\.(?:workbench|ledger\.verbs|validation\.verbs)(?:\.\w+)? import (\w+) as \1\b",
        text,
        re.MULTILINE,
    )
    assert sorted(seen) == list(ripeness.VERBS)


def test_import_of_all_names_leaves_those_of_python_alone():
    space = {}
    exec("from ripeness import *", space)
    assert "list" not in space
    assert "map" not in space
    assert space["run"] is ripeness.run
    assert callable(ripeness.list)


@pytest.mark.parametrize("given", ["1945-06-01", date(1945, 6, 1), datetime(1945, 6, 1, 12, tzinfo=UTC)])
def test_a_day_may_be_text_or_a_date(given):
    assert as_day(given, "as_of") == date(1945, 6, 1)
    asked = ripeness.run("japan-1945", evidence=True, as_of=given, **FEW)
    assert asked.about()["given"]["as_of"] == "1945-06-01"


@pytest.mark.parametrize("given", ["1945-13-01", "yesterday", "", 19450601, 1.5, ["1945-06-01"]])
def test_what_is_no_day_is_a_fault_of_every_verb(given):
    for ask in (
        lambda: ripeness.run("japan-1945", evidence=True, as_of=given, **FEW),
        lambda: ripeness.ripe("japan-1945", evidence=True, as_of=given, **FEW),
        lambda: ripeness.infer("japan-1945", as_of=given),
        lambda: ripeness.options("japan-1945", "japan", since=given, **FEW),
        lambda: ripeness.forecast.Asked(resolves=given),
        lambda: ripeness.forecast.score(as_of=given),
        lambda: need_moment(given, "now"),
    ):
        with pytest.raises(Fault, match=r"as_of|since|resolves|now"):
            ask()


@pytest.mark.parametrize("composed", ["one", "layered", "row", "column", "grid"])
def test_a_saved_page_carries_its_scripts_within(composed, tmp_path):
    one = alt.Chart(alt.InlineData(values=[{"a": 1}])).mark_bar().encode(x="a:Q")
    chart = {
        "one": one,
        "layered": alt.layer(one, one),
        "row": alt.hconcat(one, one),
        "column": alt.vconcat(one, one),
        "grid": alt.concat(one, one),
    }[composed]
    dressed = dress(chart, "title", "", "words", dark=False).properties(background="white")
    dressed.save(tmp_path / "chart.html")
    for page in ((tmp_path / "chart.html").read_text(encoding="utf-8"), dressed.to_html()):
        assert len(page) > 500_000
        assert not re.search(r"<script[^>]+src|<link[^>]+href|import\(?\s*['\"]https?:", page)
    shown = dressed._repr_mimebundle_()
    assert shown["image/svg+xml"].startswith("<svg")
    assert set(shown) == {"image/svg+xml", "text/plain"}


def test_every_chart_of_an_answer_is_of_that_kind(result):
    charts = [
        result.plot(),
        ripeness.ripe("japan-1945", **FEW).plot(),
        ripeness.options("japan-1945", "japan", **FEW).plot(),
        ripeness.whatif("japan-1945", {"talks.mediation": 2}, **FEW).plot(),
    ]
    assert all(type(chart).__name__.startswith("Offline") for chart in charts)


def test_no_chart_is_drawn_beside_the_common_dress(root):
    for path in (root / "src/ripeness/show/charts").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "-> Any" in text and path.stem not in {"calendar_axis", "dress", "offline", "save"}:
            assert "dress(" in text, path.name


def test_answers_are_tables_in_a_notebook_and_frames_on_request(result, tmp_path):
    actors = tmp_path / "actors.csv"
    actors.write_text("actor,influence,position,salience\n<b>A</b>,30,0,.5\nB,20,100,.9\n")
    answers = (
        result,
        ripeness.ripe("japan-1945", **FEW),
        ripeness.cite("japan-1945"),
        ripeness.shipped_cases(),
        ripeness.decide(actors, captor="<b>A</b>"),
        ripeness.list(tmp_path),
    )
    for answer in answers:
        cell = answer._repr_html_()
        assert "http" not in re.sub(r"https?://[^<]*", "", cell)
        assert "<table>" in cell or not answer.rows()
        assert len(answer.to_frame()) == len(answer.rows())
    assert "&lt;b&gt;A" in answers[4]._repr_html_()
    assert all(answer.tables() for answer in answers[:5])
    assert {"month", "outcome", "p"} <= set(result.to_frame().columns)


def test_what_checks_compares_and_tells_shows_itself_in_a_notebook(result, tmp_path):
    first, second = (ripeness.run("japan-1945", seed=seed, **FEW).keep(tmp_path) for seed in (1, 2))
    checked = ripeness.check("japan-1945")
    told = ripeness.story("japan-1945", 1, horizon=3)
    answers = (checked, told, ripeness.diff(first, second), ripeness.verify(first, rerun=False))
    for answer in answers:
        assert answer._repr_html_().startswith("<div><p>")
    assert checked.tables()[0].rows[0].cells[0].numbers[0][1] == next(iter(checked.kinds.values()))
    assert told.paragraphs[0].replace("'", "&#x27;") in told._repr_html_()
