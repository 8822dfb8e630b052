"""Evidence named in a form has to be a file of that very case."""

from __future__ import annotations

import pytest

from engine.commands.cases import Attach
from engine.errors import InvalidValues
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
