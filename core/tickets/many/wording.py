"""An answer to many in the words of one ticket: its variables filled in, and what the gate would say of it."""

from __future__ import annotations

from typing import NamedTuple

from core.canned import wording
from core.database.binding import reads
from core.errors import NeedsReason
from core.people.views import Staff
from core.text import is_blank
from core.tickets import sheets
from core.tickets.answers import filling, gate
from core.tickets.many import tongues
from core.tickets.models import Ticket
from core.tickets.views import Overruled

STRANGE = "no es parte de tu trabajo: ábrelo antes y di para qué"


class Worded(NamedTuple):
    """The words for one ticket, why they cannot go there, and what should make somebody think twice."""

    text: str
    why_not: str = ""
    warning: str = ""


@reads
def worded(me: Staff, ticket_id: int, text: str, author: str = "") -> Worded:
    """What a ticket would get from its author; what cannot be filled in stays as it is, and says why."""
    try:
        return _worded(me, ticket_id, text, author or me.name)
    except NeedsReason:
        return Worded("", STRANGE)


def _worded(me: Staff, ticket_id: int, whole: str, author: str) -> Worded:
    strange = tongues.complaint(whole)
    if strange:
        return Worded(whole, strange)
    wrote = str(Ticket.get_by_id(ticket_id).language)
    text, spoken = tongues.part(whole, wrote)
    if is_blank(text) and not is_blank(whole):
        return Worded("", "no hay texto en su idioma ni para todos")
    names = [found[1:-1].strip() for found in wording.VARIABLE.findall(text)]
    values = filling.values(sheets.contents(me, ticket_id), author, spoken) if names else {}
    empty = next((name for name in names if not values.get(name, "")), "")
    if empty in wording.VARIABLES and empty:
        return Worded(wording.fill(text, values), f"no tiene con qué llenar {{{empty}}}")
    if empty or "[[" in text:
        return Worded(text, wording.complaint(text) or "queda algo sin llenar")
    said = wording.fill(text, values)
    found = gate.look(me, ticket_id, "respuesta", said)
    hard = next((each.sentence for each in found if each.hard), "")
    return Worded(said, hard, "" if hard or not found else found[0].sentence)


@reads
def overruled(me: Staff, ticket_id: int, text: str, reason: str) -> Overruled:
    """All that the gate finds in these words now, overruled with this reason; nothing without one."""
    if not reason:
        return gate.NOTHING
    return Overruled(frozenset(each.code for each in gate.look(me, ticket_id, "respuesta", text)), reason)
