"""Rules about several pools: a case runs through one process, and messages between pools are pictures only."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.procedure.check.subject import Subject, title
from engine.procedure.diagrams.markup import BPMN, NODES, children, without_prefix
from engine.procedure.diagrams.reader import Sheet

_TAGS = tuple(f"{{{BPMN}}}{name}" for name in sorted(NODES))


def check_pools(subject: Subject) -> None:
    """Every file with more than one process, and every file with flows of messages."""
    for sheet in subject.reading.sheets:
        if subject.alone:
            _check_processes(subject, sheet)
        _check_messages(subject, sheet)


def _check_processes(subject: Subject, sheet: Sheet) -> None:
    called = {str(call.get("calledElement")) for call in sheet.root.iter(f"{{{BPMN}}}callActivity")}
    sizes = {process: _size(process) for process in sheet.processes}
    own = [process for process, size in sizes.items() if size and process.get("id") not in called]
    if len(own) < 2:
        return
    meant = [process for process in own if process.get("isExecutable") == "true"]
    main = meant[0] if len(meant) == 1 else max(own, key=lambda process: sizes[process])
    pools = {without_prefix(pool.get("processRef") or ""): pool for pool in _participants(sheet)}
    for process in own:
        if process is not main:
            shown = pools.get(str(process.get("id")), process)
            _tell(subject, sheet, shown, pools.get(str(main.get("id")), main))


def _tell(subject: Subject, sheet: Sheet, other: etree._Element, main: etree._Element) -> None:
    subject.warning(
        "several-processes", sheet.place(other),
        f"图里不止一个流程：个案走“{title(main)}”，不会走“{title(other)}”。",
        f'There is more than one process: a case would run through "{title(main)}" and not through "{title(other)}".',
        "外单位的泳池请清空步骤；自己人的步骤请移进同一个泳池，各占一条泳道；要单独办的画成另一张图，用“调用流程”调用。",
        "Empty the pool of another company; put our own people's steps into one pool with a lane each; "
        "draw what is done separately as a diagram of its own, and call it.",
    )  # fmt: skip


def _check_messages(subject: Subject, sheet: Sheet) -> None:
    """One file, one sentence: at the first of them."""
    drawn = [flow for around in children(sheet.root, "collaboration") for flow in children(around, "messageFlow")]
    if drawn:
        subject.warning(
            "message-flow", sheet.place(drawn[0]), f"图里有 {len(drawn)} 条消息流，引擎不沿着它们传递消息。",
            f"The drawing has {len(drawn)} message flows; the engine carries no messages along them.",
            "消息按名称传递：给发出和接收的事件选同一个消息，或改成连线；消息流可以留着给人看。",
            "Messages are passed by name: choose one message for the events that send and receive it, or draw a sequence flow. "
            "The message flows may stay for people to see.",
        )  # fmt: skip


def _participants(sheet: Sheet) -> Iterator[etree._Element]:
    for around in children(sheet.root, "collaboration"):
        yield from children(around, "participant")


def _size(process: etree._Element) -> int:
    return sum(1 for _ in process.iter(*_TAGS))
