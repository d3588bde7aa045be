"""Reading a trámite's dossier: every ticket, person, answer, letter and hour, across accounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peewee import JOIN, fn

from core import clock
from core.appointments import offices
from core.appointments.models import Appointment
from core.database.binding import reads, unlocked, writes
from core.database.prepared import Prepared, slot
from core.errors import Invalid
from core.identifiers import normalise_tramite
from core.mail import outbox
from core.mail.views import FATES
from core.operations.dossier.views import Answer, Dossier, Entry
from core.people import models as people
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_line, is_blank
from core.tickets import looks, twins
from core.tickets.access import DOSSIER
from core.tickets.answers import held
from core.tickets.lists.views import TicketRow
from core.tickets.looks import Reason
from core.tickets.models import AnswerDraft, Message, Ticket
from core.tramites.history import tramite

FIELD = "tramite"
MOST = 50
"""Tickets that a dossier tells of."""


@unlocked
def of_tramite(actor: Staff, typed: str, reason: Reason | None = None) -> Dossier:
    """The dossier of a trámite ID in any spelling; that it was read is kept for each of its tickets.

    Raises `Invalid` for an empty ID, `NotAllowed`, and `NeedsReason` when one of its tickets lies outside one's own work.
    """
    if is_blank(clean_line(typed)):
        raise Invalid({FIELD: "Escribe el ID del trámite."})
    tramite_id = normalise_tramite(typed).value
    _admit(actor, tramite_id, reason)
    return _gather(actor, tramite_id)


@writes
def _admit(actor: Staff, tramite_id: str, reason: Reason | None) -> None:
    me = current(actor)
    policy.require(me, "dossier")
    ids = [row.id for row in twins.of_tramite(me, tramite_id, MOST)]
    for ticket in Ticket.select().where(Ticket.id.in_(ids)).order_by(Ticket.id):
        looks.note(me, ticket, DOSSIER, reason)


@reads
def _gather(actor: Staff, tramite_id: str) -> Dossier:
    me = current(actor)
    found = twins.of_tramite(me, tramite_id, MOST + 1)
    rows = found[:MOST]
    ((hidden,),) = _HIDDEN(tramite=tramite_id, hidden=sorted(policy.hidden_routes(me)))
    ids = [row.id for row in rows]
    entries = sorted(_entries(rows), key=_place, reverse=True)
    return Dossier(
        tramite_id=tramite_id,
        tramite=tramite(tramite_id),
        tickets=rows,
        entries=tuple(entries),
        answers=tuple(sorted(_answers(rows), key=lambda answer: answer.at, reverse=True)),
        persons=_PERSONS.first(ids=ids)[0] if ids else 0,  # type: ignore[index]
        hidden=int(hidden),
        more=len(found) > MOST,
    )


def _place(entry: Entry) -> tuple[int, int]:
    """When it happened; of what happened at one instant, a ticket is opened first and letters go out last."""
    return entry.at, {"ticket": 0, "carta": 2}.get(entry.kind, 1)


def _entries(rows: Sequence[TicketRow]) -> Iterator[Entry]:
    by_id = {row.id: row for row in rows}
    for row in rows:
        about = "segundo ticket" if row.is_second else ""
        yield Entry(row.opened_at, "ticket", row.id, row.folio, row.person_name, row.assignee_name, about, row.state)
        yield from _letters(row)
    if by_id:
        yield from _said(by_id)
        yield from _hours(by_id)


def _letters(row: TicketRow) -> Iterator[Entry]:
    """Letters that carry nothing of the conversation; the others' fates stand with what they carry."""
    for letter in outbox.about(row.id):
        if letter.message_id is None:
            yield Entry(letter.queued_at, "carta", row.id, row.folio, row.person_name, "", letter.subject, FATES[letter.fate])


def _said(by_id: dict[int, TicketRow]) -> Iterator[Entry]:
    fates = {letter.message_id: FATES[letter.fate] for row_id in by_id for letter in outbox.about(row_id)}
    for message_id, ticket_id, at, kind, author, body in _MESSAGES(ids=list(by_id)):
        row = by_id[ticket_id]
        yield Entry(at, kind, row.id, row.folio, row.person_name, author or "", body, fates.get(message_id, ""))


def _hours(by_id: dict[int, TicketRow]) -> Iterator[Entry]:
    for ticket_id, booked_at, starts_at, office_id, state in _HOURS(ids=list(by_id)):
        row, office = by_id[ticket_id], offices.named(office_id)
        when = f"{office.local(starts_at):%d-%m-%Y %H:%M}, {office.city}"
        yield Entry(booked_at, "hora", row.id, row.folio, row.person_name, "", when, state)


def _answers(rows: Sequence[TicketRow]) -> Iterator[Answer]:
    """The last answer of each ticket if it is of late, and what is about to go out or being written to those that are open."""
    by_id = {row.id: row for row in rows}
    if not by_id:
        return
    last = {said[1]: said for said in _MESSAGES(ids=list(by_id)) if said[3] == "respuesta"}
    for _id, ticket_id, at, _kind, author, body in last.values():
        if at > clock.now() - twins.ANSWERED_WITHIN:
            yield Answer(ticket_id, by_id[ticket_id].folio, by_id[ticket_id].person_name, author or "", at, body, is_draft=False)
    for row in (row for row in rows if row.leaving):
        leaving = held.of_ticket(row.id)
        if leaving is not None:
            yield Answer(row.id, row.folio, row.person_name, leaving.analyst, clock.now(), leaving.body, is_draft=True)
    for ticket_id, at, author, body in _DRAFTS(ids=[row.id for row in rows if row.is_open]):
        if not is_blank(body):
            yield Answer(ticket_id, by_id[ticket_id].folio, by_id[ticket_id].person_name, author, at, body, is_draft=True)


_HIDDEN = Prepared(
    lambda hidden: Ticket.select(fn.COUNT(Ticket.id)).where(Ticket.tramite_id == slot("tramite"), Ticket.route.in_(hidden))
)
_PERSONS = Prepared(lambda ids: Ticket.select(fn.COUNT(Ticket.person.distinct())).where(Ticket.id.in_(ids)))
_MESSAGES = Prepared(
    lambda ids: (
        Message.select(Message.id, Message.ticket, Message.at, Message.kind, people.Staff.name, Message.body)
        .join(people.Staff, JOIN.LEFT_OUTER, on=(Message.staff == people.Staff.id))
        .where(Message.ticket.in_(ids))
        .order_by(Message.id)
    )
)
_HOURS = Prepared(
    lambda ids: (
        Appointment.select(
            Appointment.ticket, Appointment.booked_at, Appointment.starts_at, Appointment.office, Appointment.state
        )
        .where(Appointment.ticket.in_(ids))
        .order_by(Appointment.id)
    )
)
_DRAFTS = Prepared(
    lambda ids: (
        AnswerDraft.select(AnswerDraft.ticket, AnswerDraft.saved_at, people.Staff.name, AnswerDraft.body)
        .join(people.Staff, on=(AnswerDraft.staff == people.Staff.id))
        .where(AnswerDraft.ticket.in_(ids), AnswerDraft.kind == "respuesta")
        .order_by(AnswerDraft.saved_at)
    )
)
