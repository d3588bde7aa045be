"""Keys in a search line: what each finds, how they go together, and that any value is legal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from core.people.views import Staff
from core.tickets import desk
from core.tickets.asides import tags
from core.tickets.citizens import following
from core.tickets.searching import asking, search
from core.tickets.searching.keys import KEYS
from tests.harness import cast

DAY = 24 * 3600


@pytest.fixture
def me(database: str) -> Staff:
    return cast.analyst("Marta Ríos", rights=("datos",))


@pytest.fixture
def folios(me: Staff) -> dict[str, str]:
    """Tickets that differ in all that can be asked for, by a word for each; the last one is answered."""
    clock.advance(-10 * DAY)
    made = {}
    made["multa"] = cast.ticket(
        cast.account(nombres="Rosa", primer_apellido="Ñamandú", segundo_apellido="", correo="rosa@correo.example"),
        materia="mu", categoria="mu-calculo", tramite_id="7654321", texto="El cálculo de la multa no se entiende.",
    )  # fmt: skip
    clock.advance(3 * DAY)
    made["reclamo"] = cast.ticket(
        cast.account(nombres="Jean Rosario", primer_apellido="Louis", segundo_apellido=""),
        tipo="reclamo", materia="rd", categoria="rd-estado", region="O'Higgins", tramite_id="888", texto="Nadie responde.",
    )  # fmt: skip
    clock.advance(3 * DAY)
    made["residencia"] = cast.ticket(
        cast.account(nombres="Xiu"), materia="rt", categoria="rt-estado", tramite_id="999", texto="Rosa y multa, en palabras."
    )
    clock.advance(4 * DAY)
    made["cerrado"] = _answered(me)
    return made


def _answered(me: Staff) -> str:
    folio = cast.ticket(cast.account(nombres="Cerrada"), tipo="reclamo", materia="at", categoria="at-hora", texto="La multa.")
    row = cast.row_of(folio, me)
    desk.claim(me, row.id)
    desk.reply(me, row.id, cast.row_of(folio, me).version, "Listo.", f"clave {folio}")
    return folio


def names(me: Staff, folios: dict[str, str], line: str, **options: bool) -> set[str]:
    by_folio = {folio: name for name, folio in folios.items()}
    return {by_folio[row.folio] for row in search.search(me, line, **options).rows}


ALL = {"multa", "reclamo", "residencia"}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("tipo:reclamo", {"reclamo"}),
        ("TIPO:Reclamo", {"reclamo"}),
        ("-tipo:reclamo", {"multa", "residencia"}),
        ("tipo:reclamo tipo:consulta", ALL),
        ("materia:multas", {"multa"}),
        ("materia:mu", {"multa"}),
        ('materia:"residencia temporal"', {"residencia"}),
        ("materia:residencia", {"reclamo", "residencia"}),
        ("categoría:rt-estado", {"residencia"}),
        ("categoria:cálculo", {"multa"}),
        ("región:ohiggins", {"reclamo"}),
        ('region:"O\'Higgins"', {"reclamo"}),
        ("idioma:es", ALL),
        ("idioma:creole", set()),
        ("ruta:normal", ALL),
        ("estado:abierto", ALL),
        ("estado:respondido", {"cerrado"}),
        ("nombre:rosa", {"multa", "reclamo"}),
        ('nombre:"rosa ñam"', {"multa"}),
        ("nombre:rosa multa", {"multa"}),
        ("correo:rosa@", {"multa"}),
        ("correo:rosa@correo.example", {"multa"}),
        ("trámite:7.654.321", {"multa"}),
        ("tramite:765 tipo:consulta", {"multa"}),
        ("tramite:765 tipo:reclamo", set()),
        ("7654321 tipo:consulta", {"multa"}),
        ("7654321 tipo:reclamo", set()),
        ("desde:hoy", set()),
        ("desde:5d", {"residencia"}),
        ("desde:16-11-2026 antes:hoy", {"reclamo", "residencia"}),
        ("antes:14/11", {"multa"}),
        ("vence:hoy", set()),
        ("de:nadie", ALL),
        ("de:mi", set()),
        ("vista:sin-asignar", ALL),
        ("vista:míos", set()),
        ("vista:respondidos", {"cerrado"}),
        ("vista:todos", {*ALL, "cerrado"}),
        ("multa", {"multa", "residencia"}),
        ("materia: multas", {"multa"}),
        ("multa tipo:consulta -materia:multas", {"residencia"}),
    ],
)
def test_a_key_finds_what_its_value_says(me: Staff, folios: dict[str, str], line: str, found: set[str]) -> None:
    assert names(me, folios, line) == found


def test_a_folio_is_found_by_its_number_alone(me: Staff, folios: dict[str, str]) -> None:
    number = folios["reclamo"].split("-")[2]
    assert names(me, folios, f"folio:{int(number)}") == {"reclamo"}
    assert names(me, folios, f"folio:{folios['cerrado']}") == {"cerrado"}


def test_an_analysts_tickets_are_found_by_a_part_of_the_name(me: Staff, folios: dict[str, str]) -> None:
    desk.claim(me, cast.row_of(folios["multa"], me).id)
    for line in ("de:mi", "de:rios", 'de:"Marta Ríos"', "-de:nadie"):
        assert names(me, folios, line) == {"multa"}, line
    assert names(me, folios, "-de:marta") == ALL - {"multa"}


def test_a_tag_is_found_by_its_beginning(me: Staff, folios: dict[str, str]) -> None:
    tags.add(me, cast.row_of(folios["multa"], me).id, "Prensa escrita")
    for line in ("etiqueta:prensa", 'etiqueta:"prensa escrita"', "etiqueta:#PREN"):
        assert names(me, folios, line) == {"multa"}, line
    assert names(me, folios, "-etiqueta:prensa") == ALL - {"multa"}
    assert [each.line for each in search.complete(me, "etiqueta:pr")] == ['etiqueta:"Prensa escrita" ']


def test_closed_tickets_are_found_on_request_and_counted_without(me: Staff, folios: dict[str, str]) -> None:
    assert search.search(me, "multa").also == "1 cerrado más"
    assert names(me, folios, "multa", closed=True) == {"multa", "residencia", "cerrado"}
    assert names(me, folios, "tipo:reclamo", closed=True) == {"reclamo", "cerrado"}
    assert search.search(me, "multa", closed=True).also == ""


def test_what_only_closed_tickets_have_is_found_at_once_and_said_so(me: Staff, folios: dict[str, str]) -> None:
    found = search.search(me, "cerrada")
    assert [row.folio for row in found.rows] == [folios["cerrado"]]
    assert found.understood == "ninguno abierto con «cerrada» → 1 ticket · 1 persona"


def test_a_ticket_that_was_given_up_is_no_longer_open(me: Staff) -> None:
    owner = cast.account()
    folio = cast.ticket(owner, texto="Mi hipopótamo.")
    assert not search.search(me, "hipopotamo").closed
    following.withdraw(owner, folio)
    assert search.search(me, "hipopotamo").instead == "ninguno abierto con «hipopotamo»"


def test_a_value_that_does_not_exist_finds_nothing_and_says_which_do(me: Staff, folios: dict[str, str]) -> None:
    found = search.search(me, "tipo:queja multa")
    assert found.rows == ()
    assert found.understood == "«tipo:queja» no existe; vale consulta, reclamo, sugerencia, felicitacion"
    assert "23-11-2026, hoy, ayer o 7d" in search.search(me, "desde:nunca").understood
    assert search.search(me, "nombre:r").understood == "«nombre:r» no existe; vale al menos dos letras de un nombre"
    assert search.search(me, "-nombre:rosa").understood == "«-nombre:» no se puede negar"


def test_a_key_without_its_value_is_not_asked_yet(me: Staff, folios: dict[str, str]) -> None:
    assert names(me, folios, "multa tipo:") == {"multa", "residencia"}


@pytest.mark.parametrize("line", ["queja:multa", "http://multa", "x:y", "multa :", ":multa"])
def test_an_unknown_key_is_words(me: Staff, folios: dict[str, str], line: str) -> None:
    assert search.search(me, line).understood.startswith(("palabras", "nada", "ninguno"))


def test_the_line_above_names_every_key(me: Staff, folios: dict[str, str]) -> None:
    said = search.search(me, "tipo:cons materia:mul cálculo").understood
    assert said == "tipo Consulta · materia Multas y sanciones · palabras cálculo → 1 ticket · 1 persona"


def test_where_there_is_no_such_tramite_the_next_best_is_offered(me: Staff, folios: dict[str, str]) -> None:
    number = int(folios["multa"].split("-")[2])
    assert search.search(me, f"{number:06d}").understood.startswith("ninguno con ese trámite; 1 con el folio parecido")
    assert search.search(me, "7654399").understood.startswith("ninguno con ese trámite; 1 cuyo trámite empieza con 76543")
    wrong = folios["multa"][:-1] + ("0" if folios["multa"][-1] != "0" else "1")
    assert search.search(me, wrong).understood.startswith("ninguno con ese folio; 1 con el folio parecido")


def test_nobody_finds_a_restricted_ticket_by_any_key(me: Staff) -> None:
    cast.ticket(materia="rt", categoria="rt-nna", tramite_id="87654321", texto="hipopótamo")
    for line in ("tramite:876", "ruta:nna", "estado:abierto", "vista:todos", "nombre:maria", "idioma:es", "hipopotamo"):
        found = search.search(me, line, closed=True)
        assert (found.rows, found.ids, found.also) == ((), (), ""), line


def test_of_very_many_closed_tickets_only_so_many_are_listed(
    me: Staff, folios: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST", 2)
    found = search.search(me, "tipo:consulta tipo:reclamo", closed=True)
    assert (len(found.ids), found.more) == (2, True)
    older = search.search(me, "tipo:consulta tipo:reclamo antes:18-11-2026", closed=True)
    assert (len(older.ids), older.more) == (2, True)
    monkeypatch.setattr(asking, "LOOKED_AT", 1)
    assert search.search(me, "estado:desistido").more


def test_how_many_a_line_finds_is_counted_only_so_far(me: Staff, folios: dict[str, str]) -> None:
    assert search.how_many(me, "tipo:consulta") == (2, False)
    assert search.how_many(me, "vista:todos", most=3) == (3, True)
    lines = ["nombre:rosa multa", "multa", "7654321", "765", "tramite:765", folios["cerrado"], "cerrada", "zzzz", "", "tipo:nada"]
    for line in lines:
        assert search.how_many(me, line)[0] == len(search.search(me, line).ids), line


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("mat", ["materia:"]),
        ("multa -ti", ["multa -tipo:"]),
        ("tipo:", ["tipo:consulta ", "tipo:reclamo ", "tipo:sugerencia ", "tipo:felicitacion "]),
        ("tipo:re", ["tipo:reclamo "]),
        ("materia:resid", ['materia:"residencia temporal" ', 'materia:"residencia definitiva" ']),
        ('materia:"residencia d', ['materia:"residencia definitiva" ']),
        ("vista:sin", ["vista:sin-asignar "]),
        ("de:mar", ['de:"Marta Ríos" ']),
        ("xyz", []),
        ("xyz:a", []),
        ("tipo:reclamo ", []),
        ("", []),
    ],
)
def test_a_line_is_completed(me: Staff, line: str, offered: list[str]) -> None:
    completed = [each.line for each in search.complete(me, line)]
    assert completed[: len(offered)] == offered
    assert bool(completed) == bool(offered)


def test_whatever_completion_offers_is_understood(me: Staff, folios: dict[str, str]) -> None:
    for code in KEYS:
        for each in search.complete(me, f"{code}:"):
            assert "no existe" not in search.search(me, each.line).understood, each.line


def test_every_key_is_explained() -> None:
    assert [name for name, _ in search.key_help()] == [f"{code}:" for code in KEYS]
    assert all(words.endswith(".") for _, words in search.key_help())


PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["multa", "ros", '"', "-", ":", "rosa ñamandú", "12345678", "«", "hoy"]),
    st.builds("{}{}:{}".format, st.sampled_from(["", "-"]), st.sampled_from([*KEYS, "x"]), st.text(max_size=10)),
)


def test_any_line_with_keys_is_legal(me: Staff, folios: dict[str, str]) -> None:
    @given(st.lists(PIECES, max_size=5), st.booleans())
    def type_a_line(pieces: list[str], closed: bool) -> None:
        line = " ".join(pieces)
        found = search.search(me, line, closed=closed)
        assert len(found.ids) == len(set(found.ids))
        assert {row.folio for row in found.rows} <= set(folios.values())
        search.complete(me, line)

    type_a_line()


def test_what_a_longer_word_finds_its_beginning_finds_too(me: Staff, folios: dict[str, str]) -> None:
    @given(st.sampled_from(["multa", "cálculo", "entiende", "Ñamandú", "Rosario", "palabras", "responde"]), st.data())
    def type_a_word(word: str, data: st.DataObject) -> None:
        shorter = word[: data.draw(st.integers(2, len(word)))]
        assert set(search.search(me, word).ids) <= set(search.search(me, shorter, closed=True).ids)

    type_a_word()


def test_a_tramite_is_found_however_it_is_grouped(me: Staff, folios: dict[str, str]) -> None:
    @given(
        st.sampled_from(["", "0", "00"]),
        st.sampled_from(["", ".", " ", ","]),
        st.sampled_from(["", "ID ", "n° ", "trámite ", "trámite: "]),
    )
    def type_it(zeros: str, gap: str, label: str) -> None:
        assert names(me, folios, f"{label}{zeros if not gap else ''}{gap.join(('7', '654', '321'))}") == {"multa"}

    type_it()
