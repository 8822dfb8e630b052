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
    "form.file_help": Text(
        "照片(JPG、PNG、WebP)、PDF、录音(MP3、WAV、M4A)或录像(MP4、MOV)，单个不超过 {mb} MB。照片里的拍摄地点会自动去掉。",
        "Pictures (JPG, PNG, WebP), PDF, recordings (MP3, WAV, M4A) or films (MP4, MOV), up to {mb} MB each. "
        "Where a picture was taken is removed by itself.",
    ),
    "form.file_large": Text("超过 {mb} MB，没有上传。", "larger than {mb} MB, not sent."),
    "form.file_kind": Text(
        "这种文件不能收，请换成照片、PDF、录音或录像。", "not a kind that is taken: use a picture, PDF, recording or film."
    ),
    "form.file_failed": Text("没有传上去。", "was not sent."),
    "form.file_lost": Text(
        "连接断了，没有送到。写的和选的都还在，请再按一次保存。",
        "The connection was lost before it arrived. Your words and files are still here: please save again.",
    ),
    "form.file_again": Text("再传一次", "Send again"),
    "form.file_cancel": Text("取消", "Cancel"),
    "form.file_waits": Text("文件传完后自动提交…", "Goes on once the files are sent…"),
    "form.file_drop": Text("也可以把文件拖到这里，或直接粘贴截图。", "You can also drop files here or paste a screenshot."),
    "form.file_none": Text("请先选择文件。", "Choose a file first."),
    "form.camera": Text("拍照", "Take a photo"),
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
