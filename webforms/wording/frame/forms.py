"""Forms of a procedure, whatever they ask."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "form.yes": Text("是", "Yes"),
    "form.no": Text("否", "No"),
    "form.required": Text("必填", "required"),
    "form.choose": Text("请选择", "Please choose"),
    "form.add_row": Text("再加一行", "Add a row"),
    "form.remove_row": Text("删去这行", "Remove this row"),
    "form.row": Text("第 {n} 行", "Row {n}"),
    "form.update": Text("按已填内容更新表单", "Update the form"),
    "form.update_help": Text("有些问题要看前面的回答才出现。", "Some questions appear only after others are answered."),
    "form.signature_help": Text("写上您的姓名，作为签名。", "Type your name; it stands as your signature."),
    "form.file_help": Text("单个文件不超过 {mb} MB。", "Up to {mb} MB a file."),
    "form.kept_files": Text("已存上的文件", "Files already kept"),
    "form.file_too_large": Text(
        "文件“{name}”超过 {mb} MB，没有保存；其他内容都还在。",
        "The file “{name}” is larger than {mb} MB and was not kept; everything else is still here.",
    ),
    "form.faults": Text("有 {n} 处需要改正，其余内容都保留着", "To put right: {n}. Everything else is kept"),
    "form.faults_title": Text("有 {n} 处要改正", "{n} to put right"),
    "form.fault": Text("{field}：{why}", "{field}: {why}"),
    "form.currency": Text("元", "CNY"),
}
