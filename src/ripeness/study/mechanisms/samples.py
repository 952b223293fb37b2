"""Signs over parameter samples: in which share of them a change makes the war longer, shorter, or neither.

Each parameter sample is simulated several times with each of two arms, on the same random draws. The paired differences
of a sample have a mean and a standard error; a sample counts as longer or shorter only where the mean is further from
zero than chance goes in one sample of forty in each direction (Student's t, about two standard errors). A sample of
which not one run goes otherwise counts as neither.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
CHANCE = 0.025  # share of samples without any effect that chance alone takes for longer, and as many for shorter
MIN_REPLICATIONS = 2  # one run has no spread


@dataclass(frozen=True, slots=True)
class SampleSigns:
    """Direction of each parameter sample: 1 longer, -1 shorter, 0 what cannot be told from no change.

    Shapes: direction (samples,).
    """

    direction: NDArray[np.int8]

    @property
    def longer(self) -> float:
        """Share of samples in which mean months rise; not a number where there is no sample."""
        return _share(self.direction > 0)

    @property
    def shorter(self) -> float:
        """Share of samples in which they fall."""
        return _share(self.direction < 0)

    def along(self, expected: int) -> tuple[float, float]:
        """Shares of samples that move the expected way and the opposite way.

        `expected`: 1 longer, -1 shorter.

        >>> SampleSigns(np.array([1, 1, -1, 0], dtype=np.int8)).along(-1)
        (0.25, 0.5)
        """
        return (self.longer, self.shorter) if expected > 0 else (self.shorter, self.longer)


def sample_signs(
    after: ArrayLike, before: ArrayLike, replications: int, weights: ArrayLike | None = None
) -> SampleSigns:
    """Decide for each parameter sample whether months rise or fall, by the paired standard error within the sample.

    A last sample with fewer replications is left out. Of weighted runs both are those of the weighted mean.

    Shapes: after, before, weights (R,), run r of sample r // replications, with the same random draws in both.
    Units: months.
    Source: Student 1908, Biometrika 6, 1-25; Cochran 1977, section 6 (ratio estimate).

    >>> sample_signs([5, 6, 7, 8, 3, 3, 3, 3], [1, 2, 3, 4, 3, 3, 3, 3], 4).direction.tolist()
    [1, 0]
    """
    from scipy.special import stdtrit

    difference = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    samples = len(difference) // replications
    if samples == 0 or replications < MIN_REPLICATIONS:
        return SampleSigns(np.empty(0, dtype=np.int8))
    paired: Array = difference[: samples * replications].reshape(samples, replications)
    runs = np.ones(len(difference)) if weights is None else np.asarray(weights, dtype=np.float64)
    share: Array = runs[: samples * replications].reshape(samples, replications)
    share = share / np.maximum(share.sum(axis=1, keepdims=True), np.finfo(float).tiny)
    mean = (share * paired).sum(axis=1)
    variance = (share**2 * (paired - mean[:, None]) ** 2).sum(axis=1) * replications / (replications - 1)
    margin = stdtrit(replications - 1, 1 - CHANCE) * np.sqrt(variance)
    return SampleSigns((np.sign(mean) * (np.abs(mean) > margin)).astype(np.int8))


def _share(hits: NDArray[np.bool_]) -> float:
    return float(hits.mean()) if len(hits) else float("nan")
