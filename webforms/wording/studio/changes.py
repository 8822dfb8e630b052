"""What two states of a procedure say side by side."""

from engine.domain.text import Text

WORDS = {
    "changes.list": Text("改动清单", "List of changes"),
    "changes.added": Text("新增", "added"),
    "changes.removed": Text("删去", "removed"),
    "changes.changed": Text("改动", "changed"),
    "changes.moved": Text("移位", "moved"),
    "changes.before": Text("改动前", "Before"),
    "changes.after": Text("改动后", "After"),
    "changes.draft": Text("草稿", "Draft"),
    "changes.absent": Text("这一版没有这张图。", "This version has no such diagram."),
    "changes.edit": Text("去修改", "edit"),
    "changes.paper": Text("会议用的改动单", "List for the meeting"),
    "changes.pdf": Text("改动单 PDF", "List as PDF"),
    "changes.between": Text("第 {before} 版与第 {after} 版的差别", "Version {before} against version {after}"),
    "changes.compare": Text("两版对照", "Compare two versions"),
    "changes.with": Text("与", "with"),
}
