"""Rules about names that point elsewhere from a diagram: roles, limits, forms, decisions, calls, moments, clauses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from lxml import etree

from engine.procedure.check.drawing.mending import ask, instead, take_away
from engine.procedure.check.subject import Graph, Subject, title
from engine.procedure.diagrams.lanes import lanes
from engine.procedure.diagrams.markup import (
    ACTIVITIES,
    EVENTS,
    PROPERTIES,
    SUBPROCESSES,
    children,
    find,
    local,
    parameters_of,
    properties,
    text_of,
)
from engine.procedure.diagrams.model import Element
from engine.procedure.findings import MOST_LISTED, Mending, Place, listed, near

OPERATORS = frozenset(
    {
        "notify", "draft_document", "link_case", "start_procedure", "announce", "record", "propose_version", "sign_version",
        "confirm_version",
    }
)  # fmt: skip
#: Operator: the parameters without which it does nothing sensible.
REQUIRED = {"notify": frozenset({"role", "text_zh"}), "draft_document": frozenset({"kind", "title"})}
#: Those that may follow later.
OPTIONAL = {"notify": frozenset({"text_en"})}
_TASK = frozenset({"userTask"})
_PASSED = ACTIVITIES | EVENTS
#: Property: the kinds of element that may carry it; the others may stand on anything.
CARRIERS = {
    "form": _TASK, "assignee": _TASK, "excludes": _TASK, "role": _TASK, "department": _TASK, "sensitivity": _TASK,
    "limit": (ACTIVITIES - SUBPROCESSES) | {"subProcess"}, "opens": _PASSED, "stops": _PASSED, "moment": _PASSED,
    "operator": frozenset({"serviceTask"}),
}  # fmt: skip

#: A lane lists an element that is not there: what is there is no choice.
_LOST = "unknown-node"
#: A longer list of names helps nobody to choose where one may also make one's own.
_MOST_OFFERED = 12
#: The way out where nothing is named yet.
_NONE_NAMED = {
    "unknown-form": (
        "请在属性栏选一张表单，或新建一张。", "Choose a form in the properties panel, or make one.",
    ),
    "unknown-operator": (
        f"请在属性栏选一项服务（{'、'.join(sorted(OPERATORS))}）；其实由人来办的，请改成人工任务。",
        f"Choose a service in the properties panel ({', '.join(sorted(OPERATORS))}); if a person does it, make it a user task.",
    ),
    "unknown-decision": (
        "请在属性栏选一张决策表，或新建一张。", "Choose a decision table in the properties panel, or make one.",
    ),
    "unknown-process": (
        "请在属性栏选要调用的流程；它要和这张图在同一个规程里。",
        "Choose the process to be called in the properties panel; it must be in the same procedure as this diagram.",
    ),
    _LOST: ("请把元素重新拖进泳道再保存，或删去泳道。", "Drag the element into the lane again and save, or delete the lane."),
}  # fmt: skip
#: Of a wrong name and the known one that comes near it: what the button does.
_Offer = Callable[[str, str | None], Mending | None]


def check_references(subject: Subject) -> None:
    """Every element, lane and call."""
    for graph, node in subject.nodes():
        element = subject.reading.elements.get(str(node.get("id")))
        if element is not None:
            _check_properties(subject, graph, node)
            _check_lists(subject, graph.sheet.place(node), element, properties(node))
            _check_kind(subject, graph.sheet.place(node), element)
            _check_parameters(subject, graph, node, element)
    _check_lanes(subject)
    _check_roles(subject)
    _check_circles(subject)
    _check_called(subject)


def _check_properties(subject: Subject, graph: Graph, node: etree._Element) -> None:
    for written in find(node, "./b:extensionElements/s:properties/s:property[not(@name) or not(@value)]"):
        subject.error(
            "half-property", graph.sheet.place(node), f"“{title(node)}”的属性“{written.get('name') or ''}”没有写全。",
            f'The property "{written.get("name") or ""}" of "{title(node)}" is not complete.',
            "请在属性栏补全或删去。", "Complete it in the properties panel, or delete it.",
            take_away(node.get("id"), str(written.get("name"))) if written.get("name") else None,
        )  # fmt: skip
    for name in properties(node):
        if name not in PROPERTIES:
            subject.error(
                "unknown-property", graph.sheet.place(node), f"“{title(node)}”带有不认识的属性“{name}”。",
                f'"{title(node)}" has the unknown property "{name}".',
                f"可用的属性：{_list(PROPERTIES)}。", f"Known properties: {_list(PROPERTIES)}.",
                take_away(node.get("id"), name),
            )  # fmt: skip
        elif local(node) not in CARRIERS.get(name, {local(node)}):
            subject.error(
                "misplaced-property", graph.sheet.place(node), f"属性“{name}”不能放在“{title(node)}”上。",
                f'The property "{name}" may not stand on "{title(node)}".',
                f"它可以放在：{_list(CARRIERS[name])}。", f"It may stand on {_list(CARRIERS[name])}.",
                take_away(node.get("id"), name),
            )  # fmt: skip


def _check_lists(subject: Subject, place: Place, element: Element, written: Mapping[str, str]) -> None:
    reading, head = subject.reading, subject.reading.manifest
    limits = (*element.limit, *element.opens, *element.stops)
    listed = _listed(element.id, written)
    _known(subject, place, "unknown-limit", "时限", "limit", limits, head.limits, listed)
    _known(subject, place, "unknown-moment", "时刻", "moment", element.moment, head.moments, listed)
    _known(subject, place, "unknown-task", "人工任务", "user task", element.excludes, subject.user_tasks, listed)
    if reading.clauses:
        _known(subject, place, "unknown-clause", "条款", "clause", element.clauses, reading.clauses, listed)


def _listed(element: str, written: Mapping[str, str]) -> _Offer:
    """Change the one name in the property that lists it."""

    def offer(wrong: str, right: str | None) -> Mending | None:
        carriers = ("limit", "opens", "stops", "moment", "excludes", "clause")
        name = next((one for one in carriers if wrong in map(str.strip, written.get(one, "").split(","))), None)
        return instead("property", element, name, wrong, right, written[name]) if name else None

    return offer


def _single(do: str, element: str | None, name: str) -> _Offer:
    """Write the right name; lead to the panel's entry where none comes near."""

    def offer(wrong: str, right: str | None) -> Mending:
        return instead(do, element, name, wrong, right) or ask(element, name, "去选一个", "Choose one")

    return offer


def _check_kind(subject: Subject, place: Place, element: Element) -> None:
    reading, name = subject.reading, element.label.zh
    if element.kind == "userTask":
        form = _single("property", element.id, "form")
        # In a procedure a form may have the task's id for its name; a file by itself has named none.
        unsaid = element.form == element.id and (subject.alone or not near(element.id, reading.forms))
        named = "" if unsaid and element.id not in reading.forms else element.form or ""
        _known(subject, place, "unknown-form", "表单", "form", [named], reading.forms, form)
        if not element.role:
            subject.error(
                "no-role", place, f"人工任务“{name}”没有角色。", f'The user task "{name}" has no role.',
                "请把它放进带角色的泳道，或在属性栏写 role。", "Put it into a lane with a role, or give it the property role.",
                ask(element.id, "role", "选角色", "Choose a role"),
            )  # fmt: skip
    elif element.kind == "serviceTask":
        operator = _single("body", element.id, "operator")
        _known(subject, place, "unknown-operator", "服务", "operator", [element.operator or ""], OPERATORS, operator)
    elif element.kind == "callActivity":
        called, zh, en = _single("attribute", element.id, "calledElement"), "被调用的流程", "called process"
        _known(subject, place, "unknown-process", zh, en, [element.called or ""], reading.diagrams, called)
    elif element.kind == "businessRuleTask":
        decision = _single("body", element.id, "decision")
        _known(subject, place, "unknown-decision", "决策", "decision", [element.decision or ""], reading.decisions, decision)


def _check_parameters(subject: Subject, graph: Graph, node: etree._Element, element: Element) -> None:
    given = {name for name, value in parameters_of(node).items() if value.strip()}
    for name in sorted(REQUIRED.get(element.operator or "", frozenset()) - given):
        subject.error(
            "operator-parameter", graph.sheet.place(node), f"自动任务“{title(node)}”缺少参数“{name}”。",
            f'The service task "{title(node)}" lacks the parameter "{name}".', "请在属性栏填写。",
            "Fill it in in the properties panel.", ask(element.id, f"parameter-{name}", "去填写", "Fill it in"),
        )  # fmt: skip


def _known(
    subject: Subject, place: Place, rule: str, zh: str, en: str, names: Iterable[str], known: Collection[str],
    offer: _Offer | None = None,
) -> None:  # fmt: skip
    for name in names:
        if name in known:
            continue
        said = (f"没有指定{zh}", f"no {en} is named") if not name else (f"没有名为“{name}”的{zh}", f'there is no {en} "{name}"')
        subject.error(
            rule, place, f"“{place.name or place.element}”：{said[0]}。", f'"{place.name or place.element}": {said[1]}.',
            *_choice(rule, name, known), offer(name, near(name, known)) if offer else None,
        )  # fmt: skip


def _choice(rule: str, name: str, known: Collection[str]) -> tuple[str, str]:
    zh, en = _NONE_NAMED[rule] if rule == _LOST or (rule in _NONE_NAMED and not name) else ("", "")
    if zh:
        return zh, en
    if len(known) > _MOST_OFFERED and rule in _NONE_NAMED:
        return _NONE_NAMED[rule]
    if known:
        there_is = listed(known)
        return f"可用：{there_is.zh}。", f"There are: {there_is.en}."
    return "规程里还没有，请先做出来。", "The procedure has none yet: make it first."


def _check_lanes(subject: Subject) -> None:
    for sheet in subject.reading.sheets:
        ids = {str(element.get("id")) for element in sheet.root.iter(etree.Element) if element.get("id")}
        for lane in lanes(sheet.root):
            role = properties(lane).get("role")
            place = sheet.place(lane)
            for reference in map(text_of, children(lane, "flowNodeRef")):
                _known(subject, place, "unknown-node", "元素", "element", [reference] if reference not in ids else [], ids)
            if not role and not children(lane, "childLaneSet") and children(lane, "flowNodeRef"):
                subject.error(
                    "lane-role", place, f"泳道“{title(lane)}”没有角色。", f'The lane "{title(lane)}" has no role.',
                    "请在属性栏选角色。", "Give it the property role.", ask(lane.get("id"), "role", "选角色", "Choose a role"),
                )  # fmt: skip


def _check_roles(subject: Subject) -> None:
    """Each unknown role once, where it is first written, with everything that names it."""
    named: dict[str, list[Place]] = {}
    for sheet in subject.reading.sheets:
        for lane in lanes(sheet.root):
            named.setdefault(properties(lane).get("role", ""), []).append(sheet.place(lane))
    for graph, node in subject.nodes():
        named.setdefault(properties(node).get("role", ""), []).append(graph.sheet.place(node))
    for role in sorted(named.keys() - subject.reading.manifest.roles.keys() - {""}):
        places = named[role]
        offer = _single("property", places[0].element, "role")
        _known(subject, _together(places), "unknown-role", "角色", "role", [role], subject.reading.manifest.roles, offer)


def _together(places: list[Place]) -> Place:
    """The first place, under the names of all."""
    names = list(dict.fromkeys(place.name or place.element or place.file for place in places))
    return replace(places[0], name="、".join(names[:5]) + ("…" if len(names) > 5 else ""))


def _check_circles(subject: Subject) -> None:
    calls: dict[str, set[str]] = {}
    elements = subject.reading.elements.values()
    for element in elements:
        if element.called:
            calls.setdefault(element.process_id, set()).add(element.called)
    for element in elements:
        if element.called and element.process_id in _called_from(element.called, calls):
            place = Place(element.file, element.line, element.id, element.label.zh, element.label.en)
            subject.error(
                "call-circle", place, f"“{element.label.zh}”绕一圈又调用了自己所在的流程。",
                f'"{element.label.en}" comes round to calling the process it stands in.',
                "请断开这个圈，重复的步骤用回到前面的连线画。", "Break the circle; draw repetition as a flow back.",
            )  # fmt: skip


def _check_called(subject: Subject) -> None:
    """Every process is the main one or called by another; what is drawn for nobody is probably meant for somebody."""
    reading = subject.reading
    called = {element.called for element in reading.elements.values()} | {reading.manifest.main}
    for sheet in reading.sheets if reading.manifest.main in reading.diagrams else ():
        for process in sheet.processes:
            if process.get("id") not in called:
                subject.warning(
                    "never-called", sheet.place(process), f"没有流程调用“{title(process)}”。",
                    f'No process calls "{title(process)}".',
                    "请在需要它的地方加一个调用，或删去这个文件。", "Call it where it is needed, or remove the file.",
                )  # fmt: skip


def _called_from(process_id: str, calls: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    pending = [process_id]
    while pending:
        current = pending.pop()
        if current not in found:
            found.add(current)
            pending.extend(calls.get(current, ()))
    return found


def _list(names: Collection[str]) -> str:
    return ", ".join(sorted(names)[:MOST_LISTED]) + (" …" if len(names) > MOST_LISTED else "")
