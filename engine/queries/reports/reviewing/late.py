"""What was late and what was passed over in a period, by the clause that asks for it."""

from __future__ import annotations

from collections import Counter, defaultdict

import sqlalchemy as sa

from engine.domain.text import Text
from engine.queries.reports import measuring
from engine.queries.reports.asking import Asked, within
from engine.queries.reports.reviewing import words as w
from engine.queries.reports.shown import Table
from engine.storage.tables import register_entry, work_item

_entry, _item = register_entry.c, work_item.c
_NOTHING = Text("", "")


def clauses(asked: Asked) -> Table:
    """Each clause under which something fell due or was passed over; what was late most often first."""
    procedure = asked.complaint.procedure
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in measuring.limits(asked):
        for clause in _parted(row["clause"] or ""):
            found[clause].update({"due": row["due"], "late": row["breached"]})
    for element_id, times in waived(asked):
        for clause in procedure.elements[element_id].clauses if element_id in procedure.elements else ():
            found[clause]["skipped"] += times
    ordered = sorted(found.items(), key=lambda pair: (-pair[1]["late"], -pair[1]["skipped"], pair[0]))
    asks = {key: clause.text for key, clause in procedure.clauses.items()}
    rows = tuple((clause, asks.get(clause, _NOTHING), one["due"], one["late"], one["skipped"]) for clause, one in ordered)
    columns = (w.CLAUSE, w.ASKS, w.DUE, w.LATE, w.SKIPPED)
    return Table("clauses", w.CLAUSES, columns, rows, empty=w.NOTHING_DUE)


def waived(asked: Asked) -> list[tuple[str, int]]:
    """How often each task was waived, by its element; restricted ones for those who do them."""
    where = (asked.complaints(), within(_item.ended_at, asked.period), _item.status == measuring.WAIVED)
    query = sa.select(_item.element_id, sa.func.count()).join(register_entry, _entry.case_id == _item.case_id).where(*where)
    found, apart = asked.rows(query.group_by(_item.element_id)), asked.apart()
    return [(str(element_id), int(times)) for element_id, times in found if element_id not in apart]


def _parted(listed: str) -> list[str]:
    return [clause for one in listed.split(",") if (clause := one.strip())]
