"""`ripeness infer`: pictures and draws of power, and a matrix that was marked by hand instead of a case."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.cli.command import FULL, JSON, Flag, Printer, Values, print_answer
from ripeness.cli.output import say, say_json
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.workbench.inferred import Inferred


class InferPrinter(Printer):
    """Who decides: tables, one picture, the draws of power."""

    place_is_optional = True
    flags: ClassVar[Mapping[str, Flag]] = {
        "matrix": Flag(
            "--matrix", Path | None, None, "Weigh this CSV of hand-made marks (CC C N I II) instead of a case."
        ),
        "plot": Flag("--plot", Path | None, None, "Draw a picture: FILE.svg, .png or .json."),
        "picture": Flag("--picture", str, "power", "Which one: power, time, readings, matrix or positions."),
        "netcdf": Flag("--netcdf", Path | None, None, "Write the draws of power to this file."),
        "full": FULL,
        "as_json": JSON,
    }

    def instead(self, values: Values) -> bool:
        """Weigh a matrix that was marked by hand, where one is named."""
        if values["matrix"] is not None:
            _by_hand(values["matrix"], as_json=values["as_json"])
            return True
        if not values["case"]:
            raise Fault(
                "name a case, such as `ripeness infer ukraine-2023-03`, or a table of marks with --matrix FILE.csv"
            )
        return False

    def prepare(self, values: Values) -> None:
        """Refuse what could not be written before the work is done."""
        from ripeness.store.write_target import require_writable_file

        super().prepare(values)
        if values["netcdf"] is not None:
            require_writable_file(values["netcdf"])

    def ask(self, question: Any, values: Values, progress: Any) -> Inferred:  # noqa: ARG002
        """Weigh the readings, saying whose turn it is."""
        return question.answer(lambda key: progress.begin(f"weighing readings of {key}"))

    def write(self, answer: Inferred, values: Values) -> None:
        """Draw the picture and write the draws of the polity that was named first."""
        polity = (values["polities"] or [""])[0]
        if values["plot"] is not None:
            from ripeness.show.charts.save import save

            save(answer.plot(values["picture"], polity=polity), values["plot"])
        if values["netcdf"] is not None:
            answer.save(values["netcdf"], polity)

    def print(self, answer: Inferred, values: Values) -> None:
        """Print the tables, or JSON."""
        if values["as_json"]:
            say_json(answer.plain())
            return
        from ripeness.show.terminal import Terminal

        print_answer(Terminal(), answer, full=values["full"])
        for warning in answer.sheet_warnings:
            say(f"- {warning}", error=True)


def _by_hand(path: Path, *, as_json: bool) -> None:
    from ripeness.workbench.infer import hand_made_matrix

    matrix = hand_made_matrix(path)
    if as_json:
        from dataclasses import asdict

        say_json(asdict(matrix))
        return
    from ripeness.show.terminal import Terminal
    from ripeness.show.who_decides_tables import hand_made

    Terminal().print(hand_made(matrix))
