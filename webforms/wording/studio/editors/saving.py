"""What the editors say of saving: while it lasts, when it fails, and when somebody else was faster."""

from engine.domain.text import Text

WORDS = {
    "editor.saving": Text("正在保存……", "Saving …"),
    "editor.away": Text(
        "没有连上，刚才的修改先记在这台电脑上，连上后自动保存。",
        "No connection: the last change is kept in this browser, and saved once the connection is back.",
    ),
    "editor.not_saved": Text("还没有保存", "Not saved yet"),
    "editor.stale": Text(
        "您打开以后，这个文件在别处改过了。您填的还在下面，还没有保存。",
        "The file was changed elsewhere since you opened it. What you filled in stands below and is not saved yet.",
    ),
    "editor.kept_here": Text(
        "这台电脑上还有没送到服务器的修改，而这个文件后来在别处改过。",
        "This browser holds a change that never reached the server, and the file was changed elsewhere since.",
    ),
    "editor.all_the_same": Text("仍按我填的保存", "Save mine all the same"),
    "forms.add_to": Text("添加问题或文字", "Add a question or words"),
    "removed.choose": Text("请从列表里选一个文件。", "Choose a file of the list."),
}
