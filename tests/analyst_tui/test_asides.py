"""What is kept beside a ticket: tags, mentions, related tickets, history, and what is taken out of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets import presence
from core.tickets.asides import related, tags, taking_out
from tests.analyst_tui.desk import (
    BIG_AND_SMALL,
    Desk,
    at_desk,
    cursor_line,
    events_of,
    lines,
    press,
    screen,
    sees,
    sheet_of,
    write,
)
from tests.harness import cast
from tests.harness.filing import put

Session = tuple[str, Staff]


def id_of(folio: str, reader: Staff) -> int:
    return cast.row_of(folio, reader).id


@BIG_AND_SMALL
async def test_tags_are_put_completed_and_taken_off_by_typing(marta: Session, size: tuple[int, int]) -> None:
    other = cast.ticket()
    tags.add(marta[1], id_of(other, marta[1]), "Múltiple visa")
    folio = cast.ticket()
    async with at_desk(marta[0], size=size) as pilot:
        await press(pilot, "j", "enter", "l")
        await sees(pilot, "ninguna todavía")
        await write(pilot, "mul")
        await sees(pilot, "#Múltiple visa")
        await press(pilot, "tab", "enter")
        await sees(pilot, "Lleva: #Múltiple visa")
        await write(pilot, "haití")
        await sees(pilot, "será nueva")
        await press(pilot, "enter")
        await sees(pilot, "Lleva: #haití  #Múltiple visa")
        await write(pilot, "HAITI")
        await press(pilot, "enter")
        await sees(pilot, "Lleva: #Múltiple visa")
        await press(pilot, "escape")
        if size[0] < 100:
            await press(pilot, "f")
        await sees(pilot, "#Múltiple visa")
    assert sheet_of(folio, marta[1]).row.tags == ("Múltiple visa",)


async def test_a_tag_that_is_refused_says_why_and_stays_typed(marta: Session) -> None:
    cast.ticket()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "l", "enter")
        await sees(pilot, "Escribe una etiqueta; esc vuelve.")
        await write(pilot, "x" * 31)
        await press(pilot, "enter")
        await sees(pilot, "31 letras y caben 30")
        assert "x" * 31 in screen(pilot)


async def test_tags_stand_in_the_list_where_there_is_room(marta: Session) -> None:
    folio = cast.ticket()
    tags.add(marta[1], id_of(folio, marta[1]), "haití")
    async with at_desk(marta[0], size=(160, 48)) as pilot:
        assert "#haití" in cursor_line(pilot)


@BIG_AND_SMALL
async def test_tickets_are_related_opened_and_separated(marta: Session, size: tuple[int, int]) -> None:
    first = cast.ticket(tramite_id="11112222")
    second, third = cast.ticket(tramite_id="11112222"), cast.ticket(tramite_id="33334444")
    async with at_desk(marta[0], size=size) as pilot:
        await press(pilot, "enter", "o")
        await sees(pilot, "Del mismo trámite")
        assert second in screen(pilot)
        await press(pilot, "o")
        await sees(pilot, f"Relacionado con {second}.")
        await press(pilot, "n")
        pilot.app.screen.fields["folio"].value = "nada"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        await sees(pilot, "Ese folio no existe")
        pilot.app.screen.fields["folio"].value = third  # type: ignore[attr-defined]
        pilot.app.screen.fields["motivo"].value = "misma familia"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        await sees(pilot, "misma familia")
        await sees(pilot, "2 relacionados")
        await press(pilot, "escape")
        if size[0] < 100:
            await press(pilot, "f")
            pilot.app.screen.facts.to_end()  # type: ignore[attr-defined]
        await sees(pilot, "Relacionados: 2 tickets")
        await press(pilot, "1")
        await sees(pilot, f" {third}   ingresado")
        await press(pilot, "escape", "o", "x")
        await sees(pilot, f"Ya no se relaciona con {third}.")
    assert [tie.row.folio for tie in sheet_of(first, marta[1]).related] == [second]


async def test_a_proposal_is_not_separated_and_a_tie_not_tied_again(marta: Session) -> None:
    first, second = (cast.ticket(tramite_id="11112222") for _ in range(2))
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "o")
        await sees(pilot, second)
        await press(pilot, "x")
        await sees(pilot, "Solo es una propuesta")
        await press(pilot, "o")
        await sees(pilot, "Relacionado con")
        await press(pilot, "o")
        await sees(pilot, "Ya está relacionado.")
        await press(pilot, "enter")
        await sees(pilot, f" {second}   ingresado")
    assert [tie.row.folio for tie in sheet_of(first, marta[1]).related] == [second]


@BIG_AND_SMALL
async def test_the_history_is_told_and_saved(marta: Session, pedro: Staff, tmp_path: Path, size: tuple[int, int]) -> None:
    folio = cast.ticket()
    verbs.note(pedro, id_of(folio, pedro), "@marta mira", "k")
    async with at_desk(marta[0], size=size) as pilot:
        await press(pilot, "enter", "y")
        await sees(pilot, "la persona escribió el ticket")
        await sees(pilot, "Pedro mencionó a Marta")
        await sees(pilot, "carta «")
        for key, name in (("i", "historia.txt"), ("x", "historia.json")):
            await press(pilot, key)
            pilot.app.screen.fields["carpeta"].value = str(tmp_path)  # type: ignore[attr-defined]
            await press(pilot, "ctrl+s")
            await sees(pilot, "Guardado en esa carpeta")
            assert (tmp_path / f"{folio}-{name}").stat().st_mode & 0o077 == 0
        await press(pilot, "escape")
        await sees(pilot, "@marta mira")
    assert json.loads((tmp_path / f"{folio}-historia.json").read_text())["expediente"] == folio
    assert events_of(folio, marta[1])[2:] == [("archivo", "historia"), ("archivo", "historia-json")]


async def test_the_term_is_saved_as_text(marta: Session, tmp_path: Path) -> None:
    folio = cast.ticket()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "p")
        await sees(pilot, "ingreso legal")
        await press(pilot, "i")
        pilot.app.screen.fields["carpeta"].value = str(tmp_path)  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        await sees(pilot, "Guardado en esa carpeta")
        await press(pilot, "p")
        await sees(pilot, "sin asignar")
    assert "ingreso legal" in (tmp_path / f"{folio}-plazo.txt").read_text(encoding="utf-8")


def link_on(pilot: Desk) -> str:
    """The link on the screen, whole on one line from its first column on."""
    return next(line for line in lines(pilot) if line.startswith("http"))


async def test_over_ssh_a_file_leaves_by_a_link_alone(marta: Session) -> None:
    owner = cast.account()
    put(owner, "Resolución")
    folio = cast.ticket(owner)
    async with at_desk(marta[0], size=(80, 24), remote=True) as pilot:
        await press(pilot, "enter", "v", "g")
        await sees(pilot, "l hace un enlace para bajarlo")
        await press(pilot, "l")
        await sees(pilot, "sirve una sola vez")
        address = link_on(pilot)
        assert address.startswith("http://127.0.0.1:8000/archivo/")
        taken = taking_out.take(address.rpartition("/")[2])
        assert taken is not None
        taken.content.close()
        await press(pilot, "escape", "escape", "y")
        await sees(pilot, "Marta hizo un enlace para bajar el archivo 1")
        await sees(pilot, "se usó el enlace para bajar el archivo 1")
    assert events_of(folio, marta[1]) == [("enlace", "1"), ("enlace_usado", "1")]


@pytest.mark.parametrize(("screen_key", "kind"), [("p", "plazo"), ("y", "historia")])
async def test_over_ssh_a_paper_is_a_link(marta: Session, screen_key: str, kind: str) -> None:
    folio = cast.ticket()
    async with at_desk(marta[0], size=(80, 24), remote=True) as pilot:
        await press(pilot, "enter", screen_key, "i")
        await sees(pilot, "sirve una sola vez")
        assert taking_out.look(link_on(pilot).rpartition("/")[2]).what == kind
    assert events_of(folio, marta[1]) == [("enlace", kind)]


async def test_a_long_link_is_shown_whole(marta: Session) -> None:
    from core.mail import outbox

    outbox.configure(f"https://{'largo.' * 20}example", "Ayuda <no-responder@servicio.example>")
    cast.ticket()
    async with at_desk(marta[0], size=(80, 24), remote=True) as pilot:
        await press(pilot, "enter", "p", "i")
        await sees(pilot, "sirve una sola vez")
        text = lines(pilot)
        first = next(place for place, line in enumerate(text) if line.startswith("http"))
        whole = "".join(text[first : text.index("", first)])
        assert taking_out.look(whole.rpartition("/")[2]).standing == "valid"


@BIG_AND_SMALL
async def test_who_else_looks_is_in_the_status_and_among_the_facts(marta: Session, pedro: Staff, size: tuple[int, int]) -> None:
    folio = cast.ticket()
    async with at_desk(marta[0], size=size) as pilot:
        await press(pilot, "enter")
        presence.look(pedro, id_of(folio, pedro), writing=False)
        pilot.app.screen.look()  # type: ignore[attr-defined]
        await sees(pilot, "Pedro está mirando")
        if size[0] < 100:
            await press(pilot, "f")
        assert "Pedro está mirando" in pilot.app.screen.facts.text  # type: ignore[attr-defined]


async def test_what_the_staff_wrote_is_shown_literally(marta: Session) -> None:
    first, second = cast.ticket(), cast.ticket()
    hostile = "[bold red]x[/] \x1b]0;t\x07"
    tags.add(marta[1], id_of(first, marta[1]), hostile)
    related.relate(marta[1], id_of(first, marta[1]), second, hostile)
    async with at_desk(marta[0], size=(160, 48)) as pilot:
        await press(pilot, "enter")
        await sees(pilot, "#[bold red]x[/]")
        for key in ("l", "o"):
            await press(pilot, key)
            await sees(pilot, "[bold red]x[/]")
            await press(pilot, "escape")


async def test_a_narrow_terminal_says_what_the_facts_hold(marta: Session) -> None:
    owner = cast.account()
    put(owner, "Resolución")
    first, second = cast.ticket(owner, tramite_id="11112222"), cast.ticket(tramite_id="11112222")
    tags.add(marta[1], id_of(first, marta[1]), "haití")
    related.relate(marta[1], id_of(first, marta[1]), second)
    async with at_desk(marta[0], size=(80, 24)) as pilot:
        await press(pilot, "enter")
        await sees(pilot, "#haití · 1 relacionado · 1 ticket más del trámite · 1 archivo")


async def test_a_related_ticket_outside_ones_own_work_asks_for_a_reason(marta: Session, pedro: Staff) -> None:
    first, second = (cast.ticket(tramite_id="11112222") for _ in range(2))
    verbs.claim(pedro, id_of(second, pedro))
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "o")
        await sees(pilot, second)
        await press(pilot, "enter")
        await sees(pilot, "trámite relacionado")
        assert f" {second}   asignado" not in screen(pilot)
    assert first
