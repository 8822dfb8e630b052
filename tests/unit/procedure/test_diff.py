"""Two versions held against each other, told in the words of those who have to agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.domain.text import Text
from engine.procedure import Bundle, load_folder
from engine.procedure.diff import Comparison, compare
from engine.procedure.diff.change import shown

Edited = Callable[..., Comparison]
STORY = "故事 轻微投诉：记录、判断、承诺、派单、查因、方案、批示、实施、回访满意后归档 的"
TASK = """<bpmn:userTask id="Activity_1" name="复核方案"><bpmn:incoming>flow_a</bpmn:incoming></bpmn:userTask>
<bpmn:sequenceFlow id="Flow_x" sourceRef="Activity_1" targetRef="acknowledge_dispatch"/></bpmn:process>"""
FLOW = "flow_confirm_assignment_acknowledge_dispatch"


@pytest.fixture(scope="module")
def shipped(repository: Path) -> Bundle:
    return load_folder(repository / "processes" / "complaint")


@pytest.fixture
def edited(shipped: Bundle) -> Edited:
    """What is told after replacing texts in files, each once."""

    def edit(*edits: tuple[str, str, str]) -> Comparison:
        files = dict(shipped.files)
        for path, old, new in edits:
            text = files[path].decode()
            assert old in text, f"{path} no longer holds {old!r}"
            files[path] = text.replace(old, new, 1).encode()
        return compare(shipped, Bundle(files))

    return edit


def zh(comparison: Comparison) -> list[str]:
    return [change.text.zh for change in comparison.changes]


def row(shipped: Bundle, file: str, key: str) -> str:
    """The row of a table about a limit."""
    rows = re.findall(r"<rule id=.*?</rule>", shipped.files[file].decode(), re.S)
    return next(found for found in rows if f"<text>{key}</text>" in found)


def test_equal_bundles_do_not_differ(shipped: Bundle) -> None:
    assert compare(shipped, shipped) == Comparison((), ())


def test_an_amount_is_told_with_its_unit(shipped: Bundle, edited: Edited) -> None:
    before = row(shipped, "limits.dmn", '"dispatch"')
    after = before.replace("<text>12</text>", "<text>8</text>").replace('"hours"', '"working_hours"')

    told = edited(("limits.dmn", before, after))

    assert zh(told) == ["时限 派单：12 小时 → 8 工作小时"]
    assert told.changes[0].text.en == "limit Dispatch: 12 hours → 8 working hours"


def test_rows_that_come_and_go_say_what_they_say(shipped: Bundle, edited: Edited) -> None:
    before = row(shipped, "limits.dmn", '"dispatch"')

    gone = zh(edited(("limits.dmn", before, "")))
    come = zh(edited(("limits.dmn", before, before + re.sub(r'(id="[^"]*)"', r'\1_two"', before))))

    assert len(gone) == 1 and gone[0].startswith("删去一行 时限 派单：12 小时")
    assert len(come) == 1 and come[0].startswith("新增一行 时限 派单：12 小时")


def test_a_cell_of_any_table_is_told_by_row_column_and_names(edited: Edited) -> None:
    told = zh(edited(("severity.dmn", '<text>"major"</text>', '<text>"minor"</text>')))

    assert len(told) == 1 and told[0].startswith("决策 投诉等级 第 ") and told[0].endswith("：重大 → 轻微")


def test_a_task_put_between_two_others_is_one_sentence(edited: Edited) -> None:
    told = edited(
        ("assign.bpmn", "</bpmn:process>", TASK),
        ("assign.bpmn", f'<bpmn:sequenceFlow id="{FLOW}" sourceRef="confirm_assignment" targetRef="acknowledge_dispatch"',
         f'<bpmn:sequenceFlow id="{FLOW}" sourceRef="confirm_assignment" targetRef="Activity_1"'),
    )  # fmt: skip

    assert zh(told) == ["新增人工任务 复核方案，在 确定受理人 之后"]


def test_a_form_is_called_as_most_tasks_that_show_it(edited: Edited) -> None:
    form = '<bpmn:extensionElements><spiffworkflow:properties><spiffworkflow:property name="form" value="approve_plan"/>'
    task = TASK.replace("<bpmn:incoming>", f"{form}</spiffworkflow:properties></bpmn:extensionElements><bpmn:incoming>", 1)

    told = edited(("assign.bpmn", "</bpmn:process>", task))

    assert "新增人工任务 复核方案；表单：批示方案" in zh(told)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (("assign.bpmn", 'name="role" value="reception"', 'name="role" value="supervisor"'), "泳道 接待 的角色：接待 → 客户主任"),
        (("assign.bpmn", 'value="dispatch_acknowledgement"', 'value="dispatch"'), "人工任务 回应派单 的时限：派单回应 → 派单"),
        (("assign.bpmn", 'name="回应派单"', 'name="答复派单"'), "人工任务 回应派单 的名称：回应派单 → 答复派单"),
        (("assign.bpmn", 'Ref>propose_department</', "Ref>x</"), "决策任务 建议受理部门 的泳道：接待 → 无"),
        (("procedure.yaml", "roles:\n", "roles:\n  inspector: {zh: 督察, en: Inspector}\n"), "新增角色 督察"),
        (("procedure.yaml", "owner: process_owner", "owner: manager"), "负责人：规程负责人 → 主管经理"),
        (("fields.yaml", "{value: visit, zh: 来访, en: Visit}, ", ""), "字段 投诉方式 删去选项 来访"),
        (("fields.yaml", "zh: 投诉方式", "zh: 方式"), "字段 投诉方式 的中文名：投诉方式 → 方式"),
        (("forms/notify_customer.form", '"required": true', '"required": false'), "表单 告知客户 的告知方式 的必填：是 → 否"),
        (("scenarios/minor.yaml", "starts: 2026-09-01T09", "starts: 2026-09-01T10"),
         f"{STORY}开始时刻：2026-09-01 09:00 → 2026-09-01 10:00"),
        (("scenarios/minor.yaml", "dispatch: 2026-09-01T21:10", "dispatch: 2026-09-01T20:10"),
         f"{STORY}第 4 步 的到期 派单：2026-09-01 21:10 → 2026-09-01 20:10"),
        (("scenarios/minor.yaml", "  - after: PT10M\n", "  - after: PT20M\n"), f"{STORY}第 2 步 的等待时间：10 分钟 → 20 分钟"),
        (("scenarios/minor.yaml", "  - after: PT10M\n", ""), f"{STORY}删去一步 过去 10 分钟"),
        (("scenarios/minor.yaml", "  - after: PT10M\n", "  - after: PT10M\n  - reach: archive_case\n"),
         f"{STORY}新增一步 第 3 步 办到 归档投诉"),
        (("limits.dmn", 'hitPolicy="COLLECT"', 'hitPolicy="UNIQUE"'), "决策 时限 的命中策略：COLLECT → UNIQUE"),
        (("limits.dmn", 'label="紧急"', 'label="急"'), "决策 时限 的输入列 emergency：紧急 boolean → 急 boolean"),
    ],
)  # fmt: skip
def test_each_kind_of_change_has_its_words(edited: Edited, edit: tuple[str, str, str], words: str) -> None:
    assert zh(edited(edit)) == [words]


@pytest.mark.parametrize(
    "edit",
    [
        ("assign.bpmn", "<dc:Bounds x=", "<dc:Bounds  x="),
        ("assign.bpmn", '<di:waypoint x="', '<di:waypoint x="1'),
        ("assign.bpmn", "<bpmn:definitions ", '<bpmn:definitions exporter="Another" exporterVersion="9" '),
        ("forms/notify_customer.form", '"showOutline": true', '"showOutline": false'),
        ("procedure.yaml", "key: complaint", "key: complaint   # the same"),
    ],
)
def test_what_only_looks_different_stands_apart(edited: Edited, edit: tuple[str, str, str]) -> None:
    told = edited(edit)

    assert told.changes == () and [(change.file, change.kind) for change in told.layout] == [(edit[0], "moved")]


def test_a_box_that_was_moved_and_stands_at_the_end_of_the_file_is_no_change_of_the_rule(shipped: Bundle) -> None:
    before = shipped.files["complaint.bpmn"].decode()
    match = re.search(r' *<bpmn:userTask id="record_complaint".*?</bpmn:userTask>\n', before, re.DOTALL)
    assert match is not None
    task, node = match.group(), "        <bpmn:flowNodeRef>record_complaint</bpmn:flowNodeRef>\n"
    later = before.replace(task, "").replace("  </bpmn:process>", f"{task}  </bpmn:process>")
    lane, rest = later.replace(node, "", 1).split("</bpmn:lane>", 1)
    after = f"{lane.rstrip()}\n{node}      </bpmn:lane>{rest}".replace('<dc:Bounds x="', '<dc:Bounds x="1', 1)

    told = compare(shipped, Bundle({**shipped.files, "complaint.bpmn": after.encode()}))

    assert told.changes == () and [change.kind for change in told.layout] == ["moved"]


def test_each_change_says_what_became_of_which_thing(shipped: Bundle, edited: Edited) -> None:
    after = re.sub(rf'(id="{FLOW}"[^>]*)targetRef="[^"]*"', r'\1targetRef="Activity_1"', shipped.files["assign.bpmn"].decode())
    after = after.replace("</bpmn:process>", TASK)
    moved = after.replace('<dc:Bounds x="', '<dc:Bounds x="1', 1)
    limit = row(shipped, "limits.dmn", '"dispatch"')

    told = compare(shipped, Bundle({**shipped.files, "assign.bpmn": moved.encode()}))
    gone = edited(("limits.dmn", limit, ""))
    other = edited(("limits.dmn", limit, limit.replace("<text>12</text>", "<text>8</text>")))

    assert [(change.about, change.kind) for change in told.changes] == [("Activity_1", "added")]
    assert len(told.moved["assign.bpmn"]) == 1 and [change.kind for change in told.layout] == ["moved"]
    assert [(change.about, change.kind) for change in gone.changes] == [(change.about, "removed") for change in other.changes]
    assert [change.kind for change in other.changes] == ["changed"]


def test_files_that_come_and_go_are_told(shipped: Bundle) -> None:
    files = dict(shipped.files)
    files["forms/another.form"] = files.pop("forms/sum_up.form")

    told = [change.text.zh for change in compare(shipped, Bundle(files)).changes]

    assert told[0].startswith("新增表单 another：") and told[1] == "删去表单 总结投诉"


def test_a_file_that_cannot_be_read_is_told_at_large(edited: Edited) -> None:
    told = zh(edited(("fields.yaml", "channel:", "channel: [")))

    assert told, "a broken file is a change too"


def test_what_differs_in_one_language_is_shown_to_readers_of_the_other(edited: Edited) -> None:
    told = edited(("assign.bpmn", 'name="回应派单"', 'name="答复派单"')).changes[0].text

    assert told.zh.endswith("回应派单 → 答复派单")
    assert told.en.endswith("Acknowledge the dispatch (回应派单) → Acknowledge the dispatch (答复派单)")


def test_a_row_that_moves_says_after_which_it_stands(shipped: Bundle, edited: Edited) -> None:
    rows = re.findall(r"\s*<rule id=.*?</rule>", shipped.files["limits.dmn"].decode(), re.S)

    told = edited(("limits.dmn", "".join(rows[5:10]), "".join((*rows[6:10], rows[5])))).changes

    assert [(one.kind, one.about, one.text.zh) for one in told] == [
        ("moved", "limits_row_6", "时限 完工反馈 移到 时限 会同验证 之后")
    ]


def test_the_order_in_which_a_step_lists_what_comes_in_says_nothing(edited: Edited) -> None:
    line = "      <bpmn:incoming>flow_approve_plan_{}_approvals_joined</bpmn:incoming>\n"
    first, second = line.format("supervisor"), line.format("manager")
    order = edited(("approve.bpmn", first + second, second + first))
    ways = [f"      <bpmn:outgoing>flow_is_plan_approved_{to}</bpmn:outgoing>\n" for to in ("mark_approved", "reopen_plan")]
    turned = edited(("approve.bpmn", "".join(ways), "".join(reversed(ways))))

    assert not order.changes and [change.kind for change in order.layout] == ["moved"]
    assert turned.changes, "the first way that holds is taken"


def test_a_story_that_has_lost_its_name_is_told_by_its_file(edited: Edited) -> None:
    told = edited(("scenarios/minor.yaml", "scenario:", "renamed:"))

    assert any("故事 轻微投诉" in words for words in zh(told))


def test_a_story_is_told_by_the_name_of_each_language(edited: Edited) -> None:
    told = edited(("scenarios/minor.yaml", "  - after: PT10M\n", "  - after: PT20M\n"))

    assert told.changes[0].text.zh.startswith(STORY)
    assert told.changes[0].text.en.startswith("story Minor complaint: record, judge")


def test_what_changes_is_said_by_names_in_both_languages(edited: Edited) -> None:
    comparison = edited(
        ("assign.bpmn", "<bpmn:flowNodeRef>confirm_assignment</bpmn:flowNodeRef>", ""),
        ("procedure.yaml", "facts_within_days: 90", "facts_within_days: 60"),
        ("procedure.yaml", "roles: [supervisor, manager, general_manager], field", "roles: [manager], field"),
        ("scenarios/answers.yaml", "anonymous: 'anonymous = true'", "anonymous: 'false'"),
        ("limits.dmn", "those of the developer", "those of our developer"),
    )

    told = {change.text.zh: change.text.en for change in comparison.changes}
    assert told.pop("人工任务 确定受理人 的泳道：接待 → 无") == "user task Confirm the assignment, lane: Reception → none"
    assert told.pop("次数算多少天以内的：90 → 60") == "Days within which facts count: 90 → 60"
    asked = told.pop("操作 提高等级 的角色：客户主任、主管经理、总经理 → 主管经理")
    assert asked.endswith("roles: Customer-service supervisor, Manager in charge, General manager → Manager in charge")
    usual = told.pop("表单的常用答案 一 记录投诉 的不愿透露身份：不愿透露身份 = 是 → 否")
    assert usual.startswith("usual answers of form 1 Record the complaint, Wishes to stay anonymous: ")
    (note,) = told
    assert note.startswith("时限 紧急通知 的英文说明：") and "of our developer: departments notified" in note


@pytest.mark.parametrize(
    ("value", "en"), [({"zh": "法务", "en": "Lawyer"}, "Lawyer"), ({"zh": "法务"}, "法务"), ({"en": "Lawyer"}, "Lawyer")]
)
def test_a_value_in_one_language_is_shown_in_both(value: dict[str, str], en: str) -> None:
    assert shown(value).en == en


NAMED = [
    (
        ("complaint.bpmn", ' messageRef="message_emergency_flagged"', ""),
        Text("的消息：标为紧急 → 无", "message: Flag as urgent → none"),
    ),
    (
        ("minor.bpmn", 'value="&quot;supervisor&quot;"', 'value="&quot;manager&quot;"'),
        Text("的通知的角色：客户主任 → 主管经理", "role to be told: Customer-service supervisor → Manager in charge"),
    ),
    (
        ("by_severity.bpmn", 'severity = "major"', 'severity = "minor"'),
        Text("投诉等级 = “重大” 且 并非(已了结 = 是) → 投诉等级 = “轻微” 且", 'Severity = "Minor" and not(Settled = yes)'),
    ),
    (
        ("procedure.yaml", "level: sanction", "level: reward_level"),
        Text("奖惩台账 处分 的档次：拟处理 → 奖励", "ledger Sanction, level: Proposed measure → Reward"),
    ),
    (
        ("procedure.yaml", "message: delay_reported, ", ""),
        Text("操作 不能按期 的发出的消息：不能按期 → 无", "message: Cannot keep the date → none"),
    ),
    (
        ("documents.yaml", "{case}-登-{number}", "{case}-表-{number}"),
        Text("{投诉编号}-登-{序号} → {投诉编号}-表-{序号}", "{number of the complaint}-登-{number}"),
    ),
    (
        ("scenarios/effect_checked.yaml", "[group_effect, guidance_1]", "[group_effect]"),
        Text("的表单显示 检查成效：", "shown on the form Check the effect: "),
    ),
]


@pytest.mark.parametrize(("edit", "words"), NAMED)
def test_nothing_is_told_by_the_words_of_a_file(edited: Edited, edit: tuple[str, str, str], words: Text) -> None:
    (change,) = edited(edit).changes

    assert words.zh in change.text.zh
    assert words.en in change.text.en
    assert not re.search(r"[a-z]+_[a-z]|@|\[", change.text.zh + change.text.en)
