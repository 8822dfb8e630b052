"""What a version calls its own things, for sentences about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from engine.domain.text import Text
from engine.procedure.diagrams.lanes import lanes
from engine.procedure.diagrams.markup import BPMN, properties
from engine.procedure.diagrams.model import Element
from engine.procedure.reading import Reading


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
        named = [(str(lane.get("name")), properties(lane).get("name_en")) for lane in drawn]
        return {zh: Text(zh, en or zh) for zh, en in named}

    @cached_property
    def _ends(self) -> Mapping[str, str]:
        flows = (flow for sheet in self._reading.sheets for flow in sheet.root.iter(f"{{{BPMN}}}sequenceFlow"))
        return {str(flow.get("id")): str(flow.get("targetRef")) for flow in flows}


def _shared(form: str, tasks: Sequence[Element]) -> Text:
    own = next((task.label for task in tasks if task.id == form), None)
    return own or Counter(task.label for task in tasks).most_common(1)[0][0]
