"""Drafts are tried in processes of their own: all stories at once, or one case by hand, with so much time and memory."""

from __future__ import annotations

import atexit
import json
import logging
import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from engine.domain.text import Text
from engine.procedure.bundle import Bundle

#: The program that does it; it is started, never imported, because it runs cases and this part knows files alone.
PROGRAM = "engine.rehearsal.trying"
REHEARSE, STAND = "rehearse", "stand"
CPU_SECONDS, WALL_SECONDS, MEGABYTES = 30, 90, 1024
MOMENT, STOPPED = "moment", "stopped"
#: Each part of a question and of an answer comes after its length.
LENGTH = struct.Struct(">I")
_LOG = logging.getLogger(__name__)
SLOW = Text(
    "用的时间或内存太多，已停止。图里可能有走不完的圈。",
    "It took too much time or memory and was stopped. A loop in the diagram may have no end.",
)


@dataclass(frozen=True, slots=True)
class Played:
    """How one story of a draft went: where it stumbled (step 0: at its start), and what is wrong there, a sentence each."""

    file: str
    name: str
    held: bool
    step: int = 0
    wrong: tuple[Text, ...] = ()


class Stopped(Exception):
    """The program was stopped, or could not read the draft at all; ``text`` says which."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


def rehearsed(bundle: Bundle, files: Sequence[str] = (), wall_seconds: int = WALL_SECONDS) -> Iterator[Played]:
    """The bundle's stories, or those of the files, as they are played; Stopped when not all of them could be."""
    with _program(REHEARSE) as process:
        # What runs too long is ended from outside, its helpers with it: nothing in it is trusted to stop.
        ending = threading.Timer(wall_seconds, _end, [process])
        ending.start()
        try:
            yield from _lines(process, bundle, files)
        finally:
            ending.cancel()
            _end(process)


@lru_cache(maxsize=16)
def all_played(bundle: Bundle) -> tuple[Played, ...]:
    """How every story of the bundle went, remembered by its digest; Stopped when not all of them could be played."""
    return tuple(rehearsed(bundle))


def asked(bundle: Bundle, question: Mapping[str, Any]) -> dict[str, Any]:
    """What the standing program answers about a case in the draft; Stopped when it had to be ended."""
    return _standing.ask(bundle, question)


def read(line: bytes | str) -> Any:
    """What the program wrote: texts and moments are such again."""
    return json.loads(line, object_hook=_revived)


def _lines(process: subprocess.Popen[bytes], bundle: Bundle, files: Sequence[str]) -> Iterator[Played]:
    assert process.stdin is not None and process.stdout is not None
    with suppress(BrokenPipeError):
        for part in (json.dumps(list(files)).encode(), _packed(bundle)):
            process.stdin.write(LENGTH.pack(len(part)) + part)
        process.stdin.close()
    for line in process.stdout:
        said = read(line)
        if said is None:
            return
        if STOPPED in said:
            raise Stopped(said[STOPPED])
        yield Played(said["file"], said["name"], said["held"], said["step"], tuple(said["wrong"]))
    raise Stopped(SLOW)


def _program(mode: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", PROGRAM, mode, str(CPU_SECONDS), str(MEGABYTES)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


class _Standing:
    """The program that keeps drafts opened, one for this process: begun when first asked, begun again when it has gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, bundle: Bundle, question: Mapping[str, Any]) -> dict[str, Any]:
        parts = (bundle.digest.encode(), _packed(bundle), json.dumps(question, ensure_ascii=False).encode())
        with self._lock:
            answer = self._answer(parts) or self._answer(parts)
        if not answer:
            raise Stopped(SLOW)
        said: dict[str, Any] = read(answer)
        if STOPPED in said:
            raise Stopped(said[STOPPED])
        return said

    def end(self) -> None:
        """Let it go."""
        with self._lock:
            self._leave()

    def _answer(self, parts: Sequence[bytes]) -> bytes | None:
        """None when the program has gone, nothing when what it did for the answer was ended."""
        try:
            process = self._running()
            assert process.stdin is not None and process.stdout is not None
            for part in parts:
                process.stdin.write(LENGTH.pack(len(part)) + part)
            process.stdin.flush()
            (length,) = LENGTH.unpack(process.stdout.read(LENGTH.size))
            return process.stdout.read(length)
        except (OSError, struct.error):
            self._leave()
            return None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._leave()
            self._process = _program(STAND)
        return self._process

    def _leave(self) -> None:
        if self._process is None:
            return
        _end(self._process)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        self._process.wait()
        self._process = None


_standing = _Standing()
atexit.register(_standing.end)


@lru_cache(maxsize=4)
def _packed(bundle: Bundle) -> bytes:
    return bundle.to_bytes()


def _revived(plain: dict[str, Any]) -> Any:
    if plain.keys() == {"zh", "en"}:
        return Text(plain["zh"], plain["en"])
    return datetime.fromisoformat(plain[MOMENT]) if plain.keys() == {MOMENT} else plain
