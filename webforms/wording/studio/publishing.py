"""The stage on which a draft is put forward, and what a version's record says of its way there."""

from engine.domain.text import Text

WORDS = {
    "publish.go": Text("去发布", "Go on to publishing"),
    "publish.way": Text("从草稿到生效", "From draft to force"),
    "publish.step.draft": Text("草稿", "Draft"),
    "publish.step.proposed": Text("已提出", "Proposed"),
    "publish.step.signed": Text("{part}签署", "Signed by the {part}"),
    "publish.step.force": Text("生效", "In force"),
    "publish.step.taken_back": Text("已撤回", "Taken back"),
    "publish.here": Text("现在在这里", "now here"),
    "publish.by_roles": Text("由{roles}", "{roles}"),
    "publish.against": Text("提出之前", "Before it is proposed"),
    "publish.against_it": Text("不能提出，因为", "It cannot be proposed, because"),
    "publish.clear": Text(
        "检查没有发现错误，演练都相符，条款都有落实。", "The check finds no error, no story fails, no clause is lost."
    ),
    "publish.nothing": Text("草稿还没有改动。先到“编辑”里修改。", "Nothing is changed yet: go to Edit first."),
    "publish.errors": Text("必须先改正", "To be mended first"),
    "publish.questions": Text("图里还有没回答的问题", "The diagrams leave questions open"),
    "publish.answer": Text("去回答", "Answer them"),
    "publish.failing": Text("没通过的演练、没落实的条款", "Failing stories, lost clauses"),
    "publish.failing_hint": Text(
        "改正草稿或演练；确有理由的，可以提请批准人写明理由豁免。",
        "Mend the draft or the story. With good reason the approver may be asked to waive each.",
    ),
    "publish.unplayed": Text(
        "还有 {n} 个演练没演过：提出时会先全部演一遍，要等几秒到半分钟。",
        "{n} stories are not played yet: proposing plays them first, which takes seconds to half a minute.",
    ),
    "publish.unreplayed": Text(
        "现在这份草稿还没有用已有的投诉回放过，签署的人会看到“没有回放”。",
        "Past complaints were not sent through the draft as it stands; those who sign will see that.",
    ),
    "publish.replay": Text("去回放", "Go to Replay"),
    "publish.more": Text("其余 {n} 个", "{n} more"),
    "publish.go_there": Text("去改", "Go there"),
    "publish.try": Text("去试走", "Go to Try"),
    "publish.ask_waiver": Text("没通过的，提请批准人豁免", "Ask the approver to waive what fails"),
    "publish.ask_waiver_hint": Text(
        "批准人写明理由才能签署，每条的理由记进这一版的历史。",
        "The approver can sign only after giving a reason for each; the reasons stay in the history.",
    ),
    "publish.waiting": Text("复审正在等这次改动", "A review waits for the change"),
    "publish.waiting_hint": Text(
        "复审已经走到“拟定修订”。在那里写明原因和生效时间，由这次复审提出。",
        "The review has come to its draft. Give the reason and the day there, and the review proposes it.",
    ),
    "publish.to_review": Text("到 {number} 里提交", "Finish it in {number}"),
    "publish.form": Text("提出", "Propose"),
    "publish.alone": Text("不经这次复审，另行提出", "Propose it apart from that review"),
    "publish.busy": Text("正在检查、演练…", "Checking and rehearsing…"),
    "publish.outdated": Text(
        "这里改的底稿已经旧了：第 {n} 版已经发布，这一份不能再签署生效。请以第 {n} 版为底重新改，再提出。",
        "This changes a version that is no longer the latest: {n} is published, so it cannot come into force. Change {n} anew.",
    ),
    "publish.rivals": Text(
        "第 {n} 版也在等签署。先签满的那一版算数；另一版要以它为底重新改、重新提出。",
        "Version {n} waits for signatures too. The one that is signed first holds; the other is to be made anew on top of it.",
    ),
    "publish.who": Text("谁来签", "Who signs"),
    "publish.who_hint": Text(
        "三个人各签一次，任务会出现在各自的收件箱。", "Three people sign once each; the task comes to their inbox."
    ),
    "version.evidence": Text("依据", "Evidence"),
    "version.evidence.check": Text("检查：没有错误，{n} 条提醒", "Check: no errors, doubts: {n}"),
    "version.evidence.stories": Text("演练：{n} 个中 {held} 个相符", "Stories: {held} of {n} hold"),
    "version.evidence.clauses": Text("条款：{n} 条中 {carried} 条有落实", "Clauses: {carried} of {n} are carried"),
    "version.evidence.none": Text("提出时没有记下依据。", "No evidence was kept when it was proposed."),
    "version.waivers": Text("豁免", "Waivers"),
    "version.waived": Text("{name}豁免：{reason}", "Waived by {name}: {reason}"),
    "version.to_waive": Text("批准之前要豁免的", "To be waived before approval"),
    "version.to_waive_hint": Text(
        "下面这些没有通过。批准人写明可以放行的理由，才能签署；同一个理由的，可以一起勾选。",
        "These fail. The approver gives a reason for each before signing; those with the same reason may be ticked together.",
    ),
    "version.why": Text("理由", "Reason"),
    "version.why_all": Text("理由（给勾选的各条）", "Reason for those ticked"),
    "version.tick_all": Text("全部勾选", "Tick all"),
    "version.waive": Text("豁免", "Waive"),
    "version.waived_all": Text("已记下理由。", "The reasons are kept."),
    "version.sign_task": Text("去签署", "Go and sign"),
    "version.your_turn": Text(
        "轮到您：{part}签署。先看改动，再到任务里签。", "Your turn: sign as {part}. Read the changes, then sign in the task."
    ),
    "version.to_read": Text("先看第 {n} 版改了什么", "First read what version {n} changes"),
    "version.read": Text("打开看", "Open"),
    "version.reading": Text("第 {n} 版，只供查看", "Version {n}, to be read"),
    "version.restore": Text("以这一版为新草稿", "Begin a draft like this"),
    "version.compare": Text("与上一版对照", "Beside the version before"),
    "version.side_by_side": Text("左右对照", "Side by side"),
    "version.stories": Text("演练", "Stories"),
    "version.stories_played": Text("这一版的 {n} 个演练：{held} 个相符", "Stories of this version: {held} of {n} hold"),
    "version.story_held": Text("相符", "holds"),
    "version.story_failed": Text("不符", "fails"),
    "version.stories_unplayed": Text("这一版的演练还没有结果。", "The stories of this version are not played yet."),
    "version.play": Text("全部演一遍", "Play them all"),
    "version.rest": Text("决策表、时限、表单、词汇和条款的全文：", "Tables, limits, forms, vocabulary and clauses in full:"),
    "version.proposed_by": Text("{name}提出", "proposed by {name}"),
    "version.each_story": Text("逐个看", "One by one"),
}
