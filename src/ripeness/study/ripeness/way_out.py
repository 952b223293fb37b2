"""Way out: some division that a faction prefers to fighting on and believes the rival would accept.

Zartman's second condition (2000, p. 231). What the rival would accept is read off its public demand, as it is seen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def way_out(least: Array, rival: Array, misperception: Array, allowed: Array) -> NDArray[np.bool_]:
    """Whether a faction sees a division that it would take and the rival would give.

    Shapes: least (F, R), own share that it would settle for, above 1 when none would do; rival, misperception (R,), the
    rival's public demand and how much wider the zone looks than it is; allowed (K,), own shares that can be agreed on,
    empty when all can; returns (F, R).

    >>> way_out(np.array([[.3], [.7], [1.2]]), np.array([.5]), np.array([0.]), np.array([])).ravel().tolist()
    [True, False, False]
    """
    most = np.minimum(1.0 - rival + misperception, 1.0)
    sees = least <= most
    if len(allowed):
        fits = (least[..., None] <= allowed) & (allowed <= most[:, None])
        sees = sees & fits.any(axis=-1)
    return np.asarray(sees, dtype=np.bool_)
