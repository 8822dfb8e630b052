"""What a version calls its own things, for sentences about it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from engine.domain.text import Text, named
from engine.procedure.decisions.spoken import TRUTH
from engine.procedure.diagrams.lanes import lanes
from engine.procedure.diagrams.markup import BPMN, local, properties
from engine.procedure.diagrams.model import Element
from engine.procedure.diff.kinds import PIECES, SENT
from engine.procedure.forms import Component
from engine.procedure.manifest import label_of
from engine.procedure.reading import Reading

#: Of a longer text so many characters are quoted, in English twice as many.
_BEGINNING = 18
_ID = re.compile(r"[A-Za-z_]\w*")
_SAID = re.compile(r'"(?P<text>[^"]*)"|(?:now|today)\(\)|[A-Za-z_]\w*|!=|<=|>=')
_SMALL = {
    **TRUTH,
    "null": Text("空", "empty"),
    "and": Text("且", "and"),
    "or": Text("或", "or"),
    "not": Text("并非", "not"),
    "in": Text("属于", "in"),
    "if": Text("如果", "if"),
    "then": Text("则", "then"),
    "else": Text("否则", "else"),
    "now()": Text("此刻", "now"),
    "today()": Text("今天", "today"),
    "!=": Text("≠", "≠"),
    "<=": Text("≤", "≤"),
    ">=": Text("≥", "≥"),
}


class Names:
    """Names by key; a key that the version does not know is its own name."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def role(self, key: str) -> Text:
        """A role."""
        found = self._reading.manifest.roles.get(key)
        return found.label if found else Text(key, key)

    def limit(self, key: str) -> Text:
        """A limit."""
        return self._reading.manifest.limits.get(key, Text(key, key))

    def moment(self, key: str) -> Text:
        """A moment."""
        found = self._reading.manifest.moments.get(key)
        return found.label if found else Text(key, key)

    def element(self, key: str) -> Text:
        """An element of a diagram, or a whole diagram."""
        found = self._reading.elements.get(key)
        diagram = self._reading.diagrams.get(key)
        return found.label if found else diagram.name if diagram else Text(key, key)

    def field(self, key: str) -> Text:
        """A field of the vocabulary."""
        found = self._reading.vocabulary.get(key)
        return found.label if found else Text(key, key)

    def decision(self, key: str) -> Text:
        """A decision."""
        found = self._reading.decisions.get(key)
        return found.label if found else Text(key, key)

    def value(self, field: str, value: str) -> Text:
        """A value that a cell names: a choice of the field that its column is about, else whatever bears that name."""
        known = self._reading.vocabulary.get(field)
        choice = known.choice(value) if known else None
        if choice is not None:
            return choice.label
        parts = [part.strip() for part in value.split(",")]
        if all(part in self._reading.manifest.roles for part in parts):
            roles = [self.role(part) for part in parts]
            return Text("、".join(role.zh for role in roles), ", ".join(role.en for role in roles))
        found = self.moment(value)
        return found if found.zh != value else self.field(value)

    def lane(self, name: str) -> Text:
        """A lane, by the name that is written on it."""
        return self._lanes.get(name, Text(name, name))

    def way(self, key: str) -> Text:
        """A sequence flow, by where it leads."""
        end = self._ends.get(key)
        return self.element(end) if end else Text(key, key)

    def sent(self, key: str) -> Text:
        """What is sent by that id: as the action that sends it is called, else as what first waits for it or throws it."""
        name, at = self._sent.get(key, (key, None))
        action = next((one for one in self._reading.actions.values() if one.message == name), None)
        if action is not None:
            return action.name
        return self.element(at) if at and _ID.fullmatch(name) else Text(name, name)

    def spoken(self, feel: str) -> Text:
        """An expression with what it names by its name and its small words as people say them."""
        return Text(self._spoken(feel, "zh"), self._spoken(feel, "en"))

    def _spoken(self, feel: str, language: str) -> str:
        return _SAID.sub(lambda found: self._word(found, feel).in_language(language), feel)

    def _word(self, found: re.Match[str], feel: str) -> Text:
        if found["text"] is None:
            asks = feel[found.end() :].startswith("(")
            return _SMALL.get(found[0]) or (Text(found[0], found[0]) if asks else self.known(found[0]))
        fields = [name for name in _ID.findall(feel[: found.start()]) if name in self._reading.vocabulary]
        said = self.value(fields[-1], found["text"]) if fields else self.known(found["text"])
        return Text(f"“{said.zh}”", f'"{said.en}"')

    def known(self, key: str) -> Text:
        """Whatever the version calls by that key; small words as people say them."""
        if key in _SMALL:
            return _SMALL[key]
        found = (self.field(key), self.role(key), self.limit(key), self.moment(key), self.element(key), self._other(key))
        return next((name for name in found if name.zh != key), Text(key, key))

    def _other(self, key: str) -> Text:
        found = self._reading.documents.get(key)
        if found:
            return found.title
        decision = self.decision(key)
        return decision if decision.zh != key else self._listed.get(key) or self.form(key)

    @cached_property
    def _listed(self) -> Mapping[str, Text]:
        """The entries of the settings that have a name of their own, by their keys."""
        sections = [part for part in self._reading.manifest.source.mapping().values() if isinstance(part, dict)]
        entries = (pair for part in sections for pair in part.items() if isinstance(pair[1], dict))
        return {key: label_of(entry, key) for key, entry in entries if entry.get("zh")}

    def choice(self, value: str) -> Text:
        """A choice of whichever field has it."""
        found = (field.choice(value) for field in self._reading.vocabulary.values())
        return next((choice.label for choice in found if choice is not None), Text(value, value))

    def has_form(self, task: str) -> bool:
        """Whether something is filled in there."""
        element = self._reading.elements.get(task)
        return (element.form or task if element else task) in self._reading.forms

    def piece(self, task: str, key: str) -> Text:
        """A part of the form of a task by its label, else by what it says, else by its kind."""
        element = self._reading.elements.get(task)
        form = self._reading.forms.get(element.form or task if element else task)
        part = next((one for one in _every(form.components) if key in (one.id, one.key)), None) if form else None
        if part is None:
            return self.field(key)
        if part.label.zh.strip() and part.label.zh != part.id:
            return part.label
        return _quoted(part.text) if part.text and part.text.zh.strip() else PIECES.get(part.kind, Text(key, key))

    def form(self, key: str) -> Text:
        """A form."""
        return self.forms.get(key, Text(key, key))

    @cached_property
    def forms(self) -> Mapping[str, Text]:
        """What the task that shows a form is called, by the form's name: the one with that id, else as most of them are."""
        shown: defaultdict[str, list[Element]] = defaultdict(list)
        for element in self._reading.elements.values():
            if element.form:
                shown[element.form].append(element)
        return {form: _shared(form, tasks) for form, tasks in shown.items()}

    @cached_property
    def _lanes(self) -> Mapping[str, Text]:
        drawn = [lane for sheet in self._reading.sheets for lane in lanes(sheet.root) if lane.get("name")]
        lanes_named = [(str(lane.get("name")), properties(lane).get("name_en")) for lane in drawn]
        return {zh: named(zh, en) for zh, en in lanes_named}

    @cached_property
    def _sent(self) -> Mapping[str, tuple[str, str | None]]:
        """By id the name of each message and its like, with the event that first speaks of it."""
        nodes = [node for sheet in self._reading.sheets for node in sheet.root.iter(f"{{{BPMN}}}*")]
        at: dict[str, str] = {}
        for node in nodes:
            for ref in SENT:
                if node.get(ref) and (event := node.getparent()) is not None:
                    at.setdefault(str(node.get(ref)), str(event.get("id")))
        kinds = {ref.removesuffix("Ref") for ref in SENT}
        known = (node for node in nodes if local(node) in kinds and node.get("id"))
        return {str(node.get("id")): (node.get("name") or str(node.get("id")), at.get(str(node.get("id")))) for node in known}

    @cached_property
    def _ends(self) -> Mapping[str, str]:
        flows = (flow for sheet in self._reading.sheets for flow in sheet.root.iter(f"{{{BPMN}}}sequenceFlow"))
        return {str(flow.get("id")): str(flow.get("targetRef")) for flow in flows}


def _shared(form: str, tasks: Sequence[Element]) -> Text:
    own = next((task.label for task in tasks if task.id == form), None)
    return own or Counter(task.label for task in tasks).most_common(1)[0][0]


def _every(components: Iterable[Component]) -> Iterator[Component]:
    for component in components:
        yield component
        yield from _every(component.children)


def _quoted(text: Text) -> Text:
    """The beginning of what is said."""
    zh, en = (" ".join(words.split()) for words in (text.zh, text.en))
    return Text(
        f"“{zh[:_BEGINNING]}{'…' * (len(zh) > _BEGINNING)}”", f'"{en[: 2 * _BEGINNING]}{"…" * (len(en) > 2 * _BEGINNING)}"'
    )
