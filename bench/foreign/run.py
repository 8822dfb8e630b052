"""Every file through the check as the command line does it: what is found, how it is said, how long it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.foreign.files import MIWG, RESEARCH, Foreign, among, of_miwg, of_research
from bench.foreign.labels import LABELS, SECOND, Agreement, agreement, named
from bench.foreign.said import fault, ids_of
from engine.errors import Misconfigured
from engine.procedure import Finding
from engine.procedure.exchange.foreign import examined_alone
from engine.procedure.findings import refused


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in one file, and the seconds that took."""

    findings: tuple[Finding, ...]
    seconds: float


def run(miwg: Path | None, research: Path | None) -> dict[str, Any]:
    """Counts by tool, every finding that is not well said, and how the labels are met."""
    files = [*(of_miwg(miwg) if miwg else ()), *(of_research(research) if research else ())]
    for suite, folder in ((MIWG, miwg), (RESEARCH, research)):
        files += among(folder, suite, named(SECOND, suite), files) if folder else []
    loading = perf_counter()
    examined_alone("first.bpmn", b"")
    loading = perf_counter() - loading
    looked = {one: _look(one) for one in files}
    found = {one: result.findings for one, result in looked.items()}
    return {
        "files": len(files),
        "loading_seconds": round(loading, 2),
        "tools": {tool: _counts([(one, looked[one]) for one in files if one.tool == tool]) for tool in _tools(files)},
        "rules": dict(Counter(finding.rule for result in looked.values() for finding in result.findings).most_common()),
        "badly_said": [told for one, result in looked.items() for told in _badly_said(one, result.findings)],
        "labels": {
            "first_of_each": _agreed(agreement(found, LABELS, every=False)),
            "every": _agreed(agreement(found, LABELS, every=True)),
            "second_person": _agreed(agreement(found, SECOND, every=True)),
        },
    }


def _agreed(agreed: Agreement) -> dict[str, Any]:
    percent = round(100 * agreed.right / agreed.labelled, 1) if agreed.labelled else None
    return {
        "labelled": agreed.labelled, "right": agreed.right, "percent": percent,
        "missed": list(agreed.missed), "beyond": list(agreed.beyond),
    }  # fmt: skip


def _look(one: Foreign) -> Looked:
    begun = perf_counter()
    try:
        findings = examined_alone(one.file.name, one.file.read_bytes()).findings
    except Misconfigured as problem:
        findings = (refused(problem, one.file.name),)
    return Looked(findings, perf_counter() - begun)


def _tools(files: Iterable[Foreign]) -> list[str]:
    return list(dict.fromkeys(one.tool for one in files))


def _counts(results: list[tuple[Foreign, Looked]]) -> dict[str, Any]:
    looked = [result for _, result in results]
    errors = [[finding for finding in result.findings if finding.level == "error"] for result in looked]
    slowest = max(results, key=lambda result: result[1].seconds)
    return {
        "files": len(results),
        "run_as_they_are": sum(not found for found in errors),
        "errors": sum(map(len, errors)),
        "warnings": sum(len(result.findings) for result in looked) - sum(map(len, errors)),
        "most_common": dict(Counter(rule for found in errors for rule in {one.rule for one in found}).most_common(12)),
        "slowest": f"{slowest[1].seconds:.2f} s {Path(slowest[0].path).name}",
    }


def _badly_said(one: Foreign, findings: Iterable[Finding]) -> list[str]:
    """Findings without a place in the file, a mend, or one of the languages."""
    ids = ids_of(one.file.read_bytes())
    return [f"{one.path}: {finding.rule} {why}" for finding in findings if (why := fault(finding, ids))]
