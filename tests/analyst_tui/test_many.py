"""Many tickets at once from the terminal: marked, seen before anything happens, done, told, and joined or parted."""

from __future__ import annotations

import pytest

from core.people.views import Account, Staff
from core.tickets import desk as verbs
from core.tickets import following
from core.tickets.many import surges
from core.tickets.many.views import Surge
from tests.analyst_tui.desk import Desk, at_desk, choose, open_one, press, screen, sees, sheet_of, until, write
from tests.harness import cast

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Session = tuple[str, Staff]
TO_MANY = "Hola, {nombre}: espera hasta el 12 de marzo"


def asked_for(author: Staff, text: str) -> Surge:
    """An answer to six tickets that waits for review."""
    rows = [cast.row_of(open_one(), author) for _ in range(6)]
    surge = surges.begin(author, [row.id for row in rows])
    surges.save(author, surge.id, text)
    return surges.submit(author, surge.id, {row.id: row.version for row in rows})


def marked(pilot: Desk) -> int:
    return len(pilot.app.screen.tickets.marked)  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_marks_stay_while_the_list_changes_and_escape_lets_them_go(marta: Session, size: tuple[int, int]) -> None:
    folios = [open_one() for _ in range(3)]
    async with at_desk(marta[0], size=size) as pilot:
        await press(pilot, "x", "x")
        await sees(pilot, "2 marcados, m para actuar")
        assert sum("●" in line for line in screen(pilot).splitlines()) == 3
        open_one()
        await press(pilot, "2", "1")
        assert marked(pilot) == 2
        await press(pilot, "home", "x")
        assert marked(pilot) == 1
        await press(pilot, "X")
        assert marked(pilot) == len(folios) + 1
        await press(pilot, "escape")
        assert marked(pilot) == 0
        assert "●" not in screen(pilot)


async def test_what_a_search_found_is_marked(marta: Session) -> None:
    open_one(cast.account(nombres="Rosa"))
    open_one(cast.account(nombres="Juan"))
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "slash")
        await write(pilot, "rosa")
        pilot.app.screen.tickets.focus()  # type: ignore[attr-defined]
        await press(pilot, "X")
        assert marked(pilot) == 1
        await press(pilot, "escape")
        await sees(pilot, "1 marcado")


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_nothing_happens_before_it_was_seen_and_meant(marta: Session, pedro: Staff, size: tuple[int, int]) -> None:
    folios = [open_one() for _ in range(3)]
    async with at_desk(marta[0], size=size) as pilot:
        await press(pilot, "X")
        verbs.claim(pedro, cast.row_of(folios[0], pedro).id)
        await press(pilot, "m")
        await choose(pilot, "asignarme")
        await sees(pilot, "Asignarme: cambiarán 2 de 3")
        await sees(pilot, "lo tiene Pedro")
        assert [sheet_of(folio, pedro).row.assignee_name for folio in folios] == ["Pedro", "", ""]
        await press(pilot, "escape")
        assert marked(pilot) == 3
        await press(pilot, "m")
        await choose(pilot, "asignarme")
        await press(pilot, "ctrl+s")
        await sees(pilot, "2 de 3 tickets; queda 1 marcado.")
        assert [sheet_of(folio, pedro).row.assignee_name for folio in folios] == ["Pedro", "Marta", "Marta"]
        await press(pilot, "ctrl+s")
        await sees(pilot, "Ya se hizo")
        await press(pilot, "escape")
        assert marked(pilot) == 1


async def test_what_changes_between_looking_and_doing_stays_marked(marta: Session, pedro: Staff) -> None:
    folios = [open_one() for _ in range(3)]
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "X", "m")
        await choose(pilot, "asignarme")
        await sees(pilot, "cambiarán 3 de 3")
        await press(pilot, "x")
        await sees(pilot, "lo quitaste")
        verbs.claim(pedro, cast.row_of(folios[2], pedro).id)
        await press(pilot, "ctrl+s")
        await sees(pilot, "1 de 3 tickets; 1 cambió mientras tanto; quedan 2 marcados.")
        await press(pilot, "j", "k", "pagedown", "pageup", "escape")
        assert marked(pilot) == 2


async def test_an_action_that_asks_keeps_what_was_typed_and_shows_what_it_will_do(marta: Session) -> None:
    folios = [open_one() for _ in range(2)]
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "X", "m")
        await choose(pilot, "ampliar plazo")
        await write(pilot, "muchos")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Escribe cuántos días, en cifras.")
        await press(pilot, "escape", "m")
        await choose(pilot, "ampliar plazo")
        assert pilot.app.screen.fields["dias"].value == "mu"  # type: ignore[attr-defined]
        pilot.app.screen.fields["dias"].value = "3"  # type: ignore[attr-defined]
        pilot.app.screen.fields["texto"].value = "Falta un informe."  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        await sees(pilot, "Ampliar plazo: cambiarán 2 de 2")
        await press(pilot, "ctrl+s")
        await sees(pilot, "2 de 2 tickets: todos.")
        assert {sheet_of(folio, marta[1]).clock.more_days for folio in folios} == {3}


async def test_a_supervisor_hands_the_marked_ones_to_somebody(chief: Session, pedro: Staff) -> None:
    folio = open_one()
    async with at_desk(chief[0]) as pilot:
        await press(pilot, "x", "m")
        await choose(pilot, "asignar a…")
        await choose(pilot, "Pedro")
        await sees(pilot, "Asignar a Pedro: cambiarán 1 de 1")
        await press(pilot, "ctrl+s")
        await sees(pilot, "1 de 1 ticket: todos.")
        assert sheet_of(folio, pedro).row.assignee_name == "Pedro"


async def test_without_marks_the_actions_say_what_to_do(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "m")
        await sees(pilot, "marca antes los tickets con x")
        await press(pilot, "k", "k", "k", "k", "k", "k", "enter")
        await sees(pilot, "No se puede: marca antes los tickets con x.")
        await press(pilot, "escape")
        await press(pilot, "m")
        await choose(pilot, "marcar parecidos")
        await sees(pilot, "1 marcado")


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
        await sees(pilot, "2 de 2 tickets: todos.")
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
        assert "basta" in sheet_of(folio, marta[1]).messages[-1].body


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
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
        assert surges.in_hand(marta[1]).text == TO_MANY  # type: ignore[union-attr]
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
        await choose(pilot, "revisar la respuesta de Marta")
        await press(pilot, "a")
        await sees(pilot, "Aprobada: Marta ya lo ve.")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "m")
        await choose(pilot, "tu respuesta a 6 tickets")
        await sees(pilot, "Aprobada por Supervisión")
        await press(pilot, "ctrl+s")
        await press(pilot, "ctrl+s")
        await sees(pilot, "6 de 6 tickets: todos.")


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


@pytest.fixture
def twice(marta: Session) -> tuple[Account, str, str]:
    """Somebody who gave a ticket up and wrote again: the account and both folios."""
    owner = cast.account()
    first = open_one(owner, texto="Escribí mal mi trámite.")
    following.withdraw(owner, first)
    return owner, first, open_one(owner, texto="Ahora sí está bien.")


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_two_tickets_are_joined_read_together_and_parted(
    marta: Session, twice: tuple[Account, str, str], size: tuple[int, int]
) -> None:
    _owner, first, later = twice
    async with at_desk(marta[0], size=size) as pilot:
        await press(pilot, "enter", "z")
        await until(pilot, lambda: f"sigue en {later}" in " ".join(screen(pilot).split()), "where it goes on")
        await press(pilot, "enter")
        await sees(pilot, "Unidos; z los separa otra vez.")
        conversation = pilot.app.screen.conversation.text  # type: ignore[attr-defined]
        assert conversation.index("Escribí mal") < conversation.index("Ahora sí")
        assert sheet_of(first, marta[1]).row.state == "fusionado"
        await press(pilot, "z")
        await choose(pilot, f"separar {first}")
        await sees(pilot, "Separados: cada uno quedó como antes.")
        assert sheet_of(first, marta[1]).row.state == "desistido"


async def test_an_answered_ticket_is_closed_for_a_reason_and_a_question_is_not(marta: Session) -> None:
    row = cast.row_of(open_one(), marta[1])
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "c")
        await sees(pilot, "se cierra respondiendo: nadie queda sin respuesta")
        verbs.reply(marta[1], row.id, row.version, "Sí, puedes pedirla mañana.", "k")
        pilot.app.screen.changed()  # type: ignore[attr-defined]
        await sees(pilot, "respondido")
        await press(pilot, "c")
        await choose(pilot, "por teléfono")
        await sees(pilot, "cerrado: la persona recibe una carta")
        assert sheet_of(row.folio, marta[1]).events[-1].code == "telefono"
