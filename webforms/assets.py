"""The browser bundle as Vite's manifest names it; without a bundle the plain stylesheet stands in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, url_for

STATIC = Path(__file__).parent / "static"
MANIFEST = STATIC / "dist" / "manifest.json"
FALLBACK = "fallback.css"
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Entry:
    """The style sheets and the script of one bundle, as addresses below ``/static``."""

    styles: tuple[str, ...]
    script: str | None


def init_app(app: Flask) -> None:
    """Offer ``bundle(name)`` to the templates; a bundle's files have their digest in the name and may be kept."""
    entries = read_manifest(MANIFEST)
    app.jinja_env.globals["bundle"] = lambda name: _linked(entries.get(name))
    app.after_request(_keep_long)


def read_manifest(path: Path) -> dict[str, Entry]:
    """The entries of a manifest by source name; none when it was never built."""
    if not path.is_file():
        return {}
    listed = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: Entry(tuple(f"dist/{style}" for style in dict.fromkeys(_styles(listed, name))), f"dist/{row['file']}")
        for name, row in listed.items()
        if row.get("isEntry")
    }


def _styles(listed: dict[str, Any], name: str) -> Iterator[str]:
    # What two bundles share lies in a part of its own, and comes first as it does in the source.
    for part in listed[name].get("imports", ()):
        yield from _styles(listed, part)
    yield from listed[name].get("css", ())


def _linked(entry: Entry | None) -> Entry:
    if entry is None:
        return Entry((url_for("static", filename=FALLBACK),), None)
    styles = tuple(url_for("static", filename=style) for style in entry.styles)
    return Entry(styles, url_for("static", filename=entry.script))


def _keep_long(response: Response) -> Response:
    if request.path.startswith("/static/dist/assets/") and response.status_code == 200:
        response.cache_control.clear()
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response
