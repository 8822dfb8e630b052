"""The frame of every page."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "shell.product": Text("诉结", "Redress"),
    "shell.claim": Text("投诉处理", "complaints"),
    "shell.skip": Text("跳到正文", "Skip to the content"),
    "shell.menu": Text("主菜单", "Main menu"),
    "shell.inbox": Text("收件箱", "Inbox"),
    "shell.dashboard": Text("看板", "Dashboard"),
    "shell.record": Text("登记投诉", "Record a call"),
    "shell.record_short": Text("登记", "Record"),
    "shell.register": Text("登记簿", "Register"),
    "shell.reports": Text("报告", "Reports"),
    "shell.procedure": Text("规程", "Procedure"),
    "shell.directory": Text("机构与人员", "Directory"),
    "shell.search": Text("查编号、房号、电话或文字", "Number, room, telephone or words"),
    "shell.search_short": Text("查找", "Search"),
    "shell.emergency": Text("紧急", "Emergency"),
    "shell.emergency_hint": Text("登记紧急事件，马上通知值班人员", "Record an emergency and call the people on duty"),
    "shell.messages": Text("消息", "Messages"),
    "shell.sign_out": Text("退出", "Sign out"),
    "shell.late_count": Text("{n} 项已超时", "{n} overdue"),
    "shell.demo": Text(
        "演示模式：人员和数据都是虚构的，请勿填写真实信息。", "Demonstration: people and data are made up; enter nothing real."
    ),
}
