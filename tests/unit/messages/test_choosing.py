"""Which messages go out to whom: what a person chose, what is usual, and what nobody can leave out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from engine.commands.delivery.choosing import USUAL_QUIET, QuietHours, Wishes, address_of
from engine.commands.session import notices
from engine.domain.messages import Address, Channel, Kind, Level
from engine.domain.text import Text

NOON = datetime(2026, 9, 28, 4, 0, tzinfo=UTC)
MAIL = Channel("mail", Text("邮件", "Mail"), Address.MAIL, Level.ALL)
GROUP = Channel("wecom", Text("企业微信", "WeCom"), Address.MOBILE, shared=True)


def message(kind: Kind, *, urgent: bool = False, emergency: bool = False, limit: str | None = None) -> Any:
    """What the decision looks at."""
    return SimpleNamespace(recipient_id="p", notice_kind=kind, urgent=urgent, emergency=emergency, limit_key=limit)


CASES = [
    (Level.ALL, message(Kind.COMMENT), True),
    (Level.URGENT, message(Kind.COMMENT), False),
    (Level.URGENT, message(Kind.BREACH, urgent=True), True),
    (Level.URGENT, message(Kind.ESCALATION), True),
    (Level.NOTHING, message(Kind.BREACH, urgent=True), False),
    (Level.NOTHING, message(Kind.WARNING, urgent=True, emergency=True), True),
    (None, message(Kind.COMMENT), True),  # mail sends everything unless told otherwise
]


@pytest.mark.parametrize(("level", "what", "goes"), CASES)
def test_the_level_of_a_channel_decides(level: Level | None, what: Any, goes: bool) -> None:
    wishes = Wishes({("p", "mail"): level} if level else {})

    assert wishes.takes(MAIL, what) is goes


@pytest.mark.parametrize(
    ("unwanted", "what", "goes"),
    [
        (("p", "kind", "comment"), message(Kind.COMMENT), False),
        (("p", "kind", "comment"), message(Kind.REPORT), True),
        (("other", "kind", "comment"), message(Kind.COMMENT), True),
        (("p", "limit", "a"), message(Kind.WARNING, limit="a"), False),
        (("p", "limit", "a"), message(Kind.WARNING, limit="b"), True),
        (("p", "limit", "a"), message(Kind.BREACH, urgent=True, limit="a"), True),
        (("p", "limit", "a"), message(Kind.WARNING, limit="a", emergency=True), True),
        (("p", "kind", "breach"), message(Kind.BREACH, urgent=True), False),
        (("p", "kind", "escalation"), message(Kind.ESCALATION), True),
    ],
)
def test_kinds_and_limits_are_left_out_one_by_one_but_never_emergencies(unwanted: Any, what: Any, goes: bool) -> None:
    assert Wishes({("p", "mail"): Level.ALL}, {unwanted}).takes(MAIL, what) is goes


def test_own_hours_stand_before_the_companys_and_who_is_on_duty_has_none() -> None:
    own, company = (QuietHours(USUAL_QUIET.starts, USUAL_QUIET.ends, days_off) for days_off in (True, False))

    assert Wishes(quiet={"p": own, "company": company}).quiet_of("p") == own
    assert Wishes(quiet={"company": company}).quiet_of("p") == company
    assert Wishes().quiet_of("p") == USUAL_QUIET
    assert Wishes(quiet={"p": own}, on_duty={"p"}).quiet_of("p") is None


@pytest.mark.parametrize(
    ("channel", "chosen", "email", "phone", "address"),
    [
        (MAIL, "own@x.cn", "listed@x.cn", None, "own@x.cn"),
        (MAIL, "", "listed@x.cn", None, "listed@x.cn"),
        (MAIL, None, None, "13800001111", None),
        (GROUP, None, None, "13800001111", "13800001111"),
        (GROUP, None, None, None, ""),
    ],
)
def test_ones_own_address_stands_before_the_directorys(
    channel: Channel, chosen: str | None, email: str | None, phone: str | None, address: str | None
) -> None:
    assert address_of(channel, chosen, email, phone) == address


@pytest.mark.parametrize(("hours", "presses"), [(1, True), (23, True), (24, False), (24 * 30, False)])
def test_in_an_emergency_only_a_clock_of_less_than_a_day_wakes_anybody(hours: int, presses: bool) -> None:
    run: Any = SimpleNamespace(anchor=NOON, due_at=NOON + timedelta(hours=hours))

    assert notices._presses(notices.Notice((), MAIL.label, Kind.WARNING, run=run)) is presses


@pytest.mark.parametrize(("kind", "presses"), [(Kind.ESCALATION, True), (Kind.COMMENT, False), (Kind.TASK, False)])
def test_in_an_emergency_what_a_diagram_reports_wakes_people_and_a_note_does_not(kind: Kind, presses: bool) -> None:
    assert notices._presses(notices.Notice((), MAIL.label, kind)) is presses
