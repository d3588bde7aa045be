"""Two people on one ticket: two real programs on one database."""

from __future__ import annotations

from contextlib import ExitStack

from core.people import staff
from core.people.views import Staff
from core.tickets import desk as verbs
from tests.analyst_tui.conftest import Open
from tests.analyst_tui.programs import begin_answer, draft_of
from tests.harness import cast

Session = tuple[str, Staff]


def test_of_two_terminals_on_one_ticket_each_is_told_and_the_slower_one_keeps_the_own_text(
    marta: Session, pedro: Staff, start: Open
) -> None:
    folio = cast.ticket()
    with ExitStack() as open_terminals:
        hers = open_terminals.enter_context(start(marta[0]))
        begin_answer(hers, folio)
        hers.press("La de Marta: puede esperar.", "La de Marta: puede esperar.")
        hers.wait("borrador guardado")
        his = open_terminals.enter_context(start(staff.begin(pedro.id)[0]))
        his.wait(folio)
        his.press("enter", "Marta está escribiendo")
        his.press("r", "otra vez para escribir también")
        his.press("r", "Respuesta a la persona")
        his.settle()
        his.press("La de Pedro: puede esperar.", "La de Pedro: puede esperar.")
        hers.wait("Pedro está escribiendo también")
        row = cast.row_of(folio, pedro)
        verbs.reply(marta[1], row.id, row.version, "La de Marta: puede esperar.", "clave")
        his.press("ctrl+s", "Tu texto sigue")
        his.wait(lambda text: "La de Marta: puede esperar." in text and "La de Pedro: puede esperar." in text)
    assert draft_of(folio, pedro) == "La de Pedro: puede esperar."
