"""What each of the staff prefers at the terminal: its look, the linear mode, no advice any more."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    """Add the column, on either engine: codes with commas between them."""
    db.execute_sql("ALTER TABLE staff ADD COLUMN habits TEXT NOT NULL DEFAULT ''")
