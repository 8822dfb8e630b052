"""Whether a finding is said as every finding must be: at its place, with its mend, in both languages."""

from __future__ import annotations

from lxml import etree

from engine.procedure import Finding


def fault(finding: Finding, ids: frozenset[str] | None) -> str | None:
    """What is missing: a place in the file, a mend, or one of the languages."""
    if not _stands(finding, ids):
        return f"stands nowhere ({finding.element}, line {finding.line})"
    if not all((finding.text.zh, finding.text.en, finding.mend.zh, finding.mend.en)):
        return "lacks a sentence"
    if finding.text.zh == finding.text.en or finding.mend.zh == finding.mend.en:
        return "is said in one language"
    return None


def ids_of(content: bytes) -> frozenset[str] | None:
    """Every id of the file; None where it cannot be read."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    return frozenset(str(element.get("id")) for element in root.iter(etree.Element) if element.get("id"))


def _stands(finding: Finding, ids: frozenset[str] | None) -> bool:
    """At an element; at a line where the element has no id, or the file cannot be read."""
    if ids is None or not finding.element:
        return finding.line is not None
    return finding.element in ids
