"""Tables of trámites: private to core."""

from __future__ import annotations

from peewee import BigIntegerField, IntegerField, TextField

from core.database.binding import Table


class Tramite(Table):
    """A procedure that the service knows; it belongs to whoever owns the e-mail address."""

    id = TextField(primary_key=True)
    kind = TextField()
    state = TextField()
    email = TextField()
    created_on = IntegerField(null=True)
    updated_at = BigIntegerField()
