"""A forecast from a saved run: the date decides the month, and nothing that a file holds ends in a traceback."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ripeness.ledger.exchange.from_run import MEANING, criteria, fit_outcomes, month_for
from ripeness.ledger.exchange.saved_run import SavedRun, saved_run
from ripeness.ledger.verbs import forecast
from ripeness.world.fault import Fault
from ripeness.world.outcome import OUTCOMES

ROOT = Path(__file__).parents[2]


def written(folder: Path, **changes: object) -> Path:
    def row(outcome: str, polity: str | None, how: str | None, month: int, p: float) -> dict[str, object]:
        return {"outcome": outcome, "polity": polity, "how": how, "month": month, "p": p, "p_low": 0, "p_high": 1}

    rows = [
        row("fighting", None, None, 6, 1.0),
        row("victory", "A", "front", 12, 0.1),
        row("victory", "A", "surrender", 12, 0.1),
        row("victory", "B", "front", 12, 0.05),
        row("settlement", None, None, 12, 0.25),
        row("frozen", None, None, 12, 0.0),
        row("collapse", "B", None, 12, 0.0),
        row("fighting", None, None, 12, 0.5),
    ]
    whole = {
        "case": "c",
        "coding": "main",
        "reading": "factional",
        "draws": 1000,
        "seed": 7,
        "horizon": 24,
        "start": "1945-05-01",
        "set": {"laws.settle": "2"},
        "scenario_hash": "s",
        "version": "1",
        "outcomes": rows,
        **changes,
    }
    file = folder / "run.json"
    file.write_text(json.dumps(whole))
    return file


def test_a_run_gives_each_outcome_its_probability_and_its_provenance(tmp_path: Path) -> None:
    answer = saved_run(written(tmp_path)).at(12)
    assert answer.probabilities["victory:A"] == pytest.approx(0.2)
    assert answer.provenance == {
        "made": "from a run",
        "month": 12.0,
        "on": "1946-05-01",
        "case": "c",
        "coding": "main",
        "reading": "factional",
        "draws": 1000,
        "seed": 7,
        "horizon": 24,
        "start": "1945-05-01",
        "set": {"laws.settle": "2"},
        "scenario_hash": "s",
        "version": "1",
    }
    assert fit_outcomes(answer, ("yes", "no"), {"yes": ["settlement", "frozen"]}) == {"yes": 0.25, "no": 0.75}
    by_kind = fit_outcomes(answer, ("victory", "settlement", "frozen", "other"), {})
    assert by_kind["victory"] == pytest.approx(250.5 / 1002)
    assert by_kind["frozen"] == pytest.approx(0.5 / 1002)
    assert sum(by_kind.values()) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("resolves", "month", "chosen"),
    [
        (date(1945, 10, 31), None, 6),
        (date(1946, 5, 1), 12, 12),
        (date(1946, 5, 1), None, 12),
        (None, 12, 12),
    ],
)
def test_the_day_on_which_a_question_is_settled_decides_the_month(tmp_path, resolves, month, chosen) -> None:
    assert month_for(saved_run(written(tmp_path)), resolves, month) == chosen


@pytest.mark.parametrize(
    ("resolves", "month", "said"),
    [
        (
            date(2030, 1, 1),
            None,
            "2030-01-01 is beyond this run.*1945-05-01.*1947-05-01.*6 .1945-10-31., 12 .1946-05-01",
        ),
        (date(2030, 1, 1), 6, "2030-01-01 is beyond this run"),
        (date(1946, 5, 1), 6, "month 6 of this run is 1945-10-31, and the question is settled on 1946-05-01"),
        (date(1946, 5, 1), 6, "leave --month away, or settle it on 1945-10-31"),
        (date(1945, 5, 1), None, "not after the start of this run, 1945-05-01"),
        (date(1944, 1, 1), 12, "not after the start"),
        (date(1946, 2, 1), None, "is month 9.1 of this run.*says nothing.*--by 1946-02-01 "),
        (date(1947, 3, 1), None, "--by 1947-03-01 "),
        (date(1945, 5, 2), None, "--by 1945-05-02 "),
        (date(1945, 11, 1), None, "says nothing on that month.*--by 1945-11-01 "),
        (date(1946, 5, 1), 7, "has no month 7; its months are 6 .1945-10-31., 12"),
        (date(1946, 5, 1), float("nan"), "has no month nan"),
        (None, None, "--resolves 1945-10-31; its months are 6"),
    ],
)
def test_a_day_or_month_that_the_run_says_nothing_on_is_refused_with_those_it_has(
    tmp_path: Path, resolves, month, said
) -> None:
    with pytest.raises(Fault, match=said):
        month_for(saved_run(written(tmp_path)), resolves, month)


def test_a_day_meets_the_month_that_ends_on_it_and_no_other(tmp_path: Path) -> None:
    run: SavedRun = saved_run(written(tmp_path))
    filed = {}
    for number in range(date(1945, 4, 1).toordinal(), date(1948, 1, 1).toordinal()):
        try:
            month = month_for(run, date.fromordinal(number), None)
        except Fault:
            continue
        filed[date.fromordinal(number)] = month
    assert filed == {date(1945, 10, 31): 6, date(1946, 5, 1): 12}


def test_a_run_about_a_day_is_filed_under_that_day_and_counts_from_its_first_day(tmp_path: Path) -> None:
    asked = saved_run(written(tmp_path, by="1945-10-31"))
    assert month_for(asked, None, None) == 6
    assert month_for(asked, None, 12) == 12
    later = saved_run(written(tmp_path, as_of="1945-08-01"))
    assert later.on(6) == date(1946, 1, 31)
    with pytest.raises(Fault, match="says nothing on that month"):
        month_for(later, date(1945, 10, 31), None)


@pytest.mark.parametrize(
    ("outcomes", "mapping", "said"),
    [
        (("yes", "no"), {}, "no outcome of the question stands for the run's 'victory:A'"),
        (("yes", "no"), {"yes": ["setlement"]}, "did you mean 'settlement'"),
        (("yes", "no"), {"yess": ["settlement"]}, "did you mean 'yes'"),
    ],
)
def test_a_run_that_does_not_fit_the_question_is_told_how_to_fit(tmp_path: Path, outcomes, mapping, said) -> None:
    with pytest.raises(Fault, match=said):
        fit_outcomes(saved_run(written(tmp_path)).at(12), outcomes, mapping)


def one_row(**changes: Any) -> list[dict[str, Any]]:
    return [{"outcome": "frozen", "polity": None, "month": 12, "p": 1.0, **changes}]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"outcomes": [{"p": 1}]}, "'month' in this run is None"),
        ({"outcomes": one_row(p=0.4)}, "sum to 0.4"),
        ({"outcomes": {}}, "not a saved run"),
        ({"outcomes": []}, "not a saved run"),
        ({"outcomes": [[]]}, "not a saved run"),
        ({"codings": []}, "several codings"),
        ({"start": None}, "'start' of this run is None"),
        ({"start": "yesterday"}, "'start' of this run is 'yesterday'"),
        ({"start": 19450501}, "'start'"),
        ({"start": "9999-12-01"}, "after the year 2500"),
        ({"horizon": "far"}, "'horizon' in this run is 'far'"),
        *(({"draws": draws}, "'draws' of this run is") for draws in (10**400, -5, 2.5, "many", True, [1])),
        *(({"outcomes": one_row(p=p)}, "'p' in this run is") for p in (10**300, -0.1, 1.5, None, "1", True, [1], {})),
        *(({"outcomes": one_row(month=m)}, "'month' in this run") for m in (10**300, -1, None, "12", True, [1])),
        ({"outcomes": one_row(outcome=3)}, "has no name"),
        ({"outcomes": one_row(polity=["A"])}, "has no name"),
    ],
)
def test_numbers_and_names_that_no_run_has_are_refused(tmp_path: Path, changes, said) -> None:
    with pytest.raises(Fault, match=r"run\.json:1:1: ") as caught:
        saved_run(written(tmp_path, **changes))
    assert said.replace("\\", "") in str(caught.value) or "digits is too large" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1: is not JSON"),
        ("[]", "not a saved run"),
        ("null", "not a saved run"),
        ('{"draws": NaN}', "NaN is no number"),
        ('{"draws": -Infinity}', "-Infinity is no number"),
        ('{"draws": 1e999}', "too large"),
        ('{"draws": ' + "9" * 5000 + "}", "5000 digits is too large"),
        ("[" * 100_000, "too many lists"),
        ('{"a":' * 200 + "1" + "}" * 200, "within one another"),
        ('{"draws": 1, "draws": 2}', "stands twice"),
        ('{"case": "\\ud800"}', "half a letter"),
        ('{"draws":\n 1,,}', "run.json:2:4: is not JSON"),
    ],
)
def test_json_that_no_run_wrote_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "run.json"
    file.write_text(text)
    with pytest.raises(Fault) as caught:
        saved_run(file)
    assert said in str(caught.value)


def test_what_cannot_be_read_or_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Fault, match="cannot be read"):
        saved_run(tmp_path / "nowhere.json")
    with pytest.raises(Fault, match="cannot be read"):
        saved_run(tmp_path)
    (tmp_path / "run.json").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(Fault, match="not UTF-8"):
        saved_run(tmp_path / "run.json")
    monkeypatch.setattr("ripeness.ledger.exchange.saved_run.LARGEST_RUN", 10)
    with pytest.raises(Fault, match="is larger than"):
        saved_run(written(tmp_path))


def squeezed(text: str) -> str:
    return " ".join(text.split()).lower()


def test_the_criteria_say_of_each_outcome_what_the_glossary_says() -> None:
    glossary = squeezed((ROOT / "docs/glossary.md").read_text(encoding="utf-8"))
    rules = squeezed(criteria([*OUTCOMES[2:], "victory:A", "collapse:A"], date(2027, 7, 1)))
    for outcome in OUTCOMES:
        title = {"ceasefire": "lasting ceasefire"}.get(outcome, outcome)
        entry = glossary.partition(f" {title} : ")[2].partition(". ")[0]
        meaning = MEANING[outcome].lower().replace("that polity", "a polity").rstrip(".")
        assert entry == meaning, outcome
        assert squeezed(MEANING[outcome]) in rules


RECORD = [
    {"end": end, "month": 12, "p": p, "low": 0.0, "high": 1.0, "n": 40}
    for end, p in {"agreement": 0.1, "ceasefire": 0.1, "victory": 0.2, "low_activity": 0.2, "fighting": 0.4}.items()
]
BLEND = [
    {"outcome": outcome, "month": 12, "p": p, "low": 0.0, "high": 1.0}
    for outcome, p in {"settlement": 0.2, "frozen": 0.2, "victory": 0.3, "fighting": 0.3}.items()
]


@pytest.fixture
def anchored(tmp_path: Path) -> Path:
    return written(tmp_path, by="2025-05-01", record=RECORD, blend=BLEND, start="2024-05-01")


def test_ends_on_record_and_of_the_model_meet_in_the_same_classes(anchored: Path) -> None:
    views = saved_run(anchored).views_at(12)
    assert list(views) == ["model", "record", "blend"]
    assert views["record"].probabilities == pytest.approx(
        {"settlement": 0.2, "frozen": 0.2, "victory": 0.2, "fighting": 0.4}
    )
    assert views["model"].probabilities == pytest.approx(
        {"victory": 0.25, "settlement": 0.25, "frozen": 0.0, "fighting": 0.5}
    )


def test_all_views_of_a_run_enter_at_once_and_the_record_is_the_base_rate(anchored: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.sqlite"
    draft = forecast.ForecastDraft(run=anchored, view="all")
    added = forecast.add("war", forecast.QuestionDraft(), draft, by="ana", now="2024-05-02", ledger=ledger)
    assert added.question.resolves == date(2025, 5, 1)
    assert added.question.base_rate == pytest.approx(
        {"settlement": 0.2, "frozen": 0.2, "victory": 0.2, "fighting": 0.4}
    )
    own = forecast.ForecastDraft(dict.fromkeys(added.question.outcomes, 0.25))
    forecast.add("war", forecast.QuestionDraft(), own, by="ana", now="2024-05-03", ledger=ledger)
    sheet = forecast.pool("war", as_of="2024-05-04", ledger=ledger)
    members = {view.name: view for view in sheet.questions[0].views if view.weight is not None}
    assert list(members) == ["base rate", "model", "blend", "ana"]
    assert members["blend"].source == "from a run: blend"
    assert members["blend"].probabilities["victory"] == pytest.approx(0.3)


def test_a_run_is_filed_as_its_blend_where_it_has_one_and_as_what_is_asked_for(anchored: Path, tmp_path: Path) -> None:
    yes = {"yes": ["settlement"]}
    filed = {}
    for view in ("", "model", "record", "blend"):
        draft = forecast.ForecastDraft(run=anchored, mapping=yes, view=view)
        question = forecast.QuestionDraft(text="?", criteria="c", outcomes=("yes", "no"))
        added = forecast.add(
            f"q{view}", question, draft, by="ana", now="2024-05-02", ledger=tmp_path / f"{view or 'own'}.sqlite"
        )
        filed[view] = added.forecast.probabilities["yes"]
    assert filed == pytest.approx({"": 0.2, "model": 0.25, "record": 0.2, "blend": 0.2}, abs=1e-3)


def test_a_class_of_ends_has_criteria_that_hold_every_end_of_it(anchored: Path, tmp_path: Path) -> None:
    asked = {}
    for view in ("blend", "model"):
        draft = forecast.ForecastDraft(run=anchored, view=view)
        ledger = tmp_path / f"{view}.sqlite"
        added = forecast.add("q", forecast.QuestionDraft(), draft, by="ana", now="2024-05-02", ledger=ledger)
        asked[view] = dict(line.split(": ", 1) for line in added.question.criteria.splitlines()[1:])
    assert "ceasefire" in asked["blend"]["settlement"]
    assert "collapse" in asked["blend"]["victory"]
    assert "ceasefire" not in asked["model"]["settlement"]


@pytest.mark.parametrize("view", ["record", "blend"])
def test_a_view_in_classes_says_nothing_on_a_ceasefire_alone(anchored: Path, view: str) -> None:
    answer = saved_run(anchored).at(12, view)
    outcomes = ("settlement", "ceasefire", "frozen", "victory", "fighting")
    with pytest.raises(Fault, match=f"the {view} of this run holds 'ceasefire' within 'settlement'.*--of model"):
        fit_outcomes(answer, outcomes, {})
    assert fit_outcomes(answer, outcomes[:1] + outcomes[2:], {})["settlement"] == pytest.approx(0.2, abs=1e-3)


def test_a_view_that_a_run_has_not_is_a_fault(tmp_path: Path) -> None:
    run = saved_run(written(tmp_path))
    with pytest.raises(Fault, match="this run has no blend; what it has is --of model"):
        run.at(12, "blend")
    with pytest.raises(Fault, match="no view of a run"):
        run.at(12, "bland")
    with pytest.raises(Fault, match="an end of this run is none that is known"):
        saved_run(written(tmp_path, record=[{"end": "peace", "month": 12, "p": 1.0}]))
