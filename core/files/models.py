"""The table of files: private to core."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, ForeignKeyField, IntegerField, TextField

from core.database.binding import Table
from core.people.models import Person


class Attachment(Table):
    """A file that somebody sent along, or that one of the staff sends with an answer (`staff_id`).

    Without a ticket it waits in the draft of its person; without a message it waits for what is being added to a ticket.
    """

    id = AutoField()
    person = ForeignKeyField(Person, lazy_load=False)
    ticket_id = BigIntegerField(null=True)
    message_id = BigIntegerField(null=True)
    number = IntegerField(null=True)
    name = TextField()
    kind = TextField()
    size = BigIntegerField()
    digest = TextField()
    words = TextField()
    added_at = BigIntegerField()
    staff_id = BigIntegerField(null=True)
