"""Infer: who decides in each polity, read off what was decided; readings of it weighed against each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ripeness.workbench.inferred import Inferred
from ripeness.workbench.question import (
    MOST_SEED,
    SERVED_SEED,
    CaseQuestion,
    declared,
    python_function,
    python_only,
    question,
)
from ripeness.workbench.report_section import ReportSection
from ripeness.world.fault import ArgumentFault
from ripeness.world.version import __version__

if TYPE_CHECKING:
    from ripeness.scenario.schema import Scenario
    from ripeness.study.who_decides.answer import WhoDecides
    from ripeness.study.who_decides.marked_matrix import MarkedMatrix
    from ripeness.study.who_decides.plan import PlannedObservation
    from ripeness.study.who_decides.prior import PriorBelief
    from ripeness.world.quantity import Quantity


MOST_WIDTHS, WIDEST = 9, 16.0  # of the prior: how many are compared at most, and the widest


@question
class InferQuestion(CaseQuestion["Inferred"]):
    """Infer who decides in a case from the decisions observed up to a date (by default its start).

    `observe` adds items written POLITY ISSUE DATE VALUE; `knots` dates between which power moves; `known` holds
    positions and conduct at their medians instead of drawing them from their intervals; `readings` names a file with
    readings of one's own, weighed beside the case's; `widths` are those of the prior under which readings are compared;
    `only_compared` leaves them out for readings that the verdict does not compare.
    `prior` is what is believed of power before the evidence: as the case states it, flat (every division of power is as
    likely as any other), or as the judges of some `sheets` see it; the flat and the stated one are shown beside it.
    `plan` adds what to look for next.

    Raises: Fault where the case cannot be read, has no evidence, or an argument does not fit.

    >>> found = infer("japan-1945", polities=["japan"], particles=100, repeats=3, knots=1, known=True, knock_out=False)
    >>> round(sum(row.weight for row in found.found.readings), 6)
    1.0
    """

    verb = "infer"
    summary = "Infer who decides from observed decisions: power, readings compared, and what the answer hangs on."
    example = "ripeness infer ukraine-2023-03"
    report_sections = (
        ReportSection(
            "who",
            "Who decides, and the evidence for it",
            written_by="report_who.who_decides_section",
            optional=True,
            order=40,
            work=70,
        ),
    )

    polities: Sequence[str] = declared(
        default=(),
        key="polities",
        old_keys=("polity",),
        flags=("--polity",),
        suggest="polities",
        label="Only these polities",
        help="Only this polity; repeatable.",
    )
    prior: str = declared(
        default="stated",
        choices=("stated", "flat", "experts"),
        label="Power before the evidence",
        help="What is believed of power before: stated, flat (nothing) or experts (those of --sheets).",
    )
    sheets: Sequence[str] = declared(
        default=(),
        served=False,
        expert=True,
        metavar="PATH",
        label="Judges' sheets",
        help="A judge's sheet or a folder of them, for the prior experts; repeatable.",
    )
    as_of: date | str | None = declared(
        default=None, expert=True, label="Evidence up to", help="Last day of evidence. Default: the scenario's start."
    )
    observe: Sequence[str] = declared(
        default=(),
        expert=True,
        label="Suppose this is seen",
        help="'POLITY ISSUE DATE VALUE': one more observation; repeatable.",
    )
    readings: str | Path | None = declared(
        default=None, help="A YAML file with readings of your own, weighed beside the case's."
    )
    knots: int | None = declared(
        default=None,
        least=1,
        most=8,
        expert=True,
        label="Dates between which power moves",
        help="Dates between which power moves, 1 to 8; 1 is fixed.",
    )
    known: bool = declared(
        default=False,
        key="medians",
        flags=("--medians",),
        label="Hold at medians",
        expert=True,
        help="Hold positions and conduct at their medians instead of drawing them.",
    )
    knock_out: bool = declared(
        default=True,
        flags=("--no-knock-out",),
        label="What moves the answer",
        expert=True,
        help="Leave out what moves the answer; faster.",
    )
    plan: bool = declared(
        default=False,
        label="What to look for",
        help="Say which observations would tell most about which pair of factions.",
    )
    changes: Mapping[str, object] | None = declared(
        default=None,
        flags=("--set",),
        suggest="numbers",
        expert=True,
        label="Other numbers",
        help="PATH=VALUE: change a number; repeatable.",
    )
    seed: int = declared(
        default=1,
        least=0,
        most=MOST_SEED,
        most_served=SERVED_SEED,
        help="Chooses the particles; the same seed repeats them.",
    )
    repeats: int = declared(
        default=4,
        least=3,
        most=100,
        most_served=20,
        expert=True,
        help="Runs of the sampler that never meet, 3 or more.",
    )
    particles: int = declared(default=1000, least=100, most=100_000, help="Particles of each run.")
    widths: Sequence[float] = declared(
        default=(0.25, 0.5, 1.0, 2.0, 4.0),
        commas=True,
        expert=True,
        label="Widths of the prior",
        help="Widths of the prior under which readings are compared, such as 0.25,1,4; fewer are faster.",
    )
    only_compared: bool = python_only(default=False)
    progress: Callable[[str], None] | None = python_only(default=None)

    def check(self) -> None:
        """Refuse experts without sheets, and sheets that nothing would read."""
        if self.prior == "experts" and not self.sheets:
            raise ArgumentFault("prior", " 'experts' reads judges' sheets: name them with {sheets}")
        if self.sheets and self.prior != "experts":
            raise ArgumentFault("sheets", f" goes with {{prior}} 'experts', not with '{self.prior}'")
        if not 0 < len(self.widths) <= MOST_WIDTHS or not all(0 < width <= WIDEST for width in self.widths):
            raise ArgumentFault(
                "widths", f" are 1 to {MOST_WIDTHS} numbers above 0, up to {WIDEST:g}; 1 is the prior as it is stated"
            )

    def answer(self, progress: Callable[[str], None] | None = None) -> Inferred:
        """Weigh the readings of each polity by what was decided; `progress` is told whose turn it is."""
        from ripeness.scenario.fingerprint import fingerprint
        from ripeness.scenario.number_paths import replace_numbers
        from ripeness.scenario.read import open_scenario, with_actor_models
        from ripeness.study.who_decides.answer import who_decides
        from ripeness.study.who_decides.prior import PriorBelief

        opened = open_scenario(self.case_or_path, self.coding)
        powers, sheet_warnings = self._expert_powers(opened.scenario)
        if self.readings is not None:
            opened = with_actor_models(opened, Path(self.readings))
        scenario = replace_numbers(opened.scenario, self.changes or {})
        belief = PriorBelief(self.prior, powers)
        posterior = who_decides(
            scenario,
            as_of=self.day("as_of"),
            observe=self.observe,
            polities=self.polities,
            knots=self.knots,
            at_medians=self.known,
            seed=self.seed,
            repeats=self.repeats,
            particles=self.particles,
            widths=self.widths,
            only_compared=self.only_compared,
            knock_out=self.knock_out,
            belief=belief,
            progress=progress,
        )
        return Inferred(
            opened.case or str(self.case_or_path),
            scenario.coding,
            self.seed,
            __version__,
            fingerprint(scenario),
            scenario,
            replace(posterior, warnings=(*sheet_warnings, *posterior.warnings)),
            self._planned(scenario, posterior, belief),
            sheet_warnings,
        )

    def _planned(self, scenario: Scenario, answer: WhoDecides, belief: PriorBelief) -> tuple[PlannedObservation, ...]:
        """What to look for next in each polity, where that is asked."""
        from ripeness.study.who_decides.plan_polities import plan_polities

        if not self.plan:
            return ()
        return plan_polities(
            scenario,
            {key: readings[0].posterior for key, readings in answer.weighed.items()},
            date.fromisoformat(answer.as_of),
            polities=self.polities,
            belief=belief,
            seed=self.seed,
        )

    def _expert_powers(self, scenario: Scenario) -> tuple[dict[str, Quantity], tuple[str, ...]]:
        """The powers that the judges of the sheets state, by path, pooled linearly where there are several; and what
        looks wrong in a sheet.
        """
        if not self.sheets:
            return {}, ()
        from ripeness.scenario.judge_sheet import read_judge_sheets
        from ripeness.study.elicitation.compositions import close_powers
        from ripeness.study.elicitation.pool import pool_sheets

        sheets = read_judge_sheets(self.sheets, scenario)
        numbers = pool_sheets(sheets).numbers if len(sheets) > 1 else close_powers(sheets[0].numbers)
        powers = {path: number for path, number in numbers.items() if path.endswith(".power")}
        if not powers:
            raise ArgumentFault("sheets", ": no judge says anything of power")
        return powers, tuple(warning for sheet in sheets for warning in sheet.warnings)


def hand_made_matrix(path: str | Path) -> MarkedMatrix:
    """Read and weigh a matrix of hypotheses that was marked by hand.

    Raises: Fault where the file is not such a matrix.
    """
    from ripeness.study.who_decides.marked_matrix import read_marked_matrix

    return read_marked_matrix(Path(path))


infer = python_function(InferQuestion)
