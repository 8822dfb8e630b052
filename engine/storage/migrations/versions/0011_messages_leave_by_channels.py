"""Messages leave by channels: what a message is about, what is sent where, and what each person wants."""

import sqlalchemy as sa
from alembic import op

from engine.storage.tables.base import UtcDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Messages of before are plain notices; everybody begins with what is usual."""
    _notification()
    _message_delivery()
    op.create_table(
        "channel_choice",
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("level", sa.String(10), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "channel", name=op.f("pk_channel_choice")),
    )
    op.create_table(
        "message_choice",
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(10), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "subject", "key", name=op.f("pk_message_choice")),
    )
    op.create_table(
        "quiet_hours",
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("starts", sa.String(5), nullable=False),
        sa.Column("ends", sa.String(5), nullable=False),
        sa.Column("days_off", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_quiet_hours")),
    )


def _notification() -> None:
    op.add_column("notification", sa.Column("kind", sa.String(20), nullable=False, server_default="notice"))
    op.add_column("notification", sa.Column("emergency", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("notification", sa.Column("limit_key", sa.String(60)))
    op.add_column("notification", sa.Column("item_id", sa.String(64)))
    op.add_column("notification", sa.Column("due_at", UtcDateTime()))
    op.add_column("notification", sa.Column("rung", sa.String(64)))
    op.create_index("ix_notification_rung", "notification", ["rung"], unique=True)
    unread = sa.text("read_at IS NULL")
    columns = ["person_id", "urgent"]
    op.create_index("ix_notification_unread", "notification", columns, sqlite_where=unread, postgresql_where=unread)


def _message_delivery() -> None:
    op.create_table(
        "message_delivery",
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("case_id", sa.String(64)),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("parcel_id", sa.String(64)),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("next_at", UtcDateTime()),
        sa.Column("sent_at", UtcDateTime()),
        sa.Column("given_up_at", UtcDateTime()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fault_zh", sa.Text()),
        sa.Column("fault_en", sa.Text()),
        sa.PrimaryKeyConstraint("message_id", "channel", name=op.f("pk_message_delivery")),
    )
    for column in ("next_at", "given_up_at"):
        some = sa.text(f"{column} IS NOT NULL")
        name = f"ix_message_delivery_{column}"
        op.create_index(name, "message_delivery", [column], sqlite_where=some, postgresql_where=some)
    op.create_index(op.f("ix_message_delivery_parcel_id"), "message_delivery", ["parcel_id"])
