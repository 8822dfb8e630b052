"""What a program of ours and whoever began it say to each other, part by part, and how such a program is ended."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from typing import IO

_LENGTH = struct.Struct(">I")


def framed(*parts: bytes) -> bytes:
    """The parts as they go into a pipe."""
    return b"".join(_LENGTH.pack(len(part)) + part for part in parts)


def taken(pipe: IO[bytes]) -> bytes:
    """The next part out of a pipe; EOFError when there is none."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    return pipe.read(_LENGTH.unpack(head)[0])


def begun(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """A program, in a group of its own, so that it ends with all that it has begun itself."""
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program that was ``begun`` and whatever it has begun."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def leave(process: subprocess.Popen[bytes]) -> None:
    """End it, and keep nothing of it."""
    end(process)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
    process.wait()
