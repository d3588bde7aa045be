"""The tickets in whose notes one is mentioned."""

from __future__ import annotations

from analyst_tui import feed
from analyst_tui.screens.queue_parts.listing import ListingScreen

VIEW = "menciones"


class Mentioned(ListingScreen):
    """Shows them instead of the view, and the view again."""

    def why_not(self, command_id: str) -> str:
        pulse = self.lister.pulse
        if command_id == "mentions" and self.lister.view != VIEW and (pulse is None or not pulse.counts.mentions):
            return "Nadie te mencionó en una nota que no hayas visto."
        return super().why_not(command_id)

    def do_mentions(self) -> None:
        self.close_search()
        self.lister.choose(feed.FIRST_VIEW if self.lister.view == VIEW else VIEW)
