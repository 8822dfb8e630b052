"""Stories on a virtual clock: what they can do, what they can expect, and what a failing one says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from engine.procedure import Bundle, check
from engine.rehearsal import Report, rehearse
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
    start,
    timer,
    user,
)

STARTS = datetime.fromisoformat("2026-09-30T17:58:00+08:00")
DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
CELLS = {
    "amount": "1", "unit": '"hours"', "anchor": '"registered_at"', "at_least": "null", "warn_before": "15",
    "told_first": '"clerk"', "told_on_breach": '"clerk, boss"', "clause": '""',
}  # fmt: skip
NOTIFY = (
    '<extensionElements><s:serviceTaskOperator id="notify"><s:parameters>'
    '<s:parameter id="role" type="str" value="[&quot;boss&quot;]"/>'
    '<s:parameter id="text_zh" type="str" value="&quot;好了&quot;"/>'
    '<s:parameter id="text_en" type="str" value="&quot;Done&quot;"/>'
    "</s:parameters></s:serviceTaskOperator></extensionElements>"
)


def limits() -> bytes:
    """An hour from registering, with a warning a quarter before."""
    outputs = "".join(f'<output id="o_{name}" name="{name}"/>' for name in CELLS)
    cells = "".join(f"<outputEntry><text>{cell}</text></outputEntry>" for cell in CELLS.values())
    return (
        f'<definitions xmlns="{DMN}" id="d" name="d" namespace="n"><decision id="limits" name="limits">'
        '<decisionTable id="t" hitPolicy="COLLECT">'
        '<input id="i"><inputExpression><text>limit</text></inputExpression></input>'
        f'{outputs}<rule id="r"><inputEntry><text>"reply"</text></inputEntry>{cells}</rule>'
        "</decisionTable></decision></definitions>"
    ).encode()


def procedure() -> Bundle:
    """record → visit (by somebody else) → tell → done; asked again until sure; a daily look, a message, a condition."""
    tasks = (
        user("record", form="record", limit="reply"),
        user("visit", form="visit", excludes="record"),
        user("look", form="look"),
        user("decide", form="look", role="boss"),
    )
    flow_nodes = (
        node("exclusiveGateway", "again"),
        node("exclusiveGateway", "enough", default="f_no"),
        f'<serviceTask id="tell" name="通知">{NOTIFY}</serviceTask>',
        node("scriptTask", "settle", '<script>outcome = "fine"</script>'),
    )
    beside = (
        boundary("daily", "visit", timer("every(hours(24), registered_at)", "timeCycle"), False),
        boundary("called_off", "visit", message("m")),
        boundary("grave", "visit", condition('colour = "red"')),
        *map(end, ("looked", "gone", "decided")),
    )
    flows = (
        chain("begin", "record", "again", "visit", "enough"),
        flow("enough", "tell", "sure = true"),
        flow("enough", "again", own="f_no"),
        chain("tell", "settle", "done"),
        chain("daily", "look", "looked"),
        chain("grave", "decide", "decided"),
        flow("called_off", "gone"),
    )
    drawn = bpmn(start(), end(), *tasks, *flow_nodes, *beside, *flows, roots='<message id="m" name="call_off"/>')
    visit = (field("checkbox", "sure"), field("number", "size", validate={"max": 9}), field("textfield", "phone"))
    record = (field("textfield", "subject"), field("select", "colour", validate={"required": True}))
    forms = {
        "forms/record.form": form(*record, name="record"),
        "forms/visit.form": form(*visit, name="visit"),
        "forms/look.form": form(field("textarea", "note"), name="look"),
        "forms/do_it.form": None,
    }
    answers = {
        "record": {"subject": '"灯不亮"', "colour": 'if colour = null then "blue" else colour'},
        "visit": {"sure": "true", "phone": '"13800138000"'},
    }
    manifest = {
        "intake": {"task": "record", "emergency_sets": {"size": "7"}},
        "moments": {"registered_at": {"zh": "登记", "en": "Registered", "once": True}},
        "limits": {"reply": {"zh": "答复", "en": "Reply"}},
        "register": {"outcome": "outcome", "emergency": "hurry"},
        "actions": {
            "call_off": {"roles": ["clerk"], "message": "call_off", "sets": {"note": '"撤回"'}},
            "worsen": {"roles": ["any"], "field": "level", "only_up": True},
        },
    }
    levels = [{"value": value, "zh": value, "en": value} for value in ("low", "high")]
    fields = {
        "colour": {**FIELDS["colour"], "keep": True},
        "outcome": {"type": "text", "zh": "结果", "en": "Outcome"},
        "hurry": {"type": "boolean", "zh": "紧急", "en": "Hurry", "keep": True},
        "level": {"type": "choice", "zh": "等级", "en": "Level", "keep": True, "choices": levels},
    }
    files = {**forms, "limits.dmn": limits(), "scenarios/answers.yaml": as_yaml(answers)}
    return bundle(drawn, manifest=manifest, fields=fields, files=files)


def play(*steps: dict[str, Any], **head: Any) -> Report:
    """The report of one story."""
    story = {"scenario": "故事", "starts": STARTS, "with": {}, **head, "story": list(steps)}
    return rehearse(procedure(), {"scenarios/one.yaml": as_yaml(story)})


def holds(*steps: dict[str, Any], **head: Any) -> None:
    """The story holds."""
    report = play(*steps, **head)
    assert report.failures == ()
    assert (report.passed, report.failed) == (1, 0)


def fails(*steps: dict[str, Any], **head: Any) -> tuple[str, str, str]:
    """The story fails: its step, what it expected and what is."""
    (failure,) = play(*steps, **head).failures
    return failure.step, failure.expected, failure.actual


def test_the_small_procedure_is_sound() -> None:
    assert [finding for finding in check(procedure()) if finding.level == "error"] == []


def test_a_case_runs_from_start_to_closing() -> None:
    holds(
        {"expect": {"open": ["record"], "closed": False, "outcome": None}},
        {"complete": "record", "as": "clerk"},
        {"expect": {"open": ["visit"], "includes": ["visit"], "not_open": ["record"], "value": {"colour": "blue", "sure": None}}},
        {"complete": "visit", "as": "clerk", "by": "another"},
        {"expect": {"open": [], "closed": True, "outcome": "fine", "told": ["boss"], "path": ["record", "visit", "settle"]}},
    )


def test_the_first_values_go_into_the_first_form() -> None:
    holds(
        {"complete": "record"},
        {"expect": {"value": {"colour": "blue"}, "not_open": ["decide"]}},
        **{"with": {"colour": "blue", "subject": "电梯困人"}},
    )
    holds({"complete": "record"}, {"expect": {"open": ["decide"]}}, **{"with": {"colour": "red"}})


def test_the_emergency_values_are_set_when_the_case_is_urgent() -> None:
    holds({"expect": {"value": {"size": 7}}}, **{"with": {"hurry": True}})
    holds({"expect": {"value": {"size": None}}})


def test_a_story_gives_values_as_yaml_or_as_feel() -> None:
    holds(
        {"reach": "visit"},
        {"complete": "visit", "by": "another", "with": {"size": "=3 + 4", "sure": False}},
        {"expect": {"value": {"size": None}, "open": ["visit"]}},
        {"set": {"size": 2.5}},
        {"expect": {"value": {"size": 2.5}}},
    )


def test_limits_warn_breach_and_stop_at_their_own_moments() -> None:
    holds(
        {"expect": {"due": {"reply": "=date and time(\"2026-09-30T18:58:00+08:00\")"}, "told": []}},
        {"after": "PT44M59S"},
        {"expect": {"not_told": ["clerk"], "breached": []}},
        {"after": "PT1S"},
        {"expect": {"told": ["clerk"], "not_told": ["boss"], "not_breached": ["reply"]}},
        {"after": "PT15M"},
        {"expect": {"breached": ["reply"], "told": ["clerk", "boss"]}},
        {"complete": "record"},
        {"expect": {"due": {"reply": None}, "not_breached": ["reply"]}},
    )  # fmt: skip


def test_timers_fire_one_at_a_time_at_their_own_moments_while_the_clock_runs() -> None:
    holds(
        {"reach": "visit"},
        {"after": "P1D"},
        {"expect": {"open": ["look", "visit"]}},
        {"complete": "look"},
        {"after": "PT23H59M"},
        {"expect": {"open": ["visit"]}},
        {"after": "PT1M"},
        {"expect": {"open": ["look", "visit"]}},
    )


def test_an_action_of_the_procedure_sets_its_values_and_sends_its_message() -> None:
    holds(
        {"do": "call_off", "as": "clerk"},
        {"expect": {"refused": "call_off"}},
        {"reach": "visit"},
        {"do": "call_off", "as": "boss"},
        {"expect": {"refused": True, "open": ["visit"]}},
        {"do": "call_off", "as": "clerk"},
        {"expect": {"closed": True, "value": {"note": "撤回"}, "path": ["called_off", "gone"]}},
    )


def test_an_action_that_raises_only_raises() -> None:
    holds(
        {"do": "worsen", "with": {"level": "high"}},
        {"do": "worsen", "with": {"level": "low"}},
        {"expect": {"refused": True, "value": {"level": "high"}}},
        {"do": "worsen", "with": {"level": "sky-high"}},
        {"expect": {"refused": True}},
    )


@pytest.mark.parametrize(
    "refused",
    [
        {"complete": "look"},
        {"complete": "record", "as": "boss"},
        {"complete": "record", "with": {"colour": "green"}},
        {"complete": "record", "with": {"note": "not on the form"}},
        {"deliver": "call_off"},
        {"at": datetime.fromisoformat("2026-09-30T17:00:00+08:00")},
    ],
    ids=["not open", "another role", "no choice", "not on the form", "nobody waits", "backwards"],
)
def test_what_the_engine_would_refuse_is_refused_and_changes_nothing(refused: dict[str, Any]) -> None:
    holds(refused, {"expect": {"refused": True, "open": ["record"]}})
    assert fails(refused)[0].startswith("1.")
    assert fails(refused, {"expect": {"open": ["record"]}})[0].startswith("1.")


def test_the_same_person_may_not_do_an_excluding_task() -> None:
    holds(
        {"complete": "record", "as": "clerk"},
        {"complete": "visit", "as": "clerk"},
        {"expect": {"refused": "earlier task", "open": ["visit"]}},
        {"complete": "visit", "as": "clerk", "by": "another"},
        {"expect": {"closed": True}},
    )


def test_a_waived_task_passes_without_an_answer() -> None:
    holds({"skip": "record", "as": "boss"}, {"expect": {"open": ["visit"], "value": {"subject": None}}})


def test_reaching_leaves_what_it_is_told_to_leave() -> None:
    holds({"reach": "visit"}, {"after": "P1D"}, {"expect": {"open": ["look", "visit"]}})
    step, _, actual = fails({"reach": "visit"}, {"after": "P1D"}, {"reach": "decide", "leave": ["visit"]})
    assert step == "3. reach: decide"
    assert "was not reached" in actual
    assert "['visit']" in actual


FALSE: list[tuple[dict[str, Any], str, str]] = [
    ({"open": ["visit"]}, "open: [visit]", "open: [record]"),
    ({"open": []}, "open: []", "open: [record]"),
    ({"includes": ["record", "visit"]}, "includes: [record, visit]", "includes: [record]"),
    ({"not_open": ["record"]}, "not_open: [record]", "not_open: [record]"),
    ({"value": {"colour": "red"}}, "value: {colour: red}", "value: {colour: null}"),
    ({"due": {"reply": None}}, "due: {reply: null}", "due: {reply: 2026-09-30T18:58:00+08:00}"),
    ({"breached": ["reply"]}, "breached: [reply]", "breached: []"),
    ({"told": ["boss"]}, "told: [boss]", "told: []"),
    ({"path": ["record"]}, "path: [record]", "path: [begin]"),
    ({"closed": True}, "closed: true", "closed: false"),
    ({"outcome": "fine"}, "outcome: fine", "outcome: null"),
    ({"refused": True}, "refused: true", "refused: false"),
]


@pytest.mark.parametrize(("expected", "said", "actual"), FALSE)
def test_a_failing_story_says_the_step_what_was_expected_and_what_is(expected: dict[str, Any], said: str, actual: str) -> None:
    assert fails({"expect": expected}) == (f"1. expect: {{{said}}}", said, actual)


def test_a_failure_names_the_path_so_far() -> None:
    (failure,) = play({"complete": "record"}, {"expect": {"open": []}}).failures

    assert failure.path == ("begin", "record", "again")
    assert failure.as_data().keys() >= {"scenario", "step", "expected", "actual", "path"}


def test_breached_told_and_refused_count_since_the_last_look() -> None:
    late = [{"after": "PT2H"}, {"expect": {"breached": ["reply"]}}]

    assert fails(*late, {"expect": {"breached": ["reply"]}})[2] == "breached: []"
    assert fails(*late, {"expect": {"told": ["boss"]}})[2] == "told: []"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"story: [", "YAML"),
        (b"[]", "story"),
        (b"{story: [], starts: tomorrow}", "starts"),
        (as_yaml({"starts": STARTS, "story": []}) + b"moral: none\n", "moral"),
        (b"{starts: 2026-09-30T17:58:00+08:00, story: [{complete: gone}]}", "gone"),
        (b"{starts: 2026-09-30T17:58:00+08:00, story: [{do: gone}]}", "gone"),
        (b"{starts: 2026-09-30T17:58:00+08:00, story: [{dance: all night}]}", "complete"),
        (b"{starts: 2026-09-30T17:58:00+08:00, story: [{complete: record, reach: visit}]}", "complete"),
        (b"{starts: 2026-09-30T17:58:00+08:00, story: [{expect: {opened: []}}]}", "opened"),
        (b"{starts: 2026-09-30T17:58:00+08:00, story: [{at: noon}]}", "at"),
        (b"{starts: 2026-09-30T17:58:00+08:00, story: [{after: a while}]}", "a while"),
        (b"{starts: 2026-09-30T17:58:00+08:00, with: {size: '=1 +'}, story: []}", "1 +"),
    ],
)
def test_a_story_that_cannot_be_read_fails_alone_with_a_sentence(data: bytes, said: str) -> None:
    fine = as_yaml({"scenario": "好", "starts": STARTS, "story": [{"expect": {"open": ["record"]}}]})

    report = rehearse(procedure(), {"bad.yaml": data, "fine.yaml": fine})

    assert (report.passed, report.failed) == (1, 1)
    assert report.failures[0].file == "bad.yaml"
    assert said in report.failures[0].actual


def test_without_given_files_the_stories_of_the_bundle_are_played() -> None:
    story = as_yaml({"scenario": "好", "starts": STARTS, "story": [{"expect": {"open": ["record"]}}]})
    told = Bundle({**procedure().files, "scenarios/one.yaml": story})

    report = rehearse(told)

    assert (report.passed, report.failed) == (1, 0)
    assert report.as_data().keys() == {"passed", "failed", "seconds", "failures"}
