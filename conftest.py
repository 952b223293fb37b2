"""House rules of every test: properties are drawn alike each time, no output holds a traceback,
nothing required is skipped.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# The same examples on every machine and no time limit each: a failure repeats, a slow machine is not a fault.
settings.register_profile("house", deadline=None, derandomize=True, database=None, max_examples=50)
settings.load_profile("house")

# Migrations run inside a database session of their own and hold no examples.
collect_ignore_glob = ["src/ripeness/*/migrations/*", "src/ripeness/*/*/migrations/*"]

REQUIRE_ALL = os.environ.get("RIPENESS_REQUIRE_ALL") == "1"


def _refuse_skip(report):
    """Turn a skip into a failure where every test is required (.ci/run)."""
    if REQUIRE_ALL and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped here, but this was: {reason}"
    return report


def _refuse_traceback(report):
    """Turn a pass into a failure where the test printed a traceback: whatever printed it would show it to a user,
    too.
    """
    if report.outcome == "passed":
        for name, text in report.sections:
            if "Traceback (most recent call last)" in text:
                report.outcome = "failed"
                report.longrepr = f"a traceback in '{name}':\n{text}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return _refuse_traceback(_refuse_skip((yield)))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return _refuse_skip((yield))
