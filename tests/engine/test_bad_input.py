"""What is typed wrongly, twice, too late or in bad faith: a clear sentence, nothing half-written, what was typed kept."""

from __future__ import annotations

import io
import threading
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image

from engine.commands import cases, intake, work
from engine.domain.codec import loads
from engine.errors import Conflict, InvalidState, InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work
from tests.office import Case, Office

LONG = "很" * 201

#: What is typed into the intake form, the field that is to be corrected, and words of its sentence.
WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"subject": ""}, "subject", "fill in"),
    ({"subject": "   "}, "subject", "fill in"),
    ({"subject": LONG}, "subject", "at most 200 characters and has 201"),
    ({"description": "长" * 5001}, "description", "at most 5000"),
    ({"channel": "pigeon"}, "channel", "none of the choices"),
    ({"channel": {"a": "b"}}, "channel", ""),
    ({"heard_at": "yesterday"}, "heard_at", "date and time"),
    ({"heard_at": "2026-02-30T10:00"}, "heard_at", "date and time"),
    ({"emergency": "perhaps"}, "emergency", "yes or no"),
    ({"complainant_phone": "abc"}, "complainant_phone", "telephone"),
    ({"first_contact": "0" * 32}, "first_contact", "list"),
    ({"accused_department": "nowhere"}, "accused_department", "list"),
    ({"household": "0" * 32}, "household", "list"),
    ({"subject": "a\x00b"}, "subject", "control character"),
]

#: Tables that registering a case writes to.
BOOK = (t.cases, t.register_entry, t.journal, t.payload, t.submission, t.work_item, t.register_number, t.draft)


def written(office: Office) -> dict[str, list[Any]]:
    """Everything in the book."""
    return {table.name: office.rows(table.select()) for table in BOOK}


def typed_draft(office: Office) -> list[tuple[str, bool, dict[str, Any]]]:
    """Every draft that is offered or kept as unfinished: its item, whether it is unfinished, and what was typed."""
    joined = t.draft.join(t.payload, t.payload.c.id == t.draft.c.payload_id)
    joined = joined.join(t.work_item, t.work_item.c.id == t.draft.c.item_id)
    columns = (t.draft.c.item_id, t.draft.c.unfinished, t.payload.c.value)
    rows = office.rows(sa.select(*columns).select_from(joined).where(t.draft.c.unfinished | (t.work_item.c.status == "open")))
    return [(row["item_id"], row["unfinished"], loads(row["value"])) for row in rows]


def picture(kind: str = "JPEG", **saved: Any) -> bytes:
    """A small picture."""
    made = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(made, kind, **saved)
    return made.getvalue()


@pytest.mark.parametrize(("typed", "field", "words"), WRONG, ids=[f"{row[1]}-{index}" for index, row in enumerate(WRONG)])
def test_a_wrong_field_is_named_and_nothing_is_written(
    shared_office: Office, typed: dict[str, Any], field: str, words: str
) -> None:
    before = written(shared_office)

    with pytest.raises(InvalidValues) as caught:
        shared_office.register(**typed)

    assert set(caught.value.fields) == {field}
    assert words in caught.value.fields[field].en and caught.value.fields[field].zh
    assert written(shared_office) == before


def test_every_wrong_field_is_named_at_once(shared_office: Office) -> None:
    with pytest.raises(InvalidValues) as caught:
        shared_office.register(subject="", channel="pigeon", complainant_phone="abc")

    assert set(caught.value.fields) == {"subject", "channel", "complainant_phone"}


@pytest.mark.parametrize("extra", ["severity", "outcome", "nonsense", "demands[0].evil"])
def test_a_key_that_the_form_does_not_show_is_a_forged_form(shared_office: Office, extra: str) -> None:
    before = written(shared_office)

    with pytest.raises(InvalidValues) as caught:
        shared_office.register(**{extra: "major"})

    assert "does not show" in caught.value.text.en
    assert written(shared_office) == before


@pytest.mark.parametrize(
    "subject", ["𠮷野家门口漏水", "电梯坏了👍", "👨‍👩‍👧 全家受影响", "ﷺ Zażółć", "<script>alert(1)</script>"]
)
def test_rare_characters_are_kept_as_typed(shared_office: Office, subject: str) -> None:
    case = shared_office.register(subject=subject, complainant_name="𠮷田👍")

    assert (case.values["subject"], case.values["complainant_name"]) == (subject, "𠮷田👍")


def test_the_longest_text_is_counted_in_characters(shared_office: Office) -> None:
    case = shared_office.register(subject="𠮷" * 200)

    assert case.values["subject"] == "𠮷" * 200


def test_a_replayed_request_is_refused_with_who_and_when_and_makes_no_second_case(office: Office) -> None:
    usual = {"channel": "by_telephone", "subject": "楼道灯不亮", "demands": [], "emergency": False}
    command = intake.Register(office.estate_id(), usual, "mine")
    office.execute(command, "reception")

    for login in ("reception", "reception2"):
        with pytest.raises(InvalidState) as caught:
            office.execute(command, login)
        assert "Already done at 09-28 09:00 by 张倩" in caught.value.text.en

    assert len(office.rows(t.cases.select())) == 1


def test_a_refused_request_may_be_sent_again_after_correction(office: Office) -> None:
    usual: dict[str, Any] = {"channel": "by_telephone", "subject": "", "demands": []}
    with pytest.raises(InvalidValues):
        office.execute(intake.Register(office.estate_id(), usual, "mine"), "reception")

    office.execute(intake.Register(office.estate_id(), {**usual, "subject": "灯"}, "mine"), "reception")

    assert len(office.rows(t.cases.select())) == 1


@pytest.mark.parametrize("request_id", ["same", ""])
def test_a_double_click_completes_once_and_leaves_no_draft(office: Office, request_id: str) -> None:
    case = office.register()
    case.reach("find_cause")
    item = case.item("find_cause")
    answers = {"cause_origin": "own_work", "cause": "灯具到期", "cause_validity": "valid"}
    command = work.Complete(item["id"], answers, request_id)
    office.execute(command, "engineer")
    entries = len(case.journal())

    with pytest.raises(InvalidState) as caught:
        office.execute(command, "engineer")

    assert "Already done at 09-28 09:00 by 孙强" in caught.value.text.en
    assert len(case.journal()) == entries and typed_draft(office) == []


def test_clicks_at_the_same_moment_complete_once(office: Office) -> None:
    case = office.register()
    case.reach("find_cause")
    item = case.item("find_cause")
    answers = {"cause_origin": "own_work", "cause": "灯具到期", "cause_validity": "valid"}
    actor, outcomes = office.actor("engineer"), []

    def click(number: int) -> None:
        try:
            office.application.execute(work.Complete(item["id"], answers, f"click-{number}"), actor)
            outcomes.append("done")
        except (InvalidState, Conflict):
            outcomes.append("refused")

    clicks = [threading.Thread(target=click, args=(number,)) for number in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()

    assert sorted(outcomes) == ["done", "refused", "refused", "refused"]
    assert len(office.rows(t.submission.select().where(t.submission.c.item_id == item["id"]))) == 1
    assert case.open_tasks == ["propose_plan"]


def test_somebody_elses_faster_change_is_a_conflict_that_keeps_what_was_typed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.register()
    case.reach("find_cause")
    item = case.item("find_cause")
    faster(monkeypatch)
    answers = {"cause_origin": "own_work", "cause": "灯具到期", "cause_validity": "valid"}
    before = case.journal()

    with pytest.raises(Conflict) as caught:
        office.execute(work.Complete(item["id"], answers, "mine"), "engineer")

    assert "Somebody else has just changed" in caught.value.text.en
    assert case.journal() == before and case.open_tasks == ["find_cause"]
    assert typed_draft(office) == [(item["id"], False, answers)]
    office.execute(work.Complete(item["id"], answers, "mine"), "engineer")
    assert typed_draft(office) == []


def test_what_a_colleague_finished_first_leaves_ones_own_words_as_unfinished(office: Office) -> None:
    case = office.register()
    case.reach("find_cause")
    item = case.item("find_cause")
    case.complete("find_cause", _by="engineer")

    with pytest.raises(InvalidState):
        office.execute(work.Complete(item["id"], {"cause": "我看是线路"}, "mine"), "head")

    assert typed_draft(office) == [(item["id"], True, {"cause": "我看是线路"})]


def test_what_was_typed_for_a_task_that_a_timer_took_goes_to_the_same_task_opened_again(office: Office) -> None:
    case, item = a_month_old(office, "find_cause")

    with pytest.raises(InvalidState) as caught:
        office.execute(work.Complete(item["id"], {"cause": "刚查明"}, "late"), "engineer")

    assert "withdrawn" in caught.value.text.en and "kept as a draft" in caught.value.text.en
    assert "report_to_general_manager" in case.open_tasks
    assert typed_draft(office) == [(item["id"], True, {"cause": "刚查明"})]
    case.reach("find_cause")
    assert typed_draft(office) == [(case.item("find_cause")["id"], False, {"cause": "刚查明"})]


def test_a_draft_goes_to_a_task_with_the_same_form_when_there_is_none_of_the_same_element(office: Office) -> None:
    case = office.register()
    case.reach("approve_plan_supervisor")
    item = case.item("approve_plan_supervisor")
    office.execute(work.SaveDraft(item["id"], {"instruction": "先修三楼"}), "supervisor")

    case.do(cases.Raise(case.id, "important", "多户受影响"), "supervisor")

    assert case.open_tasks == ["approve_plan_manager", "notify_departments"]
    assert typed_draft(office) == [(case.item("approve_plan_manager")["id"], False, {"instruction": "先修三楼"})]


def test_a_draft_saved_before_and_the_words_sent_too_late_are_one_draft(office: Office) -> None:
    case, item = a_month_old(office, "find_cause", draft={"cause": "旧草稿"})

    with pytest.raises(InvalidState):
        office.execute(work.Complete(item["id"], {"cause": "新的"}, "late"), "engineer")

    assert typed_draft(office) == [(item["id"], True, {"cause": "新的"})]
    case.reach("find_cause")
    assert [row[2] for row in typed_draft(office)] == [{"cause": "新的"}]


def test_a_draft_takes_anything_and_goes_with_its_task(office: Office) -> None:
    case = office.register()
    case.reach("find_cause")
    item = case.item("find_cause")
    office.execute(work.SaveDraft(item["id"], {"cause": LONG * 100, "loss_amount": "ten"}), "engineer")
    office.execute(work.SaveDraft(item["id"], {"cause": "改过"}), "engineer")
    assert [row[2] for row in typed_draft(office)] == [{"cause": "改过"}]

    case.complete("find_cause", _by="engineer")

    assert typed_draft(office) == []
    case.finish()
    assert office.rows(t.draft.select()) == []
    assert office.rows(t.payload.select().where(t.payload.c.stream_kind == "draft")) == []


@pytest.mark.parametrize("words", ["", "   ", "\n", "长" * 5001])
def test_words_that_must_be_there_are_asked_for(shared_office: Office, words: str) -> None:
    case = shared_office.register()
    before = written(shared_office)

    for command, field in (
        (cases.AddComment(case.id, words), "text"),
        (cases.LogContact(case.id, words), "text"),
        (cases.Raise(case.id, "important", words), "reason"),
        (cases.Act(case.id, "withdraw", words), "reason"),
        (cases.Correct(case.id, "channel", "visit", words), "reason"),
        (work.Waive(case.items[0]["id"], words), "reason"),
    ):
        with pytest.raises(InvalidValues) as caught:
            shared_office.execute(command, "supervisor")
        assert set(caught.value.fields) == {field}

    assert written(shared_office) == before


def test_a_correction_keeps_the_old_value_in_the_journal(office: Office) -> None:
    case = office.register(complainant_name="王五")

    case.do(cases.Correct(case.id, "complainant_name", "王武", "写错字"), "reception")
    case.do(cases.Correct(case.id, "category", "service", "归错类"), "reception")

    assert (case.values["complainant_name"], case.values["category"], case.entry["category"]) == ("王武", "service", "service")
    name, category = case.journal()[-2:]
    assert set(name.personal) == {"complainant_name", "old", "reason"}
    assert "王" not in repr(name.events)
    assert (category.events[0].old, category.events[0].new) == ("facility", "service")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("field", "value"), [("nonsense", "x"), ("cause", "x"), ("channel", "pigeon"), ("subject", "")])
def test_a_correction_is_checked_like_the_form(shared_office: Office, field: str, value: str) -> None:
    case = shared_office.register()

    with pytest.raises(InvalidValues):
        case.do(cases.Correct(case.id, field, value, "原因"), "reception")


@pytest.mark.parametrize("level", ["minor", "none", ""])
def test_severity_is_only_ever_raised(shared_office: Office, level: str) -> None:
    case = shared_office.register()

    with pytest.raises(InvalidValues):
        case.do(cases.Raise(case.id, level, "原因"), "supervisor")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00 not a picture", "not taken"),
        (b"<html><script>alert(1)</script></html>", "not taken"),
        (b"GIF89a" + bytes(40), "not taken"),
        (picture()[:40], "cannot be opened"),
        (b"%PDF-1.4" + bytes(21 * 1024 * 1024), "too large: at most 20 MB"),
    ],
    ids=["empty", "program", "page", "gif", "half a picture", "too large"],
)
def test_an_unwelcome_file_is_refused_whatever_its_name(shared_office: Office, content: bytes, words: str) -> None:
    case = shared_office.register()
    before = written(shared_office)

    with pytest.raises(InvalidValues) as caught:
        case.do(cases.Attach(case.id, "photo.jpg", content), "reception")

    assert words in caught.value.fields["file"].en
    assert written(shared_office) == before and shared_office.rows(t.attachment.select()) == []


def test_a_picture_loses_where_it_was_taken_but_keeps_its_looks(office: Office) -> None:
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (22.0, 33.0, 0.0)
    content = picture(exif=exif)
    assert b"PhoneMaker" in content
    case = office.register()

    attachment_id = case.do(cases.Attach(case.id, "漏水 👍.jpg", content), "reception")

    (row,) = office.rows(t.attachment.select())
    kept = office.application.files.get(row["sha256"])
    assert (row["id"], row["media_type"], row["size"]) == (attachment_id, "image/jpeg", len(kept))
    assert b"PhoneMaker" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert dict(image.getexif()) == {} and image.size == (6, 8), "turned upright, as the camera said"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_pictures_are_taken_whatever_they_are_called(shared_office: Office, kind: str) -> None:
    case = shared_office.register()

    attachment_id = case.do(cases.Attach(case.id, "x.exe", picture(kind)), "reception")

    (row,) = shared_office.rows(t.attachment.select().where(t.attachment.c.id == attachment_id))
    assert row["media_type"] == f"image/{kind.lower()}"
    shared_office.application.engine.execute(cases.AddComment(case.id, "见附件"), shared_office.actor("reception"))


def faster(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next save finds that somebody else saved the case since it was loaded."""
    save = Work.save_case

    def late(self: Work, case_id: str, loaded_rev: int, changes: Any) -> None:
        monkeypatch.setattr(Work, "save_case", save)
        save(self, case_id, loaded_rev - 1, changes)

    monkeypatch.setattr(Work, "save_case", late)


def a_month_old(office: Office, task: str, draft: dict[str, Any] | None = None) -> tuple[Case, Any]:
    """A case at a task whose month is over, with the worker asleep; and the task's item."""
    case = office.register()
    case.reach(task)
    item = case.item(task)
    if draft:
        office.execute(work.SaveDraft(item["id"], draft), "engineer")
    office.clock.advance(days=33)
    return case, item
