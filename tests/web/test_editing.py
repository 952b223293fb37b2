"""The guided form: what it shows of a text, sound or not, and what an entry, a new part or a removal writes into it."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from ripeness.scenario.number_field import NumberField
from ripeness.scenario.read import open_scenario, read_text
from ripeness.scenario.template import template
from ripeness.scenario.yaml_tree import tree_of
from ripeness.web.checked_text import check_text, text_of_opened
from ripeness.web.editing.draft import Draft
from ripeness.web.editing.edits import (
    Edits,
    field_edits,
    mentions_of,
    number_edit,
    removal_of,
    share_out,
    write_edits,
)
from ripeness.web.editing.live_strip import outcome_strip
from ripeness.web.editing.new_parts import new_faction, new_issue, new_side
from ripeness.web.editing.number_view import basis_of, number_text, number_view
from ripeness.web.editing.start_dialog import KINDS, start_scenario
from ripeness.web.editing.steps import BY_SIDE, STEPS, editor_step_of, fault_counts
from ripeness.web.quick_outcomes import QuickOutcome, QuickOutcomes
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault

MINIMAL, CIVIL, FULL = (template(name) for name in ("minimal", "civil", "full"))
SHARE = NumberField("share", 0, 1)


@pytest.fixture
def draft_of(workspace):
    return lambda text: Draft(check_text(workspace.scenarios(), text))


def shown(draft, step, side="", issue=""):
    fill = next(one for one in STEPS if one.key == step).fill
    return fill(draft, side or draft.keys(("polities",))[0], issue)


def comments(text):
    return [line.partition("#")[2] for line in text.split("\n") if "#" in line]


@pytest.mark.parametrize("text", [MINIMAL, CIVIL, FULL])
@pytest.mark.parametrize("step", [step.key for step in STEPS])
def test_every_step_shows_what_stands_there_and_no_key_of_a_file(draft_of, text, step):
    draft = draft_of(text)
    for side in draft.keys(("polities",)) if step in BY_SIDE else [""]:
        page = shown(draft, step, side)
        assert page.count("<section") == page.count("</section>")
        words = unescape(re.sub(r"<[^>]*>", " ", page))
        assert not re.search(r"polities\.|archetype|salience|weighted_mean", words), words


def test_a_step_escapes_what_the_text_says(draft_of):
    draft = draft_of(MINIMAL.replace("A war over a border valley", "<script>alert(1)</script>"))
    assert "<script>" not in shown(draft, "war")


@pytest.mark.parametrize(
    ("old", "new", "path", "step", "says"),
    [
        ("power: 0.4 to 0.5", "power: 1.45", "polities.north.factions.palace.power", "factions", "145 % is outside"),
        ("archetype: military", "archetype: militry", "polities.north.factions.army.archetype", "factions", "military"),
        ("start: 2025-01-01 ", "", "start", "war", "missing"),
        ("began: 2024-03-01", "began: 2026-03-01", "", "war", ""),
        ("  held: 0.5 to 0.6", "  helt: 0.5 to 0.6", "stake.helt", "war", "held"),
        ("power: 0.3 to 0.4", "power: 0.9", "polities.north.factions", "factions", "they must make 100 %"),
        ("role: belligerent  ", "role: patron  ", "polities", "sides", "exactly two belligerents"),
    ],
)
def test_a_fault_stands_at_its_field_and_in_its_step(draft_of, old, new, path, step, says):
    draft = draft_of(MINIMAL.replace(old, new, 1))
    places = {".".join(at): draft.in_words(mark) for at, mark in draft.marks if mark.kind == "fault"}
    if path:
        assert says in places[path], places
    assert fault_counts(draft)[step] >= 1, places
    assert says in unescape(shown(draft, step))


def test_a_text_with_faults_is_shown_with_all_else_that_it_says(draft_of):
    draft = draft_of(MINIMAL.replace("archetype: military", "archetype: militry", 1))
    assert draft.checked_text.opened is None
    assert 'value="44.9"' in shown(draft, "factions")
    assert draft_of("title: [").tree is None


@pytest.mark.parametrize(
    ("raw", "ends", "written"),
    [
        (0.3, (30, 30, 30), {"value": 0.3, "kind": "judged"}),
        ("0.2 to 0.4", (20, 30, 40), {"value": 0.3, "range": "0.2 to 0.4", "kind": "judged"}),
        ({"value": 30, "range": "20 to 40", "unit": "percent"}, (20, 30, 40), None),
        ({"value": 1.45}, (145, 145, 145), {"value": 1.45, "kind": "judged"}),
        ("much", None, None),
    ],
)
def test_a_number_is_shown_in_percent_and_written_as_it_was(raw, ends, written):
    node = tree_of(f"a: {raw if not isinstance(raw, str) else repr(raw)}", "x").at(["a"])
    view = number_view("stake.held", node, SHARE)
    assert view.ends == ends
    if written is not None:
        assert number_text(view, view.ends, basis_of("judged")) == written
    if isinstance(raw, dict) and "unit" in raw:
        assert number_text(view, (10, 20, 30), {})["range"] == "10 to 30"


def test_a_unit_in_words_does_not_change_what_is_written():
    node = tree_of("a: {value: 30, range: 29 to 31, unit: million persons}", "x").at(["a"])
    view = number_view("polities.north.resources.population", node, NumberField("thousand persons", 0, 1e7))
    assert (view.ends, view.unit) == ((29, 30, 31), "million people")
    assert number_text(view, (28, 30, 32), {}) == {"value": 30, "range": "28 to 32", "unit": "million persons"}


def test_a_number_that_is_moved_becomes_its_readers_judgement_and_no_comment_is_lost(draft_of):
    path = ("polities", "north", "resources", "forces")
    draft = draft_of(FULL)
    text = write_edits(FULL, Edits(number_edit(draft, path, (200, 260, 300))))
    assert "forces: {value: 260, range: 200 to 300, unit: thousand persons, kind: judged}" in text
    assert comments(text) == comments(FULL)
    assert read_text(text).scenario.polities["north"].resources.forces.sources == ()


def test_one_faction_leads_and_another_no_longer(draft_of):
    draft = draft_of(MINIMAL)
    text = write_edits(MINIMAL, field_edits(draft, ("polities", "north", "factions", "army", "leads"), True, "switch"))
    leads = {key: one.leads for key, one in read_text(text).scenario.polities["north"].factions.items()}
    assert leads == {"palace": False, "army": True, "traders": False}


@pytest.mark.parametrize(
    ("path", "value", "kind", "holds"),
    [
        ("title", 'A war: over "more"', "", 'A war: over "more"'),
        ("horizon", "24", "whole", 24),
        ("start", "2025-02-01", "", "2025-02-01"),
        ("polities.north.issues.terms.ends.1", "takes it all", "", "takes it all"),
        ("polities.north.issues.effort.rule", "weighted_median", "", "weighted_median"),
        ("ceasefire.kind", "local", "", "local"),
    ],
)
def test_what_is_entered_stands_in_the_text_which_stays_sound(draft_of, path, value, kind, holds):
    text = write_edits(MINIMAL, field_edits(draft_of(MINIMAL), tuple(path.split(".")), value, kind))
    assert str(tree_of(text, "x").at(path.split(".")).content) == str(holds)
    assert comments(text) == comments(MINIMAL)
    read_text(text)


def test_a_side_changes_its_part_and_loses_what_only_the_other_part_has(draft_of):
    draft = draft_of(FULL)
    text = write_edits(FULL, field_edits(draft, ("polities", "east"), "beside:south", "part"))
    polity = tree_of(text, "x").at(["polities", "east"]).plain()
    assert (polity["role"], polity["beside"]) == ("belligerent", "south")
    assert not {"aid_capacity", "sanctions_weight", "reliability"} & polity.keys()


@pytest.mark.parametrize("text", [MINIMAL, CIVIL, FULL])
def test_a_new_faction_issue_side_keep_a_scenario_sound_once_power_is_shared_out(draft_of, text):
    side = draft_of(text).keys(("polities",))[0]
    written = write_edits(text, new_faction(draft_of(text), side, "Générals & sons", "military"))
    path = ("polities", side, "factions")
    written = write_edits(written, Edits(share_out(draft_of(written), path)))
    written = write_edits(written, new_issue(draft_of(written), side, "Schools: all", ("none", "all"), ""))
    written = write_edits(written, new_side(draft_of(written), "A friend", f"beside:{side}"))
    written = write_edits(written, new_side(draft_of(written), "A sponsor", "patron"))
    written = write_edits(written, new_issue(draft_of(written), "a-sponsor", "Arms", ("none", "all"), "aid", side))
    scenario = read_text(written).scenario
    assert scenario.polities[side].factions["generals-sons"].name == "Générals & sons"
    powers = [one.power.interval()[1] for one in scenario.polities[side].factions.values()]
    assert sum(powers) == pytest.approx(1, abs=0.01)
    assert scenario.polities["a-sponsor"].issues["arms"].toward == side
    assert comments(written) == comments(text)


def test_removing_an_issue_takes_the_positions_on_it_along(draft_of):
    draft = draft_of(FULL)
    text = write_edits(FULL, removal_of(draft, ("polities", "north", "issues", "schools")))
    polity = read_text(text).scenario.polities["north"]
    assert "schools" not in polity.issues
    assert all("schools" not in faction.positions for faction in polity.factions.values())


def test_removing_a_source_takes_it_from_what_rests_on_it_and_says_how_much_that_is(draft_of):
    draft = draft_of(FULL)
    assert mentions_of(draft, ("sources", "survey")) == 3
    text = write_edits(FULL, removal_of(draft, ("sources", "survey")))
    tree = tree_of(text, "x")
    assert "survey" not in tree.at(["sources"]).map()
    assert tree.at(["polities", "north", "resources", "population"]).plain()["value"] == 30
    assert "source" not in tree.at(["polities", "north", "resources", "population"]).map()


def test_what_names_a_faction_is_counted_before_it_is_removed(draft_of):
    assert mentions_of(draft_of(FULL), ("polities", "north", "factions", "shippers")) == 1


def test_a_version_takes_out_what_its_base_has_and_leaves_its_lists_alone(workspace):
    subject = workspace.duplicate(Subject("colombia-2012-08", "critics"), "mine")
    text, folder = workspace.text(subject), workspace.scenarios()
    draft = Draft(check_text(folder, text, "mine"))
    army = ("polities", "colombia", "factions", "armed-forces")
    written = write_edits(text, removal_of(draft, army), folder)
    assert "armed-forces: ~" in written
    assert "armed-forces" not in Draft(check_text(folder, written, "mine")).keys(army[:-1])
    moved = write_edits(text, Edits(number_edit(draft, (*army, "power"), (10, 20, 30))), folder)
    assert Draft(check_text(folder, moved, "mine")).number((*army, "power")).ends == (10, 20, 30)
    with pytest.raises(Fault, match="stand in 'mine-base'"):
        write_edits(text, removal_of(draft, ("evidence", "0")), folder)


def test_the_observations_of_a_base_are_shown_with_the_way_to_where_they_are_changed(workspace):
    workspace.duplicate(Subject("colombia-2012-08", "critics"), "my own")
    folder = workspace.scenarios()

    def page_of(text):
        draft = Draft(check_text(folder, text, "my own"))
        return shown(draft, "evidence", "x")

    text = workspace.text(Subject("own/my own"))
    page = page_of(text)
    assert 'href="/scenario?case=own/my%20own-base"' in page
    assert 'data-act="add-observation"' not in page
    assert 'data-path="evidence.0' not in page
    assert 'data-act="add-source"' in page
    stated = page_of(text + "evidence: []\n")
    assert "my%20own-base" not in stated
    assert 'data-act="add-observation"' in stated
    of_case = page_of("base: colombia-2012-08\n")
    assert "a shipped case" in of_case
    assert "<a href=" not in of_case.partition("Sources")[0]


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_scenario_is_started_with_its_name_sides_and_days(workspace, kind):
    subject = start_scenario(
        workspace, "The hills: 2026/1", kind, ("Uplanders", "Low Front"), "2024-03-01", "2025-01-01"
    )
    assert subject.case == "own/The hills 20261"
    scenario = open_scenario(workspace.source(subject)).scenario
    assert (scenario.title, str(scenario.start)) == ("The hills: 2026/1", "2025-01-01")
    assert [polity.name for polity in scenario.polities.values()][:2] == ["Uplanders", "Low Front"]
    again = start_scenario(workspace, "The hills: 2026/1", kind, ("A", "B"), "2024-03-01", "2025-01-01")
    assert again.case == "own/The hills 20261 2"
    with pytest.raises(Fault, match="day"):
        start_scenario(workspace, "x", kind, ("A", "B"), "", "2025-01-01")


def test_every_part_of_a_case_is_filled_in_somewhere():
    draft = Draft(text_of_opened(open_scenario("ukraine-2023-03")))
    numbers = [row.path for row in draft.checked_text.rows() if row.origin == "scenario"]
    unplaced = {path.split(".")[0] for path in numbers if not editor_step_of(tuple(path.split(".")))}
    assert unplaced <= {"readings", "laws", "indicators", "polities"}


def test_the_strip_says_what_changed_since_the_saved_version_and_only_that():
    def outcomes(settled):
        rows = (QuickOutcome("settlement", None, None, settled), QuickOutcome("fighting", None, None, 1 - settled))
        return QuickOutcomes(rows, {"n": "North"}, date(2030, 1, 1))

    page = outcome_strip(outcomes(0.3), outcomes(0.25))
    assert "settlement <b>30 %</b>" in page
    assert "By 1 January 2030." in page
    assert "(+5)" in page
    assert "(\N{MINUS SIGN}5)" in page
    assert "since the saved version" not in outcome_strip(outcomes(0.3), None)


def test_what_an_issue_hits_and_what_kind_of_decision_it_is_are_ticked(draft_of):
    path = ("polities", "north", "issues", "burdens")
    entry = {"name": "Burdens", "ends": ["none", "all"], "role": "reform", "hits": ["army"]}
    text = write_edits(FULL, Edits({".".join(path): entry}))
    draft = draft_of(text)
    page = shown(draft, "wants", "north", "burdens")
    assert re.search(r'data-kind="member"[^>]*hits\.army" checked', page)
    assert not re.search(r'data-kind="member"[^>]*hits\.palace" checked', page)
    text = write_edits(text, field_edits(draft, (*path, "hits", "palace"), True, "member"))
    text = write_edits(text, field_edits(draft_of(text), (*path, "hits", "army"), False, "member"))
    text = write_edits(text, field_edits(draft_of(text), (*path, "choice"), True, "switch"))
    issue = tree_of(text, "x").at(path).plain()
    assert (issue["hits"], issue["choice"]) == (["palace"], True)


@pytest.mark.parametrize(
    ("path", "value", "kind", "step"),
    [
        ("conflict.other_parties", "3", "whole", "war"),
        ("polities.north.terms_since", "2024-06-01", "", "decides"),
        ("window.rule", "all decisions that two papers report", "", "evidence"),
    ],
)
def test_what_every_shipped_case_states_has_a_field(draft_of, path, value, kind, step):
    start = write_edits(FULL, Edits({"window": {"opens": "2024-03-01", "closes": "2025-01-01", "rule": "all"}}))
    text = write_edits(start, field_edits(draft_of(start), tuple(path.split(".")), value, kind))
    draft = draft_of(text)
    assert draft.checked_text.sound, draft.checked_text.faults
    assert f'data-path="{path}"' in shown(draft, step, "north")
    assert unescape(shown(draft, step, "north")).count(value) >= 1
    assert editor_step_of(tuple(path.split("."))) == step
    assert comments(text) == comments(FULL)


def test_no_hint_speaks_of_symbols_or_of_shares_beside_a_field_in_percent(draft_of):
    draft = draft_of(FULL)
    draft.unfolded = frozenset(re.findall(r'data-fold="([^"]*)"', shown(draft, "decides") + shown(draft, "factions")))
    for step in ("factions", "decides", "means"):
        hints = re.findall(r'class="g-hint">([^<]*)<', shown(draft, step))
        assert hints
        wrong = [
            hint for hint in hints if re.search(r"lambda|K[12]|\blog|pivot|(^|\s)\.\d|the file|[a-z] Not stated", hint)
        ]
        assert not wrong
