"""The studio's frame: its stages, its list of files, and what every editor says."""

from engine.domain.text import Text

WORDS = {
    "studio.title": Text("规程工作室", "Procedure studio"),
    "studio.begin": Text("修改规程", "Edit the procedure"),
    "studio.begin_hint": Text(
        "在浏览器里修改图、表、表单和时限：改动自动保存为草稿，签署后才生效。",
        "Edit diagrams, tables, forms and limits in the browser. It is a draft until it is signed.",
    ),
    "draft.go_on": Text("接着改", "Go on editing"),
    "draft.changed": Text("改了 {n} 个文件", "{n} files changed"),
    "draft.unchanged": Text("还没有改动", "nothing changed yet"),
    "draft.another": Text(
        "正在改的草稿在上面，点“接着改”；这里会另起一份新的。",
        "What is being worked on stands above (“Go on editing”); this begins another draft.",
    ),
    "studio.draft": Text("草稿，基于第 {n} 版", "draft, on version {n}"),
    "studio.stages": Text("修订的几步", "Stages of the change"),
    "studio.stage.desk": Text("编辑", "Edit"),
    "studio.stage.try": Text("试走", "Try"),
    "studio.stage.changes": Text("改动", "Changes"),
    "studio.stage.replay": Text("回放", "Replay"),
    "studio.stage.publish": Text("发布", "Publish"),
    "studio.files": Text("规程的文件", "Files of the procedure"),
    "studio.kind.diagrams": Text("流程图", "Diagrams"),
    "studio.kind.tables": Text("决策表", "Decision tables"),
    "studio.kind.limits": Text("时限", "Limits"),
    "studio.kind.forms": Text("表单", "Forms"),
    "studio.kind.vocabulary": Text("词汇", "Vocabulary"),
    "studio.kind.clauses": Text("条款", "Clauses"),
    "studio.kind.scenarios": Text("演练", "Scenarios"),
    "studio.kind.documents": Text("文书", "Documents"),
    "studio.kind.manifest": Text("规程设置", "Settings"),
    "studio.as_text": Text("这个文件的内容", "The file as it stands"),
    "studio.holder": Text(
        "{name}正在修改这份草稿（{at} 保存过）。您可以看；您一改，会先问您是否接手。",
        "{name} is editing this draft (saved {at}). You may look; once you change something you are asked whether to take over.",
    ),
    "studio.find_file": Text("找文件", "Find a file"),
}
