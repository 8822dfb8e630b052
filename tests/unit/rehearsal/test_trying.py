"""Trying a draft: its stories in words, and a case played by hand that becomes a story."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import pytest

from engine.domain.codec import loads
from engine.procedure import Bundle, load_folder
from engine.procedure.trying import Stopped, asked, rehearsed, rules_of, story_files
from engine.procedure.trying.standing import end_standing
from engine.procedure.writing.stories import written
from engine.rehearsal.trying.verdicts import verdicts
from engine.rehearsal.trying.walk import Walk
from engine.rehearsal.trying.walks import House

STARTS = "2026-09-01T09:00:00+08:00"
ON_TIME = "scenarios/dispatch_on_time.yaml"
Answer = dict[str, Any]


@lru_cache(maxsize=1)
def complaint() -> Bundle:
    return load_folder(Path(__file__).resolve().parents[3] / "processes" / "complaint")


def sooner() -> Bundle:
    """Dispatched within eight hours instead of twelve."""
    files = dict(complaint().files)
    changed = files["limits.dmn"].replace(b"<text>12</text>", b"<text>8</text>")
    assert changed != files["limits.dmn"]
    return Bundle({**files, "limits.dmn": changed})


class Walker:
    """Somebody who plays a case by hand."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.last: Answer = {}

    def begin(self, changes: Answer | None = None, **more: Any) -> Answer:
        form = self.house.answer({"ask": "intake", "starts": STARTS, **more})
        raw = {**entries(form), **(changes or {})}
        self.last = self.house.answer({"ask": "begin", "starts": STARTS, "raw": raw, **more})
        return self.last

    def do(self, verb: str, given: str = "", raw: Answer | None = None, **more: Any) -> Answer:
        step, places = {"verb": verb, "given": given, "raw": raw or {}, **more}, more.get("places", {})
        answer = self.house.answer({"ask": "step", "walk": self.last["walk"], "step": step, "places": places})
        self.last = answer if "walk" in answer else self.last
        return answer

    def complete(self, task: str, role: str, changes: Answer | None = None, **more: Any) -> Answer:
        form = self.house.answer({"ask": "form", "walk": self.last["walk"], "task": task, "which": more.get("which")})
        return self.do("complete", task, {**entries(form), **(changes or {})}, **{"as": role}, **more)

    def story(self, name: str) -> bytes:
        told = cast(Answer, loads(self.house.answer({"ask": "save", "walk": self.last["walk"], "name": name})["story"]))
        return written(told)

    @property
    def open(self) -> list[str]:
        return [one.element for one in self.last["view"].open]


def entries(form: Answer) -> Answer:
    """What stands in a form when it opens, as a browser posts it."""
    given = cast(Answer, loads(form["given"]))
    raw: Answer = {}
    for key, value in given.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            raw |= {f"{key}[{n}].{part}": str(entry) for n, row in enumerate(value) for part, entry in row.items()}
        else:
            raw[key] = ("true" if value else "false") if isinstance(value, bool) else value
    return raw


@pytest.fixture(scope="module")
def house() -> House:
    return House(complaint())


@pytest.fixture
def walker(house: House) -> Walker:
    return Walker(house)


def test_a_story_that_no_longer_holds_says_in_words_what_is_wrong() -> None:
    (found,) = verdicts(sooner(), [ON_TIME])

    assert not found.held and found.step == 2
    assert [text.zh for text in found.wrong] == ["到期时间：应为“派单：2026-09-01 21:00”，实际是“派单：2026-09-01 17:00”"]
    assert [text.en for text in found.wrong] == ["Due: expected “Dispatch: 2026-09-01 21:00”, found “Dispatch: 2026-09-01 17:00”"]


def test_stories_are_told_one_by_one_by_a_program_of_their_own() -> None:
    files = [ON_TIME, "scenarios/minor.yaml"]

    played = list(rehearsed(sooner(), files))

    assert [(one.file, one.held, one.step) for one in played] == [(ON_TIME, False, 2), ("scenarios/minor.yaml", False, 4)]


def test_what_takes_too_long_is_ended_from_outside() -> None:
    with pytest.raises(Stopped, match="too much time"):
        list(rehearsed(complaint(), wall_seconds=0))


def test_a_draft_that_cannot_be_read_says_why() -> None:
    broken = Bundle({**complaint().files, "assign.bpmn": b"<nothing"})

    with pytest.raises(Stopped, match=r"assign\.bpmn"):
        list(rehearsed(broken))
    with pytest.raises(Stopped, match=r"assign\.bpmn"):
        asked(broken, {"ask": "intake", "starts": STARTS})


def test_what_is_known_of_a_story_stands_while_only_others_change() -> None:
    files, before = complaint().files, rules_of(complaint())

    assert rules_of(Bundle({**files, "scenarios/another.yaml": b"scenario: x\n"})) == before
    assert rules_of(Bundle({**files, "scenarios/answers.yaml": b"{}\n"})) != before != rules_of(sooner())
    assert "scenarios/answers.yaml" not in story_files(complaint())


def test_a_walk_to_the_second_deadline_becomes_a_story_that_holds(walker: Walker) -> None:
    begun = walker.begin()
    assert walker.open == ["judge_complaint"] and begun["steps"] == 1
    passed = []
    while len(passed) < 2:
        passed += [said.words.zh for said in walker.do("next")["view"].entries[-1].happened if "已超时" in said.words.zh]

    assert passed == ["时限“派单”已超时，告知：客户主任", "时限“口头投诉答复”已超时，告知：客户主任"]
    story = walker.story("没人判断，两个期限都过")
    assert b"breached: [dispatch]" in story and b"open: [judge_complaint]" in story
    file = "scenarios/walked.yaml"
    assert [one.held for one in verdicts(Bundle({**complaint().files, file: story}), [file])] == [True]
    assert [one.held for one in verdicts(Bundle({**sooner().files, file: story}), [file])] == [True]
    late = story.replace(b"breached: [dispatch]", b"breached: [promise]")
    assert [one.held for one in verdicts(Bundle({**complaint().files, file: late}), [file])] == [False]


def test_a_story_made_of_a_walk_holds_no_name_no_telephone_and_nothing_anybody_said(walker: Walker) -> None:
    caller = {"complainant_name": "张爱民", "complainant_phone": "13912345678", "occurred_place": "3 栋 201 张家"}
    walker.begin({**caller, "subject": "=找张爱民", "demands[0].demand_text": "叫张爱民来"})
    walker.complete("judge_complaint", "supervisor", {"validity": "invalid", "validity_reason": "张爱民自己弄坏的"})

    story = walker.story("没有人名")

    assert not any(said in story.decode() for said in ("张爱民", "13912345678", "3 栋 201"))
    assert b"complainant_phone" in story and b"validity: invalid" in story
    file = "scenarios/walked.yaml"
    assert [one.held for one in verdicts(Bundle({**complaint().files, file: story}), [file])] == [True]


def test_what_begins_with_an_equals_sign_is_what_somebody_wrote_and_is_not_computed(walker: Walker) -> None:
    walker.begin({"subject": '=1+1 "或"'})

    assert walker.last.get("refused") is None and walker.open == ["judge_complaint"]
    assert walker.house._played(Walk.read(walker.last["walk"])).stage.values["subject"] == '=1+1 "或"'


def test_a_step_says_only_what_differs_from_the_usual_and_keeps_what_was_emptied(walker: Walker) -> None:
    walker.begin()

    walker.complete("judge_complaint", "supervisor", {"validity": "invalid", "validity_reason": ""})

    story = walker.story("无效").decode()
    assert "validity: invalid" in story and "validity_reason: null" in story and "grounds_sufficient" not in story
    assert walker.open == ["explain_to_complainant"]


def test_who_may_not_and_what_is_missing_is_refused_and_nothing_has_happened(walker: Walker) -> None:
    walker.begin()
    before = walker.last["walk"]

    other = walker.complete("judge_complaint", "reception")
    empty = walker.complete("judge_complaint", "supervisor", {"validity": ""})

    assert other["refused"].zh == "这项任务由“客户主任”办理，不是“接待”。"
    assert list(empty["fields"]) == ["validity"]
    assert walker.last["walk"] == before and walker.house.answer({"ask": "look", "walk": before})["stuck"] is None


def test_other_things_are_done_as_the_procedure_offers_them(walker: Walker) -> None:
    walker.begin()
    offers = {offer.key: offer for offer in walker.last["view"].offers}
    assert [value for value, _ in offers["raise_severity"].choices] == ["important", "major"]

    walker.do("do", "raise_severity", value="major", **{"as": "manager"})
    walker.do("after", "4")
    refused = walker.do("after", "soon")

    assert "raise_severity" not in {offer.key for offer in walker.last["view"].offers}
    assert walker.last["view"].now == datetime.fromisoformat("2026-09-01T13:00:00+08:00")
    assert list(refused["fields"]) == ["amount"]


def test_an_emergency_begins_with_its_own_form(walker: Walker) -> None:
    walker.begin(emergency=True)

    assert sorted(walker.open) == ["notify_departments", "record_complaint"]


def test_a_walk_that_the_changed_draft_stops_says_where_and_goes_on_from_there(walker: Walker) -> None:
    walker.begin()
    walker.do("after", "1")
    walker.complete("judge_complaint", "supervisor")
    files = complaint().files
    role = b'name="role" value="%s"'
    moved = files["complaint.bpmn"].replace(role % b"supervisor", role % b"manager")
    changed = House(Bundle({**files, "complaint.bpmn": moved}))

    told = changed.answer({"ask": "look", "walk": walker.last["walk"]})

    assert told["stuck"]["number"] == 3 and told["steps"] == 2
    assert changed.answer({"ask": "look", "walk": told["walk"]})["stuck"] is None


def test_a_failing_story_is_told_up_to_the_step_with_its_place_on_the_diagram() -> None:
    told = House(sooner()).answer({"ask": "story", "file": "scenarios/minor.yaml"})

    view = told["view"]
    assert told["step"] == 4 and [entry.number for entry in view.entries] == [0, 1, 2, 3, 4]
    assert view.entries[-1].wrong == told["wrong"] and view.entries[3].who.zh == "接待"
    assert "record_complaint" in view.state["done"] and view.state["badges"]["judge_complaint"]["kind"] == "late"
    assert [(drawing.process, drawing.chosen) for drawing in view.drawings] == [("complaint", True)]


def test_the_standing_program_is_begun_again_when_it_has_gone() -> None:
    question = {"ask": "story", "file": "scenarios/holiday_oral_reply.yaml"}
    assert asked(complaint(), question)["step"] is None

    end_standing()

    assert asked(complaint(), question)["wrong"] == []


def test_what_is_wrong_is_said_with_names_alone_and_only_what_differs() -> None:
    files = complaint().files
    table = files["severity.dmn"]
    first = table[table.index(b"<rule") : table.index(b"</rule>") + len(b"</rule>")]
    weaker = Bundle({**files, "severity.dmn": table.replace(first, b"", 1)})

    wrong = [text for one in verdicts(weaker) if not one.held for text in one.wrong]

    said = {text.zh for text in wrong}
    assert "决策“投诉等级”的投诉等级：应为“重大”，实际是“轻微”" in said
    assert "“决定下一步”没有开出，看不到它的表单" in said and "正在办的任务里要有：应有“批准关闭”，没有" in said
    assert not [text for text in wrong if any(mark in text.zh + text.en for mark in ("{", "}", "_", "not shown", "open:"))]
