"""Rules about the shape of a drawing: starts, ends, and flows that lead somewhere."""

from __future__ import annotations

from lxml import etree

from engine.procedure.check.drawing.unsupported import is_event_subprocess, stands_alone
from engine.procedure.check.subject import Drawings, Flow, Graph, title
from engine.procedure.diagrams.markup import local


def check_shape(subject: Drawings) -> None:
    """Every process and embedded subprocess."""
    for graph in subject.graphs:
        if not graph.nodes:
            _note_empty(subject, graph)
        elif not is_event_subprocess(graph.container):
            _check_starts(subject, graph)
            _check_end(subject, graph)
        _check_flows(subject, graph)
        _check_boundaries(subject, graph)
        for node in graph.nodes.values():
            _check_ends(subject, graph, node)
        _check_reach(subject, graph)


def _check_starts(subject: Drawings, graph: Graph) -> None:
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


def _check_end(subject: Drawings, graph: Graph) -> None:
    place, name = graph.sheet.place(graph.container), title(graph.container)
    if not graph.of_kind("endEvent"):
        subject.error(
            "no-end", place, f"“{name}”没有结束事件。", f'"{name}" has no end event.', "请加一个结束事件。", "Add an end event.",
        )  # fmt: skip


def _note_empty(subject: Drawings, graph: Graph) -> None:
    zh, en = ("流程", "process") if local(graph.container) == "process" else ("子流程", "subprocess")
    subject.error(
        "empty", graph.sheet.place(graph.container), f"{zh}“{title(graph.container)}”里什么也没有画。",
        f'Nothing is drawn in the {en} "{title(graph.container)}".',
        "请画出里面的步骤，或删去它；别的公司的泳池可以不带流程。",
        "Draw its steps, or delete it; the pool of another company needs no process.",
    )  # fmt: skip


def _check_flows(subject: Drawings, graph: Graph) -> None:
    for flow in graph.drawn:
        lost = [end for end in (flow.source, flow.target) if end not in graph.nodes]
        if lost:
            zh, en = _loose(graph, flow, lost)
            subject.error(
                "dangling-flow", graph.sheet.place(flow.element), zh, en,
                "请把两端都接到同一层的元素上，或删去这条线。", "Join both ends to elements of this level, or delete the flow.",
            )  # fmt: skip


def _loose(graph: Graph, flow: Flow, lost: list[str]) -> tuple[str, str]:
    """The flow is called by the end that it has, because few flows have names."""
    held = next((title(graph.nodes[end]) for end in (flow.source, flow.target) if end in graph.nodes), None)
    if held is None:
        return f"连线“{title(flow.element)}”两端都没有接上。", f'The flow "{title(flow.element)}" is joined to nothing.'
    zh, en = ("通往", "to") if flow.target in graph.nodes else ("离开", "from")
    if not lost[0]:
        return f"{zh}“{held}”的连线有一端没有接上。", f'One end of the flow {en} "{held}" is loose.'
    return f"{zh}“{held}”的连线另一端“{lost[0]}”不在这一层。", (
        f'The other end "{lost[0]}" of the flow {en} "{held}" is not on this level.'
    )


def _check_boundaries(subject: Drawings, graph: Graph) -> None:
    for node in graph.of_kind("boundaryEvent"):
        if _lost_its_host(graph, node):
            subject.error(
                "boundary-host", graph.sheet.place(node), f"边界事件“{title(node)}”没有贴在任务上。",
                f'The boundary event "{title(node)}" is attached to nothing.',
                "请把它拖到任务、调用或子流程的边上。", "Drag it onto the border of a task, call or subprocess.",
            )  # fmt: skip


def _lost_its_host(graph: Graph, node: etree._Element) -> bool:
    return local(node) == "boundaryEvent" and str(node.get("attachedToRef")) not in graph.nodes


def _check_ends(subject: Drawings, graph: Graph, node: etree._Element) -> None:
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
    if local(node) != "endEvent" and not graph.begun(own) and not stands_alone(node):
        subject.error(
            "dead-end", place, f"“{name}”之后没有连线，个案会停在这里。", f'No flow leaves "{name}"; a case would stop there.',
            "请接到下一步或结束事件。", "Join it to the next step or to an end event.",
        )  # fmt: skip


def _check_reach(subject: Drawings, graph: Graph) -> None:
    """What is not reached is told where it begins; what follows it is reached again with it."""
    if not graph.starts:
        return
    aside = [own for own, node in graph.nodes.items() if stands_alone(node) or _lost_its_host(graph, node)]
    reached = graph.reachable([*graph.starts, *aside])
    pending = [own for own in graph.nodes if own not in reached]
    for own in _beginnings(graph, pending):
        node = graph.nodes[own]
        subject.error(
            "out-of-reach", graph.sheet.place(node), f"从开始走不到“{title(node)}”。",
            f'"{title(node)}" cannot be reached from the start.', "请把它接进流程，或删去。",
            "Join it to the flow, or delete it.",
        )  # fmt: skip


def _beginnings(graph: Graph, pending: list[str]) -> list[str]:
    """Of elements that nothing reaches those by which all of them are reached: first those that no other one leads to."""
    left = set(pending)
    led_to = {following for own in pending for following in graph.next(own)}
    found: list[str] = []
    for own in sorted(pending, key=lambda one: one in led_to):
        if own in left:
            found.append(own)
            left -= graph.reachable([own])
    return found


def _definitions(node: etree._Element) -> list[etree._Element]:
    return [child for child in node if local(child).endswith("EventDefinition")]
