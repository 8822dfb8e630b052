"""The sentences with which case commands refuse or report, in both languages."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from engine.domain.text import Text

NO_SUCH_CASE = Text(
    "没有这件投诉，或者您无权查看。请从待办或登记簿打开。",
    "There is no such case, or you may not see it. Open it from the inbox or register.",
)
NO_SUCH_ITEM = Text(
    "没有这项工作，或者您无权查看。请回到待办。", "There is no such work item, or you may not see it. Go back to the inbox."
)
NOT_YOURS = Text(
    "这项工作不归您的岗位或部门。请交给有权的同事。",
    "This item belongs to another role or department. Leave it to a colleague who holds it.",
)
EXCLUDED = Text(
    "您经手过前面的步骤，这一步须由另一位同事完成。",
    "You did an earlier step of this case, so this one has to be done by somebody else.",
)
HISTORIC = Text("这是历史记录，只能查看。", "This is a historic record: it can only be read.")
ACTION_NOT_YOURS = Text("您的岗位不能这样操作。请找有权的同事。", "Your role may not do this. Ask a colleague who may.")
REASON_NEEDED = Text("请写明原因。", "Please give the reason.")
FORM_REFUSED = Text("有几处填写需要改正，其他内容都已保留。", "Some entries need correcting; everything else was kept.")
FORGED = Text(
    "提交了本表没有的内容。请从页面重新提交。",
    "Something was submitted that this form does not show. Submit again from the page.",
)
TEXT_NEEDED = Text("请填写内容。", "Please write something.")
WORDS = Text("内容", "The text")


def already(done_at: datetime, name: str, zone: ZoneInfo) -> Text:
    """Somebody did it before."""
    clock = done_at.astimezone(zone).strftime("%m-%d %H:%M")
    return Text(f"已由{name}在 {clock} 办理，不必重复。", f"Already done at {clock} by {name}; nothing to repeat.")


def closed(closed_at: datetime, zone: ZoneInfo) -> Text:
    """The case is over."""
    clock = closed_at.astimezone(zone).strftime("%m-%d %H:%M")
    return Text(
        f"这件投诉已在 {clock} 办结。如有新情况，请登记新的投诉。",
        f"This case was closed at {clock}. Register a new complaint if something new came up.",
    )


def moved_on(done_at: datetime | None, zone: ZoneInfo) -> Text:
    """The case went another way while the person was typing."""
    clock = done_at.astimezone(zone).strftime("%m-%d %H:%M") if done_at else "-"
    return Text(
        f"这项工作已在 {clock} 因情况变化而取消。您填写的内容已存为草稿，在案卷里可以找到。",
        f"This item was withdrawn at {clock} because the case moved on. What you typed is kept as a draft in the case file.",
    )


def held_by(name: str) -> Text:
    """A colleague has it."""
    return Text(
        f"这项工作由{name}领取。请先请对方放回，或由主管转交。",
        f"{name} has claimed this item. Ask for it to be released or delegated.",
    )


def too_long(label: Text, most: int) -> Text:
    """More was typed than is kept."""
    return Text(f"{label.zh}不能超过 {most} 个字。", f"{label.en} can have at most {most} characters.")
