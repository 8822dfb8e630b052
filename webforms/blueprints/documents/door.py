"""What the pages of documents share: the blueprint, the language of the paper, and how a PDF is handed out."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, request, send_file
from werkzeug.wrappers import Response

from webforms import visit

blueprint = Blueprint("documents", __name__)
#: The paper has its own language: a resident's letter may be English where the staff reads Chinese.
LANGUAGES = ("zh_Hans", "en")
PDF = "application/pdf"
# A file is shown or saved by the browser alone, never run as a page of ours.
LOCKED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def language() -> str:
    """The language asked for, else the reader's."""
    asked = request.values.get("language", "")
    own = "en" if visit.language().startswith("en") else LANGUAGES[0]
    return asked if asked in LANGUAGES else own


def pdf(content: bytes, name: str, *, shown: bool = False) -> Response:
    """A PDF under a name that keeps its Chinese."""
    answer = send_file(BytesIO(content), PDF, as_attachment=not shown, download_name=f"{name}.pdf", conditional=False)
    answer.headers["Content-Security-Policy"] = LOCKED
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
