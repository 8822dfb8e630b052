"""An answer about a user task, written into the files: properties in the diagram, a form with its fields, a limit's row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from engine.domain.text import Text, untranslated
from engine.procedure import limits, manifest
from engine.procedure.bundle import Bundle
from engine.procedure.decisions.reading.elements import ENGLISH
from engine.procedure.decisions.spoken import QUOTED
from engine.procedure.diagrams import Element
from engine.procedure.diagrams.markup import BPMN, LISTS, SPIFF, children, find, properties
from engine.procedure.exchange.entering import entered
from engine.procedure.exchange.questions import steps_before
from engine.procedure.exchange.xml import read_xml, write_xml
from engine.procedure.findings import Findings
from engine.procedure.reading import FIELDS_FILE, FORMS_FOLDER, Reading, read_all
from engine.procedure.writing.merging import content_of, rewritten

#: Stands for a moment of its own: when the step before is done.
STEP_BEFORE = ""
_WRITTEN = re.compile(r"[^a-z0-9_]+")
_SINCE = "_since"
_PREFIX = "spiffworkflow"
_BESIDE_ROLE = ("told_first", "told_on_breach")


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a task may take, counted from a moment of the procedure or from the end of the step before."""

    amount: Decimal
    unit: str
    anchor: str = STEP_BEFORE


@dataclass(frozen=True, slots=True)
class Answer:
    """What was left unsaid about a user task; None where nothing was asked.

    ``form`` is the name of a form that is there, ``fields`` the labels of a new one, each a text to be written.
    """

    element_id: str
    role: str | None = None
    form: str | None = None
    fields: tuple[Text, ...] = ()
    limit: Limit | None = None


def answered(bundle: Bundle, answer: Answer) -> Bundle:
    """The files with the answer in them."""
    reading = read_all(bundle, Findings())
    task = reading.elements[answer.element_id]
    files = dict(bundle.files)
    given = {"role": answer.role or "", "form": answer.form or ""}
    if answer.fields:
        form = task.form or task.id
        files |= _form(reading, files, form, task.id, answer.fields)
    if answer.limit is not None:
        key = _free(task.id, reading.manifest.limits)
        given["limit"] = key
        files |= _limit(reading, files, key, (task.label, task.label), task.role or answer.role or "", answer.limit)
    files[task.file] = _drawn(reading, files, task, given, answer.limit)
    return Bundle(files)


def limited(bundle: Bundle, name: Text, limit: Limit, task_id: str | None = None) -> tuple[Bundle, str]:
    """The files with one limit more: its name, its row, the moment before if it counts from there, the task that it is for.

    And its key: that of a limit of this name, which has no row yet. A task is needed to count from the step before.
    """
    reading = read_all(bundle, Findings())
    task = reading.elements.get(task_id or "")
    taken = {*reading.manifest.limits, *(moment.removesuffix(_SINCE) for moment in reading.manifest.moments)}
    bare = (key for key, label in reading.manifest.limits.items() if label.zh == name.zh)
    key = next(bare, None) or _free(limits.INPUT if untranslated(name) else name.en, taken)
    files = dict(bundle.files)
    role = task.role if task and task.role in reading.manifest.roles else ""
    files |= _limit(reading, files, key, (name, task.label if task else name), role or "", limit)
    if task is not None:
        files[task.file] = _drawn(reading, files, task, {"limit": key}, limit)
    return Bundle(files), key


def alone_in(row: int, reading: Reading) -> tuple[str, ...]:
    """The limits that go whole with this row (counted from 1): they have no other, and no drawing begins or ends them apart."""
    table = reading.decisions.get(limits.DECISION)
    named = {rule.index: set(QUOTED.findall(rule.cells[0])) for rule in table.rules if rule.cells} if table else {}
    elsewhere = {key for index, keys in named.items() if index != row for key in keys}
    elsewhere |= {key for one in reading.elements.values() for key in (*one.opens, *one.stops, *one.drawn_limits)}
    return tuple(sorted(named.get(row, set()) & reading.manifest.limits.keys() - elsewhere))


def unlimited(bundle: Bundle, key: str) -> Bundle:
    """The files without the name of a limit, at no task any more, and without the moment that was made for it."""
    reading = read_all(bundle, Findings())
    table, own = reading.decisions.get(limits.DECISION), _since(key)
    counted = any(f'"{own}"' in rule.outputs for rule in table.rules) if table else False
    gone = {"limit": key, "moment": own} if own in reading.manifest.moments and not counted else {"limit": key}
    head = content_of(bundle.files[manifest.FILE])
    for section, name in zip(("limits", "moments"), gone.values(), strict=False):
        head = {**head, section: {one: entry for one, entry in head[section].items() if one != name}}
    files = {**bundle.files, manifest.FILE: rewritten(bundle.files[manifest.FILE], head)}
    for element in reading.elements.values():
        if key in element.limit or own in element.moment:
            drawn = _root(files[element.file])
            for name, value in gone.items():
                _take(drawn, element.id, name, value)
            files[element.file] = write_xml(drawn)
    return Bundle(files)


def _drawn(reading: Reading, files: dict[str, bytes], task: Element, given: dict[str, str], limit: Limit | None) -> bytes:
    """The diagram with what is said of the task, and of the steps before it where its limit counts from them."""
    drawn = _root(files[task.file])
    _set(drawn, task.id, given)
    if limit is not None and limit.anchor == STEP_BEFORE:
        for step in steps_before(task.id, reading):
            _set(drawn, step, {"moment": _since(given["limit"])})
    return write_xml(drawn)


def _form(reading: Reading, files: dict[str, bytes], form: str, task_id: str, labels: Iterable[Text]) -> dict[str, bytes]:
    """A form with one text field a label, and the fields in the vocabulary; free words may name people, so they are personal."""
    taken, parts, fields = set(reading.vocabulary), [], files[FIELDS_FILE]
    for label in labels:
        key = _free(task_id, taken)
        taken.add(key)
        field = {"type": "longtext", **_entry(label), "personal": True}
        fields = entered(fields, (), key, field)
        parts.append(
            {
                "type": "textarea",
                "id": f"field_{key}",
                "key": key,
                "label": label.zh,
                "validate": {"required": True},
                "properties": {} if untranslated(label) else {"label_en": label.en},
            }
        )
    content = {"type": "default", "id": form, "schemaVersion": 16, "components": parts}
    written = (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
    return {f"{FORMS_FOLDER}/{form}.form": written, FIELDS_FILE: fields}


def _limit(
    reading: Reading, files: dict[str, bytes], key: str, called: tuple[Text, Text], role: str, limit: Limit
) -> dict[str, bytes]:
    """The limit's name, and the task's, in the manifest, the moment from which it counts if it is a new one, and its row."""
    name, task = called
    head = files[manifest.FILE]
    if key not in reading.manifest.limits:
        head = entered(head, ("limits",), key, _entry(name))
    anchor = limit.anchor
    if anchor == STEP_BEFORE:
        anchor = _since(key)
        label = Text(f"“{task.zh}”的上一步做完", "" if untranslated(task) else f"Step before “{task.en}” done")
        head = entered(head, ("moments",), anchor, _entry(label)) if anchor not in reading.manifest.moments else head
    table = next((decision for decision in reading.decisions.values() if decision.id == limits.DECISION), None)
    if table is None:
        return {manifest.FILE: head}
    cells = {
        "amount": format(limit.amount, "f"),
        "unit": _quoted(limit.unit),
        "anchor": _quoted(anchor),
        **{column: _quoted(role) for column in _BESIDE_ROLE},
        "clause": _quoted(""),
    }
    inputs = [_quoted(key), *["-"] * (len(table.inputs) - 1)]
    outputs = [cells.get(output.name, "null") for output in table.outputs]
    return {manifest.FILE: head, table.file: _with_row(files[table.file], key, name, inputs, outputs)}


def _entry(name: Text) -> dict[str, str]:
    """English that is still to be written is left out."""
    return {"zh": name.zh} if untranslated(name) else {"zh": name.zh, "en": name.en}


def _with_row(data: bytes, key: str, name: Text, inputs: list[str], outputs: list[str]) -> bytes:
    root = _root(data)
    decision = next(element for element in root.iter("{*}decision") if element.get("id") == limits.DECISION)
    table = next(iter(decision.iter("{*}decisionTable")))
    space = f"{{{etree.QName(table).namespace}}}"
    rule = etree.SubElement(table, f"{space}rule", id=f"row_{key}")
    if not untranslated(name):
        etree.SubElement(rule, f"{space}description").text = name.zh
        rule.set(ENGLISH, name.en)
    for kind, cells in (("inputEntry", inputs), ("outputEntry", outputs)):
        for number, cell in enumerate(cells, 1):
            entry = etree.SubElement(rule, f"{space}{kind}", id=f"row_{key}_{kind}_{number}")
            etree.SubElement(entry, f"{space}text").text = cell
    return write_xml(root)


def _set(root: etree._Element, element_id: str, given: dict[str, str]) -> None:
    """Write extension properties onto an element, beside those it has; lists grow, empty values are left out."""
    element = next((one for one in root.iter(f"{{{BPMN}}}*") if one.get("id") == element_id), None)
    given = {name: value for name, value in given.items() if value}
    if element is None or not given:
        return
    holder = properties_holder(element)
    for name, value in given.items():
        there = properties(element).get(name)
        written = find(element, f"./b:extensionElements/s:properties/s:property[@name='{name}']")
        entry = written[0] if written else etree.SubElement(holder, f"{{{SPIFF}}}property", name=name)
        entry.set("value", f"{there}, {value}" if there and name in LISTS else value)


def _take(root: etree._Element, element_id: str, name: str, value: str) -> None:
    """One of the values of an extension property goes, and the property with the last of them."""
    element = next(one for one in root.iter(f"{{{BPMN}}}*") if one.get("id") == element_id)
    for entry in find(element, f"./b:extensionElements/s:properties/s:property[@name='{name}']"):
        left = [one for one in manifest.names_of(entry.get("value")) if one != value]
        entry.set("value", ", ".join(left))
        if not left:
            properties_holder(element).remove(entry)


def properties_holder(element: etree._Element) -> etree._Element:
    """What holds the extension properties of an element, made where there is none."""
    found = find(element, "./b:extensionElements/s:properties")
    if found:
        return found[0]
    extensions = children(element, "extensionElements")
    if not extensions:
        extensions = [etree.Element(f"{{{BPMN}}}extensionElements")]
        element.insert(len(children(element, "documentation")), extensions[0])
    return etree.SubElement(extensions[0], f"{{{SPIFF}}}properties", nsmap={_PREFIX: SPIFF})


def _since(key: str) -> str:
    return key + _SINCE


def _free(wanted: str, taken: Iterable[str]) -> str:
    """A key made of the wanted name that is not taken yet."""
    base = _WRITTEN.sub("_", wanted.lower()).strip("_") or "task"
    base = base if base[0].isalpha() else f"task_{base}"
    used = set(taken)
    return next(key for number in range(1, len(used) + 3) if (key := base if number == 1 else f"{base}_{number}") not in used)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _root(data: bytes) -> etree._Element:
    root = read_xml(data)
    if root is None:
        raise AssertionError("a file that holds an element can be read")
    return root
