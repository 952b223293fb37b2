"""Progress: a time to go counts only work of its kind, and is not told before it is known."""

from __future__ import annotations

from ripeness.study.progress import Pace
from ripeness.world.compiling import CLOCK, compiling


class Seconds:
    """A clock that a test moves."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def paced(*reports, total=1000):
    """A pace that heard (seconds, done) in turn."""
    clock = Seconds()
    pace = Pace(clock)
    for seconds, done in reports:
        clock.now = seconds
        pace.report(done, total)
    return pace


def test_what_came_before_the_first_report_is_not_in_the_pace():
    assert paced((90, 100), (91, 200), (92, 300)).seconds_left() == 7


def test_no_time_to_go_is_told_after_one_report_or_less_than_a_second():
    assert paced((90, 100)).seconds_left() is None
    assert paced((90, 100), (90.1, 200), (90.2, 300)).seconds_left() is None


def test_a_pace_that_changes_is_not_known():
    assert paced((0, 0), (1, 300), (2, 310), (3, 320)).seconds_left() is None


def test_work_that_starts_from_nothing_is_of_another_kind():
    pace = paced((0, 300), (1, 600), (2, 900), (3, 10))
    assert pace.seconds_left() is None
    assert pace.words() == "10 of 1,000 runs"


def test_many_reports_are_thinned_and_tell_the_same():
    assert abs(paced(*[(n / 10, n) for n in range(1, 2000)], total=2999).seconds_left() - 100) < 1


def test_while_loops_are_compiled_that_is_what_is_told():
    pace = paced((0, 300), (1, 600), (2, 900))
    with compiling():
        assert CLOCK.running
        assert pace.words().startswith("compiling once for this machine and version")
    assert not CLOCK.running
    assert pace.words() == "900 of 1,000 runs, 0 s left"


def test_the_compiler_moves_the_clock(monkeypatch):
    import numba

    monkeypatch.setattr(numba.config, "DISABLE_JIT", 0)
    import ripeness.world.compiled  # noqa: F401  (registers the clock)

    before = CLOCK.seconds()

    @numba.njit
    def doubled(x):
        return 2 * x

    assert doubled(3) == 6
    assert CLOCK.seconds() > before
    assert not CLOCK.running


def test_a_stage_before_others_is_a_share_of_the_whole_and_tells_no_time_to_go():
    pace = paced((0, 100), (1, 200), (2, 300))
    pace.stage("runs", 0.0, 0.2)
    for second, done in ((3, 500), (4, 750), (6, 1000)):
        pace._clock.now = second
        pace.report(done, 1000)
    assert pace.seconds_left() is None
    assert pace.share() == 0.2
    pace.stage("parts", 0.2, 1.0)
    pace.report(5, 10)
    assert round(pace.share(), 9) == 0.6
    assert pace.words() == "5 of 10 parts"


def test_a_report_tells_its_run_and_then_its_parts_and_is_never_full_before_the_end():
    import ripeness

    class Heard(Pace):
        def __init__(self):
            super().__init__()
            self.shares = []

        def __call__(self, done, total):
            self.report(done, total)
            self.shares.append((self.unit, self.share()))

    heard = Heard()
    ripeness.report("japan-1945", draws=64, horizon=2, progress=heard)
    units = list(dict.fromkeys(unit for unit, _ in heard.shares))
    assert units == ["runs", "parts of the page"]
    assert max(share for unit, share in heard.shares if unit == "runs") < 0.2
    assert [share for _, share in heard.shares] == sorted(share for _, share in heard.shares)
    assert heard.shares[-1][1] == 1.0
