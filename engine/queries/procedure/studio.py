"""What the editor of a draft's diagrams is given: the file, what may be chosen in its panel, and what the check finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.procedure import Bundle, Finding
from engine.procedure.check.references import OPERATORS, REQUIRED
from engine.procedure.exchange.examining import findings_of, first_findings_of
from engine.procedure.findings import Findings
from engine.procedure.reading import Reading, read_all
from engine.queries.procedure.drafts import draft_row

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH_FILE = Text("这份草稿里没有这个文件。", "The draft has no such file.")
_TASK = "userTask"


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose in the panel: its key, its name, and what helps to tell it from others."""

    value: str
    label: Text
    hint: Text | None = None
    choices: tuple[Option, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A diagram of the draft: its file and the name of its process."""

    path: str
    name: Text


@dataclass(frozen=True, slots=True)
class Desk:
    """A file of a draft on the editor's desk, with the lists of its panel by name."""

    draft_id: str
    procedure_key: str
    base_number: int
    path: str
    content: bytes
    drawings: tuple[Drawing, ...]
    options: Mapping[str, tuple[Option, ...]]


def desk(reader: Reader, actor: Actor, draft_id: str, path: str = "") -> Desk:
    """The file, or the main diagram without a path; NotFound for what is not there, Forbidden for those who may not change it."""
    row, bundle = _opened(reader, actor, draft_id)
    reading = read_all(bundle, Findings())
    drawings = tuple(_drawings(bundle, reading))
    path = path or next((one.path for one in drawings if one.path == f"{reading.manifest.main}.bpmn"), drawings[0].path)
    return Desk(draft_id, row["procedure_key"], row["base_number"], path, _content(bundle, path), drawings, _options(reading))


def file_of(reader: Reader, actor: Actor, draft_id: str, path: str) -> bytes:
    """One file of a draft as it stands."""
    return _content(_opened(reader, actor, draft_id)[1], path)


def findings(reader: Reader, actor: Actor, draft_id: str, *, first: bool = False) -> tuple[Finding, ...]:
    """Everything the check finds in the draft, by file and line; with ``first`` what can be said without trying it."""
    look = first_findings_of if first else findings_of
    return look(_opened(reader, actor, draft_id)[1])


def _opened(reader: Reader, actor: Actor, draft_id: str) -> tuple[Mapping[str, Any], Bundle]:
    row = draft_row(reader, actor, draft_id)
    return row, Bundle.from_bytes(row["bundle"])


def _content(bundle: Bundle, path: str) -> bytes:
    if path not in bundle.files:
        raise NotFound(NO_SUCH_FILE)
    return bundle.files[path]


def _drawings(bundle: Bundle, reading: Reading) -> Iterable[Drawing]:
    """The diagrams in the order in which they are reached from the main one, those that nothing calls last."""
    names = {diagram.file: diagram.name for diagram in reading.diagrams.values()}
    order = [reading.diagrams[key].file for key in _reached(reading)]
    for path in dict.fromkeys([*order, *bundle.named(".bpmn")]):
        yield Drawing(path, names.get(path, Text(path, path)))


def _reached(reading: Reading) -> list[str]:
    found, pending = dict.fromkeys([reading.manifest.main]), [reading.manifest.main]
    while pending:
        process = pending.pop(0)
        called = [one.called for one in reading.elements.values() if one.process_id == process and one.called]
        new = [key for key in dict.fromkeys(called) if key in reading.diagrams and key not in found]
        found.update(dict.fromkeys(new))
        pending += new
    return [key for key in found if key in reading.diagrams]


def _options(reading: Reading) -> dict[str, tuple[Option, ...]]:
    head = reading.manifest
    tasks = [element for element in reading.elements.values() if element.kind == _TASK]
    titles = {element.form or element.id: element.label for element in tasks}
    return {
        "roles": tuple(Option(key, role.label) for key, role in head.roles.items()),
        "forms": tuple(Option(key, titles.get(key, Text(key, key)), Text(key, key)) for key in reading.forms),
        "limits": tuple(Option(key, label) for key, label in head.limits.items()),
        "moments": tuple(Option(key, moment.label) for key, moment in head.moments.items()),
        "tasks": tuple(Option(element.id, element.label) for element in tasks),
        "decisions": tuple(Option(key, decision.label) for key, decision in reading.decisions.items()),
        "processes": tuple(Option(key, diagram.name) for key, diagram in reading.diagrams.items()),
        "clauses": tuple(Option(key, Text(key, key), clause.text) for key, clause in reading.clauses.items()),
        "operators": tuple(_operator(name) for name in sorted(OPERATORS)),
        "fields": tuple(_field(field) for field in reading.vocabulary.values() if not field.personal),
    }


def _operator(name: str) -> Option:
    asked = tuple(Option(part, Text(part, part)) for part in sorted(REQUIRED.get(name, ())))
    return Option(name, Text(name, name), choices=asked)


def _field(field: Any) -> Option:
    choices = tuple(Option(choice.value, choice.label) for choice in field.choices)
    return Option(field.key, field.label, Text(field.key, field.key), choices, field.type)
