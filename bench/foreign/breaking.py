"""Broken diagrams by the thousand through the check and the studio's opening: each is told, none breaks the check."""

from __future__ import annotations

import traceback
from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.foreign.files import Foreign, of_miwg, of_research
from bench.foreign.mutants import mutants
from bench.foreign.said import fault, ids_of
from engine.errors import Misconfigured
from engine.procedure import Bundle, Finding
from engine.procedure.exchange.apart import STOPPED
from engine.procedure.exchange.foreign import examined_alone, opened
from engine.procedure.findings import refused

SEED, ORIGINALS, NAME = 20261122, 60, "broken.bpmn"
#: What is refused before it is read (too large, no archive) has no place but the file.
REFUSED = "refused"


def run(miwg: Path | None, research: Path | None, count: int) -> dict[str, Any]:
    """How many were told, refused and opened; whatever broke, or was badly said, by what was done to the file."""
    originals = [one.file.read_bytes() for one in _originals(miwg, research)]
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    slowest = (0.0, "")
    for number, (done, content) in enumerate(mutants(originals, count, SEED)):
        begun = perf_counter()
        try:
            findings = _examined(content)
            counts["opened" if _opens(content) else "refused"] += 1
        except Exception:
            wrong.append(f"{number} {done}: {traceback.format_exc(limit=-3)}")
            continue
        slowest = max(slowest, (round(perf_counter() - begun, 2), f"{number} {done}"))
        counts["told" if findings else "nothing to tell"] += 1
        ids = ids_of(content)
        wrong += [f"{number} {done}: {one.rule} {why}" for one in findings if one.rule != REFUSED and (why := fault(one, ids))]
        wrong += [f"{number} {done}: {one.text.en}" for one in findings if one.rule == STOPPED]
    return {"files": count, "counts": dict(counts), "wrong": wrong, "slowest": slowest}


def _originals(miwg: Path | None, research: Path | None) -> list[Foreign]:
    """A spread of all tools."""
    files = [*(of_miwg(miwg) if miwg else ()), *(of_research(research, ORIGINALS) if research else ())]
    return files[:: max(1, len(files) // ORIGINALS)]


def _examined(content: bytes) -> tuple[Finding, ...]:
    try:
        return examined_alone(NAME, content).findings
    except Misconfigured as problem:
        return (refused(problem, NAME),)


def _opens(content: bytes) -> bool:
    try:
        opened(Bundle({}), NAME, content, True)
    except Misconfigured:
        return False
    return True
