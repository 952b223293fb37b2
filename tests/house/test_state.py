"""The state of a war is declared once, and its functions take few arguments."""

from __future__ import annotations

import ast
import re

import numpy as np
import pytest

from ripeness.scenario.faction_form import TraitsForm
from ripeness.scenario.model_parameters import parameter_names
from ripeness.war import agenda_state, state
from ripeness.war.block import RECORDS, VARIABLES, new_records
from ripeness.war.pathway import FIELDS
from ripeness.war.variable import Variable, record
from ripeness.world.pathway_names import NAMES

MOST_ARGUMENTS = 8


def functions(root):
    for file in sorted((root / "src/ripeness/war").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield file.name, node


def test_no_function_of_the_war_takes_more_than_eight_arguments(root):
    found = {
        f"{file}: {node.name}": len(node.args.args) + len(node.args.kwonlyargs) + len(node.args.posonlyargs)
        for file, node in functions(root)
    }
    assert len(found) > 100
    assert not {name: many for name, many in found.items() if many > MOST_ARGUMENTS}


@pytest.mark.parametrize("variables", [*VARIABLES.values(), agenda_state.STANCE, agenda_state.ISSUE])
def test_every_quantity_of_a_record_has_one_line_with_a_unit_and_a_meaning(variables):
    names = [variable.name for variable in variables]
    assert len(set(names)) == len(names)
    assert all(variable.meaning and (variable.unit or variable.fact) for variable in variables)


def test_parameters_and_pathways_are_listed_once_and_read_by_name(root):
    assert tuple(RECORDS["parameters"].names)[:-1] == parameter_names()
    assert len(set(FIELDS)) == len(NAMES)
    text = "".join(file.read_text(encoding="utf-8") for file in sorted((root / "src/ripeness/war").glob("*.py")))
    unread = [name for name in FIELDS if f"pathways.{name}" not in text]
    assert not unread
    assert not re.search(r"^[A-Z_]{4,}, *$|= range\(len\(NAMES\)\)", text, re.MULTILINE)


def test_a_trait_of_a_faction_has_one_line_in_the_state_and_the_rest_of_the_war_reads_it_where_it_counts(root):
    """A trait by hand: form, archetypes, state, the stage, a law (and its words, where an event may change it)."""
    declared = {variable.name for variable in state.FACTION}
    assert declared >= set(TraitsForm.model_fields)
    for name in ("casualty_aversion", "exposure", "loyalty", "organisation", "war_weight"):
        files = [
            file.name
            for file in sorted((root / "src/ripeness/war").glob("*.py"))
            if re.search(rf"\b{name}\b", file.read_text(encoding="utf-8"))
        ]
        assert len(files) == 2, (name, files)
        assert "state.py" in files


def test_a_pathway_stands_in_its_list_in_its_stage_and_on_the_map(root):
    """Levers of mechanisms name pathways as a user does; they are not where a pathway is made."""
    for name, written in zip(FIELDS, NAMES, strict=True):
        places = [
            file.relative_to(root).as_posix()
            for room in ("war", "study")
            for file in sorted((root / "src/ripeness" / room).rglob("*.py"))
            if file.parent.name != "mechanisms"
            if f"pathways.{name}" in (text := file.read_text(encoding="utf-8")) or f'"{written}"' in text
        ]
        assert len(places) <= 3, (written, places)


def test_a_name_that_numpy_has_for_itself_is_refused():
    with pytest.raises(ValueError, match="mean"):
        record((Variable("mean", "share", "what it is"),), 1)


def test_a_record_holds_what_it_is_given():
    factions = new_records("factions", 2, power=[0.6, 0.4], veto=[True, False])
    assert [bool(faction.veto) for faction in factions] == [True, False]
    assert np.array_equal(factions[1].power, np.full(state.BLOCK, 0.4))
