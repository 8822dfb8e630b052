"""Everything that a review decides by, as one report: figures, what was found, what was said, what changes and how it replays."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.calendar.schedules import Period
from engine.domain.actor import COMPANY, Actor
from engine.domain.text import Text
from engine.procedure import Bundle
from engine.procedure.check.manifest import PROPOSALS
from engine.queries.case_values import current_values
from engine.queries.procedure.versions import may_change, told, version_bundle
from engine.queries.reports.asking import Asked
from engine.queries.reports.pages import Figures, Report, of_case
from engine.queries.reports.reviewing import found
from engine.queries.reports.reviewing import words as w
from engine.queries.reports.shown import Cell, Column, Table
from engine.storage.tables import cases, procedure_draft, procedure_version, replay_run

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_LIST, _LONG, _DONE = "list", "longtext", "done"
#: What is gathered now, beside the figures as they were drawn up then.
_KIND = "pack"
_TITLE = Text("复审资料", "Review pack")


def pack(reader: Reader, actor: Actor, case_id: str) -> Report:
    """The report of a review with all that belongs to it, of any other case its report alone; NotFound where it may not be read.

    What is counted anew is counted over the complaints that the actor may read; drafts and replays are shown to owners alone.
    """
    report = of_case(reader, actor, case_id)
    procedure = reader.catalogue.get(_version_of(reader, case_id)).procedure
    proposing = procedure.manifest.source.mapping(PROPOSALS)
    if not report.decides:
        return report
    kept = report.figures[0]
    values = current_values(reader, actor, case_id)
    asked = _asked(reader, actor, procedure, kept)
    more = (*_lists(procedure, values), *_change(reader, actor, case_id, proposing, values), *found.tables(asked))
    gathered = Figures(_KIND, kept.period_start, kept.period_end, reader.now, {}, more)
    return replace(
        report, heading=_TITLE, figures=(gathered, *report.figures), written=(*report.written, *_words(procedure, values))
    )


def _version_of(reader: Reader, case_id: str) -> str:
    return str(reader.connection.execute(sa.select(cases.c.version_id).where(cases.c.id == case_id)).scalar())


def _asked(reader: Reader, actor: Actor, procedure: Any, kept: Figures) -> Asked:
    period = Period(kept.period_start, kept.period_end)
    return Asked(reader, actor, procedure, period, period, COMPANY)


def _words(procedure: Any, values: Mapping[str, Any]) -> Iterator[tuple[Text, str | Text]]:
    """What people wrote at the review's tasks, in the order of the vocabulary."""
    inside = {sub for known in procedure.vocabulary.values() for sub in known.of}
    for key, known in procedure.vocabulary.items():
        if known.type == _LONG and key not in inside and not known.personal and values.get(key):
            yield known.label, str(values[key])


def _lists(procedure: Any, values: Mapping[str, Any]) -> Iterator[Table]:
    """Each list that was filled in: opinions, feedback with what became of it."""
    for key, known in procedure.vocabulary.items():
        if known.type == _LIST and not known.personal and values.get(key):
            parts = [procedure.vocabulary[sub] for sub in known.of if sub in procedure.vocabulary]
            columns = tuple(Column(part.key, part.label) for part in parts)
            rows = tuple(tuple(_cell(part, row.get(part.key)) for part in parts) for row in values[key])
            yield Table(key, known.label, columns, rows)


def _cell(part: Any, value: Any) -> Cell:
    choice = part.choice(value) if part.choices else None
    return choice.label if choice else "" if value is None else str(value)


def _change(
    reader: Reader, actor: Actor, case_id: str, proposing: Mapping[str, Any], values: Mapping[str, Any]
) -> Iterator[Table]:
    both = _proposed(reader, actor, case_id) or _drafted(reader, actor, values.get(str(proposing.get("draft"))))
    if both is None:
        return
    key, before, after = both
    rows: tuple[tuple[Cell, ...], ...] = tuple((one.text, one.file) for one in told(before, after).changes)
    yield Table("change", w.CHANGE, (w.CHANGED, w.FILE), rows)
    if may_change(reader, actor, key):
        yield from _replayed(reader, after.digest)


def _proposed(reader: Reader, actor: Actor, case_id: str) -> tuple[str, Bundle, Bundle] | None:
    """The version that the review has proposed, and the one that it changes."""
    version = procedure_version.c
    query = sa.select(procedure_version).where(version.review_case_id == case_id, version.withdrawn_at.is_(None))
    row = reader.connection.execute(query.order_by(version.number.desc()).limit(1)).first()
    if row is None or row.base_number is None:
        return None
    before = version_bundle(reader, actor, row.procedure_key, row.base_number)
    return row.procedure_key, before, Bundle.from_bytes(row.bundle)


def _drafted(reader: Reader, actor: Actor, draft_id: Any) -> tuple[str, Bundle, Bundle] | None:
    """The draft that the review was begun with, for those who may read it."""
    row = reader.connection.execute(sa.select(procedure_draft).where(procedure_draft.c.id == str(draft_id or ""))).first()
    if row is None or not may_change(reader, actor, row.procedure_key):
        return None
    before = version_bundle(reader, actor, row.procedure_key, row.base_number)
    return row.procedure_key, before, Bundle.from_bytes(row.bundle)


def _replayed(reader: Reader, digest: str) -> Iterator[Table]:
    """What the latest finished replay of exactly these files came to."""
    run = replay_run.c
    query = sa.select(run.totals).where(run.digest == digest, run.state == _DONE, run.totals.is_not(None))
    totals = reader.connection.execute(query.order_by(run.requested_at.desc()).limit(1)).scalar()
    if totals:
        sums = json.loads(totals)
        rows: tuple[tuple[Cell, ...], ...] = tuple((name, int(sums.get(key) or 0)) for key, name in w.TOTALS.items())
        yield Table("replay", w.REPLAY, (w.WHAT, w.TIMES), rows)
