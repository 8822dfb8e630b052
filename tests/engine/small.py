"""An office with a procedure of three tasks that fails where a test wants it to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.commands import directory, intake, work
from engine.domain.actor import SYSTEM, Actor
from engine.settings import Settings
from engine.storage import tables as t
from tests.unit.workflow import drawing as d

MANIFEST = {
    "key": "small", "title": {"zh": "小", "en": "Small"}, "owner": "boss", "main": "small",
    "roles": {key: {"zh": zh, "en": key, "scope": "estate"} for key, zh in (("boss", "主管"), ("worker", "员工"))},
    "moments": {"registered_at": {"zh": "登记", "en": "Registered", "once": True}},
    "facts": {"raised_count": {"zh": "次数", "en": "Times raised"}},
    "limits": {}, "numbering": {"pattern": "{estate}-{year}-{number:05d}"},
    "register": {"subject": "subject"}, "intake": {"task": "take_down"},
    "actions": {"register": {"zh": "登记", "en": "Register", "roles": ["any"]}},
}  # fmt: skip
FIELDS: dict[str, dict[str, Any]] = {
    "subject": {"type": "text", "zh": "事由", "en": "Subject", "personal": True},
    "wishes": {"type": "list", "zh": "愿望", "en": "Wishes", "personal": True, "keep": True, "of": ["wish", "answer"]},
    "wish": {"type": "text", "zh": "愿望", "en": "Wish", "personal": True},
    "answer": {"type": "text", "zh": "答复", "en": "Answer", "personal": True},
    "size": {"type": "number", "zh": "大小", "en": "Size"},
}
#: Weighing fails for what is not greater than 5, and whenever the hour is over: both gateways have no way out.
DIAGRAM = d.diagram(
    "small",
    d.begin(), d.user("take_down", role="boss"), d.user("weigh", role="boss"), d.choice("is_large"), d.end("weighed"),
    d.boundary("hour_over", "weigh", d.timer("PT1H")), d.choice("nowhere"), d.end("never"),
    d.path("begun", "take_down", "weigh", "is_large"), d.flow("is_large", "weighed", "size > 5"),
    d.path("hour_over", "nowhere"), d.flow("nowhere", "never", "1 = 2"),
)  # fmt: skip


def write(folder: Path) -> Path:
    """The procedure's files under a folder of procedures."""
    procedure = folder / "small"
    (procedure / "forms").mkdir(parents=True)
    (procedure / "procedure.yaml").write_text(json.dumps(MANIFEST), "utf-8")
    (procedure / "fields.yaml").write_text(json.dumps(FIELDS), "utf-8")
    (procedure / "small.bpmn").write_text(DIAGRAM, "utf-8")
    for name, kind, key in (("take_down", "textfield", "subject"), ("weigh", "number", "size")):
        parts = [{"type": kind, "id": key, "key": key, "label": key, "validate": {"required": True}}]
        rows = [{"type": "textfield", "id": "wish", "key": "wish", "label": "wish", "readonly": name == "weigh"}]
        if name == "weigh":
            parts.append({"type": "textfield", "id": "subject", "key": "subject", "label": "subject"})
            rows.append({"type": "textfield", "id": "answer", "key": "answer", "label": "answer"})
        parts.append({"type": "dynamiclist", "id": "wishes", "key": "wishes", "label": "wishes", "components": rows})
        form = {"type": "default", "id": name, "schemaVersion": 16, "components": parts}
        (procedure / "forms" / f"{name}.form").write_text(json.dumps(form), "utf-8")
    return folder


class SmallOffice:
    """One estate, one boss, and as many cases as a test takes down."""

    def __init__(self, folder: Path, clock: ManualClock, url: str = "") -> None:
        settings = Settings(var_dir=folder / "var", processes_dir=write(folder / "processes"), database_url=url)
        self.application: Application = build(settings, clock)
        self.clock = clock
        self.estate_id = str(self.application.execute(directory.AddEstate("A", "甲", "A"), SYSTEM))
        self.boss_id = str(self.application.execute(directory.SavePerson("boss", "主管甲"), SYSTEM))
        self.application.execute(directory.GrantRole(self.boss_id, "boss", self.estate_id), SYSTEM)

    @property
    def boss(self) -> Actor:
        """Who does everything."""
        actor = self.application.actor(self.boss_id)
        assert actor is not None
        return actor

    def take_down(self, subject: str) -> tuple[str, str]:
        """A new case that waits to be weighed: its id and the item's."""
        receipt = self.application.execute(intake.Register(self.estate_id, {"subject": subject}, ""), self.boss)
        return receipt.case_id, receipt.next_items[0].item_id

    def weigh(self, item_id: str, size: str, subject: str = "") -> Any:
        """Do the item."""
        return self.application.execute(work.Complete(item_id, {"size": size, "subject": subject}, ""), self.boss)

    def rows(self, table: sa.Table) -> list[dict[str, Any]]:
        """All rows of a table."""
        with self.application.database.read() as connection:
            return [dict(row) for row in connection.execute(table.select()).mappings()]

    def status(self, item_id: str) -> str:
        """How an item stands."""
        return next(str(row["status"]) for row in self.rows(t.work_item) if row["id"] == item_id)
