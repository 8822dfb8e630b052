"""Everything that a review decides by, as one report: what was said, what changes, what was late, where nobody came, by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.calendar.schedules import Period
from engine.domain.actor import COMPANY, Actor
from engine.domain.text import Text
from engine.procedure import Bundle
from engine.procedure.check.manifest import PROPOSALS
from engine.queries.case_values import current_values
from engine.queries.procedure.versions import may_change
from engine.queries.reports.asking import Asked
from engine.queries.reports.pages import Figures, Report, of_case
from engine.queries.reports.reviewing import by_hand, late, remembering, unused
from engine.queries.reports.reviewing import words as w
from engine.queries.reports.reviewing.made import Made, made, version_of
from engine.queries.reports.reviewing.points import points
from engine.queries.reports.reviewing.told import told
from engine.queries.reports.shown import Cell, Column, Table
from engine.queries.reports.shown.words import POINTS
from engine.queries.sensitive import withheld
from engine.storage.tables import replay_run

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_LIST, _LONG, _DONE, _OPEN = "list", "longtext", "done", "open"
_TITLE = Text("复审资料", "Review pack")
#: The parts in the order of reading, each named in ``shown.words.KINDS``; the figures as they were drawn up then come last.
SAID, CHANGE, LATE, UNUSED, BY_HAND = "pack_said", "pack_change", "pack_late", "pack_unused", "pack_by_hand"

#: Instead of all that was not used, of a period without a complaint.
_NOTHING = Table("nothing_handled", w.UNUSED_POINT, (w.STEP,), (), empty=w.NO_COMPLAINTS)


def pack(reader: Reader, actor: Actor, case_id: str) -> Report:
    """The report of a review with all that belongs to it, of any other case its report alone; NotFound where it may not be read.

    What is counted anew is counted over the complaints that the actor may read; what is restricted is told to those
    who work with it; drafts and replays of drafts are for owners.
    """
    report = of_case(reader, actor, case_id)
    version_id = version_of(reader, actor, case_id)
    review = made(reader, actor, case_id, version_id) if report.decides else None
    if review is None:
        return report
    procedure, values = reader.catalogue.get(version_id).procedure, current_values(reader, actor, case_id)
    kept = report.figures[0]
    period = Period(kept.period_start, kept.period_end)
    asked = Asked(reader, actor, procedure, period, period, COMPANY)
    closed = report.status != _OPEN
    hidden = withheld(actor, procedure, COMPANY)
    shown = {key: known for key, known in procedure.vocabulary.items() if not known.personal and key not in hidden}
    said = tuple(_lists(shown, values, closed))
    parts = {SAID: said, CHANGE: tuple(_change(reader, actor, review, closed)), **remembering.once(asked, _counted)}
    summed_up = points(review, closed, (table for some in parts.values() for table in some), said, reader.zone)
    parts = {POINTS: (summed_up,), **parts}
    gathered = (Figures(kind, kept.period_start, kept.period_end, reader.now, {}, tables) for kind, tables in parts.items())
    return replace(
        report, heading=_TITLE, figures=(*gathered, *report.figures), written=(*report.written, *_words(procedure, shown, values))
    )


def _counted(asked: Asked) -> dict[str, tuple[Table, ...]]:
    sums = told(asked)
    never = (unused.branches(asked, sums), unused.rows(asked, sums), unused.steps(asked, sums), unused.events(asked, sums))
    return {
        LATE: (late.clauses(asked),),
        # Where there was nothing to handle, a list of all that there is would only hide that.
        UNUSED: never if sums.cases else (_NOTHING,),
        BY_HAND: (by_hand.waivers(asked), by_hand.jumps(sums), by_hand.passed_on(asked), by_hand.done_again(asked)),
    }


def _words(procedure: Any, shown: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[tuple[Text, str | Text]]:
    """What people wrote at the review's tasks, in the order of the vocabulary."""
    inside = {sub for known in procedure.vocabulary.values() for sub in known.of}
    fields = procedure.manifest.source.mapping(PROPOSALS)
    for key, known in shown.items():
        # Whoever gave no reason in English has written the same twice.
        again = key == fields.get("reason_en") and values.get(key) == values.get(str(fields.get("reason_zh")))
        if known.type == _LONG and key not in inside and values.get(key) and not again:
            yield known.label, str(values[key])


def _lists(shown: Mapping[str, Any], values: Mapping[str, Any], closed: bool) -> Iterator[Table]:
    """Each list that is filled in at a task: opinions, feedback with what became of it; those not filled in too."""
    for key, known in shown.items():
        if known.type == _LIST:
            parts = [shown[sub] for sub in known.of if sub in shown]
            columns = tuple(Column(part.key, part.label) for part in parts)
            rows = tuple(tuple(_cell(part, row.get(part.key)) for part in parts) for row in values.get(key) or ())
            yield Table(key, known.label, columns, rows, empty=w.not_filled(known.label, closed))


def _cell(part: Any, value: Any) -> Cell:
    choice = part.choice(value) if part.choices else None
    return choice.label if choice else "" if value is None else str(value)


def _change(reader: Reader, actor: Actor, review: Made, closed: bool) -> Iterator[Table]:
    both = review.proposal or review.pending
    rows: tuple[tuple[Cell, ...], ...] = tuple((one.text, one.file) for one in (both.changes if both else ()))
    yield Table("change", w.CHANGE, (w.CHANGED, w.FILE), rows, empty=w.NO_CHANGE_MADE if closed else w.NO_CHANGE)
    if both is not None and (review.proposal or may_change(reader, actor, both.key)):
        evidence = review.proposal.evidence if review.proposal else None
        kept = [one.run_id for one in evidence.replays] if evidence else []
        yield _replayed(reader, both.after, kept)


def _replayed(reader: Reader, bundle: Bundle, kept: Sequence[str]) -> Table:
    """What the latest finished replay of exactly these files came to, or of them as their draft wrote them (``kept``)."""
    run = replay_run.c
    these = sa.or_(run.digest == bundle.digest, run.id.in_(kept))
    query = sa.select(run.totals).where(these, run.state == _DONE, run.totals.is_not(None))
    totals = reader.connection.execute(query.order_by(run.requested_at.desc()).limit(1)).scalar()
    sums = json.loads(totals) if totals else {}
    rows: tuple[tuple[Cell, ...], ...] = tuple((name, int(sums.get(key) or 0)) for key, name in w.TOTALS.items() if sums)
    return Table("replay", w.REPLAY, (w.WHAT, w.TIMES), rows, empty=w.NO_REPLAY)
