"""Somebody to test with: accounts, tickets and staff, made by the very services that make the real ones."""

from __future__ import annotations

import itertools
import re

from core.database.binding import db, reads
from core.database.prepared import Prepared, slot
from core.mail.models import Letter
from core.people import accounts, applications, staff
from core.people.account_views import Account
from core.people.accounts import Applicant
from core.people.views import Staff
from core.tickets import opening
from core.tickets.citizens import drafts
from core.tickets.lists import queue
from core.tickets.lists.views import TicketRow
from core.tickets.looks import Reason
from core.tickets.many import surges

PASSWORD = "tres cabras verdes"
STAFF_PASSWORD = "una frase larga de analista"
TEXT = "Buenos días, quiero saber en qué etapa está mi solicitud."
TICKET = {"tipo": "consulta", "materia": "pt", "categoria": "pt-prorroga", "tramite_id": "12345678", "texto": TEXT}
REASON = Reason("revision")
"""What somebody says who opens a ticket that is not their own work."""
_numbers = itertools.count(1)


def form(**changed: str) -> dict[str, str]:
    """A sign-up form filled in well, but for what is changed."""
    address = f"persona{next(_numbers)}@correo.example"
    filled = {
        "para_quien": "yo",
        "nombres": "María José",
        "primer_apellido": "Quispe",
        "segundo_apellido": "Mamani",
        "nacimiento_dia": "27",
        "nacimiento_mes": "3",
        "nacimiento_anio": "1985",
        "pais": "pe",
        "correo": address,
        "correo2": address,
    }
    if "correo" in changed:
        filled["correo2"] = changed["correo"]
    return {**filled, **changed}


def applicant(visitor: str = "", **changed: str) -> Applicant:
    """Somebody who has filled in the sign-up form; the password is always the same one."""
    return applications.applicant(form(**changed), PASSWORD, PASSWORD, visitor, address=f"address {next(_numbers)}")


def token_in(letter: str) -> str:
    """The token of the validation link in a letter."""
    found = re.search(r"/cuenta/validar/(\S+)", letter)
    assert found is not None, letter
    return found[1]


def letters_to(address: str) -> list[Letter]:
    """The letters to an address, oldest first, whoever they belong to."""
    with db.connection_context() if db.is_closed() else db.atomic():
        return list(Letter.select().where(Letter.address == address).order_by(Letter.id))


@reads
def validation_token(address: str) -> str:
    """The token of the last validation letter to an address."""
    return token_in(str(_LAST_LETTER(address=address)[0][0]))


_LAST_LETTER = Prepared(
    lambda: Letter.select(Letter.body).where(Letter.address == slot("address")).order_by(Letter.id.desc()).limit(1)
)


def account(**changed: str) -> Account:
    """A validated account with one person, from a sign-up form filled in well but for what is changed."""
    somebody = applicant(**changed)
    accounts.sign_up(somebody)
    return accounts.validate(validation_token(somebody.email)).account


def write_draft(owner: Account, **changed: str) -> str:
    """A ticket's draft of the account's first person, filled in well but for what is changed; its key."""
    return drafts.save(owner.persons[0].id, {**TICKET, **changed}).key


def child(**changed: str) -> Account:
    """A validated account that an adult made for a child of ten."""
    about = {"para_quien": "nna", "relacion": "madre", "responsable": "Rosa Ñamandú", "nacimiento_anio": "2015"}
    return account(**{**about, **changed})


def ticket(owner: Account | None = None, **changed: str) -> str:
    """An open ticket about a trámite of its own (the first: 12345678); its folio."""
    sender = owner or account()
    about = {"tramite_id": str(12_345_678 + queue.newest_id()), **changed}
    return opening.open_ticket(sender, sender.persons[0].id, write_draft(sender, **about))


def analyst(name: str = "", role: str = "analyst", rights: tuple[str, ...] = (), cap: int = 20) -> Staff:
    """A member of staff, signed in at the terminal."""
    called = name or f"Analista {next(_numbers)}"
    member = staff.add_staff(called, role, "analista@servicio.example", STAFF_PASSWORD, rights, cap)
    return staff.begin(member.id)[1]


def row_of(folio: str, reader: Staff) -> TicketRow:
    """A ticket's line in the list of everything, as somebody of the staff sees it."""
    return next(row for row in queue.window(reader, "todos", 0, 1000) if row.folio == folio)


def words_to_many(author: Staff) -> str:
    """The text of the answer to many that somebody has in hand."""
    surge = surges.in_hand(author)
    assert surge is not None
    return surge.text
