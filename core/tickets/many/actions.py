"""What can be done to many tickets at once: a line for each in `ACTIONS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.errors import Invalid
from core.people.views import Staff
from core.text import clean_block, is_blank
from core.tickets import assigning, desk, ending, extending, referring, saying
from core.tickets.asides import tags
from core.tickets.many import surges
from core.tickets.models import Ticket

Fields = Mapping[str, str]
"""What an action asks besides the tickets, as typed."""


@dataclass(frozen=True, slots=True)
class Action:
    """A verb of the desk for many tickets: what it does to one, as it was read, and why it might not."""

    code: str
    words: str
    verb: str
    """Its name in the policy and among what can be done with a ticket."""
    becomes: str
    """What a ticket is then, for the preview."""
    run: Callable[[Staff, int, int, Fields, str], None]
    """Do it: who, the ticket and its version, what was asked, a key that belongs to this ticket of this batch."""
    asks: tuple[str, ...] = ()
    why_not: Callable[[Staff, Ticket, Fields], str] = lambda me, ticket, fields: ""
    """Why it cannot be done to a ticket, beyond what holds for the verb."""


def _claim(me: Staff, ticket_id: int, version: int, fields: Fields, key: str) -> None:
    desk.claim(me, ticket_id)


def _release(me: Staff, ticket_id: int, version: int, fields: Fields, key: str) -> None:
    desk.release(me, ticket_id)


def _assign(me: Staff, ticket_id: int, version: int, fields: Fields, key: str) -> None:
    assigning.assign(me, ticket_id, version, int(fields["analista"]))


def _extend(me: Staff, ticket_id: int, version: int, fields: Fields, key: str) -> None:
    extending.extend(me, ticket_id, version, _days(fields), fields["texto"], key)


def _refer(me: Staff, ticket_id: int, version: int, fields: Fields, key: str) -> None:
    referring.refer(me, ticket_id, version, fields["organismo"], fields["texto"], key)


def _close(me: Staff, ticket_id: int, version: int, fields: Fields, key: str) -> None:
    ending.close(me, ticket_id, version, fields.get("motivo", ""))


def _tag(me: Staff, ticket_id: int, version: int, fields: Fields, key: str) -> None:
    tags.add(me, ticket_id, fields["etiqueta"])


def _no_tag(me: Staff, ticket: Ticket, fields: Fields) -> str:
    return tags.why_not(ticket.id, fields["etiqueta"])


def _no_colleague(me: Staff, ticket: Ticket, fields: Fields) -> str:
    return assigning.why_not(ticket, assigning.colleague(int(fields["analista"])))


def _days(fields: Fields) -> int:
    typed = fields["dias"].strip()
    if not (typed.isascii() and typed.isdigit()):
        raise Invalid({"dias": "Escribe cuántos días, en cifras."})
    return int(typed)


def _require_words(fields: Fields, *names: str) -> None:
    missing = {name: "Falta escribir esto." for name in names if is_blank(clean_block(fields[name]))}
    if missing:
        raise Invalid(missing)


def _too_many_days(me: Staff, ticket: Ticket, fields: Fields) -> str:
    days, most = _days(fields), extending.most(ticket)
    _require_words(fields, "texto")
    if not 1 <= days <= most:
        return f"se puede ampliar {most} días a lo más"
    return saying.half_written(me, ticket.id, "ampliacion")


def _half_referred(me: Staff, ticket: Ticket, fields: Fields) -> str:
    _require_words(fields, "organismo", "texto")
    return saying.half_written(me, ticket.id, "derivacion")


def _no_reason(me: Staff, ticket: Ticket, fields: Fields) -> str:
    if ticket.state != "respondido":
        return saying.half_written(me, ticket.id, "respuesta")
    return "" if fields.get("motivo") in ending.REASONS else "falta dónde lo dijo la persona"


ACTIONS = {
    action.code: action
    for action in (
        Action("asignarme", "asignarme", "claim", "será tuyo", _claim),
        Action("asignar", "asignar a…", "assign", "será suyo", _assign, ("analista",), _no_colleague),
        Action("soltar", "soltar", "release", "quedará sin asignar", _release),
        Action("etiquetar", "etiquetar", "tag", "con la etiqueta", _tag, ("etiqueta",), _no_tag),
        Action("ampliar", "ampliar plazo", "extend", "más plazo, con carta", _extend, ("dias", "texto"), _too_many_days),
        Action("derivar", "derivar", "refer", "derivado, con carta", _refer, ("organismo", "texto"), _half_referred),
        Action("cerrar", "cerrar", "close", "cerrado, con carta", _close, ("motivo",), _no_reason),
        Action("responder", "responder", "reply", "respondido, con carta", surges.answer_one, ("surge",), surges.why_not),
    )
}
