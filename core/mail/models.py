"""The outbox's table: private to core."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, IntegerField, SmallIntegerField, TextField

from core.database.binding import Table


class Letter(Table):
    """A letter as it was written; it stays readable in the portal after it was sent."""

    id = AutoField()
    kind = TextField()
    account_id = BigIntegerField(null=True)
    ticket_id = BigIntegerField(null=True)
    message_id = TextField(unique=True)
    address = TextField()
    language = TextField()
    subject = TextField()
    body = TextField()
    thread = TextField()
    automatic = SmallIntegerField()
    queued_at = BigIntegerField()
    state = TextField()
    attempts = IntegerField()
    next_try_at = BigIntegerField()
    error = TextField()
    sent_at = BigIntegerField(null=True)
    conversation_message_id = BigIntegerField(null=True)
    read_at = BigIntegerField(null=True)
    attachment_name = TextField(null=True)
    attachment_type = TextField(null=True)
    attachment = TextField(null=True)
