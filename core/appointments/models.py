"""Tables of hours at an office: private to core."""

from __future__ import annotations

from peewee import (
    AutoField,
    BigIntegerField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    SmallIntegerField,
    TextField,
)

from core.database.binding import Table
from core.people.models import Person, Staff
from core.tickets.models import Ticket


class Appointment(Table):
    """An hour at an office; the person is expected while `ended_at` is null, and holds the place until it is."""

    id = AutoField()
    person = ForeignKeyField(Person, lazy_load=False)
    ticket = ForeignKeyField(Ticket, null=True, lazy_load=False)
    office = TextField()
    starts_at = BigIntegerField()
    minutes = SmallIntegerField()
    place = SmallIntegerField(null=True)
    preferential = SmallIntegerField()
    state = TextField()
    uid = TextField(unique=True)
    sequence = IntegerField()
    booked_at = BigIntegerField()
    changed_at = BigIntegerField()
    reminded_at = BigIntegerField(null=True)
    ended_at = BigIntegerField(null=True)
    staff = ForeignKeyField(Staff, null=True, lazy_load=False)


class Closure(Table):
    """A day on which an office attends nobody."""

    office = TextField()
    day_on = IntegerField()
    at = BigIntegerField()
    staff = ForeignKeyField(Staff, lazy_load=False)

    class Meta:
        primary_key = CompositeKey("office", "day_on")
