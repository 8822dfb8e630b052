"""Rules about who writes a key: kept where others read it, written at all, and by one branch at a time."""

from __future__ import annotations

from lxml import etree

from engine.domain.text import Text
from engine.procedure.check.manifest import PROPOSALS
from engine.procedure.check.subject import Graph, Subject, title
from engine.procedure.check.uses import Use, script_of
from engine.procedure.diagrams.markup import find, nodes, text_of
from engine.procedure.findings import Mending

FORKING = frozenset({"parallelGateway", "inclusiveGateway"})
CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway", "eventBasedGateway"})
#: Read at any time, so that the value has to outlive the next start of the task that asks for it.
ALWAYS_READ = frozenset({"timer", "event", "anchor"})


def check_writers(subject: Subject, uses: list[Use]) -> None:
    """Kept keys, keys that nobody writes, parallel writers and loops."""
    written = _form_writers(subject)
    _check_keep(subject, uses, written)
    _check_written(subject, uses, written)
    for graph, gateway in subject.nodes(*FORKING):
        _check_branches(subject, graph, gateway)
    for graph in subject.graphs:
        _check_loops(subject, graph)


def _form_writers(subject: Subject) -> dict[str, set[str]]:
    """Key to the processes whose user tasks ask for it."""
    found: dict[str, set[str]] = {}
    for element in subject.reading.elements.values():
        form = subject.reading.forms.get(element.form or "")
        for key in form.keys if form else ():
            found.setdefault(key, set()).add(element.process_id)
    return found


def _check_keep(subject: Subject, uses: list[Use], written: dict[str, set[str]]) -> None:
    noted: set[str] = set()
    for use in uses:
        for key in sorted(use.variables & set(written)):
            field = subject.reading.vocabulary.get(key)
            always = use.purpose in ALWAYS_READ or (use.purpose in ("table", "cell") and use.place.file == "limits.dmn")
            elsewhere = use.process_id is not None and use.process_id not in written[key]
            if field is None or field.keep or key in noted or not (always or elsewhere):
                continue
            noted.add(key)
            reader = use.place.name or use.place.element or use.place.file
            subject.error(
                "keep", subject.reading.fields.place(key),
                f"字段“{key}”在 {use.place.file} 的“{reader}”处被读取，再次办理时却会先清空。",
                f'The field "{key}" is read by "{reader}" in {use.place.file}, but is cleared when its task starts again.',
                "请在词汇里给它勾上“保留到后面的步骤”。", "Tick in the vocabulary that it is kept for later steps.",
                Mending("entry", Text("保留到后面的步骤", "Keep it for later steps"), key, "keep", "true"),
            )  # fmt: skip


def _check_written(subject: Subject, uses: list[Use], written: dict[str, set[str]]) -> None:
    reading = subject.reading
    given = {
        *written,
        *reading.manifest.moments,
        *reading.manifest.facts,
        *reading.intake.emergency_sets,
        *map(str, reading.manifest.source.mapping(PROPOSALS).values()),
        *_table_outputs(subject),
    }
    given |= {key for action in reading.actions.values() for key in (*action.sets, action.field) if key}
    given |= {key for form in reading.forms.values() for key in form.keys}
    given |= {part for field in reading.vocabulary.values() if field.key in given for part in field.of}
    given |= {key for _, node in subject.nodes() for key in _own(subject, node)}
    noted: set[str] = set()
    for use in uses:
        for key in sorted((use.variables & set(reading.vocabulary)) - given - noted):
            noted.add(key)
            reader = use.place.name or use.place.element or use.place.file
            subject.warning(
                "never-written", use.place, f"“{reader}”读取“{key}”，但没有表单、脚本或决策写它。",
                f'"{reader}" reads "{key}", which no form, script or decision writes.',
                "请把它放到一张表单上，或不再读取。", "Put it on a form, or stop reading it.",
            )  # fmt: skip


def _table_outputs(subject: Subject) -> set[str]:
    return {column.name for decision in subject.reading.decisions.values() for column in decision.outputs}


def _writers(subject: Subject, starts: list[etree._Element]) -> dict[str, set[str]]:
    """Key to the elements that set it when these nodes complete, with what they hold and call."""
    pending, seen, keys = list(starts), set[str](), dict[str, set[str]]()
    while pending:
        node = pending.pop()
        element = subject.reading.elements.get(str(node.get("id")))
        if element is None or element.id in seen:
            continue
        seen.add(element.id)
        for key in _own(subject, node):
            keys.setdefault(key, set()).add(element.id)
        pending.extend(nodes(node))
        if element.called and not element.scope:
            pending.extend(
                called for graph in subject.graphs if graph.process_id == element.called for called in graph.nodes.values()
            )
    return keys


def _own(subject: Subject, node: etree._Element) -> set[str]:
    """The keys that a node itself sets when it completes."""
    element = subject.reading.elements.get(str(node.get("id")))
    form = subject.reading.forms.get(element.form or "") if element else None
    decision = element.decision if element else None
    return {*(form.keys if form else ()), *script_of(node), *_decided(subject, node, decision)}


def _decided(subject: Subject, node: etree._Element, decision_id: str | None) -> set[str]:
    results = set(filter(None, map(text_of, find(node, "./b:extensionElements/s:resultVariable"))))
    decision = subject.reading.decisions.get(decision_id or "")
    return results or ({column.name for column in decision.outputs if column.name} if decision else set())


def _check_branches(subject: Subject, graph: Graph, gateway: etree._Element) -> None:
    heads = [flow.target for flow in graph.out(str(gateway.get("id")))]
    reached = [graph.reachable([head]) for head in heads]
    for index, mine in enumerate(reached):
        others = frozenset[str]().union(*(other for place, other in enumerate(reached) if place > index))
        here, there = (_writers(subject, [graph.nodes[own] for own in ids]) for ids in (mine - others, others - mine))
        # One and the same element on both sides is one thing drawn once and called twice, not two writers.
        for key in sorted(key for key in here.keys() & there.keys() if here[key] != there[key]):
            subject.warning(
                "parallel-writers", graph.sheet.place(gateway),
                f"“{title(gateway)}”之后的两条并行分支都写“{key}”，后写的会盖掉先写的。",
                f'Two parallel branches after "{title(gateway)}" write "{key}"; the later one overwrites the earlier.',
                "请各用各的字段。", "Let each use a field of its own.",
            )  # fmt: skip


def _check_loops(subject: Subject, graph: Graph) -> None:
    """A circle with a user task in it has to pass a gateway that can choose to leave it."""
    choosing = frozenset(str(node.get("id")) for node in graph.of_kind(*CHOOSING))
    before_a_circle = _before_a_circle(graph, choosing)
    for node in graph.of_kind("userTask"):
        own = str(node.get("id"))
        if own in before_a_circle and own in graph.reachable(graph.next(own), choosing):
            subject.error(
                "loop", graph.sheet.place(node), f"“{title(node)}”在一个没有判断的圈里，个案走不出来。",
                f'"{title(node)}" lies in a circle without an exclusive gateway; a case could never leave it.',
                "请在圈里加一个“判断（只走一条）”，写明何时离开。",
                "Put an exclusive gateway into the circle that says when to leave.",
            )  # fmt: skip


def _before_a_circle(graph: Graph, avoid: frozenset[str]) -> set[str]:
    """The nodes from which a token comes into a circle: to ask this of each by itself takes too long in a big drawing."""
    before: dict[str, list[str]] = {}
    ways = dict.fromkeys(graph.nodes.keys() - avoid, 0)
    for own in ways:
        for following in graph.next(own):
            if following in ways:
                before.setdefault(following, []).append(own)
                ways[own] += 1
    ended = [own for own, count in ways.items() if not count]
    while ended:
        for own in before.get(ended.pop(), ()):
            ways[own] -= 1
            if not ways[own]:
                ended.append(own)
    return {own for own, count in ways.items() if count}
