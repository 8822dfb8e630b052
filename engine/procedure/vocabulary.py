"""The vocabulary of a procedure: every field key with its one meaning and type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.domain.text import Text, named, untranslated
from engine.procedure.findings import WRITE_ENGLISH, Findings, no_english
from engine.procedure.safe_yaml import YamlFile

TEXT_TYPES = frozenset({"text", "longtext", "phone", "person", "department", "household", "unit", "signature"})
CHOICE_TYPES = frozenset({"choice", "choices"})
FIELD_TYPES = TEXT_TYPES | CHOICE_TYPES | {"number", "money", "date", "datetime", "time", "boolean", "list", "evidence"}
#: Nothing that anybody counts or pays has more.
_MOST_DIGITS = 30


_CURRENCIES = {"CNY": Text("元", "CNY"), "RMB": Text("元", "CNY")}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a field may have, with its name for people."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Field:
    """What a key means: its type, names, choices and bounds, and whether it is personal or kept from round to round."""

    key: str
    type: str
    label: Text
    personal: bool = False
    keep: bool = False
    sensitivity: str | None = None
    unit: str | None = None
    choices: tuple[Choice, ...] = ()
    of: tuple[str, ...] = ()
    help: Text | None = None
    max_length: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def unit_said(self) -> Text | None:
        """The unit as people write it: a currency by its name, any other as it stands."""
        return _CURRENCIES.get(self.unit, Text(self.unit, self.unit)) if self.unit else None

    def choice(self, value: str) -> Choice | None:
        """The choice with this value, None when there is none."""
        return next((choice for choice in self.choices if choice.value == value), None)


def read_vocabulary(source: YamlFile, findings: Findings) -> dict[str, Field]:
    """Every well-written field of ``fields.yaml``; the others become findings."""
    return {key: field for key, entry in source.mapping().items() if (field := _field(key, entry, source, findings))}


def _field(key: str, entry: Any, source: YamlFile, findings: Findings) -> Field | None:
    if not isinstance(entry, dict) or str(entry.get("type")) not in FIELD_TYPES:
        known = ", ".join(sorted(FIELD_TYPES))
        text = Text(f"字段“{key}”没有可用的类型。", f'The field "{key}" has no usable type.')
        findings.error(
            "field-type", source.place(key, "type"), text, Text(f"请写 type: {known} 之一。", f"Write type: one of {known}.")
        )
        return None
    if not key.isidentifier() or not key.isascii():
        text = Text(
            f"字段名“{key}”只能用英文字母、数字和下划线。",
            f'The field key "{key}" may only have letters, digits and underscores.',
        )
        findings.error("field-key", source.place(key), text, Text("请改名。", "Rename it."))
        return None
    label, choices, explained = _label(key, entry, source, findings), _choices(key, entry, source, findings), _help(entry)
    _note_english(key, [label, *(choice.label for choice in choices), *filter(None, [explained])], source, findings)
    return Field(
        key=key,
        type=entry["type"],
        label=label,
        personal=entry.get("personal") is True,
        keep=entry.get("keep") is True,
        sensitivity=_text_or_none(entry.get("sensitivity")),
        unit=_text_or_none(entry.get("unit")),
        choices=choices,
        of=_columns(entry.get("of")),
        help=explained,
        max_length=_whole(key, "max_length", entry, source, findings),
        minimum=_amount(key, "min", entry, source, findings),
        maximum=_amount(key, "max", entry, source, findings),
    )


def _label(key: str, entry: Mapping[str, Any], source: YamlFile, findings: Findings) -> Text:
    """The Chinese stands in for English that nobody has written yet."""
    zh = str(entry.get("zh") or key)
    if not entry.get("zh"):
        text = Text(f"字段“{key}”缺中文名。", f'The field "{key}" lacks its Chinese name.')
        findings.error("field-name", source.place(key), text, Text("请写 zh。", "Write zh."))
    return named(zh, str(entry.get("en") or zh))


def _note_english(key: str, said: list[Text], source: YamlFile, findings: Findings) -> None:
    """What has no English yet, once a field."""
    lacking = [text for text in said if untranslated(text)]
    if lacking:
        place = replace(source.place(key), name=said[0].zh, name_en=said[0].en)
        findings.warning("field-english", place, no_english(lacking[0], len(lacking) - 1), WRITE_ENGLISH)


def _choices(key: str, entry: Mapping[str, Any], source: YamlFile, findings: Findings) -> tuple[Choice, ...]:
    written = entry.get("choices") or []
    listed = written if isinstance(written, list) else [written]
    choices = [choice for raw in listed if (choice := _choice(raw))]
    values = [choice.value for choice in choices]
    if len(choices) != len(listed) or len(values) != len(set(values)):
        text = Text(f"字段“{key}”的选项要各有不同的 value，以及 zh。", f'Every choice of "{key}" needs its own value, and zh.')
        mend = Text(
            "请补全选项；像 yes、no 这样的值要加引号。", "Complete the choices; put quotes round values such as yes or no."
        )
        findings.error("field-choices", source.place(key, "choices"), text, mend)
    elif entry["type"] in CHOICE_TYPES and not choices:
        text = Text(f"字段“{key}”是选择题，却没有选项。", f'The field "{key}" is a choice without choices.')
        findings.error("field-choices", source.place(key), text, Text("请写 choices。", "Write choices."))
    return tuple(choices)


def _choice(raw: Any) -> Choice | None:
    if not isinstance(raw, dict) or not isinstance(raw.get("value"), str | int) or isinstance(raw.get("value"), bool):
        return None
    if not raw.get("zh"):
        return None
    return Choice(str(raw["value"]), named(str(raw["zh"]), str(raw.get("en") or raw["zh"])))


def _columns(written: Any) -> tuple[str, ...]:
    return tuple(map(str, written)) if isinstance(written, list) else () if written is None else (str(written),)


def _help(entry: Mapping[str, Any]) -> Text | None:
    zh, en = entry.get("help_zh"), entry.get("help_en")
    return named(str(zh or en), str(en or zh)) if zh or en else None


def _text_or_none(value: Any) -> str | None:
    return None if value is None else str(value)


def amount_of(written: Any) -> Decimal:
    """The number that an author wrote; ValueError for what is none, for infinity, and for one too long to be written out."""
    try:
        number = Decimal(str(written))
    except InvalidOperation as problem:
        raise ValueError from problem
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS or len(number.as_tuple().digits) > _MOST_DIGITS:
        raise ValueError
    return number


def _whole(key: str, name: str, entry: Mapping[str, Any], source: YamlFile, findings: Findings) -> int | None:
    number = _amount(key, name, entry, source, findings)
    return None if number is None else int(number)


def _amount(key: str, name: str, entry: Mapping[str, Any], source: YamlFile, findings: Findings) -> Decimal | None:
    if entry.get(name) is None:
        return None
    try:
        return amount_of(entry[name])
    except ValueError:
        text = Text(f"字段“{key}”的 {name} 不是数。", f'{name} of the field "{key}" is not a number.')
        findings.error("field-bound", source.place(key, name), text, Text("请写一个数。", "Write a number."))
        return None
