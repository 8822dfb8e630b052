"""Trying a draft: how its stories went, a case that somebody plays by hand, and such a case made into a story."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.studio import saving
from engine.commands.versions.drafts import owned
from engine.commands.versions.editing import digest_of
from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.errors import Conflict, InvalidState, InvalidValues
from engine.procedure import Bundle
from engine.procedure.answers import FOLDER
from engine.procedure.trying import Played, rules_of
from engine.procedure.writing.stories import written
from engine.storage import tables as t
from engine.storage.work import Work

LONGEST_NAME, LONGEST_ENGLISH = 120, 300
_NAME = Text(
    f"请起一个名字，说清要守的是什么，最多 {LONGEST_NAME} 字。",
    f"Give it a name that says the rule, {LONGEST_NAME} characters at most.",
)
_NAME_EN = Text(f"英文名称最多 {LONGEST_ENGLISH} 个字母。", f"The English name has {LONGEST_ENGLISH} characters at most.")
_ELSEWHERE = Text(
    "这次试走在另一个窗口里又走了一步，页面已更新，请再看一下。",
    "This walk has gone on in another window meanwhile: look again, then go on.",
)
_NOT_NOW = Text(
    "演练期间草稿改过，这次的结果不算，请再演练一次。",
    "The draft changed meanwhile, so this does not count: rehearse again.",
)
_FILE = re.compile(r"[^a-z0-9]+")
#: What a step says beside what it does, in this order.
_DETAILS = ("as", "by", "to", "which", "with", "leave")


@dataclass(frozen=True, slots=True)
class KeepVerdicts:
    """How stories of the draft went, played with the files of this digest."""

    draft_id: str
    digest: str
    played: tuple[Played, ...]


@dataclass(frozen=True, slots=True)
class KeepWalk:
    """The walk of the person as it is now, None to forget it; ``before`` is what it was made from."""

    draft_id: str
    walk: str | None
    before: str | None


@dataclass(frozen=True, slots=True)
class SaveStory:
    """A walk as a new story of the draft; ``story`` is what the walk gave, written by the codec; an English name is optional."""

    draft_id: str
    story: str
    take_over: bool = False
    name_en: str = ""


def handle_verdicts(command: KeepVerdicts, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """Beside what is known of the others while nothing but stories has changed; InvalidState when the draft is another by now."""
    row = owned(command.draft_id, work, procedures, actor)
    bundle = Bundle.from_bytes(row["bundle"])
    if bundle.digest != command.digest:
        raise InvalidState(_NOT_NOW)
    query = sa.select(t.draft_rehearsal).where(t.draft_rehearsal.c.draft_id == row["id"])
    kept = work.connection.execute(query).mappings().first()
    rules = rules_of(bundle)
    before = json.loads(kept["played"]) if kept is not None and kept["rules"] == rules else {}
    played = json.dumps({**before, **dict(_plain(bundle, command.played))}, ensure_ascii=False, sort_keys=True)
    work.batch.put(t.draft_rehearsal, {"draft_id": row["id"], "rules": rules, "played": played, "at": now})


def handle_walk(command: KeepWalk, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """Conflict when the walk has gone on elsewhere."""
    row, walk = owned(command.draft_id, work, procedures, actor), t.draft_walk.c
    own = (walk.draft_id == row["id"]) & (walk.person_id == actor.person_id)
    there = work.connection.execute(sa.select(walk.walk).where(own)).scalar()
    if there != command.before:
        raise Conflict(_ELSEWHERE)
    if command.walk is None:
        work.batch.delete(t.draft_walk, own)
    else:
        kept = {"draft_id": row["id"], "person_id": actor.person_id, "walk": command.walk, "at": now}
        work.batch.put(t.draft_walk, kept)


def handle_story(command: SaveStory, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The new file's path; InvalidValues when the story has no name."""
    row = owned(command.draft_id, work, procedures, actor)
    story = cast(dict[str, Any], loads(command.story))
    names = _named(str(story["scenario"]).strip(), command.name_en.strip())
    content = written({**story, **names, "story": [_in_order(step) for step in story["story"]]})
    path = _free(names.get("scenario_en") or names["scenario"], Bundle.from_bytes(row["bundle"]).files)
    wanted = saving.SaveFiles(row["id"], (saving.FileChange(path, content, ""),), command.take_over)
    saving.handle(wanted, work, procedures, actor, now)
    return path


def _named(name: str, english: str) -> dict[str, str]:
    """The names as the story's file has them; InvalidValues says at which entry one is too long or missing."""
    faults = {} if 0 < len(name) <= LONGEST_NAME and "\n" not in name else {"name": _NAME}
    if len(english) > LONGEST_ENGLISH or "\n" in english:
        faults["name_en"] = _NAME_EN
    if faults:
        raise InvalidValues(next(iter(faults.values())), faults)
    return {"scenario": name} | ({"scenario_en": english} if english else {})


def _plain(bundle: Bundle, played: Iterable[Played]) -> Iterable[tuple[str, dict[str, Any]]]:
    for one in played:
        if one.file in bundle.files:
            wrong = [[text.zh, text.en] for text in one.wrong]
            said = {"name": one.name, "held": one.held, "step": one.step, "wrong": wrong}
            yield one.file, {"digest": digest_of(bundle.files[one.file]), **said}


def _in_order(step: Mapping[str, Any]) -> dict[str, Any]:
    first = {key: value for key, value in step.items() if key not in _DETAILS}
    return first | {key: step[key] for key in _DETAILS if key in step}


def _free(name: str, files: Iterable[str]) -> str:
    """A place for the story that is not taken."""
    base = _FILE.sub("_", name.lower()).strip("_")[:40] or "walked"
    taken, places = set(files), (f"{FOLDER}/{base}{'' if n == 1 else f'_{n}'}.yaml" for n in range(1, 1_000_000))
    return next(place for place in places if place not in taken)
