"""Route `identidad`: nothing of an account is changed at the desk before somebody recorded who the person is."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core import clock
from core.appointments import booking, desk
from core.appointments.views import Wish
from core.database.binding import db
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.mail import outbox
from core.operations import addresses, reclaiming, verify
from core.operations.rights import archive, blocking
from core.people import accounts, children, joining, sessions, staff
from core.people.account_views import Account
from core.people.models import Account as AccountRow
from core.people.views import Staff
from core.tickets import identity, opening, sheets
from core.tickets.citizens import drafts, following
from core.tickets.searching import search
from core.tramites import history
from tests.harness import cast

NINE = int(datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("America/Santiago")).timestamp())
LOST = {"tipo": "consulta", "materia": "cu", "categoria": "cu-recuperar", "tramite_id": ""}


@pytest.fixture(autouse=True)
def bound(database: str) -> None:
    outbox.configure("https://ayuda.example", "Ayuda <no-responder@ayuda.example>")


@pytest.fixture
def me() -> Staff:
    return cast.analyst("Eva Díaz", rights=("identidad",))


def lost(owner: Account, me: Staff) -> int:
    """The id of a ticket in which somebody asks for their account."""
    return cast.row_of(cast.ticket(owner, **LOST), me).id


def events(me: Staff, ticket_id: int) -> list[tuple[str, str, str]]:
    return [(each.kind, each.author, each.code) for each in sheets.open_sheet(me, ticket_id).events[1:]]


def attended(owner: Account, me: Staff, folio: str) -> Staff:
    """The person came to an hour that was asked for from the ticket; the analyst, signed in at that moment."""
    hour = booking.book(owner, owner.persons[0].id, Wish("santiago", NINE), folio)
    clock.freeze(NINE + 60)
    me = staff.begin(me.id)[1]
    desk.came(me, hour.id, did_come=True)
    return me


def confirm(address: str) -> str:
    """Use the link of the last letter to an address; how far the change of address has come then."""
    found = re.search(r"/cuenta/correo/(\S+)", cast.letters_to(address)[-1].body)
    assert found is not None
    return addresses.confirm(found[1]).progress


def join_run(owner: Account, run: int) -> None:
    with db.connection_context() if db.is_closed() else db.atomic():
        AccountRow.update(run=run).where(AccountRow.id == owner.id).execute()


def test_before_the_proof_no_datum_of_the_account_is_changed(me: Staff) -> None:
    owner, former = cast.account(), cast.account()
    ticket_id = lost(owner, me)
    for change in (
        lambda: reclaiming.change_address(me, ticket_id, "nuevo@correo.example"),
        lambda: reclaiming.bring_back(me, ticket_id, former.email),
    ):
        with pytest.raises(Conflict, match="Primero registra cómo demostró quién es"):
            change()
    assert accounts.named(owner.email).id == owner.id
    assert accounts.named(former.email).persons == former.persons


def test_a_document_that_was_seen_is_recorded_with_its_kind_and_who_saw_it(me: Staff) -> None:
    ticket_id = lost(cast.account(), me)
    identity.prove(me, ticket_id, "pasaporte")
    identity.prove(me, ticket_id, "pasaporte")
    assert events(me, ticket_id) == [("identidad", "Eva Díaz", "pasaporte")]
    assert reclaiming.of_ticket(me, ticket_id).proof == "pasaporte"


def test_an_hour_counts_once_the_person_came_and_no_longer_when_that_was_a_mistake(me: Staff) -> None:
    owner = cast.account()
    ticket_id = lost(owner, me)
    folio = opening.open_folio(owner.persons[0].id)
    with pytest.raises(Conflict, match="no ha venido a una hora"):
        identity.prove(me, ticket_id, "hora")
    me = attended(owner, me, folio)
    identity.prove(me, ticket_id, "hora")
    assert reclaiming.of_ticket(me, ticket_id).proof == "hora"
    (hour,) = booking.hours_of(owner)
    clock.advance(3600)
    desk.came(me, hour.id, did_come=False)
    assert reclaiming.of_ticket(me, ticket_id).proof == ""
    with pytest.raises(Conflict, match="Primero registra"):
        reclaiming.change_address(me, ticket_id, "nuevo@correo.example")


def test_claveunica_counts_when_the_account_is_joined_to_it(me: Staff) -> None:
    owner = cast.account()
    ticket_id = lost(owner, me)
    with pytest.raises(Conflict, match="no está unida a ClaveÚnica"):
        identity.prove(me, ticket_id, "claveunica")
    join_run(owner, 12345678)
    identity.prove(me, ticket_id, "claveunica")
    assert reclaiming.of_ticket(me, ticket_id).proof == "claveunica"


def test_what_is_no_proof_is_refused(me: Staff) -> None:
    ticket_id = lost(cast.account(), me)
    with pytest.raises(Invalid):
        identity.prove(me, ticket_id, "me lo dijo")


def test_it_is_for_tickets_of_that_route_and_for_those_who_may(me: Staff) -> None:
    owner = cast.account()
    ticket_id = lost(owner, me)
    with pytest.raises(NotFound):
        identity.prove(cast.analyst(), ticket_id, "pasaporte")
    other = cast.row_of(cast.ticket(), me).id
    with pytest.raises(Conflict, match="no es de «Recuperar mi cuenta"):
        identity.prove(me, other, "pasaporte")
    blocking.block(owner)
    with pytest.raises(NotAllowed, match=r"21\.719"):
        identity.prove(me, ticket_id, "pasaporte")


def test_the_address_changes_once_the_new_one_is_confirmed_and_the_old_one_is_told(me: Staff) -> None:
    owner = cast.account()
    ticket_id = lost(owner, me)
    identity.prove(me, ticket_id, "pasaporte")
    reclaiming.change_address(me, ticket_id, " Nuevo@Correo.example ")
    assert accounts.named(owner.email).id == owner.id
    assert cast.letters_to(owner.email)[-1].kind == "email-change-told"
    assert reclaiming.of_ticket(me, ticket_id).pending == "nuevo@correo.example"
    elsewhere = sessions.begin(owner.id, remember=True).token
    assert confirm("nuevo@correo.example") == "done"
    assert sessions.account_of(elsewhere) is None, "whoever holds the lost mailbox may be signed in"
    assert accounts.named("nuevo@correo.example").id == owner.id
    assert ("correo_pedido", "Eva Díaz", "") in events(me, ticket_id)
    assert [row.id for row in search.search(me, "nuevo@correo.example").rows] == [ticket_id]
    assert list(verify.verify()) == []


@pytest.mark.parametrize("typed", ["", "no es un correo", "the same"])
def test_an_address_that_cannot_be_is_refused_at_its_field(me: Staff, typed: str) -> None:
    owner = cast.account()
    ticket_id = lost(owner, me)
    identity.prove(me, ticket_id, "cedula")
    with pytest.raises(Invalid) as refused:
        reclaiming.change_address(me, ticket_id, owner.email if typed == "the same" else typed)
    assert "correo" in refused.value.fields


def test_an_address_with_an_account_says_how_to_go_on(me: Staff) -> None:
    ticket_id = lost(cast.account(), me)
    identity.prove(me, ticket_id, "cedula")
    with pytest.raises(Invalid, match="ya tiene una cuenta"):
        reclaiming.change_address(me, ticket_id, cast.account().email)


def test_the_former_account_comes_back_with_everything_in_it(me: Staff) -> None:
    former = cast.account()
    before = cast.ticket(former)
    following.withdraw(former, before)
    history.import_rows([{"id": "777", "tipo": "Residencia", "estado": "En análisis", "correo": former.email, "creado": ""}])
    owner = cast.account()
    ticket_id = lost(owner, me)
    identity.prove(me, ticket_id, "pasaporte")
    reclaiming.bring_back(me, ticket_id, former.email)
    (person,) = accounts.named(owner.email).persons
    again = accounts.named(owner.email)
    assert person.id == owner.persons[0].id
    assert {each.folio for each in following.tickets_of(again)} == {before, opening.open_folio(person.id)}
    assert [each.id for each in history.tramites_of(owner.email)] == ["777"]
    assert [letter.kind for letter in cast.letters_to(owner.email)][-1] == "account-reclaimed"
    assert [letter.kind for letter in cast.letters_to(former.email)][-1] == "account-reclaimed"
    with pytest.raises(NotFound):
        accounts.named(former.email)
    assert ("cuenta_traida", "Eva Díaz", str(former.id)) in events(me, ticket_id)
    assert list(verify.verify()) == []


def test_children_come_along(me: Staff) -> None:
    former, owner = cast.account(), cast.account()
    child = children.add(former, {**cast.form(para_quien="nna", relacion="madre", nacimiento_anio="2015"), "responsable": "Rosa"})
    ticket_id = lost(owner, me)
    identity.prove(me, ticket_id, "pasaporte")
    reclaiming.bring_back(me, ticket_id, former.email)
    assert child.id in [person.id for person in accounts.named(owner.email).persons]


@pytest.mark.parametrize(
    "changed", [{"nacimiento_dia": "28"}, {"nombres": "Jean", "primer_apellido": "Pierre", "segundo_apellido": ""}]
)
def test_somebody_elses_account_is_not_brought(me: Staff, changed: dict[str, str]) -> None:
    former = cast.account(**changed)
    ticket_id = lost(cast.account(), me)
    identity.prove(me, ticket_id, "pasaporte")
    with pytest.raises(Conflict, match="no coinciden"):
        reclaiming.bring_back(me, ticket_id, former.email)
    assert accounts.named(former.email).persons == former.persons


def test_an_account_joined_to_another_claveunica_is_not_brought(me: Staff) -> None:
    former, owner = cast.account(), cast.account()
    join_run(former, 11111111)
    join_run(owner, 22222222)
    ticket_id = lost(owner, me)
    identity.prove(me, ticket_id, "pasaporte")
    with pytest.raises(Conflict, match="otra ClaveÚnica"):
        reclaiming.bring_back(me, ticket_id, former.email)


def test_claveunica_comes_along_and_blocked_data_stay(me: Staff) -> None:
    former, owner, frozen = cast.account(), cast.account(), cast.account()
    join_run(former, 11111111)
    blocking.block(frozen)
    ticket_id = lost(owner, me)
    identity.prove(me, ticket_id, "dni")
    with pytest.raises(NotAllowed, match=r"21\.719"):
        reclaiming.bring_back(me, ticket_id, frozen.email)
    reclaiming.bring_back(me, ticket_id, former.email)
    assert joining.of_account(owner.id) == 11111111


def test_two_open_tickets_of_one_person_are_never_made(me: Staff) -> None:
    former, owner = cast.account(), cast.account()
    open_before = cast.ticket(former)
    ticket_id = lost(owner, me)
    identity.prove(me, ticket_id, "pasaporte")
    with pytest.raises(Conflict, match=open_before):
        reclaiming.bring_back(me, ticket_id, former.email)
    assert accounts.named(former.email).persons == former.persons


def test_of_two_booked_hours_the_one_of_the_new_account_stays(me: Staff) -> None:
    former, owner = cast.account(), cast.account()
    booking.book(former, former.persons[0].id, Wish("santiago", NINE))
    kept = booking.book(owner, owner.persons[0].id, Wish("santiago", NINE + 1200))
    ticket_id = lost(owner, me)
    identity.prove(me, ticket_id, "pasaporte")
    reclaiming.bring_back(me, ticket_id, former.email)
    booked = [hour.id for hour in booking.hours_of(accounts.named(owner.email)) if hour.is_booked]
    assert booked == [kept.id]
    assert list(verify.verify()) == []


@pytest.mark.parametrize("both", [True, False])
def test_what_is_half_written_comes_along_unless_something_newer_stands_there(me: Staff, both: bool) -> None:
    former, owner = cast.account(), cast.account()
    cast.write_draft(former, texto="antes")
    ticket_id = lost(owner, me)
    if both:
        cast.write_draft(owner, texto="ahora")
    identity.prove(me, ticket_id, "pasaporte")
    reclaiming.bring_back(me, ticket_id, former.email)
    kept = drafts.read(owner.persons[0].id)
    assert kept is not None
    assert kept.fields["texto"] == ("ahora" if both else "antes")
    assert list(verify.verify()) == []


def test_whoever_looked_into_the_former_account_is_still_told_of(me: Staff) -> None:
    former, owner = cast.account(), cast.account()
    before = cast.ticket(former)
    sheets.open_sheet(me, cast.row_of(before, me).id)
    following.withdraw(former, before)
    ticket_id = lost(owner, me)
    identity.prove(me, ticket_id, "pasaporte")
    reclaiming.bring_back(me, ticket_id, former.email)
    looks = archive.gather(accounts.named(owner.email)).sections["miradas"]
    assert before in [look["folio"] for look in looks]


def test_claveunica_alone_brings_no_other_account_for_it_says_nothing_of_a_typed_name(me: Staff) -> None:
    former, owner = cast.account(), cast.account()
    join_run(owner, 12345678)
    ticket_id = lost(owner, me)
    identity.prove(me, ticket_id, "claveunica")
    with pytest.raises(Conflict, match="visto en una oficina"):
        reclaiming.bring_back(me, ticket_id, former.email)
    identity.prove(me, ticket_id, "cedula")
    reclaiming.bring_back(me, ticket_id, former.email)
