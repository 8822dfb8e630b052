"""The pages of the import: a template, a trial, and the way back."""

from __future__ import annotations

import io

from engine.storage import tables as t
from tests.engine.company import sheets_of as files
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page

SCRIPT = "<script>alert(1)</script>"


def upload(browser: Browser, content: bytes, kind: str = "households", name: str = "名册.xlsx") -> Page:
    return browser.post(f"/directory/imports/{kind}", {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def test_the_template_is_what_the_import_takes(login: Login, office: Office) -> None:
    admin = login("admin")
    for kind in ("households", "staff"):
        template = admin.client.get(f"/directory/imports/{kind}/template.xlsx")
        refused = upload(admin, template.data, kind)

        assert template.status_code == 200 and template.data.startswith(b"PK")
        assert refused.status == 422 and "没有内容" in refused.errors[0], "its headings fit, and nothing stands below them"


def test_a_file_is_tried_confirmed_and_gone(login: Login, office: Office) -> None:
    admin = login("admin")
    rows = [("YH", "3 号楼", "3-1-777", SCRIPT, "13612345678"), ("YH", "3 号楼", "3-1-778", "孙九", "1361234567")]

    trial = admin.follow(upload(admin, files.excel(files.HOUSEHOLDS, *rows), name=SCRIPT))
    refused = admin.get(f"{trial.links('/directory/imports/trial/')[0]}?outcome=refused&page=9")
    confirm = trial.tree.xpath("//form[contains(@action, '/confirm')]/@action")[0]
    done = admin.follow(admin.post(confirm))
    twice = admin.post(confirm)

    assert "第 3 行" in trial.text and "电话少一位" in trial.text and "导入 1 行" in trial.text and SCRIPT not in trial.text
    assert "孙九" in refused.text and "3-1-777" not in refused.text
    assert "新增 1 行" in done.text and "未导入 1 行" in done.text and twice.status == 404
    assert len(office.rows(t.household.select().where(t.household.c.name == SCRIPT))) == 1


def test_a_file_that_waits_is_listed_and_thrown_away(login: Login, office: Office) -> None:
    admin = login("admin")
    upload(admin, files.excel(files.HOUSEHOLDS, ("YH", "3 号楼", "3-1-777", "钱多多", "")))

    link = admin.get("/directory/imports").links("/directory/imports/trial/")[0]
    dropped = admin.follow(admin.post(f"{link}/drop"))

    assert "什么都没有写入" in dropped.text and dropped.links("/directory/imports/trial/") == []
    assert admin.get(link).status == 404


def test_no_file_a_large_one_and_an_unknown_kind_are_refused_in_words(login: Login, office: Office) -> None:
    admin = login("admin")

    none = admin.post("/directory/imports/households", {})
    large = upload(admin, b"x" * 200_000)
    odd = upload(admin, b"\x00", "cars")

    assert (none.status, large.status, odd.status) == (422, 422, 404)
    assert "请先选择文件" in none.errors[0] and "超过" in large.errors[0]
