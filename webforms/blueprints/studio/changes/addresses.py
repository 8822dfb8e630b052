"""The addresses of a comparison: each can be sent to a colleague and shows the same."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from engine.domain.values import count_in
from engine.queries import studio

#: The endpoints for a draft and for two versions, by what they show.
_OF_DRAFT = {"page": "studio.changes", "paper": "studio.changes_paper", "pdf": "studio.changes_pdf"}
_OF_VERSIONS = {"page": "studio.against", "paper": "studio.against_paper", "pdf": "studio.against_pdf"}


def asked_before() -> int | None:
    """The version that a draft is held against, if the address names one."""
    return count_in(request.args.get("before", ""))


def address(compared: studio.Compared, kind: str = "page", **place: Any) -> str:
    """Where this comparison stands as page, paper or pdf; ``place`` names a file, a place in it, or ``_anchor``."""
    if compared.draft_id is not None:
        return url_for(_OF_DRAFT[kind], draft_id=compared.draft_id, before=_other_than_base(compared), **place)
    before, after = compared.numbers
    return url_for(_OF_VERSIONS[kind], key=compared.procedure_key, before=before, after=after, **place)


def between(key: str, before: int, after: str) -> str:
    """Where two states stand side by side, each a version's number or the later one a draft's id."""
    if (number := count_in(after)) is not None:
        return url_for("studio.against", key=key, before=before, after=number)
    return url_for("studio.changes", draft_id=after, before=before)


def _other_than_base(compared: studio.Compared) -> int | None:
    return None if compared.numbers[0] == compared.base_number else compared.numbers[0]
