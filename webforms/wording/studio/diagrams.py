"""The diagram's editor: its buttons, its keys and its messages; the panel has a module of its own."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "studio.bar.undo": Text("撤销", "Undo"),
    "studio.bar.redo": Text("重做", "Redo"),
    "studio.bar.cut": Text("剪切", "Cut"),
    "studio.bar.copy": Text("复制", "Copy"),
    "studio.bar.paste": Text("粘贴", "Paste"),
    "studio.bar.search": Text("查找", "Find"),
    "studio.bar.map": Text("缩略图", "Map"),
    "studio.bar.show-keys": Text("快捷键", "Keys"),
    "studio.bar.save": Text("保存", "Save"),
    "studio.keys": Text("快捷键", "Keys"),
    "studio.close": Text("关闭", "Close"),
    "studio.key.undo": Text("撤销", "Undo"),
    "studio.key.redo": Text("重做", "Redo"),
    "studio.key.cut": Text("剪切选中的图形", "Cut what is selected"),
    "studio.key.copy": Text("复制选中的图形", "Copy what is selected"),
    "studio.key.paste": Text("粘贴，也可以粘到另一张图里", "Paste, into another diagram too"),
    "studio.key.duplicate": Text("就地复制一份", "Make another of the same"),
    "studio.key.all": Text("全部选中", "Select everything"),
    "studio.key.remove": Text("删除选中的图形", "Delete what is selected"),
    "studio.key.search": Text("按名称、代号或条款查找", "Find by name, id or clause"),
    "studio.key.save": Text("马上保存", "Save now"),
    "studio.key.create": Text("添加任何图形", "Create anything"),
    "studio.key.append": Text("在选中的图形后面加任何图形", "Append anything to what is selected"),
    "studio.key.replace": Text("把选中的图形换成别的", "Change what is selected into something else"),
    "studio.key.name": Text("修改选中图形的名称", "Rename what is selected"),
    "studio.key.hand": Text("拖动画布", "Move the canvas"),
    "studio.key.lasso": Text("框选", "Select with a frame"),
    "studio.key.space": Text("拉开或收拢空间", "Make or remove space"),
    "studio.key.connect": Text("连线", "Connect"),
    "studio.key.move": Text("移动选中的图形，加 Shift 每次多一些", "Move what is selected, with Shift by more"),
    "studio.key.zoom": Text("放大、缩小、原来大小", "Larger, smaller, as it is"),
    "studio.key.help": Text("打开这张表", "Open this list"),
    "studio.small": Text(
        "屏幕较小，这里只能看图。修改请在电脑上打开。", "On a small screen the diagram can be read. To change it, open it on a computer."
    ),
    "studio.kept": Text(
        "本机还留着一份没有保存到服务器的修改，但这张图后来在别处改过了。",
        "This browser still holds changes that never reached the server, and the diagram was changed elsewhere since.",
    ),
    "studio.kept_use": Text("换成本机的这份", "Go on with those"),
    "studio.kept_load": Text("下载留底", "Download them"),
    "studio.kept_drop": Text("不要了", "Discard them"),
    "studio.panel": Text("所选图形的属性", "Properties of what is selected"),
    "studio.take_over": Text("由我接着改", "Take over"),
    "studio.checking": Text("正在检查……", "Checking …"),
    "studio.trying": Text("规则都符合，正在试走……", "Every rule holds; trying it …"),
    "studio.nothing_found": Text("检查没有发现问题。", "The check finds nothing."),
    "studio.found": Text("检查发现 {n} 处，其中 {errors} 处必须改正。", "The check finds {n}, of which {errors} must be mended."),
    "studio.no_bundle": Text(
        "编辑器还没有安装。请在服务器上运行 make frontend；也可以下载文件，用其他编辑器修改后上传。",
        "The editor is not installed: run make frontend on the server. Or download the files, edit them elsewhere and upload.",
    ),
}
