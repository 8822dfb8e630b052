"""What the tables of a review's pack and their columns are called."""

from __future__ import annotations

from engine.domain.text import Text
from engine.queries.reports.shown import Column, Kind

CLAUSES = Text("按条款看：超时与略过", "By clause: late and skipped")
NEVER_PASSED = Text("一次也没走到的环节和分支", "Steps and branches never come to")
ROWS_UNUSED = Text("一次也没用到的表格行", "Rows of tables never used")
BY_HAND = Text("人工跳步", "Jumps by hand")
PASSED_ON = Text("转办与返工", "Passed on and done again")
DONE_AGAIN = Text("返工最多的任务", "Tasks done again most often")
CHANGE = Text("这次的改动", "What the review changes")
REPLAY = Text("按改动回放已有的投诉", "The record replayed with the change")
NOT_ALL = Text("记录很多，只看了最近的一部分。", "There is much on record: only the latest part of it was looked at.")
IN_FORCE = Text("行号按现行版。", "Rows are numbered as in the version in force.")

CLAUSE = Column("clause", Text("条款", "Clause"))
LATE = Column("late", Text("超时", "Late"), Kind.COUNT)
DUE = Column("due", Text("到期", "Fell due"), Kind.COUNT)
SKIPPED = Column("skipped", Text("略过", "Skipped"), Kind.COUNT)
STEP = Column("step", Text("环节", "Step"))
STAGE = Column("stage", Text("所在图", "Diagram"))
TABLE = Column("table", Text("表格", "Table"))
ROWS = Column("rows", Text("没用到的行", "Rows not used"))
WHAT = Column("what", Text("项目", "What"))
TIMES = Column("times", Text("次数", "Times"), Kind.COUNT)
HOW_MANY = Column("how_many", Text("共几处", "How many"), Kind.COUNT)
TASK = Column("task", Text("任务", "Task"))
CHANGED = Column("changed", Text("改动", "Change"))
FILE = Column("file", Text("文件", "File"))

JUMPS = {
    "skip": Text("操作员跳过一步", "A step passed over by an operator"),
    "set_value": Text("操作员补填数据后继续", "Gone on after an operator set a value"),
    "moved": Text("换到另一版规程", "Moved to another version"),
    "waived": Text("免办", "Waived"),
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
