"""The walls between rooms hold, and every room stands on a floor."""

from __future__ import annotations

import configparser

from importlinter.cli import lint_imports


def test_every_room_imports_only_what_its_contract_allows(root, monkeypatch):
    monkeypatch.chdir(root)
    assert lint_imports(config_filename=str(root / ".importlinter"), cache_dir=None) == 0


def test_a_decision_rule_imports_the_council_and_its_own_steps_and_no_other_rule(root):
    contracts = configparser.ConfigParser()
    contracts.read(root / ".importlinter")
    rules = contracts["importlinter:contract:rules"]
    assert rules["modules"].split() == ["ripeness.decision.*"]
    allowed = [
        line.replace("ripeness.decision.", "").split(" -> ") for line in rules["ignore_imports"].split("\n") if line
    ]
    steps = [pair for pair in allowed if pair[1] not in {"rule", "council"} and pair[0] != "choose"]
    assert all(step.startswith(f"{rule}_") for rule, step in steps), f"a rule may import its own steps alone: {steps}"


def test_both_faces_are_kept_from_the_science_as_soon_as_they_exist(root):
    contracts = configparser.ConfigParser()
    contracts.read(root / ".importlinter")
    kept = set(contracts["importlinter:contract:faces"]["source_modules"].split())
    faces = {f"ripeness.{face}" for face in ("cli", "web") if (root / "src/ripeness" / face).exists()}
    assert faces == kept


def test_the_room_of_cases_holds_data_and_no_code(root):
    code = [path.name for path in (root / "src/ripeness/cases").rglob("*.py")]
    assert code == ["__init__.py"]
