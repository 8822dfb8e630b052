"""A diagram drawn elsewhere becomes a diagram of the procedure: all it holds, ids that are free, roles where names agree."""

from __future__ import annotations

import pytest
from lxml import etree

from engine.errors import Misconfigured
from engine.procedure import check
from engine.procedure.bundle import Bundle
from engine.procedure.exchange.canonical import canonical_file
from engine.procedure.exchange.foreign import Opened, opened
from tests.unit.procedure.drawing import bundle

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
FOREIGN = f"""<?xml version="1.0" encoding="UTF-8"?>
<b:definitions xmlns:b="{MODEL}" xmlns:x="http://paint.example/1" id="theirs">
  <!-- drawn in May -->
  <b:collaboration id="c"><b:participant id="pool" name="Boss" processRef="main"/></b:collaboration>
  <b:process id="main" x:colour="red">
    <b:laneSet id="lanes">
      <b:lane id="one" name=" 职 员 "><b:documentation>who</b:documentation>
        <b:flowNodeRef>begin</b:flowNodeRef><b:flowNodeRef>do_it</b:flowNodeRef></b:lane>
      <b:lane id="two" name="Nobody we know"><b:flowNodeRef>choose</b:flowNodeRef></b:lane>
      <b:lane id="three"><b:flowNodeRef>End</b:flowNodeRef></b:lane>
      <b:lane id="four" name="empty"/>
    </b:laneSet>
    <b:startEvent id="begin"><b:outgoing>f1</b:outgoing></b:startEvent>
    <b:task id="do_it" name="Look"/>
    <b:exclusiveGateway id="choose" default="f3"/>
    <b:callActivity id="again" calledElement="main"/>
    <b:endEvent id="End"/>
    <b:boundaryEvent id="late" attachedToRef="do_it"><b:timerEventDefinition/></b:boundaryEvent>
    <b:sequenceFlow id="f1" sourceRef="begin" targetRef="do_it"/>
    <b:sequenceFlow id="f2" sourceRef="do_it" targetRef="choose"/>
    <b:sequenceFlow id="f3" sourceRef="choose" targetRef="End"/>
  </b:process>
</b:definitions>""".encode()


def taken(people: bool = True, name: str = "Our Old Process (2).bpmn20.xml", into: Bundle | None = None) -> Opened:
    return opened(into or bundle(), name, FOREIGN, people)


def attributes(done: Opened, kind: str) -> list[dict[str, str]]:
    return [dict(one.attrib) for one in etree.fromstring(done.content).iter(f"{{{MODEL}}}{kind}")]


def test_its_ids_are_free_and_everything_that_speaks_of_them_follows() -> None:
    done = taken()

    ids = [one["id"] for kind in ("process", "startEvent", "userTask", "endEvent") for one in attributes(done, kind)]
    assert ids == ["main_2", "begin_2", "do_it_2", "element_End"]
    assert [(one["sourceRef"], one["targetRef"]) for one in attributes(done, "sequenceFlow")] == [
        ("begin_2", "do_it_2"), ("do_it_2", "choose"), ("choose", "element_End"),
    ]  # fmt: skip
    assert attributes(done, "participant")[0]["processRef"] == "main_2"
    assert attributes(done, "callActivity")[0]["calledElement"] == "main_2"
    assert attributes(done, "boundaryEvent")[0]["attachedToRef"] == "do_it_2"
    assert b"<b:flowNodeRef>do_it_2</b:flowNodeRef>" in done.content


def test_ids_spoken_of_with_a_prefix_are_spoken_of_without_it() -> None:
    said = FOREIGN.replace(b'sourceRef="', b'sourceRef="b:').replace(b"<b:flowNodeRef>", b"<b:flowNodeRef>b:")

    assert said.count(b"b:flowNodeRef>b:") and opened(bundle(), "x.bpmn", said, True).content == taken(name="x.bpmn").content


def test_in_the_procedure_no_id_is_twice_and_nothing_hangs_loose() -> None:
    first = taken()
    with_it = Bundle({**bundle().files, first.path: canonical_file(first.path, first.content)})
    second = taken(into=with_it)

    found = check(Bundle({**with_it.files, second.path: canonical_file(second.path, second.content)}))

    assert {first.path, second.path} == {"our_old_process_2.bpmn", "our_old_process_2_2.bpmn"}
    assert not {one.rule for one in found} & {"duplicate-id", "dangling-flow", "unknown-node", "reserved-id", "boundary-host"}


def test_a_lane_gets_the_role_of_its_name_or_of_its_pool() -> None:
    done = taken()

    assert done.lanes == {"职 员": "clerk", "Nobody we know": None, "Boss": "boss"}
    (lane, *_) = etree.fromstring(done.content).iter(f"{{{MODEL}}}lane")
    assert [etree.QName(part).localname for part in lane][:2] == ["documentation", "extensionElements"]


def test_tasks_without_a_type_become_user_tasks_only_when_wanted() -> None:
    assert (taken().tasks, len(attributes(taken(), "userTask"))) == (1, 1)
    assert (taken(people=False).tasks, len(attributes(taken(people=False), "task"))) == (0, 1)


def test_nothing_of_it_is_lost() -> None:
    content = taken(people=False).content

    assert b"drawn in May" in content
    assert b'x:colour="red"' in content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a",
        b"<mxfile/>",
        b"<!DOCTYPE a><a/>",
        f'<definitions xmlns="{MODEL}"><process id="p"/></definitions>'.encode(),
        b"<a>" + b" " * 5_000_000,
    ],
    ids=["nothing", "half", "another drawing", "a document type", "no step", "too large"],
)
def test_what_is_no_diagram_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Misconfigured) as refused:
        opened(bundle(), "x.bpmn", content, True)

    assert refused.value.text.zh != refused.value.text.en
