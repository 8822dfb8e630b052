"""What a plain BPMN editor does to a file of the shipped procedure: it knows no lanes' roles and no properties of ours."""

from __future__ import annotations

import re

FLOW = "flow_confirm_assignment_acknowledge_dispatch"
TASK = f"""<bpmn:userTask id="Activity_1Ab" name="复核派单">
  <bpmn:incoming>{FLOW}</bpmn:incoming><bpmn:outgoing>Flow_0x1</bpmn:outgoing></bpmn:userTask>
<bpmn:sequenceFlow id="Flow_0x1" sourceRef="Activity_1Ab" targetRef="acknowledge_dispatch" /></bpmn:process>"""


def with_task(diagram: bytes) -> bytes:
    """A user task between confirming the assignment and acknowledging the dispatch: no lane, no role, no form, no limit."""
    text = diagram.decode().replace(f"<bpmn:incoming>{FLOW}</bpmn:incoming>", "<bpmn:incoming>Flow_0x1</bpmn:incoming>")
    text = re.sub(rf'(<bpmn:sequenceFlow id="{FLOW}"[^>]*)targetRef="[^"]*"', r'\1targetRef="Activity_1Ab"', text)
    return text.replace("</bpmn:process>", TASK).encode()
