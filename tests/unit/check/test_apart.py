"""Strangers' files are examined in a process of their own: the same findings, and an end to whatever never ends."""

from __future__ import annotations

import logging

import pytest

from engine.domain.text import Text
from engine.procedure import Finding
from engine.procedure.exchange import apart
from engine.procedure.exchange.apart import STOPPED, examined_apart
from engine.procedure.findings import as_plain, from_plain, refused
from engine.procedure.trying.kept import Kept
from engine.rehearsal.dry_run import examine
from tests.unit.procedure.drawing import bundle, simple


def test_the_findings_are_the_same_as_here() -> None:
    broken = bundle(simple(role="nobody"))

    assert examined_apart(broken).findings == examine(broken).findings
    assert examined_apart(bundle()).work_ms.keys() == {"check", "model", "dry_run"}


def test_a_standing_program_says_the_same_at_once_without_trying_it() -> None:
    broken = bundle(simple(role="nobody"))

    assert apart.looked_at_quickly(broken).findings == examine(broken).findings
    assert apart.looked_at_quickly(bundle()).work_ms.keys() == {"check"}
    assert apart.examined_by_the_standing(bundle()).work_ms.keys() == {"check", "model", "dry_run"}


def test_a_standing_program_that_has_gone_is_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    standing = Kept(apart._begun)
    monkeypatch.setitem(apart._standing, apart.QUICK, standing)
    broken = bundle(simple(role="nobody"))
    first = apart.looked_at_quickly(broken)
    assert first.findings and standing._process is not None
    standing._process.kill()

    assert apart.looked_at_quickly(broken).findings == first.findings

    standing.end()
    assert standing._process is None


def test_what_stops_a_standing_program_is_told_at_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PROGRAM", "tests.unit.check.endless")
    monkeypatch.setattr(apart, "CPU_SECONDS", 1)
    standing = Kept(apart._begun)
    monkeypatch.setitem(apart._standing, apart.QUICK, standing)
    monkeypatch.setattr(apart.examined_apart, "__defaults__", (1, apart.MEGABYTES))

    assert {finding.rule for finding in apart.looked_at_quickly(bundle()).findings} == {STOPPED}
    standing.end()


def test_what_takes_for_ever_is_ended_and_told_at_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PROGRAM", "tests.unit.check.endless")

    (finding,) = examined_apart(bundle(), cpu_seconds=1).findings

    assert (finding.rule, finding.level, finding.file) == (STOPPED, "error", "main.bpmn")
    assert "时间" in finding.text.zh and "time" in finding.text.en and finding.mend.zh and finding.mend.en


def test_what_waits_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "WALL_SECONDS", 0.01)

    assert {finding.rule for finding in examined_apart(bundle()).findings} == {STOPPED}


def test_what_takes_all_memory_is_ended(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        (finding,) = examined_apart(bundle(), megabytes=16).findings

    assert (finding.rule, finding.file) == (STOPPED, "main.bpmn")
    assert "ended with" in caplog.text


def test_a_finding_survives_the_way_through_another_process() -> None:
    finding = Finding("a.bpmn", "one", "一", "rule", "error", 3, Text("坏了。", "Broken."), Text("改。", "Mend."))

    assert from_plain(as_plain(finding)) == finding


def test_a_refusal_amounts_to_a_finding() -> None:
    problem = Finding("", "one", None, "rule", "error", None, Text("坏了。", "Broken."), Text("改。", "Mend.")).as_refusal()

    assert refused(problem, "a.zip").file == "a.zip"
    assert refused(problem, "a.zip").text == problem.text
