"""Rules about events: one readable trigger each, timers that can fire, branches that stay apart."""

from __future__ import annotations

from lxml import etree

from engine.procedure.check.drawing.unsupported import is_event_subprocess
from engine.procedure.check.subject import Drawings, Graph, title
from engine.procedure.diagrams.markup import TIMER_PARTS, children, local, text_of
from engine.procedure.expressions import ISO_CYCLE

CATCHING = frozenset({"intermediateCatchEvent", "boundaryEvent"})
STARTING_CALLS = ("weekly(", "monthly(", "quarterly(", "yearly(")
CYCLE_CALLS = ("every(", *STARTING_CALLS)


def check_events(subject: Drawings) -> None:
    """Every event and event gateway."""
    for graph, node in subject.nodes(
        "startEvent", "intermediateCatchEvent", "boundaryEvent", "intermediateThrowEvent", "endEvent"
    ):
        _check_definitions(subject, graph, node)
        for timer in children(node, "timerEventDefinition"):
            _check_timer(subject, graph, node, timer)
        for condition in children(node, "conditionalEventDefinition"):
            _check_condition(subject, graph, node, condition)
    for graph, gateway in subject.nodes("eventBasedGateway"):
        _check_event_gateway(subject, graph, gateway)
    for graph, boundary in subject.nodes("boundaryEvent"):
        if boundary.get("cancelActivity") == "false":
            _check_merge(subject, graph, boundary)


def timer_source(timer: etree._Element) -> str:
    """What a timer is written with, blank when there is nothing."""
    return next((text for part in children(timer, *TIMER_PARTS) if (text := text_of(part))), "")


def _check_definitions(subject: Drawings, graph: Graph, node: etree._Element) -> None:
    definitions = [child for child in node if local(child).endswith("EventDefinition")]
    if len(definitions) > 1:
        subject.error(
            "several-triggers", graph.sheet.place(node), f"事件“{title(node)}”有不止一个触发条件。",
            f'The event "{title(node)}" has more than one trigger.', "请拆成几个事件。", "Split it into several events.",
        )  # fmt: skip
    if not definitions and local(node) in CATCHING:
        subject.error(
            "no-trigger", graph.sheet.place(node), f"事件“{title(node)}”没有触发条件。",
            f'The event "{title(node)}" has no trigger.',
            "请选定时器、消息、信号或条件。", "Choose a timer, message, signal or condition.",
        )  # fmt: skip


def _check_timer(subject: Drawings, graph: Graph, node: etree._Element, timer: etree._Element) -> None:
    source = timer_source(timer)
    if not source:
        subject.error(
            "blank-timer", graph.sheet.place(node), f"定时器“{title(node)}”没有填时间。",
            f'The timer "{title(node)}" has no time.',
            "请填时限、时长或日期。", "Give it a limit, a duration or a date.",
        )  # fmt: skip
    begins = local(node) == "startEvent" and not is_event_subprocess(graph.container)
    if source and begins and not source.startswith(STARTING_CALLS):
        subject.warning(
            "start-timer", graph.sheet.place(node), f"定时开始“{title(node)}”不是日历上的周期，到时不会自动开始。",
            f'The timer start "{title(node)}" is no period of the calendar, so nothing will begin by itself.',
            '请写 weekly("mon", "08:00")、monthly(1, "08:00")、quarterly(…) 或 yearly(…)。',
            'Write weekly("mon", "08:00"), monthly(1, "08:00"), quarterly(…) or yearly(…).',
        )  # fmt: skip
    drawn = bool(children(timer, "timeCycle"))
    written = source.startswith(CYCLE_CALLS) or ISO_CYCLE.fullmatch(source) is not None
    if source and drawn is not written:
        _refuse_kind(subject, graph, node, written)
    cycles = drawn or written
    once = local(node) == "intermediateCatchEvent" or (local(node) == "boundaryEvent" and node.get("cancelActivity") != "false")
    if source and cycles and once:
        subject.error(
            "interrupting-cycle", graph.sheet.place(node), f"“{title(node)}”会打断任务，不能用循环定时器。",
            f'"{title(node)}" fires once, so it cannot have a cycle.',
            "请改成不打断的边界事件，或改用一次性的时间。", "Make it a non-interrupting boundary event, or use a single time.",
        )  # fmt: skip


def _refuse_kind(subject: Drawings, graph: Graph, node: etree._Element, cycle: bool) -> None:
    zh, en = ("循环", "cycle") if cycle else ("单次", "single")
    subject.error(
        "timer-kind", graph.sheet.place(node), f"定时器“{title(node)}”写的是{zh}的时间，选的类型却不是。",
        f'The timer "{title(node)}" is written as a {en} time, but drawn as another kind.',
        "循环写 every(…) 并选“循环”，其余选“时刻”或“时长”。",
        "Write every(…) with the kind cycle; use date or duration otherwise.",
    )  # fmt: skip


def _check_condition(subject: Drawings, graph: Graph, node: etree._Element, condition: etree._Element) -> None:
    source = next((text_of(part) for part in children(condition, "condition")), "")
    if not source:
        subject.error(
            "blank-condition", graph.sheet.place(node), f"条件事件“{title(node)}”没有条件。",
            f'The conditional event "{title(node)}" has no condition.', "请写一个条件。", "Write a condition.",
        )  # fmt: skip
    elif "!=" in source:
        subject.warning(
            "not-equal", graph.sheet.place(node), f"条件事件“{title(node)}”用了 !=，字段还空着时它也成立。",
            f'The conditional event "{title(node)}" uses !=, which also holds while the field is empty.',
            '请列出要的值，例如 severity in ("important", "major")。',
            'List the values that are meant, such as severity in ("important", "major").',
        )  # fmt: skip


def _check_event_gateway(subject: Drawings, graph: Graph, gateway: etree._Element) -> None:
    after = [graph.nodes[flow.target] for flow in graph.out(str(gateway.get("id")))]
    for node in after:
        if local(node) != "intermediateCatchEvent":
            subject.error(
                "event-gateway", graph.sheet.place(node), f"等待分支“{title(gateway)}”之后只能是等待的事件。",
                f'Only intermediate catch events may follow the event gateway "{title(gateway)}".',
                "请在它后面直接放事件。", "Put the events directly behind the gateway.",
            )  # fmt: skip
    if sum(bool(children(node, "timerEventDefinition")) for node in after) > 1:
        subject.error(
            "two-timers", graph.sheet.place(gateway), f"等待分支“{title(gateway)}”之后有两个定时器，它们会共用一个时间。",
            f'Two timers follow the event gateway "{title(gateway)}"; they would share one time.',
            "请只留较早的一个。", "Keep the earlier one.",
        )  # fmt: skip


def _check_merge(subject: Drawings, graph: Graph, boundary: etree._Element) -> None:
    own = str(boundary.get("id"))
    aside = frozenset(str(n.get("id")) for n in graph.of_kind("boundaryEvent") if n.get("cancelActivity") == "false")
    main = graph.reachable(graph.starts, aside)
    branch = graph.reachable([own]) - main
    for flow in graph.flows:
        joins = flow.source in branch and flow.target in main
        if joins and local(graph.nodes[flow.target]) != "endEvent":
            subject.error(
                "branch-merges", graph.sheet.place(flow.element),
                f"不打断的事件“{title(boundary)}”的分支又并回了主流程的“{title(graph.nodes[flow.target])}”，后面的步骤会办两遍。",
                f'The branch of the non-interrupting event "{title(boundary)}" merges back into '
                f'"{title(graph.nodes[flow.target])}"; what follows would be done twice.',
                "请给这个分支自己的结束事件。", "Give the branch an end event of its own.",
            )  # fmt: skip
