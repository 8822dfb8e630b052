"""What happens to the documents of a case: issued under a number, and removed when the person they tell of is erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.domain.events import EVENTS, Event


@dataclass(frozen=True, slots=True)
class DocumentIssued(Event):
    """A document got its number; ``sha256`` names its bytes, which never change."""

    document_id: str
    kind: str
    title_zh: str
    title_en: str
    ordinal: int
    number: str
    language: str
    sha256: str
    size: int
    version_id: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DocumentsRemoved(Event):
    """The files of these documents are gone; that they were issued, and their digests, stay."""

    document_ids: list[str]
    at: datetime


EVENTS |= {kind.__name__: kind for kind in (DocumentIssued, DocumentsRemoved)}


@dataclass(frozen=True, slots=True)
class Made:
    """A document as drawn up for issue: the number that it bears, and of which state of the case it tells."""

    ordinal: int
    number: str
    rev: int
    content: bytes
