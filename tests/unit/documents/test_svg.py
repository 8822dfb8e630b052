"""Drawing a diagram again: everything that is drawn, every name as text, every line of words within its room."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from engine.domain.text import Text
from engine.outbound.documents.svg import PAGE_MM, SIZE, broken, drawn, wide
from engine.procedure import Procedure, load_folder, open_procedure
from engine.procedure.diagrams import Diagram
from engine.procedure.diagrams.picture import Picture, picture_of

SVG = "{http://www.w3.org/2000/svg}"
BPMN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"
 xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:wp="http://www.omg.org/spec/DD/20100524/DI"><process id="p">
<startEvent id="begin"/><userTask id="evil" name="{name}"/><sequenceFlow id="way" sourceRef="begin" targetRef="evil"/></process>
<di:BPMNDiagram><di:BPMNPlane bpmnElement="p">
<di:BPMNShape bpmnElement="begin"><dc:Bounds x="0" y="0" width="36" height="36"/></di:BPMNShape>
<di:BPMNShape bpmnElement="evil"><dc:Bounds x="{x}" y="0" width="100" height="80"/></di:BPMNShape>
<di:BPMNEdge bpmnElement="way"><wp:waypoint x="36" y="18"/><wp:waypoint x="90" y="18"/></di:BPMNEdge>
</di:BPMNPlane></di:BPMNDiagram></definitions>"""


def diagram(name: str = "办", x: str = "90") -> Diagram:
    return Diagram("p", "p.bpmn", Text("图", "Drawing"), BPMN.format(name=name, x=x).encode())


def shown(picture: Picture, language: str = "zh_Hans") -> etree._Element:
    return etree.fromstring(str(drawn(picture, language)).encode())


@pytest.fixture(scope="module")
def procedures(repository: Path) -> Mapping[str, Procedure]:
    folders = [path.parent for path in repository.glob("processes/*/procedure.yaml")]
    return {folder.name: open_procedure(load_folder(folder)) for folder in folders}


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_every_element_of_every_shipped_diagram_is_drawn_by_name(procedures: Mapping[str, Procedure], language: str) -> None:
    for procedure in procedures.values():
        for one in procedure.diagrams.values():
            picture = picture_of(one)
            assert picture is not None
            said = "".join("".join(map(str, text.itertext())) for text in shown(picture, language).iter(f"{SVG}text"))
            elements = [element for element in procedure.elements.values() if element.process_id == one.process_id]
            named = {shape.id: shape.text for shape in picture.shapes}
            assert {element.id for element in elements} <= named.keys(), one.file
            for text in named.values():
                assert text.in_language(language).replace(" ", "") in said.replace(" ", ""), (one.file, text)


def test_a_name_is_text_and_never_markup() -> None:
    picture = picture_of(diagram("&lt;script&gt;x&lt;/script&gt;&quot;"))

    assert picture is not None
    assert "<script" not in str(drawn(picture, "zh_Hans"))
    assert "".join(map(str, shown(picture).itertext())) == '<script>x</script>"'


@pytest.mark.parametrize("x", ["", "NaN", "Infinity", "1e999999", "far"])
def test_what_has_no_place_is_left_out(x: str) -> None:
    picture = picture_of(diagram(x=x))

    assert picture is not None and [shape.id for shape in picture.shapes] == ["begin"]


def test_a_file_that_cannot_be_read_has_no_picture() -> None:
    assert picture_of(Diagram("p", "p.bpmn", Text("图", "x"), b"<definitions>")) is None
    assert picture_of(Diagram("p", "p.bpmn", Text("图", "x"), b"<definitions/>")) is None


def test_a_picture_fits_the_page(procedures: Mapping[str, Procedure]) -> None:
    for procedure in procedures.values():
        for one in procedure.diagrams.values():
            picture = picture_of(one)
            assert picture is not None
            size = [int(str(shown(picture).get(side)).removesuffix("mm")) for side in ("width", "height")]
            assert 0 < size[0] <= PAGE_MM[0] and 0 < size[1] <= PAGE_MM[1]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("召开办公会议", ["召开办公会", "议"]),
        ("Hold the office meeting", ["Hold the", "office", "meeting"]),
        ("A" * 20, ["A" * 8, "A" * 8, "A" * 4]),
        ("报 GM 知", ["报 GM 知"]),
    ],
)
def test_words_break_where_their_writing_allows(text: str, lines: list[str]) -> None:
    assert broken(text, 60) == lines
    assert all(wide(line, SIZE) <= 60 for line in lines)
