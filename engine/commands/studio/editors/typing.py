"""The type of a field and its bounds: changed in the vocabulary and on the forms that ask for it, unless something breaks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.commands.studio.editors.fields import Entry, choices_in
from engine.commands.studio.editors.given import LABEL, Given
from engine.domain.text import Text
from engine.procedure import Bundle
from engine.procedure.vocabulary import CHOICE_TYPES, FIELD_TYPES, TEXT_TYPES, Choice, Field
from engine.procedure.writing import forms
from engine.procedure.writing.usage import ANSWER, CONDITION, DIAGRAM, PAPER, SETTING, STORY, TABLE, Usage, usages

#: Bounds of the vocabulary by the types that they are for.
BOUNDS: Mapping[str, frozenset[str]] = {
    "max_length": frozenset({"text", "longtext", "phone", "signature"}),
    "min": frozenset({"number", "money"}),
    "max": frozenset({"number", "money"}),
}
UNIT = "unit"
#: What never becomes anything else.
_FIXED = frozenset({"list", "evidence"})
#: What takes any text; every other type of text takes only some.
_WIDE = frozenset({"text", "longtext"})
_READ = (TABLE, CONDITION, DIAGRAM, SETTING)
_TOLD = (STORY, ANSWER, PAPER)
_MOST_PLACES = 6
_TYPE = Text("请选一个类型。", "Choose a type.")
_STAYS = Text(
    "表格和附件不能改成别的类型，别的也不能改成它们：请新建一个字段。",
    "Lists and files never become another type, nor anything else one of them: make a new field.",
)
_BROKEN = Text(
    "改成这个类型，下面这些地方就读不懂它了：{places}。请先在那里改掉。",
    "With this type these could not read it any more: {places}. Change them first.",
)
_UNSURE = Text(
    "这些地方写着它原来的值，改后可能不符：{places}。确要改，请勾选“仍然改类型”再保存。",
    "These state values of the present type, which may not fit: {places}. To change it all the same, tick "
    "“Change the type all the same” and save.",
)
_NUMBER = Text("请写一个数，或者留空。", "Write a number, or leave it empty.")
_LENGTH = Text("请写大于 0 的整数，或者留空。", "Write a whole number above 0, or leave it empty.")
_TURNED = Text("最小不能大于最大。", "The least cannot be above the most.")


def typed(given: Given, key: str, entry: Mapping[str, Any], bundle: Bundle) -> Entry:
    """What fields.yaml says of the field's type and bounds, None where it says nothing; what is not posted is not among it."""
    was = str(entry.get("type"))
    kind = given.one("type") if given.posted("type") else was
    said: Entry = {}
    if kind != was:
        _refuse_broken(given, key, was, kind, bundle)
        said |= {"type": kind, **_choices(given, kind, entry)}
    return said | _bounds(given, kind, entry)


def forms_with(field: Field, bundle: Bundle) -> dict[str, bytes]:
    """The forms that have to fill it in otherwise, for its type now."""
    found = {path: forms.suiting(data, field) for path, data in bundle.named(".form", "forms").items() if _asks(data, field.key)}
    return {path: data for path, data in found.items() if data != bundle.files[path]}


def as_field(key: str, entry: Mapping[str, Any]) -> Field:
    """The field that an entry stands for, as far as a form has to know it."""
    choices = tuple(Choice(str(one["value"]), Text(one["zh"], one.get("en") or one["zh"])) for one in entry.get("choices") or ())
    return Field(key, str(entry["type"]), Text(str(entry.get("zh")), str(entry.get("en") or entry.get("zh"))), choices=choices)


def bounds_of_piece(given: Given) -> dict[str, str]:
    """The bounds that a form sets for itself, of those that were posted."""
    found: dict[str, str] = {}
    for name in (*forms.LENGTHS, *forms.AMOUNTS):
        if given.posted(f"own_{name}"):
            text = given.one(f"own_{name}")
            found[name] = text
            _amount(given, f"own_{name}", text, whole=name in forms.LENGTHS)
    for least, most in (forms.LENGTHS, forms.AMOUNTS):
        _refuse_turned(given, f"own_{most}", found.get(least, ""), found.get(most, ""))
    return found


def _asks(data: bytes, key: str) -> bool:
    return f'"{key}"'.encode() in data


def _refuse_broken(given: Given, key: str, was: str, kind: str, bundle: Bundle) -> None:
    places = usages(bundle).get(key, ())
    reading = [place for place in places if place.purpose in _READ]
    telling = [place for place in places if place.purpose in _TOLD]
    if kind not in FIELD_TYPES:
        given.fault("type", _TYPE)
    elif _FIXED & {was, kind}:
        given.fault("type", _STAYS)
    elif _shape(was) != _shape(kind) and reading:
        given.fault("type", _named(_BROKEN, reading))
    elif not given.ticked("sure_type") and not _fits(was, kind) and (reading or telling):
        given.fault("type", _named(_UNSURE, [*reading, *telling]))


def _shape(kind: str) -> str:
    """What its values are to whoever reads them."""
    if kind in TEXT_TYPES or kind == "choice":
        return "text"
    return "number" if kind == "money" else kind


def _fits(was: str, kind: str) -> bool:
    """Whether every value that was good stays good."""
    return (kind in _WIDE and _shape(was) == "text") or _shape(was) == _shape(kind) == "number"


def _named(sentence: Text, places: list[Usage]) -> Text:
    names = list(dict.fromkeys(place.name for place in places))
    more = len(names) - _MOST_PLACES
    zh = "、".join(name.zh for name in names[:_MOST_PLACES])
    en = ", ".join(name.en for name in names[:_MOST_PLACES])
    if more > 0:
        zh, en = f"{zh} 等 {len(names)} 处", f"{en} and {more} more"
    return Text(sentence.zh.format(places=zh), sentence.en.format(places=en))


def _choices(given: Given, kind: str, entry: Mapping[str, Any]) -> Entry:
    """Choices come with a type that has them, and go with one that has none."""
    if kind not in CHOICE_TYPES:
        return {"choices": None}
    return {} if entry.get("choices") else {"choices": choices_in(given, "type_choices")}


def _bounds(given: Given, kind: str, entry: Mapping[str, Any]) -> Entry:
    said: Entry = {name: None for name, kinds in BOUNDS.items() if kind not in kinds and name in entry}
    for name in (name for name, kinds in BOUNDS.items() if kind in kinds and given.posted(name)):
        said[name] = _amount(given, name, given.one(name), whole=name == "max_length")
    if kind in BOUNDS["min"]:
        _refuse_turned(given, "max", given.one("min"), given.one("max"))
        if given.posted(UNIT):
            said[UNIT] = given.words(UNIT, LABEL) or None
    return {name: entry[name] if _alike(entry.get(name), value) else value for name, value in said.items()}


def _alike(was: Any, now: Any) -> bool:
    return was is not None and now is not None and str(was) == str(now)


def _amount(given: Given, name: str, text: str, *, whole: bool) -> int | Decimal | None:
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or (whole and (number != number.to_integral_value() or number <= 0)):
        given.fault(name, _LENGTH if whole else _NUMBER)
        return None
    return int(number) if number == number.to_integral_value() else number


def _refuse_turned(given: Given, name: str, least: str, most: str) -> None:
    try:
        turned = bool(least and most) and Decimal(least) > Decimal(most)
    except InvalidOperation:
        return
    if turned:
        given.fault(name, _TURNED)
