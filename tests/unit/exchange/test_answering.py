"""A user task as a plain BPMN editor draws it, and the answers that make it usable."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure import Bundle, check, load_folder, open_procedure
from engine.procedure.diff import compare
from engine.procedure.exchange.answering import Answer, Limit, answered
from engine.procedure.exchange.entering import entered
from engine.procedure.exchange.examining import kept
from engine.procedure.exchange.questions import questions_about
from tests.unit.exchange.plain_editor import with_task

ANSWER = Answer("Activity_1Ab", "manager", None, (Text("复核意见", "Opinion"),), Limit(Decimal(2), "working_hours"))


@pytest.fixture(scope="module")
def shipped(repository: Path) -> Bundle:
    return load_folder(repository / "processes" / "complaint")


@pytest.fixture(scope="module")
def drawn(shipped: Bundle) -> Bundle:
    """The shipped procedure with a task between two others, as a plain editor saves it."""
    return kept(Bundle({**shipped.files, "assign.bpmn": with_task(shipped.files["assign.bpmn"])}))


def test_only_what_is_unsaid_is_asked(shipped: Bundle, drawn: Bundle) -> None:
    asked = questions_about(shipped, drawn).asked

    assert [(one.element_id, one.name.zh, one.role, one.form, one.limit, one.must) for one in asked] == [
        ("Activity_1Ab", "复核派单", True, True, True, True)
    ]
    assert [name.zh for name in asked[0].follows] == ["确定受理人"]
    assert questions_about(shipped, shipped).asked == ()


def test_answers_make_a_procedure_without_errors(shipped: Bundle, drawn: Bundle) -> None:
    whole = answered(drawn, ANSWER)

    assert [found for found in check(whole) if found.level == "error"] == []
    assert questions_about(shipped, whole).asked == ()
    procedure = open_procedure(whole)
    task = procedure.element("Activity_1Ab")
    form = procedure.form_of(task.id)
    assert (task.role, task.limit) == ("manager", ("activity_1ab",))
    assert form is not None and [field.field.label.zh for field in form.fields] == ["复核意见"]
    assert kept(whole) == whole, "answers are written as files are kept"


def test_answers_touch_nothing_else(drawn: Bundle) -> None:
    whole = answered(drawn, ANSWER)

    changed = {path for path in whole.files if whole.files[path] != drawn.files.get(path)}
    assert changed == {"assign.bpmn", "limits.dmn", "procedure.yaml", "fields.yaml", "forms/Activity_1Ab.form"}
    assert len(compare(drawn, whole).changes) == 8


def test_a_form_that_is_there_and_a_moment_of_the_procedure_may_be_chosen(drawn: Bundle) -> None:
    whole = answered(drawn, Answer("Activity_1Ab", "manager", "approve_plan", (), Limit(Decimal(1), "days", "registered_at")))

    task = open_procedure(whole).element("Activity_1Ab")
    assert task.form == "approve_plan"
    assert whole.files["fields.yaml"] == drawn.files["fields.yaml"]
    assert [found for found in check(whole) if found.level == "error"] == []


@pytest.mark.parametrize(
    ("text", "path", "wanted"),
    [
        ("a: 1\n", (), 'a: 1\nk: {zh: "一"}\n'),
        ("a: 1", (), 'a: 1\nk: {zh: "一"}\n'),
        ("b:\n    # why\n    x: 1\nc: 2\n", ("b",), 'b:\n    # why\n    k: {zh: "一"}\n    x: 1\nc: 2\n'),
        ("b: {}\n", ("b",), 'b: {k: {zh: "一"}}\n'),
        ("b: {x: 1}  # why\n", ("b",), 'b: {x: 1, k: {zh: "一"}}  # why\n'),
        ("b:\nc: 2\n", ("b",), 'c: 2\nb:\n  k: {zh: "一"}\n'),
        ("c: 2\n", ("b",), 'c: 2\nb:\n  k: {zh: "一"}\n'),
        ("", ("b",), 'b:\n  k: {zh: "一"}\n'),
        ("{a: 1}\n", (), '{a: 1, k: {zh: "一"}}\n'),
    ],
)
def test_an_entry_is_added_and_every_other_line_stays(text: str, path: tuple[str, ...], wanted: str) -> None:
    assert entered(text.encode(), path, "k", {"zh": "一"}).decode() == wanted


def test_a_broken_file_is_named_and_not_overwritten() -> None:
    with pytest.raises(Misconfigured):
        entered(b"a: [", (), "k", {})
