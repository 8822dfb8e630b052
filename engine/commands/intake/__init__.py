"""How a complaint comes in."""

from engine.commands.intake.register import Register
from engine.commands.intake.register_emergency import RegisterEmergency

__all__ = ["Register", "RegisterEmergency"]
