"""Tables of trámites: private to core."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, ForeignKeyField, IntegerField, TextField

from core.database.binding import Table
from core.people.models import Person


class Tramite(Table):
    """A procedure that the service knows; it belongs to whoever owns the e-mail address."""

    id = TextField(primary_key=True)
    kind = TextField()
    state = TextField()
    email = TextField()
    created_on = IntegerField(null=True)
    updated_at = BigIntegerField()


class TramiteStart(Table):
    """A procedure that was begun in our portal; its number gives the trámite its ID."""

    id = AutoField()
    person = ForeignKeyField(Person, lazy_load=False)
    kind = TextField()
    at = BigIntegerField()
    tramite_id = TextField(null=True)
    submit_key = TextField(null=True, unique=True)
