"""Rules about choosing a way: conditions where they decide, and nowhere else."""

from __future__ import annotations

from lxml import etree

from engine.domain.text import Text
from engine.procedure.check.drawing.mending import ask, otherwise
from engine.procedure.check.subject import Drawings, Flow, Graph, title
from engine.procedure.diagrams.markup import GATEWAYS, children, local, text_of
from engine.procedure.findings import Mending

CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})


def check_routing(subject: Drawings) -> None:
    """The flows that leave each node."""
    for graph, node in subject.nodes():
        leaving = graph.out(str(node.get("id")))
        if local(node) in CHOOSING:
            _check_choice(subject, graph, node, leaving)
        else:
            _check_conditions_elsewhere(subject, graph, node, leaving)
        if local(node) in GATEWAYS:
            _check_order(subject, graph, node)
        if local(node) not in GATEWAYS and len(graph.begun(str(node.get("id")))) > 1:
            subject.error(
                "several-flows", graph.sheet.place(node), f"“{title(node)}”有不止一条出线。",
                f'More than one flow leaves "{title(node)}".',
                "请在它后面加一个判断。", "Put a gateway behind it.",
            )  # fmt: skip


def _check_order(subject: Drawings, graph: Graph, gateway: etree._Element) -> None:
    """The order in which ways are tried is that of the gateway's own list; a list that is not whole leaves it open."""
    listed, leaving = [text_of(reference) for reference in children(gateway, "outgoing")], graph.begun(str(gateway.get("id")))
    if listed and len(leaving) > 1 and sorted(listed) != sorted(flow.id for flow in leaving):
        subject.error(
            "flow-order", graph.sheet.place(gateway), f"判断“{title(gateway)}”列出的出线和画的不一致，先后次序不明。",
            f'The outgoing flows listed at "{title(gateway)}" differ from those drawn; their order is unknown.',
            "请把出线重新接一次再保存。", "Join its outgoing flows again and save.",
        )  # fmt: skip


def _check_choice(subject: Drawings, graph: Graph, gateway: etree._Element, leaving: list[Flow]) -> None:
    default = gateway.get("default")
    begun = graph.begun(str(gateway.get("id")))
    ways, settled = len(begun), default in {flow.id for flow in begun}
    if default and not settled:
        subject.error(
            "default-flow", graph.sheet.place(gateway), f"判断“{title(gateway)}”的“其他情况走的连线”不是它的出线。",
            f'The default flow of "{title(gateway)}" does not leave it.', "请重新指定其他情况走哪条。",
            "Choose the default flow again.", _last(graph, gateway, leaving),
        )  # fmt: skip
    for flow in leaving:
        if ways > 1 and not flow.condition and flow.id != default:
            subject.error(
                "no-condition", graph.sheet.place(flow.element),
                f"从“{title(gateway)}”到“{title(graph.nodes[flow.target])}”的连线没有条件。",
                f'The flow from "{title(gateway)}" to "{title(graph.nodes[flow.target])}" has no condition.',
                "请写条件，或让它成为“其他情况走的连线”。", "Write a condition, or make it the default flow.",
                ask(flow.id, "conditionExpression", "去写条件", "Write a condition")
                if settled else otherwise(gateway.get("id"), flow.id, title(graph.nodes[flow.target])),
            )  # fmt: skip
    if leaving and not settled and all(flow.condition for flow in leaving):
        subject.warning(
            "no-default", graph.sheet.place(gateway), f"判断“{title(gateway)}”没有写明其他情况走哪条，条件都不成立时个案会停住。",
            f'"{title(gateway)}" has no default flow; when no condition holds a case stops.',
            "请选一条作为“其他情况走的连线”。", "Make one of its flows the default.", _last(graph, gateway, leaving),
        )  # fmt: skip


def _last(graph: Graph, gateway: etree._Element, leaving: list[Flow]) -> Mending | None:
    """What is tried last is what is left when nothing else holds."""
    return otherwise(gateway.get("id"), leaving[-1].id, title(graph.nodes[leaving[-1].target])) if leaving else None


def _check_conditions_elsewhere(subject: Drawings, graph: Graph, node: etree._Element, leaving: list[Flow]) -> None:
    for flow in leaving:
        if flow.condition:
            subject.error(
                "condition-without-gateway", graph.sheet.place(flow.element),
                f"“{title(node)}”的出线带条件，只有判断的出线可以。",
                f'A flow that leaves "{title(node)}" has a condition; only those of exclusive and inclusive gateways may.',
                "请在中间加一个“判断（只走一条）”。", "Put an exclusive gateway between.",
                Mending("condition", Text("去掉条件", "Take the condition away"), flow.id),
            )  # fmt: skip
