"""A form with what was typed and what is wrong with it, laid out as the pieces that the templates draw."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any

from engine.domain.text import Text
from engine.domain.values import Value
from webforms.rendering.posted import Raw, rows_of
from webforms.wording import WORDS

Options = tuple[Any, ...]
REFERENCES = frozenset({"person", "department", "household", "unit"})
_HALF = frozenset({"number", "datetime", "select", "checkbox"})
_YES_NO = ((("true"), "form.yes"), (("false"), "form.no"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list; ``remove`` is what the button that takes it out posts."""

    number: int
    pieces: tuple[Piece, ...]
    remove: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose, with its name."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Piece:
    """One component as drawn: ``draw`` names the macro, ``name`` is what a browser posts, ``value`` what stands in it."""

    draw: str
    component: Any
    name: str
    value: str = ""
    values: tuple[str, ...] = ()
    options: Options = ()
    error: Text | None = None
    width: str = "wide"
    pieces: tuple[Piece, ...] = ()
    rows: tuple[Row, ...] = ()
    shown: Value = None

    @property
    def id(self) -> str:
        """The id of the control."""
        return "f-" + self.name.replace("[", "-").replace("].", "-")


@dataclass(frozen=True, slots=True)
class Rendering:
    """The pieces of a form, the errors that stand at no visible field, and whether conditions decide what shows."""

    pieces: tuple[Piece, ...]
    errors: Mapping[str, Text]
    conditional: bool
    has_files: bool

    @property
    def faults(self) -> tuple[tuple[Piece, Text], ...]:
        """The pieces with an error, in the order of the page."""
        return tuple((piece, piece.error) for piece in flat(self.pieces) if piece.error)

    @property
    def unplaced(self) -> tuple[Text, ...]:
        """Errors that belong to no piece on the page."""
        placed = {piece.name for piece in flat(self.pieces)}
        return tuple(text for key, text in self.errors.items() if key not in placed)


@dataclass(frozen=True, slots=True)
class _Drawing:
    form: Any
    raw: Raw
    scope: Mapping[str, Value]
    errors: Mapping[str, Text]
    lookup: Callable[[str], Options]
    left_out: frozenset[str]


def render(
    form: Any,
    raw: Raw,
    scope: Mapping[str, Value],
    *,
    zone: tzinfo,
    lookup: Callable[[str], Options],
    errors: Mapping[str, Text] | None = None,
    left_out: Collection[str] = (),
) -> Rendering:
    """The form as drawn for these entries; the engine's form decides what shows, here as when it is posted.

    Keys ``left_out`` are asked elsewhere on the page.
    """
    known = {key: value for key, value in raw.items() if not key.endswith("._")}
    seen = {**scope, **form.read(known, scope, zone=zone).values}
    drawing = _Drawing(form, raw, seen, errors or {}, lookup, frozenset(left_out))
    pieces = _boxed(_pieces(drawing, form.components))
    kinds = {piece.draw for piece in flat(pieces)}
    return Rendering(pieces, drawing.errors, _has_condition(form.components), "files" in kinds)


def standing(component: Any, name: str) -> Piece | None:
    """One component as it stands on its form, whatever its condition; None for what only holds others."""
    if component.kind in ("group", "dynamiclist"):
        return None
    if component.field is None:
        return _standing(component)
    if component.readonly:
        return Piece("shown", component, name)
    return _control(_Drawing(None, {}, {}, {}, lambda _kind: (), frozenset()), component, name, None)


def flat(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Every piece, groups and rows opened."""
    found: list[Piece] = []
    for piece in pieces:
        found += [piece, *flat(piece.pieces), *(part for row in piece.rows for part in flat(row.pieces))]
    return tuple(found)


def _has_condition(components: tuple[Any, ...]) -> bool:
    return any(component.hide is not None or _has_condition(component.children) for component in components)


def _pieces(drawing: _Drawing, components: tuple[Any, ...]) -> tuple[Piece, ...]:
    asked = (component for component in components if component.key not in drawing.left_out)
    shown = (component for component in asked if drawing.form.visible(component, drawing.scope))
    return tuple(piece for component in shown if (piece := _piece(drawing, component)))


def _boxed(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Loose pieces between groups are gathered into boxes of their own, so that the page is a column of boxes."""
    boxes: list[Piece] = []
    for piece in pieces:
        if piece.draw in ("group", "guidance"):
            boxes.append(piece)
        elif boxes and boxes[-1].draw == "box":
            boxes[-1] = replace(boxes[-1], pieces=(*boxes[-1].pieces, piece))
        else:
            boxes.append(Piece("box", None, f"box{len(boxes)}", pieces=(piece,)))
    return tuple(boxes)


def _piece(drawing: _Drawing, component: Any) -> Piece | None:
    if component.kind == "group":
        children = _pieces(drawing, component.children)
        return Piece("group", component, component.id, pieces=children) if children else None
    if component.field is None:
        return _standing(component)
    if component.readonly:
        return Piece("shown", component, component.key, shown=drawing.scope.get(component.key))
    if component.kind == "dynamiclist":
        return _list(drawing, component)
    return _control(drawing, component, component.key, drawing.raw.get(component.key))


def _standing(component: Any) -> Piece | None:
    if component.kind == "text":
        draw = "guidance" if component.properties.get("guidance") == "true" else "words"
        return Piece(draw, component, component.id) if component.text else None
    return Piece("separator", component, component.id) if component.kind == "separator" else None


def _list(drawing: _Drawing, component: Any) -> Piece:
    key = component.key
    entered = rows_of(drawing.raw, key) or [{}]
    rows = tuple(Row(number, _row(drawing, component, number, entry), f"{key}:{number}") for number, entry in enumerate(entered))
    return Piece("rows", component, key, rows=rows, error=drawing.errors.get(key))


def _row(drawing: _Drawing, component: Any, number: int, entry: Raw) -> tuple[Piece, ...]:
    name = f"{component.key}[{number}]"
    parts = (part for part in component.children if part.field is not None)
    return tuple(_control(drawing, part, f"{name}.{part.key}", entry.get(part.key)) for part in parts)


def _control(drawing: _Drawing, component: Any, name: str, entered: Any) -> Piece:
    values = tuple(map(str, entered)) if isinstance(entered, list) else (() if entered is None else (str(entered),))
    draw = _draw(component)
    return Piece(
        draw=draw,
        component=component,
        name=name,
        value=values[-1] if values else "",
        values=values,
        options=_options(drawing, component),
        error=drawing.errors.get(name),
        width=component.properties.get("width")
        or ("half" if component.kind in _HALF or draw in ("telephone", "money", "choose") else "wide"),
    )


#: The macro for a field type where the component's kind alone does not say it.
_BY_TYPE = {
    "phone": "telephone", "money": "money", "date": "day", "datetime": "moment", "time": "clock",
    "person": "choose", "department": "choose", "household": "choose", "unit": "choose", "evidence": "files",
    "signature": "signature",
}  # fmt: skip
_BY_KIND = {
    "textfield": "line", "textarea": "paragraph", "number": "number", "checkbox": "tick", "radio": "radio", "select": "choose",
    "checklist": "ticks", "taglist": "ticks",
}  # fmt: skip


def _draw(component: Any) -> str:
    return _BY_TYPE.get(component.field.type) or _BY_KIND[component.kind]


def _options(drawing: _Drawing, component: Any) -> Options:
    if component.field.type in REFERENCES:
        return drawing.lookup(component.field.type)
    if component.field.type == "boolean" and not component.choices:
        return tuple(Choice(value, WORDS[key]) for value, key in _YES_NO)
    return tuple(component.choices)
