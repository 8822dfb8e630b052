"""Reports with their figures, and who received them."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "reports.title": Text("报告与复审", "Reports and reviews"),
    "reports.nothing": Text("还没有报告。", "There are no reports yet."),
    "reports.number": Text("编号", "Number"),
    "reports.what": Text("内容", "What"),
    "reports.estate": Text("小区", "Estate"),
    "reports.period": Text("期间", "Period"),
    "reports.to_confirm": Text("待签收", "To be confirmed"),
    "reports.next_at": Text("下次 {at}", "Next {at}"),
    "reports.by_person": Text("由人发起", "Begun by hand"),
    "reports.start": Text("现在开始", "Begin now"),
    "reports.start_sure": Text("现在开始“{what}”？", "Begin “{what}” now?"),
    "reports.kind.check": Text("本周情况", "The week"),
    "reports.kind.statistics": Text("统计", "Figures"),
    "reports.kind.evidence": Text("复审证据", "Evidence for the review"),
    "reports.kind.volume": Text("卷册", "The volume"),
    "reports.none": Text("没有。", "None."),
    "reports.no_figures": Text("还没有数字。", "No figures yet."),
    "reports.made_at": Text("数字取于 {at}", "Figures as of {at}"),
    "reports.receipts": Text("送达", "Handed to"),
    "reports.by_hand": Text("书面送达", "On paper"),
    "reports.received_at": Text("{at} 签收", "received {at}"),
    "reports.not_received": Text("未签收", "not yet confirmed"),
    "reports.confirm": Text("签收", "Confirm receipt"),
    "reports.confirm_for": Text("代为签收", "Confirm for them"),
    "reports.confirmed": Text("已签收。", "Receipt confirmed."),
    "reports.public": Text("对外公布的样子", "As it may be published"),
    "reports.public_hint": Text(
        "少于 5 件的数字，以及能由此推算出来的，都不列出，以免认出个人；公布前请核对文字里没有个人信息。",
        "Counts below five, and what would give them away, are not shown: nobody is to be known by them. Check the words too.",
    ),
    "reports.open_report": Text("数字和送达", "Figures and receipts"),
    "reports.as_they_stood": Text(
        "类别、等级按取数时的登记；以后的更正不改变这份报告。",
        "Categories and severities are as they stood then; later corrections do not change this report.",
    ),
    "reports.state": Text("状态", "State"),
    "reports.pdf": Text("下载 PDF", "Download PDF"),
    "reports.excel": Text("下载 Excel", "Download Excel"),
    "reports.written": Text("评估与分析", "Evaluation and analysis"),
    "pack.open": Text("复审资料", "Review pack"),
    "pack.report": Text("数字报告", "The figures' report"),
    "pack.pdf": Text("PDF", "PDF"),
    "pack.excel": Text("Excel", "Excel"),
    "pack.data": Text("数据（JSON）", "Data (JSON)"),
    "pack.hint": Text(
        "供复审会用：意见和反馈、改动和回放、按条款的超时、没人走到的地方、人工跳步，现在按您能看的投诉统计；后面是当时取的数字。",
        "For the review meeting: opinions and feedback, the change and its replay, what was late by clause, what nobody came to, "
        "jumps by hand, counted now over the complaints that you may read; then the figures as they were drawn up.",
    ),
}
