"""A procedure changed as an owner would change it: a limit, an inserted task, a further question."""

from __future__ import annotations

import json
from collections.abc import Mapping

from lxml import etree

from engine.procedure import Bundle

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"


def changed(bundle: Bundle, files: Mapping[str, bytes]) -> Bundle:
    """The bundle with other files in place of those named."""
    return Bundle({**bundle.files, **files})


def with_cell(bundle: Bundle, file: str, cell_id: str, text: str) -> Bundle:
    """Another text in one cell of a table."""
    root = etree.fromstring(bundle.files[file])
    (cell,) = root.xpath("//*[@id=$id]/*[local-name()='text']", id=cell_id)
    cell.text = text
    return changed(bundle, {file: etree.tostring(root)})


def with_task(bundle: Bundle, file: str, flow_id: str, task_id: str, **properties: str) -> Bundle:
    """A user task drawn into a sequence flow, in the lane of what the flow comes from."""
    root = etree.fromstring(bundle.files[file])
    (flow,) = root.xpath("//*[local-name()='sequenceFlow'][@id=$id]", id=flow_id)
    source, target = flow.get("sourceRef"), flow.get("targetRef")
    process = flow.getparent()
    task = etree.SubElement(process, f"{{{BPMN}}}userTask", id=task_id, name="加签")
    kept = etree.SubElement(etree.SubElement(task, f"{{{BPMN}}}extensionElements"), f"{{{SPIFF}}}properties")
    for name, value in {"name_en": "Countersign", **properties}.items():
        etree.SubElement(kept, f"{{{SPIFF}}}property", name=name, value=value)
    etree.SubElement(task, f"{{{BPMN}}}incoming").text = flow_id
    etree.SubElement(task, f"{{{BPMN}}}outgoing").text = f"{flow_id}_on"
    etree.SubElement(process, f"{{{BPMN}}}sequenceFlow", id=f"{flow_id}_on", sourceRef=task_id, targetRef=target)
    flow.set("targetRef", task_id)
    (incoming,) = [each for each in root.xpath("//*[@id=$id]/*[local-name()='incoming']", id=target) if each.text == flow_id]
    incoming.text = f"{flow_id}_on"
    (named,) = [each for each in root.iter(f"{{{BPMN}}}flowNodeRef") if each.text == source]
    etree.SubElement(named.getparent(), f"{{{BPMN}}}flowNodeRef").text = task_id
    return changed(bundle, {file: etree.tostring(root)})


def with_question(bundle: Bundle, form: str, key: str, kind: str, *, required: bool) -> Bundle:
    """A further question at the end of a form, with a field of its own."""
    path = f"forms/{form}.form"
    drawn = json.loads(bundle.files[path])
    asked = {"type": kind, "id": f"field_{key}", "key": key, "label": "新问题", "properties": {"label_en": "New question"}}
    drawn["components"].append({**asked, "validate": {"required": required}})
    field = f"\n{key}: {{type: text, zh: 新问题, en: New question, keep: true}}\n".encode()
    return changed(bundle, {path: json.dumps(drawn).encode(), "fields.yaml": bundle.files["fields.yaml"] + field})


def without_way_on(bundle: Bundle, file: str, gateway_id: str) -> Bundle:
    """A gateway none of whose flows is ever taken."""
    root = etree.fromstring(bundle.files[file])
    (gateway,) = root.xpath("//*[@id=$id]", id=gateway_id)
    gateway.attrib.pop("default", None)
    for flow in root.xpath("//*[local-name()='sequenceFlow'][@sourceRef=$id]", id=gateway_id):
        for condition in list(flow):
            flow.remove(condition)
        etree.SubElement(flow, f"{{{BPMN}}}conditionExpression").text = "1 = 2"
    return changed(bundle, {file: etree.tostring(root)})
