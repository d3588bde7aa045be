"""The ways that people go between the site and ClaveÚnica."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.harness import cast
from tests.harness.claveunica import ClaveUnica
from tests.harness.claveunica_people import ROSA, Someone
from tests.harness.page import Page, Visitor
from tests.intake_web.people import send

EMAIL = "rosa@correo.example"
ANSWERS = {"nacimiento_dia": "1", "nacimiento_mes": "2", "nacimiento_anio": "1990", "pais": "py"}
PASSWORD_FORM = 'name="clave"'


def begin(visitor: Visitor, onward: str = "") -> str:
    page = visitor.get("/claveunica/inicio" + (f"?siguiente={onward}" if onward else ""))
    assert page.status == 303, page.text
    return page.location


def come_back(visitor: Visitor, claveunica: ClaveUnica, someone: Someone = ROSA, onward: str = "") -> Page:
    return visitor.get(claveunica.sign_in(begin(visitor, onward), someone))


def letter_link(email: str = EMAIL) -> str:
    found = re.search(r"/claveunica/correo/\S+", cast.letters_to(email)[-1].body)
    assert found is not None
    return found[0]


def join(visitor: Visitor, claveunica: ClaveUnica, someone: Someone = ROSA, email: str = EMAIL) -> Page:
    """The whole first visit, to the answer to the letter's button, not followed."""
    page = come_back(visitor, claveunica, someone).follow()
    assert send(page, correo=email, **ANSWERS).follow().status == 200
    return send(visitor.get(letter_link(email)))


def changed(address: str, **parameters: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{urlencode(dict(parse_qsl(parts.query)) | parameters)}"


def refused(page: Page, words: str, status: int) -> None:
    """The page says what happened in its own sentence, and passwords go on."""
    assert words in page.text
    assert page.status == status
    assert PASSWORD_FORM in page.text
    assert "sesion" not in page.visitor.cookies
