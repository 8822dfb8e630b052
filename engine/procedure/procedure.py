"""A procedure as an object: everything its files say, compiled and looked up by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.calendar import DayRules
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import NotFound
from engine.feel import EvaluationContext, Expression, compile_expression
from engine.procedure import limits
from engine.procedure.answers import Answers
from engine.procedure.bundle import Bundle
from engine.procedure.clauses import Clause
from engine.procedure.decisions import Decision
from engine.procedure.diagrams import Diagram, Element
from engine.procedure.documents import Document
from engine.procedure.findings import Findings
from engine.procedure.forms import Form
from engine.procedure.limits import LimitRow
from engine.procedure.manifest import Action, Intake, Manifest, Moment, Role
from engine.procedure.reading import Reading, read_all
from engine.procedure.vocabulary import Field


@dataclass(frozen=True, eq=False)
class Procedure:
    """One version of a procedure; immutable, safe to share, equal only to itself.

    ``role_names`` and ``form_names`` are those that the company gave; roles have them as their labels, forms have no others.
    """

    bundle: Bundle
    manifest: Manifest
    vocabulary: Mapping[str, Field]
    diagrams: Mapping[str, Diagram]
    elements: Mapping[str, Element]
    forms: Mapping[str, Form]
    decisions: Mapping[str, Decision]
    actions: Mapping[str, Action]
    intake: Intake
    answers: Answers
    clauses: Mapping[str, Clause]
    documents: Mapping[str, Document]
    names: frozenset[str]
    role_names: Mapping[str, Text] = field(default_factory=dict)
    form_names: Mapping[str, Text] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The digest of its files."""
        return self.bundle.digest

    @property
    def key(self) -> str:
        """Its name in the register and on the command line."""
        return self.manifest.key

    @property
    def title(self) -> Text:
        """Its name for people."""
        return self.manifest.title

    @property
    def owner(self) -> str:
        """The role that answers for it."""
        return self.manifest.owner

    @property
    def main(self) -> str:
        """The process id of the frame."""
        return self.manifest.main

    @property
    def roles(self) -> Mapping[str, Role]:
        """Every role that a lane or task may name."""
        return self.manifest.roles

    @property
    def moments(self) -> Mapping[str, Moment]:
        """Every anchor of a time limit."""
        return self.manifest.moments

    @property
    def facts(self) -> Mapping[str, Text]:
        """The numbers that the engine gives before a step."""
        return self.manifest.facts

    @property
    def facts_within_days(self) -> int:
        """How far back contacts and linked cases count."""
        return self.manifest.facts_within_days

    @property
    def limits(self) -> Mapping[str, Text]:
        """The names of the limit keys."""
        return self.manifest.limits

    @property
    def register(self) -> Mapping[str, str]:
        """Register column to field key."""
        return self.manifest.register

    @property
    def gathered(self) -> Mapping[str, tuple[str, ...]]:
        """Tab of the case file to the names of the forms that it gathers from all rounds."""
        return self.manifest.gathered

    @property
    def numbering(self) -> str:
        """The pattern of register numbers, for ``str.format`` with estate, year and number."""
        return self.manifest.numbering

    @property
    def day_rules(self) -> DayRules:
        """How working time is counted."""
        return self.manifest.day_rules

    def element(self, element_id: str) -> Element:
        """The element with this id; ``NotFound`` when the diagrams have none."""
        found = self.elements.get(element_id)
        if found is None:
            text = Text(f"这一版规程里没有“{element_id}”。", f'This version of the procedure has no "{element_id}".')
            raise NotFound(text)
        return found

    def form_of(self, element_id: str) -> Form | None:
        """The form of a user task; None for elements without one."""
        element = self.elements.get(element_id)
        return self.forms.get(element.form) if element and element.form else None

    def label(self, element_id: str) -> Text:
        """What people call an element or a process; the id itself for an unknown one."""
        element = self.elements.get(element_id)
        if element is not None:
            return element.label
        diagram = self.diagrams.get(element_id)
        return diagram.name if diagram is not None else Text(element_id, element_id)

    def named(self, roles: Mapping[str, Text], forms: Mapping[str, Text]) -> Procedure:
        """The same procedure with other names for some of its roles and forms; names of what it does not have are left out."""
        called = {key: replace(role, label=roles.get(key, role.label)) for key, role in self.roles.items()}
        given = {key: text for key, text in roles.items() if key in self.roles}
        known = {name: text for name, text in forms.items() if name in self.forms}
        return replace(self, manifest=replace(self.manifest, roles=called), role_names=given, form_names=known)

    def compile(self, source: str) -> Expression:
        """A FEEL expression with the procedure's names in scope; ``FeelError`` when it is none."""
        return compile_expression(source, self.names)

    def limit_rows(self, key: str, scope: Mapping[str, Value], context: EvaluationContext) -> list[LimitRow]:
        """The rows of ``limits.dmn`` that hold for the scope; rows whose anchor is null there are left out."""
        table = self.decisions.get(limits.DECISION)
        if table is None:
            return []
        outcome = table.decide({**scope, limits.INPUT: key}, context)
        outputs = outcome.value if isinstance(outcome.value, list) else [outcome.value] if outcome.value else []
        rows = [limits.limit_row(key, output, row) for output, row in zip(outputs, outcome.matched, strict=True)]
        return [row for row in rows if scope.get(row.anchor) is not None]


def open_procedure(bundle: Bundle) -> Procedure:
    """The procedure in a bundle; ``Misconfigured`` with place and mend at the first thing that cannot be read."""
    findings = Findings()
    reading = read_all(bundle, findings)
    findings.refuse()
    return assemble(reading)


def assemble(reading: Reading) -> Procedure:
    """The procedure as far as it could be read."""
    return Procedure(
        bundle=reading.bundle,
        manifest=reading.manifest,
        vocabulary=reading.vocabulary,
        diagrams=reading.diagrams,
        elements=reading.elements,
        forms=reading.forms,
        decisions=reading.decisions,
        actions=reading.actions,
        intake=reading.intake,
        answers=reading.answers,
        clauses=reading.clauses,
        documents=reading.documents,
        names=reading.names,
    )
