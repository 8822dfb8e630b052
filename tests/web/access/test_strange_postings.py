"""Whoever writes addresses and postings by hand gets a sentence: numbers that nobody means, bombs, names that lead elsewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from werkzeug.test import TestResponse

from engine.commands.versions.editing import digest_of
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page
from tests.web.procedure.test_studio import begun, save

#: Digits without end, digits of another script, one that is no digit, more than a database counts.
NUMBERS = ("9" * 6000, "٣" * 12, "²", "99999999999999999999", "-1")
#: The forms of the studio that post a number, with where it stands.
POSTED: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("table", "severity.dmn", {"row": "{}", "decision": "severity", "do": "copy"}),
    ("table", "severity.dmn", {"rows": "severity.{}", "decision": "severity", "do": "none"}),
    ("limits", "limits.dmn", {"row": "{}", "do": "copy"}),
    ("limits", "limits.dmn", {"do": "add", "at_least": "{}", "amount": "{}", "warn": "{}"}),
    ("story", "scenarios/minor.yaml", {"up": "{}"}),
    ("story", "scenarios/minor.yaml", {"element": "{}", "do": "change", "verb": "after", "span_amount": "{}", "which": "{}"}),
    ("story", "scenarios/minor.yaml", {"after": "{}", "do": "add"}),
    ("form", "forms/sum_up.form", {"element": "{}", "do": "change", "validate.minLength": "{}"}),
)
#: The pages of the studio that read a number from their address; an address holds only so much.
READ = (
    "{draft}/studio?file=severity.dmn&rows=severity.{n}", "{draft}/studio?file=scenarios/minor.yaml&element={n}",
    "{draft}/changes?before={n}", "/procedure/complaint/compare?before={n}&after={n}", "/documents?year={n}&page={n}",
    "/procedure/complaint/versions/{n}", "/procedure/complaint/versions/1/cases?page={n}&from={n}",
)  # fmt: skip
LAUGHS = "a: &a [x, x]\n" + "\n".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]" for a, b in zip("abcdefghijklm", "bcdefghijklmn", strict=True)
)
ENTITIES = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><definitions>&a;</definitions>'
ELSEWHERE = ("../procedure.yaml", "forms/../../x.form", "/etc/x.yaml", "forms\\..\\x.form")
UNFIT = ("x" * 300 + ".yaml", "名" * 100 + ".form", "x\u200e.yaml")


@pytest.mark.parametrize("number", NUMBERS, ids=["endless", "other script", "no digit", "too many", "negative"])
def test_a_number_that_nobody_means_breaks_no_page(login: Login, office: Office, number: str) -> None:
    owner = login("owner")
    draft = begun(owner)

    posted = [_posted(owner, draft, number, *one) for one in POSTED]
    read = [owner.get(address.format(draft=draft, n=number[:4500])) for address in READ]

    assert {page.status for page in posted} <= {303, 404, 409, 422}
    assert {page.status for page in read} <= {200, 303, 404}


def test_bombs_and_names_that_lead_elsewhere_are_refused_with_a_sentence(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    files = [
        ("bomb.zip", _packed({"forms/x.form": b" " * 60_000_000})),
        ("many.zip", _packed({f"{n}.yaml": b"" for n in range(5000)})),
    ]
    files += [("x.zip", _packed({name: b"a: 1"})) for name in (*ELSEWHERE, *UNFIT)] + [(name, b"a: 1") for name in UNFIT]
    files += [("procedure.zip", b"PK\x03\x04 and no archive"), ("x.exe", b"MZ"), ("", b"")]

    for name, content in files:
        page = owner.post("/procedure/complaint/drafts", {"file": (io.BytesIO(content), name)})
        assert page.status == 422 and page.errors and all(any("一" <= sign <= "鿿" for sign in one) for one in page.errors), name

    for path, content in (("approve.bpmn", ENTITIES), ("fields.yaml", LAUGHS)):
        saved = _drawn(owner, draft, path, content.encode())
        assert saved.status_code in (200, 409, 422), saved.status_code
        assert "root:" not in owner.get(f"{draft}/studio?file={path}").text
        assert owner.get(f"{draft}/findings").status == 200 and owner.get(draft).status == 200


def _posted(who: Browser, draft: str, number: str, form: str, file: str, entries: Mapping[str, str]) -> Page:
    seen = digest_of(who.client.get(f"{draft}/files/{file}").data)
    given = {name: value.format(number) for name, value in entries.items()}
    return who.post(f"{draft}/edit/{form}", {"file": file, "seen": seen, **given})


def _drawn(who: Browser, draft: str, path: str, content: bytes) -> TestResponse:
    return save(who, draft, content, digest_of(who.client.get(f"{draft}/files/{path}").data), path=path)


def _packed(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()
