"""Recording a call and an emergency."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "record.title": Text("登记投诉", "Record a call"),
    "record.apology": Text("先说这句话", "Say this first"),
    "record.estate": Text("小区", "Estate"),
    "record.find": Text("房号或电话", "Room or telephone"),
    "record.find_help": Text(
        "输入房号开头、完整电话或电话后四位，带出姓名和以往投诉。",
        "The start of a room number, a whole telephone number or its last four digits.",
    ),
    "record.search": Text("查找", "Find"),
    "record.choose": Text("选这一户", "Take this one"),
    "record.drop": Text("换一户", "Take another"),
    "record.none_found": Text(
        "没有找到住户。可以直接往下填，姓名和电话手写即可。",
        "No household found. Go on below and type name and telephone yourself.",
    ),
    "record.open_cases": Text("这一户还有 {n} 件没有办结", "Open cases of this household: {n}"),
    "record.no_open_cases": Text("这一户没有未办结的投诉。", "No open case of this household."),
    "record.save_next": Text("保存并记下一个", "Save and next call"),
    "record.save_open": Text("保存并打开", "Save and open"),
    "record.saved": Text("已登记，编号 {number}。", "Recorded as {number}."),
    "record.hint": Text("保存后立即编号，案件开始计时。", "Saving gives it its number and starts the clocks."),
    "record.file_failed": Text(
        "投诉已登记，但文件“{name}”没有存上：{why}", "The complaint is recorded, but the file “{name}” was not kept: {why}"
    ),
    "emergency.title": Text("紧急事件", "Emergency"),
    "emergency.hint": Text(
        "写下地点和一句话就够了，其余稍后补。保存后立即显示值班电话。",
        "A place and one line are enough; the rest can follow. The numbers on duty come next.",
    ),
    "emergency.go": Text("立即登记", "Record now"),
    "emergency.done": Text(
        "紧急事件已登记，编号 {number}。请马上打电话。", "The emergency is recorded as {number}. Make the calls now."
    ),
    "emergency.ladder": Text("紧急通知", "Emergency calls"),
    "emergency.on_duty": Text("值班人员", "On duty"),
    "emergency.nobody": Text(
        "值班表上现在没有人。请直接致电主管，并请管理员补上值班表。",
        "Nobody is on the duty roster now. Call a supervisor directly and have the roster mended.",
    ),
    "emergency.now": Text("现在联系", "Call now"),
    "emergency.yours": Text("轮到您办理", "Your turn"),
    "emergency.over": Text("已超时", "overdue"),
    "emergency.nothing_open": Text("紧急通知已经办完", "The emergency calls are done"),
    "emergency.nothing_open_hint": Text("这件投诉的其余任务照常办理。", "The other tasks of the case go on as usual."),
}
