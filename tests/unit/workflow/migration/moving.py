"""A case on its way to another version, and the small procedures it goes between."""

from __future__ import annotations

from engine.procedure import Procedure
from engine.workflow import Migration, build_model, migrate
from tests.unit.workflow.drawing import (
    begin,
    boundary,
    call,
    choice,
    diagram,
    end,
    messages,
    path,
    timer,
    user,
)
from tests.unit.workflow.driver import Driver, make_procedure


def move(case: Driver, to: Procedure) -> Migration:
    """Try the case on the other version and, if it can go there, go on with it there."""
    blob = case.instance.dump()
    migration = migrate(blob, case.model, build_model(to), case._occasion())
    assert case.instance.dump() == blob, "the case itself is left alone"
    if migration.instance is not None:
        case.model, case.instance = build_model(to), migration.instance
        case._reload()
    return migration


def line(*names: str, extra: str = "", **drawn: str) -> Procedure:
    """A procedure of user tasks in a row."""
    nodes = "".join(drawn.get(name, user(name)) for name in names)
    return make_procedure(diagram("p", begin(), nodes, end(), extra, path("begun", *names, "finished"), top=messages("call")))


def at_b(procedure: Procedure) -> Driver:
    """A case at its second task."""
    case = Driver(procedure)
    case.do("a")
    assert case.open == ["b"]
    return case


def with_timer(span: str, node: str = "late", cuts: bool = True, at: str = "b") -> str:
    """A boundary timer with a way out of its own."""
    drawn = boundary(node, at, timer(span), cuts=cuts)
    return drawn + user(f"{node}_task") + end(f"{node}_end") + path(node, f"{node}_task", f"{node}_end")


OLD = line("a", "b", "c", extra=with_timer("hours(2)"))


def fork(*branches: tuple[str, ...]) -> Procedure:
    """Parallel branches of user tasks, and a task behind their join."""
    tasks = "".join(user(name) for branch in branches for name in branch)
    flows = "".join(path("fork", *branch, "meet") for branch in branches)
    gateways = choice("fork", kind="parallelGateway") + choice("meet", kind="parallelGateway")
    whole = (begin(), gateways, tasks, user("z"), end(), path("begun", "fork"), flows, path("meet", "z", "finished"))
    return make_procedure(diagram("p", *whole))


def outer(inner: str, *, called: str = "sub", more: str = "") -> Procedure:
    """A call to a small diagram, and a task after it."""
    frame = diagram("p", begin(), call("ca", called), user("z"), end(), more, path("begun", "ca", "z", "finished"))
    return make_procedure(frame, inner)


def inside(*names: str, process_id: str = "sub") -> str:
    """The called diagram."""
    tasks = "".join(user(name) for name in names)
    ends = (f"{process_id}_begun", f"{process_id}_finished")
    return diagram(process_id, begin(ends[0]), tasks, end(ends[1]), path(ends[0], *names, ends[1]))
