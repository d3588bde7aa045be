"""What can be written under a conversation: its words at the desk, and the verb of core that sends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from core.errors import Invalid
from core.people.views import Staff
from core.tickets.views import Overruled

if TYPE_CHECKING:
    from core.tickets.answers.views import Onward

ANSWER, NOTE, REQUEST, EXTENSION, REFERRAL = "respuesta", "nota", "pedido", "ampliacion", "derivacion"


class Outgoing(NamedTuple):
    """Everything that goes with a text: who reads it, when, and what else is asked."""

    ticket_id: int
    version: int
    text: str
    aside: str
    key: str
    overruled: Overruled = Overruled()
    """What the gate found and goes out all the same."""


class Kind(NamedTuple):
    """A kind of text, with the line that it asks for beside it, if any."""

    command: str
    verb: str
    """Its verb in a sheet's `can`."""
    title: str
    busy: str
    done: str
    send: Callable[[Staff, Outgoing], Onward | None]
    """Sends it; what comes next when that is another ticket."""
    aside: str = ""
    """What the line beside the text is called; empty when there is none."""
    filled: str = ""
    """What stands in that line at first."""


def _answer(me: Staff, out: Outgoing) -> Onward:
    from core.tickets.answers import holding

    return holding.hold_and_take_next(me, out.ticket_id, out.version, out.text, out.key, out.overruled)


def _note(me: Staff, out: Outgoing) -> None:
    from core.tickets import desk

    desk.note(me, out.ticket_id, out.text, out.key)


def _ask(me: Staff, out: Outgoing) -> None:
    from core.tickets import waiting

    waiting.ask(me, out.ticket_id, out.version, out.text, out.key, out.overruled)


def _extend(me: Staff, out: Outgoing) -> None:
    from core.tickets import extending

    typed = out.aside.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 4):
        raise Invalid({"dias": "Escribe arriba cuántos días, en números."})
    extending.extend(me, out.ticket_id, out.version, int(typed), out.text, out.key, out.overruled)


def _refer(me: Staff, out: Outgoing) -> None:
    from core.tickets import referring

    referring.refer(me, out.ticket_id, out.version, out.aside, out.text, out.key, out.overruled)


KINDS = {
    ANSWER: Kind("answer", "reply", "Respuesta a la persona", "enviando…", "{folio}: la respuesta sale ya.", _answer),
    NOTE: Kind("note", "note", "Nota interna: la persona no la ve", "guardando…", "Nota guardada en {folio}.", _note),
    REQUEST: Kind("ask", "ask", "Qué le falta a la persona por decir o enviar", "enviando…", "Pedido en {folio}: espera.", _ask),
    EXTENSION: Kind(
        "extend", "extend", "Por qué hacen falta más días", "enviando…", "Plazo ampliado en {folio}.", _extend, "Días", "5"
    ),
    REFERRAL: Kind("refer", "refer", "Cómo seguir con ese organismo", "enviando…", "{folio} derivado.", _refer, "Organismo"),
}
"""In the order in which a draft is offered when a ticket is opened."""
