"""Streams: what standard output and error do where a letter cannot be written, or where nobody reads on.

A letter that the encoding lacks is written as one like it, so that no command ends for the sake of a letter. Where the
reader has gone (`| head -1`) or there is none (`>&-`), it is dropped and the command ends as it would have, with the
same exit code.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from ripeness.world.fault import Fault
from ripeness.world.readable import ERRORS


class _Dropping(io.FileIO):
    """A file that takes in whatever is written once nobody reads it any more, or once it has failed."""

    over = False

    def write(self, data: Any) -> int:
        """Write, or drop what nobody reads.

        Raises: Fault where it cannot be written, as on a full disk; once.
        """
        if not self.over:
            try:
                return super().write(data) or 0
            except OSError as error:
                self.over = True
                if error.errno != errno.EPIPE:
                    raise Fault(f"the output cannot be written: {error.strerror or error}") from None
        return memoryview(data).nbytes


@contextmanager
def open_streams() -> Iterator[None]:
    """Have standard output and error write what they can and drop what nobody reads, as long as this lasts.

    Raises: Fault where the output cannot be written.
    """
    before = sys.stdout, sys.stderr
    opened = _opened(sys.stdout), _opened(sys.stderr)
    sys.stdout, sys.stderr = opened
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    finally:
        sys.stdout, sys.stderr = before
        for stream_here, stream in zip(opened, before, strict=True):
            if stream_here is not stream:
                stream_here.close()


def _opened(stream: TextIO | None) -> TextIO:
    if stream is None:  # closed before the command began, as by a service that keeps no output
        return Path(os.devnull).open("w", encoding="utf-8")
    if not isinstance(stream, io.TextIOWrapper):  # a notebook's
        return stream
    try:
        descriptor = os.dup(stream.fileno())
    except OSError:  # it is no file at all
        return stream
    if stream.isatty():
        os.close(descriptor)
        stream.reconfigure(errors=ERRORS)
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Dropping(descriptor, "wb")),
        encoding=stream.encoding,
        errors=ERRORS,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
