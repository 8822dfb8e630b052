"""What was counted for a review holds while nothing has happened since: its page, its papers and its data count once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from engine.queries.reports.asking import Asked
from engine.queries.reports.shown import Table
from engine.storage.tables import journal

Parts = Mapping[str, tuple[Table, ...]]
#: So many readers of reviews at a time, and more.
_MOST = 16
_known: WeakKeyDictionary[sa.Engine, OrderedDict[Hashable, Parts]] = WeakKeyDictionary()
_lock = threading.Lock()


def once(asked: Asked, count: Callable[[Asked], Parts]) -> Parts:
    """What ``count`` finds, or has found for the same question since which nothing has been written into the journal."""
    key, database = _state(asked), asked.reader.connection.engine
    with _lock:
        found = _known.setdefault(database, OrderedDict()).get(key)
    if found is None:
        found = count(asked)
        with _lock:
            kept = _known[database]
            kept[key] = found
            while len(kept) > _MOST:
                kept.popitem(last=False)
    return found


def _state(asked: Asked) -> Hashable:
    """Who asks with which rights, of which days, under which versions, and how far the journal has come.

    All tables are made from the journal, and entries are only ever added, at the present moment: since the first day asked about
    as many entries as then are the very same.
    """
    actor, reader = asked.actor, asked.reader
    written = sa.select(sa.func.count(), sa.func.max(journal.c.at)).where(journal.c.at >= asked.period.start)
    state = tuple(reader.connection.execute(written).one())
    return (actor.person_id, actor.system, actor.grants, asked.period, asked.estate_id, asked.complaint.version_id, state)
