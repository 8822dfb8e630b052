"""A file of a draft as text, and what the check finds in it as it is typed, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.domain.actor import Actor
from engine.procedure import Bundle, Finding
from engine.procedure.exchange.apart import stories_looked_at
from engine.procedure.exchange.examining import first_findings_of
from engine.procedure.trying import story_files
from engine.queries.studio.desk import opened

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with the line that it is about, as it stands there."""

    finding: Finding
    text: str


def told_of(reader: Reader, actor: Actor, draft_id: str, path: str, text: str) -> tuple[Told, ...]:
    """What the check would find in the file if this were its text; nothing is kept. Nothing for no file."""
    bundle = opened(reader, actor, draft_id)[1]
    if path not in bundle.files:
        return ()
    lines = text.replace("\r\n", "\n").split("\n")
    changed = Bundle({**bundle.files, path: "\n".join(lines).encode()})
    return tuple(Told(one, _line(lines, one.line)) for one in findings_in(changed, path))


@lru_cache(maxsize=16)
def findings_in(bundle: Bundle, path: str) -> tuple[Finding, ...]:
    """What the check finds in one file; of a story also what keeps the rehearsal from reading it."""
    stories = story_files(bundle)
    if path not in stories:
        return tuple(one for one in first_findings_of(bundle) if one.file == path)
    alone = Bundle({name: data for name, data in bundle.files.items() if name == path or name not in stories})
    return tuple(one for one in stories_looked_at(alone).findings if one.file == path)


def _line(lines: list[str], number: int | None) -> str:
    return lines[number - 1].strip() if number and number <= len(lines) else ""
