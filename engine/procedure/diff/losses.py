"""What a change has lost: stories that no longer hold and clauses that nothing carries any more; and the evidence for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine.domain.text import Text
from engine.procedure.bundle import Bundle
from engine.procedure.clauses import FILE as CLAUSES
from engine.procedure.exchange.cover import clause_cover
from engine.procedure.findings import Finding
from engine.procedure.trying import Played
from engine.procedure.writing.stories import title_of

STORY, CLAUSE = "story", "clause"
_COUNTS = ("doubts", "stories", "held", "clauses", "carried")
_SUMS = ("cases", "changed", "missed", "kept", "stuck")
#: A story says where it failed in the studio; the list of obstacles only has to be told apart.
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands against publishing: its key among all of a version, the file and place to go to, and the sentence."""

    kind: str
    file: str
    about: str
    text: Text

    @property
    def key(self) -> str:
        """What it is called when somebody waives it."""
        return f"{self.kind} {self.about or self.file}"


@dataclass(frozen=True, slots=True)
class Replay:
    """Past complaints that were sent through exactly these files, and what came of it; ``missed`` and ``kept`` count complaints.

    The days are those of registering, either may be left open; ``which`` is all, closed or open.
    """

    run_id: str
    draft_id: str
    at: datetime
    since: str | None
    until: str | None
    which: str
    cases: int
    changed: int
    missed: int
    kept: int
    stuck: int

    def as_data(self) -> dict[str, Any]:
        """As a version's row keeps it."""
        said = {"run": self.run_id, "draft": self.draft_id, "at": self.at, "since": self.since, "until": self.until}
        said["which"] = self.which
        return {**said, **{name: Decimal(getattr(self, name)) for name in _SUMS}}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a version before anybody signs: doubts of the check, stories played and held, clauses and their cover.

    ``replays`` are those that were finished when it was proposed, the newest first.
    """

    doubts: int
    stories: int
    held: int
    clauses: int
    carried: int
    obstacles: tuple[Obstacle, ...]
    replays: tuple[Replay, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """As a version's row keeps it."""
        told = [{"kind": one.kind, "file": one.file, "about": one.about, **_both(one.text)} for one in self.obstacles]
        counts = {name: Decimal(getattr(self, name)) for name in _COUNTS}
        return {**counts, "obstacles": told, "replays": [one.as_data() for one in self.replays]}


def evidence_from(data: Mapping[str, Any]) -> Evidence:
    """What ``as_data`` wrote."""
    told = (Obstacle(one["kind"], one["file"], one["about"], Text(one["zh"], one["en"])) for one in data["obstacles"])
    doubts, stories, held, clauses, carried = (int(data[name]) for name in _COUNTS)
    # What was proposed before replays were part of the evidence has none.
    replays = (_replay(one) for one in data.get("replays", ()))
    return Evidence(doubts, stories, held, clauses, carried, tuple(told), tuple(replays))


def _replay(data: Mapping[str, Any]) -> Replay:
    sums = {name: int(data[name]) for name in _SUMS}
    return Replay(data["run"], data["draft"], data["at"], data["since"], data["until"], data["which"], **sums)


def evidence(before: Bundle | None, after: Bundle, findings: Iterable[Finding], played: Iterable[Played]) -> Evidence:
    """The evidence for a change of ``before``; errors of the check are none of it, because they can never be published."""
    stories, covers = list(played), clause_cover(after)
    lost = () if before is None else lost_clauses(before, after)
    failing = (_failing(one, after) for one in stories if not one.held)
    return Evidence(
        doubts=sum(finding.level != "error" for finding in findings),
        stories=len(stories),
        held=sum(one.held for one in stories),
        clauses=len(covers),
        carried=sum(bool(cover.carriers) for cover in covers),
        obstacles=(*failing, *lost),
    )


def _failing(one: Played, bundle: Bundle) -> Obstacle:
    name = title_of(bundle.files.get(one.file)) or Text(one.name, one.name)
    zh, en = _short("；".join(wrong.zh for wrong in one.wrong)), _short("; ".join(wrong.en for wrong in one.wrong))
    said = Text(f"演练“{name.zh}”第 {one.step} 步没有通过：{zh}", f'The story "{name.en}" fails at step {one.step}: {en}')
    return Obstacle(STORY, one.file, "", said)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def lost_clauses(before: Bundle, after: Bundle) -> Iterator[Obstacle]:
    """The clauses that ``before`` carried and ``after`` does not, and those that it no longer has."""
    covers = {cover.id: cover for cover in clause_cover(after)}
    for cover in clause_cover(before):
        now = covers.get(cover.id)
        if now is None:
            text = Text(f"条款 {cover.id} 被删去：{cover.text.zh}", f"The clause {cover.id} is gone: {cover.text.en}")
            yield Obstacle(CLAUSE, CLAUSES, cover.id, text)
        elif cover.carriers and not now.carriers:
            zh = f"条款 {cover.id} 没有落实的地方了：{cover.text.zh}"
            en = f"Nothing carries the clause {cover.id} any more: {cover.text.en}"
            yield Obstacle(CLAUSE, CLAUSES, cover.id, Text(zh, en))


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
