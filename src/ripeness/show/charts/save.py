"""Save a chart as a picture or as its definition, without a browser and without the net."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ripeness.show.charts.calendar_axis import still
from ripeness.store.atomic_write import write_file
from ripeness.store.json_text import json_text, plain_value
from ripeness.store.write_target import require_writable_file
from ripeness.world.fault import Fault, Place

SCALE = 2.0  # pixels of a PNG per point, for sharp screens
KINDS = (".svg", ".png", ".json")


def need_kind(path: Path) -> None:
    """Say whether a chart can be saved here, before the work that it is to show.

    Raises: Fault for an ending that is none of .svg, .png and .json, or where nothing can be written.
    """
    if path.suffix.lower() not in KINDS:
        raise Fault(f"a chart is saved as {', '.join(KINDS)}, not as '{path.suffix or path.name}'", Place(str(path)))
    require_writable_file(path)


def save(chart: Any, path: Path) -> None:
    """Write a chart to a file, whole or not at all; its ending says how.

    Raises: Fault for an ending that is none of .svg, .png and .json, or where nothing can be written.
    """
    path = Path(path)
    need_kind(path)
    ending, definition = path.suffix.lower(), chart.to_dict()
    if ending == ".json":
        write_file(path, json_text(plain_value(definition), indent=1) + "\n")
        return
    import vl_convert

    picture = (
        vl_convert.vegalite_to_svg(still(definition))
        if ending == ".svg"
        else vl_convert.vegalite_to_png(still(definition), scale=SCALE)
    )
    write_file(path, picture)
