"""Rules about documents.yaml: its fields and places exist, nothing restricted is printed, nothing personal is published."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from string import Formatter

from engine.procedure.check.subject import Subject, title
from engine.procedure.diagrams.markup import parameters_of
from engine.procedure.documents import BUILT_IN, Block, Document, places_in
from engine.procedure.documents.model import LINE, NUMBER_PARTS, NUMBER_SAMPLE
from engine.procedure.findings import Mending, Place, misspelt
from engine.procedure.manifest import ANY_ROLE

UNIQUE = frozenset({"case", "number"})
DRAFT = "draft_document"
_LISTED = 30


def check_documents(subject: Subject) -> None:
    """Every document, and every one that a diagram asks for."""
    reading = subject.reading
    for document in reading.documents.values():
        _Rules(subject, document).check()
    for graph, node in subject.nodes("serviceTask") if reading.documents else ():
        element = reading.elements.get(str(node.get("id")))
        kind = parameters_of(node).get("kind", "").strip().strip('"')
        if element is not None and element.operator == DRAFT and kind not in reading.documents:
            subject.error(
                "unknown-document", graph.sheet.place(node), f"“{title(node)}”要起草的文书“{kind}”不存在。",
                f'"{title(node)}" drafts the document "{kind}", which does not exist.', *_known(reading.documents),
            )  # fmt: skip


class _Rules:
    """The rules of one document."""

    def __init__(self, subject: Subject, document: Document) -> None:
        self._subject, self._document = subject, document
        self._reading = subject.reading

    def check(self) -> None:
        """Names, then what may be printed."""
        document, head = self._document, self._reading.manifest
        self._name("document-role", self._place("roles"), document.roles or ("",), {*head.roles, ANY_ROLE})
        if self._reading.clauses:
            self._name("unknown-clause", self._place("clause"), document.clauses, self._reading.clauses)
        self._check_number()
        self._check_public()
        written = self._reading.documents_file.mapping(document.key).get("blocks") or []
        # A block that could not be read was noted already, and then the others' places are not sure.
        certain = len(written) == len(document.blocks)
        for position, block in enumerate(document.blocks):
            self._check_block(self._place("blocks", *([str(position)] if certain else [])), block)
        if document.addressee is not None:
            self._check_places(self._place("to"), Block("text", document.addressee))

    def _check_block(self, place: Place, block: Block) -> None:
        vocabulary = self._reading.vocabulary
        listed = vocabulary.get(block.of or "")
        parts = listed.of if listed is not None and listed.type == "list" else ()
        if block.of is not None:
            lists = [key for key, field in vocabulary.items() if field.type == "list"]
            self._name("document-list", place, [block.of], lists)
        if block.kind == "fields":
            plain = [key for key, field in vocabulary.items() if field.type != "list"]
            self._name("document-field", place, block.keys, plain)
        elif block.kind == "rows" and parts:
            self._name("document-field", place, block.keys, parts)
        elif block.kind == "signatures":
            self._name("unknown-task", place, block.keys, self._subject.user_tasks)
        elif block.kind == "each" and parts:
            self._check_each(place, block, parts)
        self._check_places(place, block, parts)
        self._check_printable(place, [*([] if block.kind == "signatures" else block.keys), *filter(None, [block.of])])

    def _check_each(self, place: Place, block: Block, parts: tuple[str, ...]) -> None:
        self._name("document-field", place, filter(None, [block.by]), parts)
        field = self._reading.vocabulary.get(block.by or "")
        values = [choice.value for choice in field.choices] if field else []
        self._name("document-choice", place, filter(None, block.sentences), values)
        for missing in [value for value in values if value not in block.sentences and "" not in block.sentences]:
            self._error(
                "document-choice", place, f"“{self._title}”没有写“{missing}”的一行怎么说。",
                f'"{self._title}" does not say what is written for "{missing}".',
                "请在 say 里补上，或写 otherwise。", "Add it to say, or write otherwise.",
            )  # fmt: skip

    def _check_places(self, place: Place, block: Block, parts: Collection[str] = ()) -> None:
        vocabulary = self._reading.vocabulary
        plain = {key for key, field in vocabulary.items() if field.type != "list"}
        known = {*plain, *BUILT_IN, *((*parts, LINE) if block.kind == "each" else ())}
        for text in block.words:
            try:
                found = list(dict.fromkeys(places_in(text)))
            except ValueError:
                self._error(
                    "document-place", place, f"“{text.zh}”里的花括号没有写对。", f'The braces in "{text.en}" are not right.',
                    "花括号里只写一个名称，例如 {case_number}。", "Braces hold one name, such as {case_number}.",
                )  # fmt: skip
                continue
            self._name("document-place", place, found, known)
            self._check_printable(place, [name for name in found if name in vocabulary])

    def _check_printable(self, place: Place, keys: Iterable[str]) -> None:
        public = self._document.public
        for key in keys:
            field = self._reading.vocabulary.get(key)
            if field is not None and field.sensitivity:
                self._error(
                    "document-restricted", place, f"“{self._title}”写了限阅字段“{field.label.zh}”（{key}）。",
                    f'"{self._title}" prints the restricted field "{field.label.en}" ({key}).',
                    "请拿掉它：能看这件投诉的人都能看文书。", "Remove it: whoever may read the case may read its documents.",
                )  # fmt: skip
            if public and field is not None and field.personal and key not in public.redacted:
                self._error(
                    "document-personal", place, f"“{self._title}”是公开的，却写了个人信息字段“{field.label.zh}”（{key}）。",
                    f'"{self._title}" is public and prints the personal field "{field.label.en}" ({key}).',
                    "请拿掉它，或在 public 的 redacted 里写明它已由人隐去个人信息。",
                    "Remove it, or name it under redacted of public, where somebody has taken the personal data out of it.",
                )  # fmt: skip

    def _check_public(self) -> None:
        public, vocabulary = self._document.public, self._reading.vocabulary
        if public is not None:
            answers = [key for key, field in vocabulary.items() if field.type == "boolean"]
            self._name("document-field", self._place("public", "confirmed_by"), [public.confirmed_by], answers)
            self._name("document-field", self._place("public", "redacted"), public.redacted, vocabulary)

    def _check_number(self) -> None:
        pattern = self._document.number
        try:
            parts = {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
            usable = parts >= UNIQUE and parts <= NUMBER_PARTS and bool(pattern.format(**NUMBER_SAMPLE))
        except (ValueError, KeyError, IndexError):
            usable = False
        if not usable:
            self._error(
                "document-number", self._place("number"), f"“{self._title}”的编号格式“{pattern}”不能用。",
                f'The pattern of numbers "{pattern}" of "{self._title}" cannot be used.',
                "要有 {case} 和 {number}，还可以用 {estate} 和 {year}。",
                "It needs {case} and {number}, and may have {estate} and {year}.",
            )  # fmt: skip

    @property
    def _title(self) -> str:
        return self._document.title.zh

    def _place(self, *path: str) -> Place:
        return self._reading.documents_file.place(self._document.key, *path)

    def _name(self, rule: str, place: Place, names: Iterable[str], known: Collection[str]) -> None:
        for name in names:
            if name not in known:
                self._error(
                    rule, place, f"“{self._title}”里的“{name}”不存在，或不能用在这里。",
                    f'"{name}" in "{self._title}" does not exist, or cannot be used here.', *_known(known), misspelt(name, known),
                )  # fmt: skip

    def _error(
        self, rule: str, place: Place, zh: str, en: str, mend_zh: str, mend_en: str, mending: Mending | None = None
    ) -> None:  # fmt: skip
        self._subject.error(rule, place, zh, en, mend_zh, mend_en, mending)


def _known(names: Collection[str]) -> tuple[str, str]:
    shown = sorted(names)
    listed = ", ".join(shown[:_LISTED]) + (" …" if len(shown) > _LISTED else "")
    return f"可用：{listed}。", f"There are: {listed}."
