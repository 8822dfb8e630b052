"""Limit runs open, warn, breach and stop as the diagram and the table say; drawn timers follow them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from engine.errors import Incident
from engine.workflow import (
    ItemOpened,
    LimitBreached,
    LimitOpened,
    LimitRun,
    LimitStopped,
    LimitWarned,
    TimerFired,
    ValuesSet,
)
from tests.unit.workflow.drawing import (
    begin,
    boundary,
    call,
    choice,
    diagram,
    end,
    flow,
    node,
    path,
    script,
    timer,
    user,
)
from tests.unit.workflow.driver import NOW, Driver, make_procedure, row

HEARD = {"heard_at": NOW}
FIELDS = "text heard_at@* agreed_at@* handled_at@* severity* again?"


def one_task(*rows: list[str], values: dict[str, object] | None = None, **properties: str) -> Driver:
    drawn = diagram("main", begin(), user("work", **properties), user("after"), end(), path("begun", "work", "after", "finished"))
    return Driver(make_procedure(drawn, fields=FIELDS, limits=list(rows)), HEARD if values is None else values)


def run_of(case: Driver, key: str) -> LimitRun:
    [run] = [run for run in case.instance.limit_runs if run.key == key]
    return run


def test_a_limit_opens_with_its_task_and_stops_when_the_task_is_done():
    case = one_task(row("reply", "2", "hours", "heard_at", warn="30"), limit="reply")
    run = run_of(case, "reply")
    assert (run.id, run.due_at, run.warn_at) == ("reply#1", NOW + timedelta(hours=2), NOW + timedelta(minutes=90))
    assert (run.told_first, run.told_on_breach, run.clause, run.element_id) == (("boss",), ("boss",), "S1", "work")
    assert run.derivation["unit"] == "hours" and run.derivation["row"] == 1 and run.derivation["anchor_key"] == "heard_at"
    assert case.item("work").due_at == run.due_at and case.item("work").due_key == "reply"
    assert case.names(LimitOpened, ItemOpened) == ["LimitOpened reply#1", "ItemOpened work"]

    case.advance(hours=1)
    case.do("work")

    [stopped] = [one for one in case.happened if isinstance(one, LimitStopped)]
    assert not stopped.late and stopped.run.stopped_at == case.now and case.due() == {} and case.item("after").due_at is None


def test_a_limit_warns_then_breaches_once():
    case = one_task(row("reply", "2", "hours", "heard_at", warn="30"), limit="reply")
    case.advance(minutes=95)
    assert case.fire_all() == ["warn:reply"]
    case.advance(minutes=30)
    assert case.fire_all() == ["breach:reply"] and case.due() == {}

    case.do("work")

    assert [type(one) for one in case.all if isinstance(one, (LimitWarned, LimitBreached))] == [LimitWarned, LimitBreached]
    assert [one.late for one in case.all if isinstance(one, LimitStopped)] == [True]
    assert run_of(case, "reply").warned_at == NOW + timedelta(minutes=95)


def test_a_warning_that_comes_after_the_due_moment_is_left_out():
    case = one_task(row("reply", "2", "hours", "heard_at", warn="30"), limit="reply")
    case.advance(hours=3)

    assert case.fire_all() == ["breach:reply"]


def test_a_late_stop_is_a_breach_even_if_no_timer_was_fired():
    case = one_task(row("reply", "2", "hours", "heard_at", warn="30"), limit="reply")
    case.advance(hours=3)

    case.do("work")

    assert case.names(LimitWarned, LimitBreached, LimitStopped) == ["LimitBreached reply#1", "LimitStopped reply#1"]


def test_an_anchor_in_the_past_is_due_at_once():
    case = one_task(row("reply", "2", "hours", "heard_at"), limit="reply", values={"heard_at": NOW - timedelta(days=1)})

    assert case.due() == {"breach:reply": NOW - timedelta(hours=22)} and case.fire_all() == ["breach:reply"]


def test_the_earliest_row_wins_and_rows_without_an_anchor_are_left_out():
    rows = [row("reply", "3", "hours", "heard_at"), row("reply", "0", "moment", "agreed_at")]
    plain = one_task(*rows, limit="reply")
    agreed = one_task(*rows, limit="reply", values={**HEARD, "agreed_at": NOW + timedelta(hours=1)})
    nothing = one_task(*rows, limit="reply", values={})

    assert run_of(plain, "reply").due_at == NOW + timedelta(hours=3)
    assert run_of(agreed, "reply").due_at == NOW + timedelta(hours=1) and run_of(agreed, "reply").derivation["row"] == 2
    assert nothing.instance.limit_runs == () and nothing.due() == {}


def test_a_row_holds_only_when_its_condition_does():
    rows = [row("reply", "3", "hours", "heard_at", when='"major"'), row("reply", "9", "hours", "heard_at", when='not("major")')]

    major = one_task(*rows, limit="reply", values={**HEARD, "severity": "major"})
    other = one_task(*rows, limit="reply", values={**HEARD, "severity": "minor"})

    assert (run_of(major, "reply").due_at, run_of(other, "reply").due_at) == (NOW + timedelta(hours=3), NOW + timedelta(hours=9))


def test_at_least_keeps_a_deadline_from_coming_too_soon():
    case = one_task(row("today", "0", "end_of_day", "heard_at", at_least="720"), limit="today")

    assert run_of(case, "today").due_at == datetime(2026, 1, 5, 16, tzinfo=UTC)
    late = one_task(row("today", "0", "end_of_day", "heard_at", at_least="1200"), limit="today")
    assert run_of(late, "today").due_at == NOW + timedelta(hours=20)


SPANNING = diagram(
    "main",
    begin(opens="reply"),
    user("first"),
    user("second", stops="reply"),
    choice("which", "enough"),
    user("third", opens="reply"),
    end(),
    path("begun", "first", "second", "which"),
    flow("which", "third", "again = true"),
    flow("which", "finished", flow_id="enough"),
    path("third", "second"),
)


def test_a_limit_may_span_elements_and_has_one_run_a_round():
    case = Driver(make_procedure(SPANNING, fields=FIELDS, limits=[row("reply", "2", "hours", "heard_at")]), HEARD)
    assert case.item("first").due_at is None
    case.do("first")
    assert case.item("second").due_at == NOW + timedelta(hours=2)

    case.do("second", again=True)
    case.do("third")

    assert run_of(case, "reply").id == "reply#2" and run_of(case, "reply").running


def test_a_second_opening_while_a_run_is_open_does_nothing():
    drawn = diagram(
        "main",
        begin(opens="reply"),
        user("work", opens="reply", limit="reply"),
        user("after"),
        end(),
        path("begun", "work", "after", "finished"),
    )
    case = Driver(make_procedure(drawn, fields=FIELDS, limits=[row("reply", "2", "hours", "heard_at")]), HEARD)

    assert case.names(LimitOpened) == ["LimitOpened reply#1"]
    case.do("work")
    assert case.names(LimitStopped, LimitOpened) == ["LimitStopped reply#1", "LimitOpened reply#2"]


def test_a_cancelled_element_leaves_its_limit_running_until_the_case_ends():
    drawn = diagram(
        "main",
        begin(),
        user("work", limit="reply"),
        boundary("cut", "work", timer("hours(1)")),
        user("after"),
        end(),
        path("begun", "work", "after", "finished"),
        path("cut", "after"),
    )
    case = Driver(make_procedure(drawn, fields=FIELDS, limits=[row("reply", "2", "hours", "heard_at")]), HEARD)
    case.advance(hours=1)
    case.fire_all()
    assert case.open == ["after"] and run_of(case, "reply").running

    case.do("after")

    assert case.instance.ended and not run_of(case, "reply").running and case.due() == {}
    assert case.names() == ["ItemCompleted after", "Passed after", "Passed finished", "LimitStopped reply#1", "Ended"]


def test_a_called_activity_and_a_subprocess_have_limits_and_their_tasks_show_the_earliest():
    inner = diagram(
        "inner", begin("inner_begun"), user("deep", limit="short"), end("inner_done"), path("inner_begun", "deep", "inner_done")
    )
    sub = (
        begin("sub_begun") + call("calling", "inner", limit="middle") + end("sub_done") + path("sub_begun", "calling", "sub_done")
    )
    drawn = diagram(
        "main",
        begin(),
        node("subProcess", "handling", sub, properties={"limit": "long"}),
        user("after"),
        end(),
        path("begun", "handling", "after", "finished"),
    )
    rows = [row("short", "3", "hours", "heard_at"), row("middle", "2", "hours", "heard_at"), row("long", "1", "days", "heard_at")]
    case = Driver(make_procedure(drawn, inner, fields=FIELDS, limits=rows), HEARD)

    assert (case.item("deep").due_key, case.item("deep").due_at) == ("middle", NOW + timedelta(hours=2))
    case.do("deep")

    assert case.names(LimitStopped) == ["LimitStopped short#1", "LimitStopped middle#1", "LimitStopped long#1"]


def test_moments_are_set_when_an_element_is_done_before_the_next_is_entered():
    drawn = diagram(
        "main",
        begin(moment="heard_at"),
        user("work", moment="handled_at,heard_at"),
        user("report", limit="report"),
        end(),
        path("begun", "work", "report", "finished"),
    )
    case = Driver(make_procedure(drawn, fields=FIELDS, limits=[row("report", "2", "hours", "handled_at")]))
    assert case.values["heard_at"] == NOW

    case.advance(hours=5)
    case.do("work")

    assert case.values["handled_at"] == case.now and case.values["heard_at"] == NOW
    assert run_of(case, "report").due_at == case.now + timedelta(hours=2)
    assert [one.values for one in case.happened if isinstance(one, ValuesSet)] == [{"handled_at": case.now}]


def drawn_limit(*, cuts: bool = False, **properties: str) -> Driver:
    drawn = diagram(
        "main",
        begin(opens="reply"),
        user("first"),
        boundary("late_first", "first", timer('limit("reply")', "timeDate"), cuts=cuts),
        user("second", stops="reply"),
        boundary("late_second", "second", timer('limit("reply")', "timeDate"), cuts=cuts),
        script("one", "told = told + 1"),
        script("two", "told = told + 1"),
        end(),
        end("end_one"),
        end("end_two"),
        path("begun", "first", "second", "finished"),
        path("late_first", "one", "end_one"),
        path("late_second", "two", "end_two"),
    )
    return Driver(
        make_procedure(drawn, fields=f"{FIELDS} told#*", limits=[row("reply", "2", "hours", "heard_at")]),
        {**HEARD, "told": Decimal(0)},
    )


def test_a_drawn_limit_shares_the_moment_of_its_run_and_fires_once_wherever_that_is():
    case = drawn_limit()
    assert case.due() == {"breach:reply": NOW + timedelta(hours=2), "late_first": NOW + timedelta(hours=2)}
    case.advance(hours=2)
    assert case.fire_all() == ["breach:reply", "late_first"]

    case.do("first")

    assert case.due() == {} and case.values["told"] == 1
    assert run_of(case, "reply").running


def test_a_drawn_limit_moves_on_with_the_case():
    case = drawn_limit()
    case.do("first")
    assert set(case.due()) == {"breach:reply", "late_second"}
    case.advance(hours=3)

    assert case.fire_all() == ["breach:reply", "late_second"]
    assert [one.element_id for one in case.all if isinstance(one, TimerFired)] == ["late_second"]


def test_a_drawn_limit_of_the_element_itself_and_one_without_a_run():
    drawn = diagram(
        "main",
        begin(),
        user("work", limit="reply"),
        boundary("late", "work", timer('limit("reply")'), cuts=False),
        end("late_end"),
        end(),
        path("begun", "work", "finished"),
        path("late", "late_end"),
    )
    procedure = make_procedure(drawn, fields=FIELDS, limits=[row("reply", "2", "hours", "heard_at")])

    assert Driver(procedure, HEARD).due()["late"] == NOW + timedelta(hours=2)
    assert Driver(procedure, {}).due() == {}


def test_a_stopped_limit_takes_its_timers_along_and_a_new_round_arms_them_again():
    sub = "".join(
        [
            begin("sub_begun"),
            user("open_it", opens="reply"),
            user("stop_it", stops="reply"),
            choice("which", "enough"),
            end("sub_done"),
            path("sub_begun", "open_it", "stop_it", "which"),
            flow("which", "open_it", "again = true"),
            flow("which", "sub_done", flow_id="enough"),
        ]
    )
    drawn = diagram(
        "main",
        begin(),
        node("subProcess", "handling", sub),
        boundary("late", "handling", timer('limit("reply")'), cuts=False),
        end("late_end"),
        end(),
        path("begun", "handling", "finished"),
        path("late", "late_end"),
    )
    case = Driver(make_procedure(drawn, fields=FIELDS, limits=[row("reply", "2", "hours", "handled_at")]), {"handled_at": NOW})
    assert case.due() == {}
    case.do("open_it")
    assert case.due()["late"] == NOW + timedelta(hours=2)

    case.do("stop_it", again=True, handled_at=NOW + timedelta(hours=1))
    assert case.due() == {}
    case.do("open_it")

    assert case.due() == {"breach:reply": NOW + timedelta(hours=3), "late": NOW + timedelta(hours=3)}


def test_an_unknown_limit_in_a_timer_is_an_incident():
    drawn = diagram(
        "main",
        begin(),
        user("work"),
        boundary("late", "work", timer('limit("nothing")')),
        end(),
        path("begun", "work", "finished"),
        path("late", "finished"),
    )

    with pytest.raises(Incident):
        Driver(make_procedure(drawn, fields=FIELDS, limits=[row("reply", "2", "hours", "heard_at")]), HEARD)
