"""Signing in and out."""

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
}
