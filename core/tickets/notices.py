"""A notice with a term of the person's own that came after the ticket was sent: it is told to the open ticket."""

from __future__ import annotations

from collections.abc import Mapping

from core import clock
from core.database.binding import writes
from core.errors import Conflict, Invalid, NotFound
from core.identifiers import parse_folio
from core.language import _
from core.people import standing, throttles
from core.people.account_views import Account
from core.tickets import rows, terms
from core.tickets.citizens import forms
from core.tickets.models import Ticket
from core.tickets.records import record
from core.tramites.catalogue import catalogue
from core.tramites.catalogue_views import Categoria

WHAT = "plazo_de"
"""The field that says what kind of notice it was: the code of a categoría with a term."""


def kinds() -> tuple[Categoria, ...]:
    """The kinds of notices that begin a term: the categorías of the route plazo."""
    every = (categoria for materia in catalogue().materias for categoria in materia.categorias)
    return tuple(categoria for categoria in every if categoria.route == "plazo")


def complaints(fields: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the answers about a notice: name of the field → sentence."""
    kind = _kind(fields)
    unknown = {} if kind else {WHAT: _("Elige qué te llegó.")}
    asked = {**fields, "categoria": (kind or kinds()[0]).id}
    return unknown | forms.complaints(asked, ("fecha_notificacion",))


@writes
def mark(account: Account, folio: str, fields: Mapping[str, str]) -> None:
    """Let an open ticket go first, and be due before the person's own term ends; telling it again changes the date.

    A ticket that only some may read stays theirs. Raises `NotFound`, `Invalid`, `Conflict`, `NotAllowed`, `TryLater`.
    """
    row = rows.lock_named(parse_folio(folio) or "")
    if row is None or account.person(row.person_id) is None:
        raise NotFound(_("No encontramos ese ticket en tu cuenta."))
    wrong, kind, notice = complaints(fields), _kind(fields), forms.notice_date(fields)
    if wrong or kind is None or notice is None:
        raise Invalid(wrong)
    if row.resolved_at is not None:
        raise Conflict(_("Este ticket ya terminó: puedes crear otro y escribir en él la fecha."), row.folio)
    told = {"notice_on": clock.day_number(notice), "notice_days": kind.term_days}
    if (row.notice_on, row.notice_days) == tuple(told.values()):
        return
    standing.require_free(account.id)
    throttles.spend("message_account", str(account.id))
    route = "plazo" if row.route == "normal" else row.route
    Ticket.update(**told, route=route, urgency=0, version=Ticket.version + 1).where(Ticket.id == row.id).execute()
    terms.settle(row.id)
    record(row.id, "plazo", code=kind.id)


def _kind(fields: Mapping[str, str]) -> Categoria | None:
    return next((kind for kind in kinds() if kind.id == fields.get(WHAT)), None)
