"""A version opened to be read: its files as they hold, and its stories with how they went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidState
from engine.procedure import Bundle
from engine.procedure.check.manifest import PROPOSALS
from engine.procedure.diff.losses import STORY
from engine.procedure.trying import Played, Stopped, story_files
from engine.procedure.writing.stories import title_of
from engine.queries.procedure.versions import Recorded, may_change, recorded, version_bundle
from engine.storage.tables import procedure_version

if TYPE_CHECKING:
    from engine.queries.reader import Reader

OWNERS_ONLY = Text("只有规程负责人和管理员可以演练。", "Only the owner of the procedure and administrators may play stories.")


@dataclass(frozen=True, slots=True)
class Story:
    """A story of a version: whether it holds, None where nobody has played it, and what was wrong."""

    file: str
    name: Text
    held: bool | None
    wrong: Text | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A version to be read."""

    record: Recorded
    procedure: Any
    stories: tuple[Story, ...]


def open_version(reader: Reader, actor: Actor, key: str, number: int) -> Opened:
    """All staff may read it; how its stories went is what was known when it was proposed."""
    record = recorded(reader, actor, key, number)
    procedure = reader.catalogue.get(record.version_id).procedure
    known = record.evidence
    failed = {one.file: one.text for one in known.obstacles if one.kind == STORY} if known else {}
    held = None if known is None or not known.stories else True
    stories = (
        Story(file, _title(file, data), held and file not in failed, failed.get(file))
        for file, data in _files(procedure.bundle)
    )
    return Opened(record, procedure, tuple(stories))


def proposal_of(reader: Reader, actor: Actor, case_id: str, version_id: str) -> tuple[str, int] | None:
    """The procedure and number of the version that a review has proposed; None for every other case."""
    if not reader.catalogue.get(version_id).procedure.manifest.source.mapping(PROPOSALS):
        return None
    columns = procedure_version.c
    query = sa.select(columns.procedure_key, columns.number).where(columns.review_case_id == case_id)
    row = reader.connection.execute(query.where(columns.withdrawn_at.is_(None)).order_by(columns.number.desc())).first()
    return None if row is None else (row.procedure_key, row.number)


def played(
    reader: Reader, actor: Actor, key: str, number: int, play: Callable[[Bundle], tuple[Played, ...]]
) -> tuple[Story, ...]:
    """The stories of a version played now; Forbidden for those who may not change the procedure, InvalidState when stopped."""
    if not may_change(reader, actor, key):
        raise Forbidden(OWNERS_ONLY)
    try:
        bundle = version_bundle(reader, actor, key, number)
        return tuple(_told(one, bundle) for one in play(bundle))
    except Stopped as problem:
        raise InvalidState(problem.text) from problem


def _files(bundle: Bundle) -> list[tuple[str, bytes]]:
    return sorted(story_files(bundle).items())


def _title(file: str, data: bytes | None) -> Text:
    return title_of(data) or Text(file, file)


def _told(one: Played, bundle: Bundle) -> Story:
    wrong = Text("；".join(text.zh for text in one.wrong), "; ".join(text.en for text in one.wrong)) if one.wrong else None
    return Story(one.file, _title(one.file, bundle.files.get(one.file)), one.held, wrong)
