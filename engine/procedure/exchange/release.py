"""A published version as files, ready for Git."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from engine.domain.codec import loads
from engine.procedure import Bundle
from engine.procedure.bundle import SUFFIXES, VERSION_FILE

_log = logging.getLogger(__name__)


def released(row: Mapping[str, Any], zone: ZoneInfo) -> Bundle:
    """The files of a version row with the record of the version beside them."""
    files = Bundle.from_bytes(row["bundle"]).files
    return Bundle({**files, VERSION_FILE: _record(row, zone)})


def write_files(folder: Path, bundle: Bundle) -> None:
    """Make the folder hold exactly the bundle's files; files of other kinds, hidden ones and links are left alone."""
    for path, data in bundle.files.items():
        _replace(folder / path, data)
    for file in sorted(folder.rglob("*")):
        short = file.relative_to(folder)
        hidden = any(part.startswith(".") for part in short.parts)
        if (
            file.suffix in SUFFIXES
            and file.is_file()
            and not file.is_symlink()
            and not hidden
            and short.as_posix() not in bundle.files
        ):
            file.unlink()


def write_release(folder: Path, row: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Write a version that was just published; a folder that cannot be written is reported, the version holds all the same."""
    try:
        write_files(folder / row["procedure_key"], released(row, zone))
    except OSError as problem:
        _log.error("version %s of %s could not be written: %s", row["number"], row["procedure_key"], problem)


def _replace(file: Path, data: bytes) -> None:
    if file.exists() and file.read_bytes() == data:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_bytes(data)
    os.replace(fresh, file)


def _record(row: Mapping[str, Any], zone: ZoneInfo) -> bytes:
    signatures = loads(row["signatures"]) if row["signatures"] else []
    content = {
        "procedure": row["procedure_key"],
        "number": row["number"],
        "digest": row["digest"],
        "provenance": row["provenance"],
        "reason": {"zh": row["reason_zh"], "en": row["reason_en"]},
        "effective_at": _local(row["effective_at"], zone),
        "base": row["base_number"],
        "review_case": row["review_case_id"],
        **{signature["part"]: signature["name"] for signature in signatures},
        "signatures": [{**signature, "at": _local(datetime.fromisoformat(signature["at"]), zone)} for signature in signatures],
    }
    waivers = loads(row["waivers"]) if row["waivers"] else {}
    if waivers:
        # What was let stand is told beside who signed: whoever reads the files alone must not take them for flawless.
        told = ({**one, "obstacle": key, "at": _local(datetime.fromisoformat(one["at"]), zone)} for key, one in waivers.items())
        content["waivers"] = sorted(told, key=lambda one: str(one["obstacle"]))
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=130).encode()


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat()
