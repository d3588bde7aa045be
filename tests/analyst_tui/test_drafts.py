"""What is being written is never lost: versions, files of this machine, long texts, and files that go with an answer."""

from __future__ import annotations

import pytest

from analyst_tui import feed
from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets.answers import drawer, versions
from core.tickets.answers.drawer import Shelved
from tests.analyst_tui.conftest import Outage
from tests.analyst_tui.desk import (
    SQLITE,
    app_of,
    at_desk,
    editor_text,
    open_one,
    press,
    screen,
    sees,
    settled,
    sheet_of,
    until,
    write,
)
from tests.harness import cast

Session = tuple[str, Staff]


# versions


async def test_an_earlier_text_is_found_and_brought_back_and_the_present_one_stays(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "La primera idea.")
        await press(pilot, "escape", "r", "f7", "delete")
        await write(pilot, "Otra cosa bien distinta.")
        await press(pilot, "ctrl+r")
        await sees(pilot, "La primera idea.")
        await sees(pilot, "16 caracteres")
        await press(pilot, "enter")
        await sees(pilot, "Recuperado")
        assert editor_text(pilot) == "La primera idea."
        await write(pilot, " Sigo.")
        assert editor_text(pilot) == "La primera idea. Sigo."
        await until(pilot, lambda: sheet_of(folio, marta[1]).answer_draft.endswith("Sigo."), "the draft in the database")
    ticket = cast.row_of(folio, marta[1]).id
    assert "Otra cosa bien distinta." in [each.body for each in versions.of(marta[1], ticket, "respuesta")]


async def test_without_versions_the_list_says_when_there_will_be_some(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "Recién empiezo.")
        await press(pilot, "ctrl+r")
        await sees(pilot, "Todavía no hay versiones")
        await press(pilot, "enter")
        await sees(pilot, "No hay ninguna versión que recuperar.")
        await press(pilot, "escape")
        assert editor_text(pilot) == "Recién empiezo."


# while the database is away


def files_of(member: Staff) -> list[str]:
    return [draft.body for draft in drawer.of_staff(member.id)]


async def test_while_the_database_is_away_the_draft_is_in_a_file_and_afterwards_in_the_database_alone(
    marta: Session, outage: Outage
) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        outage.lasts = True
        await write(pilot, "Mientras tanto.")
        await until(pilot, lambda: files_of(marta[1]) == ["Mientras tanto."], "the draft in a file")
        await sees(pilot, "borrador en este equipo")
        await write(pilot, " Y más.")
        await until(pilot, lambda: files_of(marta[1]) == ["Mientras tanto. Y más."], "the newer draft in the file")
        outage.lasts = False
        await until(pilot, lambda: sheet_of(folio, marta[1]).answer_draft == "Mientras tanto. Y más.", "the draft saved")
        await until(pilot, lambda: files_of(marta[1]) == [], "the file gone")
        await sees(pilot, "borrador guardado")


async def test_what_an_ended_terminal_left_in_a_file_is_a_draft_at_the_next_start(marta: Session) -> None:
    folio = open_one()
    row = cast.row_of(folio, marta[1])
    drawer.put(Shelved(marta[1].id, row.id, "derivacion", folio, "Sigue allá.", "Registro Civil", 1, "otro"))
    async with at_desk(marta[0]) as pilot:
        await sees(pilot, f"Recuperamos lo que habías escrito en {folio}")
        await press(pilot, "enter", "d")
        await sees(pilot, "Sigue allá.")
        await sees(pilot, "Registro Civil")
    assert files_of(marta[1]) == []


async def test_a_file_that_appears_while_one_works_is_taken_in_when_its_ticket_is_opened(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await sees(pilot, folio)
        drawer.put(Shelved(marta[1].id, cast.row_of(folio, marta[1]).id, "respuesta", folio, "De la otra.", "", 1, "otro"))
        await press(pilot, "enter")
        await sees(pilot, "De la otra.")


async def test_somebody_elses_signing_in_leaves_ones_unsaved_words_in_ones_own_file(
    marta: Session, pedro: Staff, outage: Outage
) -> None:
    open_one()
    what_pedro_sees = feed.listing(pedro, "sin_asignar")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        outage.lasts = True
        await write(pilot, "Palabras de Marta.")
        await app_of(pilot).sit_down(pedro, what_pedro_sees)
        await until(pilot, lambda: files_of(marta[1]) == ["Palabras de Marta."], "her words in her file")
        assert files_of(pedro) == []
        assert "Palabras de Marta." not in screen(pilot)


async def test_a_crash_of_the_program_while_the_database_is_away_leaves_the_last_words_in_a_file(
    marta: Session, outage: Outage
) -> None:
    def explode() -> None:
        raise RuntimeError

    open_one()
    with pytest.raises(RuntimeError):
        async with at_desk(marta[0]) as pilot:
            await press(pilot, "enter", "r")
            outage.lasts = True
            await pilot.press(*"Antes")
            pilot.app.call_later(explode)
            await settled(pilot)
    assert files_of(marta[1]) == ["Antes"]


async def test_the_line_beside_a_text_comes_back_with_it(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "d")
        await write(pilot, "Registro Civil\nVaya con su cédula.")
        await until(pilot, lambda: sheet_of(folio, marta[1]).asides == {"derivacion": "Registro Civil"}, "the organism saved")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "d")
        await sees(pilot, "Registro Civil")


# long texts


@SQLITE
async def test_a_very_long_paste_is_kept_whole_and_said_to_be_too_long(marta: Session) -> None:
    from textual import events

    folio, text = open_one(), "Palabras pegadas. " * 5_556
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        pilot.app.post_message(events.Paste(text))
        await sees(pilot, "100.008 caracteres: caben 10.000")
        await until(pilot, lambda: len(sheet_of(folio, marta[1]).answer_draft) == 100_008, "all of it in the draft")
        await press(pilot, "ctrl+s")
        await sees(pilot, "y caben 10000")
        assert len(editor_text(pilot)) == 100_008


# two people, one ticket


async def test_the_second_who_writes_is_told_at_once_and_may_go_on_knowingly(marta: Session, pedro: Staff) -> None:
    from core.tickets import presence

    folio = open_one()
    presence.look(pedro, cast.row_of(folio, marta[1]).id, writing=True)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await sees(pilot, "Pedro está escribiendo; pulsa r otra vez para escribir también.")
        await press(pilot, "r")
        await write(pilot, "Yo también.")
        ticket = cast.row_of(folio, marta[1]).id
        await until(pilot, lambda: any(w.writing for w in presence.watchers(ticket, pedro.id)), "that she writes too")
        assert [w.leads for w in presence.watchers(ticket, pedro.id)] == [False]


async def test_a_note_takes_no_lease(marta: Session, pedro: Staff) -> None:
    from core.tickets import presence

    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "n")
        await write(pilot, "Una nota.")
        ticket = cast.row_of(folio, marta[1]).id
        await until(pilot, lambda: presence.watchers(ticket, pedro.id), "that she is there")
        assert not presence.watchers(ticket, pedro.id)[0].writing


async def test_whoever_loses_reads_both_answers_and_finds_the_own_one_again(marta: Session, pedro: Staff) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "La de Marta: puede esperar.")
        row = cast.row_of(folio, pedro)
        verbs.reply(pedro, row.id, row.version, "La de Pedro: puede esperar.", "clave")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Tu texto sigue")
        await sees(pilot, "La de Pedro: puede esperar.")
        assert "La de Marta: puede esperar." in screen(pilot)
        await press(pilot, "escape", "escape")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "slash")
        await write(pilot, folio)
        await press(pilot, "enter")
        await sees(pilot, "Hay un borrador tuyo sin enviar: no se puede enviar, ya no está abierto.")
        assert "La de Marta: puede esperar." in screen(pilot)
