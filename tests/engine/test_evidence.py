"""Evidence named in a form has to be a file of that very case."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from engine.commands.cases import Attach, ErasePersonalData
from engine.errors import InvalidValues
from engine.storage import tables as t
from tests.office import Case, Office

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def attach(office: Office, case: Case) -> str:
    return str(office.execute(Attach(case.id, "照片.pdf", PDF), "reception"))


def test_a_file_of_the_case_is_taken_as_evidence(office: Office) -> None:
    case = office.register()
    case.reach("carry_out_plan")
    file_id = attach(office, case)

    case.complete("carry_out_plan", work_evidence=[file_id])

    assert case.values["work_evidence"] == [file_id]


def test_a_file_of_another_case_is_refused_and_nothing_is_done(office: Office) -> None:
    other, case = office.register(), office.register()
    case.reach("carry_out_plan")
    file_id = attach(office, other)

    with pytest.raises(InvalidValues) as refused:
        case.complete("carry_out_plan", work_evidence=[file_id])

    assert set(refused.value.fields) == {"work_evidence"}
    assert case.open_tasks == ["carry_out_plan"]


def stored(office: Office) -> set[str]:
    """The names of all files in the store."""
    return {path.name for path in office.application.files.folder.glob("*/*")}


def test_erasing_a_person_takes_the_files_of_that_case_alone(office: Office) -> None:
    case, other = office.register(), office.register()
    shared = attach(office, case), attach(office, other)
    office.execute(Attach(case.id, "录音.pdf", PDF + b"% of this case alone"), "reception")
    assert len(stored(office)) == 2

    case.do(ErasePersonalData(case.id, "本人要求"), "admin")

    rows = {row["id"]: row["sha256"] for row in office.rows(sa.select(t.attachment))}
    assert stored(office) == {rows[shared[0]]} == {rows[shared[1]]} and len(rows) == 3
    other.do(ErasePersonalData(other.id, "本人要求"), "admin")
    assert stored(office) == set()


def test_a_file_is_looked_at_and_stored_before_the_transaction(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case, begun = office.register(), []
    writing, database = office.application.database.write, office.application.database
    monkeypatch.setattr(database, "write", lambda: begun.append(stored(office)) or writing())

    attach(office, case)

    assert [len(found) for found in begun] == [1]
