"""A diagram as a whole: an owner makes one, calls it something else, and is rid of it once nobody calls it."""

from __future__ import annotations

from engine.commands.versions.editing import digest_of
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser
from tests.web.procedure.test_studio import begun, save

GIVEN = {"name": "核对赔偿", "name_en": "Check the claim", "role": "manager"}


def content(owner: Browser, draft: str, path: str) -> bytes:
    """The file as it stands."""
    return owner.client.get(f"{draft}/files/{path}").data


def test_a_new_diagram_is_valid_and_waits_to_be_called(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)

    refused = owner.post(f"{draft}/new-diagram", {**GIVEN, "name": "", "role": "nobody"})
    made = owner.post(f"{draft}/new-diagram", GIVEN)

    assert (refused.status, made.status) == (422, 303) and "请写名称" in refused.text
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
