"""An opened ticket: what it tells, what can be done to it, and that no written word is lost."""

from __future__ import annotations

from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets import presence, sheets
from core.tickets.citizens import following
from tests.analyst_tui.desk import at_desk, editor_text, let_go, lines, open_one, press, screen, sees, sheet_of, until, write
from tests.harness import cast

Session = tuple[str, Staff]
MINUTE = 60


async def test_conversation_and_facts_stand_side_by_side(marta: Session) -> None:
    owner = cast.account()
    folio = open_one(owner, region="Ñuble")
    verbs.note(marta[1], sheet_of(folio, marta[1]).row.id, "Ojo con las fechas.", "clave")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter")
        await sees(pilot, cast.TEXT)
        text = screen(pilot)
    for words in (
        folio,
        "Permanencia transitoria",
        "Prórroga de permanencia transitoria",
        "7 dic",
        "quedan 10 d háb",
        "12345678",
        "Perú",
        "41 años",
        "español",
        "Ñuble",
        owner.email,
        "ningún otro ticket",
    ):
        assert words in text
    note = next(line for line in text.splitlines() if "Ojo con las fechas." in line)
    head = next(line for line in text.splitlines() if "interna" in line)
    assert note.startswith(" ┃ ")
    assert head.startswith(" ┃ nota interna  Marta")


async def test_a_childs_ticket_says_who_acts(marta: Session) -> None:
    open_one(cast.child())
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter")
        await sees(pilot, "Rosa Ñamandú (madre)")
        assert "◆ NNA" in screen(pilot)


async def test_the_answer_is_written_under_the_question_and_sent(marta: Session) -> None:
    owner = cast.account()
    folio = open_one(owner)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await sees(pilot, "la carta ya saluda y se despide")
        await write(pilot, "Su solicitud avanza, puede esperar.\nSaludos.")
        assert cast.TEXT in screen(pilot)
        await press(pilot, "ctrl+s")
        await sees(pilot, f"La respuesta de {folio} sale en")
        let_go()
        await press(pilot, "slash")
        await write(pilot, folio)
        await press(pilot, "f6", "enter")
        await sees(pilot, "✉ en cola")
        assert "respondido" in lines(pilot)[0]
    (answer,) = [m for m in sheet_of(folio, marta[1]).messages if m.kind == "respuesta"]
    assert answer.body == "Su solicitud avanza, puede esperar.\nSaludos."
    assert cast.letters_to(owner.email)[-1].body.count("Su solicitud avanza, puede esperar.") == 1


async def test_the_answer_can_be_begun_from_the_list(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "r")
        await write(pilot, "Buenas tardes, ya puede.")
        await press(pilot, "ctrl+s")
        await sees(pilot, f"La respuesta de {folio} sale en")


async def test_a_note_is_kept_apart_and_no_letter_goes_out(marta: Session) -> None:
    owner = cast.account()
    folio = open_one(owner)
    before = len(cast.letters_to(owner.email))
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "n")
        await sees(pilot, "Nota interna: la persona no la ve")
        assert "la carta" not in screen(pilot)
        await write(pilot, "Llamar a Iquique.")
        await press(pilot, "ctrl+s")
        await sees(pilot, f"Nota guardada en {folio}.")
        await sees(pilot, "┃ Llamar a Iquique.")
    assert sheet_of(folio, marta[1]).row.is_open
    assert len(cast.letters_to(owner.email)) == before


async def test_an_empty_answer_is_refused_and_the_editor_stays(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r", "space", "ctrl+s")
        await sees(pilot, "Escribe el texto antes de enviar.")
        await write(pilot, "Hola")
        assert "Hola" in editor_text(pilot)


async def test_a_draft_is_saved_within_seconds_and_comes_back_in_another_terminal(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "A medio escr")
        await until(pilot, lambda: sheet_of(folio, marta[1]).answer_draft == "A medio escr", "the draft in the database")
        await sees(pilot, "borrador guardado")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter")
        await sees(pilot, "Hay un borrador tuyo sin enviar: r para seguir.")
        assert "A medio escr" in screen(pilot)
        await press(pilot, "r")
        await write(pilot, "ibir")
        assert editor_text(pilot) == "A medio escribir"


async def test_a_draft_is_saved_when_one_stops_writing_or_leaves(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "Uno")
        await press(pilot, "escape")
        assert sheet_of(folio, marta[1]).answer_draft == "Uno"
        await press(pilot, "r")
        await write(pilot, " y dos")
        await press(pilot, "escape", "escape")
        assert sheet_of(folio, marta[1]).answer_draft == "Uno y dos"


async def test_nothing_written_leaves_no_editor_behind(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r", "escape")
        assert "Respuesta a la persona" not in screen(pilot)


async def test_an_answer_and_a_note_have_drafts_of_their_own(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "Respuesta")
        await press(pilot, "escape", "n")
        await write(pilot, "Nota")
        await press(pilot, "escape", "r")
        await until(pilot, lambda: editor_text(pilot) == "Respuesta", "the answer's draft")
    sheet = sheet_of(folio, marta[1])
    assert (sheet.answer_draft, sheet.note_draft) == ("Respuesta", "Nota")


async def test_a_lost_race_keeps_the_text_and_says_what_changed(marta: Session, pedro: Staff) -> None:
    folio = open_one()
    row = cast.row_of(folio, pedro)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "Mi respuesta: ya puede")
        verbs.reply(pedro, row.id, row.version, "Listo, dice Pedro", "clave de pedro")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Tu texto sigue aquí; no se puede: ya no está abierto.")
        await sees(pilot, "Listo, dice Pedro")
        assert editor_text(pilot) == "Mi respuesta: ya puede"
    assert [m.body for m in sheet_of(folio, marta[1]).messages if m.kind == "respuesta"] == ["Listo, dice Pedro"]


async def test_after_seeing_what_the_person_added_the_answer_goes_out(marta: Session) -> None:
    owner = cast.account()
    folio = open_one(owner)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "a", "r")
        await write(pilot, "Mi respuesta: ya puede")
        following.add_information(owner, folio, "También me mudé.", "clave")
        await press(pilot, "ctrl+s")
        await sees(pilot, "ctrl+s otra vez para enviar igual")
        await sees(pilot, "También me mudé.")
        await press(pilot, "ctrl+s")
        await sees(pilot, f"La respuesta de {folio} sale en")


async def test_a_second_analyst_sees_that_a_colleague_writes_before_writing(marta: Session, pedro: Staff) -> None:
    folio = open_one()
    presence.look(pedro, cast.row_of(folio, pedro).id, True)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter")
        await sees(pilot, "Pedro está escribiendo")
        await press(pilot, "r")
        await sees(pilot, "Pedro está escribiendo; pulsa r otra vez para escribir también.")
        assert "Respuesta a la persona" not in screen(pilot)
        await press(pilot, "r")
        await sees(pilot, "Respuesta a la persona")


async def test_colleagues_see_who_looks_who_writes_and_who_left(marta: Session, pedro: Staff) -> None:
    row = cast.row_of(open_one(), pedro)

    def seen() -> list[tuple[str, bool]]:
        return [(w.name, w.writing) for w in presence.watchers(row.id, pedro.id)]

    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter")
        await until(pilot, lambda: seen() == [("Marta", False)], "Marta looking")
        await press(pilot, "r")
        await write(pilot, "x")
        await until(pilot, lambda: seen() == [("Marta", True)], "Marta writing")
        await press(pilot, "escape", "escape")
        await until(pilot, lambda: seen() == [], "Marta gone")


async def test_what_others_do_appears_while_one_reads(marta: Session, pedro: Staff) -> None:
    row = cast.row_of(open_one(), pedro)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter")
        verbs.claim(pedro, row.id)
        await sees(pilot, "Cambió recién: pasó de ingresado a asignado; lo tiene Pedro.")
        await press(pilot, "r")
        await sees(pilot, "No se puede: lo tiene Pedro.")


async def test_a_ticket_is_claimed_and_given_back(marta: Session) -> None:
    folio = open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "a")
        await sees(pilot, "Es tuyo.")
        assert cast.row_of(folio, marta[1]).assignee_name == "Marta"
        await press(pilot, "a")
        await sees(pilot, "No se puede: ya es tuyo.")
        await press(pilot, "x")
        await sees(pilot, "Volvió a los sin asignar.")
        assert cast.row_of(folio, marta[1]).assignee_id is None


async def test_the_next_ticket_follows_without_going_back(marta: Session) -> None:
    open_one(texto="El primero.")
    open_one(texto="El segundo.")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "t")
        await sees(pilot, "El primero.")
        await press(pilot, "r")
        await write(pilot, "Listo.")
        await press(pilot, "ctrl+s")
        await sees(pilot, "El segundo.")
        await press(pilot, "t")
        await sees(pilot, "No queda ningún ticket por tomar.")


async def test_earlier_tickets_are_listed_and_open_by_number(marta: Session, pedro: Staff) -> None:
    owner = cast.account()
    first = cast.row_of(open_one(owner, texto="La primera vez."), pedro)
    verbs.reply(pedro, first.id, first.version, "Contestado: listo.", "clave")
    sheets.open_sheet(marta[1], first.id, cast.REASON)
    open_one(owner, texto="La segunda vez.")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter")
        await sees(pilot, f"1 {first.folio} respondido")
        await press(pilot, "1")
        await sees(pilot, "La primera vez.")
        await press(pilot, "escape")
        await sees(pilot, "La segunda vez.")


async def test_a_narrow_terminal_shows_the_facts_in_short_and_whole_on_a_key(marta: Session) -> None:
    open_one()
    async with at_desk(marta[0], size=(80, 24)) as pilot:
        await press(pilot, "enter")
        await sees(pilot, "Vence 7 dic · quedan 10 d háb")
        assert "Idioma" not in screen(pilot)
        await press(pilot, "f")
        await sees(pilot, "Idioma")
        await press(pilot, "escape")
        await sees(pilot, cast.TEXT)


async def test_a_long_conversation_scrolls(marta: Session) -> None:
    open_one(texto="\n".join(f"Línea {n}" for n in range(100)))
    async with at_desk(marta[0], size=(100, 20)) as pilot:
        await press(pilot, "enter")
        await sees(pilot, "Línea 0")
        for keys, words in ((["end"], "Línea 99"), (["home"], "Línea 0"), (["pagedown"], "Línea 32"), (["j"], "Línea 33")):
            await press(pilot, *keys)
            await sees(pilot, words)


async def test_a_long_text_can_be_pasted(marta: Session) -> None:
    from textual.events import Paste

    open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        pilot.app.screen.post_message(Paste("línea con \x1b]0;título\x07 y ñ\n" * 300))
        await until(pilot, lambda: editor_text(pilot).count("\n") == 300, "the pasted text")
        assert "\x1b" not in editor_text(pilot)
        assert "\x07" not in editor_text(pilot)
