"""Sending a ticket: what is asked, what is kept, one at a time, once."""

from __future__ import annotations

from collections import Counter

import pytest

from core import clock
from core.database.binding import db
from core.errors import Conflict, Invalid, NotFound, TooOften
from core.identifiers import parse_folio
from core.text import clean_block
from core.tickets import opening
from core.tickets.citizens import drafts, following, forms
from core.tickets.models import Event, Ticket
from core.tramites.catalogue import catalogue
from tests.corpus import load, texts
from tests.harness import cast
from tests.harness.crowd import at_once
from tests.harness.wants import sweep

pytestmark = pytest.mark.usefixtures("database")

CATEGORIAS = [each for materia in catalogue().materias for each in materia.categorias]
HOSTILE = [case["value"] for case in load("text.jsonl") if isinstance(case["value"], str)]


def row_of(folio: str) -> Ticket:
    with db.connection_context() if db.is_closed() else db.atomic():
        return Ticket.get(Ticket.folio == folio)


def test_a_draft_becomes_a_ticket_with_a_folio_and_a_receipt() -> None:
    owner = cast.account()
    folio = cast.ticket(owner)
    assert parse_folio(folio) == folio
    assert folio.startswith("AM-2026-000001-")
    known = following.ticket_of(owner, folio)
    assert (known.state, known.is_open, known.tramite) == ("ingresado", True, "12345678")
    assert [message.body for message in known.messages] == [cast.TEXT]
    receipt = cast.letters_to(owner.email)[-1]
    assert receipt.kind == "receipt"
    assert folio in receipt.subject
    assert "lunes 7 de diciembre" in receipt.body


def test_the_draft_is_gone_once_the_ticket_is_sent() -> None:
    owner = cast.account()
    cast.ticket(owner)
    assert drafts.read(owner.persons[0].id) is None


def test_folios_count_up_and_begin_anew_every_year() -> None:
    first, second = cast.ticket(), cast.ticket()
    clock.advance(60 * 24 * 3600)
    assert [folio[:14] for folio in (first, second, cast.ticket())] == ["AM-2026-000001", "AM-2026-000002", "AM-2027-000001"]


def test_sending_the_form_twice_gives_the_same_ticket() -> None:
    owner = cast.account()
    person, key = owner.persons[0].id, cast.write_draft(owner)
    assert opening.open_ticket(owner, person, key) == opening.open_ticket(owner, person, key)


def test_whoever_has_a_ticket_open_is_told_which_and_keeps_the_draft() -> None:
    owner = cast.account()
    folio = cast.ticket(owner)
    key = cast.write_draft(owner, texto="Otra cosa")
    with pytest.raises(Conflict) as refused:
        opening.open_ticket(owner, owner.persons[0].id, key)
    assert refused.value.folio == folio
    assert "Ya se registra una solicitud en proceso" in refused.value.message
    kept = drafts.read(owner.persons[0].id)
    assert kept is not None
    assert kept.fields["texto"] == "Otra cosa"


def test_a_draft_changed_in_another_window_is_not_sent_unseen() -> None:
    owner = cast.account()
    key = cast.write_draft(owner)
    cast.write_draft(owner, texto="Algo que nunca se mostró")
    with pytest.raises(Conflict) as refused:
        opening.open_ticket(owner, owner.persons[0].id, key)
    assert refused.value.folio == ""


def test_nobody_opens_a_ticket_for_a_stranger() -> None:
    owner, stranger = cast.account(), cast.account()
    with pytest.raises(NotFound):
        opening.open_ticket(stranger, owner.persons[0].id, cast.write_draft(owner))


def test_nobody_can_use_the_key_of_a_strangers_ticket_to_read_its_folio() -> None:
    owner, stranger = cast.account(), cast.account()
    key = cast.write_draft(owner)
    opening.open_ticket(owner, owner.persons[0].id, key)
    with pytest.raises((Conflict, NotFound)) as refused:
        opening.open_ticket(stranger, stranger.persons[0].id, key)
    assert getattr(refused.value, "folio", "") == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tipo", "queja"),
        ("materia", "xx"),
        ("categoria", "rt-estado"),
        ("texto", ""),
        ("texto", "\u202e \u200b"),
        ("texto", "x" * (forms.LONGEST_TEXT + 1)),
        ("tramite_id", ""),
        ("tramite_id", "1" * 65),
        ("region", "Atlántida"),
    ],
)
def test_a_wrong_field_is_refused_by_name_and_the_draft_stays(field: str, value: str) -> None:
    owner = cast.account()
    key = cast.write_draft(owner, **{field: value})
    with pytest.raises(Invalid) as refused:
        opening.open_ticket(owner, owner.persons[0].id, key)
    assert field in refused.value.fields
    assert drafts.read(owner.persons[0].id) is not None


def test_whoever_has_no_tramite_id_says_so() -> None:
    assert row_of(cast.ticket(tramite_id="", sin_tramite="1")).tramite_id is None


def test_a_strange_tramite_id_is_kept_as_typed_and_marked() -> None:
    row = row_of(cast.ticket(tramite_id="ABC-12345678"))
    assert (row.tramite_id, row.tramite_strange) == ("ABC-12345678", 1)


@pytest.mark.parametrize("day", ["", "31-02-2026", "24-11-2026", "01-01-1999", "ayer"])
def test_a_running_term_wants_the_date_of_the_notice(day: str) -> None:
    owner = cast.account()
    key = cast.write_draft(owner, materia="rt", categoria="rt-rechazo", fecha_notificacion=day)
    with pytest.raises(Invalid) as refused:
        opening.open_ticket(owner, owner.persons[0].id, key)
    assert set(refused.value.fields) == {"fecha_notificacion"}


def test_a_ticket_is_due_before_the_persons_own_term_runs_out() -> None:
    row = row_of(cast.ticket(materia="rt", categoria="rt-rechazo", fecha_notificacion="19-11-2026"))
    assert (row.route, row.urgency, row.due_on) == ("plazo", 0, 20261126)


def test_an_ordinary_ticket_is_due_in_ten_business_days() -> None:
    row = row_of(cast.ticket())
    assert (row.legal_on, row.due_on) == (20261123, 20261207)


def test_a_request_about_personal_data_is_due_in_thirty_days() -> None:
    row = row_of(cast.ticket(materia="dp", categoria="dp-acceso"))
    assert (row.route, row.due_on) == ("datos", 20261223)


def test_a_childs_ticket_is_for_those_who_may_read_about_children() -> None:
    row = row_of(cast.ticket(cast.child()))
    assert (row.route, row.urgency) == ("nna", 0)


def test_a_new_ticket_has_one_event_which_holds_no_words() -> None:
    row = row_of(cast.ticket())
    with db.atomic():
        events = list(Event.select().where(Event.ticket == row.id).dicts())
    assert [(event["kind"], event["code"]) for event in events] == [("abierto", "pt-prorroga")]


def test_opening_and_withdrawing_for_ever_is_slowed_down() -> None:
    owner = cast.account()
    with pytest.raises(TooOften):
        for turn in range(30):
            following.withdraw(owner, cast.ticket(owner, texto=f"Vez {turn}"))


def about(categoria: str) -> dict[str, str]:
    """The answers that lead to a categoría."""
    materia = next(each for each in catalogue().materias if any(part.id == categoria for part in each.categorias))
    leading = {"tipo": materia.tipos[0], "materia": materia.id, "categoria": categoria}
    return {**leading, "fecha_notificacion": "20-11-2026", "region": ""}


@pytest.mark.parametrize("categoria", [each.id for each in CATEGORIAS if each.route != "derivar"])
def test_every_categoria_that_the_service_answers_can_be_sent(categoria: str) -> None:
    assert row_of(cast.ticket(**about(categoria))).categoria == categoria


@pytest.mark.parametrize("categoria", [each.id for each in CATEGORIAS if each.route == "derivar"])
def test_what_another_organism_answers_opens_no_ticket(categoria: str) -> None:
    owner = cast.account()
    with pytest.raises(Invalid) as refusal:
        cast.ticket(owner, **about(categoria))
    assert list(refusal.value.fields) == ["categoria"]
    assert following.tickets_of(owner) == ()


@pytest.mark.parametrize("text", sweep(HOSTILE, 25))
def test_hostile_text_is_stored_without_its_controls_or_refused(text: str) -> None:
    owner = cast.account()
    if forms.complaints({**cast.TICKET, "texto": text}):
        with pytest.raises(Invalid, match=r"Cuéntanos|caracteres"):
            cast.ticket(owner, texto=text)
    else:
        assert following.ticket_of(owner, cast.ticket(owner, texto=text)).messages[0].body == clean_block(text)


@pytest.mark.parametrize("name", sweep(texts("names_accept.jsonl"), 12))
def test_a_name_of_any_country_reaches_the_desk_as_typed(name: str) -> None:
    owner = cast.account(nombres=name, un_nombre="1")
    reader = cast.analyst()
    assert cast.row_of(cast.ticket(owner), reader).person_name == name


def test_fifty_submissions_at_once_of_one_form_make_one_ticket() -> None:
    owner = cast.account()
    person, key = owner.persons[0].id, cast.write_draft(owner)
    folios = at_once([lambda: opening.open_ticket(owner, person, key)] * 50)
    assert Counter(map(str, folios)) == {following.tickets_of(owner)[0].folio: 50}
    assert len(following.tickets_of(owner)) == 1


def test_fifty_windows_at_once_open_one_ticket_for_one_person() -> None:
    owner = cast.account()
    person = owner.persons[0].id

    def another(number: int) -> str:
        key = drafts.save(person, {**cast.TICKET, "texto": f"Ventana {number}"}).key
        return opening.open_ticket(owner, person, key)

    outcomes = at_once([lambda number=number: another(number) for number in range(50)])  # type: ignore[misc]
    assert {type(outcome) for outcome in outcomes} <= {str, Conflict}
    assert len({outcome for outcome in outcomes if isinstance(outcome, str)}) == 1
    assert len(following.tickets_of(owner)) == 1


def test_twenty_people_at_once_get_twenty_folios() -> None:
    owners = [cast.account() for _ in range(20)]
    keys = [cast.write_draft(owner) for owner in owners]

    def send(place: int) -> str:
        return opening.open_ticket(owners[place], owners[place].persons[0].id, keys[place])

    folios = at_once([lambda place=place: send(place) for place in range(20)])  # type: ignore[misc]
    assert sorted(int(str(folio)[8:14]) for folio in folios) == list(range(1, 21))
