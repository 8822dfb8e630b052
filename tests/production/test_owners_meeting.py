"""Two owners meet on one draft, version or replay: nothing is lost, nothing done twice, and the second is told so."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa

from engine.bootstrap import Application, build
from engine.commands import incidents
from engine.commands.schedules import StartProcedure
from engine.commands.studio import BeginReplay, CancelReplay, KeepWalk, PutForward
from engine.commands.studio.replaying import FinishReplay, TakeReplay
from engine.commands.versions import (
    BeginDraft,
    ChangedMeanwhile,
    DiscardDraft,
    HeldByOther,
    Saved,
    SaveFile,
    Signed,
    SignVersion,
    UndoFile,
    WithdrawProposal,
    examining,
    propose,
)
from engine.commands.versions.editing import digest_of
from engine.domain.actor import SYSTEM
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.errors import Conflict, EngineError, Forbidden, InvalidState, NotFound
from engine.procedure import Bundle
from engine.rehearsal.replay.totals import Totals
from engine.settings import Settings
from engine.storage import tables as t
from engine.storage.audit.verify import verify
from tests.engine.incidents.test_migrating import KEY, WHY
from tests.office import Case, Office
from tests.production.test_meeting import at_once
from tests.published import publish

pytestmark = pytest.mark.postgres
LIMITS, TABLE = "limits.dmn", "severity.dmn"
REASON = Text("派单太慢", "Dispatch is too slow")


@pytest.fixture
def other(settings: Settings, application: Application) -> Iterator[Application]:
    """A second process's view of the installation: nothing is shared but the database."""
    built = build(settings, application.clock)
    built.stories = lambda _bundle: ()
    yield built
    built.close()


def begun(office: Office) -> str:
    return str(office.execute(BeginDraft(KEY), "owner"))


def files(office: Office, draft_id: str) -> dict[str, bytes]:
    """What stands in the draft; nothing once it is gone."""
    rows = office.rows(sa.select(t.procedure_draft.c.bundle).where(t.procedure_draft.c.id == draft_id))
    return dict(Bundle.from_bytes(rows[0]["bundle"]).files) if rows else {}


def saving(office: Office, draft_id: str, number: int, path: str = LIMITS, take_over: bool = False) -> SaveFile:
    """One text of the file reads otherwise."""
    stands = files(office, draft_id)[path]
    return SaveFile(
        draft_id, path, stands.replace(b"<description>", b"<description>%d " % number, 1), digest_of(stands), take_over
    )


def proposed(office: Office, number: int) -> int:
    """A proposal of the owner's, without a review of its own."""
    draft_id = begun(office)
    office.execute(saving(office, draft_id, number), "owner")
    command = PutForward(draft_id, REASON, office.clock.now() + timedelta(days=1))
    return int(office.execute(command, "owner").number)


def changed_limits(files: dict[str, str]) -> dict[str, str]:
    return {LIMITS: files[LIMITS].replace("<description>", "<description>2 ", 1)}


def versions(office: Office) -> list[Any]:
    version = t.procedure_version.c
    return office.rows(sa.select(t.procedure_version).where(version.procedure_key == KEY).order_by(version.number))


def is_sound(office: Office) -> bool:
    with office.application.database.read() as connection:
        return verify(connection) == []


def parted(answers: list[Any]) -> tuple[list[Any], list[EngineError]]:
    """What was done, and what was refused; every refusal has its sentence."""
    refused = [answer for answer in answers if isinstance(answer, EngineError)]
    assert all(one.text.zh and one.text.en for one in refused)
    return [answer for answer in answers if not isinstance(answer, EngineError)], refused


def test_two_windows_that_save_lose_nothing(office: Office, other: Application) -> None:
    draft_id, actor = begun(office), office.actor("owner")
    both = [saving(office, draft_id, number) for number in (1, 2)]

    done, refused = parted(at_once(actor, (office.application, both[0]), (other, both[1])))

    assert [type(one) for one in (*done, *refused)] == [Saved, ChangedMeanwhile]
    assert digest_of(files(office, draft_id)[LIMITS]) == done[0].digest

    apart = [saving(office, draft_id, 3, path) for path in (LIMITS, TABLE)]
    done, refused = parted(at_once(actor, (office.application, apart[0]), (other, apart[1])))

    stands = files(office, draft_id)
    assert not refused and {digest_of(stands[path]) for path in (LIMITS, TABLE)} == {one.digest for one in done}


def test_whoever_takes_over_and_whoever_saves_do_not_undo_each_other(office: Office, other: Application) -> None:
    draft_id = begun(office)
    save, take = saving(office, draft_id, 1), saving(office, draft_id, 2, take_over=True)

    done, refused = parted(
        at_once(office.actor("owner"), (office.application, save), (other, take), others=office.actor("admin"))
    )

    assert len(done) == 1 and isinstance(refused[0], ChangedMeanwhile | HeldByOther)
    assert digest_of(files(office, draft_id)[LIMITS]) == done[0].digest


def test_a_step_is_taken_back_or_another_made_never_both(office: Office, other: Application) -> None:
    draft_id = begun(office)
    before = files(office, draft_id)[LIMITS]
    office.execute(saving(office, draft_id, 1), "owner")
    save = saving(office, draft_id, 2)
    undo = UndoFile(draft_id, LIMITS, save.seen)

    done, refused = parted(at_once(office.actor("owner"), (office.application, save), (other, undo), (other, undo)))

    stands = files(office, draft_id)[LIMITS]
    assert len(done) == 1 and len(refused) == 2 and stands in (before, save.content)


def test_a_draft_is_thrown_away_or_saved_but_a_save_is_never_claimed_in_vain(office: Office, other: Application) -> None:
    draft_id = begun(office)
    save = saving(office, draft_id, 1)

    saved, gone = at_once(office.actor("owner"), (office.application, save), (other, DiscardDraft(draft_id)))

    assert gone is None and isinstance(saved, Saved | NotFound) and not files(office, draft_id)
    assert not office.rows(sa.select(t.draft_step))


def test_what_is_saved_while_a_review_proposes_is_in_the_proposal_or_refused(
    office: Office, other: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = begun(office)
    office.execute(saving(office, draft_id, 1), "owner")
    review = Case(office, office.execute(StartProcedure("review", "new_kind_reported"), "owner"))
    review.reach("write_draft", change_wanted="change")
    save, saved, proven = saving(office, draft_id, 2), list[Any](), examining.proven

    with ThreadPoolExecutor(1) as pool:

        def while_it_is_proven(*given: Any) -> Any:
            # The draft is read by now, and not yet gone.
            saved.append(pool.submit(at_once, office.actor("owner"), (other, save)))
            wait(saved, 0.5)
            return proven(*given)

        monkeypatch.setattr(propose, "proven", while_it_is_proven)
        review.complete("write_draft", "owner")
        (told,) = saved[0].result()

    (proposal,) = versions(office)[1:]
    holds = b"<description>2 " in Bundle.from_bytes(proposal["bundle"]).files[LIMITS]
    assert isinstance(told, Saved if holds else NotFound) and is_sound(office)


def test_two_put_forward_and_sign_at_once_and_one_version_is_published(office: Office, other: Application) -> None:
    drafts, processes = [begun(office), begun(office)], (office.application, other)
    for number, draft_id in enumerate(drafts):
        office.execute(saving(office, draft_id, number), "owner")
    tomorrow = office.clock.now() + timedelta(days=1)
    orders = [PutForward(draft_id, REASON, tomorrow) for draft_id in (*drafts, drafts[0])]

    done, refused = parted(at_once(office.actor("owner"), *zip((*processes, other), orders, strict=True)))

    assert sorted(one.number for one in done) == [2, 3] and [type(one) for one in refused] == [NotFound]
    assert len(office.begun("review")) == 2 and not office.rows(sa.select(t.procedure_draft))

    signing = [SignVersion(KEY, number) for number in (2, 3)]
    for order in signing:
        done, refused = parted(at_once(office.actor("owner"), *product(processes, [order])))
        assert [type(one) for one in (*done, *refused)] == [Signed, Forbidden]
        office.execute(order, "manager")
    done, refused = parted(at_once(office.actor("director"), *zip(processes, signing, strict=True)))

    assert [type(one) for one in (*done, *refused)] == [Signed, Conflict]
    assert sorted(len(loads(row["signatures"])) for row in versions(office)[1:]) == [2, 3]
    assert sum(row["published_at"] is not None for row in versions(office)) == 2 and is_sound(office)


def test_a_proposal_is_signed_or_taken_back(office: Office, other: Application) -> None:
    number = proposed(office, 1)
    for login in ("owner", "manager"):
        office.execute(SignVersion(KEY, number), login)

    sign, withdraw = SignVersion(KEY, number), WithdrawProposal(KEY, number)
    told = at_once(office.actor("director"), (office.application, sign), (other, withdraw), others=office.actor("owner"))

    done, refused = parted(told)
    row = versions(office)[-1]
    assert (len(done), len(refused)) == (1, 1) and (row["published_at"] is None) != (row["withdrawn_at"] is None)
    assert isinstance(refused[0], InvalidState)


def test_two_orders_move_a_case_once(office: Office, other: Application) -> None:
    case = office.register()
    version_id = publish(office.application, KEY, changed_limits)
    begin = incidents.BeginMigration(KEY, 2, (case.id,), incidents.KEEP, WHY)
    runs = [str(office.execute(begin, "owner")) for _ in range(2)]
    orders = [incidents.MigrateCase(case.id, version_id, WHY, run_id=run_id) for run_id in runs]

    done, refused = parted(at_once(office.actor("owner"), *zip((office.application, other), orders, strict=True)))

    assert len(done) == 1 and isinstance(refused[0], InvalidState)
    (moved,) = office.rows(sa.select(t.migrated_case).where(t.migrated_case.c.state == "moved"))
    back = incidents.GoBack(moved["run_id"], case.id, WHY)
    done, refused = parted(at_once(office.actor("owner"), (office.application, back), (other, back)))
    assert len(done) == 1 and isinstance(refused[0], InvalidState) and is_sound(office)


def test_a_replay_is_asked_for_once_and_ends_once(office: Office, other: Application) -> None:
    draft_id, actor = begun(office), office.actor("owner")
    begin = BeginReplay(draft_id, None, None, "all")

    done, refused = parted(at_once(actor, (office.application, begin), (other, begin)))

    assert len(done) == 1 and isinstance(refused[0], InvalidState)
    job = office.application.execute(TakeReplay(done[0]), SYSTEM)
    finish = FinishReplay(done[0], job.attempt, Totals().as_data())
    cancelled, finished = at_once(actor, (office.application, CancelReplay(done[0])), (other, finish), others=SYSTEM)
    (row,) = office.rows(sa.select(t.replay_run))
    assert row["state"] == ("done" if finished else "cancelled") and (cancelled is None) != finished


def test_two_windows_that_walk_do_not_walk_over_each_other(office: Office, other: Application) -> None:
    draft_id, actor = begun(office), office.actor("owner")

    walks = [KeepWalk(draft_id, walk, None) for walk in ("one", "another")]
    done, refused = parted(at_once(actor, *zip((office.application, other), walks, strict=True)))

    assert done == [None] and isinstance(refused[0], Conflict)
