"""Who is told what and when: once a rung, gathered unless urgent, after the quiet hours unless it burns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from engine.clock import ManualClock
from engine.commands import cases, directory, preferences, work
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import Conflict
from engine.storage import tables as t
from engine.storage.batch import Batch
from tests.engine.messages.conftest import Post
from tests.office import Case, Office

LATE_EVENING, MORNING = datetime(2026, 9, 28, 15, 0, tzinfo=UTC), datetime(2026, 9, 28, 23, 0, tzinfo=UTC)


def held_by_the_supervisor(office: Office) -> Case:
    """A case whose judging the supervisor has in hand."""
    case = office.register()
    case.do(work.Claim(case.items[0]["id"]), "supervisor")
    return case


def test_a_rung_tells_each_person_once_whatever_comes_again(office: Office, post: Post) -> None:
    case = office.register_emergency()
    office.let_pass(minutes=4)
    told = case.told()
    again, rungs = Batch(), office.rows(sa.select(t.notification).where(t.notification.c.rung.is_not(None)))
    for note in rungs:
        copy = {**note, "id": new_id(office.clock.now())}
        again.insert(t.notification, copy)
        (sent,) = office.rows(sa.select(t.outbox).where(t.outbox.c.id == note["id"]))
        again.insert(t.outbox, {**sent, "id": copy["id"]})
    with office.application.database.write() as connection:
        again.flush(connection)

    assert rungs and case.told() == told
    mails = [(people, words) for channel, people, words in post.go() if channel == "mail"]
    assert len(mails) == len(set(mails)) == len(told)


def test_an_emergency_leaves_at_once_at_night_by_every_channel_whatever_people_chose(
    office: Office, post: Post, clock: ManualClock
) -> None:
    silent = {name: preferences.Wish("nothing") for name in ("mail", "wecom")}
    office.execute(preferences.SavePreferences(silent, kinds={"warning": False}), "reception")
    clock.set(LATE_EVENING)
    office.register_emergency()
    office.let_pass(minutes=4)

    left = post.go()

    assert {channel for channel, people, _ in left if "reception" in people} == {"mail", "wecom"}
    # In the group one message mentions both receptionists.
    mentioned = [people for channel, people, _ in left if channel == "wecom" and "reception" in people]
    assert mentioned == [("reception", "reception2")]


def test_at_night_a_note_waits_for_the_morning_unless_one_is_on_duty(office: Office, post: Post, clock: ManualClock) -> None:
    clock.set(LATE_EVENING)
    case = held_by_the_supervisor(office)
    on_duty = (office.estate_id(), "manager", office.person_id("reception"), "13611112222", 1)
    office.execute(directory.SetDuty(*on_duty, clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1)), "admin")
    case.do(cases.AddComment(case.id, "请尽快联系住户。"), "manager")
    clock.advance(minutes=10)

    assert [people for _, people, _ in post.go()] == [("reception",)]
    clock.set(MORNING)
    assert [people for _, people, _ in post.go()] == [("supervisor",)]


def test_several_messages_within_a_minute_are_one_mail(office: Office, post: Post, clock: ManualClock) -> None:
    case = held_by_the_supervisor(office)
    case.do(cases.AddComment(case.id, "一"), "manager")
    assert post.go() == []
    clock.advance(seconds=40)
    case.do(cases.AddComment(case.id, "二"), "reception")
    clock.advance(seconds=20)

    # Whoever recorded the complaint follows it, and was told of the first note.
    (channel, people, words), _ = sorted(post.go(), key=lambda left: left[1], reverse=True)
    assert (channel, people) == ("mail", ("supervisor",))
    assert [said.split(" has ")[1] for said in words] == ["added a note."] * 2


def test_what_one_channel_refuses_is_not_sent_again_by_the_other(office: Office, post: Post, clock: ManualClock) -> None:
    post.refusals["wecom"] = Conflict(Text("群里太忙。", "The group is busy."))
    office.register_emergency()
    office.let_pass(minutes=4)
    assert {channel for channel, _, _ in post.go()} == {"mail"}

    post.refusals.clear()
    clock.advance(minutes=5)
    assert {channel for channel, _, _ in post.go()} == {"wecom"}


def test_new_tasks_are_told_to_those_who_asked_and_not_when_they_are_done_by_then(
    office: Office, post: Post, clock: ManualClock
) -> None:
    case = office.register()
    assert case.told() == []
    office.execute(preferences.SavePreferences(kinds={"task": True}), "supervisor")
    case = office.register()
    assert case.told() == [("supervisor", "new task “2 Judge the complaint”.")]
    (note,) = office.rows(sa.select(t.notification).where(t.notification.c.case_id == case.id))
    assert note["item_id"] == case.items[0]["id"] and note["due_at"] == case.items[0]["due_at"]

    case.complete(case.items[0]["element_id"])
    clock.advance(minutes=2)
    assert post.go() == []


def test_what_was_read_in_the_page_is_not_mailed_any_more(office: Office, post: Post, clock: ManualClock) -> None:
    case = held_by_the_supervisor(office)
    case.do(cases.AddComment(case.id, "一"), "manager")
    with office.application.database.write() as connection:
        connection.execute(sa.update(t.notification).values(read_at=clock.now()))
    clock.advance(minutes=2)

    assert post.go() == []


def test_only_what_is_short_burns_in_an_emergency_and_a_plain_warning_can_wait(office: Office) -> None:
    office.register_emergency()
    office.register()
    office.let_pass(days=3)
    note, run, entry = t.notification.c, t.limit_run.c, t.register_entry.c
    joined = t.notification.join(t.register_entry, entry.case_id == note.case_id)
    joined = joined.join(t.limit_run, (run.case_id == note.case_id) & (run.key == note.limit_key))
    notes = office.rows(sa.select(t.notification, run.anchor_at, entry.emergency.label("burns")).select_from(joined))

    assert {told["kind"] for told in notes} >= {"warning", "breach"}
    for told in notes:
        short = told["due_at"] - told["anchor_at"] < timedelta(days=1)
        assert told["emergency"] is (told["burns"] and short)
        assert told["urgent"] is (told["kind"] == "breach" or told["emergency"])
