"""The shape of the main diagram: frame, embedded handling with its clocks, paths that are raised, steps drawn once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from engine.workflow import ItemCancelled, ItemCompleted, ItemOpened
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
    message,
    messages,
    node,
    path,
    script,
    timer,
    user,
)
from tests.unit.workflow.driver import NOW, Driver, make_procedure, row

PATHS = ("minor", "important", "major")
HIGHER = {"minor": '("important", "major")', "important": '("major")'}
TOP = messages("review_requested", "withdrawn", "flagged")


def step(name: str) -> str:
    """A step drawn once: passed by when its round's work is known."""
    return diagram(
        name,
        begin(f"{name}_begun"),
        choice(f"{name}_known", f"{name}_open"),
        user(f"do_{name}"),
        script(f"{name}_set", f"{name}_round = round"),
        end(f"{name}_done"),
        path(f"{name}_begun", f"{name}_known"),
        flow(f"{name}_known", f"{name}_done", f"{name}_round = round"),
        flow(f"{name}_known", f"do_{name}", flow_id=f"{name}_open"),
        path(f"do_{name}", f"{name}_set", f"{name}_done"),
    )


def severity_path(name: str) -> str:
    return diagram(
        name,
        begin(f"{name}_begun"),
        user(f"report_{name}"),
        call(f"find_{name}", "find"),
        call(f"plan_{name}", "plan"),
        end(f"{name}_done"),
        path(f"{name}_begun", f"report_{name}", f"find_{name}", f"plan_{name}", f"{name}_done"),
    )


def handling() -> str:
    parts = [
        begin("handle_begun"),
        script("start_round", "round = if round = null then 1 else round"),
        choice("route", "to_minor", order=("to_major", "to_important", "to_minor")),
        end("handle_done"),
        path("handle_begun", "start_round", "route"),
    ]
    for name in PATHS:
        parts += [
            call(f"handle_{name}", name),
            flow("route", f"handle_{name}", "" if name == "minor" else f'severity = "{name}"', f"to_{name}"),
            path(f"handle_{name}", "handle_done"),
        ]
        if name in HIGHER:
            parts += [
                boundary(f"{name}_raised", f"handle_{name}", condition(f"severity in {HIGHER[name]}")),
                path(f"{name}_raised", "route"),
            ]
    return "".join(parts)


FRAME = diagram(
    "main",
    begin(),
    user("record"),
    user("judge"),
    node("subProcess", "handle", handling(), properties={"limit": "unresolved"}),
    boundary("month_passed", "handle", timer('limit("unresolved")'), cuts=False),
    script("raise_to_major", 'severity = "major"'),
    end("raised"),
    boundary("follow_up_due", "handle", cycle("every(days(3), registered_at)"), cuts=False),
    choice("following", "nobody"),
    user("follow_up"),
    end("followed"),
    boundary("review_asked", "handle", message("review_requested"), cuts=False),
    user("review"),
    end("reviewed"),
    boundary("gone", "handle", message("withdrawn")),
    user("confirm_withdrawal"),
    user("sum_up"),
    end(),
    path("begun", "record", "judge", "handle", "sum_up", "finished"),
    path("month_passed", "raise_to_major", "raised"),
    path("follow_up_due", "following"),
    flow("following", "followed", 'is_open("follow_up")'),
    flow("following", "follow_up", flow_id="nobody"),
    path("follow_up", "followed"),
    path("review_asked", "review", "reviewed"),
    path("gone", "confirm_withdrawal", "sum_up"),
    top=TOP,
)
FIELDS = "text severity* round#* find_round#* plan_round#* cause* registered_at@*"


def shape() -> Driver:
    files = (FRAME, *map(severity_path, PATHS), step("find"), step("plan"))
    procedure = make_procedure(
        *files,
        fields=FIELDS,
        forms={"do_find": "cause", "judge": "severity"},
        limits=[row("unresolved", "1", "months", "registered_at")],
        moments="heard_at! handled_at registered_at!",
    )
    return Driver(procedure, {"registered_at": NOW})


def judged(severity: str) -> Driver:
    case = shape()
    case.do("record")
    case.do("judge", severity=severity)
    return case


def test_every_path_runs_to_its_end():
    for name in PATHS:
        case = judged(name)
        for task in (f"report_{name}", "do_find", "do_plan", "sum_up"):
            assert case.open == [task]
            case.do(task)
        assert case.instance.ended


def test_a_raised_case_goes_on_where_it_stood():
    case = judged("minor")
    case.do("report_minor")
    case.do("do_find", cause="pump")
    stood = case.item("do_plan")

    case.set(severity="important")

    assert case.open == ["report_important"] and case.names(ItemCancelled) == ["ItemCancelled do_plan"]
    case.do("report_important")
    assert case.open == ["do_plan"] and case.item("do_plan").id != stood.id and case.values["cause"] == "pump"
    case.do("do_plan")
    case.do("sum_up")
    assert case.instance.ended


def test_a_form_may_raise_the_case_too():
    case = judged("minor")

    case.do("report_minor", severity="major")

    assert case.open == ["report_major"]


def test_the_clocks_of_handling_are_untouched_by_raising():
    case = judged("minor")
    before = case.due()
    case.set(severity="important")

    assert case.due() == before and set(before) == {"breach:unresolved", "month_passed", "follow_up_due"}


def test_the_month_makes_the_case_major_and_one_follow_up_stays_open():
    case = judged("minor")
    case.at(NOW + timedelta(days=40))

    assert case.fire_all() == ["follow_up_due", "breach:unresolved", "month_passed"]

    assert case.values["severity"] == "major" and sorted(case.open) == ["follow_up", "report_major"]
    case.advance(days=3)
    assert case.fire_all() == ["follow_up_due"] and sorted(case.open) == ["follow_up", "report_major"]
    case.do("follow_up")
    case.advance(days=3)
    assert case.fire_all() == ["follow_up_due"] and sorted(case.open) == ["follow_up", "report_major"]


def test_a_withdrawal_ends_the_handling_with_everything_in_it():
    case = judged("important")
    case.deliver("review_requested")
    case.advance(days=4)
    case.fire_all()
    assert sorted(case.open) == ["follow_up", "report_important", "review"]

    case.deliver("withdrawn")

    assert sorted(case.open) == ["confirm_withdrawal", "review"] and set(case.due()) == {"breach:unresolved"}
    case.do("confirm_withdrawal")
    case.do("sum_up")
    case.do("review")
    assert case.instance.ended
    opened = [one.item.id for one in case.all if isinstance(one, ItemOpened)]
    closed = [one.item_id for one in case.all if isinstance(one, (ItemCompleted, ItemCancelled))]
    assert sorted(opened) == sorted(closed)


def test_the_same_path_saved_or_not_tells_the_same():
    saved, plain = judged("minor"), judged("minor")
    plain._reload = lambda: plain.all.extend(plain.instance.drain())  # type: ignore[method-assign]

    for case in (saved, plain):
        case.do("report_minor")
        case.set(severity="major", round=Decimal(1))
        for task in ("report_major", "do_find", "do_plan", "sum_up"):
            case.do(task)

    def told(case: Driver) -> list[tuple[str, str]]:
        return [(type(one).__name__, str(getattr(one, "element_id", ""))) for one in case.all]

    assert saved.instance.ended and plain.instance.ended and told(saved) == told(plain)
