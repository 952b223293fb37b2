"""Start a scenario: write a commented file that `ripeness check` accepts as it stands."""

from __future__ import annotations

from pathlib import Path

from ripeness.scenario.template import template as text_of_template
from ripeness.store.whole import write_file
from ripeness.world.fault import Fault, Place


def new(file: str | Path, template: str = "minimal", *, force: bool = False) -> Path:
    """Write a scenario to start from; an existing file stays unless `force` is given.

    Raises: Fault where the file exists, its folder does not, or there is no such template.
    """
    path = Path(file)
    text = text_of_template(template)
    if path.is_dir():
        raise Fault("this is a folder; name a file in it, such as war.yaml", Place(str(path)))
    if path.exists() and not force:
        raise Fault(
            "the file exists and stays as it is; choose another name, or --force to replace it", Place(str(path))
        )
    write_file(path, text)
    return path
