"""Messages, notification settings, and what could not be delivered."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "messages.title": Text("消息", "Messages"),
    "messages.none": Text("没有消息", "No messages"),
    "messages.none_hint": Text(
        "有期限临近、超时或与您有关的变化时，会在这里告诉您。",
        "Approaching and missed deadlines, and changes that concern you, are told here.",
    ),
    "messages.all_read": Text("都读过了。", "You have read everything."),
    "messages.read_all": Text("全部标为已读", "Mark all as read"),
    "messages.read_case": Text("这件全部已读", "Mark this case as read"),
    "messages.unread": Text("未读", "Unread"),
    "messages.read": Text("读过的", "Read"),
    "messages.urgent": Text("要紧", "urgent"),
    "messages.open": Text("打开", "Open"),
    "messages.open_task": Text("去办理", "Go to the task"),
    "messages.open_case": Text("看案卷", "Open the case"),
    "messages.mark": Text("知道了", "Got it"),
    "messages.mark_hint": Text("标为已读：{text}", "Mark as read: {text}"),
    "messages.open_hint": Text("{open}：{text}", "{open}: {text}"),
    "messages.others": Text("其他", "Other"),
    "messages.new_urgent": Text("有新的要紧消息", "Something urgent has come"),
    "messages.more_urgent": Text("还有 {n} 条要紧消息", "{n} more urgent messages"),
    "preferences.title": Text("通知设置", "Notification settings"),
    "preferences.lead": Text(
        "页面里的消息总是齐全的。这里选择哪些还要发到邮件或聊天软件。",
        "Messages in these pages are always complete. Choose what is sent to mail or chat as well.",
    ),
    "preferences.always": Text(
        "紧急事件随时都会发出，不受下面各项限制；规程要求的上报也不能关闭。",
        "Emergencies are sent at any time, whatever you choose below; nor can what the procedure reports upwards be left out.",
    ),
    "preferences.channels": Text("发到哪里", "Where to"),
    "preferences.no_channels": Text(
        "还没有设置邮件或聊天通道，消息只在页面里显示。管理员可按《运行手册》设置。",
        "No mail or chat is set up: messages are in these pages only. An administrator can change that.",
    ),
    "preferences.shared": Text(
        "发到群里，群里的人都看得到，会提到您。", "Goes to a group that all of it can read, and mentions you."
    ),
    "preferences.level": Text("发哪些", "What"),
    "preferences.level_nothing": Text("不发（紧急事件除外）", "Nothing, except emergencies"),
    "preferences.level_urgent": Text("只发要紧的（超时、上报、紧急）", "Urgent only"),
    "preferences.level_all": Text("全部", "Everything"),
    "preferences.address_mail": Text("邮箱", "Mail address"),
    "preferences.address_mobile": Text("手机号", "Mobile number"),
    "preferences.address_account": Text("账号", "Account"),
    "preferences.listed": Text("留空就用通讯录里的：{address}", "Leave empty for the directory's: {address}"),
    "preferences.unlisted": Text("通讯录里没有，不填就收不到。", "The directory has none: without one nothing reaches you."),
    "preferences.unlisted_shared": Text(
        "不填也会发到群里，只是提不到您。", "Without one the group still reads it, but you are not mentioned."
    ),
    "preferences.test": Text("发一条测试消息", "Send a test message"),
    "preferences.test_hint": Text("用已保存的设置发送。", "Uses the settings as saved."),
    "preferences.tested_sent": Text(
        "测试消息已于 {at} 被对方服务接收，请看是否收到。", "The service accepted the test at {at}; see whether it arrived."
    ),
    "preferences.tested_waiting": Text("测试消息正在发送，稍后刷新看结果。", "The test is on its way; reload for the result."),
    "preferences.tested_trying": Text("还没发成：{fault}", "Not sent yet: {fault}"),
    "preferences.tested_refused": Text("没有发成：{fault}", "Not sent: {fault}"),
    "preferences.reload": Text("刷新", "Reload"),
    "preferences.kinds": Text("发哪些事", "About what"),
    "preferences.kind_task": Text("我能办的新任务", "New tasks that I may do"),
    "preferences.kind_handed": Text("转交给我的工作", "Work handed to me"),
    "preferences.kind_warning": Text("时限将到的提醒", "Limits about to run out"),
    "preferences.kind_breach": Text("超时", "Limits missed"),
    "preferences.kind_comment": Text("我办理或关注的投诉有新备注", "Notes on complaints I handle or follow"),
    "preferences.kind_report": Text("报告送达", "Reports that have come"),
    "preferences.limits": Text("提醒哪些时限", "Limits to be warned of"),
    "preferences.limits_hint": Text(
        "去掉勾的时限，将到时不再发提醒；真的超时仍会告诉您。",
        "A limit without a tick sends no warning; that it was missed is told all the same.",
    ),
    "preferences.quiet": Text("免打扰时间", "Quiet hours"),
    "preferences.quiet_hint": Text(
        "这段时间里消息先存着，结束时一起发。紧急事件随时发；当班的人随时发。",
        "Messages wait until the end. Emergencies are sent at once, and so is everything to whoever is on duty.",
    ),
    "preferences.quiet_company": Text("按公司的：{hours}", "The company's: {hours}"),
    "preferences.quiet_own": Text("我自己定", "My own"),
    "preferences.quiet_never": Text("随时都可以发给我", "Send to me at any time"),
    "preferences.hours": Text("{starts} 至 {ends}", "{starts} to {ends}"),
    "preferences.hours_none": Text("没有", "none"),
    "preferences.hours_off": Text("{hours}，休息日全天", "{hours}, and all of each day off"),
    "preferences.starts": Text("从", "From"),
    "preferences.ends": Text("到", "Until"),
    "preferences.days_off": Text("休息日全天免打扰", "All of each day off too"),
    "preferences.save": Text("保存", "Save"),
    "preferences.saved": Text("设置已保存。", "Your settings are saved."),
    "preferences.company": Text("全公司的免打扰时间", "Quiet hours of the company"),
    "preferences.company_hint": Text(
        "没有自己另定的人都按这个。两个时间相同就是没有。", "For everybody without their own. Two equal times mean none."
    ),
    "preferences.company_saved": Text("全公司的免打扰时间已保存。", "The company's quiet hours are saved."),
    "undelivered.title": Text("未送达的消息", "Undelivered messages"),
    "undelivered.lead": Text(
        "这些消息没能发出去，页面里仍能看到。改好原因后可以重发。",
        "These could not be sent; they are still in the pages. Once the cause is mended, send them again.",
    ),
    "undelivered.none": Text("没有未送达的消息", "Everything was delivered"),
    "undelivered.none_hint": Text("发不出去的消息会列在这里，写明原因。", "What cannot be sent is listed here with the reason."),
    "undelivered.trying": Text("还在重试", "Still being tried"),
    "undelivered.next": Text("下次 {at}", "next {at}"),
    "undelivered.attempts": Text("试过 {n} 次", "tries: {n}"),
    "undelivered.send": Text("重发", "Send again"),
    "undelivered.send_all": Text("{channel}全部重发", "Send all of {channel} again"),
    "undelivered.again": Text("{n} 条消息已重新排队。", "{n} messages are on their way again."),
    "undelivered.none_again": Text("没有要重发的，可能已经重发了。", "Nothing is left to send: somebody has done it already."),
    "undelivered.line": Text("有 {n} 条消息没能送达。", "{n} messages could not be delivered."),
    "undelivered.see": Text("查看", "See which"),
}
