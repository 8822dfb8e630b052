"""A case's reports with their figures and receipts, and what a person has been sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.errors import NotFound
from engine.procedure.beside import plan_figures
from engine.procedure.check.manifest import PROPOSALS
from engine.queries import scope
from engine.queries.case_values import current_values
from engine.queries.labels import estate_name
from engine.queries.register.filters import COMPLAINTS
from engine.queries.reports.naming import Names, names_of
from engine.queries.reports.planned import plans_table
from engine.queries.reports.publishing import for_the_public
from engine.queries.reports.shown import Chart, Table, charts_of, tables_of, trend, words
from engine.queries.sensitive import withheld
from engine.storage.tables import cases, estate, person, receipt, register_entry, report

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH = Text("没有这份报告，或它不归您看。", "There is no such report, or it is not yours to see.")
MOST = 50
#: In procedure.yaml: ``{kind: field that tells which report it is, words: [fields that its writer fills in]}``.
SECTION = "report"
_entry = register_entry.c


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures as they stood when they were drawn up, as tables and charts; ``period_end`` is the midnight after the last day."""

    kind: str
    period_start: datetime
    period_end: datetime
    made_at: datetime
    figures: dict[str, Any]
    tables: tuple[Table, ...] = ()
    charts: Mapping[str, Chart] = field(default_factory=dict)

    @property
    def is_gathered(self) -> bool:
        """Whether they were counted for this reader now, and not drawn up and kept."""
        return not self.figures

    @property
    def leads(self) -> bool:
        """Whether they sum up the others, and are read before all else."""
        return self.kind == words.POINTS

    @property
    def title(self) -> Text:
        """What these figures are called."""
        return words.KINDS.get(self.kind, Text(self.kind, self.kind))


@dataclass(frozen=True, slots=True)
class Receipt:
    """One recipient of a report; ``mine`` says that it waits for the actor's confirmation."""

    id: str
    name: Text
    person: str | None
    sent_at: datetime
    confirmed_at: datetime | None
    confirmed_by: str | None
    mine: bool
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Report:
    """A case's figures, of every kind, with its receipts and what its writer says; ``heading`` tells which report it is.

    ``plans`` are the improvement plans of its days as they stand now, for a report that is about them; ``decides`` says that it
    is a review's, which has a pack.
    """

    case_id: str
    number: str
    title: Text
    heading: Text
    estate: Text
    status: str
    figures: tuple[Figures, ...]
    receipts: tuple[Receipt, ...]
    written: tuple[tuple[Text, str | Text], ...] = ()
    plans: Table | None = None
    decides: bool = False

    @property
    def has_totals(self) -> bool:
        """Whether there is anything that could be told to the public."""
        return any("by" in one.figures for one in self.figures)


def of_case(reader: Reader, actor: Actor, case_id: str) -> Report:
    """The report of a case that the actor may read or was sent; NotFound otherwise."""
    row = _entry_of(reader, actor, case_id)
    procedure = reader.catalogue.get(row.version_id).procedure
    figures = tuple(_with_trend(reader, actor, case_id, one, _charting(reader, row)) for one in _figures(reader, actor, row))
    told, kind = _written(reader, actor, case_id, row.estate_id, procedure)
    where = (procedure.title, kind or procedure.title, estate_name(row), row.status)
    plans = plans_table(reader, actor, row.estate_id, figures[0]) if figures and _tells_of_plans(procedure, figures) else None
    decides = bool(figures and procedure.manifest.source.mapping(PROPOSALS))
    return Report(case_id, row.number, *where, figures, _receipts(reader, actor, case_id), told, plans, decides)


def _tells_of_plans(procedure: Any, figures: tuple[Figures, ...]) -> bool:
    drawn = {figure.draw for figure in plan_figures(procedure).values()}
    return any(one.kind in drawn for one in figures)


def public(reader: Reader, actor: Actor, case_id: str) -> Report:
    """The same report as it may be published: small counts left out, nobody named, no other periods beside it."""
    row = _entry_of(reader, actor, case_id)
    report, names, procedure = of_case(reader, actor, case_id), names_of(reader, actor), _charting(reader, row)
    shown = tuple(_dressed(replace(one, figures=for_the_public(one.figures)), names, procedure) for one in report.figures)
    return replace(report, figures=shown, receipts=(), written=(), plans=None)


def figures_of(reader: Reader, actor: Actor, case_id: str) -> tuple[Figures, ...]:
    """The figures of a case that the actor may read, none for others."""
    row = _found(reader, actor, case_id)
    return _figures(reader, actor, row) if row is not None and row.version_id is not None else ()


def _entry_of(reader: Reader, actor: Actor, case_id: str) -> Any:
    row = _found(reader, actor, case_id)
    if row is None or row.version_id is None:
        raise NotFound(NO_SUCH)
    return row


def _found(reader: Reader, actor: Actor, case_id: str) -> Any:
    joined = register_entry.join(cases, cases.c.id == _entry.case_id).outerjoin(estate, estate.c.id == _entry.estate_id)
    names = (estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"))
    query = sa.select(register_entry, cases.c.version_id, *names)
    return reader.connection.execute(query.select_from(joined).where(_entry.case_id == case_id, _may_see(actor))).first()


def _charting(reader: Reader, row: Any) -> Any:
    """The version whose charts are drawn: how figures look is no part of what was decided, so the newest serves old ones too."""
    return reader.catalogue.in_force(row.procedure_key, reader.now).procedure


def _figures(reader: Reader, actor: Actor, row: Any) -> tuple[Figures, ...]:
    query = sa.select(report).where(report.c.case_id == row.case_id).order_by(report.c.made_at)
    kept = reader.connection.execute(query).all()
    names, procedure = (names_of(reader, actor), _charting(reader, row)) if kept else (None, None)
    made = (Figures(one.kind, one.period_start, one.period_end, one.made_at, loads(one.figures)) for one in kept)
    return tuple(_dressed(one, names, procedure) for one in made)


def _dressed(figures: Figures, names: Names | None, procedure: Any) -> Figures:
    tables = tables_of(figures.figures, names) if names else ()
    return replace(figures, tables=tables, charts=charts_of(procedure, tables))


def _with_trend(reader: Reader, actor: Actor, case_id: str, figures: Figures, procedure: Any) -> Figures:
    found = trend(reader, actor, case_id, figures.kind, (figures.period_start, figures.period_end))
    if found is None:
        return figures
    first, *others = figures.tables
    charts = {**figures.charts, **charts_of(procedure, (found,))}
    return replace(figures, tables=(first, found, *others), charts=charts)


def _written(
    reader: Reader, actor: Actor, case_id: str, estate_id: str, procedure: Any
) -> tuple[tuple[tuple[Text, str | Text], ...], Text | None]:
    """What the writer filled in, and which report it is."""
    section = procedure.manifest.source.mapping(SECTION)
    keys = [str(key) for key in section.get("words") or () if key in procedure.vocabulary]
    kind = procedure.vocabulary.get(str(section.get("kind") or ""))
    if not keys and kind is None:
        return (), None
    values, hidden = current_values(reader, actor, case_id), withheld(actor, procedure, estate_id)
    told = ((procedure.vocabulary[key], values.get(key)) for key in keys if key not in hidden)
    chosen = kind.choice(values.get(kind.key)) if kind is not None else None
    return tuple((one.label, _said(one, value)) for one, value in told if value), chosen.label if chosen else None


def _said(known: Any, value: Any) -> str | Text:
    choice = known.choice(value) if known.choices else None
    return choice.label if choice else str(value)


@dataclass(frozen=True, slots=True)
class Listed:
    """A report, review or sealing in the list, with its figures' kind; ``waiting``: the actor is to confirm its receipt."""

    case_id: str
    number: str
    title: Text
    estate: Text
    status: str
    registered_at: datetime
    period_start: datetime | None
    period_end: datetime | None
    kind: str | None
    waiting: bool


def recent(reader: Reader, actor: Actor) -> tuple[Listed, ...]:
    """The newest reports, reviews and sealings that the actor may read or was sent, those to be confirmed first."""
    mine = sa.and_(receipt.c.case_id == _entry.case_id, receipt.c.person_id == actor.person_id, receipt.c.confirmed_at.is_(None))
    waiting = sa.exists().where(mine).label("waiting")
    period = (sa.func.min(report.c.period_start).label("start"), sa.func.max(report.c.period_end).label("end"))
    kind = sa.func.max(report.c.kind).label("kind")
    spans = sa.select(report.c.case_id, *period, kind).group_by(report.c.case_id).subquery()
    joined = (
        register_entry.join(cases, cases.c.id == _entry.case_id)
        .outerjoin(estate, estate.c.id == _entry.estate_id)
        .outerjoin(spans, spans.c.case_id == _entry.case_id)
    )
    names = (cases.c.version_id, estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"))
    query = sa.select(register_entry, *names, spans.c.start, spans.c.end, spans.c.kind, waiting).select_from(joined)
    query = query.where(_entry.series.not_in(COMPLAINTS), _may_see(actor))
    rows = reader.connection.execute(query.order_by(waiting.desc(), _entry.registered_at.desc(), _entry.number).limit(MOST))
    return tuple(_listed(reader, row) for row in rows)


def _listed(reader: Reader, row: Any) -> Listed:
    title = reader.catalogue.get(row.version_id).procedure.title
    where = (row.case_id, row.number, title, estate_name(row), row.status, row.registered_at)
    return Listed(*where, row.start, row.end, row.kind, bool(row.waiting))


def _may_see(actor: Actor) -> ColumnElement[bool]:
    sent = sa.exists().where(receipt.c.case_id == _entry.case_id, receipt.c.person_id == actor.person_id)
    return sa.or_(scope.may_read_case(actor, _entry.case_id, _entry.estate_id, _entry.department), sent)


def _receipts(reader: Reader, actor: Actor, case_id: str) -> tuple[Receipt, ...]:
    whose, receiver = person.alias("whose"), person.alias("receiver")
    joined = receipt.outerjoin(whose, whose.c.id == receipt.c.person_id)
    joined = joined.outerjoin(receiver, receiver.c.id == receipt.c.confirmed_by)
    query = sa.select(receipt, whose.c.name.label("whose"), receiver.c.name.label("receiver")).select_from(joined)
    rows = reader.connection.execute(query.where(receipt.c.case_id == case_id).order_by(receipt.c.sent_at, receipt.c.id))
    return tuple(
        Receipt(
            row.id, Text(row.name_zh, row.name_en), row.whose, row.sent_at, row.confirmed_at, row.receiver,
            row.confirmed_at is None and row.person_id == actor.person_id, row.confirmed_at is None and row.person_id is None,
        )
        for row in rows
    )  # fmt: skip
