"""The trámites that the service knows, and the catalogue of what a ticket can be about."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from core.errors import Invalid
from core.people import policy
from core.tramites import history
from core.tramites.catalogue import catalogue, regions
from core.tramites.catalogue_views import Categoria

GOOD = {
    "id": "12.345.678",
    "tipo": "Residencia temporal",
    "estado": "En análisis",
    "correo": "Ana@Correo.Example",
    "creado": "2026-03-01",
}
CATEGORIAS = [each for materia in catalogue().materias for each in materia.categorias]


@pytest.mark.usefixtures("database")
class TestImporting:
    def test_a_row_is_known_by_its_owners_address_and_its_id(self) -> None:
        assert history.import_rows([GOOD]) == 1
        (known,) = history.tramites_of("ana@correo.example")
        assert (known.id, known.kind, known.state, known.created_on) == (
            "12345678",
            "Residencia temporal",
            "En análisis",
            date(2026, 3, 1),
        )
        assert history.tramite("12345678") == known

    def test_bringing_it_in_again_brings_it_up_to_date(self) -> None:
        history.import_rows([GOOD])
        history.import_rows([{**GOOD, "id": "12345678", "estado": "Aprobada"}])
        assert [known.state for known in history.tramites_of("ana@correo.example")] == ["Aprobada"]

    def test_of_two_rows_of_one_file_the_last_holds(self) -> None:
        history.import_rows([GOOD, {**GOOD, "estado": "Aprobada"}])
        assert [known.state for known in history.tramites_of("ana@correo.example")] == ["Aprobada"]

    def test_the_newest_come_first(self) -> None:
        history.import_rows({**GOOD, "id": str(number), "creado": f"2026-0{number}-01"} for number in (2, 9, 5))
        assert [known.id for known in history.tramites_of("ana@correo.example")] == ["9", "5", "2"]

    @pytest.mark.parametrize("day", ["01-03-2026", "2026/03/01", " 2026-03-01 "])
    def test_dates_may_be_written_in_either_order(self, day: str) -> None:
        history.import_rows([{**GOOD, "creado": day}])
        assert history.tramites_of("ana@correo.example")[0].created_on == date(2026, 3, 1)

    def test_a_date_may_be_missing(self) -> None:
        history.import_rows([{**GOOD, "creado": ""}])
        assert history.tramites_of("ana@correo.example")[0].created_on is None

    @pytest.mark.parametrize(
        "wrong",
        [{"correo": "nadie"}, {"creado": "ayer"}, {"creado": "2026-02-30"}, {"id": ""}, {"estado": None}],
    )
    def test_a_wrong_line_is_named_by_its_number(self, wrong: dict[str, str | None]) -> None:
        with pytest.raises(Invalid, match="Línea 3"):
            history.import_rows([GOOD, {**GOOD, "id": "9", **wrong}])  # type: ignore[dict-item]

    def test_many_thousand_rows_come_in(self) -> None:
        rows = ({**GOOD, "id": str(number), "correo": f"p{number % 100}@correo.example"} for number in range(1, 6_001))
        assert history.import_rows(rows) == 6_000
        assert len(history.tramites_of("p7@correo.example")) == 60


def test_every_code_of_the_catalogue_is_given_once() -> None:
    tipos, materias = [each.id for each in catalogue().tipos], [each.id for each in catalogue().materias]
    codes = tipos + materias + [each.id for each in CATEGORIAS]
    assert [code for code, count in Counter(codes).items() if count > 1] == []


@pytest.mark.parametrize("categoria", CATEGORIAS, ids=lambda each: each.id)
def test_a_categoria_says_what_the_form_and_the_desk_need(categoria: Categoria) -> None:
    assert categoria.name
    assert categoria.tramite in ("req", "opc", "no")
    assert categoria.route in policy.ROUTES
    assert (categoria.route == "plazo") == bool(categoria.term_days)
    assert (categoria.route == "derivar") == bool(categoria.derive_to)


def test_every_materia_is_offered_for_some_tipo() -> None:
    tipos = {tipo.id for tipo in catalogue().tipos}
    assert all(materia.tipos and set(materia.tipos) <= tipos for materia in catalogue().materias)


def test_every_tipo_has_something_to_choose() -> None:
    assert all(catalogue().materias_for(tipo.id) for tipo in catalogue().tipos)


def test_there_are_sixteen_regions() -> None:
    assert len(regions()) == len(set(regions())) == 16
