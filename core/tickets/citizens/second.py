"""An answer that was not enough: a second ticket tied to the first, which somebody else answers."""

from __future__ import annotations

from typing import Any

from peewee import IntegrityError

from core import clock
from core.calendar import business, ledger
from core.database.binding import db, reads, writes
from core.database.prepared import Prepared, slot
from core.errors import Conflict, Invalid
from core.language import _, current
from core.people import standing, throttles
from core.people.account_views import Account
from core.text import clean_block, is_blank
from core.tickets import opening, terms
from core.tickets.answers import canned_use
from core.tickets.citizens import following, forms
from core.tickets.models import Ticket
from core.tickets.records import record
from core.tokens import digest
from core.tramites.catalogue import catalogue

ANSWERED = ("respondido", "cerrado")
_KEPT = ("tipo", "materia", "categoria", "tramite_id", "tramite_strange", "region")


@writes
def open_second(account: Account, folio: str, text: str, key: str) -> str:
    """Open a second ticket about the same matter as an answered one; its folio, the same however often the form is sent.

    Raises `NotFound`, `Invalid`, and `Conflict` with the folio of a ticket that is open, of the second ticket that there
    is already, or of this one when it has no answer.
    """
    first = following.own(account, folio)
    opening.hold(first.person_id)
    sent_key = digest(f"{first.id} {key}")
    sent = _SENT.first(key=sent_key)
    if sent is not None:
        return str(sent[0])
    standing.require_free(account.id)
    _require_possible(first)
    wrong = complaints(text)
    if wrong:
        raise Invalid(wrong)
    throttles.spend("ticket_account", str(account.id))
    try:
        with db.atomic():
            second = opening.enter(account, _columns(first) | {"submit_key": sent_key}, text)
    except IntegrityError as reason:
        raise Conflict(_(opening.ONE_AT_A_TIME), opening.open_folio(first.person_id)) from reason
    record(first.id, "segundo", code=second)
    canned_use.followed(first.id)
    return second


@reads
def require_possible(account: Account, folio: str) -> None:
    """Raise what `open_second` would raise now, whatever is written."""
    _require_possible(following.own(account, folio))


def complaints(text: str) -> dict[str, str]:
    """What is wrong with what somebody wrote: name of the field → sentence."""
    if is_blank(clean_block(text)):
        return {"texto": _("Cuéntanos qué le faltó a la respuesta.")}
    return forms.complaints({"texto": text}, ("texto",))


def _require_possible(first: Ticket) -> None:
    following.refuse_joined(first)
    if first.state not in ANSWERED or first.answered_at is None:
        raise Conflict(_("Este ticket todavía no tiene respuesta."), first.folio)
    present = opening.open_folio(first.person_id)
    followed = following.folio_after(first.id)
    if present and present != followed:
        raise Conflict(_(opening.ONE_AT_A_TIME), present)
    if followed:
        raise Conflict(_("Ya escribiste un segundo ticket por esa respuesta."), followed)


def _columns(first: Ticket) -> dict[str, Any]:
    """What the second ticket keeps of the first, and its own dates; a legal term that has run out runs no more."""
    now = clock.now()
    columns = {
        **{name: getattr(first, name) for name in _KEPT},
        "person_id": first.person_id,
        "second_of_id": first.id,
        "state": "ingresado",
        "language": current(),
        "opened_at": now,
        "version": 1,
        **_term(first, now),
    }
    lapsed = first.route == "plazo" and columns["notice_on"] is None
    columns["route"] = "normal" if lapsed else first.route
    columns["urgency"] = 0 if columns["route"] in opening.URGENT_ROUTES or columns["notice_on"] else 1
    return columns


def _term(first: Ticket, now: int) -> dict[str, Any]:
    """As many days as the subject has today, and the person's own term while it runs."""
    opened_on, legal_on = clock.day_of(now), business.legal_day(now)
    categoria = catalogue().categoria(first.categoria)
    if categoria is None:
        kept = {"term_days": first.term_days, "term_business": first.term_business}
        columns: dict[str, Any] = {**kept, "opened_on": clock.day_number(opened_on), "legal_on": clock.day_number(legal_on)}
    else:
        columns = terms.promised(first.tipo, categoria, opened_on, legal_on, None)
    columns |= {"notice_on": None, "notice_days": None}
    until = terms.own_deadline(terms.of(first)._replace(resolved_at=None))
    if until is not None and until >= opened_on:
        columns |= {"notice_on": first.notice_on, "notice_days": first.notice_days}
    return columns | {"due_on": clock.day_number(ledger.count(terms.term(terms.made_of(columns))).due_on)}


_SENT = Prepared(lambda: Ticket.select(Ticket.folio).where(Ticket.submit_key == slot("key")))
