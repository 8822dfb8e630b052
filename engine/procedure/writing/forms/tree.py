"""A form file as a tree of parts: found by their refs, taken out and put in, written as it is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure.forms.written import loaded

_NO_FORM = Text("表单文件读不懂，请先在文本里改正。", "The form cannot be read: mend its text first.")
_GONE = Text("表单里已没有这一项，请刷新。", "The form has no such part any more: reload the page.")
Tree = dict[str, Any]


def edited(data: bytes, change: Callable[[Tree], None]) -> bytes:
    """The form after a change of its tree."""
    form = read(data)
    change(form)
    return written(form)


def read(data: bytes) -> Tree:
    """The tree of a form; Misconfigured when the file is none."""
    try:
        form = loaded(data)
    except (ValueError, RecursionError) as problem:
        raise Misconfigured(_NO_FORM) from problem
    if not isinstance(form, dict) or not isinstance(form.get("components"), list):
        raise Misconfigured(_NO_FORM)
    return form


def written(form: Tree) -> bytes:
    """The tree as a file."""
    return (json.dumps(form, ensure_ascii=False, indent=2) + "\n").encode()


def find(form: Tree, ref: str) -> tuple[list[Any], int, Tree]:
    """The list that a piece stands in, its place there and the piece; Misconfigured when it has gone."""
    for siblings, inside in lists(form["components"], ""):
        for place, part in enumerate(siblings):
            if isinstance(part, dict) and ref_of(part, inside, place) == ref:
                return siblings, place, part
    raise Misconfigured(_GONE)


def take(form: Tree, ref: str) -> Tree:
    """The piece, which stands in the form no more."""
    siblings, place, piece = find(form, ref)
    del siblings[place]
    return piece


def put(form: Tree, piece: Tree, inside: str, before: str) -> None:
    """The piece stands in the form: before that one, or last in that group ("" for none)."""
    if before:
        siblings, place, _ = find(form, before)
        siblings.insert(place, piece)
        return
    holder = find(form, inside)[2] if inside else form
    holder.setdefault("components", []).append(piece)


def lists(parts: list[Any], inside: str) -> Iterator[tuple[list[Any], str]]:
    """Every list of parts with the ref of what holds it."""
    yield parts, inside
    for place, part in enumerate(parts):
        if isinstance(part, dict) and inner(part):
            yield from lists(inner(part), ref_of(part, inside, place))


def inner(part: Tree) -> list[Any]:
    """The parts that stand in a part."""
    parts = part.get("components")
    return parts if isinstance(parts, list) else []


def ref_of(part: Tree, inside: str, place: int) -> str:
    """Its id; where it has none its place."""
    return str(part.get("id") or part.get("key") or f"{inside}@{place}")


def mapping(part: Tree, name: str) -> Mapping[str, Any]:
    """The names and values that a part has under a name."""
    value = part.get(name)
    return value if isinstance(value, dict) else {}


def say(part: Tree, name: str, value: Any) -> None:
    """A part has that value under a name; nothing takes the name away."""
    if value in (None, ""):
        part.pop(name, None)
    else:
        part[name] = value


def within(part: Tree, name: str, wanted: Mapping[str, Any]) -> None:
    """The same of what a part has under a name."""
    there = dict(mapping(part, name))
    for key, value in wanted.items():
        say(there, key, value)
    say(part, name, there or None)
