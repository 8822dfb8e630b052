"""A bundle is named by what its files say."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from engine.errors import Misconfigured
from engine.procedure import Bundle, load_folder
from engine.procedure.bundle import MAX_FILE_BYTES

FILES = {"procedure.yaml": b"key: small\n", "main.bpmn": b"<a/>\n"}


def test_the_order_of_files_and_line_endings_make_no_difference() -> None:
    turned = {path: data.replace(b"\n", b"\r\n") for path, data in reversed(FILES.items())}

    assert Bundle(turned).digest == Bundle(FILES).digest


def test_version_yaml_is_no_part_of_the_digest() -> None:
    assert Bundle({**FILES, "version.yaml": b"number: 1"}).digest == Bundle(FILES).digest


@pytest.mark.parametrize(
    "changed",
    [{"main.bpmn": b"<b/>\n"}, {"other.bpmn": b""}, {"main.bpmn": b"<a/>\n\n"}],
    ids=["content", "a further file", "a blank line"],
)
def test_any_other_change_changes_the_digest(changed: dict[str, bytes]) -> None:
    assert Bundle({**FILES, **changed}).digest != Bundle(FILES).digest


def test_moving_text_between_files_changes_the_digest() -> None:
    assert Bundle({"a.yaml": b"xy", "b.yaml": b""}).digest != Bundle({"a.yaml": b"x", "b.yaml": b"y"}).digest


def test_a_bundle_survives_its_zip_byte_for_byte() -> None:
    packed = Bundle(FILES).to_bytes()

    unpacked = Bundle.from_bytes(packed)

    assert unpacked.files == Bundle(FILES).files
    assert unpacked.to_bytes() == packed == Bundle(dict(reversed(FILES.items()))).to_bytes()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut off", b"not a zip at all"])
def test_anything_but_a_zip_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Misconfigured, match="规程包"):
        Bundle.from_bytes(data)


def test_a_damaged_zip_is_refused() -> None:
    packed = bytearray(Bundle({"main.bpmn": b"0123456789" * 50}).to_bytes())
    packed[45] ^= 0xFF

    with pytest.raises(Misconfigured):
        Bundle.from_bytes(bytes(packed))


def test_a_zip_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("huge.bpmn", b"\0" * 41_000_000)

    with pytest.raises(Misconfigured, match="MB"):
        Bundle.from_bytes(buffer.getvalue())


@pytest.mark.parametrize("path", ["../evil.bpmn", "/etc/evil.bpmn", "a\\b.bpmn", "./a.bpmn"])
def test_a_path_out_of_the_folder_is_refused(path: str) -> None:
    with pytest.raises(Misconfigured, match="文件名"):
        Bundle({path: b""})


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(Misconfigured) as refused:
        Bundle({"main.bpmn": b" " * (MAX_FILE_BYTES + 1)})

    assert refused.value.file == "main.bpmn"


def test_a_folder_is_loaded_without_hidden_files_links_and_strangers(tmp_path: Path) -> None:
    for path, data in FILES.items():
        (tmp_path / path).write_bytes(data)
    (tmp_path / ".git").mkdir()
    for stranger in (".hidden.yaml", ".git/config.yaml", "notes.txt", "script.py"):
        (tmp_path / stranger).write_bytes(b"x")
    (tmp_path / "link.yaml").symlink_to("/etc/hostname")

    assert load_folder(tmp_path).files == Bundle(FILES).files


def test_a_folder_without_procedure_yaml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"procedure\.yaml"):
        load_folder(tmp_path)
