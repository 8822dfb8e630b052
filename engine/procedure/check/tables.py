"""Rules about decision tables: no two rows contradict, no case is left out, every row decides something."""

from __future__ import annotations

from engine.domain.text import Text
from engine.domain.values import Value
from engine.procedure.check.subject import Subject
from engine.procedure.decisions import Decision, TableFinding, gaps, hidden, overlaps, without_result
from engine.procedure.decisions.spoken import TRUTH
from engine.procedure.findings import Finding

_TRUTH: dict[Value, Text] = {True: TRUTH["true"], False: TRUTH["false"]}


def check_tables(subject: Subject) -> None:
    """Every table, with the choices that the vocabulary gives its inputs."""
    vocabulary = subject.reading.vocabulary
    names: dict[str, dict[Value, Text]] = {
        key: _TRUTH if field.type == "boolean" else {choice.value: choice.label for choice in field.choices}
        for key, field in vocabulary.items()
    }
    choices = {key: tuple(choice.value for choice in field.choices) for key, field in vocabulary.items() if field.choices}
    for decision in subject.reading.decisions.values():
        subject.findings.extend(_finding(decision, "table-overlap", found) for found in overlaps(decision, choices, names))
        subject.findings.extend(_finding(decision, "table-gap", found) for found in gaps(decision, choices, names))
        subject.findings.extend(_finding(decision, "table-row-hidden", found) for found in hidden(decision, choices))
        subject.findings.extend(_finding(decision, "table-row-empty", found) for found in without_result(decision))


def _finding(decision: Decision, rule: str, found: TableFinding) -> Finding:
    """At the first of the rows, about the others; a gap is the whole table's, and offers the row that it lacks."""
    ids = {row.index: row.id for row in decision.rules}
    rows = tuple(ids[row] for row in found.rows if ids[row])
    place = rows[0] if rows else decision.id
    told = (decision.file, place, decision.label.zh, rule, found.level, None, found.text, found.mend, rows[1:], found.missing)
    return Finding(*told, name_en=decision.label.en)
