"""The kinds of entries in the ledger of conduct, and where cases say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.domain.text import Text
from engine.procedure.manifest import label_of
from engine.procedure.procedure import Procedure

#: In procedure.yaml: kind to ``{zh, en, level: field, cases: {forms: […], outcome: field, is: value, list|person|…: field}}``.
SECTION = "ledger"


@dataclass(frozen=True, slots=True)
class FromCases:
    """Which fields of a case say that somebody was rewarded or sanctioned; ``listing`` is a field of rows, if there are several.

    ``forms`` are those that approve it, ``outcome`` is ``granted`` when it was decided, ``unlike`` are levels that count
    as nothing.
    """

    forms: tuple[str, ...]
    outcome: str
    granted: str
    listing: str
    person: str
    level: str
    percent: str
    base: str
    unlike: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields whose values are needed."""
        return tuple(key for key in (self.listing, self.person, self.level, self.percent, self.base) if key)


@dataclass(frozen=True, slots=True)
class ConductKind:
    """A kind of entry, the choices of its level by value, and where cases tell of it."""

    key: str
    label: Text
    levels: Mapping[str, Text]
    cases: FromCases | None


def conduct_kinds(procedure: Procedure) -> dict[str, ConductKind]:
    """The kinds by name, in the order of the file; none where the procedure names none."""
    section = procedure.manifest.source.mapping(SECTION)
    return {str(key): _kind(procedure, str(key), dict(entry)) for key, entry in section.items()}


def _kind(procedure: Procedure, key: str, entry: Mapping[str, Any]) -> ConductKind:
    field = procedure.vocabulary.get(str(entry.get("level") or ""))
    cases = entry.get("cases")
    found = _cases(dict(cases), str(entry.get("level") or "")) if isinstance(cases, Mapping) else None
    unlike = found.unlike if found else ()
    levels = {choice.value: choice.label for choice in field.choices if choice.value not in unlike} if field else {}
    return ConductKind(key, label_of(entry, key), levels, found)


def _cases(entry: Mapping[str, Any], level: str) -> FromCases:
    def text(name: str) -> str:
        return str(entry.get(name) or "")

    forms, unlike = (tuple(str(one) for one in entry.get(name) or ()) for name in ("forms", "unlike"))
    where = (text("outcome"), text("is"), text("list"), text("person"), level, text("percent"), text("base"))
    return FromCases(forms, *where, unlike)
