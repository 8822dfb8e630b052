"""Why a draft cannot be run is said in the reader's language; what a parser says in its own words is for the log."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.errors import Misconfigured
from engine.procedure import load_folder, open_procedure
from engine.rehearsal.replay.__main__ import told
from engine.workflow import build_model
from tests.redrawing import changed

ENGLISH, CHINESE = re.compile(r"[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}"), re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("file", "was", "now", "zh"),
    [
        ("sealing.bpmn", b"</bpmn:process>", b"", "开始和结束的标签对不上"),
        ("sealing.bpmn", b' targetRef="check_records"', b' targetRef="nowhere"', "从开始走不到"),
        ("sealing.bpmn", b"<bpmn:conditionExpression", b"<bpmn:x", "对不上"),
        ("fields.yaml", b":", b"", "YAML"),
        ("procedure.yaml", b"roles:", b"roles: {", "括号"),
        ("forms/check_records.form", b'"hide": "=', b'"hide": "=) ', "读不懂"),
        ("forms/check_records.form", b",", b"", "少了逗号"),
    ],
)  # fmt: skip
def test_a_draft_that_cannot_be_run_says_why_in_both_languages(
    repository: Path, file: str, was: bytes, now: bytes, zh: str
) -> None:
    shipped = load_folder(repository / "processes/sealing")
    broken = changed(shipped, {file: shipped.files[file].replace(was, now, 1)})
    assert broken != shipped

    with pytest.raises(Misconfigured) as refusal:
        build_model(open_procedure(broken))

    said = told(refusal.value, broken)
    assert zh in said.zh and not ENGLISH.search(re.sub("“.*”", "", said.zh)), said.zh
    assert not CHINESE.search(re.sub(r"[“\"].*?[”\"]", "", said.en)), said.en
