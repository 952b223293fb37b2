"""Write the description of the JSON interface (OpenAPI) beside this file, as it is today."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from ripeness.web.api.interface import interface
from ripeness.web.jobs import JobQueue
from ripeness.web.services import Services
from ripeness.web.workspace import Workspace

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        found = interface(Services(Workspace(Path(folder)), JobQueue())).openapi()
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    (Path(__file__).parent / "openapi.json").write_text(text, encoding="utf-8")
