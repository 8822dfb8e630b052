"""What the preview of a move says is missing: asked where the case has been, or looked up where it will come."""

from __future__ import annotations

import json
from typing import Any

from engine.commands import incidents
from tests.engine.incidents.conftest import FailingOffice
from tests.engine.small import FIELDS
from tests.published import publish
from tests.unit.workflow import drawing as d

MORE = {
    "colour": {"type": "text", "zh": "颜色", "en": "Colour"},
    "reason": {"type": "text", "zh": "缘由", "en": "Reason"},
    "urgent": {"type": "boolean", "zh": "紧急", "en": "Urgent"},
    "weight": {"type": "number", "zh": "重量", "en": "Weight", "keep": True},
    "stamp": {"type": "text", "zh": "盖章", "en": "Stamp", "keep": True},
    "price": {"type": "number", "zh": "价钱", "en": "Price"},
}

DEAR = d.node("businessRuleTask", "dear", extensions="<spiffworkflow:calledDecisionId>dear</spiffworkflow:calledDecisionId>")
STAMPED = d.node("scriptTask", "stamped", '<bpmn:script>stamp = "yes"</bpmn:script>')


def asked(kind: str, key: str, hide: str = "", required: bool = True) -> dict[str, Any]:
    """A part of a form."""
    conditional = {"conditional": {"hide": hide}} if hide else {}
    return {"type": kind, "id": key, "key": key, "label": key, "validate": {"required": required}, **conditional}


def asking_more(office: FailingOffice) -> str:
    """A version in which taking down asks more, a stamp is set before weighing, and a table then needs both."""

    def change(files: dict[str, str]) -> dict[str, str]:
        form = json.loads(files["forms/take_down.form"])
        form["components"] += [
            asked("textfield", "colour"),
            asked("textfield", "reason", "=size = null"),
            asked("checkbox", "urgent", required=False),
            asked("textfield", "phone", "=urgent = false"),
            asked("number", "weight", required=False),
        ]
        drawn = d.diagram(
            "small",
            d.begin(), d.user("take_down", role="boss"), STAMPED, d.user("weigh", role="boss"), DEAR, d.end("weighed"),
            d.boundary("hour_over", "weigh", d.timer("PT1H")), d.end("never"),
            d.path("begun", "take_down", "stamped", "weigh", "dear", "weighed"), d.path("hour_over", "never"),
        )  # fmt: skip
        table = d.table("dear", "FIRST", ["weight", "stamp", "size"], ["price"], [["-", "-", "-", "1"]])
        fields = {**FIELDS, **MORE, "phone": {"type": "text", "zh": "电话", "en": "Phone"}}
        return {
            "forms/take_down.form": json.dumps(form),
            "fields.yaml": json.dumps(fields),
            "small.bpmn": drawn,
            "dear.dmn": table,
        }

    return publish(office.application, "small", change)


def test_what_the_case_was_not_asked_and_what_later_steps_look_up_is_told(office: FailingOffice) -> None:
    case_id, _ = office.take_down("灯不亮")
    version_id = asking_more(office)

    moved = office.execute(incidents.MigrateCase(case_id, version_id, "", dry_run=True), office.administrator_id)

    told = [(one.field.zh, one.step and one.step.zh, one.later and one.later.zh, one.perhaps) for one in moved.preview.missing]
    assert told == [
        ("颜色", "take_down", None, False),
        ("电话", "take_down", None, True),
        ("重量", "take_down", "dear", False),
        ("盖章", None, "dear", False),
    ]


def test_nothing_is_missing_where_the_version_asks_nothing_else(office: FailingOffice) -> None:
    case_id, _ = office.take_down("灯不亮")
    version_id = office.rename('name="weigh"', 'name="称重"')

    moved = office.execute(incidents.MigrateCase(case_id, version_id, "", dry_run=True), office.administrator_id)

    assert moved.preview.missing == ()
