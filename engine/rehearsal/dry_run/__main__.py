"""Examining strangers' files in a process of its own: a bundle on standard input, its findings as JSON on standard output.

Whatever the files make the parsers do, this process has so much time and memory and no more; then it ends. With ``stand`` it
stays: everything is loaded once, and each request is examined by a child of its own that has so much and no more.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
from typing import BinaryIO

from engine.procedure import Bundle
from engine.procedure.exchange.apart import ANSWER, LENGTH, STAND, STORIES, WALL_SECONDS, WHOLE
from engine.procedure.findings import as_plain
from engine.rehearsal.dry_run.examination import examine

#: A standing program that nobody asks goes home; it is begun again when it is needed.
_IDLE_SECONDS = 600


def main(seconds: int, megabytes: int) -> None:
    """Read, examine, tell."""
    keep_within(seconds, megabytes)
    sys.stdout.write(told(sys.stdin.buffer.read(), WHOLE))


def told(content: bytes, kind: int) -> str:
    """The findings of a bundle and what each part of the work took, as JSON."""
    found = examine(Bundle.from_bytes(content), quick=kind != WHOLE, stories=kind == STORIES)
    return json.dumps({"findings": [as_plain(one) for one in found.findings], "work_ms": found.work_ms})


def keep_within(seconds: int, megabytes: int) -> None:
    """From now on the process ends when it takes more of the processor or of memory."""
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, megabytes * 2**20), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


def stand(seconds: int, megabytes: int) -> None:
    """Answer one request after another until there are no more; an answer of no length says that the work was stopped."""
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while select.select([asked], [], [], _IDLE_SECONDS)[0] and (head := asked.read(LENGTH.size)):
        kind, length = LENGTH.unpack(head)
        answer = _apart(asked.read(length), kind, seconds, megabytes)
        answers.write(ANSWER.pack(len(answer)) + answer)
        answers.flush()


def _apart(content: bytes, kind: int, seconds: int, megabytes: int) -> bytes:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(writing, content, kind, seconds, megabytes)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = _heard(pipe)
    if answer is None:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return b"" if answer is None or status else answer


def _work(writing: int, content: bytes, kind: int, seconds: int, megabytes: int) -> None:
    # However it ends, nothing of the parent's is done again by the child.
    status = 1
    try:
        keep_within(seconds, megabytes)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(told(content, kind).encode())
        status = 0
    finally:
        os._exit(status)


def _heard(pipe: BinaryIO) -> bytes | None:
    parts: list[bytes] = []
    while select.select([pipe], [], [], WALL_SECONDS)[0]:
        part = os.read(pipe.fileno(), 65536)
        if not part:
            return b"".join(parts)
        parts.append(part)
    return None


if __name__ == "__main__":
    (stand if STAND in sys.argv else main)(int(sys.argv[1]), int(sys.argv[2]))
