"""Files are tried before the transaction in which they are proposed, so that nobody waits for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from engine.commands.versions import HasFindings, ProposeVersion, SaveFile, examining
from engine.commands.versions.editing import digest_of
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.errors import InvalidState
from engine.procedure import Bundle, Finding
from engine.procedure.trying import Played
from engine.storage import tables as t
from tests.engine.versions.test_putting_forward import drafted, put_forward
from tests.office import Office


def test_the_check_is_over_when_the_transaction_begins(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    found = Finding("a.bpmn", "one", None, "rule", "error", 1, Text("坏了。", "Broken."), Text("改。", "Mend."))
    write = office.application.database.write

    def findings(bundle: Bundle) -> tuple[Finding, ...]:
        seen.append("check")
        return (found,)

    def begun() -> Any:
        seen.append("transaction")
        return write()

    monkeypatch.setattr(examining, "findings_of", findings)
    monkeypatch.setattr(office.application.database, "write", begun)
    files = {"procedure.yaml": b"key: garden\n"}

    with pytest.raises(HasFindings):
        office.application.execute(
            ProposeVersion(Bundle(files), Text("试", "Try"), office.clock.now() + timedelta(days=1)), SYSTEM
        )

    assert seen[:2] == ["check", "transaction"]


def test_a_task_that_proposes_never_plays_a_story_in_its_transaction(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The review that was sent back, or that the quarter began, proposes what nobody has played before."""
    draft_id = drafted(office)
    put_forward(office, draft_id)
    review = office.begun("review")[-1]
    review.complete("sign_as_author", "owner")
    review.complete(
        "sign_as_reviewer",
        "manager",
        signing_review="sent_back_to_author",
        unsigned_then="rewrite",
        signing_review_reason="写得不清楚",
    )
    row = office.rows(t.procedure_draft.select())[0]
    content = Bundle.from_bytes(row["bundle"]).files["limits.dmn"]
    office.execute(
        SaveFile(row["id"], "limits.dmn", content.replace(b"<text>8</text>", b"<text>9</text>", 1), digest_of(content)), "owner"
    )
    writing: list[bool] = []
    played: list[str] = []
    write = office.application.database.write

    @contextmanager
    def begun() -> Iterator[Any]:
        with write() as connection:
            writing.append(True)
            try:
                yield connection
            finally:
                writing.pop()

    def stories(bundle: Bundle) -> tuple[Played, ...]:
        assert not writing, "nobody waits for the stories"
        played.append(bundle.digest)
        return ()

    monkeypatch.setattr(office.application.database, "write", begun)
    office.application.stories = stories
    review.complete("write_draft", "owner", effective_on=office.clock.now() + timedelta(days=1))

    assert review.open_tasks == ["sign_as_author"] and len(played) == 1


def test_a_draft_that_changes_while_it_is_tried_is_not_proposed(office: Office) -> None:
    """What is proposed was tried as it stands; somebody who goes on drawing is told to stop first."""
    draft_id = drafted(office)
    put_forward(office, draft_id)
    review = office.begun("review")[-1]
    review.complete("sign_as_author", "owner")
    review.complete(
        "sign_as_reviewer",
        "manager",
        signing_review="sent_back_to_author",
        unsigned_then="rewrite",
        signing_review_reason="写得不清楚",
    )
    numbers = iter(range(20, 60))

    def stories(_bundle: Bundle) -> tuple[Played, ...]:
        row = office.rows(t.procedure_draft.select())[0]
        content = Bundle.from_bytes(row["bundle"]).files["limits.dmn"]
        changed = re.sub(rb"<text>(?:8|[2-5]\d)</text>", b"<text>%d</text>" % next(numbers), content, count=1)
        office.execute(SaveFile(row["id"], "limits.dmn", changed, digest_of(content)), "owner")
        return ()

    office.application.stories = stories

    with pytest.raises(InvalidState, match="正在被修改"):
        review.complete("write_draft", "owner", effective_on=office.clock.now() + timedelta(days=1))
    assert review.open_tasks == ["write_draft"] and len(office.rows(t.procedure_draft.select())) == 1
