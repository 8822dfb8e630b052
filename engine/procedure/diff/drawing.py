"""Differences between diagrams: elements, what they carry, how they are connected; positions apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from engine.domain.text import Text, named
from engine.procedure.decisions.spoken import QUOTED, TRUTH
from engine.procedure.diagrams.lanes import lanes
from engine.procedure.diagrams.markup import NODES, SPIFF, children, is_bpmn, local, properties, text_of
from engine.procedure.diff.change import (
    ADDED,
    CHANGED,
    MOVED,
    REMOVED,
    Change,
    added,
    beside,
    differing,
    listed,
    of,
    removed,
    shown,
    went,
)
from engine.procedure.diff.kinds import GIVEN, KINDS, PARTS, SENT, SERVICES
from engine.procedure.diff.names import Names

#: Said by the connections themselves, by the properties, or by what lies inside.
_ELSEWHERE = frozenset({"incoming", "outgoing", "properties", "flowNodeRef", "laneSet", "sequenceFlow", "lane", "childLaneSet"})
_OWN = frozenset({"id", "name", "sourceRef", "targetRef"})
_DRAWN = frozenset({"BPMNShape", "BPMNEdge"})
#: What says something by being there.
_THERE = "✓"
_EXPRESSIONS = frozenset(
    {"conditionExpression", "condition", "timeDuration", "timeDate", "timeCycle", "script", "resultVariable", "loopCardinality"}
    | {"completionCondition", "property:assignee", "property:department"}
)
_EDITOR = frozenset({"exporter", "exporterVersion", "targetNamespace"})


@dataclass(slots=True)
class Part:
    """One element with an id: its kind, its name, everything else it says by path, and where it stands."""

    key: str
    kind: str
    name: Text
    facets: dict[str, str]
    after: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Drawing:
    """A file's elements by id, its connections by their ends, and its shapes by the element they draw."""

    parts: dict[str, Part] = field(default_factory=dict)
    flows: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    flow_ids: dict[tuple[str, str], str] = field(default_factory=dict)
    shapes: dict[str, bytes] = field(default_factory=dict)


def read_drawing(root: etree._Element | None) -> Drawing:
    """Everything that a BPMN file says; nothing for a file that cannot be read."""
    drawing = Drawing()
    within = {} if root is None else _lanes(root)
    for element in () if root is None else root.iter(etree.Element):
        kind = local(element)
        if element.get("bpmnElement") and kind in _DRAWN:
            drawing.shapes[str(element.get("bpmnElement"))] = etree.tostring(element, method="c14n", with_tail=False)
        elif kind == "sequenceFlow" and is_bpmn(element):
            ends = (str(element.get("sourceRef")), str(element.get("targetRef")))
            drawing.flow_ids[ends] = str(element.get("id"))
            drawing.flows[ends] = {**drawing.flows.get(ends, {}), **_said(element), "name": element.get("name") or ""}
        elif is_bpmn(element) and element.get("id") and kind in KINDS:
            drawing.parts[str(element.get("id"))] = _part(element, kind, within)
    for source, target in drawing.flows:
        if target in drawing.parts:
            drawing.parts[target].after.append(source)
    return drawing


def compare_drawings(file: str, old: Drawing, new: Drawing, names: tuple[Names, Names]) -> Iterator[Change]:
    """Every element and connection that differs."""
    for key, was, now in differing(old.parts, new.parts):
        if was is None:
            yield Change(file, key, _added(now, new, names[1]), ADDED)
        elif now is None:
            yield Change(file, key, removed(KINDS[was.kind], _name(was, names[0])), REMOVED)
        else:
            yield from (Change(file, key, text) for text in _changed(was, now, names))
    yield from _flows(file, old, new, names)


def moved(old: Drawing, new: Drawing) -> tuple[str, ...]:
    """What stands in both and is drawn elsewhere."""
    return tuple(key for key, shape in new.shapes.items() if old.shapes.get(key, shape) != shape)


def marks(old: Drawing, new: Drawing) -> tuple[dict[str, str], dict[str, str]]:
    """What became of each thing that is drawn, by its id before and by its id after; what stayed as it was is left out."""
    before: dict[str, str] = {}
    after: dict[str, str] = {key: MOVED for key in moved(old, new)}
    before |= {key: MOVED for key in after}
    for key, part, now in differing(old.parts, new.parts):
        _mark(key if part else None, key if now else None, (before, after))
    for ends in dict.fromkeys((*old.flows, *new.flows)):
        if old.flows.get(ends) != new.flows.get(ends):
            _mark(old.flow_ids.get(ends), new.flow_ids.get(ends), (before, after))
    return before, after


def _mark(was: str | None, now: str | None, sides: tuple[dict[str, str], dict[str, str]]) -> None:
    if was:
        sides[0][was] = CHANGED if now else REMOVED
    if now:
        sides[1][now] = CHANGED if was else ADDED


def _lanes(root: etree._Element) -> dict[str, str]:
    return {
        text_of(node): lane.get("name") or str(lane.get("id")) for lane in lanes(root) for node in children(lane, "flowNodeRef")
    }


def _part(element: etree._Element, kind: str, within: Mapping[str, str]) -> Part:
    name = " ".join((element.get("name") or "").split()) or str(element.get("id"))
    label = named(name, properties(element).get("name_en"))
    key = str(element.get("id"))
    return Part(key, kind, label, _said(element) | ({"lane": within[key]} if key in within else {}))


def _said(element: etree._Element) -> dict[str, str]:
    found = {str(name): str(value) for name, value in element.attrib.items() if name not in _OWN | _EDITOR}
    found |= {f"property:{name}": value for name, value in properties(element).items() if name != "name_en"}
    for child in element:
        found.update(_inner(child, ""))
    return found


def _inner(element: Any, path: str) -> Iterator[tuple[str, str]]:
    if not isinstance(element.tag, str) or local(element) in _ELSEWHERE or (is_bpmn(element) and local(element) in NODES):
        return
    named = element.get("id") if etree.QName(element).namespace == SPIFF else None
    here = f"{path}/{local(element)}" + (f"[{named}]" if named else "")
    if not len(element) and (words := (element.text or "").strip()):
        yield here, words
    for name, value in element.attrib.items():
        if name != "id" and etree.QName(name).localname != "type":
            yield f"{here}@{name}", str(value)
    if not len(element) and not element.attrib and not (element.text or "").strip() and local(element) != "extensionElements":
        yield here, _THERE
    for child in element:
        yield from _inner(child, here)


def _added(part: Part, drawing: Drawing, names: Names) -> Text:
    role = part.facets.get("property:role")
    who = names.role(role) if role else names.lane(part.facets.get("lane", ""))
    zh, en = (f"（{who.zh}）", f" ({who.en})") if who.zh else ("", "")
    before = listed(drawing.parts[key].name for key in part.after if key in drawing.parts)
    if part.facets.get("attachedToRef"):
        host = names.element(part.facets["attachedToRef"])
        zh, en = f"{zh}，附在 {host.zh} 上", f"{en}, on {host.en}"
    elif before.zh:
        zh, en = f"{zh}，在 {before.zh} 之后", f"{en}, after {before.en}"
    for key, value in part.facets.items():
        if key not in ("lane", "attachedToRef", "property:role"):
            name, said = _called(key, names), shown(_value(key, value, names))
            zh, en = f"{zh}；{name.zh}：{said.zh}", f"{en}; {name.en}: {said.en}"
    return added(KINDS[part.kind], _name(part, names), Text(zh, en))


def _changed(was: Part, now: Part, names: tuple[Names, Names]) -> Iterator[Text]:
    owner = beside(KINDS[was.kind], _name(was, names[0]))
    if was.kind != now.kind:
        yield went(of(owner, Text("种类", "kind")), KINDS[was.kind], KINDS[now.kind])
    if was.name != now.name:
        yield went(of(owner, Text("名称", "name")), was.name, now.name)
    for key, old, new in differing(was.facets, now.facets):
        yield went(of(owner, _called(key, names[1])), _value(key, old, names[0]), _value(key, new, names[1]))


def _name(part: Part, names: Names) -> Text:
    """What it is called; what is sent as the people who send it call it."""
    return names.sent(part.key) if f"{part.kind}Ref" in SENT else part.name


def _called(key: str, names: Names) -> Text:
    name = key.removeprefix("property:")
    tail = name.rpartition("/")[2]
    element, _, attribute = tail.partition("@")
    kind, _, given = element.removesuffix("]").partition("[")
    if attribute in SENT:
        return SENT[attribute]
    if given and kind != "serviceTaskOperator":
        return GIVEN.get(given) or PARTS.get(given) or names.field(given)
    return PARTS.get(name) or PARTS.get(tail) or PARTS.get(attribute) or PARTS.get(kind) or Text(tail, tail)


def _value(key: str, value: str | None, names: Names) -> Any:
    find: Callable[[str], Text] | None = {
        "role": names.role, "limit": names.limit, "opens": names.limit, "stops": names.limit, "moment": names.moment,
        "excludes": names.element, "attachedToRef": names.element, "calledElement": names.element, "form": names.form,
        "lane": names.lane, "default": names.way, "processRef": names.element,
    }.get(key.removeprefix("property:"))  # fmt: skip
    if not value:
        return value
    if find:
        return listed(find(part.strip()) for part in value.split(","))
    tail = key.rpartition("/")[2]
    if tail.rpartition("@")[2] in SENT:
        return names.sent(value)
    if value == _THERE and tail.startswith("serviceTaskOperator["):
        return SERVICES.get(tail[len("serviceTaskOperator[") : -1], TRUTH["true"])
    if value in TRUTH or value == _THERE:
        return TRUTH.get(value, TRUTH["true"])
    if tail == "calledDecisionId":
        return names.decision(value)
    return _expression(tail, value, names) if tail in _EXPRESSIONS or tail.startswith("parameter[") else value


def _expression(tail: str, value: str, names: Names) -> Text:
    """What is calculated, by names; of a text in quotes what stands in them."""
    plain = QUOTED.fullmatch(value)
    if plain and names.spoken(value).zh == f"“{plain[1]}”":
        return Text(plain[1], plain[1])
    said = names.spoken(value)
    return Text(said.zh[1:-1], said.en[1:-1]) if plain else said


def _flows(file: str, old: Drawing, new: Drawing, names: tuple[Names, Names]) -> Iterator[Change]:
    for (source, target), was, now in differing(old.flows, new.flows):
        before, after = old.flow_ids.get((source, target)), new.flow_ids.get((source, target))
        name = _ends(source, target, names[0] if now is None else names[1])
        if was is None:
            known = {source, target} <= old.parts.keys()
            if known or now.get("/conditionExpression"):
                yield Change(file, after, added(Text("连线", "connection"), name, _condition(now, names[1])), ADDED)
        elif now is None:
            if {source, target} <= new.parts.keys() and not _led_on(source, target, old, new):
                yield Change(file, before, removed(Text("连线", "connection"), name), REMOVED)
        else:
            for key, then, since in differing(was, now):
                text = went(
                    of(beside(Text("连线", "connection"), name), _called(key, names[1])),
                    _value(key, then, names[0]),
                    _value(key, since, names[1]),
                )
                yield Change(file, after, text, was=before if before != after else None)


def _led_on(source: str, target: str, old: Drawing, new: Drawing) -> bool:
    """Whether the way goes on as before, only through elements that are new."""
    pending, seen = [source], {source}
    while pending:
        here = pending.pop()
        for start, end in new.flows:
            if start == here and end == target and here != source:
                return True
            if start == here and end not in seen and end not in old.parts:
                seen.add(end)
                pending.append(end)
    return False


def _ends(source: str, target: str, names: Names) -> Text:
    start, end = names.element(source), names.element(target)
    return Text(f"{start.zh} → {end.zh}", f"{start.en} → {end.en}")


def _condition(said: Mapping[str, str], names: Names) -> Text | None:
    words = names.spoken(said.get("/conditionExpression", ""))
    return Text(f"，条件：{words.zh}", f", when {words.en}") if words.zh else None
