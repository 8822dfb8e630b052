"""What people choose is kept whole or not at all, journaled without addresses, and tried out honestly."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from engine.clock import ManualClock
from engine.commands import preferences
from engine.commands.preferences import SavePreferences, SendTestMessage, SetQuietHours, Wish
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidState, InvalidValues
from engine.outbound.messages import Refused
from engine.storage import tables as t
from engine.storage.journal import read_stream
from tests.engine.messages.conftest import Post
from tests.office import Office

CHOSEN = (t.channel_choice, t.message_choice, t.quiet_hours)


def kept(office: Office) -> list[object]:
    """Everything that anybody chose."""
    return [row for table in CHOSEN for row in office.rows(table.select())]


BAD = [
    ({"channels": {"mail": Wish("all", "no address")}}, {"address_mail"}),
    ({"channels": {"mail": Wish("all", "a@b.cn\nBcc: c@d.cn")}}, {"address_mail"}),
    ({"channels": {"wecom": Wish("all", "12345")}}, {"address_wecom"}),
    ({"channels": {"mail": Wish("everything")}}, {"level_mail"}),
    ({"quiet": "own", "starts": "25:00", "ends": ""}, {"starts", "ends"}),
    ({"quiet": "sometimes"}, {"quiet", "starts", "ends"}),
    ({"channels": {"mail": Wish("x", "y")}, "quiet": "own", "starts": "7"}, {"level_mail", "address_mail", "starts", "ends"}),
]


def test_one_wrong_entry_and_nothing_is_kept(office: Office) -> None:
    for given, named in BAD:
        with pytest.raises(InvalidValues) as refused:
            office.execute(SavePreferences(**given), "reception")  # type: ignore[arg-type]
        assert set(refused.value.fields) == named
    assert kept(office) == []


def test_what_is_chosen_is_kept_and_journaled_without_addresses(office: Office) -> None:
    limit = next(iter(office.application.catalogue.intake(office.clock.now()).procedure.limits))
    wishes = {"mail": Wish("all", " qian@example.com "), "wecom": Wish("nothing", "138 0000 1111"), "pigeon": Wish("all")}
    kinds, limits = {"comment": False, "escalation": False}, {limit: False, "made_up": False}
    given = SavePreferences(wishes, kinds, limits, "own", "21:30", "06:00")
    office.execute(given, "reception")
    office.execute(given, "reception")

    me = office.person_id("reception")
    assert [(row["channel"], row["level"], row["address"]) for row in office.rows(t.channel_choice.select())] == [
        ("mail", "all", "qian@example.com"),
        ("wecom", "nothing", "13800001111"),
    ]
    choices = {(row["person_id"], row["subject"], row["key"]): row["wanted"] for row in office.rows(t.message_choice.select())}
    assert choices == {(me, "kind", "comment"): False, (me, "limit", limit): False}
    assert [(row["starts"], row["ends"]) for row in office.rows(t.quiet_hours.select())] == [("21:30", "06:00")]
    with office.application.database.read() as connection:
        entry = list(read_stream(connection, "administration", "company"))[-1]
    assert entry.actor_id == me and "qian@" not in repr(entry) and "13800001111" not in repr(entry)

    office.execute(SavePreferences(quiet="company"), "reception")
    assert office.rows(t.quiet_hours.select()) == []


def test_only_administrators_set_the_companys_hours_and_the_system_has_no_wishes(office: Office) -> None:
    with pytest.raises(Forbidden):
        office.execute(SetQuietHours("21:00", "08:00"), "manager")
    with pytest.raises(InvalidValues):
        office.execute(SetQuietHours("21:00", "8 o'clock"), "admin")
    with pytest.raises(Forbidden):
        office.application.execute(SavePreferences(), SYSTEM)
    office.execute(SetQuietHours("21:00", "08:00", days_off=True), "admin")

    assert [(row["person_id"], row["days_off"]) for row in office.rows(t.quiet_hours.select())] == [("company", True)]


def test_a_test_message_leaves_at_once_and_says_what_became_of_it(office: Office, post: Post, clock: ManualClock) -> None:
    post.refusals["wecom"] = Refused(Text("群机器人没了。", "The robot is gone."), hopeless=True)
    office.execute(SendTestMessage("mail"), "reception")
    office.execute(SendTestMessage("wecom"), "reception")
    with pytest.raises(InvalidState):
        office.execute(SendTestMessage("mail"), "reception")
    assert [(channel, people) for channel, people, _ in post.go()] == [("mail", ("reception",))]

    rows = {row["channel"]: row for row in office.rows(t.message_delivery.select())}
    assert rows["mail"]["sent_at"] == clock.now() and rows["wecom"]["fault_zh"] == "群机器人没了。"
    first = rows["mail"]["parcel_id"]
    clock.advance(seconds=20)
    office.execute(SendTestMessage("mail"), "reception")
    post.go()
    assert [parcel.id == first for parcel in post.parcels] == [True, False]


def test_a_test_message_needs_a_channel_and_an_address(office: Office) -> None:
    with office.application.database.write() as connection:
        connection.execute(sa.update(t.person).values(email=""))
    for channel, field in (("mail", "address_mail"), ("pigeon", "channel")):
        with pytest.raises(InvalidValues) as refused:
            office.execute(preferences.SendTestMessage(channel), "reception")
        assert set(refused.value.fields) == {field}
