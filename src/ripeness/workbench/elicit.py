"""Elicit: ask several judges for the numbers of a case, read their sheets back, and pool them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ripeness.scenario.armed_polities import principals
from ripeness.workbench.elicited import Elicited
from ripeness.workbench.question import (
    MOST_SEED,
    SERVED_SEED,
    CaseQuestion,
    Progress,
    declared,
    python_function,
    python_only,
    question,
)
from ripeness.world.fault import ArgumentFault

if TYPE_CHECKING:
    from ripeness.scenario.judge_seeds import SeedTruth
    from ripeness.scenario.judge_sheet import JudgeSheet
    from ripeness.scenario.judge_workbook import Questionnaire
    from ripeness.scenario.read import OpenedScenario
    from ripeness.study.elicitation.elicitation import Elicitation
    from ripeness.study.judge_variance import JudgeDisagreement

POOLS = ("linear", "logarithmic", "performance")
DRAWS = 8_000  # wars behind the choice of traits
FEW_MIXTURES = 48  # up to which single numbers are told apart without being asked
MOST_JUDGES = 60
LONGEST_NAME = 80  # letters


@question
class ElicitQuestion(CaseQuestion["Elicited"]):
    """Ask several judges for the numbers of a case, or pool the sheets that they have filled in.

    With `judges` it makes a sheet for each: power, positions and salience of every faction, and the `traits` that move
    the answer most. With `sheets`, files or folders, it reads them back, checks every cell, pools them, and says how
    far judges agree. `seed_questions` and `key` are files: what is asked beside, and its true values, by which the
    pool `performance` weighs judges.

    Raises: Fault for what cannot be read, with file, sheet and cell, and for a pool that cannot be made.

    >>> sheets = elicit("japan-1945", judges=["Anna", "Ben"], traits=0, polities=["soviet-union"]).sheet_files()
    >>> sorted(sheets)
    ['judge-anna.csv', 'judge-anna.xlsx', 'judge-ben.csv', 'judge-ben.xlsx']
    """

    verb = "elicit"
    summary = "Ask several judges for the numbers of a case, and pool what they say."
    example = "ripeness elicit ukraine-2023-03 --judge Anna --judge Ben --out sheets"

    judges: Sequence[str] = declared(
        default=(), flags=("--judge",), label="Judges", help="Write a sheet for this judge; repeatable."
    )
    sheets: Sequence[str] = declared(
        default=(),
        flags=("--read",),
        served=False,
        metavar="PATH",
        help="Read the sheets that judges have filled in: a file, or a folder of them; repeatable.",
    )
    pool: str = declared(
        default="linear",
        choices=POOLS,
        served=False,
        help="linear, logarithmic, or performance: linear, with weights from seed questions.",
    )
    polities: Sequence[str] = declared(
        default=(),
        flags=("--polity",),
        suggest="polities",
        label="Only these polities",
        help="Ask about this polity only; repeatable.",
    )
    traits: int = declared(
        default=4,
        least=0,
        most=60,
        label="Traits asked for",
        help="How many traits of factions are asked for: those that move the answer most.",
    )
    outcome: str | None = declared(
        default=None,
        suggest="outcomes",
        label="Outcome",
        help="Ask for the traits that move this outcome, and split what judges do to it. Default: settlement; once "
        "sheets are read, the outcome on which they differ most.",
    )
    month: float | None = declared(
        default=None,
        above=0,
        most_served=1_800,
        label="By month",
        help="By which month. Default: 24, or the horizon where it is nearer.",
    )
    effect_draws: int = declared(
        default=1_000,
        least=0,
        served=False,
        help="Wars of each mixture of judges that shows what their disagreement does to the answer; 0: leave it out.",
    )
    every_number: bool = declared(
        default=False,
        served=False,
        help="Tell single numbers apart in what disagreement does to the answer, however many differ; takes minutes.",
    )
    show_coded: bool = declared(
        default=False,
        label="Show the case's numbers",
        expert=True,
        help="Show judges the case's own numbers; figures that are seen pull the answers.",
    )
    seed_questions: str | Path | None = declared(
        default=None, flags=("--seeds",), metavar="FILE", help="Seed questions to ask as well: id, question, unit."
    )
    key: str | Path | None = declared(
        default=None, metavar="FILE", help="True values of the seed questions: id, value; never shown to judges."
    )
    cutoff: float = declared(
        default=0.05,
        least=0,
        below=1,
        served=False,
        help="Calibration below which a judge has no weight in the pool 'performance'.",
    )
    draws: int = declared(
        default=DRAWS,
        least=64,
        most=1_000_000,
        most_served=100_000,
        label="Wars to fight",
        help="How many wars to fight to find the traits that matter.",
    )
    seed: int = declared(
        default=1,
        least=0,
        most=MOST_SEED,
        most_served=SERVED_SEED,
        expert=True,
        help="Chooses inputs and luck; the same seed repeats them.",
    )
    progress: Progress | None = python_only(default=None)

    def check(self) -> None:
        """Refuse judges without a name, two of one name, and sheets to be written and read at once."""
        if self.judges and self.sheets:
            raise ArgumentFault("judges", " writes sheets and {sheets} reads them; give one of them")
        if len(self.judges) > MOST_JUDGES:
            raise ArgumentFault("judges", f": at most {MOST_JUDGES} judges at once, not {len(self.judges)}")
        for name in self.judges:
            if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
                raise ArgumentFault("judges", f": {name[:40]!r} is no name; a name has 1 to {LONGEST_NAME} letters")
        folded = [name.strip().casefold() for name in self.judges]
        twice = next((name for name in self.judges if folded.count(name.strip().casefold()) > 1), None)
        if twice is not None:
            raise ArgumentFault("judges", f": '{twice[:40]}' stands twice; every judge has a name of his or her own")
        if self.sheets and self.seed_questions is not None:
            raise ArgumentFault("seed_questions", " go into sheets that are written; to read them back name {key}")
        if self.key is not None and not self.sheets:
            raise ArgumentFault("key", " scores sheets that are read with {sheets}; it is never written into them")
        if self.pool == "performance" and self.sheets and self.key is None:
            raise ArgumentFault(
                "pool", " performance weighs judges by seed questions; name their true values with {key}"
            )

    def answer(self, progress: Progress | None = None) -> Elicited:
        """Choose what is asked, or read and pool what was answered."""
        from ripeness.scenario.read import open_scenario
        from ripeness.study.elicitation.elicitation import Elicitation

        opened = open_scenario(self.case_or_path, self.coding)
        if self.sheets:
            return self._answered(opened, self._pooled(opened, progress))
        judges = tuple(name.strip() for name in self.judges)
        return self._answered(opened, Elicitation(self._questionnaire(opened), judges))

    def _answered(self, opened: OpenedScenario, elicitation: Elicitation) -> Elicited:
        from ripeness.ensemble.design import PER_POINT, Design
        from ripeness.workbench.setup import StudySetup

        design = Design(self.draws, self.seed, PER_POINT, kept=0)
        case = opened.case or str(self.case_or_path)
        setup = StudySetup(
            case, opened.scenario, "factional", {}, design, origin=self.case_or_path, of_a_case=bool(opened.case)
        )
        return Elicited(setup, elicitation, opened)

    def _questionnaire(self, opened: OpenedScenario) -> Questionnaire:
        from ripeness.ensemble.design import PER_POINT, Design
        from ripeness.scenario.judge_questions import judge_questions
        from ripeness.scenario.judge_seeds import read_seed_questions
        from ripeness.scenario.judge_workbook import Questionnaire
        from ripeness.study.elicitation.trait_choice import leading_traits
        from ripeness.study.target import read_target
        from ripeness.world.calendar import STEPS

        scenario = opened.scenario
        judge_questions(scenario, polities=self.polities)  # a slip in a name shows before any war is fought
        belligerents = list(principals(scenario))
        horizon = scenario.horizon * STEPS[scenario.step]
        target = read_target(self.outcome or "settlement", belligerents, self.month, horizon)
        design = Design(self.draws, self.seed, PER_POINT, kept=0)
        traits = leading_traits(scenario, target, self.traits, design, self.polities)
        return Questionnaire(
            opened.case or Path(self.case_or_path).stem,
            scenario,
            judge_questions(scenario, traits, self.polities),
            traits,
            tuple(self.polities),
            () if self.seed_questions is None else read_seed_questions(Path(self.seed_questions)),
            self.show_coded,
        )

    def _pooled(self, opened: OpenedScenario, progress: Progress | None) -> Elicitation:
        from ripeness.scenario.judge_questions import judge_questions
        from ripeness.scenario.judge_seeds import read_seed_key
        from ripeness.scenario.judge_sheet import read_judge_sheets
        from ripeness.scenario.judge_workbook import Questionnaire
        from ripeness.study.elicitation.elicitation import Elicitation
        from ripeness.study.elicitation.pool import pool_sheets

        sheets = read_judge_sheets(self.sheets, opened.scenario)
        truths: dict[str, SeedTruth] = {} if self.key is None else read_seed_key(Path(self.key))
        pooled = pool_sheets(sheets, self.pool, truths, self.cutoff) if len(sheets) > 1 else None
        traits = tuple(dict.fromkeys(path for sheet in sheets for path in sheet.traits))
        polities = tuple(dict.fromkeys(key for sheet in sheets for key in sheet.polities))
        polities = polities if all(sheet.polities for sheet in sheets) else ()
        questions = judge_questions(opened.scenario, traits, polities)
        case = opened.case or Path(self.case_or_path).stem
        questionnaire = Questionnaire(case, opened.scenario, questions, traits, polities)
        effect = self._effect(opened, sheets, progress) if pooled is not None and self.effect_draws else None
        return Elicitation(questionnaire, (), sheets, pooled, effect)

    def _effect(
        self, opened: OpenedScenario, sheets: Sequence[JudgeSheet], progress: Progress | None
    ) -> JudgeDisagreement:
        """What the judges' disagreement does to the answer, from their figures as they stand in the sheets."""
        from ripeness.workbench.disagree import DisagreeQuestion
        from ripeness.workbench.judge_disagreement import MOST_MIXTURES, judge_disagreement

        disagree = DisagreeQuestion(
            self.case_or_path,
            coding=self.coding,
            outcome=self.outcome,
            month=self.month,
            seed=self.seed,
            mixture_draws=self.effect_draws,
        )
        judges = {sheet.judge: sheet.numbers for sheet in sheets}
        most = MOST_MIXTURES if self.every_number else FEW_MIXTURES
        return judge_disagreement(disagree, opened.scenario, judges, progress, most)


elicit = python_function(ElicitQuestion)
