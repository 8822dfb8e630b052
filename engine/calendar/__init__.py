"""Working days and hours, make-up days and overrides: when a time limit falls due, and why then."""

from engine.calendar.calendar import Calendar
from engine.calendar.days import DayKind, DayOverride, Days
from engine.calendar.derivation import Derivation
from engine.calendar.rules import CalendarError, DayRules, Shift, Unit

__all__ = ["Calendar", "CalendarError", "DayKind", "DayOverride", "DayRules", "Days", "Derivation", "Shift", "Unit"]
