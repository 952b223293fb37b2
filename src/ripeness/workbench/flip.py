"""Flip: the smallest plausible changes that make an outcome the most likely one, each confirmed by its own run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.workbench.answer import OutcomeAnswer
from ripeness.workbench.outcome_question import OutcomeQuestion
from ripeness.workbench.question import Progress, declared, python_function, question
from ripeness.world.fault import ArgumentFault
from ripeness.world.wording import did_you_mean

if TYPE_CHECKING:
    from ripeness.scenario.schema import Scenario
    from ripeness.study.flipping.flip import FlipAnswers

LATE = True  # without a month it asks by the horizon
TRIALS = 45  # trial runs that a search usually takes: what progress is reckoned on


@question
class FlipQuestion(OutcomeQuestion["Flips"]):
    """Find the smallest changes of one, two or three assumptions that make an outcome the most likely by a month.

    Without a month: by the horizon. `without`: beginnings of paths that are not to be moved, such as `laws.`.

    Raises: Fault for what cannot be read, an unknown outcome, or a month beyond the horizon.

    >>> flip("japan-1945", outcome="victory:united-states", draws=256, month=30).value.already
    False
    """

    verb = "flip"
    summary = (
        "The smallest plausible change of one, two or three assumptions that makes an outcome the most likely one."
    )
    example = "ripeness flip ukraine-2023-03 --outcome settlement"
    late = True

    month: float | None = declared(
        default=None, least=0, most_served=1_800, label="By month", help="By which month. Default: the horizon."
    )
    answers: int = declared(
        default=3,
        least=1,
        most=10,
        expert=True,
        label="Answers to look for",
        help="How many distinct answers to look for.",
    )
    without: Sequence[str] = declared(
        default=(),
        expert=True,
        label="Numbers left alone",
        help="Beginning of paths that are left alone, such as laws.; repeatable.",
    )

    def answer(self, progress: Progress | None = None) -> Flips:
        """Search for small changes, and confirm each by a run of its own."""
        from ripeness.study.flipping.flip import TRIAL_DRAWS
        from ripeness.study.flipping.flip import flip as search
        from ripeness.workbench.outcome_runs import outcome_runs

        expected = self.draws * (1 + 2 * self.answers) + min(TRIAL_DRAWS, self.draws) * TRIALS
        runs = outcome_runs(self, expected, progress)
        _check_left_alone(self.without, runs.setup.scenario)
        flipped = search(
            runs.setup.scenario,
            runs.target,
            runs.simulate_changed,
            self.draws,
            answers=self.answers,
            without=tuple(self.without),
            weights=runs.setup.weigh,
        )
        return Flips(runs.setup, flipped)


@dataclass(frozen=True, repr=False)
class Flips(OutcomeAnswer):
    """Changes that flip the order of outcomes."""

    value: FlipAnswers
    shown_by: ClassVar[str] = "flip_tables"
    chart: ClassVar[str] = "flips.flip_bars"  # how far each answer moves each assumption

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every move of every answer."""
        every = [*self.value.answers, *([self.value.nearest] if self.value.nearest else [])]
        return [
            {
                "answer": n,
                "flips": change.margin > 0,
                "size": change.size,
                "p": change.p,
                "rival": change.rival,
                "rival_p": change.rival_p,
                "path": move.path,
                "name": move.name,
                "value": move.value,
                "distance": move.distance,
                "low": move.low,
                "median": move.median,
                "high": move.high,
                "unit": move.unit,
                "jointly": move.jointly,
            }
            for n, change in enumerate(every, 1)
            for move in change.moves
        ]


def _check_left_alone(without: Sequence[str], scenario: Scenario) -> None:
    """A beginning that no number has would leave nothing alone."""
    from ripeness.scenario.model_parameters import default_parameters
    from ripeness.scenario.number_paths import scenario_numbers

    paths = [f"laws.{name}" for name in default_parameters()] + [*scenario_numbers(scenario)]
    for beginning in without:
        if not beginning or not any(path.startswith(beginning) for path in paths):
            heads = {".".join(path.split(".")[:depth]) + "." for path in paths for depth in (1, 2, 3, 4)}
            hint = did_you_mean(beginning, sorted(heads), "such as laws. or polities.NAME.", cutoff=0.4)
            raise ArgumentFault("without", f": no number's path begins with '{beginning[:80]}'; {hint}")


flip = python_function(FlipQuestion)
