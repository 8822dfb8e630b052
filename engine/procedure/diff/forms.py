"""Differences between forms: fields that come, go, are asked otherwise or stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.domain.text import Text, named
from engine.procedure.diff.change import (
    ADDED,
    CHANGED,
    MOVED,
    REMOVED,
    Change,
    added,
    beside,
    differing,
    listed,
    of,
    put_after,
    removed,
    went,
)
from engine.procedure.diff.kinds import PIECES
from engine.procedure.diff.pairs import moved_after
from engine.procedure.forms.written import loaded

_FORM, _FIELD = Text("表单", "form"), Text("填写项", "field")
PARTS = {
    "label": Text("名称", "label"),
    "description": Text("说明", "help"),
    "text": Text("文字", "text"),
    "type": Text("形式", "kind"),
    "validate.required": Text("必填", "required"),
    "validate.maxLength": Text("最大长度", "largest length"),
    "readonly": Text("只显示", "read only"),
    "conditional.hide": Text("何时隐藏", "hidden when"),
    "properties.label_en": Text("英文名", "English label"),
    "values": Text("选项", "choices"),
    "properties.text_en": Text("英文文字", "English text"),
    "properties.description_en": Text("英文说明", "English help"),
    "properties.clause": Text("依据", "clause"),
    "validate.min": Text("最小值", "minimum"),
    "validate.max": Text("最大值", "maximum"),
}
#: How a form looks, and what only its editor needs.
_LOOKS = frozenset({"layout", "id", "components", "showOutline", "appearance"})


def compare_form(file: str, before: bytes | None, after: bytes | None, names: Mapping[str, Text]) -> Iterator[Change]:
    """Every component that differs; ``names`` gives what the tasks that show a form are called, by the form's name."""
    name = file.rpartition("/")[2].removesuffix(".form")
    form = names.get(name, Text(name, name))
    if before is None or after is None:
        kept = components_of(after or before or b"")
        labels = listed(label_of(part, key) for key, part in kept.items() if part.get("key"))
        text = added(_FORM, form, Text(f"：{labels.zh}", f": {labels.en}")) if before is None else removed(_FORM, form)
        yield Change(file, None, text, ADDED if before is None else REMOVED)
        return
    old, new = components_of(before), components_of(after)
    for key, text, fate in _differences(beside(_FORM, form), old, new):
        yield Change(file, key, text, fate)


def looks_of(data: bytes) -> list[tuple[str, Any]]:
    """Everything of a form that says something, without how it looks."""
    return list(components_of(data).items())


def _differences(form: Text, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Text, str]]:
    for key, was, now in differing(old, new):
        name = label_of(now or was, key)
        if key not in old:
            yield key, Text(f"{form.zh} 新增{_FIELD.zh} {name.zh}", f"{form.en}: new {_FIELD.en} {name.en}"), ADDED
        elif key not in new:
            yield key, Text(f"{form.zh} 删去{_FIELD.zh} {name.zh}", f"{form.en}: {_FIELD.en} {name.en} is gone"), REMOVED
        else:
            for part, before, after in differing(was, now):
                what = of(of(form, label_of(was, key)), PARTS.get(part, Text(part, part)))
                yield key, went(what, in_words(part, before), in_words(part, after)), CHANGED
    for key, before in moved_after(old, new):
        after = None if before is None else label_of(new[before], before)
        yield key, put_after(of(form, label_of(new[key], key)), after), MOVED


def in_words(part: str, value: Any) -> Any:
    """What a piece says under a name; its kind as people say it."""
    return PIECES.get(value, value) if part == "type" and isinstance(value, str) else value


def components_of(data: bytes) -> dict[str, dict[str, Any]]:
    """Every component by its key after those of the groups around it, with all that it says by path."""
    try:
        content = loaded(data)
    except (ValueError, RecursionError):
        return {}
    return dict(_walk(content, ""))


def _walk(holder: Any, within: str) -> Iterator[tuple[str, dict[str, Any]]]:
    parts = holder.get("components") if isinstance(holder, dict) else None
    for place, part in enumerate(parts if isinstance(parts, list) else ()):
        if isinstance(part, dict):
            key = f"{within}{part.get('key') or part.get('path') or part.get('id') or place}"
            yield key, dict(_flat(part, "")) | {"group": within}
            yield from _walk(part, f"{key}.")


def _flat(part: Mapping[str, Any], path: str) -> Iterator[tuple[str, Any]]:
    for name, value in part.items():
        if isinstance(value, dict) and name not in _LOOKS:
            yield from _flat(value, f"{path}{name}.")
        elif path or name not in _LOOKS:
            yield f"{path}{name}", value


def label_of(part: Mapping[str, Any], key: str) -> Text:
    """What a component is called."""
    zh = str(part.get("label") or part.get("text") or key).partition("\n")[0]
    return named(zh, str(part.get("properties.label_en") or zh))
