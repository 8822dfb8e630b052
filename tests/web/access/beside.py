"""What the scene has beside its case: a note, a check that was taken, an inspection with a measure, a file that waits."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.commands import company, directory, exports, incidents, studio
from engine.queries.company import training
from engine.storage import tables as t
from tests.engine.company import sheets_of
from tests.office import Office

IMPORT, ROLE = "an-import", "reception"


def kept_beside(office: Office) -> dict[str, str]:
    """The ids that addresses name."""
    today = date(2026, 9, 28)
    version_id = office.application.catalogue.intake(office.clock.now()).version_id
    note = company.SaveNote("rule", "告知", "张贴通知。", "公司制度", "", None, None)
    drawn = (office.estate_id(), "", today.replace(day=1), today, "街道办", True, "九月抽查", 5)
    inspection_id = office.execute(company.OpenInspection(*drawn), "manager")
    measure = company.AddMeasure(inspection_id, "写明期限", office.person_id("keeper"), today)
    building = office.rows(t.building.select().where(t.building.c.estate_id == office.estate_id()))[0]
    return {
        "version_id": version_id,
        "role": ROLE,
        "check_id": _checked(office, version_id),
        "note_id": office.execute(note, "supervisor"),
        "inspection_id": inspection_id,
        "measure_id": office.execute(measure, "manager"),
        "building_id": building["id"],
        "duty_id": office.rows(t.duty.select())[0]["id"],
        "kind": "households",
        "import_id": IMPORT,
        "export_id": _exported(office),
    }


def _exported(office: Office) -> str:
    """A file of the register that the engineer asked for."""
    export_id = str(office.execute(exports.RequestExport({}, "", ("subject",), "csv"), "engineer"))
    office.application.make_exports(export_id)
    return export_id


def replayed(office: Office, draft_id: str) -> str:
    """A replay of the case through the draft."""
    run_id = str(office.execute(studio.BeginReplay(draft_id, None, None, "all"), "owner"))
    office.application.run_replays(run_id)
    return run_id


def ordered(office: Office, case_id: str) -> str:
    """An order to move the case to the version in force, broken off before the case was dealt with."""
    procedure = office.application.catalogue.intake(office.clock.now())
    wanted = incidents.BeginMigration(procedure.procedure_key, procedure.number, (case_id,), incidents.KEEP, "试换")
    return str(office.execute(wanted, "owner"))


def put_file(office: Office) -> None:
    """The file of the register is there again."""
    for row in office.rows(t.export.select()):
        (office.application.exports_dir / f"{row['id']}-{row['attempts']}.csv").write_bytes(b"x")


def staged(office: Office) -> dict[str, Any]:
    """A file that waits to be confirmed, as its row stands."""
    content = sheets_of.excel(sheets_of.HOUSEHOLDS, ("YH", "9 号楼", "9-1-101", "钱多多", ""))
    import_id = office.execute(directory.StageImport("households", "名册.xlsx", content), "admin")
    (row,) = office.rows(t.staged_import.select().where(t.staged_import.c.id == import_id))
    with office.application.database.write() as connection:
        connection.execute(t.staged_import.delete())
    return {**row, "id": IMPORT}


def _checked(office: Office, version_id: str) -> str:
    """A check that the keeper of the records took."""
    with office.application.read() as reader:
        (duty, *_) = training.mine(reader, office.actor("keeper"))[0]
        paper = training.paper(reader, office.actor("keeper"), version_id, duty.role)
    right = tuple(question.right for question in paper.questions)
    return str(office.execute(company.TakeCheck(version_id, duty.role, 0, right, True), "keeper").check_id)
