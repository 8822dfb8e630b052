"""Signing in, and what people set for themselves."""

from engine.commands.access.read_notifications import ReadNotifications
from engine.commands.access.set_language import SetLanguage
from engine.commands.access.sign_in import NoteFailedSignIn, SignIn

__all__ = ["NoteFailedSignIn", "ReadNotifications", "SetLanguage", "SignIn"]
