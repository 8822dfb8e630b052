"""``python -m tests.architecture.permissions`` writes docs/permissions.md from the rules themselves; a test compares the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from engine.domain.actor import Actor, Grant
from engine.procedure import Element, Procedure, load_folder, open_procedure
from engine.queries import scope
from engine.storage import tables as t
from webforms.access.routes import ROUTES, Ask, Rule
from webforms.blueprints import BLUEPRINTS

REPOSITORY = Path(__file__).parents[2]
PAGE = REPOSITORY / "docs" / "permissions.md"
HERE, ELSEWHERE, OURS, OTHERS, ROLE = "this estate", "another estate", "the case's department", "another department", "a role"
YES, NO = "yes", "–"

INTRODUCTION = """# Who may do what

Written by `python -m tests.architecture.permissions` from the rules that the product asks: `procedure.yaml`, the lanes of the
diagrams, `engine/queries/scope.py`, `engine/domain/actor.py` and `webforms/access/routes.py`. A test in `tests/architecture`
writes it again and compares; `tests/web/access` opens every address as people of every kind and holds the answers against it.

A person holds **grants**: a role, in one estate or in all, in one department or in all. A **deputy** holds the other person's
grants from the first moment to the last of the deputising, and what they do is journaled as done on behalf of that person. Grants
are read anew with every request: what is revoked is gone at once.

Guards ask in this order: is it there for this person, else 404, so that nobody learns what exists; may they, else 403; is it in
the right state, else 409.
"""

ASKS = {
    Ask.NOTHING: "open to everybody",
    Ask.SIGNED_IN: "signed in; lists hold only what the person may read",
    Ask.ADMINISTRATOR: "an administrator, else 403",
    Ask.STAFF: "holds a role in some estate, else 403",
    Ask.READER: "may read the case, else 404",
    Ask.DOER: "may read the case, else 404; may do the task, else 403",
    Ask.HOLDER: "may read the case, else 404; holds the task, else 403",
    Ask.ACTION: "may read the case, else 404; the procedure gives one of their roles the action named in the address, else 403",
    Ask.OWNER: "may read the case, else 404; holds the role that owns the procedure, or is an administrator, else 403",
    Ask.OPERATOR: "an administrator, or holds a role that owns a procedure in force, else 403",
    Ask.PROCEDURE_OWNER: "holds the role that owns the procedure, or is an administrator, else 403",
    Ask.REPLAYED: "holds the role that owns the procedure, or is an administrator, else 403; may read the case, else 404",
    Ask.APPROVER: "holds a role that approves the procedure and has not signed the version in another part, else 403",
    Ask.SIGNER: "holds a role that signs in the part whose turn it is (an administrator: as author), else 403",
    Ask.RECIPIENT: "may read the case or was sent its report, else 404; was sent it, else 403",
    Ask.EXPORTER: "asked for the export, else 404",
    Ask.ADDRESSEE: "the message is for this person, else 404",
    Ask.STARTER: "holds a role that the procedure's action `start` names, else 403",
    Ask.KEEPER: "holds a role that the complaint procedure's action named beside gives it, else 403",
    Ask.PLAN: "holds a role in the plan's estate, else 404; the person responsible may measure it too",
    Ask.EXAMINED: "holds the role named in the address in their own right, else 403",
    Ask.RESULT: "took the check or may train, else 404",
    Ask.INSPECTOR: "may inspect in the inspection's estate, else 404",
    Ask.MEASURE: "is responsible for the measure or may inspect in its estate, else 404",
    Ask.LEDGER: "reads the ledger in the line's estate (`read_ledger`), else 404",
    Ask.ISSUER: "may read the case, else 404; holds a role that issues the document, else 403",
    Ask.INCIDENT: "an administrator, or holds the role that owns the incident's procedure in its estate, else 404",
}

#: How somebody may stand to a case: what is held, and what ties them to this one case.
STANDINGS: dict[str, tuple[Grant | None, str]] = {
    "role in the case's estate, all departments": (Grant(ROLE, HERE), ""),
    "role in the case's estate and department": (Grant(ROLE, HERE, OURS), ""),
    "role in the case's estate, another department": (Grant(ROLE, HERE, OTHERS), ""),
    "the same, and the case has or had a task for that department": (Grant(ROLE, HERE, OTHERS), "asked"),
    "the same, and the case has or had a task of the role for no department": (Grant(ROLE, HERE, OTHERS), "open"),
    "role in all estates, all departments": (Grant(ROLE), ""),
    "role in all estates, the case's department": (Grant(ROLE, None, OURS), ""),
    "role in all estates, another department": (Grant(ROLE, None, OTHERS), ""),
    "role in another estate": (Grant(ROLE, ELSEWHERE), ""),
    "role in another estate, and watches the case": (Grant(ROLE, ELSEWHERE), "watches"),
    "role in another estate, and holds or did a task of the case": (Grant(ROLE, ELSEWHERE), "holds"),
    "no role, also as administrator": (None, ""),
}


def page() -> str:
    """The whole text."""
    found = list(procedures())
    parts = [INTRODUCTION, _reach(), *(part for one in found for part in _procedure(one)), _addresses()]
    return "\n".join(parts)


def procedures() -> Iterator[Procedure]:
    """Every procedure that is shipped."""
    for manifest in sorted((REPOSITORY / "processes").glob("*/procedure.yaml")):
        yield open_procedure(load_folder(manifest.parent))


def _reach() -> str:
    rows = [(standing, *(_yes(answer) for answer in _answers(grant, tie))) for standing, (grant, tie) in STANDINGS.items()]
    head = (
        "how somebody stands to the case", "reads it", "does a task of the role for the case's department",
        "… for no department", "uses an action of the role", "… an action of any staff",
    )  # fmt: skip
    excluded = "Whoever is excluded from a task (column *not who did* below) never does it, whatever they hold."
    return f"## Roles × departments × estates\n\n{_table(head, rows)}\n{excluded}\n"


def _answers(grant: Grant | None, tie: str) -> tuple[bool, ...]:
    """Asked of the product's own conditions, over one case in an otherwise empty database."""
    actor, entry, item = _actor(grant), t.register_entry.c, t.work_item.c
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        for table, rows in _rows(tie).items():
            table.create(connection)
            for row in rows:
                connection.execute(sa.insert(table).values(_whole(table, row)))
        readable = scope.may_read_case(actor, entry.case_id, entry.estate_id, entry.department)
        reads = connection.execute(sa.select(entry.case_id).where(readable)).first() is not None
        does = connection.execute(sa.select(item.element_id).where(scope.may_do_item(actor))).scalars().all()
    engine.dispose()
    unbound = tie == "holds" or actor.holds(ROLE, HERE)
    return (reads, "ours" in does, unbound, actor.holds(ROLE, HERE, OURS), actor.holds(None, HERE))


def _rows(tie: str) -> dict[sa.Table, list[dict[str, Any]]]:
    item = {"case_id": "case", "holder_id": "me" if tie == "holds" else None, "estate_id": HERE, "role": ROLE, "excluded": ""}
    items = [item | {"id": "1", "element_id": "ours", "department": OURS}]
    asked = {
        "asked": [item | {"id": "2", "element_id": "theirs", "department": OTHERS}],
        "open": [item | {"id": "2", "element_id": "anybody's", "department": None}],
    }
    return {
        t.register_entry: [{"case_id": "case", "estate_id": HERE, "department": OURS}],
        t.work_item: items + asked.get(tie, []),
        t.watcher: [{"case_id": "case", "person_id": "me"}] if tie == "watches" else [],
    }


def _whole(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    """The row with something in every column that needs it."""
    fillers: dict[type, Any] = {str: "", int: 0, bool: False}
    needed = [column for column in table.columns if not column.nullable and column.name not in row]
    return {column.name: fillers.get(column.type.python_type, datetime(2026, 1, 1, tzinfo=UTC)) for column in needed} | row


def _actor(grant: Grant | None) -> Actor:
    return Actor("me", "me", (grant,) if grant else (), administrator=grant is None)


def _procedure(procedure: Procedure) -> Iterator[str]:
    title = f"{procedure.title.zh} {procedure.title.en}"
    roles = [(f"`{role.key}`", role.label.zh, role.label.en, role.scope) for role in procedure.roles.values()]
    owner = f"Owned by `{procedure.owner}`. A role of scope *external* belongs to outsiders unless it is granted to somebody."
    yield f"## {title}\n\n{owner}\n\n### Roles\n\n{_table(('role', 'zh', 'en', 'scope'), roles)}"
    yield f"### Actions beside the tasks\n\n{_actions(procedure)}"
    yield f"### Tasks\n\n{_tasks(procedure)}"


def _actions(procedure: Procedure) -> str:
    rows = [
        (f"`{key}`", action.label.en if action.label else "", *(_yes(_allows(action.roles, role)) for role in procedure.roles))
        for key, action in procedure.actions.items()
    ]
    return _table(("action", "", *(f"`{role}`" for role in procedure.roles)), rows)


def _allows(roles: tuple[str, ...], role: str) -> bool:
    return role in roles or "any" in roles


def _tasks(procedure: Procedure) -> str:
    found = [element for element in procedure.elements.values() if element.kind == "userTask"]
    ordered = sorted(found, key=lambda element: (element.file, element.id))
    head = ("diagram", "task", "name", "role", "department", "named person", "not who did")
    return _table(head, [_task(element) for element in ordered])


def _task(element: Element) -> tuple[str, ...]:
    excluded = ", ".join(f"`{task}`" for task in element.excludes)
    department, named = _written(element.department), _written(element.assignee)
    return (element.file, f"`{element.id}`", element.label.zh, f"`{element.role}`", department, named, excluded or NO)


def _written(expression: Any) -> str:
    return f"`{expression.source}`" if expression else NO


def _addresses() -> str:
    asked = _table(("asks", "meaning"), [(f"*{ask}*", meaning) for ask, meaning in ASKS.items()])
    rows = [
        (" ".join(methods), f"`{path}`", f"`{endpoint}`", asks(ROUTES.get(endpoint)))
        for path, endpoint, methods in sorted(addresses())
    ]
    also = "An action is asked of the case's own version, in the case's estate and department; “staff” of it in any estate."
    return f"## Addresses\n\n{asked}\n{also}\n\n{_table(('', 'address', 'page', 'asks'), rows)}"


def addresses() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every address of the product: path, endpoint, methods."""
    app = Flask("webforms")
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for rule in app.url_map.iter_rules():
        yield rule.rule, rule.endpoint, tuple(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))


def asks(rule: Rule | None) -> str:
    """A rule in words."""
    if rule is None:
        return "NOT LISTED"
    also = f" and `{rule.action}`" if rule.action else ""
    return f"{rule.ask}{also}" + (f", or `{rule.instead}`" if rule.instead else "")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(head), *(tuple(row) for row in rows)]
    ruled = [lines[0], tuple("---" for _ in lines[0]), *lines[1:]]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in ruled)


def _yes(answer: bool) -> str:
    return YES if answer else NO


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
