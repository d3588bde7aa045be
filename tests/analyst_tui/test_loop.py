"""The loop of the desk: take, read, answer, send, and the next ticket is there; what was sent can be taken back."""

from __future__ import annotations

from core import clock
from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets.answers import holding
from core.tickets.answers.held import of_staff
from core.tickets.answers.holding_time import WHOLE
from core.tickets.citizens import following
from tests.analyst_tui.desk import (
    Desk,
    at_desk,
    cursor_line,
    editor_text,
    lines,
    open_one,
    press,
    screen,
    sees,
    sheet_of,
    until,
    write,
)
from tests.harness import cast

Session = tuple[str, Staff]
ANSWER = "Puedes ir a la oficina."


def footer(pilot: Desk) -> str:
    return lines(pilot)[-1]


def answers(folio: str, reader: Staff) -> list[str]:
    return [m.body for m in sheet_of(folio, reader).messages if m.kind == "respuesta"]


async def let_go(pilot: Desk) -> None:
    """Let the hold of everything be over, and the terminal look."""
    clock.advance(WHOLE)
    await until(pilot, lambda: not pilot.app.held, "nothing on hold")  # type: ignore[attr-defined]


async def test_from_one_answer_to_the_next_ticket_it_takes_two_keys_beside_the_words(marta: Session) -> None:
    first, second = open_one(texto="El primero."), open_one(texto="El segundo.")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "t")
        await sees(pilot, "El primero.")
        await press(pilot, "r")
        await write(pilot, ANSWER)
        await press(pilot, "ctrl+s")
        await sees(pilot, "El segundo.")
        assert second in lines(pilot)[0]
        await sees(pilot, f"La respuesta de {first} sale en 20 s.")
        assert cast.row_of(second, marta[1]).assignee_name == "Marta"
        assert sheet_of(first, marta[1]).held is not None


async def test_a_day_of_three_tickets_takes_one_key_to_begin_and_two_for_each(marta: Session) -> None:
    folios = [open_one(texto=f"Ticket {number}.") for number in range(3)]
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "t")
        for number in range(3):
            await sees(pilot, f"Ticket {number}.")
            await press(pilot, "r")
            await write(pilot, f"{ANSWER} {number}")
            await press(pilot, "ctrl+s")
        await sees(pilot, "No queda ningún ticket por tomar.")
        assert [each.folio for each in of_staff(marta[1])] == folios
        await let_go(pilot)
    assert [answers(folio, marta[1]) for folio in folios] == [[f"{ANSWER} {number}"] for number in range(3)]


async def test_without_a_next_ticket_the_list_comes_back_and_says_why(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "r")
        await write(pilot, ANSWER)
        await press(pilot, "ctrl+s")
        await sees(pilot, "No queda ningún ticket por tomar.")
        assert f"La respuesta de {folio} sale en 20 s." in screen(pilot)
        await press(pilot, "2")
        await until(pilot, lambda: "saliendo" in cursor_line(pilot), "the ticket on its way out")


async def test_at_the_cap_the_list_comes_back_and_says_so(chief: Session) -> None:
    from tests.analyst_tui import desk

    token, member = desk.session("Con tope", cap=1)
    for _ in range(3):
        open_one()
    async with at_desk(token) as pilot:
        await press(pilot, "t", "escape", "down", "r")
        await write(pilot, ANSWER)
        await press(pilot, "ctrl+s")
        await sees(pilot, "tu tope")
    assert len(of_staff(member)) == 1


async def test_keys_typed_at_once_after_sending_belong_to_the_next_ticket(marta: Session) -> None:
    open_one(texto="El primero.")
    second = open_one(texto="El segundo.")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "t", "r")
        await write(pilot, ANSWER)
        await pilot.press("ctrl+s", "r", *"Otra")
        await sees(pilot, "El segundo.")
        await until(pilot, lambda: editor_text(pilot) == "Otra", "the second answer begun")
        await until(pilot, lambda: sheet_of(second, marta[1]).answer_draft == "Otra", "its draft kept")


async def test_u_takes_the_answer_back_into_the_editor_and_nothing_goes_out(marta: Session) -> None:
    owner = cast.account()
    folio = open_one(owner, texto="El primero.")
    open_one(texto="El segundo.")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "t", "r")
        await write(pilot, ANSWER)
        await press(pilot, "ctrl+s")
        await sees(pilot, "El segundo.")
        assert "u deshacer (20 s)" in footer(pilot)
        await press(pilot, "u")
        await sees(pilot, "El primero.")
        await until(pilot, lambda: editor_text(pilot) == ANSWER, "the text in the editor")
        await write(pilot, " Con tu pasaporte.")
        assert "deshacer" not in footer(pilot)
        clock.advance(WHOLE)
        await press(pilot, "ctrl+s")
        await let_go(pilot)
    assert answers(folio, marta[1]) == [f"{ANSWER} Con tu pasaporte."]
    assert [letter.kind for letter in cast.letters_to(owner.email)].count("answer") == 1


async def test_u_works_in_the_list_too_and_takes_the_latest_first(marta: Session) -> None:
    folios = [open_one(texto=f"Ticket {number}.") for number in range(2)]
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "t")
        for number in range(2):
            await press(pilot, "r")
            await write(pilot, f"{ANSWER} {number}")
            await press(pilot, "ctrl+s")
        await sees(pilot, "No queda ningún ticket por tomar.")
        await press(pilot, "u")
        await until(pilot, lambda: editor_text(pilot) == f"{ANSWER} 1", "the latest text")
        await press(pilot, "escape", "u")
        await until(pilot, lambda: editor_text(pilot) == f"{ANSWER} 0", "the one before")
    assert [sheet_of(folio, marta[1]).answer_draft for folio in folios] == [f"{ANSWER} 0", f"{ANSWER} 1"]


async def test_the_footer_counts_down_honestly_and_stops_offering(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "r")
        await write(pilot, ANSWER)
        await press(pilot, "ctrl+s")
        await sees(pilot, "u deshacer (20 s)")
        clock.advance(7)
        await sees(pilot, "u deshacer (14 s)")
        await let_go(pilot)
        await until(pilot, lambda: "deshacer" not in footer(pilot), "no more offer")
        await press(pilot, "u")
        await sees(pilot, "No hay ninguna respuesta tuya por salir.")


async def test_it_is_undone_through_the_palette_as_well(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "r")
        await write(pilot, ANSWER)
        await press(pilot, "ctrl+s", "ctrl+p")
        await write(pilot, "deshacer")
        await press(pilot, "enter")
        await until(pilot, lambda: editor_text(pilot) == ANSWER, "the text in the editor")


async def test_too_late_to_undo_says_so(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "r")
        await write(pilot, ANSWER)
        await press(pilot, "ctrl+s")
        await sees(pilot, "u deshacer")
        late = pilot.app.held  # type: ignore[attr-defined]
        await let_go(pilot)
        pilot.app.held = late  # type: ignore[attr-defined] - another terminal was faster than this one knows
        await press(pilot, "u")
        await sees(pilot, "Esa respuesta ya salió: no se puede deshacer.")
    assert answers(folio, marta[1]) == [ANSWER]


async def test_what_the_person_adds_meanwhile_brings_the_answer_back_and_is_told(marta: Session) -> None:
    owner = cast.account()
    folio = open_one(owner)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "r")
        await write(pilot, ANSWER)
        await press(pilot, "ctrl+s")
        await sees(pilot, "sale en 20 s")
        following.add_information(owner, folio, "También me mudé.", "clave")
        clock.advance(WHOLE)
        await sees(pilot, f"No salió tu respuesta y es otra vez tu borrador. {folio}: la persona agregó información.")
    assert (answers(folio, marta[1]), sheet_of(folio, marta[1]).answer_draft) == ([], ANSWER)


async def test_whoever_comes_back_is_told_what_did_not_go_out(marta: Session) -> None:
    owner = cast.account()
    folio = open_one(owner)
    row = cast.row_of(folio, marta[1])
    holding.hold(marta[1], row.id, row.version, ANSWER, "clave")
    following.withdraw(owner, folio)
    clock.advance(WHOLE)
    holding.release_due()
    async with at_desk(marta[0]) as pilot:
        await sees(pilot, f"{folio}: la persona desistió.")


async def test_an_answer_sent_elsewhere_can_be_taken_back_here_after_a_restart(marta: Session) -> None:
    row = cast.row_of(open_one(), marta[1])
    holding.hold(marta[1], row.id, row.version, ANSWER, "clave")
    async with at_desk(marta[0]) as pilot:
        await sees(pilot, "u deshacer (20 s)")
        await press(pilot, "u")
        await until(pilot, lambda: editor_text(pilot) == ANSWER, "the text in the editor")


async def test_a_colleague_sees_it_on_its_way_out_and_may_only_leave_a_note(marta: Session, pedro: Staff) -> None:
    row = cast.row_of(open_one(), pedro)
    holding.hold(pedro, row.id, row.version, ANSWER, "clave")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "/")
        await write(pilot, row.folio)
        await press(pilot, "enter", "1")
        await sees(pilot, "por salir")
        assert "sale en 20 s" in lines(pilot)[0]
        assert ANSWER in screen(pilot)
        await press(pilot, "r")
        await sees(pilot, "No se puede: Pedro acaba de responder")
        await press(pilot, "n")
        await write(pilot, "Bien dicho.")
        await press(pilot, "ctrl+s")
        await sees(pilot, "┃ Bien dicho.")


async def test_any_terminal_lets_a_colleagues_answer_go(marta: Session, pedro: Staff) -> None:
    row = cast.row_of(open_one(), pedro)
    holding.hold(pedro, row.id, row.version, ANSWER, "clave")
    async with at_desk(marta[0]) as pilot:
        clock.advance(WHOLE)
        await until(pilot, lambda: answers(row.folio, pedro) == [ANSWER], "the answer out")


async def test_a_note_and_the_other_verbs_stay_on_their_ticket(marta: Session) -> None:
    folio = open_one()
    open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "n")
        await write(pilot, "Ojo.")
        await press(pilot, "ctrl+s")
        await sees(pilot, f"Nota guardada en {folio}.")
        assert folio in lines(pilot)[0]
        verbs.claim(marta[1], sheet_of(folio, marta[1]).row.id)
        await sees(pilot, "lo tiene Marta")
