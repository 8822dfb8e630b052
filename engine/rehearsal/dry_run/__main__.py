"""Examining strangers' files in a process of its own: a bundle on standard input, its findings as JSON on standard output.

Whatever the files make the parsers do, this process has so much time and memory and no more; then it ends.
"""

from __future__ import annotations

import json
import resource
import sys

from engine.procedure import Bundle
from engine.procedure.findings import as_plain
from engine.rehearsal.dry_run.examination import examine


def main(seconds: int, megabytes: int) -> None:
    """Read, examine, tell."""
    keep_within(seconds, megabytes)
    found = examine(Bundle.from_bytes(sys.stdin.buffer.read()))
    json.dump({"findings": [as_plain(one) for one in found.findings], "work_ms": found.work_ms}, sys.stdout)


def keep_within(seconds: int, megabytes: int) -> None:
    """From now on the process ends when it takes more of the processor or of memory."""
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, megabytes * 2**20), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
