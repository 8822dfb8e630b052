"""The functions that an owner may use in an expression, each with what it gives, for completion in the panel."""

from __future__ import annotations

from engine.domain.text import Text

#: The call as it is written, and what it gives.
FUNCTIONS = {
    "minutes(3)": Text("3 分钟以后", "3 minutes from now"),
    "hours(2)": Text("2 小时以后", "2 hours from now"),
    "days(3)": Text("3 天以后", "3 days from now"),
    "months(1)": Text("1 个月以后", "1 month from now"),
    "working_hours(8)": Text("8 个工作小时以后", "8 working hours from now"),
    "working_days(2)": Text("2 个工作日以后", "2 working days from now"),
    "end_of_day()": Text("当天结束", "the end of the day"),
    'limit("")': Text("时限到期的时刻", "when that limit falls due"),
    "every(days(3))": Text("每 3 天一次", "every 3 days"),
    'is_open("")': Text("这个任务还没做完", "whether that task is still open"),
    "now()": Text("现在", "this moment"),
    "today()": Text("今天", "today"),
    "count()": Text("列表有几项", "how many a list has"),
    "sum()": Text("合计", "the total"),
    "min()": Text("最小的", "the least"),
    "max()": Text("最大的", "the greatest"),
    "list contains()": Text("列表里有这一项", "whether a list has it"),
    "append()": Text("列表后面加一项", "the list with one more"),
    "contains()": Text("文字里有这几个字", "whether a text has it"),
    "string length()": Text("文字有几个字", "how long a text is"),
    "substring()": Text("文字的一部分", "a part of a text"),
    "floor()": Text("去掉小数", "without decimals"),
    "not()": Text("不是", "the contrary"),
    "date()": Text("某一天", "a day"),
    "duration()": Text("一段时间", "a length of time"),
}
