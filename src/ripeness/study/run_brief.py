"""Run brief: what one screen says of a run, by a month and its date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ripeness.study.outcome_classes import ClassShares
from ripeness.study.record.classes import CLASSES
from ripeness.study.sensitivity.leading import LeadingParameter
from ripeness.study.target import Target


@dataclass(frozen=True)
class RunBrief:
    """What one screen says of a run, by a month and its date.

    `shares` are those of the blend where there is one, else of the model. `versions` holds the shares of every version
    of the case that could be run, by name; `version_draws` are the wars of each of the others. `narrowing`: the inputs
    that carry most of the spread of the likeliest class; `narrows_model`: of the model's, since none stands out under
    the weights of the blend.
    """

    month: float
    on: date
    model: ClassShares
    record: ClassShares | None
    record_cases: float | None
    blend: ClassShares | None
    target: Target
    narrowing: tuple[LeadingParameter, ...]
    narrows_model: bool
    no_record: str
    versions: Mapping[str, ClassShares] = field(default_factory=dict)
    version_draws: int = 0
    versions_note: str = ""

    @property
    def shares(self) -> ClassShares:
        """The probabilities that answer."""
        return self.model if self.blend is None else self.blend


def class_range(versions: Mapping[str, ClassShares], name: str) -> tuple[float, float]:
    """The least and the greatest probability of a class among versions.

    >>> class_range({}, "frozen")
    (nan, nan)
    """
    values = [shares.p[CLASSES.index(name)] for shares in versions.values()]
    return (min(values), max(values)) if values else (float("nan"), float("nan"))
