"""What a channel answers when it does not take a message; no sentence of it ever holds an address with a key in it."""

from __future__ import annotations

from datetime import timedelta

from engine.domain.text import Text
from engine.errors import EngineError


class Refused(EngineError):
    """Not taken; ``hopeless`` says that the same message would be refused again, ``wait`` how long the channel wants peace."""

    def __init__(self, text: Text, *, hopeless: bool = False, wait: timedelta | None = None) -> None:
        super().__init__(text)
        self.hopeless = hopeless
        self.wait = wait


def unreachable(channel: Text, why: str) -> Refused:
    """Nobody answered; ``why`` is the kind of fault, never its words, which may repeat the address."""
    return Refused(
        Text(f"连不上{channel.zh}（{why}），稍后再试。", f"{channel.en} could not be reached ({why}); it is tried again.")
    )


def misconfigured(channel: Text, zh: str, en: str) -> Refused:
    """Somebody has to change a setting first."""
    return Refused(
        Text(
            f"{channel.zh}的设置有误：{zh}。请管理员改好后重发。",
            f"{channel.en} is set up wrongly: {en}. Mend it, then send again.",
        ),
        hopeless=True,
    )


def no_such_address(channel: Text) -> Refused:
    """The channel knows nobody there."""
    return Refused(
        Text(
            f"{channel.zh}里没有这个收件地址。请核对后重发。",
            f"{channel.en} knows no such address. Check it, then send again.",
        ),
        hopeless=True,
    )
