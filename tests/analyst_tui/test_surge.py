"""One answer to many from the terminal: written, read letter by letter, looked at by a second person, sent, taken back."""

from __future__ import annotations

from core import clock
from core.people.views import Staff
from core.tickets import sheets
from core.tickets.answers import drawer, holding
from core.tickets.answers.drawer import Shelved
from core.tickets.many import surges
from core.tickets.many.views import Surge
from core.tickets.views import TicketSheet
from tests.analyst_tui.conftest import Outage
from tests.analyst_tui.desk import BIG_AND_SMALL, SQLITE, at_desk, choose, open_one, press, sees, until, write
from tests.harness import cast

Session = tuple[str, Staff]
TO_MANY = "Hola, {nombre}: espera hasta el 12 de marzo"


def sheet_of(folio: str, reader: Staff) -> TicketSheet:
    return sheets.open_sheet(reader, cast.row_of(folio, reader).id, cast.REASON)


def asked_for(author: Staff, text: str) -> Surge:
    """An answer to six tickets that waits for review."""
    rows = [cast.row_of(open_one(), author) for _ in range(6)]
    surge = surges.begin(author, [row.id for row in rows])
    surges.save(author, surge.id, text)
    return surges.submit(author, surge.id, {row.id: row.version for row in rows})


def let_go() -> None:
    """The hold is over: what was sent goes out."""
    clock.advance(holding.SECONDS + 1)
    holding.release_due()


async def test_one_answer_goes_to_few_at_once_each_as_its_own_letter(marta: Session) -> None:
    folios = [open_one(cast.account(nombres=name)) for name in ("Rosa", "Juan")]
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "X", "m")
        await choose(pilot, "responder")
        await write(pilot, TO_MANY)
        await press(pilot, "ctrl+s")
        await sees(pilot, "Hola, Rosa")
        await press(pilot, "j")
        await sees(pilot, "Hola, Juan")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Responder: cambiarán 2 de 2")
        await press(pilot, "ctrl+s")
        await sees(pilot, "2 de 2 tickets: todos. u las deshace (20 s).")
        await press(pilot, "u")
        await sees(pilot, "Deshechas 2 de 2. Siguen en tu respuesta a muchos.")
        await press(pilot, "m")
        await choose(pilot, "tu respuesta a 2 tickets")
        await press(pilot, "ctrl+s", "ctrl+s")
        await sees(pilot, "2 de 2 tickets: todos.")
        let_go()
        assert [sheet_of(folio, marta[1]).messages[-1].body for folio in folios] == [
            f"Hola, {name}: espera hasta el 12 de marzo" for name in ("Rosa", "Juan")
        ]


async def test_what_stands_out_in_the_letters_asks_for_a_reason(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "x", "m")
        await choose(pilot, "responder")
        await write(pilot, "Es gratuito.")
        await press(pilot, "ctrl+s")
        await sees(pilot, "No dice cómo seguir")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Por qué se envía así")
        await write(pilot, "basta")
        await press(pilot, "ctrl+s", "ctrl+s", "ctrl+s")
        await sees(pilot, "1 de 1 ticket: todos.")
        let_go()
        assert "basta" in sheet_of(folio, marta[1]).messages[-1].body


@BIG_AND_SMALL
async def test_an_answer_to_many_is_kept_while_it_is_written_and_sent_back_by_a_reviewer(
    marta: Session, chief: Session, size: tuple[int, int]
) -> None:
    for _ in range(6):
        open_one()
    async with at_desk(marta[0], size=size) as pilot:
        await press(pilot, "X", "m")
        await choose(pilot, "responder")
        await write(pilot, TO_MANY)
        await press(pilot, "escape")
        assert cast.words_to_many(marta[1]) == TO_MANY
        await press(pilot, "ctrl+s")
        await sees(pilot, "otra persona la revisa antes de que salga")
    async with at_desk(chief[0], size=size) as pilot:
        await press(pilot, "m")
        await choose(pilot, "revisar la respuesta de Marta a 6 tickets")
        await sees(pilot, "Respuesta de Marta a 6 de 6 tickets")
        await sees(pilot, "Hola, María José")
        await press(pilot, "e")
        await sees(pilot, "Solo lo hace quien la escribió.")
        await press(pilot, "d")
        await write(pilot, "falta la fecha")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Devuelta: Marta ya lo ve.")
    assert surges.in_hand(marta[1]).verdict == "falta la fecha"  # type: ignore[union-attr]


async def test_what_was_sent_back_is_rewritten_and_to_five_goes_without_others(marta: Session, chief: Session) -> None:
    surge = asked_for(marta[1], TO_MANY)
    surges.review(chief[1], surge.id, False, "falta la hora", TO_MANY)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "m")
        await choose(pilot, "tu respuesta a 6 tickets")
        await sees(pilot, "falta la hora")
        await press(pilot, "a")
        await sees(pilot, "La revisa otra persona")
        await press(pilot, "x", "e")
        await write(pilot, ". Mañana")
        await press(pilot, "ctrl+s")
        await sees(pilot, "12 de marzo. Mañana")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Responder: cambiarán 5 de 5")
        await press(pilot, "ctrl+s")
        await sees(pilot, "5 de 5 tickets: todos.")


async def test_a_reviewer_approves_and_the_author_sends(marta: Session, chief: Session) -> None:
    asked_for(marta[1], TO_MANY)
    async with at_desk(chief[0]) as pilot:
        await press(pilot, "m")
        await sees(pilot, "▌ revisar la respuesta de Marta a 6 tickets")
        await press(pilot, "enter", "a")
        await sees(pilot, "Aprobada: Marta ya lo ve.")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "m")
        await sees(pilot, "▌ tu respuesta a 6 tickets")
        await press(pilot, "enter")
        await sees(pilot, "Aprobada por Supervisión")
        await press(pilot, "ctrl+s")
        await press(pilot, "ctrl+s")
        await sees(pilot, "6 de 6 tickets: todos.")


@SQLITE
async def test_while_the_database_is_away_an_answer_to_many_is_in_a_file_and_afterwards_in_the_database_alone(
    marta: Session, outage: Outage
) -> None:
    surges.begin(marta[1], [cast.row_of(open_one(), marta[1]).id])

    def files() -> list[str]:
        return [draft.body for draft in drawer.of_staff(marta[1].id)]

    async with at_desk(marta[0]) as pilot:
        await press(pilot, "m", "enter", "e")
        outage.lasts = True
        await write(pilot, "Mientras tanto.")
        await until(pilot, lambda: files() == ["Mientras tanto."], "the words in a file")
        await sees(pilot, "borrador en este equipo")
        outage.lasts = False
        await until(pilot, lambda: cast.words_to_many(marta[1]) == "Mientras tanto.", "the words saved")
        await until(pilot, lambda: files() == [], "the file gone")


@SQLITE
async def test_an_answer_to_many_that_an_ended_terminal_left_in_a_file_goes_on(marta: Session) -> None:
    surges.begin(marta[1], [cast.row_of(open_one(), marta[1]).id])
    drawer.put(Shelved(marta[1].id, *drawer.MANY, "", "Sigue acá.", "", 1, "otro"))
    async with at_desk(marta[0]) as pilot:
        await sees(pilot, "Recuperamos lo que habías escrito en tu respuesta a muchos")
        await press(pilot, "m", "enter")
        await sees(pilot, "Sigue acá.")
    assert drawer.of_staff(marta[1].id) == ()


async def test_an_answer_to_many_is_thrown_away_only_when_meant(marta: Session) -> None:
    row = cast.row_of(open_one(), marta[1])
    surges.save(marta[1], surges.begin(marta[1], [row.id]).id, "Mal escrito")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "m")
        await choose(pilot, "tu respuesta a 1 ticket")
        await press(pilot, "delete")
        await sees(pilot, "otra vez para borrar el texto")
        assert surges.in_hand(marta[1]) is not None
        await press(pilot, "delete")
        assert surges.in_hand(marta[1]) is None
