"""What a grant covers, and for whom somebody acts."""

from __future__ import annotations

import pytest

from engine.domain.actor import COMPANY, SYSTEM, Actor, Grant

EAST, WEST = "east", "west"


@pytest.mark.parametrize(
    ("grant", "asked", "covered"),
    [
        (Grant("clerk", EAST), ("clerk", EAST, None), True),
        (Grant("clerk", EAST), ("clerk", WEST, None), False),
        (Grant("clerk", EAST), ("boss", EAST, None), False),
        (Grant("clerk", EAST), (None, EAST, None), True),
        (Grant("clerk"), ("clerk", WEST, "lifts"), True),
        (Grant("clerk", EAST, "lifts"), ("clerk", EAST, "lifts"), True),
        (Grant("clerk", EAST, "lifts"), ("clerk", EAST, "gardens"), False),
        (Grant("clerk", EAST, "lifts"), ("clerk", EAST, None), True),
        (Grant("clerk", EAST), ("clerk", EAST, "lifts"), True),
    ],
)
def test_a_grant_covers_its_role_estate_and_department(
    grant: Grant, asked: tuple[str | None, str, str | None], covered: bool
) -> None:
    assert grant.covers(*asked) is covered
    assert Actor("p", "P", (grant,)).holds(*asked) is covered


def test_one_grant_must_cover_everything_that_is_asked() -> None:
    actor = Actor("p", "P", (Grant("clerk", EAST, "lifts"), Grant("boss", WEST)))

    assert not actor.holds("boss", EAST) and not actor.holds("clerk", WEST)
    assert actor.roles == {"clerk", "boss"}


def test_nobody_may_do_anything_and_the_system_everything() -> None:
    assert not Actor("p", "P").holds(None, EAST)
    assert SYSTEM.holds("anything", EAST, "lifts")


def test_a_deputy_acts_for_the_person_unless_the_role_is_their_own_too() -> None:
    deputising = Grant("boss", EAST, None, "the boss")

    assert Actor("p", "P", (deputising,)).deputising("boss", EAST) == "the boss"
    assert Actor("p", "P", (deputising, Grant("boss", EAST))).deputising("boss", EAST) is None
    assert Actor("p", "P", (deputising, Grant("boss", WEST))).deputising("boss", EAST) == "the boss"
    assert Actor("p", "P", (deputising,)).deputising("clerk", EAST) is None


def test_what_concerns_the_company_is_done_by_the_role_in_any_estate() -> None:
    here = Actor("ann", "Ann", (Grant("reception", "north"),))

    assert here.holds("reception", COMPANY) and not here.holds("reception", "south")
    assert not here.holds("manager", COMPANY)
