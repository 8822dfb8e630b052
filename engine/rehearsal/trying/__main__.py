"""Trying strangers' drafts in a process of its own: all stories, told as they are played, or cases played by hand.

With ``stand`` it stays and keeps nothing but what it has imported: each draft is opened by a child of its own, which has so much
time for an answer and so much memory, and which is ended with its draft.
"""

from __future__ import annotations

import json
import sys

from engine.errors import EngineError
from engine.procedure import Bundle
from engine.procedure.trying.pipes import taken
from engine.procedure.trying.program import REHEARSE, STOPPED
from engine.rehearsal import children
from engine.rehearsal.crew import cores
from engine.rehearsal.trying.houses import Street
from engine.rehearsal.trying.verdicts import verdicts
from engine.rehearsal.trying.wire import why, written


def rehearse(seconds: int, megabytes: int) -> None:
    """Play the stories of the draft on standard input, a line each, and ``null`` when there are no more."""
    children.keep_within(seconds, megabytes)
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    files, bundle = taken(asked), taken(asked)
    try:
        for one in verdicts(Bundle.from_bytes(bundle), json.loads(files), cores()):
            answers.write(written(one))
            answers.flush()
        answers.write(written(None))
    except EngineError as problem:
        answers.write(written({STOPPED: why(problem)}))


def stand(seconds: int, megabytes: int) -> None:
    """Answer for one case after another until nothing more is asked."""
    street = Street(seconds, megabytes)
    children.stand(3, street.ask)
    street.close()


if __name__ == "__main__":
    (rehearse if sys.argv[1] == REHEARSE else stand)(int(sys.argv[2]), int(sys.argv[3]))
