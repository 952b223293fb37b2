"""Write the description of the JSON interface (OpenAPI) beside this file, as it is today."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from ripeness.web.api.interface import interface
from ripeness.web.house import House
from ripeness.web.jobs import Jobs
from ripeness.web.workspace import Workspace

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        found = interface(House(Workspace(Path(folder)), Jobs())).openapi()
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    (Path(__file__).parent / "openapi.json").write_text(text, encoding="utf-8")
