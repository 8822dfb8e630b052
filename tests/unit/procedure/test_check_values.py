"""What the check says about expressions and values: what they read, who writes it, what is kept, and limits."""

from __future__ import annotations

from typing import Any

import pytest

from engine.procedure import check
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
    findings,
    flow,
    form,
    node,
    rules,
    simple,
    start,
    timer,
    told,
    user,
)
from tests.unit.workflow.drawing import table as drawn_table

ASKED = {"forms/do_it.form": form(field("textfield", "subject"), field("number", "size"), field("select", "colour"))}
PARAMETER = (
    '<extensionElements><s:serviceTaskOperator id="notify"><s:parameters><s:parameter id="role" type="str" value="{}"/>'
    "</s:parameters></s:serviceTaskOperator></extensionElements>"
)


def chosen(source: str) -> bytes:
    """A diagram with one condition."""
    gateway = node("exclusiveGateway", "choose", default="f_choose_other")
    flows = chain("begin", "do_it", "choose") + flow("choose", "done", source) + flow("choose", "other")
    return bpmn(start(), user(), gateway, end(), end("other"), flows)


def before(task: str) -> bytes:
    """A node before the user task."""
    return bpmn(start(), task, user(), end(), chain("begin", "odd", "do_it", "done"))


def everywhere(source: str) -> dict[str, bytes]:
    """A diagram for every place where an expression may stand."""
    late = boundary("late", "do_it", timer(source), False) + end("e") + flow("late", "e")
    loop = f"<multiInstanceLoopCharacteristics><loopDataInputRef>{source}</loopDataInputRef></multiInstanceLoopCharacteristics>"
    return {
        "condition": chosen(source),
        "timer": simple(late),
        "conditional event": before(node("intermediateCatchEvent", "odd", condition(source))),
        "script": before(node("scriptTask", "odd", f"<script>size = {source}</script>")),
        "service parameter": before(f'<serviceTask id="odd" name="通知">{PARAMETER.format(source)}</serviceTask>'),
        "assignee": simple(assignee=source),
        "department": simple(department=source),
        "collection": before(node("scriptTask", "odd", f"<script>size = 1</script>{loop}")),
    }


@pytest.mark.parametrize("place", everywhere("1").keys())
@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("1 +", "expression"),
        ("unheard_of", "unknown-name"),
        ("phone", "personal"),
        ("abracadabra(1)", "unknown-function"),
        ("limit(&quot;gone&quot;)", "unknown-limit"),
        ("is_open(&quot;gone&quot;)", "unknown-task"),
    ],
)
def test_every_expression_of_a_diagram_is_looked_at(place: str, source: str, rule: str) -> None:
    written = source if place in ("service parameter", "collection", "script") else source.replace("&quot;", '"')

    found = [finding for finding in findings(everywhere(written)[place]) if finding.rule == rule]

    assert found
    assert all(finding.element and finding.line and finding.file == "main.bpmn" for finding in found)


def test_an_expression_that_does_not_compile_is_quoted_with_its_position() -> None:
    (found,) = (finding for finding in findings(chosen("size > > 3")) if finding.rule == "expression")

    assert "size > > 3" in found.text.zh
    assert "第 8 个字符" in found.text.zh
    assert "character 8" in found.text.en


@pytest.mark.parametrize("source", ["PT2H", "P1M", "2026-12-31", "working_days(2, begun_at)", "end_of_day()"])
def test_a_timer_takes_feel_and_bare_iso(source: str) -> None:
    late = boundary("late", "do_it", timer(source), False)

    assert findings(simple(late, end("e"), flow("late", "e"))) == []


@pytest.mark.parametrize(
    ("script", "rule"),
    [("gone = 1", "unknown-target"), ("phone = null", "unknown-target"), ("", "blank-script"), ("size 1", "expression")],
)
def test_a_script_writes_only_what_the_vocabulary_knows(script: str, rule: str) -> None:
    assert rule in rules(findings(before(node("scriptTask", "odd", f"<script>{script}</script>"))))


def test_answers_are_held_to_their_forms() -> None:
    answers = {"do_it": {"subject": '"x"', "note": '"not asked"'}, "gone": {"size": "1"}, "other": {}}

    found = findings(files={"scenarios/answers.yaml": as_yaml(answers)})

    assert {(finding.rule, finding.element) for finding in found} == {
        ("answer-key", "note"), ("answer-form", "gone"), ("answer-form", "other"),
    }  # fmt: skip


def caller(twin: bytes, **fields: Any) -> set[str]:
    """The rules that a main diagram breaks which calls a second one."""
    go = node("callActivity", "go", calledElement="twin")
    main = bpmn(start(), user(), go, end(), chain("begin", "do_it", "go", "done"))
    return rules(told(check(bundle(main, files={"twin.bpmn": twin, **ASKED}, fields=fields))))


READER = bpmn(
    start("t_begin"), node("exclusiveGateway", "t_choose", default="t_else"), end("t_done"), end("t_other"),
    chain("t_begin", "t_choose"), flow("t_choose", "t_done", "size > 3"),
    flow("t_choose", "t_other", own="t_else"), process="twin",
)  # fmt: skip


def test_what_another_diagram_reads_is_kept() -> None:
    assert caller(READER) == {"keep"}
    assert caller(READER, size={**FIELDS["size"], "keep": True}) == set()


def test_what_only_its_own_diagram_reads_need_not_be_kept() -> None:
    assert findings(chosen("size > 3")) == []


@pytest.mark.parametrize("event", [timer("days(size)"), condition("size > 3")])
def test_what_a_timer_or_conditional_event_reads_is_kept(event: str) -> None:
    drawn = simple(boundary("late", "do_it", event, False), end("e"), flow("late", "e"))

    assert [(finding.rule, finding.file, finding.element) for finding in findings(drawn)] == [("keep", "fields.yaml", "size")]


def test_what_nobody_writes_is_doubted() -> None:
    assert {(finding.rule, finding.level) for finding in findings(chosen("sure = true"))} == {("never-written", "warning")}


def forked(first: str, second: str) -> bytes:
    """Two parallel branches with a script each."""
    scripts = [node("scriptTask", own, f"<script>{script}</script>") for own, script in (("one", first), ("two", second))]
    gates = [node("parallelGateway", own) for own in ("fork", "join")]
    flows = chain("begin", "fork", "one", "join", "do_it", "done") + chain("fork", "two", "join")
    return bpmn(start(), *gates, *scripts, user(), end(), flows)


def test_two_parallel_branches_that_write_one_key_are_found() -> None:
    assert {(finding.rule, finding.element) for finding in findings(forked("size = 1", "size = 2"))} == {
        ("parallel-writers", "fork")
    }
    assert findings(forked("size = 1", "paid = 2")) == []


DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
COLUMNS = ("amount", "unit", "anchor", "at_least", "warn_before", "told_first", "told_on_breach", "clause")
ROW = {
    "amount": "3",
    "unit": '"days"',
    "anchor": '"begun_at"',
    "told_first": '"clerk"',
    "told_on_breach": '"clerk,boss"',
    "clause": '""',
}


def limits(
    *, key: str = '"reply"', hit: str = "COLLECT", asks: str = "limit", columns: tuple[str, ...] = COLUMNS, **row: str
) -> bytes:
    """A table of limits with one row."""
    cells = {**dict.fromkeys(columns, "null"), **ROW, **row}
    outputs = "".join(f'<output id="o_{name}" name="{name}"/>' for name in columns)
    written = "".join(f"<outputEntry><text>{cells[name]}</text></outputEntry>" for name in columns)
    return (
        f'<definitions xmlns="{DMN}" id="d" name="d" namespace="n"><decision id="limits" name="limits">'
        f'<decisionTable id="t" hitPolicy="{hit}">'
        f'<input id="i"><inputExpression><text>{asks}</text></inputExpression></input>{outputs}'
        f'<rule id="r"><inputEntry><text>{key}</text></inputEntry>{written}</rule></decisionTable></decision></definitions>'
    ).encode()


REPLY = {"limits": {"reply": {"zh": "答复", "en": "Reply"}}}


def with_limits(table: bytes, diagram: bytes | None = None, **fields: Any) -> set[str]:
    """The rules that a table of limits breaks."""
    return rules(findings(diagram or simple(limit="reply"), manifest=REPLY, fields=fields, files={"limits.dmn": table}))


def test_a_sound_table_of_limits_passes() -> None:
    assert with_limits(limits()) == set()
    assert with_limits(limits(unit='"end_of_day"', amount="null")) == set()


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        (limits(key='"gone"'), "limits-row"),
        (limits(unit='"fortnights"'), "limits-row"),
        (limits(anchor='"gone"'), "limits-row"),
        (limits(anchor='"size"'), "limits-row"),
        (limits(told_first='"nobody"'), "limits-row"),
        (limits(told_on_breach='"clerk, nobody"'), "limits-row"),
        (limits(amount="null"), "limits-row"),
        (limits(columns=COLUMNS[:-1]), "limits-columns"),
        (limits(columns=(*COLUMNS, "colour")), "limits-columns"),
        (limits(asks="colour"), "limits-columns"),
        (limits(hit="FIRST"), "limits-hit-policy"),
    ],
)
def test_a_table_of_limits_is_held_to_its_columns_and_names(table: bytes, rule: str) -> None:
    assert rule in with_limits(table)


def test_an_anchor_that_a_form_writes_is_kept() -> None:
    asked = {"forms/do_it.form": form(field("datetime", "seen_at")), "limits.dmn": limits(anchor='"seen_at"')}

    assert rules(findings(simple(limit="reply"), manifest=REPLY, files=asked)) == {"keep"}


def test_a_limit_without_a_row_or_an_end_is_doubted() -> None:
    more = {"limits": {**REPLY["limits"], "visit": {"zh": "回访", "en": "Visit"}}}

    assert rules(findings(simple(limit="reply"), manifest=more, files={"limits.dmn": limits()})) == {"limit-without-row"}
    assert with_limits(limits(), simple(opens="reply")) == {"limit-never-stopped"}
    assert with_limits(limits(), simple(stops="reply")) == {"limit-never-opened"}


@pytest.mark.parametrize(
    "table", [b"<definitions", b"<x/>", limits().replace(b"<outputEntry>", b"<gone>").replace(b"</outputEntry>", b"</gone>")]
)
def test_a_table_that_cannot_be_read_is_found_and_the_rest_is_checked_too(table: bytes) -> None:
    found = findings(simple(role="nobody"), files={"limits.dmn": table})

    assert {finding.file for finding in found} == {"limits.dmn", "main.bpmn"}


def colours(hit: str, *rows: tuple[str, str]) -> bytes:
    """A table from colour to size."""
    written = "".join(
        f'<rule id="r{index}"><inputEntry><text>{cell}</text></inputEntry><outputEntry><text>{size}</text></outputEntry></rule>'
        for index, (cell, size) in enumerate(rows)
    )
    return (
        f'<definitions xmlns="{DMN}" id="d" name="d" namespace="n"><decision id="sizes" name="sizes">'
        f'<decisionTable id="t" hitPolicy="{hit}">'
        '<input id="i"><inputExpression typeRef="string"><text>colour</text></inputExpression></input>'
        '<output id="o" name="size"/>'
        f"{written}</decisionTable></decision></definitions>"
    ).encode()


def test_rows_that_contradict_and_cases_left_out_are_found_with_the_choices_of_the_vocabulary() -> None:
    both = colours("UNIQUE", ('"red"', "1"), ('"red","blue"', "2"))
    one = colours("UNIQUE", ('"red"', "1"))
    whole = colours("UNIQUE", ('"red"', "1"), ('"blue"', "2"))

    assert "table-overlap" in rules(findings(files={"sizes.dmn": both}))
    assert "table-gap" in rules(findings(files={"sizes.dmn": one}))
    assert not any("Blue" in finding.text.en for finding in findings(files={"sizes.dmn": whole}))
    assert any("Blue" in finding.text.en for finding in findings(files={"sizes.dmn": one}))


def test_a_missing_file_is_named() -> None:
    assert {("missing-file", "fields.yaml")} <= {(f.rule, f.file) for f in findings(files={"fields.yaml": None})}


@pytest.mark.parametrize(
    ("test", "answer", "place"),
    [("large", '"a"', "c0_0"), ('"large"', "a", "c0_1"), ("> caller", '"a"', "c0_0"), ("? = size", "upper case(size)", None)],
)
def test_a_text_without_its_quotes_is_found_in_the_cell(test: str, answer: str, place: str | None) -> None:
    """Nothing would tell of it when it runs: what nobody knows is null, and the row never holds."""
    read = drawn_table("sizes", "FIRST", ["size"], ["code"], [[test, answer], ["-", '"b"']]).encode()
    personal = {"caller": {"type": "text", "zh": "来电人", "en": "Caller", "personal": True}}

    found = [one for one in findings(fields=personal, files={"sizes.dmn": read}) if one.rule in ("unknown-name", "personal")]

    assert [one.element for one in found] == ([place] if place else [])
