"""An owner adds a severity, a role and a path by files alone: no line of Python knows them, and a case closes on them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.bootstrap import build
from engine.clock import ManualClock
from engine.commands import directory
from engine.demo import furnish
from engine.domain.actor import SYSTEM
from engine.procedure import load_folder
from engine.procedure.check import check
from engine.settings import Settings
from tests.office import Office

CHOICE = "{value: major, zh: 重大, en: Major}]}"
CHOICES = "{value: major, zh: 重大, en: Major}, {value: grave, zh: 特大, en: Grave}]}"
ROLE = "roles:\n"
ROLES = "roles:\n  inspector: {zh: 督察, en: Inspector, scope: company}\n"
OUT = "<bpmn:outgoing>flow_route_by_severity_handle_major</bpmn:outgoing>"
IN = "<bpmn:incoming>flow_handle_major_paths_joined</bpmn:incoming>"
MINOR = '<bpmn:callActivity id="handle_minor"'
CALL = """<bpmn:callActivity id="handle_grave" name="特大投诉" calledElement="grave">
        <bpmn:extensionElements><spiffworkflow:properties>
          <spiffworkflow:property name="name_en" value="Grave path" />
        </spiffworkflow:properties></bpmn:extensionElements>
        <bpmn:incoming>flow_to_grave</bpmn:incoming>
        <bpmn:outgoing>flow_from_grave</bpmn:outgoing>
      </bpmn:callActivity>
      <bpmn:sequenceFlow id="flow_to_grave" name="特大" sourceRef="route_by_severity" targetRef="handle_grave">
        <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">severity = "grave"</bpmn:conditionExpression>
      </bpmn:sequenceFlow>
      <bpmn:sequenceFlow id="flow_from_grave" sourceRef="handle_grave" targetRef="paths_joined" />
      """
PATH = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions id="definitions_grave" targetNamespace="urn:redress:complaint"
    xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core">
  <bpmn:process id="grave" name="特大投诉" isExecutable="true">
    <bpmn:startEvent id="grave_begun"><bpmn:outgoing>grave_1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="inspect_on_site" name="督察现场">
      <bpmn:extensionElements><spiffworkflow:properties>
        <spiffworkflow:property name="role" value="inspector" />
        <spiffworkflow:property name="name_en" value="Inspect on site" />
      </spiffworkflow:properties></bpmn:extensionElements>
      <bpmn:incoming>grave_1</bpmn:incoming><bpmn:outgoing>grave_2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:scriptTask id="settle_grave" name="记下结果">
      <bpmn:incoming>grave_2</bpmn:incoming><bpmn:outgoing>grave_3</bpmn:outgoing>
      <bpmn:script>outcome = "satisfied"</bpmn:script>
    </bpmn:scriptTask>
    <bpmn:endEvent id="grave_done" name="办妥"><bpmn:incoming>grave_3</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="grave_1" sourceRef="grave_begun" targetRef="inspect_on_site" />
    <bpmn:sequenceFlow id="grave_2" sourceRef="inspect_on_site" targetRef="settle_grave" />
    <bpmn:sequenceFlow id="grave_3" sourceRef="settle_grave" targetRef="grave_done" />
  </bpmn:process>
</bpmn:definitions>
"""
FORM = """{"type": "default", "id": "inspect_on_site", "schemaVersion": 16, "components": [
  {"type": "textarea", "id": "f1", "key": "inspection_findings", "label": "督察所见", "validate": {"required": true}}]}
"""
FIELD = "inspection_findings: {type: longtext, zh: 督察所见, en: What was found, personal: true}\n"


@pytest.fixture
def edited(repository: Path, tmp_path: Path) -> Path:
    """The shipped procedures, edited as an owner would."""
    folder = tmp_path / "processes"
    shutil.copytree(repository / "processes", folder)
    procedure = folder / "complaint"
    replace(procedure / "fields.yaml", CHOICE, CHOICES)
    replace(procedure / "procedure.yaml", ROLE, ROLES)
    frame = procedure / "by_severity.bpmn"
    replace(frame, OUT, f"<bpmn:outgoing>flow_to_grave</bpmn:outgoing>{OUT}")
    replace(frame, IN, f"{IN}<bpmn:incoming>flow_from_grave</bpmn:incoming>")
    replace(frame, MINOR, CALL + MINOR)
    table = (procedure / "severity.dmn").read_text("utf-8")
    (procedure / "severity.dmn").write_text(with_grave_row(table), "utf-8")
    (procedure / "grave.bpmn").write_text(PATH, "utf-8")
    (procedure / "forms" / "inspect_on_site.form").write_text(FORM, "utf-8")
    with (procedure / "fields.yaml").open("a", encoding="utf-8") as fields:
        fields.write(FIELD)
    return folder


@pytest.fixture
def edited_office(edited: Path, tmp_path: Path, clock: ManualClock) -> Iterator[Office]:
    """The demo company on the edited procedure, with somebody in the new role."""
    application = build(Settings(var_dir=tmp_path / "var", processes_dir=edited), clock)
    furnish(application)
    office = Office(application, clock)
    application.execute(directory.GrantRole(office.person_id("owner"), "inspector"), SYSTEM)
    yield office
    application.close()


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, f"{file.name} no longer holds {old!r}"
    file.write_text(text.replace(old, new), "utf-8")


def with_grave_row(table: str) -> str:
    """A first row: what a person judged to be grave stays grave."""
    first = re.search(r'<rule id="severity_rule_row_1"[^>]*>.*?</rule>', table, re.S)
    assert first is not None
    row = first.group().replace("severity_rule_row_1", "severity_rule_row_grave").replace("<text>true</text>", "<text>-</text>")
    cell, result = "<text>-</text>", '"grave"'
    before, after = row.rsplit(cell, 1)
    row = f"{before}<text>{result}</text>{after}".replace('"major"', result)
    row = row.replace('"serious_consequence"', '"raised_by_person"')
    return table.replace(first.group(), row + first.group())


def test_the_edited_files_are_found_in_order(edited: Path) -> None:
    findings = check(load_folder(edited / "complaint"))

    assert [finding for finding in findings if finding.level == "error"] == []


def test_a_case_closes_on_a_severity_role_and_path_that_no_code_knows(edited_office: Office) -> None:
    case = edited_office.register()
    case.complete("judge_complaint", severity="grave")

    assert case.open_tasks == ["inspect_on_site"]
    assert case.entry["severity"] == "grave"

    case.complete("inspect_on_site", _by="owner", inspection_findings="已到现场，情况属实。")
    case.finish()

    assert case.entry["status"] == "closed"
    assert case.entry["outcome"] == "satisfied"
