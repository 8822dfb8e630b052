"""An owner takes in a diagram of another tool: it is drawn here, what is missing stands on its elements, nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.procedure.studio import BUSY, begun, file_of, picked, ready, saved
from tests.office import Office

pytestmark = pytest.mark.browser

#: As modellers export it: a pool with two lanes, tasks without a type, words and colours of the tool's own.
THEIRS = """<?xml version="1.0" encoding="UTF-8"?>
<semantic:definitions xmlns:semantic="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:paint="http://paint.example/2" id="_1276276944297" exporter="Paint" targetNamespace="http://paint.example">
  <!-- drawn in May, for the meeting -->
  <semantic:collaboration id="C1"><semantic:participant id="P1" name="投诉回访" processRef="WFP-1" /></semantic:collaboration>
  <semantic:process id="WFP-1" name="投诉回访" isExecutable="false">
    <semantic:extensionElements><paint:author since="2019">Somebody</paint:author></semantic:extensionElements>
    <semantic:laneSet id="ls">
      <semantic:lane id="L1" name="接待">
        <semantic:flowNodeRef>S</semantic:flowNodeRef><semantic:flowNodeRef>T1</semantic:flowNodeRef></semantic:lane>
      <semantic:lane id="L2" name="外聘顾问">
        <semantic:flowNodeRef>T2</semantic:flowNodeRef><semantic:flowNodeRef>E</semantic:flowNodeRef></semantic:lane>
    </semantic:laneSet>
    <semantic:startEvent id="S" name="到期" /><semantic:endEvent id="E" name="回访完" />
    <semantic:task id="T1" name="打电话回访" paint:colour="#ffcc00"><semantic:extensionElements>
      <paint:line wide="3"><paint:dash>7</paint:dash></paint:line></semantic:extensionElements></semantic:task>
    <semantic:task id="T2" name="写意见" />
    <semantic:sequenceFlow id="F1" sourceRef="S" targetRef="T1" /><semantic:sequenceFlow id="F2" sourceRef="T1" targetRef="T2" />
    <semantic:sequenceFlow id="F3" sourceRef="T2" targetRef="E" />
  </semantic:process>
  <bpmndi:BPMNDiagram id="D"><bpmndi:BPMNPlane id="PL" bpmnElement="C1">{shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</semantic:definitions>"""
BOXES = {
    "P1": (20, 20, 640, 300), "L1": (50, 20, 610, 150), "L2": (50, 170, 610, 150), "S": (92, 77, 36, 36),
    "T1": (190, 55, 100, 80), "T2": (360, 205, 100, 80), "E": (552, 227, 36, 36),
}  # fmt: skip
LINES = {"F1": ((128, 95), (190, 95)), "F2": ((290, 95), (410, 95), (410, 205)), "F3": ((460, 245), (552, 245))}
WORDS = {
    "zh-CN": {"link": "打开别处画的图", "open": "打开", "done": "1 条泳道对上了角色", "left": "还没有角色的泳道：外聘顾问"},
    "en-GB": {"link": "Open a diagram from elsewhere", "open": "Open", "done": "found their role: 1", "left": "外聘顾问"},
}


def theirs() -> bytes:
    """The file as it comes."""
    bounds = '<dc:Bounds x="{}" y="{}" width="{}" height="{}" />'
    boxes = {own: bounds.format(*box) for own, box in BOXES.items()}
    shapes = "".join(f'<bpmndi:BPMNShape id="{own}_s" bpmnElement="{own}">{box}</bpmndi:BPMNShape>' for own, box in boxes.items())
    points = {own: "".join(f'<di:waypoint x="{x}" y="{y}" />' for x, y in line) for own, line in LINES.items()}
    edges = "".join(f'<bpmndi:BPMNEdge id="{own}_s" bpmnElement="{own}">{line}</bpmndi:BPMNEdge>' for own, line in points.items())
    return THEIRS.format(shapes=shapes + edges).encode()


def test_an_owner_opens_a_diagram_of_another_tool_and_mends_it_on_the_drawing(visit: Visit, office: Office) -> None:
    office.register()
    name, mend = "Rückruf (2).bpmn", {"zh-CN": "选角色", "en-GB": "Choose a role"}
    for language, said in WORDS.items():
        page = visit("曹颖", language=language)
        begun(page, language)
        page.get_by_role("link", name=said["link"]).click()
        page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/xml", "buffer": b"<mxfile/>"})
        page.get_by_role("button", name=said["open"], exact=True).click()
        expect(page.locator("[name=file]")).to_have_attribute("aria-invalid", "true")
        page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/xml", "buffer": theirs()})
        page.get_by_role("button", name=said["open"], exact=True).click()

        ready(page)
        expect(page.locator(".rd-notice--success")).to_contain_text(said["done"])
        expect(page.locator(".rd-notice--success")).to_contain_text(said["left"])
        expect(page.locator(".djs-shape[data-element-id=T1]")).to_be_visible()
        # What is missing stands at its place; the button leads to where it is chosen.
        page.locator(".rd-studio__mend", has_text=mend[language]).first.click(timeout=BUSY)
        role = page.locator("[data-rd-panel] [name=role]")
        expect(role).to_be_focused()
        role.select_option(index=1)
        saved(page)
        expect(page.locator(".rd-studio__mend", has_text=mend[language])).to_have_count(0, timeout=BUSY)
        picked(page, "T1")
        kept = file_of(page).decode()
        own = ("<!-- drawn in May, for the meeting -->", "Somebody</paint:author>", 'paint:colour="#ffcc00"', 'exporter="Paint"')
        assert [one for one in own if one not in kept] == []
        # What is copied is the whole of it.
        for do in ("copy", "paste"):
            page.locator(f"[data-rd-do={do}]").click()
        saved(page)
        own = ('paint:colour="#ffcc00"', '<paint:line wide="3">', "<paint:dash>7</paint:dash>")
        assert [file_of(page).decode().count(one) for one in own] == [2, 2, 2]
