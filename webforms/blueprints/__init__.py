"""One blueprint a family of pages; each view reads, executes or queries, responds."""

from __future__ import annotations

from webforms.blueprints import (
    case_file,
    company,
    dashboard,
    directory,
    documents,
    emergency,
    health,
    inbox,
    operations,
    person,
    procedure,
    record,
    register,
    reports,
    sign_in,
    studio,
    task,
    task_actions,
)

BLUEPRINTS = (
    health.blueprint,
    sign_in.blueprint,
    person.blueprint,
    inbox.blueprint,
    record.blueprint,
    emergency.blueprint,
    task.blueprint,
    task_actions.blueprint,
    case_file.blueprint,
    register.blueprint,
    dashboard.blueprint,
    reports.blueprint,
    procedure.blueprint,
    studio.blueprint,
    directory.blueprint,
    company.blueprint,
    documents.blueprint,
    operations.blueprint,
)
