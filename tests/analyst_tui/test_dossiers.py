"""A trámite's dossier at the desk, and the warning before two people get different answers about it."""

from __future__ import annotations

import pytest

from core.people.views import Staff
from core.tickets import desk as verbs
from tests.analyst_tui.desk import at_desk, open_one, press, screen, sees, write
from tests.harness import cast

Session = tuple[str, Staff]
NEXT = "Puedes ir a la oficina"


@pytest.fixture
def two(marta: Session) -> tuple[str, str]:
    """Two persons who wrote about one trámite: the older ticket and the newer one."""
    first = open_one(cast.account(nombres="Rosa"), tramite_id="12345678", texto="Mi prórroga no llega.")
    return first, open_one(cast.account(nombres="Jean"), tramite_id="12345678", texto="Soy su marido.")


async def test_the_dossier_of_the_cursor_tells_everything_of_all_accounts(marta: Session, two: tuple[str, str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "w")
        await sees(pilot, "Expediente 12345678   2 tickets · 2 personas")
        await sees(pilot, "Mi prórroga no llega.")
        await sees(pilot, "Soy su marido.")
        assert two[1] in next(line for line in screen(pilot).split("\n") if "▌" in line)
        await press(pilot, "end", "enter")
        await sees(pilot, two[0])
        await sees(pilot, "Analista")
        await press(pilot, "escape")
        await sees(pilot, "Expediente 12345678")
        await press(pilot, "escape")
        await sees(pilot, "Sin asignar")


async def test_its_words_are_searched(marta: Session, two: tuple[str, str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "w", "slash")
        await write(pilot, "marido")
        await sees(pilot, "1 cosa que pasó")
        assert "Mi prórroga no llega." not in screen(pilot)
        await press(pilot, "escape")
        await sees(pilot, "Mi prórroga no llega.")


async def test_an_id_is_asked_for_where_the_cursor_has_none_and_for_another_one(marta: Session, two: tuple[str, str]) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "2", "w")
        await sees(pilot, "ID del trámite")
        await write(pilot, "12.345.678")
        await press(pilot, "enter")
        await sees(pilot, "Expediente 12345678   2 tickets")
        await press(pilot, "o")
        await write(pilot, "999")
        await press(pilot, "enter")
        await sees(pilot, "Nadie escribió por este trámite.")


async def test_a_colleagues_part_of_it_asks_what_for_once_and_hidden_tickets_are_counted(
    marta: Session, pedro: Staff, two: tuple[str, str]
) -> None:
    verbs.claim(pedro, cast.row_of(two[1], pedro).id)
    open_one(tramite_id="12345678", materia="rf", categoria="rf-estado")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "w")
        await sees(pilot, "¿Para qué lo abres?")
        await press(pilot, "4")
        await sees(pilot, "2 tickets · 2 personas · 1 que no puedes ver")
        await press(pilot, "enter")
        await sees(pilot, "Soy su marido.")
        assert "¿Para qué" not in screen(pilot)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_answers_and_drafts_stand_side_by_side(
    marta: Session, pedro: Staff, two: tuple[str, str], size: tuple[int, int]
) -> None:
    verbs.save_draft(pedro, cast.row_of(two[0], pedro).id, "respuesta", "No puedes trabajar todavía.")
    verbs.save_draft(marta[1], cast.row_of(two[1], pedro).id, "respuesta", "Sí puedes trabajar.")
    async with at_desk(marta[0], size=size) as pilot:
        await press(pilot, "w")
        await sees(pilot, "Respuestas, lado a lado")
        await sees(pilot, "No puedes trabajar todavía.")
        await sees(pilot, "Sí puedes trabajar.")
        together = any("No puedes" in line and "Sí puedes" in line for line in screen(pilot).split("\n"))
        assert together == (size[0] > 100)


async def test_an_answer_about_the_same_tramite_is_stopped_and_leads_to_what_the_others_are_told(
    marta: Session, pedro: Staff, two: tuple[str, str]
) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter")
        await sees(pilot, "! Mismo trámite: 1 otra persona")
        await press(pilot, "r")
        await write(pilot, f"{NEXT}.")
        await press(pilot, "ctrl+s")
        await sees(pilot, f"Otra persona pregunta por el mismo trámite ({two[1]}")
        await press(pilot, "escape")
        await sees(pilot, "esc y w ponen las respuestas lado a lado")
        await press(pilot, "escape", "w")
        await sees(pilot, "Expediente 12345678")
        await press(pilot, "escape", "r", "ctrl+s")
        await write(pilot, "Es su marido")
        await press(pilot, "ctrl+s")
        await sees(pilot, f"La respuesta de {two[0]} sale")


async def test_an_answer_about_a_tramite_of_ones_own_goes_out_at_once(marta: Session) -> None:
    folio = open_one()
    open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter")
        await sees(pilot, folio)
        assert "Mismo trámite" not in screen(pilot)
        await press(pilot, "r")
        await write(pilot, f"{NEXT}.")
        await press(pilot, "ctrl+s")
        await sees(pilot, folio)
        assert "por el mismo trámite (" not in screen(pilot)


async def test_a_narrow_terminal_names_the_other_ticket_too(marta: Session, two: tuple[str, str]) -> None:
    async with at_desk(marta[0], size=(80, 24)) as pilot:
        await press(pilot, "enter")
        await sees(pilot, f"! Mismo trámite, otra persona: {two[1]}")
