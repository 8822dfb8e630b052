"""Which files of the two suites are looked at: all of some folders, and a sample that is the same every time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MIWG, RESEARCH = "miwg", "research"
#: What the counts are told by: the beginning of a folder's name, and the tool that wrote it.
TOOLS = (
    ("Reference", "MIWG reference"),
    ("bpmn.io", "bpmn.io, Camunda Modeler"),
    ("SAP Signavio", "SAP Signavio"),
    ("Trisotech BPMN Visio", "Visio, Trisotech add-in"),
    ("itp-commerce", "Visio, itp-commerce"),
)
SAMPLE = 300


@dataclass(frozen=True, slots=True)
class Foreign:
    """One file: the suite, its path there, who wrote it, and where it lies."""

    suite: str
    path: str
    tool: str
    file: Path


def of_miwg(folder: Path) -> list[Foreign]:
    """The reference files and the exports of the tools that are told."""
    tops = sorted(top for top in folder.iterdir() if top.is_dir())
    named = [(top, tool) for begins, tool in TOOLS for top in tops if top.name.startswith(begins)]
    return [
        Foreign(MIWG, file.relative_to(folder).as_posix(), tool, file)
        for top, tool in named
        for file in sorted(top.glob("*.bpmn"))
    ]


def of_research(folder: Path, sample: int = SAMPLE) -> list[Foreign]:
    """A sample by the digests of the paths, so that everybody has the same one."""
    paths = (file.relative_to(folder).as_posix() for file in folder.rglob("*.bpmn"))
    chosen = sorted(paths, key=lambda path: hashlib.sha256(path.encode()).hexdigest())[:sample]
    return [Foreign(RESEARCH, path, "BPMN for Research (Signavio)", folder / path) for path in chosen]


def among(folder: Path, suite: str, paths: Iterable[str], present: Iterable[Foreign]) -> list[Foreign]:
    """Files of a suite by their paths, beside those that are looked at anyway."""
    known = {one.path for one in present if one.suite == suite}
    return [Foreign(suite, path, "a second person's files", folder / path) for path in sorted(set(paths) - known)]
