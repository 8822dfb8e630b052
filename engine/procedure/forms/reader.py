"""Reading form-js JSON into components; faults become findings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from engine.domain.text import Text, named, untranslated
from engine.feel import FeelError, compile_expression
from engine.procedure.expressions import Compiler
from engine.procedure.findings import Findings, Place, misspelt
from engine.procedure.forms.component import KINDS, REFUSED, WRITES, Component
from engine.procedure.forms.form import Form
from engine.procedure.forms.written import loaded
from engine.procedure.vocabulary import Choice, Field, amount_of

MAX_DEPTH = 6
_LONGEST = 40
REDRAW = Text("请在表单编辑器里改正。", "Correct it in the form editor.")


def read_form(file: str, data: bytes, vocabulary: Mapping[str, Field], compiler: Compiler, findings: Findings) -> Form:
    """The form in a file; a form that cannot be read has no components and leaves findings."""
    return _Reader(file, data, vocabulary, compiler, findings).read()


#: The sentence by what the parser says, which is English alone.
_SYNTAX = {
    "Expecting property name": Text("名称要放在双引号里", "a name has to stand in double quotation marks"),
    "Expecting ','": Text("少了逗号，或括号没有成对", "a comma is missing, or a bracket is not closed"),
    "Expecting ':'": Text("少了冒号", "a colon is missing"),
    "Expecting value": Text("这里少了内容，或文件断了", "something is missing here, or the file breaks off"),
    "Extra data": Text("结尾之后还有别的内容", "something follows after its end"),
    "Unterminated string": Text("引号没有成对", "a quotation mark is not closed"),
    "Invalid control character": Text(
        "引号里有不能用的字符，例如换行", "a text holds a character that is not allowed, such as a line break"
    ),
    "Illegal trailing comma": Text("最后一项后面多了逗号", "a comma follows the last entry"),
}


def _why(problem: Exception) -> Text:
    found = next((why for said, why in _SYNTAX.items() if said in str(problem)), None)
    return found or Text("这里的写法不对", "it is not written as it should be")


class _Reader:
    def __init__(self, file: str, data: bytes, vocabulary: Mapping[str, Field], compiler: Compiler, findings: Findings) -> None:
        self._file, self._data, self._vocabulary = file, data, vocabulary
        self._compiler, self._findings = compiler, findings
        self._seen: set[str] = set()

    def read(self) -> Form:
        name = PurePosixPath(self._file).stem
        schema = self._schema()
        if schema.get("id") not in (None, name):
            text = Text(
                f"表单的 id“{schema['id']}”与文件名不同。", f'The id "{schema["id"]}" of the form differs from its file name.'
            )
            self._findings.error("form-id", Place(self._file), text, Text(f"请写 id: {name}。", f"Write id: {name}."))
        return Form(name, self._components(schema.get("components"), 0, None), self._file)

    def _schema(self) -> dict[str, Any]:
        try:
            schema = loaded(self._data, parse_float=Decimal)
        except (ValueError, RecursionError) as problem:
            line = getattr(problem, "lineno", None)
            why = _why(problem)
            text = Text(f"不是完好的 JSON：{why.zh}。", f"This is not well-formed JSON: {why.en}.")
            self._findings.error("form-json", Place(self._file, line), text, REDRAW)
            return {}
        if isinstance(schema, dict) and isinstance(schema.get("components"), list):
            return schema
        text = Text("表单没有 components 列表。", "The form has no list of components.")
        self._findings.error("form-json", Place(self._file), text, REDRAW)
        return {}

    def _components(self, raw: Any, depth: int, rows_of: Field | None) -> tuple[Component, ...]:
        if not isinstance(raw, list) or depth > MAX_DEPTH:
            return ()
        return tuple(part for entry in raw if isinstance(entry, dict) and (part := self._component(entry, depth, rows_of)))

    def _component(self, entry: dict[str, Any], depth: int, rows_of: Field | None) -> Component | None:
        kind = str(entry.get("type") or "")
        place = self._place(entry)
        if kind not in KINDS:
            self._refuse_kind(kind, place)
            return None
        field = self._field(kind, entry, place, rows_of)
        if kind in WRITES and field is None:
            return None
        properties = {str(key): str(value) for key, value in _mapping(entry.get("properties")).items()}
        validate = _mapping(entry.get("validate"))
        label = self._label(entry, properties, field)
        return Component(
            kind=kind,
            id=str(entry.get("id") or entry.get("key") or ""),
            key=field.key if field else None,
            label=label,
            help=self._help(entry, properties, field),
            text=_pair(entry.get("text"), properties.get("text_en")),
            required=validate.get("required") is True,
            readonly=entry.get("readonly") is True or entry.get("disabled") is True,
            hide=self._hide(entry, place),
            choices=self._choices(entry, field, place) if field else (),
            properties=properties,
            children=self._components(entry.get("components"), depth + 1, field if kind == "dynamiclist" else rows_of),
            field=field,
            min_length=self._whole(validate, "minLength", place),
            max_length=_stricter(min, self._whole(validate, "maxLength", place), field.max_length if field else None),
            minimum=_stricter(max, self._amount(validate, "min", place), field.minimum if field else None),
            maximum=_stricter(min, self._amount(validate, "max", place), field.maximum if field else None),
            decimals=self._whole(entry, "decimalDigits", place),
            pattern=self._pattern(validate, place),
            pattern_text=_pair(validate.get("patternErrorMessage"), properties.get("pattern_en")),
        )

    def _place(self, entry: Mapping[str, Any]) -> Place:
        key = entry.get("key") or entry.get("path") or entry.get("id")
        line = None
        if key:
            position = self._data.find(json.dumps(str(key), ensure_ascii=False).encode())
            line = self._data.count(b"\n", 0, position) + 1 if position >= 0 else None
        return Place(self._file, line, str(key) if key else None, str(entry.get("label") or "") or None)

    def _refuse_kind(self, kind: str, place: Place) -> None:
        if kind in REFUSED:
            text = Text(f"表单里不能用“{kind}”组件。", f'A form may not have a "{kind}" component.')
        else:
            text = Text(f"不认识的组件“{kind}”。", f'"{kind}" is no known component.')
        known = ", ".join(sorted(KINDS))
        self._findings.error("form-component", place, text, Text(f"可用：{known}。", f"Use one of {known}."))

    def _field(self, kind: str, entry: Mapping[str, Any], place: Place, rows_of: Field | None) -> Field | None:
        key = entry.get("key") or (entry.get("path") if kind == "dynamiclist" else None)
        if kind not in WRITES:
            return None
        field = self._vocabulary.get(str(key))
        if field is None:
            text = Text(f"词汇表里没有字段“{key}”。", f'The vocabulary has no field "{key}".')
            mend = Text("请改用 fields.yaml 里的字段，或在那里添加。", "Use a field of fields.yaml, or add it there.")
            self._findings.error("form-key", place, text, mend, misspelt(str(key or ""), self._vocabulary))
            return None
        self._check_use(kind, field, entry, place, rows_of)
        return field

    def _check_use(self, kind: str, field: Field, entry: Mapping[str, Any], place: Place, rows_of: Field | None) -> None:
        if field.type not in WRITES[kind]:
            fitting = ", ".join(sorted(kind for kind, types in WRITES.items() if field.type in types))
            text = Text(
                f"字段“{field.key}”的类型是 {field.type}，不能用 {kind} 填写。",
                f'The field "{field.key}" has the type {field.type}, which {kind} cannot write.',
            )
            self._findings.error("form-type", place, text, Text(f"请用 {fitting}。", f"Use {fitting}."))
        if rows_of is not None and field.key not in rows_of.of:
            text = Text(f"“{field.key}”不属于列表“{rows_of.key}”。", f'"{field.key}" is no part of the list "{rows_of.key}".')
            mend = Text(f"请在 fields.yaml 的 {rows_of.key}.of 里添加。", f"Add it to {rows_of.key}.of in fields.yaml.")
            self._findings.error("form-row", place, text, mend)
        mark = field.key if rows_of is None else f"{rows_of.key}.{field.key}"
        if entry.get("readonly") is not True and mark in self._seen:
            text = Text(f"字段“{field.key}”在表单里出现了两次。", f'The field "{field.key}" stands twice on the form.')
            self._findings.error("form-duplicate", place, text, Text("请只留一处可填写的。", "Keep one that writes."))
        elif entry.get("readonly") is not True:
            self._seen.add(mark)

    def _label(self, entry: Mapping[str, Any], properties: Mapping[str, str], field: Field | None) -> Text:
        written = _pair(entry.get("label") or entry.get("dateLabel") or entry.get("dateTimeLabel"), properties.get("label_en"))
        if field is None:
            return written or Text("", "")
        if written is None:
            return field.label
        own = named(written.zh, properties.get("label_en"))
        return named(own.zh, field.label.en) if not properties.get("label_en") or untranslated(own) else own

    def _help(self, entry: Mapping[str, Any], properties: Mapping[str, str], field: Field | None) -> Text | None:
        return _pair(entry.get("description"), properties.get("description_en")) or (field.help if field else None)

    def _hide(self, entry: Mapping[str, Any], place: Place) -> Any:
        source = _mapping(entry.get("conditional")).get("hide")
        return self._compiler.compile(str(source).strip().removeprefix("="), place, "form-condition") if source else None

    def _choices(self, entry: Mapping[str, Any], field: Field, place: Place) -> tuple[Choice, ...]:
        listed = entry.get("values")
        written = [raw for raw in listed if isinstance(raw, dict)] if isinstance(listed, list) else []
        if not field.choices:
            return tuple(_written_choice(raw) for raw in written)
        if not written:
            return field.choices
        known = [choice for raw in written if (choice := field.choice(str(raw.get("value"))))]
        if len(known) != len(written):
            text = Text(
                f"表单给“{field.key}”的选项不都在词汇表里。",
                f'Not all choices that the form gives "{field.key}" are in the vocabulary.',
            )
            mend = Text("请删去 values，选项就取自 fields.yaml。", "Delete values; the choices then come from fields.yaml.")
            self._findings.error("form-choices", place, text, mend)
        return tuple(known)

    def _pattern(self, validate: Mapping[str, Any], place: Place) -> str | None:
        pattern = str(validate.get("pattern") or "")
        if pattern and not is_pattern(pattern):
            text = Text(f"“{pattern}”不是可用的格式。", f'"{pattern}" is no usable pattern.')
            self._findings.error("form-pattern", place, text, REDRAW)
            return None
        return pattern or None

    def _whole(self, data: Mapping[str, Any], name: str, place: Place) -> int | None:
        amount = self._amount(data, name, place)
        return None if amount is None else int(amount)

    def _amount(self, data: Mapping[str, Any], name: str, place: Place) -> Decimal | None:
        if data.get(name) in (None, ""):
            return None
        try:
            return amount_of(data[name])
        except ValueError:
            written = str(data[name])[:_LONGEST]
            text = Text(f"{name}“{written}”不是数，或大得不能用。", f'{name} "{written}" is not a number, or too large a one.')
            self._findings.error("form-bound", place, text, Text("请写一个数。", "Write a number."))
            return None


def is_pattern(pattern: str) -> bool:
    """Whether FEEL's own engine, which takes linear time, can match it."""
    try:
        tried = compile_expression(f'matches("", {json.dumps(pattern, ensure_ascii=False)})')
    except FeelError:
        return False
    return tried.evaluate({}) is not None


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _pair(zh: Any, en: Any) -> Text | None:
    return named(str(zh or en), str(en or zh)) if zh or en else None


def _written_choice(raw: Mapping[str, Any]) -> Choice:
    value = str(raw.get("value") or "")
    label = str(raw.get("label") or value)
    return Choice(value, Text(label, str(raw.get("label_en") or label)))


def _stricter(choose: Any, first: Any, second: Any) -> Any:
    given = [bound for bound in (first, second) if bound is not None]
    return choose(given) if given else None
