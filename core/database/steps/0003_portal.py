"""What the portal adds: letters that were read, and procedures that are begun once however often the form is sent."""

from typing import Any

STATEMENTS = (
    "ALTER TABLE letter ADD COLUMN read_at BIGINT",
    "UPDATE letter SET read_at = queued_at",  # nobody can tell any more: nothing old is announced as new
    "ALTER TABLE tramite_start ADD COLUMN tramite_id TEXT",
    "UPDATE tramite_start SET tramite_id = CAST(70000000 + id AS TEXT)",
    "ALTER TABLE tramite_start ADD COLUMN submit_key TEXT",
    "CREATE UNIQUE INDEX tramite_start_key ON tramite_start (submit_key) WHERE submit_key IS NOT NULL",
    "CREATE INDEX tramite_start_tramite ON tramite_start (tramite_id) WHERE tramite_id IS NOT NULL",
)


def up(migrator: Any, db: Any) -> None:
    """Bring a database of Account's first part up to the portal, on either engine."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
