"""A remembered session's tokens share a beginning, so that a copy is found out however many tokens came after it."""

from typing import Any

STATEMENTS = (
    "ALTER TABLE session ADD COLUMN series TEXT",
    "ALTER TABLE session ADD COLUMN arrived_at BIGINT",
    "UPDATE session SET arrived_at = rotated_at WHERE previous_digest IS NOT NULL",
    "CREATE INDEX session_series ON session (series) WHERE series IS NOT NULL",
)


def up(migrator: Any, db: Any) -> None:
    """Add the columns, on either engine; sessions of before get their series with their next token."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
