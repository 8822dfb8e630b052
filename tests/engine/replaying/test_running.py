"""A replay from the order to what it came to: run once, told as it comes, cancelled, kept, seen by those who may."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from engine.commands.studio import BeginReplay, CancelReplay
from engine.commands.studio.replaying import FinishReplay, NoteReplay, TakeReplay
from engine.commands.versions import BeginDraft, SaveFile
from engine.domain.actor import SYSTEM
from engine.errors import Forbidden, InvalidState, InvalidValues, NotFound
from engine.procedure import Bundle
from engine.queries.studio import replaying
from engine.queries.studio.replaying import Narrowed
from engine.rehearsal.replay.totals import Totals
from engine.storage import tables as t
from engine.storage.audit.verify import verify
from tests.office import Case, Office
from tests.redrawing import with_cell

EVERYTHING = (None, None, "all")


def draft(office: Office, cell: str = "", text: str = "") -> str:
    """A draft of the complaint procedure, with another text in one cell of the limits."""
    draft_id = str(office.execute(BeginDraft("complaint"), "owner"))
    if cell:
        (row,) = office.rows(sa.select(t.procedure_draft).where(t.procedure_draft.c.id == draft_id))
        before = Bundle.from_bytes(row["bundle"])
        seen = hashlib.sha256(before.files["limits.dmn"]).hexdigest()
        changed = with_cell(before, "limits.dmn", cell, text).files["limits.dmn"]
        office.execute(SaveFile(draft_id, "limits.dmn", changed, seen), "owner")
    return draft_id


def handled(office: Office, hours: float) -> Case:
    """A closed case whose judgement took so long."""
    case = office.register()
    office.let_pass(hours=hours)
    case.finish()
    return case


def begin(office: Office, draft_id: str, *period: Any) -> str:
    return str(office.execute(BeginReplay(draft_id, *(period or EVERYTHING)), "owner"))


def look(office: Office, query: Any, *arguments: Any, login: str = "owner") -> Any:
    with office.application.read() as reader:
        return query(reader, office.actor(login), *arguments)


def test_a_shorter_limit_tells_who_would_have_missed_it(office: Office) -> None:
    quick, slow = handled(office, 1), handled(office, 3)
    under_way = office.register()
    wanted = begin(office, draft(office, "limits_row_11_out_amount", "2"))

    assert office.application.run_replays() == 1

    run = look(office, replaying.run, wanted)
    assert (run.state, run.cases_done, run.cases_total, run.totals["cases"]) == ("done", 3, 3, 3)
    assert run.totals["limits"]["dispatch"]["newly_missed"] == run.totals["cases_newly_missed"] == 1
    missed = look(office, replaying.cases, wanted, Narrowed.MISSED)
    assert [line.number for line in missed.lines] == [slow.number]
    found = look(office, replaying.outcome, wanted, slow.id)
    (limit,) = [limit for limit in found["limits"] if limit["key"] == "dispatch"]
    assert (limit["before"]["standing"], limit["after"]["standing"]) == ("kept", "missed")
    assert look(office, replaying.outcome, wanted, quick.id)["same"] is True
    assert look(office, replaying.outcome, wanted, under_way.id)["ended"] == {"before": None, "after": None}


def test_a_deadline_that_was_missed_and_would_still_lie_ahead_is_not_said_to_be_kept(office: Office) -> None:
    under_way = office.register()
    office.let_pass(hours=13)
    wanted = begin(office, draft(office, "limits_row_11_out_amount", "400"))

    office.application.run_replays()

    (limit,) = [one for one in look(office, replaying.outcome, wanted, under_way.id)["limits"] if one["key"] == "dispatch"]
    assert (limit["before"]["standing"], limit["after"]["standing"], limit["change"]) == ("missed", "running", "eased")
    assert look(office, replaying.run, wanted).totals["cases_newly_kept"] == 0


def test_cases_that_went_every_way_go_it_again(office: Office) -> None:
    minor, urgent, raised = office.register(), office.register_emergency(), office.register(category="charge")
    office.let_pass(minutes=20)
    raised.reach("make_promise")
    office.let_pass(hours=30)
    minor.reach("carry_out_plan")
    urgent.reach("judge_complaint")
    office.let_pass(days=5)
    minor.finish()
    wanted = begin(office, draft(office))

    office.application.run_replays()

    totals = look(office, replaying.run, wanted).totals
    assert (totals["cases"], totals["same"]) == (3, 3)
    assert [totals[name] for name in ("newly_missed", "newly_kept", "added", "gone", "stuck")] == [0] * 5


def test_only_the_cases_of_the_period_are_taken(office: Office) -> None:
    handled(office, 1)
    office.let_pass(days=40)
    office.register()
    of_old = begin(office, draft(office), date(2026, 9, 1), date(2026, 9, 30), "all")
    office.application.run_replays()
    nothing = begin(office, look(office, replaying.run, of_old).draft_id, None, None, "closed")
    office.application.run_replays()

    assert look(office, replaying.run, of_old).totals["cases"] == 1
    assert look(office, replaying.run, nothing).totals["cases"] == 1


def test_an_order_that_cannot_be_is_refused(office: Office) -> None:
    draft_id = draft(office)

    with pytest.raises(InvalidValues):
        begin(office, draft_id, date(2026, 9, 2), date(2026, 9, 1), "all")
    with pytest.raises(InvalidValues):
        begin(office, draft_id, None, None, "some")
    with pytest.raises(Forbidden):
        office.execute(BeginReplay(draft_id, *EVERYTHING), "reception")
    begin(office, draft_id)
    with pytest.raises(InvalidState):
        begin(office, draft_id)


def test_one_that_was_cancelled_is_not_gone_on_with(office: Office) -> None:
    office.register()
    wanted = begin(office, draft(office))
    job = office.application.execute(TakeReplay(), SYSTEM)

    with pytest.raises(Forbidden):
        office.execute(CancelReplay(wanted), "reception")
    office.execute(CancelReplay(wanted), "owner")

    assert office.application.execute(NoteReplay(wanted, job.attempt, 1, 1, 1, ()), SYSTEM) is False
    assert office.application.execute(FinishReplay(wanted, job.attempt, {}), SYSTEM) is False
    given_up = look(office, replaying.run, wanted)
    assert (given_up.state, given_up.is_partial) == ("cancelled", False)
    with pytest.raises(InvalidState):
        office.execute(CancelReplay(wanted), "owner")
    with pytest.raises(NotFound):
        office.execute(CancelReplay("none"), "owner")


def test_what_was_done_before_it_was_cancelled_is_kept_as_a_part(office: Office) -> None:
    case, _other = office.register(), office.register()
    whole = begin(office, draft(office))
    office.application.run_replays()
    first, sums = look(office, replaying.outcome, whole, case.id), Totals()
    sums.add(first)
    wanted = begin(office, look(office, replaying.run, whole).draft_id)
    job = office.application.execute(TakeReplay(), SYSTEM)

    office.application.execute(NoteReplay(wanted, job.attempt, 1, 2, 2, (first,), sums.as_data()), SYSTEM)
    office.execute(CancelReplay(wanted), "owner")

    part = look(office, replaying.run, wanted)
    assert part.is_partial and part.totals["cases"] == part.cases_done == 1 and part.cases_total == 2
    assert look(office, replaying.cases, wanted, Narrowed.ALL).found == 1


def test_a_worker_that_is_gone_is_followed_by_another(office: Office) -> None:
    office.register()
    wanted = begin(office, draft(office))
    lost = office.application.execute(TakeReplay(), SYSTEM)
    assert office.application.run_replays() == 0

    office.clock.advance(seconds=91)

    assert office.application.run_replays() == 1
    assert office.application.execute(NoteReplay(wanted, lost.attempt, 1, 1, 1, ()), SYSTEM) is False
    assert look(office, replaying.run, wanted).totals["cases"] == 1


def test_a_draft_that_cannot_be_run_says_so(office: Office) -> None:
    office.register()
    draft_id = draft(office)
    (row,) = office.rows(sa.select(t.procedure_draft).where(t.procedure_draft.c.id == draft_id))
    content = Bundle.from_bytes(row["bundle"]).files["minor.bpmn"]
    broken = content.replace(b'calledElement="assign"', b'calledElement="nowhere"')
    office.execute(SaveFile(draft_id, "minor.bpmn", broken, hashlib.sha256(content).hexdigest()), "owner")
    wanted = begin(office, draft_id)

    assert office.application.run_replays() == 0

    run = look(office, replaying.run, wanted)
    assert run.state == "failed" and run.problem is not None and run.problem.zh and run.problem.en


def test_cases_are_seen_by_those_who_may_read_them_and_totals_by_owners(office: Office) -> None:
    here = office.register()
    there = office.register(_by="bitong", _estate="BT")
    wanted = begin(office, draft(office))
    office.application.run_replays()

    assert look(office, replaying.run, wanted).totals["cases"] == 2
    page = look(office, replaying.cases, wanted, Narrowed.ALL)
    assert (page.found, page.hidden) == (2, 0) and {line.number for line in page.lines} == {here.number, there.number}
    with pytest.raises(Forbidden):
        look(office, replaying.run, wanted, login="supervisor")
    elsewhere = look(office, replaying.cases, wanted, Narrowed.ALL, login="admin")
    assert elsewhere.found + elsewhere.hidden == 2


def test_who_played_what_through_which_files_stands_in_the_journal(office: Office) -> None:
    office.register()
    wanted = begin(office, draft(office))
    office.application.run_replays()

    digest = look(office, replaying.run, wanted).digest
    rows = office.rows(sa.select(t.journal).where(t.journal.c.stream_kind == "procedure").order_by(t.journal.c.seq))
    told = [row for row in rows if row["action"] in ("replay_requested", "replay_done")]
    assert [row["action"] for row in told] == ["replay_requested", "replay_done"]
    assert told[0]["actor_id"] == office.person_id("owner") and all(digest in row["events"] for row in told)
    with office.application.database.read() as connection:
        assert verify(connection) == []
