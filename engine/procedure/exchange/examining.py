"""Files as a version keeps them, and what the check finds in them, worked out once however often a page asks."""

from __future__ import annotations

from functools import lru_cache

from engine.procedure.bundle import VERSION_FILE, Bundle
from engine.procedure.exchange.apart import STORY_RULES, examined_by_the_standing, looked_at_quickly, stories_looked_at
from engine.procedure.exchange.canonical import canonical
from engine.procedure.findings import Finding


def kept(bundle: Bundle) -> Bundle:
    """The files written canonically, without the record of an earlier version."""
    return canonical(Bundle({path: data for path, data in bundle.files.items() if path != VERSION_FILE}))


@lru_cache(maxsize=16)
def findings_of(bundle: Bundle) -> tuple[Finding, ...]:
    """Everything that is found by checking the files and trying them, by file and line; in a process of its own."""
    return examined_by_the_standing(bundle).findings


@lru_cache(maxsize=16)
def first_findings_of(bundle: Bundle) -> tuple[Finding, ...]:
    """What the rules find without trying the files, for somebody who is drawing and does not want to wait."""
    return looked_at_quickly(bundle).findings


@lru_cache(maxsize=16)
def story_findings_of(bundle: Bundle) -> tuple[Finding, ...]:
    """What keeps the stories from being read, or leaves them without what they speak of."""
    return tuple(finding for finding in stories_looked_at(bundle).findings if finding.rule in STORY_RULES)


def has_errors(findings: tuple[Finding, ...]) -> bool:
    """Whether anything found keeps the files from becoming a version."""
    return any(finding.level == "error" for finding in findings)
