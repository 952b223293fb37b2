"""How fast is the challenge rule? Ten actors, ten rounds, a thousand draws: compiled against plain Python, in one run.

    python benchmarks/challenge.py

Both sides run the same source. Plain Python is timed on one round of one block of draws.
"""

from __future__ import annotations

import os
import subprocess
import sys
from time import perf_counter

ACTORS, ROUNDS, DRAWS, REPEATS = 10, 10, 1000, 7
PLAIN = "--plain"


def seconds(draws: int, rounds: int, repeats: int) -> float:
    """The best time for all draws together."""
    import numpy as np

    from ripeness.decision.challenge import challenge

    chance = np.random.default_rng(1)
    power, salience, position = (chance.uniform(0.1, 1.0, (draws, ACTORS, 1)) for _ in range(3))
    best = float("inf")
    for _ in range(repeats):
        began = perf_counter()
        challenge(power[..., 0], salience, position, rounds=rounds)
        best = min(best, perf_counter() - began)
    return best


def main() -> None:
    """Time both, each in a process of its own, and print the ratio."""
    if PLAIN in sys.argv:
        from ripeness.decision.council import LANES

        # A block is played whole, however few of its draws are asked for; one round stands for all.
        print(seconds(LANES, 1, 1) * ROUNDS / LANES)
        return
    settings = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    run = subprocess.run([sys.executable, __file__, PLAIN], env=settings, capture_output=True, text=True, check=True)
    seconds(DRAWS, ROUNDS, 1)  # compile
    compiled, plain = seconds(DRAWS, ROUNDS, REPEATS), float(run.stdout) * DRAWS
    print(f"challenge rule, {ACTORS} actors, {ROUNDS} rounds, {DRAWS} draws, one core")
    print(f"compiled     {compiled:10.4f} s   {DRAWS / compiled:12,.0f} draws per second")
    print(f"plain Python {plain:10.4f} s   {DRAWS / plain:12,.1f} draws per second")
    print(f"ratio        {plain / compiled:10,.0f}     (target: compiled under 0.1 s)")


if __name__ == "__main__":
    main()
