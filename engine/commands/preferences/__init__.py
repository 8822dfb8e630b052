"""What a person wants to be told, by which channels and when; the page always shows everything."""

from engine.commands.context import Handler
from engine.commands.preferences import company, saving, testing
from engine.commands.preferences.company import SetQuietHours
from engine.commands.preferences.saving import SavePreferences, Wish
from engine.commands.preferences.testing import SendTestMessage

HANDLERS: dict[type, Handler] = {
    SavePreferences: saving.handle,
    SetQuietHours: company.handle,
    SendTestMessage: testing.handle,
}

__all__ = ["HANDLERS", "SavePreferences", "SendTestMessage", "SetQuietHours", "Wish"]
