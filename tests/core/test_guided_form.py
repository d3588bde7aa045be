"""What people are told before they write: answers to the commonest questions, how long stages take, slips in a number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock
from core.identifiers import TRAMITE_LENGTH
from core.text import is_blank
from core.tramites import history, slips, times
from core.tramites.catalogue import catalogue
from core.tramites.catalogue_views import Categoria
from core.tramites.help import answer_for
from core.tramites.views import Tramite
from intake_web.app import ROUTES

CATEGORIAS = [each for materia in catalogue().materias for each in materia.categorias]
KIND = "Residencia temporal"
OWN = (
    Tramite("12345678", KIND, "En análisis", None),
    Tramite("99887766", "Otro", "x", None),
    Tramite("4321", "Corto", "x", None),
)


@pytest.mark.parametrize("categoria", [each for each in CATEGORIAS if each.route != "derivar"], ids=lambda each: each.id)
def test_every_categoria_has_an_answer_before_its_text_box(categoria: Categoria) -> None:
    answer = answer_for("consulta", categoria.id)
    assert answer is not None
    assert answer.question.endswith("?")
    assert answer.text
    assert answer.good_for
    paths = {route.path for route in ROUTES if route.method == "GET"}
    assert [link.path for link in answer.links if link.path not in paths] == []


def test_stages_belong_to_questions_about_the_state_of_an_application() -> None:
    with_stages = {each.id for each in CATEGORIAS if (answer := answer_for("reclamo", each.id)) and answer.with_stages}
    assert with_stages == {"rt-estado", "rd-estado", "na-estado", "re-estado"}


def test_nobody_who_thanks_or_proposes_is_told_that_a_ticket_is_not_needed() -> None:
    assert answer_for("felicitacion", "at-presencial") is None
    assert answer_for("sugerencia", "ot-otro") is None


def rows(count: int, state: str, days: int = 0) -> list[dict[str, str]]:
    """So many trámites that came in `days` days ago and later, one a day, in a state."""
    first = clock.today() - timedelta(days=days)
    known = {"tipo": KIND, "estado": state, "correo": "ana@correo.example"}
    return [{"id": str(1000 + n), "creado": (first + timedelta(days=n)).isoformat(), **known} for n in range(count)]


@pytest.mark.usefixtures("database")
class TestHowLongStagesTake:
    def test_it_is_counted_from_trámites_whose_stage_changed(self) -> None:
        began = rows(40, "En análisis", days=100)
        history.import_rows(began)
        assert times.stage_times([KIND]) == ()
        history.import_rows([{**row, "estado": "Pago de derechos"} for row in began])
        (found,) = times.stage_times(like=["RESIDENCIA temporal"])
        assert (found.kind, found.stage, found.count, found.half, found.most) == (KIND, "Análisis", 40, 81, 97)
        clock.advance(10 * 24 * 3600)
        history.import_rows([{**row, "estado": "Resuelta"} for row in began])
        assert {(each.stage, each.half) for each in times.stage_times([KIND])} == {("Análisis", 81), ("Documentos o pago", 10)}

    def test_of_few_trámites_nothing_is_said(self) -> None:
        history.import_rows(few := rows(times.FEWEST - 1, "Recepcionada", days=90))
        history.import_rows([{**row, "estado": "Resuelta"} for row in few])
        assert times.stage_times([KIND]) == ()

    @pytest.mark.parametrize("state", ["Ingresada", "EN ANÁLISIS", "recepcionado"])
    def test_another_state_of_the_same_stage_is_no_step(self, state: str) -> None:
        history.import_rows(many := rows(30, "Recepcionada", days=90))
        history.import_rows([{**row, "estado": state} for row in many])
        assert times.stage_times([KIND]) == ()

    def test_who_was_first_seen_later_on_or_in_a_state_nobody_knows_is_left_out(self) -> None:
        for before, after in (("Análisis complementario", "Resuelta"), ("Algo raro", "Resuelta"), ("Resuelta", "Algo raro")):
            history.import_rows(many := rows(30, before, days=90))
            history.import_rows([{**row, "estado": after} for row in many])
        assert times.stage_times([KIND]) == ()

    def test_what_took_so_long_years_ago_says_nothing_about_today(self) -> None:
        history.import_rows(many := rows(30, "Recepcionada", days=90))
        history.import_rows([{**row, "estado": "Resuelta"} for row in many])
        assert times.stage_times([KIND])
        clock.advance((times.WINDOW + 2) * 24 * 3600)
        history.import_rows(rows(1, "Resuelta"))
        assert times.stage_times([KIND]) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12345687", "12345678"),
        ("1234567", "12345678"),
        ("123456789", "12345678"),
        ("12345698", "12345678"),
        ("I2345678", "12345678"),
        ("N° 99.887.706", "99887766"),
        ("4322", "4321"),
    ],
)
def test_a_slip_is_met_with_the_nearest_of_ones_own(typed: str, meant: str) -> None:
    read = slips.understand(typed, OWN)
    assert read.near is not None
    assert read.near.id == meant


@pytest.mark.parametrize("typed", ["", "55555555", "43", "4343", "no lo sé", "RE-2024/118", "12", "x" * TRAMITE_LENGTH])
def test_nothing_is_proposed_for_what_is_too_different(typed: str) -> None:
    read = slips.understand(typed, OWN)
    assert (read.near, read.guess, read.taken_for) == (None, "", "")


def test_ones_own_number_is_known_in_any_spelling() -> None:
    read = slips.understand("ID N° 12.345.678", OWN)
    assert (read.own, read.near, read.changed) == (OWN[0], None, True)


def test_letters_that_look_like_digits_are_read_as_such() -> None:
    assert slips.understand("7O12B5O1", ()).guess == "70128501"
    assert slips.understand("SOLICITUD", ()).guess == ""


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("AM-2026-000001-R", "folio"), ("12.345.678-5", "run"), ("12345678-5", "run"), ("ana@correo.cl", "correo")],
)
def test_what_is_something_else_is_called_by_its_name(typed: str, kind: str) -> None:
    assert slips.understand(typed, ()).taken_for == kind
    assert not is_blank(slips.understand(typed, ()).id.value)
