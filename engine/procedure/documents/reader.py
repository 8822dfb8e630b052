"""Reading documents.yaml: what is not a block as described becomes a finding with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.domain.text import Text
from engine.procedure.documents.model import Block, Document, Public
from engine.procedure.expressions import Compiler
from engine.procedure.findings import Findings, Place
from engine.procedure.manifest import feel_text, label_of, names_of
from engine.procedure.safe_yaml import YamlFile

OTHERWISE = "otherwise"
#: What may stand in a block beside its kind, by kind.
BESIDE = {
    "heading": frozenset({"when"}),
    "text": frozenset({"when"}),
    "closing": frozenset({"when"}),
    "points": frozenset({"when"}),
    "fields": frozenset({"when", "title"}),
    "rows": frozenset({"when", "title", "columns"}),
    "each": frozenset({"when", "by", "say"}),
    "signatures": frozenset({"when", "title"}),
    "sign": frozenset({"when"}),
}
ALL = "all"


def read_documents(source: YamlFile, compiler: Compiler, findings: Findings) -> dict[str, Document]:
    """Every document of the file by key; blocks that cannot be read are left out and noted."""
    return {key: _Reader(source, compiler, findings, key).document() for key in source.mapping()}


class _Reader:
    """Reads one document."""

    def __init__(self, source: YamlFile, compiler: Compiler, findings: Findings, key: str) -> None:
        self._source, self._compiler, self._findings, self._key = source, compiler, findings, key
        self._entry = source.mapping(key)

    def document(self) -> Document:
        entry = self._entry
        self._require_names()
        written = entry.get("blocks")
        blocks = [self._block(place, block) for place, block in enumerate(written if isinstance(written, list) else [])]
        if not blocks:
            zh, en = f"文书“{self._key}”没有内容。", f'The document "{self._key}" has no blocks.'
            self._note(self._place("blocks"), "document-empty", zh, en)
        public = self._source.mapping(self._key, "public")
        return Document(
            key=self._key,
            title=label_of(entry, self._key),
            number=str(entry.get("number") or ""),
            roles=names_of(entry.get("roles")),
            clauses=names_of(entry.get("clause")),
            blocks=tuple(block for block in blocks if block is not None),
            public=Public(str(public.get("confirmed_by") or ""), names_of(public.get("redacted"))) if public else None,
            addressee=label_of(entry["to"], "") if entry.get("to") else None,
        )

    def _require_names(self) -> None:
        if not self._entry.get("zh"):
            zh, en = f"文书“{self._key}”缺中文名。", f'The document "{self._key}" lacks its Chinese name.'
            self._note(self._place(), "document-name", zh, en, Text("请写 zh。", "Write zh."))

    def _block(self, position: int, written: Any) -> Block | None:
        place = self._place("blocks", str(position))
        kinds = [kind for kind in BESIDE if isinstance(written, dict) and kind in written]
        strange = sorted(set(map(str, written)) - {*kinds[:1], *BESIDE[kinds[0]]}) if kinds else []
        if not kinds or strange:
            said = ", ".join(strange) or (", ".join(map(str, written)) if isinstance(written, dict) else str(written)[:40])
            zh = f"“{self._key}”第 {position + 1} 块里的“{said}”看不懂。"
            self._note(place, "document-block", zh, f'Block {position + 1} of "{self._key}" has "{said}", which nothing reads.')
            return None
        when = feel_text(written["when"]) if "when" in written else None
        compiled = self._compiler.compile(when, place) if when is not None else None
        if when is not None and compiled is None:
            return None
        return self._read(kinds[0], written, place, compiled)

    def _read(self, kind: str, written: Mapping[str, Any], place: Place, when: Any) -> Block | None:
        parts = _PARTS[kind](written)
        if parts is None:
            zh, en = f"“{self._key}”里的 {kind} 没有写全。", f'A block {kind} of "{self._key}" is not complete.'
            self._note(place, "document-block", zh, en)
            return None
        return Block(kind=kind, when=when, **parts)

    def _place(self, *path: str) -> Place:
        return self._source.place(self._key, *path)

    def _note(self, place: Place, rule: str, zh: str, en: str, mend: Text | None = None) -> None:
        known = ", ".join(BESIDE)
        usual = Text(
            f"每块写一种：{known}；文字写 {{zh, en}}，en 可以后补。",
            f"A block is one of {known}; its sentences are written {{zh, en}}; en may follow later.",
        )
        self._findings.error(rule, place, Text(zh, en), mend or usual)


Parts = dict[str, Any] | None


def _sentence(entry: Any) -> Text | None:
    complete = isinstance(entry, dict) and entry.get("zh") and set(entry) <= {"zh", "en"}
    return label_of(entry, "") if complete else None


def _worded(written: Mapping[str, Any]) -> Parts:
    text = _sentence(written.get("heading") or written.get("text") or written.get("closing"))
    return {"text": text} if text else None


def _listed(written: Mapping[str, Any]) -> Parts:
    entries = written.get("points") or written.get("sign")
    points = [_sentence(entry) for entry in entries] if isinstance(entries, list) else []
    return {"points": tuple(points)} if points and None not in points else None


def _fields(written: Mapping[str, Any]) -> Parts:
    keys = names_of(written["fields"])
    return {"keys": keys, **_title(written)} if keys else None


def _rows(written: Mapping[str, Any]) -> Parts:
    columns = names_of(written.get("columns"))
    return {"of": str(written["rows"]), "keys": columns, **_title(written)} if columns else None


def _each(written: Mapping[str, Any]) -> Parts:
    said = written.get("say")
    sentences = {str(value): _sentence(entry) for value, entry in said.items()} if isinstance(said, dict) else {}
    if not sentences or None in sentences.values():
        return None
    chosen = {"" if value == OTHERWISE else value: text for value, text in sentences.items()}
    return {"of": str(written["each"]), "by": str(written["by"]) if written.get("by") else None, "sentences": chosen}


def _signatures(written: Mapping[str, Any]) -> Parts:
    asked = names_of(written["signatures"])
    return {"keys": () if asked == (ALL,) else asked, **_title(written)} if asked else None


def _title(written: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": _sentence(written["title"])} if written.get("title") else {}


_PARTS: dict[str, Callable[[Mapping[str, Any]], Parts]] = {
    "heading": _worded,
    "text": _worded,
    "closing": _worded,
    "points": _listed,
    "sign": _listed,
    "fields": _fields,
    "rows": _rows,
    "each": _each,
    "signatures": _signatures,
}
