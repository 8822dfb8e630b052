"""Owners change what happens by files alone: edited, published through the real application, followed by new cases only."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.commands.versions import AnswerQuestions, ProposeVersion, SignVersion, TakeUpload
from engine.domain.text import Text
from engine.errors import Conflict, Forbidden, InvalidValues, NotFound
from engine.procedure import Bundle
from engine.queries import procedure as queries
from engine.storage import tables as t
from tests.office import Case, Office
from tests.unit.exchange.plain_editor import with_task

KEY = "complaint"
OCTOBER = datetime(2026, 10, 8, 1, 0, tzinfo=UTC)
NIGHT = "at_night: {type: boolean, zh: 发生在夜间, en: It happened at night, keep: true}\n"
NIGHT_INPUT = '<inputExpression id="severity_night" typeRef="boolean"><text>at_night</text></inputExpression>'
NIGHT_COLUMN = f'<input id="severity_in_night" label="夜间">{NIGHT_INPUT}</input>'
NIGHT_ROW = '<rule id="severity_night_row">{}</rule>'


class Owner:
    """The owner at the files in force, and three people who sign."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.files = dict(office.application.catalogue.in_force(KEY, office.clock.now()).procedure.bundle.files)

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace one text in a file."""
        text = self.files[path].decode()
        assert old in text, f"{path} no longer holds {old!r}"
        self.files[path] = text.replace(old, new, 1).encode()

    def publish(self) -> None:
        """Propose, have it signed, and let its moment come."""
        command = ProposeVersion(Bundle(self.files), Text("按季度评审", "Quarterly review"), OCTOBER)
        self.finish(self.office.execute(command, "owner").number)

    def finish(self, number: int) -> None:
        """The three signatures, and the moment."""
        for login in ("owner", "manager", "director"):
            self.office.execute(SignVersion(KEY, number), login)
        self.office.clock.set(OCTOBER)


@pytest.fixture
def owner(office: Office) -> Owner:
    return Owner(office)


def dispatch_hours(case: Case) -> timedelta:
    run = case.run("dispatch")
    return run["due_at"] - run["anchor_at"]


def draft_of(office: Office, draft_id: str) -> queries.Draft:
    with office.application.read() as reader:
        return queries.draft(reader, office.actor("owner"), draft_id)


def upload(office: Office, name: str, content: bytes, **more: Any) -> str:
    return str(office.execute(TakeUpload(KEY, name, content, **more), "owner"))


def test_an_amount(office: Office, owner: Owner) -> None:
    before = office.register()
    before.reach("confirm_assignment")

    owner.edit("limits.dmn", "<text>12</text>", "<text>8</text>")
    owner.publish()
    after = office.register()
    after.reach("confirm_assignment")

    assert (dispatch_hours(before), dispatch_hours(after)) == (timedelta(hours=12), timedelta(hours=8))


def test_a_row_of_a_table(office: Office, owner: Owner) -> None:
    before = office.register(poor_service=True)
    table = owner.files["severity.dmn"].decode()
    row = next(found for found in re.findall(r"<rule id=.*?</rule>", table, re.S) if "服务不到位" in found)

    owner.edit("severity.dmn", row, row.replace('"important"', '"major"'))
    owner.publish()
    after = office.register(poor_service=True)

    assert before.values["proposed_severity"] == "important"
    assert after.values["proposed_severity"] == "major"


def test_a_role(office: Office, owner: Owner) -> None:
    before = office.register()

    task = (
        owner.files["complaint.bpmn"]
        .decode()
        .partition('<bpmn:userTask id="judge_complaint"')[2]
        .partition("</bpmn:userTask>")[0]
    )
    mark = "<spiffworkflow:properties>"
    owner.edit("complaint.bpmn", task, task.replace(mark, f'{mark}<spiffworkflow:property name="role" value="manager"/>', 1))
    owner.publish()
    after = office.register()

    assert (before.item("judge_complaint")["role"], after.item("judge_complaint")["role"]) == ("supervisor", "manager")
    after.complete("judge_complaint", _by="manager")
    assert "judge_complaint" not in after.open_tasks


def test_a_new_field_that_a_table_reads(office: Office, owner: Owner) -> None:
    before = office.register()
    owner.files["fields.yaml"] += NIGHT.encode()
    form = json.loads(owner.files["forms/record_complaint.form"])
    form["components"].append({"type": "checkbox", "id": "field_at_night", "key": "at_night", "label": "发生在夜间"})
    owner.files["forms/record_complaint.form"] = json.dumps(form).encode()
    table = owner.files["severity.dmn"].decode()
    cells = iter(range(1000))
    for rule in re.findall(r"<rule id=.*?</rule>", table, re.S):
        cell = f'<inputEntry id="night_{next(cells)}"><text>-</text></inputEntry>'
        table = table.replace(rule, rule.replace("<outputEntry", f"{cell}<outputEntry", 1))
    before_it = range(table.count("<input "))
    table = table.replace("<output ", f"{NIGHT_COLUMN}<output ", 1)
    inputs = "".join(f'<inputEntry id="n{place}"><text>-</text></inputEntry>' for place in before_it)
    night = '<inputEntry id="n_night"><text>true</text></inputEntry>'
    answers = ('"major"', '"major"', '"serious_consequence"')
    outputs = "".join(f'<outputEntry id="o{place}"><text>{answer}</text></outputEntry>' for place, answer in enumerate(answers))
    owner.files["severity.dmn"] = table.replace("<rule ", NIGHT_ROW.format(inputs + night + outputs) + "<rule ", 1).encode()

    owner.publish()
    at_night, by_day = office.register(at_night=True), office.register()

    assert [case.values["proposed_severity"] for case in (before, at_night, by_day)] == ["minor", "major", "minor"]


def test_a_task_between_two_others_as_a_plain_editor_draws_it(office: Office, owner: Owner) -> None:
    before = office.register()
    draft_id = upload(office, "assign.bpmn", with_task(owner.files["assign.bpmn"]))
    draft = draft_of(office, draft_id)
    assert not draft.ready and draft.questions.open and draft.findings_that_hinder == ()

    given = {"role": "manager", "fields": "复核意见 / Opinion\n", "amount": "2", "unit": "working_hours", "anchor": ""}
    office.execute(AnswerQuestions(draft_id, {"Activity_1Ab": given}), "owner")

    draft = draft_of(office, draft_id)
    assert draft.ready and "新增人工任务 复核派单（主管经理），在 确定受理人 之后；时限：复核派单" in [
        one.text.zh for one in draft.comparison.changes
    ]
    command = ProposeVersion(draft.bundle, Text("加一道复核", "One more review"), OCTOBER, draft.base_number, draft_id)
    owner.finish(office.execute(command, "owner").number)
    assert office.rows(t.procedure_draft.select()) == []
    after = office.register()
    after.reach("confirm_assignment")
    after.complete("confirm_assignment")
    assert after.open_tasks == ["Activity_1Ab"]
    run = after.run("activity_1ab")
    assert run["due_at"] - run["anchor_at"] == timedelta(hours=2)
    after.complete("Activity_1Ab", _by="manager", activity_1ab="同意")
    assert "acknowledge_dispatch" in after.open_tasks
    assert after.limits()["activity_1ab"] == "kept"
    before.reach("confirm_assignment")
    before.complete("confirm_assignment")
    assert "Activity_1Ab" not in before.open_tasks
    after.finish()
    assert after.entry["status"] == "closed"


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({}, {"role", "fields"}),
        ({"role": "nobody", "form": "nothing"}, {"role", "fields"}),
        ({"role": "manager", "fields": "x" * 81}, {"fields"}),
        ({"role": "manager", "fields": "\n".join("x" * 31)}, {"fields"}),
        ({"role": "manager", "form": "approve_plan", "amount": "-1", "unit": "hours"}, {"amount"}),
        ({"role": "manager", "form": "approve_plan", "amount": "NaN", "unit": "hours"}, {"amount"}),
        ({"role": "manager", "form": "approve_plan", "amount": "2", "unit": "years", "anchor": "never"}, {"amount", "anchor"}),
    ],
)
def test_answers_that_cannot_be_taken_are_named(office: Office, owner: Owner, given: dict[str, str], fields: set[str]) -> None:
    draft_id = upload(office, "assign.bpmn", with_task(owner.files["assign.bpmn"]))
    stood = office.rows(t.procedure_draft.select())

    with pytest.raises(InvalidValues) as refused:
        office.execute(AnswerQuestions(draft_id, {"Activity_1Ab": given}), "owner")

    assert set(refused.value.fields) == {f"Activity_1Ab.{name}" for name in fields}
    assert office.rows(t.procedure_draft.select()) == stood


def test_several_files_are_taken_in_one_after_the_other(office: Office, owner: Owner) -> None:
    first = upload(office, "limits.dmn", owner.files["limits.dmn"].replace(b"<text>12</text>", b"<text>8</text>", 1))
    second = upload(office, "assign.bpmn", with_task(owner.files["assign.bpmn"]), draft_id=first)

    assert first == second
    assert {change.file for change in draft_of(office, first).comparison.changes} == {"limits.dmn", "assign.bpmn"}


def test_uploads_that_are_no_procedure_or_another_ones_are_refused(office: Office, owner: Owner) -> None:
    for name, content in (("x.zip", b"no zip"), ("x.exe", b"MZ"), ("limits.dmn", b""), ("procedure.yaml", b"key: garden\n")):
        with pytest.raises(InvalidValues):
            upload(office, name, content)
    with pytest.raises(NotFound):
        office.execute(TakeUpload("garden", "limits.dmn", b"x"), "owner")
    with pytest.raises(Forbidden):
        office.execute(TakeUpload(KEY, "limits.dmn", b"x"), "manager")
    assert office.rows(t.procedure_draft.select()) == []


def test_files_exported_from_an_older_version_are_refused(office: Office, owner: Owner) -> None:
    with office.application.read() as reader:
        first = queries.archive(reader, office.actor("owner"), KEY, 1)
    owner.edit("limits.dmn", "<text>12</text>", "<text>8</text>")
    owner.publish()

    with pytest.raises(Conflict, match="第 2 版"):
        upload(office, "complaint.zip", first)


def test_a_doctype_is_a_finding_and_is_never_expanded(office: Office, owner: Owner) -> None:
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><definitions>&b;</definitions>'

    draft = draft_of(office, upload(office, "limits.dmn", bomb))

    assert not draft.ready and draft.bundle.files["limits.dmn"] == bomb
    assert "doctype" in {finding.rule for finding in draft.findings_that_hinder}
