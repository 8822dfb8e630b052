"""One more entry in a YAML file, with every comment, order and spelling around it left as its author wrote it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import yaml

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure.safe_yaml import LOADER, exceeds_limits

_BROKEN = Text("YAML 文件还有错误，请先改正再回答。", "A YAML file is not well-formed: mend it before answering.")


def entered(data: bytes, path: tuple[str, ...], key: str, entry: Mapping[str, Any]) -> bytes:
    """The file with the entry in the mapping at the path; the mapping is made when it is not there."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    text = text if text.endswith("\n") or not text else f"{text}\n"
    line = f"{key}: {_flow(entry)}"
    node = _composed(text)
    holder = _at(node, path)
    if isinstance(holder, yaml.MappingNode) and holder.flow_style:
        comma = ", " if holder.value else ""
        place = holder.end_mark.index - 1
        return f"{text[:place].rstrip(' ')}{comma}{line}{text[place:]}".encode()
    if not path:
        return f"{text}{line}\n".encode()
    if isinstance(holder, yaml.MappingNode) and holder.value:
        return _before(text, holder.value[0][0].start_mark, line)
    return f"{_without_empty(text, node, path)}{path[-1]}:\n  {line}\n".encode()


def _composed(text: str) -> yaml.Node | None:
    try:
        if exceeds_limits(text):
            raise Misconfigured(_BROKEN)
        return yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as problem:
        raise Misconfigured(_BROKEN) from problem


def _at(node: yaml.Node | None, path: tuple[str, ...]) -> yaml.Node | None:
    for name in path:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        node = next((value for key, value in pairs if key.value == name), None)
    return node


def _before(text: str, mark: yaml.Mark, line: str) -> bytes:
    return f"{text[: mark.index]}{line}\n{' ' * mark.column}{text[mark.index :]}".encode()


def _without_empty(text: str, node: yaml.Node | None, path: tuple[str, ...]) -> str:
    # "limits:" with nothing behind it must not stand twice.
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    empty = next((key for key, _ in pairs if key.value == path[-1]), None)
    if empty is None:
        return text
    end = text.index("\n", empty.start_mark.index) + 1
    return text[: empty.start_mark.index] + text[end:]


def _flow(entry: Mapping[str, Any]) -> str:
    # JSON is YAML; keys that are plain words stand bare, as in the rest of the file.
    parts = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in entry.items())
    return "{" + ", ".join(parts) + "}"
