"""Saved filters are each person's own; lists are narrowed, and follow each other without gap or repetition."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from engine.commands import lists, work
from engine.commands.lists.filters import MOST
from engine.errors import InvalidValues, NotFound
from engine.queries import inbox
from engine.storage import tables as t
from tests.office import Office


def names(office: Office, login: str) -> list[str]:
    """What somebody's filters are called."""
    with office.application.read() as reader:
        return [saved.name for saved in inbox.saved(reader, office.actor(login))]


def numbers(office: Office, login: str, tab: str, **filters: object) -> list[str]:
    """The cases of a tab, as they stand in it."""
    with office.application.read() as reader:
        page = inbox.page(reader, office.actor(login), tab, inbox.Filters(**filters))  # type: ignore[arg-type]
    return [row.number for row in page.rows]


def save(office: Office, name: str, login: str = "reception", **query: str) -> str:
    """Keep a filter."""
    return str(office.execute(lists.SaveFilter(name, "available", query or {"late": "1"}), login))


def test_a_filter_is_kept_renamed_and_dropped_by_its_owner_alone(office: Office) -> None:
    kept = save(office, " 紧急  的 ")
    save(office, "紧急 的", urgent="1")
    other = save(office, "超时")
    assert names(office, "reception") == ["紧急 的", "超时"] and names(office, "supervisor") == []

    for command in (lists.RenameFilter(kept, "mine now"), lists.RenameFilter("none", "x")):
        with pytest.raises(NotFound):
            office.execute(command, "supervisor")
    office.execute(lists.DeleteFilter(kept), "supervisor")
    with pytest.raises(InvalidValues):
        office.execute(lists.RenameFilter(other, "紧急 的"), "reception")
    office.execute(lists.RenameFilter(other, "已超时"), "reception")
    assert names(office, "reception") == ["紧急 的", "已超时"]
    for _ in range(2):
        office.execute(lists.DeleteFilter(kept), "reception")

    assert names(office, "reception") == ["已超时"]


def test_a_filter_that_cannot_be_is_refused(office: Office) -> None:
    refused = [
        lists.SaveFilter(" ", "mine", {"late": "1"}),
        lists.SaveFilter("x" * 41, "mine", {"late": "1"}),
        lists.SaveFilter("nothing", "mine", {}),
        lists.SaveFilter("forged", "mine", {"late;drop": "1"}),
        lists.SaveFilter("forged", "../mine", {"late": "1"}),
        lists.SaveFilter("long", "mine", {"q": "x" * 121}),
    ]
    for number in range(MOST):
        save(office, f"第 {number} 个")
    refused.append(lists.SaveFilter("one too many", "mine", {"late": "1"}))

    for command in refused:
        with pytest.raises(InvalidValues):
            office.execute(command, "reception")
    assert len(names(office, "reception")) == MOST


def test_each_filter_leaves_what_it_says(office: Office) -> None:
    plain = office.register(subject="路灯不亮")
    urgent = office.register_emergency(subject="电梯困人")
    done = office.register(subject="门禁失灵")
    done.complete("judge_complaint", _by="supervisor")
    of = {"emergency": True}

    assert numbers(office, "reception", inbox.FOLLOWED, **of) == [urgent.number] * len(urgent.items)
    assert numbers(office, "supervisor", inbox.AVAILABLE, task="judge_complaint") == [plain.number]
    assert numbers(office, "supervisor", inbox.AVAILABLE, words="路灯") == [plain.number]
    assert numbers(office, "supervisor", inbox.AVAILABLE, words=plain.number) == [plain.number]
    assert numbers(office, "supervisor", inbox.AVAILABLE, words="没有这样的字") == []
    assert numbers(office, "supervisor", inbox.AVAILABLE, role="manager") == []
    assert numbers(office, "supervisor", inbox.AVAILABLE, late=True) == []
    office.clock.advance(days=2)
    assert plain.number in numbers(office, "supervisor", inbox.AVAILABLE, late=True)
    severity = plain.entry["severity"]
    assert plain.number in numbers(office, "supervisor", inbox.AVAILABLE, severity=severity)
    assert numbers(office, "supervisor", inbox.AVAILABLE, severity="major") == []
    assert numbers(office, "supervisor", inbox.DONE, severity=done.entry["severity"]) == [done.number]
    assert numbers(office, "supervisor", inbox.DONE, department="no_such") == []


def test_a_deadline_of_a_year_without_calendar_is_marked_and_found(office: Office) -> None:
    office.register().reach("propose_plan")
    assert numbers(office, "engineer", inbox.MINE, provisional=True) == []
    office.go_to(datetime(2026, 12, 30, 1, 0, tzinfo=UTC))
    unsure = office.register()
    unsure.reach("propose_plan")

    with office.application.read() as reader:
        rows = inbox.page(reader, office.actor("engineer"), inbox.MINE, inbox.Filters()).rows

    assert [row.provisional for row in rows if row.number == unsure.number] == [True]
    assert unsure.number in numbers(office, "engineer", inbox.MINE, provisional=True)


@pytest.mark.parametrize(("login", "tab"), [("supervisor", inbox.AVAILABLE), ("reception", inbox.FOLLOWED)])
def test_pages_follow_each_other_also_where_there_is_no_deadline(office: Office, login: str, tab: str) -> None:
    for _ in range(7):
        office.register()
    with office.application.database.write() as connection:
        first = office.rows(t.work_item.select())[:3]
        connection.execute(t.work_item.update().where(t.work_item.c.id.in_([row["id"] for row in first])).values(due_at=None))
    seen: list[str] = []
    after: str | None = None
    with office.application.read() as reader:
        while True:
            page = inbox.page(reader, office.actor(login), tab, inbox.Filters(after=after), size=2)
            seen += [row.item_id for row in page.rows]
            after = page.next_key
            if after is None:
                break

    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize("listed", [0, 100], ids=["one after the other", "as a list"])
def test_half_a_number_finds_all_that_begin_with_it(office: Office, monkeypatch: pytest.MonkeyPatch, listed: int) -> None:
    monkeypatch.setattr("engine.queries.register.searching.FEW", 1)
    monkeypatch.setattr("engine.queries.inbox.words.LISTED", listed)
    cases = [office.register() for _ in range(11)]
    cases[2].complete("judge_complaint", _by="supervisor")
    waiting = [case.number for case in cases if case is not cases[2]]

    def found(words: str) -> list[str]:
        return sorted(numbers(office, "supervisor", inbox.AVAILABLE, words=words))

    assert found(cases[0].number[:-1]) == waiting[:8]
    assert found(cases[0].number[:-2]) == waiting
    assert numbers(office, "engineer", inbox.MINE, words=cases[0].number[:-2]) == []
    # What is typed is also the whole number of the year's first.
    assert found(cases[10].number[:-1]) == [waiting[0], *waiting[8:]]


def test_the_done_are_looked_through_stretch_by_stretch(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.queries.inbox.listing.LOOKED_THROUGH", 2)
    cases = [office.register() for _ in range(5)]
    for case in cases:
        office.clock.advance(minutes=1)
        case.complete("judge_complaint", _by="supervisor")
    seen: list[str] = []
    after: str | None = None
    with office.application.read() as reader:
        while True:
            page = inbox.page(reader, office.actor("supervisor"), inbox.DONE, inbox.Filters(task="judge_complaint", after=after))
            seen += [row.number for row in page.rows]
            after = page.next_key
            if after is None:
                break

    assert seen == [case.number for case in reversed(cases)]


def test_a_colleague_takes_a_row_and_a_new_one_comes(office: Office) -> None:
    first, second = office.register_emergency(), office.register_emergency()
    ids = [case.item("notify_departments")["id"] for case in (first, second)]
    office.execute(work.Claim(ids[0]), "reception2")
    third = office.register_emergency()

    with office.application.read() as reader:
        actor = office.actor("reception")
        standing = inbox.standing(reader, actor, inbox.AVAILABLE, [*ids, "no-such"])
        shown = [item["id"] for case in (first, second) for item in case.items]
        come = inbox.arrived(reader, actor, inbox.AVAILABLE, inbox.Filters(), shown, None)
        new = reader.connection.execute(sa.select(come)).scalar_one()
        stranger = inbox.standing(reader, office.actor("bitong"), inbox.AVAILABLE, ids)

    assert (standing[ids[0]].here, standing[ids[0]].holder) == (False, "何雨") and standing[ids[1]].here
    assert set(standing) == set(ids) and stranger == {}
    assert new == len([item for item in third.items if item["role"] == "reception"])
