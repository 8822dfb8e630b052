"""A review makes versions: evidence, opinions, the draft, and three signatures that are tasks of three people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from engine.commands.schedules import StartProcedure
from engine.commands.studio import PutForward
from engine.commands.versions import DiscardDraft, SignVersion, TakeUpload, WithdrawProposal
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidState, InvalidValues
from engine.storage import tables as t
from tests.office import Case, Office

LIMITS = "limits.dmn"
BEFORE, AFTER = "<description>", "<description>改："


def called(office: Office, _by: str = "owner") -> Case:
    """A review that somebody has called."""
    return Case(office, office.execute(StartProcedure("review", "new_kind_reported"), _by))


def upload(office: Office) -> None:
    """The owner's draft: one line of one table reads otherwise."""
    latest = office.application.catalogue.latest("complaint")
    assert latest is not None
    table = latest.procedure.bundle.files[LIMITS].decode()
    office.execute(TakeUpload("complaint", LIMITS, table.replace(BEFORE, AFTER, 1).encode()), "owner")


def versions(office: Office) -> list[Any]:
    """The versions of the complaint's procedure in order."""
    query = sa.select(t.procedure_version).where(t.procedure_version.c.procedure_key == "complaint")
    return office.rows(query.order_by(t.procedure_version.c.number))


def test_a_change_is_proposed_signed_by_three_and_published_by_the_review(office: Office) -> None:
    upload(office)
    review = called(office)
    review.reach("sign_as_author", change_wanted="change")

    review.complete("sign_as_author", "owner")
    review.complete("sign_as_reviewer", "manager")
    assert versions(office)[-1]["published_at"] is None
    review.complete("sign_as_approver", "director")

    second = versions(office)[-1]
    assert (second["number"], second["review_case_id"]) == (2, review.id)
    assert second["published_at"] == office.clock.now()
    assert [one["part"] for one in loads(second["signatures"])] == ["author", "reviewer", "approver"]
    assert second["reason_zh"] == "派单时限改为八小时"
    assert review.entry["status"] == "closed"


def test_what_was_signed_on_the_console_meanwhile_goes_on(office: Office) -> None:
    upload(office)
    review = called(office)
    review.reach("sign_as_author", change_wanted="change")
    office.execute(SignVersion("complaint", 2), "owner")

    review.complete("sign_as_author", "owner")

    assert review.open_tasks == ["sign_as_reviewer"]
    assert [one["part"] for one in loads(versions(office)[-1]["signatures"])] == ["author"]


def test_whoever_may_not_sign_in_that_part_does_not(office: Office) -> None:
    upload(office)
    review = called(office)
    review.reach("sign_as_reviewer", change_wanted="change")

    with pytest.raises(Forbidden):
        review.complete("sign_as_reviewer", "director")

    assert review.open_tasks == ["sign_as_reviewer"]


def test_without_a_draft_nothing_is_proposed(office: Office) -> None:
    review = called(office)
    review.reach("write_draft", change_wanted="change")

    with pytest.raises(InvalidState):
        review.complete("write_draft", "owner")

    assert review.open_tasks == ["write_draft"]


def test_what_is_sent_back_becomes_a_draft_again(office: Office) -> None:
    upload(office)
    review = called(office)
    review.reach("sign_as_reviewer", change_wanted="change")

    review.complete(
        "sign_as_reviewer",
        "manager",
        signing_review="sent_back_to_author",
        unsigned_then="rewrite",
        signing_review_reason="写得不清楚",
    )

    assert versions(office)[-1]["withdrawn_at"] == office.clock.now()
    assert review.open_tasks == ["write_draft"]
    review.complete("write_draft", "owner")
    assert (versions(office)[-1]["number"], versions(office)[-1]["withdrawn_at"]) == (3, None)


def test_a_review_without_change_confirms_the_version_in_force(office: Office) -> None:
    review = called(office)

    review.finish()

    kept = [row for row in office.rows(sa.select(t.journal)) if row["action"] == "confirm_version"]
    assert [row["stream_id"] for row in kept] == ["complaint"]
    assert review.number in kept[0]["events"]
    assert len(versions(office)) == 1


def test_only_some_may_call_a_review(office: Office) -> None:
    with pytest.raises(Forbidden):
        called(office, "reception")


def drafts(office: Office) -> list[str]:
    """The ids of the drafts, the oldest first."""
    return [row["id"] for row in office.rows(sa.select(t.procedure_draft).order_by(t.procedure_draft.c.id))]


def test_with_the_proposal_taken_back_and_its_draft_gone_the_author_has_a_way_on(office: Office) -> None:
    upload(office)
    review = called(office)
    review.reach("sign_as_author", change_wanted="change")
    draft_id = office.execute(WithdrawProposal("complaint", 2), "owner")
    office.execute(DiscardDraft(draft_id), "owner")
    with pytest.raises(InvalidState):
        review.complete("sign_as_author", "owner")

    declined = {"signing_author": "sent_back_to_author", "signing_author_reason": "不提了"}
    review.complete("sign_as_author", "owner", unsigned_then="keep_version", **declined)
    review.complete("confirm_unchanged", "director")

    assert review.entry["status"] == "closed" and drafts(office) == []
    assert [row["stream_id"] for row in office.rows(sa.select(t.journal)) if row["action"] == "confirm_version"] == ["complaint"]


def test_a_review_at_its_draft_is_not_taken_for_one_that_waits_to_be_signed(office: Office) -> None:
    upload(office)
    review = called(office)
    review.reach("sign_as_author", change_wanted="change")
    declined = {"signing_author": "sent_back_to_author", "signing_author_reason": "再想想"}
    review.complete("sign_as_author", "owner", unsigned_then="rewrite", **declined)

    (draft_id,) = drafts(office)
    moment = office.clock.now() + timedelta(days=1)
    office.execute(PutForward(draft_id, Text("派单太慢", "Too slow"), moment), "owner")

    assert review.open_tasks == ["write_draft"] and versions(office)[-1]["review_case_id"] != review.id
    review.complete("write_draft", "owner", change_dropped=True, review_conclusion="另行提出了")
    assert review.open_tasks == ["confirm_unchanged"]


def test_of_several_drafts_one_is_chosen(office: Office) -> None:
    upload(office)
    upload(office)
    first, second = drafts(office)
    review = called(office)
    review.reach("write_draft", change_wanted="change")

    with pytest.raises(InvalidValues) as refused:
        review.complete("write_draft", "owner")
    assert list(refused.value.fields) == ["change_draft"] and review.open_tasks == ["write_draft"]
    review.complete("write_draft", "owner", change_draft=first)

    assert review.open_tasks == ["sign_as_author"] and drafts(office) == [second]
