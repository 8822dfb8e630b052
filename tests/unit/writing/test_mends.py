"""The mends that the check offers, each pressed: the finding is gone and nothing else has changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.domain.text import Text
from engine.procedure import Bundle, load_folder
from engine.procedure.check import check
from engine.procedure.findings import Mending
from engine.procedure.reading import Memory
from engine.procedure.writing.mends import can_be_written, mended

SHIPPED = load_folder(Path(__file__).parents[3] / "processes/complaint")
MEMORY = Memory()
WORDS = Text("改", "Mend")
#: What goes wrong in which file, and the rule that tells of it with a mend that writes the file as it was.
SLIPS = {
    "a role in a drawing": ("approve.bpmn", rb'name="role" value="manager"', rb'name="role" value="manger"', "unknown-role"),
    "a limit of a task": ("assign.bpmn", rb'(name="(?:limit|stops|opens)" value=")(\w+)', rb"\1\2x", "unknown-limit"),
    "a called process": ("complaint.bpmn", rb'calledElement="(\w+)"', rb'calledElement="\1x"', "unknown-process"),
    "a decision": ("approve.bpmn", rb"(<spiffworkflow:calledDecisionId>\w+)<", rb"\1x<", "unknown-decision"),
    "a field in a condition": ("approve.bpmn", rb"approval = ", b"aproval = ", "unknown-name"),
    "a task of no type": ("approve.bpmn", rb"(?s)<bpmn:userTask(.*?)/bpmn:userTask>", rb"<bpmn:task\1/bpmn:task>", "unsupported"),
    "a row of the limits": ("limits.dmn", rb">\"hours\"<", b">\"hors\"<", "limits-row"),
    "a question of a form": ("forms/approve_plan.form", rb'"key": "approval"', b'"key": "aproval"', "form-key"),
    "a document": ("documents.yaml", rb'(closing: {zh: ")\{printed_on\}', rb"\1{printed_onn}", "document-place"),
    "a name in the settings": ("procedure.yaml", rb"(?m)^owner: (\w+)", rb"owner: \1x", "manifest-reference"),
    "an answer": ("scenarios/answers.yaml", rb"(?m)^  approval:", b"  aproval:", "answer-key"),
    "a field that is not kept": ("fields.yaml", rb"(?m)^(severity: .*)keep: true, ", rb"\1", "keep"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_mend_writes_what_was_meant(slip: str) -> None:
    path, pattern, instead, rule = SLIPS[slip]
    before = SHIPPED.files[path]
    broken = re.sub(pattern, instead, before, count=1)
    assert broken != before
    bundle = Bundle({**SHIPPED.files, path: broken})
    (finding, *_) = [one for one in check(bundle, MEMORY) if one.rule == rule]
    assert finding.mending is not None and can_be_written(finding.file, finding.mending)

    content = mended(finding.file, bundle.files[finding.file], finding.mending)

    assert content is not None
    assert [one for one in check(Bundle({**bundle.files, finding.file: content}), MEMORY) if one.rule == rule] == []
    assert finding.file != path or len(content) in range(len(before) - 2, len(before) + 20)


def test_what_is_not_there_any_more_is_not_mended() -> None:
    content = SHIPPED.files["approve.bpmn"]

    for mending in (
        Mending("property", WORDS, "nobody", "role", "manager"),
        Mending("condition", WORDS, "approve_plan_manager"),
        Mending("word", WORDS, None, "never_said", "something"),
        Mending("move", WORDS, "approve_plan_manager", "", "10,0"),
    ):
        assert mended("approve.bpmn", content, mending) is None


def test_the_way_that_all_other_cases_take_has_no_condition_any_more() -> None:
    flow = "flow_who_approves_approve_plan_manager"
    drawn = SHIPPED.files["approve.bpmn"]
    (before,) = re.findall(rb'<bpmn:sequenceFlow id="%b".*?</bpmn:sequenceFlow>' % flow.encode(), drawn, re.DOTALL)
    assert b"conditionExpression" in before

    written = mended("approve.bpmn", drawn, Mending("default", WORDS, "who_approves", value=flow)) or b""

    assert f'id="who_approves" name="谁批示?" default="{flow}"'.encode() in written
    assert written.count(b"conditionExpression") == drawn.count(b"conditionExpression") - 2
