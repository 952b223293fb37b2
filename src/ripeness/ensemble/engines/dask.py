"""Dask: chunks are simulated by the workers of a cluster, on this machine or others; the results are the same bits.

A job travels once to each worker. Tasks hold as many chunks as take a quarter of a second, and no more of them are
under way than keep the workers busy, so that neither the scheduler nor this process holds much at a time. Results and
notes are written to places of their own, so that their order leaves no trace. What a lost worker had under way is done
again by others.
"""

from __future__ import annotations

import logging
import os
import signal
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, closing, contextmanager, suppress
from hashlib import sha256
from math import ceil
from multiprocessing import resource_tracker
from queue import Empty, SimpleQueue
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from ripeness.ensemble.design import Span
from ripeness.ensemble.engines.address import ANSWER_TIME, require_scheduler
from ripeness.ensemble.engines.worker import JobParcel, SimulatedChunk, need_same_program, program, simulate_chunks
from ripeness.ensemble.job import PreparedJob
from ripeness.ensemble.past import Watch
from ripeness.ensemble.recorder import RunRecorder
from ripeness.war.simulate import Chunk
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from distributed import Client, Future

WORKER_TIME = 60.0  # seconds in which a cluster without workers must get one
PROBE_EVERY = 2.0  # seconds without a result after which the scheduler is asked whether it is there
TASK_TIME = 0.25  # seconds that a task should take: a task costs the scheduler some 2 ms
MOST_CHUNKS = 64  # in one task
QUEUED = 2  # tasks under way for each thread of a worker: one that runs and one that waits
RESUBMISSIONS = 20  # of tasks whose workers or data were lost, before the cluster is given up
SIDE_BY_SIDE = 8  # small ensembles at once, where a study has many
QUIET_LOGS = ("distributed", "tornado.application", "asyncio")


class DaskEngine:
    """A cluster: the scheduler named, a client of one's own, the current client, or else one of this machine's own."""

    name = "dask"
    ensembles_at_once = SIDE_BY_SIDE

    def __init__(self, scheduler: str | None = None, client: Client | None = None) -> None:
        """Note where the work goes; nothing is opened before there is some.

        Raises: Fault where Dask is not installed.
        """
        try:
            import cloudpickle as cloudpickle  # noqa: PLC0414
            import distributed as distributed  # noqa: PLC0414
        except ImportError:
            raise Fault("this engine needs Dask: pip install 'ripeness[dask]'") from None
        self.scheduler = scheduler
        self._client = client
        self._is_checked = False
        self._opening = Lock()
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        """Nothing is opened yet."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Close what was opened here: never a client that was given."""
        self._opened.close()

    def simulate(
        self,
        prepared: PreparedJob,
        watch: Watch | None,
        put: Callable[[Span, Chunk], None],
        report: Callable[[Span], None],
    ) -> None:
        """Simulate every chunk of a job, put each where it belongs, and report it.

        Raises: Fault where a watcher cannot travel, no scheduler answers, workers run another version, or are lost for
        good.
        """
        if watch is not None and not isinstance(watch, RunRecorder):
            raise Fault(
                "wars are watched here by a function of this process, which cannot go along to the workers of a"
                " cluster; use the engine threads, or a RunRecorder, as all studies of this program do"
            )
        parcel = _parcel(prepared, watch)
        client = self._open(prepared)
        dispatch = _Dispatch(client, parcel, deque(prepared.job.design.spans()), self._place())
        with _quiet_logs(), closing(dispatch.results()) as results:
            for simulated in results:
                put(simulated.span, simulated.chunk)
                if watch is not None:
                    watch.put(simulated.span, simulated.notes)
                report(simulated.span)

    def _place(self) -> str:
        return "the scheduler" if self.scheduler is None else f"the scheduler {self.scheduler}"

    def _open(self, prepared: PreparedJob) -> Client:
        """The client, connected once, and its workers' versions compared with this one."""
        with self._opening:
            if self._client is None:
                self._client = self._connect(prepared)
            if not self._is_checked:
                with _quiet_logs():
                    _check_workers(self._client, self._place())
                self._is_checked = True
            return self._client

    def _connect(self, prepared: PreparedJob) -> Client:
        from distributed import Client, default_client

        if self.scheduler is not None:
            require_scheduler(self.scheduler)
            self._opened.enter_context(_quiet_logs())
            try:
                client = Client(self.scheduler, timeout=ANSWER_TIME, set_as_default=False, name="ripeness")
            except (OSError, ValueError, TypeError) as error:  # lost just now, or not to be spoken to so (as by TLS)
                reason = (str(error) or type(error).__name__).splitlines()[0]
                raise Fault(f"{self._place()} cannot be spoken to: {reason[:200]}") from None
            self._opened.callback(_close, client)
            return client
        try:
            return default_client()
        except ValueError:
            prepared.compile()  # here, once: the workers find it on disk
            return self._opened.enter_context(_own_cluster(prepared.job.design.workers))


@contextmanager
def _own_cluster(workers: int | None) -> Iterator[Client]:
    """Processes of this machine, which listen to nobody else, without pages."""
    from distributed import Client, LocalCluster

    with _quiet_logs():
        with _deaf_to_interrupts():
            cluster = LocalCluster(
                n_workers=workers or os.cpu_count() or 1,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
                worker_dashboard_address=None,
                silence_logs=logging.CRITICAL,
            )
        client = None
        try:
            client = Client(cluster, set_as_default=False, timeout=ANSWER_TIME)
            yield client
        finally:
            if client is not None:
                _close(client)
            with suppress(OSError, TimeoutError):
                cluster.close(timeout=ANSWER_TIME)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Have the processes that are started inside, then or later, leave Ctrl-C to this one, which stops them.

    Threads begun inside hand their mask on to the processes that they start.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it would let interrupts in again
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _close(client: Client) -> None:
    with suppress(OSError, TimeoutError):
        client.close(timeout=2)


@contextmanager
def _quiet_logs() -> Iterator[None]:
    """Say nothing of workers that come and go: what matters comes back as a Fault."""
    loggers = [logging.getLogger(name) for name in QUIET_LOGS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _parcel(prepared: PreparedJob, recorder: RunRecorder | None) -> JobParcel:
    """A job as it travels, with a recorder that has noted nothing."""
    import cloudpickle

    content = cloudpickle.dumps((prepared.job, None if recorder is None else recorder.part(0, 0)))
    return JobParcel(sha256(content).hexdigest(), tuple(program().items()), content)


def _check_workers(client: Client, place: str) -> None:
    """Compare the program of every worker with this one.

    Raises: Fault where there is no worker, or one runs another version or none.
    """
    try:
        client.wait_for_workers(1, timeout=WORKER_TIME)
        programs: dict[str, Any] = client.run(program, on_error="return")
    except (OSError, TimeoutError):
        raise Fault(f"{place} has had no worker that answers for {WORKER_TIME:g} s") from None
    for worker, answer in sorted(programs.items()):
        if isinstance(answer, OSError):
            continue  # it has just gone; another takes its place, and is asked with its first task
        if isinstance(answer, BaseException):
            own = program()["ripeness"]
            raise Fault(f"worker {worker} cannot run ripeness {own}: {answer!s:.200}; install it there") from None
        need_same_program(program(), answer, f"worker {worker}")


class _Dispatch:
    """The chunks of one job on their way to the workers and back."""

    def __init__(self, client: Client, parcel: JobParcel, spans: deque[Span], place: str) -> None:
        self.client, self.parcel, self.spans, self.place = client, parcel, spans, place
        self.finished: SimpleQueue[Future] = SimpleQueue()
        self.running: dict[Future, tuple[Span, ...]] = {}
        self.seconds_per_chunk = TASK_TIME
        self.resubmitted = 0
        self.threads = 1
        self.without_workers = monotonic()

    def results(self) -> Generator[SimulatedChunk, None, None]:
        """Every chunk as it comes in; when this is left early, what is under way is cancelled."""
        self._probe()
        parcel = self._send()
        try:
            while self.spans or self.running:
                while self.spans and len(self.running) < QUEUED * self.threads:
                    self._submit(parcel)
                try:
                    future = self.finished.get(timeout=PROBE_EVERY)
                except Empty:
                    self._probe()
                    continue
                batch = self.running.pop(future)
                try:
                    chunks, seconds = future.result(timeout=ANSWER_TIME)
                except (CancelledError, TimeoutError, OSError):
                    self._again(batch)
                    parcel = self._send()
                    continue
                except ModuleNotFoundError as error:
                    raise Fault(f"a worker cannot run ripeness: {error!s:.200}; install it there") from None
                except self._killed() as error:
                    raise Fault(
                        f"a chunk of {batch[0].last - batch[0].first} wars has ended every worker that took it"
                        f" ({error!s:.200}); they may lack memory"
                    ) from None
                del future
                self.seconds_per_chunk = max(seconds / len(batch), 1e-4)
                yield from chunks
        finally:
            if self.running:
                with suppress(OSError, TimeoutError, CancelledError):
                    self.client.cancel(list(self.running), force=True)
                self.running.clear()

    def _send(self) -> Future:
        """The job as a task that gives it back: should its holders be lost, the scheduler sends it anew."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # "large graph": it is sent once
            return self.client.submit(_hold, self.parcel, key=f"ripeness-job-{uuid.uuid4().hex}", pure=False)

    def _submit(self, parcel: Future) -> None:
        size = min(MOST_CHUNKS, ceil(TASK_TIME / self.seconds_per_chunk), ceil(len(self.spans) / (2 * self.threads)))
        batch = tuple(self.spans.popleft() for _ in range(max(1, size)))
        future = self.client.submit(
            simulate_chunks, parcel, batch, key=f"ripeness-chunks-{uuid.uuid4().hex}", pure=False
        )
        self.running[future] = batch
        future.add_done_callback(self.finished.put)

    def _again(self, batch: tuple[Span, ...]) -> None:
        """Put back what was lost, if the scheduler is still there."""
        self._probe()
        self.resubmitted += 1
        if self.resubmitted > RESUBMISSIONS:
            raise Fault(f"{self.place} loses its work again and again ({RESUBMISSIONS} times); see its log")
        self.spans.extendleft(reversed(batch))

    def _probe(self) -> None:
        """Ask the scheduler whether it is there and how many threads its workers have.

        Raises: Fault where it does not answer, or has had no workers for long.
        """
        threads, now = self._count_threads(), monotonic()
        if threads is None:
            raise Fault(f"{self.place} was lost in mid-run, or does not answer within {ANSWER_TIME:g} s")
        if threads:
            self.threads, self.without_workers = threads, now
        elif now - self.without_workers > WORKER_TIME:
            raise Fault(f"{self.place} has had no worker for {WORKER_TIME:g} s")

    def _count_threads(self) -> int | None:
        """Threads of all workers; none where the scheduler does not say."""
        if self.client.status != "running":
            return None
        try:
            return sum(self.client.sync(self.client.scheduler.ncores, callback_timeout=ANSWER_TIME).values())
        except (OSError, TimeoutError, RuntimeError, CancelledError):
            return None

    @staticmethod
    def _killed() -> type[Exception]:
        from distributed.scheduler import KilledWorker

        killed: type[Exception] = KilledWorker
        return killed


def _hold(parcel: JobParcel) -> JobParcel:
    """Give a job back."""
    return parcel
