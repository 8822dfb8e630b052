"""Claiming several tasks at once, and for somebody else: what can be had is had, and every other one says why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.commands import cases, directory, work
from engine.commands.work.claim_many import MOST
from engine.domain.events import WorkItemClaimed
from engine.domain.inbox_events import WorkItemGraded
from engine.errors import Forbidden, InvalidState, InvalidValues
from engine.queries import inbox
from tests.office import Case, Office


def item_of(case: Case) -> str:
    """The first open task of a case."""
    return str(case.items[0]["id"])


def holder_of(case: Case) -> str | None:
    """Who holds it."""
    return case.items[0]["holder_id"]  # type: ignore[no-any-return]


def test_what_can_be_had_is_had_and_the_rest_says_why(office: Office) -> None:
    free, done, elsewhere = office.register(), office.register(), office.register(_by="bitong", _estate="BT")
    finished = item_of(done)
    done.complete("judge_complaint", _by="supervisor")
    wanted = (item_of(free), finished, item_of(elsewhere), "no-such-item", item_of(free))

    claimed = office.execute(work.ClaimMany(wanted), "supervisor")

    assert claimed.taken == [item_of(free)] and holder_of(free) == office.person_id("supervisor")
    why = {refused.item_id: refused for refused in claimed.refused}
    assert set(why) == {finished, item_of(elsewhere), "no-such-item"}
    assert "已由刘敏" in why[finished].why.zh and why[finished].number == done.number
    assert why[item_of(elsewhere)].name is None and why[item_of(elsewhere)].why == why["no-such-item"].why
    assert holder_of(elsewhere) is None


def test_one_that_a_colleague_holds_spoils_nothing(office: Office) -> None:
    first, held, last = (office.register_emergency() for _ in range(3))
    notified = [case.item("notify_departments")["id"] for case in (first, held, last)]
    office.execute(work.Claim(notified[1]), "reception2")
    with pytest.raises(InvalidState, match="何雨"):
        office.execute(work.Claim(notified[1]), "reception")

    claimed = office.execute(work.ClaimMany(tuple(notified)), "reception")

    assert sorted(claimed.taken) == sorted([notified[0], notified[2]])
    assert [refused.item_id for refused in claimed.refused] == [notified[1]]
    assert claimed.refused[0].why.zh.startswith("这项工作由何雨领取")
    assert office.execute(work.ClaimMany(tuple(notified)), "reception").taken == claimed.taken, "a double click changes nothing"
    assert len(first.events(WorkItemClaimed)) == 1


def test_two_tasks_of_one_case_are_one_entry_of_its_journal(office: Office) -> None:
    case = office.register_emergency()
    wanted = tuple(item["id"] for item in case.items if item["role"] == "reception")
    assert len(wanted) > 1

    office.execute(work.ClaimMany(wanted), "reception")

    last = case.journal()[-1]
    assert [type(event) for event in last.events] == [WorkItemClaimed] * len(wanted)


def test_what_a_timer_takes_away_at_this_moment_is_not_claimed(office: Office) -> None:
    case, other = office.register_emergency(), office.register()
    wanted = (case.item("notify_departments")["id"], other.items[0]["id"])
    office.clock.advance(minutes=30)

    claimed = office.execute(work.ClaimMany(wanted), "reception")

    open_now = {item["id"]: item["holder_id"] for item in case.items}
    assert all(open_now.get(item_id) == office.person_id("reception") for item_id in claimed.taken)
    assert {refused.item_id for refused in claimed.refused} | set(claimed.taken) == set(wanted)


@pytest.mark.parametrize("many", [(), tuple(f"item-{number}" for number in range(MOST + 1))], ids=["none", "too many"])
def test_none_or_too_many_are_refused(office: Office, many: tuple[str, ...]) -> None:
    with pytest.raises(InvalidValues):
        office.execute(work.ClaimMany(many), "reception")


def test_a_deputy_sees_and_takes_over_what_the_absent_person_holds(office: Office) -> None:
    case, now = office.register(), office.clock.now()
    office.execute(work.Claim(item_of(case)), "supervisor")
    with pytest.raises(Forbidden):
        office.execute(work.Claim(item_of(case)), "reception2")
    who = (office.person_id("supervisor"), office.person_id("reception2"))
    office.execute(directory.SetDeputy(*who, now - timedelta(hours=1), now + timedelta(days=1)), "admin")

    with office.application.read() as reader:
        row = inbox.page(reader, office.actor("reception2"), inbox.MINE, inbox.Filters()).rows[0]
    assert (row.for_whom, row.holder, row.may_claim, row.may_release) == ("刘敏", "刘敏", True, False)
    office.execute(work.Claim(item_of(case)), "reception2")

    assert holder_of(case) == who[1]
    assert case.journal()[-1].on_behalf_of == who[0]


def test_many_taken_for_somebody_are_journaled_as_such(office: Office) -> None:
    case, now = office.register(), office.clock.now()
    who = (office.person_id("supervisor"), office.person_id("reception2"))
    office.execute(directory.SetDeputy(*who, now - timedelta(hours=1), now + timedelta(days=1)), "admin")

    office.execute(work.ClaimMany((item_of(case),)), "reception2")

    assert case.journal()[-1].on_behalf_of == who[0]


def test_open_tasks_learn_when_their_case_becomes_graver(office: Office) -> None:
    case = office.register()
    case.complete("judge_complaint", serious_harm=True)
    held = {(item["severity"], bool(item["emergency"])) for item in case.items}

    assert held == {(case.entry["severity"], case.entry["emergency"])}


def test_a_task_that_was_open_learns_of_an_emergency(office: Office) -> None:
    case = office.register()
    before = case.items[0]

    case.do(cases.Act(case.id, "flag_later", "电梯里有人"), "reception")

    after = {item["id"]: bool(item["emergency"]) for item in case.items}
    assert not before["emergency"] and after[before["id"]]
    assert [event.item_id for event in case.events(WorkItemGraded)] == [before["id"]]
