"""All stories of a draft are played in a process of its own, with so much time and memory, and told as they are played."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from engine.domain.text import Text
from engine.procedure.answers import FILE as ANSWERS
from engine.procedure.answers import FOLDER
from engine.procedure.bundle import Bundle
from engine.procedure.trying.pipes import begun, end, framed, leave

#: The program that does it; it is started, never imported, because it runs cases and this part knows files alone.
PROGRAM = "engine.rehearsal.trying"
REHEARSE, STAND = "rehearse", "stand"
CPU_SECONDS, WALL_SECONDS, MEGABYTES = 30, 90, 1024
MOMENT, STOPPED = "moment", "stopped"
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
    process = program(REHEARSE)
    # What runs too long is ended from outside, its helpers with it: nothing in it is trusted to stop.
    ending = threading.Timer(wall_seconds, end, [process])
    ending.start()
    try:
        yield from _lines(process, bundle, files)
    finally:
        ending.cancel()
        leave(process)


def rules_of(bundle: Bundle) -> str:
    """The digest of all files but the stories: while it stands, what is known of a story that has not changed holds."""
    stories = story_files(bundle)
    return Bundle({path: data for path, data in bundle.files.items() if path not in stories}).digest


def story_files(bundle: Bundle) -> dict[str, bytes]:
    """The stories of a bundle by file."""
    return {path: data for path, data in bundle.named(".yaml", FOLDER).items() if path != ANSWERS}


@lru_cache(maxsize=16)
def all_played(bundle: Bundle) -> tuple[Played, ...]:
    """How every story of the bundle went, remembered by its digest; Stopped when not all of them could be played."""
    return tuple(rehearsed(bundle))


def read(line: bytes | str) -> Any:
    """What the program wrote: texts and moments are such again."""
    return json.loads(line, object_hook=_revived)


def _lines(process: subprocess.Popen[bytes], bundle: Bundle, files: Sequence[str]) -> Iterator[Played]:
    assert process.stdin is not None and process.stdout is not None
    with suppress(BrokenPipeError):
        process.stdin.write(framed(json.dumps(list(files)).encode(), packed(bundle)))
        process.stdin.close()
    for line in process.stdout:
        said = read(line)
        if said is None:
            return
        if STOPPED in said:
            raise Stopped(said[STOPPED])
        yield Played(said["file"], said["name"], said["held"], said["step"], tuple(said["wrong"]))
    raise Stopped(SLOW)


def program(mode: str) -> subprocess.Popen[bytes]:
    """The program, begun."""
    return begun([sys.executable, "-m", PROGRAM, mode, str(CPU_SECONDS), str(MEGABYTES)])


@lru_cache(maxsize=4)
def packed(bundle: Bundle) -> bytes:
    """The bundle as the program takes it."""
    return bundle.to_bytes()


def _revived(plain: dict[str, Any]) -> Any:
    if plain.keys() == {"zh", "en"}:
        return Text(plain["zh"], plain["en"])
    return datetime.fromisoformat(plain[MOMENT]) if plain.keys() == {MOMENT} else plain
