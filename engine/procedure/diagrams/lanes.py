"""From element to lane to role: the innermost lane that lists an element, else the lane of what holds it."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from engine.procedure.diagrams.markup import BPMN, children, properties, text_of


def lane_properties(root: etree._Element) -> dict[str, Mapping[str, str]]:
    """The merged properties of the lanes that list an element, by element id; an inner lane wins over its outer one."""
    found: dict[str, Mapping[str, str]] = {}
    for lane_set in root.iter(f"{{{BPMN}}}laneSet"):
        _collect(lane_set, {}, found)
    return found


def _collect(lane_set: etree._Element, outer: Mapping[str, str], found: dict[str, Mapping[str, str]]) -> None:
    for lane in children(lane_set, "lane"):
        own = {**outer, **properties(lane)}
        for reference in children(lane, "flowNodeRef"):
            found[text_of(reference)] = own
        for inner in children(lane, "childLaneSet"):
            _collect(inner, own, found)


def lanes(root: etree._Element) -> list[etree._Element]:
    """Every lane that is drawn, outer ones first."""
    return list(root.iter(f"{{{BPMN}}}lane"))
