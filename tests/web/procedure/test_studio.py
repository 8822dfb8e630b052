"""The studio's addresses: who may edit a draft, and that nobody saves on top of somebody else."""

from __future__ import annotations

import re
from typing import Any

from werkzeug.test import TestResponse

from engine.commands.versions.editing import digest_of
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser

NAME = b'value="Approve the plan"'
GIVEN = {"name": "核对赔偿", "name_en": "Check the claim", "role": "manager"}


def begun(owner: Browser) -> str:
    """The address of a new draft."""
    page = owner.post("/procedure/complaint/drafts/new", {})
    return page.location.removesuffix("/studio")


def save(who: Browser, draft: str, content: bytes, seen: str, query: str = "", path: str = "approve.bpmn") -> TestResponse:
    """Post the file as the editor does."""
    headers = {"X-CSRFToken": who.token(), "If-Match": f'"{seen}"', "Accept": "application/json"}
    address = f"{draft}/files/{path}{query}"
    return who.client.post(address, data=content, content_type="application/octet-stream", headers=headers)


def test_the_list_of_drafts_says_what_was_changed_and_leads_back(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    assert "还没有改动" in owner.get("/procedure/complaint/versions").text
    answer = owner.client.get(f"{draft}/files/approve.bpmn")
    save(owner, draft, answer.data.replace('name="批示方案"'.encode(), 'name="再看方案"'.encode(), 1), answer.get_etag()[0])

    page = owner.get("/procedure/complaint/versions").text

    assert "改了 1 个文件" in page and "这里会另起一份" in page
    assert re.search(rf'href="{draft}/studio" aria-label="接着改', page)


def test_a_file_is_saved_and_asked_for_again(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    answer = owner.client.get(f"{draft}/files/approve.bpmn")
    changed = answer.data.replace('name="批示方案"'.encode(), 'name="再看方案"'.encode(), 1)

    saved = save(owner, draft, changed, answer.get_etag()[0])

    assert saved.status_code == 200 and saved.json["digest"] == digest_of(changed)
    assert owner.client.get(f"{draft}/files/approve.bpmn").data == changed
    assert "再看方案" in owner.get(draft).text


def test_what_was_changed_elsewhere_is_not_written_over(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    content = owner.client.get(f"{draft}/files/approve.bpmn").data
    assert save(owner, draft, content.replace(NAME, b'value="One"'), digest_of(content)).status_code == 200

    refused = save(owner, draft, content.replace(NAME, b'value="Two"'), digest_of(content))

    assert refused.status_code == 409 and "在别处改过" in refused.json["text"] and not refused.json["may_take_over"]
    # What came through is sent again by an editor that never heard of it.
    again = save(owner, draft, content.replace(NAME, b'value="One"'), digest_of(content))
    assert again.status_code == 200 and again.json["digest"] == digest_of(owner.client.get(f"{draft}/files/approve.bpmn").data)
    assert b'value="One"' in owner.client.get(f"{draft}/files/approve.bpmn").data


def test_one_person_edits_at_a_time_and_another_may_take_over(login: Login, office: Office) -> None:
    owner, admin = login("owner"), login("admin")
    draft = begun(owner)
    content = owner.client.get(f"{draft}/files/approve.bpmn").data
    mine = content.replace(NAME, b'value="Mine"')

    told = [one.get(f"{draft}/studio").tree.xpath("string(//*[contains(@class, 'rd-desk__holder')])") for one in (owner, admin)]
    refused = save(admin, draft, mine, digest_of(content))
    taken = save(admin, draft, mine, digest_of(content), "?take_over=1")
    back = save(owner, draft, content, digest_of(mine))
    office.clock.advance(minutes=11)
    gone_home = "正在修改" not in owner.get(f"{draft}/studio").text
    later = save(owner, draft, content, digest_of(mine))

    # Who is at it stands there before anything is drawn.
    assert told[0] == "" and "曹颖正在修改这份草稿" in told[1] and gone_home
    assert refused.status_code == 409 and refused.json["may_take_over"] and "正在修改" in refused.json["text"]
    assert (taken.status_code, back.status_code, later.status_code) == (200, 409, 200)


def test_a_broken_drawing_is_kept_and_the_check_says_where(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    content = owner.client.get(f"{draft}/files/approve.bpmn").data

    saved = save(owner, draft, b"<not xml", digest_of(content))
    found = owner.client.get(f"{draft}/findings?file=approve.bpmn").json

    assert saved.status_code == 200
    assert any(one["here"] and one["level"] == "error" and one["text"] and one["mend"] for one in found["findings"])


def test_only_owners_see_and_change_drafts(login: Login, office: Office) -> None:
    draft = begun(login("owner"))
    engineer = login("engineer")

    for address in ("studio", "files/approve.bpmn", "findings"):
        assert engineer.client.get(f"{draft}/{address}").status_code == 403
    assert save(engineer, draft, b"", "").status_code == 403
    assert engineer.client.get("/procedure/drafts/nobody/studio").status_code == 404


def test_a_file_that_is_not_there_is_said_to_be_missing(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)

    assert owner.client.get(f"{draft}/files/../procedure.yaml").status_code == 404
    assert owner.client.get(f"{draft}/files/nothing.bpmn").status_code == 404
    assert owner.get(f"{draft}/studio?file=nothing.bpmn").status == 404


def found_in(owner: Browser, draft: str, rule: str) -> dict[str, Any]:
    """The first finding by that rule, as the editor is told it."""
    told = owner.client.get(f"{draft}/findings?file=approve.bpmn&first=1").json["findings"]
    return next(one for one in told if one["rule"] == rule)


def test_a_slip_in_a_form_is_written_right_by_the_mend_of_its_finding(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    path = "forms/find_cause.form"
    content = owner.client.get(f"{draft}/files/{path}").data
    slip = content.replace(b"talked_to_owner != true", b"talked_to_ownr != true")
    headers = {"X-CSRFToken": owner.token(), "If-Match": digest_of(content)}
    assert owner.client.post(f"{draft}/files/{path}", data=slip, headers=headers).status_code == 200
    one = found_in(owner, draft, "unknown-name")
    offer = one["mending"]
    mending = {"file": one["file"]} | {part: offer[part] for part in ("do", "name", "value")}
    headers["Accept"] = "application/json"

    done = owner.client.post(f"{draft}/mend", data=mending, headers=headers)
    again = owner.client.post(f"{draft}/mend", data=mending, headers=headers)

    assert done.status_code == 200 and done.json["digest"]
    assert owner.client.get(f"{draft}/files/{path}").data == content
    assert again.status_code == 409 and again.json["text"]


def test_a_lost_clause_goes_back_to_what_carried_it(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    for path in (f"{name}.bpmn" for name in ("approve", "propose")):
        content = owner.client.get(f"{draft}/files/{path}").data
        headers = {"X-CSRFToken": owner.token(), "If-Match": digest_of(content)}
        stripped = re.sub(rb'<spiffworkflow:property name="clause" value="[^"]*" />', b"", content)
        owner.client.post(f"{draft}/files/{path}", data=stripped, headers=headers)

    one = found_in(owner, draft, "clause-not-carried")

    assert one["file"].endswith(".bpmn") and one["mending"]["do"] == "property" and one["mending"]["name"] == "clause"
    assert one["element"] == one["mending"]["element"]


def test_a_mend_is_a_button_on_every_page_that_shows_the_finding(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    path = "forms/find_cause.form"
    content = owner.client.get(f"{draft}/files/{path}").data
    slip = content.replace(b"talked_to_owner != true", b"talked_to_ownr != true")

    editor = f"{draft}/studio?file={path}"

    for page in (editor, f"{draft}/publish"):
        assert save(owner, draft, slip, digest_of(content), path=path).status_code == 200
        (form,) = owner.get(page).tree.find_class("rd-mend")
        given = {one.get("name"): one.get("value") for one in form.iter("input")}
        done = owner.client.post(form.get("action"), data=given)
        assert done.status_code == 303 and done.headers["Location"].startswith(page)
        assert owner.client.get(f"{draft}/files/{path}").data == content
        assert not owner.get(page).tree.find_class("rd-mend")


def test_a_story_that_speaks_of_what_is_gone_is_told_among_the_findings(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    path = "scenarios/raised_while_dispatched.yaml"
    content = owner.client.get(f"{draft}/files/{path}").data
    slip = re.sub(rb"not_open: \[(\w+)", rb"not_open: [\1x", content, count=1)
    assert save(owner, draft, slip, digest_of(content), path=path).status_code == 200

    (one,) = owner.client.get(f"{draft}/findings?file={path}").json["findings"]

    assert (one["file"], one["rule"], one["level"], one["here"]) == (path, "story-name", "warning", True)
    assert one["line"] and one["mending"]["elsewhere"]


def content(owner: Browser, draft: str, path: str) -> bytes:
    """The file as it stands."""
    return owner.client.get(f"{draft}/files/{path}").data


def test_a_new_diagram_is_valid_and_waits_to_be_called(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)

    refused = owner.post(f"{draft}/new-diagram", {**GIVEN, "name": "", "role": "nobody"})
    made = owner.post(f"{draft}/new-diagram", GIVEN)

    assert (refused.status, made.status) == (422, 303) and "请写名称" in refused.text
    unseen = owner.post(f"{draft}/new-diagram", {**GIVEN, "name": "核对\x07\ufffe"})
    assert unseen.status == 422 and "看不见的控制字符" in unseen.text
    assert made.location == f"{draft}/studio?file=check_the_claim.bpmn"
    found = owner.client.get(f"{draft}/findings?first=1").json["findings"]
    assert [(one["rule"], one["level"], one["file"]) for one in found] == [("never-called", "warning", "check_the_claim.bpmn")]
    assert "核对赔偿" in owner.get(f"{draft}/studio?file=approve.bpmn").text


def test_a_diagram_gets_another_name_and_its_pool_too(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    before = content(owner, draft, "approve.bpmn")
    page = owner.get(f"{draft}/diagram?file=approve.bpmn")

    given = {"do": "rename", "name": "批一批", "name_en": "Approve it"}
    done = owner.post(f"{draft}/diagram", page.form(f"{draft}/diagram") | given)

    after = content(owner, draft, "approve.bpmn")
    assert done.location == f"{draft}/studio?file=approve.bpmn"
    assert after.count('name="批一批"'.encode()) == 2 and after.count(b'value="Approve it"') == 2
    assert len(after.splitlines()) == len(before.splitlines())


def test_a_diagram_that_is_called_stays_and_one_that_is_not_can_go(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    owner.post(f"{draft}/new-diagram", GIVEN)
    called, main, free = (owner.get(f"{draft}/diagram?file={file}.bpmn") for file in ("approve", "complaint", "check_the_claim"))
    mark = {"do": "drop", "file": "approve.bpmn", "seen": digest_of(content(owner, draft, "approve.bpmn"))}

    refused = owner.post(f"{draft}/diagram", mark)
    assert "调用它" in called.text and "规程从这张图开始" in main.text
    assert "删去这张图" not in called.text + main.text and "删去这张图" in free.text
    assert refused.status == 422 and "还在调用它" in refused.text and content(owner, draft, "approve.bpmn")
    gone = owner.post(f"{draft}/diagram", free.form(f"{draft}/diagram") | {"do": "drop"})
    assert gone.location == f"{draft}/studio" and owner.get(f"{draft}/diagram?file=check_the_claim.bpmn").status == 404


def test_nobody_renames_what_was_changed_meanwhile(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    given = owner.get(f"{draft}/diagram?file=approve.bpmn").form(f"{draft}/diagram")
    before = content(owner, draft, "approve.bpmn")
    assert save(owner, draft, before.replace(b'value="Approve the plan"', b'value="One"'), digest_of(before)).status_code == 200

    refused = owner.post(f"{draft}/diagram", given | {"do": "rename", "name": "批一批"})

    assert refused.status == 409 and "在别处改过" in refused.text and "批一批" in refused.text


def test_whoever_looks_for_what_is_gone_is_led_back_to_the_procedure(login: Login, office: Office) -> None:
    owner = login("owner")

    for gone in ("/procedure/drafts/none/studio", f"/procedure/complaint/versions/{10**20}", "/procedure/complaint/versions/99"):
        page = owner.get(gone)
        assert page.status == 404 and "到“规程”" in page.text and page.links("/procedure")
