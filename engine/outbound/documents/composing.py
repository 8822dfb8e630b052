"""A drawn document in one language: every value in words, every place in a sentence filled, ready for the template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from engine.domain.text import Text
from engine.domain.values import Value
from engine.outbound.documents.environment import NOTHING, day_text, render, value_text
from engine.outbound.documents.pdf import STYLE
from engine.outbound.documents.words import WORDS
from engine.queries.documents import Drawn, Signed

TEMPLATE, ARTICLE = "case.html", "article.html"
#: Kinds of fields whose entries take a whole row; of the others two stand side by side.
WIDE = frozenset({"longtext", "list", "evidence"})
#: A short entry may be long all the same.
_WIDE_FROM = 28


@dataclass(frozen=True, slots=True)
class Part:
    """One block in words; ``rows`` are rows of cells, of a table of fields rows of (name, entry)."""

    kind: str
    text: str = ""
    points: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()


def html_of(drawn: Drawn, language: str, zone: ZoneInfo, *, number: str | None, screen: bool = False) -> str:
    """The document as a page of its own; without a number it is marked as a draft, on a screen it brings its styles along."""
    looks = {"style": STYLE if screen else None, "embedded": False}
    return render(TEMPLATE, language, zone, {**_values(drawn, language, zone, number), **looks})


def article_of(drawn: Drawn, language: str, zone: ZoneInfo) -> str:
    """The draft of a document as a part of another page, without styles."""
    return render(ARTICLE, language, zone, {**_values(drawn, language, zone, None), "embedded": True})


def _values(drawn: Drawn, language: str, zone: ZoneInfo, number: str | None) -> dict[str, Any]:
    writing = _Writing(drawn, language, zone, number)
    return {
        "title": drawn.document.title.in_language(language),
        "number": number,
        "estate": drawn.case.estate.in_language(language),
        "case_number": drawn.case.number,
        "to": writing.addressee(),
        "parts": [writing.part(block) for block in drawn.blocks],
        "printed": writing.printed(),
        "w": {key: text.in_language(language) for key, text in WORDS.items()},
        "public": drawn.document.public is not None,
    }


class _Writing:
    """Writes one document."""

    def __init__(self, drawn: Drawn, language: str, zone: ZoneInfo, number: str | None) -> None:
        self._drawn, self._language, self._zone = drawn, language, zone
        self._vocabulary = drawn.case.procedure.vocabulary
        self._given = {
            "case_number": drawn.case.number,
            "estate_name": drawn.case.estate.in_language(language),
            "document_number": number or self._word("unnumbered"),
            "printed_on": day_text(drawn.printed_at.astimezone(zone).date(), language),
            "printed_by": drawn.printed_by,
        }

    def part(self, block: Any) -> Part:
        """The block in words."""
        made: Part = getattr(self, f"_{block.kind}")(block)
        return made

    def addressee(self) -> str | None:
        """Whom it is written to; a name that nobody knows or may know any more gives way to a usual greeting."""
        addressee = self._drawn.document.addressee
        if addressee is None:
            return None
        said = self.fill(addressee)
        unknown = (NOTHING, self._word("erased"))
        return self._word("greeting") if any(word in said for word in unknown) else said

    def printed(self) -> str:
        """Who printed it when."""
        when = value_text(self._drawn.printed_at, self._language, self._zone)
        return self._word("printed").format(who=self._drawn.printed_by, when=when)

    def fill(self, text: Text, row: Mapping[str, Value] | None = None, line: int = 0) -> str:
        """A sentence with its places filled: from the line of a list, from the case, from the paper itself."""
        written = []
        for words, name, _, _ in Formatter().parse(text.in_language(self._language)):
            written.append(words)
            if name is not None:
                written.append(self._place(name, row or {}, line))
        return "".join(written)

    def _place(self, name: str, row: Mapping[str, Value], line: int) -> str:
        if name in self._given:
            return self._given[name]
        if name in row or name not in self._vocabulary:
            return self._value(name, row.get(name)) if name in self._vocabulary else str(line)
        return self._entry(name)

    def _heading(self, block: Any) -> Part:
        return Part(block.kind, self.fill(block.text))

    _text = _closing = _heading

    def _points(self, block: Any) -> Part:
        return Part(block.kind, points=tuple(map(self.fill, block.points)))

    _sign = _points

    def _fields(self, block: Any) -> Part:
        rows: list[tuple[tuple[str, str], ...]] = []
        waiting: tuple[tuple[str, str], ...] = ()
        for key in block.keys:
            cell = (self._label(key), self._entry(key))
            if self._vocabulary[key].type in WIDE or len(cell[1]) > _WIDE_FROM:
                rows += [*([waiting] if waiting else []), (cell,)]
                waiting = ()
            elif waiting:
                rows.append((*waiting, cell))
                waiting = ()
            else:
                waiting = (cell,)
        return Part(block.kind, self._title(block), rows=tuple([*rows, *([waiting] if waiting else [])]))

    def _rows(self, block: Any) -> Part:
        columns = tuple(map(self._label, block.keys))
        rows = tuple(tuple(self._value(key, row.get(key)) for key in block.keys) for row in self._lines(block.of))
        return Part(block.kind, self._title(block), columns=columns, rows=rows)

    def _each(self, block: Any) -> Part:
        usual = block.sentences.get("", Text("", ""))
        said = [(block.sentences.get(str(row.get(block.by)), usual), row) for row in self._lines(block.of)]
        return Part(block.kind, points=tuple(self.fill(text, row, place) for place, (text, row) in enumerate(said, 1)))

    def _signatures(self, block: Any) -> Part:
        signed = [one for one in self._drawn.signed if not block.keys or one.element_id in block.keys]
        rounds = len({one.round for one in signed}) > 1
        return Part(block.kind, self._title(block), rows=tuple(self._signature(one, rounds) for one in signed))

    def _signature(self, one: Signed, rounds: bool) -> tuple[str, ...]:
        step = one.step.in_language(self._language)
        step = self._word("round").format(step=step, n=one.round) if rounds else step
        name = self._word("for").format(name=one.name, whom=one.on_behalf_of) if one.on_behalf_of else one.name
        role = one.role.in_language(self._language) if one.role else NOTHING
        return step, role, name, value_text(one.at, self._language, self._zone)

    def _lines(self, key: str) -> Iterable[Mapping[str, Value]]:
        found = self._drawn.values.get(key)
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []

    def _title(self, block: Any) -> str:
        return self.fill(block.text) if block.text else ""

    def _label(self, key: str) -> str:
        return str(self._vocabulary[key].label.in_language(self._language))

    def _entry(self, key: str) -> str:
        if key in self._drawn.erased:
            return self._word("erased")
        return self._value(key, self._drawn.values.get(key))

    def _value(self, key: str, value: Value) -> str:
        field = self._vocabulary[key]
        if isinstance(value, list):
            listed = [self._value(key, entry) for entry in value]
            return value_text(listed, self._language, self._zone)
        if isinstance(value, str):
            return self._named(field, value)
        written = value_text(value, self._language, self._zone)
        return (
            f"{written} {field.unit_said.in_language(self._language)}" if field.unit and isinstance(value, Decimal) else written
        )

    def _named(self, field: Any, value: str) -> str:
        choice = field.choice(value) if field.choices else None
        label = choice.label if choice else self._drawn.names.get(value)
        return label.in_language(self._language) if label else value or NOTHING

    def _word(self, key: str) -> str:
        return WORDS[key].in_language(self._language)
