"""A YAML file that says something else: what stays the same keeps its spelling, its order and the comments around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure.safe_yaml import LOADER, exceeds_limits
from engine.procedure.writing.spelling import behind_colon, block, flow

_BROKEN = Text("这个文件的写法还有错误，请先在文本里改正。", "This file is not well-formed: mend it as text first.")
_AS_TEXT = Text(
    "这个文件的写法太特别，表格改不了它而不丢内容，请直接改文本。",
    "This file is written in a way that cannot be changed here without losing something: change its text.",
)


def rewritten(data: bytes, wanted: Any) -> bytes:
    """The file with its content changed to ``wanted``; new keys come last, mappings keep the order that they have.

    Misconfigured when it is no YAML, or so unusual that something would be lost.
    """
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    node = composed(text)
    begun = f"{text}{block(wanted, 0)}\n" if wanted else text
    new = begun if node is None else _Merger(text).document(node, wanted)
    if not same(plain(composed(new)) or {}, wanted or {}):
        raise Misconfigured(_AS_TEXT)
    return (new if new.endswith("\n") else f"{new}\n").encode()


def content_of(data: bytes | None) -> dict[Any, Any]:
    """What a file says, its keys as they are; nothing for a file that is not there or is no mapping."""
    found = plain(composed(data.decode("utf-8-sig").replace("\r\n", "\n"))) if data else None
    return found if isinstance(found, dict) else {}


def composed(text: str) -> yaml.Node | None:
    """The nodes of a text; Misconfigured when it is no YAML, is too large, or refers to parts of itself."""
    try:
        if exceeds_limits(text):
            raise Misconfigured(_BROKEN)
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=LOADER)):
            raise Misconfigured(_AS_TEXT)
        return yaml.compose(text, Loader=LOADER)
    except (yaml.YAMLError, ValueError) as problem:
        raise Misconfigured(_BROKEN) from problem


def plain(node: yaml.Node | None) -> Any:
    """The data of a node."""
    return None if node is None else SafeConstructor().construct_document(node)


def same(one: Any, other: Any) -> bool:
    """Whether two pieces of data say the same; a truth value is no number, the order of keys says nothing."""
    return _fingerprint(one) == _fingerprint(other)


def _fingerprint(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{_fingerprint(key)}:{_fingerprint(part)}" for key, part in value.items())) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_fingerprint, value)) + "]"
    return f"{type(value).__name__} {value!r}"


class _Merger:
    """New text for old nodes; every method answers with what stands between a node's beginning and its end."""

    def __init__(self, text: str) -> None:
        self._text = text

    def document(self, node: yaml.Node, wanted: Any) -> str:
        return self._text[: _start(node)] + self._merged(node, wanted) + self._text[self._end(node) :]

    def _merged(self, node: yaml.Node, wanted: Any) -> str:
        if same(plain(node), wanted):
            return self._text[_start(node) : self._end(node)]
        if isinstance(node, yaml.MappingNode) and isinstance(wanted, Mapping) and wanted and node.value:
            return self._flow_mapping(node, wanted) if node.flow_style else self._block_mapping(node, wanted)
        if isinstance(node, yaml.SequenceNode) and isinstance(wanted, list) and wanted and node.value:
            return self._flow_list(node, wanted) if node.flow_style else self._block_list(node, wanted)
        return flow(wanted)

    def _entry(self, key: yaml.Node, value: yaml.Node, wanted: Any) -> str:
        """A key with its value, up to the end of the value."""
        before = self._text[_start(key) : _start(value)]
        after = self._merged(value, wanted)
        return f"{before} {after}" if before.endswith(":") else before + after

    def _block_mapping(self, node: yaml.MappingNode, wanted: Mapping[str, Any]) -> str:
        column, written, end = node.start_mark.column, "", _start(node)
        for key, value in node.value:
            lead, end = self._text[end : _start(key)], self._line_end(self._end(value))
            name = plain(key)
            if name in wanted:
                rest = self._text[self._end(value) : end]
                written += (lead if written else lead.lstrip()) + self._entry(key, value, wanted[name]) + rest
            else:
                written += _comments(lead) if written else _comments(lead).lstrip("\n")
        known = {plain(key) for key, _ in node.value}
        # Where its neighbours stand in braces, so does a new entry, however long.
        last = node.value[-1][1]
        braced = isinstance(last, yaml.MappingNode) and bool(last.flow_style)
        fresh = {name: value for name, value in wanted.items() if name not in known}
        new = [f"{flow(name)}:{f' {flow(value)}' if braced else behind_colon(value, column)}" for name, value in fresh.items()]
        return f"\n{' ' * column}".join(([written] if written.strip() else []) + new)

    def _flow_mapping(self, node: yaml.MappingNode, wanted: Mapping[str, Any]) -> str:
        parts, between, end = [], [], _start(node)
        for key, value in node.value:
            lead, end = self._text[end : _start(key)], self._end(value)
            name = plain(key)
            if name in wanted:
                parts.append(self._entry(key, value, wanted[name]))
                between.append(lead)
            else:
                _refuse_comment(lead)
        known = {plain(key) for key, _ in node.value}
        parts += [f"{flow(name)}: {flow(value)}" for name, value in wanted.items() if name not in known]
        opening = self._text[_start(node) : _start(node.value[0][0])]
        return _joined(opening, parts, between[1:], self._text[end : self._end(node)])

    def _flow_list(self, node: yaml.SequenceNode, wanted: list[Any]) -> str:
        between, end = [], self._end(node.value[0])
        for item in node.value[1:]:
            between.append(self._text[end : _start(item)])
            end = self._end(item)
        for lost in between[max(len(wanted) - 1, 0) :]:
            _refuse_comment(lost)
        parts = [flow(new) if old is None else self._merged(old, new) for old, new in _paired(node.value, wanted)]
        opening = self._text[_start(node) : _start(node.value[0])]
        return _joined(opening, parts, between, self._text[end : self._end(node)])

    def _block_list(self, node: yaml.SequenceNode, wanted: list[Any]) -> str:
        pad, leads, end = " " * node.start_mark.column, {}, _start(node)
        for item in node.value:
            leads[id(item)], end = self._text[end : _start(item)], self._line_end(self._end(item))
        pairs = list(_paired(node.value, wanted))
        stay = {id(old) for old, _ in pairs if old is not None}
        lost = [_comments(leads[id(item)]) for item in node.value if id(item) not in stay]
        written = ""
        for old, new in pairs:
            lead = leads[id(old)] if old is not None else "- "
            lead = lead.lstrip() if not written else lead if lead.startswith("\n") else f"\n{pad}{lead}"
            written += lead + (self._item(old, new) if old is not None else block(new, node.start_mark.column + 2))
        return written + "".join(lost)

    def _item(self, old: yaml.Node, new: Any) -> str:
        end = self._end(old)
        return self._merged(old, new) + self._text[end : self._line_end(end)]

    def _end(self, node: yaml.Node) -> int:
        """Where its content ends: a block ends with the line of its last part."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._line_end(self._end(last[1] if isinstance(last, tuple) else last))
        end = int(node.end_mark.index)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return max(_start(node), len(self._text[:end].rstrip("\n ")))
        return end

    def _line_end(self, place: int) -> int:
        found = self._text.find("\n", place)
        return len(self._text) if found < 0 else found


def _start(node: yaml.Node) -> int:
    return int(node.start_mark.index)


def _comments(lead: str) -> str:
    """The comments in front of something that goes: they stay, for their author to take out."""
    return lead[: lead.rindex("\n")] if "#" in lead and "\n" in lead else ""


def _refuse_comment(text: str) -> None:
    if "#" in text:
        raise Misconfigured(_AS_TEXT)


def _joined(opening: str, parts: list[str], between: list[str], closing: str) -> str:
    """The parts with what stood between them; between more of them stands what stood last."""
    usual = between[-1] if between and "#" not in between[-1] else ", "
    gaps = [*between[: len(parts) - 1], *[usual] * (len(parts) - 1 - len(between))]
    return opening + parts[0] + "".join(gap + part for gap, part in zip(gaps, parts[1:], strict=True)) + closing


def _paired(old: list[yaml.Node], wanted: list[Any]) -> Iterator[tuple[yaml.Node | None, Any]]:
    """Each wanted item with the node that it was: an equal one, else the next that is left over and much like it."""
    was, now = [_fingerprint(plain(node)) for node in old], [_fingerprint(item) for item in wanted]
    found: dict[int, int] = {}
    for left, right, size in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks():
        found |= {right + offset: left + offset for offset in range(size)}
    for place, item in enumerate(wanted):
        if place not in found:
            free = [number for number in range(len(old)) if number not in found.values()]
            equal = [number for number in free if was[number] == now[place]]
            alike = [number for number in free if _alike(plain(old[number]), item)]
            if equal or alike:
                found[place] = (equal or alike)[0]
    for place, item in enumerate(wanted):
        yield (old[found[place]] if place in found else None), item


def _alike(one: Any, other: Any) -> bool:
    """Whether an item is rather another one changed than a new one."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return next(iter(one), None) == next(iter(other), None) or any(same(one[key], other.get(key)) for key in one)
    return type(one) is type(other) and not isinstance(one, list)
