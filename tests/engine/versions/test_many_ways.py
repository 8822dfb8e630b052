"""What may happen to a proposal beside being signed: another one, an earlier day, taken back, sent back, carried to files."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from engine.commands.directory import GrantRole
from engine.commands.studio import PutForward
from engine.commands.versions import DiscardDraft, SaveFile, SignVersion, TakeUpload, WithdrawProposal
from engine.domain.actor import SYSTEM
from engine.errors import Conflict, Forbidden, InvalidState, InvalidValues, NotFound
from engine.procedure import Bundle, load_folder
from engine.procedure.bundle import VERSION_FILE
from engine.procedure.exchange.release import write_files
from engine.queries import procedure as queries
from engine.storage import tables as t
from tests.engine.versions.test_putting_forward import KEY, REASON, drafted, put_forward, signed, told, tomorrow, version
from tests.office import Office

ROLES = ("process_owner", "manager", "general_manager")


def beside(office: Office, base: int, number: int | None = None) -> queries.Rivals:
    with office.application.read() as reader:
        return queries.rivals(reader, office.actor("reception"), KEY, base, number)


def test_of_two_proposals_the_one_signed_first_holds_and_both_say_so(office: Office) -> None:
    first, second = put_forward(office, drafted(office)), put_forward(office, drafted(office, new=b"<text>9</text>"))
    assert beside(office, 1, first) == queries.Rivals(None, (second,)) and beside(office, 1, second) == queries.Rivals(
        None, (first,)
    )

    signed(office)

    assert beside(office, 1, first) == queries.Rivals(second, ())
    with pytest.raises(Conflict, match=f"第 {second} 版"):
        office.begun("review")[0].complete("sign_as_author", "owner")
    assert told(office, first).state == "proposed" and told(office, second).state == "coming"


def test_a_change_of_a_version_still_to_come_cannot_hold_before_it(office: Office) -> None:
    put_forward(office, drafted(office))
    signed(office)
    on_top = drafted(office, old=b"<text>8</text>", new=b"<text>9</text>")

    with pytest.raises(InvalidValues) as refused:
        put_forward(office, on_top, effective_at=tomorrow(office) - timedelta(hours=1))
    assert "不能早于" in refused.value.fields["effective"].zh
    moment = tomorrow(office)
    number = put_forward(office, on_top, effective_at=moment)
    signed(office)

    office.clock.set(moment)
    assert office.register().procedure.digest == version(office, number)["digest"], "both hold from then; the later one is taken"


def test_one_person_with_every_role_still_signs_once(office: Office) -> None:
    for role in ROLES:
        office.application.execute(GrantRole(office.person_id("owner"), role), SYSTEM)
    number = put_forward(office, drafted(office))
    review = office.begun("review")[-1]
    review.complete("sign_as_author", "owner")

    with pytest.raises(Forbidden):
        review.complete("sign_as_reviewer", "owner")
    with pytest.raises(Forbidden):
        office.execute(SignVersion(KEY, number, "reviewer"), "owner")
    review.complete("sign_as_reviewer", "manager")
    with pytest.raises(Forbidden):
        review.complete("sign_as_approver", "owner")
    assert [one.name for one in told(office, number).signatures] == ["曹颖", "高翔"]


def test_what_is_signed_can_no_longer_be_changed(office: Office) -> None:
    draft_id = drafted(office)
    number = put_forward(office, draft_id)
    office.begun("review")[-1].complete("sign_as_author", "owner")

    with pytest.raises(NotFound):
        office.execute(SaveFile(draft_id, "limits.dmn", b"x", "0" * 64), "owner")
    with pytest.raises(NotFound):
        office.execute(PutForward(draft_id, REASON, tomorrow(office)), "owner")
    again = put_forward(office, drafted(office, new=b"<text>9</text>"))
    assert not version(office, again)["signatures"] and version(office, number)["signatures"], (
        "a change is another version, unsigned"
    )


def test_a_proposal_taken_back_is_a_draft_again_and_its_review_goes_on_with_it(office: Office) -> None:
    number = put_forward(office, drafted(office))
    files = version(office, number)["bundle"]

    draft_id = office.execute(WithdrawProposal(KEY, number), "owner")

    review = office.begun("review")[-1]
    assert office.rows(t.procedure_draft.select())[0]["bundle"] == files and told(office, number).state == "taken_back"
    with pytest.raises(InvalidState, match="收回"):
        review.complete("sign_as_author", "owner")
    again = put_forward(office, draft_id)
    assert len(office.begun("review")) == 1 and version(office, again)["review_case_id"] == review.id
    signed(office)
    assert told(office, again).state == "coming"


def test_what_was_taken_back_after_a_signature_is_sent_back_by_the_next(office: Office) -> None:
    number = put_forward(office, drafted(office))
    review = office.begun("review")[-1]
    review.complete("sign_as_author", "owner")
    draft_id = office.execute(WithdrawProposal(KEY, number), "owner")

    review.complete(
        "sign_as_reviewer",
        "manager",
        signing_review="sent_back_to_author",
        unsigned_then="rewrite",
        signing_review_reason="已收回",
    )

    assert review.open_tasks == ["write_draft"]
    assert [row["id"] for row in office.rows(t.procedure_draft.select())] == [draft_id], "not a second draft of the same"
    office.execute(DiscardDraft(draft_id), "owner")
    with pytest.raises(InvalidState):
        review.complete("write_draft", "owner", effective_on=tomorrow(office))


def test_the_release_in_git_shows_the_changed_lines_alone_and_comes_in_as_the_same(
    office: Office, repository: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "git" / KEY
    write_files(folder, load_folder(repository / "processes" / KEY))

    def git(*words: str) -> str:
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        done = subprocess.run(["git", "-C", str(folder.parent), *identity, *words], check=True, capture_output=True, text=True)
        return done.stdout

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "as shipped")
    number = put_forward(office, drafted(office))
    signed(office)
    with office.application.read() as reader:
        archive = Bundle.from_bytes(queries.archive(reader, office.actor("owner"), KEY, number))
    write_files(folder, archive)

    assert git("diff", "--numstat").split() == ["1", "1", f"{KEY}/limits.dmn"]
    assert f"?? {KEY}/{VERSION_FILE}" in git("status", "--porcelain", "--untracked-files=all").splitlines()
    read = load_folder(folder)
    assert read.digest == version(office, number)["digest"] == told(office, number).digest
    with pytest.raises(InvalidValues, match="没有改动"):
        put_forward(office, str(office.execute(TakeUpload(KEY, "complaint.zip", read.to_bytes()), "owner")))
