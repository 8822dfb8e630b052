"""A case in a test: saved and loaded after every step, on a clock that the test moves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.calendar import Calendar
from engine.procedure import Bundle, Procedure, open_procedure
from engine.workflow import Happening, Instance, ItemOpened, Model, Occasion, OpenItem, build_model
from tests.unit.workflow.drawing import table

#: A Monday, 09:00 in Shanghai.
NOW = datetime(2026, 1, 5, 1, tzinfo=UTC)
TYPES = {"?": "boolean", "#": "number", "@": "datetime", "~": "list"}
LIMIT_OUTPUTS = ["amount", "unit", "anchor", "at_least", "warn_before", "told_first", "told_on_breach", "clause"]


def make_procedure(
    *bpmn: str,
    fields: str = "",
    forms: Mapping[str, str] | None = None,
    limits: list[list[str]] | None = None,
    moments: str = "heard_at! handled_at",
    tables: Mapping[str, str] | None = None,
) -> Procedure:
    """A small real procedure; the first diagram is the frame. A field is ``name``, with ``*`` kept, and ``?#@~`` for its type."""
    keys = {word.rstrip("*?#@~"): word for word in fields.split()}
    vocabulary = {
        key: {"type": next((TYPES[c] for c in word if c in TYPES), "text"), "zh": key, "en": key, "keep": "*" in word}
        for key, word in keys.items()
    }
    rows = limits or []
    names = sorted({row[0].strip('"') for row in rows})
    manifest = {
        "key": "small", "title": {"zh": "小", "en": "Small"}, "owner": "boss", "main": _process_id(bpmn[0]),
        "roles": {"boss": {"zh": "主管", "en": "Boss", "scope": "estate"}},
        "moments": {word.rstrip("!"): {"zh": word, "en": word, "once": word.endswith("!")} for word in moments.split()},
        "facts": {"raised_count": {"zh": "次数", "en": "Times raised"}},
        "limits": {name: {"zh": name, "en": name} for name in names},
        "intake": {"task": ""},
    }  # fmt: skip
    files = {"procedure.yaml": json.dumps(manifest), "fields.yaml": json.dumps(vocabulary)}
    files |= {f"{_process_id(text)}.bpmn": text for text in bpmn}
    files |= {f"{name}.dmn": text for name, text in (tables or {}).items()}
    files |= {f"forms/{name}.form": _form(name, keys_of, vocabulary) for name, keys_of in (forms or {}).items()}
    if rows:
        files["limits.dmn"] = table(
            "limits", "COLLECT", ["limit", "severity" if "severity" in keys else "1"], LIMIT_OUTPUTS, rows
        )
    return open_procedure(Bundle({path: text.encode() for path, text in files.items()}))


def row(
    key: str, amount: str, unit: str, anchor: str, *, when: str = "-", at_least: str = "null", warn: str = "null"
) -> list[str]:
    """A row of the limits table."""
    return [f'"{key}"', when, amount, f'"{unit}"', f'"{anchor}"', at_least, warn, '"boss"', '"boss"', '"S1"']


def _process_id(bpmn: str) -> str:
    return bpmn.split('<bpmn:process id="', 1)[1].split('"', 1)[0]


def _form(name: str, keys: str, vocabulary: Mapping[str, Any]) -> str:
    kinds = {"boolean": "checkbox", "number": "number", "datetime": "datetime", "list": "dynamiclist"}
    parts = [
        {"type": kinds.get(vocabulary[key]["type"], "textfield"), "id": key, "key": key, "label": key} for key in keys.split()
    ]
    return json.dumps({"type": "default", "id": name, "schemaVersion": 16, "components": parts})


class Driver:
    """Runs one case; ``happened`` are the happenings of the last step."""

    def __init__(
        self, procedure: Procedure, values: Mapping[str, Any] | None = None, *, facts: Mapping[str, Any] | None = None
    ) -> None:
        self.model: Model = build_model(procedure)
        self.now = NOW
        self.facts = facts or {}
        self.happened: list[Happening] = []
        self.all: list[Happening] = []
        self.instance = Instance.start(self.model, self._occasion(), values or {})
        self._reload()

    def _occasion(self) -> Occasion:
        return Occasion(self.now, Calendar(self.model.procedure.day_rules), self.facts, "east")

    def _reload(self) -> None:
        """Save, load, and hold that nothing was lost on the way and nothing lies on a token."""
        self.happened = self.instance.drain()
        self.all += self.happened
        blob = self.instance.dump()
        again = Instance.load(self.model, blob, self.instance._case.occasion)
        assert seen(again) == seen(self.instance)
        assert again.dump() == blob
        self.instance = Instance.load(self.model, blob, self._occasion())
        workflow = self.instance._workflow
        assert not [task for each in (workflow, *workflow.subprocesses.values()) for task in each.tasks.values() if task.data]

    @property
    def open(self) -> list[str]:
        """The element ids of the open items."""
        return [item.element_id for item in self.instance.open_items]

    @property
    def values(self) -> Mapping[str, Any]:
        return self.instance.values

    def item(self, element_id: str, number: int = 0) -> OpenItem:
        return [item for item in self.instance.open_items if item.element_id == element_id][number]

    def do(self, element_id: str, number: int = 0, by: str = "ann", **values: Any) -> None:
        """Complete an open item."""
        self.instance.complete(self.item(element_id, number).id, values, by)
        self._reload()

    def skip(self, element_id: str, by: str = "boss") -> None:
        self.instance.skip(self.item(element_id).id, by)
        self._reload()

    def set(self, **values: Any) -> None:
        self.instance.set_values(values)
        self._reload()

    def deliver(self, name: str, payload: Any = None) -> None:
        self.instance.deliver(name, payload)
        self._reload()

    def advance(self, **span: float) -> None:
        """Move the clock; nothing fires by itself."""
        self.now += timedelta(**span)
        self._reload()

    def at(self, moment: datetime) -> None:
        self.now = moment
        self._reload()

    def fire(self) -> str | None:
        """Fire the first due one, by id; what it was, or None."""
        due = self.instance.due()
        if not due or due[0].due_at > self.now:
            return None
        first = due[0]
        self.instance.fire(first.id)
        self._reload()
        return first.element_id or f"{first.kind}:{first.limit_key}"

    def fire_all(self) -> list[str]:
        fired: list[str] = []
        while (one := self.fire()) is not None:
            fired.append(one)
            assert len(fired) < 50
        return fired

    def due(self) -> dict[str, datetime]:
        """Element or limit to due moment."""
        return {row.element_id or f"{row.kind}:{row.limit_key}": row.due_at for row in self.instance.due()}

    def names(self, *kinds: type) -> list[str]:
        """The last step's happenings by kind and id, for comparing order."""
        wanted = [one for one in self.happened if not kinds or isinstance(one, kinds)]
        return [f"{type(one).__name__} {_about(one)}".strip() for one in wanted]


def seen(instance: Instance) -> tuple[Any, ...]:
    """Everything a caller can read."""
    return instance.open_items, instance.due(), instance.limit_runs, dict(instance.values), instance.done_by, instance.ended


def _about(one: Any) -> str:
    if isinstance(one, ItemOpened):
        return one.item.element_id
    run = getattr(one, "run", None)
    if run is not None:
        return str(run.id)
    values = getattr(one, "values", None)
    return " ".join(sorted(values)) if values is not None else str(getattr(one, "element_id", ""))
