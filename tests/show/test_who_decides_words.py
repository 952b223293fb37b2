"""The sentences on who decides name the prior, the polity and the factions, each of them once."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from ripeness.show.plan_tables import brief_plan, plan_sentences
from ripeness.show.strongest_tables import strongest_sentences
from ripeness.study.who_decides.plan import PlannedObservation
from ripeness.study.who_decides.strongest import StrongestFaction

NAMES = {"north": "North", "north/army": "the Army", "north/court": "the Court"}


def planned(kind: str = "appointment", factions: tuple[str, ...] = ("army", "court")) -> PlannedObservation:
    numbers = (0.1, 0.01, 0.0, 0.4, 0.01, 0.3)
    return PlannedObservation("north", "2021-01-01", "army", "court", 0.5, kind, "terms", factions, True, *numbers)


def strongest(prior: str) -> StrongestFaction:
    chances = {"army": 0.8, "court": 0.2}
    return StrongestFaction(
        "north", prior, "2021-01-01", "army", 0.8, 0.01, 0.5, "court", 0.2, chances, "likely", True, 0.3, ()
    )


def inferred(*priors: str) -> SimpleNamespace:
    return SimpleNamespace(strongest=tuple(map(strongest, priors)), weighed={"north": ()})


@pytest.mark.parametrize(("kind", "words"), [("appointment", "either of the two"), ("choice", "what the two want")])
def test_a_plan_names_the_two_factions_of_its_pair_once_before_it_says_what_to_look_for(kind, words):
    (sentence,) = plan_sentences([planned(kind)], "north", NAMES)
    assert sentence.startswith("North: the Army has more power than the Court with probability 0.50.")
    assert sentence.count("the Army") == 2
    assert words in sentence


def test_a_plan_names_other_factions_than_those_of_its_pair():
    (sentence,) = plan_sentences([planned(factions=("army", "party"))], "north", NAMES)
    assert "either the Army or party fills" in sentence


def test_the_answer_to_what_to_look_for_begins_with_who_has_most_say():
    first = brief_plan(inferred("stated", "flat"), [planned()], NAMES).lines()[0]
    assert first.startswith("With power as the case states it, most say lies most likely with the Army")


def test_each_of_several_sentences_names_its_prior():
    sentences = strongest_sentences(inferred("experts", "stated", "flat"), "north", NAMES)
    starts = ("As the judges state it, ", "With power as the case states it, ", "By the decisions alone, ")
    assert len(sentences) == len(starts)
    for sentence, start in zip(sentences, starts, strict=True):
        assert sentence.startswith(start)
