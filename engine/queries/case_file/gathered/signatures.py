"""Who signed what and when: every form that was handed in under a name, every signature written on one, and those of versions.

What was handed in has a digest of its own, which the entry of the journal holds; the entry's hash covers that and all before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.procedure.beside.restricted import kept_apart
from engine.procedure.exchange.parts import PARTS
from engine.queries.case_file.gathered.sheets import submitted
from engine.queries.case_file.head import Head
from engine.queries.case_file.ledger import read
from engine.queries.sensitive import withheld
from engine.storage.tables import procedure_version

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_SHOWN, _GROUP = 16, 4


@dataclass(frozen=True, slots=True)
class Signature:
    """A name written on a form in somebody's place of signature; the words are None once erased."""

    field: Any
    words: str | None


@dataclass(frozen=True, slots=True)
class Signed:
    """One form or version: ``mark`` is the short fingerprint, ``sound`` whether it still fits what is kept, None if unknown."""

    what: Text
    round: int
    at: datetime
    person: str
    on_behalf_of: str | None
    written: tuple[Signature, ...]
    digest: str
    sound: bool | None

    @property
    def mark(self) -> str:
        """The beginning of the digest in groups that can be read aloud."""
        return " ".join(self.digest[place : place + _GROUP] for place in range(0, _SHOWN, _GROUP))


def signatures(reader: Reader, actor: Actor, case: Head) -> tuple[Signed, ...]:
    """The signatures of a case that the actor was shown, the newest first."""
    entries = _entries(reader, actor, case)
    hidden = withheld(actor, case.procedure, case.estate_id)
    apart = kept_apart(actor, case.procedure, case.estate_id)
    forms = (_form(case, row, entries, hidden) for row in submitted(reader, actor, case) if row.element_id not in apart)
    return tuple(sorted([*forms, *_versions(reader, case)], key=lambda one: one.at, reverse=True))


def _entries(reader: Reader, actor: Actor, case: Head) -> dict[str, Any]:
    """By submission: the digest that its entry names, the entry's hash, whether that is sound, and for whom it was done."""
    found = {}
    for row in read(reader, actor, case):
        for event in row.told:
            if event.get("submission_id"):
                found[str(event["submission_id"])] = (event.get("submission_digest"), row)
    return found


def _form(case: Head, row: Any, entries: dict[str, Any], hidden: frozenset[str]) -> Signed:
    digest, entry = entries.get(row.id, (None, None))
    kept = sha256(row.plain.encode()).hexdigest()
    return Signed(
        what=case.procedure.form_names.get(row.form) or case.procedure.label(row.element_id),
        round=row.round,
        at=row.at,
        person=row.name or row.person_id,
        on_behalf_of=entry.on_behalf_of if entry else None,
        written=tuple(_written(case, loads(row.personal), loads(row.plain), hidden)),
        digest=entry.hash if entry else kept,
        sound=(entry.sound and digest == kept) if entry else None,
    )


def _written(case: Head, personal: dict[str, str], plain: dict[str, Any], hidden: Iterable[str]) -> Iterator[Signature]:
    for key in (*personal, *plain):
        field = case.procedure.vocabulary.get(key)
        if field is None or field.type != "signature" or key in hidden:
            continue
        words = case.apart.read([personal[key]]).get(personal[key]) if key in personal else plain[key]
        if words or key in personal:
            yield Signature(field, str(words) if words else None)


def _versions(reader: Reader, case: Head) -> Iterator[Signed]:
    """The signatures under versions that this case, a review, brought about."""
    columns = procedure_version.c
    if case.procedure.intake.task and not case.is_historic:
        # A complaint proposes no version.
        return
    query = sa.select(columns.number, columns.signatures).where(columns.review_case_id == case.case_id)
    for row in reader.connection.execute(query):
        for one in loads(row.signatures) if row.signatures else ():
            part = PARTS[one["part"]]
            what = Text(f"规程第 {row.number} 版（{part.zh}）", f"version {row.number} of the procedure ({part.en})")
            yield Signed(what, 1, datetime.fromisoformat(one["at"]), one["name"], None, (), one["statement"], None)
