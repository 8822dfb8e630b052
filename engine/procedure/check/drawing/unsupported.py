"""Rules about what the engine does not run: refused with the element's name and what to use instead."""

from __future__ import annotations

from lxml import etree

from engine.domain.text import Text
from engine.procedure.check.subject import Subject, title
from engine.procedure.diagrams.markup import BPMN, NODES, children, is_bpmn, local, text_of
from engine.procedure.diagrams.reader import Sheet

_USER_TASK = Text("请改用用户任务、服务任务或脚本任务。", "Use a user task, service task or script task.")
_MESSAGE = Text("请改用消息事件，通知用服务任务 notify。", "Use a message event; for telling people, the service task notify.")
_BOUNDARY = Text("请改用子流程上的边界事件。", "Use a boundary event on a subprocess.")
_PLAIN = Text("请改用普通子流程。", "Use a plain subprocess.")
_FIELDS = Text("请删去；值都在词汇表的字段里。", "Delete it; values live in the fields of the vocabulary.")
_REVERSE = Text("请把补救画成普通步骤。", "Draw the remedy as ordinary steps.")
_FLOW = Text("请直接画连线。", "Draw a sequence flow instead.")
_GATEWAY = Text("请改用排他、包容或并行网关。", "Use an exclusive, inclusive or parallel gateway.")
_DELETE = Text("请删去。", "Delete it.")

#: BPMN name: what to use instead.
REFUSED = {
    "task": _USER_TASK, "manualTask": _USER_TASK, "sendTask": _MESSAGE, "receiveTask": _MESSAGE,
    "complexGateway": _GATEWAY, "adHocSubProcess": _PLAIN, "transaction": _PLAIN,
    "compensateEventDefinition": _REVERSE, "cancelEventDefinition": _REVERSE, "linkEventDefinition": _FLOW,
    "dataObject": _FIELDS, "dataObjectReference": _FIELDS, "dataStoreReference": _FIELDS, "ioSpecification": _FIELDS,
    "dataInputAssociation": _FIELDS, "dataOutputAssociation": _FIELDS, "property": _FIELDS,
    "correlationProperty": _DELETE, "correlationSubscription": _DELETE, "correlationKey": _DELETE,
    "choreography": _DELETE, "globalChoreographyTask": _DELETE, "globalUserTask": _DELETE, "globalScriptTask": _DELETE,
    "globalBusinessRuleTask": _DELETE, "globalManualTask": _DELETE, "globalTask": _DELETE, "globalConversation": _DELETE,
    "choreographyTask": _DELETE, "subChoreography": _DELETE, "callChoreography": _DELETE,
}  # fmt: skip
EVENT_SUBPROCESS = "triggeredByEvent"


def check_unsupported(subject: Subject) -> None:
    """Every BPMN element of every sheet."""
    for sheet in subject.reading.sheets:
        for element in sheet.root.iter(f"{{{BPMN}}}*"):
            mend = REFUSED.get(local(element))
            if mend is not None:
                _refuse(subject, sheet, element, local(element), mend)
            if element.get(EVENT_SUBPROCESS) == "true":
                _refuse(subject, sheet, element, EVENT_SUBPROCESS, _BOUNDARY)
            if element.get("isForCompensation") == "true":
                _refuse(subject, sheet, element, "isForCompensation", _REVERSE)
        for loop in sheet.root.iter(f"{{{BPMN}}}multiInstanceLoopCharacteristics"):
            _check_multi_instance(subject, sheet, loop)
        for loop in sheet.root.iter(f"{{{BPMN}}}standardLoopCharacteristics"):
            _check_loop(subject, sheet, loop)


def _refuse(subject: Subject, sheet: Sheet, element: etree._Element, what: str, mend: Text) -> None:
    node = _named(element)
    text = Text(f"“{title(node)}”用了引擎不运行的 {what}。", f'"{title(node)}" uses {what}, which the engine does not run.')
    subject.findings.error("unsupported", sheet.place(node), text, mend)


def _named(element: etree._Element) -> etree._Element:
    """The element itself when it is one that people see, else the node it belongs to."""
    parent = element.getparent()
    inner = not element.get("id") or local(element).endswith("EventDefinition") or local(element) == "ioSpecification"
    return parent if inner and parent is not None and local(parent) in NODES else element


def _check_loop(subject: Subject, sheet: Sheet, loop: etree._Element) -> None:
    node = loop.getparent()
    if node is not None and not loop.get("loopMaximum") and not any(map(text_of, children(loop, "loopCondition"))):
        subject.error(
            "endless-loop", sheet.place(node), f"“{title(node)}”会一直重复下去。", f'"{title(node)}" is repeated for ever.',
            "请写明重复的条件或最多次数。", "Give the condition for repeating, or the most times.",
        )  # fmt: skip


def _check_multi_instance(subject: Subject, sheet: Sheet, loop: etree._Element) -> None:
    node = loop.getparent()
    if node is None:
        return
    parts = {local(child): child for child in loop if is_bpmn(child)}
    place, name = sheet.place(node), title(node)
    foreign = sorted(str(key) for key in loop.attrib if "camunda" in str(key) or "zeebe" in str(key))
    if foreign:
        subject.error(
            "multi-instance", place, f"多实例“{name}”带有别的引擎的属性。",
            f'The multi-instance "{name}" has attributes of another engine.',
            "请在属性栏重新填写集合。", "Fill in the collection again in the properties panel.",
        )  # fmt: skip
    if "completionCondition" in parts:
        subject.error(
            "multi-instance", place, f"多实例“{name}”带有提前结束的条件。",
            f'The multi-instance "{name}" has a completion condition.',
            "请删去条件，在它后面用网关判断。", "Delete the condition and decide with a gateway behind it.",
        )  # fmt: skip
    _check_collections(subject, sheet, node, {key: text_of(part) for key, part in parts.items()})


def _check_collections(subject: Subject, sheet: Sheet, node: etree._Element, parts: dict[str, str]) -> None:
    place, name = sheet.place(node), title(node)
    taken, given = parts.get("loopDataInputRef"), parts.get("loopDataOutputRef")
    if not taken and not parts.get("loopCardinality"):
        subject.error(
            "multi-instance", place, f"多实例“{name}”没有说对什么重复。",
            f'The multi-instance "{name}" does not say over what it repeats.',
            "请填集合或次数。", "Give a collection or a number.",
        )  # fmt: skip
    if taken and taken == given:
        subject.error(
            "multi-instance", place, f"多实例“{name}”的结果列表就是它的来源列表。",
            f'The result list of "{name}" is the list it repeats over.',
            "请另用一个字段收结果。", "Collect the results in another field.",
        )  # fmt: skip
