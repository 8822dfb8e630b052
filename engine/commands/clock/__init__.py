"""Whether the clock is to be believed: doubting it pauses every timer, trusting it again lets them go on."""

from engine.commands.clock.guarding import DoubtClock, TrustClock

__all__ = ["DoubtClock", "TrustClock"]
