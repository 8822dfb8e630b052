"""Earlier cases that may be about the same: found by household, building, category and words, and told why."""

from __future__ import annotations

import pytest

from engine.clock import ManualClock
from engine.commands import cases, directory, intake
from engine.domain import events as ev
from engine.queries.similar import Typed, Whole, similar
from engine.storage import tables as t
from tests.office import Case, Office

WATER = {"subject": "三栋全楼停水", "description": "早上七点起三栋没有自来水，水泵房有人在修。"}
SAME_MATTER = "三栋从早上起没有自来水，泵房还没有修好"


def ask(office: Office, text: str = "", household: str | None = None, by: str = "reception", **known: str) -> Whole:
    """What stands beside the form when this is typed."""
    with office.application.read() as reader:
        home = household_id(office, household) if household else None
        return similar(reader, office.actor(by), Typed(office.estate_id(), home, known.get("category"), text))


def household_id(office: Office, name: str) -> str:
    """The household of that name."""
    return str(office.rows(t.household.select().where(t.household.c.name == name))[0]["id"])


def recorded(office: Office, household: str | None = None, **answers: str) -> Case:
    """A call recorded, of a household when one is named."""
    home = household_id(office, household) if household else None
    command = intake.Register(office.estate_id(), _usual(office, answers), office.request_id(), home)
    return Case(office, office.execute(command, "reception"))


def _usual(office: Office, answers: dict[str, str]) -> dict[str, object]:
    procedure = office.application.catalogue.intake(office.clock.now()).procedure
    return office._usual(procedure, procedure.intake.task, {}, answers)


def numbers(found: Whole) -> list[str]:
    """The numbers of the cases listed, in order."""
    return [case.number for case in found.cases]


def test_the_cases_of_the_household_are_listed_whatever_they_are_about(office: Office) -> None:
    own = recorded(office, "李晓梅", subject="电梯异响")
    recorded(office, subject="垃圾桶满了", description="西门的垃圾桶三天没有清。")

    found = ask(office, "停车费算错了", "李晓梅")

    assert numbers(found) == [own.number]
    assert found.cases[0].reason.household and found.cases[0].open and found.cases[0].subject == "电梯异响"


def test_other_words_for_the_same_matter_are_found(office: Office) -> None:
    water = recorded(office, **WATER)
    recorded(office, subject="垃圾桶满了", description="西门的垃圾桶三天没有清，味道很大。")

    found = ask(office, SAME_MATTER)

    assert numbers(found) == [water.number]
    assert found.cases[0].reason.text and not found.cases[0].reason.household


def test_nothing_typed_finds_nothing(office: Office) -> None:
    recorded(office, **WATER)

    assert ask(office) == Whole(())
    assert ask(office, "？。 a") == Whole(())


def test_open_ones_come_first_and_then_the_newest(office: Office, clock: ManualClock) -> None:
    closed = recorded(office, "李晓梅", subject="门禁坏了")
    closed.finish()
    older = recorded(office, "李晓梅", subject="路灯不亮")
    clock.advance(hours=1)
    newer = recorded(office, "李晓梅", subject="下水道堵了")

    assert numbers(ask(office, "", "李晓梅")) == [newer.number, older.number, closed.number]


def test_a_building_and_a_category_lift_words_that_say_little(office: Office) -> None:
    said = "水太小"
    recorded(office, "李晓梅", subject="水压太小", description="早晚高峰时厨房和浴室的水压都上不去。", category="facility")

    far, near = ask(office, said), ask(office, said, neighbour(office), category="facility")

    assert numbers(far) == []
    assert near.cases[0].reason.place and near.cases[0].reason.category


def neighbour(office: Office) -> str:
    """Somebody who has moved in one floor above 李晓梅."""
    home = office.rows(t.household.select().where(t.household.c.name == "李晓梅"))[0]
    unit = office.rows(t.unit.select().where(t.unit.c.id == home["unit_id"]))[0]
    office.execute(directory.AddUnit(unit["estate_id"], unit["building_id"], "3-1-602"), "admin")
    above = office.rows(t.unit.select().where(t.unit.c.room == "3-1-602"))[0]
    office.execute(directory.SaveHousehold(unit["estate_id"], above["id"], "孙楼上", "13900003602"), "admin")
    return "孙楼上"


def test_another_estates_cases_are_never_listed(office: Office) -> None:
    office.register("bitong", "BT", **WATER)

    assert numbers(ask(office, SAME_MATTER, by="director")) == []


def test_an_erased_text_finds_nothing_any_more(office: Office) -> None:
    water = recorded(office, **WATER)
    water.finish()
    assert numbers(ask(office, SAME_MATTER)) == [water.number]

    water.do(cases.ErasePersonalData(water.id, "本人要求"), "admin")

    assert numbers(ask(office, SAME_MATTER)) == []


def test_linking_while_recording_counts_towards_major_at_once(office: Office) -> None:
    earlier = recorded(office, subject="保洁没有来", service_not_delivered="true")
    earlier.do(cases.LogContact(earlier.id, "又来电"), "reception")
    usual = _usual(office, {"subject": "保洁还是没有来", "service_not_delivered": "true"})

    command = intake.Register(office.estate_id(), usual, office.request_id(), linked_id=earlier.id)
    again = Case(office, office.execute(command, "reception"))

    assert again.entry["severity"] == "important"
    assert again.events(ev.StepTaken)[0].facts["raised_count"] == 2, "itself and the earlier one"
    again.do(cases.LogContact(again.id, "第三次提出"), "reception")
    again.complete("judge_complaint", service_not_delivered=True)
    assert again.entry["severity"] == "major"
    links = {(row["case_id"], row["other_id"]) for row in office.rows(t.case_link.select())}
    assert links == {(again.id, earlier.id), (earlier.id, again.id)}


def callers(office: Office, how_many: int) -> list[Case]:
    """So many neighbours call about the water."""
    return [recorded(office, **WATER) for _ in range(how_many)]


def test_three_alike_within_hours_suggest_an_event_led_by_the_first(office: Office) -> None:
    first, *_ = callers(office, 2)
    assert ask(office, SAME_MATTER).lead is None

    callers(office, 1)
    found = ask(office, SAME_MATTER)

    assert found.lead is not None and found.lead.number == first.number
    assert (found.together, found.known) == (3, False)


def test_three_alike_over_days_suggest_none(office: Office, clock: ManualClock) -> None:
    for _ in range(3):
        callers(office, 1)
        clock.advance(hours=13)

    assert ask(office, SAME_MATTER).lead is None


def test_the_same_household_calling_again_makes_no_event(office: Office) -> None:
    for _ in range(3):
        recorded(office, "李晓梅", **WATER)

    assert ask(office, SAME_MATTER, "李晓梅").lead is None


@pytest.mark.parametrize("closes", [False, True])
def test_an_open_event_is_offered_and_a_closed_one_is_not(office: Office, closes: bool) -> None:
    lead = recorded(office, **WATER)
    command = intake.Register(office.estate_id(), _usual(office, WATER), office.request_id(), event_id=lead.id)
    part = Case(office, office.execute(command, "reception"))
    if closes:
        lead.finish()

    found = ask(office, SAME_MATTER)

    assert found.known is not closes
    assert (found.lead.number, found.together) == (lead.number, 2) if found.lead else closes
    assert part.entry["status"] == "open"
