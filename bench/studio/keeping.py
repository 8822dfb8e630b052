"""Strangers' diagrams are opened and saved in the editor: what of them is still there afterwards."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from lxml import etree

from bench.studio.browser import Desk, desk
from engine.commands.studio import FileChange, SaveFiles
from engine.procedure.exchange.canonical import canonical_file

_EMPTY = '{"findings": [], "said": ""}'


def run(folder: Path) -> dict[str, Any]:
    """Every diagram of the folder: whether it could be opened, and whether saving it unchanged gave the same parts and bytes."""
    files = {f"stranger_{path.name}": path.read_bytes() for path in sorted(folder.rglob("*.bpmn"))}
    with desk() as owner:
        # What the check says of them is measured elsewhere.
        owner.page.route("**/findings*", lambda route: route.fulfill(body=_EMPTY, content_type="application/json"))
        _put(owner, files)
        told = {path: _kept(owner, path, content) for path, content in files.items()}
    return {
        "files": len(told),
        "opened": sum(one["opened"] for one in told.values()),
        "same": sum(one["opened"] and not one["lost"] and not one["new"] for one in told.values()),
        "equal": sum(one["opened"] and one["equal"] for one in told.values()),
        "parts": sum(one["parts"] for one in told.values()),
        "differing": {path: one for path, one in told.items() if not (one["opened"] and one["equal"])},
    }


def _put(owner: Desk, files: dict[str, bytes]) -> None:
    changes = tuple(FileChange(path, content, "") for path, content in files.items())
    draft_id = owner.studio.split("/")[-2]
    owner.office.execute(SaveFiles(draft_id, changes), "owner")


def _kept(owner: Desk, path: str, content: bytes) -> dict[str, Any]:
    before = canonical_file(path, content)
    opened = owner.open(path) == "yes"
    if opened:
        owner.save()
    address = owner.page.locator("[data-rd-studio]").get_attribute("data-src") or ""
    after = owner.page.request.get(address).body()
    one, other = _parts(before), _parts(after)
    lost, new = (sorted(parts.elements()) for parts in (one - other, other - one))
    return {"opened": opened, "equal": before == after, "parts": one.total(), "lost": lost, "new": new}


def _parts(xml: bytes) -> Counter[str]:
    """Every element with its attributes and words, every comment and instruction."""
    return Counter(_said(node) for node in etree.fromstring(xml).getroottree().iter())


def _said(node: Any) -> str:
    if not isinstance(node.tag, str):
        return etree.tostring(node, encoding="unicode", with_tail=False)
    attributes = " ".join(f"{name}={value!r}" for name, value in sorted(node.attrib.items()))
    return f"{node.tag} {attributes} {(node.text or '').strip()}"
