"""One blueprint a family of pages; each view reads, executes or queries, responds."""

from __future__ import annotations

from webforms.blueprints import emergency, health, inbox, person, record, sign_in, task, task_actions

BLUEPRINTS = (
    health.blueprint,
    sign_in.blueprint,
    person.blueprint,
    inbox.blueprint,
    record.blueprint,
    emergency.blueprint,
    task.blueprint,
    task_actions.blueprint,
)
