"""Every verb on a ticket, by its keys in the real program on a real terminal, on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.people import staff
from core.people.views import Staff
from core.tickets import sheets
from core.tickets.citizens import following
from tests.analyst_tui.desk import let_go, open_one, session
from tests.harness import cast
from tests.harness.terminal import Seen, Terminal

Session = tuple[str, Staff]
Open = Callable[..., Terminal]
Step = tuple[str, Seen]
LOST = {"materia": "cu", "categoria": "cu-recuperar", "tramite_id": ""}


@pytest.fixture
def eva(marta: Session) -> Session:
    """An analyst who may also prove who somebody is."""
    return session("Eva", rights=("identidad",))


def play(terminal: Terminal, *steps: Step) -> None:
    """Press or type, and read what it does; nothing to read waits until the screen is still."""
    for keys, seen in steps:
        if seen:
            terminal.press(keys, seen)
        else:
            terminal.send(keys)
            terminal.settle(0.08)


def opened(terminal: Terminal, folio: str) -> None:
    """Look for a ticket from the list and open it."""
    play(terminal, ("/", "claves"), (folio, "1 de 1"), ("enter", lambda text: folio in text.splitlines()[0]))


def left(terminal: Terminal) -> None:
    """Back to the whole list."""
    play(terminal, ("escape", ""), ("escape", ""))
    terminal.wait("t tomar siguiente")


def kinds(folio: str, reader: Staff) -> list[str]:
    """What happened to a ticket, oldest first."""
    return [event.kind for event in sheets.events_of(cast.row_of(folio, reader).id)]


def test_what_is_done_while_a_ticket_is_worked_on(eva: Session, start: Open) -> None:
    first, twin = open_one(tramite_id="87654321"), open_one(tramite_id="87654321")
    with start(eva[0]) as terminal:
        terminal.wait(first)
        opened(terminal, first)
        play(terminal, ("a", "Analista   Eva"), ("x", "Analista   sin asignar"), ("a", "Analista   Eva"))
        play(terminal, ("n", "Nota interna"), ("Ojo.", "Ojo."), ("ctrl+s", f"Nota guardada en {first}."))
        play(terminal, ("l", "ninguna todavía"), ("urge", "urge"), ("enter", "Lleva: #urge"), ("escape", "esc volver"))
        play(terminal, ("o", "Del mismo trámite"), ("o", f"Relacionado con {twin}."), ("escape", "esc volver"))
        play(terminal, ("m", "Por qué hacen falta más días"), ("Falta un informe.", "Falta un informe."))
        play(terminal, ("ctrl+s", f"Plazo ampliado en {first}."))
        play(terminal, ("e", "Qué le falta a la persona"), ("¿Qué día fue?", "¿Qué día fue?"))
        play(terminal, ("ctrl+s", f"Pedido en {first}: espera."))
    assert kinds(first, eva[1]) == [
        *("abierto", "asignado", "soltado", "asignado", "nota", "etiqueta", "relacionado", "ampliado", "pedido"),
    ]


def test_what_ends_a_ticket(eva: Session, start: Open) -> None:
    owner = cast.account()
    given_up = open_one(owner, texto="Escribí mal mi trámite.")
    following.withdraw(owner, given_up)
    joined, passed_on = open_one(owner, texto="Ahora sí está bien."), open_one()
    with start(eva[0]) as terminal:
        terminal.wait(joined)
        opened(terminal, joined)
        play(terminal, ("z", given_up), ("enter", "Unidos; z los separa otra vez."))
        play(terminal, ("z", "separar"), ("enter", "Separados: cada uno quedó como antes."))
        left(terminal)
        opened(terminal, passed_on)
        play(terminal, ("d", "Organismo"), ("Registro Civil", "Registro Civil"), ("enter", ""), ("Pide hora ahí.", "Pide hora"))
        play(terminal, ("ctrl+s", f"{passed_on} derivado."))
    assert kinds(given_up, eva[1])[-2:] == ["fusionado", "desunido"]
    assert kinds(passed_on, eva[1])[-1] == "derivado"


def test_an_answer_is_taken_back_sent_and_closed(eva: Session, start: Open) -> None:
    folio = open_one()
    with start(eva[0]) as terminal:
        terminal.wait(folio)
        play(terminal, ("t", "Analista   Eva"), ("r", "Respuesta a la persona"), ("Puedes esperar.", "Puedes esperar."))
        play(terminal, ("ctrl+s", f"La respuesta de {folio} sale en"), ("u", "Puedes esperar."))
        play(terminal, ("ctrl+s", f"La respuesta de {folio} sale en"))
        let_go()
    with start(staff.begin(eva[1].id)[0]) as terminal:
        terminal.wait("Respondidos 1")
        play(terminal, ("6", folio), ("enter", "Puedes esperar."), ("c", "por teléfono"))
        play(terminal, ("enter", "cerrado: la persona recibe una carta"))
    assert kinds(folio, eva[1])[-1] == "cerrado"


def test_who_somebody_is_gets_proven(eva: Session, start: Open) -> None:
    folio = open_one(**LOST)
    with start(eva[0]) as terminal:
        terminal.wait(folio)
        play(terminal, ("enter", "Estado"), ("i", "registrar"), ("enter", "Quedó registrado"))
    assert kinds(folio, eva[1])[-1] == "identidad"
