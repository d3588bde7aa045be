"""Who the person is, at the desk: nothing of an account is changed before the proof is on record."""

from __future__ import annotations

import pytest

from core.people.views import Staff
from core.tickets import opening
from tests.analyst_tui.desk import at_desk, choose, events_of, open_one, press, screen, sees, session, write
from tests.harness import cast

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Session = tuple[str, Staff]
LOST = {"materia": "cu", "categoria": "cu-recuperar"}


@pytest.fixture
def eva(database: str) -> Session:
    """An analyst who may read tickets about accounts."""
    return session("Eva", rights=("identidad",))


async def test_the_address_waits_for_the_proof_and_then_for_the_new_mailbox(eva: Session) -> None:
    folio = open_one(**LOST)
    async with at_desk(eva[0], size=(110, 40)) as pilot:
        await press(pilot, "enter")
        await sees(pilot, "sin demostrar")
        await press(pilot, "i")
        await sees(pilot, "Quién es: sin demostrar")
        assert "primero registra cómo demostró quién es" in screen(pilot)
        await choose(pilot, "registrar: mostró su pasaporte")
        await sees(pilot, "Quedó registrado: mostró su pasaporte en una oficina.")
        await press(pilot, "i")
        await choose(pilot, "cambiar el correo")
        await write(pilot, "nada")
        await press(pilot, "enter")
        await sees(pilot, "!")
        await write(pilot, "@correo.example")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Salió la carta")
    assert events_of(folio, eva[1]) == [("identidad", "pasaporte"), ("correo_pedido", "")]
    assert cast.letters_to("nada@correo.example")[-1].kind == "email-change-proven"


async def test_a_lost_account_is_brought_on_a_small_terminal(eva: Session) -> None:
    former, owner = cast.account(), cast.account()
    folio = open_one(owner, **LOST)
    async with at_desk(eva[0], size=(80, 24)) as pilot:
        await press(pilot, "enter", "i")
        await choose(pilot, "registrar: mostró su cédula")
        await sees(pilot, "Quedó registrado")
        await press(pilot, "i")
        await choose(pilot, "traer a esta cuenta")
        await write(pilot, former.email)
        await press(pilot, "enter")
        await sees(pilot, "La cuenta anterior está en esta")
    assert cast.letters_to(former.email)[-1].kind == "account-reclaimed"
    assert opening.open_folio(owner.persons[0].id) == folio


async def test_on_any_other_ticket_the_key_says_why_it_does_nothing(eva: Session) -> None:
    open_one()
    async with at_desk(eva[0]) as pilot:
        await press(pilot, "enter", "i")
        await sees(pilot, "No se puede: este ticket no es de «Recuperar mi cuenta o correo».")
