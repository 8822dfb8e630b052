"""A small procedure with one carrier of each kind, and the stories that a test gives it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from engine.procedure import Bundle
from tests.unit.procedure.drawing import as_yaml, boundary, bpmn, bundle, chain, end, field, flow, form, node, start, timer, user

STARTS = datetime.fromisoformat("2026-09-30T09:00:00+08:00")
DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
LIMIT = {
    "amount": "1", "unit": '"hours"', "anchor": '"begun_at"', "at_least": "null", "warn_before": "null",
    "told_first": '""', "told_on_breach": '"boss"', "clause": '"K.limit"',
}  # fmt: skip
TODAY = {**LIMIT, "amount": "0", "unit": '"end_of_day"', "at_least": "1200", "clause": '""'}
OPERATOR = (
    '<extensionElements><s:properties><s:property name="clause" value="K.draft"/></s:properties>'
    '<s:serviceTaskOperator id="draft_document"><s:parameters>'
    '<s:parameter id="kind" type="str" value="&quot;slip&quot;"/><s:parameter id="title" type="str" value="&quot;条&quot;"/>'
    "</s:parameters></s:serviceTaskOperator></extensionElements>"
)
RULE = "<extensionElements><s:calledDecisionId>weight</s:calledDecisionId></extensionElements>"
CLAUSES = ("text", "field", "group", "task", "timer", "gate", "row", "limit", "draft", "script")


def table(key: str, policy: str, asked: str, outputs: list[str], rows: list[tuple[str, list[str], str]]) -> bytes:
    """A decision table: each row its test, its results and its annotation."""
    columns = "".join(f'<output id="o_{name}" name="{name}"/>' for name in outputs)
    written = "".join(
        f'<rule id="{key}_{number}"><description>{note}</description><inputEntry><text>{escape(test)}</text></inputEntry>'
        + "".join(f"<outputEntry><text>{escape(cell)}</text></outputEntry>" for cell in cells)
        + "</rule>"
        for number, (test, cells, note) in enumerate(rows, 1)
    )
    return (
        f'<definitions xmlns="{DMN}" id="d_{key}" name="{key}" namespace="n"><decision id="{key}" name="{key}">'
        f'<decisionTable id="t_{key}" hitPolicy="{policy}">'
        f'<input id="i_{key}"><inputExpression><text>{asked}</text></inputExpression></input>{columns}{written}'
        "</decisionTable></decision></definitions>"
    ).encode()


def diagram() -> bytes:
    """fill → weigh → heavy? → inspect → settle → slip → done; half an hour late at fill, somebody looks."""
    nodes = (
        user("fill", form="fill", limit="reply", clause="K.task"),
        f'<businessRuleTask id="weigh" name="称">{RULE}</businessRuleTask>',
        node("exclusiveGateway", "is_heavy", default="f_light", clause="K.gate"),
        user("inspect", form="look", limit="today", clause="K.task"),
        node("exclusiveGateway", "meet"),
        node("scriptTask", "settle", '<script>outcome = "fine"</script>', clause="K.script"),
        f'<serviceTask id="slip" name="出条">{OPERATOR}</serviceTask>',
        boundary("late", "fill", timer('duration("PT30M")'), False).replace(
            "</s:properties>", '<s:property name="clause" value="K.timer"/></s:properties>'
        ),
        user("look", form="look"),
        end("looked"),
    )
    flows = (
        chain("begin", "fill", "weigh", "is_heavy"),
        flow("is_heavy", "inspect", 'colour = "red"'),
        flow("is_heavy", "meet", own="f_light"),
        chain("inspect", "meet", "settle", "slip", "done"),
        chain("late", "look", "looked"),
    )
    return bpmn(start(), end(), *nodes, *flows)


def weighing(*stories: Mapping[str, Any], clauses: Mapping[str, Any] | None = None) -> Bundle:
    """The procedure with these stories."""
    fill = form(
        {"type": "text", "id": "guidance_1", "text": "先称", "properties": {"text_en": "Weigh first", "clause": "K.text"}},
        {
            "type": "group", "id": "group_size", "label": "大小", "properties": {"label_en": "Size", "clause": "K.group"},
            "components": [field("number", "size", properties={"label_en": "Size", "clause": "K.field"})],
        },
        field("textfield", "subject", conditional={"hide": "=size = null or size < 10"}),
        name="fill",
    )  # fmt: skip
    files = {
        "forms/fill.form": fill,
        "forms/look.form": form(field("textarea", "note"), name="look"),
        "forms/do_it.form": None,
        "limits.dmn": table(
            "limits",
            "COLLECT",
            "limit",
            list(LIMIT),
            [('"reply"', list(LIMIT.values()), ""), ('"today"', list(TODAY.values()), "")],
        ),
        "weight.dmn": table(
            "weight",
            "FIRST",
            "size",
            ["colour", "word"],
            [(">= 10", ['"red"', '"heavy"'], "K.row 十斤以上"), ("-", ['"blue"', '"light"'], "")],
        ),
        "clauses.yaml": as_yaml({f"K.{name}": {"zh": name, "en": name} for name in CLAUSES} | dict(clauses or {})),
        "scenarios/answers.yaml": as_yaml({"fill": {"size": "12"}}),
    }
    told = {
        f"scenarios/s{number}.yaml": as_yaml({"scenario": f"故事 {number}", "starts": STARTS, **story})
        for number, story in enumerate(stories, 1)
    }
    manifest = {
        "intake": {"task": "fill"},
        "moments": {"begun_at": {"zh": "开始", "en": "Begun", "once": True}},
        "limits": {"reply": {"zh": "答复", "en": "Reply"}, "today": {"zh": "当天", "en": "Today"}},
        "register": {"outcome": "outcome", "heard_at": "begun_at"},
    }
    fields = {
        "outcome": {"type": "text", "zh": "结果", "en": "Outcome"},
        "word": {"type": "text", "zh": "说法", "en": "Word", "keep": True},
        "size": {"type": "number", "zh": "大小", "en": "Size", "keep": True},
        "subject": {"type": "text", "zh": "事由", "en": "Subject", "keep": True},
        "colour": {
            "type": "choice", "zh": "颜色", "en": "Colour", "keep": True,
            "choices": [{"value": "red", "zh": "红", "en": "Red"}, {"value": "blue", "zh": "蓝", "en": "Blue"}],
        },
    }  # fmt: skip
    return bundle(diagram(), manifest=manifest, fields=fields, files={**files, **told})
