"""Rules about what the engine does not run: refused with the element's name and what to use instead."""

from __future__ import annotations

from lxml import etree

from engine.domain.text import Text
from engine.procedure.check.drawing.mending import done_by_a_person
from engine.procedure.check.subject import Drawings, title
from engine.procedure.diagrams.markup import BPMN, NODES, children, is_bpmn, local, text_of
from engine.procedure.diagrams.reader import Sheet

_USER_TASK = Text("由人来做的请改成人工任务，由系统来做的请改成自动任务。", "Use a user task, service task or script task.")
_MESSAGE = Text("请改用消息事件，通知用自动任务 notify。", "Use a message event; for telling people, the service task notify.")
_BOUNDARY = Text("请改用子流程上的边界事件。", "Use a boundary event on a subprocess.")
_PLAIN = Text("请改用普通子流程。", "Use a plain subprocess.")
_FIELDS = Text("请删去；值都在词汇表的字段里。", "Delete it; values live in the fields of the vocabulary.")
_REVERSE = Text("请把补救画成普通步骤。", "Draw the remedy as ordinary steps.")
_FLOW = Text("请直接画连线。", "Draw a sequence flow instead.")
_GATEWAY = Text(
    "请改用“判断（只走一条）”“多选（走满足的各条）”或“并行（条条都走）”。", "Use an exclusive, inclusive or parallel gateway."
)
_DELETE = Text("请删去。", "Delete it.")

_CALLED = Text("请画成单独的流程，再用“调用流程”来调用。", "Draw it as a process of its own, and call that.")
_VALUES = Text("请删去；人工任务填写和读取词汇表的字段。", "Delete them; user tasks write and read the fields of the vocabulary.")
_CHOICE = Text("请画成普通流程：谁做什么、先后次序。", "Draw it as an ordinary process: who does what, in which order.")

#: BPMN name: what people call it, and what to use instead.
REFUSED = {
    "task": (Text("没有选由谁做的任务", "a task without a type"), _USER_TASK),
    "manualTask": (Text("手工任务", "a manual task"), _USER_TASK),
    "sendTask": (Text("发送任务", "a send task"), _MESSAGE),
    "receiveTask": (Text("接收任务", "a receive task"), _MESSAGE),
    "complexGateway": (Text("复杂判断", "a complex gateway"), _GATEWAY),
    "adHocSubProcess": (Text("即席子流程", "an ad-hoc subprocess"), _PLAIN),
    "transaction": (Text("事务子流程", "a transaction"), _PLAIN),
    "compensateEventDefinition": (Text("补偿事件", "a compensation event"), _REVERSE),
    "cancelEventDefinition": (Text("取消事件", "a cancel event"), _REVERSE),
    "linkEventDefinition": (Text("链接事件", "a link event"), _FLOW),
    "dataObject": (Text("数据对象", "a data object"), _FIELDS),
    "dataObjectReference": (Text("数据对象", "a data object"), _FIELDS),
    "dataStoreReference": (Text("数据存储", "a data store"), _FIELDS),
    "dataInput": (Text("流程的数据输入", "a data input of the process"), _FIELDS),
    "dataOutput": (Text("流程的数据输出", "a data output of the process"), _FIELDS),
    "correlationProperty": (Text("消息关联", "a correlation of messages"), _DELETE),
    "correlationSubscription": (Text("消息关联", "a correlation of messages"), _DELETE),
    "correlationKey": (Text("消息关联", "a correlation of messages"), _DELETE),
    "choreography": (Text("编排图", "a choreography"), _CHOICE),
    "globalConversation": (Text("会话图", "a conversation"), _CHOICE),
    "choreographyTask": (Text("编排任务", "a choreography task"), _CHOICE),
    "subChoreography": (Text("子编排", "a sub-choreography"), _CHOICE),
    "callChoreography": (Text("编排的调用", "a call of a choreography"), _CHOICE),
    "conversation": (Text("会话", "a conversation"), _CHOICE),
    "subConversation": (Text("子会话", "a sub-conversation"), _CHOICE),
    "callConversation": (Text("会话的调用", "a call of a conversation"), _CHOICE),
    **dict.fromkeys(
        ("globalTask", "globalUserTask", "globalScriptTask", "globalBusinessRuleTask", "globalManualTask",
         "globalChoreographyTask"),
        (Text("全局任务", "a global task"), _CALLED),
    ),
}  # fmt: skip
EVENT_SUBPROCESS, COMPENSATION = "triggeredByEvent", "isForCompensation"
#: Attributes that make an element one that is not run.
MARKED = {
    EVENT_SUBPROCESS: (Text("事件子流程", "an event subprocess"), _BOUNDARY),
    COMPENSATION: (Text("补偿用的任务", "an activity for compensation"), _REVERSE),
}
_INPUTS = Text("节点上的输入和输出数据", "inputs and outputs of an element")
#: Written by editors to hold an arrow of data; nobody sees it, and it goes with the arrow.
_PLACEHOLDER = "__targetRef_placeholder"


def check_unsupported(subject: Drawings) -> None:
    """Every BPMN element of every sheet."""
    for sheet in subject.sheets:
        shown = {reference.get("dataObjectRef") for reference in sheet.root.iter(f"{{{BPMN}}}dataObjectReference")}
        for element in sheet.root.iter(f"{{{BPMN}}}*"):
            kind = local(element)
            if kind in REFUSED and not _told_elsewhere(element, kind, shown):
                _refuse(subject, sheet, element, *REFUSED[kind])
            for mark, (what, mend) in MARKED.items():
                if element.get(mark) == "true":
                    _refuse(subject, sheet, element, what, mend)
            if kind in NODES and _has_values(element):
                _refuse(subject, sheet, element, _INPUTS, _VALUES)
        for loop in sheet.root.iter(f"{{{BPMN}}}multiInstanceLoopCharacteristics"):
            _check_multi_instance(subject, sheet, loop)
        for loop in sheet.root.iter(f"{{{BPMN}}}standardLoopCharacteristics"):
            _check_loop(subject, sheet, loop)


def is_event_subprocess(element: etree._Element) -> bool:
    """Whether an element is a subprocess that an event begins: what is said of it is that it is not run."""
    return element.get(EVENT_SUBPROCESS) == "true"


def stands_alone(node: etree._Element) -> bool:
    """Whether BPMN draws such a node without a flow into it or out of it; that it is not run is said already."""
    marked = any(node.get(mark) == "true" for mark in MARKED)
    return marked or any(local(part) in ("compensateEventDefinition", "linkEventDefinition") for part in node)


def _told_elsewhere(element: etree._Element, kind: str, shown: set[str | None]) -> bool:
    """A data object is told where it is drawn, an input of a node at the node."""
    if kind == "dataObject":
        return element.get("id") in shown
    inside = element.getparent()
    holder = None if inside is None else inside.getparent()
    return kind in ("dataInput", "dataOutput") and (holder is None or local(holder) != "process")


def _has_values(node: etree._Element) -> bool:
    """Whether data go into or out of a node by more than an arrow to a data object, which is told at the object."""
    return bool(children(node, "ioSpecification")) or any(own.get("name") != _PLACEHOLDER for own in children(node, "property"))


def _refuse(subject: Drawings, sheet: Sheet, element: etree._Element, what: Text, mend: Text) -> None:
    node = _named(element)
    subject.error(
        "unsupported", sheet.place(node), f"“{title(node)}”：办件时走不了{what.zh}。",
        f'"{title(node)}": the engine does not run {what.en}.', mend.zh, mend.en,
        done_by_a_person(node.get("id")) if mend is _USER_TASK else None,
    )  # fmt: skip


def _named(element: etree._Element) -> etree._Element:
    """The element itself when it is one that people see, else the nearest around it that has an id."""
    event = local(element).endswith("EventDefinition")
    around = (one for one in element.iterancestors() if one.get("id") and (not event or local(one) in NODES))
    return next(around, element) if event or not element.get("id") else element


def _check_loop(subject: Drawings, sheet: Sheet, loop: etree._Element) -> None:
    node = loop.getparent()
    if node is not None and not loop.get("loopMaximum") and not any(map(text_of, children(loop, "loopCondition"))):
        subject.error(
            "endless-loop", sheet.place(node), f"“{title(node)}”会一直重复下去。", f'"{title(node)}" is repeated for ever.',
            "请写明重复的条件或最多次数。", "Give the condition for repeating, or the most times.",
        )  # fmt: skip


def _check_multi_instance(subject: Drawings, sheet: Sheet, loop: etree._Element) -> None:
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
            "请删去条件，在它后面用判断。", "Delete the condition and decide with a gateway behind it.",
        )  # fmt: skip
    _check_collections(subject, sheet, node, {key: text_of(part) for key, part in parts.items()})


def _check_collections(subject: Drawings, sheet: Sheet, node: etree._Element, parts: dict[str, str]) -> None:
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
