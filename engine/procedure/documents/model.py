"""A document as its owner writes it: a title, a pattern of numbers, and blocks one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from string import Formatter
from zoneinfo import ZoneInfo

from engine.domain.text import Text
from engine.domain.values import Value
from engine.feel import EvaluationContext, Expression

FILE = "documents.yaml"
#: Places in a sentence that no field of the vocabulary fills: the case, its estate, and the paper itself.
BUILT_IN = frozenset({"case_number", "estate_name", "document_number", "printed_on", "printed_by"})
#: The place of a line's own number, in a sentence that is said of every line of a list.
LINE = "line"
#: What a pattern of document numbers may hold; the first two make it unique.
NUMBER_PARTS = frozenset({"case", "number", "estate", "year"})
NUMBER_SAMPLE: Mapping[str, str | int] = {"case": "A-1", "number": 1, "estate": "A", "year": 2026}


@dataclass(frozen=True, slots=True)
class Block:
    """One block; ``kind`` says which of the others it has.

    heading, text, closing: ``text``. points: ``points``. fields: ``keys``, ``text`` as its heading. rows: a list ``of`` with
    the columns ``keys``. each: the list ``of``, a sentence a line, chosen by the value of ``by`` ("" stands for any other).
    signatures: the tasks in ``keys``, all when it is empty. sign: a line for a pen for each of ``points``. ``when`` may hold it
    back.
    """

    kind: str
    text: Text | None = None
    points: tuple[Text, ...] = ()
    keys: tuple[str, ...] = ()
    of: str | None = None
    by: str | None = None
    sentences: Mapping[str, Text] = field(default_factory=dict)
    when: Expression | None = None

    @property
    def words(self) -> tuple[Text, ...]:
        """Every sentence with places in it."""
        return (*((self.text,) if self.text else ()), *self.points, *self.sentences.values())


@dataclass(frozen=True, slots=True)
class Public:
    """Of what everybody may read: the personal fields that somebody has redacted, and the field in which they say so."""

    confirmed_by: str
    redacted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One document; ``roles`` issue it, ``number`` is a pattern for ``str.format``, ``public`` is set where all may read it."""

    key: str
    title: Text
    number: str
    roles: tuple[str, ...]
    clauses: tuple[str, ...]
    blocks: tuple[Block, ...]
    public: Public | None = None
    addressee: Text | None = None

    def standing(self, values: Mapping[str, Value], names: frozenset[str], now: datetime, zone: ZoneInfo) -> tuple[Block, ...]:
        """The blocks whose condition holds; a name of the procedure without a value is null."""
        scope = {name: values.get(name) for name in names}
        context = EvaluationContext(now=now, zone=zone)
        return tuple(block for block in self.blocks if block.when is None or block.when.evaluate(scope, context) is True)


def places_in(text: Text) -> Iterator[str]:
    """The names in braces, of both languages; ValueError where a brace stands alone or holds more than a name."""
    for written in (text.zh, text.en):
        for _, name, format_spec, conversion in Formatter().parse(written):
            if name is not None:
                if format_spec or conversion or not name.isidentifier():
                    raise ValueError(name)
                yield name
