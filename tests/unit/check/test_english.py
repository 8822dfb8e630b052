"""What is found is told to a reader of English in the names that the procedure has in English."""

from __future__ import annotations

from engine.procedure import Bundle
from engine.procedure.exchange.examining import findings_of
from tests.installation import REPOSITORY
from tests.redrawing import changed, with_task

FOLDER = REPOSITORY / "processes/complaint"


def test_findings_call_what_is_drawn_by_its_english_name() -> None:
    shipped = Bundle({str(file.relative_to(FOLDER)): file.read_bytes() for file in FOLDER.rglob("*") if file.is_file()})
    drawn = with_task(shipped, "assign.bpmn", "flow_propose_department_confirm_assignment", "countersign", role="supervisor")
    undecided = shipped.files["complaint.bpmn"].replace(b'default="', b'isExecuted="', 1)

    found = findings_of(changed(drawn, {"complaint.bpmn": undecided}))

    lacking = next(one for one in found if one.rule == "unknown-form")
    assert lacking.called and (lacking.called.zh, lacking.called.en) == ("加签", "Countersign")
    assert lacking.text.zh.startswith("“加签”") and lacking.text.en.startswith('"Countersign"')
    ways = {one.text.en: one.mending.words.en for one in found if one.rule == "no-condition" and one.mending}
    assert ways['The flow from "Urgent?" to "Not urgent" has no condition.'] == 'In all other cases to "Not urgent"'
