"""Refusals: what happened, what was kept, what to do."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "error.400": Text("这个请求看不明白", "This request cannot be understood"),
    "error.400_do": Text("请回到上一页，刷新后再试。", "Go back, reload the page and try again."),
    "error.403": Text("这件事您不能办", "You may not do this"),
    "error.403_do": Text(
        "如果您认为应该可以，请联系管理员检查您的岗位。", "If you think you should, ask an administrator to check your roles."
    ),
    "error.404": Text("没有找到", "Not found"),
    "error.404_do": Text(
        "地址可能已变，或者这件投诉不归您看。可以按编号查找，或回收件箱。",
        "The address may have changed, or the case is not yours to see. Search by number, or go to the inbox.",
    ),
    "error.404_procedure": Text(
        "草稿和各版都在“规程”里，从那里再打开。", "Drafts and versions are listed under Procedure: open it from there."
    ),
    "error.to_procedure": Text("到“规程”", "To the procedure"),
    "error.405": Text("这个地址不能这样打开", "This address cannot be opened like this"),
    "error.405_do": Text("请从收件箱重新进入。", "Start again from the inbox."),
    "error.409": Text("现在不能这样做", "This cannot be done now"),
    "error.409_do": Text(
        "情况刚刚变了。请看看最新情况，再决定要不要重做。",
        "Things have just changed. Look at how they stand now, then decide whether to repeat it.",
    ),
    "error.413": Text("提交的内容太大", "What was sent is too large"),
    "error.413_do": Text(
        "请返回上一页（填写的文字通常还在），换小一些的文件再提交。",
        "Go back (your text is usually still there) and choose smaller files.",
    ),
    "error.422": Text("有内容不能这样填", "Some entries cannot be taken"),
    "error.422_do": Text("请返回上一页改正后再提交。", "Go back, put them right and send again."),
    "error.429": Text("试得太频繁了", "Too many attempts"),
    "error.429_do": Text("请稍等片刻再试。", "Wait a moment and try again."),
    "error.500": Text("系统出了故障", "Something went wrong in the system"),
    "error.500_do": Text(
        "故障已记录，管理员会处理。可以稍后再试。", "The fault is recorded and will be looked at. You can try again later."
    ),
    "error.503": Text("系统暂时不能用", "The system cannot be used for the moment"),
    "error.503_do": Text("您的输入没有丢。", "What you typed is not lost."),
    "error.kept": Text(
        "什么都没有写入一半：要么全部保存，要么全部没有。", "Nothing was half-written: it is either all saved or not at all."
    ),
    "error.typed": Text("您刚才填写的内容", "What you typed"),
    "error.typed_hint": Text("没有保存；可以从这里复制。", "Not saved; you can copy it from here."),
    "error.back": Text("回收件箱", "To the inbox"),
    "error.again": Text("再试一次", "Try again"),
    "again.signed_in": Text("已重新登录", "You are signed in again"),
    "again.outdated": Text("这一页开得太久，没有提交成功", "This page was open for too long and was not accepted"),
    "again.signed_in_say": Text(
        "您刚才填写的内容还没有保存，请核对后继续。", "What you typed is not saved yet; look it over and go on."
    ),
    "again.outdated_say": Text("内容一点没丢，请核对后继续。", "Nothing is lost; look it over and go on."),
    "again.to_form": Text("回到表单", "Back to the form"),
    "again.send": Text("重新提交", "Send again"),
    "again.nothing": Text("没有内容需要重新提交。", "There is nothing to send again."),
    "again.files": Text("选好的文件没有带过来，请重新选择。", "Chosen files were not carried along; choose them again."),
}
