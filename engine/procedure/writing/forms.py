"""A form taken apart into pieces and put together again: what an owner may say of a piece changes, the rest of it stays."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure.forms.component import WRITES
from engine.procedure.vocabulary import Field

GROUP, LIST, WORDS, DATETIME = "group", "dynamiclist", "text", "datetime"
FORMS = "forms/{}.form"
#: The component that asks for a field of a type, unless its author wants another that can.
USUAL: Mapping[str, str] = {
    "longtext": "textarea", "number": "number", "money": "number", "date": DATETIME, "datetime": DATETIME, "time": DATETIME,
    "boolean": "checkbox", "choice": "radio", "choices": "checklist", "list": LIST, "evidence": "filepicker",
    "person": "select", "department": "select", "household": "select", "unit": "select",
}  # fmt: skip
_NO_FORM = Text("表单文件读不懂，请先在文本里改正。", "The form cannot be read: mend its text first.")
_GONE = Text("表单里已没有这一项，请刷新。", "The form has no such part any more: reload the page.")
_INSIDE = Text("不能移到它自己里面。", "A group cannot be moved into itself.")
_LABELS = ("label", "dateLabel", "dateTimeLabel")
#: Bounds that a form may set for itself, as they are called there; the stricter of these and the vocabulary's holds.
LENGTHS, AMOUNTS = ("minLength", "maxLength"), ("min", "max")
PATTERN = "pattern"
_BOUNDS = (*LENGTHS, *AMOUNTS, PATTERN)
Tree = dict[str, Any]
_WHOLE = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a form as written: ``ref`` names it on this form, ``inside`` is the ref of what holds it, "" for none."""

    ref: str
    inside: str
    depth: int
    kind: str
    key: str
    label: Text
    help: Text
    text: Text
    required: bool
    readonly: bool
    hide: str
    width: str
    clause: str
    bounds: Mapping[str, str]
    pattern_told: Text
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an owner says of a piece; texts that are empty leave the words to the vocabulary, bounds not named stay."""

    kind: str
    label: Text
    help: Text
    text: Text
    required: bool
    readonly: bool
    hide: str
    width: str
    clause: str
    bounds: Mapping[str, str] = field(default_factory=dict)
    pattern_told: Text | None = None


def pieces_of(data: bytes) -> tuple[Piece, ...]:
    """Every piece from top to bottom, what stands in a group after the group; Misconfigured when it is no form."""
    return tuple(_pieces(_read(data)["components"], "", 0))


def changed(data: bytes, ref: str, wanted: Wanted) -> bytes:
    """The form with that piece as wanted."""
    return _edited(data, lambda form: _change(_found(form, ref)[2], wanted))


def removed(data: bytes, ref: str) -> bytes:
    """The form without that piece and without what stands in it."""

    def remove(form: Tree) -> None:
        _take(form, ref)

    return _edited(data, remove)


def shifted(data: bytes, ref: str, by: int) -> bytes:
    """The form with the piece further up or down among its neighbours."""

    def shift(form: Tree) -> None:
        siblings, place, _ = _found(form, ref)
        siblings.insert(max(0, min(place + by, len(siblings) - 1)), siblings.pop(place))

    return _edited(data, shift)


def moved(data: bytes, ref: str, inside: str, before: str = "") -> bytes:
    """The form with the piece in that group ("" for none), before that one or last."""

    def move(form: Tree) -> None:
        if inside == ref or before == ref:
            raise Misconfigured(_INSIDE)
        piece = _take(form, ref)
        _put(form, piece, inside, before)

    return _edited(data, move)


def added(data: bytes, piece: Tree, inside: str = "") -> bytes:
    """The form with one more piece, last in that group."""
    return _edited(data, lambda form: _put(form, piece, inside, ""))


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
    return {**piece, "properties": {"label_en": asked.label.en}}


def suiting(data: bytes, asked: Field) -> bytes:
    """The form with every piece that asks for that field filled in as its type can be; the same bytes where all are."""
    form = _read(data)
    parts = [part for siblings, _ in _lists(form["components"], "") for part in siblings if isinstance(part, dict)]
    wrong = [part for part in parts if part.get("key") == asked.key and not _suits(part, asked.type)]
    for part in wrong:
        part["type"] = USUAL.get(asked.type, "textfield")
        _set(part, "subtype", asked.type if part["type"] == DATETIME else None)
        if part["type"] == DATETIME:
            part.setdefault("dateLabel", part.get("label") or asked.label.zh)
    return _written(form) if wrong else data


def _suits(part: Tree, kind: str) -> bool:
    """Whether it can write a value of that type; what writes nothing suits all."""
    written = WRITES.get(str(part.get("type")))
    dated = part.get("type") != DATETIME or part.get("subtype", "date") == kind
    return written is None or (kind in written and dated)


def grouping(data: bytes, label: Text) -> Tree:
    """A new group with a heading."""
    name = _free("group", data)
    return {
        "type": GROUP, "id": name, "label": label.zh, "showOutline": True, "properties": {"label_en": label.en}, "components": [],
    }  # fmt: skip


def explaining(data: bytes, text: Text) -> Tree:
    """A new piece of guidance that folds under its first line."""
    name = _free("guidance", data)
    return {"type": WORDS, "id": name, "text": text.zh, "properties": {"guidance": "true", "text_en": text.en}}


def empty_form(name: str) -> bytes:
    """A form without pieces."""
    return _written({"type": "default", "id": name, "schemaVersion": 16, "components": []})


def _pieces(parts: list[Any], inside: str, depth: int) -> Iterator[Piece]:
    shown = [(place, part) for place, part in enumerate(parts) if isinstance(part, dict)]
    for place, part in shown:
        ref = _ref(part, inside, place)
        yield _piece(part, ref, inside, depth, place == 0, place == len(parts) - 1)
        yield from _pieces(_inner(part), ref, depth + 1)


def _piece(part: Tree, ref: str, inside: str, depth: int, first: bool, last: bool) -> Piece:
    properties, validate = _mapping(part, "properties"), _mapping(part, "validate")
    return Piece(
        ref=ref,
        inside=inside,
        depth=depth,
        kind=str(part.get("type") or ""),
        key=str(part.get("key") or ""),
        label=_pair(next((part[name] for name in _LABELS if part.get(name)), ""), properties.get("label_en")),
        help=_pair(part.get("description"), properties.get("description_en")),
        text=_pair(part.get("text"), properties.get("text_en")),
        required=validate.get("required") is True,
        readonly=part.get("readonly") is True or part.get("disabled") is True,
        hide=str(_mapping(part, "conditional").get("hide") or ""),
        width=str(properties.get("width") or ""),
        clause=str(properties.get("clause") or ""),
        bounds={name: str(validate[name]) for name in _BOUNDS if validate.get(name) not in (None, "")},
        pattern_told=_pair(validate.get("patternErrorMessage"), properties.get("pattern_en")),
        first=first,
        last=last,
    )


def _change(part: Tree, wanted: Wanted) -> None:
    _become(part, wanted.kind)
    labels = [name for name in _LABELS if name in part] or ["label"]
    for name in labels:
        _set(part, name, wanted.label.zh)
    _set(part, "description", wanted.help.zh)
    if part.get("type") == WORDS:
        _set(part, "text", wanted.text.zh)
    _set(part, "readonly", wanted.readonly or None)
    if not wanted.readonly:
        part.pop("disabled", None)
    _within(part, "validate", {"required": wanted.required or None, **_bounds(part, wanted)})
    _within(part, "conditional", {"hide": wanted.hide})
    said = {
        "label_en": wanted.label.en, "description_en": wanted.help.en, "text_en": wanted.text.en, "width": wanted.width,
        "clause": wanted.clause,
    }  # fmt: skip
    if wanted.pattern_told is not None:
        said["pattern_en"] = wanted.pattern_told.en
    _within(part, "properties", said)


def _bounds(part: Tree, wanted: Wanted) -> Mapping[str, Any]:
    """The bounds that say something else than before, whole numbers as such; a form writes other numbers as text."""
    was = {name: str(value) for name, value in _mapping(part, "validate").items()}
    changed = {name: value for name, value in wanted.bounds.items() if was.get(name, "") != value}
    found: Tree = {name: int(value) if name != PATTERN and _WHOLE.fullmatch(value) else value for name, value in changed.items()}
    if wanted.pattern_told is not None and wanted.pattern_told.zh != was.get("patternErrorMessage", ""):
        found["patternErrorMessage"] = wanted.pattern_told.zh
    return found


def _become(part: Tree, kind: str) -> None:
    """Another component for the same field; what stays of the old one's settings does no harm and is kept."""
    if kind in WRITES and part.get("type") in WRITES:
        part["type"] = kind


def _set(part: Tree, name: str, value: Any) -> None:
    if value in (None, ""):
        part.pop(name, None)
    else:
        part[name] = value


def _within(part: Tree, name: str, wanted: Mapping[str, Any]) -> None:
    inner = dict(_mapping(part, name))
    for key, value in wanted.items():
        _set(inner, key, value)
    _set(part, name, inner or None)


def _found(form: Tree, ref: str) -> tuple[list[Any], int, Tree]:
    """The list that it stands in, its place there and the piece."""
    for siblings, inside in _lists(form["components"], ""):
        for place, part in enumerate(siblings):
            if isinstance(part, dict) and _ref(part, inside, place) == ref:
                return siblings, place, part
    raise Misconfigured(_GONE)


def _take(form: Tree, ref: str) -> Tree:
    siblings, place, piece = _found(form, ref)
    del siblings[place]
    return piece


def _put(form: Tree, piece: Tree, inside: str, before: str) -> None:
    if before:
        siblings, place, _ = _found(form, before)
        siblings.insert(place, piece)
        return
    holder = _found(form, inside)[2] if inside else form
    holder.setdefault("components", []).append(piece)


def _lists(parts: list[Any], inside: str) -> Iterator[tuple[list[Any], str]]:
    yield parts, inside
    for place, part in enumerate(parts):
        if isinstance(part, dict) and _inner(part):
            yield from _lists(_inner(part), _ref(part, inside, place))


def _inner(part: Tree) -> list[Any]:
    inner = part.get("components")
    return inner if isinstance(inner, list) else []


def _ref(part: Tree, inside: str, place: int) -> str:
    """Its id; where it has none its place."""
    return str(part.get("id") or part.get("key") or f"{inside}@{place}")


def _free(wanted: str, data: bytes) -> str:
    taken = {piece.ref for piece in pieces_of(data)}
    return next(name for number in range(1, len(taken) + 2) if (name := f"{wanted}_{number}") not in taken)


def _edited(data: bytes, change: Callable[[Tree], None]) -> bytes:
    form = _read(data)
    change(form)
    return _written(form)


def _read(data: bytes) -> Tree:
    try:
        form = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise Misconfigured(_NO_FORM) from problem
    if not isinstance(form, dict) or not isinstance(form.get("components"), list):
        raise Misconfigured(_NO_FORM)
    return form


def _written(form: Tree) -> bytes:
    return (json.dumps(form, ensure_ascii=False, indent=2) + "\n").encode()


def _mapping(part: Tree, name: str) -> Mapping[str, Any]:
    value = part.get(name)
    return value if isinstance(value, dict) else {}


def _pair(zh: Any, en: Any) -> Text:
    return Text(str(zh or ""), str(en or ""))


def keys_on(data: bytes) -> Iterable[str]:
    """The keys that its pieces ask for or show."""
    return (piece.key for piece in pieces_of(data) if piece.key)
