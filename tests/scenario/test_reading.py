"""Reading: codings over bases, defaults beneath, cases by name."""

from __future__ import annotations

from datetime import date

import pytest

from ripeness.scenario.archetypes import archetypes, default_tables, is_default
from ripeness.scenario.case import shipped_case_names
from ripeness.scenario.number_paths import scenario_numbers
from ripeness.scenario.read import open_scenario, read_scenario, read_text
from ripeness.scenario.template import TEMPLATES, template
from ripeness.scenario.yaml_tree import read_tree, tree_of
from ripeness.world.fault import Fault
from ripeness.world.quantity import Kind


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_reads_without_a_warning(name):
    assert read_text(template(name)).warnings == ()


def test_a_first_scenario_is_about_twenty_lines():
    lines = [line for line in template("minimal").splitlines() if line and not line.startswith("#")]
    assert len(lines) <= 23


def test_on_and_no_are_words_as_in_yaml_1_2():
    assert tree_of("on: no\nyes: off", "f").plain() == {"on": "no", "yes": "off"}


def test_a_quoted_figure_is_text_and_a_plain_one_a_number():
    assert tree_of('a: "1"\nb: 1\nc: 1.5\nd: ~\ne: true\nf: 1e3', "f").plain() == {
        "a": "1",
        "b": 1,
        "c": 1.5,
        "d": None,
        "e": True,
        "f": 1000.0,
    }


def test_a_coding_merges_replaces_and_removes(tmp_path):
    (tmp_path / "public.yaml").write_text(template("full"))
    (tmp_path / "other.yaml").write_text(
        "base: public.yaml\n"
        "polities:\n"
        "  north:\n"
        "    factions:\n"
        "      army: {power: {value: 0.4, range: 0.3 to 0.5}, veto: false}\n"
        "    objectives: []\n"
        "events: {entry: ~}\n"
    )
    base, other = read_scenario(tmp_path / "public.yaml"), read_scenario(tmp_path / "other.yaml")
    army = other.polities["north"].factions["army"]
    assert (army.power.interval(), army.power.sources, army.veto) == ((0.3, 0.4, 0.5), (), False)
    assert army.positions == base.polities["north"].factions["army"].positions
    assert other.polities["north"].objectives == ()
    assert sorted(other.events) == ["election"]
    assert (base.coding, other.coding) == ("only", "other")


def test_a_coding_may_widen_the_range_of_a_number_and_keep_its_value(tmp_path):
    (tmp_path / "public.yaml").write_text(template("full"))
    (tmp_path / "wide.yaml").write_text("base: public.yaml\nstake: {held: {range: 0.3 to 0.9}}\n")
    held = read_scenario(tmp_path / "wide.yaml").stake.held
    assert (held.interval(), held.kind, held.sources) == ((0.3, 0.6, 0.9), Kind.MEASURED, ("survey",))


def test_a_fault_in_a_base_stands_in_the_base(tmp_path):
    text = template("minimal").replace("leader, power: 0.4", "leeder, power: 0.4")
    (tmp_path / "public.yaml").write_text(text)
    (tmp_path / "other.yaml").write_text("base: public.yaml\n")
    with pytest.raises(Fault) as caught:
        read_scenario(tmp_path / "other.yaml")
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if "leeder" in words)
    assert str(caught.value).startswith(f"{tmp_path / 'public.yaml'}:{line}:")


def test_a_fault_in_a_coding_stands_in_the_coding(tmp_path):
    (tmp_path / "public.yaml").write_text(template("minimal"))
    (tmp_path / "other.yaml").write_text("base: public.yaml\nstake:\n  held: 2\n")
    with pytest.raises(Fault) as caught:
        read_scenario(tmp_path / "other.yaml")
    assert str(caught.value).startswith(f"{tmp_path / 'other.yaml'}:3:9: ")


@pytest.mark.parametrize(
    ("files", "place", "words"),
    [
        ({"a.yaml": "base: a.yaml\n"}, "a.yaml:1:7", "a.yaml -> a.yaml"),
        (
            {"a.yaml": "base: b.yaml\n", "b.yaml": "base: c.yaml\n", "c.yaml": "x: 1\nbase: b.yaml\n"},
            "c.yaml:2:7",
            "b.yaml -> c.yaml -> b.yaml",
        ),
        ({"a.yaml": "base: publik.yaml\n", "public.yaml": "x: 1"}, "a.yaml:1:7", "files beside this one: public.yaml"),
        ({"a.yaml": "base: [b.yaml]\n"}, "a.yaml:1:7", "names the file"),
    ],
)
def test_bases_that_lead_nowhere_or_in_a_circle_are_named(tmp_path, files, place, words):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(Fault) as caught:
        read_scenario(tmp_path / "a.yaml")
    assert str(caught.value.place) == str(tmp_path / place)
    assert words in caught.value.message


def test_a_folder_with_an_index_is_a_case(tmp_path):
    (tmp_path / "case.yaml").write_text("title: T\ndefault: b\ncodings: {a: a.yaml, b: b.yaml}\n")
    (tmp_path / "a.yaml").write_text(template("full"))
    (tmp_path / "b.yaml").write_text("base: a.yaml\ntitle: B\n")
    assert read_scenario(tmp_path).title == "B"
    assert read_scenario(tmp_path).coding == "b"
    assert read_scenario(tmp_path, "a").title == "A war over a border valley"
    with pytest.raises(Fault, match="has no coding 'c'"):
        read_scenario(tmp_path, "c")


def test_an_index_that_names_a_file_that_is_not_there_is_refused(tmp_path):
    (tmp_path / "case.yaml").write_text("title: T\ndefault: a\ncodings: {a: a.yaml}\n")
    with pytest.raises(Fault, match=r"case.yaml:3:14: the file 'a.yaml'"):
        read_scenario(tmp_path)


def test_what_a_file_leaves_out_comes_from_its_archetype_and_is_marked_as_a_default():
    opened = read_text(template("minimal"))
    own = [path for path in scenario_numbers(opened.scenario) if not is_default(opened.tree.at(path.split(".")))]
    assert "polities.north.factions.army.power" in own
    assert "polities.north.factions.army.traits.war_gain" not in own
    north, south = opened.scenario.polities.values()
    assert north.factions["army"].traits.war_gain.centre > south.factions["voters"].traits.war_gain.centre
    assert north.factions["palace"].traits.punishment.centre > 10 * south.factions["cabinet"].traits.punishment.centre
    assert south.factions["voters"].public
    assert north.factions["palace"].culpable


def test_a_default_is_gone_together_with_its_range_and_source_when_the_file_states_the_number():
    text = template("minimal").replace("power: 0.3 to 0.4}", "power: 0.3 to 0.4, traits: {war_gain: 0.02}}", 1)
    gain = read_text(text).scenario.polities["north"].factions["army"].traits.war_gain
    assert (gain.uncertain, gain.sources, gain.kind) == (False, (), Kind.ASSUMED)


def test_every_default_has_a_range_a_unit_a_kind_and_a_source():
    numbers = scenario_numbers(read_text(template("minimal")).scenario)
    opened = read_text(template("minimal"))
    defaults = {path: one for path, one in numbers.items() if is_default(opened.tree.at(path.split(".")))}
    exact = {path.rsplit(".", 1)[1] for path, one in defaults.items() if not one.uncertain}
    assert exact == {"office", "punishment"}, "only who is not culpable risks exactly nothing"
    assert all(one.sources for one in defaults.values() if one.uncertain)


@pytest.mark.parametrize("archetype", archetypes())
@pytest.mark.parametrize("regime", ["democracy", "mixed", "autocracy"])
def test_every_archetype_fits_into_every_regime(archetype, regime):
    text = (
        template("minimal")
        .replace("regime: autocracy", f"regime: {regime}")
        .replace("military, power: 0.3", f"{archetype}, power: 0.3")
    )
    assert read_text(text).scenario.polities["north"].factions["army"].archetype == archetype


def test_a_row_of_defaults_names_an_archetype_or_a_regime_and_holds_its_value_in_its_range():
    known = {*default_tables().at(["archetypes"]).map(), "every", "democracy", "mixed", "autocracy"}

    def walk(node):
        entries = node.map()
        if "unit" not in entries:
            for child in entries.values():
                walk(child)
            return
        rows = {key: child.plain() for key, child in entries.items() if key not in ("unit", "kind", "source", "why")}
        assert rows.keys() <= known
        assert all(low <= value <= high and low < high for value, low, high in rows.values())

    for name in ("traits", "fate", "positions", "salience", "responds", "conduct", "talks", "resources", "patron"):
        walk(default_tables().at([name]))


def test_a_polity_of_one_faction_needs_neither_a_power_nor_a_leader():
    text = (
        template("minimal").split("  south:")[0]
        + "  south: {role: belligerent, factions: {crown: {archetype: leader}}}\n"
    )
    crown = read_text(text).scenario.polities["south"].factions["crown"]
    assert (crown.power.centre, crown.leads) == (1.0, True)


def test_sources_published_after_the_start_are_pointed_at_unless_hindsight_is_declared():
    late = template("full").replace("published: 2023,", "published: 2027,")
    assert read_text(late).warnings == ()
    undeclared = "\n".join(line for line in late.splitlines() if not line.startswith("hindsight:"))
    warning = read_text(undeclared).warnings[0]
    assert "'monograph' appeared on 2027-01-01, after the start" in warning.message


def test_a_source_that_nobody_cites_is_pointed_at():
    text = template("minimal") + "sources:\n  idle: {title: t, author: a, grade: A1}\n"
    assert [str(one).split(": ", 1)[1] for one in read_text(text).warnings] == ["the source 'idle' is never cited"]


def test_a_year_alone_is_a_date_of_publication():
    assert read_text(template("full")).scenario.sources["monograph"].published == date(2023, 1, 1)


def test_a_law_is_read_in_its_own_unit_and_bounds():
    scenario = read_text(
        template("minimal") + "laws: {renewal: {value: 0.02, unit: per month}, deadlock: 0.3}\n"
    ).scenario
    assert scenario.laws["renewal"].unit == "per year"
    assert scenario.laws["renewal"].centre == pytest.approx(0.24)
    assert scenario.laws["deadlock"].unit == "log ratio"


@pytest.mark.parametrize("name", shipped_case_names())
def test_every_coding_of_a_shipped_case_holds_together(name):
    from ripeness.scenario.case import cases_folder, read_case

    case = read_case(cases_folder() / name)
    assert case.title
    assert case.about
    for coding in case.codings:
        opened = open_scenario(name, coding)
        assert opened.scenario.coding == coding
        assert [str(one) for one in opened.warnings] == []


def test_a_text_on_its_own_reads_no_other_file():
    with pytest.raises(Fault, match="has no base"):
        read_text("base: public.yaml\n")


def test_the_place_of_a_value_is_its_line_and_column(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_text("a:\n  - {b: 1, ä: 2}\n")
    tree = read_tree(path)
    assert str(tree.at(["a", 0, "ä"]).place).endswith(":2:15")
    assert str(tree.at(["a", 0, "ä"]).key).endswith(":2:12")


@pytest.mark.parametrize(
    ("base", "coding"), [("ukraine-2023-03", "public"), ("ukraine-2023-03/essay", "essay"), ("japan-1945", "public")]
)
def test_a_shipped_case_is_a_base_from_any_folder(tmp_path, base, coding):
    path = tmp_path / "mine.yaml"
    path.write_text(f"base: {base}\ntitle: Mine\nstake: {{held: 0.3}}\n")
    own, case = read_scenario(path), read_scenario(base.partition("/")[0], coding)
    assert (own.title, own.coding, own.stake.held.centre) == ("Mine", "mine", 0.3)
    assert own.polities == case.polities


def test_a_file_beside_goes_before_a_shipped_case_of_the_same_name(tmp_path):
    (tmp_path / "japan-1945").write_text(template("minimal"))
    (tmp_path / "mine.yaml").write_text("base: japan-1945\n")
    assert read_scenario(tmp_path / "mine.yaml").title == "A war over a border valley"


@pytest.mark.parametrize(
    ("base", "words"),
    [
        ("ukraine-2023", "did you mean 'ukraine-2023-03'?"),
        ("ukraine-2023-03/esay", "has no coding 'esay'; did you mean 'essay'?"),
        ("../ukraine-2023-03", "neither a file here nor a shipped case"),
    ],
)
def test_a_base_that_is_no_case_is_refused_at_its_place(tmp_path, base, words):
    path = tmp_path / "mine.yaml"
    path.write_text(f"base: {base}\n")
    with pytest.raises(Fault) as caught:
        read_scenario(path)
    assert str(caught.value).startswith(f"{path}:1:7: ")
    assert words in caught.value.message


def test_what_a_version_of_ones_own_replaces_leaves_no_warning_about_sources_of_its_base(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("base: ukraine-2023-03\nstake: {held: 0.4}\n")
    assert open_scenario(path).warnings == ()


@pytest.mark.parametrize(
    ("base", "start", "words"),
    [
        (
            "ukraine-2023-03",
            "2025-12-15",
            "the newest source ('desantis') is of 2023-03-14, 33 months before the start",
        ),
        ("japan-1945", "1948-02-01", "the newest observation is of 1945-08-15, 30 months before the start"),
        ("ukraine-2023-03", "2024-03-01", ""),
    ],
)
def test_a_start_a_year_after_every_source_is_pointed_at(tmp_path, base, start, words):
    path = tmp_path / "mine.yaml"
    path.write_text(f"base: {base}\nstart: {start}\n")
    told = [str(one) for one in open_scenario(path).warnings if "before the start on" in one.message]
    assert len(told) == bool(words)
    assert all(line.startswith(f"{path}:2:8: {words}") for line in told)
