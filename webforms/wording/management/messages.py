"""The company's own words for messages that leave the pages."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "directory.tab.wordings": Text("消息用语", "Messages"),
    "wordings.hint": Text(
        "邮件和企业微信里的消息怎么说，可以改成本公司的话。花括号里是发出时填上的内容。页面里的消息不变。",
        "How messages say it in mails and chats. What stands in braces is filled in when one leaves. The pages keep theirs.",
    ),
    "wordings.kind": Text("哪种消息", "Kind of message"),
    "wordings.kind.task": Text("有新任务", "A new task"),
    "wordings.kind.handed": Text("有工作交给本人", "Something handed to one"),
    "wordings.kind.warning": Text("期限快到了", "A deadline is near"),
    "wordings.kind.breach": Text("已经超时", "A deadline has passed"),
    "wordings.kind.escalation": Text("规程要求告知", "The procedure tells its people"),
    "wordings.kind.report": Text("报告送达", "A report has arrived"),
    "wordings.kind.comment": Text("有人留言", "Somebody has commented"),
    "wordings.company": Text("本公司的说法", "In this company"),
    "wordings.shipped": Text("照系统的说法", "as shipped"),
    "wordings.edit": Text("“{name}”怎么说", "What “{name}” says"),
    "wordings.places": Text("可以用：", "Places:"),
    "wordings.place.number": Text("投诉编号", "the case's number"),
    "wordings.place.task": Text("要做什么", "the task"),
    "wordings.place.left": Text("还剩多久", "the time left"),
    "wordings.place.words": Text("系统的原话", "the words as shipped"),
    "wordings.zh": Text("中文", "Chinese"),
    "wordings.en": Text("英文", "English"),
    "wordings.reset_hint": Text(
        "只填一种语言时，另一种语言也用它。两个都留空，就恢复系统的说法。",
        "With one language filled in, the other uses it too. With both empty the shipped words are back.",
    ),
    "wordings.preview": Text("预览", "Preview"),
    "wordings.preview_head": Text("发出去会是这样", "It would say"),
    "wordings.preview_reset": Text("恢复系统的说法。", "The shipped words would be back."),
    "wordings.example.task": Text("判断投诉", "Judge the complaint"),
    "wordings.example.left": Text("还剩 1 小时 40 分钟", "1 h 40 min left"),
    "wordings.example.words": Text("YH-2026-00042：“派单”快到期了。", "YH-2026-00042: “Dispatch” is due soon."),
}
