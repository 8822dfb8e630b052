"""Reading the YAML files of a procedure: plain data only, with the line of every key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from engine.domain.text import Text
from engine.procedure.findings import Findings, Place

#: The safe loader; the one in C where PyYAML brings it, since it is ten times as fast.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: The parser recurses in C, where too deep a nesting ends the whole process; what people write stays far below.
MAX_DEPTH, MAX_EVENTS, MAX_ALIASES = 40, 200_000, 20
#: One that nobody means, and that takes for ever to be written out again.
_LONG_NUMBER = re.compile(r"[-+]?[0-9][0-9a-fA-FxXoO_:]{100,}")
_TOO_DEEP = Text(
    "内容嵌套太深、太长，或引用了它自己，没有读取。",
    "It is nested too deeply, too long or refers to itself, and was not read.",
)
_ENCODING = Text("编码不是 UTF-8", "it is not encoded as UTF-8")
#: The sentence by what the parser says in it.
_SYNTAX = {
    "mapping values are not allowed": Text("这里多了一个冒号，或缩进不对", "a colon too many, or wrong indentation"),
    "could not find expected ':'": Text("少了一个冒号", "a colon is missing"),
    "end of stream": Text("引号或括号没有成对，读到了文件末尾", "a quotation mark or bracket is never closed"),
    "unexpected end of": Text("引号或括号没有成对", "a quotation mark or bracket is not closed"),
    "expected ',' or": Text("少了逗号，或括号没有成对", "a comma is missing, or a bracket is not closed"),
    "cannot start any token": Text("有不能这样用的字符", "it holds a character that cannot stand there"),
    "found character": Text("有不能这样用的字符", "it holds a character that cannot stand there"),
    "found unknown escape character": Text("引号里的 \\ 后面写得不对", "what follows a \\ between quotation marks is wrong"),
    "expected <block end>": Text("缩进不对", "the indentation is wrong"),
    "did not find expected key": Text("缩进不对，或少了冒号", "the indentation is wrong, or a colon is missing"),
    "did not find expected '-' indicator": Text("列表的缩进不对", "the indentation of a list is wrong"),
    "did not find expected node content": Text("这里少了内容", "something is missing here"),
    "undefined alias": Text("引用了没有定义的 *名称", "it refers to a *name that is not defined"),
    "could not determine a constructor": Text("有不认识的 ! 标记", "it holds an unknown ! tag"),
}
_FLATTEN = Text("请改平一些，去掉 & 和 * 引用。", "Flatten it, and write out what & and * refer to.")


@dataclass(frozen=True)
class YamlFile:
    """A YAML document's data and where its keys, and the entries of its lists by position, stand."""

    file: str
    data: Any
    lines: Mapping[tuple[str, ...], int]

    def place(self, *path: str) -> Place:
        """The place of a key given by its path; the nearest known key above it when it is missing."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return Place(self.file, self.lines[path[:length]], path[-1])
        return Place(self.file, 1, path[-1] if path else None)

    def mapping(self, *path: str) -> dict[str, Any]:
        """The mapping at the path with its keys as text, empty when there is none."""
        found = self.data
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        return {str(key): value for key, value in found.items()} if isinstance(found, dict) else {}


def read_yaml(data: bytes | None, file: str, findings: Findings) -> YamlFile:
    """The file's data; an empty mapping after noting why it cannot be read."""
    if data is None:
        text = Text(f"缺少文件 {file}。", f"The file {file} is missing.")
        findings.error(
            "missing-file", Place(file), text, Text("请把它放回规程文件夹。", "Put it back into the procedure's folder.")
        )
        return YamlFile(file, {}, {})
    try:
        source = data.decode("utf-8-sig")
        if exceeds_limits(source):
            findings.error("yaml-depth", Place(file), _TOO_DEEP, _FLATTEN)
            return YamlFile(file, {}, {})
        node, read = _parse(source)
        return YamlFile(file, read or {}, _lines(node, file, findings))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as problem:
        _note_syntax(problem, file, findings)
        return YamlFile(file, {}, {})


def exceeds_limits(source: str) -> bool:
    """Whether building it would go too deep or take too long; nothing is built to find out; YAMLError when it is no YAML."""
    sizes: dict[str, int] = {}
    opened: list[tuple[str | None, int]] = []
    events = aliases = 0
    for event in yaml.parse(source, Loader=LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, before = opened.pop()
            sizes |= {anchor: events - before} if anchor else {}
        elif isinstance(event, yaml.CollectionStartEvent):
            opened.append((event.anchor, events))
        elif isinstance(event, yaml.AliasEvent):
            # What refers to something is as long as that; what refers to something it is part of has no end.
            aliases, events = aliases + 1, events + sizes.get(event.anchor or "", 0)
            if any(anchor == event.anchor for anchor, _ in opened):
                return True
        events += 1
        if isinstance(event, yaml.ScalarEvent) and event.implicit[0] and _LONG_NUMBER.fullmatch(event.value):
            return True
        if len(opened) > MAX_DEPTH or events > MAX_EVENTS or aliases > MAX_ALIASES:
            return True
    return False


def _parse(source: str) -> tuple[yaml.Node | None, Any]:
    """The nodes with their lines and the plain data, from one pass over the text."""
    loader = LOADER(source)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _note_syntax(problem: Exception, file: str, findings: Findings) -> None:
    mark = getattr(problem, "problem_mark", None)
    reason = why(problem)
    text = Text(f"不是完好的 YAML：{reason.zh}。", f"This is not well-formed YAML: {reason.en}.")
    mend = Text("请看这一行的缩进、冒号和引号。", "Look at the indentation, colons and quotes of this line.")
    findings.error("yaml", Place(file, mark.line + 1 if mark else None), text, mend)


def why(problem: Exception) -> Text:
    """What keeps a file from being read as YAML; the parser's own words are English alone."""
    if isinstance(problem, UnicodeDecodeError):
        return _ENCODING
    said = str(getattr(problem, "problem", None) or "")
    found = next((reason for words, reason in _SYNTAX.items() if words in said), None)
    return found or Text("这里的写法不对", said or "it is not written as it should be")


def _lines(node: yaml.Node | None, file: str, findings: Findings) -> dict[tuple[str, ...], int]:
    lines: dict[tuple[str, ...], int] = {}
    pending: list[tuple[tuple[str, ...], yaml.Node | None]] = [((), node)]
    while pending:
        path, current = pending.pop()
        if isinstance(current, yaml.SequenceNode) and len(path) <= 8:
            entries = [((*path, str(position)), entry) for position, entry in enumerate(current.value)]
            lines |= {here: entry.start_mark.line + 1 for here, entry in entries}
            pending += entries
        if not isinstance(current, yaml.MappingNode) or len(path) > 8:
            continue
        for key, value in current.value:
            here = (*path, str(key.value))
            if here in lines:
                _note_duplicate(Place(file, key.start_mark.line + 1, here[-1]), findings)
            else:
                lines[here] = key.start_mark.line + 1
                pending.append((here, value))
    return lines


def _note_duplicate(place: Place, findings: Findings) -> None:
    text = Text(
        f"“{place.element}”写了两次，前一处会被丢掉。", f'"{place.element}" is written twice; the first one would be lost.'
    )
    findings.error("duplicate-key", place, text, Text("请只留一处。", "Keep only one of them."))
