"""One running case and people of every kind before it, each with what the table of permissions should open to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask

from engine.commands import cases, directory, plans, sanctions, versions, work
from engine.demo import PASSWORD
from engine.domain.actor import SYSTEM, Actor
from engine.domain.document_events import DocumentIssued
from engine.domain.text import Text
from engine.procedure import Bundle
from engine.storage import tables as t
from tests.engine.test_bad_input import picture
from tests.office import Case, Office
from tests.papers import issue, plainly
from tests.web.access.beside import kept_beside, ordered, put_file, replayed, staged
from tests.web.pages import Browser
from webforms.access.routes import Ask, Rule

SIGN_IN, ALLOWED = "sign in", "allowed"
#: The task that the case stands at: engineering does it.
TASK = "find_cause"
#: A document that everybody of the estate issues.
PAPER = "registration_form"
RECEIPT = "receipt-of-the-engineer"
MESSAGE = "a-message"
LOGINS = {
    "reception of this estate": "reception",
    "reception of another estate": "bitong",
    "staff of the department": "engineer",
    "staff of another department": "cleaner",
    "deputy of a supervisor": "deputy",
    "watcher from another estate": "watcher",
    "process owner": "owner",
    "administrator": "admin",
}
NOBODY = ("signed out", "deactivated")


@dataclass(frozen=True)
class Scene:
    """The case, what stands for each part of an address, and the session of somebody who has left."""

    office: Office
    case: Case
    named: Mapping[str, str]
    left_over: Mapping[str, Any]
    draft: Mapping[str, Any]
    waiting: Mapping[str, Any]

    def browser(self, app: Flask, who: str) -> Browser:
        """A browser with a fresh session of that person; who was deactivated still has an old one."""
        if who in LOGINS:
            return Browser(app, self.office.person_id(LOGINS[who]))
        browser = Browser(app)
        if who == "deactivated":
            with browser.client.session_transaction() as session:
                session.update(self.left_over)
        return browser

    def put_back(self) -> None:
        """Whatever the last visit did: the engineer holds the task again, and the incident waits."""
        if self.case.item(TASK)["holder_id"] is None:
            self.case.do(work.Claim(self.named["item_id"]), "engineer")
        put_file(self.office)
        with self.office.application.database.write() as connection:
            connection.execute(t.incident.update().values(resolved_at=None))
            connection.execute(t.export.update().values(state="done"))
            connection.execute(t.service_plan.update().values(state="open"))
            connection.execute(t.replay_run.update().values(state="waiting"))
            connection.execute(t.person.update().where(t.person.c.id == self.named["person_id"]).values(active=True))
            if connection.execute(t.staged_import.select()).first() is None:
                connection.execute(t.staged_import.insert().values(self.waiting))
            connection.execute(t.receipt.update().values(confirmed_at=None, confirmed_by=None))
            connection.execute(t.procedure_draft.delete())
            connection.execute(t.procedure_draft.insert().values(self.draft))

    def expected(self, who: str, rule: Rule) -> str | int:
        """What the table says, thought out anew from the grants alone."""
        if rule.ask is Ask.NOTHING:
            return ALLOWED
        if who in NOBODY:
            return SIGN_IN
        actor = self.office.actor(LOGINS[who])
        if rule.ask is Ask.SIGNED_IN:
            return ALLOWED
        if rule.ask is Ask.ADMINISTRATOR:
            return ALLOWED if who == "administrator" else 403
        if rule.ask is Ask.STAFF:
            return ALLOWED if actor.grants else 403
        if rule.ask is Ask.KEEPER:
            return ALLOWED if self._keeps(actor, rule) else 403
        if rule.ask in (Ask.LEDGER, Ask.RESULT):
            return ALLOWED if self._keeps(actor, rule) or self._took_the_check(actor, rule) else 404
        if rule.ask is Ask.EXAMINED:
            return ALLOWED if self.named["role"] in {grant.role for grant in actor.grants if not grant.deputising_for} else 403
        if rule.ask in (Ask.INSPECTOR, Ask.MEASURE):
            responsible = rule.ask is Ask.MEASURE and actor.person_id == self.office.person_id("keeper")
            return ALLOWED if responsible or self._acts(actor, str(rule.action)) else 404
        if rule.ask is Ask.PLAN:
            there = any(grant.estate_id in (None, self._estate) for grant in actor.grants)
            return 404 if not there else ALLOWED if rule.action is None or self._acts(actor, rule.action) else 403
        if rule.ask is Ask.APPROVER:
            return ALLOWED if actor.roles & {"general_manager", "board"} else 403
        if rule.ask in (Ask.OPERATOR, Ask.INCIDENT, Ask.PROCEDURE_OWNER, Ask.SIGNER):
            # The proposal waits for its author, who is the owner.
            refused = 404 if rule.ask is Ask.INCIDENT else 403
            return ALLOWED if actor.administrator or "process_owner" in actor.roles else refused
        if rule.ask is Ask.REPLAYED:
            # An administrator without a role reads no case.
            return ALLOWED if "process_owner" in actor.roles else 404 if actor.administrator else 403
        if rule.ask is Ask.STARTER:
            return ALLOWED if actor.roles & {"process_owner", "manager", "general_manager"} else 403
        if rule.ask is Ask.RECIPIENT and actor.person_id == self.office.person_id("engineer"):
            return ALLOWED
        if rule.ask in (Ask.ADDRESSEE, Ask.EXPORTER):
            return ALLOWED if actor.person_id == self.office.person_id("engineer") else 404
        if not (_covers(actor, self._estate) or who.startswith("watcher")):
            return 404
        return ALLOWED if self._may(actor, rule) else 403

    def _may(self, actor: Actor, rule: Rule) -> bool:
        if rule.instead and self._acts(actor, rule.instead):
            return True
        if rule.action and not self._acts(actor, rule.action):
            return False
        if rule.ask is Ask.ACTION:
            return self._acts(actor, self.named["action"])
        # The engineer holds the task, so whoever else may do it is not asked for here.
        does = actor.person_id == self.office.person_id("engineer")
        here = any(grant.estate_id in (None, self._estate) for grant in actor.grants)
        owns = actor.administrator or "process_owner" in actor.roles
        return {Ask.DOER: does, Ask.HOLDER: does, Ask.OWNER: owns, Ask.ISSUER: here, Ask.RECIPIENT: False}.get(rule.ask, True)

    def _took_the_check(self, actor: Actor, rule: Rule) -> bool:
        return rule.ask is Ask.RESULT and actor.person_id == self.office.person_id("keeper")

    def _keeps(self, actor: Actor, rule: Rule) -> bool:
        procedure = self.office.application.catalogue.intake(self.office.clock.now()).procedure
        return bool(actor.roles.intersection(procedure.actions[str(rule.action)].roles))

    def _acts(self, actor: Actor, action: str) -> bool:
        roles = self.office.application.catalogue.intake(self.office.clock.now()).procedure.actions[action].roles
        if "any" in roles:
            return any(grant.estate_id in (None, self._estate) for grant in actor.grants)
        return _covers(actor, self._estate, roles)

    @property
    def _estate(self) -> str:
        return self.office.estate_id()


def _covers(actor: Actor, estate_id: str, roles: tuple[str, ...] | None = None) -> bool:
    return any(
        grant.estate_id in (None, estate_id)
        and grant.department in (None, "engineering")
        and (roles is None or grant.role in roles)
        for grant in actor.grants
    )


def make(app: Flask, office: Office) -> Scene:
    """The case stands at engineering's task, which the engineer holds; everybody is there and has signed in."""
    hire(office, "deputy")
    hire(office, "watcher", ("reception", office.estate_id("BT")))
    leaver = hire(office, "leaver", ("reception", office.estate_id()))
    now = office.clock.now()
    stands_in = (office.person_id("supervisor"), office.person_id("deputy"), now - timedelta(hours=1), now + timedelta(days=30))
    row_id = office.execute(directory.SetDeputy(*stands_in), "admin")
    case = office.register()
    case.reach(TASK)
    file_id = case.do(cases.Attach(case.id, "photo.jpg", picture()), "reception")
    plainly(office)
    issue(case, PAPER)
    _watch(office, case)
    _send(office, case)
    left_over = _session_of(app, leaver)
    office.execute(directory.SavePerson("leaver", "离职", person_id=leaver, active=False), "admin")
    draft = _propose(office)
    named = _named(office, case, file_id, row_id)
    named |= {"run_id": replayed(office, draft["id"]), "side": "after"}
    named |= {"draft_id": draft["id"], "path": "limits.dmn", "field": "investigation_evidence"}
    scene = Scene(office, case, named, left_over, draft, staged(office))
    scene.put_back()
    return scene


def _propose(office: Office) -> dict[str, Any]:
    """A proposal of the owner's, version 2, and a draft beside it."""
    bundle = office.application.catalogue.intake(office.clock.now()).procedure.bundle
    limits = bundle.files["limits.dmn"].replace(b"<text>12</text>", b"<text>8</text>", 1)
    later, reason = office.clock.now() + timedelta(days=1), Text("太慢", "Too slow")
    office.execute(versions.ProposeVersion(Bundle({**bundle.files, "limits.dmn": limits}), reason, later), "owner")
    office.execute(versions.TakeUpload("complaint", "limits.dmn", limits), "owner")
    return dict(office.rows(t.procedure_draft.select())[0])


def hire(office: Office, login: str, *grants: tuple[str, str]) -> str:
    """A demo person with these grants: role and estate."""
    person_id = str(office.application.execute(directory.SavePerson(login, login, password=PASSWORD, demo=True), SYSTEM))
    for role, estate_id in grants:
        office.execute(directory.GrantRole(person_id, role, estate_id), "admin")
    return person_id


def _session_of(app: Flask, person_id: str) -> dict[str, Any]:
    with Browser(app, person_id).client.session_transaction() as session:
        return dict(session)


def _plan(office: Office) -> str:
    """An improvement plan of the estate."""
    days = (date(2026, 8, 1), date(2026, 8, 31))
    who = office.person_id("keeper")
    made = plans.SavePlan(office.estate_id(), "改进", "原因", "措施", who, date(2026, 12, 1), "received", *days)
    return str(office.execute(made, "manager"))


def _praise(office: Office) -> str:
    """A line of the ledger."""
    whom, given = (office.person_id("keeper"), None), ("bonus", Decimal(100), "奖金", "得力", "董事", date(2026, 9, 1))
    return str(office.execute(sanctions.EnterConduct("reward", office.estate_id(), *whom, *given), "manager"))


def _watch(office: Office, case: Case) -> None:
    row = {"case_id": case.id, "person_id": office.person_id("watcher")}
    with office.application.database.write() as connection:
        connection.execute(t.watcher.insert().values(row))


def _send(office: Office, case: Case) -> None:
    """A report about the case, sent to the engineer, and a message that says so."""
    sent = {"case_id": case.id, "person_id": office.person_id("engineer"), "sent_at": office.clock.now()}
    names = {"id": RECEIPT, "recipient": "engineering", "name_zh": "工程部", "name_en": "Engineering"}
    with office.application.database.write() as connection:
        connection.execute(t.receipt.insert().values(sent | names))
        said = {"id": MESSAGE, "case_id": case.id, "person_id": office.person_id("engineer"), "at": office.clock.now()}
        connection.execute(t.notification.insert().values(**said, text_zh="报告已送达", text_en="It has come", urgent=False))


def _named(office: Office, case: Case, file_id: str, row_id: str) -> dict[str, str]:
    home = office.rows(t.household.select().where(t.household.c.estate_id == office.estate_id()))[0]
    grant = office.rows(t.role_grant.select().where(t.role_grant.c.person_id == office.person_id("keeper")))[0]
    procedure = office.application.catalogue.intake(office.clock.now()).procedure
    return {
        "case_id": case.id,
        "action": "withdraw",
        "item_id": case.item(TASK)["id"],
        "attachment_id": file_id,
        "document": PAPER,
        "document_id": case.events(DocumentIssued)[0].document_id,
        "process_id": procedure.main,
        "key": procedure.key,
        "name": "mine",
        "which": "late",
        "plan_id": _plan(office),
        "entry_id": _praise(office),
        "of": "breached",
        "filename": "fallback.css",
        "receipt_id": RECEIPT,
        "message_id": MESSAGE,
        "procedure_key": "review",
        "element_id": "new_kind_reported",
        "person_id": office.person_id("keeper"),
        "grant_id": grant["id"],
        "estate_id": office.estate_id(),
        "unit_id": home["unit_id"],
        "household_id": home["id"],
        "row_id": row_id,
        "number": "2",
        "before": "1",
        "after": "2",
        **kept_beside(office),
        "migration_id": ordered(office, case.id),
        "incident_id": office.application.execute(_incident(case), SYSTEM),
    }


def _incident(case: Case) -> cases.ParkIncident:
    said = Text("这一步没有做成。", "This step failed.")
    return cases.ParkIncident(said, TASK, "Complete", {"answers": {}}, case.id, subject_id=case.item(TASK)["id"])
