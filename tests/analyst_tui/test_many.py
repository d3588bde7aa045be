"""Many tickets at once from the terminal: marked, seen before anything happens, done, told, and joined or parted."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from core.errors import TryLater
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets import sheets
from core.tickets.citizens import following
from core.tickets.many import batches
from core.tickets.views import TicketSheet
from tests.analyst_tui.desk import BIG_AND_SMALL, Desk, at_desk, choose, open_one, press, screen, sees, until, write
from tests.harness import cast

Session = tuple[str, Staff]


def sheet_of(folio: str, reader: Staff) -> TicketSheet:
    return sheets.open_sheet(reader, cast.row_of(folio, reader).id, cast.REASON)


def marked(pilot: Desk) -> int:
    return len(pilot.app.screen.tickets.marked)  # type: ignore[attr-defined]


@BIG_AND_SMALL
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


@BIG_AND_SMALL
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


@pytest.fixture
def twice(marta: Session) -> tuple[Account, str, str]:
    """Somebody who gave a ticket up and wrote again: the account and both folios."""
    owner = cast.account()
    first = open_one(owner, texto="Escribí mal mi trámite.")
    following.withdraw(owner, first)
    return owner, first, open_one(owner, texto="Ahora sí está bien.")


@BIG_AND_SMALL
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


async def test_escape_stops_after_the_ticket_in_hand_and_the_rest_stays_marked(
    marta: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    folios = [open_one() for _ in range(3)]
    whole, gate = batches.step, threading.Event()

    def slow(*told: Any) -> None:
        whole(*told)
        gate.wait(10)

    monkeypatch.setattr(batches, "step", slow)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "X", "m")
        await choose(pilot, "asignarme")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: sheet_of(folios[0], marta[1]).row.assignee_id, "the first is done")
        await pilot.press("j", "escape")
        await sees(pilot, "Se detiene después del ticket en curso.")
        gate.set()
        await sees(pilot, "1 de 3 tickets; lo detuviste; quedan 2 marcados.")
        await press(pilot, "escape")
        assert marked(pilot) == 2


async def test_a_lost_database_ends_it_with_what_was_done(marta: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        open_one()
    whole, steps = batches.step, list[int]()

    def failing(me: Staff, batch_id: int, ticket_id: int, *told: Any) -> None:
        steps.append(ticket_id)
        if len(steps) == 2:
            raise TryLater("La base de datos no responde.")
        whole(me, batch_id, ticket_id, *told)

    monkeypatch.setattr(batches, "step", failing)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "X", "m")
        await choose(pilot, "asignarme")
        await press(pilot, "ctrl+s")
        await sees(pilot, "La base de datos no responde. Se alcanzaron a hacer 1 de 3 tickets; los demás siguen marcados.")
        await press(pilot, "escape")
        assert marked(pilot) == 2
