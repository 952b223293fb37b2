"""Step: a number on the way from the base rate to this war's, with what it moved; and all of them together."""

from __future__ import annotations

from dataclasses import dataclass

from ripeness.study.explain.groups import GROUPS
from ripeness.study.record.strength import RecordStrength
from ripeness.study.target import Target
from ripeness.study.weighted_statistics import MeanEstimate

RECORD, MODEL, BLEND = "record", "model", "blend"
UNKNOWN, EVIDENCE = "unknown", "evidence"
ALL_KEYS = tuple(group.key for group in GROUPS)


@dataclass(frozen=True, slots=True)
class ExplainStep:
    """One step: what is put in, the probability with it, and what it moved.

    `low` to `high`: 90 % interval of `p`: of the record for its coefficients, of the model for the noise of the
    simulations, of the blend for both. `moved`, `put_first`, `put_last`: differences with their 90 % Monte Carlo
    interval, which has no width between two numbers of the record; the last two for groups of statements alone. `n`:
    past conflicts behind a number of the record.
    """

    key: str
    name: str
    holds: str
    basis: str
    p: float
    low: float
    high: float
    moved: MeanEstimate | None = None
    put_first: MeanEstimate | None = None
    put_last: MeanEstimate | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class OutsideView:
    """The steps that the record of past conflicts gives, the last one the curve for a war like this, and its strength
    in the blend, where there is one.
    """

    steps: tuple[ExplainStep, ...]
    strength: RecordStrength | None = None


@dataclass(frozen=True, slots=True)
class VersionProbability:
    """The model's number under another analyst's version of the same case, with its 90 % Monte Carlo interval."""

    version: str
    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """All steps, in their order; the numbers of the first and the last differ by the sum of what the others moved.

    `draws`: wars simulated in each of the `arms`. `version` is the analyst's version that is explained, `versions` the
    others of its case; `notes` say why there is no record. `months_fought`: from the beginning of the war to the day of
    the forecast, as far as they count.
    """

    target: Target
    months_fought: float
    draws: int
    arms: int
    one_leader: bool
    steps: tuple[ExplainStep, ...]
    version: str = ""
    versions: tuple[VersionProbability, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[ExplainStep, ...]:
        """The steps that put in groups of statements, by what they moved, the strongest first."""
        keys = set(ALL_KEYS)
        groups = [step for step in self.steps if step.moved is not None and set(step.key.split("+")) <= keys]
        return tuple(sorted(groups, key=lambda step: -abs(step.moved.mean if step.moved else 0.0)))

    def step(self, key: str) -> ExplainStep | None:
        """A step by its key, if there is one."""
        return next((step for step in self.steps if step.key == key), None)


def step_row(step: ExplainStep) -> dict[str, object]:
    """A step as a flat row, differences with the ends of their intervals.

    >>> list(step_row(ExplainStep("unknown", "", "", MODEL, 0.5, 0.4, 0.6)))[-3:]
    ['put_last', 'put_last_low', 'put_last_high']
    """
    row: dict[str, object] = {
        name: getattr(step, name) for name in ("key", "name", "holds", "basis", "p", "low", "high", "n")
    }
    for name in ("moved", "put_first", "put_last"):
        moved: MeanEstimate | None = getattr(step, name)
        row |= {
            name: None if moved is None else moved.mean,
            f"{name}_low": None if moved is None else moved.low,
            f"{name}_high": None if moved is None else moved.high,
        }
    return row
