"""Whatever is changed in a file of a draft can be taken back and made again, step by step."""

from __future__ import annotations

import pytest

from engine.commands.versions import BeginDraft, DiscardDraft, HeldByOther, RedoFile, Saved, SaveFile, TakeUpload, UndoFile, steps
from engine.commands.versions.editing import digest_of
from engine.errors import Conflict, Forbidden, InvalidState
from engine.procedure import Bundle
from engine.queries.studio.steps import Steps
from engine.queries.studio.steps import steps as steps_of
from engine.storage import tables as t
from tests.office import Office

KEY, PATH = "complaint", "clauses.yaml"


class Desk:
    """The owner at one file of a draft."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.draft_id = str(office.execute(BeginDraft(KEY), "owner"))

    def content(self, path: str = PATH) -> bytes:
        (row,) = self.office.rows(t.procedure_draft.select().where(t.procedure_draft.c.id == self.draft_id))
        return Bundle.from_bytes(row["bundle"]).files[path]

    def save(self, content: bytes, *, drawn: bool = False) -> None:
        self.office.execute(SaveFile(self.draft_id, PATH, content, digest_of(self.content()), drawn=drawn), "owner")

    def undo(self, login: str = "owner", **more: bool) -> Saved:
        saved: Saved = self.office.execute(UndoFile(self.draft_id, PATH, digest_of(self.content()), **more), login)
        return saved

    def redo(self) -> None:
        self.office.execute(RedoFile(self.draft_id, PATH, digest_of(self.content())), "owner")

    def left(self) -> Steps:
        with self.office.application.read() as reader:
            return steps_of(reader, self.office.actor("owner"), self.draft_id, PATH)


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def test_changes_are_taken_back_one_by_one_and_made_again(desk: Desk) -> None:
    begun = desk.content()
    desk.save(b"one: 1\n")
    desk.save(b"two: 2\n")

    assert desk.undo() == Saved(digest_of(b"one: 1\n"), desk.office.clock.now())
    desk.undo()
    assert desk.content() == begun
    left = desk.left()
    assert (left.done, left.undone, left.undo) == (0, 2, None) and left.redo and left.redo.at == desk.office.clock.now()
    with pytest.raises(InvalidState, match="nothing to undo"):
        desk.undo()

    desk.redo()
    assert desk.content() == b"one: 1\n"
    desk.redo()
    assert desk.content() == b"two: 2\n"
    with pytest.raises(InvalidState, match="nothing to redo"):
        desk.redo()


def test_a_new_change_ends_the_way_forward(desk: Desk) -> None:
    desk.save(b"one: 1\n")
    desk.undo()

    desk.save(b"other: 1\n")

    with pytest.raises(InvalidState, match="nothing to redo"):
        desk.redo()
    assert (desk.left().done, desk.left().undone) == (1, 0)


def test_saving_the_same_again_is_no_step(desk: Desk) -> None:
    desk.save(b"one: 1\n")
    desk.undo()
    desk.save(desk.content())

    desk.redo()

    assert desk.content() == b"one: 1\n"


def test_what_saves_itself_within_a_minute_is_one_step(desk: Desk) -> None:
    begun = desk.content()
    for second in range(0, 60, 20):
        desk.save(f"drawn: {second}\n".encode(), drawn=True)
        desk.office.clock.advance(seconds=20)
    desk.save(b"later: 1\n", drawn=True)

    assert desk.left().done == 2
    desk.undo()
    assert desk.content() == b"drawn: 40\n"
    desk.undo()
    assert desk.content() == begun


def test_only_what_one_sees_is_taken_back_and_only_while_nobody_else_is_at_it(desk: Desk) -> None:
    desk.save(b"one: 1\n")

    with pytest.raises(Conflict, match="changed elsewhere"):
        desk.office.execute(UndoFile(desk.draft_id, PATH, digest_of(b"zero: 0\n")), "owner")
    with pytest.raises(HeldByOther):
        desk.undo("admin")
    with pytest.raises(Forbidden):
        desk.undo("reception")
    assert desk.content() == b"one: 1\n"

    desk.undo("admin", take_over=True)
    assert desk.content() != b"one: 1\n"


def test_an_uploaded_file_is_a_step_too(desk: Desk) -> None:
    begun = desk.content()
    command = TakeUpload(KEY, PATH, b"uploaded: 1\n", draft_id=desk.draft_id)
    desk.office.execute(command, "owner")
    assert desk.content() == b"uploaded: 1\n"

    desk.undo()

    assert desk.content() == begun


def test_the_oldest_steps_go_and_all_go_with_the_draft(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MOST_STEPS", 3)
    for number in range(5):
        desk.save(f"n: {number}\n".encode())

    assert desk.left().done == 3

    desk.office.execute(DiscardDraft(desk.draft_id), "owner")
    assert desk.office.rows(t.draft_step.select()) == []


def test_a_drawing_whose_editor_wrote_a_box_last_is_kept_in_its_order(desk: Desk) -> None:
    path = "visit.bpmn"
    before = desk.content(path)
    first = next(line for line in before.splitlines(keepends=True) if b"<bpmn:sequenceFlow" in line and b"/>" in line)
    moved = before.replace(first, b"").replace(b"  </bpmn:process>", first + b"  </bpmn:process>")
    assert moved != before

    desk.office.execute(SaveFile(desk.draft_id, path, moved, digest_of(before), drawn=True), "owner")

    assert desk.content(path) == before
