"""Collects every name that a procedure's files invent, so that a test can show that no code knows one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
QUOTED = re.compile(r'"([^"]+)"')
# Facts are not among them: the engine computes them, and a procedure names those it wants.
NAMED_IN_MANIFEST = ("roles", "moments", "limits")


def procedure_names(folder: Path) -> set[str]:
    """Element ids, field keys, choices, roles, moments, limits, documents of one procedure, less what code may know."""
    manifest = read_yaml(folder / "procedure.yaml")
    invented = {
        *(name for section in NAMED_IN_MANIFEST for name in keys(manifest.get(section))),
        *vocabulary_names(read_yaml(folder / "fields.yaml")),
        *(name for diagram in folder.glob("*.bpmn") for name in element_ids(diagram)),
        *limit_keys(folder / "limits.dmn"),
        *map(str, read_yaml(folder / "documents.yaml")),
    }
    return invented - {str(name) for name in manifest.get("known_to_code") or ()}


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a file, empty when there is no file."""
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {} if path.exists() else {}


def keys(section: Any) -> Iterator[str]:
    """The names in a section, whether it is a mapping, a list of names, or a list of entries with a ``key``."""
    for entry in section or ():
        yield str(entry["key"] if isinstance(entry, Mapping) else entry)


def vocabulary_names(fields: Mapping[str, Any]) -> Iterator[str]:
    """Field keys and the values of their choices."""
    for key, field in fields.items():
        yield str(key)
        for choice in (field or {}).get("choices") or ():
            yield str(choice["value"] if isinstance(choice, Mapping) else choice)


def element_ids(diagram: Path) -> Iterator[str]:
    """The ids of everything drawn: processes, lanes, tasks, events, gateways, flows."""
    for element in etree.parse(str(diagram)).getroot().iterdescendants(f"{{{BPMN}}}*"):
        if identifier := element.get("id"):
            yield str(identifier)


def limit_keys(table: Path) -> Iterator[str]:
    """The texts in the first input column of the table of limits."""
    if not table.exists():
        return
    for rule in etree.parse(str(table)).getroot().iterdescendants("{*}rule"):
        first = rule.find("{*}inputEntry")
        if first is not None:
            yield from QUOTED.findall("".join(map(str, first.itertext())))
