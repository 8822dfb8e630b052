"""What one document of a case says at this moment: its standing blocks, the values they show, and who signed which step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import NotFound
from engine.queries.case_file import Head, head
from engine.queries.case_values import current_values
from engine.queries.documents.issued import next_ordinal
from engine.queries.references import Names, named
from engine.storage.tables import cases, estate, payload, person, submission

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH_DOCUMENT = Text("这件投诉没有这份文书。", "This case has no such document.")
NOT_REDACTED = Text(
    "还没有人确认已隐去个人信息，这份文书现在不能公开。",
    "Nobody has confirmed yet that the personal data was removed: this cannot be made public now.",
)
#: Numbers of mobile telephones and of identity cards, wherever they stand.
_TELLING_NUMBERS = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")
#: Columns of the register that say who complained; their values must not stand in what everybody reads.
_WHO = ("complainant_name", "complainant_phone", "address")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Signed:
    """One step done: by whom, in which role, when, for whom."""

    element_id: str
    step: Text
    role: Text | None
    name: str
    on_behalf_of: str | None
    at: datetime
    round: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document as the case stands at ``rev``; ``number`` is what it would bear, ``obstacle`` why it cannot be issued."""

    document: Any
    case: Head
    rev: int
    estate_code: str
    blocks: tuple[Any, ...]
    values: Mapping[str, Value]
    erased: frozenset[str]
    names: Names
    signed: tuple[Signed, ...]
    ordinal: int
    number: str
    printed_by: str
    printed_at: datetime
    obstacle: Text | None = None


def drawn(reader: Reader, actor: Actor, case_id: str, key: str) -> Drawn:
    """A document of a case that the actor may read; NotFound when its version has none of that key."""
    case = head(reader, actor, case_id)
    document = case.procedure.documents.get(key) if case.version_id else None
    if document is None:
        raise NotFound(NO_SUCH_DOCUMENT)
    vocabulary = case.procedure.vocabulary
    values, erased = _values(reader, actor, case)
    blocks = document.standing(values, case.procedure.names, reader.now, reader.zone)
    ordinal = next_ordinal(reader, actor, case, key)
    code, rev = _place(reader, case)
    year = reader.now.astimezone(reader.zone).year
    number = document.number.format(case=case.number, number=ordinal, estate=code, year=year)
    return Drawn(
        document=document,
        case=case,
        rev=rev,
        estate_code=code,
        blocks=blocks,
        values=values,
        erased=erased,
        names=named(reader, actor, _pairs(vocabulary, values)),
        signed=_signatures(reader, case, blocks),
        ordinal=ordinal,
        number=number,
        printed_by=actor.name,
        printed_at=reader.now,
        obstacle=_obstacle(document, case, values),
    )


def _values(reader: Reader, actor: Actor, case: Head) -> tuple[dict[str, Value], frozenset[str]]:
    """What may be printed, and the keys of what was erased; restricted entries are in neither."""
    found = current_values(reader, actor, case.case_id)
    open_to_readers = {key for key, field in case.procedure.vocabulary.items() if not field.sensitivity}
    gone = sa.select(payload.c.field).where(payload.c.stream_id == case.case_id, payload.c.erased_at.is_not(None))
    erased = {key for key in reader.connection.execute(gone.distinct()).scalars() if found.get(key) is None}
    return {key: found.get(key) for key in open_to_readers}, frozenset(erased & open_to_readers)


def _place(reader: Reader, case: Head) -> tuple[str, int]:
    code = reader.connection.execute(sa.select(estate.c.code).where(estate.c.id == case.estate_id)).scalar()
    rev = reader.connection.execute(sa.select(cases.c.rev).where(cases.c.id == case.case_id)).scalar_one()
    return str(code or case.estate_id), int(rev)


def _pairs(vocabulary: Mapping[str, Any], values: Mapping[str, Value]) -> Iterator[tuple[Any, Value]]:
    for key, value in values.items():
        yield vocabulary[key], value
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        yield from ((vocabulary[part], entry) for row in rows for part, entry in row.items() if part in vocabulary)


def _signatures(reader: Reader, case: Head, blocks: Iterable[Any]) -> tuple[Signed, ...]:
    """Who did which step, oldest first; steps that are nobody else's business are left out."""
    if not any(block.kind == "signatures" for block in blocks):
        return ()
    whom = person.alias()
    query = sa.select(submission, person.c.name, whom.c.name.label("whom")).where(submission.c.case_id == case.case_id)
    query = query.outerjoin(person, person.c.id == submission.c.person_id).outerjoin(whom, whom.c.id == submission.c.on_behalf_of)
    rows = reader.connection.execute(query.order_by(submission.c.at, submission.c.id)).all()
    return tuple(_signed(case.procedure, row) for row in rows if not _is_restricted(case.procedure, row))


def _is_restricted(procedure: Any, row: Any) -> bool:
    element = procedure.elements.get(row.element_id)
    return element is not None and bool(element.sensitivity)


def _signed(procedure: Any, row: Any) -> Signed:
    element = procedure.elements.get(row.element_id)
    role = procedure.roles.get(element.role) if element and element.role else None
    return Signed(
        element_id=row.element_id,
        step=procedure.label(row.element_id),
        role=role.label if role else None,
        name=row.name or row.person_id,
        on_behalf_of=row.whom,
        at=row.at,
        round=row.round,
    )


def _obstacle(document: Any, case: Head, values: Mapping[str, Value]) -> Text | None:
    """Why what everybody may read cannot be issued: nobody says that it was redacted, or it still tells who complained."""
    public = document.public
    if public is None:
        return None
    if values.get(public.confirmed_by) is not True:
        return NOT_REDACTED
    published = "\n".join(str(values.get(key) or "") for key in public.redacted)
    vocabulary, register = case.procedure.vocabulary, case.procedure.register
    who = {vocabulary[key].label: values.get(key) for key in map(register.get, _WHO) if key in vocabulary}
    told = [label for label, value in who.items() if isinstance(value, str) and len(value) >= _SHORTEST and value in published]
    if told:
        return Text(
            f"要公开的内容里还写着{'、'.join(label.zh for label in told)}，请先更正。",
            f"What is to be made public still tells: {', '.join(label.en for label in told)}. Correct it first.",
        )
    number = _TELLING_NUMBERS.search(published)
    return _number_told(number[0]) if number else None


def _number_told(number: str) -> Text:
    shown = f"{number[:3]}…"
    return Text(
        f"要公开的内容里有一个像手机号或身份证号的数字（{shown}），请先更正。",
        f"What is to be made public holds what looks like a telephone or identity number ({shown}). Correct it first.",
    )
