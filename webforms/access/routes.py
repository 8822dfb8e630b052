"""What each address asks of a person; docs/permissions.md is made from this, and a test holds every answer against it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Ask(StrEnum):
    """What is asked. The gate asks the first three itself; the commands and queries behind the page ask the others."""

    NOTHING = "nothing"
    SIGNED_IN = "signed in"
    ADMINISTRATOR = "administrator"
    STAFF = "staff"
    READER = "reader"
    DOER = "doer"
    HOLDER = "holder"
    ACTION = "action"
    OWNER = "owner"
    OPERATOR = "operator"
    PROCEDURE_OWNER = "owner of the procedure"
    REPLAYED = "owner of the procedure who reads the case"
    SIGNER = "signer"
    APPROVER = "approver of the version"
    INCIDENT = "operator of the incident"
    RECIPIENT = "recipient of the report"
    ADDRESSEE = "addressee of the message"
    EXPORTER = "who asked for the export"
    STARTER = "starter of the procedure"
    KEEPER = "keeper"
    EXAMINED = "holder of the role"
    RESULT = "who took the check"
    INSPECTOR = "inspector"
    MEASURE = "who is responsible for the measure"
    PLAN = "staff of the plan's estate"
    LEDGER = "reader of the ledger"
    ISSUER = "issuer of the document"


@dataclass(frozen=True, slots=True)
class Rule:
    """``action`` names an action of procedure.yaml that is asked as well, ``instead`` one that is another way in."""

    ask: Ask
    action: str | None = None
    instead: str | None = None


_NOTHING, _SIGNED_IN, _ADMINISTRATOR = Rule(Ask.NOTHING), Rule(Ask.SIGNED_IN), Rule(Ask.ADMINISTRATOR)
_READER, _DOER = Rule(Ask.READER), Rule(Ask.DOER)
_RECORDER = Rule(Ask.STAFF, "register")


def _all(rule: Rule, blueprint: str, *names: str) -> dict[str, Rule]:
    return {f"{blueprint}.{name}" if blueprint else name: rule for name in names}


ROUTES: dict[str, Rule] = {
    **_all(_NOTHING, "", "static", "health.alive", "person.choose_language"),
    **_all(_NOTHING, "sign_in", "page", "enter", "enter_as"),
    **_all(_SIGNED_IN, "sign_in", "leave", "leave_everywhere"),
    **_all(_SIGNED_IN, "person", "messages", "read_messages", "password", "change_password"),
    **_all(Rule(Ask.ADDRESSEE), "person", "message", "open_message"),
    **_all(_SIGNED_IN, "person", "preferences", "save_preferences", "send_test"),
    **_all(_ADMINISTRATOR, "person", "save_company_hours", "undelivered", "send_again"),
    **_all(_SIGNED_IN, "inbox", "home", "tab", "fresh", "claim_many", "kept", "keep", "rename", "drop"),
    **_all(_DOER, "inbox", "claim"),
    **_all(_SIGNED_IN, "register", "book", "totals", "columns", "files", "export"),
    **_all(Rule(Ask.EXPORTER), "register", "export_page", "export_file", "cancel_export"),
    **_all(Rule(Ask.STAFF), "dashboard", "home", "tasks", "limits"),
    **_all(_SIGNED_IN, "reports", "home"),
    **_all(_READER, "reports", "page", "published", "pdf", "workbook", "bulletin"),
    **_all(_READER, "reports", "pack", "pack_pdf", "pack_workbook", "pack_data"),
    **_all(_SIGNED_IN, "reports", "plans", "ledger"),
    **_all(Rule(Ask.KEEPER, "keep_plans"), "reports", "new_plan", "add_plan"),
    **_all(Rule(Ask.PLAN), "reports", "plan"),
    **_all(Rule(Ask.PLAN, "keep_plans"), "reports", "edit_plan", "save_plan", "measure_plan", "drop_plan"),
    **_all(Rule(Ask.KEEPER, "keep_ledger"), "reports", "enter"),
    **_all(Rule(Ask.LEDGER, "keep_ledger"), "reports", "counter"),
    **_all(Rule(Ask.KEEPER, "read_ledger"), "reports", "export_ledger"),
    **_all(Rule(Ask.RECIPIENT), "reports", "receive"),
    **_all(Rule(Ask.STARTER), "reports", "start"),
    **_all(_SIGNED_IN, "procedure", "home", "source", "versions", "version", "archive"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "procedure", "upload", "withdraw", "draft", "add_file", "answer", "discard"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "studio", "edit_form", "edit_limits", "new_form", "preview", "step", "edit_vocabulary"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "studio", "edit_clauses", "edit_settings", "edit_story", "new_story"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "studio", "edit_text", "check_text", "form_column", "remove_form", "remove_story"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "studio", "removed", "edit_table", "play_story"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "studio", "begin", "desk", "file", "save", "findings", "mend"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "studio", "foreign", "open_foreign"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "studio", "new_diagram", "make_diagram", "sheet", "change_sheet"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "studio", "changes", "changes_paper", "changes_pdf", "publish", "put_forward"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "studio", "trying", "trying_rehearse", "trying_story", "trying_tokens"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "studio", "trying_walk", "trying_begin", "trying_step", "trying_fields"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "studio", "trying_back", "trying_save"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "studio", "replay", "replay_begin", "replay_run", "replay_cancel", "replay_heat"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "studio", "replay_cases", "replay_sheet", "replay_drawing"),
    **_all(Rule(Ask.REPLAYED), "studio", "replay_case"),
    **_all(_SIGNED_IN, "studio", "against", "against_paper", "against_pdf", "compare", "version_file"),
    **_all(Rule(Ask.SIGNER), "procedure", "sign"),
    **_all(Rule(Ask.APPROVER), "procedure", "waive"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "procedure", "restore", "stories"),
    **_all(Rule(Ask.PROCEDURE_OWNER), "procedure", "cases", "move_cases", "migration", "go_on", "go_back"),
    **_all(_SIGNED_IN, "procedure", "read"),
    **_all(_RECORDER, "record", "page", "save", "fields", "earlier"),
    **_all(_SIGNED_IN, "record", "household"),
    **_all(_RECORDER, "emergency", "page", "save", "fields"),
    **_all(_READER, "emergency", "ladder"),
    **_all(_READER, "task", "page", "done", "fields", "files", "picture"),
    **_all(_DOER, "task", "complete", "save_draft", "add_file"),
    **_all(_DOER, "task_actions", "claim"),
    **_all(Rule(Ask.DOER, instead="delegate"), "", "inbox.release", "task_actions.release"),
    **_all(Rule(Ask.HOLDER, instead="delegate"), "", "task_actions.delegate", "inbox.hand_on", "inbox.handed_on"),
    **_all(Rule(Ask.DOER, "pass_on"), "task_actions", "pass_on", "send_back"),
    **_all(Rule(Ask.ACTION), "task_actions", "act"),
    **_all(Rule(Ask.READER, "waive"), "task_actions", "waive"),
    **_all(Rule(Ask.READER, "allow_excluded"), "task_actions", "allow_excluded"),
    **_all(_READER, "case_file", "overview", "timeline", "diagram", "source", "deadlines", "documents", "attachment", "links"),
    **_all(_READER, "case_file", "contacts", "promises", "signatures", "correct"),
    **_all(Rule(Ask.READER, "correct"), "case_file", "save_correction"),
    **_all(Rule(Ask.OWNER), "case_file", "journal"),
    **_all(Rule(Ask.READER, "attach"), "case_file", "attach"),
    **_all(Rule(Ask.READER, "comment"), "case_file", "comment"),
    **_all(Rule(Ask.READER, "log_contact"), "case_file", "contact"),
    **_all(Rule(Ask.ACTION), "case_file", "act"),
    **_all(Rule(Ask.READER, "link"), "case_file", "link"),
    **_all(Rule(Ask.READER, "join_event"), "case_file", "join_event"),
    **_all(Rule(Ask.READER, "leave_event"), "case_file", "leave_event"),
    **_all(Rule(Ask.READER, "raise_severity"), "case_file", "raise_severity"),
    **_all(_READER, "documents", "page", "printed", "draft", "issued"),
    **_all(Rule(Ask.ISSUER), "documents", "issue"),
    **_all(_SIGNED_IN, "documents", "log", "rulebook", "rulebook_pdf"),
    **_all(Rule(Ask.OPERATOR), "operations", "home"),
    **_all(Rule(Ask.INCIDENT), "operations", "incident", "retry", "set_value", "move", "skip", "dismiss"),
    **_all(_ADMINISTRATOR, "operations", "trust_clock"),
    **_all(_ADMINISTRATOR, "directory", "home", "people", "person", "new_person", "add_person", "save_person", "grant", "revoke"),
    **_all(_ADMINISTRATOR, "directory", "estates", "estate", "add_estate", "add_building", "add_room", "household"),
    **_all(_ADMINISTRATOR, "directory", "save_household", "departments", "save_department", "deputies", "set_deputy"),
    **_all(_ADMINISTRATOR, "directory", "end_deputy", "roster", "set_duty", "days", "set_day", "names", "set_name"),
    **_all(_ADMINISTRATOR, "directory", "set_password", "leaving", "leave", "come_back", "save_estate", "save_building"),
    **_all(_ADMINISTRATOR, "directory", "save_room", "end_duty", "copy_week", "imports", "import_template", "try_import"),
    **_all(_ADMINISTRATOR, "directory", "import_trial", "confirm_import", "drop_import", "wordings", "set_wording", "recount"),
    **_all(_SIGNED_IN, "company", "home", "mine", "notes", "note", "measures"),
    **_all(Rule(Ask.EXAMINED), "company", "check", "hand_in"),
    **_all(Rule(Ask.RESULT, "train"), "company", "result"),
    **_all(Rule(Ask.KEEPER, "train"), "company", "trainings", "save_training"),
    **_all(Rule(Ask.KEEPER, "keep_knowledge"), "company", "new_note", "add_note", "edit_note", "save_note"),
    **_all(Rule(Ask.KEEPER, "inspect"), "company", "inspections", "open_inspection"),
    **_all(Rule(Ask.INSPECTOR, "inspect"), "company", "inspection", "record_finding", "add_measure", "close_inspection"),
    **_all(Rule(Ask.MEASURE, "inspect"), "company", "finish_measure"),
}
