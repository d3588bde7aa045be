"""Tables of trámites: private to core."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, CompositeKey, ForeignKeyField, IntegerField, TextField

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
    stage_since = IntegerField(null=True)


class TramiteStart(Table):
    """A procedure that was begun in our portal; its number gives the trámite its ID."""

    id = AutoField()
    person = ForeignKeyField(Person, lazy_load=False)
    kind = TextField()
    at = BigIntegerField()
    tramite_id = TextField(null=True)
    submit_key = TextField(null=True, unique=True)


class StagePassage(Table):
    """How many days a trámite of a kind was in a stage that it has left; whose it was is not kept."""

    id = AutoField()
    kind = TextField()
    stage = TextField()
    days = IntegerField()
    left_on = IntegerField()


class StageTime(Table):
    """The days within which half and nine tenths of the trámites of a kind have left a stage, and how many they were."""

    kind = TextField()
    stage = TextField()
    passages = IntegerField()
    half = IntegerField()
    most = IntegerField()
    counted_on = IntegerField()

    class Meta:
        primary_key = CompositeKey("kind", "stage")
