"""A walk in which work changes hands, and one on which several do the same task at once; each becomes a story that holds."""

from __future__ import annotations

from typing import Any

import pytest

from engine.procedure import Bundle
from engine.rehearsal.trying.verdicts import verdicts
from engine.rehearsal.trying.walks import House
from tests.unit.procedure.drawing import as_yaml, bpmn, bundle, chain, end, field, form, start, user
from tests.unit.rehearsal.test_trying import Walker, complaint

FILE = "scenarios/walked.yaml"
PLACES = {"engineering": {"zh": "工程部", "en": "Engineering"}, "greenery": {"zh": "绿化部", "en": "Greenery"}}
LOOP = (
    "<multiInstanceLoopCharacteristics><loopDataInputRef>asked</loopDataInputRef>"
    '<inputDataItem id="{item}" name="{item}"/></multiInstanceLoopCharacteristics>'
)


def holds(walker: Walker, bundle_: Bundle, name: str) -> bytes:
    """The walk as a story; it has been rehearsed, and holds."""
    story = walker.story(name)
    (verdict,) = verdicts(Bundle({**bundle_.files, FILE: story}), [FILE])
    assert verdict.held, verdict.wrong
    return story


def at_the_department() -> Walker:
    """A case that has been assigned to the engineers."""
    walker = Walker(House(complaint()))
    walker.begin()
    while not (task := walker.last["view"].open[0]).whose:
        walker.complete(task.element, task.role)
    return walker


def deal(walker: Walker, dealing: str, by: str, to: str = "") -> dict[str, Any]:
    return walker.do(dealing, walker.open[0], to=to, **{"as": by, "places": PLACES})


def first(walker: Walker) -> Any:
    return walker.last["view"].open[0]


def test_work_is_passed_on_sent_back_and_delegated_and_the_walk_becomes_a_story_that_holds() -> None:
    walker = at_the_department()
    task = first(walker)
    offered = {one.key: one for one in task.dealings}
    assert offered["pass_on"].to_department and offered["pass_on"].department == "engineering" and "send_back" not in offered
    assert "supervisor" in dict(offered["delegate"].people) and "department" not in dict(offered["delegate"].people)

    deal(walker, "pass_on", "department", "greenery")
    assert walker.last["view"].entries[-1].words.zh == f"“{task.name.zh}”转给绿化部"
    deal(walker, "send_back", "department")
    deal(walker, "delegate", "supervisor", "another_manager")
    refused = walker.complete(task.element, "department")
    assert "已经领了" in refused["refused"].zh
    walker.complete(task.element, "another_manager")

    story = holds(walker, complaint(), "转手、退回、委托")
    assert b"pass_on: acknowledge_dispatch" in story and b"to: greenery" in story
    assert b"delegate: acknowledge_dispatch" in story and b"by: another_manager" in story
    counted = story.replace(b"  - expect: {", b"  - expect: {value: {department: greenery}, ", 1)
    (verdict,) = verdicts(Bundle({**complaint().files, FILE: counted}), [FILE])
    assert not verdict.held and "部门" in verdict.wrong[0].zh


def test_what_is_claimed_is_nobody_elses_until_it_is_handed_back() -> None:
    walker = Walker(House(complaint()))
    walker.begin()

    deal(walker, "claim", "supervisor")
    refused = walker.complete("judge_complaint", "another_supervisor")
    deal(walker, "release", "supervisor")
    walker.complete("judge_complaint", "another_supervisor")

    assert refused["refused"].zh.startswith("“客户主任”已经领了")
    assert b"by: another_supervisor" in holds(walker, complaint(), "领取后放回")


@pytest.mark.parametrize(
    ("dealing", "by", "to", "said"),
    [
        ("pass_on", "manager", "greenery", "由“责任部门”办理"),
        ("pass_on", "department", "engineering", "请选择另一个部门"),
        ("send_back", "department", "", "无处退回"),
        ("delegate", "department", "another_department", "不能做“委托办理”"),
        ("delegate", "supervisor", "", "请选择交给谁"),
        ("skip", "department", "", "不能做“免办一步”"),
    ],
)
def test_what_the_engine_would_refuse_is_refused_with_its_sentence(dealing: str, by: str, to: str, said: str) -> None:
    walker = at_the_department()
    before = walker.last["walk"]

    refused = deal(walker, dealing, by, to)

    assert said in refused["refused"].zh and refused["refused"].en
    assert walker.last["walk"] == before


def test_whoever_must_keep_out_may_be_let_to_do_it() -> None:
    tasks = user() + user("look", excludes="do_it")
    drawn = bpmn(start(), end(), tasks, chain("begin", "do_it", "look", "done"))
    allowed = {"allow_excluded": {"zh": "免除回避", "en": "Let do", "roles": ["boss"]}}
    small = bundle(drawn, manifest={"actions": allowed})
    walker = Walker(House(small))
    walker.begin()
    assert "要回避" in walker.complete("look", "clerk")["refused"].zh

    deal(walker, "allow_excluded", "boss", "clerk")
    walker.complete("look", "clerk")

    assert walker.last["view"].ended and b"allow_excluded: look" in holds(walker, small, "人手不够")


@pytest.mark.parametrize(("item", "whose", "given"), [("expert", "", {}), ("expert", "expert", {"assignee": "expert"})])
def test_several_of_one_name_are_told_apart_and_done_one_by_one(item: str, whose: str, given: dict[str, str]) -> None:
    judged = user("judge", form="judge", **given).replace("</userTask>", LOOP.format(item=item) + "</userTask>")
    fields = {
        "asked": {"type": "list", "zh": "专家", "en": "Experts", "of": ["expert"]},
        "expert": {"type": "text", "zh": "专家", "en": "Expert"},
    }
    files = {"forms/judge.form": form(field("textarea", "note"), name="judge")}
    settle = '<scriptTask id="settle" name="s"><script>asked = ["wang", "li"]</script></scriptTask>'
    drawn = bpmn(start(), end(), user(), judged, settle, chain("begin", "do_it", "settle", "judge", "done"))
    small = bundle(drawn, fields=fields, files={**files, "scenarios/answers.yaml": as_yaml({})})
    walker = Walker(House(small))
    walker.begin()

    wang, li = walker.last["view"].open
    assert (wang.which, li.which) == (("wang", "li") if whose else (1, 2))
    assert "wang" in wang.apart.zh and "li" in li.apart.en
    walker.complete("judge", "clerk", {"note": "李的意见"}, which=li.which)

    (left,) = walker.last["view"].open
    assert left.which is None and "李" not in str(left.whose)
    walker.complete("judge", "clerk", {"note": "王的意见"})
    assert walker.last["view"].ended
    assert f"which: {li.which}".encode() in holds(walker, small, "两位专家")


def test_a_contact_counts_as_the_engine_counts_it() -> None:
    walker = Walker(House(complaint()))
    walker.begin()

    walker.do("do", "log_contact", **{"as": "reception"})

    assert walker.last["view"].entries[-1].words.zh == "记录来访"
    assert b"do: log_contact" in holds(walker, complaint(), "又来问")
