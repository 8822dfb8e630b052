"""Findings of the check as the terminal prints them: in words, or as one JSON object each."""

from __future__ import annotations

from typing import Any

from engine.procedure import Finding


def as_words(finding: Finding) -> str:
    """Place, rule, sentence and mend, in both languages."""
    place = f"{finding.level} {finding.file}:{finding.line} {finding.element or ''} [{finding.rule}]"
    said = f"  {finding.text.zh}\n  {finding.text.en}"
    return f"{place}\n{said}\n  → {finding.mend.zh} {finding.mend.en}"


def as_data(finding: Finding) -> dict[str, Any]:
    """The keys that ``--json`` promises."""
    return {
        "file": finding.file,
        "element": finding.element,
        "name": finding.name,
        "rule": finding.rule,
        "level": finding.level,
        "line": finding.line,
        "zh": finding.text.zh,
        "en": finding.text.en,
        "mend_zh": finding.mend.zh,
        "mend_en": finding.mend.en,
    }
