"""What may be uploaded: an allow-list by content, never by name; pictures are made anew so that nothing rides along."""

from __future__ import annotations

import io
from dataclasses import dataclass

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError

from engine.domain.text import Text
from engine.errors import InvalidValues

_PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_OTHERS = {"application/pdf": "application/pdf", "audio/mpeg": "audio/mpeg", "video/mp4": "video/mp4", "audio/wav": "audio/wav"}
_MOST_PIXELS = 50_000_000

UNWELCOME = Text(
    "这种文件不能收。请用照片(JPG、PNG、WebP)、PDF、录音(MP3、WAV)或录像(MP4)。",
    "Files of this kind are not taken. Use a picture (JPG, PNG, WebP), PDF, recording (MP3, WAV) or film (MP4).",
)
EMPTY = Text("文件是空的。请重新选择。", "The file is empty. Choose it again.")


@dataclass(frozen=True, slots=True)
class Examined:
    """The bytes to keep and what they are."""

    content: bytes
    media_type: str


def examine(content: bytes, most_bytes: int) -> Examined:
    """The file as it may be kept; InvalidValues says what is wrong with it."""
    if not content:
        raise InvalidValues(EMPTY, {"file": EMPTY})
    if len(content) > most_bytes:
        raise InvalidValues(_too_large(most_bytes), {"file": _too_large(most_bytes)})
    picture = _picture(content)
    return picture or Examined(content, _other_type(content))


def _too_large(most_bytes: int) -> Text:
    most = most_bytes // (1024 * 1024)
    return Text(
        f"文件太大，最多 {most} MB。请压缩或分开上传。", f"The file is too large: at most {most} MB. Compress or split it."
    )


def _picture(content: bytes) -> Examined | None:
    try:
        with Image.open(io.BytesIO(content), formats=list(_PICTURES)) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise InvalidValues(UNWELCOME, {"file": UNWELCOME})
            kind = str(image.format)
            upright = ImageOps.exif_transpose(image)
            made = io.BytesIO()
            upright.convert("RGB" if kind == "JPEG" else upright.mode).save(made, kind, exif=b"")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return Examined(made.getvalue(), _PICTURES[kind])


def _other_type(content: bytes) -> str:
    try:
        sniffed = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        sniffed = ""
    if sniffed not in _OTHERS:
        raise InvalidValues(UNWELCOME, {"file": UNWELCOME})
    return _OTHERS[sniffed]
