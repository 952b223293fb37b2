"""Sense: which assumptions move the answer, how much hangs on each source, and how much is luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.workbench.answer import OutcomeAnswer
from ripeness.workbench.outcome_question import OutcomeQuestion
from ripeness.workbench.question import Progress, declared, python_function, question
from ripeness.workbench.report_section import ReportSection, answer_section
from ripeness.world.fault import ArgumentFault
from ripeness.world.wording import did_you_mean

if TYPE_CHECKING:
    from ripeness.show.report.page import Section
    from ripeness.study.sensitivity.sense import Sensitivity
    from ripeness.workbench.outcome_runs import OutcomeRuns

TOP = 12  # numbers with a Sobol' index of their own; all others are one group
LEAST_BASE = 16  # smaller designs tell nothing of a dozen numbers
BASE = 128  # size of Sobol's design; a power of two, as the sequence asks for


@question
class SenseQuestion(OutcomeQuestion["Sensing"]):
    """Say which assumptions move an outcome's probability by a month.

    The `held` leading sources, and those named in `sources`, are also tested by holding their numbers at their medians.
    With a `sobol_base` (a power of two, such as 128) Sobol' indices with interactions are computed on a design of their
    own: base x 14 x 8 further runs.

    Raises: Fault for what cannot be read, an unknown outcome, or a month beyond the horizon.

    >>> sense("japan-1945", month=3, draws=256, held=0).value.points
    32
    """

    verb = "sense"
    summary = "Which assumptions move the answer, how much hangs on each source, and how much is luck."
    example = "ripeness sense ukraine-2023-03 --outcome settlement --month 24"
    report_sections = (
        ReportSection(
            "moves",
            "What moves the answer",
            "How much of what the inputs decide each uncertain number decides alone; what chance reaches is dashed.",
            narrow_title="What moves the answer",
            optional=True,
            order=70,
            work=80,
        ),
    )

    held: int = declared(
        default=8,
        least=0,
        most_served=40,
        expert=True,
        label="Sources held at medians",
        help="Sources that stand out, at most so many, are also held at their medians; a run each.",
    )
    sources: Sequence[str] = declared(
        default=(),
        flags=("--source",),
        suggest="sources",
        expert=True,
        label="Sources held in any case",
        help="A source that is shown and held in any case; repeatable.",
    )
    sobol_base: int = declared(
        default=0,
        flags=("--sobol",),
        least=0,
        most_served=1_024,
        label="Sobol' design",
        expert=True,
        help="Also Sobol' indices, on a design of this size (a power of two, such as 128); 112 runs for each.",
    )

    def check(self) -> None:
        """Say where Sobol's design cannot be made."""
        super().check()
        if self.sobol_base and (self.sobol_base & (self.sobol_base - 1) or self.sobol_base < LEAST_BASE):
            raise ArgumentFault(
                "sobol_base", f": {self.sobol_base} is not a power of two from {LEAST_BASE} on; try {BASE}"
            )
        if self.sobol_base and (self.evidence or self.observe or self.war_path or self.known_path):
            raise ArgumentFault(
                "sobol_base", " draws a design of its own, which evidence cannot condition; leave out one of the two"
            )

    def answer(self, progress: Progress | None = None) -> Sensing:
        """Simulate the war, then again with the numbers of each leading source at their medians."""
        from ripeness.ensemble.design import PER_POINT
        from ripeness.study.sensitivity.salib_indices import sobol_cost
        from ripeness.study.sensitivity.sense import hold_sources_at_medians
        from ripeness.study.sensitivity.sense import sense as measure
        from ripeness.workbench.outcome_runs import outcome_runs

        sources = self.sources
        expected_held = self.draws * (1 + self.held + len(sources))
        expected = expected_held + (sobol_cost(TOP + 1, self.sobol_base, PER_POINT) if self.sobol_base else 0)
        runs = outcome_runs(self, expected, progress)
        _check_sources(sources, runs)
        base = runs.simulate()
        weights = runs.setup.weigh(base)
        sensitivity = measure(base, runs.target, weights)
        holding = min(self.held, sum(group.stands_out for group in sensitivity.by("source"))) + len(sources)
        runs.expected += self.draws * (1 + holding) - expected_held
        if sensitivity.decided > 0 and holding > 0:
            sensitivity = hold_sources_at_medians(
                sensitivity, base, lambda medians: runs.simulate(overrides=medians), self.held, sources, weights
            )
        if self.sobol_base and sensitivity.decided > 0:
            sensitivity = _with_sobol(sensitivity, runs, self.sobol_base)
        return Sensing(runs.setup, sensitivity)

    @classmethod
    def write_section(cls, section: ReportSection, studied: Any) -> Section | None:
        """What moves the likeliest outcome, measured on the run itself; the ranking of numbers comes first."""
        sensing = studied.sensing()
        if sensing is None or not sensing.value.numbers:
            return None
        tables = sorted(sensing.layout().tables(), key=lambda table: not table.title.startswith("Which numbers"))
        return answer_section(section, sensing, tables=tables)


@dataclass(frozen=True, repr=False)
class Sensing(OutcomeAnswer):
    """What moves an outcome."""

    value: Sensitivity
    shown_by: ClassVar[str] = "sense_tables"
    chart: ClassVar[str] = "sense.share_bars"  # against what chance alone reaches

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every uncertain number, those that never matter included."""
        words = ("sources", "grades")
        return [
            {k: " ".join(v) if k in words else v for k, v in asdict(number).items()} for number in self.value.numbers
        ]


def _check_sources(sources: Sequence[str], runs: OutcomeRuns) -> None:
    """A source on which no number that can move rests cannot be held."""
    from ripeness.scenario.parameter_points import FITTED

    war = runs.war()
    names = {
        key
        for path, number in war.numbers.items()
        if number.uncertain and path not in war.points.paths
        for key in number.sources
    } | ({FITTED} if war.points.names else set())
    for source in sources:
        if source not in names:
            hint = did_you_mean(source, sorted(names), "`ripeness cite` lists the sources", cutoff=0.5)
            raise ArgumentFault("sources", f": no uncertain number rests on a source '{source[:60]}'; {hint}")


def _with_sobol(sensitivity: Sensitivity, runs: OutcomeRuns, base: int) -> Sensitivity:
    from ripeness.scenario.number_paths import enters_the_war
    from ripeness.study.sensitivity.salib_indices import sobol_indices

    numbers = {
        number.path: runs.war().numbers[number.path] for number in sensitivity.numbers if enters_the_war(number.path)
    }
    leading = [number.path for number in sensitivity.numbers[:TOP]]
    indices = sobol_indices(
        numbers,
        leading,
        lambda design, values: runs.simulate(design=design, overrides=values, conditioned=False),
        runs.target,
        base,
        runs.setup.design,
        runs.war().points,
    )
    return replace(sensitivity, sobol=indices)


sense = python_function(SenseQuestion)
