"""Tables of canned answers: private to core."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, ForeignKeyField, IntegerField, TextField

from core.database.binding import Table
from core.people.models import Staff


class Canned(Table):
    """A canned answer: which of its versions holds, how many answers said it and how many of those were not enough."""

    id = AutoField()
    code = TextField(unique=True)
    number = IntegerField()
    answered = IntegerField()
    seconds = IntegerField()


class CannedVersion(Table):
    """A canned answer as it was from an instant on: never changed, never removed; without staff it came from data/."""

    id = AutoField()
    canned = ForeignKeyField(Canned, lazy_load=False)
    number = IntegerField()
    at = BigIntegerField()
    staff = ForeignKeyField(Staff, null=True, lazy_load=False)
    deed = TextField()
    title = TextField()
    subjects = TextField()
    owner = TextField()
    law = TextField()
    expires_on = IntegerField()
    unreviewed = TextField()
    es = TextField()
    en = TextField()
    ht = TextField()
    pt = TextField()
