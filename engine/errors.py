"""Every way the engine says no: the caller's fault, the process's fault, or a bad procedure."""

from __future__ import annotations

from collections.abc import Mapping

from engine.domain.text import Text


class EngineError(Exception):
    """Base of all refusals; ``text`` is the sentence for the person, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


class Rejection(EngineError):
    """The caller asked for something that cannot be done; nothing was written."""


class NotFound(Rejection):
    """It does not exist, or the actor may not know that it does."""


class Forbidden(Rejection):
    """It exists and the actor may see it, but may not do this to it."""


class TooManyAttempts(Forbidden):
    """It was tried too often; waiting helps."""


class InvalidState(Rejection):
    """It cannot be done now: closed, already done, held by somebody else."""


class Conflict(Rejection):
    """Somebody else was faster; look again and repeat."""


class InvalidValues(Rejection):
    """Some of what was typed cannot be taken; ``fields`` says which, by field key."""

    def __init__(self, text: Text, fields: Mapping[str, Text] | None = None) -> None:
        super().__init__(text)
        self.fields: dict[str, Text] = dict(fields or {})


class Unavailable(EngineError):
    """The database or the disk cannot be used now: nothing is half-written, and the same request may be repeated."""


class Incident(EngineError):
    """The procedure failed technically; the command is rolled back and parked for an operator."""

    def __init__(self, text: Text, element_id: str | None = None) -> None:
        super().__init__(text)
        self.element_id = element_id


class Misconfigured(EngineError):
    """A bad diagram, table, form or setting, refused at the door; ``mend`` says the way out."""

    def __init__(self, text: Text, mend: Text | None = None, file: str | None = None, element_id: str | None = None) -> None:
        super().__init__(text)
        self.mend = mend
        self.file = file
        self.element_id = element_id
