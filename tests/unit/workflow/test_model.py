"""A model is built once, stored as text, shared by threads, and refuses diagrams that cannot run."""

from __future__ import annotations

from threading import Thread

import pytest

from engine.errors import Incident, Misconfigured
from engine.workflow import Instance, Model, build_model
from engine.workflow.spiff import loops, specs
from tests.unit.workflow.drawing import begin, call, choice, diagram, end, flow, items, node, path, user
from tests.unit.workflow.driver import Driver, make_procedure

INNER = diagram(
    "inner",
    begin("inner_begun"),
    user("deep", items("units", result="all", item="unit")),
    end("inner_done"),
    path("inner_begun", "deep", "inner_done"),
)
OUTER = diagram(
    "main",
    begin(),
    user("first"),
    call("each", "inner", items("units", result="reports", item="unit")),
    user("last"),
    end(),
    path("begun", "first", "each", "last", "finished"),
)
FIELDS = "units~ unit all~ reports~ n#"


def test_the_same_files_are_built_once():
    first, second = make_procedure(OUTER, INNER, fields=FIELDS), make_procedure(OUTER, INNER, fields=FIELDS)

    assert build_model(first) is build_model(second)
    assert build_model(first) is not build_model(make_procedure(OUTER, INNER, fields=f"{FIELDS} more"))


def test_specifications_are_read_back_as_our_classes():
    model = build_model(make_procedure(OUTER, INNER, fields=FIELDS))

    assert isinstance(model.main.task_specs["first"], specs.UserTask)
    assert isinstance(model.main.task_specs["each"], loops.ParallelMultiInstanceTask)
    assert isinstance(model.called["inner"].task_specs["deep [child]"], specs.UserTask)


def test_a_stored_model_runs_a_case_that_a_built_one_began(monkeypatch: pytest.MonkeyPatch):
    procedure = make_procedure(OUTER, INNER, fields=FIELDS)
    case = Driver(procedure, {"units": ["a", "b"]})
    monkeypatch.setattr(
        "engine.workflow.model._models", type(__import__("engine.workflow.model", fromlist=["_models"])._models)()
    )

    stored = Model.from_json(procedure, case.model.to_json())
    assert stored is not case.model
    again = Instance.load(stored, case.instance.dump(), case.instance._case.occasion)
    again.complete(again.open_items[0].id, {}, "ann")

    assert [item.element_id for item in again.open_items] == ["deep"] * 4


def test_one_model_serves_eight_threads():
    procedure = make_procedure(OUTER, INNER, fields=FIELDS)
    problems: list[BaseException] = []
    ended: list[int] = []

    def run(number: int) -> None:
        try:
            for _ in range(5):
                case = Driver(procedure, {"units": [str(unit) for unit in range(number + 1)]})
                case.do("first")
                for _ in range((number + 1) ** 2):
                    case.do("deep", n=number)
                case.do("last")
                assert case.instance.ended and len(case.values["reports"]) == number + 1
                ended.append(number)
        except BaseException as problem:  # what a thread meets is shown by the test
            problems.append(problem)

    threads = [Thread(target=run, args=(number % 3,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == [] and len(ended) == 40


@pytest.mark.parametrize(
    ("drawn", "element"),
    [
        (diagram("main", begin(), call("lost", "nowhere"), end(), path("begun", "lost", "finished")), None),
        (diagram("main", user("lonely")), "main"),
        (
            diagram(
                "main",
                begin(),
                choice("way"),
                user("a"),
                end(),
                path("begun", "way"),
                flow("way", "a"),
                flow("way", "finished"),
                path("a", "finished"),
            ),
            "way_to_a",
        ),
        (diagram("main", begin(), user("a"), end(), path("begun", "a", "finished"), path("a", "gone")), "a"),
        (diagram("main", begin(), node("complexGateway", "odd"), end(), path("begun", "odd", "finished")), "odd"),
        (diagram("main", begin(), node("serviceTask", "mute"), end(), path("begun", "mute", "finished")), "mute"),
        (diagram("main", begin(), end(), path("begun", "finished"), '<bpmn:dataObject id="thing"/>'), "thing"),
    ],
)
def test_a_diagram_that_cannot_run_is_refused_with_its_place(drawn: str, element: str | None):
    procedure = make_procedure(drawn)

    with pytest.raises(Misconfigured) as refusal:
        build_model(procedure)

    assert refusal.value.element_id == element and refusal.value.mend is not None
    assert refusal.value.text.zh and refusal.value.text.en


def test_a_message_that_nothing_can_point_to_stops_nothing() -> None:
    drawn = diagram("main", begin(), user("a"), end(), path("begun", "a", "finished"), top='<bpmn:message name="m"/>')

    assert build_model(make_procedure(drawn))


def test_where_a_shape_stands_stops_nothing() -> None:
    box = '<bpmndi:BPMNDiagram><bpmndi:BPMNPlane><bpmndi:BPMNShape bpmnElement="a"><dc:Bounds x="here" y="NaN"/>'
    shapes = f"{box}</bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"

    assert build_model(make_procedure(diagram("main", begin(), user("a"), end(), path("begun", "a", "finished"), shapes=shapes)))


def test_a_state_of_another_version_is_refused_and_not_misread():
    drawn = diagram("main", begin(), user("old"), end(), path("begun", "old", "finished"))
    case = Driver(make_procedure(drawn))
    other = build_model(make_procedure(drawn.replace('"old"', '"new"')))

    with pytest.raises(Incident):
        Instance.load(other, case.instance.dump(), case.instance._case.occasion)
