"""Choose the language of one's own pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work

LANGUAGES = ("zh_Hans", "en", "zh_Hant")


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """One of ``LANGUAGES``."""

    language: str


def handle(command: SetLanguage, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """InvalidValues for a language that the product does not speak."""
    if command.language not in LANGUAGES:
        raise InvalidValues(Text("不支持这种语言。", "This language is not supported."))
    work.batch.update(t.person, (actor.person_id,), {"language": command.language})
