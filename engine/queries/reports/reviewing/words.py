"""What the tables of a review's pack and their columns are called."""

from __future__ import annotations

from engine.domain.text import Text
from engine.queries.reports.shown import Column, Kind

CLAUSES = Text("按条款看：超时与略过", "By clause: late and skipped")
NEVER_PASSED = Text("一次也没走到的环节", "Steps never come to")
BRANCHES_UNUSED = Text("一次也没走过的分支", "Branches never taken")
EVENTS_UNUSED = Text("一次也没发生的超时、升级和中途事件", "Lateness, escalations and interruptions that never came")
ROWS_UNUSED = Text("一次也没用到的表格行", "Rows of tables never used")
WAIVED = Text("免办的任务", "Tasks waived")
BY_HAND = Text("人工跳步", "Jumps by hand")
PASSED_ON = Text("转办与多轮办理", "Passed on, and taken another round")
DONE_AGAIN = Text("返工最多的任务", "Tasks done again most often")
CHANGE = Text("这次的改动", "What the review changes")
REPLAY = Text("按改动回放已有的投诉", "The record replayed with the change")
POINTS = Text("要点", "What stands out")
CONCLUSION = Text("结论", "Conclusion")
LATE_POINT = Text("超时", "Late")
UNUSED_POINT = Text("没有用过", "Never used")
HAND_POINT = Text("人工处理", "By hand")
NOT_ALL = Text("记录很多，只看了一部分。", "There is much on record: only a part of it was looked at.")
IN_FORCE = Text("行号按现行版。", "Rows are numbered as in the version in force.")

# What an empty table means.
NOTHING_DUE = Text("期间没有时限到期，也没有任务免办。", "No limit fell due in the period, and no task was waived.")
ALL_PASSED = Text("每个环节都有投诉走到。", "Some complaint came to every step.")
ALL_BRANCHES = Text("每条分支都有投诉走过。", "Some complaint took every branch.")
ALL_EVENTS = Text("图上画的每个超时和中途事件都发生过。", "All lateness and every interruption that is drawn has come up.")
ALL_ROWS = Text("每张表的每一行都用到过。", "Every row of every table was used.")
NO_COMPLAINTS = Text(
    "期间没有投诉，哪里没有用过无从说起。", "No complaint was handled in the period: what was not used tells nothing."
)
NOTHING_WAIVED = Text("期间没有任务免办。", "No task was waived in the period.")
NOTHING_AGAIN = Text("期间没有任务返工。", "No task was done again in the period.")
NO_CHANGE = Text(
    "这次复审还没有提出新版。草稿拟好、在“拟定修订”里提交以后，改动列在这里。",
    "The review proposes no version yet. Once a draft is made and its task is finished, its changes stand here.",
)
NO_CHANGE_MADE = Text("这次复审没有提出新版。", "The review has proposed no version.")
NO_REPLAY = Text(
    "这份改动还没有回放过。在草稿的“回放”里把本季的投诉走一遍，结果就列在这里。",
    "The change is not replayed yet. Send the quarter's complaints through the draft (stage Replay); the result stands here.",
)


def not_filled(label: Text, closed: bool) -> Text:
    """What stands for a list in which nobody has written anything."""
    if closed:
        return Text(f"{label.zh}：没有填写。", f"{label.en}: nothing was filled in.")
    return Text(
        f"{label.zh}：还没有填写，填好任务以后列在这里。",
        f"{label.en}: nothing is filled in yet; it stands here once its task is done.",
    )


CLAUSE = Column("clause", Text("条款", "Clause"))
LATE = Column("late", Text("超时", "Late"), Kind.COUNT)
DUE = Column("due", Text("到期", "Fell due"), Kind.COUNT)
SKIPPED = Column("skipped", Text("略过", "Skipped"), Kind.COUNT)
ASKS = Column("asks", Text("要求", "What it asks"))
STEP = Column("step", Text("环节", "Step"))
QUESTION = Column("question", Text("判断", "Question"))
BRANCH = Column("branch", Text("没走过的分支", "Branches not taken"))
EVENT = Column("event", Text("没发生的事", "What never came"))
CAME_TO = Column("came_to", Text("走到次数", "Times come to"), Kind.COUNT)
STAGE = Column("stage", Text("所在图", "Diagram"))
TABLE = Column("table", Text("表格", "Table"))
ROWS = Column("rows", Text("没用到的行", "Rows not used"))
WHAT = Column("what", Text("项目", "What"))
POINT = Column("point", Text("说明", "In short"))
TIMES = Column("times", Text("次数", "Times"), Kind.COUNT)
HOW_MANY = Column("how_many", Text("共几处", "How many"), Kind.COUNT)
TASK = Column("task", Text("任务", "Task"))
CHANGED = Column("changed", Text("改动", "Change"))
FILE = Column("file", Text("文件", "File"))

JUMPS = {
    "skip": Text("操作员跳过一步", "A step passed over by an operator"),
    "set_value": Text("操作员补填数据后继续", "Gone on after an operator set a value"),
    "moved": Text("换到另一版规程", "Moved to another version"),
    "exclusion": Text("准许应回避的人办理", "Let do who should have kept out"),
}
HANDED = {
    "cases": Text("被转办过的投诉", "Complaints passed on"),
    "times": Text("转办次数", "Times passed on"),
    "again": Text("走了不止一轮的投诉", "Complaints that took more than one round"),
}
TOTALS = {
    "cases": Text("回放的投诉", "Complaints replayed"),
    "same": Text("走法相同", "Same way"),
    "changed": Text("走法不同", "Another way"),
    "newly_kept": Text("新按时的期限", "Deadlines newly kept"),
    "newly_missed": Text("新超时的期限", "Deadlines newly missed"),
    "added": Text("多出的任务", "Tasks added"),
    "gone": Text("减少的任务", "Tasks gone"),
    "stuck": Text("会卡住的投诉", "Complaints that would get stuck"),
}
