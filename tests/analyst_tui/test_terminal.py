"""The real program behind a real terminal: what no test within one process can show."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from core.people.views import Staff
from core.tickets import sheets
from tests.analyst_tui import desk, hostile
from tests.analyst_tui.desk import SQLITE
from tests.harness import cast
from tests.harness.processes import AYUDA, ROOT
from tests.harness.terminal import Terminal

Session = tuple[str, Staff]
Open = Callable[..., Terminal]


def test_a_ticket_is_found_answered_and_left(marta: Session, start: Open) -> None:
    owner = cast.account()
    folio = cast.ticket(owner)
    with start(marta[0]) as terminal:
        terminal.wait(folio)
        terminal.press("enter", cast.TEXT)
        terminal.press("r", "Respuesta a la persona")
        terminal.settle()
        terminal.press("Su solicitud avanza, puede esperar.", "Su solicitud avanza, puede esperar.")
        terminal.press("ctrl+s", f"La respuesta de {folio} sale en")
        terminal.wait("Sin asignar 0")
        terminal.send("q")
        assert terminal.exit_code() == 0
    desk.let_go()
    assert "Su solicitud avanza, puede esperar." in cast.letters_to(owner.email)[-1].body


def test_a_killed_terminal_loses_two_seconds_at_most(marta: Session, start: Open) -> None:
    folio = cast.ticket()
    with start(marta[0], 80, 24) as terminal:
        terminal.wait(folio)
        terminal.press("r", "Respuesta a la persona")
        terminal.settle()
        terminal.send("Una frase entera.")
        terminal.wait("borrador guardado")
        os.kill(terminal.pid, signal.SIGKILL)
    with start(marta[0], 80, 24) as terminal:
        terminal.wait(folio)
        terminal.press("enter", "Una frase entera.")
        assert "Hay un borrador tuyo sin enviar" in terminal.text


@SQLITE
def test_hostile_words_neither_move_the_cursor_nor_name_the_window_nor_fill_the_clipboard(marta: Session, start: Open) -> None:
    nasty = (each for each in hostile.NASTIEST if "\u200d" not in each)  # the emulator drops what follows a joiner
    text = f"Empieza. {' '.join(nasty)} Termina."
    folio = cast.ticket(texto=text)
    with start(marta[0]) as terminal:
        terminal.wait(folio)
        terminal.press("enter", "Termina.")
        terminal.press("r", "Respuesta a la persona")
        terminal.settle()
        terminal.send(f"\x1b[200~{text}\x1b[201~")
        terminal.wait(lambda seen: seen.count("Termina.") == 2)
        assert "[@click=app.quit]salir[/]" in terminal.text
        assert terminal.smuggled() == []
        for command in (b"\x1b[2J\x1b[H\x1b[31m", b"\x1b]52", b"\x1b]0;", "\x9b2J".encode()):
            assert command not in terminal.raw


@SQLITE
def test_signing_in_in_the_terminal(marta: Session, start: Open) -> None:
    folio = cast.ticket()
    with start(None) as terminal:
        terminal.wait("Ley 21.459")
        terminal.settle()
        terminal.press("Marta", "Marta")
        terminal.send("enter")
        terminal.settle()
        terminal.send(cast.STAFF_PASSWORD, "enter")
        terminal.wait(folio)
        assert cast.STAFF_PASSWORD not in terminal.text


@SQLITE
def test_it_survives_every_size_and_a_lost_connection_saves_the_draft(marta: Session, start: Open) -> None:
    folio = cast.ticket()
    with start(marta[0], 300, 80) as terminal:
        terminal.wait(folio)
        terminal.press("r", "Respuesta a la persona")
        terminal.settle()
        terminal.send("Antes del corte.")
        terminal.wait("borrador guardado")
        os.kill(terminal.pid, signal.SIGHUP)
        terminal.exit_code()
    assert sheets.open_sheet(marta[1], cast.row_of(folio, marta[1]).id).answer_draft == "Antes del corte."


@SQLITE
def test_without_a_screen_it_says_so_in_one_line(marta: Session, surroundings: dict[str, str]) -> None:
    done = subprocess.run([*AYUDA, "tui"], env=surroundings, cwd=ROOT, capture_output=True, text=True, input="", timeout=60)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "La terminal de analistas necesita una pantalla: ábrela sin redirigir su entrada ni su salida."
    ]


@SQLITE
def test_a_wrong_keymap_is_one_line_and_no_terminal(marta: Session, start: Open, tmp_path: Path) -> None:
    (tmp_path / "teclas.toml").write_text('lista.tomar = "y"\n')
    with start(marta[0]) as terminal:
        assert terminal.exit_code() == 1
        assert "«lista.tomar» no es un comando" in terminal.text


@SQLITE
def test_behind_a_browser_it_starts_without_a_screen_of_its_own(marta: Session, surroundings: dict[str, str]) -> None:
    served = {**surroundings, "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([*AYUDA, "tui"], env=served, cwd=ROOT, **pipes) as program:  # type: ignore[call-overload]
        assert program.stdout.readline() == b"__GANGLION__\n"
        program.kill()


@SQLITE
def test_an_arrow_whose_bytes_come_apart_is_an_arrow(marta: Session, start: Open) -> None:
    for number in range(2):
        cast.ticket(cast.account(correo=f"p{number}@correo.example"))
    with start(marta[0], 120, 40, ESCDELAY="3000") as terminal:
        terminal.wait(" 1 de 2")
        terminal.settle()
        terminal.send("\x1b")
        terminal.settle(quiet=0.3)
        terminal.send("[B")
        terminal.wait(" 2 de 2")


@SQLITE
def test_a_long_text_is_pasted_at_once(marta: Session, start: Open) -> None:
    folio = cast.ticket()
    text = "\n".join(f"Línea {number} de un texto largo, con ñandúes." for number in range(400))
    with start(marta[0]) as terminal:
        terminal.wait(folio)
        terminal.press("r", "Respuesta a la persona")
        terminal.settle()
        terminal.send(f"\x1b[200~{text}\x1b[201~")
        terminal.wait("Línea 399 de un texto largo", seconds=5)
