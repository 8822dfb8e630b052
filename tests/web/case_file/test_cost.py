"""What a tab of the longest case costs: few statements, whatever the case has been through."""

from __future__ import annotations

import pytest

from bench.meter import counted
from engine.bootstrap import Application
from tests.longest import longest_case
from tests.office import Office
from tests.web.conftest import Login
from webforms.blueprints.case_file.door import TABS

MOST = 10


@pytest.mark.parametrize("close", [True, False], ids=["closed", "open"])
def test_no_tab_asks_more_than_ten_statements_for_the_longest_case(
    login: Login, office: Office, application: Application, close: bool
) -> None:
    case = longest_case(office, close=close)
    reader = login("owner")
    addresses = {tab: f"/cases/{case.id}" if tab == "overview" else f"/cases/{case.id}/{tab}" for tab in TABS}

    asked = {}
    for tab, address in addresses.items():
        reader.get(address)
        with counted(application) as counts:
            assert reader.get(address).status == 200
        asked[tab] = counts.statements

    assert {tab: statements for tab, statements in asked.items() if statements > MOST} == {}
