"""The inbox."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "inbox.title": Text("收件箱", "Inbox"),
    "inbox.tab.mine": Text("我的", "Mine"),
    "inbox.tab.available": Text("可办", "Open to me"),
    "inbox.tab.followed": Text("关注", "Followed"),
    "inbox.tab.done": Text("已办", "Done"),
    "inbox.group.overdue": Text("已超时", "Overdue"),
    "inbox.group.today": Text("今天", "Today"),
    "inbox.group.this_week": Text("本周", "This week"),
    "inbox.group.later": Text("以后", "Later"),
    "inbox.group.no_deadline": Text("没有期限", "No deadline"),
    "inbox.claim": Text("认领", "Claim"),
    "inbox.release": Text("放回", "Put back"),
    "inbox.claimed": Text("已认领，放进“我的”。", "Claimed; it is under “Mine” now."),
    "inbox.released": Text("已放回，其他同事可以办理。", "Put back; colleagues can take it."),
    "inbox.nobody": Text("无人认领", "Unclaimed"),
    "inbox.nobody_of": Text("（{role}）", "({role})"),
    "inbox.round": Text("第 {n} 轮", "round {n}"),
    "inbox.emergency": Text("紧急", "Emergency"),
    "inbox.see_available": Text("看看可办的任务", "See what is open to me"),
    "inbox.more": Text("后面的", "Further"),
    "inbox.first": Text("回到开头", "Back to the start"),
    "inbox.news": Text("有 {n} 项新任务，点此查看", "New tasks: {n}. Show them"),
    "inbox.filter": Text("筛选", "Filter"),
    "inbox.filter.estate": Text("小区", "Estate"),
    "inbox.filter.severity": Text("等级", "Severity"),
    "inbox.filter.late": Text("只看已超时", "Overdue only"),
    "inbox.filter.emergency": Text("只看紧急", "Emergencies only"),
    "inbox.filter.apply": Text("应用", "Apply"),
    "inbox.filter.drop": Text("去掉这个条件", "Remove this filter"),
    "inbox.filter.clear": Text("全部去掉", "Remove all"),
    "inbox.empty.mine": Text("手上没有任务", "Nothing in your hands"),
    "inbox.empty.mine_hint": Text(
        "到“可办”里认领一项，或者登记一起新投诉。", "Claim a task under “Open to me”, or record a new complaint."
    ),
    "inbox.empty.available": Text("没有待认领的任务", "Nothing waits to be claimed"),
    "inbox.empty.available_hint": Text("归您岗位的任务都有人在办。", "Every task of your roles is in somebody's hands."),
    "inbox.empty.followed": Text("没有关注的投诉", "You follow no case"),
    "inbox.empty.followed_hint": Text(
        "您最先接到的投诉会自动列在这里，直到关闭。", "Cases you heard first are listed here until they are closed."
    ),
    "inbox.empty.done": Text("还没有办完的任务", "Nothing done yet"),
    "inbox.empty.done_hint": Text("办完一项任务后，可以在这里找回它。", "When you finish a task you can find it here again."),
    "inbox.empty.filtered": Text("没有符合条件的任务", "No task matches"),
    "inbox.empty.filtered_hint": Text("去掉一个条件再看看。", "Remove a filter and look again."),
    "inbox.done_at": Text("办结于 {when}", "done {when}"),
}
