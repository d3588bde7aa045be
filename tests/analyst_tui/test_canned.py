"""Canned answers at the desk: found by typing, filled in, holes jumped to, the letter seen, the gate overruled, the book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analyst_tui.screens.canned_book import census
from analyst_tui.screens.canned_finder import found
from core.canned import editing, fields, loading, reading
from core.canned.views import Canned, Page, Version
from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets.citizens import following
from tests.analyst_tui.desk import at_desk, editor_text, let_go, open_one, press, screen, sees, settled, sheet_of, write
from tests.harness import cast

Session = tuple[str, Staff]
FIELDS = {
    "titulo": "Prórroga: cómo va",
    "sirve": "pt-prorroga",
    "responsable": "Unidad de residencias",
    "base": "Ley 21.325, artículo 5",
    "vigente": "30-06-2027",
    "es": "Hola {nombre}: tu trámite {tramite} está en [[etapa]].\nPuedes verlo en tu portal desde el [[día]].",
    "en": "Hello {nombre}: you can see {tramite} in your portal.",
    "ht": "",
    "pt": "",
}


@pytest.fixture
def canned(chief: Session) -> int:
    return editing.write(chief[1], FIELDS)


async def test_a_canned_answer_is_found_by_typing_and_put_in_filled_with_its_first_hole_chosen(
    marta: Session, chief: Session, canned: int
) -> None:
    loading.load()
    open_one(cast.account(nombres="Rosa"))
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r", "ctrl+t")
        await sees(pilot, "● Prórroga: cómo va")
        await write(pilot, "como va")
        await sees(pilot, "Hola Rosa: tu trámite 12345678 está en [[etapa]].")
        assert "Unidad de residencias · Ley 21.325, artículo 5" in screen(pilot)
        assert "vale hasta el 30-06-2027 · todavía sin respuestas" in screen(pilot)
        await press(pilot, "enter")
        await sees(pilot, "Quedan 2 huecos: escribe encima, tab va al siguiente.")
        await write(pilot, "Análisis")
        await press(pilot, "tab")
        await write(pilot, "lunes")
        await press(pilot, "tab")
        await sees(pilot, "No queda ningún hueco.")
        assert editor_text(pilot) == (
            "Hola Rosa: tu trámite 12345678 está en Análisis.\nPuedes verlo en tu portal desde el lunes."
        )


async def test_it_goes_where_the_cursor_is_as_paragraphs_of_its_own(marta: Session, canned: int) -> None:
    open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "Antes. Después.")
        await press(pilot, *["left"] * len("Después."), "ctrl+t", "enter")
        await sees(pilot, "Quedan 2 huecos")
        text = editor_text(pilot)
    assert text.startswith("Antes. \n\nHola ")
    assert text.endswith("desde el [[día]].\n\nDespués.")


async def test_the_tickets_language_comes_first_and_spanish_says_that_it_stands_in(marta: Session, canned: int) -> None:
    from core.language import using

    for language in ("en", "ht"):
        with using(language):
            open_one(cast.account(nombres="Rosa"))
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "t", "r", "ctrl+t", "enter")
        assert editor_text(pilot) == "Hello Rosa: you can see 12345678 in your portal."
        await press(pilot, "escape", "t", "r", "ctrl+t")
        await sees(pilot, "no hay texto en Kreyòl")
        await press(pilot, "enter")
        await sees(pilot, "Va en español: no hay texto en Kreyòl.")


async def test_an_expired_one_is_dim_and_cannot_be_chosen(marta: Session, chief: Session, canned: int) -> None:
    editing.expire(chief[1], canned, 1)
    open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r", "ctrl+t")
        await sees(pilot, "caducó el 22-11-2026")
        await press(pilot, "enter")
        await sees(pilot, "No se puede usar: caducó el 22-11-2026.")
        await press(pilot, "escape")
        assert editor_text(pilot) == ""


async def test_its_share_of_second_tickets_is_shown_with_its_number(marta: Session, chief: Session, canned: int) -> None:
    from core.tickets.citizens import second

    owner = cast.account()
    folio = open_one(owner)
    row = cast.row_of(folio, chief[1])
    verbs.reply(
        chief[1], row.id, row.version, "Hola: tu trámite está en Análisis. Puedes verlo en tu portal desde el lunes.", "k"
    )
    second.open_second(owner, folio, "No me sirvió", "llave")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r", "ctrl+t")
        await sees(pilot, "100 % con segundo ticket (n 1)")


async def test_the_letter_can_be_seen_as_it_will_arrive(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "Listo: puedes verlo.")
        await press(pilot, "ctrl+o")
        await sees(pilot, f"[{folio}] Respuesta a tu ticket")
        await sees(pilot, "Te respondió Marta, de Ayuda Migraciones")
        await press(pilot, "ctrl+o")
        assert editor_text(pilot) == "Listo: puedes verlo."


async def test_the_gate_stops_an_answer_points_at_the_place_and_lets_it_through_for_a_reason(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "Puedes entrar.\nEs el RUN 11.111.111-1.")
        await press(pilot, "ctrl+s")
        await sees(pilot, "línea 2: «11.111.111-1» es un RUN y no es el de esta persona")
        await press(pilot, "escape")
        assert pilot.app.screen.writing.editor.selected_text == "11.111.111-1"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s", "enter")
        await sees(pilot, "Escribe por qué se envía así")
        await write(pilot, "es su hijo")
        await press(pilot, "ctrl+s")
        await sees(pilot, f"La respuesta de {folio} sale en")
        let_go()
    said = [(each.kind, each.body) for each in sheet_of(folio, marta[1]).messages]
    assert ("nota", "Se envió con el RUN de otra persona. Motivo: es su hijo") in said


async def test_an_expired_canned_answer_is_stopped_with_no_way_round(marta: Session, chief: Session, canned: int) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r", "ctrl+t", "enter")
        await write(pilot, "Análisis")
        await press(pilot, "tab")
        await write(pilot, "lunes")
        editing.expire(chief[1], canned, 1)
        await press(pilot, "ctrl+s")
        await sees(pilot, "Así no se puede enviar, con ningún motivo.")
        await press(pilot, "ctrl+s", "escape")
    assert sheet_of(folio, marta[1]).row.is_open


async def test_supervision_writes_changes_ends_and_brings_back(chief: Session) -> None:
    async with at_desk(chief[0]) as pilot:
        await press(pilot, "f8")
        await sees(pilot, "0 respuestas tipo")
        await press(pilot, "n")
        await write(pilot, "Saludo\nrt\nUnidad\nLey 1")
        await press(pilot, "tab", "tab")
        await write(pilot, "Hola {apodo}.")
        await press(pilot, "ctrl+s")
        await sees(pilot, "No existe {apodo}.")
        await press(pilot, *["backspace"] * len("{apodo}."))
        await write(pilot, "{nombre}.")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Guardada: ya se puede usar.")
        await sees(pilot, "Hola {nombre}.")
        await press(pilot, "e", "end")
        await write(pilot, " nuevo")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Saludo nuevo")
        await press(pilot, "x", "x")
        await sees(pilot, "Caducada.")
        await press(pilot, "j")
        await sees(pilot, "1 caducada")
        await press(pilot, "y")
        await sees(pilot, "versión 1  escrita por")
        await press(pilot, "r")
        await sees(pilot, "Esa versión es la que vale.")
        await press(pilot, "j", "j", "r")
        await sees(pilot, "Vuelve a valer la versión 1.")
        await settled(pilot)
    (held,) = reading.answers(chief[1])
    assert (held.page.title, held.version.number, held.page.is_expired) == ("Saludo", 4, False)


async def test_analysts_read_the_book_and_find_in_it(marta: Session, canned: int) -> None:
    loading.load()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "f8", "slash")
        await write(pilot, "prorroga como")
        await press(pilot, "enter")
        await sees(pilot, "Sirve para: Prórroga de permanencia transitoria")
        await press(pilot, "tab")
        await sees(pilot, "English")
        await press(pilot, "n")
        await sees(pilot, "Tu cuenta no permite hacer esto")
        await press(pilot, "escape")
        await sees(pilot, "25 respuestas tipo")


async def test_a_form_that_was_left_keeps_what_was_typed(chief: Session) -> None:
    async with at_desk(chief[0]) as pilot:
        await press(pilot, "f8", "n")
        await write(pilot, "A medias")
        await press(pilot, "escape", "n")
        await sees(pilot, "A medias")


def entry(title: str, subjects: str = "", text: str = "texto") -> Canned:
    page = Page(
        title, fields.subjects(subjects), "yo", "ley", date(2099, 1, 1), {"es": text, "en": "", "ht": "", "pt": ""}, frozenset()
    )
    return Canned(1, title, Version(1, 0, "", "escrita", page), 0, 0)


def test_the_book_says_how_many_have_ended_and_are_about_to(marta: Session) -> None:
    pages = [replace(entry("x").page, expires_on=when) for when in (date(2026, 11, 22), date(2026, 12, 1), date(2027, 5, 1))]
    answers = [replace(entry("x"), version=replace(entry("x").version, page=page)) for page in pages]
    assert census(answers) == "3 respuestas tipo, 1 caducada, 1 caduca en 30 días"


async def test_a_reason_is_good_for_one_attempt(marta: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = cast.account()
    folio = open_one(owner)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "a", "r")
        await write(pilot, "Puedes entrar: 11.111.111-1.")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Antes de enviar")
        following.add_information(owner, folio, "Otra cosa.", "clave")
        await write(pilot, "es su hijo")
        await press(pilot, "ctrl+s")
        await sees(pilot, "ctrl+s otra vez para enviar igual")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Antes de enviar")
    assert sheet_of(folio, marta[1]).row.is_open


def test_titles_come_before_words_and_the_tickets_subject_before_others() -> None:
    answers = [entry("Multa", "mu"), entry("Pago", "rt-pago", "multa y pago"), entry("Otra", "", "nada")]
    assert [each.code for each in found("", answers, "rt", "rt-pago")] == ["Pago", "Otra", "Multa"]
    assert [each.code for each in found("multa", answers, "rt", "rt-pago")] == ["Multa", "Pago"]
    assert [each.code for each in found("derechos", answers, "rt", "rt-pago")] == ["Pago"]
    assert found("zzz", answers) == []
