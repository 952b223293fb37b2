"""Way out: some division that a faction prefers to fighting on and believes the rival would accept.

Zartman's second condition (2000, p. 231). What the rival would accept is read off its public demand, as it is seen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def way_out(lowest_terms: Array, rival_demand: Array, misperception: Array, allowed: Array) -> NDArray[np.bool_]:
    """Whether a faction sees a division that it would take and the rival would give.

    Shapes: lowest_terms (F, R), own share that it would settle for, above 1 when none would do; rival_demand,
    misperception (R,), the rival's public demand and how much wider the zone looks than it is; allowed (K,), own
    shares that can be agreed on, empty when all can; returns (F, R).

    >>> way_out(np.array([[.3], [.7], [1.2]]), np.array([.5]), np.array([0.]), np.array([])).ravel().tolist()
    [True, False, False]
    """
    offered = np.minimum(1.0 - rival_demand + misperception, 1.0)
    sees = lowest_terms <= offered
    if len(allowed):
        fits = (lowest_terms[..., None] <= allowed) & (allowed <= offered[:, None])
        sees = sees & fits.any(axis=-1)
    return np.asarray(sees, dtype=np.bool_)
