"""What procedure.yaml says: names, roles, moments, limits, actions, intake and the register's columns."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.calendar import CalendarError, DayRules
from engine.domain.text import Text, named
from engine.feel import Expression
from engine.procedure.expressions import Compiler
from engine.procedure.findings import Findings
from engine.procedure.safe_yaml import YamlFile

FILE = "procedure.yaml"
SCOPES = frozenset({"estate", "department", "company", "external"})
FACTS = frozenset({"contact_count", "linked_count", "raised_count", "passing_on_count"})
ANY_ROLE = "any"
DEFAULT_FACTS_WINDOW = 90
_LONGEST_WINDOW = 3_660
#: The section that says which forms a tab of the case file gathers.
GATHERED = "case_file"


@dataclass(frozen=True, slots=True)
class Role:
    """A role that a lane or task may name, and how far it reaches: estate, department, company or external."""

    key: str
    label: Text
    scope: str


@dataclass(frozen=True, slots=True)
class Moment:
    """An anchor of time limits; with ``once`` the first setting stands, otherwise the latest."""

    key: str
    label: Text
    once: bool


@dataclass(frozen=True, slots=True)
class Action:
    """Something people do to a running case beside its tasks, and who may; ``hint`` is read before it, ``said`` after.

    ``on_tasks`` offers it beside the button that completes a task, wherever the diagram waits for its message.
    """

    key: str
    label: Text | None
    roles: tuple[str, ...]
    field: str | None = None
    only_up: bool = False
    message: str | None = None
    sets: Mapping[str, Expression] = dataclasses.field(default_factory=dict)
    hint: Text | None = None
    said: Text | None = None
    on_tasks: bool = False

    @property
    def name(self) -> Text:
        """What people call it; the key where the procedure gives it no name."""
        return self.label or Text(self.key, self.key)


@dataclass(frozen=True, slots=True)
class Intake:
    """How a case is made: its first task, the short emergency form and what that sets, and the apology said first."""

    task: str
    emergency_form: str | None
    emergency_sets: Mapping[str, Expression]
    apology: Text | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of procedure.yaml; ``source`` knows the lines."""

    source: YamlFile
    key: str
    title: Text
    owner: str
    main: str
    roles: Mapping[str, Role]
    moments: Mapping[str, Moment]
    facts: Mapping[str, Text]
    facts_within_days: int
    numbering: str
    day_rules: DayRules
    limits: Mapping[str, Text]
    register: Mapping[str, str]
    gathered: Mapping[str, tuple[str, ...]]
    known_to_code: tuple[str, ...]


def read_manifest(source: YamlFile, findings: Findings) -> Manifest:
    """Everything of procedure.yaml that needs no other file; faults become findings."""
    data = source.mapping()
    for key in ("key", "title", "owner", "main"):
        if not data.get(key):
            text = Text(f"procedure.yaml 缺少 {key}。", f"procedure.yaml lacks {key}.")
            findings.error("manifest", source.place(key), text, Text(f"请写 {key}。", f"Write {key}."))
    return Manifest(
        source=source,
        key=str(data.get("key") or ""),
        title=label_of(data.get("title"), str(data.get("key") or "")),
        owner=str(data.get("owner") or ""),
        main=str(data.get("main") or ""),
        roles={key: _role(key, entry, source, findings) for key, entry in source.mapping("roles").items()},
        moments={key: _moment(key, entry) for key, entry in source.mapping("moments").items()},
        facts=_facts(source, findings),
        facts_within_days=_days(source, findings),
        numbering=str(source.mapping("numbering").get("pattern") or "{estate}-{year}-{number:05d}"),
        day_rules=_day_rules(source, findings),
        limits={key: label_of(entry, key) for key, entry in source.mapping("limits").items()},
        register={key: str(value) for key, value in source.mapping("register").items()},
        gathered={tab: names_of(forms) for tab, forms in source.mapping(GATHERED).items()},
        known_to_code=names_of(data.get("known_to_code")),
    )


def read_actions(source: YamlFile, compiler: Compiler) -> dict[str, Action]:
    """The actions with their compiled values."""
    return {key: _action(key, source.mapping("actions", key), source, compiler) for key in source.mapping("actions")}


def read_intake(source: YamlFile, compiler: Compiler) -> Intake:
    """How a case is made."""
    data = source.mapping("intake")
    return Intake(
        task=str(data.get("task") or ""),
        emergency_form=str(data["emergency_form"]) if data.get("emergency_form") else None,
        emergency_sets=_sets(source, ("intake", "emergency_sets"), compiler),
        apology=label_of(data["apology"], "") if data.get("apology") else None,
    )


def label_of(entry: Any, fallback: str) -> Text:
    """The ``{zh, en}`` of an entry; one language stands in for the other, the fallback for both."""
    data = entry if isinstance(entry, dict) else {}
    zh, en = data.get("zh"), data.get("en")
    return named(str(zh or en or fallback), str(en or zh or fallback))


def names_of(value: Any) -> tuple[str, ...]:
    """A list of names written as a YAML list, one name, or names with commas between."""
    parts = value if isinstance(value, list) else str(value or "").split(",")
    return tuple(name for part in parts if (name := str(part).strip()))


def _days(source: YamlFile, findings: Findings) -> int:
    written = source.mapping().get("facts_within_days", DEFAULT_FACTS_WINDOW)
    if isinstance(written, int) and 0 < written <= _LONGEST_WINDOW:
        return written
    text = Text("facts_within_days 要写一个整数。", "facts_within_days must be a whole number.")
    mend = Text(f"请写 1 到 {_LONGEST_WINDOW} 天。", f"Write a number of days from 1 to {_LONGEST_WINDOW}.")
    findings.error("manifest", source.place("facts_within_days"), text, mend)
    return DEFAULT_FACTS_WINDOW


def _role(key: str, entry: Any, source: YamlFile, findings: Findings) -> Role:
    scope = str(entry.get("scope") or "estate") if isinstance(entry, dict) else "estate"
    if scope not in SCOPES:
        text = Text(f"角色“{key}”的范围“{scope}”未知。", f'The role "{key}" has the unknown scope "{scope}".')
        findings.error(
            "role-scope",
            source.place("roles", key, "scope"),
            text,
            Text(f"请写 {_list(SCOPES)} 之一。", f"Write one of {_list(SCOPES)}."),
        )
    return Role(key, label_of(entry, key), scope)


def _moment(key: str, entry: Any) -> Moment:
    return Moment(key, label_of(entry, key), isinstance(entry, dict) and entry.get("once") is True)


def _facts(source: YamlFile, findings: Findings) -> dict[str, Text]:
    for key in sorted(set(source.mapping("facts")) - FACTS):
        text = Text(f"引擎不提供事实“{key}”。", f'The engine gives no fact "{key}".')
        findings.error("fact", source.place("facts", key), text, Text(f"可用：{_list(FACTS)}。", f"It gives {_list(FACTS)}."))
    return {key: label_of(entry, key) for key, entry in source.mapping("facts").items() if key in FACTS}


def _day_rules(source: YamlFile, findings: Findings) -> DayRules:
    try:
        return DayRules.from_data(source.mapping("calendar"))
    except CalendarError as problem:
        findings.error(
            "calendar", source.place("calendar"), problem.text, Text("请改 calendar 一段。", "Correct the calendar block.")
        )
        return DayRules()


def _action(key: str, data: Mapping[str, Any], source: YamlFile, compiler: Compiler) -> Action:
    return Action(
        key=key,
        label=label_of(data, key) if data.get("zh") or data.get("en") else None,
        roles=names_of(data.get("roles")),
        field=str(data["field"]) if data.get("field") else None,
        only_up=data.get("only_up") is True,
        message=str(data["message"]) if data.get("message") else None,
        sets=_sets(source, ("actions", key, "sets"), compiler),
        hint=label_of(data["hint"], "") if data.get("hint") else None,
        said=label_of(data["said"], "") if data.get("said") else None,
        on_tasks=data.get("on_tasks") is True,
    )


def _sets(source: YamlFile, path: tuple[str, ...], compiler: Compiler) -> dict[str, Expression]:
    written = {key: feel_text(value) for key, value in source.mapping(*path).items()}
    compiled = {key: compiler.compile(text, source.place(*path, key)) for key, text in written.items()}
    return {key: expression for key, expression in compiled.items() if expression is not None}


def feel_text(value: Any) -> str:
    """A FEEL expression as YAML gives it: text, or a bare number or truth value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value).strip().removeprefix("=").strip()


def _list(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
