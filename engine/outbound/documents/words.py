"""The few words on paper that belong to no procedure: headings of columns, marks of drafts, what is printed at the foot."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "number": Text("编号", "No."),
    "case": Text("投诉编号", "Case"),
    "estate": Text("小区", "Estate"),
    "draft": Text("草稿", "DRAFT"),
    "unnumbered": Text("草稿，未编号", "Draft, not numbered"),
    "greeting": Text("您好：", "Dear Sir or Madam,"),
    "erased": Text("（已删除）", "(erased)"),
    "step": Text("步骤", "Step"),
    "role": Text("角色", "Role"),
    "signed_by": Text("签字人", "Signed by"),
    "signed_at": Text("时间", "When"),
    "for": Text("{name}（代 {whom}）", "{name} (for {whom})"),
    "round": Text("{step}（第 {n} 轮）", "{step} (round {n})"),
    "date": Text("日期", "Date"),
    "printed": Text("{who} 于 {when} 打印", "printed by {who}, {when}"),
    "unsigned": Text("还没有人签字。", "Nobody has signed yet."),
    "print_hint": Text("用浏览器的“打印”即可打印或另存为 PDF。", "Use your browser's Print to print this or save it as PDF."),
}
