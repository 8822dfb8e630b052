"""Rules about messages, signals, errors and escalations: defined in the file, and sent by somebody."""

from __future__ import annotations

from lxml import etree

from engine.procedure.check.manifest import BEGINS, PROPOSALS
from engine.procedure.check.subject import Graph, Subject, title
from engine.procedure.diagrams.markup import children, local
from engine.procedure.diagrams.reader import Sheet
from engine.procedure.diff.kinds import KINDS

#: Event definition: its reference, and the root element it points to.
POINTERS = {
    "messageEventDefinition": ("messageRef", "message"),
    "signalEventDefinition": ("signalRef", "signal"),
    "errorEventDefinition": ("errorRef", "error"),
    "escalationEventDefinition": ("escalationRef", "escalation"),
}
#: Without a reference these catch every error and every escalation.
OPEN = frozenset({"errorRef", "escalationRef"})
CATCHING = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})


def check_messages(subject: Subject) -> None:
    """Every event that refers to a message, signal, error or escalation."""
    caught, thrown = message_names(subject, catching=True), message_names(subject, catching=False)
    sent = thrown | {action.message for action in subject.reading.actions.values() if action.message}
    begun = subject.reading.manifest.source.mapping(PROPOSALS).get(BEGINS)
    for graph, node in subject.nodes(
        "startEvent", "intermediateCatchEvent", "boundaryEvent", "intermediateThrowEvent", "endEvent"
    ):
        for definition in node:
            if local(definition) in POINTERS:
                _check_reference(subject, graph, node, definition)
        name = _message_name(graph.sheet, node)
        if name and local(node) in CATCHING and name not in sent and node.get("id") != begun:
            subject.warning(
                "message-unsent", graph.sheet.place(node), f"没有人发出消息“{name}”。", f'Nobody sends the message "{name}".',
                "请在 procedure.yaml 的 actions 里加一个动作，或画一个抛出它的事件。",
                "Add an action to procedure.yaml, or draw an event that throws it.",
            )  # fmt: skip
    for key, action in subject.reading.actions.items():
        if action.message and action.message not in caught:
            subject.error(
                "message-unheard", subject.reading.manifest.source.place("actions", key, "message"),
                f"没有图在等动作“{key}”的消息“{action.message}”。",
                f'No diagram waits for "{action.message}", which the action "{key}" sends.',
                "请画一个接收它的事件，或改消息名。", "Draw an event that receives it, or correct the name.",
            )  # fmt: skip


def message_names(subject: Subject, catching: bool) -> set[str]:
    """The names of the messages that events catch, or throw."""
    names = (_message_name(graph.sheet, node) for graph, node in subject.nodes() if (local(node) in CATCHING) is catching)
    return {name for name in names if name}


def _message_name(sheet: Sheet, node: etree._Element) -> str | None:
    references = {definition.get("messageRef") for definition in children(node, "messageEventDefinition")}
    return next((m.get("name") for m in children(sheet.root, "message") if m.get("id") in references), None)


def _check_reference(subject: Subject, graph: Graph, node: etree._Element, definition: etree._Element) -> None:
    attribute, kind = POINTERS[local(definition)]
    reference = definition.get(attribute)
    if not reference and attribute in OPEN:
        return
    target = next((found for found in children(graph.sheet.root, kind) if found.get("id") == reference), None)
    if target is None or not (target.get("name") or "").strip():
        subject.error(
            f"unknown-{kind}", graph.sheet.place(node), f"事件“{title(node)}”没有选定有名称的{KINDS[kind].zh}。",
            f'The event "{title(node)}" points to no {kind} with a name.',
            "请在属性栏选择或新建，并取名。", "Choose or make one in the properties panel, and name it.",
        )  # fmt: skip
