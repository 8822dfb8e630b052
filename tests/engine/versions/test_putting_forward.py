"""A draft is put forward: by a review, refused while stories fail, waived by the approver, in force to the second."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import yaml

from engine.commands.studio import PutForward
from engine.commands.versions import BeginDraft, HasObstacles, SaveFile, WaiveObstacles
from engine.commands.versions.editing import digest_of
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidState, InvalidValues, NotFound
from engine.procedure import Bundle
from engine.procedure.bundle import VERSION_FILE
from engine.procedure.exchange.cover import clause_cover
from engine.procedure.trying import Played, Stopped
from engine.queries import procedure as queries
from engine.storage import tables as t
from engine.storage.journal import read_stream
from tests.office import Case, Office

KEY = "complaint"
REASON = Text("派单太慢", "Dispatch is too slow")
FAILING = Played("scenarios/minor.yaml", "轻微投诉", False, 4, (Text("到期不对", "The due moment is another"),))
STANDING = "story scenarios/minor.yaml"


def drafted(office: Office, path: str = "limits.dmn", old: bytes = b"<text>12</text>", new: bytes = b"<text>8</text>") -> str:
    """A draft of the owner's with one text replaced."""
    draft_id = str(office.execute(BeginDraft(KEY), "owner"))
    row = office.rows(t.procedure_draft.select().where(t.procedure_draft.c.id == draft_id))[0]
    content = Bundle.from_bytes(row["bundle"]).files[path]
    assert old in content
    office.execute(SaveFile(draft_id, path, content.replace(old, new, 1), digest_of(content)), "owner")
    return draft_id


def put_forward(office: Office, draft_id: str, **given: Any) -> int:
    """The number of the proposal, in force from tomorrow."""
    command = PutForward(**{"draft_id": draft_id, "reason": REASON, "effective_at": tomorrow(office), **given})
    return int(office.execute(command, "owner").number)


def tomorrow(office: Office) -> Any:
    return office.clock.now() + timedelta(days=1)


def signed(office: Office) -> Case:
    """The review, signed by three people."""
    review = office.begun("review")[-1]
    for part, login in (("author", "owner"), ("reviewer", "manager"), ("approver", "director")):
        review.complete(f"sign_as_{part}", login)
    return review


def version(office: Office, number: int) -> Any:
    row = office.rows(sa.select(t.procedure_version).where(t.procedure_version.c.number == number))
    return next(one for one in row if one["procedure_key"] == KEY)


def told(office: Office, number: int, login: str = "director") -> queries.Recorded:
    with office.application.read() as reader:
        return queries.recorded(reader, office.actor(login), KEY, number)


@pytest.fixture
def failing(office: Office) -> Office:
    """An office in which a story of the draft does not hold."""
    office.application.stories = lambda _bundle: (FAILING,)
    return office


def test_a_draft_begins_a_review_that_three_people_sign_and_holds_to_the_second(office: Office) -> None:
    moment = tomorrow(office)
    number = put_forward(office, drafted(office))
    review = office.begun("review")[-1]
    assert review.open_tasks == ["sign_as_author"] and version(office, number)["review_case_id"] == review.id
    signed(office)

    office.clock.set(moment - timedelta(seconds=1))
    before = office.register()
    office.clock.set(moment)
    after = office.register()

    assert [case.procedure.digest for case in (before, after)] == [version(office, one)["digest"] for one in (1, number)]
    assert told(office, number).state == "in_force" and told(office, 1).state == "past"


def test_a_failing_story_refuses_the_draft_with_its_place(failing: Office) -> None:
    draft_id = drafted(failing)

    with pytest.raises(HasObstacles) as refused:
        put_forward(failing, draft_id)

    assert [(one.key, one.file) for one in refused.value.obstacles] == [(STANDING, "scenarios/minor.yaml")]
    assert failing.begun("review") == [] and len(failing.rows(t.procedure_draft.select())) == 1


def test_a_clause_that_has_lost_its_carrier_refuses_the_draft(office: Office) -> None:
    with office.application.read() as reader:
        files = queries.version_bundle(reader, office.actor("owner"), KEY, 1).files
    path, clause = only_carrier(files)
    draft_id = drafted(office, path, b'name="clause" value="%s"' % clause, b'name="clause" value="S0.1"')

    with pytest.raises(HasObstacles) as refused:
        put_forward(office, draft_id)

    assert [one.key for one in refused.value.obstacles] == [f"clause {clause.decode()}"]


def only_carrier(files: Any) -> tuple[str, bytes]:
    """A clause that a single element carries alone, and its file."""
    for cover in clause_cover(Bundle(dict(files))):
        if len(cover.carriers) == 1 and cover.carriers[0].file.endswith(".bpmn"):
            path, clause = cover.carriers[0].file, cover.id.encode()
            if b'name="clause" value="%s"' % clause in files[path]:
                return path, clause
    raise AssertionError("every clause has several carriers")


def test_the_approver_waives_with_a_reason_and_that_stays_in_the_history(failing: Office) -> None:
    number = put_forward(failing, drafted(failing), ask_waiver=True)
    review = failing.begun("review")[-1]
    review.complete("sign_as_author", "owner")
    review.complete("sign_as_reviewer", "manager")
    with pytest.raises(HasObstacles):
        review.complete("sign_as_approver", "director")

    for login in ("owner", "manager", "reception"):
        with pytest.raises(Forbidden):
            failing.execute(WaiveObstacles(KEY, number, {STANDING: "可以"}), login)
    with pytest.raises(InvalidValues):
        failing.execute(WaiveObstacles(KEY, number, {STANDING: " "}), "director")
    with pytest.raises(NotFound):
        failing.execute(WaiveObstacles(KEY, number, {"story nothing": "可以"}), "director")
    failing.execute(WaiveObstacles(KEY, number, {STANDING: "故事按旧时限写的"}), "director")
    review.complete("sign_as_approver", "director")

    record = told(failing, number)
    assert [(one.name, one.reason) for one in record.waivers] == [("罗建平", "故事按旧时限写的")] and not record.to_waive
    assert record.evidence is not None and (record.evidence.stories, record.evidence.held) == (1, 0)
    with failing.application.database.read() as connection:
        entries = {entry.action: entry for entry in read_stream(connection, "procedure", KEY)}
    assert "故事按旧时限写的" in str(entries["waive_obstacles"].events)
    written = yaml.safe_load((failing.application.settings.release_dir / KEY / VERSION_FILE).read_text(encoding="utf-8"))
    assert [(one["obstacle"], one["name"], one["reason"]) for one in written["waivers"]] == [
        (STANDING, "罗建平", "故事按旧时限写的")
    ]


def test_what_another_has_waived_the_approver_waives_anew(failing: Office) -> None:
    number = put_forward(failing, drafted(failing), ask_waiver=True)
    failing.execute(WaiveObstacles(KEY, number, {STANDING: "可以"}), "board")
    # The page offers what is still theirs to waive, and nothing to whoever waived it.
    assert [[one.key for one in told(failing, number, login).to_waive] for login in ("director", "board", "owner")] == [
        [STANDING],
        [],
        [],
    ]

    review = failing.begun("review")[-1]
    review.complete("sign_as_author", "owner")
    review.complete("sign_as_reviewer", "manager")
    with pytest.raises(HasObstacles):
        review.complete("sign_as_approver", "director")


def test_stories_that_cannot_be_played_refuse_the_draft(office: Office) -> None:
    def stopped(_bundle: Bundle) -> tuple[Played, ...]:
        raise Stopped(Text("用的时间太多", "Too slow"))

    office.application.stories = stopped

    with pytest.raises(InvalidState, match="用的时间太多"):
        put_forward(office, drafted(office))


@pytest.mark.parametrize(("given", "field"), [({"reason": Text(" ", " ")}, "reason"), ({"effective_at": None}, "effective")])
def test_what_is_missing_is_said_at_its_field(office: Office, given: dict[str, Any], field: str) -> None:
    if "effective_at" in given:
        given = {"effective_at": office.clock.now() - timedelta(days=2)}

    with pytest.raises(InvalidValues) as refused:
        put_forward(office, drafted(office), **given)

    assert list(refused.value.fields) == [field]


def test_an_earlier_version_comes_back_as_a_new_draft(office: Office) -> None:
    put_forward(office, drafted(office))
    signed(office)

    draft_id = office.execute(BeginDraft(KEY, like=1), "owner")

    row = office.rows(t.procedure_draft.select().where(t.procedure_draft.c.id == draft_id))[0]
    restored, latest = Bundle.from_bytes(row["bundle"]), version(office, 2)
    assert row["base_number"] == 2 and restored.digest != latest["digest"]
    assert b"<text>12</text>" in restored.files["limits.dmn"]
    with pytest.raises(NotFound):
        office.execute(BeginDraft(KEY, like=9), "owner")


def test_a_draft_that_was_sent_back_is_proposed_again_by_the_same_review(office: Office) -> None:
    put_forward(office, drafted(office))
    review = office.begun("review")[-1]
    review.complete("sign_as_author", "owner")

    review.complete(
        "sign_as_reviewer",
        "manager",
        signing_review="sent_back_to_author",
        unsigned_then="rewrite",
        signing_review_reason="写得不清楚",
    )
    review.complete("write_draft", "owner", effective_on=tomorrow(office))

    assert review.open_tasks == ["sign_as_author"] and version(office, 3)["review_case_id"] == review.id
