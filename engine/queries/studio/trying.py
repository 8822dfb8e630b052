"""A draft being tried: how each of its stories stands, one of them told step by step, and a case played by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import InvalidState, NotFound
from engine.procedure import Bundle, Form, Procedure, open_procedure
from engine.procedure.check.drawing.playing import Misleading, Otherwise, otherwise
from engine.procedure.diagrams.picture import picture_of
from engine.procedure.trying import Played, Stopped, asked, rehearsed, rules_of, story_files
from engine.procedure.writing.stories import title_of
from engine.queries.studio.changes import changes
from engine.queries.studio.desk import Desk, opened
from engine.storage.tables import draft_rehearsal, draft_walk

if TYPE_CHECKING:
    from engine.queries.reader import Reader

__all__ = [
    "Entered",
    "Played",
    "Rehearsal",
    "Stopped",
    "Story",
    "Trial",
    "drawn_names",
    "entered",
    "misleading",
    "rehearsal",
    "rehearse",
    "trial",
]
NO_SUCH_STORY = Text("这份草稿里没有这个演练。", "The draft has no such story.")


@dataclass(frozen=True, slots=True)
class Story:
    """One story of a draft as it stands; ``held`` is None while nobody has played it as it is now."""

    file: str
    name: Text
    held: bool | None = None
    step: int = 0
    wrong: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The stories of a draft, those that do not hold first; ``at`` is when they were last played as the draft is now.

    ``failed`` are those that did not hold when they were last played, whatever has changed since.
    """

    draft_id: str
    procedure_key: str
    base_number: int
    digest: str
    stories: tuple[Story, ...]
    at: datetime | None
    failed: tuple[str, ...] = ()

    def count(self, held: bool | None) -> int:
        """How many of them hold, do not, or were not played."""
        return sum(story.held is held for story in self.stories)


@dataclass(frozen=True, slots=True)
class Entered:
    """A form as it opens on a walk: over which values, and with which answers in it."""

    form: Form
    scope: Mapping[str, Value]
    given: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Trial:
    """A draft in which cases are played by hand; ``walk`` is the one that is under way, as it is kept."""

    draft_id: str
    procedure_key: str
    base_number: int
    bundle: Bundle
    walk: str | None

    def ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """What the draft answers to a question; InvalidState when it cannot be opened or takes too long."""
        try:
            return asked(self.bundle, question)
        except Stopped as stopped:
            raise InvalidState(stopped.text) from stopped

    @property
    def procedure(self) -> Procedure:
        """The draft's procedure, to draw its forms; only after ``ask`` has shown that it can be opened."""
        return _procedure(self.bundle)


def rehearsal(reader: Reader, actor: Actor, draft_id: str) -> Rehearsal:
    """How the stories of the draft stand; NotFound and Forbidden as for every page of a draft."""
    row, bundle = opened(reader, actor, draft_id)
    kept = reader.connection.execute(sa.select(draft_rehearsal).where(draft_rehearsal.c.draft_id == draft_id)).mappings().first()
    stands = kept is not None and kept["rules"] == rules_of(bundle)
    played = json.loads(kept["played"]) if kept is not None else {}
    known = played if stands else {}
    stories = [_story(file, data, known.get(file)) for file, data in story_files(bundle).items()]
    stories.sort(key=lambda story: (story.held is not False, story.file))
    at = kept["at"] if kept is not None and any(story.held is not None for story in stories) else None
    failed = tuple(story.file for story in stories if played.get(story.file, {}).get("held") is False)
    return Rehearsal(draft_id, row["procedure_key"], row["base_number"], bundle.digest, tuple(stories), at, failed)


def rehearse(reader: Reader, actor: Actor, draft_id: str, files: Sequence[str] = ()) -> tuple[str, int, Iterator[Played]]:
    """The draft's digest, how many stories will be played, and how they go, each as it is played.

    Those that failed last come first, then those that speak of what the draft changes. Nothing is read any more while they
    are played; the iterator raises ``Stopped`` when not all of them could be.
    """
    _, bundle = opened(reader, actor, draft_id)
    stories = {file: data for file, data in story_files(bundle).items() if not files or file in files}
    if files and not stories:
        raise NotFound(NO_SUCH_STORY)
    failed, changed = rehearsal(reader, actor, draft_id).failed, _changed(reader, actor, draft_id)
    first = {file: (file not in failed, not changed.search(data), file) for file, data in stories.items()}
    wanted = sorted(stories, key=lambda file: first[file])
    return bundle.digest, len(wanted), rehearsed(bundle, wanted) if wanted else iter(())


def _changed(reader: Reader, actor: Actor, draft_id: str) -> re.Pattern[bytes]:
    """Finds in a story the name of anything that the draft changes: an element, a field, a limit, a decision."""
    found = changes(reader, actor, draft_id).comparison.changes
    names = {name for change in found for name in (change.about, change.was, PurePosixPath(change.file).stem) if name}
    return re.compile(b"|".join(rb"\b%s\b" % re.escape(name.encode()) for name in sorted(names)) or b"(?!)")


def trial(reader: Reader, actor: Actor, draft_id: str) -> Trial:
    """The draft, to be asked, with the walk that the actor has begun in it."""
    row, bundle = opened(reader, actor, draft_id)
    own = sa.and_(draft_walk.c.draft_id == draft_id, draft_walk.c.person_id == actor.person_id)
    walk = reader.connection.execute(sa.select(draft_walk.c.walk).where(own)).scalar()
    return Trial(draft_id, row["procedure_key"], row["base_number"], bundle, walk)


def entered(procedure: Procedure, answer: Mapping[str, Any]) -> Entered | None:
    """The form of an answer about a task; None where the task has none."""
    if answer["form"] is None:
        return None
    scope, given = (cast(dict[str, Value], loads(answer[name])) for name in ("scope", "given"))
    return Entered(procedure.forms[answer["form"]], scope, given)


def drawn_names(desk: Desk, path: str) -> dict[str, Text]:
    """What everything drawn in a diagram's file is called, lanes and branches among it."""
    pictures = (picture_of(one) for one in desk.reading.diagrams.values() if one.file == path)
    return {key: name for picture in pictures if picture for key, name in picture.names.items()}


def misleading(desk: Desk, path: str) -> dict[Otherwise, list[tuple[Misleading, str | None]]]:
    """Where tokens on the diagram of that file differ from a case, the gravest first, with the file of a called diagram."""
    sheet = next((sheet for sheet in desk.reading.sheets if sheet.file == path), None)
    called = {process: diagram.file for process, diagram in desk.reading.diagrams.items()}
    found = [(one, called.get(one.called or "")) for one in otherwise(sheet.root)] if sheet else []
    ways = {way: [told for told in found if told[0].way is way] for way in Otherwise}
    # A diagram that is called in several places is run once.
    ways[Otherwise.CALLED] = list({one.called: (one, leads) for one, leads in reversed(ways[Otherwise.CALLED])}.values())[::-1]
    return {way: those for way, those in ways.items() if those}


@lru_cache(maxsize=4)
def _procedure(bundle: Bundle) -> Procedure:
    return open_procedure(bundle)


def _story(file: str, data: bytes, known: Mapping[str, Any] | None) -> Story:
    name = title_of(data) or Text(file, file)
    if known is None or known["digest"] != sha256(data).hexdigest():
        return Story(file, name)
    return Story(file, name, known["held"], known["step"], tuple(Text(*text) for text in known["wrong"]))
