"""What a version asks otherwise than the one before: by form, the keys whose question or whose field is another one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import yaml

from engine.procedure import Bundle
from engine.procedure.safe_yaml import LOADER, exceeds_limits

FOLDER, VOCABULARY = "forms", "fields.yaml"
#: What is only shown, and changes no answer.
_WORDS = frozenset({"zh", "en", "help_zh", "help_en", "label", "description", "id", "layout", "unit", "properties", "text"})


def asked_anew(before: Bundle, after: Bundle) -> dict[str, frozenset[str]]:
    """By form, the keys whose answers of before may not be answers any more; forms that ask for the same are left out."""
    fields = [_fields(bundle) for bundle in (before, after)]
    found = {}
    for path, content in after.named(".form", FOLDER).items():
        earlier = before.files.get(path, b"{}")
        if content == earlier and before.files.get(VOCABULARY) == after.files.get(VOCABULARY):
            continue
        old, new = _questions(earlier), _questions(content)
        anew = frozenset(
            key for key in new if old.get(key) != new[key] or _essence(fields[0].get(key)) != _essence(fields[1].get(key))
        )
        if anew:
            found[PurePosixPath(path).stem] = anew
    return found


def _fields(bundle: Bundle) -> Mapping[str, Any]:
    source = bundle.files.get(VOCABULARY, b"").decode("utf-8-sig", errors="replace")
    if exceeds_limits(source):
        return {}
    read = yaml.load(source, Loader=LOADER)
    return read if isinstance(read, dict) else {}


def _questions(form: bytes) -> dict[str, Any]:
    drawn = json.loads(form)
    return dict(_keyed(drawn.get("components") or (), ()))


def _keyed(components: Any, hidden: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """Each key with its component and what hides the groups around it."""
    for component in components:
        own = component.get("conditional")
        if component.get("key"):
            yield str(component["key"]), [hidden, _essence(component)]
        elif component.get("type") == "group":
            yield from _keyed(component.get("components") or (), (*hidden, own) if own else hidden)


def _essence(written: Any) -> Any:
    """Without what is only shown."""
    if isinstance(written, dict):
        return {key: _essence(value) for key, value in written.items() if key not in _WORDS}
    return [_essence(part) for part in written] if isinstance(written, list) else written
