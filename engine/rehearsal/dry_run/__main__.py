"""Examining strangers' files in a process of its own: a bundle on standard input, its findings as JSON on standard output.

Whatever the files make the parsers do, this process has so much time and memory and no more; then it ends. With ``stand`` it
stays: everything is loaded once, and what is asked is examined by a child that has so much for each answer and no more. One that
tries a whole procedure is asked once; one that looks at the rules is kept, and reads again only the files that have changed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from engine.procedure.exchange.apart import STAND, STORIES, WALL_SECONDS, WHOLE, unpacked
from engine.procedure.findings import as_plain
from engine.procedure.reading import Memory
from engine.rehearsal import children
from engine.rehearsal.dry_run.examination import examine
from engine.rehearsal.dry_run.kept import Child


def main(seconds: int, megabytes: int) -> None:
    """Read, examine, tell."""
    children.keep_within(seconds, megabytes)
    sys.stdout.write(told(sys.stdin.buffer.read(), WHOLE).decode())


def told(content: bytes, kind: int, memory: Memory | None = None) -> bytes:
    """The findings of a bundle and what each part of the work took, as JSON."""
    found = examine(unpacked(content), quick=kind != WHOLE, stories=kind == STORIES, memory=memory)
    return json.dumps({"findings": [as_plain(one) for one in found.findings], "work_ms": found.work_ms}).encode()


def stand(seconds: int, megabytes: int) -> None:
    """Answer one request after another until there are no more."""
    child = Child(_remembering, seconds, megabytes, WALL_SECONDS)

    def answer(kind: bytes, content: bytes) -> bytes:
        found = child.ask(content, kind[0])
        if kind[0] == WHOLE:
            child.close()
        return found

    children.stand(2, answer)
    child.close()


def _remembering() -> Callable[[bytes, int], bytes]:
    memory = Memory()
    return lambda content, kind: told(content, kind, memory)


if __name__ == "__main__":
    (stand if STAND in sys.argv else main)(int(sys.argv[1]), int(sys.argv[2]))
