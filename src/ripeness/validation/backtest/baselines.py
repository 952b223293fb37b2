"""Baselines: forecasts that know next to nothing. A model of war has to say what it adds to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isnan, log

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.backtest.logit import fit_logit
from ripeness.validation.history.record import OUTCOMES, PastWar

Array = NDArray[np.float64]
Baseline = Callable[[Sequence[PastWar], Sequence[PastWar], int], Array]
LEAST_LOSSES = 10.0  # deaths added to both sides' known losses, so that nothing known is a ratio of 1
LEAST_SHARE = 1e-4  # capability share of a side whose capabilities are unknown or zero


def outcomes_of(wars: Sequence[PastWar]) -> NDArray[np.int64]:
    """How wars ended, as places in OUTCOMES. Shapes: (N,)."""
    return np.array([OUTCOMES.index(war.outcome) for war in wars], dtype=np.int64)


def base_rate(train: Sequence[PastWar], test: Sequence[PastWar], months: int) -> Array:  # noqa: ARG001  (one calling convention)
    """How often each outcome came among the wars that went on so long, one of each added (Laplace). Shapes: (N, K)."""
    return np.repeat(_rates(train)[None, :], len(test), axis=0)


def era_rate(train: Sequence[PastWar], test: Sequence[PastWar], months: int) -> Array:  # noqa: ARG001  (one calling convention)
    """The same, before and after 1945 apart. The cut was made after the fact. Shapes: (N, K)."""
    rates = {recent: _rates([war for war in train if war.recent is recent]) for recent in (False, True)}
    return np.array([rates[war.recent] for war in test]).reshape(len(test), len(OUTCOMES))


def _rates(wars: Sequence[PastWar]) -> Array:
    counts = np.bincount(outcomes_of(wars), minlength=len(OUTCOMES)) + 1.0
    return np.asarray(counts / counts.sum())


def capability(train: Sequence[PastWar], test: Sequence[PastWar], months: int) -> Array:  # noqa: ARG001  (one calling convention)
    """A logit on the log ratio of both sides' capabilities (CINC). Shapes: (N, K)."""
    return _logit(train, test, lambda war: [capability_ratio(war)])


def capability_ratio(war: PastWar) -> float:
    """Log of the initiator's capabilities over the target's; 0 where they are unknown."""
    pair = [camp.capability for camp in (war.first, war.second)]
    return 0.0 if any(map(isnan, pair)) else log(max(pair[0], LEAST_SHARE) / max(pair[1], LEAST_SHARE))


def era_and_losses(train: Sequence[PastWar], test: Sequence[PastWar], months: int) -> Array:
    """A logit on the era and the log ratio of the losses known by then; at the start the era alone. Shapes: (N, K)."""
    if months == 0:
        return era_rate(train, test, months)
    return _logit(train, test, lambda war: [float(war.recent), recorded_loss_ratio(war, months)])


def recorded_loss_ratio(war: PastWar, months: int) -> float:
    """Log of the initiator's known deaths over the target's after so many months; 0 where nothing is known.

    >>> from ripeness.validation.history.record import Camp
    >>> round(recorded_loss_ratio(PastWar(1, "", 1, 1900, "", Camp("a"), Camp("b"), known={1: (90., 0.)}), 1), 3)
    2.303
    """
    losses, rival_losses = war.losses(months)
    return log((losses + LEAST_LOSSES) / (rival_losses + LEAST_LOSSES))


def _logit(train: Sequence[PastWar], test: Sequence[PastWar], features: Callable[[PastWar], list[float]]) -> Array:
    if not train:
        return base_rate(train, test, 0)
    logit = fit_logit(np.array([features(war) for war in train]), outcomes_of(train), len(OUTCOMES))
    return logit.probabilities(np.array([features(war) for war in test]).reshape(len(test), -1))


BASELINES: Mapping[str, Baseline] = {
    "base-rate": base_rate,
    "era": era_rate,
    "capability": capability,
    "era+loss": era_and_losses,
}
