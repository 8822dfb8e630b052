"""What was issued of a case tells of the person too: with the person's data the files go, the log of issue stays."""

from __future__ import annotations

import sqlalchemy as sa

from engine.commands.session import CaseSession
from engine.domain.document_events import DocumentsRemoved
from engine.storage import tables as t


def forget_issued(session: CaseSession) -> tuple[str, ...]:
    """Mark every issued document of the case as removed; the answer names the files, to be deleted once that is written.

    A file that something else keeps as well, such as the same paper put to a case as evidence, is not among them.
    """
    columns, kept = t.issued_document.c, t.attachment.c.sha256
    query = sa.select(columns.id, columns.sha256).where(columns.case_id == session.case_id, columns.removed_at.is_(None))
    rows = session.work.connection.execute(query.order_by(columns.id)).all()
    if not rows:
        return ()
    session.events.append(DocumentsRemoved([row.id for row in rows], session.now))
    named = {row.sha256 for row in rows}
    elsewhere = set(session.work.connection.execute(sa.select(kept).where(kept.in_(named))).scalars())
    return tuple(sorted(named - elsewhere))
