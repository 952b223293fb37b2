"""The walls between rooms hold, and every room stands on a floor."""

from __future__ import annotations

import configparser
import subprocess
import sys
from importlib.resources import files

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
    source = root / "src"
    faces = {".".join(path.relative_to(source).parts) for name in ("cli", "web") for path in source.rglob(name)}
    assert faces == kept


def test_the_contract_of_the_proof_names_every_other_room_and_has_no_exception(root):
    contracts = configparser.ConfigParser()
    contracts.read(root / ".importlinter")
    contract = contracts["importlinter:contract:proof"]
    rooms = {f"ripeness.{path.parent.name}" for path in (root / "src/ripeness").glob("*/__init__.py")}
    assert set(contract["source_modules"].split()) == rooms - {"ripeness.validation"}
    assert {"ignore_imports", "allow_indirect_imports"} & set(contract) == set()


def test_the_product_runs_where_the_proof_is_not_installed(tmp_path):
    hidden = (
        "import sys\n"
        "sys.modules['ripeness.validation'] = None\n"
        "from pathlib import Path\n"
        "from ripeness.cli.app import app\n"
        "from ripeness.web.access import Access\n"
        "from ripeness.web.server import application\n"
        "application(Path(sys.argv[1]), Access())\n"
        "app(['decide', sys.argv[2]])\n"
    )
    table = str(files("ripeness") / "cases/actors/emission-standards.csv")
    done = subprocess.run(
        [sys.executable, "-c", hidden, str(tmp_path), table], capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, "weighted_mean" in done.stdout) == (0, True), done.stderr


def test_the_room_of_cases_holds_data_and_no_code(root):
    code = [path.name for path in (root / "src/ripeness/cases").rglob("*.py")]
    assert code == ["__init__.py"]
