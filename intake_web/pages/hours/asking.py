"""What somebody who looks for an hour has said so far; it travels in the address, so that going back is harmless."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from core.appointments import booking
from core.appointments.views import Hour
from core.errors import NotFound
from core.people.account_views import Account, Person
from core.tickets.citizens import following
from intake_web.visit import Visit

START = "/hora/nueva"


@dataclass(frozen=True, slots=True)
class Asking:
    """For whom, about which ticket, with preferential attention or without, and in place of which hour."""

    person: Person | None
    several: bool
    folio: str
    preferential: bool
    changing: Hour | None

    def path(self, step: str, **more: str) -> str:
        """The address of a step that knows all this; a child's attention is preferential without saying so."""
        asked = {"persona": str(self.person.id)} if self.person and self.several else {}
        asked |= {"ticket": self.folio} if self.folio else {}
        asked |= {"preferente": "si"} if self.preferential and not self.is_for_child else {}
        asked |= {"cambia": str(self.changing.id)} if self.changing else {}
        query = urlencode(asked | more)
        return f"/hora/{step}?{query}" if query else f"/hora/{step}"

    @property
    def is_for_child(self) -> bool:
        """Whether the hour is for somebody under 18."""
        return self.person is not None and self.person.is_minor

    @property
    def fields(self) -> dict[str, str]:
        """The same as hidden fields of a form."""
        return {
            "persona": str(self.person.id) if self.person else "",
            "ticket": self.folio,
            "preferente": "si" if self.preferential else "",
            "cambia": str(self.changing.id) if self.changing else "",
        }


def asking(visit: Visit) -> Asking:
    """What was said so far; raises `NotFound` for a person, a ticket or an hour of somebody else."""
    account, given = visit.person, visit.form if visit.environ["REQUEST_METHOD"] == "POST" else visit.query
    changing = booking.hour_of(account, _number(given["cambia"])) if given["cambia"] else None
    folio = following.ticket_of(account, given["ticket"]).folio if given["ticket"] else ""
    person = _person(account, given["persona"], folio, changing)
    preferential = given["preferente"] == "si" or (changing is not None and changing.preferential)
    is_for_child = person is not None and person.is_minor
    return Asking(person, len(account.persons) > 1, folio, preferential or is_for_child, changing)


def _person(account: Account, named: str, folio: str, changing: Hour | None) -> Person | None:
    """Whose hour it is, if that is clear: the hour's, the ticket's, the one who was chosen, or the only one."""
    if changing is not None:
        return account.person(changing.person_id)
    if folio:
        return account.person(following.ticket_of(account, folio).person_id)
    if named:
        person = account.person(_number(named))
        if person is None:
            raise NotFound("")
        return person
    return account.persons[0] if len(account.persons) == 1 else None


def _number(text: str) -> int:
    """A number of ours in an address; no row has the one that stands for nonsense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else -1
