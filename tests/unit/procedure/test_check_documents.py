"""What the check says about documents.yaml, the file in which an owner says what is printed of a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.procedure import Bundle, load_folder, open_procedure
from engine.procedure.diff import compare
from tests.unit.procedure.drawing import as_yaml, bpmn, bundle, chain, end, findings, start, user

SAID = {"zh": "收到{subject}。", "en": "Received {subject}."}
SLIP = {"zh": "回执", "en": "Slip", "number": "{case}-回-{number}", "roles": ["clerk"], "blocks": [{"text": SAID}]}
SECRET = {"secret": {"type": "text", "zh": "密", "en": "Secret", "sensitivity": "restricted"}}
DRAFTING = (
    '<serviceTask id="odd" name="起草"><extensionElements><s:serviceTaskOperator id="draft_document"><s:parameters>'
    '<s:parameter id="kind" value="&quot;{}&quot;"/><s:parameter id="title" value="&quot;信&quot;"/>'
    "</s:parameters></s:serviceTaskOperator></extensionElements></serviceTask>"
)


def written(*blocks: Any, **others: Any) -> dict[str, bytes]:
    """documents.yaml with one document."""
    return {"documents.yaml": as_yaml({"slip": {**SLIP, **({"blocks": list(blocks)} if blocks else {}), **others}})}


def each(**others: Any) -> Mapping[str, Any]:
    """A sentence a line of the list."""
    return {"each": "rows", "say": {"otherwise": {"zh": "{line} {row_text}", "en": "{line} {row_text}"}}, **others}


BROKEN: list[tuple[str, dict[str, bytes]]] = [
    ("document-name", written(zh="")),
    ("document-empty", written(blocks=[])),
    ("document-empty", written(blocks="text")),
    ("document-role", written(roles=["nobody"])),
    ("document-role", written(roles=[])),
    ("document-number", written(number="回-{number}")),
    ("document-number", written(number="{case}-{number}-{person}")),
    ("document-number", written(number="{case")),
    ("document-number", written(number="{case.x}-{number}")),
    ("document-block", written({"picture": "logo.png"})),
    ("document-block", written("text")),
    ("document-block", written({"text": {"en": "English alone"}})),
    ("document-block", written({"text": SAID, "colour": "red"})),
    ("document-block", written({"text": {**SAID, "note": "x"}})),
    ("document-block", written({"rows": "rows"})),
    ("document-block", written({"each": "rows"})),
    ("document-field", written({"fields": ["subject", "gone"]})),
    ("document-field", written({"fields": ["rows"]})),
    ("document-field", written({"rows": "rows", "columns": ["subject"]})),
    ("document-list", written({"rows": "subject", "columns": ["row_text"]})),
    ("document-list", written(each(each="gone"))),
    ("document-field", written(each(by="gone"))),
    ("unknown-task", written({"signatures": ["gone"]})),
    ("document-place", written({"text": {"zh": "{gone}", "en": "{subject}"}})),
    ("document-place", written({"text": {"zh": "{subject}", "en": "{line}"}})),
    ("document-place", written({"text": {"zh": "{subject:>20}", "en": "x"}})),
    ("document-place", written({"text": {"zh": "{subject.__class__}", "en": "x"}})),
    ("document-place", written({"text": {"zh": "{subject[0]}", "en": "x"}})),
    ("document-place", written({"text": {"zh": "{subject!r}", "en": "x"}})),
    ("document-place", written({"text": {"zh": "{", "en": "x"}})),
    ("document-place", written(to={"zh": "{gone}", "en": "x"})),
    ("document-restricted", written({"fields": ["secret"]})),
    ("document-restricted", written({"text": {"zh": "{secret}", "en": "x"}})),
    ("document-personal", written({"fields": ["phone"]}, public={"confirmed_by": "sure"})),
    ("document-personal", written({"text": {"zh": "{phone}", "en": "x"}}, public={"confirmed_by": "sure"})),
    ("document-field", written(public={"confirmed_by": "subject"})),
    ("document-field", written(public={"confirmed_by": "sure", "redacted": ["gone"]})),
    ("expression", written({"text": SAID, "when": "size >"})),
    ("unknown-name", written({"text": SAID, "when": "gone = 1"})),
    ("personal", written({"text": SAID, "when": 'phone = "1"'})),
]


@pytest.mark.parametrize(("rule", "files"), BROKEN, ids=[f"{rule}-{place}" for place, (rule, _) in enumerate(BROKEN)])
def test_a_fault_is_found_with_its_place(rule: str, files: dict[str, bytes]) -> None:
    found = [finding for finding in findings(fields=SECRET, files=files) if finding.level == "error"]

    assert [finding.rule for finding in found] == [rule] * len(found), found
    assert found and all(finding.file == "documents.yaml" and finding.mend.zh for finding in found)


def test_a_fault_names_the_line_of_its_block() -> None:
    text = "slip:\n  zh: 回执\n  en: Slip\n  number: '{case}-{number}'\n  roles: any\n  blocks:\n"
    text += "    - heading: {zh: 甲, en: A}\n    - fields:\n        - subject\n        - gone\n"

    (found,) = findings(files={"documents.yaml": text.encode()})

    assert (found.line, found.text.zh) == (8, "“回执”里的“gone”不存在，或不能用在这里。")


def test_every_answer_of_a_line_has_its_sentence() -> None:
    fields = {"rows": {"type": "list", "zh": "要求", "en": "Rows", "of": ["colour"]}}
    say = {"red": {"zh": "红", "en": "red"}}

    (found,) = findings(fields=fields, files=written({"each": "rows", "by": "colour", "say": say}))

    assert (found.rule, found.text.en) == ("document-choice", '"回执" does not say what is written for "blue".')


def test_what_a_diagram_drafts_is_a_document() -> None:
    order = chain("begin", "odd", "do_it", "done")
    drawn = [bpmn(start(), DRAFTING.format(kind), user(), end(), order) for kind in ("slip", "gone")]

    def errors(diagram: bytes, files: dict[str, bytes]) -> list[str]:
        return [finding.rule for finding in findings(diagram, files=files) if finding.level == "error"]

    assert errors(drawn[0], written()) == []
    assert errors(drawn[1], written()) == ["unknown-document"]
    assert errors(drawn[1], {}) == [], "a procedure without documents says nothing of them"


def test_a_block_stands_while_its_condition_holds() -> None:
    blocks = [{"text": SAID, "when": "size > 2"}, {"heading": {"zh": "完", "en": "End"}}]
    procedure = open_procedure(bundle(files=written(*blocks)))
    document, now, zone = procedure.documents["slip"], datetime(2026, 11, 22, tzinfo=UTC), ZoneInfo("Asia/Shanghai")

    def kinds(**values: Any) -> list[str]:
        return [block.kind for block in document.standing(values, procedure.names, now, zone)]

    assert (kinds(size=3), kinds(size=2), kinds()) == (["text", "heading"], ["heading"], ["heading"])


def test_what_is_changed_in_a_document_is_told_in_words(repository: Path) -> None:
    shipped = load_folder(repository / "processes" / "complaint")
    text = shipped.files["documents.yaml"].decode()
    new = text.replace("zh: 感谢您的意见和监督。", "zh: 谢谢。", 1).replace('"{case}-复-', '"{case}-答-', 1)

    told = compare(shipped, Bundle({**shipped.files, "documents.yaml": new.encode()}))

    assert [change.text.zh for change in told.changes] == [
        "文书 关于投诉处理结果的答复 的编号：{投诉编号}-复-{序号} → {投诉编号}-答-{序号}",
        "删去文书 关于投诉处理结果的答复 的内容 正文 感谢您的意见和监督。",
        "新增文书 关于投诉处理结果的答复 的内容 正文 谢谢。",
    ]
