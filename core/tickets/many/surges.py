"""One answer to many tickets that ask the same: written once, looked at letter by letter, each sent in its own ticket.

An answer to more than `UNREVIEWED` tickets goes only when a colleague with the right has approved its very words. Whoever
writes has one such answer in hand at a time, kept in the database while it is typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from core import clock
from core.database import engines
from core.database.binding import db, reads, unlocked, writes
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.people import models as people
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_block, clean_line, is_blank
from core.tickets import saying
from core.tickets.access import require_free
from core.tickets.answers import holding
from core.tickets.citizens.forms import LONGEST_TEXT
from core.tickets.many import wording
from core.tickets.many.models import MOST, Surge, SurgeTicket
from core.tickets.many.views import Surge as SurgeView
from core.tickets.models import AnswerDraft, HeldAnswer, Ticket
from core.tickets.records import rows_by_id

UNREVIEWED = 5
"""The most tickets that one person answers at once without a colleague's eyes."""
LONGEST_VERDICT = 1_000
_WRITABLE = ("borrador", "rechazado")


@reads
def in_hand(actor: Staff) -> SurgeView | None:
    """The answer to many that somebody has in hand; None when there is none."""
    row = Surge.get_or_none(Surge.staff == current(actor).id, Surge.state != "enviado")
    return _view(row) if row else None


@writes
def begin(actor: Staff, ticket_ids: Sequence[int]) -> SurgeView:
    """Begin an answer to these tickets, or let the one in hand be for them; its words stay. Raises `Conflict`, `Invalid`."""
    me = current(actor)
    policy.require(me, "reply")
    if not ticket_ids:
        raise Invalid({"tickets": "Marca primero los tickets a los que responder."})
    if len(ticket_ids) > MOST:
        raise Invalid({"tickets": f"Son {MOST} tickets a lo más de una vez."})
    engines.for_change(db.obj, people.Staff.select(people.Staff.id).where(people.Staff.id == me.id)).first()
    row = Surge.get_or_none(Surge.staff == me.id, Surge.state != "enviado")
    if row is None:
        surge_id = Surge.insert(staff=me.id, at=clock.now(), body="", state="borrador", verdict="").execute()
        row = Surge.get_by_id(surge_id)
    elif row.state not in _WRITABLE:
        raise Conflict("Ya tienes una respuesta a muchos por enviar. Envíala o retírala antes de empezar otra.")
    _take_tickets(row.id, ticket_ids)
    return _view(row)


@writes
def save(actor: Staff, surge_id: int, text: str) -> None:
    """Keep the words while they are written, whatever they are. Raises `Conflict` once they wait for review."""
    row = _own(actor, surge_id, *_WRITABLE)
    Surge.update(body=text).where(Surge.id == row.id).execute()


@writes
def recover(actor: Staff, text: str) -> bool:
    """Let words that a file kept be those of the answer in hand, before others; whether they said anything new.

    Raises `NotFound` when nobody would read them there: there is none in hand that can be written.
    """
    me = current(actor)
    row = engines.for_change(db.obj, Surge.select().where(Surge.staff == me.id, Surge.state.in_(_WRITABLE))).first()
    if row is None:
        raise NotFound("No tienes ninguna respuesta a muchos por escribir.")
    if text in row.body:
        return False
    Surge.update(body=text if row.body in text else f"{text}\n\n{row.body}").where(Surge.id == row.id).execute()
    return True


@writes
def take_out(actor: Staff, surge_id: int, ticket_id: int) -> None:
    """Let one ticket not get the answer; approved words stay approved for the others."""
    row = _own(actor, surge_id, *_WRITABLE, "pedido", "aprobado")
    SurgeTicket.delete().where(SurgeTicket.surge == row.id, SurgeTicket.ticket == ticket_id).execute()


@writes
def submit(actor: Staff, surge_id: int, seen: Mapping[int, int]) -> SurgeView:
    """Say that these letters (ticket → its version as looked at) are right: few may go at once, many wait for review.

    Raises `Invalid` when nothing is written or no ticket is left, `NotAllowed` when the data of one's person are blocked.
    """
    row = _own(actor, surge_id, *_WRITABLE)
    body = clean_block(row.body)
    if is_blank(body):
        raise Invalid({"texto": "Escribe la respuesta antes de seguir."})
    if len(body) > LONGEST_TEXT:
        raise Invalid({"texto": f"El texto tiene {len(body)} caracteres y caben {LONGEST_TEXT}."})
    if not seen:
        raise Invalid({"tickets": "No queda ningún ticket al que enviarla."})
    _refuse_blocked(list(seen))
    _take_tickets(row.id, list(seen), seen)
    state = "pedido" if len(seen) > UNREVIEWED else "aprobado"
    Surge.update(state=state, body=body, reviewer=None, reviewed_at=None, verdict="").where(Surge.id == row.id).execute()
    return _view(Surge.get_by_id(row.id))


@writes
def take_back(actor: Staff, surge_id: int) -> SurgeView:
    """Let the words be written again, although they wait for review or are approved: what was approved no longer is."""
    row = _own(actor, surge_id, "pedido", "aprobado", *_WRITABLE)
    Surge.update(state="borrador", reviewer=None, reviewed_at=None).where(Surge.id == row.id).execute()
    return _view(Surge.get_by_id(row.id))


@writes
def drop(actor: Staff, surge_id: int) -> None:
    """Throw one's own answer to many away, as long as nothing of it is on its way."""
    row = _own(actor, surge_id, *_WRITABLE)
    SurgeTicket.delete().where(SurgeTicket.surge == row.id).execute()
    Surge.delete().where(Surge.id == row.id).execute()


@reads
def asked(actor: Staff) -> tuple[SurgeView, ...]:
    """The answers of others that wait for this person's eyes, the oldest first; none for who may not review."""
    me = current(actor)
    if not policy.allowed(me, "review_surge"):
        return ()
    rows = Surge.select().where(Surge.state == "pedido", Surge.staff != me.id).order_by(Surge.at, Surge.id)
    return tuple(_view(row) for row in rows)


@writes
def review(actor: Staff, surge_id: int, approved: bool, verdict: str, text: str) -> None:
    """Approve somebody else's answer to many, or send it back with words.

    Raises `NotAllowed` for one's own or when one of its tickets is not to be seen, `Conflict` when its words are no longer
    those that were read (`text`) or it does not wait any more.
    """
    me = current(actor)
    policy.require(me, "review_surge")
    row = engines.for_change(db.obj, Surge.select().where(Surge.id == surge_id)).first()
    if row is None or row.state != "pedido" or row.body != text:
        raise Conflict("Esa respuesta ya no espera revisión, o cambió: ábrela otra vez.")
    if row.staff_id == me.id:
        raise NotAllowed("La revisa otra persona que quien la escribió.")
    if _hidden_from(me, row.id):
        raise NotAllowed("Hay tickets que tu cuenta no permite ver: pide la revisión a quien pueda verlos todos.")
    words = clean_block(verdict)
    if not approved and is_blank(words):
        raise Invalid({"texto": "Escribe qué hay que cambiar."})
    if len(words) > LONGEST_VERDICT:
        raise Invalid({"texto": f"El texto tiene {len(words)} caracteres y caben {LONGEST_VERDICT}."})
    state = "aprobado" if approved else "rechazado"
    Surge.update(state=state, reviewer=me.id, reviewed_at=clock.now(), verdict=words).where(Surge.id == row.id).execute()


@reads
def why_not(me: Staff, ticket: Ticket, fields: Mapping[str, str]) -> str:
    """Why a ticket cannot get an answer to many; empty when it can."""
    row = Surge.get_or_none(Surge.id == int(fields["surge"]))
    begun = saying.half_written(me, ticket.id, "respuesta")
    if begun or row is None:
        return begun
    words = wording.worded(me, ticket.id, row.body)
    return words.why_not or ("" if fields.get("motivo") else words.warning)


@writes
def answer_one(me: Staff, ticket_id: int, version: int, fields: Mapping[str, str], key: str) -> None:
    """Answer one ticket with one's own approved words, as it was when they were approved; on hold like any answer."""
    row = _own(me, int(fields["surge"]), "aprobado")
    place = (SurgeTicket.surge == row.id) & (SurgeTicket.ticket == ticket_id)
    known = SurgeTicket.get_or_none(place, SurgeTicket.answered_at.is_null())
    if known is None:
        raise Conflict("este ticket no está en la respuesta aprobada")
    if known.version != version:
        raise Conflict("cambió desde que se aprobó la respuesta")
    ticket = Ticket.get_by_id(ticket_id)
    require_free(ticket)
    reason = why_not(me, ticket, fields)
    if reason:
        raise Conflict(reason, ticket.folio)
    words = wording.worded(me, ticket_id, row.body).text
    holding.hold(me, ticket_id, version, words, key, wording.overruled(me, ticket_id, words, fields.get("motivo", "")))
    SurgeTicket.update(answered_at=clock.now()).where(place).execute()


@writes
def finish(actor: Staff, surge_id: int) -> None:
    """Say that an answer to many is sent: tickets that did not get it are answered one by one."""
    row = _own(actor, surge_id, "aprobado")
    Surge.update(state="enviado").where(Surge.id == row.id).execute()


@unlocked
def take_all_back(actor: Staff, surge_id: int, ticket_ids: Sequence[int]) -> int:
    """Take the letters back that are still on hold: their tickets wait for the answer to many again; how many."""
    back = 0
    for ticket_id in ticket_ids:
        with suppress(Conflict, NotAllowed):
            _take_back(actor, surge_id, ticket_id)
            back += 1
    return back


@writes
def _take_back(actor: Staff, surge_id: int, ticket_id: int) -> None:
    me = current(actor)
    row = _own(me, surge_id, "aprobado", "enviado")
    answer = HeldAnswer.get_or_none(HeldAnswer.ticket == ticket_id, HeldAnswer.staff == me.id)
    holding.take_back(me, ticket_id)
    draft = (AnswerDraft.ticket == ticket_id) & (AnswerDraft.staff == me.id) & (AnswerDraft.kind == "respuesta")
    AnswerDraft.delete().where(draft, AnswerDraft.body == answer.body).execute()  # the words are those of the answer to many
    place = (SurgeTicket.surge == row.id) & (SurgeTicket.ticket == ticket_id)
    SurgeTicket.update(answered_at=None, version=answer.version).where(place).execute()
    others = Surge.select().where(Surge.staff == me.id, Surge.state != "enviado", Surge.id != row.id)
    if row.state == "enviado" and not others.exists():
        Surge.update(state="aprobado").where(Surge.id == row.id).execute()


@reads
def tickets_of(surge_id: int) -> dict[int, int]:
    """The tickets that an answer to many is still for, each with its version as it was looked at."""
    return dict(SurgeTicket.select(SurgeTicket.ticket, SurgeTicket.version).where(_waiting(surge_id)).tuples())


@reads
def readable(actor: Staff, surge_id: int) -> SurgeView:
    """An answer to many, for its author and for who may review it; raises `NotFound`."""
    me = current(actor)
    row = Surge.get_or_none(Surge.id == surge_id)
    if row is None or not (row.staff_id == me.id or policy.allowed(me, "review_surge")):
        raise NotFound("Esa respuesta a muchos no existe o no es tuya.")
    return _view(row)


def _own(actor: Staff, surge_id: int, *states: str) -> Surge:
    """One's own answer to many in one of these states, locked."""
    me = current(actor)
    query = Surge.select().where(Surge.id == surge_id, Surge.staff == me.id)
    row = engines.for_change(db.obj, query).first()
    if row is None or row.state not in states:
        raise Conflict("Esta respuesta a muchos ya no está así: ábrela otra vez. Su texto sigue guardado.")
    return row


def _take_tickets(surge_id: int, ticket_ids: Sequence[int], seen: Mapping[int, int] | None = None) -> None:
    versions = seen or dict(Ticket.select(Ticket.id, Ticket.version).where(Ticket.id.in_(list(ticket_ids))).tuples())
    again = (SurgeTicket.surge == surge_id) & SurgeTicket.ticket.in_(list(versions))
    SurgeTicket.delete().where(_waiting(surge_id) | again).execute()
    rows = [{"surge": surge_id, "ticket": ticket_id, "version": versions[ticket_id]} for ticket_id in versions]
    SurgeTicket.insert_many(rows).execute()


def _refuse_blocked(ticket_ids: list[int]) -> None:
    for row in rows_by_id(ticket_ids):
        if row.frozen:
            raise NotAllowed(f"Los datos de la persona del ticket {row.folio} están {row.frozen} (Ley 21.719): déjalo fuera.")


def _waiting(surge_id: int) -> Any:
    """A condition: the ticket still waits for this answer to many."""
    return (SurgeTicket.surge == surge_id) & SurgeTicket.answered_at.is_null()


def _hidden_from(me: Staff, surge_id: int) -> bool:
    hidden = Ticket.route.in_(sorted(policy.hidden_routes(me)))
    query = SurgeTicket.select().join(Ticket, on=(SurgeTicket.ticket == Ticket.id)).where(_waiting(surge_id), hidden)
    return bool(query.exists())


def _view(row: Any) -> SurgeView:
    names = dict(people.Staff.select(people.Staff.id, people.Staff.name).tuples())
    return SurgeView(
        id=row.id,
        author_id=row.staff_id,
        author=clean_line(names[row.staff_id]),
        at=row.at,
        text=row.body,
        state=row.state,
        tickets=SurgeTicket.select().where(_waiting(row.id)).count(),
        reviewer=names.get(row.reviewer_id, ""),
        verdict=row.verdict,
    )
