"""Knowledge notes: found by Chinese words, suggested by category, every revision kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.commands import company
from engine.errors import Forbidden, InvalidState, InvalidValues
from engine.queries.company import knowledge, notes_for
from engine.storage import tables as t
from tests.office import Office

NOTE = {
    "kind": "statute",
    "title": "电梯维修期间的告知",
    "text": "电梯停用超过 4 小时，应张贴通知。",
    "source": "《特种设备安全法》",
}


def save(office: Office, login: str = "supervisor", **changed: Any) -> str:
    whole = {**NOTE, "category": "", "valid_from": None, "valid_until": None, **changed}
    return str(office.execute(company.SaveNote(**whole), login))


def found(office: Office, **wanted: Any) -> list[str]:
    with office.application.read() as reader:
        return [note.title for note in knowledge.notes(reader, office.actor("guard"), knowledge.Wanted(**wanted))]


def categories(office: Office) -> list[str]:
    with office.application.read() as reader:
        return [option.value for option in knowledge.categories(reader, office.actor("guard"))]


def test_a_note_is_found_by_words_kind_and_category(office: Office) -> None:
    first, second = categories(office)[:2]
    save(office, category=first)
    save(office, title="收费公示", text="每年一月公示上年收支。", kind="rule", source="公司制度 12 号", category=second)

    assert found(office, words="停用通知") == [], "the pairs 用通 and others stand nowhere"
    assert found(office, words="张贴通知") == [NOTE["title"]] == found(office, words="特种设备") == found(office, kind="statute")
    assert found(office, words="费", category=second) == ["收费公示"] and found(office, words="100%") == []


def test_what_helps_is_suggested_by_category_while_it_holds(office: Office) -> None:
    first, second = categories(office)[:2]
    save(office, title="通用")
    save(office, title="专用", category=first)
    save(office, title="别的", category=second)
    save(office, title="将来", category=first, valid_from=date(2026, 9, 29))
    save(office, title="过去", category=first, valid_until=date(2026, 9, 27))
    save(office, title="今天", category=first, valid_from=date(2026, 9, 28), valid_until=date(2026, 9, 28))

    with office.application.read() as reader:
        suggested = [note.title for note in notes_for(reader, office.actor("guard"), first)]
        bare = [note.title for note in notes_for(reader, office.actor("guard"), None)]

    assert set(suggested[:2]) == {"专用", "今天"} and suggested[2:] == ["通用"] and bare == ["通用"]


def test_every_revision_is_kept_and_one_that_comes_late_is_refused(office: Office) -> None:
    note_id = save(office)

    save(office, note_id=note_id, revision=1, text="电梯停用超过 4 小时，应张贴公告。", reason="制度改了")
    with pytest.raises(InvalidState):
        save(office, "manager", note_id=note_id, revision=1, text="另一种说法", reason="也想改")
    with pytest.raises(InvalidValues) as silent:
        save(office, note_id=note_id, revision=2, reason=" ")

    with office.application.read() as reader:
        history = knowledge.history(reader, office.actor("guard"), note_id)
        first = knowledge.one(reader, office.actor("guard"), note_id, 1)
    assert [one.revision for one in history] == [2, 1] and history[0].reason == "制度改了"
    assert (
        "通知" in first.text
        and found(office, words="通知") == [] != found(office, words="公告")
        and set(silent.value.fields) == {"reason"}
    )


def test_a_note_that_is_no_longer_used_is_not_found_but_stays(office: Office) -> None:
    note_id = save(office)
    save(office, note_id=note_id, revision=1, reason="废止", retired=True)

    assert found(office) == [] and found(office, everything=True) == [NOTE["title"]]
    assert len(office.rows(t.knowledge_revision.select())) == 2


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "title"),
    ({"title": "字" * 121}, "title"),
    ({"text": " "}, "text"),
    ({"source": ""}, "source"),
    ({"kind": "rumour"}, "kind"),
    ({"category": "none_such"}, "category"),
    ({"valid_from": date(2026, 2, 2), "valid_until": date(2026, 2, 1)}, "valid_until"),
]


def test_what_cannot_be_kept_is_refused_at_its_field(office: Office) -> None:
    for changed, field in WRONG:
        with pytest.raises(InvalidValues) as refused:
            save(office, **changed)
        assert set(refused.value.fields) == {field}
    with pytest.raises(Forbidden):
        save(office, "guard")

    assert office.rows(t.knowledge_note.select()) == []
