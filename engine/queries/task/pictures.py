"""The small picture of a file that was put to a task's case."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import sqlalchemy as sa
from PIL import Image

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries.task.page import item
from engine.storage.tables import attachment, payload

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: Twice the edge at which a page shows it.
EDGE = 144
_QUALITY = 70
NO_PICTURE = Text("没有这张图片。", "There is no such picture.")


def picture(reader: Reader, actor: Actor, item_id: str, attachment_id: str) -> bytes:
    """A JPEG of a picture of the case that the actor reads; NotFound for any other file, and once it is erased."""
    case_id = item(reader, actor, item_id).case_id
    query = sa.select(attachment.c.sha256).join(payload, payload.c.id == attachment.c.name_payload_id)
    mine = (attachment.c.id == attachment_id, attachment.c.case_id == case_id, attachment.c.media_type.startswith("image/"))
    digest = reader.connection.execute(query.where(*mine, payload.c.erased_at.is_(None))).scalar()
    if digest is None:
        raise NotFound(NO_PICTURE)
    return small(reader.files.get(digest))


def small(content: bytes) -> bytes:
    """The picture as a JPEG whose longer edge has at most ``EDGE`` pixels."""
    with Image.open(io.BytesIO(content)) as image:
        image.draft("RGB", (EDGE, EDGE))
        image.thumbnail((EDGE, EDGE))
        made = io.BytesIO()
        _on_white(image).save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image.convert("RGBA"))
    return ground.convert("RGB")
