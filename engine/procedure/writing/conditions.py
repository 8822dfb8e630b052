"""When a part of a form shows, as an owner puts it together: fields, comparisons, values; a form writes when it hides."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.procedure.vocabulary import Field

IS, IS_NOT, IS_ANY, IS_NONE = "is", "is_not", "is_any", "is_none"
GIVEN, EMPTY, GIVEN_AND_NOT = "given", "empty", "given_and_not"
ABOVE, AT_LEAST, BELOW, AT_MOST = "above", "at_least", "below", "at_most"
#: Comparisons that need no value, and those that take several.
BARE, SEVERAL = frozenset({GIVEN, EMPTY}), frozenset({IS_ANY, IS_NONE})
#: Whichever holds, the part shows; each with when it hides. What is not given is above and below nothing.
_HIDES: Mapping[str, str] = {
    IS: "{f} != {v}", IS_NOT: "{f} = {v}", IS_ANY: "not({f} in ({v}))", IS_NONE: "{f} in ({v})",
    GIVEN: "{f} = null", EMPTY: "{f} != null", GIVEN_AND_NOT: "{f} = null or {f} = {v}",
    ABOVE: "{f} = null or {f} <= {v}", AT_LEAST: "{f} = null or {f} < {v}",
    BELOW: "{f} = null or {f} >= {v}", AT_MOST: "{f} = null or {f} > {v}",
}  # fmt: skip
COMPARISONS = tuple(_HIDES)
ALL, ANY = "all", "any"
#: How comparisons are joined; each with the word that stands between what they hide by.
_JOINS: Mapping[str, str] = {ALL: "or", ANY: "and"}
_WORDS = re.compile(r"""("(?:[^"\\]|\\.)*")|([()\[\]])|\b(or|and)\b""")
_LITERAL = r'"(?:[^"\\]|\\.)*"|true|false|-?\d+(?:\.\d+)?|(?:date|time|date and time)\("[^"]*"\)'
_BARE_TYPES = frozenset({"number", "money", "boolean"})
_CALLED = {"date": "date", "time": "time", "datetime": "date and time"}


@dataclass(frozen=True, slots=True)
class Condition:
    """The part shows when the field compares so with the values, written as a person writes them."""

    field: str
    comparison: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """The part shows while all of the comparisons hold, or any of them."""

    join: str
    parts: tuple[Condition, ...]


def shown_of(hide: str) -> Shown | None:
    """What an expression that hides says, None when it says more than comparisons joined in one way can."""
    source = hide.strip().removeprefix("=").strip()
    single = condition_of(source)
    if single:
        return Shown(ALL, (single,))
    for join, word in _JOINS.items():
        parts = _grouped(_split(source, word), f" {word} ")
        if parts:
            return Shown(join, parts)
    return None


def hiding_all(shown: Shown, fields: Mapping[str, Field]) -> str:
    """The expression that hides, as a form keeps it, for one comparison or several."""
    word, found = _JOINS[shown.join], [hiding(one, fields).removeprefix("=") for one in shown.parts]
    # "or" binds less than "and".
    bound = [f"({one})" if len(found) > 1 and word == "and" and len(_split(one, "or")) > 1 else one for one in found]
    return "=" + f" {word} ".join(bound)


def _grouped(parts: list[str], between: str) -> tuple[Condition, ...]:
    """Each comparison of the parts in their order, some of which take two; nothing when one of them cannot be read."""
    found: list[Condition] = []
    at = 0
    while at < len(parts):
        two = condition_of(between.join(parts[at : at + 2])) if between == " or " and at + 1 < len(parts) else None
        one = two or condition_of(_bare(parts[at]))
        if one is None:
            return ()
        found.append(one)
        at += 2 if two else 1
    return tuple(found)


def _split(source: str, word: str) -> list[str]:
    """The parts between that word where no bracket and no quote is open."""
    parts, start, depth = [], 0, 0
    for found in _WORDS.finditer(source):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(found[2] or "", 0)
        if found[3] == word and depth == 0:
            parts.append(source[start : found.start()].strip())
            start = found.end()
    return [*parts, source[start:].strip()]


def _bare(source: str) -> str:
    """Without the brackets around the whole of it."""
    inner = source[1:-1].strip()
    return inner if source.startswith("(") and source.endswith(")") and _closed(inner) else source


def _closed(inner: str) -> bool:
    depth = 0
    for found in _WORDS.finditer(inner):
        depth += {"(": 1, ")": -1}.get(found[2] or "", 0)
        if depth < 0:
            return False
    return depth == 0


def condition_of(hide: str) -> Condition | None:
    """What an expression that hides says, None when it says more than one comparison can."""
    source = hide.strip().removeprefix("=").strip()
    for comparison, pattern in _PATTERNS.items():
        found = pattern.fullmatch(source)
        # An absent value is what "given" and "empty" are for.
        if found:
            values = found.groupdict().get("v") or ""
            return Condition(found["f"], comparison, tuple(_plain(part) for part in re.findall(_LITERAL, values)))
    return None


def hiding(condition: Condition, fields: Mapping[str, Field]) -> str:
    """The expression that hides, as a form keeps it; values are written by the field's type."""
    field = fields.get(condition.field)
    values = ", ".join(_literal(value, field.type if field else "text") for value in condition.values)
    return "=" + _HIDES[condition.comparison].format(f=condition.field, v=values)


def _literal(value: str, kind: str) -> str:
    if kind in _BARE_TYPES:
        return value.strip()
    quoted = json.dumps(value, ensure_ascii=False)
    return f"{_CALLED[kind]}({quoted})" if kind in _CALLED else quoted


def _plain(literal: str) -> str:
    inner = literal[literal.index("(") + 1 : -1] if "(" in literal and not literal.startswith('"') else literal
    return str(json.loads(inner)) if inner.startswith('"') else inner


def _pattern(comparison: str) -> re.Pattern[str]:
    source = re.escape(_HIDES[comparison]).replace(r"\ ", r"\s*")
    values = rf"(?P<v>(?:{_LITERAL})(?:\s*,\s*(?:{_LITERAL}))*)" if comparison in SEVERAL else rf"(?P<v>{_LITERAL})"
    named = source.replace(re.escape("{f}"), r"(?P<f>[A-Za-z_]\w*)", 1).replace(re.escape("{f}"), r"(?P=f)")
    return re.compile(named.replace(re.escape("{v}"), values).replace(r"\s*or\s*", r"\s+or\s+").replace(r"\s*in\s*", r"\s+in\s*"))


_PATTERNS = {comparison: _pattern(comparison) for comparison in _HIDES}
