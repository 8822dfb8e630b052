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
    "register.columns_hint": Text(
        "勾选要看的列；箭头把一列往前移。", "Tick what you want to see; an arrow moves a column forward."
    ),
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
    "register.export": Text("导出登记簿", "Export of the register"),
    "register.export_menu": Text("导出", "Export"),
    "register.export_help": Text(
        "导出现在看到的全部行（不只这一页），列和顺序与页面相同。谁导出了什么会留下记录。",
        "Every row that is seen now, not this page alone, with these columns in this order. Who exported what is recorded.",
    ),
    "register.export_start": Text("导出 {kind}", "Export {kind}"),
    "register.format.xlsx": Text("Excel", "Excel"),
    "register.format.csv": Text("CSV", "CSV"),
    "register.exports": Text("我的导出", "My exports"),
    "register.exports_hint": Text(
        "文件保留 7 天，只有您自己能下载。", "Files are kept for 7 days; nobody but you can have them."
    ),
    "register.exports_none": Text("还没有导出过", "Nothing has been exported yet"),
    "register.exports_none_hint": Text("在登记簿里筛选好，再点“导出”。", "Narrow the register as you like, then export it."),
    "register.export_asked": Text("{at} 提出", "Asked for {at}"),
    "register.export_waits": Text("等待开始…", "Waiting to begin …"),
    "register.export_done_of": Text("已写 {done} 件，共 {total} 件", "{done} of {total} cases written"),
    "register.export_leave": Text(
        "可以离开这一页，做好后在“我的导出”里下载。", "You may leave this page: the file will be among your exports."
    ),
    "register.export_look": Text("看看进度", "See how far it is"),
    "register.export_ready": Text("做好了，共 {rows} 件。", "Ready: {rows} cases."),
    "register.export_save": Text("下载 {kind}", "Download {kind}"),
    "register.export_until": Text("可下载到 {at}。", "It can be downloaded until {at}."),
    "register.export_cancel": Text("取消导出", "Cancel the export"),
    "register.export_remove": Text("删除文件", "Remove the file"),
    "register.export_cancelled": Text("已取消导出。", "The export is cancelled."),
    "register.export_removed": Text("文件已删除。", "The file is removed."),
    "register.export_when": Text("提出时间", "Asked for"),
    "register.export_format": Text("格式", "Format"),
    "register.export_rows": Text("件数", "Cases"),
    "register.export_is.waiting": Text("等待中", "Waiting"),
    "register.export_is.running": Text("正在做", "Under way"),
    "register.export_is.done": Text("可下载", "Ready"),
    "register.export_is.cancelled": Text("已取消", "Cancelled"),
    "register.export_is.failed": Text(
        "没有做成。请回到登记簿再导出一次。", "It could not be made. Go back to the register and export again."
    ),
    "register.export_is.gone": Text("文件已删除", "The file is gone"),
    "register.file_name": Text("登记簿 {day}.{kind}", "register {day}.{kind}"),
    "register.empty": Text("没有符合条件的投诉", "No case matches"),
    "register.empty_hint": Text("去掉一个条件，或换个说法再找。", "Remove a filter, or search with other words."),
    "register.empty_all": Text("登记簿还是空的", "The register is empty"),
    "register.empty_all_hint": Text(
        "登记第一件投诉后，会按编号列在这里。", "Cases are listed here by number as soon as one is recorded."
    ),
}
