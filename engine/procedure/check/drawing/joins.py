"""Rules about ways that part and meet again: nobody waits for a way that was not taken, and nothing is done once a way."""

from __future__ import annotations

from collections import Counter, deque

from lxml import etree

from engine.procedure.check.drawing.together import ONE_WAY, Together, waits
from engine.procedure.check.subject import Drawings, Graph, title
from engine.procedure.diagrams.markup import GATEWAYS, local

#: These wait for the others; an end takes what comes.
_WAITING = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway", "endEvent"})


def check_joins(subject: Drawings) -> None:
    """Every gateway that waits, and every one whose ways meet again with nothing between that could part or join them."""
    for graph in subject.graphs:
        joining = [own for own in graph.nodes if waits(graph, own) and len(graph.into(own)) > 1]
        # Where a flow is loose nobody knows what would have come along it.
        if joining and len(graph.flows) == len(graph.drawn):
            _check_waiting(subject, graph, joining)
    for graph, gateway in subject.nodes("parallelGateway"):
        for met, ways in _meetings(graph, str(gateway.get("id"))).items():
            if local(graph.nodes[met]) not in _WAITING:
                _twice(subject, graph, gateway, graph.nodes[met], ways)


def _check_waiting(subject: Drawings, graph: Graph, joining: list[str]) -> None:
    """A gateway that never gets all it waits for is told; what only waits because of it is not."""
    told: frozenset[str] = frozenset()
    for _ in joining:
        together = Together(graph, told)
        pairs = {own: pair for own in joining if own not in told and (pair := together.stuck(own))}
        late = pairs or [own for own in _starved(graph, together, joining) if own not in told]
        first = [own for own in late if not any(_only_after(graph, own, other) for other in late)]
        if not first:
            return
        for own in first:
            parting = _parting(graph, *pairs[own]) if own in pairs else None
            _waits(subject, graph, graph.nodes[own], None if parting is None else graph.nodes[parting])
        told |= frozenset(first)


def _starved(graph: Graph, together: Together, joining: list[str]) -> list[str]:
    """Those that something leads to from the start on every way, and yet never comes."""
    reached = graph.reachable(graph.starts)
    return [own for own in joining if together.starved(own) and all(flow.source in reached for flow in graph.into(own))]


def _only_after(graph: Graph, own: str, other: str) -> bool:
    return own != other and own in graph.reachable([other]) and other not in graph.reachable([own])


def _parting(graph: Graph, one: int, other: int) -> str | None:
    """The nearest gateway that leads to each of two flows by a way of its own."""
    back = [_back(graph, graph.flows[number].source) for number in (one, other)]
    common = [own for own in back[0] if own in back[1] and local(graph.nodes[own]) in ONE_WAY]
    return min(common, key=lambda own: back[0][own] + back[1][own], default=None)


def _back(graph: Graph, own: str) -> dict[str, int]:
    """The nodes that lead to a node, with the number of flows between."""
    found, pending = {own: 0}, deque([own])
    while pending:
        here = pending.popleft()
        host = graph.nodes[here].get("attachedToRef")
        before = [flow.source for flow in graph.into(here)] + ([host] if host in graph.nodes else [])
        for node in before:
            if node not in found:
                found[node] = found[here] + 1
                pending.append(node)
    return found


def _meetings(graph: Graph, gateway: str) -> dict[str, int]:
    """Where two or more of its ways come together, with their number."""
    ends = Counter(_end(graph, flow.target, gateway) for flow in graph.out(gateway))
    return {met: ways for met, ways in ends.items() if ways > 1}


def _end(graph: Graph, own: str, begin: str) -> str:
    """The first node of a way that is a gateway or is reached by another way, too."""
    passed = {begin}
    while own not in passed and local(graph.nodes[own]) not in GATEWAYS:
        passed.add(own)
        leaving = graph.out(own)
        if len(graph.into(own)) != 1 or len(leaving) != 1:
            break
        own = leaving[0].target
    return own


def _waits(subject: Drawings, graph: Graph, node: etree._Element, gateway: etree._Element | None) -> None:
    zh = f"“{title(node)}”要等齐所有来路，而它们从来不会都走到"
    en = f'"{title(node)}" waits for all ways into it, which are never all taken'
    if gateway is not None:
        zh = f"“{title(node)}”要等齐“{title(gateway)}”分出的路，而那里只走一条"
        en = f'"{title(node)}" waits for all ways from "{title(gateway)}", which takes one'
    subject.warning(
        "waits-for-ever", graph.sheet.place(node), f"{zh}，个案会一直停在这里。", f"{en}: a case stops here.",
        "请把会合处改成“判断（只走一条）”，或把分开处改成“并行（条条都走）”。",
        "Make the gateway where they meet an exclusive one, or the one where they part a parallel one.",
    )  # fmt: skip


def _twice(subject: Drawings, graph: Graph, gateway: etree._Element, node: etree._Element, ways: int) -> None:
    subject.warning(
        "done-twice", graph.sheet.place(node),
        f"从“{title(gateway)}”同时走的 {ways} 条路在“{title(node)}”没有等齐就往下走，后面的步骤会办 {ways} 遍。",
        f'The {ways} ways that "{title(gateway)}" takes at once do not wait for each other at "{title(node)}": '
        f"what follows is done {ways} times.",
        "请先用“并行（条条都走）”把它们合起来。", "Join them with a parallel gateway first.",
    )  # fmt: skip
