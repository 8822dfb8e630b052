"""Operations: what failed technically, and what is done about it."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "shell.operations": Text("运行管理", "Operations"),
    "operations.title": Text("运行管理", "Operations"),
    "operations.lead": Text(
        "因规程缺陷没能办成的步骤。填写的内容都已保留，投诉停在原处，没有丢失。",
        "Steps that a fault in the procedure stopped. What was typed is kept and each case stands where it was; nothing is lost.",
    ),
    "operations.none": Text("没有待处理的故障", "No incidents are open"),
    "operations.none_hint": Text(
        "有步骤因规程缺陷办不下去时，会出现在这里。", "A step that a fault in the procedure stops will appear here."
    ),
    "operations.open": Text("处理", "Deal with it"),
    "operations.no_case": Text("未登记成功", "not registered"),
    "operations.whole": Text("整个系统", "the whole installation"),
    "operations.times": Text("失败 {n} 次", "failed {n} times"),
    "operations.once": Text("失败 1 次", "failed once"),
    "operations.kept": Text("填写内容已保留", "what was typed is kept"),
    "operations.what": Text("发生了什么", "What happened"),
    "operations.case": Text("投诉", "Case"),
    "operations.estate": Text("小区", "Estate"),
    "operations.where": Text("卡在哪里", "Where"),
    "operations.doing": Text("当时在做", "While"),
    "operations.who": Text("谁在办", "Who"),
    "operations.first": Text("首次", "First"),
    "operations.last": Text("最近", "Latest"),
    "operations.typed": Text("当时填写的内容", "What was typed"),
    "operations.typed_none": Text("没有填写内容。", "Nothing was typed."),
    "operations.typed_withheld": Text(
        "内容已保留。您无权查看这件投诉，所以这里不显示；重试时会原样提交。",
        "It is kept. You may not read this case, so it is not shown here; a retry submits it as it is.",
    ),
    "operations.overtaken": Text(
        "这项任务后来已经办理或取消，不必再重试；核对后作废即可。",
        "The task has been done or taken away since. There is nothing to retry: look at it and dismiss the incident.",
    ),
    "operations.mend": Text("怎么处理", "What to do"),
    "operations.retry": Text("原样重试", "Retry as it is"),
    "operations.retry_hint": Text(
        "故障已在别处排除时用。以 {who} 的名义重新提交当时填写的内容，日志记下是您操作的。",
        "When the cause has been mended elsewhere. Submits what was typed again for {who}; the journal says that you did it.",
    ),
    "operations.set": Text("补填缺少的内容再重试", "Set a missing value and retry"),
    "operations.set_hint": Text(
        "规程要用的一项没有值时用。先选是哪一项。", "When the procedure needs a value that is not there. Choose which one first."
    ),
    "operations.field": Text("哪一项", "Which field"),
    "operations.choose": Text("选定", "Choose"),
    "operations.value": Text("{name}的值", "Value of {name}"),
    "operations.present": Text("现在的值：{value}", "It is now: {value}"),
    "operations.set_go": Text("补填并重试", "Set it and retry"),
    "operations.other_field": Text("换一项", "Another field"),
    "operations.move": Text("换到改正后的版本再重试", "Move to a corrected version and retry"),
    "operations.move_hint": Text(
        "规程已改正并生效时用。开着的任务、草稿和时限都保留；换不过去会说明原因，什么都不改。",
        "When a corrected version is in force. Open tasks, drafts and deadlines are kept; if it cannot be, you are told why "
        "and nothing changes.",
    ),
    "operations.version": Text("哪一版", "Which version"),
    "operations.move_go": Text("换版并重试", "Move and retry"),
    "operations.skip": Text("免办这一步", "Skip the step"),
    "operations.skip_hint": Text(
        "这项任务不再办理，投诉往下走；当时填写的内容不再使用。",
        "The task is waived and the case goes on; what was typed is not used.",
    ),
    "operations.dismiss": Text("作废这条故障", "Dismiss the incident"),
    "operations.dismiss_hint": Text(
        "投诉不动。任务还开着时，当时填写的内容会作为草稿还给填写的人；否则随之删除。",
        "The case is left alone. If its task is still open, what was typed goes back to its author as a draft; "
        "else it is deleted.",
    ),
    "operations.reason": Text("原因", "Reason"),
    "operations.reason_optional": Text("原因（可不填）", "Reason (optional)"),
    "operations.clock_trust": Text("时钟无误，恢复计时", "The clock is right: go on"),
    "operations.clock_hint": Text(
        "核对服务器时钟后再确认。确认后到期的事项会立即处理。",
        "Check the server's clock first. What is due happens as soon as you confirm.",
    ),
    "operations.clock_done": Text("已恢复计时。", "Timers go on."),
    "operations.failed_again": Text("又没有办成，什么都没有改动。", "It failed again, and nothing was changed."),
    "operations.back": Text("回到运行管理", "Back to operations"),
}
