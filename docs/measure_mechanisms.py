"""Write the measured effects into the table from the essay to the model; run by `make mechanisms`.

Each row of the page names a mechanism; its last column is what `ripeness mechanisms` measures in the shipped case and
in the first template. Everything else on the page is written by hand.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import ripeness

HERE = Path(__file__).parent
PAGE = HERE / "from-essay-to-model.md"
TEMPLATE = Path(ripeness.__file__).parent / "scenario" / "templates" / "minimal.yaml"
WARS = ((("ukraine-2023-03"), "essay"), (TEMPLATE, None))
DRAWS = 4_096  # as the page says
ROW = re.compile(r"^(\| (M\d+) \|(?:[^|]*\|){2} `ripeness [^|]*` \|).*$", re.MULTILINE)


def effect(row: dict[str, Any]) -> str:
    """What a lever did in one war, in a few words."""
    if row["kind"] == "absent":
        return f"not there: {row['moved']}"
    if row["kind"] == "output":
        months = "" if row["months"] is None else f", {row['months']:+.1f} ±{row['months_error']:.1f} months"
        return f"{row['moved']}{months}"
    if row["idle"]:
        return f"{row['moved']}: nothing, to the last run"
    signs = "" if row["right"] is None else f", right {row['right']:.2f}, wrong {row['wrong']:.2f}".replace("0.", ".")
    return f"{row['moved']}: {row['months']:+.1f} ±{row['months_error']:.1f} months{signs}"


def measured_page(text: str, measured: list[list[dict[str, Any]]]) -> str:
    """The page with the measured effects of each war in the last column."""
    effects = [{row["id"]: effect(row) for row in war} for war in measured]

    def with_effect(found: re.Match[str]) -> str:
        cells = dict.fromkeys(war[found[2]] for war in effects)
        return f"{found[1]} {'; template: '.join(cells) if len(cells) > 1 else next(iter(cells))} |"

    return ROW.sub(with_effect, text)


def main() -> None:
    """Measure the shipped case and the template, or read what was measured from files named as arguments."""
    if len(sys.argv) > 1:
        measured = [json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:]]
    else:
        measured = [ripeness.mechanisms(case, coding=coding, draws=DRAWS).plain() for case, coding in WARS]
    PAGE.write_text(
        measured_page(PAGE.read_text(encoding="utf-8"), [war["mechanisms"] for war in measured]), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
