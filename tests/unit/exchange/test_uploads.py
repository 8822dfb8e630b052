"""Files that people upload: put where they belong, dangerous ones refused."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from engine.errors import Misconfigured
from engine.procedure import Bundle
from engine.procedure.exchange.uploads import take_in

BASE = Bundle({"procedure.yaml": b"key: a\n", "limits.dmn": b"<old/>", "forms/do.form": b"{}", "scenarios/do.yaml": b"a: 1\n"})


def archive(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("limits.dmn", "limits.dmn"),
        ("C:\\desk\\limits.dmn", "limits.dmn"),
        ("../../limits.dmn", "limits.dmn"),
        ("do.form", "forms/do.form"),
        ("do.yaml", "scenarios/do.yaml"),
        ("other.form", "forms/other.form"),
        ("新图.bpmn", "新图.bpmn"),
    ],
)
def test_a_single_file_goes_where_one_of_its_name_lies_else_by_its_kind(name: str, path: str) -> None:
    taken = take_in(BASE, name, b"new")

    assert taken.files == {**BASE.files, path: b"new"}


@pytest.mark.parametrize("top", ["", "complaint/", "a/b/"])
def test_an_archive_with_a_manifest_takes_the_place_of_everything(top: str) -> None:
    data = archive(
        **{f"{top}procedure.yaml": b"key: a\n", f"{top}forms/x.form": b"{}", "__MACOSX/._x.yaml": b"", f"{top}readme.txt": b""}
    )

    assert take_in(BASE, "mine.zip", data).files == {"procedure.yaml": b"key: a\n", "forms/x.form": b"{}"}


def test_an_archive_without_a_manifest_adds_its_files() -> None:
    taken = take_in(BASE, "mine.zip", archive(**{"desk/limits.dmn": b"<new/>", "desk/sub/y.form": b"{}"}))

    assert taken.files == {**BASE.files, "limits.dmn": b"<new/>", "forms/y.form": b"{}"}


@pytest.mark.parametrize("name", ["../evil.yaml", "/etc/evil.yaml", "a\\evil.yaml", "a/../../evil.yaml"])
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str) -> None:
    with pytest.raises(Misconfigured, match="文件名"):
        take_in(BASE, "mine.zip", archive(**{"procedure.yaml": b"", name: b"x"}))


def test_a_link_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        entry = zipfile.ZipInfo("fields.yaml")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        zipped.writestr(entry, "/etc/passwd")

    with pytest.raises(Misconfigured, match="文件名"):
        take_in(BASE, "mine.zip", buffer.getvalue())


@pytest.mark.parametrize(
    "files",
    [
        {f"{number}.bpmn": b"\0" * 4_000_000 for number in range(11)},
        {"one.bpmn": b"\0" * 5_000_001},
        {f"{number}.yaml": b"" for number in range(1001)},
    ],
    ids=["together", "one", "many"],
)
def test_an_archive_that_unpacks_to_too_much_is_refused(files: dict[str, bytes]) -> None:
    with pytest.raises(Misconfigured, match=r"MB"):
        take_in(BASE, "mine.zip", archive(**files))


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    data = archive(**{"fields.yaml": b"a: 1\n" * 1000})
    place = data.rindex(b"PK\x01\x02") + 24
    lying = data[:place] + (10).to_bytes(4, "little") + data[place + 4 :]

    with pytest.raises(Misconfigured):
        take_in(BASE, "mine.zip", lying)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mine.zip", b"no zip"),
        ("mine.zip", b"PK\x03\x04"),
        ("mine.zip", archive(**{"readme.txt": b"x"})),
        ("script.py", b"x"),
        ("", b"x"),
        (".yaml", b"x"),
    ],
)
def test_what_is_no_file_of_a_procedure_is_refused_with_the_way_out(name: str, content: bytes) -> None:
    with pytest.raises(Misconfigured) as refused:
        take_in(BASE, name, content)

    assert refused.value.mend is not None
