"""The queue: what it shows, how one moves in it, and how it stays true."""

from __future__ import annotations

from core import clock
from core.people import staff
from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets.lists import queue
from tests.analyst_tui.desk import Desk, at_desk, cursor_line, lines, press, screen, sees
from tests.harness import cast

Session = tuple[str, Staff]
MINUTE = 60
HOUR = 3600
DAY = 24 * HOUR
OPEN = str(list(queue.VIEWS).index("abiertos") + 1)
"""The key of the view of everything that is open."""


def line_of_cursor(pilot: Desk) -> int:
    return next(at for at, line in enumerate(lines(pilot)) if line == cursor_line(pilot))


def tickets(count: int) -> list[str]:
    """So many tickets, some minutes between them; their folios."""
    folios = []
    for _ in range(count):
        folios.append(cast.ticket())
        clock.advance(10 * MINUTE)
    return folios


async def test_a_row_says_when_it_is_due_how_old_it_is_and_whose(marta: Session) -> None:
    folio = cast.ticket(cast.account(nombres="Rosa", primer_apellido="Ñamandú", segundo_apellido=""))
    clock.advance(2 * HOUR)
    async with at_desk(marta[0]) as pilot:
        for words in ("7 dic", folio, "2 h", "ingresado", "Consulta", "Perm. transitoria", "Rosa Ñamandú"):
            assert words in cursor_line(pilot)


async def test_what_is_late_and_what_hurries_is_said_in_words(marta: Session) -> None:
    cast.ticket(materia="mu", categoria="mu-descargos", fecha_notificacion="20-11-2026")
    cast.ticket(cast.child())
    clock.advance(20 * DAY)
    async with at_desk(staff.begin(marta[1].id)[0]) as pilot:
        text = screen(pilot)
    assert "! 4 dic" in text
    assert "▲ plazo" in text
    assert "◆ NNA" in text
    assert "vencidos 2" in text


async def test_keys_move_the_cursor_and_never_past_the_ends(marta: Session) -> None:
    first, second, third = tickets(3)
    async with at_desk(marta[0]) as pilot:
        for keys, expected in (
            (["k"], first),
            (["j"], second),
            (["down"], third),
            (["j"], third),
            (["up"], second),
            (["end"], third),
            (["home"], first),
            (["pagedown"], third),
            (["pageup"], first),
        ):
            await press(pilot, *keys)
            assert expected in cursor_line(pilot), keys


async def test_a_ticket_opens_and_the_way_back_leads_to_it(marta: Session) -> None:
    _, second = tickets(2)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "j", "enter")
        await sees(pilot, cast.TEXT)
        await press(pilot, "escape")
        await sees(pilot, "sin asignar 2")
        assert second in cursor_line(pilot)


async def test_claiming_takes_the_ticket_out_of_the_unassigned(marta: Session) -> None:
    folio, other = tickets(2)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "a")
        await sees(pilot, f"{folio} es tuyo.")
        await sees(pilot, "Míos 1")
        assert other in cursor_line(pilot)
        await press(pilot, "2")
        await sees(pilot, "1 de 1 · Míos")
        assert folio in cursor_line(pilot)


async def test_a_colleagues_ticket_cannot_be_claimed_and_one_is_told_why(marta: Session, pedro: Staff) -> None:
    row = cast.row_of(cast.ticket(), pedro)
    verbs.claim(pedro, row.id)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, OPEN, "a")
        await sees(pilot, "Ya lo tiene Pedro")


async def test_the_next_ticket_is_taken_and_opened(marta: Session) -> None:
    cast.ticket()
    hurried = cast.ticket(cast.child(), texto="Es por mi hija.")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "t")
        await sees(pilot, "Es por mi hija.")
        assert hurried in screen(pilot)
        assert cast.row_of(hurried, marta[1]).assignee_id == marta[1].id


async def test_taking_from_an_empty_queue_says_so(marta: Session) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "t")
        await sees(pilot, "No queda ningún ticket por tomar.")


async def test_taking_over_ones_cap_is_refused_in_words(database: str, marta: Session) -> None:
    from tests.analyst_tui.desk import session

    token, _ = session("Corta", cap=1)
    tickets(2)
    async with at_desk(token) as pilot:
        await press(pilot, "t", "escape", "t")
        await sees(pilot, "tu tope")


async def test_what_arrives_is_announced_and_the_cursor_stays_on_its_ticket_and_line(marta: Session) -> None:
    tickets(4)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "j", "j")
        row, line = cursor_line(pilot), line_of_cursor(pilot)
        hurried = cast.ticket(cast.child())
        await sees(pilot, "1 nuevo, g para verlo")
        assert cursor_line(pilot)[2:30] == row[2:30]
        assert line_of_cursor(pilot) == line + 1  # the list is shorter than the screen: there is no line to keep
        await press(pilot, "g")
        assert hurried in cursor_line(pilot)
        await sees(pilot, "1 de 5")


async def test_the_cursor_keeps_its_line_in_a_list_that_is_longer_than_the_screen(marta: Session) -> None:
    tickets(30)
    async with at_desk(marta[0], size=(100, 16)) as pilot:
        await press(pilot, "end")
        row, line = cursor_line(pilot), line_of_cursor(pilot)
        cast.ticket(cast.child())
        await sees(pilot, "1 nuevo")
        assert (cursor_line(pilot)[2:30], line_of_cursor(pilot)) == (row[2:30], line)


async def test_what_a_colleague_takes_is_seen_at_once(marta: Session, pedro: Staff) -> None:
    row = cast.row_of(cast.ticket(), pedro)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, OPEN)
        verbs.claim(pedro, row.id)
        await sees(pilot, "asignado")
        assert "Pedro" in cursor_line(pilot)


async def test_views_are_chosen_by_number_and_one_after_the_other(marta: Session) -> None:
    tickets(1)
    async with at_desk(marta[0]) as pilot:
        for key, name in ((OPEN, "Abiertos"), ("tab", "Todos"), ("tab", "Sin asignar"), ("3", "Por vencer")):
            await press(pilot, key)
            await sees(pilot, f"· {name}")
        await press(pilot, "9")
        await sees(pilot, f"Las vistas van del 1 al {len(queue.listed())}.")


async def test_an_empty_view_says_so(marta: Session) -> None:
    async with at_desk(marta[0]) as pilot:
        await sees(pilot, "Ningún ticket aquí")
        await press(pilot, "enter")
        await sees(pilot, "No hay ningún ticket bajo el cursor.")


async def test_a_command_that_would_do_nothing_says_why(marta: Session) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "g")
        await sees(pilot, "No ha llegado nada nuevo a esta vista.")
        await press(pilot, "s")
        await sees(pilot, "es de supervisión")


async def test_a_wide_terminal_shows_views_list_and_preview(chief: Session) -> None:
    tickets(2)
    async with at_desk(chief[0], size=(160, 48)) as pilot:
        await sees(pilot, cast.TEXT[:30])
        assert "1 Sin asignar         2 │" in screen(pilot)
        await press(pilot, "space")
        assert cast.TEXT[:30] not in screen(pilot)


async def test_a_narrow_terminal_has_one_column_and_the_preview_key_opens(marta: Session) -> None:
    (folio,) = tickets(1)
    async with at_desk(marta[0], size=(80, 24)) as pilot:
        assert max(len(line) for line in lines(pilot)) <= 80
        for words in ("7 dic", folio, "10 min", "María José"):
            assert words in cursor_line(pilot)
        await press(pilot, "space")
        await sees(pilot, cast.TEXT)


async def test_the_mouse_chooses_opens_and_changes_the_view(marta: Session) -> None:
    _, second = tickets(2)
    async with at_desk(marta[0]) as pilot:
        await pilot.click("#tickets", offset=(20, 1))
        assert second in cursor_line(pilot)
        await pilot.click("#tickets", offset=(20, 1), times=2)
        await sees(pilot, cast.TEXT)
        await press(pilot, "escape")
        await pilot.click("#views", offset=(screen(pilot).splitlines()[1].index("Abiertos"), 0))
        await sees(pilot, "· Abiertos")


async def test_the_terminal_can_be_resized_at_any_time(marta: Session) -> None:
    tickets(3)
    async with at_desk(marta[0]) as pilot:
        for width, height in ((80, 24), (300, 80), (40, 10), (120, 40)):
            await pilot.resize_terminal(width, height)
            await press(pilot, "j")
            assert max(len(line) for line in lines(pilot)) <= width
