"""The procedure is read by those who cannot see the drawing: every step, who does it, by which clause, and then."""

from __future__ import annotations

import json

import pytest

from engine.procedure.diagrams.ways import Stop, stops_of
from tests.office import Office
from tests.web.conftest import Login


def flattened(stops: tuple[Stop, ...]) -> list[Stop]:
    """Each with what lies in it."""
    return [one for stop in stops for one in (stop, *stop.edges, *flattened(stop.inside))]


def test_every_element_of_every_diagram_is_told_and_every_way_leads_somewhere(office: Office) -> None:
    catalogue = office.application.catalogue
    for key in catalogue.keys_in_force(office.clock.now()):
        procedure = catalogue.in_force(key, office.clock.now()).procedure
        told = {one.id: one for diagram in procedure.diagrams.values() for one in flattened(stops_of(diagram))}
        assert set(told) == set(procedure.elements)
        assert all(way.to in told for one in told.values() for way in one.ways)


def test_the_first_step_told_is_where_one_begins(office: Office) -> None:
    procedure = office.application.catalogue.intake(office.clock.now()).procedure
    for diagram in procedure.diagrams.values():
        first = stops_of(diagram)[0]
        assert first.kind == "startEvent", diagram.process_id


@pytest.mark.parametrize("who", ["engineer", "guard"])
def test_any_of_the_staff_reads_who_does_what_by_which_clause(login: Login, office: Office, who: str) -> None:
    page = login(who).get("/procedure?sheet=investigate")

    (step,) = [
        found for found in page.tree.find_class("rd-steps")[0].xpath(".//ol/li") if found.xpath("string(./span[1])") == "查明原因"
    ]
    words = " ".join(step.text_content().split())
    assert "谁来做责任部门" in words and "受理部门查清具体原因" in words and "到了“当日整改措施”" in words
    (then,) = step.xpath("./p/a/@href")
    assert page.tree.xpath(f"//li[@id='{then[1:]}']"), "the way on leads to a step of the page"


def test_pointing_at_an_element_tells_its_clauses(login: Login, office: Office) -> None:
    page = login("engineer").get("/procedure?sheet=investigate")
    state = json.loads(page.tree.xpath("string(//script[@id='diagram-complaint'])"))

    assert "S0.5 受理部门查清具体原因" in state["notes"]["find_cause"]
