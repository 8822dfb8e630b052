"""A complaint for each path, with names and words that can be looked for afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from engine.commands import cases, schedules, work
from engine.storage import tables as t
from tests.office import Case, Office
from tests.papers import issue, plainly

#: What is personal and typed into the stories; none of it may stand anywhere but in the payload table and the directory.
SECRETS = {
    "complainant_name": "欧阳雪梅",
    "complainant_phone": "13912345678",
    "complainant_address": "秘密路九号",
    "subject": "隐私事由甲",
    "description": "隐私经过乙",
    "occurred_place": "隐私地点丙",
    "accused_person": "隐私被投诉人丁",
    "cause": "隐私原因戊",
    "plan_text": "隐私方案己",
    "dissatisfied_reason": "隐私不满庚",
}
SAID = ("隐私留言辛", "隐私来电壬", "隐私理由癸")
TYPED = {key: SECRETS[key] for key in ("complainant_name", "complainant_phone", "complainant_address", "subject", "description")}
INTAKE: dict[str, Any] = {**TYPED, "occurred_place": SECRETS["occurred_place"], "accused_person": SECRETS["accused_person"]}
LATER = {"cause": SECRETS["cause"], "plan_text": SECRETS["plan_text"]}


def minor(office: Office) -> Case:
    """Minor, with a contact, a comment, a correction, a file, a document issued and a link on the way."""
    other = office.register()
    case = office.register(**INTAKE)
    case.reach("find_cause")
    case.do(cases.AddComment(case.id, SAID[0]), "reception")
    case.do(cases.LogContact(case.id, SAID[1]), "reception")
    case.do(cases.Correct(case.id, "complainant_name", "欧阳雪梅", SAID[2]), "reception")
    case.do(cases.Link(case.id, other.number, SAID[2]), "supervisor")
    case.do(cases.Attach(case.id, "隐私留言辛.pdf", b"%PDF-1.4 x"), "reception")
    plainly(office)
    issue(case, "registration_form")
    item_id = case.item("find_cause")["id"]
    case.do(work.PassOn(item_id, "security", SAID[2]), "engineer")
    case.do(work.SendBack(item_id, SAID[2]), "guard")
    case.do(work.Claim(item_id), "engineer")
    case.do(work.SaveDraft(item_id, {"cause": SAID[0]}), "engineer")
    case.finish(**LATER)
    return case


def important(office: Office) -> Case:
    """Important, with the promise late."""
    case = office.register(poor_service=True, **INTAKE)
    office.let_pass(days=2)
    case.finish(poor_service=True, **LATER)
    return case


def major(office: Office) -> Case:
    """Major from the start."""
    case = office.register(serious_harm=True, **INTAKE)
    case.finish(serious_harm=True, **LATER)
    return case


def invalid(office: Office) -> Case:
    """Invalid, and nobody objects."""
    case = office.register(**INTAKE)
    case.complete("judge_complaint", validity="invalid", grounds_sufficient="insufficient")
    for step in ("explain_to_complainant", "visit_or_notice", "return_visit_invalid"):
        case.complete(step)
    office.let_pass(days=8)
    case.finish()
    return case


def handled_again(office: Office) -> Case:
    """Dissatisfied once, satisfied then."""
    case = office.register(**INTAKE)
    case.reach("visit_complainant", **LATER)
    case.complete("visit_complainant", visit_result="dissatisfied", dissatisfied_reason=SECRETS["dissatisfied_reason"])
    case.finish(**LATER)
    return case


def emergency(office: Office) -> Case:
    """Every rung late."""
    case = office.register_emergency(subject=SECRETS["subject"], occurred_place=SECRETS["occurred_place"])
    office.let_pass(minutes=3)
    case.complete("notify_departments", notified=["engineering"])
    office.let_pass(minutes=16)
    case.finish(**{key: value for key, value in (INTAKE | LATER).items() if key != "subject"})
    return case


def month(office: Office) -> Case:
    """Unsolved for a month, with a draft in the middle."""
    case = office.register(**INTAKE)
    case.reach("propose_plan", **LATER)
    case.do(work.SaveDraft(case.item("propose_plan")["id"], {"plan_text": SECRETS["plan_text"]}), "engineer")
    office.let_pass(days=33)
    case.finish(**LATER)
    return case


def raised(office: Office) -> Case:
    """Raised mid-way, flagged urgent, a step waived."""
    case = office.register(**INTAKE)
    case.reach("propose_plan", **LATER)
    case.do(cases.Raise(case.id, "important", SAID[2]), "supervisor")
    case.do(cases.Act(case.id, "flag_later", SAID[2]), "reception")
    case.reach("confirm_with_complainant", **LATER)
    case.do(work.Waive(case.item("confirm_with_complainant")["id"], SAID[2]), "supervisor")
    case.finish(**LATER)
    return case


def withdrawn(office: Office) -> Case:
    """Withdrawn in the middle."""
    case = office.register(**INTAKE)
    case.reach("find_cause")
    case.do(cases.Act(case.id, "withdraw", SAID[2]), "reception")
    case.finish()
    return case


def open_still(office: Office) -> Case:
    """A complaint in the middle of its handling, with an item claimed."""
    case = office.register(**INTAKE)
    case.reach("find_cause")
    case.do(work.Claim(case.item("find_cause")["id"]), "engineer")
    return case


def reported(office: Office) -> Case:
    """A report about a month with a complaint in it, written, handed over and received."""
    office.register(**INTAKE)
    case = Case(office, office.execute(schedules.StartProcedure("reporting", "monthly_report_due"), "manager"))
    case.finish()
    sent = office.rows(sa.select(t.receipt.c.id).where(t.receipt.c.person_id == office.person_id("board")))
    office.execute(schedules.ConfirmReceipt(sent[0]["id"]), "board")
    return case


STORIES: dict[str, Callable[[Office], Case]] = {
    story.__name__: story
    for story in (minor, important, major, invalid, handled_again, emergency, month, raised, withdrawn, reported, open_still)
}
