"""Where in a long conversation that stands which has to be answered."""

from __future__ import annotations

from analyst_tui import telling, theme
from analyst_tui.shown import shown
from core.tickets.views import TicketSheet


def place_of_last_words(sheet: TicketSheet) -> int:
    """Which block of an open ticket's conversation begins what the person said last; the first one otherwise."""
    said = [message for message in sheet.messages if message.kind == "persona"]
    if not (said and sheet.row.is_open):
        return 0
    words = shown(said[-1].body, theme.ink)
    places = [place for place, block in enumerate(telling.conversation(sheet)) if block.text == words]
    return max(places[-1] - 1, 0) if places else 0
