"""The editor of decision tables: its bar, its panel, and what its findings offer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.domain.text import Text
from webforms.wording.studio.saving import LEVELS, STATES

WORDS = {
    "studio.tables.change_row": Text("修改第 {n} 行", "Change row {n}"),
    "studio.tables.find": Text("找行：格里的字、备注", "Find rows: words of a cell or note"),
    "studio.tables.matching": Text("{total} 行中找到 {n} 行。", "Rows found: {n} of {total}."),
    "studio.tables.found_elsewhere": Text("别的页上还有 {n} 处。", "On other pages: {n} more."),
    "studio.tables.all_rows": Text("看全部", "Show all"),
    "studio.tables.great": Text(
        "共 {n} 行，画成一整张要等一会儿，所以一行一行列出。",
        "Rows: {n}. Drawing them as one sheet takes a while, so they are listed one by one.",
    ),
    "studio.tables.as_sheet": Text("画成一整张", "Draw the sheet"),
    "studio.tables.by_rows": Text("一行一行改", "Row by row"),
    "studio.tables.rows_before": Text("前面的行", "Rows before"),
    "studio.tables.rows_after": Text("后面的行", "Rows after"),
    "studio.tables.range": Text("第 {first}–{last} 行，共 {n} 行", "{first}–{last} of {n}"),
    "studio.tables.way.new": Text("下面加一行", "Add a row below"),
    "studio.tables.way.copy": Text("复制", "Copy"),
    "studio.tables.way.up": Text("上移", "Move up"),
    "studio.tables.way.down": Text("下移", "Move down"),
    "studio.tables.way.drop": Text("删去", "Delete"),
    "studio.tables.back_to_form": Text("回到表单", "Back to the form"),
    "studio.tables.sheet": Text("决策表", "Decision table"),
    "studio.tables.undo": Text("撤销", "Undo"),
    "studio.tables.redo": Text("重做", "Redo"),
    "studio.tables.row_above": Text("上面加一行", "Add row above"),
    "studio.tables.row_below": Text("下面加一行", "Add row below"),
    "studio.tables.copy_row": Text("复制这行", "Copy row"),
    "studio.tables.row_up": Text("上移", "Up"),
    "studio.tables.row_down": Text("下移", "Down"),
    "studio.tables.drop_row": Text("删去这行", "Delete row"),
    "studio.tables.views": Text("这个文件里的决策", "Decisions of this file"),
    "studio.tables.take_over": Text("由我接着改", "Take over"),
    "studio.tables.save": Text("保存", "Save"),
    "studio.tables.kept": Text(
        "本机还留着没有送到服务器的修改，而这个文件在别处改过了。",
        "This browser holds changes that never reached the server, and the file was changed elsewhere since.",
    ),
    "studio.tables.kept_use": Text("用我的修改", "Use my changes"),
    "studio.tables.kept_load": Text("下载我的修改", "Download my changes"),
    "studio.tables.kept_drop": Text("不要了", "Throw them away"),
    "studio.tables.panel": Text("所选的格、行和列", "The cell, row and column selected"),
    "studio.tables.checking": Text("正在检查……", "Checking …"),
    "studio.tables.when": Text("什么情况", "When"),
    "studio.tables.always": Text("任何情况", "in any case"),
    "studio.tables.unreadable": Text("这个文件里没有读得懂的决策表。", "The file holds no decision table that can be read."),
    "studio.tables.no_bundle": Text(
        "编辑器还没有安装，下面可以看表。请在服务器上运行 make frontend。",
        "The editor is not installed; the table can be read below. Run make frontend on the server.",
    ),
    "studio.tables.policies.UNIQUE": Text("每种情况只能有一行符合。", "Exactly one row may apply to each case."),
    "studio.tables.policies.FIRST": Text("从上往下，第一个符合的行算数。", "The first row from the top that applies decides."),
    "studio.tables.policies.ANY": Text("可以有几行符合，结果必须相同。", "Several rows may apply if they agree."),
    "studio.tables.policies.PRIORITY": Text(
        "几行符合时，取最优先的结果。", "Of the rows that apply, the foremost result is taken."
    ),
    "studio.tables.policies.COLLECT": Text("所有符合的行都算数。", "All rows that apply count."),
    "studio.tables.policies.RULE ORDER": Text("所有符合的行都算数，按行的顺序。", "All rows that apply count, in their order."),
    "studio.tables.policies.OUTPUT ORDER": Text(
        "所有符合的行都算数，按结果的优先顺序。", "All rows that apply count, by the order of their results."
    ),
}
_STATES = {
    **STATES,
    "unreadable": Text("这张表打不开，请从版本页下载后检查", "This table cannot be opened: download it from the version's page"),
}
_RELATIONS = {
    "any": Text("不限", "anything"),
    "=": Text("等于", "is"),
    "<": Text("小于", "is less than"),
    "<=": Text("不超过", "is at most"),
    ">": Text("大于", "is more than"),
    ">=": Text("不少于", "is at least"),
    "range": Text("从……到……", "from … to …"),
    "in": Text("是其中之一", "is one of"),
    "not": Text("都不是", "is none of"),
}
_FLAT = {
    "hint": Text(
        "点一格，在这里用选的方式修改；也可以在格里直接写。用键盘时，F6 在格子和这里之间来回。",
        "Select a cell to change it here by choosing, or write into it. On the keyboard, F6 goes between the cell and here.",
    ),
    "row": Text("第 {n} 行", "Row {n}"),
    "move": Text("移动这一列", "Move the column"),
    "number": Text("行号", "Number of the row"),
    "column": Text("列", "Column"),
    "columnLeft": Text("左边加一列", "Add column left"),
    "columnRight": Text("右边加一列", "Add column right"),
    "dropColumn": Text("删去这列", "Delete column"),
    "cell": Text("这一格", "This cell"),
    "asks": Text("问什么", "What it asks"),
    "answers": Text("结果写到", "Where the result goes"),
    "otherExpression": Text("其他表达式", "another expression"),
    "headingZh": Text("标题（中文）", "Heading (Chinese)"),
    "headingEn": Text("标题（英文）", "Heading (English)"),
    "noteZh": Text("说明（中文）", "Note (Chinese)"),
    "noteEn": Text("说明（英文）", "Note (English)"),
    "table": Text("整张表", "The whole table"),
    "nameZh": Text("名称（中文）", "Name (Chinese)"),
    "nameEn": Text("名称（英文）", "Name (English)"),
    "policy": Text("几行符合时", "When several rows apply"),
    "relation": Text("条件", "Condition"),
    "value": Text("值", "Value"),
    "until": Text("到", "to"),
    "empty": Text("（空）", "(nothing)"),
    "or": Text("、", " or "),
    "comma": Text("、", ", "),
    "menu": Text("表格菜单", "Menu of the table"),
    "named": Text("决策名称：{name}", "Decision name: {name}"),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "anything": Text("不限", "anything"),
    "expression": Text("这一格写的是表达式，请直接在格里修改。", "This cell holds an expression: change it in the cell itself."),
    "write": Text("请直接在格里写。文字要加英文引号。", "Write into the cell itself; texts stand in double quotes."),
    "up": Text("上移", "Move up"),
    "down": Text("下移", "Move down"),
    "found": Text("检查发现", "The check says"),
    "addMissing": Text("加上缺的这一行", "Add the missing row"),
    "show": Text("看这几行", "Show the rows"),
    "rowPlace": Text("第 {n} 行", "row {n}"),
    "overview": Text("决策之间的关系", "How the decisions depend"),
}
_TABLES = {"states": _STATES, "levels": LEVELS, "relations": _RELATIONS}
for _name, _table in (("", _FLAT), *_TABLES.items()):
    WORDS |= {f"studio.tables.{_name or 'panel'}.{key}": text for key, text in _table.items()}
_POLICIES = tuple(key.rpartition(".")[2] for key in WORDS if key.startswith("studio.tables.policies."))


def catalogue_words(t: Callable[..., str]) -> dict[str, Any]:
    """What the script of the editor says, in the reader's language; places in braces are filled in by the script."""
    words: dict[str, Any] = {key: t(f"studio.tables.panel.{key}") for key in _FLAT}
    words |= {name: {key: t(f"studio.tables.{name}.{key}") for key in table} for name, table in _TABLES.items()}
    return {**words, "policies": {key: t(f"studio.tables.policies.{key}") for key in _POLICIES}}
