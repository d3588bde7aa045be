"""Somebody for whom every list of the site is as long as it gets: twenty persons, forty trámites, sessions everywhere."""

from __future__ import annotations

from core import clock
from core.operations.rights import requests
from core.people import children, sessions
from core.people.account_views import Account
from core.tickets import opening
from core.tickets.citizens import drafts
from core.tramites import history, starting
from tests.corpus import texts
from tests.harness import cast
from tests.harness.page import Page, Visitor

PATHS = (
    "/portal",
    "/portal/cartas",
    "/portal/tickets",
    "/portal/tramites",
    "/tramites/consulta-beneficios",
    "/tramites/cert-pd/iniciar",
    "/ticket/nuevo",
    "/cuenta/personas",
    "/cuenta/seguridad",
    "/mis-datos",
)


def pages(visitor: Visitor, owner: Account) -> dict[str, Page]:
    """Every page that lists something, for an account that has as much of everything as it may."""
    account = _with_everybody(owner)
    for person in account.persons:
        clock.advance(600)  # nobody may do so much in a row
        key = drafts.save(person.id, {**cast.TICKET, "texto": f"Hola de parte de {person.shown_name}"}).key
        opening.open_ticket(account, person.id, key)
        starting.start(account, person.id, starting.procedures()[0].id)
        requests.ask(account, "rectificacion", f"El nombre de {person.shown_name} está mal escrito.")
    _much_else(account)
    visitor.cookies["sesion"] = sessions.begin(account.id, remember=False, device="Firefox en Linux").token
    return {f"fullest {path}": visitor.get(path) for path in PATHS}


def _with_everybody(owner: Account) -> Account:
    for name in texts("names_accept.jsonl")[: children.MOST - len(owner.persons)]:
        clock.advance(600)
        about = {"nombres": name, "primer_apellido": name, "segundo_apellido": name}
        children.add(owner, cast.form(**about, nacimiento_anio="2015", relacion="madre", responsable=name))
    known = sessions.account_of(sessions.begin(owner.id, remember=False).token)
    assert known is not None
    return known


def _much_else(account: Account) -> None:
    states = ("En análisis", "Recepcionada", "Documentos adicionales", "Resuelta")
    about = {"tipo": "Residencia temporal", "correo": account.email, "creado": "2026-03-12"}
    history.import_rows(
        [{"id": str(23_000_000 + 917 * n), "estado": states[n % 4], **about} for n in range(account.id, account.id + 40)]
    )
    for number in range(40):
        sessions.begin(account.id, remember=bool(number % 2), device="Chrome en Android")
