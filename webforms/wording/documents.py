"""Documents on paper: those of a case, the log of issue, the printed procedure."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "paper.title": Text("文书", "Documents on paper"),
    "paper.files": Text("材料", "Files"),
    "paper.asked": Text("规程要求出具（{when}）", "asked for by the procedure ({when})"),
    "paper.public": Text("公开", "public"),
    "paper.open": Text("查看", "Look at it"),
    "paper.back": Text("回到案卷", "Back to the case"),
    "paper.issue": Text("发出，编号 {number}", "Issue as {number}"),
    "paper.issue_hint": Text(
        "发出后编号和内容不再改变，并记入发放登记；内容有变时重新发出，用下一个编号。",
        "Once issued, number and content never change, and the issue log keeps them. "
        "After changes issue it again, under the next number.",
    ),
    "paper.not_yours": Text("由{roles}发出。", "Issued by: {roles}."),
    "paper.any_role": Text("本小区员工", "staff of the estate"),
    "paper.preview": Text("预览", "Preview"),
    "paper.preview_hint": Text("还没有编号，只供核对。", "Not numbered yet, for checking only."),
    "paper.print": Text("打印预览页", "Page for printing"),
    "paper.draft_pdf": Text("草稿 PDF", "Draft as PDF"),
    "paper.language": Text("文书语言", "Language of the paper"),
    "paper.language.zh_Hans": Text("中文", "中文"),
    "paper.language.en": Text("English", "English"),
    "paper.before": Text("已发出", "Issued"),
    "paper.none": Text("还没有发出过。", "Not issued yet."),
    "paper.removed": Text("文件已随个人信息删除", "file gone with the personal data"),
    "paper.download": Text("下载 {number}", "Download {number}"),
    "paper.rulebook": Text("打印规程", "Print the procedure"),
    "paper.rulebook_pdf": Text("规程 PDF", "Procedure as PDF"),
    "paper.making": Text("正在生成 PDF", "The PDF is being made"),
    "paper.making_hint": Text(
        "内容较多，要十几秒；好了会自动下载，也可以先看网页版。",
        "It is long and takes some seconds; the download starts by itself. Meanwhile you can read the page.",
    ),
    "paper.read_page": Text("看网页版", "Read the page"),
    "paper.log": Text("文书发放登记", "Issue log"),
    "paper.log_hint": Text(
        "每份发出的文书一行，只列您能看的投诉。", "One line for each document issued, of the cases that you may see."
    ),
    "paper.log_empty": Text("还没有发出过文书", "Nothing was issued yet"),
    "paper.log_empty_hint": Text(
        "在案卷的“材料”里打开一份文书，核对后发出。", "Open a document under “Documents” of a case, check it, and issue it."
    ),
    "paper.all_estates": Text("全部小区", "All estates"),
    "paper.all_years": Text("全部年份", "All years"),
    "paper.estate": Text("小区", "Estate"),
    "paper.year": Text("年份", "Year"),
    "paper.show": Text("查看", "Show"),
    "paper.number": Text("编号", "Number"),
    "paper.what": Text("文书", "Document"),
    "paper.case": Text("投诉", "Case"),
    "paper.who": Text("发出人", "Issued by"),
    "paper.when": Text("时间", "When"),
    "paper.digest": Text("指纹", "Fingerprint"),
    "paper.count": Text("共 {n} 份", "{n} documents"),
    "paper.newer": Text("较新", "Newer"),
    "paper.older": Text("较早", "Older"),
    "paper.page": Text("第 {page} / {pages} 页", "page {page} of {pages}"),
}
