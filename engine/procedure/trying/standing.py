"""Cases are played by hand in a draft that a process of its own keeps opened, with so much time and memory for each answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from engine.procedure.bundle import Bundle
from engine.procedure.trying.kept import Kept
from engine.procedure.trying.program import SLOW, STAND, STOPPED, Stopped, packed, program, read

_standing = Kept(partial(program, STAND))


def asked(bundle: Bundle, question: Mapping[str, Any]) -> dict[str, Any]:
    """What the standing program answers about a case in the draft; Stopped when it had to be ended."""
    answer = _standing.ask(bundle.digest.encode(), packed(bundle), json.dumps(question, ensure_ascii=False).encode())
    if not answer:
        raise Stopped(SLOW)
    said: dict[str, Any] = read(answer)
    if STOPPED in said:
        raise Stopped(said[STOPPED])
    return said


def end_standing() -> None:
    """Let the standing program go; it is begun again when it is next asked."""
    _standing.end()
