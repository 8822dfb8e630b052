"""Every sentence of the pages, in Chinese and English; what a procedure says comes from the procedure."""

from __future__ import annotations

from typing import Any

from flask import Flask

from engine.domain.text import Text
from engine.outbound.traditional import written
from webforms import visit
from webforms.wording import case_file, documents, frame, inbox, management, person, record, register, reports, studio, task

WORDS: dict[str, Text] = {
    **frame.WORDS,
    **person.WORDS,
    **inbox.WORDS,
    **record.WORDS,
    **task.WORDS,
    **case_file.WORDS,
    **documents.WORDS,
    **register.WORDS,
    **reports.WORDS,
    **management.WORDS,
    **studio.WORDS,
}


def init_app(app: Flask) -> None:
    """Offer ``t(key)`` and the filter ``said`` to every template."""
    app.jinja_env.globals["t"] = t


def t(key: str, **values: Any) -> str:
    """The sentence of that key in the reader's language, its places filled in."""
    sentence = said(WORDS[key])
    return sentence.format(**values) if values else sentence


def said(text: Text | None) -> str:
    """A text in the reader's language; nothing for None."""
    return "" if text is None else written(text, visit.language())
