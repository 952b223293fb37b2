"""The walls between rooms hold, and every room stands on a floor."""

from __future__ import annotations

import configparser

from importlinter.cli import lint_imports


def test_every_room_imports_only_what_its_contract_allows(root, monkeypatch):
    monkeypatch.chdir(root)
    assert lint_imports(config_filename=str(root / ".importlinter"), cache_dir=None) == 0


def test_every_decision_rule_is_named_among_the_independent_ones(root):
    contracts = configparser.ConfigParser()
    contracts.read(root / ".importlinter")
    named = set(contracts["importlinter:contract:rules"]["layers"].replace("(", " ").replace(")", " ").split()) - {"|"}
    files = {path.stem for path in (root / "src/ripeness/decision").glob("*.py")} - {"__init__"}
    assert files <= named, f"decision/ holds {sorted(files - named)}, which .importlinter does not place"


def test_both_faces_are_kept_from_the_science_as_soon_as_they_exist(root):
    contracts = configparser.ConfigParser()
    contracts.read(root / ".importlinter")
    kept = set(contracts["importlinter:contract:faces"]["source_modules"].split())
    faces = {f"ripeness.{face}" for face in ("cli", "web") if (root / "src/ripeness" / face).exists()}
    assert faces == kept


def test_the_room_of_cases_holds_data_and_no_code(root):
    code = [path.name for path in (root / "src/ripeness/cases").rglob("*.py")]
    assert code == ["__init__.py"]
