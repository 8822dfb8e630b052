"""A schedule that waits for an operator is found, read and answered on the operations page."""

from __future__ import annotations

from engine.commands.schedules import RunSchedule, patience
from engine.domain.actor import COMPANY, SYSTEM
from engine.domain.text import Text
from tests.office import Office
from tests.web.conftest import Login


def test_an_operator_finds_and_dismisses_it(login: Login, office: Office) -> None:
    command = RunSchedule("reporting", "weekly_report_due", COMPANY)
    incident_id = office.application.execute(patience.parked(command, Text("坏了", "It is broken")), SYSTEM)
    owner = login("owner")

    assert "按日历开始" in owner.get("/operations").text
    assert "1" in owner.get("/dashboard").tree.xpath("//li[contains(., '停下来的故障')]")[0].text_content()
    page = owner.get(f"/operations/{incident_id}")

    assert page.status == 200 and "坏了" in page.text and page.tree.xpath("//form[contains(@action, '/retry')]")
    assert login("guard").get(f"/operations/{incident_id}").status == 404
