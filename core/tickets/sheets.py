"""A ticket opened at the desk, with everything that an analyst needs beside it."""

from __future__ import annotations

from collections.abc import Sequence

from peewee import JOIN, fn

from core import clock
from core.calendar import business
from core.calendar.ledger import Ledger
from core.database.binding import reads, unlocked
from core.database.prepared import Prepared, columns_of, make_ready, row_of, slot
from core.files import attachments
from core.mail import outbox
from core.mail.views import FATES, Sent
from core.people import models as people
from core.people import policy
from core.people.account_views import Person
from core.people.reading import person_view
from core.people.staff import current
from core.people.views import Staff
from core.tickets import access, impartial, looks, presence, terms, twins
from core.tickets.access import visible_ticket
from core.tickets.answers import held
from core.tickets.asides import related
from core.tickets.lists.views import TicketRow
from core.tickets.looks import Reason
from core.tickets.many import joints
from core.tickets.models import AnswerDraft, Event, Message, Ticket
from core.tickets.records import rows_by_id
from core.tickets.views import Clock, First, TicketSheet
from core.tickets.views import Event as EventView
from core.tickets.views import Message as MessageView
from core.tramites.history import tramite

VERBS = ("claim", "release", "reply", "note", "ask", "extend", "refer", "close", "merge", "assign", "tag")
THANKED = ("felicitacion", "sugerencia")
"""The tipos that ask nothing: they may be closed with thanks."""
_EARLIER = 20
_ALONE = "la persona no tiene otro ticket"


@unlocked
def open_sheet(actor: Staff, ticket_id: int, reason: Reason | None = None) -> TicketSheet:
    """A ticket with conversation, person, trámite, earlier tickets and drafts; that it was opened is kept.

    Raises `NotFound`, and `NeedsReason` when it lies outside one's own work and no reason is given.
    """
    looks.admit(actor, ticket_id, access.OPENED, reason)
    return contents(actor, ticket_id)


@unlocked
def preview(actor: Staff, ticket_id: int) -> TicketSheet:
    """The same beside the list, for one's own work and what a reason was given for already; raises `NeedsReason` otherwise."""
    looks.admit(actor, ticket_id, looks.PREVIEW)
    return contents(actor, ticket_id)


@reads
def contents(actor: Staff, ticket_id: int) -> TicketSheet:
    """The same for what the program makes of a ticket at which somebody has looked; raises `NeedsReason` otherwise."""
    me = current(actor)
    ticket = visible_ticket(me, ticket_id, "read")
    (row,) = rows_by_id([ticket_id])
    person, email = _person(ticket.person_id)
    earlier = _earlier(me, ticket)
    letters, told, today = outbox.about(ticket_id), terms.clock_of(ticket), clock.today()
    drafts = _DRAFTS(ticket=ticket_id, staff=me.id)
    others, hidden = twins.of_ticket(me, ticket)
    return TicketSheet(
        row=row,
        person=person,
        email=email,
        tramite=tramite(ticket.tramite_id) if ticket.tramite_id else None,
        region=ticket.region,
        language=ticket.language,
        notice_on=clock.day_from(ticket.notice_on) if ticket.notice_on else None,
        messages=_messages(ticket_id, person.shown_name, letters),
        earlier=earlier,
        events=events_of(ticket_id),
        watchers=presence.watchers(ticket_id, me.id),
        drafts={kind: body for kind, body, _aside in drafts},
        age_days=business.business_days_between(row.legal_on, today),
        days_left=business.business_days_between(today, row.due_on),
        can=_can(me, row, told, impartial.why_not(ticket, me), bool(earlier)),
        first=_first(me, ticket, person.shown_name),
        clock=told,
        letters=letters,
        files=attachments.of_ticket(ticket_id),
        twins=others,
        hidden_twins=hidden,
        held=held.of_ticket(ticket_id) if row.leaving else None,
        joined=_joined(me, ticket_id, person.shown_name),
        goes_on_in=joints.goes_on_in(ticket_id) if row.state == "fusionado" else "",
        related=related.of_ticket(me, ticket_id),
        of_tramite=_of_tramite(me, ticket),
        asides={kind: aside for kind, _body, aside in drafts if aside},
        enclosed=attachments.answering(ticket_id, me.id),
    )


@reads
def get_ready() -> None:
    """Do what the first opened ticket would otherwise wait for: its statements take longer to build than to run."""
    make_ready()


@reads
def ledger_of(actor: Staff, ticket_id: int) -> Ledger:
    """Every day of a ticket's term, as its person reads it; raises `NotFound`."""
    return terms.ledger_of(visible_ticket(current(actor), ticket_id, "read"))


def events_of(ticket_id: int) -> tuple[EventView, ...]:
    """The ticket's history, oldest first."""
    return tuple(EventView(at, kind, author or "", code) for at, kind, author, code in _EVENTS(ticket=ticket_id))


def name_of(staff_id: int | None) -> str:
    """The name of a member of staff."""
    row = people.Staff.get_or_none(people.Staff.id == staff_id)
    return row.name if row else "alguien"


def _person(person_id: int) -> tuple[Person, str]:
    email, *values = _PERSON.first(person=person_id) or ()
    return person_view(row_of(people.Person, tuple(values))), email


def _messages(ticket_id: int, person_name: str, letters: Sequence[Sent]) -> tuple[MessageView, ...]:
    said = _MESSAGES(ticket=ticket_id)
    fates = {letter.message_id: letter.fate for letter in letters}
    return tuple(
        MessageView(row_id, at, kind, author or person_name, body, FATES.get(fates.get(row_id, ""), ""))
        for row_id, at, kind, author, body in said
    )


def _earlier(me: Staff, ticket: Ticket) -> tuple[TicketRow, ...]:
    """The person's other tickets that this analyst may see, newest first."""
    others = _OTHERS(person=ticket.person_id, but=ticket.id, routes=sorted(policy.visible_routes(me)))
    return tuple(impartial.others_of(me, rows_by_id([row_id for (row_id,) in others])))


def _of_tramite(me: Staff, ticket: Ticket) -> int:
    """How many other tickets that this analyst may see are about the same trámite."""
    if not ticket.tramite_id:
        return 0
    ((count,),) = _SAME_TRAMITE(tramite=ticket.tramite_id, but=ticket.id, routes=sorted(policy.visible_routes(me)))
    return int(count)


def _first(me: Staff, ticket: Ticket, person_name: str) -> First | None:
    """The ticket whose answer was not enough, if this analyst may see it."""
    rows = impartial.others_of(me, rows_by_id([ticket.second_of_id])) if ticket.second_of_id else []
    if not rows or rows[0].route not in policy.visible_routes(me):
        return None
    return First(rows[0], _messages(rows[0].id, person_name, outbox.about(rows[0].id)))


def _joined(me: Staff, ticket_id: int, person_name: str) -> tuple[First, ...]:
    """The tickets that go on in this one, those apart that this analyst may not see."""
    rows = impartial.others_of(me, rows_by_id(joints.joined_to(ticket_id)))
    seen = [row for row in rows if row.route in policy.visible_routes(me)]
    return tuple(First(row, _messages(row.id, person_name, outbox.about(row.id))) for row in seen)


_EVENTS = Prepared(
    lambda: (
        Event.select(Event.at, Event.kind, people.Staff.name, Event.code)
        .join(people.Staff, JOIN.LEFT_OUTER, on=(Event.staff == people.Staff.id))
        .where(Event.ticket == slot("ticket"))
        .order_by(Event.id)
    )
)
_PERSON = Prepared(
    lambda: (
        people.Person.select(people.Account.email, *columns_of(people.Person))
        .join(people.Account, on=(people.Person.account == people.Account.id))
        .where(people.Person.id == slot("person"))
    )
)
_MESSAGES = Prepared(
    lambda: (
        Message.select(Message.id, Message.at, Message.kind, people.Staff.name, Message.body)
        .join(people.Staff, JOIN.LEFT_OUTER, on=(Message.staff == people.Staff.id))
        .where(Message.ticket == slot("ticket"))
        .order_by(Message.id)
    )
)
_OTHERS = Prepared(
    lambda routes: (
        Ticket.select(Ticket.id)
        .where(Ticket.person == slot("person"), Ticket.id != slot("but"), Ticket.route.in_(routes))
        .order_by(Ticket.id.desc())
        .limit(_EARLIER)
    )
)
_SAME_TRAMITE = Prepared(
    lambda routes: Ticket.select(fn.COUNT(Ticket.id)).where(
        Ticket.tramite_id == slot("tramite"), Ticket.id != slot("but"), Ticket.route.in_(routes)
    )
)
_DRAFTS = Prepared(
    lambda: AnswerDraft.select(AnswerDraft.kind, AnswerDraft.body, AnswerDraft.aside).where(
        AnswerDraft.ticket == slot("ticket"), AnswerDraft.staff == slot("staff")
    )
)


def _can(me: Staff, row: TicketRow, told: Clock, barred: str, has_others: bool) -> dict[str, str]:
    """The same as `possibilities` for an open sheet, where it is known whether the person has other tickets."""
    can = possibilities(me, row, told, barred)
    return can if can["merge"] or has_others else can | {"merge": _ALONE}


def possibilities(me: Staff, row: TicketRow, told: Clock, barred: str) -> dict[str, str]:
    """Verb → empty when it can be done to a ticket now, otherwise why not; `barred` says why it is for others to answer."""
    if row.frozen:
        return dict.fromkeys(VERBS, f"datos {row.frozen}")
    if row.leaving:
        return {**dict.fromkeys(VERBS, held.why_not(row.assignee_id == me.id, row.assignee_name)), "note": ""}
    closed = "" if row.is_open else "ya no está abierto"
    takes_over = policy.allowed(me, "take_over", row.route)
    others = f"lo tiene {row.assignee_name}" if row.assignee_id not in (None, me.id) and not takes_over else barred
    return {
        "claim": closed or ("ya es tuyo" if row.assignee_id == me.id else others),
        "release": closed or ("" if row.assignee_id == me.id else "no está a tu nombre"),
        "reply": closed or others,
        "note": "",
        "ask": closed or others or ("ya espera antecedentes" if row.state == "en_espera" else ""),
        "extend": closed or others or terms.why_not_extended(row.due_on, told),
        "refer": closed or others,
        "close": why_not_closed(row, others),
        "merge": "",
        "tag": "",
        "assign": closed or ("" if policy.allowed(me, "assign", row.route) else "es de supervisión"),
    }


def why_not_closed(row: TicketRow, others: str) -> str:
    """Why an analyst cannot close a ticket: a question is answered, never closed; `others` says whose it is."""
    if row.state == "respondido":
        return ""
    if not row.is_open:
        return "ya no está abierto"
    return others or ("" if row.tipo in THANKED else "se cierra respondiendo: nadie queda sin respuesta")
