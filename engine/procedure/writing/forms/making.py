"""New forms and new pieces, each asking in the way that suits its field."""

from __future__ import annotations

from collections.abc import Mapping

from engine.domain.text import Text, untranslated
from engine.procedure.forms.component import WRITES
from engine.procedure.vocabulary import Field
from engine.procedure.writing.forms.pieces import pieces_of
from engine.procedure.writing.forms.tree import Tree, lists, read, say, written

GROUP, LIST, WORDS, DATETIME = "group", "dynamiclist", "text", "datetime"
#: The component that asks for a field of a type, unless its author wants another that can.
USUAL: Mapping[str, str] = {
    "longtext": "textarea", "number": "number", "money": "number", "date": DATETIME, "datetime": DATETIME, "time": DATETIME,
    "boolean": "checkbox", "choice": "radio", "choices": "checklist", "list": LIST, "evidence": "filepicker",
    "person": "select", "department": "select", "household": "select", "unit": "select",
}  # fmt: skip


def empty_form(name: str) -> bytes:
    """A form without pieces."""
    return written({"type": "default", "id": name, "schemaVersion": 16, "components": []})


def asking(asked: Field, fields: Mapping[str, Field]) -> Tree:
    """A new piece that asks for a field, for a list with its columns."""
    kind = USUAL.get(asked.type, "textfield")
    piece: Tree = {"type": kind}
    if kind == DATETIME:
        piece["subtype"] = asked.type
    piece |= {"id": f"field_{asked.key}", "key": asked.key, "label": asked.label.zh}
    if kind == DATETIME:
        piece["dateLabel"] = asked.label.zh
    if kind == LIST:
        columns = [asking(fields[key], fields) for key in asked.of if key in fields]
        piece |= {"path": asked.key, "isRepeating": True, "allowAddRemove": True, "defaultRepetitions": 1, "showOutline": True}
        piece["components"] = columns
    # Where its English is still to be written, the form takes it from the vocabulary as soon as it stands there.
    return {**piece, "properties": {} if untranslated(asked.label) else {"label_en": asked.label.en}}


def grouping(data: bytes, label: Text) -> Tree:
    """A new group with a heading."""
    name = _free("group", data)
    return {
        "type": GROUP, "id": name, "label": label.zh, "showOutline": True, "properties": _english("label_en", label),
        "components": [],
    }  # fmt: skip


def explaining(data: bytes, text: Text) -> Tree:
    """A new piece of guidance that folds under its first line."""
    name = _free("guidance", data)
    return {"type": WORDS, "id": name, "text": text.zh, "properties": {"guidance": "true", **_english("text_en", text)}}


def suiting(data: bytes, asked: Field) -> bytes:
    """The form with every piece that asks for that field filled in as its type can be; the same bytes where all are."""
    form = read(data)
    parts = [part for siblings, _ in lists(form["components"], "") for part in siblings if isinstance(part, dict)]
    wrong = [part for part in parts if part.get("key") == asked.key and not _suits(part, asked.type)]
    for part in wrong:
        part["type"] = USUAL.get(asked.type, "textfield")
        say(part, "subtype", asked.type if part["type"] == DATETIME else None)
        if part["type"] == DATETIME:
            part.setdefault("dateLabel", part.get("label") or asked.label.zh)
    return written(form) if wrong else data


def _english(name: str, text: Text) -> dict[str, str]:
    return {name: text.en} if text.en else {}


def _suits(part: Tree, kind: str) -> bool:
    """Whether it can write a value of that type; what writes nothing suits all."""
    kinds = WRITES.get(str(part.get("type")))
    dated = part.get("type") != DATETIME or part.get("subtype", "date") == kind
    return kinds is None or (kind in kinds and dated)


def _free(wanted: str, data: bytes) -> str:
    taken = {piece.ref for piece in pieces_of(data)}
    return next(name for number in range(1, len(taken) + 2) if (name := f"{wanted}_{number}") not in taken)
