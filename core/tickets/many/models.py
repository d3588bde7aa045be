"""Tables of what concerns several tickets at once: private to core."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, CompositeKey, ForeignKeyField, IntegerField, SmallIntegerField, TextField

from core.database.binding import Table
from core.people.models import Staff
from core.tickets.models import Ticket

MOST = 200
"""Tickets to which one thing is done at once, at most."""


class Joint(Table):
    """A ticket that goes on in a later one of the same person; until `undone_at`, if it was parted again."""

    id = AutoField()
    ticket = ForeignKeyField(Ticket, lazy_load=False)
    into = ForeignKeyField(Ticket, lazy_load=False)
    former_state = TextField()
    staff = ForeignKeyField(Staff, lazy_load=False)
    at = BigIntegerField()
    undone_at = BigIntegerField(null=True)


class Batch(Table):
    """One thing done to many tickets: who, when, what, how many of how many; running while `ended_at` is null."""

    id = AutoField()
    staff = ForeignKeyField(Staff, lazy_load=False)
    verb = TextField()
    at = BigIntegerField()
    wanted = SmallIntegerField()
    done = SmallIntegerField()
    ended_at = BigIntegerField(null=True)


class Surge(Table):
    """One answer to many tickets: being written, waiting for a colleague's eyes, approved, sent back or sent."""

    id = AutoField()
    staff = ForeignKeyField(Staff, lazy_load=False)
    at = BigIntegerField()
    body = TextField()
    state = TextField()
    reviewer = ForeignKeyField(Staff, null=True, lazy_load=False)
    reviewed_at = BigIntegerField(null=True)
    verdict = TextField()


class SurgeTicket(Table):
    """A ticket that an answer to many is for, as it was read (`version`)."""

    surge = ForeignKeyField(Surge, lazy_load=False)
    ticket = ForeignKeyField(Ticket, lazy_load=False)
    version = IntegerField()
    answered_at = BigIntegerField(null=True)

    class Meta:
        primary_key = CompositeKey("surge", "ticket")
