"""Households and staff from Excel."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "imports.hint": Text(
        "先下载模板，填好后上传。上传后逐行告诉您会怎样，确认之前什么都不写入。同一房间或同一用户名再次导入时更新，不会重复。",
        "Download the template, fill it in and upload it. You are told row by row what would happen; nothing is written until you"
        " confirm. The same room or user name is updated, never doubled.",
    ),
    "imports.template": Text("下载模板", "Download the template"),
    "imports.file": Text("文件（.xlsx 或 .csv）", "File (.xlsx or .csv)"),
    "imports.try": Text("上传并检查", "Upload and check"),
    "imports.staff_hint": Text(
        "文件里不放密码：导入的人要等设置密码以后才能登录。已有的岗位不会被撤销。",
        "No passwords in the file: people sign in once theirs is set. Roles held already are never taken away.",
    ),
    "imports.households_hint": Text(
        "缺少的楼栋和房间会一并建立。房间里只有一户时，按文件更新称呼和电话。",
        "Missing buildings and rooms are added. Where one household lives in a room, its name and telephone are updated.",
    ),
    "imports.no_file": Text("请先选择文件。", "Choose a file first."),
    "imports.too_large": Text("文件超过 {mb} MB。请分成几个文件。", "The file is larger than {mb} MB. Divide it into several."),
    "imports.no_kind": Text("没有这种导入。", "There is no such import."),
    "imports.waiting": Text("等待确认的文件", "Files that wait to be confirmed"),
    "imports.rows": Text("{n} 行", "{n} rows"),
    "imports.open": Text("查看", "Open"),
    "imports.trial": Text("检查结果：{name}", "What would happen: {name}"),
    "imports.all": Text("全部", "All"),
    "imports.outcome.added": Text("新增", "added"),
    "imports.outcome.changed": Text("更新", "changed"),
    "imports.outcome.same": Text("没有变化", "unchanged"),
    "imports.outcome.refused": Text("有问题", "cannot be taken"),
    "imports.line": Text("第 {n} 行", "Row {n}"),
    "imports.row": Text("行", "Row"),
    "imports.about": Text("内容", "Entry"),
    "imports.result": Text("结果", "Outcome"),
    "imports.what": Text("说明", "What"),
    "imports.none": Text("没有这样的行", "No such rows"),
    "imports.refused_sentence": Text(
        "有 {n} 行有问题，不会导入。可以先导入其余的，改好这几行再上传一次。",
        "{n} rows cannot be taken and are left out. Import the others now, mend these and upload them again.",
    ),
    "imports.confirm": Text("导入 {n} 行", "Import {n} rows"),
    "imports.nothing": Text("没有可导入的内容。", "There is nothing to import."),
    "imports.drop": Text("丢弃这份文件", "Throw this file away"),
    "imports.dropped": Text("已丢弃，什么都没有写入。", "Thrown away; nothing was written."),
    "imports.done": Text(
        "导入完成：新增 {added} 行，更新 {changed} 行，有问题未导入 {refused} 行。",
        "Imported: {added} rows added, {changed} changed, {refused} left out.",
    ),
    "imports.explained": Text("填写说明", "How to fill it in"),
    "imports.column": Text("列", "Column"),
    "imports.needed": Text("必填", "Required"),
    "imports.meaning": Text("说明", "Meaning"),
    "imports.yes": Text("是", "yes"),
    "imports.no": Text("否", "no"),
}
