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
