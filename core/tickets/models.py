"""Tables of tickets: private to core."""

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

from core.canned.models import Canned
from core.database.binding import Table
from core.people.models import Person, Staff


class FolioCounter(Table):
    """The last folio number given in a year."""

    year = IntegerField(primary_key=True)
    last = IntegerField()


class Ticket(Table):
    """A Ticket de Ayuda; open while `resolved_at` is null."""

    id = AutoField()
    folio = TextField(unique=True)
    person = ForeignKeyField(Person, lazy_load=False)
    state = TextField()
    tipo = TextField()
    materia = TextField()
    categoria = TextField()
    route = TextField()
    tramite_id = TextField(null=True)
    tramite_strange = SmallIntegerField()
    region = TextField()
    notice_on = IntegerField(null=True)
    language = TextField()
    opened_at = BigIntegerField()
    opened_on = IntegerField()
    legal_on = IntegerField()
    due_on = IntegerField()
    urgency = SmallIntegerField()
    assignee = ForeignKeyField(Staff, null=True, lazy_load=False)
    second_of = ForeignKeyField("self", null=True, lazy_load=False)
    answered_at = BigIntegerField(null=True)
    answered_on = IntegerField(null=True)
    resolved_at = BigIntegerField(null=True)
    submit_key = TextField(unique=True)
    version = IntegerField()
    term_days = SmallIntegerField()
    term_business = SmallIntegerField()
    notice_days = SmallIntegerField(null=True)


class Message(Table):
    """Something said in a ticket: by the person, in an answer, in an internal note, or with one of the clock's verbs."""

    id = AutoField()
    ticket = ForeignKeyField(Ticket, lazy_load=False)
    at = BigIntegerField()
    kind = TextField()
    staff = ForeignKeyField(Staff, null=True, lazy_load=False)
    body = TextField()
    submit_key = TextField(null=True, unique=True)


class Event(Table):
    """Something that happened to a ticket: codes and times only, never changed, never removed."""

    id = AutoField()
    ticket = ForeignKeyField(Ticket, lazy_load=False)
    at = BigIntegerField()
    kind = TextField()
    staff = ForeignKeyField(Staff, null=True, lazy_load=False)
    code = TextField()


class Pause(Table):
    """A wait for what the person was asked for; open while `ended_at` is null."""

    id = AutoField()
    ticket = ForeignKeyField(Ticket, lazy_load=False)
    staff = ForeignKeyField(Staff, lazy_load=False)
    message = ForeignKeyField(Message, lazy_load=False)
    asked_at = BigIntegerField()
    asked_on = IntegerField()
    days = SmallIntegerField()
    until_on = IntegerField()
    reminded_at = BigIntegerField(null=True)
    ended_at = BigIntegerField(null=True)
    ended_on = IntegerField(null=True)
    outcome = TextField()


class Extension(Table):
    """More days for a ticket's answer: once, and before the first are over (Ley 19.880 art. 26)."""

    ticket = ForeignKeyField(Ticket, primary_key=True, lazy_load=False)
    staff = ForeignKeyField(Staff, lazy_load=False)
    message = ForeignKeyField(Message, lazy_load=False)
    at = BigIntegerField()
    days = SmallIntegerField()


class TicketDraft(Table):
    """A ticket that a person is still writing."""

    person = ForeignKeyField(Person, primary_key=True, lazy_load=False)
    fields = TextField()
    submit_key = TextField()
    saved_at = BigIntegerField()
    sheet = TextField()


class Referral(Table):
    """Somebody was told which other organism to turn to; no ticket was opened."""

    id = AutoField()
    person = ForeignKeyField(Person, lazy_load=False)
    categoria = TextField()
    at = BigIntegerField()


class Deflection(Table):
    """An answer shown before the text box was enough: nobody's, only counted, never changed, never removed."""

    id = AutoField()
    day_on = IntegerField()
    categoria = TextField()
    submit_key = TextField(unique=True)


class Survey(Table):
    """What somebody thought of an answer: a grade from 1 to 7, once, and words if they wanted."""

    ticket = ForeignKeyField(Ticket, primary_key=True, lazy_load=False)
    grade = SmallIntegerField()
    comment = TextField()
    answered_at = BigIntegerField()
    answered_on = IntegerField()


class CannedUse(Table):
    """A canned answer that went into an answer: ids only."""

    message = ForeignKeyField(Message, lazy_load=False)
    canned = ForeignKeyField(Canned, lazy_load=False)
    ticket = ForeignKeyField(Ticket, lazy_load=False)
    number = IntegerField()

    class Meta:
        primary_key = CompositeKey("message", "canned")


class AnswerDraft(Table):
    """An answer or a note that an analyst is still writing."""

    ticket = ForeignKeyField(Ticket, lazy_load=False)
    staff = ForeignKeyField(Staff, lazy_load=False)
    kind = TextField()
    body = TextField()
    aside = TextField(default="")
    saved_at = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("ticket", "staff", "kind")


class HeldAnswer(Table):
    """An answer that was sent a moment ago and can still be taken back: nobody outside the desk knows of it."""

    id = AutoField()
    ticket = ForeignKeyField(Ticket, unique=True, lazy_load=False)
    staff = ForeignKeyField(Staff, lazy_load=False)
    body = TextField()
    submit_key = TextField(unique=True)
    version = IntegerField()
    overruled = TextField()
    reason = TextField()
    held_at = BigIntegerField()
    release_at = BigIntegerField()


class DraftVersion(Table):
    """What a draft said before it said something else; the last few of each are kept."""

    id = AutoField()
    ticket = ForeignKeyField(Ticket, lazy_load=False)
    staff = ForeignKeyField(Staff, lazy_load=False)
    kind = TextField()
    body = TextField()
    at = BigIntegerField()


class Presence(Table):
    """Who has a ticket before them, refreshed by a heartbeat; who began to write first has the answer's lease."""

    ticket = ForeignKeyField(Ticket, lazy_load=False)
    staff = ForeignKeyField(Staff, lazy_load=False)
    seen_at = BigIntegerField()
    writing = SmallIntegerField()
    writing_since = BigIntegerField(null=True)

    class Meta:
        primary_key = CompositeKey("ticket", "staff")


class Look(Table):
    """Somebody saw a person's file: ids, codes and times only, never changed, never removed; without staff it was the console."""

    id = AutoField()
    staff = ForeignKeyField(Staff, null=True, lazy_load=False)
    ticket = ForeignKeyField(Ticket, null=True, lazy_load=False)
    person = ForeignKeyField(Person, null=True, lazy_load=False)
    at = BigIntegerField()
    kind = TextField()
    reason = TextField()


class LookWords(Table):
    """What somebody wrote as their reason for a look."""

    look = ForeignKeyField(Look, primary_key=True, lazy_load=False)
    body = TextField()


class OwnView(Table):
    """A search line that somebody of the staff keeps under a name, with the order of its list."""

    id = AutoField()
    staff = ForeignKeyField(Staff, lazy_load=False)
    name = TextField()
    line = TextField()
    sort = TextField()
    closed = SmallIntegerField()
    created_at = BigIntegerField()

    class Meta:
        table_name = "own_view"


class Tag(Table):
    """A word that the staff put on a ticket; `folded` is what it is found and compared by."""

    ticket = ForeignKeyField(Ticket, lazy_load=False)
    folded = TextField()
    word = TextField()
    staff = ForeignKeyField(Staff, lazy_load=False)
    at = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("ticket", "folded")


class Mention(Table):
    """Somebody of the staff was called to an internal note; not looked at since while `seen_at` is null."""

    id = AutoField()
    message = ForeignKeyField(Message, lazy_load=False)
    ticket = ForeignKeyField(Ticket, lazy_load=False)
    staff = ForeignKeyField(Staff, lazy_load=False)
    seen_at = BigIntegerField(null=True)


class Relation(Table):
    """Two tickets that have to do with each other, the older one first."""

    ticket = ForeignKeyField(Ticket, lazy_load=False)
    other = ForeignKeyField(Ticket, lazy_load=False)
    reason = TextField()
    staff = ForeignKeyField(Staff, lazy_load=False)
    at = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("ticket", "other")


class Download(Table):
    """A link by which one thing is taken out of a ticket, once: a file's number, `plazo` or `historia`."""

    id = AutoField()
    ticket = ForeignKeyField(Ticket, lazy_load=False)
    staff = ForeignKeyField(Staff, lazy_load=False)
    what = TextField()
    created_at = BigIntegerField()
    used_at = BigIntegerField(null=True)
