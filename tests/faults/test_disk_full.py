"""The disk is full: what cannot be kept is refused with a sentence, and nothing is half-written."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bench.faults.judgement import judge
from bench.three_tasks import Desk
from engine.bootstrap import Application
from engine.commands import cases
from engine.errors import Unavailable
from engine.storage import tables as t

PDF = b"%PDF-1.4\n" + b"0" * 300_000
WAIT = timedelta(hours=72)


@contextmanager
def full_disk() -> Iterator[None]:
    """No file can grow beyond a page: every write further on fails as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def count(application: Application, table: sa.Table) -> int:
    """How many rows there are."""
    with application.database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def test_a_file_that_finds_no_room_is_refused_and_leaves_nothing(three_tasks: Application, desk: Desk) -> None:
    case_id = desk.record().case_id
    attach = cases.Attach(case_id, "证明.pdf", PDF)

    with full_disk(), pytest.raises(Unavailable) as refused:
        three_tasks.execute(attach, desk.actor)

    assert "磁盘满" in refused.value.text.zh and "disk is full" in refused.value.text.en
    assert count(three_tasks, t.attachment) == 0
    assert [path for path in three_tasks.files.folder.rglob("*") if path.is_file()] == []

    three_tasks.execute(attach, desk.actor)

    assert count(three_tasks, t.attachment) == 1
    assert judge(three_tasks, [], WAIT).broken == []


def test_a_step_that_finds_no_room_is_refused_and_can_be_repeated(three_tasks: Application, desk: Desk) -> None:
    item_id = desk.record().next_items[0].item_id
    before = count(three_tasks, t.journal)

    with full_disk(), pytest.raises(Unavailable) as refused:
        desk.step(item_id)

    assert "磁盘满" in refused.value.text.zh
    assert count(three_tasks, t.journal) == before and judge(three_tasks, [], WAIT).broken == []

    desk.step(item_id)

    assert count(three_tasks, t.journal) == before + 1
    assert judge(three_tasks, [], WAIT).broken == []
