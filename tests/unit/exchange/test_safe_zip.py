"""An archive or workbook with wrong bytes in it is refused with a sentence, wherever it is uploaded."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from random import Random

import pytest

from engine.commands.directory.sheets.reading import read_lines
from engine.errors import InvalidValues, Misconfigured
from engine.procedure.bundle import Bundle
from engine.procedure.exchange.uploads import take_in
from engine.procedure.safe_zip import Archive, Damaged, TooMuch

WAYS_IN: dict[str, Callable[[bytes], object]] = {
    "a bundle": Bundle.from_bytes,
    "an upload": lambda content: take_in(Bundle({}), "files.zip", content),
    "a workbook": read_lines,
}


def packed(kind: int, parts: int = 3) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", kind) as archive:
        for number in range(parts):
            archive.writestr(f"图{number}.bpmn", b"<a>" + bytes(range(48, 120)) * 40 + b"</a>")
    return held.getvalue()


@pytest.mark.parametrize("way", WAYS_IN)
@pytest.mark.parametrize("kind", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_wrong_bytes_are_a_sentence_and_never_a_crash(way: str, kind: int) -> None:
    whole, chance, refused = packed(kind), Random(11), 0

    for _ in range(120):
        broken = bytearray(whole)
        for _ in range(chance.choice((1, 4))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            WAYS_IN[way](bytes(broken))
        except (InvalidValues, Misconfigured):
            refused += 1

    assert refused > 20


def test_no_more_is_unpacked_than_wanted() -> None:
    content = packed(zipfile.ZIP_DEFLATED)

    assert len(Archive(content, 3, 10_000).read(Archive(content, 3, 10_000).parts[0])) == 2_887
    with pytest.raises(TooMuch):
        Archive(content, 2, 10_000)
    with pytest.raises(TooMuch):
        Archive(content, 3, 8_000)
    with pytest.raises(Damaged):
        Archive(content[:-30], 3, 10_000)


def test_what_a_part_says_of_its_size_is_not_believed() -> None:
    archive = Archive(packed(zipfile.ZIP_DEFLATED), 3, 10_000)

    with pytest.raises(TooMuch):
        for _ in range(2):
            for part in archive.parts:
                archive.read(part)
