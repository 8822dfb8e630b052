"""How FEEL says no: a refusal with a position for people, and the inner signal that turns a value into null."""

from __future__ import annotations

from engine.domain.text import Text


class FeelError(ValueError):
    """A text that is no FEEL, or a limit that was passed; ``text`` is the sentence, ``position`` a 0-based offset."""

    def __init__(self, text: Text, position: int | None = None, source: str = "") -> None:
        super().__init__(str(text))
        self.text = text
        self.position = position
        self.source = source


class Fault(Exception):
    """Raised inside a built-in function where the standard says null; the call site records the warning."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


def at(position: int, zh: str, en: str, source: str = "") -> FeelError:
    """A refusal whose sentence begins with the place, counted from 1 as people do."""
    place = Text(f"第 {position + 1} 个字符处：{zh}", f"At character {position + 1}: {en}")
    return FeelError(place, position, source)
