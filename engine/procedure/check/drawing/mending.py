"""Mends that a machine can do, as the rules about drawings offer them on a button."""

from __future__ import annotations

import re
from collections.abc import Collection

from engine.domain.text import Text
from engine.procedure.findings import Mending

#: Ids that an editor made up: nothing of what they name can be read from them.
_MADE_UP = re.compile(r"[A-Za-z]+_[0-9a-z]{7}")
_GOOD_ID = re.compile(r"[^A-Za-z0-9_]+")


def instead(do: str, element: str | None, name: str, wrong: str, right: str | None, whole: str | None = None) -> Mending | None:
    """Write the right name for the wrong one; ``whole`` is what it stands in. None when there is no right one."""
    if right is None:
        return None
    value = right if whole is None else _within(whole, wrong, right)
    return Mending(do, Text(f"改成“{right}”", f'Write "{right}"'), element, name, value)


def ask(element: str | None, entry: str, zh: str, en: str) -> Mending:
    """Lead to where it is filled in."""
    return Mending("ask", Text(zh, en), element, entry)


def take_away(element: str | None, name: str) -> Mending:
    """Remove that extension property."""
    return Mending("property", Text(f"删去“{name}”", f'Take "{name}" away'), element, name)


def otherwise(gateway: str | None, flow: str, target: str) -> Mending:
    """Take this flow when no other may be taken."""
    return Mending("default", Text(f"其他情况都去“{target}”", f'In all other cases to "{target}"'), gateway, value=flow)


def done_by_a_person(element: str | None) -> Mending:
    """Make it a task that a person carries out."""
    return Mending("type", Text("由人来做", "A person does it"), element, value="bpmn:UserTask")


def named_by_id(element: str | None) -> Mending:
    """Say the id in words as the English name, where somebody chose the id; else ask for it."""
    own = element or ""
    if not own or _MADE_UP.fullmatch(own):
        return ask(element, "name_en", "填英文名称", "Fill in the English name")
    words = own.replace("_", " ").strip().capitalize()
    return Mending("property", Text(f"英文名称写“{words}”", f'Call it "{words}"'), element, "name_en", words)


def free_id(element: str | None, wish: str, taken: Collection[str]) -> Mending:
    """Call the element by an id that is still free."""
    stem = _GOOD_ID.sub("_", wish).strip("_") or "element"
    stem = stem if not stem[0].isdigit() else f"element_{stem}"
    wanted = next(name for n in range(2, len(taken) + 3) if (name := f"{stem}_{n}") not in taken)
    return Mending("id", Text(f"代号改为“{wanted}”", f'Change the id to "{wanted}"'), element, value=wanted)


def _within(whole: str, wrong: str, right: str) -> str:
    return re.sub(rf"(?<![\w.]){re.escape(wrong)}(?![\w])", lambda _: right, whole)
