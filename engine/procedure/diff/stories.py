"""Differences between stories: the head, and step by step what is done and what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from engine.domain.codec import dumps
from engine.domain.text import Text
from engine.procedure.diff.change import ADDED, REMOVED, Change, added, beside, differing, listed, of, removed, shown, went
from engine.procedure.diff.kinds import SERVICES
from engine.procedure.diff.names import Names

_STORY, _STEP = Text("故事", "story"), Text("一步", "step")
HEAD = {
    "scenario": Text("名称", "title"),
    "scenario_en": Text("英文名称", "English title"),
    "clauses": Text("条款", "clauses"),
    "begins": Text("开始事件", "start event"),
    "starts": Text("开始时刻", "start"),
    "facts": Text("事实", "facts"),
    "with": Text("填写", "values"),
}
VERBS = {
    "expect": Text("应当", "expect"),
    "after": Text("过去", "after"),
    "at": Text("到", "at"),
    "complete": Text("完成", "complete"),
    "reach": Text("办到", "reach"),
    "do": Text("操作", "do"),
    "deliver": Text("送达", "deliver"),
    "set": Text("设置", "set"),
    "skip": Text("跳过", "skip"),
    "claim": Text("领取", "claim"),
    "release": Text("放回", "hand back"),
    "pass_on": Text("转交", "pass on"),
    "send_back": Text("退回", "send back"),
    "delegate": Text("委托", "delegate"),
    "allow_excluded": Text("免除回避", "let do in spite of an earlier step"),
}
#: What a verb of time is called when it alone differs.
AMOUNTS = {"after": Text("等待时间", "waiting time"), "at": Text("时刻", "moment")}
MORE = {
    "as": Text("角色", "role"),
    "by": Text("办理人", "person"),
    "with": Text("填写", "values"),
    "leave": Text("留着不办", "left alone"),
    "to": Text("交给", "to"),
    "which": Text("哪一件", "which one"),
}
EXPECTED = {
    "open": Text("待办", "open tasks"),
    "includes": Text("待办中有", "among the open tasks"),
    "not_open": Text("待办中没有", "not among the open tasks"),
    "value": Text("取值", "value"),
    "due": Text("到期", "due"),
    "breached": Text("已超时", "breached"),
    "not_breached": Text("未超时", "not breached"),
    "told": Text("已告知", "told"),
    "not_told": Text("未告知", "not told"),
    "drafted": Text("已拟文书", "drafted"),
    "not_drafted": Text("未拟文书", "not drafted"),
    "called": Text("已调用", "called"),
    "decided": Text("决策结果", "decided"),
    "shows": Text("表单显示", "shown on the form"),
    "hides": Text("表单不显示", "hidden on the form"),
    "path": Text("经过", "path"),
    "not_path": Text("不经过", "not on the path"),
    "closed": Text("已结案", "closed"),
    "outcome": Text("结果", "outcome"),
    "refused": Text("被拒绝", "refused"),
    "clauses": Text("条款", "clauses"),
}
_SHOWN = {"parts": Text("各栏", "parts"), "with": Text("填写", "with")}
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_LASTING = (Text("天", "days"), Text("小时", "hours"), Text("分钟", "minutes"), Text("秒", "seconds"))


def compare_stories(file: str, old: Mapping[str, Any], new: Mapping[str, Any], names: tuple[Names, Names]) -> Iterator[Change]:
    """What is new, gone or otherwise in one story."""
    name = _called(file, new or old)
    if not old or not new:
        yield Change(file, None, added(_STORY, name) if new else removed(_STORY, name), ADDED if new else REMOVED)
        return
    owner, told = beside(_STORY, _called(file, old)), False
    for key, was, now in differing(old, new):
        if key != "story":
            told = True
            yield Change(file, key, went(of(owner, HEAD.get(key, shown(key))), plain(was), plain(now)))
    for change in _steps(file, owner, steps_of(old), steps_of(new), names):
        told = True
        yield change
    if not told:
        yield Change(file, None, Text(f"{owner.zh} 有改动", f"The {owner.en} is changed"))


def _called(file: str, story: Mapping[str, Any]) -> Text:
    # A draft may hold one that has lost its name.
    name = shown(story.get("scenario") or file)
    return Text(name.zh, shown(story.get("scenario_en") or name).en)


def steps_of(story: Mapping[str, Any]) -> list[Any]:
    """The steps of a story."""
    steps = story.get("story")
    return steps if isinstance(steps, list) else []


def _steps(file: str, owner: Text, old: Sequence[Any], new: Sequence[Any], names: tuple[Names, Names]) -> Iterator[Change]:
    before, after = ([dumps(plain(step)) for step in side] for side in (old, new))
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        pairs = min(end - start, last - first) if kind == "replace" else 0
        for place in range(pairs):
            yield from _step(file, owner, first + place + 1, old[start + place], new[first + place], names)
        if kind != "equal":
            for number, step in enumerate(old[start + pairs : end], start + pairs + 1):
                yield Change(file, None, of(owner, removed(_STEP, said_of(step, names[0]))), REMOVED, str(number))
            for number, step in enumerate(new[first + pairs : last], first + pairs + 1):
                yield Change(file, str(number), of(owner, added(_STEP, numbered(number, said_of(step, names[1])))), ADDED)


def _step(file: str, owner: Text, number: int, was: Any, now: Any, names: tuple[Names, Names]) -> Iterator[Change]:
    place, key = numbered(number, Text("", "")), str(number)
    both = [set(step) & set(VERBS) if isinstance(step, dict) else set() for step in (was, now)]
    if both[0] != both[1] or not both[0]:
        yield Change(file, key, went(of(owner, place), said_of(was, names[0]), said_of(now, names[1])))
        return
    for part, before, after in differing(was, now):
        if part == "expect" and isinstance(before, dict) and isinstance(after, dict):
            yield from (Change(file, key, text) for text in _expectations(of(owner, place), before, after, names))
        else:
            what = of(owner, of(place, (VERBS | AMOUNTS | MORE).get(part) or shown(part)))
            yield Change(file, key, went(what, named(before, names[0]), named(after, names[1])))


def _expectations(owner: Text, was: Mapping[str, Any], now: Mapping[str, Any], names: tuple[Names, Names]) -> Iterator[Text]:
    for part, before, after in differing(was, now):
        what = of(owner, EXPECTED.get(part, shown(part)))
        if isinstance(before, dict) and isinstance(after, dict):
            for key, then, since in differing(before, after):
                yield went(
                    beside(what, thing(key, names[1])),
                    *(named(one, own, task_of(key, "", own)) for one, own in ((then, names[0]), (since, names[1]))),
                )
        else:
            yield went(what, named(before, names[0]), named(after, names[1]))


def numbered(number: int, said: Text) -> Text:
    """A step with its number."""
    return Text(f"第 {number} 步 {said.zh}".strip(), f"step {number} {said.en}".strip())


def said_of(step: Any, names: Names) -> Text:
    """A step in one breath."""
    if not isinstance(step, dict):
        return shown(plain(step))
    parts = [beside(word, shown(named(step[verb], names))) for verb, word in VERBS.items() if verb in step]
    parts += [Text(f"（{(role := names.role(str(step['as']))).zh}）", f"({role.en})")] if "as" in step else []
    return Text(" ".join(part.zh for part in parts), " ".join(part.en for part in parts))


def lasting(words: str) -> Text | None:
    """A duration as people say it; None for what is none."""
    found = _DURATION.fullmatch(words)
    parts = [(int(amount), unit) for amount, unit in zip(found.groups(), _LASTING, strict=True) if amount] if found else []
    if not parts:
        return None
    return Text("".join(f"{n} {unit.zh}" for n, unit in parts), " ".join(f"{n} {unit.en}" for n, unit in parts))


def named(value: Any, names: Names, task: str = "") -> Any:
    """A value with what it names by its name; within what a form shows, its parts by theirs."""
    if isinstance(value, str):
        return lasting(value) or (names.piece(task, value) if task else thing(value, names))
    if isinstance(value, list):
        return [named(part, names, task) for part in value]
    if isinstance(value, dict):
        return listed(
            beside(_key(key, names), shown(named(part, names, task_of(key, task, names)))) for key, part in value.items()
        )
    return plain(value)


def _key(key: str, names: Names) -> Text:
    return EXPECTED.get(key) or _SHOWN.get(key) or thing(key, names)


def task_of(key: str, task: str, names: Names) -> str:
    """Whose form the parts under a key are of; what is typed on it names no parts."""
    return "" if key == "with" else key if names.has_form(key) else task


def thing(key: str, names: Names) -> Text:
    """What an element, limit, role or field is called."""
    found = (
        names.element(key),
        names.limit(key),
        names.role(key),
        names.field(key),
        names.known(key),
        _service(key),
        names.choice(key),
    )
    return next((name for name in found if name.zh != key), Text(key, key))


def _service(key: str) -> Text:
    return SERVICES.get(key, Text(key, key))


def plain(value: Any) -> Any:
    """A value of texts, truth values and nothing else, so that two can be held against each other."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    if isinstance(value, list):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    return value if value is None or isinstance(value, bool | str) else str(value)
