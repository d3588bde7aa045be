"""What a person does with tickets already sent: read them, add information, withdraw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from peewee import JOIN

from core import clock, dates
from core.calendar.ledger import Ledger
from core.database.binding import reads, writes
from core.database.prepared import Prepared, columns_of, insert, row_of, slot
from core.errors import Conflict, Invalid, NotFound
from core.files import attachments
from core.files.views import Attachment
from core.identifiers import parse_folio
from core.language import _, noted
from core.mail import outbox
from core.mail.views import FATES, Sent
from core.people import models as people
from core.people import standing, throttles
from core.people.account_views import Account
from core.text import clean_block, is_blank
from core.tickets import rows, terms, waiting
from core.tickets.citizens.forms import LONGEST_TEXT
from core.tickets.lists.views import OPEN_STATES
from core.tickets.many import joints
from core.tickets.models import Message, Ticket
from core.tickets.records import index_words, record
from core.tickets.views import CitizenTicket
from core.tickets.views import Message as MessageView

UNIT = noted("Equipo de Ayuda Migraciones")


@reads
def tickets_of(account: Account) -> tuple[CitizenTicket, ...]:
    """All tickets of the persons that an account stands for, newest first, without their conversations."""
    found = _OF_PERSONS(persons=[person.id for person in account.persons])
    return tuple(_view(account, row_of(Ticket, values), ()) for values in found)


@reads
def ticket_of(account: Account, folio: str) -> CitizenTicket:
    """One ticket with its conversation; a stranger's is as unknown as one that does not exist (`NotFound`)."""
    row = own(account, folio)
    letters, joined = outbox.about(row.id), joints.joined_to(row.id)
    said = [*_earlier_conversations(joined), *_conversation(row.id, letters)]
    whole = _view(account, row, said, attachments.of_ticket(row.id))
    before, after = _folio_before(row), folio_after(row.id) if row.answered_at else ""
    onward, earlier = joints.goes_on_in(row.id), _folios(joined)
    whole = replace(whole, second_of=before, followed_by=after, goes_on_in=onward, joined=earlier)
    return replace(whole, clock=terms.clock_of(row), letters=letters)


@reads
def folio_after(ticket_id: int) -> str:
    """The folio of the second ticket after an answer; empty when there is none but such that were given up."""
    row = _AFTER.first(ticket=ticket_id)
    return str(row[0]) if row else ""


def _folio_before(ticket: Ticket) -> str:
    row = _FOLIO.first(ticket=ticket.second_of_id) if ticket.second_of_id else None
    return str(row[0]) if row else ""


@reads
def ledger_of(account: Account, folio: str) -> Ledger:
    """Every day of the term of one of the account's tickets; raises `NotFound`."""
    return terms.ledger_of(own(account, folio))


@writes
def mark_shown(account: Account, folio: str) -> None:
    """Keep that the person has read in the portal what was said in a ticket."""
    outbox.mark_shown(account.id, own(account, folio).id)


@writes
def add_information(account: Account, folio: str, text: str, key: str) -> None:
    """Add words to an open ticket, and the files that wait for them, or those alone.

    Sent twice with one key, it is added once. Raises `Invalid`, `Conflict`.
    """
    row = own(account, folio, change=True)
    if Message.get_or_none(Message.submit_key == key, Message.ticket == row.id) is not None:
        return
    standing.require_free(account.id)
    words = "" if is_blank(clean_block(text)) and attachments.waiting(row.person_id, row.id) else _text_complaint(text)
    if words:
        raise Invalid({"texto": words})
    if row.resolved_at is not None:
        raise Conflict(_("Este ticket ya fue respondido. Si falta algo, puedes crear un segundo ticket."), row.folio)
    throttles.spend("message_account", str(account.id))
    said = {"at": clock.now(), "kind": "persona", "body": clean_block(text), "submit_key": key}
    attachments.send(row.person_id, row.id, insert(Message, ticket_id=row.id, **said), draft=False)
    Ticket.update(version=Ticket.version + 1).where(Ticket.id == row.id).execute()
    record(row.id, "agregado")
    waiting.came(row)
    index_words(row.id)


@writes
def withdraw(account: Account, folio: str) -> None:
    """Give a ticket up, so that another one can be opened; doing it twice is harmless."""
    row = own(account, folio, change=True)
    if row.state == "desistido":
        return
    standing.require_free(account.id)
    done = Ticket.update(state="desistido", resolved_at=clock.now(), version=Ticket.version + 1).where(
        Ticket.id == row.id, Ticket.resolved_at.is_null()
    )
    if not done.execute():
        raise Conflict(_("Este ticket ya fue respondido: no hace falta desistir."), row.folio)
    waiting.end(row.id)
    record(row.id, "desistido")
    index_words(row.id)


@reads
def own(account: Account, folio: str, change: bool = False) -> Ticket:
    """The row of one of the account's tickets, locked if it is to be changed; raises `NotFound`.

    What goes on in another ticket is not changed (`Conflict`).
    """
    known = parse_folio(folio) or ""
    row: Ticket | None = rows.lock_named(known) if change else rows.read_named(known)
    if row is None or account.person(row.person_id) is None:
        raise NotFound(_("No encontramos ese ticket en tu cuenta."))
    if change:
        refuse_joined(row)
    return row


@reads
def refuse_joined(row: Ticket) -> None:
    """Raise `Conflict`, with the folio that goes on, when a ticket goes on in another."""
    onward = joints.goes_on_in(row.id) if row.state == "fusionado" else ""
    if onward:
        raise Conflict(_("Este ticket sigue en otro de los tuyos: escribe ahí lo que falte."), onward)


def _text_complaint(text: str) -> str:
    cleaned = clean_block(text)
    if is_blank(cleaned):
        return _("Escribe lo que quieres agregar.")
    if len(cleaned) > LONGEST_TEXT:
        words = _("Tu texto tiene {length} caracteres y caben {longest}. Acórtalo un poco.")
        return words.format(length=dates.number(len(cleaned)), longest=dates.number(LONGEST_TEXT))
    return ""


def _conversation(ticket_id: int, letters: Sequence[Sent]) -> Iterable[MessageView]:
    """What the person may read: their own words and the answers; never internal notes."""
    said = _SAID(ticket=ticket_id)
    fates = {letter.message_id: letter.fate for letter in letters}
    for message_id, at, kind, analyst, body in said:
        author = f"{analyst}, {_(UNIT)}" if kind != "persona" else ""
        yield MessageView(message_id, at, kind, author, body, FATES.get(fates.get(message_id, ""), ""))


def _earlier_conversations(ticket_ids: Sequence[int]) -> list[MessageView]:
    """What was said in the tickets that go on in this one, in the order in which it was said."""
    return sorted((said for each in ticket_ids for said in _conversation(each, outbox.about(each))), key=lambda said: said.id)


def _folios(ticket_ids: Sequence[int]) -> tuple[str, ...]:
    return tuple(str(folio) for each in ticket_ids for (folio,) in _FOLIO(ticket=each))


_FOLIO = Prepared(lambda: Ticket.select(Ticket.folio).where(Ticket.id == slot("ticket")))
_AFTER = Prepared(
    lambda: (
        Ticket.select(Ticket.folio)
        .where(Ticket.second_of == slot("ticket"), Ticket.state != "desistido")
        .order_by(Ticket.id.desc())
        .limit(1)
    )
)
_MOST = 200
_OF_PERSONS = Prepared(
    lambda persons: Ticket.select(*columns_of(Ticket)).where(Ticket.person.in_(persons)).order_by(Ticket.id.desc()).limit(_MOST)
)
_SAID = Prepared(
    lambda: (
        Message.select(Message.id, Message.at, Message.kind, people.Staff.name, Message.body)
        .join(people.Staff, JOIN.LEFT_OUTER, on=(Message.staff == people.Staff.id))
        .where(Message.ticket == slot("ticket"), Message.kind != "nota")
        .order_by(Message.id)
    )
)


def _view(account: Account, row: Ticket, messages: Iterable[MessageView], files: tuple[Attachment, ...] = ()) -> CitizenTicket:
    person = account.person(row.person_id)
    return CitizenTicket(
        folio=row.folio,
        state=row.state,
        person_id=row.person_id,
        person_name=person.shown_name if person else "",
        tipo=row.tipo,
        materia=row.materia,
        categoria=row.categoria,
        tramite=row.tramite_id or "",
        tramite_strange=bool(row.tramite_strange),
        opened_at=row.opened_at,
        legal_on=clock.day_from(row.legal_on),
        due_on=clock.day_from(row.due_on),
        answered_at=row.answered_at,
        messages=tuple(messages),
        is_open=row.state in OPEN_STATES,
        files=files,
    )
