"""Rules about the shape of a drawing: starts, ends, and flows that lead somewhere."""

from __future__ import annotations

from lxml import etree

from engine.procedure.check.subject import Graph, Subject, title
from engine.procedure.diagrams.markup import local


def check_shape(subject: Subject) -> None:
    """Every process and embedded subprocess."""
    for graph in subject.graphs:
        _check_starts(subject, graph)
        _check_flows(subject, graph)
        _check_boundaries(subject, graph)
        for node in graph.nodes.values():
            _check_ends(subject, graph, node)
        _check_reach(subject, graph)


def _check_starts(subject: Subject, graph: Graph) -> None:
    place, name = graph.sheet.place(graph.container), title(graph.container)
    plain = [start for start in graph.starts if not _definitions(graph.nodes[start])]
    if not graph.starts:
        subject.error(
            "no-start", place, f"“{name}”没有开始事件。", f'"{name}" has no start event.',
            "请加一个开始事件。", "Add a start event.",
        )  # fmt: skip
    elif len(plain) > 1 or (local(graph.container) != "process" and len(graph.starts) > 1):
        subject.error(
            "several-starts", place, f"“{name}”有不止一个开始事件。", f'"{name}" has more than one start event.',
            "请只留一个。", "Keep one.",
        )  # fmt: skip
    elif local(graph.container) != "process" and not plain:
        subject.error(
            "subprocess-start", place, f"子流程“{name}”的开始事件不能带触发条件。",
            f'The start event of "{name}" may not have a trigger.',
            "请改成普通开始事件。", "Make it a plain start event.",
        )  # fmt: skip
    if not graph.of_kind("endEvent"):
        subject.error(
            "no-end", place, f"“{name}”没有结束事件。", f'"{name}" has no end event.', "请加一个结束事件。", "Add an end event.",
        )  # fmt: skip


def _check_flows(subject: Subject, graph: Graph) -> None:
    for flow in graph.drawn:
        if flow.source not in graph.nodes or flow.target not in graph.nodes:
            lost = flow.source if flow.source not in graph.nodes else flow.target
            subject.error(
                "dangling-flow", graph.sheet.place(flow.element),
                f"连线“{title(flow.element)}”的一端“{lost}”不在这一层。",
                f'One end of the flow "{title(flow.element)}", "{lost}", is not on this level.',
                "请把两端都接到同一层的元素上，或删去这条线。", "Join both ends to elements of this level, or delete the flow.",
            )  # fmt: skip


def _check_boundaries(subject: Subject, graph: Graph) -> None:
    for node in graph.of_kind("boundaryEvent"):
        host = graph.nodes.get(str(node.get("attachedToRef")))
        if host is None:
            subject.error(
                "boundary-host", graph.sheet.place(node), f"边界事件“{title(node)}”没有贴在任务上。",
                f'The boundary event "{title(node)}" is attached to nothing.',
                "请把它拖到任务、调用或子流程的边上。", "Drag it onto the border of a task, call or subprocess.",
            )  # fmt: skip


def _check_ends(subject: Subject, graph: Graph, node: etree._Element) -> None:
    own, name, place = str(node.get("id")), title(node), graph.sheet.place(node)
    if local(node) == "endEvent" and graph.out(own):
        subject.error(
            "end-goes-on", place, f"结束事件“{name}”之后还有连线。", f'A flow leaves the end event "{name}".',
            "请删去这条线，或改用中间事件。", "Delete the flow, or use an intermediate event.",
        )  # fmt: skip
    if local(node) in ("startEvent", "boundaryEvent") and graph.into(own):
        subject.error(
            "flow-into-start", place, f"连线不能进入“{name}”。", f'No flow may enter "{name}".',
            "请把线接到后面的元素上。", "Join the flow to the element after it.",
        )  # fmt: skip
    if local(node) != "endEvent" and not graph.out(own):
        subject.error(
            "dead-end", place, f"“{name}”之后没有连线，个案会停在这里。", f'No flow leaves "{name}"; a case would stop there.',
            "请接到下一步或结束事件。", "Join it to the next step or to an end event.",
        )  # fmt: skip


def _check_reach(subject: Subject, graph: Graph) -> None:
    if not graph.starts:
        return
    for own in sorted(set(graph.nodes) - graph.reachable(graph.starts)):
        node = graph.nodes[own]
        subject.error(
            "out-of-reach", graph.sheet.place(node), f"从开始走不到“{title(node)}”。",
            f'"{title(node)}" cannot be reached from the start.', "请把它接进流程，或删去。",
            "Join it to the flow, or delete it.",
        )  # fmt: skip


def _definitions(node: etree._Element) -> list[etree._Element]:
    return [child for child in node if local(child).endswith("EventDefinition")]
