"""What may be uploaded: an allow-list by content, never by name; pictures are made anew so that nothing rides along."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from engine.domain.text import Text
from engine.errors import InvalidValues

_PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
#: A telephone's JPEG that holds a second picture, for instance of depth; the first is the photograph.
_WITH_SECOND = {"MPO": "JPEG"}
_OTHERS = ("application/pdf", "audio/mpeg", "audio/wav")
#: What the first bytes of a film or recording call themselves; anything else of that family counts as MP4.
_BRANDS = {b"qt  ": "video/quicktime", b"M4A ": "audio/mp4", b"M4B ": "audio/mp4"}
_PHOTO_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"})
_MOST_PIXELS = 50_000_000
_QUALITY = 88

#: Every kind that is taken, as a browser's file chooser wants it: endings and media types.
ACCEPTED = (
    ".jpg", ".jpeg", ".png", ".webp", ".pdf", ".mp3", ".wav", ".m4a", ".mp4", ".mov",
    *_PICTURES.values(), *_OTHERS, *sorted(set(_BRANDS.values())), "video/mp4",
)  # fmt: skip

UNWELCOME = Text(
    "这种文件不能收。请用照片(JPG、PNG、WebP)、PDF、录音(MP3、WAV、M4A)或录像(MP4、MOV)；文档请另存为 PDF。",
    "Files of this kind are not taken. Use a picture (JPG, PNG, WebP), PDF, recording (MP3, WAV, M4A) or film (MP4, MOV); "
    "save a document as PDF.",
)
HEIC = Text(
    "这是 HEIC 照片，多数电脑打不开。请在手机“设置 → 相机 → 格式”里选“兼容性最佳”再拍，或把照片截图后上传。",
    "This is a HEIC photo, which most computers cannot open. On the phone choose Settings → Camera → Formats → Most Compatible "
    "and take it again, or upload a screenshot of it.",
)
MOVING = Text(
    "动图不能收，因为只会留下第一帧。请上传录像(MP4)或截图。",
    "Moving pictures are not taken, because only the first frame would be kept. Upload a film (MP4) or a screenshot.",
)
BROKEN = Text("图片打不开，可能没有传完整。请重新选择。", "The picture cannot be opened; it may be incomplete. Choose it again.")
TOO_MANY_PIXELS = Text(
    "图片尺寸太大，最多 5000 万像素。请缩小后再传。", "The picture has too many pixels: at most 50 million. Make it smaller."
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
        raise _refused(EMPTY)
    if len(content) > most_bytes:
        raise _refused(_too_large(most_bytes))
    picture = _picture(content)
    return picture or Examined(content, _other_type(content))


def _refused(text: Text) -> InvalidValues:
    return InvalidValues(text, {"file": text})


def _too_large(most_bytes: int) -> Text:
    most = most_bytes // (1024 * 1024)
    return Text(
        f"文件太大，最多 {most} MB。请压缩或分开上传。", f"The file is too large: at most {most} MB. Compress or split it."
    )


def _picture(content: bytes) -> Examined | None:
    try:
        with Image.open(io.BytesIO(content), formats=list(_PICTURES)) as image:
            return _made_anew(image)
    except UnidentifiedImageError:
        return None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        raise _refused(BROKEN) from problem


def _made_anew(image: Any) -> Examined:
    """The picture upright and without anything but its pixels and colours: no place, no camera, no comment."""
    kind = _WITH_SECOND.get(str(image.format), str(image.format))
    if image.width * image.height > _MOST_PIXELS:
        raise _refused(TOO_MANY_PIXELS)
    if kind == image.format and getattr(image, "n_frames", 1) > 1:
        raise _refused(MOVING)
    colours = {"icc_profile": image.info.get("icc_profile")} if image.info.get("icc_profile") else {}
    upright = ImageOps.exif_transpose(image)
    upright.info = {name: value for name, value in upright.info.items() if name == "transparency"}
    made = io.BytesIO()
    drawn = upright.convert("RGB") if kind == "JPEG" and upright.mode not in ("RGB", "L") else upright
    drawn.save(made, kind, **colours, **({} if kind == "PNG" else {"quality": _QUALITY}))
    return Examined(made.getvalue(), _PICTURES[kind])


def _other_type(content: bytes) -> str:
    if content[4:8] == b"ftyp":
        if content[8:12] in _PHOTO_BRANDS:
            raise _refused(HEIC)
        return _BRANDS.get(content[8:12], "video/mp4")
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "audio/wav"
    if content.startswith(b"ID3") or _begins_a_frame(content[:2]):
        return "audio/mpeg"
    raise _refused(UNWELCOME)


def _begins_a_frame(two: bytes) -> bool:
    """Whether a recording in MPEG layer III begins so."""
    return len(two) == 2 and two[0] == 0xFF and two[1] & 0xE6 == 0xE2
