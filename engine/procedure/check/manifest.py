"""Rules about procedure.yaml: everything it names is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from string import Formatter

from engine.procedure.check.subject import Subject
from engine.procedure.exchange.parts import PARTS, SECTION
from engine.procedure.findings import misspelt
from engine.procedure.manifest import ANY_ROLE, GATHERED, names_of

NUMBER = "number"
SAMPLE = {"estate": "A", "year": 2026, NUMBER: 1}
NUMBERED = frozenset(SAMPLE)
ORDERED = frozenset({"choice"})
#: The action with which a person begins the procedure, and the section that says what every estate begins by itself.
START, STARTS = "start", "starts"
#: Where a change that was drafted elsewhere begins, and the fields that take what is said of it.
PROPOSALS, BEGINS = "proposals", "begins"


def check_manifest(subject: Subject) -> None:
    """Main process, owner, intake, register and actions."""
    reading, head = subject.reading, subject.reading.manifest
    tasks = [element.id for element in reading.elements.values() if element.kind == "userTask"]
    settable = {*reading.vocabulary, *head.moments}
    _known(subject, ("main",), [head.main], reading.diagrams)
    _known(subject, ("owner",), [head.owner], head.roles)
    # What people or the calendar start needs nothing that is filled in first.
    first = filter(None, [reading.intake.task]) if START in reading.actions else [reading.intake.task]
    _known(subject, ("intake", "task"), first, tasks)
    begins = [element.id for element in reading.elements.values() if element.kind == "startEvent"]
    _known(subject, (STARTS,), head.source.mapping(STARTS), begins)
    _known(subject, ("intake", "emergency_form"), filter(None, [reading.intake.emergency_form]), reading.forms)
    _known(subject, ("intake", "emergency_sets"), reading.intake.emergency_sets, settable)
    for column, key in head.register.items():
        _known(subject, ("register", column), [key], settable)
    for key, action in reading.actions.items():
        _known(subject, ("actions", key, "roles"), action.roles, {*head.roles, ANY_ROLE})
        _known(subject, ("actions", key, "field"), filter(None, [action.field]), reading.vocabulary)
        _known(subject, ("actions", key, "sets"), action.sets, settable)
        raised = reading.vocabulary.get(action.field or "")
        if action.only_up and raised is not None and raised.type not in ORDERED:
            subject.error(
                "only-up", head.source.place("actions", key, "field"), f"字段“{action.field}”没有可以提高的选项。",
                f'The field "{action.field}" has no choices that could be raised.',
                "only_up 只能用于单选字段。", "only_up needs a field of the type choice.",
            )  # fmt: skip
    for tab, forms in head.gathered.items():
        _known(subject, (GATHERED, tab), forms, reading.forms)
    for part in head.source.mapping(SECTION):
        _known(subject, (SECTION,), [part], PARTS)
        _known(subject, (SECTION, part), names_of(head.source.mapping(SECTION)[part]), head.roles)
    proposals = head.source.mapping(PROPOSALS)
    _known(subject, (PROPOSALS, BEGINS), filter(None, [proposals.get(BEGINS)]), begins)
    _known(subject, (PROPOSALS,), [str(key) for name, key in proposals.items() if name != BEGINS], reading.vocabulary)
    _check_numbering(subject)
    for key, field in reading.vocabulary.items():
        for part in field.of:
            _check_part(subject, key, part)


def _check_numbering(subject: Subject) -> None:
    head = subject.reading.manifest
    try:
        parts = {name for _, name, _, _ in Formatter().parse(head.numbering) if name is not None}
        usable = NUMBER in parts <= NUMBERED and bool(head.numbering.format(**SAMPLE))
    except ValueError:
        usable = False
    if not usable:
        subject.error(
            "numbering", head.source.place("numbering", "pattern"), f"编号格式“{head.numbering}”不能用。",
            f'The pattern of numbers "{head.numbering}" cannot be used.',
            "只能用 {estate}、{year} 和 {number}，并且要有 {number}。", "Use {estate}, {year} and {number}, the last at least.",
        )  # fmt: skip


def _check_part(subject: Subject, key: str, part: str) -> None:
    found = subject.reading.vocabulary.get(part)
    if found is None or found.type == "list":
        subject.error(
            "field-of", subject.reading.fields.place(key, "of"), f"列表“{key}”里的“{part}”不是可用的字段。",
            f'"{part}" in the list "{key}" is no usable field.',
            "请写词汇表里的字段，列表里不能再有列表。", "Name fields of the vocabulary; a list may not hold a list.",
        )  # fmt: skip


def _known(subject: Subject, path: tuple[str, ...], names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            where = ".".join(path)
            subject.error(
                "manifest-reference", subject.reading.manifest.source.place(*path), f"{where} 指的“{name}”不存在。",
                f'{where} names "{name}", which does not exist.', "请改名，或先把它做出来。",
                "Correct the name, or make it first.", misspelt(name, known),
            )  # fmt: skip
