"""Rules about the usual answers: each belongs to a form and to a field that it writes."""

from __future__ import annotations

from engine.procedure.check.subject import Subject
from engine.procedure.findings import misspelt


def check_answers(subject: Subject) -> None:
    """Every form and key of the answers file."""
    source = subject.reading.answers_file
    for name in source.mapping():
        form = subject.reading.forms.get(name)
        if form is None:
            subject.error(
                "answer-form", source.place(name), f"没有名为“{name}”的表单可以回答。", f'There is no form "{name}" to answer.',
                "请改名或删去。", "Correct the name, or remove it.", misspelt(name, subject.reading.forms),
            )  # fmt: skip
        for key in source.mapping(name) if form else ():
            if form is not None and key not in form.keys:
                subject.error(
                    "answer-key", source.place(name, key), f"表单“{name}”不填写“{key}”。",
                    f'The form "{name}" does not write "{key}".',
                    "请改名或删去。", "Correct the name, or remove it.", misspelt(key, form.keys),
                )  # fmt: skip
