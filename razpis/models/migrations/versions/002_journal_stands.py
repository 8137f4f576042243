"""The journal begins, and the database refuses to change it."""

from __future__ import annotations

from alembic import op

revision = "002"
down_revision = "001"
branch_labels = None
depends_on = None

BEGINNING = (
    "INSERT INTO chain (id, number, sha256) "
    "VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000')"
)
FIXED = {
    "sqlite": (
        "CREATE TRIGGER event_no_update BEFORE update ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END",
        "CREATE TRIGGER event_no_delete BEFORE delete ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION event_fixed() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'event is append-only'; END $$",
        "CREATE TRIGGER event_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
        "FOR EACH STATEMENT EXECUTE FUNCTION event_fixed()",
    ),
}
LOOSE = {
    "sqlite": ("DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete"),
    "postgresql": ("DROP TRIGGER event_fixed ON event", "DROP FUNCTION event_fixed()"),
}


def upgrade() -> None:
    """Change the tables."""
    for statement in (BEGINNING, *FIXED[op.get_bind().dialect.name]):
        op.execute(statement)


def downgrade() -> None:
    """Change them back."""
    for statement in (*LOOSE[op.get_bind().dialect.name], "DELETE FROM chain"):
        op.execute(statement)
