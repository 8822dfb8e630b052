"""Whatever a stranger sends is refused with a sentence at its file: bombs, bottomless nestings, lies about sizes, junk."""

from __future__ import annotations

import io
import json
import struct
import zipfile

import pytest

from engine.errors import Misconfigured
from engine.procedure import check
from engine.procedure.exchange.canonical import canonical
from engine.procedure.exchange.uploads import take_in
from tests.unit.procedure.drawing import bundle, told

DEEP = 100_000


@pytest.mark.parametrize(
    ("file", "data", "rule"),
    [
        ("clauses.yaml", b"[" * DEEP, "yaml-depth"),
        ("clauses.yaml", b"{a: " * DEEP, "yaml-depth"),
        ("clauses.yaml", b"- " * DEEP, "yaml-depth"),
        ("clauses.yaml", b"a: &a [1]\nb: [" + b"*a, " * 1_000 + b"]", "yaml-depth"),
        ("clauses.yaml", b"a: 1\n" + b"b: [" + b"1, " * 300_000 + b"]", "yaml-depth"),
        ("forms/do_it.form", b"[" * DEEP, "form-json"),
        ("forms/do_it.form", b'{"a": ' * DEEP, "form-json"),
        ("main.bpmn", b"<a>" * DEEP, "xml-depth"),
        ("main.bpmn", b"<a " + b'b="1" ' * 3 + b"/>", "xml"),
        ("main.bpmn", bytes(range(256)) * 100, "xml"),
    ],
)
def test_what_nests_without_end_or_is_junk_is_refused_at_its_file(file: str, data: bytes, rule: str) -> None:
    sent = bundle(files={file: data})

    found = {(one.rule, one.file, one.level) for one in told(check(sent))}

    assert (rule, file, "error") in found
    assert canonical(sent).files[file] == data


def test_a_deep_answers_file_is_found_too() -> None:
    assert "yaml-depth" in {one.rule for one in check(bundle(files={"scenarios/answers.yaml": b"[" * DEEP}))}


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "files",
    [
        {"main.bpmn": b"\0" * 6_000_000},
        {f"{number}.bpmn": b"\0" * 4_000_000 for number in range(12)},
        {f"{number}.bpmn": b"" for number in range(1_200)},
    ],
    ids=["one huge file", "many big files", "too many files"],
)
def test_a_zip_bomb_is_refused_before_it_goes_off(files: dict[str, bytes]) -> None:
    archive = zipped(files)
    assert len(archive) < 200_000

    with pytest.raises(Misconfigured) as refused:
        take_in(bundle(), "a.zip", archive)
    assert refused.value.text.zh != refused.value.text.en


def test_a_zip_archive_that_lies_about_a_size_is_refused() -> None:
    archive = bytearray(zipped({"main.bpmn": json.dumps(["x" * 9_000_000]).encode()}))
    directory = archive.rindex(b"PK\x01\x02")
    archive[directory + 24 : directory + 28] = struct.pack("<I", 100)

    with pytest.raises(Misconfigured):
        take_in(bundle(), "a.zip", bytes(archive))
