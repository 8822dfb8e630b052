"""What the company keeps beside its cases: wordings, imports in waiting, training, knowledge, inspections; buildings may rest."""

import sqlalchemy as sa
from alembic import op

from engine.storage.tables.base import UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Eleven tables, empty, and a mark for buildings that are no longer used."""
    op.add_column("building", sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "message_wording",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_message_wording")),
    )
    op.create_table(
        "staged_import",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("staged_at", UtcDateTime(), nullable=False),
        sa.Column("staged_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_import")),
    )
    op.create_index(op.f("ix_staged_import_staged_at"), "staged_import", ["staged_at"])
    op.create_table(
        "training_session",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("version_id", sa.String(64), nullable=False),
        sa.Column("held_on", sa.String(10), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("trainer_id", sa.String(64), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_session")),
    )
    op.create_index(op.f("ix_training_session_version_id_held_on"), "training_session", ["version_id", "held_on"])
    op.create_table(
        "training_attendance",
        sa.Column("session_id", sa.String(64), nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_training_attendance")),
    )
    op.create_index(op.f("ix_training_attendance_person_id"), "training_attendance", ["person_id"])
    op.create_table(
        "training_check",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("version_id", sa.String(64), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("right_count", sa.Integer(), nullable=False),
        sa.Column("asked_count", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_check")),
    )
    op.create_index(op.f("ix_training_check_person_id_at"), "training_check", ["person_id", "at"])
    op.create_index(op.f("ix_training_check_version_id_role_person_id"), "training_check", ["version_id", "role", "person_id"])
    op.create_table(
        "knowledge_note",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("category", sa.String(60)),
        sa.Column("valid_from", sa.String(10)),
        sa.Column("valid_until", sa.String(10)),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knowledge_note")),
    )
    op.create_index(op.f("ix_knowledge_note_category"), "knowledge_note", ["category"])
    op.create_table(
        "knowledge_revision",
        sa.Column("note_id", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("category", sa.String(60)),
        sa.Column("valid_from", sa.String(10)),
        sa.Column("valid_until", sa.String(10)),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("note_id", "revision", name=op.f("pk_knowledge_revision")),
    )
    op.create_table(
        "knowledge_gram",
        sa.Column("gram", sa.String(8), nullable=False),
        sa.Column("note_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("gram", "note_id", name=op.f("pk_knowledge_gram")),
    )
    op.create_index(op.f("ix_knowledge_gram_note_id"), "knowledge_gram", ["note_id"])
    op.create_table(
        "inspection",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("estate_id", sa.String(64), nullable=False),
        sa.Column("department", sa.String(40)),
        sa.Column("first_day", sa.String(10), nullable=False),
        sa.Column("last_day", sa.String(10), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("inspector", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("seed", sa.String(20), nullable=False),
        sa.Column("drawn_from", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("opened_by", sa.String(64), nullable=False),
        sa.Column("conclusion", sa.Text()),
        sa.Column("effect", sa.Text()),
        sa.Column("closed_at", UtcDateTime()),
        sa.Column("closed_by", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    op.create_index(op.f("ix_inspection_estate_id_opened_at"), "inspection", ["estate_id", "opened_at"])
    op.create_table(
        "inspected_case",
        sa.Column("inspection_id", sa.String(64), nullable=False),
        sa.Column("case_id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("conforming", sa.Boolean()),
        sa.Column("clause", sa.String(20)),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("looked_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("inspection_id", "case_id", name=op.f("pk_inspected_case")),
    )
    op.create_table(
        "measure",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("inspection_id", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("responsible_id", sa.String(64), nullable=False),
        sa.Column("due_on", sa.String(10), nullable=False),
        sa.Column("outcome", sa.Text()),
        sa.Column("done_at", UtcDateTime()),
        sa.Column("done_by", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    op.create_index(op.f("ix_measure_inspection_id"), "measure", ["inspection_id"])
    op.create_index(op.f("ix_measure_responsible_id_done_at"), "measure", ["responsible_id", "done_at"])
