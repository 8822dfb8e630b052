"""The page of a task and what follows it."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "task.case": Text("这件投诉", "The case"),
    "task.open_case": Text("打开案卷", "Open the case file"),
    "task.clock": Text("期限", "Deadline"),
    "task.due_at": Text("到期", "Due"),
    "task.no_clock": Text("这一步没有期限。", "This step has no deadline."),
    "task.clause": Text("依据 {clause}", "by {clause}"),
    "task.rounds": Text("以前各轮", "Earlier rounds"),
    "task.round_by": Text("第 {n} 轮 · {who} · {when}", "Round {n} · {who} · {when}"),
    "task.steps": Text("上一步 · 这一步 · 下一步", "Before · now · after"),
    "task.step_or": Text(" 或 ", " or "),
    "task.begin": Text("开始", "Start"),
    "task.end": Text("结束", "End"),
    "task.by_role": Text("由{role}办理", "for: {role}"),
    "task.held_by": Text("在{who}手上", "held by {who}"),
    "task.complete": Text("完成", "Complete"),
    "task.completing": Text("正在提交…", "Sending…"),
    "task.then": Text("完成后：{next}", "Then: {next}"),
    "task.then_end": Text("完成后这一段就结束了。", "This part ends then."),
    "task.save_draft": Text("存草稿", "Save draft"),
    "task.draft_saved": Text("草稿已存。", "Draft saved."),
    "task.draft_kept": Text("这是您 {when} 存的草稿。", "This is your draft of {when}."),
    "task.draft_moved": Text(
        "您 {when} 填写时任务已经变动，内容接到这里来了，请核对。",
        "The task changed while you were typing at {when}; what you typed is carried over here. Please check it.",
    ),
    "task.more": Text("其他办法", "Other ways"),
    "task.claim": Text("认领", "Claim"),
    "task.release": Text("放回", "Put back"),
    "task.delegate": Text("委托给同事", "Hand to a colleague"),
    "task.delegate_to": Text("交给谁", "To whom"),
    "task.handed_on": Text("已交给同事。", "Handed to your colleague."),
    "task.pass_on": Text("转交其他部门", "Pass on to another department"),
    "task.pass_on_to": Text("哪个部门", "Which department"),
    "task.passed_on": Text("已转交。每次转交都有记录。", "Passed on. Every passing on is counted."),
    "task.send_back": Text("退回", "Send back"),
    "task.send_back_hint": Text("退回原部门", "Back to the department it came from"),
    "task.sent_back": Text("已退回。", "Sent back."),
    "task.waive": Text("免办这一步", "Waive this step"),
    "task.waive_hint": Text(
        "只在确有理由时使用，理由会留在案卷里。", "Only with good reason; the reason stays in the case file."
    ),
    "task.waived": Text("这一步已免办。", "The step was waived."),
    "task.reason": Text("理由", "Reason"),
    "task.not_yours": Text("您可以看，但这一步归 {who} 办理。", "You may look, but this step belongs to {who}."),
    "task.held": Text("{who} 正在办理。", "{who} is working on it."),
    "task.excluded": Text(
        "为保证独立，办过前一步的人不能办这一步，请同事办理。",
        "To keep it independent, whoever did the earlier step may not do this one; please ask a colleague.",
    ),
    "task.done_title": Text("“{name}”已完成", "“{name}” is done"),
    "task.gone.done": Text("“{name}”已由 {who} 于 {when} 完成", "“{name}” was already done by {who} at {when}"),
    "task.gone.waived": Text("“{name}”已由 {who} 于 {when} 免办", "“{name}” was waived by {who} at {when}"),
    "task.gone.cancelled": Text(
        "“{name}”已于 {when} 取消，案件走了另一条路", "“{name}” was called off at {when}; the case took another way"
    ),
    "task.gone_kept": Text("您刚才填写的内容没有提交，已为您留在下面。", "What you typed was not submitted; it is kept below."),
    "task.next": Text("接下来", "What happens next"),
    "task.next_nobody": Text("这件投诉没有其他待办任务。", "No other task of this case is open."),
    "task.next_waits": Text("系统会在到时间时继续。", "The system goes on when the time comes."),
    "task.closed": Text("这件投诉已经办结。", "The case is closed."),
    "task.who_role": Text("等待{role}认领", "waiting for: {role}"),
    "task.own_next": Text("我的下一项", "My next task"),
    "task.to_inbox": Text("回收件箱", "To the inbox"),
    "task.to_ladder": Text("回到值班电话", "Back to the numbers on duty"),
    "task.leave": Text("填写的内容还没有保存。", "What you typed is not saved yet."),
}
