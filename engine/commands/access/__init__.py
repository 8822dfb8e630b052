"""Signing in and out, one's own password, and what people set for themselves."""

from engine.commands.access.change_password import ChangePassword, SetPassword
from engine.commands.access.read_notifications import ReadNotification, ReadNotifications
from engine.commands.access.sessions import SignOut, SignOutEverywhere
from engine.commands.access.set_language import SetLanguage
from engine.commands.access.sign_in import SignIn

__all__ = [
    "ChangePassword",
    "ReadNotification",
    "ReadNotifications",
    "SetLanguage",
    "SetPassword",
    "SignIn",
    "SignOut",
    "SignOutEverywhere",
]
