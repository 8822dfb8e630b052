"""Whether the register is whole and unchanged: chains, numbers, and every table that pages read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.domain.text import Text
from engine.storage.audit.rebuild import differences, replay
from engine.storage.audit.verify import verify
from engine.storage.tables import journal, register_entry, register_number

#: What each kind of flaw means, in words.
MEANINGS = {
    "chain": Text("这一条日志被改动，或者前面缺了一条", "this entry of the journal was changed, or one before it is missing"),
    "head": Text("日志的末尾与案件不符", "the end of the journal is not the one the case knows"),
    "payload": Text("个人信息被改动或丢失", "personal values were changed or are missing"),
    "submission": Text("提交的表单被改动或丢失", "a submitted form was changed or is missing"),
    "gap": Text("登记编号不连续", "a number of the register is missing"),
    "counter": Text("编号的计数与登记簿不符", "the counter of the numbers is not what the register holds"),
    "projection": Text("这一行与按日志重建的不同", "this row is not what the journal makes of it"),
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One row that is not what it should be: the case's number (or id), the row, and a key of MEANINGS."""

    case: str
    row: str
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many cases and entries of the journal were looked at, and all that is wrong."""

    cases: int
    rows: int
    flaws: tuple[Flaw, ...]


def verify_register(
    connection: Connection, scratch: Connection, secret: bytes, told: Callable[[int, int], None] = lambda done, of: None
) -> Verdict:
    """The verdict; nothing is written but to ``scratch``, a connection to an empty database.

    ``told`` hears how many steps of how many are done: each entry is a step in checking its chain, and one in replaying it.
    """
    rows = connection.execute(sa.select(sa.func.count()).select_from(journal)).scalar_one()
    numbers = {row.case_id: row.number for row in connection.execute(_NUMBERS)}
    streams = sa.select(journal.c.stream_id).where(journal.c.stream_kind == "case").distinct()
    cases = connection.execute(sa.select(sa.func.count()).select_from(streams.subquery())).scalar_one()
    done = 0

    def step(entries: int = 1) -> None:
        nonlocal done
        done += entries
        told(done, 2 * rows)

    found = [
        Flaw(numbers.get(one.stream_id, one.stream_id), one.row or f"journal {one.seq}", one.what)
        for one in verify(connection, step)
    ]
    found += _numbering(connection)
    replay(connection, scratch, secret, step)
    for one in differences(connection, scratch):
        key = " ".join(map(str, one.key))
        found.append(Flaw(numbers.get(one.case_id, one.case_id), f"{one.table} {key}", "projection"))
    return Verdict(cases, rows, tuple(dict.fromkeys(found)))


_NUMBERS = sa.select(register_entry.c.case_id, register_entry.c.number)
_SERIES = (register_entry.c.estate_id, register_entry.c.series, register_entry.c.year)


def _numbering(connection: Connection) -> Iterator[Flaw]:
    """Each series runs from 1 to its counter without a gap."""
    counters = {(row.estate_id, row.series, row.year): row.last for row in connection.execute(sa.select(register_number))}
    query = sa.select(*_SERIES, register_entry.c.serial).order_by(*_SERIES, register_entry.c.serial)
    taken: dict[tuple[str, str, int], list[int]] = {}
    for row in connection.execute(query):
        taken.setdefault((row.estate_id, row.series, row.year), []).append(row.serial)
    for series in sorted({*counters, *taken}):
        serials, name = taken.get(series, []), " ".join(map(str, series))
        last = counters.get(series, 0)
        yield from (Flaw(name, f"register_entry {serial}", "gap") for serial in sorted(set(range(1, last + 1)) - set(serials)))
        if max(serials, default=0) > last:
            yield Flaw(name, f"register_number {last}", "counter")
