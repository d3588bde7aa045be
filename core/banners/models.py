"""Tables of banners: private to core."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, ForeignKeyField, TextField

from core.database.binding import Table
from core.people.models import Staff


class Banner(Table):
    """A notice for every page, between two instants; a language without words of its own is empty."""

    id = AutoField()
    starts_at = BigIntegerField()
    ends_at = BigIntegerField()
    es = TextField()
    en = TextField()
    ht = TextField()
    pt = TextField()
    withdrawn_at = BigIntegerField(null=True)
    submit_key = TextField(unique=True)


class BannerEvent(Table):
    """Who published, changed or withdrew a banner, and when: never changed, never removed."""

    id = AutoField()
    banner = ForeignKeyField(Banner, lazy_load=False)
    at = BigIntegerField()
    kind = TextField()
    staff = ForeignKeyField(Staff, lazy_load=False)
    code = TextField()
