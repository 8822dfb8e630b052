"""Recording a call: the household fills the form, and nothing that was typed is lost."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa

from engine.commands.receipt import Receipt
from engine.domain.text import Text
from engine.storage import tables as t
from tests.office import Case, Office
from tests.web.conftest import Login
from tests.web.pages import Page

CALL = {"channel": "by_telephone", "subject": "电梯异响三天没人管", "demands[0].demand_text": "尽快修好"}


def registered(office: Office) -> int:
    """How many cases there are."""
    return len(office.rows(sa.select(t.cases.c.id)))


def household_id(office: Office, name: str) -> str:
    """The household of that name."""
    return str(office.rows(sa.select(t.household.c.id).where(t.household.c.name == name))[0]["id"])


@pytest.mark.parametrize("typed", ["3-1-50", "13800003502", "138 0000 3502", "3502"])
def test_a_room_or_a_telephone_number_finds_the_household(login: Login, typed: str) -> None:
    found = login("reception").get("/record/household", query_string={"_q": typed})

    assert "李晓梅" in found.text and "陈建国" not in found.text


def test_another_estates_households_are_not_found(login: Login) -> None:
    assert "李晓梅" not in login("bitong").get("/record/household?_q=3-1").text
    assert "李晓梅" not in login("bitong").get("/record/household?_q=13800003502").text


def test_taking_a_household_fills_name_and_telephone_and_shows_its_open_cases(login: Login, office: Office) -> None:
    chosen = household_id(office, "李晓梅")
    reception = login("reception")
    reception.fill("/record", **CALL, _household=chosen, _open="1")

    page = reception.fill("/record", subject="又来了", _take=chosen)
    form = page.form("/record")

    assert (form["complainant_name"], form["complainant_phone"], form["subject"]) == ("李晓梅", "13800003502", "又来了")
    assert form["_household"] == chosen
    assert "电梯异响三天没人管" in page.tree.find_class("rd-similar")[0].text_content()


def test_saving_records_the_call_and_offers_the_next(login: Login, office: Office) -> None:
    reception = login("reception")

    saved = reception.fill("/record", **CALL, _next="1")

    assert (saved.status, saved.location) == (303, "/record")
    assert "已登记，编号 YH-2026-00001" in reception.get("/record").notices
    entry = office.rows(sa.select(t.register_entry))[0]
    assert entry["number"] == "YH-2026-00001" and entry["status"] == "open"


def test_what_is_missing_is_named_and_everything_typed_is_kept(login: Login, office: Office) -> None:
    page = login("reception").fill("/record", subject="", description="说来话长 🦺𠮷", complainant_phone="打电话", _open="1")

    assert page.status == 422 and len(page.errors) == 3
    form = page.form("/record")
    assert form["description"] == "说来话长 🦺𠮷" and form["complainant_phone"] == "打电话"
    assert registered(office) == 0


def test_an_over_long_text_is_refused_with_the_maximum(login: Login, office: Office) -> None:
    page = login("reception").fill("/record", **{**CALL, "subject": "长" * 201}, _open="1")

    assert page.status == 422 and "200" in page.errors[0]
    assert page.form("/record")["subject"] == "长" * 201
    assert registered(office) == 0


def test_emoji_and_rare_characters_are_taken_as_they_are(login: Login, office: Office) -> None:
    words = "𠮷野家门口 🚮 滴水《ᠮᠣᠩᠭᠣᠯ》"

    assert login("reception").fill("/record", **{**CALL, "subject": words}, _open="1").status == 303
    assert words in login("reception").get("/inbox/followed").text


def test_a_double_click_records_once(login: Login, office: Office) -> None:
    reception = login("reception")
    form = {**reception.get("/record").form("/record"), **CALL}

    first, second = reception.post("/record", {**form, "_open": "1"}), reception.post("/record", {**form, "_open": "1"})

    assert (first.status, second.status) == (303, 409)
    assert "张倩" in second.text and registered(office) == 1


def test_a_forged_field_is_refused(login: Login, office: Office) -> None:
    page = login("reception").fill("/record", **CALL, severity="major", approved="true", _open="1")

    assert page.status == 422 and page.notices
    assert registered(office) == 0


def test_another_estate_cannot_be_recorded_for(login: Login, office: Office) -> None:
    page = login("reception").fill("/record", **CALL, _estate=office.estate_id("BT"), _open="1")

    assert page.status == 303
    assert office.rows(sa.select(t.register_entry.c.number))[0]["number"].startswith("YH-")


def test_rows_are_added_and_taken_out_without_javascript(login: Login) -> None:
    reception = login("reception")

    more = reception.fill("/record", **CALL, _add="demands")
    form = {**more.form("/record"), "demands[1].demand_text": "书面答复"}
    less = reception.post("/record", {**form, "_remove": "demands:0"})

    assert form["demands[0].demand_text"] == "尽快修好"
    assert less.form("/record")["demands[0].demand_text"] == "书面答复"
    assert "demands[1].demand_text" not in less.form("/record")


def test_questions_appear_when_their_condition_holds(login: Login) -> None:
    reception = login("reception")

    before = reception.get("/record").form("/record")
    after = reception.fill("/record", **CALL, by_proxy="true", _update="1").form("/record")
    part = reception.fill("/record", "/record", by_proxy="true", _update="1")

    assert "proxy_name" not in before and "proxy_name" in after and after["subject"] == CALL["subject"]
    assert part.status == 200


def test_the_fields_alone_are_drawn_again_for_htmx(login: Login) -> None:
    reception = login("reception")
    form = reception.get("/record").form("/record")

    page = reception.post("/record/fields", {**form, "by_proxy": "true", "subject": "在写"})

    assert page.tree.get("id") == "fields" and "在写" in page.text and "proxy_name" in page.text


def test_an_oversized_file_costs_nothing_that_was_typed(login: Login, office: Office) -> None:
    large = (io.BytesIO(b"\x89PNG" + b"0" * (100 * 1024 + 1)), "很大.png")

    page = login("reception").fill("/record", **CALL, intake_evidence=large, _open="1")

    assert page.status == 413 and "很大.png" in page.errors[0]
    assert page.form("/record")["subject"] == CALL["subject"]
    assert registered(office) == 0


def test_an_unheard_of_amount_is_refused_at_the_door(login: Login, office: Office) -> None:
    reception = login("reception")
    reception.client.application.config["MAX_CONTENT_LENGTH"] = 200 * 1024
    huge = (io.BytesIO(b"0" * (300 * 1024)), "huge.bin")

    page = reception.fill("/record", **CALL, intake_evidence=huge, _open="1")

    assert page.status == 413 and page.heading
    assert registered(office) == 0


def test_a_file_that_cannot_be_kept_never_costs_the_complaint(login: Login, office: Office) -> None:
    reception = login("reception")
    program = (io.BytesIO(b"MZ\x90\x00" + b"\x00" * 200), "setup.exe")

    saved = reception.fill("/record", **CALL, intake_evidence=program, _next="1")

    assert saved.status == 303 and registered(office) == 1
    assert "setup.exe" in reception.get("/record").notices


def test_whoever_has_no_estate_is_told_so(login: Login) -> None:
    page = login("admin").get("/record")

    assert page.status == 403 and "岗位" in page.text


LEAK = {
    "subject": "三栋全楼停水",
    "description": "早上七点起没有自来水。",
    "channel": "by_telephone",
    "demands[0].demand_text": "来水",
}


def listed(page: Page) -> str:
    """The words of the list beside the form."""
    return " ".join(" ".join(found.text_content() for found in page.tree.xpath("//*[@id='similar']")).split())


def test_earlier_cases_are_listed_with_why_in_words(login: Login, office: Office) -> None:
    chosen = household_id(office, "李晓梅")
    reception = login("reception")
    reception.fill("/record", **CALL, _household=chosen, _open="1")
    office.clock.advance(days=12)

    form = reception.get(f"/record?household={chosen}").form("/record")
    part = reception.post("/record/similar", {**form, "subject": "电梯异响还是没人管"})

    assert "同一住户 · 说法相近 · 12 天前 · 未结" in listed(part)
    assert part.tree.get("id") == "similar"


def test_without_javascript_they_appear_when_the_form_is_drawn_again(login: Login) -> None:
    reception = login("reception")
    reception.fill("/record", **LEAK, _open="1")

    assert "三栋全楼停水" not in listed(reception.get("/record"))
    assert "三栋全楼停水" in listed(reception.fill("/record", subject="三栋停水，没有自来水", _update="1"))


def test_the_same_matter_again_is_one_click_and_no_new_case(login: Login, office: Office) -> None:
    reception = login("reception")
    reception.fill("/record", **LEAK, _open="1")
    entry = office.rows(sa.select(t.register_entry))[0]

    page = reception.fill("/record", subject="还是没有水", _again=entry["case_id"])

    assert page.status == 303 and registered(office) == 1
    assert "还是没有水" in reception.get(f"/cases/{entry['case_id']}/timeline").text
    assert office.rows(sa.select(t.register_entry))[0]["contact_count"] == 1


def test_recording_and_linking_is_one_click(login: Login, office: Office) -> None:
    reception = login("reception")
    reception.fill("/record", **LEAK, _open="1")
    earlier = office.rows(sa.select(t.register_entry))[0]

    page = reception.fill("/record", **{**LEAK, "subject": "又停水了"}, _linked=earlier["case_id"])

    assert page.status == 303 and registered(office) == 2
    assert earlier["number"] in reception.get(f"{page.location}/links").text


def test_joining_an_event_takes_two_clicks(login: Login, office: Office) -> None:
    reception = login("reception")
    for _ in range(3):
        reception.fill("/record", **LEAK, _next="1")
    lead = office.rows(sa.select(t.register_entry).order_by(t.register_entry.c.number))[0]

    offered = reception.fill("/record", **{**LEAK, "subject": "三栋没有水"}, _update="1")
    choice = offered.tree.xpath("//input[@name='_event' and @value!='']/@value")
    chosen = reception.post("/record/similar", {**offered.form("/record"), "_event": choice[0]})
    saved = reception.post("/record", {**offered.form("/record"), "_event": choice[0], "_open": "1"})

    assert choice == [lead["case_id"]]
    assert chosen.tree.xpath("//input[@name='_event' and @checked]/@value") == choice
    assert saved.status == 303
    numbers = sa.select(t.register_entry.c.event).where(t.register_entry.c.event.is_not(None))
    assert [row["event"] for row in office.rows(numbers)] == [lead["number"]] * 2
    page = reception.get(f"{saved.location}/links")
    assert "同一事件的投诉" in page.text and lead["number"] in page.text


def test_an_event_that_closed_meanwhile_costs_nothing_that_was_typed(login: Login, office: Office) -> None:
    reception = login("reception")
    reception.fill("/record", **LEAK, _open="1")
    lead = office.rows(sa.select(t.register_entry))[0]
    Case(office, Receipt(lead["case_id"], lead["number"], Text("", ""), ())).finish()

    page = reception.fill("/record", **LEAK, _event=lead["case_id"], _open="1")

    assert page.status == 409
    assert page.form("/record")["subject"] == LEAK["subject"]
    assert registered(office) == 1


def test_the_only_household_found_is_taken_at_once(login: Login, office: Office) -> None:
    page = login("reception").fill("/record", subject="电梯异响", _q="3-1-502", _find="1")

    form = page.form("/record")
    assert form["_household"] == household_id(office, "李晓梅")
    assert (form["complainant_name"], form["subject"]) == ("李晓梅", "电梯异响")


def test_several_households_are_offered_to_choose(login: Login) -> None:
    page = login("reception").fill("/record", _q="3-1", _find="1")

    assert "_household" not in page.form("/record") and len(page.tree.xpath("//div[@id='found']//button")) > 1


def test_the_next_call_comes_the_same_way_as_the_last(login: Login) -> None:
    reception = login("reception")
    assert not reception.get("/record").form("/record")["channel"]

    reception.fill("/record", **CALL, _next="1")

    assert reception.get("/record").form("/record")["channel"] == CALL["channel"]
    assert not reception.get("/record").form("/record")["subject"]


def test_similar_cases_suggest_the_category_which_is_taken_with_one_click_and_can_be_changed(login: Login) -> None:
    reception = login("reception")
    for number in range(2):
        reception.fill("/record", **{**CALL, "subject": f"电梯异响第 {number} 天没人管", "category": "facility"}, _next="1")

    offered = reception.fill("/record", **CALL, _update="1")
    (button,) = offered.tree.xpath("//button[@name='_suggest']")
    taken = reception.post("/record", {**offered.form("/record"), "_suggest": button.get("value")})

    assert button.get("value") == "facility" and offered.form("/record").get("category") is None
    assert taken.form("/record")["category"] == "facility" and not taken.tree.xpath("//button[@name='_suggest']")
    changed = reception.post("/record", {**taken.form("/record"), "category": "service", "_update": "1"})
    assert changed.form("/record")["category"] == "service"


def test_nothing_is_suggested_where_nothing_is_alike(login: Login) -> None:
    reception = login("reception")
    reception.fill("/record", **{**CALL, "category": "facility"}, _next="1")

    page = reception.fill("/record", channel="visit", subject="保安态度恶劣", _update="1")

    assert not page.tree.xpath("//button[@name='_suggest']")
