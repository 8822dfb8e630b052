"""Tiny procedures for tests: diagrams written as chains, and a bundle that is fine until a test breaks one thing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import yaml

from engine.procedure import Bundle, Finding, check

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
ATTRIBUTES = frozenset(
    {"attachedToRef", "cancelActivity", "calledElement", "default", "triggeredByEvent", "isForCompensation", "name"}
)
HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="{BPMN}" xmlns:s="{SPIFF}" id="definitions">'


def node(kind: str, own: str, inner: str = "", **given: str) -> str:
    """A flow node; ``given`` are XML attributes when they are known ones, otherwise extension properties."""
    attributes = {"name": f"名 {own}", **{key: value for key, value in given.items() if key in ATTRIBUTES}}
    properties = {key: value for key, value in given.items() if key not in ATTRIBUTES}
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f'<{kind} id="{own}"{written}>{props(**{"name_en": own, **properties})}{inner}</{kind}>'


def props(**given: str) -> str:
    """The extension properties of an element."""
    inner = "".join(f"<s:property name={quoteattr(key)} value={quoteattr(value)}/>" for key, value in given.items())
    return f"<extensionElements><s:properties>{inner}</s:properties></extensionElements>"


def start(own: str = "begin", inner: str = "") -> str:
    """A start event."""
    return node("startEvent", own, inner)


def end(own: str = "done", inner: str = "") -> str:
    """An end event."""
    return node("endEvent", own, inner)


def user(own: str = "do_it", **given: str) -> str:
    """A user task for the clerk, with the form ``do_it``."""
    return node("userTask", own, **{"role": "clerk", "form": "do_it", **given})


def boundary(own: str, host: str, inner: str, interrupting: bool = True) -> str:
    """A boundary event."""
    return node("boundaryEvent", own, inner, attachedToRef=host, cancelActivity="true" if interrupting else "false")


def timer(source: str, part: str = "timeDuration") -> str:
    """A timer definition."""
    return f"<timerEventDefinition><{part}>{escape(source)}</{part}></timerEventDefinition>"


def condition(source: str) -> str:
    """A conditional event definition."""
    return f"<conditionalEventDefinition><condition>{escape(source)}</condition></conditionalEventDefinition>"


def message(reference: str) -> str:
    """A message event definition."""
    return f'<messageEventDefinition messageRef="{reference}"/>'


def flow(source: str, target: str, holds: str = "", own: str = "") -> str:
    """A sequence flow, with a condition when one is given."""
    inner = f"<conditionExpression>{escape(holds)}</conditionExpression>" if holds else ""
    return f'<sequenceFlow id="{own or f"f_{source}_{target}"}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def chain(*own: str) -> str:
    """Sequence flows from each to the next."""
    return "".join(flow(source, target) for source, target in pairwise(own))


def bpmn(*parts: str, process: str = "main", roots: str = "", lanes: str = "") -> bytes:
    """A file with one process."""
    body = "\n".join(parts)
    opening = f'{HEAD}\n{roots}<process id="{process}" name="主流程">'
    return f"{opening}{props(name_en='Main')}{lanes}\n{body}</process></definitions>".encode()


def simple(*extra: str, **given: str) -> bytes:
    """begin → do_it → done, with further elements."""
    return bpmn(start(), user(**given), end(), chain("begin", "do_it", "done"), *extra)


def form(*components: Mapping[str, Any], name: str = "do_it") -> bytes:
    """A form file."""
    return json.dumps({"type": "default", "id": name, "components": list(components)}, ensure_ascii=False).encode()


def field(kind: str, key: str, **given: Any) -> dict[str, Any]:
    """A form component that writes a key."""
    return {"type": kind, "id": f"field_{key}", "key": key, "label": f"标签 {key}", "properties": {"label_en": key}, **given}


MANIFEST: dict[str, Any] = {
    "key": "small",
    "title": {"zh": "小规程", "en": "Small"},
    "owner": "boss",
    "main": "main",
    "roles": {
        "clerk": {"zh": "职员", "en": "Clerk", "scope": "estate"},
        "boss": {"zh": "主管", "en": "Boss", "scope": "company"},
    },
    "moments": {"begun_at": {"zh": "开始", "en": "Begun", "once": True}},
    "facts": {"contact_count": {"zh": "次数", "en": "Contacts"}},
    "limits": {},
    "register": {"subject": "subject"},
    "intake": {"task": "do_it"},
    "actions": {},
}
FIELDS: dict[str, Any] = {
    "subject": {"type": "text", "zh": "事由", "en": "Subject"},
    "note": {"type": "longtext", "zh": "备注", "en": "Note"},
    "size": {"type": "number", "zh": "数量", "en": "Size"},
    "paid": {"type": "money", "zh": "金额", "en": "Paid"},
    "seen_on": {"type": "date", "zh": "日期", "en": "Seen on"},
    "seen_at": {"type": "datetime", "zh": "时间", "en": "Seen at"},
    "clock": {"type": "time", "zh": "时刻", "en": "Clock"},
    "sure": {"type": "boolean", "zh": "确定", "en": "Sure"},
    "colour": {
        "type": "choice", "zh": "颜色", "en": "Colour",
        "choices": [{"value": "red", "zh": "红", "en": "Red"}, {"value": "blue", "zh": "蓝", "en": "Blue"}],
    },
    "tags": {
        "type": "choices", "zh": "标记", "en": "Tags",
        "choices": [{"value": "new", "zh": "新", "en": "New"}, {"value": "old", "zh": "旧", "en": "Old"}],
    },
    "phone": {"type": "phone", "zh": "电话", "en": "Phone", "personal": True},
    "rows": {"type": "list", "zh": "要求", "en": "Rows", "of": ["row_text", "row_done"]},
    "row_text": {"type": "text", "zh": "内容", "en": "Text"},
    "row_done": {"type": "boolean", "zh": "办了", "en": "Done"},
    "proof": {"type": "evidence", "zh": "证据", "en": "Proof"},
}  # fmt: skip


def as_yaml(data: Any) -> bytes:
    """A YAML file."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode()


def bundle(diagram: bytes | None = None, *, manifest: Mapping[str, Any] | None = None, fields: Mapping[str, Any] | None = None,
           files: Mapping[str, bytes | None] | None = None) -> Bundle:  # fmt: skip
    """The small procedure with some of its parts replaced; a file given as None is left out."""
    contents: dict[str, bytes | None] = {
        "procedure.yaml": as_yaml({**MANIFEST, **(manifest or {})}),
        "fields.yaml": as_yaml({**FIELDS, **(fields or {})}),
        "main.bpmn": diagram or simple(),
        "forms/do_it.form": form(field("textfield", "subject"), field("number", "size"), field("select", "colour")),
        **(files or {}),
    }
    return Bundle({path: data for path, data in contents.items() if data is not None})


def rules(found: Iterable[Finding]) -> set[str]:
    """The rules that the findings name."""
    return {finding.rule for finding in found}


def findings(*args: Any, **kwargs: Any) -> list[Finding]:
    """The findings of the small procedure with parts replaced."""
    return told(check(bundle(*args, **kwargs)))


def told(found: Iterable[Finding]) -> list[Finding]:
    """The findings without the one that all these diagrams share: they are written as chains, never drawn."""
    return [finding for finding in found if finding.rule != "no-drawing"]
