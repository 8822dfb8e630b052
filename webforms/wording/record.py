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
    "record.again_said": Text("再次来电反映同一件事。", "Called again about the same matter."),
    "record.suggested": Text("按相似的投诉，类别可能是", "Going by similar cases, the category may be"),
    "record.suggested_take": Text("采用", "Use it"),
    "similar.title": Text("可能是同一件事", "Perhaps the same matter"),
    "similar.none": Text(
        "还没有相似的投诉。选了住户、写了事由，这里会列出。",
        "Nothing like it so far. Choose the household and write what it is about, and similar cases appear here.",
    ),
    "similar.household": Text("同一住户", "Same household"),
    "similar.place": Text("同一栋楼", "Same building"),
    "similar.category": Text("同一类别", "Same category"),
    "similar.text": Text("说法相近", "Similar words"),
    "similar.open": Text("未结", "open"),
    "similar.closed": Text("已结", "closed"),
    "similar.today": Text("今天", "today"),
    "similar.yesterday": Text("昨天", "yesterday"),
    "similar.days_ago": Text("{n} 天前", "{n} days ago"),
    "similar.part_of": Text("已并入 {number}", "part of {number}"),
    "similar.again": Text("同一件事，只记来电", "Same matter: log the call"),
    "similar.linked": Text("登记并关联", "Record and link"),
    "similar.event": Text("多人投诉同一件事", "Many call about one thing"),
    "similar.event_known": Text(
        "{number} 牵头的事件正在办理，已有 {n} 件投诉。", "{number} leads an event that is under way, with {n} complaints so far."
    ),
    "similar.event_new": Text(
        "十二小时内已有 {n} 件相似的投诉，可并成一个事件，由 {number} 牵头。",
        "{n} similar complaints came in within twelve hours; they can be one event, led by {number}.",
    ),
    "similar.join": Text("并入 {number}", "Join {number}"),
    "similar.alone": Text("单独登记", "Record on its own"),
    "similar.join_hint": Text(
        "保存即并入：原因只处理一次，这位投诉人仍单独答复、单独回访。",
        "Saving joins it: the cause is handled once; this complainant still gets an own reply and an own visit.",
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
