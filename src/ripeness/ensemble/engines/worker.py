"""Worker: what a process of a cluster does: chunks of a job, once it has shown that it would give the same bits."""

from __future__ import annotations

import hashlib
import pickle
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from time import monotonic
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Span
from ripeness.ensemble.job import PreparedJob, prepare_job
from ripeness.ensemble.recorder import RunRecorder
from ripeness.war.simulate import Chunk
from ripeness.world.fault import Fault
from ripeness.world.version import __version__

MODEL_ROOMS = ("world", "decision", "scenario", "war", "ensemble", "study")  # whose code decides what a worker gives
PREPARED_JOBS = 16  # kept ready by a worker: a calibration works on several at once


@dataclass(frozen=True)
class JobParcel:
    """A job with its recorder, pickled once, and what its sender runs; it travels once to each worker."""

    key: str
    sender: tuple[tuple[str, str], ...] = field(compare=False)
    content: bytes = field(compare=False, repr=False)


@dataclass(frozen=True)
class SimulatedChunk:
    """A chunk of runs as it comes back: results, histories, and what a recorder noted of them."""

    span: Span
    chunk: Chunk
    notes: Mapping[str, NDArray[Any]]


def simulate_chunks(parcel: JobParcel, spans: tuple[Span, ...]) -> tuple[list[SimulatedChunk], float]:
    """Simulate some chunks of a job; also say how many seconds that took.

    Raises: Fault where this process would not give the bits that the sender would give.
    """
    prepared, recorder = _unpack(parcel)
    began = monotonic()
    return [_simulate(prepared, recorder, span) for span in spans], monotonic() - began


def _simulate(prepared: PreparedJob, recorder: RunRecorder | None, span: Span) -> SimulatedChunk:
    part = None if recorder is None else recorder.part(span.first, span.last - span.first)
    chunk = prepared.simulate(span, part)
    results = {name: np.asarray(values, dtype=np.float32) for name, values in chunk.results.items()}
    return SimulatedChunk(span, Chunk(results, chunk.album), {} if part is None else part.notes())  # type: ignore[arg-type]


@lru_cache(maxsize=PREPARED_JOBS)
def _unpack(parcel: JobParcel) -> tuple[PreparedJob, RunRecorder | None]:
    """The job made ready, once a process."""
    need_same_program(dict(parcel.sender), program(), "this worker")
    job, recorder = pickle.loads(parcel.content)  # noqa: S301  (a cluster runs what its client sends, by its nature)
    return prepare_job(job), recorder


@cache
def program() -> dict[str, str]:
    """What decides the bits of a result besides the job: the program, its model, its compiler, the machine's rounding.

    >>> sorted(program())
    ['machine', 'model', 'numba', 'numpy', 'python', 'ripeness', 'rounding']
    """
    return {
        "ripeness": __version__,
        "model": _model_digest(),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "numba": numba.__version__,
        "numpy": np.__version__,
        "machine": f"{platform.system()} {platform.machine()}",
        "rounding": _rounding(),
    }


def need_same_program(here: Mapping[str, str], there: Mapping[str, str], worker: str) -> None:
    """Refuse a worker that runs something else.

    Raises: Fault that names what each of both runs.

    >>> need_same_program({"ripeness": "0.2"}, {"ripeness": "0.1"}, "worker tcp://10.0.0.2:4711")
    Traceback (most recent call last):
    ripeness.world.fault.Fault: worker tcp://10.0.0.2:4711 runs ripeness 0.1, this program ripeness 0.2; ...
    """
    for name, own in here.items():
        other = there.get(name, "unknown")
        if other != own:
            what = {"rounding": "arithmetic that rounds otherwise:", "machine": "on"}.get(name, name)
            raise Fault(
                f"{worker} runs {what} {other}, this program {name} {own}; with another {name} results would not be"
                " the same bits: start workers from the same environment as this program"
            )


def _model_digest() -> str:
    """The content of every file that decides what a worker computes."""
    package, digest = Path(__file__).parents[2], hashlib.sha256()
    for room in MODEL_ROOMS:
        for file in sorted((package / room).rglob("*.py")):
            digest.update(file.relative_to(package).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _rounding() -> str:
    """How this machine rounds: arrays' functions may differ in the last bit between kinds of processors."""
    grid = np.linspace(0.001, 40.0, 4099)
    digest = hashlib.sha256()
    for function in (np.exp, np.log, np.sqrt, np.sin, np.tanh, np.log1p, np.expm1):
        digest.update(function(grid / 8).tobytes())
    digest.update((grid**0.37).tobytes())
    return digest.hexdigest()[:12]
