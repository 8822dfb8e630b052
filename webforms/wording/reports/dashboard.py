"""What burns now, who has how much in hand, and what will soon be late."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "dashboard.title": Text("看板", "Dashboard"),
    "dashboard.as_of": Text("{at} 的情况，每分钟自动更新。", "As of {at}; refreshed every minute."),
    "dashboard.all_estates": Text("全部小区", "All estates"),
    "dashboard.estates": Text("选择小区", "Choose an estate"),
    "dashboard.now": Text("眼下要紧的", "What burns now"),
    "dashboard.tile.late": Text("已超时的任务", "Overdue tasks"),
    "dashboard.tile.breached": Text("今天没守住的时限", "Limits missed today"),
    "dashboard.tile.soon": Text("4 小时内到期", "Due within 4 hours"),
    "dashboard.tile.unassigned": Text("还没有人接的任务", "Tasks that nobody has"),
    "dashboard.tile.emergencies": Text("未了结的紧急事件", "Open emergencies"),
    "dashboard.tile.incidents": Text("停下来的故障", "Parked incidents"),
    "dashboard.all": Text("在办任务共 {n} 项", "{n} open tasks in all"),
    "dashboard.emergencies": Text("紧急事件", "Emergencies"),
    "dashboard.emergency_none": Text("没有未了结的紧急事件。", "No emergency is open."),
    "dashboard.rung": Text("现在这一步", "Where it stands"),
    "dashboard.rung_none": Text("没有待办的一步", "Nothing to be done now"),
    "dashboard.since": Text("报告于", "Reported"),
    "dashboard.more_emergencies": Text("只列最近 {n} 件。", "The newest {n} are listed."),
    "dashboard.expected": Text("三个工作日内到期", "Due within three working days"),
    "dashboard.expected_hint": Text(
        "到 {until} 为止（今天不算，按公司日历）。“按通常用时会超时”："
        "这一步从打开算起，加上最近同样任务办完用时的中位数，超过了期限。"
        "九十天内办完不足 {fewest} 项的，不作估计。",
        "Until {until} (by the company's calendar; today does not count). “Late at the usual pace”: the time since the task was "
        "opened, plus the median of what such tasks took lately, goes beyond the limit. No estimate where fewer than {fewest} "
        "were done in ninety days.",
    ),
    "dashboard.how": Text("“三个工作日内到期”怎么算", "How “due within three working days” is worked out"),
    "dashboard.expected_none": Text("三个工作日内没有到期的时限。", "No limit falls due within three working days."),
    "dashboard.will_be_late": Text("按通常用时会超时", "Late at the usual pace"),
    "dashboard.in_time": Text("通常来得及", "Usually in time"),
    "dashboard.more_steps": Text("这一步来得及，后面还有", "This step in time; more follow"),
    "dashboard.too_few": Text("办过的太少，不作估计", "Too few done to tell"),
    "dashboard.no_task": Text("没有打开的任务", "No task is open"),
    "dashboard.usual": Text("通常 {span}", "usually {span}"),
    "dashboard.all_expected": Text("看全部 {n} 条", "All {n}"),
    "dashboard.limit": Text("时限", "Limit"),
    "dashboard.due": Text("到期", "Due"),
    "dashboard.case": Text("投诉", "Case"),
    "dashboard.task": Text("任务", "Task"),
    "dashboard.held": Text("谁在办", "Held by"),
    "dashboard.nobody": Text("还没有人接", "nobody yet"),
    "dashboard.outlook": Text("估计", "Outlook"),
    "dashboard.estate": Text("小区", "Estate"),
    "dashboard.opened": Text("打开于", "Open since"),
    "dashboard.people": Text("各人在办", "In hand, by person"),
    "dashboard.people_hint": Text(
        "按姓名排列。数字说明谁需要帮手，不是评比。", "In order of names. The figures show who needs a hand; they are no ranking."
    ),
    "dashboard.people_own": Text(
        "这里只列您自己；主管能看到各人的。", "Only your own is shown; those in charge see everybody's."
    ),
    "dashboard.departments": Text("各部门在办", "In hand, by department"),
    "dashboard.person": Text("姓名", "Name"),
    "dashboard.department": Text("部门", "Department"),
    "dashboard.no_department": Text("不分部门（前台、主任、经理等）", "No department (reception, supervisor, manager …)"),
    "dashboard.open": Text("在办", "Open"),
    "dashboard.of_them_late": Text("其中超时", "Of them late"),
    "dashboard.of_them_soon": Text("4 小时内到期", "Due within 4 h"),
    "dashboard.oldest": Text("最久", "Oldest"),
    "dashboard.median": Text("中位", "Median age"),
    "dashboard.done": Text("本周办完", "Done this week"),
    "dashboard.days": Text("{n} 天", "{n} d"),
    "dashboard.no_days": Text("不到 1 天", "under 1 d"),
    "dashboard.nothing": Text("没有在办的任务，本周也没有办完的。", "Nothing is open, and nothing was done this week."),
    "dashboard.list.late": Text("已超时的任务", "Overdue tasks"),
    "dashboard.list.soon": Text("4 小时内到期的任务", "Tasks due within 4 hours"),
    "dashboard.list.unassigned": Text("还没有人接的任务", "Tasks that nobody has"),
    "dashboard.list.all": Text("在办任务", "Open tasks"),
    "dashboard.list.breached": Text("今天没守住的时限", "Limits missed today"),
    "dashboard.list.expected": Text("三个工作日内到期的时限", "Limits due within three working days"),
    "dashboard.severity": Text("等级", "Severity"),
    "dashboard.urgent": Text("紧急", "Emergency"),
    "dashboard.list.pages": Text("翻页", "Pages"),
    "dashboard.filter.drop": Text("去掉这个条件", "Remove this filter"),
    "dashboard.list.total": Text("共 {n} 项", "{n} in all"),
    "dashboard.list.back": Text("回到看板", "Back to the dashboard"),
    "dashboard.list.range": Text("第 {first}–{last} 项 / 共 {n} 项", "{first}–{last} of {n}"),
    "dashboard.list.newer": Text("前一页", "Previous"),
    "dashboard.list.older": Text("后一页", "Next"),
    "dashboard.list.empty": Text("现在没有", "Nothing just now"),
    "dashboard.list.empty_hint": Text(
        "看板上的数字变了，回去看最新的。", "The figures have moved on: look at the dashboard again."
    ),
    "dashboard.filter.person": Text("在办人：{name}", "Held by {name}"),
    "dashboard.filter.department": Text("部门：{name}", "Department: {name}"),
    "dashboard.filter.estate": Text("小区：{name}", "Estate: {name}"),
}
