"""The register."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "register.title": Text("登记簿", "Register"),
    "register.search": Text("编号、房号、电话、姓名或内容", "Number, room, telephone, name or words"),
    "register.search_help": Text(
        "电话可输全部号码或后四位；内容至少两个字。", "A whole telephone number or its last four digits; words of the complaint."
    ),
    "register.find": Text("查找", "Search"),
    "register.filter": Text("筛选", "Filter"),
    "register.apply": Text("应用", "Apply"),
    "register.clear": Text("全部去掉", "Remove all"),
    "register.drop": Text("去掉这个条件", "Remove this filter"),
    "register.any": Text("不限", "Any"),
    "register.estate": Text("小区", "Estate"),
    "register.department": Text("责任部门", "Department"),
    "register.state": Text("状态", "State"),
    "register.state.current": Text("本系统登记的", "Recorded here"),
    "register.state.open": Text("办理中", "Open"),
    "register.state.closed": Text("已办结", "Closed"),
    "register.state.historic": Text("历史记录", "Historic"),
    "register.urgent": Text("只看紧急", "Emergencies only"),
    "register.since": Text("登记于此日起", "Recorded from"),
    "register.until": Text("到此日止", "until"),
    "register.chip.words": Text("“{value}”", "“{value}”"),
    "register.chip.since": Text("{value} 起", "from {value}"),
    "register.chip.until": Text("到 {value} 止", "until {value}"),
    "register.no": Text("序号", "No."),
    "register.number": Text("编号", "Number"),
    "register.totals": Text(
        "共 {rows} 件：办理中 {open} · 紧急 {emergencies} · 有超时 {breached} · 历史记录 {historic}",
        "Cases: {rows} · open: {open} · emergencies: {emergencies} · deadlines missed: {breached} · historic: {historic}",
    ),
    "register.breached": Text("有超时", "deadline missed"),
    "register.counting": Text("超过 {most} 件，正在清点…", "More than {most} cases; counting …"),
    "register.count": Text("清点全部", "Count them all"),
    "register.columns": Text("列", "Columns"),
    "register.columns_hint": Text("勾选要看的列；箭头把一列往前移。", "Tick what you want to see; an arrow moves a column forward."),
    "register.columns_up": Text("把“{column}”往前移", "Move “{column}” forward"),
    "register.columns_save": Text("就看这些列", "Show these columns"),
    "register.columns_usual": Text("恢复常用列", "Usual columns"),
    "register.month": Text("翻到月份", "Go to month"),
    "register.go": Text("翻到", "Go"),
    "register.from_month": Text("{month}起", "from {month}"),
    "register.places": Text("第 {first}–{last} 件", "{first}–{last}"),
    "register.range": Text("第 {first}–{last} 件 / 共 {rows} 件", "{first}–{last} of {rows}"),
    "register.newer": Text("较新的", "Newer"),
    "register.older": Text("较早的", "Older"),
    "register.pages": Text("翻页", "Pages"),
    "register.empty": Text("没有符合条件的投诉", "No case matches"),
    "register.empty_hint": Text("去掉一个条件，或换个说法再找。", "Remove a filter, or search with other words."),
    "register.empty_all": Text("登记簿还是空的", "The register is empty"),
    "register.empty_all_hint": Text(
        "登记第一件投诉后，会按编号列在这里。", "Cases are listed here by number as soon as one is recorded."
    ),
}
