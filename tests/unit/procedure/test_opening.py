"""Opening a bundle: what can be looked up, and what is refused at the door."""

from __future__ import annotations

import pytest

from engine.domain.text import Text
from engine.errors import Misconfigured, NotFound
from engine.procedure import open_procedure
from tests.unit.procedure.drawing import bpmn, bundle, chain, end, field, form, node, props, start, user

LANES = (
    f'<laneSet id="lanes"><lane id="outer" name="外">{props(role="clerk", department="note")}'
    "<flowNodeRef>begin</flowNodeRef><flowNodeRef>handle</flowNodeRef>"
    f'<childLaneSet id="inner_set"><lane id="inner" name="内">{props(role="boss")}'
    "<flowNodeRef>approve</flowNodeRef></lane></childLaneSet></lane></laneSet>"
)


def laned() -> bytes:
    """A drawing with a lane in a lane and an embedded subprocess."""
    inner = start("inner_begin") + node("userTask", "look") + end("inner_done") + chain("inner_begin", "look", "inner_done")
    parts = (start(), node("subProcess", "handle", inner), node("userTask", "approve"), user("own", role="boss"), end())
    return bpmn(*parts, chain("begin", "handle", "approve", "own", "done"), lanes=LANES)


def test_properties_are_read_by_element_id() -> None:
    task = user(limit="first, second", clause="S1.1", excludes="look", instructions="慢", instructions_en="slowly", scope="true")

    found = open_procedure(bundle(bpmn(start(), task, end(), chain("begin", "do_it", "done")))).element("do_it")

    assert (found.limit, found.clauses, found.excludes) == (("first", "second"), ("S1.1",), ("look",))
    assert (found.instructions, found.label) == (Text("慢", "slowly"), Text("名 do_it", "do_it"))
    assert (found.kind, found.process_id, found.role, found.form, found.scope) == ("userTask", "main", "clerk", "do_it", True)


def test_a_user_task_without_a_form_property_uses_the_form_of_its_id() -> None:
    assert open_procedure(bundle(laned())).element("approve").form == "approve"


@pytest.mark.parametrize(("task", "role"), [("look", "clerk"), ("approve", "boss"), ("own", "boss")])
def test_the_innermost_lane_gives_the_role_and_subprocesses_hand_it_down(task: str, role: str) -> None:
    assert open_procedure(bundle(laned())).element(task).role == role


def test_department_is_an_expression_of_the_lane() -> None:
    department = open_procedure(bundle(laned())).element("look").department

    assert department is not None
    assert department.evaluate({"note": "engineering"}) == "engineering"


def test_what_lies_in_a_subprocess_knows_its_host() -> None:
    procedure = open_procedure(bundle(laned()))

    assert (procedure.element("look").host, procedure.element("approve").host) == ("handle", None)


def test_labels_fall_back_to_the_id() -> None:
    procedure = open_procedure(bundle())

    assert procedure.label("main") == Text("主流程", "Main")
    assert procedure.label("nothing") == Text("nothing", "nothing")
    with pytest.raises(NotFound):
        procedure.element("nothing")


def test_the_form_of_an_element() -> None:
    procedure = open_procedure(bundle())

    found = procedure.form_of("do_it")

    assert found is not None
    assert found.keys == {"subject", "size", "colour"}
    assert procedure.form_of("begin") is None


@pytest.mark.parametrize(
    ("files", "file"),
    [
        ({"main.bpmn": b"<definitions"}, "main.bpmn"),
        ({"main.bpmn": b'<!DOCTYPE d [<!ENTITY x "y">]><d>&x;</d>'}, "main.bpmn"),
        ({"fields.yaml": b"subject: {type: nonsense, zh: a, en: b}"}, "fields.yaml"),
        ({"fields.yaml": b"a: [1"}, "fields.yaml"),
        ({"fields.yaml": None}, "fields.yaml"),
        ({"forms/do_it.form": b"{"}, "forms/do_it.form"),
        ({"forms/do_it.form": form(field("textfield", "nowhere"))}, "forms/do_it.form"),
        ({"extra.dmn": b"<definitions/>"}, "extra.dmn"),
    ],
)
def test_what_cannot_be_read_is_refused_with_file_and_mend(files: dict[str, bytes | None], file: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        open_procedure(bundle(files=files))

    assert refused.value.file == file
    assert refused.value.mend is not None
    assert refused.value.text.zh != refused.value.text.en
