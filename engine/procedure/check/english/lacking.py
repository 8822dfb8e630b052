"""What an owner has named in Chinese alone, of everything but the vocabulary and drawings, which tell it where they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.domain.text import Text, untranslated
from engine.procedure.check.drawing.mending import ask
from engine.procedure.check.subject import Subject
from engine.procedure.decisions import Decision
from engine.procedure.diagrams.markup import parameters_of, properties
from engine.procedure.findings import WRITE_ENGLISH, Place, no_english, short
from engine.procedure.forms import Form
from engine.procedure.forms.component import Component
from engine.procedure.manifest import FILE as MANIFEST
from engine.procedure.safe_yaml import YamlFile
from engine.procedure.trying import story_files
from engine.procedure.writing.stories import title_of
from engine.procedure.writing.words import said_at


def check_english(subject: Subject) -> None:
    """Every text of a whole procedure; files by themselves are of other tools, which have one language."""
    if subject.alone:
        return
    reading = subject.reading
    for file, rule in (
        (reading.manifest.source, "manifest-english"), (reading.clauses_file, "clause-english"),
        (reading.documents_file, "document-english"),
    ):  # fmt: skip
        for place, text in _words(file):
            _note(subject, rule, place, [text])
    for decision in reading.decisions.values():
        _check_table(subject, decision)
    for form in reading.forms.values():
        for part in _parts(form.components):
            _note(subject, "form-english", _at(form, part), _own(part))
    _check_drawn(subject)
    _check_stories(subject)


def _note(subject: Subject, rule: str, place: Place, said: Iterable[Text]) -> None:
    """Once a place, however much of it lacks English."""
    lacking = [text for text in said if untranslated(text)]
    if lacking:
        subject.findings.warning(rule, place, no_english(lacking[0], len(lacking) - 1), WRITE_ENGLISH)


def _words(file: YamlFile) -> Iterator[tuple[Place, Text]]:
    """The words of a file; their place is the entry that a page opens: in the settings that of a section."""
    depth = 2 if file.file == MANIFEST else 1
    for said in said_at(file.data):
        path = said.path.split("/")
        entry = path[:depth][-1]
        yield Place(file.file, file.place(*path).line, entry, short(said.text.zh)), said.text


def _check_table(subject: Subject, decision: Decision) -> None:
    """The headings, and the notes of the rows, each once a table."""
    place = Place(decision.file, None, decision.id, decision.label.zh, decision.label.en)
    asked, answered = (column.label for column in decision.inputs), (column.label for column in decision.outputs)
    _note(subject, "table-english", place, [decision.label, *asked, *answered])
    rows = [rule for rule in decision.rules if untranslated(Text(rule.annotation, rule.annotation_en))]
    if rows:
        first = Place(decision.file, None, rows[0].id or decision.id, decision.label.zh, decision.label.en)
        _note(subject, "row-english", first, [Text(rule.annotation, rule.annotation_en) for rule in rows])


def _parts(components: Iterable[Component]) -> Iterator[Component]:
    for part in components:
        yield part
        yield from _parts(part.children)


def _at(form: Form, part: Component) -> Place:
    return Place(form.file, None, part.key or part.id or None, part.label.zh or None, part.label.en or None)


def _own(part: Component) -> Iterator[Text]:
    """What the form says itself: a question without a heading of its own in English is called as in the vocabulary."""
    lent = part.field.help if part.field else None
    said = (None if part.field else part.label, part.help if part.help != lent else None, part.text, part.pattern_text)
    return (text for text in said if text is not None)


def _check_drawn(subject: Subject) -> None:
    """What a drawing says beside its names: the guidance of a task, and the words that a service task sends."""
    for graph, node in subject.nodes("userTask", "manualTask", "task", "serviceTask"):
        place, own, given = graph.sheet.place(node), properties(node), parameters_of(node)
        for zh, en, said, entry in (
            (own.get("instructions"), own.get("instructions_en"), "guidance", "instructions_en"),
            (given.get("text_zh"), given.get("text_en"), "message", "parameter-text_en"),
        ):
            if untranslated(Text(zh or "", en or "")):
                told = no_english(Text((zh or "").strip('"'), ""))
                go = ask(node.get("id"), entry, "填英文", "Fill in the English")
                subject.warning(f"{said}-english", place, told.zh, told.en, WRITE_ENGLISH.zh, WRITE_ENGLISH.en, go)


def _check_stories(subject: Subject) -> None:
    for file, content in story_files(subject.reading.bundle).items():
        _note(subject, "story-english", Place(file, 1), filter(None, [title_of(content)]))
