"""Pictures of the question what for, of a dossier and of the audit trail."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.people import staff
from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets import sheets
from core.tickets.lists import queue
from core.tickets.looks import Reason
from tests.analyst_tui.desk import Desk, press, sees
from tests.harness import cast as people

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Session = tuple[str, Staff]


def test_the_question_what_for(pictured: Callable[..., None], pedro: Staff) -> None:
    async def steps(pilot: Desk) -> None:
        verbs.claim(pedro, pilot.app.screen.tickets.current.id)  # type: ignore[attr-defined]
        await press(pilot, str(list(queue.VIEWS).index("abiertos") + 1))
        await press(pilot, "home", "enter")

    pictured((100, 30), steps)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
def test_a_dossier(pictured: Callable[..., None], chief: Session, pedro: Staff, size: tuple[int, int]) -> None:
    mine = next(row for row in queue.window(chief[1], "todos", 0, 100) if row.tramite == "12345679")
    sister = people.account(nombres="Marie", primer_apellido="Ñamandú", segundo_apellido="", correo="marie@correo.example")
    hers = people.row_of(people.ticket(sister, tramite_id="12345679", texto="Escribo por mi hermana."), pedro)
    verbs.save_draft(pedro, hers.id, "respuesta", "Hola, Marie:\n\nTu hermana puede reclamar en 5 días hábiles.")
    verbs.save_draft(pedro, mine.id, "respuesta", "Hola, Rosa:\n\nPuedes enviar el documento otra vez.")

    async def steps(pilot: Desk) -> None:
        await press(pilot, "j", "w")
        await sees(pilot, "Respuestas, lado a lado")
        await press(pilot, "j")

    pictured(size, steps)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_audit_trail(pictured: Callable[..., None], chief: Session, pedro: Staff, size: tuple[int, int]) -> None:
    author = staff.begin(pedro.id)[1]
    rows = queue.window(author, "sin_asignar", 0, 3)
    verbs.claim(author, rows[0].id)
    for row in rows:
        sheets.open_sheet(author, row.id)
    sheets.open_sheet(staff.begin(chief[1].id)[1], rows[0].id, Reason("otra", "su abogada preguntó en la ventanilla"))

    async def steps(pilot: Desk) -> None:
        await press(pilot, "f9")
        await sees(pilot, "su abogada")

    pictured(size, steps)
