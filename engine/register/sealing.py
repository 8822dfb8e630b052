"""A year's closed complaints bound into one file: every entry of their chains, a digest over all heads, and a signature."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from engine.storage.audit.volume import Bound, closed_between, digest_of
from engine.storage.tables import cases, journal, register_entry

FORMAT = "redress-volume-1"
KEY_FILE = "seal.key"
#: What the hash of an entry covers, in this order; the stand-alone script computes it again from these.
COVERED = ("stream_kind", "stream_id", "seq", "actor_id", "on_behalf_of", "action", "events", "personal", "prev_hash")


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many complaints were bound, the digest over their heads, and the public key (hex) that the signature answers to."""

    cases: int
    digest: str
    public_key: str


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """The installation's own key, made on first use and readable by its owner alone."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate()
        raw = made.private_bytes(serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption())
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(raw)
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def year_of(year: int, zone: tzinfo) -> tuple[datetime, datetime]:
    """The first moment of a local year and of the next."""
    first, following = (datetime(number, 1, 1, tzinfo=zone).astimezone(UTC) for number in (year, year + 1))
    return first, following


def volume_lines(connection: Connection, year: int, zone: tzinfo, key: Ed25519PrivateKey) -> Iterator[str]:
    """The lines of the volume: a head, one line a complaint with its whole chain, and the signed end."""
    start, end = year_of(year, zone)
    bound = closed_between(connection, start, end)
    public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()
    yield _line({"format": FORMAT, "year": year, "key": public})
    for case in bound:
        yield _line(
            {"number": case.number, "estate": case.estate, "head": [case.seq, case.hash], "entries": _chain(connection, case)}
        )
    digest = digest_of(bound)
    signature = key.sign(signed_text(year, len(bound), digest)).hex()
    yield _line({"cases": len(bound), "digest": digest, "signature": signature})


def signed_text(year: int, count: int, digest: str) -> bytes:
    """What is signed."""
    return f"{FORMAT}\t{year}\t{count}\t{digest}".encode()


def write_volume(connection: Connection, year: int, zone: tzinfo, folder: Path, path: Path) -> Sealed:
    """Write the volume with the key of the folder; FileExistsError rather than write over one."""
    last: dict[str, Any] = {}
    head: dict[str, Any] = {}
    with path.open("x", encoding="utf-8") as file:
        for line in volume_lines(connection, year, zone, signing_key(folder)):
            file.write(line)
            last = json.loads(line)
            head = head or last
    return Sealed(last["cases"], last["digest"], head["key"])


def _chain(connection: Connection, case: Bound) -> list[list[Any]]:
    entry = register_entry.c
    joined = journal.join(cases, cases.c.id == journal.c.stream_id).join(register_entry, entry.case_id == cases.c.id)
    query = sa.select(journal).select_from(joined).where(entry.number == case.number, journal.c.seq <= case.seq)
    rows = connection.execute(query.where(journal.c.stream_kind == "case").order_by(journal.c.seq)).mappings()
    return [[*(row[name] for name in COVERED), row["at"].isoformat(), row["hash"]] for row in rows]


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
