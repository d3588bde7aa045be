"""Who the person is: recording how they proved it, then giving them their account back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyst_tui.background import ask, change
from analyst_tui.screens.reading import VERB
from analyst_tui.screens.ticket_parts.working import WorkingScreen
from core.people.views import Staff
from core.tickets import identity

if TYPE_CHECKING:
    from core.operations.reclaiming import Reclaim

_ADDRESS, _FORMER = "direccion", "anterior"
_FORMS = {
    _ADDRESS: (
        "Cambiar el correo de su cuenta",
        "Correo nuevo",
        "Salió la carta: el correo cambia cuando lo confirmen desde el nuevo.",
    ),
    _FORMER: (
        "Traer la cuenta que perdió",
        "Correo de la cuenta que perdió",
        "La cuenta anterior está en esta: una carta se lo dice a la persona.",
    ),
}
"""What the form for each is called, asks and says afterwards."""


class Identifying(WorkingScreen):
    """One list: what can be recorded, and what can be changed once something is."""

    def why_not(self, command_id: str) -> str:
        if command_id == "identify":
            if self.sheet.row.route != identity.ROUTE:
                return f"No se puede: {identity.NOT_THIS_ROUTE}."
            if self.sheet.row.frozen:
                return f"No se puede: datos {self.sheet.row.frozen}."
        return super().why_not(command_id)

    def do_identify(self) -> None:
        ticket_id = self.sheet.row.id

        def read(me: Staff) -> Reclaim:
            from core.operations import reclaiming

            return reclaiming.of_ticket(me, ticket_id)

        ask(self, "identify", read, self._choose, leads=True)

    def _choose(self, found: Reclaim) -> None:
        from analyst_tui.screens.choosing import ChoosingScreen, Option

        proven = identity.PROOFS.get(found.proof, "")
        unproven = "" if proven else "primero registra cómo demostró quién es"
        unseen = "hace falta un documento visto en una oficina" if found.proof == "claveunica" else ""
        waiting = f"espera que confirmen {found.pending}" if found.pending else f"ahora es {found.email}"
        options = [
            Option(code, f"registrar: {words}", why_not="ya está registrado" if code == found.proof else found.ways[code])
            for code, words in identity.PROOFS.items()
        ]
        options.append(Option(_ADDRESS, "cambiar el correo de su cuenta", waiting, unproven))
        options.append(
            Option(_FORMER, "traer a esta cuenta la que perdió", "con sus tickets, trámites y cartas", unproven or unseen)
        )
        heading = f"Quién es: {proven or 'sin demostrar'}"
        self.app.push_screen(ChoosingScreen(heading, options, self._take))

    def _take(self, code: str) -> None:
        if code in identity.PROOFS:
            self._prove(code)
        else:
            self._ask_address(code)

    def _prove(self, code: str) -> None:
        ticket_id = self.sheet.row.id

        def done(_: None) -> None:
            self.reload("sheet", self._reloaded)
            self.say(f"Quedó registrado: {identity.PROOFS[code]}.")

        change(self, VERB, lambda me: identity.prove(me, ticket_id, code), done)

    def _ask_address(self, code: str) -> None:
        from analyst_tui.screens.form import Asking, FormScreen, Question
        from core.operations import reclaiming

        ticket_id = self.sheet.row.id

        def send(me: Staff, answers: dict[str, str]) -> None:
            if code == _ADDRESS:
                reclaiming.change_address(me, ticket_id, answers["correo"])
            else:
                reclaiming.bring_back(me, ticket_id, answers["correo"])

        heading, words, sent = _FORMS[code]
        question = Question("correo", words, "nombre@correo.cl", 254)
        self.app.push_screen(FormScreen(Asking(heading, [question], send, sent), {}), self._came_back)
