"""Differences between YAML files: the manifest, the vocabulary, the clauses, the stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.domain.text import Text
from engine.procedure import answers, clauses, documents, manifest
from engine.procedure.diff.change import ADDED, REMOVED, Change, added, beside, differing, of, removed, shown, went
from engine.procedure.diff.kinds import SECTIONS, TYPES
from engine.procedure.diff.names import Names
from engine.procedure.diff.stories import compare_stories
from engine.procedure.findings import Findings
from engine.procedure.manifest import label_of
from engine.procedure.reading import FIELDS_FILE
from engine.procedure.safe_yaml import read_yaml

ENTRIES = {
    "roles": Text("角色", "role"),
    "moments": Text("时刻", "moment"),
    "facts": Text("事实", "fact"),
    "limits": Text("时限名称", "limit name"),
    "actions": Text("操作", "action"),
    "signers": Text("签署", "signatures"),
    "register": Text("登记簿栏目", "register column"),
    "calendar": Text("工作时间", "working time"),
    "intake": Text("登记方式", "intake"),
    "numbering": Text("编号", "numbering"),
    "case_file": Text("案卷汇总", "gathered in the case file"),
}
PARTS = {
    "title": Text("名称", "title"),
    "owner": Text("负责人", "owner"),
    "main": Text("主流程", "main diagram"),
    "type": Text("类型", "type"),
    "zh": Text("中文名", "Chinese name"),
    "en": Text("英文名", "English name"),
    "personal": Text("个人信息", "personal"),
    "keep": Text("保留到后面", "kept"),
    "sensitivity": Text("敏感范围", "sensitivity"),
    "unit": Text("单位", "unit"),
    "of": Text("包含", "parts"),
    "help_zh": Text("中文说明", "Chinese help"),
    "help_en": Text("英文说明", "English help"),
    "max_length": Text("最大长度", "largest length"),
    "min": Text("最小值", "minimum"),
    "max": Text("最大值", "maximum"),
    "roles": Text("角色", "roles"),
    "scope": Text("范围", "reach"),
    "once": Text("只记首次", "first only"),
    "shifts": Text("班次", "shifts"),
    "zone": Text("时区", "time zone"),
    "pattern": Text("格式", "pattern"),
    "number": Text("编号", "number"),
    "roll_over": Text("遇休息日顺延", "moves on from days off"),
    "cutoff": Text("当天截止时间", "latest moment of a day"),
    "day_ends": Text("一天到几点", "end of a day"),
    "task": Text("第一项任务", "first task"),
    "emergency_form": Text("紧急登记的表单", "form of the emergency record"),
    "emergency_sets": Text("紧急登记写入的", "what the emergency record sets"),
    "apology": Text("先说的话", "what is said first"),
    "only_up": Text("只能提高", "only upwards"),
    "on_tasks": Text("任务页上也有", "offered on tasks"),
    "message": Text("发出的消息", "message"),
    "sets": Text("写入", "sets"),
    "field": Text("字段", "field"),
    "hint": Text("办理前的说明", "words before it"),
    "said": Text("办好后的说明", "words after it"),
    "clause": Text("依据", "clause"),
    "public": Text("公开", "public"),
    "to": Text("称呼", "addressee"),
}
FIELD, CHOICE, _CHOICES = Text("字段", "field"), Text("选项", "choice"), Text("选项", "choices")
_ENTRY, _ORDER = Text("条目", "entry"), Text("先后次序", "order")
BLOCK = Text("内容", "block")
KINDS = {
    FIELDS_FILE: FIELD,
    clauses.FILE: Text("条款", "clause"),
    answers.FILE: Text("表单的常用答案", "usual answers of form"),
    documents.FILE: Text("文书", "document"),
}


def compare_yaml(file: str, before: bytes | None, after: bytes | None, names: tuple[Names, Names]) -> Iterator[Change]:
    """Every entry that differs."""
    old, new = data_of(file, before), data_of(file, after)
    if file == manifest.FILE:
        yield from _manifest(file, old, new, names)
    elif "scenario" in (old or new):
        yield from compare_stories(file, old, new, names)
    else:
        yield from _entries(file, KINDS.get(file, _ENTRY), old, new, names)


def data_of(file: str, data: bytes | None) -> dict[str, Any]:
    """What a file says, as far as it can be read."""
    return read_yaml(data if data is not None else b"{}", file, Findings()).mapping()


def _manifest(file: str, old: Mapping[str, Any], new: Mapping[str, Any], names: tuple[Names, Names]) -> Iterator[Change]:
    for key, was, now in differing(old, new):
        if key in ENTRIES and all(isinstance(part, dict | None) for part in (was, now)):
            yield from _entries(file, ENTRIES[key], was or {}, now or {}, names)
        else:
            yield Change(file, key, went(PARTS.get(key) or SECTIONS.get(key, Text(key, key)), was, now))


def _entries(
    file: str, kind: Text, old: Mapping[str, Any], new: Mapping[str, Any], names: tuple[Names, Names]
) -> Iterator[Change]:
    for key, was, now in differing(old, new):
        name = names[key in new].form(key) if file == answers.FILE else name_of(key, now if key in new else was)
        name = PARTS.get(key, name) if name == Text(key, key) else name
        if key not in old:
            yield Change(file, key, added(kind, name, _content(now)), ADDED)
        elif key not in new:
            yield Change(file, key, removed(kind, name), REMOVED)
        elif isinstance(was, dict) and isinstance(now, dict):
            yield from _parts(file, key, beside(kind, name if file == answers.FILE else name_of(key, was)), was, now, names)
        else:
            yield Change(file, key, went(beside(kind, name), was, now))


def _parts(
    file: str, key: str, owner: Text, was: Mapping[str, Any], now: Mapping[str, Any], names: tuple[Names, Names]
) -> Iterator[Change]:
    for part, before, after in differing(was, now):
        if part == "choices":
            yield from (Change(file, key, text) for text in _choices(owner, before or [], after or []))
        elif part == "blocks" and isinstance(before, list) and isinstance(after, list):
            yield from (Change(file, key, text) for text in _blocks(owner, before, after))
        else:
            what = PARTS.get(part) or names[1].field(part)
            yield Change(file, key, went(of(owner, what), in_words(part, before, names[0]), in_words(part, after, names[1])))


def in_words(part: str, value: Any, names: Names | None = None) -> Any:
    """What an entry says under a name; the type of a field and roles as people say them."""
    if part == "roles" and names and isinstance(value, list):
        return [names.role(str(role)) for role in value]
    return TYPES.get(value, value) if part == "type" and isinstance(value, str) else value


def _blocks(owner: Text, before: list[Any], after: list[Any]) -> Iterator[Text]:
    gone = [removed(of(owner, BLOCK), shown(block)) for block in before if block not in after]
    new = [added(of(owner, BLOCK), shown(block)) for block in after if block not in before]
    yield from (*gone, *new) if gone or new else (of(owner, _ORDER),)


def _choices(owner: Text, before: list[Any], after: list[Any]) -> Iterator[Text]:
    old, new = by_value(before), by_value(after)
    for value, was, now in differing(old, new):
        name = name_of(value, now or was)
        if value not in old:
            yield Text(f"{owner.zh} 新增选项 {name.zh}", f"{owner.en}: new choice {name.en}")
        elif value not in new:
            yield Text(f"{owner.zh} 删去选项 {name.zh}", f"{owner.en}: choice {name.en} is gone")
        else:
            yield went(of(owner, beside(CHOICE, name_of(value, was))), name_of(value, was), name_of(value, now))
    if old == new and list(old) != list(new):
        yield went(
            of(owner, of(_CHOICES, _ORDER)), [name_of(*pair) for pair in old.items()], [name_of(*pair) for pair in new.items()]
        )


def by_value(choices: list[Any]) -> dict[str, Any]:
    """The choices of a field by their values."""
    return {str(choice.get("value")) if isinstance(choice, dict) else str(choice): choice for choice in choices}


def name_of(key: str, entry: Any) -> Text:
    """What an entry is called."""
    return label_of(entry, key)


def _content(entry: Any) -> Text | None:
    if isinstance(entry, dict) and (entry.get("zh") or entry.get("en")):
        return None
    value = shown(entry)
    return Text(f"：{value.zh}", f": {value.en}")
