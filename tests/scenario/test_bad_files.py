"""Each kind of bad input: refused, at its line and column, with what would be right."""

from __future__ import annotations

import pytest

from ripeness.scenario.read import read_scenario
from ripeness.scenario.template import template
from ripeness.world.fault import Fault

GOOD = """\
title: A war
began: 2024-03-01
start: 2025-01-01
stake: {name: a valley, held: 0.5}
polities:
  north:
    role: belligerent
    factions:
      palace: {archetype: leader, power: 0.6, leads: true}
      army:
        archetype: military
        power: 0.4
        traits: {optimism: 0.2}
  south:
    role: belligerent
    factions:
      cabinet: {archetype: leader, power: 1, leads: true}
"""

OBSERVED = "evidence:\n- {date: 2024-05-01, polity: north, "

# name, text replaced, by what, place, words of the message
BAD = [
    (
        "unknown key",
        "archetype: military",
        "archetype: military\n        salence: {}",
        "12:9",
        "'salence' is not a key of a faction; did you mean 'salience'?",
    ),
    (
        "trait beside its traits",
        "archetype: military",
        "archetype: military\n        arms: 0.3",
        "12:9",
        "'arms' is not a key of a faction; it is written under 'traits'",
    ),
    (
        "resource beside resources",
        "  south:\n",
        "  south:\n    deaths: 0.3\n",
        "15:5",
        "'deaths' is not a key of a polity; it is written under 'resources'",
    ),
    ("unknown trait", "optimism: 0.2", "optimsm: 0.2", "13:18", "did you mean 'optimism'"),
    ("wrong unit", "optimism: 0.2", "optimism: {value: 0.2, unit: percent}", "13:47", "the number is in 'log ratio'"),
    ("misspelt unit", "power: 0.4", "power: {value: 40, unit: pecent}", "12:34", "did you mean 'percent'"),
    ("share above 1", "held: 0.5", "held: 1.5", "4:31", "1.5 is outside what is possible here: 0 to 1 (share)"),
    ("powers", "power: 0.4", "power: 0.2 to 0.3", "8:5", "cannot sum to 1"),
    ("missing power", "        power: 0.4\n", "", "10:7", "'army' has no power"),
    ("no such day", "2025-01-01", "2025-02-30", "3:8", "there is no such day as '2025-02-30'"),
    ("date as a figure", "2025-01-01", "86400", "3:8", "a date such as 2023-03-15 is wanted"),
    ("not a date", "2025-01-01", "soon", "3:8", "a date such as 2023-03-15 is wanted here, not 'soon'"),
    ("start before the war", "2025-01-01", "2023-01-01", "3:8", "before the war began"),
    (
        "missing source",
        "power: 0.4",
        "power: {value: 0.4, source: [survey]}",
        "12:38",
        "'survey' is not among the sources",
    ),
    ("missing title", "title: A war\n", "", "1:1", "'title' is missing"),
    ("not finite", "held: 0.5", "held: .nan", "4:31", "a finite number is wanted"),
    ("infinite", "held: 0.5", "held: .inf", "4:31", "a finite number is wanted"),
    ("too large for a number", "held: 0.5", "held: 1e999", "4:31", "a finite number is wanted"),
    ("a word for a number", "held: 0.5", "held: half", "4:31", "such as '0.2 to 0.4' is wanted here, not 'half'"),
    ("a percent sign", "held: 0.5", "held: 50 %", "4:31", "write the unit beside it as 'unit: percent'"),
    ("a list for a number", "held: 0.5", "held: [0.1, 0.2]", "4:31", "not a list"),
    ("a backward interval", "held: 0.5", "held: 0.6 to 0.4", "4:31", "runs backwards"),
    ("value outside range", "held: 0.5", "held: {value: 0.5, range: 0.6 to 0.7}", "4:51", "outside its range"),
    ("an unknown kind", "held: 0.5", "held: {value: 0.5, kind: juged}", "4:50", "did you mean 'judged'"),
    (
        "a normal that leaves its bounds",
        "held: 0.5",
        "held: {normal: [0.9, 0.1]}",
        "4:31",
        "its 90 % interval, 0.7355 to 1.064, is outside",
    ),
    ("two forms of a number", "held: 0.5", "held: {value: 0.5, beta: [1, 2]}", "4:50", "only one of them"),
    ("a beta below 0", "held: 0.5", "held: {beta: [-1, 2]}", "4:38", "above 0"),
    ("a key of a number", "held: 0.5", "held: {value: 0.5, rnge: 1}", "4:50", "did you mean 'range'"),
    ("source that is no id", "held: 0.5", "held: {value: 0.5, source: 7}", "4:52", "id of a source"),
    (
        "an unknown role",
        "role: belligerent\n    factions:\n      palace",
        "role: beligerent\n    factions:\n      palace",
        "7:11",
        "did you mean 'belligerent'",
    ),
    ("an unknown archetype", "archetype: military", "archetype: militry", "11:20", "did you mean 'military'"),
    (
        "two leaders",
        "power: 0.4",
        "power: 0.4\n        leads: true",
        "13:16",
        "exactly one faction of 'north' leads; here palace, army do",
    ),
    ("no leader", ", leads: true}\n      army", "}\n      army", "8:5", "none does"),
    ("an id with a dot", "      army:", "      ar.my:", "10:7", "cannot be an id"),
    ("an unknown issue", "power: 0.4", "power: 0.4\n        positions: {efort: 0.5}", "13:21", "did you mean 'effort'"),
    ("an unknown law", "title: A war", "laws: {dedlock: 0.3}\ntitle: A war", "1:8", "did you mean 'deadlock'"),
    (
        "a law in a wrong unit",
        "title: A war",
        "laws: {deadlock: {value: 1, unit: months}}\ntitle: A war",
        "1:35",
        "log ratio",
    ),
    (
        "an unknown rule",
        "    factions:\n      palace",
        "    issues: {terms: {role: terms, ends: [a, b], rule: quoto}}\n    factions:\n      palace",
        "8:55",
        "did you mean 'quota'",
    ),
    (
        "a patron's role",
        "    factions:\n      palace",
        "    issues: {terms: {role: aid, toward: south, ends: [a, b]}}\n    factions:\n      palace",
        "8:28",
        "not one of a belligerent",
    ),
    (
        "an event that changes nothing known",
        "title: A war",
        "events: {e: {on: 2026-01-01, changes: [{path: polities.nort.factions.army.power, set: 0.5}]}}\ntitle: A war",
        "1:47",
        "did you mean 'polities.north.factions.army.power'",
    ),
    (
        "an event beyond events",
        "title: A war",
        "events: {e: {on: 2026-01-01, changes: [{path: stake.held, set: 0.5}]}}\ntitle: A war",
        "1:47",
        "no event can change 'stake.held'",
    ),
    ("an event without a date", "title: A war", "events: {storm: {name: a storm}}\ntitle: A war", "1:10", "'on'"),
    (
        "evidence before the war",
        "title: A war",
        "evidence:\n- {date: 2020-01-01, polity: north, shows: leader_fell, source: []}\ntitle: A war",
        "2:10",
        "before the war began",
    ),
    (
        "evidence of nobody",
        "title: A war",
        "evidence:\n- {date: 2024-05-01, polity: west, shows: leader_fell, source: []}\ntitle: A war",
        "2:30",
        "is not a polity",
    ),
    (
        "a deed not done on no issue",
        "title: A war",
        "evidence:\n- {date: 2024-05-01, polity: north, shows: not_done, amount: 0.2, source: []}\ntitle: A war",
        "2:44",
        "needs the 'issue'",
    ),
    (
        "a wish of nobody",
        "title: A war",
        f"{OBSERVED}issue: effort, choice: a, alternatives: [a, b], wanted: {{navy: a}}, source: []}}\ntitle: A war",
        "2:94",
        "'navy' is not a faction of 'north'",
    ),
    (
        "a wish that was no option",
        "title: A war",
        f"{OBSERVED}issue: effort, choice: a, alternatives: [a, b], wanted: {{army: c}}, source: []}}\ntitle: A war",
        "2:100",
        "'c' is not among the alternatives",
    ),
    (
        "options without places or wishes",
        "title: A war",
        f"{OBSERVED}issue: effort, choice: a, alternatives: [a, b], source: []}}\ntitle: A war",
        "2:77",
        "unless 'wanted' says",
    ),
    (
        "an option without a place",
        "title: A war",
        f"{OBSERVED}issue: effort, choice: a, alternatives: {{a: 0.2, b: }}, source: []}}\ntitle: A war",
        "2:86",
        "'b' has no place",
    ),
    (
        "a choice among one",
        "title: A war",
        f"{OBSERVED}issue: effort, choice: a, alternatives: {{a: 0.2}}, source: []}}\ntitle: A war",
        "2:77",
        "two alternatives or more",
    ),
    (
        "wishes without a choice",
        "title: A war",
        f"{OBSERVED}issue: effort, position: 0.2, wanted: {{army: c}}, source: []}}\ntitle: A war",
        "2:67",
        "'wanted' goes with a 'choice'",
    ),
    (
        "an act on nobody",
        "title: A war",
        f"{OBSERVED}act: arrested, source: []}}\ntitle: A war",
        "2:42",
        "names the faction",
    ),
    (
        "an act for and against one",
        "title: A war",
        f"{OBSERVED}act: arrested, favours: army, against: army, source: []}}\ntitle: A war",
        "2:76",
        "cannot favour the faction that it is against",
    ),
    (
        "an act on a stranger",
        "title: A war",
        f"{OBSERVED}act: arrested, against: navy, source: []}}\ntitle: A war",
        "2:61",
        "'navy' is not a faction of 'north'",
    ),
    (
        "a veto of nobody",
        "title: A war",
        f"{OBSERVED}act: vetoed, against: army, source: []}}\ntitle: A war",
        "2:42",
        "a veto names who used it",
    ),
    (
        "an act with a place",
        "title: A war",
        f"{OBSERVED}act: vetoed, favours: army, position: 0.2, source: []}}\ntitle: A war",
        "2:65",
        "does not go with an 'act'",
    ),
    (
        "an unknown act",
        "title: A war",
        f"{OBSERVED}act: shot, against: army, source: []}}\ntitle: A war",
        "2:42",
        "appointed",
    ),
    (
        "a side without an act",
        "title: A war",
        f"{OBSERVED}issue: effort, position: 0.2, against: army, source: []}}\ntitle: A war",
        "2:67",
        "goes with an 'act'",
    ),
    (
        "a deed not done in the middle",
        "title: A war",
        (
            "evidence:\n- {date: 2024-05-01, polity: north, shows: not_done, issue: effort, amount: 0.5, source:"
            " []}\ntitle: A war"
        ),
        "2:77",
        "toward: low",
    ),
    (
        "an amount of a ceasefire",
        "title: A war",
        "evidence:\n- {date: 2024-05-01, polity: north, shows: ceasefire, amount: 3, source: []}\ntitle: A war",
        "2:55",
        "an observation of 'ceasefire' has no 'amount': leave it out; it goes with losses, line,",
    ),
    (
        "an amount of a decision",
        "title: A war",
        f"{OBSERVED}issue: effort, position: 0.2, amount: 0.3, source: []}}\ntitle: A war",
        "2:67",
        "'amount' goes with what the war 'shows'; a decision has a 'position'",
    ),
    (
        "a position of what the war shows",
        "title: A war",
        f"{OBSERVED}shows: losses, amount: 0.3, position: 0.2, source: []}}\ntitle: A war",
        "2:65",
        "'position' is of a decision, not of what 'shows'; write two observations",
    ),
    (
        "a side of the losses",
        "title: A war",
        f"{OBSERVED}shows: losses, amount: 0.3, toward: low, source: []}}\ntitle: A war",
        "2:65",
        "'toward' goes with 'shows: not_done'",
    ),
    (
        "a line beyond the stake",
        "title: A war",
        "evidence:\n- {date: 2024-05-01, polity: north, shows: line, amount: 1.4, source: []}\ntitle: A war",
        "2:58",
        "outside what is possible here: 0 to 1",
    ),
    (
        "evidence outside its window",
        "title: A war",
        (
            "window: {opens: 2024-03-01, closes: 2024-04-01, rule: all}\n"
            "evidence:\n- {date: 2024-05-01, polity: north, shows: leader_fell, source: []}\ntitle: A war"
        ),
        "3:10",
        "outside the window",
    ),
    (
        "a reading of no number",
        "title: A war",
        "readings: {r: {polity: north, overrides: {polities.north.conduct.qota: 0.5}}}\ntitle: A war",
        "1:43",
        "conduct.quota",
    ),
    (
        "a grade",
        "title: A war",
        "sources: {s: {title: t, author: a, grade: B7}}\ntitle: A war",
        "1:43",
        "Admiralty code such as B2",
    ),
    ("an anchor", "power: 0.4", "power: &x 0.4", "12:16", "anchors and aliases"),
    ("an alias", "power: 0.4", "power: *x", "12:16", "anchors and aliases"),
    ("a tag", "power: 0.4", "power: !!python/object:os.system 0.4", "12:16", "tags"),
    (
        "a key that stands twice",
        "        power: 0.4",
        "        power: 0.4\n        power: 0.5",
        "13:9",
        "the first is in line 12",
    ),
    ("an open bracket", "held: 0.5}", "held: 0.5", "5:9", "not YAML"),
    ("a tab", "  north:", "\tnorth:", "6:1", "indent with spaces"),
    ("a second document", "title: A war", "title: A war\n---", "2:1", "second document"),
    ("a control character", "A war", "A \x07war", "1:10", "character"),
    ("an allowed share", "held: 0.5", "held: 0.5, allowed: [0, 2]", "4:49", "lies from 0 to 1"),
    (
        "three belligerents",
        "  south:",
        "  west: {role: belligerent, factions: {f: {archetype: leader}}}\n  south:",
        "5:1",
        "exactly two",
    ),
    (
        "resources of a patron",
        "  south:",
        "  west: {role: patron, resources: {forces: 5}, factions: {f: {archetype: leader}}}\n  south:",
        "14:24",
        "belongs to belligerents",
    ),
    ("a year too far", "2025-01-01", "9999-12-31", "3:8", "lies after the year 2500"),
    (
        "a horizon of none",
        "title: A war",
        "horizon: 0\ntitle: A war",
        "1:10",
        "a number of at least 1 is wanted here, not '0'",
    ),
    ("a bell in quotes", "title: A war", 'title: "A \\x07war"', "1:8", "a control character inside a text"),
    ("an escape in quotes", "title: A war", 'title: "A \\e[31mwar"', "1:8", "a control character inside a text"),
    ("text turned round", "title: A war", "title: A \u202ewar", "1:8", "a control character inside a text"),
    (
        "one end of two",
        "    factions:\n      palace",
        "    issues: {terms: {role: terms, ends: [a]}}\n    factions:\n      palace",
        "8:35",
        "ends: a list with 2 entries is wanted (what 0 and what 1 mean)",
    ),
    (
        "a capture by nobody",
        "    factions:\n      palace",
        "    issues: {terms: {role: terms, ends: [a, b], rule: capture}}\n    factions:\n      palace",
        "8:55",
        "write 'rule: capture:palace'",
    ),
    (
        "a capture by somebody unknown",
        "    factions:\n      palace",
        "    issues: {terms: {role: terms, ends: [a, b], rule: 'capture:amry'}}\n    factions:\n      palace",
        "8:55",
        "did you mean 'army'",
    ),
    (
        "a capture by another rule",
        "    factions:\n      palace",
        "    issues: {terms: {role: terms, ends: [a, b], rule: 'quota:army'}}\n    factions:\n      palace",
        "8:55",
        "is not a decision rule",
    ),
    ("a law that divides by zero", "title: A war", "laws: {zone_scale: 0}\ntitle: A war", "1:20", "0.001 to 1 (share)"),
    ("a patience without end", "title: A war", "laws: {patience: 1}\ntitle: A war", "1:18", "0 to 0.99 (share)"),
    (
        "a shock to a patron",
        "title: A war",
        "events: {e: {on: 2026-01-01, shock: {front: {west: 1}}}}\ntitle: A war",
        "1:46",
        "'west' is not a belligerent",
    ),
    (
        "a shock in a wrong unit",
        "title: A war",
        "events: {e: {on: 2026-01-01, shock: {forces: {north: {value: -9, unit: months}}}}}\ntitle: A war",
        "1:72",
        "a number in 'thousand persons' is wanted here, not in 'months'",
    ),
    (
        "a shock beyond all bounds",
        "title: A war",
        "events: {e: {on: 2026-01-01, shock: {economy: {north: -3}}}}\ntitle: A war",
        "1:55",
        "-3 is outside what is possible here: -1 to 1 (share)",
    ),
    (
        "a change that adds in a wrong unit",
        "title: A war",
        (
            "events: {e: {on: 2026-01-01, changes: [{path: talks.guarantee, add: {value: 1, unit: months}}]}}\ntitle:"
            " A war"
        ),
        "1:86",
        "a number in 'share' is wanted here, not in 'months'",
    ),
    (
        "an event that moves terms that nobody stated",
        "title: A war",
        (
            "events: {e: {on: 2026-01-01, changes: [{path: polities.north.factions.army.positions.terms, add:"
            " 0.1}]}}\ntitle: A war"
        ),
        "1:47",
        "on terms, where the faction states one",
    ),
    (
        "a patron's resource of a belligerent",
        "title: A war",
        "events: {e: {on: 2026-01-01, changes: [{path: polities.north.aid_capacity, set: 1}]}}\ntitle: A war",
        "1:47",
        "no event can change 'polities.north.aid_capacity'",
    ),
    ("a list of polities", "polities:\n", "polities: []\nx:\n", "5:11", "keys and values are wanted"),
]


def fault_of(path):
    """The faults of a file, which has some."""
    with pytest.raises(Fault) as caught:
        read_scenario(path)
    return caught.value


def test_the_file_that_is_broken_below_is_good(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text(GOOD)
    assert read_scenario(path).title == "A war"


@pytest.mark.parametrize(("old", "new", "place", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_is_named_at_its_line_and_column(tmp_path, old, new, place, words):
    assert old in GOOD
    path = tmp_path / "war.yaml"
    path.write_text(GOOD.replace(old, new, 1))
    fault = fault_of(path)
    told = [str(one) for one in (fault, *fault.others)]
    assert any(one.startswith(f"{path}:{place}: ") and words in one for one in told), "\n".join(told)


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (b"", "1:1", "the file is empty"),
        (b"# only a remark\n", "1:1", "the file is empty"),
        (b"- a\n- b\n", "1:1", "must be keys and values"),
        (b"just words", "1:1", "must be keys and values"),
        (b"\x7fELF\x02\x01\x01\x00\x00\xff", "1:10", "UTF-8"),
        (b"title: x\nabout: \xff\xfe", "2:8", "UTF-8"),
        ("title: x\n".encode("utf-16-le"), "1:2", "UTF-16"),
        (b"title: " + b"x" * 10_000_000, "1:1", "larger than 5 MB"),
        (b"a: " + b"[" * 4_000_000, "1:33", "nested more than 30 deep"),
        (b"- " * 2_000_000, "1:61", "nested more than 30 deep"),
        (b"a: [" + b"1," * 2_000_000, "1:120", "more than 80000 values"),
        (b"a: &a [x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n", "1:4", "anchors and aliases"),
    ],
    ids=["empty", "remarks", "list", "words", "binary", "latin", "utf-16", "10 MB", "deep", "dashes", "many", "bomb"],
)
def test_a_file_that_is_no_scenario_is_refused(tmp_path, content, place, words):
    path = tmp_path / "war.yaml"
    path.write_bytes(content)
    fault = fault_of(path)
    assert words in fault.message
    assert str(fault.place).startswith(f"{path}:{place.split(':')[0]}:")
    assert place == "1:120" or str(fault.place) == f"{path}:{place}"


def test_a_misspelt_key_is_told_once_and_not_as_a_missing_one_too(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text(GOOD.replace("role: belligerent", "roel: belligerent", 1))
    fault = fault_of(path)
    assert str(fault) == f"{path}:7:5: 'roel' is not a key of a polity; did you mean 'role'?"
    assert fault.others == ()


def test_a_war_of_patrons_is_told_in_the_file_and_not_in_the_defaults(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text(GOOD.replace("role: belligerent", "role: patron"))
    fault = fault_of(path)
    assert "exactly two belligerents that fight beside nobody; here are 0" in fault.message
    assert all(one.place.file == str(path) for one in (fault, *fault.others))


def test_a_source_that_is_not_listed_does_not_list_every_default(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text(GOOD.replace("power: 0.4", "power: {value: 0.4, source: [zzz]}"))
    assert str(fault_of(path)).endswith(
        "'zzz' is not among the sources; list it under 'sources' with title, author and grade"
    )


def test_several_faults_of_a_file_are_told_together_in_the_order_of_the_file(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text(
        GOOD.replace("held: 0.5", "held: 2").replace("optimism", "optimsm").replace("power: 0.4", "powr: 0.4")
    )
    fault = fault_of(path)
    assert [one.place.line for one in (fault, *fault.others)] == [4, 12, 13]


def test_a_file_that_is_not_there_is_named_with_the_cases_that_are():
    with pytest.raises(Fault, match="did you mean 'japan-1945'"):
        read_scenario("japan-1954")
    with pytest.raises(Fault, match="shipped cases: .*japan-1945"):
        read_scenario("nowhere.yaml")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, ".", "", "/dev/null"])
def test_an_odd_name_is_a_fault(name):
    with pytest.raises(Fault):
        read_scenario(name)


def test_a_long_text_where_a_number_is_wanted_is_refused_and_not_searched(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text(GOOD.replace("held: 0.5", f"held: {'1' * 1_000_000}x"))
    assert "a number or an interval" in fault_of(path).message


def test_the_full_template_without_a_source_names_each_place_that_cites_it(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text("\n".join(line for line in template("full").splitlines() if not line.startswith("  survey:")))
    fault = fault_of(path)
    assert len(fault.others) == 2
    assert all("'survey' is not among the sources" in one.message for one in (fault, *fault.others))


DECIMAL_COMMAS = [
    ("{name: a valley, held: 0,55}", "4:33", "inside braces a comma ends the number", "write 0.55"),
    ("{name: a valley, held: 0, 55}", "4:34", "inside braces", "write 0.55"),
    ("{name: a valley, held: -0,05}", "4:34", "inside braces", "write -0.05"),
    ("{name: a valley, held: 0,4 to 0,6}", "4:33", "inside braces", "write 0.4 to 0.6"),
    ("{name: a valley, held: 40,5 %}", "4:34", "inside braces", "write {value: 40.5, unit: percent}"),
    ("{name: a valley, held: 1,250}", "4:33", "inside braces", "write 1.250 with a decimal point, or 1250"),
    ("{name: a valley, held: {value: 0.5, range: 0,4 to 0,6}}", "4:53", "inside braces", "write 0.4 to 0.6"),
    ("{name: a valley, held: 0,55, allowed: [0,55]}", "4:33", "inside braces", "write 0.55"),
    ("{name: a valley, held: '0,55'}", "4:31", "a number or an interval", "write 0.55"),
    ("\n  name: a valley\n  held: 0,4 to 0,6", "6:9", "a number or an interval", "write 0.4 to 0.6"),
    ("{name: a valley, held: {range: [0,4, 0,6]}}", "4:39", "an interval", "write [0.4, 0.6]"),
    ("{name: a valley, held: {value: 0.5, range: [0,05, 0,6]}}", "4:51", "an interval", "write [0.05, 0.6]"),
    ("{name: a valley, held: {range: [0,55]}}", "4:31", "outside what is possible", "write [0.55]"),
    ("{name: a valley, held: {beta: [1,5, 2]}}", "4:38", "takes a list of 2", "write [1.5, 2]"),
    ("{name: a valley, held: 0.5, allowed: [0,55, 1]}", "4:48", "an allowed share", "write [0.55, 1]"),
]


@pytest.mark.parametrize(("stake", "place", "words", "write"), DECIMAL_COMMAS, ids=[row[0] for row in DECIMAL_COMMAS])
def test_a_decimal_comma_is_refused_with_the_number_as_it_is_written(tmp_path, stake, place, words, write):
    path = tmp_path / "war.yaml"
    path.write_text(GOOD.replace("{name: a valley, held: 0.5}", stake, 1))
    fault = fault_of(path)
    assert str(fault).startswith(f"{path}:{place}: ")
    assert words in fault.message
    assert fault.message.endswith(write)


EMPTY = [
    ("title: A war", "titel:\ntitle: A war", "1:1", "did you mean 'title'?"),
    ("held: 0.5", "held: 0.5, hled: ~", "4:36", "'hled' is not a key of the stake; did you mean 'held'?"),
    ("held: 0.5", "held: {value: 0.5, rnge: }", "4:44", "did you mean 'range'?"),
    ("power: 0.4", "power: 0.4\n        salence:", "13:9", "did you mean 'salience'?"),
    ("optimism: 0.2", "optimism: 0.2, optimsm: null", "13:33", "did you mean 'optimism'?"),
    ("title: A war", "laws: {dedlock: }\ntitle: A war", "1:8", "did you mean 'deadlock'?"),
    ("title: A war", "events: {storm: }\ntitle: A war", "1:10", "'storm' has no value"),
    ("power: 0.4", "power: 0.4\n        salience: {efort: }", "13:20", "'efort' has no value"),
    (
        "title: A war",
        "events: {e: {on: 2026-01-01, shock: {frnt: ~}}}\ntitle: A war",
        "1:38",
        "did you mean 'front'?",
    ),
    ("  south:", "  west:\n  south:", "14:3", "'west' has no value"),
]


@pytest.mark.parametrize(("old", "new", "place", "words"), EMPTY, ids=[row[1] for row in EMPTY])
def test_a_key_without_a_value_is_a_fault_like_every_key_that_the_form_does_not_have(tmp_path, old, new, place, words):
    path = tmp_path / "war.yaml"
    path.write_text(GOOD.replace(old, new, 1))
    fault = fault_of(path)
    told = [str(each) for each in (fault, *fault.others)]
    assert any(each.startswith(f"{path}:{place}: ") and words in each for each in told), "\n".join(told)


def test_a_key_of_the_form_without_a_value_was_never_stated(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text(GOOD.replace("title: A war", "title: A war\nabout:\nlaws: {deadlock: }", 1))
    assert read_scenario(path).about == ""


def test_a_coding_that_removes_what_its_base_does_not_have_is_told_what_the_base_has(tmp_path):
    (tmp_path / "public.yaml").write_text(template("full"))
    path = tmp_path / "mine.yaml"
    path.write_text("base: public.yaml\nevents: {entri: ~}\n")
    assert str(fault_of(path)).startswith(f"{path}:2:10: 'entri' removes nothing")
    assert fault_of(path).message.endswith("did you mean 'entry'?")


@pytest.mark.parametrize("name", [None, 1945, ["japan-1945"]])
def test_what_is_neither_text_nor_path_names_no_case(name):
    with pytest.raises(Fault, match="names no case"):
        read_scenario(name)
