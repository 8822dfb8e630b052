"""Issue a document of a case: it gets the next number of its kind, and from then on the same bytes.

The number stands on the paper, and the journal names the digest of the paper, so neither can come first and the other later. The
paper is therefore drawn up before the transaction (as passwords are compared there), with the number that is next and of the case
as it stands; the handler looks whether both still hold, keeps the bytes and writes number and digest in one entry. Whoever was
overtaken is told so and draws it up again. To take the number first and render in a job would leave numbers without a paper
whenever a job fails, and a log of issue must have no such gaps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.commands.cases.open_case import open_readable
from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits
from engine.domain.actor import Actor
from engine.domain.document_events import DocumentIssued, Made
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import Conflict, Forbidden, InvalidState, NotFound
from engine.procedure.documents import Document
from engine.procedure.manifest import ANY_ROLE
from engine.storage import tables as t
from engine.storage.work import Work

NO_SUCH_DOCUMENT = Text("这件投诉没有这份文书。", "This case has no such document.")
NOT_YOURS = Text("这份文书不由您的角色发出。", "This document is not issued by your role.")
NOT_DRAWN_UP = Text("文书还没有生成，请重试。", "The document was not drawn up: try again.")
OVERTAKEN = Text(
    "刚才有人先发出了这份文书，或改动了这件投诉。请看过最新内容后再发出。",
    "Somebody has just issued this document or changed the case. Look at it as it is now, then issue it.",
)


@dataclass(frozen=True, slots=True)
class IssueDocument:
    """``kind`` is a key of the procedure's documents, ``ordinal`` the one that the person was shown as the next.

    ``made`` is filled in before the transaction; nobody else gives it.
    """

    case_id: str
    kind: str
    language: str
    ordinal: int
    made: Made | None = None


def handle(command: IssueDocument, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """Forbidden for roles that do not issue it; Conflict when the case or the number has gone on since it was drawn up."""
    session = open_readable(work, procedures, command.case_id)
    permits.require_procedure(session)
    document = session.published.procedure.documents.get(command.kind)
    if document is None:
        raise NotFound(NO_SUCH_DOCUMENT)
    session.on_behalf_of = _require_issuer(session, document)
    made = command.made
    if made is None:
        raise InvalidState(NOT_DRAWN_UP)
    if {made.ordinal, command.ordinal} != {_next_ordinal(session, command.kind)} or made.rev != session.case["rev"]:
        raise Conflict(OVERTAKEN)
    digest = procedures.files.put(made.content)
    session.events.append(_issued(session, document, command.language, made, digest))
    return session.finish("issue_document", Text(f"已发出，编号 {made.number}。", f"Issued under the number {made.number}."))


def _require_issuer(session: CaseSession, document: Document) -> str | None:
    """The person on whose behalf the actor issues it, if it is not in their own right."""
    actor, entry = session.actor, session.entry
    roles: Iterable[tuple[str | None, str | None]] = (
        (None, None) if role == ANY_ROLE else (role, entry["department"]) for role in document.roles
    )
    held = [(role, within) for role, within in roles if actor.holds(role, entry["estate_id"], within)]
    if not held:
        raise Forbidden(NOT_YOURS)
    represented = [actor.deputising(role, entry["estate_id"], within) for role, within in held]
    return None if None in represented else next(iter(represented), None)


def _next_ordinal(session: CaseSession, kind: str) -> int:
    columns = t.issued_document.c
    last = sa.select(sa.func.max(columns.ordinal)).where(columns.case_id == session.case_id, columns.kind == kind)
    return int(session.work.connection.execute(last).scalar() or 0) + 1


def _issued(session: CaseSession, document: Document, language: str, made: Made, digest: str) -> DocumentIssued:
    return DocumentIssued(
        document_id=new_id(session.now),
        kind=document.key,
        title_zh=document.title.zh,
        title_en=document.title.en,
        ordinal=made.ordinal,
        number=made.number,
        language=language,
        sha256=digest,
        size=len(made.content),
        version_id=session.published.version_id,
        by=session.actor.person_id,
        at=session.now,
    )
