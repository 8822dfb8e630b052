"""Signing in and out, one's own password, and what the gate says."""

from __future__ import annotations

from engine.domain.text import Text

WORDS = {
    "sign_in.title": Text("登录", "Sign in"),
    "sign_in.login": Text("用户名", "User name"),
    "sign_in.password": Text("密码", "Password"),
    "sign_in.enter": Text("登录", "Sign in"),
    "sign_in.left": Text("您已退出。", "You have signed out."),
    "sign_in.no_demo": Text("这里没有这位演示人员。", "There is no such demonstration person here."),
    "sign_in.demo": Text("演示人员", "Demonstration people"),
    "sign_in.demo_hint": Text("点一下，就以这位人员的身份登录。", "One click signs you in as that person."),
    "sign_in.all_estates": Text("全公司", "whole company"),
    "sign_in.administrator": Text("系统管理员", "Administrator"),
    "sign_in.ended": Text(
        "登录已过期。您刚才填写的内容还在，登录后可以接着提交。",
        "Your session has ended. What you typed is kept; sign in and you can go on.",
    ),
    "access.administrators_only": Text("这里只有管理员可以进入。", "Only administrators may enter here."),
    "access.too_often": Text(
        "短时间内请求太多；您的其他工作不受影响。", "Too many requests in a short time; your other work is not affected."
    ),
    "access.demo_elsewhere": Text(
        "演示人员只能在演示模式下登录。", "Demonstration people can sign in only in demonstration mode."
    ),
    "password.title": Text("我的密码", "My password"),
    "password.due": Text(
        "您的密码是别人设的，请先换成只有您自己知道的密码，再开始工作。",
        "Somebody else has set your password. Choose one that only you know, then start working.",
    ),
    "password.old": Text("旧密码", "Old password"),
    "password.new": Text("新密码", "New password"),
    "password.again": Text("再输一次新密码", "New password once more"),
    "password.hint": Text(
        "至少 {n} 个字符，不含用户名。几个不相干的词连在一起，好记又难猜。",
        "At least {n} characters, without your user name. A few unrelated words are easy to keep in mind and hard to guess.",
    ),
    "password.not_changed": Text(
        "密码没有更改。为了安全，三个框都要重新填写。", "The password is not changed. To be safe, all three are typed again."
    ),
    "password.differ": Text("两次输入的新密码不一样。", "The two new passwords differ."),
    "password.change": Text("更改密码", "Change the password"),
    "password.changed": Text(
        "密码已更改；您在其他设备上的登录都已退出。", "The password is changed; your sessions on other machines have ended."
    ),
    "password.everywhere": Text("在所有设备上退出", "Sign out everywhere"),
    "password.everywhere_hint": Text(
        "如果在别处忘了退出，或者担心有人用过您的登录，请点这里。这台设备也会退出。",
        "If you forgot to sign out elsewhere, or fear that somebody used your session, press here. It ends the session here too.",
    ),
    "password.left_everywhere": Text("您已在所有设备上退出。", "You have signed out everywhere."),
}
