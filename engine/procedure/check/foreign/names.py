"""Rules about names that were saved in one encoding and read in another: every letter beyond ASCII became two or three others."""

from __future__ import annotations

from functools import lru_cache

from engine.procedure.check.subject import Drawings
from engine.procedure.diagrams.markup import BPMN

#: UTF-8 read as one of these is what goes wrong in practice.
_MISTAKEN = ("latin-1", "cp1252", "gb18030")


def check_garbled(subject: Drawings) -> None:
    """Every file, once: at the first name that can be read again."""
    for sheet in subject.sheets:
        named = (element for element in sheet.root.iter(f"{{{BPMN}}}*") if element.get("name"))
        garbled = [(element, right) for element in named if (right := repaired(str(element.get("name")))) is not None]
        if garbled:
            element, right = garbled[0]
            wrong, count = element.get("name"), len(garbled)
            subject.warning(
                "garbled-name", sheet.place(element), f"名称成了乱码：“{wrong}”应该是“{right}”（共 {count} 处）。",
                f'Names are garbled: "{wrong}" should be "{right}" ({count} in all).',
                "请在原来的工具里按 UTF-8 重新导出，或改正这些名称。",
                "Export it again from its tool as UTF-8, or correct these names.",
            )  # fmt: skip


@lru_cache(maxsize=4096)
def repaired(name: str) -> str | None:
    """The name as it was meant, None for a name that is not garbled; it may have been garbled twice."""
    right = _once(name)
    return None if right is None else _once(right) or right


def _once(name: str) -> str | None:
    if name.isascii():
        return None
    for encoding in _MISTAKEN:
        try:
            right = name.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if len(right) < len(name) and right.isprintable():
            return right
    return None
