"""Documents that were issued: those of one case, the log of an estate and year, and the bytes of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries import scope
from engine.queries.case_file import Head
from engine.queries.labels import estate_name
from engine.storage.tables import estate, issued_document, person, register_entry

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH_DOCUMENT = Text("没有这份文书，或者它不归您看。", "There is no such document, or it is not yours to see.")
REMOVED = Text(
    "这份文书的文件已随个人信息删除，只留下发放记录。",
    "The file of this document went with the personal data; only the record of its issue is kept.",
)
PAGE = 50
_columns, _entry = issued_document.c, register_entry.c


@dataclass(frozen=True, slots=True)
class Issued:
    """One document in the log; the file is gone from ``removed_at`` on."""

    id: str
    case_id: str
    case_number: str
    estate: Text
    kind: str
    title: Text
    number: str
    language: str
    sha256: str
    size: int
    person: str
    at: datetime
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Log:
    """One page of the log: what may be narrowed down to, and the rows; ``total`` counts all of them."""

    rows: tuple[Issued, ...]
    total: int
    page: int
    estates: tuple[tuple[str, Text], ...]
    years: tuple[int, ...]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def next_ordinal(reader: Reader, actor: Actor, case: Head, kind: str) -> int:
    """Which number the next document of a kind gets in a case that the actor was shown."""
    last = sa.select(sa.func.max(_columns.ordinal)).where(_columns.case_id == case.case_id, _columns.kind == kind)
    return int(reader.connection.execute(last).scalar() or 0) + 1


def issued_of(reader: Reader, actor: Actor, case: Head) -> tuple[Issued, ...]:
    """What was issued of a case that the actor was shown, newest first."""
    rows = reader.connection.execute(_listed().where(_columns.case_id == case.case_id))
    return tuple(map(_issued, rows))


def issue_log(reader: Reader, actor: Actor, estate_id: str | None = None, year: int | None = None, page: int = 1) -> Log:
    """Every document issued of cases that the actor may read, newest first, of an estate and a year where they are given."""
    everything = _listed().where(scope.may_read_case(actor, _entry.case_id, _entry.estate_id, _entry.department))
    narrowed = everything if estate_id is None else everything.where(_columns.estate_id == estate_id)
    if year is not None:
        starts, ends = (datetime(one, 1, 1, tzinfo=reader.zone).astimezone(UTC) for one in (year, year + 1))
        narrowed = narrowed.where(_columns.at >= starts, _columns.at < ends)
    total = reader.connection.execute(sa.select(sa.func.count()).select_from(narrowed.order_by(None).subquery())).scalar_one()
    shown = max(1, min(page, -(-total // PAGE)))
    rows = reader.connection.execute(narrowed.limit(PAGE).offset((shown - 1) * PAGE))
    return Log(tuple(map(_issued, rows)), total, shown, *_choices(reader, everything))


def _choices(reader: Reader, everything: sa.Select[Any]) -> tuple[tuple[tuple[str, Text], ...], tuple[int, ...]]:
    """The estates and the years, the latest first, of which there is anything."""
    listed = everything.order_by(None).subquery()
    found = listed.c
    query = sa.select(found.estate_id, found.estate_zh, found.estate_en, sa.func.min(found.at), sa.func.max(found.at))
    rows = reader.connection.execute(query.group_by(found.estate_id, found.estate_zh, found.estate_en)).all()
    years = {moment.astimezone(reader.zone).year for row in rows for moment in row[3:]}
    estates = sorted(((row.estate_id, estate_name(row)) for row in rows), key=lambda one: one[1].zh)
    return tuple(estates), tuple(range(max(years), min(years) - 1, -1)) if years else ()


def content(reader: Reader, actor: Actor, case_id: str, document_id: str) -> tuple[Issued, bytes]:
    """An issued document of a case that the actor may read, with the bytes that were issued; NotFound under any other case."""
    readable = scope.may_read_case(actor, _entry.case_id, _entry.estate_id, _entry.department)
    row = reader.connection.execute(_listed().where(_columns.id == document_id, _columns.case_id == case_id, readable)).first()
    if row is None:
        raise NotFound(NO_SUCH_DOCUMENT)
    found = _issued(row)
    if found.removed_at is not None:
        raise NotFound(REMOVED)
    return found, reader.files.get(found.sha256)


def _listed() -> sa.Select[Any]:
    joined = issued_document.join(register_entry, _entry.case_id == _columns.case_id)
    joined = joined.outerjoin(person, person.c.id == _columns.person_id).outerjoin(estate, estate.c.id == _columns.estate_id)
    names = (estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"), person.c.name.label("person"))
    query = sa.select(issued_document, _entry.number.label("case_number"), *names).select_from(joined)
    return query.order_by(_columns.at.desc(), _columns.id.desc())


def _issued(row: Any) -> Issued:
    return Issued(
        id=row.id,
        case_id=row.case_id,
        case_number=row.case_number,
        estate=estate_name(row),
        kind=row.kind,
        title=Text(row.title_zh, row.title_en),
        number=row.number,
        language=row.language,
        sha256=row.sha256,
        size=row.size,
        person=row.person or row.person_id,
        at=row.at,
        removed_at=row.removed_at,
    )
