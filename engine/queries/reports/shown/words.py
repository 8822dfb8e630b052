"""What the tables of figures and their columns are called."""

from __future__ import annotations

from engine.domain.text import Text
from engine.queries.reports.shown.shape import Column, Kind

#: The part that sums up the others.
POINTS = "pack_points"
KINDS = {
    "check": Text("本周情况", "The week"),
    "statistics": Text("统计", "Figures"),
    "evidence": Text("复审证据", "Evidence for the review"),
    "volume": Text("卷册", "The volume"),
    POINTS: Text("要点", "What stands out"),
    "pack_said": Text("专家意见和住户反馈", "Experts and residents"),
    "pack_change": Text("改动和回放", "The change and its replay"),
    "pack_late": Text("超时与略过", "Late and passed over"),
    "pack_unused": Text("没有用过的地方", "What nobody used"),
    "pack_by_hand": Text("免办、跳步、转办和返工", "Waived, jumped, passed on, done again"),
}

TOTALS = Text("总数", "Totals")
REPEATS = Text("重复投诉", "Repeats")
MEASURES = Text("指标", "Measures")
LIMITS = Text("时限", "Time limits")
STAGES = Text("各环节用时", "Hours by stage")
OVERDUE = Text("逾期未办", "Overdue")
UNVISITED = Text("关闭而没有回访", "Closed without a return visit")
NEVER_USED = Text("没用过的环节", "Tasks never used")
WAIVERS = Text("免办", "Waived")
CHANGES = Text("期间的改动", "Changes in the period")
VOLUME = Text("卷册", "The volume")
VOLUMES = Text("各小区", "By estate")
TREND = Text("历期走势", "Over the periods")

RECEIVED = Text("收到", "Received")
CLOSED = Text("关闭", "Closed")
OPEN = Text("期末在办", "Open at the end")
TOTALS_ROWS = {
    "emergencies": Text("其中紧急", "Of these urgent"),
    "reworked": Text("返工后关闭", "Closed after rework"),
    "passed_on": Text("转过手的", "Passed on at least once"),
    "passing_on_most": Text("最多转手次数", "Passed on at most"),
}
REPEATS_ROWS = {
    "repeated": Text("重复投诉", "Repeats in all"),
    "contacts": Text("再次来访", "Got in touch again"),
    "linked": Text("与先前投诉有关", "Belong to earlier complaints"),
}
BELOW, REACHED = Text("未达标", "Below target"), Text("达标", "Target reached")
EXCLUSIONS = Text("准许应回避的人办理", "Let do who should have kept out")
VOLUME_CASES = Text("已关闭", "Closed complaints")
VOLUME_DIGEST = Text("总校验值", "Check value of all")
MISSING = Text("缺号", "Missing numbers")
NOTHING_MISSING = Text("编号连续，没有缺页", "Numbers run on; no page is missing")

WHAT = Column("what", Text("项目", "What"))
NOW = Column("now", Text("本期", "This period"), Kind.COUNT)
BEFORE = Column("before", Text("上期", "Before"), Kind.COUNT)
CHANGE = Column("change", Text("增减", "Change"), Kind.CHANGE)
COUNT = Column("count", Text("件数", "Complaints"), Kind.COUNT)
TIMES = Column("times", Text("次数", "Times"), Kind.COUNT)
SHARE = Column("share", Text("占比", "Share"), Kind.SHARE)
RATE = Column("share", Text("比率", "Rate"), Kind.SHARE)
TARGET = Column("target", Text("目标", "Target"), Kind.SHARE)
DONE = Column("done", Text("做到", "Done"), Kind.COUNT)
OF = Column("of", Text("应做", "Of"), Kind.COUNT)
VERDICT = Column("verdict", Text("结论", "Verdict"))
ANSWER = Column("answer", Text("回答", "Answer"))
LIMIT = Column("limit", Text("时限", "Limit"))
CLAUSE = Column("clause", Text("条款", "Clause"))
DUE = Column("due", Text("到期", "Fell due"), Kind.COUNT)
KEPT = Column("kept", Text("守住", "Kept"), Kind.COUNT)
BREACHED = Column("breached", Text("超时", "Broken"), Kind.COUNT)
KEPT_SHARE = Column("share", Text("守住率", "Kept in percent"), Kind.SHARE)
RECEIVED_COUNT = Column("received", RECEIVED, Kind.COUNT)
CLOSED_COUNT = Column("closed", CLOSED, Kind.COUNT)
OPEN_COUNT = Column("open", OPEN, Kind.COUNT)
STAGE = Column("stage", Text("环节", "Stage"))
TASKS = Column("done", Text("任务数", "Tasks"), Kind.COUNT)
HOURS = Column("hours", Text("平均小时", "Hours on average"), Kind.HOURS)
NUMBER = Column("number", Text("编号", "Number"), Kind.CASE)
TASK = Column("task", Text("任务", "Task"))
WAS_DUE = Column("due_at", Text("到期", "Was due"), Kind.MOMENT)
ESTATE = Column("estate", Text("小区", "Estate"))
CLOSED_AT = Column("closed_at", Text("关闭", "Closed"), Kind.MOMENT)
PROCEDURE = Column("procedure", Text("规程", "Procedure"))
VERSION = Column("version", Text("版本", "Version"), Kind.COUNT)
REASON = Column("reason", Text("原因", "Reason"))
HOLDS_FROM = Column("holds_from", Text("生效", "In force from"), Kind.MOMENT)
FIRST = Column("first", Text("首号", "First number"))
LAST = Column("last", Text("末号", "Last number"))
VALUE = Column("value", Text("结果", "Result"))
PERIOD = Column("period", Text("期间", "Period"), Kind.PERIOD)


def by(column: Text) -> Text:
    """The title of a table by one column of the register."""
    return Text(f"按{column.zh}", f"By {column.en}")
