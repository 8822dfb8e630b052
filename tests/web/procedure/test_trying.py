"""The stage on which a draft is tried, as a person without a script uses it."""

from __future__ import annotations

import json
from typing import Any

from engine.storage import tables as t
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page
from tests.web.procedure.test_studio import begun, save

ON_TIME, LATE = "scenarios/dispatch_on_time.yaml", "scenarios/dispatch_late.yaml"
MINOR = "scenarios/minor.yaml"
#: What a walk must leave as it is: cases, people's work, messages, the journal.
REAL = (t.cases, t.work_item, t.submission, t.notification, t.outbox, t.journal, t.register_entry, t.timer)


def rewrite(owner: Browser, draft: str, file: str, before: bytes, after: bytes) -> None:
    """Change the words of a file of the draft."""
    answer = owner.client.get(f"{draft}/files/{file}")
    headers = {"X-CSRFToken": owner.token(), "If-Match": answer.headers["ETag"], "Accept": "application/json"}
    changed = answer.data.replace(before, after)
    posted = owner.client.post(f"{draft}/files/{file}", data=changed, headers=headers, content_type="application/octet-stream")
    assert posted.status_code == 200 and changed != answer.data


def sooner(owner: Browser, draft: str) -> None:
    """Change the draft: dispatched within eight hours instead of twelve."""
    rewrite(owner, draft, "limits.dmn", b"<text>12</text>", b"<text>8</text>")


def step(owner: Browser, draft: str, page: Page, **given: Any) -> Page:
    """Take a step of the walk that the page shows, and look at where it then stands."""
    mark = page.tree.xpath("string(//input[@name='_walk']/@value)")
    answer = owner.post(f"{draft}/try/walk/step", {"_walk": mark, **given})
    return owner.get(answer.location) if answer.status == 303 else answer


def states(page: Page) -> dict[str, str]:
    rows = page.tree.xpath("//li[@data-rd-story]")
    return {row.get("data-rd-story"): row.xpath("string(.//span[contains(@class, 'rd-chip')])") for row in rows}


def counts(office: Office) -> list[int]:
    return [len(office.rows(table.select())) for table in REAL]


def test_a_rehearsal_is_kept_until_the_rules_change_and_then_says_what_is_wrong(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    assert set(states(owner.get(f"{draft}/try")).values()) == {"未演"}

    owner.post(f"{draft}/try/rehearse", {"file": ON_TIME})
    before = states(owner.get(f"{draft}/try"))
    sooner(owner, draft)
    changed = states(owner.get(f"{draft}/try"))
    owner.post(f"{draft}/try/rehearse", {"file": [ON_TIME, LATE]})
    after = owner.get(f"{draft}/try")

    assert (before[ON_TIME], before[LATE]) == ("相符", "未演") and changed[ON_TIME] == "未演"
    assert (states(after)[ON_TIME], states(after)[LATE]) == ("不符", "相符")
    assert "应为“派单：2026-09-01 21:00”，实际是“派单：2026-09-01 17:00”" in after.text
    rewrite(owner, draft, LATE, b"scenario: ", "scenario: 改过 ".encode())
    told = states(owner.get(f"{draft}/try"))
    assert (told[ON_TIME], told[LATE]) == ("不符", "未演"), "a story that was rewritten has not been played"
    story = owner.get(f"{draft}/try/story?file={ON_TIME}")
    assert "第 2 步不符" in story.notices and story.tree.xpath("//li[@id='step-2'][contains(@class, 'rd-entry--late')]")


def test_a_script_hears_of_each_story_as_it_is_played(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    headers = {"Accept": "application/x-ndjson", "X-CSRFToken": owner.token()}

    lines = owner.client.post(f"{draft}/try/rehearse", data={"file": [ON_TIME, LATE]}, headers=headers).text.splitlines()

    assert lines[0] == '{"count": 2}' and len(lines) == 3
    assert '"held": true' in lines[1] + lines[2] and states(owner.get(f"{draft}/try"))[LATE] == "相符"


def test_what_failed_last_is_played_first_or_alone(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    headers = {"Accept": "application/x-ndjson", "X-CSRFToken": owner.token()}

    def played(**given: Any) -> list[str]:
        answer = owner.client.post(f"{draft}/try/rehearse", data=given, headers=headers)
        return [json.loads(line)["file"] for line in answer.text.splitlines()[1:]]

    sooner(owner, draft)
    three = [ON_TIME, LATE, MINOR]
    assert played(file=three)[0] == LATE
    assert "只演不符的 2 个" in owner.get(f"{draft}/try").text
    assert played(file=three) == [ON_TIME, MINOR, LATE]
    assert played(only="failed") == [ON_TIME, MINOR]


def test_a_case_is_walked_through_and_touches_nothing_real(login: Login, office: Office) -> None:
    office.register()
    owner = login("owner")
    draft = begun(owner)
    before = counts(office)

    begins = owner.get(f"{draft}/try/walk")
    assert begins.tree.xpath("string(//*[@name='subject']/@value)") == "楼道灯不亮"
    empty = owner.post(f"{draft}/try/walk", {**begins.form(f"{draft}/try/walk"), "subject": ""})
    assert empty.status == 422 and len(empty.errors) == 1
    answer = owner.post(f"{draft}/try/walk", {**begins.form(f"{draft}/try/walk"), "subject": "<b>电梯响</b>"})
    stands = owner.get(answer.location)
    assert "二 判断投诉" in stands.text

    wrong = step(owner, draft, stands, _verb="complete", _given="judge_complaint", _as="reception", **_entries(stands, draft))
    assert wrong.status == 422 and "由“客户主任”办理" in wrong.notices
    later = step(owner, draft, stands, _verb="next")
    assert "提醒：“派单”快到期" in stands.text and "时限“派单”快到了" in later.text
    done = step(owner, draft, later, _verb="complete", _given="judge_complaint", _as="supervisor", **_entries(later, draft))
    assert "作出承诺" in done.text and "走过的 3 步" in done.text
    stale = owner.post(f"{draft}/try/walk/step", {"_walk": "other", "_verb": "next"})
    assert stale.status == 409
    assert counts(office) == before


def test_a_walk_is_saved_as_a_story_of_the_draft(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    begins = owner.get(f"{draft}/try/walk")
    stands = owner.get(owner.post(f"{draft}/try/walk", begins.form(f"{draft}/try/walk")).location)
    for _ in range(2):
        stands = step(owner, draft, stands, _verb="next")

    nameless = owner.post(f"{draft}/try/walk/save", {"name": " "})
    assert nameless.status == 422 and "请起一个名字" in nameless.errors[0]
    saved = owner.post(f"{draft}/try/walk/save", {"name": "没人判断：派单超时", "name_en": "Nobody judges: the dispatch is late"})

    story = owner.get(saved.location)
    assert "从头到尾相符" in story.notices and "没人判断：派单超时" in story.text
    path = "scenarios/nobody_judges_the_dispatch_is_late.yaml"
    assert states(owner.get(f"{draft}/try"))[path] == "相符"
    content = owner.client.get(f"{draft}/files/{path}").text
    assert content.startswith("scenario: 没人判断：派单超时\nscenario_en: 'Nobody judges: the dispatch is late'\n")
    assert "breached: [dispatch]" in content


def test_a_complaint_is_walked_to_its_end_with_what_stands_in_the_forms(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    begins = owner.get(f"{draft}/try/walk")
    stands = owner.get(owner.post(f"{draft}/try/walk", begins.form(f"{draft}/try/walk")).location)
    stands = handed_on(owner, draft, stands)
    done = []
    while task := stands.tree.xpath("string(//form[@id='task']/input[@name='_given']/@value)"):
        role = stands.tree.xpath("string(//select[@id='as']/option[@selected]/@value)")
        stands = step(owner, draft, stands, _verb="complete", _given=task, _as=role, **_entries(stands, draft))
        assert stands.status == 200, (task, stands.errors, stands.notices)
        done.append(task)

    assert done[0] == "judge_complaint" and done[-1] == "archive_case" and "这一件办完了：满意" in stands.text
    owner.post(f"{draft}/try/walk/save", {"name": "一路顺利"})
    content = owner.client.get(f"{draft}/files/scenarios/walked.yaml").text
    assert content.endswith("  - expect: {closed: true, outcome: satisfied}\n") and "with:" not in content
    assert "delegate: judge_complaint" in content and states(owner.get(f"{draft}/try"))["scenarios/walked.yaml"] == "相符"


def handed_on(owner: Browser, draft: str, stands: Page) -> Page:
    """The first task is delegated to a second supervisor, as whom the page then goes on."""
    ways = stands.tree.xpath("//details[@id='dealings']//input[@name='_verb']/@value")
    assert ways == ["claim", "delegate", "skip"]
    given = {"_verb": "delegate", "_given": "judge_complaint", "_as": "manager"}
    nobody = step(owner, draft, stands, **given)
    assert nobody.status == 422 and nobody.errors == ["请选择交给谁。"] and nobody.notices.strip() == ""
    handed = step(owner, draft, nobody, **given, _to="another_supervisor", _who="manager")
    assert handed.tree.xpath("string(//select[@id='who']/option[@selected])") == "主管经理"
    assert "委托给另一位客户主任" in handed.text
    assert "这件不归主管经理办，归客户主任。" in handed.text
    back = owner.get(f"{draft}/try/walk")
    assert back.tree.xpath("string(//select[@id='as']/option[@selected]/@value)") == "another_supervisor"
    return back


def test_what_no_button_of_the_page_sends_is_refused_with_a_sentence(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    begins = owner.get(f"{draft}/try/walk").form(f"{draft}/try/walk")
    for starts in ("0001-01-01T00:00", "soon"):
        assert owner.post(f"{draft}/try/walk", {**begins, "_starts": starts}).errors == ["请选 2000 年到 2099 年之间的一个时间。"]
    assert "没有这种做法" in owner.post(f"{draft}/try/walk", {**begins, "_begins": "nowhere"}).text
    stands = owner.get(owner.post(f"{draft}/try/walk", {**begins, "fact.raised_count": "²"}).location)

    for odd in ({"_verb": "do", "_given": "fly"}, {"_verb": "fly"}, {"_verb": "complete", "_given": "fly"}, {"_verb": "after"}):
        refused = step(owner, draft, stands, **odd)
        assert refused.status == 422 and (refused.notices.strip() or refused.errors), odd


def test_one_goes_back_a_step_and_begins_anew(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    begins = owner.get(f"{draft}/try/walk")
    stands = owner.get(owner.post(f"{draft}/try/walk", begins.form(f"{draft}/try/walk")).location)
    step(owner, draft, stands, _verb="after", _given="4")

    back = owner.get(owner.post(f"{draft}/try/walk/back", {"_upto": "1"}).location)
    assert "走过的 1 步" in back.text
    anew = owner.get(owner.post(f"{draft}/try/walk/back", {}).location)
    assert anew.form(f"{draft}/try/walk")["subject"] == "楼道灯不亮"


def test_a_draft_that_cannot_be_opened_says_so_on_its_own_page(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    content = owner.client.get(f"{draft}/files/approve.bpmn")
    assert save(owner, draft, b"<nothing", content.get_etag()[0]).status_code == 200

    page = owner.get(f"{draft}/try/walk")

    assert page.status == 200 and "这份草稿现在走不了" in page.text and "approve.bpmn" in page.text
    rehearsed = owner.get(owner.post(f"{draft}/try/rehearse", {}).location)
    assert "approve.bpmn" in rehearsed.notices


def _entries(page: Page, draft: str) -> dict[str, Any]:
    """What stands in the form of the task."""
    form = next(one for one in page.tree.xpath("//form[@id='task']") if one.get("action") == f"{draft}/try/walk/step")
    fields = {name: value for name, value in form.fields.items() if name and value is not None and not name.startswith("_")}
    return {name: value if isinstance(value, str) else list(value) for name, value in fields.items()}
