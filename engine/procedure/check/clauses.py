"""Rules about clauses: each is carried by something one can point at, or says why it is not."""

from __future__ import annotations

from engine.procedure.check.subject import Subject
from engine.procedure.exchange.cover import carried


def check_clauses(subject: Subject) -> None:
    """Every clause of the list."""
    found = carried(subject.reading)
    for clause in subject.reading.clauses.values():
        if clause.id not in found and clause.open is None:
            subject.warning(
                "clause-not-carried", subject.reading.clauses_file.place(clause.id),
                f"条款 {clause.id}“{clause.text.zh}”没有任何元素、决策行或表单内容承载。",
                f'Nothing carries the clause {clause.id} "{clause.text.en}": no element, row or part of a form.',
                "请在承载它的地方写上 clause，或写明 open 的理由。",
                "Name it at what carries it (clause), or say with open why nothing does.",
            )  # fmt: skip
