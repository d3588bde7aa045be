"""Rows of the example on their way into the tables."""

from __future__ import annotations

from typing import Any

from core.database import bulk, fulltext

COLUMNS = {
    "account": ("id", "email", "password_hash", "verified_at", "language", "created_at"),
    "person": (
        "id", "account_id", "given_names", "first_surname", "second_surname", "single_name", "birth_on", "country",
        "is_holder", "relation", "guardian", "created_at",
    ),
    "tramite": ("id", "kind", "state", "email", "created_on", "updated_at"),
    "ticket": (
        "id", "folio", "person_id", "state", "tipo", "materia", "categoria", "route", "tramite_id", "tramite_strange",
        "region", "notice_on", "language", "opened_at", "opened_on", "legal_on", "due_on", "urgency", "assignee_id",
        "second_of_id", "answered_at", "answered_on", "resolved_at", "submit_key", "version", "term_days", "term_business",
        "notice_days",
    ),
    "message": ("id", "ticket_id", "at", "kind", "staff_id", "body"),
    "pause": ("ticket_id", "staff_id", "message_id", "asked_at", "asked_on", "days", "until_on", "outcome"),
    "event": ("ticket_id", "at", "kind", "staff_id", "code"),
    "survey": ("ticket_id", "grade", "comment", "answered_at", "answered_on"),
    "letter": (
        "kind", "account_id", "ticket_id", "message_id", "address", "language", "subject", "body", "thread", "automatic",
        "queued_at", "state", "attempts", "next_try_at", "error", "sent_at", "conversation_message_id", "read_at",
    ),
}  # fmt: skip
"""Tables in the order in which they may be filled, with the columns that are given."""


class Rows:
    """What was told and is not stored yet."""

    def __init__(self) -> None:
        self.tables: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
        self.words: list[tuple[int, str]] = []

    def add(self, table: str, *values: Any) -> None:
        """A row, its values in the order of `COLUMNS`."""
        self.tables[table].append(values)

    def store(self) -> None:
        """Put everything into the tables and the full text; afterwards there is nothing left."""
        for table, columns in COLUMNS.items():
            bulk.insert(table, columns, self.tables[table])
            self.tables[table] = []
        fulltext.load(self.words)
        self.words = []
