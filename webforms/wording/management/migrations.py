"""What is said when running cases are moved to another version: the preview, the order, its receipt and the way back."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "migration.link": Text("其他版本的在办投诉", "Open cases of other versions"),
    "migration.title": Text("在办投诉换到第 {n} 版", "Move open cases to version {n}"),
    "migration.hint": Text(
        "在办投诉一直按登记时的版本办到底；确有需要才换版。下面先看每一件换过来会怎样，再勾选。",
        "A case is worked to its end by the version it began with; it is moved only where there is need. See first what moving "
        "each one would mean, then tick.",
    ),
    "migration.not_yet": Text(
        "这一版还没有生效，生效后才能换。", "This version is not in force yet; cases can be moved once it is."
    ),
    "migration.from": Text("现在的版本", "Version now"),
    "migration.every": Text("全部 {n} 件", "all {n}"),
    "migration.of": Text("第 {v} 版 {n} 件", "version {v}: {n}"),
    "migration.only_case": Text("只看 {number}", "only {number}"),
    "migration.timers": Text("期限怎么办", "The deadlines"),
    "migration.timers.keep": Text("保留原定时刻", "Keep them"),
    "migration.timers.recompute": Text("按新规程重算", "Count them anew"),
    "migration.timers.keep.hint": Text(
        "正在计的期限仍在原来的时刻到期；以后新开始的期限按第 {n} 版。",
        "Deadlines that are running fall due when they would have; those that begin later follow version {n}.",
    ),
    "migration.timers.recompute.hint": Text(
        "正在计的期限从原来的起点按第 {n} 版重算；已经超时的、一算就超时的不动。",
        "Deadlines that are running are counted again from where they began, by version {n}; one that is late, or would be at "
        "once, stays.",
    ),
    "migration.example.keep": Text(
        "比如 {number} 的“{name}”：仍是 {before}；重算就成了 {after}。",
        "{number} for example: “{name}” stays due {before}; counted anew it would be {after}.",
    ),
    "migration.example.recompute": Text(
        "比如 {number} 的“{name}”：原定 {before}，改为 {after}。",
        "{number} for example: “{name}” was due {before} and will be {after}.",
    ),
    "migration.example.none": Text("下面这些投诉两种办法结果一样。", "For the cases below both come to the same."),
    "migration.example.some": Text(
        "点“按新规程重算”，可以看到哪几件会不一样。", "“Count them anew” shows which of them would be due at another time."
    ),
    "migration.stopped": Text("正停在故障上，换过来会重试一次", "stopped at a fault: it is tried again there"),
    "migration.tick": Text("选", "Tick"),
    "migration.tick_of": Text("选 {number}", "Tick {number}"),
    "migration.tick_all": Text("全选这一页能换的", "Tick all on this page that can be moved"),
    "migration.tick_moved": Text("全选能换回的", "Tick all that can go back"),
    "migration.moving": Text("正在换版……", "Moving …"),
    "migration.tick_none": Text("全不选", "Tick none"),
    "migration.case": Text("投诉", "Case"),
    "migration.stands": Text("现在在哪一步", "Stands at"),
    "migration.will_stand": Text("换后在哪一步", "Will stand at"),
    "migration.dues": Text("变动的期限", "Deadlines that move"),
    "migration.missing": Text("缺的资料", "Data missing"),
    "migration.verdict": Text("能换吗", "Can it be moved"),
    "migration.same_step": Text("不变", "the same"),
    "migration.waits": Text("没有待办，等时间", "no open task, waits for time"),
    "migration.no_dues": Text("不变", "none"),
    "migration.no_missing": Text("不缺", "none"),
    "migration.was_due": Text("原 {at}", "was {at}"),
    "migration.is_due": Text("改为 {at}", "now {at}"),
    "migration.no_due": Text("不再计", "stops"),
    "migration.new_due": Text("新增，{at}", "new, {at}"),
    "migration.lacks": Text(
        "“{step}”已办过，新版在那里要填的“{field}”会空着", "“{step}” is done: its new field “{field}” stays empty"
    ),
    "migration.lacks_perhaps": Text(
        "“{step}”已办过，新版在那里有的情形要填“{field}”，会空着",
        "“{step}” is done: in some cases it now asks for “{field}”, which stays empty",
    ),
    "migration.lacks_later": Text("；后面“{later}”要用", "; “{later}” will look it up"),
    "migration.never_set": Text(
        "后面“{later}”要用“{field}”，在这件投诉里不会有", "“{later}” will look up “{field}”, which this case will not have"
    ),
    "migration.can": Text("能换", "yes"),
    "migration.cannot": Text("不能换", "no"),
    "migration.reason": Text("为什么换版", "Why they are moved"),
    "migration.reason_hint": Text("会写进每件投诉的日志。", "Kept in the journal of each case."),
    "migration.move": Text("把勾选的换到第 {n} 版", "Move the ticked ones to version {n}"),
    "migration.move_sure": Text("确定换版吗？之后在回执里可以换回。", "Move them? The receipt lets them go back."),
    "migration.none": Text("没有按其他版本办理的投诉", "No open case follows another version"),
    "migration.none_hint": Text("都已按这一版办理，不用换。", "They all follow this one: nothing is to be moved."),
    "migration.orders": Text("换版记录", "Moves so far"),
    "migration.receipt": Text("换版回执", "Receipt of a move"),
    "migration.answered": Text("办完了，结果如下。", "Done: this is what it came to."),
    "migration.to": Text("换到", "Moved to"),
    "migration.number": Text("回执号", "Receipt"),
    "migration.console": Text("在服务器上操作", "At the server's console"),
    "migration.who": Text("谁决定的", "Decided by"),
    "migration.why": Text("原因", "Reason"),
    "migration.result": Text("结果", "Result"),
    "migration.count.moved": Text("换好 {n} 件", "{n} moved"),
    "migration.count.refused": Text("没换 {n} 件", "{n} not moved"),
    "migration.count.back": Text("已换回 {n} 件", "{n} went back"),
    "migration.count.waiting": Text("还没办 {n} 件", "{n} not dealt with"),
    "migration.state.moved": Text("已换", "moved"),
    "migration.state.refused": Text("没换", "not moved"),
    "migration.state.back": Text("已换回", "went back"),
    "migration.state.waiting": Text("还没办", "not dealt with"),
    "migration.from_version": Text("原来第几版", "From version"),
    "migration.outcome": Text("结果和原因", "What became of it"),
    "migration.back_by": Text("{name}，{at}", "{name}, {at}"),
    "migration.broken_off": Text("上次办到一半停了，还有 {n} 件没办。", "This was broken off: {n} were not dealt with."),
    "migration.go_on": Text("接着办", "Go on"),
    "migration.back_title": Text("换回原来的版本", "Go back"),
    "migration.back_hint": Text(
        "换版以后还没办过新版独有的步骤，就能换回；不能的会逐件说明原因。",
        "A case goes back unless it has done what only the new version knows; whatever cannot is told one by one.",
    ),
    "migration.back_reason": Text("为什么换回", "Why they go back"),
    "migration.back": Text("把勾选的换回原来的版本", "Let the ticked ones go back"),
    "migration.again": Text("回到在办投诉", "Back to the open cases"),
    "operations.bulk": Text(
        "这一版有错、停了不止一件？先看每件换版会怎样，再一起换：",
        "Is the version at fault for more than this case? See what moving would mean, and move them together:",
    ),
    "operations.bulk_to": Text("看换到第 {n} 版", "to version {n}"),
}
