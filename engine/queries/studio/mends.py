"""Mends that only the version before can tell: a clause that has lost its carrier goes back to what carried it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.domain.text import Text
from engine.procedure import Bundle, Finding
from engine.procedure.diagrams.model import Element
from engine.procedure.exchange.cover import ELEMENT, carriers_of
from engine.procedure.findings import Findings, Mending
from engine.procedure.reading import Reading, read_all

#: The rule of the check about clauses that nothing carries.
LOST = "clause-not-carried"
_CLAUSE = "clause"


def mends_of_lost(found: Iterable[Finding], before: Bundle, now: Bundle) -> dict[str, Finding]:
    """By clause that nothing carries any more, the finding at what carried it before, where that still stands."""
    lost = [finding for finding in found if finding.rule == LOST and finding.element]
    if not lost:
        return {}
    told = with_carriers(lost, read_all(before, Findings()), read_all(now, Findings()))
    return {str(one.element): mended for one, mended in zip(lost, told, strict=True) if mended.mending}


def with_carriers(found: Iterable[Finding], before: Reading, now: Reading) -> Iterator[Finding]:
    """The findings; a lost clause stands at the element that carried it before, with the mend to carry it again."""
    carriers = carriers_of(before)
    for finding in found:
        lost = finding.element if finding.rule == LOST else None
        old = next((one for one in carriers.get(lost or "", ()) if one.kind == ELEMENT and one.id in now.elements), None)
        yield _again(finding, now.elements[old.id]) if old else finding


def _again(finding: Finding, element: Element) -> Finding:
    listed = ", ".join([*element.clauses, finding.element or ""])
    words = Text(f"仍由“{element.label.zh}”承载", f'Carried by "{element.label.en}" again')
    mending = Mending("property", words, element.id, _CLAUSE, listed)
    return replace(finding, file=element.file, element=element.id, name=element.label.zh, line=element.line, mending=mending)
