"""The way to an hour at an office, as people walk it: once, whatever they click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest

from core import clock
from core.appointments import booking, desk, keeping, offices, setup
from core.appointments.views import Wish
from core.people import accounts, children
from core.tickets import desk as verbs
from tests.harness import cast
from tests.harness.page import Page
from tests.intake_web import markup
from tests.intake_web.people import Citizen, send

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NINE = int(datetime(2026, 11, 24, 12, 0, tzinfo=UTC).timestamp())
TIMES = "/hora/horas?oficina=santiago&dia=20261124"
MakeCitizen = Callable[..., Citizen]


def link(page: Page, words: str) -> Page:
    """The page behind the first link that says these words."""
    found = [each.get("href") for each in markup.tree(page).iter("a") if words in "".join(each.itertext())]
    assert found, f"no link «{words}» in {page.path}"
    return page.visitor.get(str(found[0])).follow()


def fill(at: int, count: int = 2) -> None:
    """Other people take places of an hour."""
    for _ in range(count):
        other = cast.account()
        booking.book(other, other.persons[0].id, Wish("santiago", at))


def test_the_whole_way_from_the_portal_to_a_booked_hour(citizen: Citizen) -> None:
    page = send(link(link(citizen.visitor.get("/portal"), "Solicitar una hora en una oficina"), "Solicitar una hora")).follow()
    assert "Horario por verificar" not in page.text
    assert "Dirección y horario por verificar" in page.text
    page = link(link(page, "Santiago"), "martes 24 de noviembre")
    assert page.form("oficina").choices["inicio"][0] == str(NINE)
    page = send(page, inicio=str(NINE)).follow()
    assert "Tu hora quedó reservada" in page.text
    assert "martes 24 de noviembre, 09:00" in page.text
    assert "martes 24 de noviembre, 09:00" in citizen.visitor.get("/portal").text
    (hour,) = booking.hours_of(citizen.account)
    file = citizen.visitor.get(f"/hora/calendario/{hour.id}")
    assert file.header("Content-Type").startswith("text/calendar")
    assert "attachment" in file.header("Content-Disposition")
    (event,) = icalendar.Calendar.from_ical(file.body).walk("VEVENT")
    assert str(event["UID"]) == hour.uid


def test_a_double_click_two_tabs_and_the_back_button_are_one_hour(citizen: Citizen) -> None:
    page = citizen.visitor.get(TIMES)
    other_tab = citizen.visitor.get(TIMES)
    first = send(page, inicio=str(NINE))
    assert send(page, inicio=str(NINE)).location == first.location
    refused = send(other_tab, inicio=str(NINE + 1200))
    assert refused.status == 409
    assert "Ya tienes una hora" in refused.text
    assert "martes 24 de noviembre, 09:00" in refused.text
    for path in ("/hora/nueva", "/hora/oficina", "/hora/dia?oficina=santiago", TIMES):
        assert citizen.visitor.get(path).location == "/hora?aviso=una"
    assert len(booking.hours_of(citizen.account)) == 1


def test_whoever_is_late_is_told_kindly_and_gets_the_nearest_ones(citizen: Citizen) -> None:
    page = citizen.visitor.get(TIMES)
    fill(NINE + 1200)
    late = send(page, inicio=str(NINE + 1200))
    assert late.status == 409
    assert "la acaba de tomar otra persona" in late.text
    assert "martes 24 de noviembre, 09:00" in late.text
    nearest = late.form("oficina").choices["inicio"]
    assert str(NINE + 1200) not in nearest
    assert send(late, inicio=nearest[0]).follow().status == 200
    assert [hour.starts_at for hour in booking.hours_of(citizen.account)] == [int(nearest[0])]


def test_an_hour_that_has_just_passed_is_not_given(citizen: Citizen) -> None:
    page = citizen.visitor.get("/hora/horas?oficina=santiago&dia=20261123")
    at = page.form("oficina").choices["inicio"][0]
    clock.freeze(int(at) - 1800)
    late = send(page, inicio=at)
    assert late.status == 409
    assert "ya pasó o empieza en muy poco rato" in late.text


@on_sqlite
@pytest.mark.parametrize("typed", ["", "mañana", "-1", "9" * 30, "1e9", "٣"])
def test_nonsense_in_place_of_an_hour_is_asked_again(citizen: Citizen, typed: str) -> None:
    page = send(citizen.visitor.get(TIMES), inicio=typed)
    assert page.status == 422
    assert "Elige una hora." in page.text


@on_sqlite
@pytest.mark.parametrize(
    "path",
    [
        *("/hora/dia?oficina=atlantida", "/hora/horas?oficina=santiago&dia=mañana", "/hora/horas?oficina=santiago&dia=20261399"),
        *("/hora/nueva?persona=999999", "/hora/nueva?ticket=AM-2026-000001-R", "/hora/oficina?cambia=1", "/hora/cancelar/1"),
        *("/hora/calendario/1", "/hora/nueva?cambia=x", "/hora/nueva?persona=%00"),
    ],
)
def test_what_is_not_theirs_or_not_there_is_not_found(citizen: Citizen, path: str) -> None:
    fill(NINE, 1)
    assert citizen.visitor.get(path).status == 404


def test_an_hour_is_changed_and_given_back(citizen: Citizen) -> None:
    send(citizen.visitor.get(TIMES), inicio=str(NINE))
    page = link(link(citizen.visitor.get("/hora"), "Cambiar la hora"), "Santiago")
    page = send(link(page, "martes 24"), inicio=str(NINE + 2400)).follow()
    assert "Cambiaste tu hora" in page.text
    assert "09:40" in page.text
    page = link(page, "Cancelarla")
    cancelled = send(page).follow()
    assert "Cancelaste tu hora" in cancelled.text
    assert send(page).follow().status == 200
    assert "La cancelaste" in cancelled.text
    assert citizen.visitor.get(f"/hora/oficina?cambia={booking.hours_of(citizen.account)[0].id}").location == "/hora"


def test_whoever_needs_it_says_so_and_gets_a_place_that_is_kept(citizen: Citizen) -> None:
    fill(NINE)
    assert str(NINE) not in citizen.visitor.get(TIMES).form("oficina").choices["inicio"]
    page = send(citizen.visitor.get("/hora/nueva"), preferente="si").follow()
    page = link(link(page, "Santiago"), "martes 24")
    assert "dilo al llegar" in send(page, inicio=str(NINE)).follow().text
    assert booking.hours_of(citizen.account)[0].preferential


@on_sqlite
def test_a_family_says_for_whom_and_each_may_have_an_hour(make_citizen: MakeCitizen) -> None:
    about = {"nacimiento_anio": "2015", "relacion": "madre", "responsable": "Rosa"}
    mother = make_citizen(para_quien="nna", **about)
    assert "la atención es preferente" in mother.visitor.get("/hora/nueva").text
    children.add(mother.account, cast.form(nombres="Daniel", **about))
    page = send(mother.visitor.get("/hora/nueva"))
    assert page.status == 422
    assert "Elige para quién es la hora." in page.text
    for number, at in zip(page.form("ficha").choices["persona"], (NINE, NINE + 1200), strict=True):
        start = send(mother.visitor.get("/hora/nueva"), persona=number).follow()
        assert send(link(link(start, "Santiago"), "martes 24"), inicio=str(at)).status == 303
    hours = booking.hours_of(accounts.named(mother.account.email))
    assert len({hour.person_id for hour in hours}) == 2
    assert all(hour.preferential for hour in hours)


def test_an_hour_from_a_ticket_is_seen_there_with_what_became_of_it(citizen: Citizen) -> None:
    me = cast.analyst(role="supervisor")
    folio = cast.ticket(citizen.account)
    page = send(citizen.visitor.get(f"/hora/nueva?ticket={folio}")).follow()
    send(link(link(page, "Santiago"), "martes 24"), inicio=str(NINE))
    assert "martes 24 de noviembre, 09:00" in citizen.visitor.get(f"/ticket/{folio}").text
    assert folio in citizen.visitor.get("/hora").text
    desk.close_day(me, "santiago", clock.day_of(NINE))
    assert "suspendió tu hora" in citizen.visitor.get(f"/ticket/{folio}").text
    page = citizen.visitor.get("/hora")
    assert "La oficina suspendió tu hora" in page.text
    again = link(page, "Elegir otra hora")
    assert "martes 24" not in again.text
    send(link(again, "miércoles 25"), inicio=str(NINE + 24 * 3600))
    assert "miércoles 25 de noviembre, 09:00" in citizen.visitor.get(f"/ticket/{folio}").text


@on_sqlite
def test_an_answered_ticket_leads_to_an_hour(citizen: Citizen) -> None:
    me = cast.analyst()
    folio = cast.ticket(citizen.account)
    row = cast.row_of(folio, me)
    verbs.reply(me, row.id, row.version, "Listo.", "clave")
    page = link(citizen.visitor.get(f"/ticket/{folio}"), "Solicitar una hora")
    assert folio in page.text


@on_sqlite
def test_without_confirmed_hours_the_page_says_so(citizen: Citizen) -> None:
    setup.configure(None, with_examples=False)
    page = citizen.visitor.get("/hora/oficina")
    assert page.status == 200
    assert "falta confirmar el horario" in page.text
    assert "/hora/dia" not in page.text


@pytest.mark.parametrize("row", ['{"id": "santiago", "cerrada": true}', '{"id": "santiago", "horario": []}'])
def test_whoever_loses_an_hour_with_its_office_chooses_another_office(
    citizen: Citizen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str
) -> None:
    booking.book(citizen.account, citizen.account.persons[0].id, Wish("santiago", NINE))
    (tmp_path / setup.FILE).write_text(f"[{row}]", encoding="utf-8")
    monkeypatch.setattr(offices, "_written_at", lambda path: clock.now() - 7200)
    setup.configure(tmp_path, with_examples=True)
    assert keeping.suspend_closed() == 1
    page = link(citizen.visitor.get("/hora"), "Elegir otra hora")
    assert page.status == 200
    assert "oficina" in page.text
    assert "Valparaíso" in page.text
