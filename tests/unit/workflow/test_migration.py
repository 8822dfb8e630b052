"""A case moves to another version with what is open kept, or stays as it is with the element named that is in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.procedure import Procedure
from engine.workflow import ItemCancelled, ItemOpened, LimitStopped, Migration, build_model, migrate
from tests.unit.workflow.drawing import (
    begin,
    boundary,
    call,
    choice,
    condition,
    cycle,
    diagram,
    end,
    flow,
    items,
    message,
    messages,
    path,
    script,
    timer,
    user,
)
from tests.unit.workflow.driver import NOW, Driver, make_procedure, row


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
KEPT = {
    "label": line("a", "b", "c", extra=with_timer("hours(2)"), b=user("b").replace('name="b"', 'name="better"')),
    "duration": line("a", "b", "c", extra=with_timer("hours(5)")),
    "after": line("a", "b", "m", "c", extra=with_timer("hours(2)")),
    "before": line("a", "m", "b", "c", extra=with_timer("hours(2)")),
    "past deleted": line("b", "c", extra=with_timer("hours(2)")),
    "future boundary": line("a", "b", "c", extra=with_timer("hours(2)") + with_timer("hours(9)", "later", at="c")),
}


@pytest.mark.parametrize("what", KEPT)
def test_what_is_open_keeps_its_id_and_its_due_moment(what: str) -> None:
    case = at_b(OLD)
    item, due = case.item("b"), case.instance.due()

    migration = move(case, KEPT[what])

    assert migration.impossible is None
    assert case.item("b").id == item.id and case.instance.due() == due
    assert migration.gone_items == () and migration.moved_dues == ()
    assert migration.moved_items == ((item.id,) if what == "label" else ())


@pytest.mark.parametrize("what", KEPT)
def test_a_moved_case_runs_on_to_its_end_as_the_new_version_draws_it(what: str) -> None:
    case = at_b(OLD)
    move(case, KEPT[what])

    passed = []
    while case.open:
        passed.append(case.open[0])
        case.do(case.open[0])

    assert passed == (["b", "m", "c"] if what == "after" else ["b", "c"])
    assert case.instance.ended


def test_a_kept_timer_still_fires_and_leads_where_the_new_version_draws_it() -> None:
    case = at_b(OLD)
    move(case, line("a", "b", "c", extra=with_timer("hours(5)").replace("late_task", "other_task")))

    case.advance(hours=2)

    assert case.fire_all() == ["late"]
    assert case.open == ["other_task"]


def test_a_second_boundary_of_a_live_task_is_armed_from_now() -> None:
    case = at_b(OLD)
    case.advance(hours=1)

    migration = move(case, line("a", "b", "c", extra=with_timer("hours(2)") + with_timer("hours(3)", "later", cuts=False)))

    assert case.due() == {"late": NOW + timedelta(hours=2), "later": NOW + timedelta(hours=4)}
    assert [(due.element_id, due.before, due.after) for due in migration.moved_dues] == [
        ("later", None, NOW + timedelta(hours=4))
    ]
    case.at(NOW + timedelta(hours=4))
    assert case.fire_all() == ["late"]


def test_a_second_boundary_that_is_true_already_acts_at_once_and_says_so() -> None:
    at_once = boundary("at_once", "b", condition("1 = 1")) + user("x") + end("xe") + path("at_once", "x", "xe")
    case = at_b(OLD)
    item = case.item("b")

    migration = move(case, line("a", "b", "c", extra=with_timer("hours(2)") + at_once))

    assert case.open == ["x"] and migration.gone_items == (item.id,)
    assert case.names(ItemOpened, ItemCancelled) == ["ItemCancelled b", "ItemOpened x"]


def test_one_of_two_boundaries_may_go() -> None:
    case = at_b(line("a", "b", "c", extra=with_timer("hours(2)") + with_timer("hours(3)", "later")))

    migration = move(case, OLD)

    assert migration.impossible is None and set(case.due()) == {"late"}
    case.do("b")
    case.do("c")
    assert case.instance.ended


def test_a_new_message_boundary_of_a_live_task_is_waited_for() -> None:
    case = at_b(OLD)
    rung = boundary("rung", "b", message("call"), cuts=False) + user("talk") + end("te") + path("rung", "talk", "te")

    move(case, line("a", "b", "c", extra=with_timer("hours(2)") + rung))

    assert case.instance.waits_for("call")
    case.deliver("call")
    assert sorted(case.open) == ["b", "talk"]


REFUSED = {
    "deleted": (line("a", "c"), "b"),
    "renamed": (line("a", "bb", "c"), "b"),
    "only boundary removed": (line("a", "b", "c"), "b"),
    "another kind": (line("a", "b", "c", b=script("b", "x = 1"), extra=with_timer("hours(2)")), "b"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_has_no_place_is_refused_with_the_element_named(what: str) -> None:
    to, in_the_way = REFUSED[what]
    case = at_b(OLD)

    migration = move(case, to)

    assert migration.impossible is not None and migration.instance is None
    assert migration.element_id == in_the_way
    assert "“b”" in migration.impossible.zh and "“b”" in migration.impossible.en
    assert migration.blob == case.instance.dump()


def test_the_first_boundary_of_a_live_task_is_refused() -> None:
    case = at_b(line("a", "b", "c"))

    migration = move(case, OLD)

    assert migration.impossible is not None and "first boundary" in migration.impossible.en and migration.element_id == "b"


def test_a_version_with_another_main_diagram_is_refused() -> None:
    case = at_b(OLD)

    migration = move(case, make_procedure(diagram("q", begin(), user("b"), end(), path("begun", "b", "finished"))))

    assert migration.impossible is not None and "main diagram" in migration.impossible.en


def test_a_new_event_that_cannot_be_armed_is_refused_and_the_case_goes_on() -> None:
    case = at_b(OLD)

    migration = move(case, line("a", "b", "c", extra=with_timer("hours(2)") + with_timer('"soon"', "later")))

    assert migration.impossible is not None and migration.element_id == "later"
    case.do("b")
    assert case.open == ["c"]


def fork(*branches: tuple[str, ...]) -> Procedure:
    """Parallel branches of user tasks, and a task behind their join."""
    tasks = "".join(user(name) for branch in branches for name in branch)
    flows = "".join(path("fork", *branch, "meet") for branch in branches)
    gateways = choice("fork", kind="parallelGateway") + choice("meet", kind="parallelGateway")
    whole = (begin(), gateways, tasks, user("z"), end(), path("begun", "fork"), flows, path("meet", "z", "finished"))
    return make_procedure(diagram("p", *whole))


@pytest.mark.parametrize("done", ["x", "y", None])
def test_parallel_branches_move_together_and_meet(done: str | None) -> None:
    case = Driver(fork(("x",), ("y",)))
    if done:
        case.do(done)
    to = fork(("x", "x2"), ("y",)) if done != "x" else fork(("x",), ("y", "y2"))

    migration = move(case, to)

    assert migration.impossible is None
    while case.open != ["z"]:
        case.do(case.open[0])
    case.do("z")
    assert case.instance.ended


def test_a_join_that_would_wait_for_ever_is_refused() -> None:
    case = Driver(fork(("x",), ("y",)))
    case.do("x")

    arrived_elsewhere = move(case, fork(("x", "x2"), ("y",)))
    a_third_branch = move(case, fork(("x",), ("y",), ("w",)))

    for migration in (arrived_elsewhere, a_third_branch):
        assert migration.impossible is not None and migration.element_id == "meet"
        assert "wait for ever" in migration.impossible.en
    case.do("y")
    assert case.open == ["z"]


def outer(inner: str, *, called: str = "sub", more: str = "") -> Procedure:
    """A call to a small diagram, and a task after it."""
    frame = diagram("p", begin(), call("ca", called), user("z"), end(), more, path("begun", "ca", "z", "finished"))
    return make_procedure(frame, inner)


def inside(*names: str, process_id: str = "sub") -> str:
    """The called diagram."""
    tasks = "".join(user(name) for name in names)
    ends = (f"{process_id}_begun", f"{process_id}_finished")
    return diagram(process_id, begin(ends[0]), tasks, end(ends[1]), path(ends[0], *names, ends[1]))


def test_a_task_inserted_in_a_running_call_comes_after_the_open_one() -> None:
    case = Driver(outer(inside("u")))
    item = case.item("u")

    assert move(case, outer(inside("u", "v"))).impossible is None

    assert case.item("u").id == item.id
    for name in ("u", "v", "z"):
        case.do(name)
    assert case.instance.ended


def test_a_running_call_to_another_diagram_is_refused() -> None:
    case = Driver(outer(inside("u")))

    migration = move(case, outer(inside("u", process_id="sub2"), called="sub2"))

    assert migration.impossible is not None and migration.element_id == "ca"


def test_a_second_boundary_on_a_running_call_is_armed() -> None:
    first = with_timer("hours(2)", at="ca")
    case = Driver(outer(inside("u"), more=first))

    assert move(case, outer(inside("u"), more=first + with_timer("hours(3)", "later", at="ca"))).impossible is None

    assert case.due() == {"late": NOW + timedelta(hours=2), "later": NOW + timedelta(hours=3)}


def test_items_of_a_multi_instance_task_keep_their_ids_and_results() -> None:
    def each(*after: str) -> Procedure:
        drawn = user("b", items("list", result="results", item="one", output="out"))
        whole = diagram("p", begin(), drawn, *map(user, after), end(), path("begun", "b", *after, "finished"))
        return make_procedure(whole, fields="list~ results~ one out")

    case = Driver(each("c"), {"list": ["p", "q"]})
    case.do("b", out="first")
    ids = [item.id for item in case.instance.open_items]

    assert move(case, each("m", "c")).impossible is None

    assert [item.id for item in case.instance.open_items] == ids
    case.do("b", out="second")
    assert case.values["results"] == ["first", "second"] and case.open == ["m"]


def test_a_loop_that_came_round_moves() -> None:
    def looping(*after: str) -> Procedure:
        gateway = choice("again", default="on", order=("back", "on"))
        flows = path("begun", "a", "b", "again") + flow("again", "a", "more", flow_id="back")
        flows += flow("again", (*after, "c")[0], flow_id="on") + path(*after, "c", "finished")
        tasks = "".join(map(user, ("a", "b", *after, "c")))
        whole = diagram("p", begin(), tasks, gateway, end(), flows)
        return make_procedure(whole, fields="more?", forms={"b": "more"})

    case = Driver(looping())
    for more in (True, True):
        case.do("a")
        case.do("b", more=more)
    case.do("a")
    item = case.item("b")

    assert move(case, looping("m")).impossible is None

    assert case.item("b").id == item.id and case.item("b").round == 3
    case.do("b", more=True)
    case.do("a")
    case.do("b", more=False)
    assert case.open == ["m"]


def test_a_running_cycle_and_what_it_opened_are_kept() -> None:
    round_about = (
        boundary("again", "b", cycle("every(hours(1))"), cuts=False) + user("look") + end("le") + path("again", "look", "le")
    )
    case = at_b(line("a", "b", "c", extra=round_about))
    case.advance(hours=1)
    assert case.fire_all() == ["again"]
    ids, due = [item.id for item in case.instance.open_items], case.due()

    assert move(case, line("a", "b", "m", "c", extra=round_about)).impossible is None

    assert [item.id for item in case.instance.open_items] == ids and case.due() == due
    case.do("look")
    case.do("b")
    assert case.open == ["m"] and case.due() == {}


def test_a_boundary_whose_branch_is_open_may_not_go() -> None:
    reminder = with_timer("hours(1)", "reminder", cuts=False)
    case = at_b(line("a", "b", "c", extra=with_timer("hours(2)") + reminder))
    case.advance(hours=1)
    case.fire_all()
    assert sorted(case.open) == ["b", "reminder_task"]

    migration = move(case, OLD)

    assert migration.impossible is not None and migration.element_id == "reminder_task"


def limited(rows: list[list[str]], **properties: str) -> Procedure:
    """A task that lives under a limit."""
    whole = diagram("p", begin(), user("b", **properties), end(), path("begun", "b", "finished"))
    return make_procedure(whole, fields="severity", limits=rows)


TWO_HOURS = row("reply", "2", "hours", "heard_at")


def test_a_running_limit_keeps_its_due_moment_under_new_amounts() -> None:
    case = Driver(limited([TWO_HOURS], limit="reply"), {"heard_at": NOW})

    migration = move(case, limited([row("reply", "9", "hours", "heard_at")], limit="reply"))

    assert migration.impossible is None and migration.moved_items == ()
    assert case.item("b").due_at == NOW + timedelta(hours=2)


def test_a_limit_that_the_new_version_does_not_know_stops() -> None:
    case = Driver(limited([TWO_HOURS], limit="reply"), {"heard_at": NOW})
    item = case.item("b")

    migration = move(case, limited([row("other", "9", "hours", "heard_at")]))

    assert migration.impossible is None and migration.moved_items == (item.id,)
    assert case.names(LimitStopped) == ["LimitStopped reply#1"]
    assert case.item("b").due_at is None and case.due() == {}


def test_the_role_of_an_open_item_is_the_new_versions() -> None:
    case = Driver(line("b"))
    item = case.item("b")
    assert item.role is None

    migration = move(case, line("b", b=user("b", role="boss")))

    assert migration.moved_items == (item.id,) and case.item("b").role == "boss"


def test_moving_there_and_back_changes_nothing() -> None:
    case = at_b(OLD)
    before = case.instance.dump()

    move(case, KEPT["after"])
    move(case, OLD)

    assert case.instance.dump() == before
