"""The pages of training: what is mine, the check, its result, and the trainer's overview."""

from __future__ import annotations

from typing import Any

import pytest

from engine.queries.company import training
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page

SCRIPT = "<script>alert(1)</script>"


def version_of(office: Office) -> str:
    return office.application.catalogue.intake(office.clock.now()).version_id


def right(office: Office, login: str, role: str) -> dict[str, str]:
    with office.application.read() as reader:
        paper = training.paper(reader, office.actor(login), version_of(office), role)
    return {f"q{n}": str(question.right) for n, question in enumerate(paper.questions)}


def hand_in(browser: Browser, office: Office, role: str, **answers: Any) -> Page:
    path = f"/training/check/{version_of(office)}/{role}"
    return browser.fill(path, signed="1", **answers)


@pytest.mark.clause("S3.9")
def test_i_see_what_i_have_to_show_take_it_and_see_the_result(login: Login, office: Office) -> None:
    browser = login("reception")
    answers = right(office, "reception", "reception")
    wrong = {name: str((int(value) + 1) % 3) for name, value in answers.items()}

    start = browser.get("/training/mine")
    failed = browser.follow(hand_in(browser, office, "reception", **wrong))
    again = right(office, "reception", "reception")
    passed = browser.follow(hand_in(browser, office, "reception", **again))

    assert "还没考" in start.text and start.links("/training/check/")
    assert "还没通过" in failed.notices and "应为" in failed.text and "张倩 签于" in failed.text
    assert "通过了" in passed.notices and browser.get("/training/mine").links("/training/check/") == []


def test_what_is_missing_is_said_at_the_question_and_the_answers_stay(login: Login, office: Office) -> None:
    browser, path = login("reception"), f"/training/check/{version_of(office)}/reception"

    page = browser.fill(path, q1="2")

    assert page.status == 422 and "请选一个答案" in page.errors[0] and "请勾选确认" in page.errors[-1]
    assert page.form(path)["q1"] == "2"


def test_a_stale_paper_a_forged_answer_and_a_strange_role_are_refused(login: Login, office: Office) -> None:
    browser, path = login("reception"), f"/training/check/{version_of(office)}/reception"
    stale = {**browser.get(path).form(path), **right(office, "reception", "reception"), "signed": "1"}
    browser.post(path, stale)

    assert browser.post(path, stale).status == 409, "the second tab, or the back button"
    assert browser.fill(path, q0=SCRIPT, signed="1").status == 422
    assert browser.get(f"/training/check/{version_of(office)}/manager").status == 403
    assert browser.get("/training/check/none/reception").status == 404
    assert browser.get("/training/result/none").status == 404


@pytest.mark.clause("S1.12")
def test_a_trainer_records_who_was_there_and_sees_who_has_passed(login: Login, office: Office) -> None:
    trainer, mine = login("supervisor"), login("reception")
    people = [office.person_id("reception"), office.person_id("reception2")]
    hand_in(mine, office, "reception", **right(office, "reception", "reception"))

    entries = {"held_on": "2026-09-25", "subject": "talking", "trainer_id": office.person_id("supervisor"), "people": people}
    page = trainer.follow(trainer.fill("/training", remark=SCRIPT, **entries))

    row = " ".join(page.tree.xpath("string(//tr[th='接待'])").split())
    assert "1 / 3" in row and "张倩 已通过 培训 1 次" in row and "何雨 还没考 培训 1 次" in row
    assert SCRIPT not in page.text and "沟通和接待" in mine.get("/training/mine").text


def test_a_training_of_tomorrow_with_nobody_is_refused_and_what_was_typed_stays(login: Login, office: Office) -> None:
    trainer = login("supervisor")

    page = trainer.fill("/training", held_on="2026-10-25", remark="备课")
    no_day = trainer.fill("/training", held_on="soon")

    assert page.status == 422 and "不能晚于今天" in " ".join(page.errors) and "请选择参加的人" in " ".join(page.errors)
    assert page.form("/training")["remark"] == "备课" and no_day.status == 422
    assert login("guard").get("/training").status == 403 and login("guard").post("/training", {}).status in (403, 422)


def test_a_result_is_for_the_person_and_those_who_train(login: Login, office: Office) -> None:
    mine = login("reception")
    path = hand_in(mine, office, "reception", **right(office, "reception", "reception")).location

    assert (mine.get(path).status, login("manager").get(path).status, login("guard").get(path).status) == (200, 200, 404)
