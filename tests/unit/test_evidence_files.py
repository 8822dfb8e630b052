"""What may be uploaded as evidence, and what is left of a picture: its pixels, upright, and nothing of where it was taken."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from engine.commands import uploads
from engine.commands.uploads import ACCEPTED, examine
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.queries.task.pictures import EDGE, small

MOST = 20 * 1024 * 1024
SIZE = (40, 20)
#: 39° 54' 20" N: what a telephone writes into its photographs.
LATITUDE = (39.0, 54.0, 20.0)


def taken(kind: str, **options: Any) -> bytes:
    """A picture as a telephone makes it: lying on its side, with place, camera and a comment; red on top once upright."""
    image = Image.new("RGB", SIZE, "blue")
    image.paste("red", (0, 0, SIZE[0] // 2, SIZE[1]))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # to be turned a quarter to the right
    exif[ExifTags.Base.Make] = "SecretCamera"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", LATITUDE
    exif[ExifTags.IFD.GPSInfo] = place
    made = io.BytesIO()
    image.save(made, kind, exif=exif, **options)
    return made.getvalue()


def opened(content: bytes) -> Image.Image:
    """The picture, loaded."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def noted() -> PngImagePlugin.PngInfo:
    """A text chunk that tells of a place."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Location", "39.9,116.4 SecretCamera")
    return info


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"comment": b"SecretCamera", "xmp": b"<x:xmpmeta>SecretCamera</x:xmpmeta>", "quality": 95}),
        ("PNG", {"pnginfo": noted()}),
        ("WEBP", {"lossless": True, "xmp": b"<x:xmpmeta>SecretCamera</x:xmpmeta>"}),
    ],
)
def test_a_picture_keeps_its_pixels_and_nothing_of_where_it_was_taken(kind: str, options: dict[str, Any]) -> None:
    before = taken(kind, **options)
    assert opened(before).getexif().get_ifd(ExifTags.IFD.GPSInfo), "the picture did tell"

    kept = examine(before, MOST)
    after = opened(kept.content)

    assert not after.getexif() and b"SecretCamera" not in kept.content and b"GPS" not in kept.content
    assert not {"exif", "xmp", "comment", "Location", "XML:com.adobe.xmp"} & set(after.info)
    assert (after.format, kept.media_type) == (kind, f"image/{kind.lower()}")
    assert after.size == SIZE[::-1], "turned upright"
    top, bottom = after.convert("RGB").getpixel((10, 5)), after.convert("RGB").getpixel((10, 35))
    assert top[0] > 200 > 60 > top[2] and bottom[2] > 200 > 60 > bottom[0]  # type: ignore[index]


def test_a_telephones_double_picture_is_kept_as_the_photograph() -> None:
    made = io.BytesIO()
    Image.new("RGB", SIZE, "red").save(made, "MPO", save_all=True, append_images=[Image.new("RGB", SIZE, "blue")])

    kept = examine(made.getvalue(), MOST)

    assert kept.media_type == "image/jpeg" and opened(kept.content).format == "JPEG"


def test_what_can_be_seen_through_stays_so() -> None:
    made = io.BytesIO()
    Image.new("RGBA", SIZE, (255, 0, 0, 0)).save(made, "PNG")

    assert opened(examine(made.getvalue(), MOST).content).getpixel((1, 1)) == (255, 0, 0, 0)


def moving(kind: str) -> bytes:
    """Two frames."""
    made = io.BytesIO()
    Image.new("RGB", SIZE, "red").save(made, kind, save_all=True, append_images=[Image.new("RGB", SIZE, "blue")])
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", uploads.EMPTY),
        (moving("WEBP"), uploads.MOVING),
        (moving("PNG"), uploads.MOVING),
        (moving("GIF"), uploads.UNWELCOME),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64, uploads.HEIC),
        (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif" + b"\x00" * 64, uploads.HEIC),
        (taken("JPEG")[:400], uploads.BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, uploads.UNWELCOME),
        (b"MZ\x90\x00" + b"\x00" * 200, uploads.UNWELCOME),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", uploads.UNWELCOME),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_way_out(content: bytes, said: Text) -> None:
    with pytest.raises(InvalidValues) as refused:
        examine(content, MOST)

    assert refused.value.fields == {"file": said}


@pytest.mark.parametrize(
    ("content", "media_type", "ending"),
    [
        (b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", "application/pdf", ".pdf"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"\x00" * 64, "video/mp4", ".mp4"),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  " + b"\x00" * 64, "video/quicktime", ".mov"),
        (b"\x00\x00\x00\x1cftypM4A \x00\x00\x00\x00M4A mp42" + b"\x00" * 64, "audio/mp4", ".m4a"),
        (b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + b"\x00" * 400, "audio/mpeg", ".mp3"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00" + b"\x00" * 60, "audio/wav", ".wav"),
    ],
)
def test_other_kinds_are_kept_as_they_are_and_offered_by_the_chooser(content: bytes, media_type: str, ending: str) -> None:
    kept = examine(content, MOST)

    assert (kept.content, kept.media_type) == (content, media_type)
    assert media_type in ACCEPTED and ending in ACCEPTED


def test_what_is_too_large_is_refused_with_the_bound() -> None:
    with pytest.raises(InvalidValues) as refused:
        examine(taken("JPEG"), 10)

    assert "最多" in refused.value.fields["file"].zh


def test_a_picture_is_made_small_on_white() -> None:
    made = io.BytesIO()
    Image.new("RGBA", (900, 300), (0, 0, 0, 0)).save(made, "PNG")

    after = opened(small(made.getvalue()))

    assert (after.format, after.size) == ("JPEG", (EDGE, EDGE // 3))
    assert after.getpixel((5, 5)) == (255, 255, 255)
