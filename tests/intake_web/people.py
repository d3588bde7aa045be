"""People who use the site in tests: they fill in forms as a browser would, page after page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core import clock
from core.people.account_views import Account
from tests.harness.cast import PASSWORD
from tests.harness.page import Page, Visitor

NAMES = {"nombres": "María José", "primer_apellido": "Quispe", "segundo_apellido": ""}
BORN = {"nacimiento_dia": "27", "nacimiento_mes": "3", "nacimiento_anio": "1985", "pais": "bo"}


@dataclass(slots=True)
class Citizen:
    """Somebody with an account, and the browser in which they use it."""

    visitor: Visitor
    account: Account


def send(page: Page, **filled: str | None) -> Page:
    """Send the page's main form, its first, with these answers; None leaves a field out."""
    form = next(form for form in page.forms if form.method == "post")
    fields = {name: value for name, value in {**form.fields, **filled}.items() if value is not None}
    return page.visitor.post(form.action, fields)


def sign_up(visitor: Visitor, email: str, names: dict[str, str] | None = None) -> Page:
    """Walk through the sign-up for oneself, to the page that says that a letter is on its way."""
    page = send(visitor.get("/cuenta/nueva"), para_quien="yo").follow()
    page = send(page, **(names or NAMES)).follow()
    page = send(page, **BORN).follow()
    page = send(page, correo=email, correo2=email).follow()
    clock.advance(30)  # a person takes that long
    return send(page, clave=PASSWORD, clave2=PASSWORD).follow()


def sign_in(visitor: Visitor, email: str, password: str = PASSWORD, **more: str) -> Page:
    """Fill in the sign-in form; the answer is not followed."""
    return send(visitor.get("/ingreso"), correo=email, clave=password, **more)


def write_ticket(visitor: Visitor, text: str = "Hola, quiero saber cómo va mi solicitud.", **more: str) -> Page:
    """Walk from the first question to the last button; the answer to that button, not followed."""
    page = check_ticket(visitor, text, **more)
    return send(page)


def check_ticket(visitor: Visitor, text: str, **more: str) -> Page:
    """Walk from the first question to the page that shows all answers."""
    page = send(visitor.get("/ticket/nuevo"), tipo=more.pop("tipo", "consulta")).follow()
    page = send(page, materia=more.pop("materia", "rt")).follow()
    page = send(page, categoria=more.pop("categoria", "rt-estado")).follow()
    return send(page, **{"tramite_id": "12345678", "texto": text, **more}).follow()


def folio_of(page: Page) -> str:
    """The folio in a Location header or a page."""
    found = re.search(r"AM-20\d\d-\d{6}-\w", page.location or page.text)
    assert found, page.text
    return found[0]


def details(citizen: Citizen) -> Page:
    """Walk to the page with the text box."""
    page = send(citizen.visitor.get("/ticket/nuevo"), tipo="consulta").follow()
    page = send(page, materia="rt").follow()
    return send(page, categoria="rt-estado").follow()
