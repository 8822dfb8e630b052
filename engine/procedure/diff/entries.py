"""Differences between YAML files: the manifest, the vocabulary, the clauses, the stories."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.domain.text import Text
from engine.procedure import answers, clauses, documents, manifest
from engine.procedure.decisions.spoken import QUOTED
from engine.procedure.diff.change import ADDED, REMOVED, Change, added, beside, differing, listed, of, removed, shown, went
from engine.procedure.diff.kinds import ENTRY_PARTS, FIGURES, FILLED_IN, SECTIONS, TYPES
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
    "ledger": Text("奖惩台账", "ledger"),
    "measures": Text("统计指标", "measure"),
    "charts": Text("图表", "chart"),
    "report": Text("报告内容", "report"),
    "plan_figures": Text("改进目标", "aim of improvement plans"),
    "proposals": Text("规程改动的提出", "proposal of a change"),
    "starts": Text("自动开始", "what begins by itself"),
}
PARTS = ENTRY_PARTS
FIELD, CHOICE, _CHOICES = Text("字段", "field"), Text("选项", "choice"), Text("选项", "choices")
_PLACE = re.compile(r"\{(\w+)[^{}]*\}")
_KEY = re.compile(r"[A-Za-z]\w*")
_CALCULATED = re.compile(r"""["(=]""")
_FIGURES_OF = {"by_": Text("按{}", "by {}"), "answers_": Text("“{}”的回答", 'answers to "{}"')}
#: What stays as somebody has typed it.
_AS_TYPED = (
    "zh",
    "en",
    "help_zh",
    "help_en",
    "unit",
    "pattern",
    "number",
    "zone",
    "shifts",
    "clause",
    "key",
    "hint",
    "said",
    "title",
)
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
            yield Change(
                file,
                key,
                went(
                    PARTS.get(key) or SECTIONS.get(key, Text(key, key)),
                    in_words(key, was, names[0]),
                    in_words(key, now, names[1]),
                ),
            )


def _entries(
    file: str, kind: Text, old: Mapping[str, Any], new: Mapping[str, Any], names: tuple[Names, Names]
) -> Iterator[Change]:
    for key, was, now in differing(old, new):
        own = names[key in new]
        name = own.form(key) if file == answers.FILE else name_of(key, now if key in new else was)
        name = part_name(key, own) if name == Text(key, key) and file != clauses.FILE else name
        if key not in old:
            yield Change(file, key, added(kind, name, _content(now, own)), ADDED)
        elif key not in new:
            yield Change(file, key, removed(kind, name), REMOVED)
        elif isinstance(was, dict) and isinstance(now, dict):
            yield from _parts(
                file, key, beside(kind, name if name_of(key, was) == Text(key, key) else name_of(key, was)), was, now, names
            )
        else:
            said = (in_words(key, entry, own) for entry, own in zip((was, now), names, strict=True))
            yield Change(file, key, went(beside(kind, name), *said))


def _parts(
    file: str, key: str, owner: Text, was: Mapping[str, Any], now: Mapping[str, Any], names: tuple[Names, Names]
) -> Iterator[Change]:
    for part, before, after in differing(was, now):
        if part == "choices":
            yield from (Change(file, key, text) for text in _choices(owner, before or [], after or []))
        elif part == "blocks" and isinstance(before, list) and isinstance(after, list):
            yield from (Change(file, key, text) for text in _blocks(owner, before, after, names))
        else:
            what = part_name(part, names[part in now])
            yield Change(file, key, went(of(owner, what), in_words(part, before, names[0]), in_words(part, after, names[1])))


def in_words(part: str, value: Any, names: Names | None = None) -> Any:
    """What an entry says under a name: the type of a field as people say it, and whatever has a name by it."""
    if part == "type" and isinstance(value, str):
        return TYPES.get(value, value)
    if names is not None and isinstance(value, str) and (plain := QUOTED.fullmatch(value)):
        said = names.value(part, plain[1])
        return said if said.zh != plain[1] else names.spoken(value)
    if part == "message" and names is not None and isinstance(value, str):
        return names.sent(value)
    if part in ("pattern", "number") and isinstance(value, str):
        return _filled(Text(value, value), names)
    return value if names is None or part in _AS_TYPED else _said(value, names)


def _said(value: Any, names: Names) -> Any:
    if isinstance(value, str):
        return _word(value, names)
    if isinstance(value, list):
        return [_said(one, names) for one in value]
    if not isinstance(value, dict):
        return value
    own = [_filled(shown({name: value[name] for name in _AS_TYPED[:2] if name in value}), names)] if value.get("zh") else []
    rest = ((str(name), part) for name, part in value.items() if name not in _AS_TYPED[:2])
    return listed([*own, *(beside(part_name(name, names), shown(in_words(name, part, names))) for name, part in rest)])


def _filled(text: Text, names: Names | None) -> Text:
    """Words with what is filled in at their places by its name."""

    def place(found: re.Match[str]) -> Text:
        known = names.field(found[1]) if names is not None else Text(found[1], found[1])
        return FILLED_IN.get(found[1], known) if known.zh == found[1] else known

    zh = _PLACE.sub(lambda found: f"{{{place(found).zh}}}", text.zh)
    return Text(zh, _PLACE.sub(lambda found: f"{{{place(found).en}}}", text.en))


def part_name(part: str, names: Names) -> Text:
    """What the word is called that something stands under; what the procedure has by that name first, as the drawing has it."""
    return PARTS.get(part) or _word(part, names)


def _word(word: str, names: Names) -> Text:
    """A key by the name it has; figures by field or measure; an expression with the names in it."""
    if not _KEY.fullmatch(word):
        return names.spoken(word) if _CALCULATED.search(word) else Text(word, word)
    known = names.known(word)
    if known.zh != word:
        return known
    choice = names.choice(word)
    found = choice if choice.zh != word else FIGURES.get(word)
    for before, says in _FIGURES_OF.items():
        if found is None and word.startswith(before) and (inner := names.known(word.removeprefix(before))).zh != inner.en:
            found = Text(says.zh.format(inner.zh), says.en.format(inner.en))
    return found or known


def _blocks(owner: Text, before: list[Any], after: list[Any], names: tuple[Names, Names]) -> Iterator[Text]:
    gone = [removed(of(owner, BLOCK), shown(_said(block, names[0]))) for block in before if block not in after]
    new = [added(of(owner, BLOCK), shown(_said(block, names[1]))) for block in after if block not in before]
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


def _content(entry: Any, names: Names) -> Text | None:
    if isinstance(entry, dict) and (entry.get("zh") or entry.get("en")):
        return None
    value = shown(_said(entry, names))
    return Text(f"：{value.zh}", f": {value.en}")
