"""Strangers' diagrams are opened and saved in the editor: what of them is still there afterwards."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from lxml import etree

from bench.studio.browser import Desk, desk
from engine.commands.studio import FileChange, SaveFiles
from engine.procedure.exchange.canonical import canonical_file

#: The order of these says something: of the points of a line, and of the ways out of a gateway, which are tried one by one.
_ORDERED = frozenset({"waypoint", "outgoing"})
_EMPTY = '{"findings": [], "said": ""}'


def run(folder: Path) -> dict[str, Any]:
    """Every diagram of the folder: whether it could be opened, and what of it was lost, added or put elsewhere by saving it.

    ``differing`` are those that could not be opened, or of which any part is not as it was; ``reordered`` those that have all
    their parts in their places, where parts that stand side by side in no order that means anything changed places.
    """
    files = {f"stranger_{path.name}": path.read_bytes() for path in sorted(folder.rglob("*.bpmn"))}
    with desk() as owner:
        # What the check says of them is measured elsewhere.
        owner.page.route("**/findings*", lambda route: route.fulfill(body=_EMPTY, content_type="application/json"))
        _put(owner, files)
        told = {path: _kept(owner, path, content) for path, content in files.items()}
    return {
        "files": len(told),
        "opened": sum(one["opened"] for one in told.values()),
        "same": sum(map(_is_kept, told.values())),
        "equal": sum(one["opened"] and one["equal"] for one in told.values()),
        "parts": sum(one["parts"] for one in told.values()),
        "reordered": [path for path, one in told.items() if _is_kept(one) and not one["equal"]],
        "differing": {path: one for path, one in told.items() if not _is_kept(one)},
    }


def _is_kept(one: dict[str, Any]) -> bool:
    return bool(one["opened"] and not one["lost"] and not one["new"])


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
    one, other = parts(before), parts(after)
    lost, new = (sorted(parts.elements()) for parts in (one - other, other - one))
    return {"opened": opened, "equal": before == after, "parts": one.total(), "lost": lost, "new": new}


def parts(xml: bytes) -> Counter[str]:
    """Every element with its attributes, its words and what it stands in; every comment and instruction with what it stands in.

    Names are compared by their namespace, whatever its prefix. Which of two neighbours comes first counts where it means
    something: for the points of a line and for the ways out of a gateway.
    """
    return Counter(_said(node) for node in etree.fromstring(xml).getroottree().iter())


def _said(node: Any) -> str:
    around = node.getparent()
    place = "" if around is None else f"{around.tag} {around.get('id') or around.get('bpmnElement') or ''} > "
    if not isinstance(node.tag, str):
        return place + etree.tostring(node, encoding="unicode", with_tail=False)
    if etree.QName(node).localname in _ORDERED:
        place += f"{sum(1 for _ in node.itersiblings(str(node.tag), preceding=True))}. "
    attributes = " ".join(f"{name}={value!r}" for name, value in sorted(node.attrib.items()))
    return f"{place}{node.tag} {attributes} {(node.text or '').strip()}"
