"""The clauses of a draft: what each asks, everything that carries it, the stories that show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure import Bundle, Finding
from engine.procedure.clauses import FILE
from engine.procedure.exchange.cover import ELEMENT, IN_CODE, ROW, Carrier, Cover, clause_cover
from engine.procedure.exchange.examining import first_findings_of
from engine.procedure.reading import Reading
from engine.procedure.writing.called import piece
from engine.procedure.writing.stories import title_of
from engine.queries.studio.desk import Desk

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: What the program itself shows or writes, by the names that clauses.yaml has for it.
_IN_CODE = {
    "case_file": Text("案卷", "case file"),
    "documents": Text("文书", "documents"),
    "inspections": Text("监督检查", "inspections"),
    "knowledge": Text("知识", "knowledge notes"),
    "receipts": Text("送达和签收", "receipts"),
    "register": Text("登记簿", "register"),
    "training": Text("培训", "training"),
    "return_visits": Text("回访", "return visits"),
    "statistics": Text("统计", "statistics"),
}
#: Which clauses are listed: all, those that nothing carries, those that no story shows.
ALL, OPEN, UNSHOWN = "all", "open", "unshown"


@dataclass(frozen=True, slots=True)
class Bearer:
    """What carries a clause: its kind, its file ("" for a page of the program) and element, and what it is called."""

    kind: str
    file: str
    element: str
    name: Text


@dataclass(frozen=True, slots=True)
class Line:
    """A clause with what carries it, the stories that show it by their paths, and what the check finds."""

    cover: Cover
    bearers: tuple[Bearer, ...]
    stories: tuple[tuple[str, Text], ...]
    findings: tuple[Finding, ...]

    @property
    def uncovered(self) -> bool:
        """Whether nothing carries it and nobody said why."""
        return not self.cover.carriers and self.cover.reason is None


@dataclass(frozen=True, slots=True)
class ClausesPage:
    """The clauses that were asked for, and how many of all are carried by nothing or shown by no story."""

    lines: tuple[Line, ...]
    opened: str
    total: int
    open: int
    unshown: int
    findings: tuple[Finding, ...]


def clauses_page(reader: Reader, actor: Actor, desk: Desk, sought: str = "", which: str = ALL, element: str = "") -> ClausesPage:
    """In the order of the file; the opened one is always among them."""
    covers = _covers(desk.bundle)
    found = [one for one in first_findings_of(desk.bundle) if one.file == FILE]
    known = {cover.id for cover in covers}
    return ClausesPage(
        lines=tuple(_line(one, desk, found) for one in covers if one.id == element or _fits(one, sought, which)),
        opened=element,
        total=len(covers),
        open=sum(not one.carriers for one in covers),
        unshown=sum(not one.scenarios for one in covers),
        findings=tuple(one for one in found if one.element not in known),
    )


@lru_cache(maxsize=8)
def _covers(bundle: Bundle) -> tuple[Cover, ...]:
    return tuple(clause_cover(bundle))


def _fits(cover: Cover, sought: str, which: str) -> bool:
    told = f"{cover.id} {cover.text.zh} {cover.text.en}".lower()
    wanted = {OPEN: not cover.carriers, UNSHOWN: not cover.scenarios}.get(which, True)
    return wanted and all(word in told for word in sought.lower().split())


def _line(cover: Cover, desk: Desk, found: list[Finding]) -> Line:
    paths = [path for name in cover.scenarios if (path := _story(desk.bundle, name))]
    stories = tuple((path, title_of(desk.bundle.files[path]) or Text(path, path)) for path in paths)
    own = tuple(one for one in found if one.element == cover.id)
    return Line(cover, tuple(_bearers(cover, desk.reading)), stories, own)


def _bearers(cover: Cover, reading: Reading) -> Iterator[Bearer]:
    for carrier in cover.carriers:
        yield Bearer(carrier.kind, "" if carrier.kind in IN_CODE else carrier.file, carrier.id, _called(carrier, reading))


def _called(carrier: Carrier, reading: Reading) -> Text:
    plain = Text(carrier.id, carrier.id)
    if carrier.kind in IN_CODE:
        return _IN_CODE.get(carrier.id, plain)
    if carrier.kind == ELEMENT:
        element = reading.elements.get(carrier.id)
        return element.label if element else plain
    if carrier.kind == ROW:
        rules = (rule for one in reading.decisions.values() if one.file == carrier.file for rule in one.rules)
        found = next((rule for rule in rules if rule.id == carrier.id), None)
        return found.note if found and found.annotation else plain
    form = next((form for form in reading.forms.values() if form.file == carrier.file), None)
    part = form.part(carrier.id) if form else None
    return piece(reading, form, part[-1]) if form is not None and part else plain


def _story(bundle: Bundle, name: str) -> str | None:
    path = f"scenarios/{name}.yaml"
    return path if path in bundle.files else None
