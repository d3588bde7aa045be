"""The clock at the desk: asking, extending, passing on, the term day by day and the letters, on a terminal of 80x24."""

from __future__ import annotations

from core import clock
from core.people import staff
from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets import waiting
from core.tickets.citizens import following
from tests.analyst_tui.desk import at_desk, lines, open_one, press, screen, sees, sheet_of, write
from tests.harness import cast

Session = tuple[str, Staff]
SMALL = (80, 24)
DAY = 24 * 3600


async def test_what_is_missing_is_asked_for_and_the_clock_stops(marta: Session) -> None:
    owner = cast.account()
    folio = open_one(owner)
    async with at_desk(marta[0], size=SMALL) as pilot:
        await press(pilot, "enter", "e")
        await sees(pilot, "Qué le falta a la persona")
        await write(pilot, "¿Qué día fue?")
        await press(pilot, "ctrl+s")
        await sees(pilot, f"Pedido en {folio}: espera.")
        await sees(pilot, "antecedentes pedidos por Marta")
        assert "en espera" in lines(pilot)[0]
        assert "detenido" in screen(pilot)
        await press(pilot, "e")
        await sees(pilot, "No se puede: ya espera antecedentes.")
        await press(pilot, "f")
        await sees(pilot, "hasta lun 30")
        await press(pilot, "end")
        await sees(pilot, "✉ Necesitamos información para tu")
        assert "en cola hoy" in screen(pilot)
        following.add_information(owner, folio, "El lunes.", "llave")
        await sees(pilot, "pasó de en espera a en análisis")
    assert cast.letters_to(owner.email)[-1].kind == "antecedents"


async def test_the_term_is_read_day_by_day_in_the_persons_words(marta: Session) -> None:
    owner = cast.account()
    folio = open_one(owner)
    async with at_desk(marta[0], size=SMALL) as pilot:
        await press(pilot, "enter", "p")
        await sees(pilot, "Vence lunes 7 de diciembre")
        text = screen(pilot)
        for day in following.ledger_of(owner, folio).days[:12]:
            assert day.words in text
        assert "mar 24 nov" in text
        await press(pilot, "pagedown", "escape")
        await sees(pilot, cast.TEXT)


async def test_more_days_need_a_number_and_a_reason(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0], size=SMALL) as pilot:
        await press(pilot, "enter", "m")
        await sees(pilot, "Por qué hacen falta más días")
        await write(pilot, "Falta un informe.")
        await press(pilot, "shift+tab", "backspace")
        await write(pilot, "9")
        await press(pilot, "enter", "ctrl+s")
        await sees(pilot, "Se puede ampliar entre 1 y 5 días")
        await press(pilot, "shift+tab", "backspace")
        await write(pilot, "3")
        await press(pilot, "ctrl+s")
        await sees(pilot, f"Plazo ampliado en {folio}.")
        await press(pilot, "m")
        await sees(pilot, "No se puede: ya se amplió una vez.")
    assert sheet_of(folio, marta[1]).clock.more_days == 3


async def test_a_ticket_is_passed_on_to_the_organism_that_is_named(marta: Session) -> None:
    owner = cast.account()
    folio = open_one(owner)
    async with at_desk(marta[0], size=SMALL) as pilot:
        await press(pilot, "enter", "d")
        await write(pilot, "Registro Civil")
        await press(pilot, "enter")
        await write(pilot, "Pide hora ahí.")
        await press(pilot, "ctrl+s")
        await sees(pilot, f"{folio} derivado.")
        assert "derivado" in lines(pilot)[0]
    assert "Registro Civil" in cast.letters_to(owner.email)[-1].body


async def test_a_request_begun_comes_back_as_a_draft(marta: Session) -> None:
    folio = open_one()
    verbs.save_draft(marta[1], cast.row_of(folio, marta[1]).id, "pedido", "¿Qué d")
    async with at_desk(marta[0], size=SMALL) as pilot:
        await press(pilot, "enter")
        await sees(pilot, "Hay un borrador tuyo sin enviar: e para seguir.")
        assert "¿Qué d" in screen(pilot)


async def test_what_waits_is_a_view_of_its_own(marta: Session) -> None:
    folio = open_one()
    open_one()
    row = cast.row_of(folio, marta[1])
    waiting.ask(marta[1], row.id, row.version, "¿Qué día?", "pedido")
    async with at_desk(marta[0], size=SMALL) as pilot:
        await press(pilot, "4")
        await sees(pilot, "1 de 1 · En espera")
        assert folio in screen(pilot)
        clock.advance(8 * DAY)
        waiting.run_out()
    told = sheet_of(folio, staff.begin(marta[1].id)[1])
    assert told.row.state == "en_analisis"
