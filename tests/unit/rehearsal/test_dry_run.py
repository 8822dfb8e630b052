"""The dry run: sample cases reach every element of a sound procedure, and say where an unsound one cannot go on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.procedure import Bundle, load_folder, open_procedure
from engine.procedure.check.subject import Subject
from engine.procedure.findings import Findings
from engine.procedure.reading import read_all
from engine.rehearsal.dry_run import MOST_STEPS, DryRun, dry_run, examine
from engine.rehearsal.dry_run.routes import Routes
from engine.workflow import Instance, build_model
from tests.unit.procedure.drawing import (
    FIELDS,
    as_yaml,
    boundary,
    bpmn,
    bundle,
    chain,
    condition,
    end,
    field,
    flow,
    form,
    message,
    node,
    rules,
    simple,
    start,
    timer,
    told,
    user,
)

ASKED = form(field("textfield", "subject"), field("number", "size"), field("select", "colour"), field("checkbox", "sure"))
KEPT = {key: {**FIELDS[key], "keep": True} for key in ("colour", "size", "sure")}


def walked(files: Bundle) -> DryRun:
    """The dry run of a bundle, whatever the check says."""
    procedure, findings = open_procedure(files), Findings()
    return dry_run(build_model(procedure), Routes(Subject(read_all(files, findings), findings).graphs, procedure))


def small(diagram: bytes, manifest: Mapping[str, Any] | None = None, **files: bytes) -> Bundle:
    """The small procedure around a diagram, with a form that asks for a number, a colour and a tick."""
    return bundle(diagram, manifest=manifest, fields=KEPT, files={"forms/do_it.form": ASKED, **files})


def gate(*conditions: str, kind: str = "exclusiveGateway") -> bytes:
    """A gateway after the task, one end for each condition and one by default."""
    ends = [f"end_{number}" for number, _ in enumerate(conditions)]
    flows = [flow("choose", own, holds) for own, holds in zip(ends, conditions, strict=True)]
    gateway = node(kind, "choose", default="f_choose_other")
    return bpmn(start(), user(), gateway, *map(end, ends), end("other"), chain("begin", "do_it", "choose", "other"), *flows)


def beside(event: str, **attributes: Any) -> bytes:
    """An event on the task with an end of its own."""
    return simple(boundary("came", "do_it", event, **attributes), end("after"), flow("came", "after"))


REACHED = {
    "one way": simple(),
    "a choice": gate('colour = "blue"', 'colour = "red"'),
    "a number beyond what is compared": gate("size > 100", "size < 3"),
    "nothing": gate("size = null"),
    "an inclusive choice": gate('colour = "blue"', kind="inclusiveGateway"),
    "a timer": beside(timer("PT1H")),
    "a cycle": beside(timer("every(days(3))", "timeCycle"), interrupting=False),
    "a condition": beside(condition('colour = "red"')),
    "a timer between": bpmn(
        start(), node("intermediateCatchEvent", "wait", timer("PT1H")), user(), end(), chain("begin", "wait", "do_it", "done")
    ),
    "a key that a script works out": bpmn(
        start(), user(), node("scriptTask", "work", "<script>sure = size > 10</script>"),
        node("exclusiveGateway", "choose", default="f_choose_other"), end(), end("other"),
        chain("begin", "do_it", "work", "choose"), flow("choose", "done", "sure = true"), flow("choose", "other"),
    ),
    "a round": bpmn(
        start(), node("exclusiveGateway", "again"), user(), node("exclusiveGateway", "choose", default="f_choose_done"), end(),
        chain("begin", "again", "do_it", "choose", "done"), flow("choose", "again", "size = 7"),
    ),
    "two branches": bpmn(
        start(), node("parallelGateway", "fork"), user(), user("next"), node("parallelGateway", "join"), end(),
        chain("begin", "fork", "do_it", "join", "done"), chain("fork", "next", "join"),
    ),
    "an embedded part with a way out": bpmn(
        start(),
        node("subProcess", "inner", start("i") + user() + end("e") + chain("i", "do_it", "e")),
        boundary("late", "inner", timer("PT1H")), end(), end("broken_off"),
        chain("begin", "inner", "done"), flow("late", "broken_off"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("diagram", REACHED.values(), ids=REACHED.keys())
def test_samples_reach_every_element(diagram: bytes) -> None:
    run = walked(small(diagram))

    assert run.unreached == ()
    assert run.troubles == ()
    assert run.steps <= 20


def test_messages_are_handed_over_and_called_diagrams_entered() -> None:
    called = bpmn(start("in_begin"), user("inside"), end("in_done"), chain("in_begin", "inside", "in_done"), process="part")
    main = bpmn(
        start(), node("callActivity", "call", calledElement="part"), boundary("stopped", "call", message("m")), end(),
        end("gone"), chain("begin", "call", "done"), flow("stopped", "gone"), roots='<message id="m" name="stop"/>',
    )  # fmt: skip
    head = {"actions": {"stop_it": {"roles": ["clerk"], "message": "stop"}}, "intake": {"task": "inside"}}

    assert walked(small(main, head, **{"part.bpmn": called})).unreached == ()


def test_a_choice_that_no_value_leads_to_is_told_by_its_element() -> None:
    found = told(examine(small(gate('colour = "green"', "size > 2 and size < 1"))).findings)

    assert [(one.rule, one.level, one.element, one.file) for one in found] == [
        ("not-reached", "warning", "end_0", "main.bpmn"),
        ("not-reached", "warning", "end_1", "main.bpmn"),
    ]
    assert all(one.line and "名 end" in one.text.zh and one.mend.en for one in found)


def test_what_stops_the_samples_comes_before_all_that_they_have_not_reached() -> None:
    endless = "count(for one in 1..100000 return for other in 1..100000 return other) > 0"
    called = bpmn(
        start("in_begin"), node("exclusiveGateway", "weigh", default="f_weigh_in_rest"), end("in_done"), end("in_rest"),
        chain("in_begin", "weigh", "in_rest"), flow("weigh", "in_done", endless), process="part",
    )  # fmt: skip
    main = bpmn(
        start(), user(), node("callActivity", "call", calledElement="part"), end(), chain("begin", "do_it", "call", "done")
    )

    found = told(examine(small(main, **{"part.bpmn": called})).findings)

    assert (found[0].rule, found[0].element, found[0].file) == ("dry-run-incident", "weigh", "part.bpmn")
    assert "计算步数过多" in found[0].text.zh
    assert {one.rule for one in found[1:]} == {"not-reached"} and {"call", "done", "in_rest"} <= {
        one.element for one in found[1:]
    }


def test_what_stops_a_sample_is_told_by_its_element() -> None:
    loop = bpmn(
        start(), user(), node("exclusiveGateway", "again"), node("scriptTask", "count", "<script>size = 1</script>"),
        node("exclusiveGateway", "choose", default="f_choose_again"), end(),
        chain("begin", "do_it", "again", "count", "choose"), flow("choose", "again"), flow("choose", "done", "size = 2"),
    )  # fmt: skip

    found = [one for one in examine(small(loop)).findings if one.rule == "dry-run-incident"]

    assert {(one.level, one.file) for one in found} == {("warning", "main.bpmn")}
    assert {one.element for one in found} <= {"count", "choose", "again"}


def test_a_fault_of_the_engine_is_an_error_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise TypeError("nobody thought of that")

    monkeypatch.setattr(Instance, "complete", broken)
    found = [one for one in examine(small(simple())).findings if one.rule == "dry-run-crash"]

    assert [(one.level, one.element) for one in found] == [("error", "do_it")]
    assert "nobody thought of that" in found[0].text.en


def test_a_state_that_is_not_kept_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    dumps, dump = iter(range(1000)), Instance.dump

    monkeypatch.setattr(Instance, "dump", lambda case: dump(case) if next(dumps) % 2 == 0 else b"something else")

    assert {(one.rule, one.level) for one in examine(small(simple())).findings} >= {("dry-run-state", "error")}


def test_files_with_errors_are_not_tried() -> None:
    found = examine(small(simple(role="nobody")))

    assert rules(told(found.findings)) == {"unknown-role"}
    assert "dry_run" not in found.work_ms


def test_the_same_files_are_walked_in_the_same_way() -> None:
    files = small(gate('colour = "blue"', "size > 100", "sure = true"))

    assert walked(files) == walked(files)


def test_usual_answers_are_given_where_there_are_some() -> None:
    answers = as_yaml({"do_it": {"size": "12"}})
    script = node("scriptTask", "work", '<script>colour = if size = 12 then "red" else "blue"</script>')
    drawn = bpmn(
        start(), user(), script, node("exclusiveGateway", "choose", default="f_choose_other"), end(), end("other"),
        chain("begin", "do_it", "work", "choose"), flow("choose", "done", 'colour = "red"'), flow("choose", "other"),
    )  # fmt: skip

    assert walked(small(drawn, **{"scenarios/answers.yaml": answers})).unreached == ()


def test_the_shipped_procedure_is_reached_everywhere_within_the_steps_of_one_start(repository: Path) -> None:
    run = walked(load_folder(repository / "processes" / "complaint"))

    assert run.unreached == ()
    assert run.troubles == ()
    assert run.steps <= MOST_STEPS
