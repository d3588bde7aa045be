"""Views of one's own: kept, renamed, given up, counted, and forgotten with whoever they tell of."""

from __future__ import annotations

import pytest

from core.errors import Conflict, Invalid, NotFound
from core.operations.rights.erasing import erase
from core.people import accounts
from core.people.views import Staff
from core.tickets.searching import own_views, search
from tests.harness import cast


@pytest.fixture
def me(database: str) -> Staff:
    return cast.analyst()


def test_a_view_is_kept_with_its_line_and_its_order(me: Staff) -> None:
    own_views.keep(me, "  Multas ", "materia:multas", "-persona", closed=True)
    (view,) = own_views.own_views(me)
    assert (view.name, view.line, view.order, view.closed) == ("Multas", "materia:multas", "-persona", True)


def test_everybody_has_views_of_their_own(me: Staff) -> None:
    view = own_views.keep(me, "Multas", "materia:multas")
    other = cast.analyst()
    assert own_views.own_views(other) == ()
    own_views.keep(other, "Multas", "materia:multas")
    for change in (lambda: own_views.drop(other, view.id), lambda: own_views.rename(other, view.id, "Mía")):
        with pytest.raises(NotFound):
            change()


def test_a_view_can_be_renamed_and_given_up(me: Staff) -> None:
    view = own_views.keep(me, "Multas", "materia:multas")
    assert own_views.rename(me, view.id, "multas").name == "multas"
    own_views.drop(me, view.id)
    assert own_views.own_views(me) == ()


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "x" * 31])
def test_a_view_needs_a_name_that_can_be_read(me: Staff, name: str) -> None:
    with pytest.raises(Invalid):
        own_views.keep(me, name, "multa")


def test_no_two_views_of_somebody_have_one_name(me: Staff) -> None:
    own_views.keep(me, "Haití", "idioma:creole")
    other = own_views.keep(me, "Otra", "multa")
    for change in (lambda: own_views.keep(me, "haiti", "multa"), lambda: own_views.rename(me, other.id, "HAITÍ")):
        with pytest.raises(Conflict):
            change()


def test_nobody_keeps_more_views_than_can_be_shown(me: Staff) -> None:
    for number in range(own_views.MOST):
        own_views.keep(me, f"Vista {number}", "multa")
    with pytest.raises(Conflict):
        own_views.keep(me, "Una más", "multa")


def test_a_view_says_how_many_tickets_it_holds(me: Staff) -> None:
    cast.ticket(tipo="reclamo", materia="at", categoria="at-hora")
    view = own_views.keep(me, "Reclamos", "tipo:reclamo")
    assert own_views.size(me, view) == (1, False)
    assert own_views.size(me, own_views.keep(me, "Rota", "tipo:nada")) == (0, False)


@pytest.mark.parametrize(
    "line", ["correo:zorzal@correo.example", "nombre:zorzalin", 'nombre:"rosa quispe"', "tramite:44556677", "nombre:chucao rosa"]
)
def test_a_line_that_tells_of_somebody_is_forgotten_with_them(me: Staff, line: str) -> None:
    names = {"nombres": "Rosa Zorzalín", "primer_apellido": "Quispe", "segundo_apellido": "Chucao"}
    cast.ticket(cast.account(nombres="Rosa", primer_apellido="Mamani"), texto="Otra Rosa, de apellido Quispe.")
    owner = cast.account(**names, correo="zorzal@correo.example")
    cast.ticket(owner, tramite_id="44556677")
    own_views.keep(me, "Esa persona", line)
    kept = own_views.keep(me, "Rosas", "nombre:rosa materia:multas")
    erase(accounts.named(owner.email))
    assert own_views.own_views(me) == (kept,)
    assert search.search(me, line).ids == ()
