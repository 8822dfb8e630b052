"""The mapping of an event file: which column is what, and what each event means for the procedure."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.domain.text import Text
from engine.domain.values import Value
from engine.procedure import Finding, Procedure
from engine.procedure.answers import as_value
from engine.procedure.findings import Findings
from engine.procedure.manifest import FACTS, names_of
from engine.procedure.safe_yaml import YamlFile, read_yaml

COLUMNS = ("case", "event", "at")
_KNOWN = frozenset({*COLUMNS, "zone", "encoding", "delimiter", "with", "columns", "events"})
_OF_COLUMN = frozenset({"field", "words", "otherwise"})
_OF_EVENT = frozenset({"begins", "closes", "does", "with", "sets", "marks", "takes", "counts"})
_RULE = "mapping"
#: What each key names.
_KINDS = {"does": ("任务", "task"), "marks": ("时刻", "moment"), "takes": ("操作", "action"), "counts": ("事实", "fact")}
_AS_SHIPPED = Text("请照 bench/housing-events.yaml 的写法改正。", "Correct it after the manner of bench/housing-events.yaml.")


@dataclass(frozen=True, slots=True)
class Filled:
    """A column that fills a field: its words translated, ``otherwise`` for all others, None leaves the cell as it is."""

    key: str
    words: Mapping[str, Value] = field(default_factory=dict)
    otherwise: Value = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an event means: the tasks that are done by then with some of their answers, values and moments that are set, the
    action that is taken, a fact that is one more; or that the case begins or is closed."""

    begins: bool = False
    closes: bool = False
    does: tuple[str, ...] = ()
    answers: Mapping[str, Value] = field(default_factory=dict)
    sets: Mapping[str, Value] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    takes: str | None = None
    counts: str | None = None


@dataclass(frozen=True, slots=True)
class EventMapping:
    """A mapping that fits the procedure; ``columns`` names those of the case, the event and its moment."""

    columns: Mapping[str, str]
    zone: ZoneInfo
    encoding: str
    delimiter: str
    given: Mapping[str, Value]
    filled: Mapping[str, Filled]
    events: Mapping[str, Meaning]


def read_mapping(file: str, data: bytes, procedure: Procedure) -> tuple[EventMapping | None, list[Finding]]:
    """The mapping, or None with everything that is wrong with it, each with its line."""
    findings = Findings()
    source = read_yaml(data, file, findings)
    if not len(findings):
        reading = _Reading(source, findings, procedure)
        mapping = reading.mapping()
        if not len(findings):
            return mapping, []
    return None, findings.sorted()


class _Reading:
    """One mapping being read against a procedure."""

    def __init__(self, source: YamlFile, findings: Findings, procedure: Procedure) -> None:
        self._source, self._findings, self._procedure = source, findings, procedure
        self._fields = {*procedure.vocabulary}

    def mapping(self) -> EventMapping:
        """What it says; faults are noted."""
        source = self._source
        data = source.mapping()
        if not data:
            self._wrong((), "它不是“名称: 值”的列表", "it is no list of names with values")
        self._known(_KNOWN)
        columns = {name: self._column_name(name, data.get(name)) for name in COLUMNS}
        return EventMapping(
            columns=columns,
            zone=self._zone(data.get("zone")),
            encoding=self._encoding(data.get("encoding")),
            delimiter=self._delimiter(data.get("delimiter")),
            given=self._values(("with",)),
            filled={name: self._filled(name) for name in self._pairs("columns")},
            events=self._events(),
        )

    def _column_name(self, name: str, value: Any) -> str:
        if isinstance(value, str) and value.strip():
            return value.strip()
        said = {"case": ("编号", "the case"), "event": ("事件", "the event"), "at": ("时刻", "the moment")}[name]
        self._wrong((name,), f"没有写哪一列是{said[0]}（{name}）", f"it does not say which column holds {said[1]} ({name})")
        return ""

    def _filled(self, name: str) -> Filled:
        path = ("columns", name)
        entry = self._source.mapping("columns")[name]
        if isinstance(entry, str):
            entry = {"field": entry}
        if not isinstance(entry, dict) or not isinstance(entry.get("field"), str):
            self._wrong(path, f"列“{name}”没有写填哪个字段", f'the column "{name}" does not say which field it fills')
            return Filled("")
        self._known(_OF_COLUMN, *path)
        key = entry["field"]
        self._field(path, key)
        words = self._values((*path, "words"), key)
        otherwise = as_value(entry.get("otherwise"))
        self._choice(path, key, otherwise)
        return Filled(key, words, otherwise)

    def _events(self) -> dict[str, Meaning]:
        events = {name: self._meaning(name) for name in self._pairs("events")}
        if not events:
            self._wrong(("events",), "没有写任何事件的含义（events）", "it says of no event what it means (events)")
        elif not any(event.begins for event in events.values()):
            self._wrong(("events",), "没有一个事件开始一件投诉（begins: true）", "no event begins a case (begins: true)")
        return events

    def _meaning(self, name: str) -> Meaning:
        path = ("events", name)
        entry = self._source.mapping("events")[name]
        if entry is None:
            return Meaning()
        if not isinstance(entry, dict):
            self._wrong(path, f"事件“{name}”应是“键: 值”", f'the event "{name}" should have keys and values')
            return Meaning()
        self._known(_OF_EVENT, *path)
        does, marks = names_of(entry.get("does")), names_of(entry.get("marks"))
        takes, counts = entry.get("takes"), entry.get("counts")
        self._named(path, "does", does, {own for own, one in self._procedure.elements.items() if one.kind == "userTask"})
        self._named(path, "marks", marks, self._procedure.moments)
        self._named(path, "takes", (takes,) if takes else (), self._procedure.actions)
        self._named(path, "counts", (counts,) if counts else (), FACTS)
        return Meaning(
            begins=entry.get("begins") is True,
            closes=entry.get("closes") is True,
            does=does,
            answers=self._values((*path, "with")),
            sets=self._values((*path, "sets")),
            marks=marks,
            takes=takes,
            counts=counts,
        )

    def _values(self, path: tuple[str, ...], of: str | None = None) -> dict[str, Value]:
        """Values by field; or, of the field ``of``, by the words that stand for them."""
        values = {key: as_value(value) for key, value in self._pairs(*path).items()}
        for key, value in values.items():
            if of is None:
                self._field((*path, key), key)
            self._choice((*path, key), of or key, value)
        return values

    def _pairs(self, *path: str) -> dict[str, Any]:
        """What stands there by name; anything else than names with values is a fault."""
        within = self._source.mapping(*path[:-1]).get(path[-1])
        if within is not None and not isinstance(within, dict):
            self._wrong(path, f"{path[-1]} 应是“名称: 值”的列表", f"{path[-1]} must be a list of names with values")
        return self._source.mapping(*path)

    def _field(self, path: tuple[str, ...], key: str) -> None:
        if key not in self._fields:
            self._wrong(path, f"词汇里没有字段“{key}”", f'the vocabulary has no field "{key}"')

    def _choice(self, path: tuple[str, ...], key: str, value: Value) -> None:
        known = self._procedure.vocabulary.get(key)
        choices = [choice.value for choice in known.choices] if known is not None else []
        for each in value if isinstance(value, list) else [value]:
            if choices and each is not None and each not in choices:
                listed = "、".join(map(str, choices))
                self._wrong(
                    path,
                    f"“{key}”不能是“{each}”，只能是 {listed}",
                    f'"{key}" cannot be "{each}"; it can be {", ".join(map(str, choices))}',
                )

    def _named(self, path: tuple[str, ...], key: str, names: tuple[Any, ...], known: Any) -> None:
        what = _KINDS[key]
        for name in names:
            if not isinstance(name, str) or name not in known:
                self._wrong((*path, key), f"规程里没有{what[0]}“{name}”", f'the procedure has no {what[1]} "{name}"')

    def _zone(self, name: Any) -> ZoneInfo:
        try:
            return ZoneInfo(str(name or self._procedure.day_rules.zone))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self._wrong(("zone",), f"不认识时区“{name}”", f'the time zone "{name}" is unknown')
            return ZoneInfo("UTC")

    def _encoding(self, name: Any) -> str:
        try:
            found = codecs.lookup(str(name or "utf-8-sig")).name
            # Some codecs are for other things than text, or for none.
            "".encode(found)
            return found
        except (LookupError, ValueError):
            self._wrong(("encoding",), f"不认识编码“{name}”", f'the encoding "{name}" is unknown')
            return "utf-8"

    def _delimiter(self, sign: Any) -> str:
        if sign is None or (isinstance(sign, str) and len(sign) == 1 and sign not in '"\r\n'):
            return sign or ","
        self._wrong(("delimiter",), "delimiter 要写一个字符", "delimiter must be one character")
        return ","

    def _known(self, known: frozenset[str], *path: str) -> None:
        for name in self._source.mapping(*path):
            if name not in known:
                words = ", ".join(sorted(known))
                self._wrong((*path, name), f"不认识“{name}”，可写 {words}", f'"{name}" is unknown; it may have {words}')

    def _wrong(self, path: tuple[str, ...], zh: str, en: str) -> None:
        said = Text(f"映射文件：{zh}。", f"The mapping: {en}.")
        self._findings.error(_RULE, self._source.place(*path), said, _AS_SHIPPED)
