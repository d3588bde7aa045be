"""«No soy un robot»: people pass unasked, machines get nothing out of it."""

from __future__ import annotations

import base64
import hashlib
import json
from unittest.mock import patch

import pytest

from core import clock
from core.database.binding import db
from core.mail.models import Letter
from core.people import passwords
from intake_web.app import Application
from intake_web.pages import account
from tests.harness.cast import PASSWORD, letters_to
from tests.harness.page import Page, Visitor, within
from tests.intake_web.people import BORN, NAMES, send

EMAIL = "rosa@correo.example"


def to_check(visitor: Visitor, email: str = EMAIL) -> Page:
    page = send(visitor.get("/cuenta/nueva"), para_quien="yo").follow()
    page = send(send(page, **NAMES).follow(), **BORN).follow()
    return send(page, correo=email, correo2=email).follow()


def solve(page: Page) -> str:
    """What the page's script finds."""
    task = json.loads(page.text.partition('data-reto="')[2].partition('"')[0].replace("&#34;", '"'))
    number = next(
        number
        for number in range(task["maxnumber"] + 1)
        if hashlib.sha256(f"{task['salt']}{number}".encode()).hexdigest() == task["challenge"]
    )
    found = {name: task[name] for name in ("algorithm", "challenge", "salt", "signature")} | {"number": number}
    return base64.b64encode(json.dumps(found).encode()).decode()


def test_a_browser_that_did_the_work_need_not_wait(visitor: Visitor) -> None:
    page = to_check(visitor)
    with patch.object(account.time, "sleep") as waited:
        done = send(page, clave=PASSWORD, clave2=PASSWORD, prueba=solve(page))
    assert done.location == "/cuenta/creada"
    waited.assert_not_called()


def test_work_done_once_counts_once(site: Application) -> None:
    first = to_check(Visitor(within(site)))
    solution = solve(first)
    with patch.object(account.time, "sleep") as waited:
        send(first, clave=PASSWORD, clave2=PASSWORD, prueba=solution)
        send(to_check(Visitor(within(site)), "otra@correo.example"), clave=PASSWORD, clave2=PASSWORD, prueba=solution)
    waited.assert_called_once()


def test_old_work_counts_no_longer(visitor: Visitor) -> None:
    page = to_check(visitor)
    solution = solve(page)
    clock.advance(24 * 3600 + 60)
    refused = send(page, clave=PASSWORD, clave2=PASSWORD, prueba=solution)
    assert refused.status == 422
    assert "mucho rato" in refused.text


def test_without_scripts_a_hurried_form_waits_its_two_seconds_and_passes(visitor: Visitor) -> None:
    page = to_check(visitor)
    with patch.object(account.time, "sleep") as waited:
        assert send(page, clave=PASSWORD, clave2=PASSWORD).location == "/cuenta/creada"
    waited.assert_called_once_with(2)


def test_only_two_forms_wait_at_once_and_the_next_is_asked_to_come_back(visitor: Visitor) -> None:
    page = to_check(visitor)
    with account._patience, account._patience:
        refused = send(page, clave=PASSWORD, clave2=PASSWORD)
    assert (refused.status, refused.header("Retry-After")) == (429, "2")


def test_whoever_fills_in_the_hidden_field_is_no_person(visitor: Visitor) -> None:
    page = to_check(visitor)
    clock.advance(30)
    assert send(page, clave=PASSWORD, clave2=PASSWORD, apodo="SEO").status == 422
    assert letters_to(EMAIL) == []


@pytest.mark.parametrize("nonsense", ["x", "e30=", base64.b64encode(b'{"salt": 3}').decode(), "é" * 50, "[]" * 4000])
def test_nonsense_instead_of_a_proof_is_as_good_as_none(visitor: Visitor, nonsense: str) -> None:
    page = to_check(visitor)
    clock.advance(30)
    assert send(page, clave=PASSWORD, clave2=PASSWORD, prueba=nonsense).location == "/cuenta/creada"


def test_a_machine_with_a_thousand_addresses_gets_no_letter_out_beyond_the_throttle(site: Application) -> None:
    machine = Visitor(within(site))
    hashed = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$ZmFrZWZha2VmYWtlZmFrZWZha2VmYWtlZmFrZWZha2U"
    with patch.object(account.time, "sleep"), patch.object(passwords, "hash_password", return_value=hashed):
        statuses = [
            send(to_check(machine, f"victima{number}@correo.example"), clave=PASSWORD, clave2=PASSWORD).status
            for number in range(40)
        ]
    assert statuses.count(303) == 20
    assert set(statuses[20:]) == {429}
    with db.connection_context() if db.is_closed() else db.atomic():
        assert Letter.select().count() == 20
