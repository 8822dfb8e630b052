"""How far the work on a file is saved, and how grave what was found in it is: the words of every editor that keeps itself."""

from collections.abc import Callable

from engine.domain.text import Text

STATES = {
    "waiting": Text("有修改，马上自动保存", "Changed, saving soon"),
    "saving": Text("正在保存……", "Saving …"),
    "saved": Text("已保存 {at}", "Saved {at}"),
    "offline": Text("连接断开，修改保留在本机，恢复后自动保存", "Connection lost: kept in this browser, saved when it is back"),
    "unkept": Text(
        "连接断开，这个浏览器也记不下了。请别关这一页，恢复后自动保存",
        "Connection lost, and this browser has no room to keep it. Leave this page open: it is saved when the connection is back",
    ),
    "refused": Text("没有保存", "Not saved"),
    "signedOut": Text(
        "登录已过期，修改保留在本机。请在新窗口登录，再点保存",
        "Signed out: the changes are kept in this browser. Sign in in another window, then save",
    ),
}
LEVELS = {"error": Text("要改正", "mend"), "warning": Text("请留意", "look at")}
WORDS = {
    **{f"studio.saving.{key}": text for key, text in STATES.items()},
    "studio.saving.kept": Text(
        "这个浏览器里有没存上的文本，是按以前的内容改的。要换成它，还是不要了？",
        "This browser keeps text that was never saved, made from an earlier state. Use it, or throw it away?",
    ),
}


def state_words(t: Callable[..., str]) -> dict[str, str]:
    """How saving stands, in the reader's language, by state; places in braces are filled in by the script."""
    return {key: t(f"studio.saving.{key}") for key in STATES}
