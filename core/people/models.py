"""Tables of people: private to core."""

from __future__ import annotations

from peewee import (
    AutoField,
    BigIntegerField,
    CompositeKey,
    FloatField,
    ForeignKeyField,
    IntegerField,
    SmallIntegerField,
    TextField,
)

from core.database.binding import Table


class Account(Table):
    """Somebody who can sign in; of the accounts with one address, one at most is verified."""

    id = AutoField()
    email = TextField()
    password_hash = TextField(null=True)
    verified_at = BigIntegerField(null=True)
    language = TextField()
    created_at = BigIntegerField()
    run = BigIntegerField(null=True)
    blocked_at = BigIntegerField(null=True)
    erased_at = BigIntegerField(null=True)


class Person(Table):
    """Somebody with a ticket: the account's holder, or a child that the account stands for."""

    id = AutoField()
    account = ForeignKeyField(Account, lazy_load=False)
    given_names = TextField()
    first_surname = TextField()
    second_surname = TextField()
    single_name = SmallIntegerField()
    birth_on = IntegerField(null=True)
    country = TextField()
    is_holder = SmallIntegerField()
    relation = TextField()
    guardian = TextField()
    created_at = BigIntegerField()


class Staff(Table):
    """An analyst, supervisor or administrator."""

    id = AutoField()
    name = TextField(unique=True)
    email = TextField()
    password_hash = TextField()
    role = TextField()
    rights = TextField()
    cap = IntegerField()
    created_at = BigIntegerField()
    disabled_at = BigIntegerField(null=True)
    habits = TextField(default="")


class Session(Table):
    """A sign-in that can be revoked; the token itself is never kept."""

    id = AutoField()
    digest = TextField(unique=True)
    account = ForeignKeyField(Account, null=True, lazy_load=False)
    staff = ForeignKeyField(Staff, null=True, lazy_load=False)
    remembered = SmallIntegerField()
    created_at = BigIntegerField()
    seen_at = BigIntegerField()
    expires_at = BigIntegerField()
    previous_digest = TextField(null=True)
    rotated_at = BigIntegerField(null=True)
    device = TextField(default="")
    series = TextField(null=True)
    arrived_at = BigIntegerField(null=True)


class Link(Table):
    """A signed link in a letter: works once."""

    id = AutoField()
    purpose = TextField()
    account = ForeignKeyField(Account, lazy_load=False)
    nonce = TextField()
    visitor = TextField()
    created_at = BigIntegerField()
    used_at = BigIntegerField(null=True)
    subject_id = BigIntegerField(null=True)


class EmailChange(Table):
    """A change of address that both addresses have to confirm."""

    id = AutoField()
    account = ForeignKeyField(Account, lazy_load=False)
    new_email = TextField()
    created_at = BigIntegerField()
    old_confirmed_at = BigIntegerField(null=True)
    new_confirmed_at = BigIntegerField(null=True)
    done_at = BigIntegerField(null=True)


class HandOver(Table):
    """A grown-up child's record on its way to an account of their own."""

    id = AutoField()
    person = ForeignKeyField(Person, lazy_load=False)
    email = TextField()
    created_at = BigIntegerField()
    done_at = BigIntegerField(null=True)


class DataRequest(Table):
    """A request about one's own data (Ley 21.719), with its clock and the proof of the reply."""

    id = AutoField()
    account = ForeignKeyField(Account, lazy_load=False)
    kind = TextField()
    body = TextField()
    asked_at = BigIntegerField()
    due_on = IntegerField()
    extended_at = BigIntegerField(null=True)
    answered_at = BigIntegerField(null=True)
    outcome = TextField()
    answer = TextField()


class UsedProof(Table):
    """A proof of work that was accepted once, and never again."""

    digest = TextField(primary_key=True)
    expires_at = BigIntegerField()


class Throttle(Table):
    """What is left of an allowance (see `throttles`)."""

    key = TextField(primary_key=True)
    tokens = FloatField()
    updated_at = BigIntegerField()


class VisitorDraft(Table):
    """What somebody without a session has typed so far, by the browser's cookie (its digest)."""

    visitor = TextField()
    form = TextField()
    fields = TextField()
    saved_at = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("visitor", "form")
