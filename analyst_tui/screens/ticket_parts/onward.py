"""After an answer: the next ticket, or back to the list with the reason why there is none."""

from __future__ import annotations

from analyst_tui.outgoing import ANSWER
from analyst_tui.screens.ticket_parts.working import WorkingScreen
from analyst_tui.widgets.writing import Writing
from core.tickets.answers import holding_time
from core.tickets.answers.views import Onward
from core.tickets.views import TicketSheet

NONE_LEFT = "No queda ningún ticket por tomar."


class GoingOn(WorkingScreen):
    """Leads on from one ticket to the next."""

    def go_on(self, writing: Writing, onward: Onward, sheet: TicketSheet | None) -> None:
        """The answer is on hold: show the next ticket, unless somebody has gone elsewhere meanwhile."""
        self.desk.keep_hold(onward.held)
        if self.writing is not writing or not self.is_running:
            taken = f" Tomaste {sheet.row.folio}: está en Míos." if sheet is not None else ""
            self.desk.say(f"{_sentence(onward)}{taken}")
            return
        self.writing = None
        writing.remove()
        self.set_focus(None)
        if sheet is None:
            self.dismiss()
            self.desk.call_after_refresh(self.desk.say, f"{_sentence(onward)} {onward.why_none or NONE_LEFT}")
        else:
            self.load(sheet)
            self.begin()
            self.desk.say(_sentence(onward))

    def reopen(self, sheet: TicketSheet) -> None:
        """Show the ticket whose answer came back, in the place of this one."""
        self.leave_ticket()
        self.load(sheet, ANSWER)
        self.begin()


def _sentence(onward: Onward) -> str:
    if onward.held is None:
        return "La respuesta ya había salido."
    return f"La respuesta de {onward.held.folio} sale en {holding_time.SECONDS} s."
