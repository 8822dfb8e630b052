"""A drawing that was saved again has its parts in the order in which they stood: a box that was moved changes no other line."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from engine.procedure.diagrams.markup import BPMN
from engine.procedure.exchange.xml import is_prose, read_xml, write_xml

_Key = tuple[str, str]
_OURS = f"{{{BPMN}}}"


def in_order_of(before: bytes, now: bytes) -> bytes:
    """``now``, with what both have in the order of ``before``, in every element with an id that both have.

    What is new, and what cannot be told apart, keeps its place: the kinds stand in the order that BPMN asks for, as they did.
    A file that cannot be read, or that has that order already, comes back as it came.
    """
    was, root = read_xml(before), read_xml(now)
    if was is None or root is None:
        return now
    stood = {holder.get("id"): _places(holder) for holder in _holders(was)}
    moved = [_put_back(holder, stood.get(holder.get("id"), {})) for holder in _holders(root)]
    return write_xml(root) if any(moved) else now


def _holders(root: etree._Element) -> list[etree._Element]:
    return [holder for holder in root.iter(f"{_OURS}*") if holder.get("id") and len(holder) > 1 and not is_prose(holder)]


def _places(holder: etree._Element) -> dict[_Key, int]:
    """Where the parts stand that can be told apart."""
    keys = [(str(part.tag), part.get("id") or (part.text or "").strip()) for part in holder]
    met = Counter(keys)
    return {key: place for place, key in enumerate(keys) if met[key] == 1 and key[0].startswith(_OURS)}


def _put_back(holder: etree._Element, stood: dict[_Key, int]) -> bool:
    """Whether anything had to be moved."""
    here = _places(holder)
    known = [key for key in here if key in stood]
    ordered = sorted(known, key=stood.__getitem__)
    if ordered == known:
        return False
    parts = list(holder)
    moved = {here[place]: parts[here[key]] for place, key in zip(known, ordered, strict=True)}
    holder[:] = [moved.get(place, part) for place, part in enumerate(parts)]
    return True
