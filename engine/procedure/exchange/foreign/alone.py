"""One file without its procedure, as it comes from another tool: what would have to change before it can run here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from engine.procedure.bundle import SUFFIXES, Bundle
from engine.procedure.diagrams.reader import SUFFIX
from engine.procedure.exchange.apart import Found, examined_by_the_standing
from engine.procedure.exchange.uploads import take_in
from engine.procedure.manifest import FILE as MANIFEST

#: Under these endings other tools write their diagrams.
FOREIGN_ENDINGS = frozenset({".xml", ".bpmn2", ".bpmn20"})


def examined_alone(name: str, content: bytes) -> Found:
    """What is found in the file itself, by line; that it lies in no procedure is not held against it.

    An archive is looked at with all it holds, and one with a procedure.yaml as the procedure that it is.
    """
    bundle = take_in(Bundle({}), taken_as(name), content)
    found = examined_by_the_standing(bundle)
    if MANIFEST in bundle.files:
        return found
    called = {file: name for file in bundle.files} if len(bundle.files) == 1 else {}
    mine = (one for one in found.findings if one.file in bundle.files)
    return Found(tuple(replace(one, file=called.get(one.file, one.file)) for one in mine), found.work_ms)


def taken_as(name: str) -> str:
    """The name under which a file of another tool is taken in: one with an ending of diagrams is a diagram."""
    stem = PurePosixPath(name)
    while stem.suffix.lower() in FOREIGN_ENDINGS:
        stem = stem.with_suffix("")
    foreign = stem.name != PurePosixPath(name).name
    return f"{stem.name}{SUFFIX}" if foreign and stem.suffix not in SUFFIXES else stem.name
