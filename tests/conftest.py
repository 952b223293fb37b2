"""Settings of all tests: a first call compiles, so no test has a deadline; runs repeat exactly."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
