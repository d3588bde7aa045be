"""Views of one's own, orders, filters, and search with keys, completion, closed tickets and marks."""

from __future__ import annotations

import pytest

from analyst_tui import finds
from core import clock
from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets.lists import queue
from core.tickets.searching import own_views
from tests.analyst_tui.desk import Desk, at_desk, cursor_line, lines, press, screen, sees, settled, until, write
from tests.harness import cast

Session = tuple[str, Staff]
OWN = len(queue.listed()) + 1
ALL = str(len(queue.listed()))


@pytest.fixture
def folios(marta: Session) -> dict[str, str]:
    """Three people's open tickets and an answered one, by the person's name."""
    made = {}
    for name, about in (
        ("Rosa", {"tipo": "reclamo", "materia": "at", "categoria": "at-hora", "texto": "Perdí mi estampado."}),
        ("Jean", {"materia": "mu", "categoria": "mu-calculo", "texto": "No entiendo la multa, perdí la cuenta."}),
        ("Xiu", {"tramite_id": "888", "texto": "Otra multa."}),
        ("Cerrada", {"texto": "La multa de antes."}),
    ):
        made[name] = cast.ticket(cast.account(nombres=name, primer_apellido="Ñamandú", segundo_apellido=""), **about)
        clock.advance(600)
    _answer(marta[1], made["Cerrada"])
    return made


def _answer(me: Staff, folio: str) -> None:
    row = cast.row_of(folio, me)
    verbs.claim(me, row.id)
    verbs.reply(me, row.id, cast.row_of(folio, me).version, "Listo.", f"clave {folio}")


def listed(pilot: Desk, folios: dict[str, str]) -> list[str]:
    """Whose tickets stand in the list, from top to bottom."""
    names = {folio: name for name, folio in folios.items()}
    return [
        name for line in lines(pilot) for folio, name in names.items() if folio in line.partition("│")[0] or f" {folio}" in line
    ]


async def search(pilot: Desk, line: str) -> None:
    await press(pilot, "slash")
    await write(pilot, line)


async def test_a_key_narrows_the_list(marta: Session, folios: dict[str, str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await search(pilot, "tipo:reclamo")
        await sees(pilot, "tipo Reclamo → 1 ticket · 1 persona")
        assert folios["Rosa"] in cursor_line(pilot)


async def test_what_is_begun_can_be_completed_with_tab(marta: Session, folios: dict[str, str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await search(pilot, "mat")
        await sees(pilot, "tab materia:")
        await press(pilot, "tab")
        await write(pilot, "mul")
        await sees(pilot, "tab Multas y sanciones")
        await press(pilot, "right")
        await sees(pilot, "materia Multas y sanciones → 1 ticket")
        assert folios["Jean"] in cursor_line(pilot)


async def test_without_anything_to_complete_the_keys_are_named_and_tab_goes_to_the_list(
    marta: Session, folios: dict[str, str]
) -> None:
    async with at_desk(marta[0]) as pilot:
        await search(pilot, "rosa ")
        await sees(pilot, "claves   tramite:   folio:")
        await press(pilot, "tab", "c")
        await sees(pilot, "Búsqueda, con cerrados")
        assert "rosa c" not in screen(pilot)


async def test_closed_tickets_are_told_of_and_shown_on_request(marta: Session, folios: dict[str, str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await search(pilot, "multa")
        await sees(pilot, "1 cerrado más, f6 para verlos")
        assert set(listed(pilot, folios)) == {"Jean", "Xiu"}
        await press(pilot, "f6")
        await sees(pilot, "→ 3 tickets")
        assert set(listed(pilot, folios)) == {"Jean", "Xiu", "Cerrada"}
        await press(pilot, "f6")
        await sees(pilot, "→ 2 tickets")


async def test_with_closed_says_where_it_holds(marta: Session, folios: dict[str, str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "c")
        await sees(pilot, "Los cerrados se ven al buscar (/) y en Todos.")


async def test_a_list_is_put_in_order_by_a_column(marta: Session, folios: dict[str, str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "o")
        await write(pilot, "persona")
        await press(pilot, "enter")
        await sees(pilot, "persona, de la A a la Z")
        assert listed(pilot, folios) == ["Jean", "Rosa", "Xiu"]
        assert "Persona ↑" in screen(pilot)
        await press(pilot, "o", "enter")
        await sees(pilot, "1 de 3 · Sin asignar")
        assert "↑" not in screen(pilot)


async def test_all_tickets_stand_in_any_order(marta: Session, folios: dict[str, str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, ALL, "o")
        await write(pilot, "persona")
        await press(pilot, "enter")
        await sees(pilot, "1 de 4 · Todos · persona, de la A a la Z")
        assert listed(pilot, folios) == ["Cerrada", "Jean", "Rosa", "Xiu"]
        await press(pilot, "o")
        await write(pilot, "antiguos")
        await press(pilot, "enter")
        await sees(pilot, "los más antiguos primero")
        assert listed(pilot, folios) == ["Rosa", "Jean", "Xiu", "Cerrada"]


async def test_a_click_on_a_title_sorts_by_it_then_the_other_way_round_then_as_usual(
    marta: Session, folios: dict[str, str]
) -> None:
    async with at_desk(marta[0]) as pilot:
        for told, first in (("Persona ↑", "Jean"), ("Persona ↓", "Xiu"), ("Persona", "Rosa")):
            await pilot.click("#titles", offset=(lines(pilot)[2].index("Persona"), 0))
            await until(pilot, lambda told=told: lines(pilot)[2].endswith(told), told)
            assert folios[first] in cursor_line(pilot)


async def test_a_filter_begins_with_the_view(marta: Session, folios: dict[str, str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "f")
        await sees(pilot, "vista:sin-asignar")
        await write(pilot, "tipo:rec")
        await sees(pilot, "vista Sin asignar · tipo Reclamo → 1 ticket")
        await press(pilot, "escape")
        await sees(pilot, "1 de 3 · Sin asignar")


async def test_a_filtered_list_keeps_its_order(marta: Session, folios: dict[str, str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "o")
        await write(pilot, "persona")
        await press(pilot, "down", "enter", "f")
        await write(pilot, "tipo:con")
        await sees(pilot, "→ 2 tickets")
        assert listed(pilot, folios) == ["Xiu", "Jean"]


async def test_what_is_found_is_kept_as_a_view_and_chosen_by_its_number(marta: Session, folios: dict[str, str]) -> None:
    async with at_desk(marta[0], size=(170, 40)) as pilot:
        await search(pilot, "materia:multas")
        await press(pilot, "enter", "escape", "z")
        await write(pilot, "Multas")
        await press(pilot, "enter")
        await sees(pilot, "── mías ──")
        await sees(pilot, f"{OWN} Multas")
        await press(pilot, "j")
        await sees(pilot, "1 de 1 · Multas")
        await press(pilot, "1")
        await sees(pilot, "1 de 3 · Sin asignar")
        await press(pilot, str(OWN))
        await sees(pilot, "1 de 1 · Multas")
        assert folios["Jean"] in cursor_line(pilot)
    assert [(view.name, view.line) for view in own_views.own_views(marta[1])] == [("Multas", "materia:multas")]


async def test_a_view_of_ones_own_shows_how_many_it_holds(marta: Session, folios: dict[str, str]) -> None:
    own_views.keep(marta[1], "Reclamos", "tipo:reclamo")
    async with at_desk(marta[0], size=(170, 40)) as pilot:
        await until(pilot, lambda: any(line.startswith(f" {OWN} Reclamos") and " 1 │" in line for line in lines(pilot)), "1")


async def test_a_view_is_renamed_and_given_up(marta: Session, folios: dict[str, str]) -> None:
    own_views.keep(marta[1], "Reclamos", "tipo:reclamo", "-persona")
    async with at_desk(marta[0], size=(170, 40)) as pilot:
        await sees(pilot, f"{OWN} Reclamos")
        await press(pilot, str(OWN), "z", "enter")
        await press(pilot, *["backspace"] * len("Reclamos"))
        await write(pilot, "Quejas")
        await press(pilot, "enter")
        await sees(pilot, f"{OWN} Quejas")
        await press(pilot, "z", "down", "enter")
        await sees(pilot, "Borraste la vista «Quejas».")
        assert "── mías ──" not in screen(pilot)
    assert own_views.own_views(marta[1]) == ()


async def test_a_name_that_is_taken_is_refused_and_stays(marta: Session, folios: dict[str, str]) -> None:
    own_views.keep(marta[1], "Multas", "multa")
    async with at_desk(marta[0]) as pilot:
        await search(pilot, "multa")
        await press(pilot, "tab", "z")
        await write(pilot, "multas")
        await press(pilot, "enter")
        await sees(pilot, "Ya tienes una vista «multas»: elige otro nombre.")
        assert "multas" in screen(pilot)


async def test_a_plain_view_is_not_kept(marta: Session, folios: dict[str, str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "z")
        await sees(pilot, "Primero busca (/), filtra u ordena: eso es lo que se guarda.")


async def test_ones_own_views_come_after_the_others_with_tab_and_in_the_palette(marta: Session, folios: dict[str, str]) -> None:
    own_views.keep(marta[1], "Reclamos", "tipo:reclamo")
    async with at_desk(marta[0], size=(170, 40)) as pilot:
        await sees(pilot, f"{OWN} Reclamos")
        await press(pilot, ALL, "tab")
        await sees(pilot, "1 de 1 · Reclamos")
        await press(pilot, "tab")
        await sees(pilot, "1 de 3 · Sin asignar")
        await press(pilot, "ctrl+p")
        await write(pilot, "ver reclamos")
        await press(pilot, "enter")
        await sees(pilot, "1 de 1 · Reclamos")


async def test_the_list_stays_true_while_a_view_of_ones_own_is_on_the_screen(marta: Session, folios: dict[str, str]) -> None:
    own_views.keep(marta[1], "Multas", "multa")
    async with at_desk(marta[0], size=(170, 40)) as pilot:
        await sees(pilot, f"{OWN} Multas")
        await press(pilot, str(OWN))
        await sees(pilot, "1 de 2 · Multas")
        cast.ticket(texto="Una multa más.")
        pilot.app.screen.changed()  # type: ignore[attr-defined]
        await settled(pilot)
        await sees(pilot, "de 3 · Multas")
        assert folios["Xiu"] in cursor_line(pilot)


async def test_the_help_names_every_key_of_the_line(marta: Session) -> None:
    async with at_desk(marta[0], size=(120, 60)) as pilot:
        await press(pilot, "question_mark", *["pagedown"] * 5)
        await sees(pilot, "etiqueta:")
        assert "Ingresados desde un día: 23-11-2026, ayer, 7d." in screen(pilot)


def _marked(pilot: Desk, word: str) -> bool:
    """Whether a word is painted otherwise than the text around it, somewhere on the screen."""
    for strip in pilot.app.screen._compositor.render_strips():
        pieces = [(segment.text, segment.style) for segment in strip]
        for (text, style), (_, before) in zip(pieces[1:], pieces, strict=False):
            if text.strip() == word and style != before:
                return True
    return False


async def test_hits_are_marked_in_the_list_and_in_the_opened_ticket(marta: Session, folios: dict[str, str]) -> None:
    async with at_desk(marta[0], size=(150, 40)) as pilot:
        await search(pilot, "namandu")
        await sees(pilot, "→ 3 tickets")
        assert _marked(pilot, "Ñamandú")
        await press(pilot, *["backspace"] * len("namandu"))
        await write(pilot, "multa")
        await sees(pilot, "→ 2 tickets")
        await press(pilot, "enter")
        await sees(pilot, "Otra multa.")
        assert _marked(pilot, "multa")
        await press(pilot, "escape", "escape", "enter")
        await sees(pilot, "Perdí mi estampado.")
        assert not _marked(pilot, "estampado")


@pytest.mark.parametrize(
    ("text", "terms", "found"),
    [
        ("Perdí mi estampado", ["perd"], ["Perdí"]),
        ("ÑAMANDÚ, ñamandú-namandu", ["namandu"], ["ÑAMANDÚ", "ñamandú", "namandu"]),
        ("nada de eso", ["x"], []),
        ("nada", [], []),
        ("ﬁn", ["fin"], ["ﬁn"]),
    ],
)
def test_words_are_found_where_they_stand(text: str, terms: list[str], found: list[str]) -> None:
    assert [text[start:end] for start, end in finds.spans(text, terms)] == found


def test_a_text_in_pieces_is_the_same_text() -> None:
    pieces = finds.pieces("la multa y las multas", ["mult"], "ink")
    assert "".join(text for text, _ in pieces) == "la multa y las multas"
    assert [text for text, tone in pieces if tone == "hit"] == ["multa", "multas"]
