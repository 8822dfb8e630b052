"""Everything that a procedure says to people is written in Chinese and in English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from engine.domain.text import Text
from engine.outbound.traditional import ZH_HANT, written
from engine.procedure import Procedure, load_folder, open_procedure
from engine.procedure.trying import story_files
from engine.procedure.writing.called import SECTIONS
from engine.procedure.writing.stories import title_of
from engine.procedure.writing.usage import form_usages, usages
from tests.redrawing import changed

HAN = re.compile(r"[\u4e00-\u9fff]")
FOLDERS = sorted(path.parent.name for path in (Path(__file__).parents[3] / "processes").glob("*/procedure.yaml"))
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ENGLISH = "{http://spiffworkflow.org/bpmn/schema/1.0/core}property[@name='name_en']"


@pytest.fixture(scope="module", params=FOLDERS)
def procedure(request: pytest.FixtureRequest, repository: Path) -> Procedure:
    return open_procedure(load_folder(repository / "processes" / request.param))


def said(procedure: Procedure) -> Iterator[tuple[str, Text | None]]:
    """Every text with where it stands."""
    yield "title", procedure.title
    for kind in ("roles", "moments", "actions", "vocabulary"):
        yield from ((f"{kind} {key}", entry.label) for key, entry in getattr(procedure, kind).items())
    for kind in ("limits", "facts"):
        yield from ((f"{kind} {key}", label) for key, label in getattr(procedure, kind).items())
    for key, action in procedure.actions.items():
        yield from ((f"action {key}", text) for text in (action.hint, action.said))
    for key, field in procedure.vocabulary.items():
        yield f"help of {key}", field.help
        yield from ((f"choice {key}.{choice.value}", choice.label) for choice in field.choices)
    yield "apology", procedure.intake.apology
    for key, clause in procedure.clauses.items():
        yield f"clause {key}", clause.text
    for name, form in procedure.forms.items():
        yield from ((f"form {name} {component.id}", text) for component in every(form.components) for text in of(component))
    for key, decision in procedure.decisions.items():
        yield f"decision {key}", decision.label
        for column in (*decision.inputs, *decision.outputs):
            yield f"column of {key}", column.label
        yield from ((f"row {rule.index} of {key}", rule.note) for rule in decision.rules)


def every(components: Any) -> Iterator[Any]:
    for component in components:
        yield component
        yield from every(component.children)


def of(component: Any) -> tuple[Text | None, ...]:
    return (component.label if component.says_something else None, component.help, component.text)


def test_every_text_says_the_same_in_both_languages(procedure: Procedure) -> None:
    lacking = [where for where, text in said(procedure) if text is not None and not both(text)]

    assert lacking == []


def both(text: Text) -> bool:
    """Chinese has signs that English has not; what has none, such as a number, needs no translation."""
    return not HAN.search(text.en) and bool(text.zh.strip()) == bool(text.en.strip())


def test_every_name_in_a_drawing_has_its_english(procedure: Procedure) -> None:
    lacking = []
    for diagram in procedure.diagrams.values():
        for element in etree.fromstring(diagram.xml).iter(f"{BPMN}*"):
            english = element.find(f"{BPMN}extensionElements//{ENGLISH}")
            if HAN.search(element.get("name") or "") and (english is None or HAN.search(str(english.get("value")))):
                lacking.append((diagram.file, element.get("id"), element.get("name")))

    assert lacking == []


def test_units_are_written_as_each_language_writes_them(procedure: Procedure) -> None:
    units = [field.unit_said for field in procedure.vocabulary.values() if field.unit_said]

    assert [unit for unit in units if re.search("[A-Za-z]", unit.zh) or not both(unit)] == []


def test_every_story_is_named_in_both_languages(procedure: Procedure) -> None:
    names = {file: title_of(content) for file, content in story_files(procedure.bundle).items()}

    assert names and [file for file, name in names.items() if name is None or name.zh == name.en or not both(name)] == []
    assert len({name.en for name in names.values() if name}) == len(names)


@pytest.mark.parametrize(
    ("written", "en"),
    [
        ("scenario: 查因", "查因"),
        ("scenario: 查因\nscenario_en: 'The form \"Find the cause\": asks'", 'The form "Find the cause": asks'),
        ("scenario: 查因\nscenario_en: 'The head''s reply: late'", "The head's reply: late"),
        ('scenario: 查因\nscenario_en: "half', "half"),
    ],
)
def test_a_story_is_called_as_yaml_reads_it_and_by_its_chinese_name_without_another(written: str, en: str) -> None:
    assert title_of(written.encode()) == Text("查因", en)


def test_every_place_where_something_is_used_has_a_name_in_both_languages(procedure: Procedure) -> None:
    bundle = procedure.bundle
    asked = [place for path in bundle.named(".form", "forms") for place in form_usages(bundle, path)]
    places = dict.fromkeys([*(place for found in usages(bundle).values() for place in found), *asked])

    assert [place for place in places if not both(place.name) or not place.name.en.strip()] == [], "not English"
    assert [place for place in places if not HAN.search(place.name.zh)] == [], "not Chinese, such as an id"


def test_every_section_of_the_settings_has_a_name(procedure: Procedure) -> None:
    assert set(procedure.manifest.source.mapping()) <= set(SECTIONS)


def test_what_has_no_name_is_called_by_its_kind_and_what_it_stands_beside(repository: Path) -> None:
    shipped = load_folder(repository / "processes/complaint")
    drawing = shipped.files["assign.bpmn"].decode()
    for lost in (r'(id="is_dispatch_accepted") name="[^"]*"', r'(id="mark_assigned") name="[^"]*"'):
        drawing = re.sub(lost, r"\1", drawing)
    drawing = drawing.replace('name="name_en" value="Dispatched"', 'name="name_en" value=""')

    found = usages(changed(shipped, {"assign.bpmn": drawing.encode()}))

    names = {place.element: place.name for places in found.values() for place in places if place.file == "assign.bpmn"}
    assert names["mark_assigned"] == Text("“已定责”之前的赋值任务", 'script task before "Assigned"')
    assert names["flow_is_dispatch_accepted_mark_assigned"] == Text("判断 → 赋值任务（是）", "decision point → script task (Yes)")
    assert names["flow_is_assigned_acknowledge_dispatch"].en == "How far? → Acknowledge the dispatch"


def test_names_in_chinese_alone_are_read_in_traditional_characters(repository: Path) -> None:
    shipped = load_folder(repository / "processes/complaint")
    alone = open_procedure(changed(shipped, dict(_in_chinese_alone(shipped.files))))

    names = [*said(alone), *((key, element.label) for key, element in alone.elements.items())]
    assert [where for where, text in names if text and text.zh == text.en and HAN.search(text.zh) and not text.named] == []
    assert written(alone.elements["judge_complaint"].label, ZH_HANT) == "二 判斷投訴"


def _in_chinese_alone(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files as an owner leaves them who writes no English."""
    for path, content in files.items():
        text = content.decode()
        if path.endswith(".yaml") and not path.startswith("scenarios/"):
            yield path, yaml.safe_dump(_without_english(yaml.safe_load(text)), allow_unicode=True, sort_keys=False).encode()
        elif path.endswith((".bpmn", ".dmn")):
            text = re.sub(r'<spiffworkflow:property name="(?:name|instructions)_en"[^>]*/>', "", text)
            yield path, re.sub(r' (?:redress:)?en="[^"]*"', "", text).encode()
        elif path.endswith(".form"):
            yield path, re.sub(r'"(label|help|text)_en": "(?:[^"\\]|\\.)*"', r'"\1_en": ""', text).encode()


def _without_english(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_english(part) for key, part in data.items() if key not in ("en", "help_en")}
    return [_without_english(part) for part in data] if isinstance(data, list) else data
