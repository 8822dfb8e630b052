"""Rules about ways that part and meet again: nobody waits for a way that was not taken, and nothing is done once a way."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from engine.procedure.check.subject import Graph, Subject, title
from engine.procedure.diagrams.markup import GATEWAYS, local

_ONE_WAY = frozenset({"exclusiveGateway", "eventBasedGateway"})
#: These wait for the others; an end takes what comes.
_WAITING = frozenset({"parallelGateway", "inclusiveGateway", "complexGateway", "endEvent"})


def check_joins(subject: Subject) -> None:
    """Every gateway whose ways meet again with nothing between that could part or join them."""
    for graph, gateway in subject.nodes(*_ONE_WAY, "parallelGateway"):
        for met, ways in _meetings(graph, str(gateway.get("id"))).items():
            node = graph.nodes[met]
            if local(gateway) in _ONE_WAY and local(node) == "parallelGateway":
                _waits(subject, graph, gateway, node)
            elif local(gateway) == "parallelGateway" and local(node) not in _WAITING:
                _twice(subject, graph, gateway, node, ways)


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


def _waits(subject: Subject, graph: Graph, gateway: etree._Element, node: etree._Element) -> None:
    subject.warning(
        "waits-for-ever", graph.sheet.place(node),
        f"“{title(node)}”要等齐“{title(gateway)}”分出的路，而那里只走一条，个案会一直停在这里。",
        f'"{title(node)}" waits for all ways from "{title(gateway)}", which takes one: a case stops here.',
        "请把会合处改成排他网关，或把分开处改成并行网关。",
        "Make the gateway where they meet an exclusive one, or the one where they part a parallel one.",
    )  # fmt: skip


def _twice(subject: Subject, graph: Graph, gateway: etree._Element, node: etree._Element, ways: int) -> None:
    subject.warning(
        "done-twice", graph.sheet.place(node),
        f"从“{title(gateway)}”同时走的 {ways} 条路在“{title(node)}”没有等齐就往下走，后面的步骤会办 {ways} 遍。",
        f'The {ways} ways that "{title(gateway)}" takes at once do not wait for each other at "{title(node)}": '
        f"what follows is done {ways} times.",
        "请先用并行网关把它们合起来。", "Join them with a parallel gateway first.",
    )  # fmt: skip
