"""Nothing of a procedure is known to code: owners rename and add things by editing files alone."""

from __future__ import annotations

from pathlib import Path

from tests.architecture.procedure_names import procedure_names
from tests.architecture.source import strings

MANIFEST = """
key: garden
roles: {gardener: {zh: 园丁, en: Gardener}}
moments: {watered_at: {zh: 浇水, en: Watered}}
limits: {watering: {zh: 浇水, en: Watering}}
known_to_code: [plant]
"""
FIELDS = """
plant: {type: text, zh: 植物, en: Plant}
soil: {type: choice, zh: 土, en: Soil, choices: [{value: loam, zh: 壤土, en: Loam}, peat]}
"""
DIAGRAM = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="file">
<process id="tending"><laneSet><lane id="bed"/></laneSet><userTask id="dig"/><sequenceFlow id="dig_to_plant"/></process>
</definitions>"""
LIMITS = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision><decisionTable><rule>
<inputEntry><text>"watering", "weeding"</text></inputEntry><inputEntry><text>"dry"</text></inputEntry>
</rule></decisionTable></decision></definitions>"""
CODE = '"""gardener"""\n\n\ndef dig(soil):\n    """Uses loam."""\n    return soil == "loam"\n'
TEMPLATE = "<p class='peat'>{% if role == 'gardener' %}{{ _(\"watering\") }}{% endif %}</p>"
INVENTED = {"gardener", "watered_at", "watering", "weeding", "soil", "loam", "peat", "tending", "bed", "dig", "dig_to_plant"}


def test_no_name_of_a_procedure_stands_in_code(repository: Path) -> None:
    strays = known_names(repository)

    assert not strays, "\n".join(strays)


def test_the_collector_finds_every_kind_of_name(tmp_path: Path) -> None:
    write_garden(tmp_path)

    names = procedure_names(tmp_path / "processes" / "garden")

    assert names == INVENTED


def test_a_name_in_code_or_in_a_template_expression_is_found_and_prose_is_not(tmp_path: Path) -> None:
    write_garden(tmp_path)
    write(tmp_path / "engine" / "digging.py", CODE)
    write(tmp_path / "webforms" / "templates" / "bed.html", TEMPLATE)
    write(tmp_path / "webforms" / "frontend" / "tool.py", CODE)

    strays = known_names(tmp_path)

    assert strays == [
        "engine/digging.py:6 loam",
        "webforms/templates/bed.html:1 gardener",
        "webforms/templates/bed.html:1 watering",
    ]


def known_names(root: Path) -> list[str]:
    invented = {name for manifest in root.glob("processes/*/procedure.yaml") for name in procedure_names(manifest.parent)}
    return [str(found) for found in strings(root) if found.what in invented]


def write_garden(root: Path) -> None:
    folder = root / "processes" / "garden"
    for name, text in {"procedure.yaml": MANIFEST, "fields.yaml": FIELDS, "tending.bpmn": DIAGRAM, "limits.dmn": LIMITS}.items():
        write(folder / name, text)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
