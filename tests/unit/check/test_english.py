"""What is found is told to a reader of English in the names that the procedure has in English."""

from __future__ import annotations

import re

import pytest

from engine.domain.text import Text, untranslated
from engine.procedure import Bundle, open_procedure
from engine.procedure.check import check
from engine.procedure.exchange.examining import findings_of
from tests.installation import REPOSITORY
from tests.redrawing import changed, with_task

FOLDER = REPOSITORY / "processes/complaint"
#: What is taken away, of which file; the rule that tells it, and where.
LEFT_EMPTY = {
    "procedure.yaml": ("manifest-english", r"(?<=dispatch: \{zh: 派单), en: Dispatch(?=\})", "dispatch"),
    "clauses.yaml": ("clause-english", r'(?<="投诉一到即把全部内容记入登记表"), en: "[^"]*"', "S0.1"),
    "documents.yaml": ("document-english", r"  en: Complaint registration form\n", "registration_form"),
    "limits.dmn": ("row-english", r'(?<=<rule id="limits_row_1") redress:en="[^"]*"', "limits_row_1"),
    "severity.dmn": ("table-english", r'(?<=<decision id="severity_rule" name="投诉等级") redress:en="[^"]*"', "severity_rule"),
    "forms/judge_complaint.form": ("form-english", r',\s*"text_en": "[^"]*"', "guidance_1"),
    "scenarios/minor.yaml": ("story-english", r"scenario_en: .*\n", None),
    "carry_out.bpmn": ("message-english", r'<spiffworkflow:parameter id="text_en"[^>]*/>', "invite_developer"),
}


def shipped() -> Bundle:
    return Bundle({str(file.relative_to(FOLDER)): file.read_bytes() for file in FOLDER.rglob("*") if file.is_file()})


def without(files: dict[str, bytes]) -> Bundle:
    """The shipped procedure with what an owner leaves empty who writes Chinese alone."""
    taken = {file: re.sub(LEFT_EMPTY[file][1], "", content.decode(), count=1).encode() for file, content in files.items()}
    assert all(taken[file] != content for file, content in files.items())
    return changed(shipped(), taken)


def test_english_that_is_left_empty_is_told_at_its_place_and_hinders_nothing() -> None:
    files = shipped().files
    drawn = without({file: files[file] for file in LEFT_EMPTY})

    found = check(drawn)

    told = {one.file: (one.rule, one.element, one.level) for one in found}
    assert told == {file: (rule, place, "warning") for file, (rule, _, place) in LEFT_EMPTY.items()}
    assert len(found) == len(LEFT_EMPTY) and all("还没有英文" in one.text.zh and "补上英文" in one.mend.zh for one in found)
    assert (
        next(one for one in found if one.file == "procedure.yaml").line
        == files["procedure.yaml"].decode().split("\n").index("  dispatch: {zh: 派单, en: Dispatch}") + 1
    )
    procedure = open_procedure(drawn)
    assert (procedure.limits["dispatch"], procedure.documents["registration_form"].title) == (
        Text("派单", "派单"), Text("客户投诉登记表", "客户投诉登记表"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("zh", "en", "lacks"),
    [
        ("派单", "", True),
        ("派单", "派单", True),
        ("业主 APP", "业主 APP", True),
        ("派单", "Dispatch", False),
        ("说明", "The seal reads “诉结” on every page", False),
        ("12", "", False),
        ("", "", False),
    ],
)
def test_chinese_in_the_place_of_english_is_none(zh: str, en: str, lacks: bool) -> None:
    assert untranslated(Text(zh, en)) is lacks


def test_findings_call_what_is_drawn_by_its_english_name() -> None:
    drawn = with_task(shipped(), "assign.bpmn", "flow_propose_department_confirm_assignment", "countersign", role="supervisor")
    undecided = shipped().files["complaint.bpmn"].replace(b'default="', b'isExecuted="', 1)

    found = findings_of(changed(drawn, {"complaint.bpmn": undecided}))

    lacking = next(one for one in found if one.rule == "unknown-form")
    assert lacking.called and (lacking.called.zh, lacking.called.en) == ("加签", "Countersign")
    assert lacking.text.zh.startswith("“加签”") and lacking.text.en.startswith('"Countersign"')
    ways = {one.text.en: one.mending.words.en for one in found if one.rule == "no-condition" and one.mending}
    assert ways['The flow from "Urgent?" to "Not urgent" has no condition.'] == 'In all other cases to "Not urgent"'
