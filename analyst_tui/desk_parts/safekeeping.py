"""No word is lost: drafts go to files of this machine when the terminal must end, and come back at the next start."""

from __future__ import annotations

from analyst_tui import feed_drafts
from analyst_tui.background import ask
from analyst_tui.desk_parts.furniture import Furniture
from core.errors import Problem


class Safekeeping(Furniture):
    """Knows where drafts are when the database has not got them."""

    def shelve_all(self) -> None:
        """Write to this machine whatever of the drafts the database has not got."""
        for screen in self.desk_screens:
            screen.collect()
        for keeper in tuple(self.unsaved.values()):
            try:
                keeper.shelve()
            except Problem as reason:
                self.say(reason.message, alarm=True)

    def recover(self) -> None:
        """Take in what files of this machine have kept for whoever sits here, now or as soon as the database answers."""
        ask(self, "recover", feed_drafts.recovered, self._recovered, quiet=True)

    def _recovered(self, folios: tuple[str, ...]) -> None:
        if folios:
            self.mention(f"Recuperamos lo que habías escrito en {', '.join(folios)}: está en su borrador.")
