"""Versions: proposed, signed by three people, in force from a moment; new cases follow, open ones do not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.bootstrap import build
from engine.commands import directory
from engine.commands.versions import HasFindings, Proposed, ProposeVersion, SignVersion, WithdrawProposal
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.errors import Conflict, Forbidden, InvalidState, InvalidValues, Misconfigured, NotFound
from engine.procedure import Bundle, load_folder
from engine.procedure.exchange.release import write_files
from engine.settings import Settings
from engine.storage import tables as t
from engine.storage.journal import read_stream
from tests import published
from tests.office import Office

REASON = Text("派单太慢", "Dispatch is too slow")
SIGNERS = ("owner", "manager", "director")
OCTOBER = datetime(2026, 10, 8, 1, 0, tzinfo=UTC)
KEY = "complaint"


def changed(office: Office, path: str = "limits.dmn", old: str = "派单", new: str = "派出工单") -> Bundle:
    """The files in force with one text replaced."""
    files = dict(office.application.catalogue.in_force(KEY, office.clock.now()).procedure.bundle.files)
    text = files[path].decode()
    assert old in text
    return Bundle({**files, path: text.replace(old, new, 1).encode()})


def propose(office: Office, bundle: Bundle | None = None, effective_at: datetime = OCTOBER, **more: Any) -> int:
    """The number of a proposal made by the owner."""
    command = ProposeVersion(bundle or changed(office), REASON, effective_at, **more)
    proposed = office.execute(command, "owner")
    assert isinstance(proposed, Proposed)
    return proposed.number


def sign(office: Office, number: int, *logins: str) -> list[bool]:
    """Whether each signature published the version."""
    return [office.execute(SignVersion(KEY, number), login).published for login in logins or SIGNERS]


def publish(office: Office, bundle: Bundle, effective_at: datetime = OCTOBER) -> int:
    """A version with all three signatures, and the clock at its moment."""
    number = propose(office, bundle, effective_at)
    sign(office, number)
    office.clock.set(effective_at)
    return number


def in_force(office: Office, at: datetime | None = None) -> int:
    """The number of the version that a new case takes."""
    return office.application.catalogue.in_force(KEY, at or office.clock.now()).number


def versions(office: Office) -> list[Any]:
    """The rows of the procedure's versions."""
    return office.rows(t.procedure_version.select().where(t.procedure_version.c.procedure_key == KEY))


def version(office: Office, number: int) -> Any:
    """The version's row."""
    return next(row for row in versions(office) if row["number"] == number)


def test_a_version_holds_from_exactly_its_moment_once_three_people_have_signed(office: Office) -> None:
    number = propose(office)
    assert sign(office, number, *SIGNERS[:2]) == [False, False]
    assert in_force(office, OCTOBER) == 1

    assert sign(office, number, SIGNERS[2]) == [True]

    assert in_force(office, OCTOBER - timedelta(microseconds=1)) == 1
    assert in_force(office, OCTOBER) == number == 2


def test_a_last_signature_after_the_moment_never_reaches_back(office: Office) -> None:
    number = propose(office, effective_at=office.clock.now() + timedelta(hours=1))
    office.clock.advance(hours=2)
    signed_at = office.clock.now()

    sign(office, number)

    assert in_force(office, signed_at - timedelta(seconds=1)) == 1
    assert in_force(office, signed_at) == number


def test_running_cases_keep_their_version_and_new_ones_take_the_one_in_force(office: Office) -> None:
    before = office.register()

    publish(office, changed(office))
    after = office.register()

    numbers = {row["id"]: row["number"] for row in office.rows(t.procedure_version.select())}
    case_of = {row["id"]: numbers[row["version_id"]] for row in office.rows(t.cases.select())}
    assert (case_of[before.id], case_of[after.id]) == (1, 2)
    before.finish()
    assert before.entry["status"] == "closed"


def test_files_with_errors_are_refused_with_everything_that_is_wrong(office: Office) -> None:
    broken = changed(office, "assign.bpmn", 'name="role" value="reception"', 'name="role" value="nobody"')

    with pytest.raises(HasFindings) as refused:
        propose(office, broken)

    errors = {(found.rule, found.file) for found in refused.value.findings if found.level == "error"}
    assert errors == {("unknown-role", "assign.bpmn")}
    assert len(versions(office)) == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [({"reason": Text(" ", " ")}, "reason"), ({"effective_at": datetime(2026, 9, 27, 15, 59, tzinfo=UTC)}, "effective")],
)
def test_a_proposal_needs_a_reason_and_a_day_to_come(office: Office, given: dict[str, Any], field: str) -> None:
    command = ProposeVersion(**{"bundle": changed(office), "reason": REASON, "effective_at": OCTOBER, **given})

    with pytest.raises(InvalidValues) as refused:
        office.execute(command, "owner")

    assert set(refused.value.fields) == {field}


def test_files_without_a_change_are_refused(office: Office) -> None:
    with pytest.raises(InvalidValues, match="没有改动"):
        propose(office, office.application.catalogue.in_force(KEY, office.clock.now()).procedure.bundle)


def test_files_that_only_an_editor_wrote_otherwise_are_no_change(office: Office) -> None:
    published.publish(office.application, KEY, published.replacing("assign.bpmn", "<dc:Bounds x=", "<dc:Bounds  x="))
    standing = office.application.catalogue.in_force(KEY, office.clock.now())

    with pytest.raises(InvalidValues, match="没有改动"):
        propose(office, standing.procedure.bundle)

    assert standing.number == 2


def test_only_the_owner_and_administrators_propose(office: Office) -> None:
    command = ProposeVersion(changed(office), REASON, OCTOBER)

    for login in ("reception", "manager", "director"):
        with pytest.raises(Forbidden):
            office.execute(command, login)
    assert office.execute(command, "admin").number == 2


def test_three_different_people_sign_in_turn_each_in_a_part_of_their_role(office: Office) -> None:
    number = propose(office)
    office.application.execute(directory.GrantRole(office.person_id("manager"), "general_manager"), SYSTEM)

    with pytest.raises(Forbidden, match="起草"):
        office.execute(SignVersion(KEY, number), "manager")
    with pytest.raises(InvalidState, match="起草"):
        office.execute(SignVersion(KEY, number, "reviewer"), "manager")
    sign(office, number, "owner")
    with pytest.raises(Forbidden, match="复核"):
        office.execute(SignVersion(KEY, number), "developer")
    sign(office, number, "manager")
    with pytest.raises(Forbidden, match="签过"):
        office.execute(SignVersion(KEY, number), "manager")
    assert sign(office, number, "director") == [True]
    with pytest.raises(InvalidState):
        office.execute(SignVersion(KEY, number, "approver"), "board")

    row = version(office, number)
    assert [row[name] for name in ("author_id", "reviewer_id", "approver_id")] == [office.person_id(login) for login in SIGNERS]


def test_what_does_not_exist_is_not_found(office: Office) -> None:
    for command in (SignVersion(KEY, 9), WithdrawProposal("nothing", 1)):
        with pytest.raises(NotFound):
            office.execute(command, "owner")


def test_a_withdrawn_proposal_is_signed_by_nobody_and_its_number_is_not_given_again(office: Office) -> None:
    number = propose(office)
    with pytest.raises(Forbidden):
        office.execute(WithdrawProposal(KEY, number), "reception")

    office.execute(WithdrawProposal(KEY, number), "owner")

    with pytest.raises(InvalidState):
        sign(office, number)
    assert propose(office) == number + 1


def test_changes_to_a_version_that_is_no_longer_the_latest_are_refused(office: Office) -> None:
    late = propose(office, changed(office, new="派单单"))
    edited = changed(office, new="另一改法")
    publish(office, changed(office))

    with pytest.raises(Conflict, match="第 3 版"):
        sign(office, late)
    with pytest.raises(Conflict, match="第 3 版"):
        propose(office, edited, OCTOBER + timedelta(days=1), base_number=1)


def test_a_key_that_cannot_be_a_folder_is_refused(office: Office) -> None:
    with pytest.raises((InvalidValues, Misconfigured)):
        propose(office, changed(office, "procedure.yaml", "key: complaint", "key: ../evil"))


def test_every_step_stands_in_the_procedures_own_journal(office: Office) -> None:
    number = propose(office)
    sign(office, number)

    with office.application.database.read() as connection:
        entries = list(read_stream(connection, "procedure", KEY))
    assert [entry.action for entry in entries] == ["publish_shipped", "propose_version", *["sign_version"] * 3]
    assert entries[-1].actor_id == office.person_id("director")


def test_the_last_signature_writes_the_release(office: Office) -> None:
    folder = office.application.settings.release_dir / KEY
    folder.mkdir(parents=True)
    (folder / "old.bpmn").write_text("<gone/>")
    (folder / "notes.txt").write_text("mine")
    number = propose(office)
    sign(office, number, *SIGNERS[:2])
    assert (folder / "old.bpmn").exists()

    sign(office, number, SIGNERS[2])

    written = load_folder(folder)
    record = yaml.safe_load(written.files["version.yaml"])
    row = version(office, number)
    assert written.digest == row["digest"] == record["digest"]
    assert (record["number"], record["reason"]["zh"], record["effective_at"]) == (2, REASON.zh, "2026-10-08T09:00:00+08:00")
    assert [record[part] for part in ("author", "reviewer", "approver")] == ["曹颖", "高翔", "罗建平"]
    assert [signature["part"] for signature in record["signatures"]] == ["author", "reviewer", "approver"]
    assert not (folder / "old.bpmn").exists() and (folder / "notes.txt").exists()


def test_what_is_signed_for_practice_is_not_written_among_the_shipped_files(tmp_path: Path) -> None:
    shipped = Settings(var_dir=tmp_path, processes_dir=tmp_path / "processes")

    assert shipped.release_dir == tmp_path / "processes"
    assert shipped.model_copy(update={"demo": True}).release_dir == tmp_path / "released"


def test_a_release_that_cannot_be_written_does_not_undo_the_signature(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.application.settings.release_dir.write_text("in the way")

    number = propose(office)

    assert sign(office, number)[-1] is True
    assert "could not be written" in caplog.text


def test_a_start_says_that_files_differ_and_publishes_nothing(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "processes" / KEY
    write_files(folder, changed(office))
    settings = office.application.settings.model_copy(update={"processes_dir": folder.parent})

    build(settings, office.clock).close()
    assert "not the version of complaint in force (1, " in caplog.text
    assert len(versions(office)) == 1

    caplog.clear()
    sign(office, propose(office, load_folder(folder)))
    build(settings, office.clock).close()
    assert "in force" not in caplog.text, "the files are a version that is coming"
