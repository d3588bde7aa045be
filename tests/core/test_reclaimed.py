"""An account that was brought into another is as much the person's as the rest: it is handed out, blocked and erased with it."""

from __future__ import annotations

import pytest

from core.errors import NotAllowed
from core.operations import reclaiming, verify
from core.operations.rights import archive, blocking, erasing
from core.people import accounts
from core.people.account_views import Account
from core.tickets import identity
from core.tickets.citizens import following
from tests.harness import cast, life

SECRET = "Ornitorrinco"


@pytest.fixture
def united(database: str) -> tuple[Account, str]:
    """An account with what came from a former one, and the word by which that can be known."""
    former = cast.account(correo="ornitorrinco@correo.example")
    following.withdraw(former, cast.ticket(former, texto=f"Hablo del {SECRET}."))
    owner, me = cast.account(), cast.analyst(rights=("identidad",))
    ticket_id = cast.row_of(cast.ticket(owner, materia="cu", categoria="cu-recuperar", tramite_id=""), me).id
    identity.prove(me, ticket_id, "pasaporte")
    reclaiming.bring_back(me, ticket_id, former.email)
    return accounts.named(owner.email), SECRET.lower()


def test_it_is_handed_out_with_the_rest(united: tuple[Account, str]) -> None:
    owner, _word = united
    assert SECRET in str(archive.gather(owner).sections["mensajes"])
    assert "ornitorrinco@correo.example" in str(archive.gather(owner).sections["cartas"])


def test_it_is_erased_with_the_rest(united: tuple[Account, str]) -> None:
    owner, word = united
    assert life.places_of(word)
    erasing.erase(owner)
    assert life.places_of(word) == set()
    assert list(verify.verify()) == []


def test_it_is_blocked_with_the_rest(united: tuple[Account, str]) -> None:
    owner, _word = united
    blocking.block(owner)
    for ticket in following.tickets_of(owner):
        with pytest.raises(NotAllowed):
            following.add_information(owner, ticket.folio, "Más", ticket.folio)
