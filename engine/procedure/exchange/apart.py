"""Strangers' files are read and tried in a process of their own, with so much time and memory and no more."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.domain.text import Text
from engine.procedure.bundle import Bundle
from engine.procedure.findings import Finding, from_plain
from engine.procedure.trying.kept import Kept
from engine.procedure.trying.pipes import begun, framed, taken

#: The program that does it; it is started, never imported, because it runs cases and this part knows files alone.
PROGRAM = "engine.rehearsal.dry_run"
CPU_SECONDS, WALL_SECONDS, MEGABYTES = 20, 60, 1024
#: Somebody waits for the page while the file that stops the check is looked for.
SEARCH_SECONDS = 20
STOPPED = "check-stopped"
#: The rules by which stories are told: one that cannot be read, and one that speaks of something that is gone.
STORY, STORY_NAME = "story", "story-name"
STORY_RULES = frozenset({STORY, STORY_NAME})
#: A standing program is asked with one of these kinds and a bundle.
STAND, WHOLE, QUICK, STORIES = "stand", 0, 1, 2
_LOG = logging.getLogger(__name__)
_SLOW = Text("检查这个文件用的时间或内存太多，已停止。", "Checking this file took too much time or memory and was stopped.")
_BROKE = Text("检查这个文件的程序意外停止了。", "The program that checks this file stopped unexpectedly.")
_SIMPLER = Text("请把图拆小、画简单，再试一次。", "Split the drawing into smaller, simpler ones, and try again.")


@dataclass(frozen=True, slots=True)
class Found:
    """The findings by file and line, and what each part of the work took in milliseconds; nothing when it was stopped."""

    findings: tuple[Finding, ...]
    work_ms: dict[str, int] = field(default_factory=dict)


def examined_apart(bundle: Bundle, cpu_seconds: int = CPU_SECONDS, megabytes: int = MEGABYTES) -> Found:
    """Everything found in the bundle; a file that stops the check is found by that."""
    found = _run(bundle, cpu_seconds, megabytes)
    if isinstance(found, Found):
        return found
    files = [file for file in bundle.files if file.endswith((".bpmn", ".dmn"))]
    return Found(tuple(_stopped(file, found) for file in _guilty(bundle, files, cpu_seconds, megabytes) or files[:1] or [""]))


def _guilty(bundle: Bundle, files: Sequence[str], cpu_seconds: int, megabytes: int) -> list[str]:
    """The drawings and tables that stop it each by itself, the largest first, as far as there is patience to look for them."""
    guilty, until = [], time.monotonic() + SEARCH_SECONDS
    for file in sorted(files, key=lambda file: -len(bundle.files[file])):
        if time.monotonic() > until:
            break
        if not isinstance(_run(_alone(bundle, file), cpu_seconds, megabytes), Found):
            guilty.append(file)
    return guilty


def _run(bundle: Bundle, cpu_seconds: int, megabytes: int) -> Found | Text:
    """What the program says; why it says nothing."""
    command = [sys.executable, "-m", PROGRAM, str(cpu_seconds), str(megabytes)]
    try:
        done = subprocess.run(command, input=packed(bundle), capture_output=True, timeout=WALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return _SLOW
    if done.returncode:
        _LOG.error("the check of a bundle ended with %s: %s", done.returncode, done.stderr.decode(errors="replace")[-2000:])
        return _SLOW if done.returncode < 0 or b"MemoryError" in done.stderr else _BROKE
    return _read(json.loads(done.stdout))


def _begun() -> subprocess.Popen[bytes]:
    return begun([sys.executable, "-m", PROGRAM, str(CPU_SECONDS), str(MEGABYTES), STAND])


#: Who draws waits for the rules alone: they have a program of their own, which is never busy trying a whole procedure.
_standing = {kind: Kept(_begun) for kind in (QUICK, WHOLE)}


def looked_at_quickly(bundle: Bundle) -> Found:
    """What the rules find in the bundle, without trying it: fast enough to be asked while somebody draws."""
    return _asked(_standing[QUICK], bundle, QUICK)


def stories_looked_at(bundle: Bundle) -> Found:
    """The same, and what keeps the stories of the bundle from being read."""
    return _asked(_standing[QUICK], bundle, STORIES)


def examined_by_the_standing(bundle: Bundle) -> Found:
    """The same as ``examined_apart``, by a program that has everything loaded."""
    return _asked(_standing[WHOLE], bundle, WHOLE)


def _asked(program: Kept, bundle: Bundle, kind: int) -> Found:
    answer = program.ask(bytes([kind]), packed(bundle))
    # What stops the standing program is looked for one file at a time, which only the patient way does.
    return _read(json.loads(answer)) if answer else examined_apart(bundle)


def _read(told: dict[str, Any]) -> Found:
    return Found(tuple(map(from_plain, told["findings"])), told["work_ms"])


def packed(bundle: Bundle) -> bytes:
    """The bundle as the program takes it: on its way between two processes nothing is gained by pressing it together."""
    sizes = json.dumps({path: len(content) for path, content in bundle.files.items()}).encode()
    return b"".join((framed(sizes), *bundle.files.values()))


def unpacked(content: bytes) -> Bundle:
    """The bundle that ``packed`` wrote."""
    stream = io.BytesIO(content)
    return Bundle({path: stream.read(size) for path, size in json.loads(taken(stream)).items()})


def _alone(bundle: Bundle, file: str) -> Bundle:
    """The bundle with this drawing or table alone."""
    others = {path: data for path, data in bundle.files.items() if not path.endswith((".bpmn", ".dmn"))}
    return Bundle({**others, file: bundle.files[file]})


def _stopped(file: str, why: Text) -> Finding:
    return Finding(file, None, None, STOPPED, "error", None, why, _SIMPLER)
