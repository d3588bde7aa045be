"""What is kept beside tickets in the demo: tags, a note that calls the supervisor, and two tickets that belong together."""

from __future__ import annotations

from core.database.binding import writes
from core.people import staff
from core.people.views import Staff
from core.tickets import desk
from core.tickets.asides import mentions, related, tags
from core.tickets.lists import queue

_TICKETS = 12
_WORDS = ("primera vez", "familia", "llamar", "Haití", "con abogado", "cartel del metro", "repetido")
_ASKED = "¿Qué respondemos aquí, @{name}? La carta dice otra cosa que la página."
_WHY = "misma familia"


@writes
def lay() -> int:
    """Work a little on some of the tickets that stand first in the queue, as an analyst would; how many."""
    everybody = [each for each in staff.list_staff() if not each.disabled]
    chief = next(each for each in everybody if each.role == "supervisor")
    analyst = next(each for each in everybody if each.role == "analyst")
    me = staff.begin(analyst.id)[1]
    rows = queue.window(me, "abiertos", 0, _TICKETS)
    for place, row in enumerate(rows):
        _lay(me, row.id, place, chief)
    for one, other in zip(rows[::4], rows[1::4], strict=False):
        related.relate(me, one.id, other.folio, _WHY)
    staff.sign_out(me)
    return len(rows)


def _lay(me: Staff, ticket_id: int, place: int, chief: Staff) -> None:
    for word in _WORDS[place % len(_WORDS) :: 4]:
        tags.add(me, ticket_id, word)
    if place % 6 == 0:
        desk.note(me, ticket_id, _ASKED.format(name=mentions.handle(chief.name)), f"example {ticket_id}")
