"""docs/permissions.md says what the rules say, and no address is without a rule."""

from __future__ import annotations

from tests.architecture import permissions
from webforms.access.routes import ROUTES

MEND = "run: python -m tests.architecture.permissions"


def test_the_page_is_what_the_rules_say() -> None:
    assert permissions.PAGE.read_text(encoding="utf-8") == permissions.page(), MEND


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    endpoints = {endpoint for _, endpoint, _ in permissions.addresses()}

    assert endpoints == set(ROUTES), "webforms/access/routes.py lists what each address asks"


def test_every_action_that_an_address_asks_is_one_of_the_procedure() -> None:
    known = {action for procedure in permissions.procedures() for action in procedure.actions}
    asked = {action for rule in ROUTES.values() for action in (rule.action, rule.instead) if action}

    assert asked <= known
