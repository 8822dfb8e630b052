"""Two states of a procedure as a paper for the meeting: the list of changes in words, and each diagram before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from engine.domain.text import Text
from engine.outbound.documents.environment import render
from engine.outbound.documents.marking import LOOKS, marked
from engine.outbound.documents.pdf import STYLE
from engine.outbound.documents.svg import drawn
from engine.queries.studio import Block, Compared, FileChanges, Grid, Kind, Marked

TEMPLATE = "comparison.html"
WORDS = {
    "heading": Text("改动清单", "List of changes"),
    "version": Text("第 {n} 版", "Version {n}"),
    "draft": Text("草稿", "Draft"),
    "before": Text("改动前", "Before"),
    "after": Text("改动后", "After"),
    "none": Text("内容没有改动。", "The content does not differ."),
    "absent": Text("没有这张图", "There is no such diagram"),
    "layout": Text("另有不影响内容的改动：", "Besides, without a change of content: "),
    "added": Text("新增", "added"),
    "removed": Text("删去", "removed"),
    "changed": Text("改动", "changed"),
    "moved": Text("移位", "moved"),
    "diagrams": Text("图上的改动", "The diagrams"),
    "besides": Text("左右对照", "Side by side"),
    "state": Text("前后", "State"),
    "elsewhere": Text("移到了别处", "stands elsewhere"),
    "nothing": Text("没有", "not there"),
}
KINDS = {
    Kind.DIAGRAM: Text("流程图", "Diagrams"),
    Kind.TABLE: Text("决策表", "Decision tables"),
    Kind.LIMITS: Text("时限", "Limits"),
    Kind.FORM: Text("表单", "Forms"),
    Kind.VOCABULARY: Text("词汇", "Vocabulary"),
    Kind.CLAUSES: Text("条款", "Clauses"),
    Kind.SCENARIO: Text("演练", "Scenarios"),
    Kind.DOCUMENTS: Text("文书", "Documents"),
    Kind.MANIFEST: Text("规程设置", "Settings"),
}


@dataclass(frozen=True, slots=True)
class Beside:
    """A file that is no diagram in both states: its tables, else its entries; only what differs."""

    name: Text
    grids: tuple[Grid, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A diagram that differs, drawn in both states; None where it does not exist."""

    name: Text
    before: Markup | None
    after: Markup | None


def comparison_html(compared: Compared, title: Text, language: str, zone: ZoneInfo, *, screen: bool = False) -> str:
    """The comparison as one printable page; the same two states always give the same bytes."""
    words = {key: text.in_language(language) for key, text in WORDS.items()}
    values: dict[str, Any] = {
        "compared": compared,
        "title": title,
        "names": [words["version"].format(n=number) if number else words["draft"] for number in compared.numbers],
        "kinds": {kind: text.in_language(language) for kind, text in KINDS.items()},
        "besides": {kind: [_beside(compared, one) for one in files] for kind, files in _no_diagrams(compared)},
        "sheets": [_sheet(compared, one.path, one.name, language) for one in compared.diagrams],
        "looks": LOOKS,
        "w": words,
        "style": STYLE if screen else None,
    }
    return render(TEMPLATE, language, zone, values)


def _no_diagrams(compared: Compared) -> Iterator[tuple[Kind, tuple[FileChanges, ...]]]:
    return ((kind, files) for kind, files in compared.files.items() if kind is not Kind.DIAGRAM)


def _beside(compared: Compared, one: FileChanges) -> Beside:
    grids = compared.grids(one.path)
    blocks = () if grids else compared.blocks(one.path)
    return Beside(one.name, grids, tuple(block for block in blocks if block.fate))


def _sheet(compared: Compared, path: str, name: Text, language: str) -> Sheet:
    before, after = compared.sides(path)
    return Sheet(name, _drawn(before, language), _drawn(after, language))


def _drawn(side: Marked | None, language: str) -> Markup | None:
    if side is None or side.picture is None:
        return None
    return drawn(side.picture, language, marked(side.picture, side.marks))
