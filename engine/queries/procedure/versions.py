"""Every version of a procedure with its record: proposed, signed by whom, in force from when, how it differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.errors import NotFound
from engine.procedure import Bundle
from engine.procedure.diff import Comparison, compare
from engine.procedure.diff.losses import Evidence, Obstacle, evidence_from
from engine.procedure.exchange.parts import PARTS
from engine.procedure.exchange.release import released
from engine.procedure.exchange.signers import has_signed, is_owner, may_sign, next_part, signatures_in
from engine.queries import scope
from engine.storage.tables import cases, person, procedure_version, register_entry, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH_VERSION = Text("没有这一版规程。", "There is no such version of the procedure.")
NO_SUCH_FILE = Text("这一版没有这个文件。", "This version has no such file.")
_APPROVER = next(reversed(PARTS))
_columns = procedure_version.c


@dataclass(frozen=True, slots=True)
class SignedBy:
    """One signature: as what, by whom, when."""

    part: Text
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiver:
    """Something that stood against a version and was allowed to stand: by whom, when and why."""

    text: Text
    name: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A version's record; ``state`` is proposed, taken_back, coming, in_force or past; ``may_…`` tells of the reader.

    ``to_waive`` is what still stands against it (an approver's own list: what another approver waived is theirs to waive
    anew), ``task_id`` the reader's own task of the review at which it is signed, ``review_reads`` whether the review is theirs
    to read.
    """

    version_id: str
    procedure_key: str
    number: int
    state: str
    provenance: str
    reason: Text
    effective_at: datetime
    digest: str
    base_number: int | None
    proposed_by: str | None
    proposed_at: datetime | None
    signatures: tuple[SignedBy, ...]
    awaits: Text | None
    open_cases: int
    may_sign: bool
    may_withdraw: bool
    review_case_id: str | None = None
    review_number: str | None = None
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    evidence: Evidence | None = None
    waivers: tuple[Waiver, ...] = ()
    to_waive: tuple[Obstacle, ...] = ()
    may_waive: bool = False
    task_id: str | None = None
    review_reads: bool = False


def versions(reader: Reader, actor: Actor, key: str) -> tuple[Recorded, ...]:
    """Every version of a procedure, the newest first; all staff may read them. NotFound for an unknown procedure."""
    rows = list(reader.connection.execute(_query(key).order_by(_columns.number.desc())).mappings())
    if not rows:
        raise NotFound(NO_SUCH_VERSION)
    return tuple(_recorded(reader, actor, dict(row)) for row in rows)


def recorded(reader: Reader, actor: Actor, key: str, number: int) -> Recorded:
    """One version; NotFound when there is none of that number."""
    return _recorded(reader, actor, _row(reader, key, number))


def title(reader: Reader, actor: Actor, key: str) -> Text:
    """What the procedure is called; NotFound for an unknown one."""
    latest = reader.catalogue.latest(key)
    if latest is None:
        raise NotFound(NO_SUCH_VERSION)
    name: Text = latest.procedure.title
    return name


def may_change(reader: Reader, actor: Actor, key: str) -> bool:
    """Whether the actor may propose changes to the procedure."""
    latest = reader.catalogue.latest(key)
    return actor.administrator if latest is None else is_owner(actor, latest.procedure)


def archive(reader: Reader, actor: Actor, key: str, number: int) -> bytes:
    """A version's files with its record, as a zip archive."""
    return released(_row(reader, key, number), reader.zone).to_bytes()


def version_bundle(reader: Reader, actor: Actor, key: str, number: int) -> Bundle:
    """A version's files as it keeps them."""
    return Bundle.from_bytes(_row(reader, key, number)["bundle"])


def version_file(reader: Reader, actor: Actor, key: str, number: int, path: str) -> bytes:
    """One file of a version; NotFound where it has none of that name."""
    files = version_bundle(reader, actor, key, number).files
    if path not in files:
        raise NotFound(NO_SUCH_FILE)
    return files[path]


def differences(reader: Reader, actor: Actor, key: str, number: int) -> Comparison | None:
    """How a version differs from the one it changes; None when it is the first."""
    row = _row(reader, key, number)
    if row["base_number"] is None:
        return None
    base = _row(reader, key, row["base_number"])
    return told(Bundle.from_bytes(base["bundle"]), Bundle.from_bytes(row["bundle"]))


@lru_cache(maxsize=32)
def told(before: Bundle, after: Bundle) -> Comparison:
    """What differs between two bundles, worked out once."""
    return compare(before, after)


def _query(key: str) -> sa.Select[Any]:
    running = sa.select(sa.func.count()).select_from(cases).where(cases.c.version_id == _columns.id, sa.not_(cases.c.closed))
    query = sa.select(procedure_version, person.c.name.label("proposer"), running.scalar_subquery().label("open_cases"))
    review = sa.select(register_entry.c.number).where(register_entry.c.case_id == _columns.review_case_id)
    query = query.add_columns(review.scalar_subquery().label("review_number"))
    return query.outerjoin(person, person.c.id == _columns.proposed_by).where(_columns.procedure_key == key)


def _row(reader: Reader, key: str, number: int) -> Mapping[str, Any]:
    row = reader.connection.execute(_query(key).where(_columns.number == number)).mappings().first()
    if row is None:
        raise NotFound(NO_SUCH_VERSION)
    return dict(row)


def _recorded(reader: Reader, actor: Actor, row: Mapping[str, Any]) -> Recorded:
    signatures = signatures_in(row["signatures"])
    part = next_part(signatures) if row["published_at"] is None else None
    state = _state(reader, row)
    latest = reader.catalogue.latest(row["procedure_key"])
    ruled_by = (latest or reader.catalogue.get(row["id"])).procedure
    waits = part is not None and state == "proposed"
    found = evidence_from(loads(row["evidence"])) if row["evidence"] else None
    waived: dict[str, dict[str, str]] = dict(loads(row["waivers"])) if row["waivers"] else {}
    may_waive = state == "proposed" and may_sign(actor, _APPROVER, ruled_by) and not has_signed(actor, signatures)
    settled = {key for key, one in waived.items() if not may_waive or one["person"] == actor.person_id}
    return Recorded(
        version_id=row["id"],
        procedure_key=row["procedure_key"],
        number=row["number"],
        state=state,
        provenance=row["provenance"],
        reason=Text(row["reason_zh"], row["reason_en"]),
        effective_at=max(row["effective_at"], row["published_at"] or row["effective_at"]),
        digest=row["digest"],
        base_number=row["base_number"],
        proposed_by=row["proposer"],
        proposed_at=row["proposed_at"],
        signatures=tuple(SignedBy(PARTS[one["part"]], one["name"], datetime.fromisoformat(one["at"])) for one in signatures),
        awaits=PARTS[part] if part and waits else None,
        open_cases=row["open_cases"],
        # What a review proposes is signed by its tasks.
        may_sign=waits
        and part is not None
        and row["review_case_id"] is None
        and may_sign(actor, part, ruled_by)
        and not has_signed(actor, signatures),
        review_case_id=row["review_case_id"],
        review_number=row["review_number"],
        published_at=row["published_at"],
        withdrawn_at=row["withdrawn_at"],
        evidence=found,
        waivers=tuple(_waivers(found, waived)),
        to_waive=tuple(one for one in found.obstacles if one.key not in settled) if found and state == "proposed" else (),
        may_waive=may_waive,
        task_id=_task(reader, actor, row["review_case_id"]) if waits else None,
        may_withdraw=waits and is_owner(actor, ruled_by),
        review_reads=_reads(reader, actor, row["review_case_id"]),
    )


def _waivers(found: Evidence | None, waived: Mapping[str, Mapping[str, str]]) -> Iterator[Waiver]:
    for one in found.obstacles if found else ():
        if one.key in waived:
            given = waived[one.key]
            yield Waiver(one.text, given["name"], datetime.fromisoformat(given["at"]), given["reason"])


def _task(reader: Reader, actor: Actor, case_id: str | None) -> str | None:
    """The open task of the review that the reader may do; which it is, its form says."""
    item = work_item.c
    query = sa.select(item.id).where(item.case_id == case_id, item.status == "open", scope.may_do_item(actor))
    return None if case_id is None else reader.connection.execute(query.order_by(item.opened_at).limit(1)).scalar()


def _reads(reader: Reader, actor: Actor, case_id: str | None) -> bool:
    entry = register_entry.c
    query = sa.select(entry.case_id).where(
        entry.case_id == case_id, scope.may_read_case(actor, entry.case_id, entry.estate_id, entry.department)
    )
    return case_id is not None and reader.connection.execute(query).first() is not None


def _state(reader: Reader, row: Mapping[str, Any]) -> str:
    if row["withdrawn_at"] is not None:
        return "taken_back"
    if row["published_at"] is None:
        return "proposed"
    if max(row["effective_at"], row["published_at"]) > reader.now:
        return "coming"
    return "in_force" if reader.catalogue.in_force(row["procedure_key"], reader.now).version_id == row["id"] else "past"
