"""The panel beside a diagram: what it asks about an element, and what the editor's script says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.domain.text import Text
from webforms.wording.studio.saving import LEVELS, STATES

WORDS: dict[str, Text] = {}
_GROUPS = {
    "how": Text("怎么改", "How to change it"),
    "names": Text("名称", "Name"),
    "who": Text("谁来做", "Who does it"),
    "what": Text("填什么", "What is filled in"),
    "does": Text("自动做什么", "What happens by itself"),
    "when": Text("什么情况走这条", "When it goes this way"),
    "howLong": Text("多久", "How long"),
    "each": Text("对多项各做一次", "Once for each of several"),
    "late": Text("超时怎么办", "What when it is late"),
    "why": Text("依据哪条", "By which clause"),
    "more": Text("其他", "More"),
}
_STATES = {
    **STATES,
    "unreadable": Text(
        "这张图打不开，请从版本页下载后检查", "This drawing cannot be opened: download it from the version's page"
    ),
}
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
_OPERATORS = {
    "notify": Text("通知某个角色", "Tell a role"),
    "draft_document": Text("起草文书", "Draft a document"),
    "link_case": Text("关联到别的投诉", "Link to another complaint"),
    "start_procedure": Text("启动另一个流程", "Start another procedure"),
    "announce": Text("公示", "Announce"),
    "record": Text("记入台账", "Record in the register"),
    "propose_version": Text("提出新版本", "Propose a version"),
    "sign_version": Text("签署版本", "Sign a version"),
    "confirm_version": Text("确认版本继续有效", "Confirm the version in force"),
}
_TOOLS = {
    "hand-tool": Text("拖动画布", "Move about"),
    "lasso-tool": Text("框选", "Select"),
    "space-tool": Text("拉开空间", "Make room"),
    "global-connect-tool": Text("连线", "Connect"),
    "create.start-event": Text("开始", "Start"),
    "create.intermediate-event": Text("中间事件", "Event"),
    "create.end-event": Text("结束", "End"),
    "create.exclusive-gateway": Text("判断", "Gateway"),
    "create.task": Text("人工任务", "User task"),
    "create.subprocess-expanded": Text("内嵌子流程", "Sub-process"),
    "create.data-object": Text("资料", "Data"),
    "create.data-store": Text("资料库", "Data store"),
    "create.participant-expanded": Text("泳池", "Pool"),
    "create.group": Text("分组框", "Group"),
    "create": Text("更多图形", "More shapes"),
}
_FLAT = {
    "name": Text("中文名称", "Chinese name"),
    "nameEn": Text("英文名称", "English name"),
    "role": Text("角色", "Role"),
    "laneRole": Text("按所在泳道", "as its lane says"),
    "laneHelp": Text("泳道里的任务都由这个角色来做。", "Every task in this lane is done by this role."),
    "department": Text("部门", "Department"),
    "assignee": Text("指定的人", "Named person"),
    "assigneeHelp": Text(
        "一般留空：角色里的任何人都可以办。要限定到一个人，写一个表达式。",
        "Usually empty: anybody of the role may do it. To name one person, write an expression.",
    ),
    "excludes": Text("不能由做过这些任务的人来做", "Not by whoever did"),
    "form": Text("表单", "Form"),
    "ownForm": Text("与任务同名的表单", "the form named as the task"),
    "openForm": Text("打开这张表单", "Open this form"),
    "newForm": Text("新建一张表单", "Make a new form"),
    "newFormHelp": Text("上面选一张，或者新建一张，再到里面添加问题。", "Choose one above, or make one and add questions to it."),
    "noNewForm": Text("没有建成，请刷新后再试。", "It was not made: load the page again and try once more."),
    "openDiagram": Text("打开这张图", "Open this diagram"),
    "openTable": Text("打开这张表", "Open this table"),
    "howPick": Text(
        "点图上的一个图形，在这里改它的名称、谁来做、填什么、多久；拖动就是挪位置。",
        "Click a shape to change here its name, who does it, what is filled in and how long; drag it to move it.",
    ),
    "howAdd": Text(
        "要加一步：点前一步，再点它旁边的“后面加人工任务”。",
        "To add a step: click the step before, then “Append task” beside it.",
    ),
    "howCheck": Text(
        "改完自动保存，有什么不妥写在图的下面；改错了点“撤销”。",
        "Changes save themselves; what is wrong is told below. “Undo” takes a change back.",
    ),
    "instructions": Text("给办理人的说明", "Guidance for whoever does it"),
    "instructionsEn": Text("说明（英文）", "Guidance in English"),
    "sensitivity": Text("另有谁能看", "Who else may read it"),
    "sensitivityHelp": Text("留空为能看这件投诉的人都能看。", "Empty: everybody who may read the case."),
    "limit": Text("做完为止的时限", "Limit until it is done"),
    "newLimit": Text("新增一个时限", "Add a new limit"),
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
    "scopeHelp": Text("里面填的内容不影响外面。", "What is filled in inside stays inside."),
    "script": Text("赋值，一行一个", "Assignments, one a line"),
    "scriptHelp": Text("每行写“字段代号 = 表达式”。", "Each line says: key of a field = expression."),
    "operator": Text("动作", "Action"),
    "clause": Text("条款", "Clauses"),
    "note": Text("备注", "Note"),
    "noLimit": Text("时限表里还没有这一项。", "The table of limits has no such row yet."),
    "toLimits": Text("去时限表修改", "Change it in the table of limits"),
    "message": Text("消息名称", "Name of the message"),
    "signal": Text("信号名称", "Name of the signal"),
    "namedHelp": Text("发出和等待的两边用同一个名称。", "Whoever sends it and whoever waits for it use the same name."),
    "anyDepartment": Text("不限部门", "any department"),
    "byExpression": Text("按表达式……", "by an expression …"),
    "eachWay": Text("做几次", "How often"),
    "eachOnce": Text("只做一次", "once"),
    "eachAtOnce": Text("每项各做一次，同时进行", "once for each, all at once"),
    "eachInTurn": Text("每项各做一次，依次进行", "once for each, one after another"),
    "eachOf": Text("哪个列表的每一项", "For each of which list"),
    "eachItem": Text("每一项叫什么", "What each is called"),
    "eachItemHelp": Text("里面的表达式用这个代号读取当前一项。", "Expressions inside read the present one by this key."),
    "eachResult": Text("结果收进哪个列表", "Into which list the results go"),
    "eachTimes": Text("或者做几次", "Or how many times"),
    "complete": Text("可以填的字段和函数", "Fields and functions that fit"),
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
    "groups": _GROUPS, "states": _STATES, "levels": LEVELS, "units": _UNITS, "ways": _WAYS, "parameters": _PARAMETERS,
    "operators": _OPERATORS, "tools": _TOOLS, "condition": _CONDITION, "relations": _RELATIONS,
}  # fmt: skip
for _name, _table in (("", _FLAT), *_TABLES.items()):
    WORDS |= {f"studio.panel.{_name}.{key}" if _name else f"studio.panel.{key}": text for key, text in _table.items()}


def catalogue_words(t: Callable[..., str]) -> dict[str, Any]:
    """What the script of the editor says, in the reader's language; places in braces are filled in by the script."""
    words: dict[str, Any] = {key: t(f"studio.panel.{key}") for key in _FLAT}
    words |= {name: {key: t(f"studio.panel.{name}.{key}") for key in table} for name, table in _TABLES.items()}
    return {**words, "condition": {**words["condition"], "relations": words["relations"]}}
