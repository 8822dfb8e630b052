"""The panel beside a diagram: what it asks about an element, and what the editor's script says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.domain.text import Text

WORDS: dict[str, Text] = {}
_GROUPS = {
    "names": Text("名称", "Name"),
    "who": Text("谁来做", "Who does it"),
    "what": Text("填什么", "What is filled in"),
    "does": Text("自动做什么", "What happens by itself"),
    "when": Text("什么情况走这条", "When it goes this way"),
    "howLong": Text("多久", "How long"),
    "late": Text("超时怎么办", "What when it is late"),
    "why": Text("依据哪条", "By which clause"),
    "more": Text("其他", "More"),
}
_STATES = {
    "waiting": Text("有修改，马上自动保存", "Changed, saving soon"),
    "saving": Text("正在保存……", "Saving …"),
    "saved": Text("已保存 {at}", "Saved {at}"),
    "offline": Text("连接断开，修改保留在本机，恢复后自动保存", "Connection lost: kept in this browser, saved when it is back"),
    "refused": Text("没有保存", "Not saved"),
    "signedOut": Text(
        "登录已过期，修改保留在本机。请在新窗口登录，再点保存",
        "Signed out: the changes are kept in this browser. Sign in in another window, then save",
    ),
    "unreadable": Text(
        "这张图打不开，请从版本页下载后检查", "This drawing cannot be opened: download it from the version's page"
    ),
}
_LEVELS = {"error": Text("要改正", "mend"), "warning": Text("请留意", "look at")}
_UNITS = {
    "minutes": Text("分钟", "minutes"),
    "hours": Text("小时", "hours"),
    "days": Text("天", "days"),
    "months": Text("个月", "months"),
    "working_hours": Text("工作小时", "working hours"),
    "working_days": Text("个工作日", "working days"),
}
_WAYS = {
    "limit": Text("到时限表里的时限", "until a limit of the table"),
    "amount": Text("等一段时间", "for some time"),
    "every": Text("每隔一段时间", "again and again"),
    "other": Text("按表达式", "by an expression"),
}
_RELATIONS = {
    "=": Text("是", "is"),
    "!=": Text("不是", "is not"),
    "<": Text("小于", "is less than"),
    "<=": Text("不大于", "is at most"),
    ">": Text("大于", "is more than"),
    ">=": Text("不小于", "is at least"),
    "in": Text("是其中之一", "is one of"),
    "filled": Text("已填写", "is filled in"),
    "empty": Text("没有填写", "is empty"),
}
_PARAMETERS = {
    "role": Text("通知哪个角色", "Role to be told"),
    "text_zh": Text("中文内容", "Words in Chinese"),
    "text_en": Text("英文内容", "Words in English"),
    "kind": Text("文书种类", "Kind of document"),
    "title": Text("标题", "Title"),
}
_FLAT = {
    "name": Text("中文名称", "Chinese name"),
    "nameEn": Text("英文名称", "English name"),
    "role": Text("角色", "Role"),
    "laneRole": Text("按所在泳道", "as its lane says"),
    "laneHelp": Text("泳道里的任务都由这个角色来做。", "Every task in this lane is done by this role."),
    "department": Text("部门", "Department"),
    "departmentHelp": Text("表达式，例如 department；留空为不限部门。", "An expression such as department; empty for any."),
    "assignee": Text("指定的人", "Named person"),
    "assigneeHelp": Text(
        "表达式，得出一个人；留空为角色里任何人。", "An expression that gives a person; empty for anybody of the role."
    ),
    "excludes": Text("不能由做过这些任务的人来做", "Not by whoever did"),
    "form": Text("表单", "Form"),
    "ownForm": Text("与任务同名的表单", "the form named as the task"),
    "instructions": Text("给办理人的说明", "Guidance for whoever does it"),
    "instructionsEn": Text("说明(英文)", "Guidance in English"),
    "sensitivity": Text("另有谁能看", "Who else may read it"),
    "sensitivityHelp": Text("留空为能看这件投诉的人都能看。", "Empty: everybody who may read the case."),
    "limit": Text("做完为止的时限", "Limit until it is done"),
    "limitHelp": Text("进入时开始计时，做完时停止。", "Counted from entering until it is done."),
    "opens": Text("做完时开始计时", "Limits that begin when it is done"),
    "stops": Text("做完时停止计时", "Limits that stop when it is done"),
    "moment": Text("做完时记下时刻", "Moments noted when it is done"),
    "momentHelp": Text("时限可以从这些时刻算起。", "Limits may count from these."),
    "waits": Text("等多久", "How long it waits"),
    "interrupts": Text("到时就中断这个任务", "Ends the task when the time comes"),
    "when": Text("条件", "Condition"),
    "otherwise": Text("其他情况都走这条", "In all other cases"),
    "decision": Text("决策表", "Decision table"),
    "result": Text("结果存入", "Result goes to"),
    "resultHelp": Text("字段的代号。", "The key of a field."),
    "called": Text("调用哪个流程", "Which process"),
    "scope": Text("单独的一份数据", "Values of its own"),
    "scopeHelp": Text("写 true 时，里面填的内容不影响外面。", "With true, what is filled in inside stays inside."),
    "script": Text("赋值，一行一个", "Assignments, one a line"),
    "scriptHelp": Text("例如 round = round + 1", "Such as round = round + 1"),
    "operator": Text("动作", "Action"),
    "clause": Text("条款", "Clauses"),
    "note": Text("备注", "Note"),
    "id": Text("代号", "Id"),
    "idHelp": Text("系统用的名字，发布后不再改。", "The system's own name; it never changes once published."),
    "add": Text("添加……", "Add …"),
    "drop": Text("去掉", "Take away"),
    "choose": Text("请选择", "Choose"),
    "amount": Text("多少", "Amount"),
    "unit": Text("单位", "Unit"),
}
_CONDITION = {
    "field": Text("字段", "Field"),
    "relation": Text("关系", "Relation"),
    "value": Text("值", "Value"),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "choose": Text("请选择", "Choose"),
    "drop": Text("去掉这一条", "Take this row away"),
    "add": Text("再加一条", "Add a row"),
    "join": Text("各条之间", "Between the rows"),
    "and": Text("同时满足", "all of them hold"),
    "or": Text("满足一条即可", "any of them holds"),
    "expression": Text("表达式(FEEL)", "Expression (FEEL)"),
    "beyond_rows": Text(
        "这个条件比较复杂，只能按表达式修改。", "This condition is more than rows can show: change it as an expression."
    ),
}
_TABLES = {
    "groups": _GROUPS, "states": _STATES, "levels": _LEVELS, "units": _UNITS, "ways": _WAYS, "parameters": _PARAMETERS,
    "condition": _CONDITION, "relations": _RELATIONS,
}  # fmt: skip
for _name, _table in (("", _FLAT), *_TABLES.items()):
    WORDS |= {f"studio.panel.{_name}.{key}" if _name else f"studio.panel.{key}": text for key, text in _table.items()}


def catalogue_words(t: Callable[..., str]) -> dict[str, Any]:
    """What the script of the editor says, in the reader's language; places in braces are filled in by the script."""
    words: dict[str, Any] = {key: t(f"studio.panel.{key}") for key in _FLAT}
    words |= {name: {key: t(f"studio.panel.{name}.{key}") for key in table} for name, table in _TABLES.items()}
    return {**words, "condition": {**words["condition"], "relations": words["relations"]}}
