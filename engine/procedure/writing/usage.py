"""Where fields, their choices, forms and stories are used, so that nobody takes one away without knowing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from engine.domain.text import Text
from engine.procedure import answers, documents, manifest
from engine.procedure.bundle import Bundle
from engine.procedure.check.limits import anchor_uses
from engine.procedure.check.subject import Subject
from engine.procedure.check.uses import Use, collect_uses, script_of
from engine.procedure.exchange.cover import clause_cover
from engine.procedure.findings import Findings, Place
from engine.procedure.forms import Component
from engine.procedure.reading import FIELDS_FILE, Reading, read_all
from engine.procedure.writing.called import Drawn, piece, section, titles_of_forms, within
from engine.procedure.writing.stories import title_of

FORM, CONDITION, TABLE, DIAGRAM, PAPER, SETTING, LIST, ANSWER, STORY = (
    "form", "condition", "table", "diagram", "paper", "setting", "list", "answer", "story",
)  # fmt: skip
_STORIES = "scenarios"
_WORD = re.compile(r"[A-Za-z_]\w*")
_PLACE = re.compile(r"\{(\w+)\}")
#: What procedure.yaml says there are names of something else than fields.
_OTHERS = frozenset({"roles", "signers", "owner", "forms", "case_file", "main", "message"})
_PURPOSES = {
    "form": CONDITION,
    "table": TABLE,
    "cell": TABLE,
    "anchor": TABLE,
    "document": PAPER,
    "manifest": SETTING,
    "answer": ANSWER,
}
Found = tuple[str, "Usage"]


@dataclass(frozen=True, slots=True)
class Usage:
    """One place where a field is used: what for, in which file, at which element, and what that is called."""

    purpose: str
    file: str
    element: str
    name: Text


@lru_cache(maxsize=8)
def usages(bundle: Bundle) -> Mapping[str, tuple[Usage, ...]]:
    """The places by field key, forms first, each once."""
    subject = Subject(read_all(bundle, Findings()), Findings())
    found: dict[str, dict[Usage, None]] = defaultdict(dict)
    parts = (_asked(subject), _expressed(subject), _written(subject), _listed(subject), _named(subject), _told(bundle))
    for key, usage in (one for part in parts for one in part):
        if key in subject.reading.vocabulary:
            found[key][usage] = None
    return {key: tuple(places) for key, places in found.items()}


def choice_usages(bundle: Bundle, key: str, value: str) -> tuple[Usage, ...]:
    """The places that use the field and name this choice of it, as a text in quotes or as a word of a story or paper."""
    word = re.compile(
        rf"(?:\"|&quot;|'){re.escape(value)}(?:\"|&quot;|'|\\)|[:\[,]\s*{re.escape(value)}\b|^\s*{re.escape(value)}:",
        re.MULTILINE,
    )
    text = {path: content.decode("utf-8", "replace") for path, content in bundle.files.items()}
    return tuple(
        place
        for place in usages(bundle).get(key, ())
        if place.purpose != LIST and place.file != FIELDS_FILE and word.search(text.get(place.file, ""))
    )


@lru_cache(maxsize=8)
def form_usages(bundle: Bundle, path: str) -> tuple[Usage, ...]:
    """The places that need a form: tasks that fill it in, settings, the usual answers."""
    reading = read_all(bundle, Findings())
    name = path.rpartition("/")[2].removesuffix(".form")
    tasks = (element for element in reading.elements.values() if element.form == name)
    found = [Usage(DIAGRAM, element.file, element.id, element.label) for element in tasks]
    settings = reading.manifest.source.mapping()
    found += [Usage(SETTING, manifest.FILE, key, section(key)) for key, part in settings.items() if name in _every_string(part)]
    if name in reading.answers:
        found.append(Usage(ANSWER, answers.FILE, name, _form(reading, name)))
    return tuple(found)


def clauses_shown_only_by(bundle: Bundle, path: str) -> tuple[str, ...]:
    """The clauses that no other story than this one shows."""
    name = path.rpartition("/")[2].removesuffix(".yaml")
    return tuple(one.id for one in clause_cover(bundle) if one.scenarios == (name,))


def by_purpose(places: Iterable[Usage]) -> dict[str, tuple[Usage, ...]]:
    """The places by what they use it for, in their order."""
    found: dict[str, tuple[Usage, ...]] = {}
    for place in places:
        found[place.purpose] = (*found.get(place.purpose, ()), place)
    return found


def _asked(subject: Subject) -> Iterator[Found]:
    for form in subject.reading.forms.values():
        for part in _parts(form.components):
            if part.key:
                yield part.key, Usage(FORM, form.file, part.id, part.label)


def _expressed(subject: Subject) -> Iterator[Found]:
    forms = subject.reading.forms.values()
    told = [(form, part) for form in forms for part in _parts(form.components) if part.says_something]
    labels = [(form.file, part, piece(subject.reading, form, part)) for form, part in told]
    parts = {(file, name): label for file, part, label in labels for name in (part.id, part.key) if name}
    drawn = Drawn(subject.graphs)
    for use in [*collect_uses(subject), *anchor_uses(subject)]:
        place, purpose = use.place, _PURPOSES.get(use.purpose, DIAGRAM)
        element, name = _at(subject.reading, use, drawn)
        name = parts.get((place.file, element)) or name
        for key in use.variables:
            yield key, Usage(purpose, place.file, element, name)


def _written(subject: Subject) -> Iterator[Found]:
    """What scripts and tables set."""
    drawn = Drawn(subject.graphs)
    for graph in subject.graphs:
        for name, node in graph.nodes.items():
            for key in script_of(node):
                yield key, Usage(DIAGRAM, graph.sheet.file, name, drawn.name(name))
    for decision in subject.reading.decisions.values():
        for output in decision.outputs:
            yield output.name, Usage(TABLE, decision.file, decision.id, decision.label)


def _listed(subject: Subject) -> Iterator[Found]:
    for field in subject.reading.vocabulary.values():
        for key in field.of:
            yield key, Usage(LIST, FIELDS_FILE, field.key, field.label)
    for form, given in subject.reading.answers.items():
        for key in given:
            yield key, Usage(ANSWER, answers.FILE, form, _form(subject.reading, form))


def _named(subject: Subject) -> Iterator[Found]:
    head = subject.reading.manifest.source.mapping()
    for name, content in head.items():
        if name not in _OTHERS:
            for key in _strings(content):
                yield key, Usage(SETTING, manifest.FILE, name, section(name))
    for name, content in subject.reading.documents_file.mapping().items():
        label = subject.reading.documents[name].title if name in subject.reading.documents else _alike(name)
        for text in _strings(content):
            for key in (text, *_PLACE.findall(text)):
                yield key, Usage(PAPER, documents.FILE, name, label)


def _told(bundle: Bundle) -> Iterator[Found]:
    for path, content in bundle.named(".yaml", _STORIES).items():
        if path != answers.FILE:
            name = title_of(content) or _alike(path.rpartition("/")[2].removesuffix(".yaml"))
            for word in dict.fromkeys(_WORD.findall(content.decode("utf-8", "replace"))):
                yield word, Usage(STORY, path, "", name)


def _alike(name: str) -> Text:
    return Text(name, name)


def _form(reading: Reading, name: str) -> Text:
    return titles_of_forms(reading).get(name, _alike(name))


def _at(reading: Reading, use: Use, drawn: Drawn) -> tuple[str, Text]:
    """The element at which an expression stands, and what that is called."""
    place, element = use.place, use.place.element or ""
    if use.purpose in ("table", "cell", "anchor"):
        return element, _cell(reading, place)
    if use.purpose == "manifest":
        path = _path(reading.manifest.source.lines, place)
        action = reading.actions.get(path[1]) if len(path) > 1 else None
        return path[0], within(section(path[0]), action.label if action else None)
    if use.purpose == "answer":
        form = _path(reading.answers_file.lines, place)[0]
        return form, _form(reading, form)
    if use.purpose == "document":
        name = _path(reading.documents_file.lines, place)[0]
        return name, reading.documents[name].title if name in reading.documents else _alike(name)
    return element, drawn.name(element) if element in drawn else Text(place.name or element, place.name_en or element)


def _path(lines: Mapping[tuple[str, ...], int], place: Place) -> tuple[str, ...]:
    """The keys that lead to an entry of a file; the entry alone where several files' lines are not told apart."""
    found = (path for path, line in lines.items() if path[-1] == place.element and line == place.line)
    return next(found, (place.element or "",))


def _cell(reading: Reading, place: Place) -> Text:
    """A column or row, with the table that it is of."""
    table = next((one.label for one in reading.decisions.values() if one.file == place.file), None)
    own = Text(place.name, place.name_en or place.name) if place.name else None
    return within(table, own) if table else own or _alike(place.element or "")


def _strings(content: Any) -> Iterator[str]:
    if isinstance(content, Mapping):
        for key, part in content.items():
            if key not in _OTHERS:
                yield from _strings(part)
    elif isinstance(content, list):
        for part in content:
            yield from _strings(part)
    elif isinstance(content, str):
        yield content


def _every_string(content: Any) -> set[str]:
    if isinstance(content, Mapping):
        return {word for part in content.values() for word in _every_string(part)}
    if isinstance(content, list):
        return {word for part in content for word in _every_string(part)}
    return {content} if isinstance(content, str) else set()


def _parts(components: Iterable[Component]) -> Iterator[Component]:
    for component in components:
        yield component
        yield from _parts(component.children)
