"""What every rule makes of a table, in a sentence: where most agree, and which stand apart."""

from __future__ import annotations

from types import SimpleNamespace

from ripeness.show.decide_words import decision_sentence, largest_agreement


def issue(name, **outcomes):
    return SimpleNamespace(issue=name, rules=[SimpleNamespace(rule=rule, outcome=at) for rule, at in outcomes.items()])


def test_the_largest_group_is_named_and_who_stands_apart():
    decided = SimpleNamespace(issues=[issue("tax", weighted_mean=5, quota=5.5, exchange=5.2, capture=10)])
    assert decision_sentence(decided, [10]) == (
        "3 of 4 rules come to 5 to 5.5; the weighted mean is 5. Others stand apart: capture (10)."
    )


def test_rules_that_agree_are_told_to():
    decided = SimpleNamespace(issues=[issue("tax", weighted_mean=5, quota=5)])
    assert decision_sentence(decided) == "All 2 rules come to 5."
    decided = SimpleNamespace(issues=[issue("tax", weighted_mean=5, quota=5.2)])
    assert decision_sentence(decided, [10]) == "All 2 rules agree on 5 to 5.2; the weighted mean is 5."


def test_issues_are_named_where_there_are_several_and_counted_where_many():
    decided = SimpleNamespace(issues=[issue(f"i{n}", weighted_mean=n) for n in range(5)])
    said = decision_sentence(decided)
    assert said.startswith("On i0, the weighted mean is 0. On i1,")
    assert said.endswith("2 more issues are below.")


def test_of_two_groups_as_large_the_lower_one_is_named():
    assert largest_agreement([1, 1, 9, 9], 10) == (0, 1)
