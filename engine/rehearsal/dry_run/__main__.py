"""Examining strangers' files in a process of its own: a bundle on standard input, its findings as JSON on standard output.

Whatever the files make the parsers do, this process has so much time and memory and no more; then it ends. With ``stand`` it
stays: everything is loaded once, and what is asked is examined by a child that has so much for each answer and no more. One that
tries a whole procedure is asked once; one that looks at the rules is kept, and reads again only the files that have changed.
"""

from __future__ import annotations

import json
import resource
import select
import sys
from collections.abc import Callable

from engine.procedure.exchange.apart import ANSWER, LENGTH, STAND, STORIES, WALL_SECONDS, WHOLE, unpacked
from engine.procedure.findings import as_plain
from engine.procedure.reading import Memory
from engine.rehearsal.dry_run.examination import examine
from engine.rehearsal.dry_run.kept import Child

#: A standing program that nobody asks goes home; it is begun again when it is needed.
_IDLE_SECONDS = 600


def main(seconds: int, megabytes: int) -> None:
    """Read, examine, tell."""
    keep_within(seconds, megabytes)
    sys.stdout.write(told(sys.stdin.buffer.read(), WHOLE).decode())


def told(content: bytes, kind: int, memory: Memory | None = None) -> bytes:
    """The findings of a bundle and what each part of the work took, as JSON."""
    found = examine(unpacked(content), quick=kind != WHOLE, stories=kind == STORIES, memory=memory)
    return json.dumps({"findings": [as_plain(one) for one in found.findings], "work_ms": found.work_ms}).encode()


def keep_within(seconds: int, megabytes: int) -> None:
    """From now on the process ends when it takes more of the processor or of memory."""
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, megabytes * 2**20), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


def stand(seconds: int, megabytes: int) -> None:
    """Answer one request after another until there are no more; an answer of no length says that the work was stopped."""
    asked, answers, child = sys.stdin.buffer, sys.stdout.buffer, Child(_remembering, seconds, megabytes, WALL_SECONDS)
    while select.select([asked], [], [], _IDLE_SECONDS)[0] and (head := asked.read(LENGTH.size)):
        kind, length = LENGTH.unpack(head)
        answer = child.ask(asked.read(length), kind)
        if kind == WHOLE:
            child.close()
        answers.write(ANSWER.pack(len(answer)) + answer)
        answers.flush()
    child.close()


def _remembering() -> Callable[[bytes, int], bytes]:
    memory = Memory()
    return lambda content, kind: told(content, kind, memory)


if __name__ == "__main__":
    (stand if STAND in sys.argv else main)(int(sys.argv[1]), int(sys.argv[2]))
