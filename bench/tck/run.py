"""Plays the kit's cases and counts what agrees, by level and folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from bench.tck.values import KIT, same, value_of
from engine.errors import Incident
from engine.feel import EvaluationContext
from engine.procedure.decisions import DecisionModel, read_decisions
from engine.procedure.findings import Findings

LEVELS = ("compliance-level-2", "compliance-level-3")
_NOW = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)
_BOXED = frozenset(
    {"context", "list", "relation", "functionDefinition", "invocation", "conditional", "filter", "for", "some", "every"}
)


@dataclass(slots=True)
class Folder:
    """How one folder of the kit came out; ``asks`` is what it needs beyond tables and FEEL."""

    level: str
    name: str
    asks: frozenset[str]
    results: Counter[str] = field(default_factory=Counter)
    differing: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether every result is the kit's."""
        return not self.differing


def run(folder: Path) -> dict[str, Any]:
    """Counts by level, folders that differ, and where null came out wrongly or a value stood for null."""
    folders = [_folder(level, one) for level in LEVELS for one in sorted((folder / level).iterdir()) if one.is_dir()]
    plain = [one for one in folders if one.level == LEVELS[1] and not one.asks]
    return {
        "levels": {level: _counts([one for one in folders if one.level == level]) for level in LEVELS},
        "level_3_plain": _counts(plain) | {"folders_differing": [one.name for one in plain if not one.passed]},
        "nulls": dict(sum((one.results for one in folders), Counter())),
        "differing": [
            {
                "level": one.level,
                "folder": one.name,
                "asks": sorted(one.asks),
                "passed": one.results.total() - len(one.differing),
                "results": one.results.total(),
                "which": one.differing,
            }
            for one in folders
            if not one.passed
        ],
    }


def _counts(folders: list[Folder]) -> dict[str, Any]:
    total, differing = sum(one.results.total() for one in folders), sum(len(one.differing) for one in folders)
    whole = sum(one.passed for one in folders)
    return {"folders": len(folders), "folders_passed": whole, "results": total, "passed": total - differing}


def _folder(level: str, path: Path) -> Folder:
    asks = frozenset(ask for file in path.glob("*.dmn") for ask in _asks(etree.parse(file).getroot()))
    found = Folder(level, path.name, asks)
    for file in sorted(path.glob("*.xml")):
        root = etree.parse(file).getroot()
        named = (root.findtext(f"{KIT}modelName") or "").strip()
        model = read_decisions((path / named).read_bytes(), named, Findings())
        for case in root.iter(f"{KIT}testCase"):
            _play(found, model, case)
    return found


def _asks(root: Any) -> Iterator[str]:
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname
        if tag == "import":
            yield "imports"
        elif tag == "decisionService":
            yield "services"
        elif tag in _BOXED and etree.QName(element.getparent()).localname != "itemDefinition":
            yield "boxed expressions"
        if (element.get("kind") or "FEEL") != "FEEL" or (tag == "text" and "external" in (element.text or "")):
            yield "external functions"


def _play(folder: Folder, model: DecisionModel | None, case: Any) -> None:
    given = {one.get("name"): value_of(one) for one in case.findall(f"{KIT}inputNode")}
    results = case.findall(f"{KIT}resultNode")
    for result in results:
        expected = value_of(result.find(f"{KIT}expected"))
        actual, refused = _asked(model, case.get("invocableName") or result.get("name"), given)
        if len(results) > 1 and case.get("invocableName") and isinstance(actual, dict):
            actual = actual.get(result.get("name"))
        outcome = _outcome(actual, expected, refused)
        folder.results[outcome] += 1
        if outcome not in _AGREES:
            folder.differing.append(f"{case.get('id')} {result.get('name')}: {outcome}")


_AGREES = ("value as expected", "null as expected", "refused where null is expected")


def _outcome(actual: Any, expected: Any, refused: bool) -> str:
    if expected is None:
        return "refused where null is expected" if refused else "null as expected" if actual is None else "value instead of null"
    if same(actual, expected):
        return "value as expected"
    return "null instead of a value" if actual is None else "another value"


def _asked(model: DecisionModel | None, name: str, given: dict[str, Any]) -> tuple[Any, bool]:
    decision = None if model is None else model.by_name(name)
    if decision is None:
        return None, True
    try:
        return decision.evaluate(given, EvaluationContext(now=_NOW)), False
    except Incident:
        return None, True
