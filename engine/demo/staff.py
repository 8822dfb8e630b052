"""Who of the demo company does a task, and what they answer: the procedure's usual answers, and those that the past tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from engine.demo.furnishing import Company
from engine.demo.plans import Plan
from engine.domain.actor import Actor
from engine.domain.values import Value
from engine.procedure import Procedure
from engine.queries.case_values import current_values
from engine.rehearsal.values import story_values, usual_answers
from engine.storage import tables as t

#: The type of a field that names somebody of the staff; who is not here by login is somebody of the department.
_PERSON = "person"


class Staff:
    """The company's people, each read once."""

    def __init__(self, company: Company) -> None:
        self._company, self._application = company, company.application
        found = {login: self._application.actor(person_id) for login, person_id in company.people.items()}
        self._actors = {login: actor for login, actor in found.items() if actor is not None}
        with self._application.database.read() as connection:
            rows = connection.execute(sa.select(t.household.c.id, t.household.c.name, t.household.c.phone)).all()
        self._residents = {row.id: (row.name, row.phone) for row in rows}

    def actor(self, login: str) -> Actor:
        """The person who signs in with that."""
        return self._actors[login]

    def doer(self, item: Any) -> Actor | None:
        """Who has claimed the task, else the first who may do it; None where nobody may."""
        if item.holder_id:
            return self._application.actor(item.holder_id)
        free = (actor for actor in self._actors.values() if f",{actor.person_id}," not in item.excluded)
        return next((actor for actor in free if actor.holds(item.role, item.estate_id, item.department) and actor.grants), None)

    def intake(self, procedure: Procedure, plan: Plan, estate_id: str) -> dict[str, Value]:
        """What is typed when a complaint is recorded; name and telephone come from the household, as on the page."""
        form = procedure.form_of(procedure.intake.task)
        name, phone = self._residents.get(self._company.households.get((plan.estate, plan.room), ""), ("", ""))
        register = procedure.register
        known = {register.get("complainant_name"): name, register.get("complainant_phone"): phone}
        told = {**{str(key): value for key, value in known.items() if key and value}, **plan.answers}
        special = plan.special(procedure.intake.task, 0)
        return self._answered(procedure, form, {}, told, special, estate_id) if form else {}

    def answers(self, item: Any, plan: Plan, times: int, doer: Actor) -> dict[str, Value]:
        """What is typed into the task's form, this time."""
        with self._application.read() as reader:
            values = current_values(reader, doer, item.case_id)
            version = reader.connection.execute(sa.select(t.cases.c.version_id).where(t.cases.c.id == item.case_id)).scalar_one()
        procedure = self._application.catalogue.get(version).procedure
        form = procedure.form_of(item.element_id)
        special = plan.special(item.element_id, times)
        return self._answered(procedure, form, values, plan.answers, special, item.estate_id) if form else {}

    def _answered(
        self,
        procedure: Procedure,
        form: Any,
        values: Mapping[str, Value],
        told: Mapping[str, Any],
        special: Mapping[str, Any],
        estate_id: str,
    ) -> dict[str, Value]:
        now = self._application.clock.now()
        scope = {**dict.fromkeys(procedure.names), **values}
        asked = {key: value for key, value in told.items() if key in form.keys} | dict(special)
        own = story_values(procedure, asked, scope, now)
        answers = {**usual_answers(procedure, form.name, {**scope, **own}, now), **own}
        department = str(answers.get(procedure.register.get("department", "")))
        return {
            key: self._named(procedure, key, value, department, estate_id) for key, value in answers.items() if value is not None
        }

    def _named(self, procedure: Procedure, key: str, value: Value, department: str, estate_id: str) -> Value:
        """The value with the id of each person that it names, in the rows of a list too."""
        if isinstance(value, list):
            return [self._named(procedure, key, row, department, estate_id) for row in value]
        if isinstance(value, dict):
            return {part: self._named(procedure, part, inner, department, estate_id) for part, inner in value.items()}
        if key not in procedure.vocabulary or procedure.vocabulary[key].type != _PERSON:
            return value
        return self._company.people.get(str(value)) or self._somebody(department, estate_id)

    def _somebody(self, department: str, estate_id: str) -> str | None:
        """Somebody of that department in the estate, best one who has no other."""
        grants = [(grant, actor) for actor in self._actors.values() for grant in actor.grants]
        here = [(grant, actor) for grant, actor in grants if grant.estate_id == estate_id]
        own = [actor.person_id for grant, actor in here if grant.department == department]
        return next(iter(own), None)
