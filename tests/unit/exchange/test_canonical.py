"""Files are written alike whichever editor made them, and nothing that was written is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.procedure import Bundle, load_folder
from engine.procedure.exchange.canonical import canonical, canonical_file

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
STRANGE = f"""<?xml version='1.0' encoding="UTF-8" standalone="yes"?>
<!-- drawn by hand -->
<definitions xmlns="{BPMN}" xmlns:odd="urn:odd" id='d'><?keep this?>
<process isExecutable="true" odd:tone="low &quot;b&quot;" name="一&#10;二"   id="p">
  <documentation>Read <odd:b>this</odd:b> first. </documentation>
  <extensionElements><odd:thing xmlns:new="urn:new" new:b="2" a="1"><plain xmlns=""/></odd:thing></extensionElements>
  <scriptTask id="s"><script><![CDATA[a = 1 < 2
b = "x"]]></script></scriptTask><!-- the end --></process></definitions>
"""
WRITTEN = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- drawn by hand -->
<definitions xmlns="{BPMN}" xmlns:odd="urn:odd" id="d">
  <?keep this?>
  <process id="p" name="一&#10;二" isExecutable="true" odd:tone="low &quot;b&quot;">
    <documentation>Read <odd:b>this</odd:b> first. </documentation>
    <extensionElements>
      <odd:thing xmlns:new="urn:new" a="1" new:b="2">
        <plain xmlns="" />
      </odd:thing>
    </extensionElements>
    <scriptTask id="s">
      <script>a = 1 &lt; 2
b = "x"</script>
    </scriptTask>
    <!-- the end -->
  </process>
</definitions>
"""


def test_a_file_of_another_editor_is_written_our_way_and_keeps_everything() -> None:
    assert canonical_file("a.bpmn", STRANGE.encode()).decode() == WRITTEN


@pytest.mark.parametrize(
    "text", [STRANGE, WRITTEN, '<a xml:space="preserve"> <b/> </a>', "<a> </a>", "<p:a xmlns:p='u' p:b='&#13;'>&#13;x</p:a>"]
)
def test_writing_twice_changes_nothing(text: str) -> None:
    once = canonical_file("a.dmn", text.encode())

    assert canonical_file("a.dmn", once) == once


@pytest.mark.parametrize("text", ["<a", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a>" * 300 + "</a>" * 300, "{"])
@pytest.mark.parametrize("path", ["a.bpmn", "forms/a.form"])
def test_what_cannot_be_read_stays_as_it_came(path: str, text: str) -> None:
    assert canonical_file(path, text.encode()) == text.encode()


def test_the_shipped_files_are_written_our_way(repository: Path) -> None:
    shipped = load_folder(repository / "processes" / "complaint")

    assert [path for path, data in shipped.files.items() if canonical_file(path, data) != data] == []


def test_saving_and_loading_keeps_the_digest(tmp_path: Path) -> None:
    bundle = canonical(
        Bundle({"procedure.yaml": b"key: a\r\n", "a.bpmn": STRANGE.encode(), "forms/f.form": b'{"b":1.50,"a":"\\u4e00"}'})
    )
    for path, data in bundle.files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)

    assert load_folder(tmp_path).digest == canonical(load_folder(tmp_path)).digest == bundle.digest


def test_what_goes_without_saying_is_not_written_and_shapes_stand_in_the_order_of_the_model() -> None:
    di = "http://www.omg.org/spec/BPMN/20100524/DI"
    task = '<userTask id="b" isForCompensation="false" startQuantity="1" o:startQuantity="1" implementation="##WebService"/>'
    edge = '<boundaryEvent id="c" cancelActivity="false"/>'
    model = f'<process id="p"><startEvent id="a" isInterrupting="true"/>{task}{edge}</process>'
    shapes = "".join(f'<di:BPMNShape id="{key}_di" bpmnElement="{key}"/>' for key in ("c", "b", "a"))
    drawn = f"<di:BPMNDiagram><di:BPMNPlane>{shapes}</di:BPMNPlane></di:BPMNDiagram>"
    drawing = f'<definitions xmlns="{BPMN}" xmlns:di="{di}" xmlns:o="urn:o">{model}{drawn}</definitions>'

    written = canonical_file("a.bpmn", drawing.encode()).decode()

    assert '<startEvent id="a" />' in written
    assert '<userTask id="b" implementation="##WebService" o:startQuantity="1" />' in written
    assert 'cancelActivity="false"' in written
    assert [line.partition('bpmnElement="')[2][0] for line in written.splitlines() if "BPMNShape" in line] == ["a", "b", "c"]


def test_a_table_says_how_its_rows_are_taken_even_where_that_is_the_usual() -> None:
    table = "<decisionTable xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' id='t'{}/>"
    said, unsaid = (canonical_file("a.dmn", table.format(policy).encode()) for policy in (' hitPolicy="UNIQUE"', ""))

    assert said == unsaid and b'hitPolicy="UNIQUE"' in said
